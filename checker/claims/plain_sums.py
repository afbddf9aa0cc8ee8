"""Arithmetic that one sentence writes out: price times number, what is due, parts of a whole.

Only what cannot be otherwise is judged, and only where nothing judged the figure before.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.judge import plain
from checker.claims.leads import judged
from checker.claims.near_sums import weighed
from checker.claims.ratios import POINTS, is_ratio
from checker.claims.rows import Passage, Row, text_between
from checker.claims.seasons import seasons
from checker.claims.sentences import Sentence
from checker.claims.targets import Tables
from checker.domain.claim import ClaimTest
from checker.rulebook.late import late_regex
from checker.rulebook.plain_sums import load_plain_sums
from checker.rulebook.wording import compiled

_YUAN: Final = "yuan"
_PERCENT: Final = "percent"
_JUDGING: Final = ("derived", "parts", "growth")
_END: Final = late_regex("[。;]|$")


def plain_sums(told: Passage, tables: Tables) -> None:
    """Judge the simple arithmetic of a passage.

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    before: list[Row] = []
    for sentence, rows in told:
        known = [r for r in rows if r.figure is not None and r.figure.value is not None]
        prices = _prices(sentence, known)
        _together(sentence, known, before)
        for number, row in enumerate(known):
            _due(known, number)
            _rounds(known, number)
            _compared(known, number)
            _opposites(known, number)
            _done(sentence, known, number)
            _of_them(sentence, known, number)
            if row.figure is not None and row.figure.unit == POINTS:
                _points(sentence, known, number)
        if not any(c.test == "parts" and c.verdict == "refuted" for r in known for c in r.checks):
            seasons(sentence, known, tables)
        before = [r for r in known if r not in prices]


def _value(row: Row) -> Decimal:
    return row.figure.value or Decimal(0) if row.figure else Decimal(0)


def _unit(row: Row) -> str | None:
    return row.figure.unit if row.figure else None


def _exact(*rows: Row) -> bool:
    return all(r.figure is not None and r.figure.approximation == "exact" for r in rows)


def _lead(rows: Sequence[Row], number: int) -> str:
    row = rows[number]
    if number:
        return text_between(rows[number - 1], row)
    return row.sentence.text[row.sentence.start : row.start]


def _tell(row: Row, sums: str, expected: Decimal, related: Row, test: ClaimTest) -> None:
    """Add that a figure differs, unless something told so before."""
    if any(c.test in _JUDGING and c.verdict == "refuted" for c in row.checks):
        return
    check = judged(test, sums, expected, right=False, target=plain(expected), related=related)
    row.checks.append(check)


def _prices(sentence: Sentence, rows: Sequence[Row]) -> list[Row]:
    """55页按每页10元，计550元; 70页、每页10元，30页、每页20元，合计1300元: the prices."""
    words = load_plain_sums().price
    pairs: list[tuple[Row, Row]] = []
    found: list[Row] = []
    for number, row in enumerate(rows):
        if _unit(row) != _YUAN or not number:
            continue
        last = rows[number - 1]
        each = compiled(words.each).fullmatch(text_between(last, row))
        if each is not None and each["unit"] == _unit(last):
            pairs.append((last, row))
            found.append(row)
            continue
        told = pairs and rows[number - 1] is pairs[-1][1]
        if told and compiled(words.amount).fullmatch(text_between(last, row)):
            _amount(sentence, row, pairs)
        pairs = []
    return found


def _amount(sentence: Sentence, row: Row, pairs: Sequence[tuple[Row, Row]]) -> None:
    words = load_plain_sums().price
    counts = [c for c, _ in pairs]
    free = compiled(words.tiered).search(sentence.text, sentence.start, row.start)
    beyond = all(compiled(words.beyond).search(_clause(sentence, c)) for c in counts)
    if (free and not beyond) or not _exact(row, *counts, *(p for _, p in pairs)):
        return
    total = sum((_value(c) * _value(p) for c, p in pairs), Decimal(0))
    if row.figure is None or abs(total - _value(row)) < row.figure.step:
        return
    sums = "＋".join(f"{plain(_value(c))}×{plain(_value(p))}" for c, p in pairs)
    _tell(row, f"{sums}＝{plain(total)}", total, counts[0], "derived")


