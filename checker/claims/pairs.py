"""Which two figures a change compares: this year's and last year's count of the same thing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from checker.claims.bodies import own_since
from checker.claims.periods import SEVERAL, base_year, last_year, year_told
from checker.claims.ratios import POINTS, is_ratio
from checker.claims.rows import Row
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS
from checker.rulebook.late import late_regex

_OF: Final = late_regex("占[^,。;0-9]{0,16}$")
_AMONG: Final = "其中"
_INCOMING: Final = frozenset(("received", "new_received"))
_ENUMERATED: Final = ("、", "和", "与", "及")
_LEAST_PHRASE: Final = 2
_COUNTED: Final = frozenset(("requests", *APPEALS, *DECISIONS, *DOCUMENTS))
_TOTAL: Final = late_regex("总[量数]|(?:^|[,;])(?:总体|合计)|[构组]成,")
_TIME: Final = late_regex("(?:19|20)[0-9]{2}年?度?|[上去前]一?年度?(?:同期)?|往年(?:同期)?")
_POPULATIONS: Final = ("whole_area", "office", "filing", "others", "average", "part_of_year")


class Pair(NamedTuple):
    """This year's figure and the one with which it is compared, as far as they are known."""

    current: Row | None
    prior: Row | None

    @property
    def values(self) -> tuple[Decimal | None, Decimal | None]:
        """Both figures."""
        one, other = self.current, self.prior
        return (
            one.figure.value if one and one.figure else None,
            other.figure.value if other and other.figure else None,
        )


_NO_PAIR: Final = Pair(None, None)


def growth_pairs(
    rows: Sequence[Row], number: int, *, around: Sequence[Row] = (), year: int | None
) -> list[Pair]:
    """This year's figure before a change and last year's, the likeliest first; never empty.

    A count in brackets is a part: ``收到4件（自然人3件），较上年减少12件`` is about 4.

    Args:
        rows: those of the sentence, the change among them.
        number: which of them is the change.
        around: those of the other sentences of the passage, the nearest first.
        year: of the report.
    """
    change = rows[number]
    bracketed = _in_bracket(rows, number)
    if bracketed is not None:
        return [bracketed]
    counted = [
        r
        for i, r in enumerate(rows)
        if i != number and _is_counted(r, change) and not is_base(rows, i)
    ]
    near = [r for r in counted if _same_part(r, change)]
    before = [r for r in near if r.scope != "prior_year" and r.start < change.start]
    if any(r.scope == "prior_year" for r in near) and before:
        counted = near
    prior = [r for r in counted if r.scope == "prior_year"]
    current = [r for r in counted if r.scope != "prior_year" and r.start < change.start]
    if respectively(rows, number):
        return [_nth_pair(rows, number, current, prior)]
    based = base_year(change.sentence, _change_before(rows, number), change.start, year=year)
    told = [r for r in prior if r.start < change.start]
    if not (current or told) and prior:  # 下降40%，由上年5件减少到3件
        current = [r for r in counted if r.scope != "prior_year" and r.start > prior[-1].start][:1]
    if not current and prior:  # 新收378件。与上年新收299件比，增长26.4%
        return [_with_current_around((told or prior)[-1], around)]
    found = [
        Pair(r, _prior_of(r, change, counted, based, year) or _told_around(r, around, based, year))
        for r in _currents(current, change)
    ]
    return found or [_NO_PAIR]


def _in_bracket(rows: Sequence[Row], number: int) -> Pair | None:
    """行政诉讼增加1件（上年4件、本年5件）: the two that a bracket behind the change holds."""
    figure, sentence, told = rows[number].figure, rows[number].sentence, rows[number + 1 :]
    if figure is None or not sentence.text.startswith("(", figure.behind):
        return None
    close = sentence.text.find(")", figure.behind, sentence.end)
    inside = [r for r in told if r.start < close and _is_counted(r, rows[number])]
    prior = [r for r in inside if r.scope == "prior_year"]
    current = [r for r in inside if r.scope != "prior_year"]
    return Pair(current[0], prior[0]) if len(current) == len(prior) == 1 else None


def _with_current_around(prior: Row, around: Sequence[Row]) -> Pair:
    """Last year's figure with this year's of the same thing in another sentence."""
    asked = replace(prior, scope="own")
    counts = [r for r in around if r.scope == "own" and not r.change and _same_unit(r, prior)]
    same = [r for r in counts if _surely_same(r, asked)]
    if prior.subject.empty and not prior.noun and not _name(prior):
        # 收到23件。去年同期为20件: what the sentence before counts, where that is one thing
        same = [r for r in counts if r.sentence.end == prior.sentence.start]
    values = {r.figure.value for r in same if r.figure}
    return Pair(same[0], prior) if len(values) == 1 else _NO_PAIR


