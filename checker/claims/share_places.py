"""Of which part and of which whole a share may be by its place in the sentence.

The words beside a share often leave both open: 自然人占60%（3件）, 过程性信息3件，占18.75% behind a
share that named its total, 不掌握相关信息的答复中，自然人9件，占四分之三.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.bases import base_of
from checker.claims.ratios import is_ratio
from checker.claims.rows import Row, count_of
from checker.claims.sentences import Sentence
from checker.claims.several import EACH
from checker.claims.subjects import TELLING, read_subject
from checker.claims.targets import Tables
from checker.rulebook.late import late_regex

_SHARE: Final = late_regex(r"text: 100\*[0-9.]+/(?P<whole>[0-9.]+)")
_BARE: Final = late_regex("占(?:比|到|了|约|近|为|达|总数|总量|的)*$")
_HEAD: Final = late_regex("[^,;。:0-9]{2,40}(?:当中|之中|[中里])(?=,)")
_NAMELY: Final = late_regex("[^,。;、0-9]{0,6}[,(:](?:即|其中|分别|包括|含)")
_MOST: Final = late_regex(
    "(?:占比|比重|比例)最[高大多低小少](?:的)?(?:为|是)[^,。;0-9]{2,20},(?:达到?|占|为)$"
)
_AVERAGE: Final = late_regex("(?:[年月周日人]均|平均)[^,。;0-9]{0,6}$")
_KINDS: Final = late_regex(
    "(?P<count>[两二三四五3-5])[类项者种家](?:合计|共计?|加起来|相加|一共)?[^,;。0-9]{0,16}$"
)
_LEAST_TERMS: Final = 2


def placed(rows: Sequence[Row], number: int, tables: Tables) -> Iterator[tuple[Decimal, Decimal]]:
    """The parts and wholes of which a share may be told, whatever its precision.

    Args:
        rows: those of its sentence, in order.
        number: of the share.
        tables: the cells.
    """
    row, told = rows[number], [(r, v) for r in rows[:number] if (v := count_of(r))]
    bracketed = _in_bracket(rows, number)
    if bracketed:
        yield from ((bracketed, whole) for _, whole in told)
        return
    if not told:
        return
    last, part = told[-1]
    if _BARE.search(row.sentence.text, row.sentence.segment_at(row.start).start, row.start):
        before = (w for r in rows[:number] for w in (_whole_of(r), *named_wholes(r, tables)) if w)
        yield from ((part, whole) for whole in before)
        yield from ((part, whole) for whole in _of_head(row.sentence, last.start, tables))
    if _MOST.search(row.sentence.text, row.sentence.start, row.start):
        yield from ((v, whole) for _, v in told for whole in _tried(row))
        yield from ((v, told[0][1]) for _, v in told[1:])
    heads = [v for r, v in told if r.figure and _NAMELY.match(row.sentence.text, r.figure.behind)]
    yield from ((head, whole) for head in heads for whole in _tried(row))
    yield from ((several, whole) for several in _each_of(row, last, part) for whole in _tried(row))


def runs(rows: Sequence[Row], number: int) -> Iterator[tuple[Decimal, Decimal]]:
    """Sums of figures told one after another over one told before: 办结16件，公开6件、部分3件."""
    values = [v for r in rows[:number] if (v := count_of(r))]
    for first in range(1, len(values)):
        sums = [*accumulate(values[first:])][_LEAST_TERMS - 1 :]
        yield from ((s, whole) for s in sums for whole in values[:first])


def of_average(rows: Sequence[Row], number: int) -> bool:
    """处罚417件，月均35件，占24%: what stands before the share is an average, and no part."""
    before = rows[number - 1] if number else None
    if before is None or before.figure is None:
        return False
    return _AVERAGE.search(before.sentence.text, before.sentence.start, before.start) is not None


def named_wholes(row: Row, tables: Tables) -> list[Decimal]:
    """占本年新收的29.4% is of what came in and of nothing else; empty where nothing is named."""
    mark = row.sentence.text.rfind("占", row.sentence.start, row.start)
    ratio = row.figure is not None and is_ratio(row.figure)
    base = base_of(row.sentence, mark, row.start, tables) if mark >= 0 and ratio else None
    if base is None or not base.named:
        return []
    return [v for t in base.targets if (v := tables.holding(t).value)]


def _in_bracket(rows: Sequence[Row], number: int) -> Decimal | None:
    """自然人占60%（3件）: the count that a bracket behind a share holds."""
    figure, row = rows[number].figure, rows[number]
    following = rows[number + 1] if number + 1 < len(rows) else None
    if figure is None or following is None or not row.sentence.text.startswith("(", figure.behind):
        return None
    between = row.sentence.text[figure.behind + 1 : following.start]
    return count_of(following) if between in ("", "即", "各", "共", "为") else None


def _whole_of(row: Row) -> Decimal | None:
    """The whole with which a share agrees."""
    agreed = (c for c in row.checks if c.test == "share" and c.verdict == "supported")
    found = (_SHARE.fullmatch(c.target or "") for c in agreed)
    return next((Decimal(f["whole"]) for f in found if f), None)


def _tried(row: Row) -> tuple[Decimal, ...]:
    """The wholes with which a share was compared: the parts that they made are in its reason."""
    found = (_SHARE.fullmatch(c.target or "") for c in row.checks if c.test == "share")
    return tuple(Decimal(f["whole"]) for f in found if f)


def _of_head(sentence: Sentence, place: int, tables: Tables) -> Iterator[Decimal]:
    """无法提供的答复中，…: the cells that the opening of a sentence or of a clause names."""
    start = max(sentence.text.rfind(";", sentence.start, place) + 1, sentence.start)
    head = _HEAD.match(sentence.text, start, place)
    said = read_subject(sentence.words_between(start, head.end())) if head else None
    if said is None or not any(s in TELLING or "." in s for s in said.stages):
        return
    for target in tables.readings(replace(said, topics=("requests",))):
        if whole := tables.holding(target).value:
            yield whole


def _each_of(row: Row, last: Row, part: Decimal) -> Iterator[Decimal]:
    """三类主体各1件，三者合计占4.55%: so many times what each of them has."""
    named = _KINDS.search(row.sentence.text, last.start, row.start)
    each = EACH.search(last.sentence.text, last.sentence.start, last.start)
    if named and each:
        yield part * (parse_chinese_numeral(named["count"].replace("两", "二")) or Decimal(1))