def _clause(sentence: Sentence, row: Row) -> str:
    start = max(sentence.text.rfind(c, sentence.start, row.start) + 1 for c in ",;")
    return sentence.text[max(start, sentence.start) : row.start]


def _due(rows: Sequence[Row], number: int) -> None:
    """应收300元，实收500元: more than was due."""
    if not number or _unit(rows[number]) != _YUAN or _unit(rows[number - 1]) != _YUAN:
        return
    words, asked, paid = load_plain_sums().due, rows[number - 1], rows[number]
    told = compiled(words.asked).search(_lead(rows, number - 1))
    between = text_between(asked, paid)
    if told and _exact(asked, paid) and compiled(words.in_full).fullmatch(between):
        if _value(paid) != _value(asked):
            _tell(
                paid, f"通知{plain(_value(asked))}元，已如数缴纳", _value(asked), asked, "derived"
            )
        return
    if not told or not compiled(words.paid).fullmatch(between):
        return
    if _exact(asked, paid) and _value(paid) > _value(asked):
        sums = f"应收{plain(_value(asked))}元，实收不会更多"
        _tell(paid, sums, _value(asked), asked, "derived")


def _together(sentence: Sentence, rows: Sequence[Row], before: Sequence[Row]) -> None:
    """两人合计1700元, where the sentence before tells two amounts."""
    money = [r for r in rows if _unit(r) == _YUAN]
    if not money:
        return
    lead = sentence.text[sentence.start : money[0].start]
    said = compiled(load_plain_sums().together).search(lead)
    amounts = [r for r in before if _unit(r) == _YUAN]
    if said is None or not _exact(money[0], *amounts):
        return
    count = parse_chinese_numeral(said["count"].replace("两", "二"))
    total = sum(map(_value, amounts), Decimal(0))
    if count == len(amounts) and total != _value(money[0]):
        sums = "＋".join(plain(_value(r)) for r in amounts)
        _tell(money[0], f"{sums}＝{plain(total)}", total, amounts[0], "derived")


def _rounds(rows: Sequence[Row], number: int) -> None:
    """71人，分2期，头期39人、次期32人."""
    words, row = load_plain_sums(), rows[number]
    if not number or _unit(row) not in words.round_units:
        return
    total, size = rows[number - 1], int(_value(row))
    parts = rows[number + 1 : number + 1 + size]
    if (
        size < 2
        or len(parts) < size
        or not compiled(words.rounds).fullmatch(text_between(total, row))
    ):
        return
    alike = all(_unit(p) == _unit(total) for p in parts) and _exact(total, *parts)
    following = rows[number + 1 + size : number + 2 + size]
    more = any(_unit(f) == _unit(total) for f in following)
    if alike and not more:
        _sum(total, parts)


def _sum(total: Row, parts: Sequence[Row]) -> None:
    added = sum(map(_value, parts), Decimal(0))
    if added != _value(total):
        sums = "＋".join(plain(_value(p)) for p in parts)
        reason = f"{sums}＝{plain(added)}，总数写{plain(_value(total))}"
        told = len(total.checks)
        _tell(total, reason, added, parts[0], "parts")
        new = (weighed(c, _value(total), [*map(_value, parts)]) for c in total.checks[told:])
        total.checks[told:] = [*new]


