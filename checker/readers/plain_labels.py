"""What a line or cell of plain text is: label of a statutory table, value, heading or prose.

Only says what the official forms make certain; the meaning of a label is found later.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from checker.domain.report import TableId
from checker.rulebook import FormSpec, LabelSpec, TableSpec, load_forms
from checker.rulebook.characters import simplified
from checker.rulebook.heading_figures import heading_before
from checker.rulebook.shortened import LEAST, only_fit

_NOISE = re.compile(r"[\s、,.:;\"'“”‘’「」『』()\[\]{}<>《》〈〉_·。*-]")
# 行政许可 2023 ends with a figure, no year
_YEAR = re.compile(r"\(20\d\d年?度?\)|20\d\d年度?|20\d\d(?=[^\d\s])")
_BRACKETS = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、](?!\d))"
)
_SECTION_ORDINAL = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]部分|[一二三四五六七八九十]{1,2}\s*[、.．])"
)
_NUMBER = r"[0-9０-９](?:[0-9０-９,，]*[0-9０-９])?(?:[.．][0-9０-９]*)?"
_VALUE = re.compile(
    rf"(?:人民币|[¥￥])?\s*(?:[+＋\-－−﹣–—↑↓]|增加?|减少?){{0,2}}\s*{_NUMBER}"
    rf"(?:\s+{_NUMBER})?\s*(?:[十百千万亿]{{0,2}}\s*(?:元|人?次|[件条宗起项份个篇例批家户])?)?"
    r"\s*[↑↓%％]?\s*(?:[（(][^（()）]{1,40}[)）])?"
    r"|[/／\\\-－−–—―─_＿]{1,4}|无|无此项|不适用|没有|空|[零〇○]|N/?A|[×xX]{1,3}|…+"
)
_BEHIND_GROUP = re.compile(r"(?P<group>[^\-—–－/:：]{2,20})[\-—–－/:：]+(?P<own>.+)", re.DOTALL)
_SENTENCE = re.compile(r"[。；!！?？]")
_SUB_HEADING = re.compile(r"\s*[（(][一二三四五六七八九十]{1,2}[)）]")
_LONG = 60
# 无。 is the content of a cell, a longer sentence is not.
_SHORT_SENTENCE = 4
_SHORT_KEY = 4


class Known(NamedTuple):
    """What the forms say of a label.

    Attributes:
        tables: statutory tables in which it stands.
        kinds: ``row``, ``column``, ``group``, ``heading`` or ``corner``.
    """

    tables: frozenset[TableId]
    kinds: frozenset[str]


class Labels(NamedTuple):
    """All labels of all forms, made comparable.

    Attributes:
        known: by key.
        prefixes: every beginning of a key.
        blob: all keys, to look for inner parts.
        sections: keys of section titles.
        wordings: as printed, the longest first, by their first character.
        groups: keys of the headings of groups.
    """

    known: dict[str, Known]
    prefixes: frozenset[str]
    blob: str
    sections: frozenset[str]
    wordings: dict[str, list[str]]
    groups: frozenset[str]


class Part(NamedTuple):
    """A label inside a text, and where it begins."""

    text: str
    at: int


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A text made comparable: width, forms of characters, white space, punctuation."""
    return _NOISE.sub("", simplified(unicodedata.normalize("NFKC", text)))


@cache
def labels() -> Labels:
    """The labels of all forms."""
    found: dict[str, Known] = {}
    sections: set[str] = set()
    wordings: set[str] = set()
    for form in load_forms().values():
        sections.update(_section_keys(form))
        for table in form.tables:
            for kind, text in _printed_labels(table):
                _put(found, key(text), table.id, kind)
                wordings |= {text, unicodedata.normalize("NFKC", text)}
                short = key(_ORDINAL.sub("", unicodedata.normalize("NFKC", text)))
                if len(short) >= _SHORT_KEY:
                    _put(found, short, table.id, kind)
    prefixes = frozenset(k[:n] for k in found for n in range(1, len(k) + 1))
    by_first: dict[str, list[str]] = {}
    for text in sorted(wordings, key=len, reverse=True):
        by_first.setdefault(text[0], []).append(text)
    groups = frozenset(k for k, v in found.items() if "group" in v.kinds)
    return Labels(found, prefixes, "\n".join(found), frozenset(sections), by_first, groups)


def label_run(text: str) -> tuple[Part, ...]:
    """The official labels that follow each other without a space and fill the text."""
    wordings = labels().wordings  # no regular expression: to compile one takes longer than a report
    parts: list[Part] = []
    plain = simplified(text)
    at = 0
    while at < len(text):
        label = next((w for w in wordings.get(plain[at], ()) if plain.startswith(w, at)), None)
        if label is None:
            return ()
        parts.append(Part(text[at : at + len(label)], at))
        at += len(label)
    return tuple(parts) if len(parts) > 1 else ()


