"""Recomputes the changes of a passage from this year's and last year's figures that stand in it.

Last year's figure may stand in another sentence; it is used only when it is surely that of the
same thing. Nothing is recomputed from figures of which the words tell another year.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import Final

from checker.claims.compared import compared_pairs
from checker.claims.figures import Figure
from checker.claims.judge import plain
from checker.claims.pairs import Pair, growth_pairs, is_base
from checker.claims.ratios import flat_check, growth_check, is_ratio
from checker.claims.rows import Passage, Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import RESULTS, Subject
from checker.claims.words import Word
from checker.domain.claim import ClaimCheck
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_EQUAL: Final = "持平"
_FLAT: Final = late_regex(
    f"(?P<about>基本|大致|大体)?(?:保持)?(?P<word>{_EQUAL})(?!的?(?:要求|目标))"
)
_NOTHING_ELSE: Final = late_regex(
    "[,()与同和跟较比相的为]|[上去前]一?年度?|20[0-9]{2}年度?|同期|水平|基本|大致|大体|保持|总体|数量|总量"
)
_BESIDE: Final = late_regex(
    "[,、(](?:同比|环比)?(?:增长|增加|上升|提高|下降|减少|降低|增幅|降幅|升幅)(?:了|为|达|约)*"
)
_NOW: Final = late_regex(
    ",(?:今年|本年度?|当年|全年|年内|现在?|目前)*(?:一共|总共|合计|共计|共|总数|降|增|减|升|到|至|达|为|是|有)*"
)
_WORDS_ONLY: Final = late_regex("[,、]?[^,、。;0-9]{0,10}")
_MOST_SHOWN: Final = 3
_NEAR_PRIOR: Final = 3
_LEAST_NAME: Final = 2


def changes(told: Passage, *, year: int | None) -> Iterator[Row]:
    """Judge every change of a passage, and yield what is said to be equal in words (持平).

    Args:
        told: the sentences of a passage with the rows of their figures.
        year: of the report.
    """
    for index, (sentence, rows) in enumerate(told):
        flat = sentence.text.find(_EQUAL, sentence.start, sentence.end) >= 0
        if not flat and not any(r.change for r in rows):
            continue
        apart = sorted(range(len(told)), key=lambda i: (abs(i - index), i))
        around = [r for i in apart if i != index for r in told[i][1]]
        for number, row in enumerate(rows):
            if row.change:
                _judge(rows, number, around, year)
        yield from _flats(sentence, rows, around, year)


def _judge(rows: Sequence[Row], number: int, around: Sequence[Row], year: int | None) -> None:
    """The change recomputed from the figures it may speak of; one that fits is enough."""
    row = rows[number]
    if row.figure is None or row.figure.value is None or _of_a_part(rows, number):
        return
    unknown = _why_unknown([*rows, *around])
    tried = [
        _of_pair(row, row.figure, p, unknown)
        for p in growth_pairs(rows, number, around=around, year=year)
        if _counts_the_same(row, p)
    ] or [growth_check(row.figure, row.change, None, None, unknown=unknown)]
    best = min(tried, key=lambda c: (c.verdict == "refuted", c.opposite))
    if best.target is None:
        named = (_of_pair(row, row.figure, p, unknown) for p in compared_pairs(rows, number))
        found = (
            next(named, None)
            or _from_change(rows, number)
            or _from_rate(rows, number)
            or _from_behind(rows, number)
            or _turned(rows, number)
        )
        best = found or best
    # a change in numbers is no rate: only one that goes the other way was likely misread
    asked = best.opposite or is_ratio(row.figure)
    told = _other_pair(rows, number, around) if asked and best.verdict == "refuted" else ""
    if told:
        reason = load_reasons().other_reading.format(told=told)
        best = best.unproved(reason)
    if is_ratio(row.figure) and best.verdict == "refuted" and _of_another_thing(rows, number):
        best = best.unproved(load_reasons().unknown_ratio)
    row.checks.append(best)


def _of_another_thing(rows: Sequence[Row], number: int) -> bool:
    """培训由2次增加到4次，参训人次增长近七成: the clause names a thing that was not counted."""
    row, sentence = rows[number], rows[number].sentence
    start = sentence.segment_at(row.start).start
    counted = [r for r in rows[:number] if _counts(r)]
    if not counted or counted[-1].start >= start:
        return False
    words = sentence.words_between(start, row.start)
    named = _run_of_unknown(words)
    before = sentence.text[sentence.start : counted[-1].start]
    return len(named) >= _LEAST_NAME and not any(
        named[at : at + _LEAST_NAME] in before for at in range(len(named) - 1)
    )


def _run_of_unknown(words: Sequence[Word]) -> str:
    """What a clause begins with, as far as no table knows it."""
    unknown = takewhile(lambda w: not w.known and not w.meanings, words)
    return "".join(w.text for w in unknown)


def _of_pair(row: Row, figure: Figure, pair: Pair, unknown: str) -> ClaimCheck:
    """The change from two figures; round ones (约5.8万人) give no exact change."""
    check = growth_check(figure, row.change, *pair.values, unknown=unknown)
    if check.verdict != "refuted" or check.opposite or not _approximate(pair):
        return check
    return check.unproved(load_reasons().from_about)


def _counts_the_same(row: Row, pair: Pair) -> bool:
    """培训6场、480人次，场次增加2场: a change in one unit is none of what another counts."""
    if row.figure is None or is_ratio(row.figure) or row.figure.unit is None:
        return True
    return pair.current is None or _same_unit(row, pair.current)


def _of_a_part(rows: Sequence[Row], number: int) -> bool:
    """由61个减至44个，其中县直部门减少11个: a part of the change, of which no count is told."""
    row = rows[number]
    counted = [r.figure.behind for r in rows[:number] if _counts(r) and r.figure]
    start = counted[-1] if counted else row.sentence.start
    return "其中" in row.sentence.text[start : row.start]


def _from_change(rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """收到16件，比上年增加5件，增长45.5%: last year's figure follows from the change in numbers."""
    row = rows[number]
    before = rows[number - 1] if number else None
    if row.figure is None or row.figure.unit != "percent" or before is None:
        return None
    change = before.figure
    beside = change is not None and _BESIDE.fullmatch(row.sentence.text[change.behind : row.start])
    if not beside or change is None or is_ratio(change):
        return None
    if before.change != row.change:
        return _other_way(before, row)
    return _from_two(rows, number, change)


