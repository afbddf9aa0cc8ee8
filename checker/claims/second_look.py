"""Takes back what another reading of the passage explains: shares, changes and sums.

A clerk has many ways to say of what something is a share (后者占6.2%, 占新收件的70.0%) or what a
list divides, and a figure that follows exactly from figures beside it is right more often than its
words were read rightly. Only what nothing around explains stays wrong.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations, pairwise, takewhile
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.judge import counted_alike, follows, plain
from checker.claims.pairs import respectively
from checker.claims.ratios import growth_check, is_ratio
from checker.claims.rows import Passage, Row, count_of
from checker.claims.sentences import Sentence
from checker.claims.share_places import named_wholes, of_average, placed, runs
from checker.claims.subjects import RESULTS
from checker.claims.targets import Tables
from checker.domain.claim import ClaimCheck, ClaimTest
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_SHARE: Final = late_regex(r"text: 100\*(?P<part>[0-9.]+)/[0-9.]+")
_CHANGE: Final = late_regex(r"text: (?:100\*)?\(?(?P<one>[0-9.]+)[-/](?P<other>[0-9.]+)\)?")
_SUM: Final = late_regex(r"text: (?P<terms>[0-9.]+(?:\+[0-9.]+)+)")
_WHOLES: Final = (
    ("new_received",),
    ("new_received", "carried_over_in"),
    ("total",),
)
_LEAST_CHANGE: Final = 10  # a smaller one is the difference of some two figures in most passages
_LEAST_TERMS: Final = 2
_NEAR: Final = 30  # so many figures on either side may explain one
_ADDED: Final = late_regex("共|[两二三四五][者项类种]|之和|合[计起在并]|相加|加起来|小计|总[计数]")
_SUMMED: Final = late_regex("(?:合计|两[者项类]共计?|相加)[^,。;0-9]{0,4}$")
_KINDS: Final = late_regex("(?<!前)(?P<count>[两二三四])[类项者种家][^,;。0-9]{0,16}$")
_MOST_KINDS: Final = 12
_BREATH: Final = late_regex("[^,;。:0-9]*$")
_NAMELY: Final = late_regex("[^,。;、0-9]{0,6}[,(:]?(?:即|也就是|其中|分别|包括|含)")
_LEFT: Final = late_regex("(?:其余|剩余|余下|剩下)[^,。;0-9]*$")
_REST: Final = late_regex("(?:其余|剩余|余下|其[他它]|另外)[^,。;0-9]*$")


def other_shares(rows: Sequence[Row], before: Sequence[Row], tables: Tables) -> None:
    """Take back the shares of a sentence that another reading of its figures explains.

    Args:
        rows: those of the sentence, in order.
        before: those of the sentence before it.
        tables: the cells.
    """
    for number, row in enumerate(rows):
        for check in () if respectively(rows, number) else _wrong(row, "share"):
            totals = _totals(tables)
            told_before = [*before, *rows[:number]][-_NEAR:]
            named = named_wholes(row, tables)
            near = told_before, () if named else rows[number:]
            reason = _by_place(rows, number, tables)
            reason = reason or _other_share(row, check, *near, named or totals)
            _take_back(row, check, reason)


def _by_place(rows: Sequence[Row], number: int, tables: Tables) -> str:
    """What a share follows from by its place in the sentence; empty when from nothing."""
    figure = rows[number].figure
    if figure is None:
        return ""
    if of_average(rows, number):
        return load_reasons().unknown_ratio
    exact = figure.step < 1 and figure.approximation == "exact"
    for part, whole in (*placed(rows, number, tables), *(runs(rows, number) if exact else ())):
        if part <= whole and follows(figure, part / whole * 100):
            return _may_be(f"{plain(part)}÷{plain(whole)}")
    return ""


def second_look(told: Passage, tables: Tables) -> None:
    """Take back the other differences of a passage that another reading of it explains.

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    before: list[Row] = []
    for _, rows in told:
        for number, row in enumerate(rows):
            told_before = [*before, *rows[max(0, number - _NEAR) : number]][-_NEAR:]
            for check in _wrong(row, "share"):
                _take_back(row, check, _by_place(rows, number, tables))
            for check in _wrong(row, "growth"):
                _take_back(row, check, _other_change(row, check, told_before, _totals(tables)))
            for check in _wrong(row, "cell"):
                behind = rows[number : number + _NEAR]
                reason = _of_a_sum(row, check, told_before, behind)
                _take_back(row, check, reason or _of_two_rows(row, check, tables))
            for check in _wrong(row, "parts"):
                reason = _subtotal(row, check) or _of_another(row, check, told_before)
                _take_back(row, check, reason)
            row.checks = [
                c
                for c in row.checks
                if c.test != "near_parts"
                or not (_subtotal(row, c) or _of_known(row, c, told_before))
            ]
        before = [*before, *rows][-_NEAR:]