def is_base(rows: Sequence[Row], number: int) -> bool:
    """占新收总量1846件的39.4%: what a share is of."""
    if number + 1 >= len(rows):
        return False
    row, share = rows[number].figure, rows[number + 1].figure
    if row is None or share is None or share.unit != "percent":
        return False
    sentence = rows[number].sentence
    of_it = _OF.search(sentence.text, sentence.start, row.start) is not None
    return of_it and sentence.text[row.behind : share.start] == "的"


def _is_counted(row: Row, change: Row) -> bool:
    """Whether a figure may be one of the two: a rate for percentage points, else a count."""
    if row.figure is None or row.change or row.sentence.text[: row.start].endswith("各"):
        return False
    if change.figure is not None and change.figure.unit == POINTS:
        return row.figure.unit == "percent"
    return not is_ratio(row.figure)


def _change_before(rows: Sequence[Row], number: int) -> int:
    """Behind the change before this one; those of one enumeration have one base."""
    start = rows[number].start
    for row in reversed(rows[:number]):
        if row.figure is None or not row.change:
            continue
        if row.sentence.text[row.figure.behind : start] not in _ENUMERATED:
            return row.figure.behind
        start = row.start
    return rows[number].sentence.start


def _prior_of(
    current: Row, change: Row, counted: Sequence[Row], based: int | None, year: int | None
) -> Row | None:
    """The figure of the sentence with which one is compared; the year told last goes first."""
    prior = [r for r in counted if r.scope == "prior_year"]
    prior = [r for r in prior if r.start < change.start] or prior
    others = [r for r in counted if r.scope != "prior_year" and r is not current]
    usable: list[tuple[bool, Row]] = []
    for row in prior:
        told = year_told(row.sentence, row.start, year=year)
        other_year = told is not None and based is not None and told != based
        if SEVERAL in (told, based) or other_year or not _same_unit(current, row):
            continue
        # behind a semicolon, the base of 受理4件，同比持平（上年4件） is not that of 文件72件
        near = _same_part(current, change) and _same_part(row, change)
        near = near and not any(change.start < r.start < row.start for r in others)
        near = near and not _of_another(row, current, others)
        if _may_be_same(current, row) if near else _same_thing(current, row):
            usable.append((told in (None, last_year(year)), row))
    usual = [r for of_last_year, r in usable if of_last_year]
    return usual[-1] if usual else usable[-1][1] if len(usable) == 1 else None


def _of_another(prior: Row, current: Row, others: Sequence[Row]) -> bool:
    """许可1286件，比上年1150件增加136件，处罚417件，下降16.6%: the 1150 were licences."""
    told = [r for r in others if r.start < prior.start < current.start]
    return bool(told) and bool(told[-1].subject.topics) and not _may_be_same(told[-1], current)


def _told_around(
    current: Row, around: Sequence[Row], based: int | None, year: int | None
) -> Row | None:
    """The figure of that year in another sentence of the passage; None when two differ."""
    base = last_year(year) if based is None else based
    same = [
        r
        for r in around
        if r.figure is not None
        and r.scope == "prior_year"
        and not r.change
        and year_told(r.sentence, r.start, year=year) == base
        and _same_unit(current, r)
        and _surely_same(current, r)
    ]
    values = {r.figure.value for r in same if r.figure}
    return same[0] if len(values) == 1 and base != SEVERAL else None


def _currents(current: Sequence[Row], change: Row) -> list[Row]:
    """The counts that a change may speak of: the last one, or the total that it divides."""
    depth = change.sentence.depth_at(change.start)
    outside = [r for r in current if r.sentence.depth_at(r.start) <= depth]
    told = outside or list(current)
    if not told:
        return []
    named = _named(told, change)
    if named is not None:
        return [named]
    text = change.sentence.text
    among = text.rfind(_AMONG, change.sentence.start, told[-1].start)
    totals = [r for r in told if r.start < among and _same_part(r, told[-1])]
    parts = [r for r in told if r.start > among]
    if among < 0 or not totals:
        return told[-1:]
    return [totals[-1], told[-1]] if len(parts) > 1 else [told[-1], totals[-1]]