def _points(sentence: Sentence, rows: Sequence[Row], number: int) -> None:
    """30.3%，2023年为25.6%（51件、办结199件），升高4.7个百分点."""
    words, row = load_plain_sums(), rows[number]
    shares = [
        r
        for r in rows[:number]
        if _unit(r) == _PERCENT and sentence.depth_at(r.start) == sentence.depth_at(row.start)
    ]
    if len(shares) < 2:
        return
    now, base = shares[-2:]
    said = compiled(words.points).fullmatch(text_between(base, row))
    lead = sentence.text[now.figure.behind if now.figure else now.end : base.start]
    if said is None or not re.fullmatch(rf",?{words.points_base}", lead):
        return
    difference = _value(now) - _value(base)
    told = _value(row) if said["up"] else -_value(row)
    if _exact(now, base, row) and difference != told:
        sums = f"{plain(_value(now))}－{plain(_value(base))}＝{plain(difference)}"
        _tell(row, sums, abs(difference), base, "derived")


def _compared(rows: Sequence[Row], number: int) -> None:
    """占59.4%，高于自然人的50.5%."""
    if not number:
        return
    one, other = rows[number - 1], rows[number]
    if _unit(one) != _unit(other) or _unit(one) != _PERCENT or one.kind == "growth_rate":
        return
    said = compiled(load_plain_sums().compared).fullmatch(text_between(one, other))
    if said is None:
        return
    more = said["more"] is not None
    if (_value(one) < _value(other)) == more and _value(one) != _value(other):
        sign = "<" if more else ">"
        sums = f"{plain(_value(one))}%{sign}{plain(_value(other))}%"
        _tell(other, sums, _value(one), one, "derived")


def _opposites(rows: Sequence[Row], number: int) -> None:
    """决定312件，批准312件，不予批准7件: more than there are."""
    if number < 2:
        return
    words = load_plain_sums()
    total, one, other = rows[number - 2 : number + 1]
    lead = text_between(total, one)
    if lead.startswith("、"):
        return  # 优秀18件、合格22件、不合格2件
    said = compiled(words.opposite).fullmatch(lead)
    same = len({_unit(r) for r in (total, one, other)}) == 1 and not is_ratio_row(total)
    if said is None or not same or not _exact(total, one, other):
        return
    denied = re.fullmatch(f"(?:{words.denied}){said['word']}的?", text_between(one, other))
    if denied and _value(one) + _value(other) > _value(total):
        _sum(total, (one, other))


def is_ratio_row(row: Row) -> bool:
    """Whether the figure of a row is a percentage or a multiple."""
    return row.figure is not None and is_ratio(row.figure)


def _done(sentence: Sentence, rows: Sequence[Row], number: int) -> None:
    """收集意见11条，办完12条: more than there are."""
    words = load_plain_sums()
    if not number or compiled(words.not_all).search(sentence.text, sentence.start, sentence.end):
        return
    total, done = rows[number - 1], rows[number]
    told = compiled(words.collected).search(_lead(rows, number - 1))
    same = _unit(total) == _unit(done) and _exact(total, done) and not is_ratio_row(total)
    worded = told and compiled(words.done).fullmatch(text_between(total, done))
    if same and worded and _value(done) > _value(total):
        sums = f"共{plain(_value(total))}，不会办了{plain(_value(done))}"
        _tell(done, sums, _value(total), total, "derived")


def _of_them(sentence: Sentence, rows: Sequence[Row], number: int) -> None:
    """其他3件中撤回2件、不予受理2件: more than there are."""
    words, total = load_plain_sums(), rows[number]
    parts: list[Row] = []
    for row in rows[number + 1 :]:
        shape = words.label if parts else words.of_them
        between = text_between(parts[-1] if parts else total, row)
        if not compiled(shape).fullmatch(between) or _unit(row) != _unit(total):
            break
        if compiled(words.not_disjoint).search(between):
            return
        parts.append(row)
    if len(parts) < 2 or not _exact(total, *parts) or parts[-1].figure is None:
        return
    ended = _END.match(sentence.text[parts[-1].figure.behind : sentence.end])
    if ended and sum(map(_value, parts), Decimal(0)) > _value(total):
        _sum(total, parts)