def _totals(tables: Tables) -> list[Decimal]:
    held = (tables.holding(tables.requests(w)).value for w in _WHOLES)
    return [v for v in held if v]


def _wrong(row: Row, *tests: ClaimTest) -> list[ClaimCheck]:
    """The differences of a figure."""
    return [c for c in row.checks if row.figure and c.verdict == "refuted" and c.test in tests]


def _take_back(row: Row, check: ClaimCheck, reason: str) -> None:
    """A difference for which there is a reason proves nothing."""
    if reason:
        row.checks[row.checks.index(check)] = check.unproved(reason)


def _of_a_sum(row: Row, check: ClaimCheck, before: Sequence[Row], behind: Sequence[Row]) -> str:
    """县政府58件，部门144件，乡镇35件 of 237: a part; 公开20件，部分公开4件，提供24件: a sum."""
    value = count_of(row)
    if value is None or check.expected is None:
        return ""
    following = [r for r in _like(row, behind) if r.sentence is row.sentence]
    run = [v for r in takewhile(lambda r: not _agreed(r), following) if (v := count_of(r))]
    whole = next((n for n, s in enumerate(accumulate(run)) if n and s == check.expected), None)
    if whole is not None:
        sums = "＋".join(map(plain, run[: whole + 1]))
        return load_reasons().one_of_parts.format(sums=f"{sums}＝{plain(check.expected)}")
    told = [r for r in _like(row, before) if count_of(r)]
    if left := _what_is_left(row, check.expected - value, told):
        return left
    values, agreeing = [count_of(r) or Decimal(0) for r in told], [_agreed(r) for r in told]
    cells = set(check.cells)
    added = _SUMMED.search(row.sentence.text, row.sentence.start, row.start)
    for start in range(len(told) - 1):
        for end in range(start + _LEAST_TERMS, len(told) + 1):
            run, known = values[start:end], agreeing[start:end]
            of_it = cells & set().union(*known) or (end == len(told) and added)
            if sum(run) == value and all(known) and of_it:
                return _may_be("＋".join(map(plain, run)) + f"＝{plain(value)}")
    return ""


def _what_is_left(row: Row, short: Decimal, told: Sequence[Row]) -> str:
    """答复68件，除2件外，剩余66件: all but what was told before.

    Args:
        row: of the figure.
        short: by how much its cells are more.
        told: the counts before it.
    """
    value = count_of(row) or Decimal(0)
    if not _REST.search(row.sentence.text, row.sentence.start, row.start):
        return ""
    for other in told:
        if _agreed(other) and count_of(other) == short:
            return _may_be(f"{plain(short + value)}－{plain(short)}＝{plain(value)}")
    named = row.subject.applicant  # 其余63件由公民提出: of one column, whatever is left
    if named or not _LEFT.search(row.sentence.text, row.sentence.start, row.start):
        return ""
    for whole, part in pairwise(told):
        both = (count_of(whole) or Decimal(0), count_of(part) or Decimal(0))
        if _agreed(whole) and _agreed(part) and both[0] - both[1] == value:
            return _may_be(f"{plain(both[0])}－{plain(both[1])}＝{plain(value)}")
    return ""


def _of_two_rows(row: Row, check: ClaimCheck, tables: Tables) -> str:
    """因不掌握、需另行制作而给不了的14件: the sum of two rows that are named in one breath."""
    value, target = count_of(row), check.target or ""
    one, _, column = target.removeprefix("requests/").partition("/")
    if value is None or not check.expected or one.partition(".")[0] not in RESULTS:
        return ""
    clause = _BREATH.search(row.sentence.text, row.sentence.start, row.start)
    words = row.sentence.telling("stage", clause.start() if clause else row.start, row.start)
    for other in dict.fromkeys(v for w in words if (v := w.value("stage")) and v != one):
        held = tables.value(f"requests/{other}/{column}")
        if other.partition(".")[0] in RESULTS and held and check.expected + held == value:
            return _may_be(f"{plain(check.expected)}＋{plain(held)}＝{plain(value)}")
    return ""


def _like(row: Row, others: Sequence[Row]) -> list[Row]:
    """Rows whose figures have the counting word of this one."""
    unit = row.figure.unit if row.figure else None
    return [r for r in others if r.figure and r.figure.unit == unit]