def _from_two(rows: Sequence[Row], number: int, change: Figure) -> ClaimCheck | None:
    """The rate from the change and one of the two years' figures."""
    row, before = rows[number], rows[number - 1]
    if row.figure is None:
        return None
    if any(r.scope == "prior_year" and _counts(r) for r in rows):
        return _from_prior(rows, number, change)
    told = [r for i, r in enumerate(rows[: number - 1]) if _counts(r) and not is_base(rows, i)]
    current = told[-1] if told else None
    if current is None or current.scope == "prior_year" or not _same_unit(current, before):
        return None
    now, by = (current.figure.value if current.figure else None), change.value
    if now is None or by is None or change.approximation != "exact":
        return None
    prior = now - by if row.change == "up" else now + by
    return growth_check(row.figure, row.change, now, prior, unknown="") if prior > 0 else None


def _from_rate(rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """收到285件，比上年增长25.0%，多出57件: the change in numbers follows from the rate."""
    row, before = rows[number], rows[number - 1] if number else None
    rate, change = before.figure if before else None, row.figure
    told = [r for r in rows[: max(number - 1, 0)] if _counts(r)]
    if rate is None or change is None or before is None or not told or is_ratio(change):
        return None
    now, beside = told[-1], _WORDS_ONLY.fullmatch(row.sentence.text[rate.behind : row.start])
    figures = (rate, change, now.figure)
    exact = all(f and f.approximation == "exact" and f.value is not None for f in figures)
    if not exact or rate.unit != "percent" or before.change != row.change or not beside:
        return None
    if now.scope == "prior_year" or not _same_unit(now, row):
        return None
    value, sign = now.figure.value if now.figure else None, 1 if row.change == "up" else -1
    share = (rate.value or Decimal(0)) / 100
    slack = rate.step / 200
    ends = [1 + sign * (share + s) for s in (-slack, slack)]
    if value is None or change.value is None or min(ends) <= 0:
        return None
    changes = sorted(abs(value - value / e) for e in ends)
    right = changes[0] - 1 < change.value < changes[1] + 1
    about = abs(value - value / (1 + sign * share)).quantize(Decimal(1))
    word, shown = ("增加", "＋") if sign > 0 else ("减少", "－")
    ratio = f"1{shown}{plain(rate.value or Decimal(0))}%"
    sums = f"{plain(value)}÷（{ratio}），上年约{plain(value - sign * about)}"
    return ClaimCheck(
        test="growth",
        expected=about,
        verdict="supported" if right else "refuted",
        reason=f"{sums}，应为{word}约{plain(about)}，{'一致' if right else '不一致'}。",
    )


def _turned(rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """新收424件……与上年371件相比下降14.3%: just so much, but the other way."""
    row, prior = rows[number], rows[number - 1] if number else None
    other = {"up": "down", "down": "up"}.get(row.change)
    figure = row.figure
    if figure is None or other is None or prior is None or prior.scope != "prior_year":
        return None
    if figure.step >= 1 or not _counts(prior) or not prior.figure:
        return None
    if not _WORDS_ONLY.fullmatch(row.sentence.text[prior.figure.behind : row.start]):
        return None
    for now in rows[: number - 1]:
        known = any(c.test == "cell" and c.verdict == "supported" for c in now.checks)
        if not known or not _counts(now) or not _same_unit(now, prior):
            continue
        values = Pair(now, prior).values
        if growth_check(figure, other, *values, unknown="").verdict == "supported":
            return growth_check(figure, row.change, *values, unknown="")
    return None


def _from_behind(rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """申请比上年60件多了6件，今年一共66件: last year's in front, this year's behind."""
    row, text = rows[number], rows[number].sentence.text
    if row.figure is None or not number or number + 1 >= len(rows):
        return None
    prior, now = rows[number - 1], rows[number + 1]
    if not (_counts(prior) and _counts(now) and prior.figure and now.figure):
        return None
    beside = _WORDS_ONLY.fullmatch(text[prior.figure.behind : row.start])
    told = _NOW.fullmatch(text[row.figure.behind : now.start])
    own = prior.scope == "prior_year" and now.scope == "own" and now.sentence is row.sentence
    if not (beside and told and own and _same_unit(prior, now) and _same_unit(prior, row)):
        return None
    if any(f.approximation != "exact" for f in (prior.figure, now.figure)):
        return None
    return growth_check(row.figure, row.change, *Pair(now, prior).values, unknown="")


def _other_way(before: Row, row: Row) -> ClaimCheck | None:
    """较上年增加195条，降幅5.9%: the two go in opposite directions."""
    if {before.change, row.change} != {"up", "down"}:
        return None
    word = "增加" if before.change == "up" else "减少"
    return ClaimCheck(
        test="growth",
        verdict="refuted",
        reason=f"前面说{word}{before.printed}，后面的{row.printed}却是相反的方向。",
        opposite=True,
    )


def _from_prior(rows: Sequence[Row], number: int, change: Figure) -> ClaimCheck | None:
    """较上年的10件多4件，增长40%: both stand beside the rate, whatever this year's figure is."""
    row, last = rows[number], rows[number - 2] if number > 1 else None
    prior = last.figure if last is not None else None
    if row.figure is None or last is None or prior is None or last.scope != "prior_year":
        return None
    exact = change.approximation == "exact" == prior.approximation
    if not exact or prior.unit != change.unit or not prior.value or change.value is None:
        return None
    between = row.sentence.text[prior.behind : change.start]
    if ";" in between or "其中" in between:
        return None
    now = prior.value + (change.value if row.change == "up" else -change.value)
    return growth_check(row.figure, row.change, now, prior.value, unknown="")


def _other_pair(rows: Sequence[Row], number: int, around: Sequence[Row]) -> str:
    """Two other figures beside a change from which it follows, as a sum; empty for none."""
    row = rows[number]
    if row.figure is None:
        return ""
    counts = [r for r in rows[:number] if _counts(r)]
    own = [r for r in counts if r.scope != "prior_year"]
    former = [r for r in counts if is_ratio(row.figure) or r.scope == "prior_year"]
    for prior in reversed(former[-_NEAR_PRIOR:]):
        beside = any(_same_unit(r, prior) and not _is_result(r) for r in own if r is not prior)
        for current in (*reversed(rows[:number]), *(() if beside else around)):
            if current is prior or not _counts(current) or not _same_unit(current, prior):
                continue
            if current.scope == "prior_year" != prior.scope:
                continue  # 上年4件 is no later than this year's 5
            values = Pair(current, prior).values
            check = growth_check(row.figure, row.change, *values, unknown="")
            if check.verdict == "supported":
                return check.reason.partition("，")[0]
    return ""


def _is_result(row: Row) -> bool:
    return any(s in RESULTS or "." in s for s in row.subject.stages)


def _counts(row: Row) -> bool:
    return row.figure is not None and not row.change and not is_ratio(row.figure)


def _same_unit(one: Row, other: Row) -> bool:
    return bool(one.figure and other.figure and one.figure.unit == other.figure.unit)


def _why_unknown(rows: Sequence[Row]) -> str:
    """Why a change cannot be recomputed, in words that are true of the passage."""
    former = [
        r.printed
        for r in rows
        if r.scope == "prior_year" and not r.change and r.figure and not is_ratio(r.figure)
    ]
    reasons = load_reasons()
    figures = "、".join(former[:_MOST_SHOWN])
    return reasons.other_last_year.format(figures=figures) if former else reasons.no_last_year


def _flats(
    sentence: Sentence, rows: list[Row], around: Sequence[Row], year: int | None
) -> Iterator[Row]:
    """与上年的60件持平, where both figures are there; else there is nothing to judge."""
    for match in _FLAT.finditer(sentence.text, sentence.start, sentence.end):
        flat = Row(
            sentence=sentence,
            start=match.start("word"),
            end=match.end("word"),
            figure=None,
            subject=Subject(),
            scope="own",
            kind="growth_rate",
            change="flat",
        )
        among = sorted([*rows, flat], key=lambda r: r.start)
        pairs = growth_pairs(among, among.index(flat), around=around, year=year)
        for pair in pairs:
            current, prior = pair.values
            if current is not None and prior is not None and _said_of(flat, pair):
                about = bool(match["about"]) or _approximate(pair)
                flat.checks.append(flat_check(match["word"], current, prior, about=about))
        if flat.checks:
            flat.checks = flat.checks[:1]
            yield flat


def _said_of(flat: Row, pair: Pair) -> bool:
    """Whether nothing else is named between this year's figure and 持平: not 办结率与上年持平."""
    now, last = pair
    if now is None or now.figure is None or last is None or last.figure is None:
        return False
    sentence = flat.sentence
    if now.sentence is not sentence:
        return False
    segment = sentence.segment_at(now.start)
    start = now.figure.behind if segment.end >= flat.start else segment.end
    between = sentence.text[start : flat.start]
    if last.sentence is sentence and now.start < last.start < flat.start:
        between = between.replace(sentence.text[last.start : last.figure.behind], "")
    return not _NOTHING_ELSE.sub("", between)


def _approximate(pair: Pair) -> bool:
    return any(
        r is not None and r.figure is not None and r.figure.approximation != "exact" for r in pair
    )
