"""Which elements of a page a selector selects.

Every compound of a selector (``td.x``) is looked up once, from left to right, so that the work
grows with the page and never with the ways in which its elements could be combined.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from lxml import etree

Combinator = Literal["", " ", ">", "+", "~"]

# Steps for one element whose brothers or descendants have to be counted.
_TEST: Final = 5


class Part(NamedTuple):
    """A compound of a selector.

    Attributes:
        combinator: how it stands to the part on its left; empty for the first one.
        names: its classes (``.x``), ids (``#x``) and tag.
        test: an XPath for what else it asks for.
        counts: what else it asks for depends on other elements.
    """

    combinator: Combinator
    names: frozenset[str]
    test: etree.XPath | None = None
    counts: bool = False


class TooMuchWorkError(Exception):
    """More steps than any sensible style sheet needs."""


class Page:
    """The elements of a page, by number in the order of the page.

    Args:
        root: the page.
        steps: how many may be taken for all selectors together.
    """

    def __init__(self, root: etree._Element, *, steps: int) -> None:
        self._left = steps
        self.elements = list(root.iter("*"))
        self._by_name: dict[str, list[int]] = {}
        self._names: list[frozenset[str]] = []
        self._above: list[int] = []
        self._before: list[int] = []
        self._most_brothers = 0
        numbers: dict[etree._Element, int] = {}
        last: dict[int, int] = {}
        brothers: dict[int, int] = {}
        for number, element in enumerate(self.elements):
            parent = element.getparent()
            above = -1 if parent is None else numbers.get(parent, -1)
            numbers[element] = number
            self._above.append(above)
            self._before.append(last.get(above, -1))
            last[above] = number
            brothers[above] = brothers.get(above, 0) + 1
            names = frozenset(_names(element))
            self._names.append(names)
            for name in names:
                self._by_name.setdefault(name, []).append(number)
        self._most_brothers = max(brothers.values(), default=0)

    def select(self, parts: Sequence[Part]) -> Sequence[int]:
        """The numbers of the elements that a selector selects.

        Raises:
            TooMuchWorkError: all steps are taken.
        """
        if not all(part.names <= self._by_name.keys() for part in parts):
            return ()
        found: Sequence[int] = ()
        for part in parts:
            fitting = self._fitting(part)
            if part.combinator:
                fitting = self._related(fitting, frozenset(found), part.combinator)
            found = fitting if part.test is None else list(self._passing(fitting, part, part.test))
            if not found:
                break
        self._take(len(found))
        return found

    def _fitting(self, part: Part) -> Sequence[int]:
        """The elements with the names of a part."""
        if not part.names:
            self._take(len(self.elements))
            return range(len(self.elements))
        rarest = min((self._by_name[name] for name in part.names), key=len)
        self._take(len(rarest))
        if len(part.names) == 1:
            return rarest
        return [number for number in rarest if part.names <= self._names[number]]

    def _passing(self, fitting: Sequence[int], part: Part, test: etree.XPath) -> Iterator[int]:
        """Those of which the rest of a part holds."""
        for number in fitting:
            self._take(_TEST + (self._most_brothers if part.counts else 0))
            if test(self.elements[number]):
                yield number

    def _related(
        self, fitting: Sequence[int], others: frozenset[int], combinator: Combinator
    ) -> list[int]:
        """Those that stand to one of the others as the combinator says."""
        line = self._above if combinator in " >" else self._before
        if combinator in ">+":
            return [number for number in fitting if line[number] in others]
        known: dict[int, bool] = {}
        return [number for number in fitting if self._meets(number, line, others, known)]

    def _meets(
        self, number: int, line: Sequence[int], others: frozenset[int], known: dict[int, bool]
    ) -> bool:
        """Whether one of the others stands on the line that leads up from an element."""
        passed: list[int] = []
        at = line[number]
        while at >= 0 and at not in others and at not in known:
            passed.append(at)
            at = line[at]
        met = at >= 0 and (at in others or known[at])
        known.update(dict.fromkeys(passed, met))
        self._take(len(passed))
        return met

    def _take(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooMuchWorkError


def _names(element: etree._Element) -> Iterator[str]:
    yield str(element.tag)
    classes, name = element.get("class"), element.get("id")
    if classes:
        yield from (f".{c}" for c in classes.split())
    if name:
        yield f"#{name}"
