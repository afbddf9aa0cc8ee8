"""Matching printed labels to those of the form; never by position, never by guess.

A label matches exactly, as an accepted wording, as a recognised one (reported as renamed), or by
likeness when exactly one official label is near enough (also reported as renamed).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from checker.rulebook import FormSpec, LabelSpec, TableSpec, load_forms
from checker.rulebook.heading_figures import heading_figure

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
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = _ORDINAL.sub("", plain)
    plain = _TRAILING_ORDINAL.sub("", plain)
    plain = _YEAR.sub("", plain)
    flat = _NOISE.sub("", plain)
    bare = _NOISE.sub("", _BRACKETS.sub("", plain))
    return LabelKey(flat, bare)


class LabelIndex:
    """All labels of one table of one form.

    Args:
        spec: the table.
    """

    def __init__(self, spec: TableSpec) -> None:
        self.spec = spec
        self._flat: dict[str, list[LabelMatch]] = {}
        self._cached = lru_cache(maxsize=4096)(self._find)
        self._bare: dict[str, list[LabelMatch]] = {}
        self._rows_alike: list[tuple[str, str]] = []
        self._columns_alike: list[tuple[str, str]] = []
        for row in spec.rows:
            self._add_label("row", row.id, row)
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

    def _put(self, text: str, match: LabelMatch) -> None:
        key = label_key(text)
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
        named = heading_figure(text)
        if named is None or (kinds and "group" not in kinds):
            return None
        return self._find(named.heading, ("group",))

    def alike(self, text: str, kind: Literal["row", "column"], used: Iterable[str]) -> str | None:
        """The one unused official label that is near enough to a printed one, by id.

        Short labels are never compared by likeness: 行政处罚 and 行政强制 are too near.
        """
        if len(text) > LONGEST_LABEL:
            return None
        printed = label_key(text).flat
        if len(printed) < _ALIKE_LENGTH:
            return None
        from rapidfuzz import fuzz

        taken = set(used)
        source = self._rows_alike if kind == "row" else self._columns_alike
        scored = sorted(
            ((fuzz.ratio(printed, flat), label_id) for flat, label_id in source), reverse=True
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
