"""Check for text that speaks to a reading machine, and for text that nobody sees.

A report is written for the public. Words that tell a program what to conclude are found wherever
they stand; what a website's template hides is left alone. Nothing found here changes what other
rules find.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from itertools import accumulate, pairwise
from typing import NamedTuple

from checker.assemble.fold import Folded, fold, fold_text
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.wording_places import (
    MOST_PLACES,
    evidence_at,
    quoted,
    section_at,
    section_name,
)
from checker.checks.wording_unseen import neighbour, unseen
from checker.domain.document import Document, HiddenText, Paragraph
from checker.domain.finding import TextEvidence
from checker.rulebook.kinds_wording import ConcealedRule
from checker.rulebook.late import late_regex
from checker.rulebook.wording import MachineAddress, all_matches, compiled, load_machine_address

_STOP = "。"
_ENDS = "。;!?"
_LONGEST = 80  # a sentence beyond that is a list
_STOPS = "。；;！!？?\n\t"
_WIDEST = 40  # characters of a sentence shown on either side of the words found
# 忽-略-以-上: marks between the letters, so that nobody searches for the word.
_APART = re.compile(r"[\u4e00-\u9fff]([^\w\s]{1,2})(?:[\u4e00-\u9fff]\1){2,}[\u4e00-\u9fff]")
_MARK = re.compile(r"[^\w\s]")
# Characters that turn or override the direction of what follows; those that only set apart a
# number, as copied from an address book, change nothing that is printed.
_TURNING = frozenset("\u202b\u202e\u2067")
_DIRECTION = _TURNING | frozenset("\u200e\u200f\u061c\u202a\u202c\u202d\u2066\u2068\u2069")
_LAYOUT = frozenset("\ufeff\xad\ufe0e\ufe0f")  # left by editors: byte order, soft hyphen, glyphs
# Inside words these choose a glyph or show where a line may break; nothing else does.
_GLYPHS = re.compile("[\xad\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SPLIT = late_regex(r"(?<=[A-Za-z\u4e00-\u9fff0-9])[^A-Za-z\u4e00-\u9fff0-9]+")
_SYMBOLS = range(0xF020, 0xF100)  # bullets and boxes of symbol fonts, which everybody sees
_TAG_FIRST, _TAG_LAST, _TAG = 0xE0020, 0xE007E, 0xE0000


class _Text(NamedTuple):
    """A text in the form that orders are written in; ``at`` are offsets in ``folded``."""

    plain: str
    at: tuple[int, ...] | None


class _Order(NamedTuple):
    """A place where something speaks to a machine; ``sure`` when it cannot be meant for people."""

    start: int
    end: int
    sure: bool


@evaluate.register
def _(rule: ConcealedRule, context: CheckContext) -> KindResult:
    document = context.report.document
    hidden = [h for h in document.hidden if h.reason != "zero_width"]
    drafts = [*_spoken(rule, context), *_stated(rule, context)]
    ordered = _ordered(hidden)
    if ordered:
        told = [hidden[i] for i in sorted(ordered)]
        drafts.append(_hidden_order(rule, told, context, sure=any(ordered.values())))
    rest = [h for i, h in enumerate(hidden) if i not in ordered]
    drafts += [*unseen(rule, rest, context), *_marks(rule, context), *_strays(rule, context)]
    tests = 1 + len(document.hidden) + len(document.metadata)
    return KindResult(drafts=tuple(drafts), tests=tests)


def _spoken(rule: ConcealedRule, context: CheckContext) -> Iterator[Draft]:
    """Orders in the visible text, all of one section in one finding."""
    document = context.report.document
    text = document.text
    places: dict[tuple[int, int], bool] = {}
    for folded in (fold(text.replace("\n", _STOP)), _joints(document)):
        for order in _orders(folded.text):
            at = _sentence(text, folded.start_of(order.start), folded.end_of(order.end))
            places[at] = places.get(at, False) or order.sure
    by_section: dict[str | None, list[_Order]] = {}
    for order in _merged(sorted(_Order(*at, sure) for at, sure in places.items())):
        by_section.setdefault(section_at(context.report, order.start), []).append(order)
    for section, orders in by_section.items():
        shown = sorted(orders, key=lambda o: not o.sure)[:MOST_PLACES]
        pieces = [evidence_at(context, o.start, o.end) for o in sorted(shown)]
        place, quotes = section_name(context, section), [p.quote for p in pieces]
        yield _order_draft(rule, place, quotes, pieces, sure=any(o.sure for o in orders))


def _joints(document: Document) -> Folded:
    """Where one line goes on in the next: an order may be broken over two lines."""
    pieces = [fold("")]
    blocks = document.blocks
    for one, two in pairwise(blocks):
        if isinstance(one, Paragraph) and isinstance(two, Paragraph) and one.text[-1] not in _STOPS:
            start = one.locator.end - min(len(one.text), _WIDEST)
            end = two.locator.start + min(len(two.text), _WIDEST)
            pieces.append(fold(document.text[start:end], start))
            pieces.append(fold(_STOP, end))
    return Folded.join(pieces)


def _order_draft(
    rule: ConcealedRule,
    place: str,
    quotes: Sequence[str],
    evidence: Sequence[TextEvidence],
    *,
    sure: bool,
) -> Draft:
    return Draft(
        values={"place": place, "quotes": quoted(quotes)},
        evidence=tuple(evidence[:MOST_PLACES]),
        verdict="fail" if sure else "review",
        message=None if sure else rule.doubtful_message,
    )


def _orders(folded: str) -> Iterator[_Order]:
    """Spans of folded text that speak to a machine."""
    words = load_machine_address()
    for text in _readings(_small(folded)):
        present = words.vocabulary.present(text.plain)
        if not present:
            continue
        found = [_Order(*span, sure=False) for span in _combined(words, text.plain, present)]
        for sure, orders in words.by_certainty.items():
            found += [_Order(*m.span(), sure) for m in all_matches(orders, text.plain, present)]
        for start, end, sure in found:
            if text.at is not None:
                yield _Order(text.at[start], text.at[end - 1] + 1, sure)
            else:
                yield _Order(start, end, sure)


def _small(text: str) -> str:
    """The text in small letters, as long as it was."""
    small = text.lower()
    return small if len(small) == len(text) else text  # İ becomes two characters


def _combined(words: MachineAddress, text: str, present: Set[str]) -> Iterator[tuple[int, int]]:
    """Sentences that speak to a machine by several marks, none of which proves it alone."""
    for combination in words.together:
        sought = [word for word in combination.sought if word in present]
        for start, end in _sentences_with(sought, text):
            sentence = text[start:end]
            if combination.unless and compiled(combination.unless).search(sentence):
                continue
            if all(compiled(pattern).search(sentence) for pattern in combination.patterns):
                yield start, end


def _sentences_with(words: Sequence[str], text: str) -> set[tuple[int, int]]:
    """The sentences in which one of the words stands, cut where they run on without end."""
    found: set[tuple[int, int]] = set()
    for word in words:
        place = text.find(word)
        while place >= 0:
            first = max(0, place - _LONGEST)
            last = min(len(text), place + len(word) + _LONGEST)
            start = max(text.rfind(stop, first, place) for stop in _ENDS) + 1
            stops = (text.find(stop, place, last) for stop in _ENDS)
            end = min((i for i in stops if i >= 0), default=last)
            found.add((start or first, end))
            place = text.find(word, max(end, place + 1))
    return found


def _readings(plain: str) -> Iterator[_Text]:
    """The text, and where letters are set apart by marks also without these marks."""
    yield _Text(plain, None)
    if _APART.search(plain) is None:
        return
    dropped = {
        run.start() + mark.start()
        for run in _APART.finditer(plain)
        for mark in _MARK.finditer(run.group())
    }
    kept = tuple(i for i in range(len(plain)) if i not in dropped)
    yield _Text("".join(plain[i] for i in kept), kept)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a place, no wider than a reader needs."""
    start += len(text[start:end]) - len(text[start:end].lstrip(_STOPS))
    low, high = max(0, start - _WIDEST), min(len(text), end + _WIDEST)
    left = max(text.rfind(stop, low, start) for stop in _STOPS) + 1
    stops = (text.find(stop, end - 1, high) for stop in _STOPS)
    first, last = left or low, max(min((i for i in stops if i >= 0), default=high), end)
    return first + len(text[first:last]) - len(text[first:last].lstrip()), last