def _agreed(row: Row) -> set[str]:
    """The cells with which a figure agrees."""
    return {a for c in row.checks if c.test == "cell" and c.verdict == "supported" for a in c.cells}


def _other_share(
    row: Row,
    check: ClaimCheck,
    before: Sequence[Row],
    behind: Sequence[Row],
    totals: Sequence[Decimal],
) -> str:
    """The same part of another whole; only a share with a decimal tells one from the other.

    ``behind`` are the figures from this one on; none where its words leave only ``totals``.
    """
    figure, meant = row.figure, _SHARE.fullmatch(check.target or "")
    if figure is None or meant is None or figure.step >= 1 or figure.approximation != "exact":
        return ""
    if of_ratios := _ratios_added(row, before):
        return of_ratios
    part = Decimal(meant["part"])
    here = [r for r in before if r.sentence is row.sentence]
    last_told = here if any(count_of(r) for r in here) else before
    outside = [r for r in last_told if count_of(r) and not r.sentence.depth_at(r.start)]
    last = [v for r in (*last_told[-1:], *outside[-1:]) if (v := count_of(r))]
    own = [v for r in outside if r.sentence is row.sentence and (v := count_of(r))]
    near = dict.fromkeys((part, *last, *_together(row, before)))
    values = [v for r in (*_wholes_told(row, part, before), *behind) if (v := count_of(r))]
    divisions = [(p, w) for p in near for w in (*(values if behind else ()), *totals)]
    if behind:
        divisions += [(p, w) for p in (*near, *own) for w in _sums(last_told, p)]
    for one, whole in divisions:
        if one < whole and follows(figure, one / whole * 100):
            return _may_be(f"{plain(one)}÷{plain(whole)}")
    changes = _changes(last_told, totals) if behind else ()
    return next((_may_be(t) for v, t in changes if follows(figure, v * 100)), "")


def _wholes_told(row: Row, part: Decimal, before: Sequence[Row]) -> list[Row]:
    """What a share may be of: figures of its sentence, and those before it counted as its part."""
    here = [r for r in before if r.sentence is row.sentence]
    of_part = next((r for r in reversed(here) if count_of(r) == part), None)
    counted = of_part.figure if of_part else None
    return [
        r
        for r in before
        if r.sentence is row.sentence
        or counted is None
        or (r.figure and counted_alike(r.figure, counted))
    ]


def _ratios_added(row: Row, before: Sequence[Row]) -> str:
    """占44.0%……占3.5%（相加为99.9%）: the printed shares make it up, rounded as they are."""
    if not _ADDED.search(row.sentence.text, row.sentence.start, row.start):
        return ""
    shares = [r.figure.value for r in before if r.figure and is_ratio(r.figure) and r.figure.value]
    for number, added in enumerate(accumulate(reversed(shares)), start=1):
        if number >= _LEAST_TERMS and row.figure and added == row.figure.value:
            return _may_be("＋".join(map(plain, shares[-number:])) + f"＝{plain(added)}")
    return ""


def _together(row: Row, before: Sequence[Row]) -> Iterator[Decimal]:
    """予以公开9件，部分公开3件，占54.5%; A类、B类两类占42.1%: what several come to."""
    own = [r for r in before if r.sentence is row.sentence and count_of(r)]
    like = [r for r in own if own[-1].figure and r in _like(own[-1], own)]
    values = [count_of(r) or Decimal(0) for r in like]
    if len(values) >= _LEAST_TERMS:
        yield sum(values[-_LEAST_TERMS:], Decimal(0))
    named = _KINDS.search(row.sentence.text, row.sentence.start, row.start)
    count = int(parse_chinese_numeral(named["count"].replace("两", "二")) or 0) if named else 0
    if count and len(values) <= _MOST_KINDS:
        yield from (sum(c, Decimal(0)) for c in combinations(values, count))


def _changes(before: Sequence[Row], totals: Sequence[Decimal]) -> Iterator[tuple[Decimal, str]]:
    """The change from the figure told last to the one before it, or to a total of table 三."""
    values = [v for r in before if (v := count_of(r))][-_LEAST_TERMS:]
    for now in (*values[:-1], *totals):
        if values and now != values[-1]:
            prior = values[-1]
            yield abs(now - prior) / prior, f"（{plain(now)}－{plain(prior)}）÷{plain(prior)}"


