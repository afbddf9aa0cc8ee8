"""Wordings of the family W as data: expressions, organs, residue, words to machines.

The files are read when the first report is checked; a pattern is compiled when one of its words
stands in a text. Nothing here decides whether a wording is a fault.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, cached_property

from pydantic import Field

from checker.domain.base import Frozen
from checker.errors import RuleFormatError
from checker.rulebook.loader import data_file


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A regular expression of a data file.

    Raises:
        RuleFormatError: it is none.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        raise RuleFormatError(
            f"规则资料里有一条正则表达式有误：{pattern}（{error}）", path="rules", key=pattern
        ) from error


class Vocabulary:
    """Many words, most of which stand in no report.

    Args:
        words: what is looked for.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, frozenset[str]]]] = {}
        for word in dict.fromkeys(words):
            self._by_first.setdefault(word[0], []).append((word, frozenset(word)))

    def present(self, text: str) -> frozenset[str]:
        """The words that stand in a text; few are looked for that lack a character."""
        characters = set(text)
        return frozenset(
            word
            for first in self._by_first.keys() & characters
            for word, needed in self._by_first[first]
            if needed <= characters and word in text
        )


class Wording(Frozen):
    """A regular expression over folded text, and the words without which it cannot match.

    Attributes:
        words: separated by white space; one of them has to stand in the text.
        beside: a second such list; empty when there is none.
    """

    words: str
    beside: str = ""
    pattern: str

    @cached_property
    def cues(self) -> tuple[frozenset[str], ...]:
        """The lists; of each of them one word has to stand in the text."""
        return tuple(frozenset(cue.split()) for cue in (self.words, self.beside) if cue)


def vocabulary_of(wordings: Iterable[Wording]) -> Vocabulary:
    """All words without which the wordings cannot match."""
    return Vocabulary(sorted(word for w in wordings for cue in w.cues for word in cue))


def all_matches(
    wordings: Sequence[Wording], text: str, present: Set[str] | None = None
) -> Iterator[re.Match[str]]:
    """The matches of several wordings, in the order of the wordings.

    Args:
        wordings: what is looked for.
        text: as the patterns expect it.
        present: which of their words stand in the text, where the caller knows already.
    """
    there = vocabulary_of(wordings).present(text) if present is None else present
    for wording in wordings:
        for cue in wording.cues:  # a plain loop: asked of every wording for every report
            if cue.isdisjoint(there):
                break
        else:
            yield from compiled(wording.pattern).finditer(text)


class Expression(Frozen):
    """A fixed expression, and how a text is recognised that means it.

    Attributes:
        right: as it should stand, without quotation marks.
        words: one of them has to stand in the text.
        near: what counts as meaning the expression; its group ``wrong``, if any, is what is told.
        most_edits: near only points at the place; there the words closest to ``right`` are
            taken, which may differ in so many characters. None: ``near`` is the whole wording.
        needs: one of these words has to be among the closest ones.
        also: wordings that are right too, around the place.
        beside: one of these words has to stand near, where ``near`` alone proves nothing.
        swap: the printed words with the first replaced by the second are the right ones.
        extends: wrong forms may hold the right one.
        sure: False when only a person can tell.
    """

    right: str
    words: str
    near: str
    most_edits: int | None = None
    needs: str = ""
    also: tuple[str, ...] = ()
    beside: str = ""
    swap: tuple[str, str] | None = None
    extends: bool = False
    sure: bool = True

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """The words."""
        return tuple(self.words.split())


class FixedOrder(Frozen):
    """Expressions that are listed in one order.

    Attributes:
        items: in order; forms of one are separated by ``|``.
        between: what may stand between two of them in a list.
        behind: what has to follow the list.
        complete: a list with the first and the last has all.
        sure: False when only a person can tell.
    """

    name: str
    items: tuple[str, ...]
    between: str
    behind: str = ""
    complete: bool = False
    sure: bool = True


class Expressions(Frozen):
    """Fixed expressions and their order."""

    expressions: tuple[Expression, ...]
    sequences: tuple[FixedOrder, ...]


class Organ(Frozen):
    """Organs that a reform renamed.

    Attributes:
        names: old names, separated by white space.
        new: the name today.
        since: report year from which the old name is outdated.
    """

    names: str
    new: str
    since: int = Field(alias="from")


