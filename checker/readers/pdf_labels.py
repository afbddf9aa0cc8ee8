"""Whether a text is a label of an official form; used where a page break cuts a label."""

import re
from collections.abc import Sequence
from functools import cache

from checker.readers.characters import map_compatible
from checker.rulebook import LabelSpec, load_forms

_NOISE = re.compile(r"[\s、，。．.,：:；;“”\"'‘’（）()]+")
_OWN_NUMBER = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*、|[（(]\s*[一二三四五六七八九十]+\s*[)）]|\d+\s*[.．、])"
)

# An ordinal as far as it stands before a page break.
_OWN_NUMBER_PART = re.compile(
    r"\s*(?:[（(]|(?:[（(]\s*)?(?:[一二三四五六七八九十]+|\d+)\s*[、.．)）]?)\s*"
)


def label_key(text: str) -> str:
    """What identifies a label: neither white space nor punctuation."""
    return _NOISE.sub("", map_compatible(text))


@cache
def _beginnings() -> frozenset[str]:
    """Keys of all beginnings of labels."""
    return frozenset(k[:n] for k in known_labels() for n in range(1, len(k) + 1))


@cache
def known_labels() -> frozenset[str]:
    """Keys of all labels of all forms."""
    found: set[str] = set()

    def add(spec: LabelSpec) -> None:
        found.update(label_key(t) for t in (spec.label, *spec.accepted, *spec.recognised))

    for form in load_forms().values():
        for table in form.tables:
            for spec in (*table.rows, *table.columns, *table.groups):
                add(spec)
            found.update(label_key(text) for text in table.corner)
            for block in table.blocks:
                found.update(label_key(text) for text in (block.heading, *block.accepted))
    return frozenset(found - {""})


def is_label(text: str) -> bool:
    """Whether the text as a whole is a label of a form."""
    return label_key(text) in known_labels()


def has_own_number(text: str) -> bool:
    """Whether the text opens with an ordinal, so that it starts something."""
    return _OWN_NUMBER.match(text) is not None


def belongs_together(upper: str, lower: str) -> bool:
    """Whether two pieces make one official label that neither is by itself."""
    if not label_key(upper) or not label_key(lower):
        return False
    return is_label(upper + lower) and not is_label(lower) and not is_label(upper)


def goes_on(upper: str, lower: str, *, blank: bool = False) -> bool:
    """Whether a piece goes on with the official label that the piece above it begins.

    The label may end on a later page still.

    Args:
        upper: the piece above the page break, perhaps only the ordinal of the label.
        lower: the piece below.
        blank: the piece below has no figures of its own, so that it is no row by itself.
    """
    if not label_key(lower) or label_key(upper + lower) not in _beginnings():
        return False
    if _OWN_NUMBER_PART.fullmatch(upper):
        return True
    return bool(label_key(upper)) and not is_label(lower) and (blank or not is_label(upper))


def row_belongs_together(halves: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of labels was cut: every pair makes a label, and some half is none by itself.

    结果｜维持 alone could be two labels; beside 其他｜结果 it is not.
    """
    if not all(label_key(a) and label_key(b) and is_label(a + b) for a, b in halves):
        return False
    return any(not is_label(half) for pair in halves for half in pair)