def _other_change(
    row: Row, check: ClaimCheck, before: Sequence[Row], totals: Sequence[Decimal]
) -> str:
    """The change of another figure of this year from the same figure of last year."""
    figure, meant = row.figure, _CHANGE.match(check.target or "")
    if figure is None or meant is None or figure.value is None or row.change not in ("up", "down"):
        return ""
    if not is_ratio(figure) and figure.value < _LEAST_CHANGE:
        return ""
    former = {v for r in before if r.scope == "prior_year" and (v := count_of(r))}
    told = {Decimal(meant["one"]), Decimal(meant["other"])}
    apart = min(told) / max(told) * 100 if is_ratio(figure) and all(told) else None
    if row.change == "up" and check.opposite and apart and follows(figure, apart):
        return _may_be(f"{plain(min(told))}÷{plain(max(told))}")  # 比150条多发36条，增长24%
    if told & set(totals):
        return ""  # 新收23件，上年为20件: what this year's figure is, is known
    for prior in former & told:
        for now in totals:
            again = growth_check(figure, row.change, now, prior, unknown="")
            if again.verdict == "supported":
                return _may_be(again.reason.partition("，")[0])
    return ""


def _subtotal(row: Row, check: ClaimCheck) -> str:
    """26件公开、6件部分公开，相加32件: one of what was added is the sum of those before it."""
    meant = _SUM.fullmatch(check.target or "")
    terms = [Decimal(t) for t in meant["terms"].split("+")] if meant else []
    sums = [*accumulate(terms)]
    for number, term in enumerate(terms[:-_LEAST_TERMS]):
        later = [*accumulate(terms[number + 1 :])]
        if term in later[1:] and _called_whole(row.sentence, row.start, term):
            return load_reasons().subtotal.format(subtotal=plain(term))
    for number in range(_LEAST_TERMS, len(terms)):
        added = terms[number] == sums[number - 1]
        if added and _called_sum(row.sentence, row.start, terms[number]):
            return load_reasons().subtotal.format(subtotal=plain(terms[number]))
    return ""


def _called_whole(sentence: Sentence, start: int, value: Decimal) -> bool:
    """给了的51件，即原样提供41件、遮去后10件: whether a figure is divided by those behind it."""
    told = [f for f in sentence.figures if f.start >= start]
    return any(
        one.value == value and _NAMELY.match(sentence.text, one.behind, other.start)
        for one, other in pairwise(told)
    )


def _called_sum(sentence: Sentence, start: int, value: Decimal) -> bool:
    """Whether a figure behind a place has this value and is said to be a sum."""
    told = [f for f in sentence.figures if f.start >= start]
    leads = (
        sentence.text[one.behind : other.start]
        for one, other in pairwise(told)
        if other.value == value
    )
    return any(_ADDED.search(lead) for lead in leads)


def _of_another(row: Row, check: ClaimCheck, before: Sequence[Row]) -> str:
    """诉讼22件，包括复议后起诉13件，其中维持11件……: the parts make up what was told before."""
    like = _like(row, before)
    same = [r for r in like if r.sentence is row.sentence]
    values = [count_of(r) or Decimal(0) for r in (*same, row)]
    together = [*accumulate(reversed(values))][1:]  # 建议36件、提案49件，其中主办47件、会办38件
    meant = _SUM.fullmatch(check.target or "")
    if meant is None or check.expected is None or check.expected not in (*values, *together):
        return _of_known(row, check, before)
    return _may_be(f"{meant['terms'].replace('+', '＋')}＝{plain(check.expected)}")


def _of_known(row: Row, check: ClaimCheck, before: Sequence[Row]) -> str:
    """收到16件。办结15件。从内容看，……: the parts make up a figure that agrees with its cell."""
    meant = _SUM.fullmatch(check.target or "")
    told = {count_of(r) for r in _like(row, before) if _agreed(r)}
    if meant is None or check.expected not in told or not _divided_later(row, check):
        return ""
    return _may_be(f"{meant['terms'].replace('+', '＋')}＝{plain(check.expected or Decimal(0))}")


def _divided_later(row: Row, check: ClaimCheck) -> bool:
    """收到16件。办结15件。从内容看，……: whether the parts stand in a sentence behind the total."""
    ends = [place.end for place in check.related]
    return bool(ends) and min(ends) > row.sentence.passage.locate(row.start, row.sentence.end).end


def _sums(before: Sequence[Row], part: Decimal) -> Iterator[Decimal]:
    """The sums of the figures told in a row that end with the last one, the part among them."""
    values = [v for r in before if (v := count_of(r))]
    return (s for n, s in enumerate(accumulate(reversed(values))) if n and part in values[-n - 1 :])


def _may_be(sums: str) -> str:
    return load_reasons().other_reading.format(told=sums)