class Organs(Frozen):
    """Renamed organs.

    Attributes:
        before: characters that may stand in front of a name.
        compounds: what stands in front of a name that is part of one of today.
        history: words by which a sentence speaks of the past.
    """

    organs: tuple[Organ, ...]
    before: str
    compounds: str
    history: str

    @cached_property
    def by_name(self) -> dict[str, Organ]:
        """Every old name, the longest first."""
        pairs = [(name, organ) for organ in self.organs for name in organ.names.split()]
        return dict(sorted(pairs, key=lambda p: -len(p[0])))


class ResidueKind(Frozen):
    """One kind of residue; its patterns match the text as printed.

    Attributes:
        name: how messages call it.
        markdown: no residue in a file that is written in Markdown.
    """

    name: str
    wordings: tuple[Wording, ...]
    markdown: bool = False


class Residue(Frozen):
    """What templates and generating programs leave behind."""

    kinds: tuple[ResidueKind, ...]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all kinds."""
        return vocabulary_of(w for kind in self.kinds for w in kind.wordings)


class ConcealedWords(Frozen):
    """By what text that nobody sees is told from what a website carries along.

    Attributes:
        furniture: regular expressions for clauses of page templates.
        subjects: what a page must speak of beside its template to be a statement of the report.
        figure: a number with a counting word.
        least: Chinese characters from which text is a sentence.
    """

    furniture: tuple[str, ...]
    subjects: str
    figure: str
    least: int


class Combination(Frozen):
    """Wordings that mean something when all of them stand in one sentence.

    Attributes:
        words: separated by white space; a sentence with none of them is passed over.
        unless: wordings that tell that a sentence speaks to people.
    """

    words: str
    patterns: tuple[str, ...]
    unless: str = ""

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """The words."""
        return tuple(self.words.split())


class Order(Wording):
    """A wording that speaks to a machine.

    Attributes:
        doubtful: it could be meant for people, so a person has to look.
    """

    doubtful: bool = False


class MachineAddress(Frozen):
    """Words that speak to a reading machine, and text that nobody sees.

    Attributes:
        terms: what ``%name%`` in a pattern stands for.
        orders: wordings that speak to a machine.
        combinations: wordings that do so together, as far as can be told.
        zero_width_least: characters without width in one paragraph that are no accident.
    """

    terms: dict[str, str]
    orders: tuple[Order, ...]
    combinations: tuple[Combination, ...]
    hidden: ConcealedWords
    zero_width_least: int

    @cached_property
    def expanded(self) -> tuple[Order, ...]:
        """The orders with their terms filled in; a term may use another one."""
        return tuple(w.model_copy(update={"pattern": self._filled(w.pattern)}) for w in self.orders)

    @cached_property
    def by_certainty(self) -> Mapping[bool, tuple[Order, ...]]:
        """The orders with their terms filled in: under True those that leave no doubt."""
        return {
            sure: tuple(o for o in self.expanded if o.doubtful != sure) for sure in (True, False)
        }

    @cached_property
    def together(self) -> tuple[Combination, ...]:
        """The combinations with their terms filled in."""
        return tuple(
            c.model_copy(
                update={
                    "patterns": tuple(self._filled(p) for p in c.patterns),
                    "unless": self._filled(c.unless),
                }
            )
            for c in self.combinations
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of all orders and combinations."""
        alone = (word for w in self.orders for cue in w.cues for word in cue)
        return Vocabulary(sorted({*alone, *(word for c in self.combinations for word in c.sought)}))

    def _filled(self, pattern: str) -> str:
        for _ in self.terms:
            if "%" not in pattern:
                break
            for name, meaning in self.terms.items():
                pattern = pattern.replace(f"%{name}%", meaning)
        return pattern


load_machine_address = data_file("machine_address.yaml", MachineAddress)
"""The wordings of ``rules/machine_address.yaml``."""


load_expressions = data_file("expressions.yaml", Expressions)
"""The expressions of ``rules/expressions.yaml``."""


load_organs = data_file("organs.yaml", Organs)
"""The organs of ``rules/organs.yaml``."""


load_residue = data_file("residue.yaml", Residue)
"""The residue of ``rules/residue.yaml``."""