def _put(found: dict[str, Known], label: str, table: TableId, kind: str) -> None:
    before = found.get(label, Known(frozenset(), frozenset()))
    found[label] = Known(before.tables | {table}, before.kinds | {kind})


def _section_keys(form: FormSpec) -> set[str]:
    return {key(text) for spec in form.sections for text in _wordings(spec)}


def _wordings(spec: LabelSpec) -> tuple[str, ...]:
    return (spec.label, *spec.accepted, *spec.recognised)


def _printed_labels(table: TableSpec) -> list[tuple[str, str]]:
    out = [("corner", text) for text in table.corner]
    for block in table.blocks:
        out += [("heading", text) for text in (block.heading, *block.accepted) if text]
    for kind, specs in _specs(table):
        out += [(kind, text) for spec in specs for text in _wordings(spec)]
    return out


def _specs(table: TableSpec) -> tuple[tuple[str, Sequence[LabelSpec]], ...]:
    return (("group", table.groups), ("row", table.rows), ("column", table.columns))


@lru_cache(maxsize=8192)
def known(text: str) -> Known | None:
    """What the forms say of a label.

    A year or a remark in brackets inside does not matter, nor the figure of a group behind its
    heading, nor the heading of a group before a row.
    """
    all_known = labels().known
    plain = key(text)
    found = all_known.get(plain)
    if found is not None or not plain or len(plain) > _LONG:
        return found
    wide = unicodedata.normalize("NFKC", text)
    for bare in (_YEAR.sub("", wide), _BRACKETS.sub("", _YEAR.sub("", wide))):
        found = all_known.get(key(bare))
        if found is not None:
            return found
    behind = _BEHIND_GROUP.fullmatch(text)
    if behind is not None and key(behind["group"]) in labels().groups:
        own = all_known.get(key(behind["own"]))
        if own is not None and "row" in own.kinds:
            return own
    heading = heading_before(text)
    return None if heading is None else all_known.get(key(heading))


@lru_cache(maxsize=8192)
def is_fragment(text: str) -> bool:
    """Whether the text is a part of an official label."""
    part = key(text)
    return bool(part) and not part.isdigit() and part in labels().blob


def may_begin(text: str) -> bool:
    """Whether an official label begins with the text."""
    return key(text) in labels().prefixes


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Whether the text is what a cell for figures holds: a number, a dash, 无."""
    # runs of blanks, which lay out a line, would be tried in every division
    return _VALUE.fullmatch(" ".join(text.split())) is not None


@lru_cache(maxsize=8192)
def is_shortened_row(text: str) -> bool:
    """Whether the text is a row label with parts left out, and of no other row or group.

    二、上年结转申请数量 in a cell of its own looks like the title of a section.
    """
    short = key(_ORDINAL.sub("", unicodedata.normalize("NFKC", text)))
    if not LEAST <= len(short) <= _LONG:
        return False
    return any(_is_row(only_fit(short, wordings)) for wordings in _table_wordings())


def _is_row(found: tuple[str, str] | None) -> bool:
    return found is not None and found[0] == "row"


@cache
def _table_wordings() -> tuple[dict[tuple[str, str], list[str]], ...]:
    """The keys of all labels of each table of each form, by kind and first wording."""
    out: list[dict[tuple[str, str], list[str]]] = []
    for form in load_forms().values():
        for table in form.tables:
            named: dict[tuple[str, str], list[str]] = {}
            for kind, specs in _specs(table):
                for spec in specs:
                    keys = [key(_ORDINAL.sub("", t)) for t in _wordings(spec)]
                    named[kind, spec.label] = keys
            out.append(named)
    return tuple(out)


@lru_cache(maxsize=8192)
def is_section_heading(text: str) -> bool:
    """Whether the text is the title of a section and no label of a table."""
    if known(text) is not None or may_begin(text):
        return False
    if _SECTION_ORDINAL.match(text):
        return not is_shortened_row(text)
    return key(text) in labels().sections


def is_section_title(text: str) -> bool:
    """Whether the text is, behind its ordinal, the whole title of a section of a form."""
    return key(_SECTION_ORDINAL.sub("", text)) in labels().sections


def is_prose(text: str) -> bool:
    """Whether the text cannot be a cell of a statutory table: a heading, a sentence, long."""
    if is_value(text) or is_fragment(text) or known(text) is not None:
        return False
    return is_section_heading(text) or _SUB_HEADING.match(text) is not None or is_sentence(text)


def is_sentence(text: str) -> bool:
    """Whether a text is too long for a label, or ends like a sentence."""
    return len(text) > _LONG or (_SENTENCE.search(text) is not None and len(text) > _SHORT_SENTENCE)