def _named(told: Sequence[Row], change: Row) -> Row | None:
    """许可74件、处罚863件，处罚较上年…; 自然人71件、企业12件，总量较上年…: what is named."""
    last = told[-1].figure
    if last is None or change.start <= last.behind:
        return None
    sentence = change.sentence
    words = sentence.telling("topic", last.behind, change.start)
    topics = [t for w in words if (t := w.value("topic")) in _COUNTED]
    if topics and topics[-1] not in told[-1].subject.topics:
        return next((r for r in reversed(told) if topics[-1] in r.subject.topics), None)
    if not topics and _TOTAL.search(sentence.text, last.behind, change.start):
        wholes = [r for r in told if any(c.test == "parts" for c in r.checks)]
        same = [r for r in told if _same_unit(r, told[-1])]
        return wholes[-1] if wholes else max(same, key=_size)
    return None


def _size(row: Row) -> Decimal:
    return (row.figure.value if row.figure else None) or Decimal(0)


def _same_unit(one: Row, other: Row) -> bool:
    return bool(one.figure and other.figure and one.figure.unit == other.figure.unit)


def _may_be_same(one: Row, other: Row) -> bool:
    """Whether the words of two figures near each other do not tell them apart."""
    first, second = one.subject, other.subject
    told = (
        (first.topics, second.topics),
        (_incoming(first.stages), _incoming(second.stages)),
        (first.applicant, second.applicant),
        (first.outcome, second.outcome),
        (first.action, second.action),
        (one.noun, other.noun),
    )
    of_channel = second.channel and not first.channel  # 收到72件，上年网络申请40件
    others = _population(one) != _population(other)  # 全市去年600件，我局今年72件
    return not (others or of_channel or any(a and b and a != b for a, b in told))


def _surely_same(one: Row, other: Row) -> bool:
    """Whether two figures of different sentences count the same thing of the same body."""
    if one.scope != "own" or _population(one) != _population(other):
        return False
    first, second = _name(one), _name(other)
    if len(first) >= _LEAST_PHRASE and first == second:
        return True
    known = one.subject.topics or one.noun
    parts = one.subject.residue or other.subject.residue
    parts = parts or one.subject.channel != other.subject.channel
    appeals = set(one.subject.topics) <= APPEALS  # all cases against those about disclosure
    parts = parts or (appeals and one.subject.tied != other.subject.tied)
    return bool(known) and not parts and _same_thing(one, other)


def _population(row: Row) -> frozenset[str]:
    """The scopes other than years that hold for a figure: those named last, by kind."""
    sentence = row.sentence
    words = sentence.words_between(sentence.start, row.start)
    found = [(w.end, v) for w in words if (v := w.value("scope")) in _POPULATIONS]
    return frozenset(v for end, v in found if not own_since(sentence, end, row.start))


def _name(row: Row) -> str:
    """The words beside a figure without those of time."""
    return _TIME.sub("", row.phrase)


def _incoming(stages: tuple[str, ...]) -> frozenset[str]:
    return _INCOMING if stages and set(stages) <= _INCOMING else frozenset(stages)


def _same_thing(one: Row, other: Row) -> bool:
    """Whether two figures count the same, as far as the words are known."""
    first, second = one.subject, other.subject
    return (
        (first.topics, first.applicant, first.outcome, first.action)
        == (second.topics, second.applicant, second.outcome, second.action)
        and _incoming(first.stages) == _incoming(second.stages)
        and first.channel == second.channel
        and one.noun == other.noun
    )


def _same_part(one: Row, other: Row) -> bool:
    """Whether no semicolon stands between two figures of a sentence."""
    first, last = sorted((one.start, other.start))
    return ";" not in one.sentence.text[first:last]


def respectively(rows: Sequence[Row], number: int) -> bool:
    """Changes told in the order of the counts: 收到27件、办结26件，分别上升42.1%和52.9%."""
    changes = changes_with(rows, number)
    before = rows[changes[0] - 1].figure if changes[0] else None
    start = before.behind if before else rows[changes[0]].sentence.start
    return "分别" in rows[number].sentence.text[start : rows[changes[0]].start]


def changes_with(rows: Sequence[Row], number: int) -> range:
    """The run of ratios in which one stands."""
    first = last = number
    while first and (f := rows[first - 1].figure) is not None and is_ratio(f):
        first -= 1
    while last + 1 < len(rows) and (f := rows[last + 1].figure) is not None and is_ratio(f):
        last += 1
    return range(first, last + 1)


def _nth_pair(
    rows: Sequence[Row], number: int, current: Sequence[Row], prior: Sequence[Row]
) -> Pair:
    """This year's and last year's count at the same place of the order as a change."""
    changes = changes_with(rows, number)
    at = number - changes[0]
    if len(current) != len(changes) or len(prior) != len(changes):
        return _NO_PAIR
    return Pair(current[at], prior[at])
