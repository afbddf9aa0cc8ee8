"""Shares and growth: finds the figures from which a percentage should follow."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.claims.ratios import growth_check, growth_word, is_ratio, share_check
from checker.claims.reading import Reader
from checker.claims.rows import Row
from checker.claims.scope import topic_before
from checker.claims.sentences import Sentence
from checker.claims.subjects import read_subject
from checker.claims.targets import Tables
from checker.claims.universal import all_check

_TOGETHER: Final = re.compile("合计|二者|两者|两项|两类|合占|共占")
_RATE: Final = re.compile("([一-鿿]{2})率(?:为|达|达到)?$")


def ratios(sentence: Sentence, rows: list[Row], tables: Tables, reader: Reader) -> None:
    """Recompute every share and every change of a sentence."""
    for number, row in enumerate(rows):
        figure = row.figure
        if figure is None or figure.value is None:
            continue
        before = rows[number - 1].figure if number else None
        word = growth_word(sentence, figure, before.behind if before else sentence.start)
        if word is not None:
            row.kind, row.scope, row.checks = "growth_rate", "own", []
            current, prior = _pair(rows, number)
            times_of = figure.unit == "倍" and word == "growth"
            row.checks.append(growth_check(figure, word, current, prior, times_of=times_of))
        elif is_ratio(figure):
            row.kind = "share"
            _share_row(sentence, rows, number, tables, reader)


def _share_row(
    sentence: Sentence, rows: list[Row], number: int, tables: Tables, reader: Reader
) -> None:
    row = rows[number]
    figure = row.figure
    if figure is None or figure.unit != "percent":
        return
    rate = _rate_word(sentence, row)
    topic = row.subject.topic or (topic_before(sentence, row.start) or reader.last_table.topic)
    if rate and topic == "requests" and figure.value == 100:
        row.kind, row.subject = "quantifier", replace(row.subject, topics=("requests",))
        target = tables.requests(("carried_over_out",))
        row.checks.append(all_check("100%", target, tables, in_time=rate == "in_time"))
        return
    mark = _share_mark(sentence, rows, number)
    if mark is None:
        return
    named_part = _part_in_words(sentence, rows, number, tables, mark)
    if named_part is not None:
        row.checks.append(share_check(figure, named_part, _wholes([*rows[:number], row], tables)))
        return
    earlier = [r for r in rows[:number] if r.figure and not is_ratio(r.figure)]
    named = [r for r in earlier if r.start > mark]
    parts = [r for r in earlier if r.start < mark and r.kind != "growth_rate"]
    part = parts[-1].figure.value if parts and parts[-1].figure else None
    together = parts and _TOGETHER.search(sentence.text[parts[-1].start : row.start])
    if part is not None and together and len(parts) > 1 and parts[-2].figure:
        part += parts[-2].figure.value or Decimal(0)
    wholes = _named_wholes(named) or _wholes(parts, tables)
    row.checks.append(share_check(figure, part, wholes))


def _rate_word(sentence: Sentence, row: Row) -> str:
    segment = sentence.segments[sentence.segment_of(row.start)]
    for word in sentence.words_between(segment.start, row.start):
        for value in ("in_time_rate", "closed_rate"):
            if word.has("mark", value):
                return "in_time" if value == "in_time_rate" else "closed"
    return ""


def _share_mark(sentence: Sentence, rows: Sequence[Row], number: int) -> int | None:
    """Where the share begins to be spoken of: at 占, at a bracket, or at a rate of a part."""
    row = rows[number]
    previous = max(
        (r.figure.behind for r in rows[:number] if r.figure and is_ratio(r.figure)),
        default=sentence.start,
    )
    for word in reversed(sentence.words_between(previous, row.start)):
        if word.has("mark", "share"):
            return word.start
    before = rows[number - 1].figure if number else None
    if before and sentence.text[before.behind : row.start] == "(":
        return before.behind
    rate = _RATE.search(sentence.text[previous : row.start])
    if rate is None or before is None or number < 2:
        return None
    segment = sentence.segments[sentence.segment_of(before.start)]
    named = rate[1] in sentence.text[segment.start : before.start]
    total = rows[number - 2].figure
    same = total is not None and total.unit == before.unit
    return previous + rate.start() if named and same else None


def _part_in_words(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables, mark: int
) -> Decimal | None:
    """The part when its own segment names a row of table 三: 予以公开的占29.4%."""
    row = rows[number]
    segment = sentence.segments[sentence.segment_of(row.start)]
    alone = not any(segment.start <= r.start < row.start for r in rows[:number])
    words = [w for w in sentence.words_between(segment.start, row.start) if w.end <= mark]
    said = read_subject(words)
    if not alone or not said.stages or said.topic not in (None, "requests"):
        return None
    target = next(iter(tables.readings(replace(said, topics=("requests",)))), None)
    return tables.holding(target).value if target else None


def _named_wholes(named: Sequence[Row]) -> list[tuple[Decimal, str]]:
    """A total that the share itself names: 占全年公开信息1350条的7.2%."""
    found = [r.figure.value for r in named if r.figure and r.figure.value is not None]
    return [(found[-1], "正文所说的总数")] if found else []


def _wholes(parts: Sequence[Row], tables: Tables) -> list[tuple[Decimal, str]]:
    """The totals that a share of the last of these figures may refer to."""
    found: list[tuple[Decimal, str]] = []
    for row in parts[:-1]:
        if row.figure and row.figure.value is not None:
            found.append((row.figure.value, f"正文的{row.printed}"))
    found.sort(key=lambda f: -f[0])
    if parts and (parts[-1].subject.topic == "requests" or parts[-1].subject.stages):
        for stage in ("total", "new_received"):
            target = tables.requests((stage,))
            value = tables.holding(target).value
            if value is not None:
                found.append((value, target.label))
    return found


def _pair(rows: Sequence[Row], number: int) -> tuple[Decimal | None, Decimal | None]:
    """This year's figure before a change, and last year's in the same sentence."""
    counted = [
        r
        for i, r in enumerate(rows)
        if i != number and r.figure and not is_ratio(r.figure) and r.kind != "growth_rate"
    ]
    prior = [r for r in counted if r.scope == "prior_year"]
    current = [r for r in counted if r.scope != "prior_year" and r.start < rows[number].start]
    one = current[-1].figure if current else None
    other = prior[-1].figure if prior else None
    if one and other and one.unit != other.unit:
        return None, None
    return (one.value if one else None), (other.value if other else None)