def _merged(orders: Sequence[_Order]) -> list[_Order]:
    merged: list[_Order] = []
    for order in orders:
        last = merged[-1] if merged else None
        if last and order.start < last.end:
            end, sure = max(order.end, last.end), last.sure or order.sure
            merged[-1] = _Order(last.start, end, sure)
        else:
            merged.append(order)
    return merged


def _stated(rule: ConcealedRule, context: CheckContext) -> Iterator[Draft]:
    """Orders in what the file states about itself, its name included."""
    document = context.report.document
    entries = [(rule.stated.get(m.key, f"文件属性“{m.key}”"), m.value) for m in document.metadata]
    for place, value in [*entries, ("文件名", document.source.name)]:
        found = [order.sure for order in _orders(fold_text(value))]
        if found:
            yield _order_draft(rule, place, [value], (), sure=any(found))


def _ordered(hidden: Sequence[HiddenText]) -> dict[int, bool]:
    """Which hidden texts speak to a machine, alone or as one text cut into pieces.

    True where there is no doubt.
    """
    pieces = [fold_text(h.text) for h in hidden]
    whole = "".join(pieces)
    ends = list(accumulate(map(len, pieces)))
    found: dict[int, bool] = {}
    for start, end, sure in _orders(whole) if whole else ():
        for index in range(bisect_right(ends, start), bisect_right(ends, end - 1) + 1):
            found[index] = found.get(index, False) or sure
    return found


