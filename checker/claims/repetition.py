"""Quantities stated twice, and figures that say too much or nothing."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from checker.claims.judge import plain
from checker.claims.rows import Row
from checker.claims.words import names_of
from checker.domain.claim import ClaimCheck
from checker.rulebook.fees_told import load_fee_words
from checker.rulebook.late import late_regex
from checker.rulebook.repeated import load_repeated
from checker.rulebook.terms import load_terms
from checker.rulebook.wording import compiled

_LEAST_PHRASE: Final = 4
# Quantities of a part of the year, or of one occasion among several, differ.
_PARTIAL: Final = late_regex("半年|季度|月|先后|分别|其中|首次|第|期间")
_MARKS: Final = late_regex("[,。;:()、]")
_DISCLOSED: Final = "主动公开信息"
_LEAST_FALSE_PRECISION: Final = Decimal(100)
_BOUNDS: Final = ("以上", "以下", "以内")
_ACCOUNT: Final = '"[^"]{1,14}"'  # “云溪发布”微信公众号
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out"))


def empty_universals(general: Sequence[Row], others: Sequence[Row]) -> None:
    """Mark 均已办结 where nothing was received (A108)."""
    for row in general:
        zero = [
            o
            for o in others
            if o.start < row.start
            and o.subject.topics == row.subject.topics
            and (o.kind == "absence" or (o.figure is not None and o.figure.value == 0))
            and not set(o.subject.stages) & _CARRIED
        ]
        more = any(
            o.figure is not None
            and o.figure.value
            and o.start < row.start
            and o.subject.topics == row.subject.topics
            for o in others
        )
        empty = bool(zero) and not more
        row.checks.append(
            ClaimCheck(
                test="empty_universal",
                verdict="not_enough_info" if empty else "supported",
                reason="前面说的是0件，后面又说“均”已办理，是一句空话。"
                if empty
                else "前面有件数。",
                related=(zero[-1].locator,) if empty else (),
                open=empty,
            )
        )


def repetitions(rows: Sequence[Row]) -> None:
    """Figures that no cell holds and that are stated twice."""
    by_noun: dict[str, list[Row]] = {}
    for row in rows:
        if row.noun and row.figure and row.kind in ("count", "parts_sum") and row.scope == "own":
            by_noun.setdefault(_usual_name(row.noun), []).append(row)
    for same in by_noun.values():
        for earlier, later in pairwise(same):
            _repeated(earlier, later)
    _year_totals(rows)
    _fees_of_the_year(rows)


def _fees_of_the_year(rows: Sequence[Row]) -> None:
    """全年收取信息处理费500元 and, elsewhere, 共收取800元 or 未收取信息处理费."""
    words, fees = load_fee_words(), load_repeated()
    told = [r for r in rows if _fee_of_the_year(r)]
    for earlier, later in pairwise(told):
        if earlier.sentence is not later.sentence:
            _differ(earlier, later)
    denied = [r for r in rows if r.kind == "absence" and r.scope == "own"]
    none = [r for r in denied if compiled(words.none_collected).match(r.sentence.text, r.start)]
    limited = compiled(fees.restricted)
    none = [r for r in none if not limited.search(r.sentence.text, r.sentence.start, r.start)]
    for absent, collected in zip(none[:1], told[:1], strict=False):
        value = collected.figure.value if collected.figure else None
        if value:
            earlier, later = sorted((absent, collected), key=lambda r: r.start)
            _told_otherwise(earlier, later, value, f"“{earlier.printed}”")


def _fee_of_the_year(row: Row) -> bool:
    """Whether an amount is all that was collected of 信息处理费, and is said to be."""
    words, fees, figure = load_repeated(), load_fee_words(), row.figure
    plainly = figure is not None and row.kind == "count" and row.scope == "own"
    if figure is None or not plainly or figure.unit != "yuan" or figure.approximation != "exact":
        return False
    ahead = row.sentence.text[row.sentence.start : row.start]
    if compiled(words.restricted).search(ahead) or row.sentence.depth_at(row.start):
        return False
    clause = _clause(row)
    left = compiled(f"{words.owner}|{words.filler}").sub("", clause)
    whole = compiled(words.total).search(ahead) is not None
    return whole and compiled(fees.collected).fullmatch(left) is not None


def _repeated(earlier: Row, later: Row) -> None:
    one, other = earlier.figure, later.figure
    if one is None or other is None or one.value is None or other.value is None:
        return
    if one.value != other.value:
        _contradicted(earlier, later)
        return
    for row, peer in ((earlier, later), (later, earlier)):
        if any(c.test in ("cell", "absence", "repetition") for c in row.checks):
            continue
        row.checks.append(
            ClaimCheck(
                test="repetition",
                target=f"text: {plain(one.value)}",
                expected=one.value,
                verdict="supported",
                reason=f"正文两处都写{row.noun}{peer.printed}，前后一致。",
                related=(peer.locator,),
            )
        )


def _contradicted(earlier: Row, later: Row) -> None:
    """Another figure for the same quantity, said in the very same words."""
    one, other = earlier.figure, later.figure
    if one is None or other is None or one.value is None or other.value is None:
        return
    names = (_usual_name(r.phrase) for r in (earlier, later))
    same = len({_deed(n) for n in names}) == 1 and len(later.phrase) >= _LEAST_PHRASE
    apart = earlier.sentence is not later.sentence and one.unit == other.unit
    partial = any(
        _PARTIAL.search(r.sentence.text[r.sentence.start : r.start]) for r in (earlier, later)
    )
    exact = one.approximation == other.approximation == "exact"
    if not (same and apart and exact) or partial or later.checks or earlier.checks:
        return
    _told_otherwise(earlier, later, one.value, f"{earlier.phrase}{earlier.printed}")


def _year_totals(rows: Sequence[Row]) -> None:
    """全年发布政策解读12篇 and, elsewhere, 仅发布政策解读9篇: totals that nothing restricts."""
    told: dict[tuple[str, ...], list[Row]] = {}
    owner = compiled(load_repeated().owner)
    for row in rows:
        thing = _thing_of_the_year(row)
        if thing and row.figure:
            whose = owner.findall(_clause(row))
            told.setdefault((thing, row.figure.unit or "", *whose), []).append(row)
    total = compiled(load_repeated().total)
    for same in told.values():
        for earlier, later in pairwise(same):
            marked = any(total.search(_clause(r)) for r in (earlier, later))
            judged = any(c.verdict == "refuted" for r in (earlier, later) for c in r.checks)
            if marked and not judged and earlier.sentence is not later.sentence:
                _differ(earlier, later)


def _thing_of_the_year(row: Row) -> str:
    """What is counted where nothing but the year is said of it; empty for anything else."""
    words, figure, sentence = load_repeated(), row.figure, row.sentence
    plainly = figure is not None and row.kind in ("count", "parts_sum") and row.scope == "own"
    if figure is None or not plainly or figure.approximation != "exact":
        return ""
    ahead = sentence.text[sentence.start : row.start]
    # restrictions may stand in a clause before; a heading in brackets is none
    if sentence.depth_at(row.start):
        return ""
    if compiled(words.restricted).search(ahead):
        return _medium_of_the_year(ahead)
    names = names_of(sentence.own)
    clause = names.sub("", _clause(row)) if names else _clause(row)
    left = compiled(f"{words.owner}|{words.filler}").sub("", clause)
    if compiled(words.disclosed).fullmatch(left):
        return _DISCLOSED
    if row.noun and re.fullmatch(f"{words.deeds}{re.escape(row.noun)}{words.behind}", left):
        return _usual_name(row.noun)
    return ""


def _medium_of_the_year(ahead: str) -> str:
    """全年微信公众号共发布信息310条: the medium where nothing else restricts the figure."""
    words = load_repeated()
    for name, wording in words.media.items():
        left, times = compiled(wording).subn("", _MARKS.split(ahead)[-1])
        outside = compiled(wording).sub("", ahead)
        if not times or compiled(words.restricted).search(outside):
            continue
        left = compiled(f"{_ACCOUNT}|{words.owner}|{words.filler}").sub("", left)
        return name if compiled(words.in_media).fullmatch(left) else ""
    return ""


def _usual_name(text: str) -> str:
    """A text with the usual name of every thing in it: 人大代表建议 for 人大建议."""
    for line in load_repeated().same_things:
        first, *others = line.split()
        for other in others:
            if first not in text:
                text = text.replace(other, first)
    return text


def _clause(row: Row) -> str:
    """The words between the last mark and a figure."""
    return _MARKS.split(row.sentence.text[row.sentence.start : row.start])[-1]


def _differ(earlier: Row, later: Row) -> None:
    one, other = earlier.figure, later.figure
    if one is None or one.value is None or other is None or one.value == other.value:
        return
    _told_otherwise(earlier, later, one.value, f"“{_clause(earlier)}{earlier.printed}”")


def _told_otherwise(earlier: Row, later: Row, value: Decimal, told: str) -> None:
    """Mark the later of two figures of one quantity."""
    later.checks.append(
        ClaimCheck(
            test="repetition",
            target=f"text: {plain(value)}",
            expected=value,
            verdict="refuted",
            reason=f"前文写{told}，这里写{later.printed}。",
            related=(earlier.locator,),
        )
    )


def _deed(phrase: str) -> str:
    """The phrase with one word for all that say the same deed: 举行发布会 is 召开发布会."""
    for words in load_terms().same_deeds:
        first, *others = words.split()
        found = next((w for w in others if phrase.startswith(w)), None)
        if found is not None:
            return first + phrase.removeprefix(found)
    return phrase


def precision(row: Row) -> None:
    """Mark a figure printed to the unit that is called approximate (A106)."""
    figure = row.figure
    if figure is None or figure.value is None or figure.approximation == "exact":
        return
    if figure.unit in ("percent", "yuan") or figure.value < _LEAST_FALSE_PRECISION:
        return
    bound = row.sentence.text[figure.behind - 2 : figure.behind] in _BOUNDS
    false = figure.step == 1 and figure.value % 10 != 0 and not bound
    printed = row.sentence.passage.text[max(0, figure.start - 1) : figure.behind]
    told = f"“{printed}”已写到个位，又说是约数。" if false else "约数没有写到个位。"
    row.checks.append(
        ClaimCheck(
            test="precision",
            verdict="not_enough_info" if false else "supported",
            reason=told,
            open=false,
        )
    )
