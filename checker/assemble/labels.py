"""Matching printed labels to those of the form; never by position, never by guess.

A label matches exactly, as an accepted wording, as a recognised one (reported as renamed), by
likeness when exactly one official label is near enough, or as a shortened form of exactly one
(both also reported as renamed).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from checker.assemble.fold import fold_text
from checker.assemble.numerals import parse_chinese_numeral
from checker.rulebook import FormSpec, LabelSpec, TableSpec, load_forms
from checker.rulebook.heading_figures import heading_before
from checker.rulebook.shortened import LEAST, in_order, is_shortened, only_fit

LabelKind = Literal["row", "column", "group", "heading", "corner"]
Quality = Literal["exact", "accepted", "recognised", "alike"]

QUALITY_WEIGHT: dict[Quality, int] = {"exact": 3, "accepted": 2, "recognised": 1, "alike": 0}

_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\d{1,2}[.、,)](?!\d)|\(\d{1,2}\))+"
)
_TRAILING_ORDINAL = re.compile(r"(?<!\d)\d{1,2}[.、]$")
_YEAR = re.compile(r"\(?20\d\d年?度?\)?")
_BRACKETS = re.compile(r"\([^()]*\)")
_NOISE = re.compile(r"[\s、,.:;\"'“”‘’「」『』()\[\]{}<>《》_·]")
# "/" is kept: 本年增/减 and its mutilated form 本年增/ differ by what follows it.

_ALIKE = (
    80  # per cent of equal characters; 其他法律行政止公开 against 其他法律行政法规禁止公开 is 86
)
_ALIKE_MARGIN = 12
_ALIKE_LENGTH = 5
_ALIKE_IN_PLACE = 66  # where the place and the number agree
_IN_ORDER = 101.0  # more than any share of equal characters
_BETWEEN = ("", "-", "—", "——")  # a heading and the label below it, in one cell
_LINKS = "-—/"
_PART_OF = "其中"  # begins the label of a row that is a part of the one above
LONGEST_LABEL = 200  # longer cells are prose; they are neither compared nor cached


class LabelMatch(NamedTuple):
    """What a printed label names.

    Attributes:
        id: row, column or group id; the heading text; or ``corner``.
    """

    kind: LabelKind
    id: str
    quality: Quality


class LabelKey(NamedTuple):
    """A label made comparable.

    Attributes:
        flat: without ordinal, punctuation, white space and years.
        bare: additionally without bracketed remarks.
    """

    flat: str
    bare: str


@lru_cache(maxsize=4096)
def label_key(text: str) -> LabelKey:
    """Make a label comparable: width, white space, punctuation, ordinals, a year inside."""
    plain = fold_text(text)
    plain = _ORDINAL.sub("", plain)
    plain = _TRAILING_ORDINAL.sub("", plain)
    plain = _YEAR.sub("", plain)
    flat = _NOISE.sub("", plain)
    bare = _NOISE.sub("", _BRACKETS.sub("", plain))
    return LabelKey(flat, bare)


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> str:
    """The ordinal in front of a label, without the mark that ends it: ``(一``, ``一`` or ``1``."""
    found = _ORDINAL.match(fold_text(text))
    return found.group().rstrip("、.,:)") if found else ""


def ordinal_number(text: str) -> int | None:
    """The number in front of a label, whatever its form: （三）, 三、, 3. and ③ are 3."""
    number = _ordinal(text).strip("()")
    found = Decimal(number) if number.isdecimal() else parse_chinese_numeral(number)
    return None if found is None else int(found)


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other)


class LabelIndex:
    """All labels of one table of one form.

    Args:
        spec: the table.
    """

    def __init__(self, spec: TableSpec) -> None:
        self.spec = spec
        self._flat: dict[str, list[LabelMatch]] = {}
        self._cached = lru_cache(maxsize=4096)(self._find)
        self._only = lru_cache(maxsize=4096)(self._only_fit)
        self._bare: dict[str, list[LabelMatch]] = {}
        self._numbered: dict[str, LabelMatch] = {}
        self._wordings: dict[tuple[LabelKind, str], list[str]] = {}
        self._rows_alike: list[tuple[str, str]] = []
        self._columns_alike: list[tuple[str, str]] = []
        for row in spec.rows:
            self._add_label("row", row.id, row)
            self._add_numbered(row.id, row)
            if row.group and spec.orientation == "across":
                self._add_below_group(row.group, row.id, row.label)
            self._rows_alike.append((label_key(row.label).flat, row.id))
        for column in spec.columns:
            self._add_label("column", column.id, column)
            self._columns_alike.append((label_key(column.label).flat, column.id))
        for group in spec.groups:
            self._add_label("group", group.id, group)
        for block in spec.blocks:
            if block.heading:
                self._put(block.heading, LabelMatch("heading", block.heading, "exact"))
                for text in block.accepted:
                    self._put(text, LabelMatch("heading", block.heading, "accepted"))
        for text in spec.corner:
            self._put(text, LabelMatch("corner", "corner", "exact"))

    def _add_label(self, kind: LabelKind, label_id: str, label: LabelSpec) -> None:
        self._put(label.label, LabelMatch(kind, label_id, "exact"))
        for text in label.accepted:
            self._put(text, LabelMatch(kind, label_id, "accepted"))
        for text in label.recognised:
            self._put(text, LabelMatch(kind, label_id, "recognised"))

    def _add_numbered(self, row: str, label: LabelSpec) -> None:
        """The row with its own number without a mark, in front or behind: 3其他, 其他3."""
        number = _ordinal(label.label).strip("()")
        for text in (label.label, *label.accepted) if number else ():
            flat = label_key(text).flat
            for numbered in (number + flat, flat + number):
                self._numbered.setdefault(numbered, LabelMatch("row", row, "accepted"))

    def _add_below_group(self, group: str, row: str, label: str) -> None:
        """A group of columns with the heading over it in one cell: 行政诉讼－复议后起诉."""
        over = self.spec.group(group)
        texts = [f"{over.label}{mark}{label}" for mark in _BETWEEN] if over else []
        for text in texts:
            self._put(text, LabelMatch("row", row, "accepted"))

    def _put(self, text: str, match: LabelMatch) -> None:
        key = label_key(text)
        wordings = self._wordings.setdefault((match.kind, match.id), [])
        if key.flat not in wordings:
            wordings.append(key.flat)
        found = self._flat.setdefault(key.flat, [])
        if not any(m.kind == match.kind and m.id == match.id for m in found):
            found.append(match)
        if key.bare:
            bare = self._bare.setdefault(key.bare, [])
            if not any(m.kind == match.kind and m.id == match.id for m in bare):
                bare.append(match._replace(quality="recognised"))

    def find(self, text: str, *kinds: LabelKind) -> LabelMatch | None:
        """What a label names among the given kinds (all when none is given)."""
        return None if len(text) > LONGEST_LABEL else self._cached(text, kinds)

    def _find(self, text: str, kinds: tuple[LabelKind, ...]) -> LabelMatch | None:
        key = label_key(text)
        for found in (self._flat.get(key.flat), self._bare.get(key.bare) if key.bare else None):
            for match in found or ():
                if not kinds or match.kind in kinds:
                    return match
        below = None if kinds and "row" not in kinds else self._below_group(key.flat)
        if below is not None:
            return below
        heading = heading_before(text) if not kinds or "group" in kinds else None
        group = self._find(heading, ("group",)) if heading else None
        if group is not None:
            return group
        numbered = self._numbered.get(key.flat)
        return numbered if numbered and (not kinds or "row" in kinds) else None

    def _below_group(self, flat: str) -> LabelMatch | None:
        """The row of a label behind the heading of its group: （三）不予公开-1.属于国家秘密."""
        for group in self.spec.groups:
            for over in self._wordings["group", group.id]:
                if not flat.startswith(over) or flat == over:
                    continue
                own = flat.removeprefix(over).lstrip(_LINKS)
                named: list[LabelMatch] = [*self._flat.get(own, ())]
                if own in self._numbered:
                    named.append(self._numbered[own])
                for match in named:
                    row = self.spec.row(match.id) if match.kind == "row" else None
                    if row is not None and row.group == group.id:
                        return match
        return None

    def certainty(self, text: str, row: str) -> int:
        """How sure it is that a label that was taken for a row names it.

        2 for its wordings, 1 for those by which it is recognised, 0 for what is only like them or
        has another number.
        """
        match = self.find(text, "row")
        spec = self.spec.row(row)
        numbers = {ordinal_number(text), ordinal_number(spec.label if spec else "")} - {None}
        if match is None or match.id != row:
            return 0
        if len(numbers) > 1 and self._below_group(label_key(text).flat) is None:
            return 0
        return 1 if match.quality == "recognised" else 2

    def near(
        self, text: str, kind: Literal["row", "column"], used: Sequence[str] = ()
    ) -> str | None:
        """The one unused official label that a printed one is like or a shortened form of, by id.

        Args:
            text: the printed label.
            kind: what is looked for.
            used: ids of that kind that were read before, in print order.
        """
        if label_key(text[:LONGEST_LABEL]).flat.startswith(_PART_OF):
            return None
        return self.alike(text, kind, used) or self._shortened(text, kind, used)

    def _shortened(self, text: str, kind: LabelKind, used: Sequence[str]) -> str | None:
        """The unused label that is meant by a shortened one.

        It is the only one of the table, of whatever kind, that has the parts; a row is also told
        by its own number. What is short, or told by its number, must be the next row of the form.
        """
        flat = "" if len(text) > LONGEST_LABEL else label_key(text).flat
        found = self._only(flat)
        if found is None:
            return self._next_row(flat, _ordinal(text), used) if kind == "row" else None
        if found[0] != kind or found[1] in used:
            return None
        placed = kind == "row" and self._next(used) == found[1]
        row = self.spec.row(found[1])
        numbers = {ordinal_number(text), ordinal_number(row.label if row else "")} - {None}
        if len(numbers) > 1:
            return None  # 1.没有信息 is not 2.没有现成信息
        return found[1] if len(flat) >= LEAST or placed else None

    def _only_fit(self, flat: str) -> tuple[LabelKind, str] | None:
        return only_fit(flat, self._wordings)

    def _next_row(self, flat: str, ordinal: str, used: Sequence[str]) -> str | None:
        """The row behind the one read last, when a label has its number and parts of it."""
        row = self.spec.row(self._next(used) or "")
        if row is None or not ordinal or ordinal != _ordinal(row.label):
            return None
        fits = any(is_shortened(flat, whole) for whole in self._wordings["row", row.id])
        return row.id if fits else None

    def _next(self, used: Sequence[str]) -> str | None:
        """The row that the form has behind the one read last, unless it was read before."""
        order = [row.id for row in self.spec.rows]
        at = order.index(used[-1]) + 1 if used and used[-1] in order else 0
        return order[at] if at < len(order) and order[at] not in used else None

    def meant(
        self, text: str, kind: Literal["row", "column"], label_id: str, unread: Collection[str]
    ) -> bool:
        """Whether a label means the one in whose place it stands, and no other that is missing.

        Args:
            text: the printed label.
            kind: what it names.
            label_id: what the form has in that place.
            unread: ids of that kind of which no label was read.
        """
        own = self._likeness(text, kind, label_id)
        others = (self._likeness(text, kind, other) for other in unread if other != label_id)
        if own < _IN_ORDER and own <= self._nearest(text, (kind, label_id)):
            return False
        return own > 0 and all(own > other for other in others)

    def numbered_otherwise(self, text: str, group: str) -> bool:
        """Whether a label has another number than the heading of that wording: 3.其他处理."""
        spec = self.spec.group(group)
        numbers = {ordinal_number(text), ordinal_number(spec.label if spec else "")}
        return None not in numbers and len(numbers) > 1

    def _likeness(self, text: str, kind: LabelKind, label_id: str) -> float:
        """How much a label is like an official one: 0 when it is not, or has another number.

        All its characters in their order are enough; else the number has to be the same, and the
        official label stands in it or is much like it.
        """
        flat = "" if len(text) > LONGEST_LABEL else label_key(text).flat
        spec = self.spec.row(label_id) if kind == "row" else self.spec.column(label_id)
        numbers = (ordinal_number(text), ordinal_number(spec.label if spec else ""))
        if not flat or flat.startswith(_PART_OF) or (None not in numbers and len({*numbers}) > 1):
            return 0
        wordings = self._wordings[kind, label_id]
        if any(in_order(flat, whole) for whole in wordings):
            return _IN_ORDER
        if None in numbers:
            return 0
        near = max(_ratio(flat, whole) for whole in wordings)
        within = any(len(whole) > 1 and whole in flat for whole in wordings)
        return near if within or near >= _ALIKE_IN_PLACE else 0

    def _nearest(self, text: str, but: tuple[LabelKind, str]) -> float:
        """How much a label is like the nearest other of its kind or group, whatever its number."""
        flat = label_key(text).flat
        others = (
            wording
            for name, wordings in self._wordings.items()
            if name != but and name[0] in (but[0], "group")
            for wording in wordings
        )
        return max((_ratio(flat, other) for other in others), default=0)

    def alike(self, text: str, kind: Literal["row", "column"], used: Iterable[str]) -> str | None:
        """The one unused official label that is near enough to a printed one, by id.

        Short labels are never compared by likeness: 行政处罚 and 行政强制 are too near.
        """
        if len(text) > LONGEST_LABEL:
            return None
        printed = label_key(text).flat
        if len(printed) < _ALIKE_LENGTH:
            return None
        taken = set(used)
        source = self._rows_alike if kind == "row" else self._columns_alike
        scored = sorted(
            ((_ratio(printed, flat), label_id) for flat, label_id in source), reverse=True
        )
        best, label_id = scored[0]
        if best < _ALIKE or (len(scored) > 1 and best - scored[1][0] < _ALIKE_MARGIN):
            return None
        return None if label_id in taken else label_id


@cache
def label_index(form: str, table: str) -> LabelIndex:
    """The labels of a table of a form."""
    return LabelIndex(load_forms()[form].table(table))


def all_forms() -> tuple[FormSpec, ...]:
    """The forms, oldest first."""
    return tuple(load_forms().values())