def _hidden_order(
    rule: ConcealedRule, hidden: Sequence[HiddenText], context: CheckContext, *, sure: bool
) -> Draft:
    evidence = [neighbour(h, context) for h in hidden[:MOST_PLACES]]
    quotes = [h.text for h in hidden]
    return _order_draft(rule, "看不见的文字里", quotes, evidence, sure=sure)


class _Marks(NamedTuple):
    """Invisible characters of one paragraph that are no accident, in words."""

    what: str
    times: int


def _marks(rule: ConcealedRule, context: CheckContext) -> Iterator[Draft]:
    found = [
        (marks, hidden)
        for hidden in context.report.document.hidden
        if hidden.reason == "zero_width" and (marks := _suspicious(hidden.text))
    ]
    if not found:
        return
    evidence = tuple(neighbour(hidden, context) for _, hidden in found[:MOST_PLACES])
    values: dict[str, str | int] = {
        "what": "、".join(dict.fromkeys(marks.what for marks, _ in found)),
        "count": sum(marks.times for marks, _ in found),
        "quotes": quoted([e.quote for e in evidence]),
    }
    yield Draft(
        values=dict(values), evidence=evidence, verdict="review", message=rule.marks_message
    )


def _strays(rule: ConcealedRule, context: CheckContext) -> Iterator[Draft]:
    """Single invisible characters inside words: mostly left by an editor, so only noted."""
    found = [
        (times, hidden)
        for hidden in context.report.document.hidden
        if hidden.reason == "zero_width" and _suspicious(hidden.text) is None
        if (times := _inside_words(hidden.text))
    ]
    if found:
        evidence = tuple(neighbour(hidden, context) for _, hidden in found[:MOST_PLACES])
        values: dict[str, str | int] = {
            "count": sum(times for times, _ in found),
            "quotes": quoted([e.quote for e in evidence]),
        }
        message = rule.stray_message
        yield Draft(
            values=values, evidence=evidence, verdict="review", severity="note", message=message
        )


def _inside_words(unseen: str) -> int:
    """How many invisible characters stand inside words and figures."""
    return sum(len(_GLYPHS.sub("", run)) for run in _SPLIT.findall(unseen))


def _seen(character: str) -> bool:
    """A digit or letter that is split off, or a mark of a symbol font."""
    return character.isalnum() or ord(character) in _SYMBOLS


def _suspicious(unseen: str) -> _Marks | None:
    tags = [ord(c) for c in unseen if _TAG_FIRST <= ord(c) <= _TAG_LAST]
    if tags:
        secret = "".join(chr(code - _TAG) for code in tags)
        return _Marks(f"用隐形字符写的“{secret}”", len(tags))
    turning = sum(c in _TURNING for c in unseen)
    if turning:
        return _Marks("改变文字方向的字符，印出来的次序与实际不同", turning)
    known = _DIRECTION | _LAYOUT
    plain = sum(c not in known and not _seen(c) for c in unseen)
    if plain and any(c.isdigit() for c in unseen):
        return _Marks("夹在数字中间、没有宽度的字符", plain)
    if plain >= load_machine_address().zero_width_least:
        return _Marks("没有宽度的字符", plain)
    return None
