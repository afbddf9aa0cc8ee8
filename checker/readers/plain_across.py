"""Table 四 of a text file whose heads are torn over several lines, as tools print it from a PDF.

结果 结果 其他 尚未 above 维持 纠正 结果 审结, or one character of each head per line: every line
holds the next piece of some heads, from left to right. They are put together only if every
character finds its place with the columns in the order of the form, and with no other order; and
only above one line of as many figures as there are columns.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, permutations
from typing import NamedTuple

from checker.readers.plain_labels import is_section_heading, is_value, key
from checker.readers.plain_region import Line, Region, Row
from checker.rulebook import TableSpec, load_forms

# So many lines make the heads at most; a line for every character is read in its order.
_MOST_LINES = 20
_LONGEST_LINE = 200
# Ways to read the lines so far; more are no reading.
_MOST_WAYS = 3000


class _Heads(NamedTuple):
    """The heads of table 四, made comparable.

    Attributes:
        groups: labels over several columns, in the order of the form.
        over: a label over some of these.
        columns: labels of the columns of each group.
    """

    groups: tuple[str, ...]
    over: tuple[str, ...]
    columns: tuple[str, ...]


def read_torn_heads(lines: Sequence[Line], start: int) -> Region | None:
    """The table that begins with the line at ``start``, or None when it is not surely read."""
    heads = _heads()
    if not key(lines[start].text[:_LONGEST_LINE]).startswith((heads.groups[0], *heads.over)):
        return None
    found = _lines_of(lines, start, len(heads.groups) * len(heads.columns))
    if found is None or not _is_certain([key(line.text) for line in found.heads], heads):
        return None
    shown = _printed()
    page = lines[start].page
    rows = (
        Row((shown.groups[0], *shown.over), page),
        Row(shown.groups[1:], page),
        Row(shown.columns * len(shown.groups), page),
        Row(tuple(found.figures.text.split()), found.figures.page),
    )
    return Region(found.end, rows, "rows")


class _Found(NamedTuple):
    """Lines of heads, and the line of figures below them."""

    heads: tuple[Line, ...]
    figures: Line
    end: int


def _lines_of(lines: Sequence[Line], start: int, count: int) -> _Found | None:
    """The lines down to one of so many figures; None if other figures or prose come before."""
    heads: list[Line] = []
    for index in range(start, len(lines)):
        line = lines[index]
        if line.empty:
            continue
        figures = line.text.split()
        if all(map(is_value, figures)):
            whole = len(figures) == count and not _has_figures_below(lines, index)
            return _Found(tuple(heads), line, index + 1) if whole else None
        long = len(heads) == _MOST_LINES or len(line.text) > _LONGEST_LINE
        if long or is_section_heading(line.text) or "。" in line.text:
            return None
        heads.append(line)
    return None


def _has_figures_below(lines: Sequence[Line], index: int) -> bool:
    """Whether figures go on in the next line, as those that their column breaks do."""
    below = next((line for line in islice(lines, index + 1, None) if not line.empty), None)
    return below is not None and is_value(below.text.split()[0])


@cache
def _spec() -> TableSpec:
    return list(load_forms().values())[-1].table("appeals")


@cache
def _printed() -> _Heads:
    """The heads as the form prints them."""
    spec = _spec()
    return _Heads(
        groups=tuple(row.label for row in spec.rows),
        over=tuple(group.label for group in spec.groups),
        columns=tuple(column.label for column in spec.columns),
    )


@cache
def _heads() -> _Heads:
    return _Heads(*(tuple(map(key, labels)) for labels in _printed()))


def _is_certain(lines: Sequence[str], heads: _Heads) -> bool:
    """Whether the lines are made of the heads in the order of the form, and in no other order."""
    if sorted("".join(lines)) != sorted(
        "".join((*heads.groups, *heads.over, *heads.columns * len(heads.groups)))
    ):
        return False
    if _Weave(heads, heads.columns).ways(lines) is not True:
        return False
    others = (order for order in permutations(heads.columns) if order != heads.columns)
    return all(_Weave(heads, order).ways(lines) is False for order in others)


class _Step(NamedTuple):
    """A place in a line.

    Attributes:
        at: of the next character.
        taken: how many characters of each label are taken.
        label: that of the character before, -1 at the beginning of the line.
        column: the column that was last in this line, -1 for none.
    """

    at: int
    taken: tuple[int, ...]
    label: int = -1
    column: int = -1


class _Weave:
    """Finds out whether lines are made of the next pieces of heads.

    The columns go from left to right in every line. Labels of groups may stand anywhere in a line,
    but begin in their order.

    Args:
        heads: all labels.
        columns: the labels of the columns of a group in the order to try.
    """

    def __init__(self, heads: _Heads, columns: Sequence[str]) -> None:
        self._columns = len(columns) * len(heads.groups)
        self._last_group = self._columns + len(heads.groups)
        self._labels = (*tuple(columns) * len(heads.groups), *heads.groups, *heads.over)

    def ways(self, lines: Sequence[str]) -> bool | None:
        """Whether there is a way to read the lines; None if there are too many to tell."""
        ways = {(0,) * len(self._labels)}
        for line in lines:
            ways = {after for before in ways for after in self._after(line, before)}
            if len(ways) > _MOST_WAYS:
                return None
        return tuple(map(len, self._labels)) in ways

    def _after(self, line: str, before: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """How many characters of each label may be taken behind the line."""
        stack = [_Step(0, before)]
        seen = set(stack)
        while stack:
            step = stack.pop()
            if step.at == len(line):
                yield step.taken
                continue
            for number in self._fitting(line[step.at], step):
                taken = list(step.taken)
                taken[number] += 1
                column = number if number < self._columns else step.column
                after = _Step(step.at + 1, tuple(taken), number, column)
                if after not in seen:
                    seen.add(after)
                    stack.append(after)

    def _fitting(self, char: str, step: _Step) -> Iterator[int]:
        """The labels of which a character may be the next one."""
        for number, (label, taken) in enumerate(zip(self._labels, step.taken, strict=True)):
            if taken == len(label) or label[taken] != char:
                continue
            if number == step.label:
                yield number
            elif number < self._columns:
                if number > step.column:
                    yield number
            elif not self._columns < number < self._last_group or step.taken[number - 1]:
                yield number
