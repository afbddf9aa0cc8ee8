"""How sure it is that what differs from a cell speaks of that cell.

A difference that a slip of the pen explains is a fault. It is more often another quantity where
the figure of the cell is told elsewhere, where the figure is that of one cell among those added
up, or where a word stands beside it that may restrict what it counts (律师事务所提交13件). Then it
is asked about instead of being called wrong. How often that is right was measured on reports that
the program had not seen: eval/README.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from checker.claims.balance import completed_sum
from checker.claims.case_rows import several_wrong
from checker.claims.near_sums import slips_of
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row
from checker.claims.subjects import CONCLUDED
from checker.claims.targets import Tables
from checker.claims.words import names_of, tokenizer_of
from checker.domain.claim import ClaimCheck, Confidence
from checker.rulebook.late import late_regex
from checker.rulebook.plain_words import load_plain_words
from checker.rulebook.reasons import load_reasons
from checker.rulebook.terms import load_terms

if TYPE_CHECKING:
    from jieba import Tokenizer

_WEIGHED: Final = ("cell", "absence", "quantifier", "part_of_whole")
_OR: Final = "；"  # between the readings that a figure may have, none of which agrees
_SAID: Final = ("absence", "quantifier")
STRETCH: Final = late_regex("[㐀-鿿]+")
NUMERAL: Final = late_regex("第?[一二三四五六七八九十百千万亿零〇两]+")
_LEAST_SLIP: Final = 10  # every number of one digit is one slip from every other
_MOST_SLIP: Final = 10**15  # nobody counts or pays more
_PENDING: Final = "/pending"
_MOST_SHOWN: Final = 2
_LEAST_SUM: Final = 2
_EACH: Final = late_regex("(?:均|都|皆|全部?)(?:为|是)?$")  # 复议、诉讼均为0件: not one of them
# what belongs to a thing is counted by itself: 文件3件，其中配套解读5件
_PART: Final = late_regex(
    "[,(]其中,?(?:包括|包含|有|含)?(?:(?!配套|附件|解读|涉|相关|每|各)[^,。;()0-9]){0,12}"
)
_ANOTHER_THING: Final = late_regex("[;。]|,.*,")


def weigh_certainty(rows: Sequence[Row], tables: Tables) -> None:
    """Mark the differences that may be none, and say why.

    Args:
        rows: those of the whole report, judged.
        tables: the cells.
    """
    told = _told(rows)
    several = several_wrong(rows, tables)
    for row in rows:
        for place, check in enumerate(row.checks):
            if check.verdict == "refuted" and check.test in _WEIGHED and not _is_slip(row, check):
                doubts = (*several.get(id(row), ()), *_doubts(row, check, told, tables))
                if doubts := doubts or tuple(_around(rows, row, check)):
                    row.checks[place] = _doubted(check, doubts)


def _told(rows: Sequence[Row]) -> Mapping[str | None, Row]:
    """The figures that agree with their cells, by what these are called."""
    return {
        c.target: r
        for r in rows
        if r.figure is not None
        for c in r.checks
        if c.test == "cell" and c.verdict == "supported"
    }


def _around(rows: Sequence[Row], row: Row, check: ClaimCheck) -> Iterator[str]:
    """Why figures beside a difference, of which its own words say nothing, may explain it."""
    if check.test == "quantifier":
        yield from _just_before(rows, row)
    elif check.test == "cell" and (sums := completed_sum(rows, row)):
        yield load_reasons().adds_up.format(sums=sums)


def _just_before(rows: Sequence[Row], row: Row) -> Iterator[str]:
    """年末留有2件，都是个人递来的: where nothing tells what the 2 are, 都 may be said of them."""
    before = [r for r in rows if r.sentence is row.sentence and r.figure and r.start < row.start]
    told = max(before, key=lambda r: r.start, default=None)
    if told is None or told.figure is None or told.change:
        return
    between = row.sentence.text[told.figure.behind : row.start]
    known = any(c.test in ("cell", "absence") and c.verdict == "supported" for c in told.checks)
    if not known and not _ANOTHER_THING.search(between) and not is_ratio(told.figure):
        yield load_reasons().of_figure.format(figure=told.printed)


def _doubts(
    row: Row, check: ClaimCheck, told: Mapping[str | None, Row], tables: Tables
) -> Iterator[str]:
    """Why a difference may be none, in Chinese, the strongest first."""
    words = load_reasons()
    held = [tables.value(a) for a in check.cells]
    elsewhere = told.get(check.target)
    if elsewhere is None and check.test in _SAID:
        others = [told.get(a) for a, v in zip(check.cells, held, strict=True) if v]
        elsewhere = others[0] if others and None not in others else None
    elif elsewhere is None and _OR in check.reason:
        elsewhere = next((told[a] for a in check.cells if a in told), None)
    if elsewhere is not None and elsewhere is not row:
        yield words.told_elsewhere.format(figure=elsewhere.printed)
    each = _EACH.search(row.sentence.text, row.sentence.start, row.start)
    if row.figure is not None and not each and _is_some(row.figure.value, held):
        yield words.one_of_several.format(figure=row.printed)
    pending = [a.endswith(_PENDING) for a, v in zip(check.cells, held, strict=True) if v]
    if row.subject.outcome in CONCLUDED and check.test == "quantifier" and all(pending):
        yield words.pending_apart
    part = check.test == "part_of_whole"
    sure = check.test == "quantifier" or (part and _called_part(row))
    strange = () if sure else unfamiliar(row)
    if strange:
        named = [f"“{w}”" for w in strange if len(w) > 1]  # 骤 of 骤增 tells a reader nothing
        told_words = words.unfamiliar_words.format(words="、".join(named[:_MOST_SHOWN]))
        yield told_words if named else words.unfamiliar_wording
    elif part and not sure:
        yield words.perhaps_no_part


def _called_part(row: Row) -> bool:
    """公开80条，其中网站120条: right behind the only figure of its kind, and so called."""
    sentence, whole = row.sentence, row.figure
    if whole is None or whole.unit is None:
        return False
    counted = [f for f in sentence.figures if f.unit == whole.unit]
    among = _PART.match(sentence.text, whole.behind, sentence.end)
    parts = [f for f in counted if among and f.start == among.end()]
    return counted[:1] == [whole] and bool(parts)


def _is_some(value: Decimal | None, held: Sequence[Decimal | None]) -> bool:
    """Whether a figure is one of the cells added up, or all but one of them (其余四类)."""
    known = [v for v in held if v is not None]
    if value is None or len(known) < len(held) or len(known) < _LEAST_SUM:
        return False
    return value in known or (len(known) > _LEAST_SUM and sum(known) - value in known)


def _doubted(check: ClaimCheck, doubts: Sequence[str]) -> ClaimCheck:
    confidence: Confidence = "low" if len(doubts) > 1 else "medium"
    return check.model_copy(update={"confidence": confidence, "reason": check.reason + doubts[0]})


def _is_slip(row: Row, check: ClaimCheck) -> bool:
    """Whether one wrong digit, or two exchanged, makes the figure that of its cell."""
    if row.figure is None or row.figure.value is None or check.expected is None:
        return False
    both = row.figure.value, check.expected
    if max(both) > _MOST_SLIP:
        return False
    value, expected = (v / row.figure.step for v in both)
    whole = value == int(value) and expected == int(expected)
    told = min(value, expected) >= _LEAST_SLIP
    return told and whole and int(value) in slips_of(int(expected))


def unfamiliar(row: Row) -> tuple[str, ...]:
    """Words beside a figure or statement that neither the terms nor the plain words hold."""
    sentence = row.sentence
    start = max(sentence.text.rfind(";", sentence.start, row.start) + 1, sentence.start)
    end = sentence.text.find(";", row.end, sentence.end)
    text = sentence.text[start : end if end >= 0 else sentence.end]
    names = names_of(sentence.own)
    return tuple(_strange(names.sub(" ", text) if names else text))


def _strange(text: str) -> Sequence[str]:
    """The stretches that no known word covers, in order."""
    found: list[str] = []
    known = _known()
    for stretch in STRETCH.finditer(text):
        run = ""
        for word in (*_tokenizer().cut(stretch[0], HMM=False), ""):
            if word and word not in known and not NUMERAL.fullmatch(word):
                run += word
                continue
            if run and run not in found:
                found.append(run)
            run = ""
    return found


@cache
def _known() -> frozenset[str]:
    return frozenset(load_terms().by_word) | load_plain_words().words


@cache
def _tokenizer() -> "Tokenizer":
    return tokenizer_of(_known())
