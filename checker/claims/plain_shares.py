"""Shares whose total the words tell: the other part, a list in order, 办结数, a division in words.

A share that is judged already is left alone, and so is one that may be of something else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import Final

from checker.assemble.numerals import parse_chinese_numeral
from checker.claims.judge import follows, plain
from checker.claims.leads import judged
from checker.claims.ratios import is_ratio, share_check
from checker.claims.rows import Passage, Row, text_between
from checker.claims.sentences import Sentence
from checker.claims.subjects import APPEALS, CONCLUDED, RESULTS, Subject, read_subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck
from checker.rulebook.share_words import load_share_words
from checker.rulebook.wording import compiled

_PERCENT: Final = "percent"
_TENTHS: Final = "成"
_HALF: Final = Decimal(50)
_SLACK: Final = Decimal(5)  # 三成 is said of 25 to 35 %, 不到三成 of 20 to 30
_LEAST_LISTED: Final = 2
_LEAST_NAME: Final = 2
_CLOSED: Final = (("closed",), ("answered",))
_ALL_CLOSED: Final = "requests/total/total"


def plain_shares(told: Passage, tables: Tables) -> None:
    """Judge the shares of a passage that nothing judged yet.

    Args:
        told: its sentences with the rows of their figures.
        tables: the cells.
    """
    before: list[Row] = []
    for sentence, rows in told:
        _of_divided(before, rows)
        _two_parts(sentence, rows)
        _in_order(sentence, rows)
        for number, row in enumerate(rows):
            again = _of_them(sentence, [*before, *rows], len(before) + number, tables)
            if again is not None and again.verdict != "not_enough_info":
                _add(row, again)
            elif _open(row):
                for check in _checks(sentence, rows, number, tables, before):
                    _add(row, check)
                    break
            _in_words(sentence, row, [*before, *rows[:number]])
        before += rows


def _checks(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables, before: Sequence[Row]
) -> Iterator[ClaimCheck]:
    """What a share should be, by each way in which its words may tell."""
    found = (
        _written_out(sentence, rows, number),
        _of_base(sentence, rows, number, tables),
        _closing_rate(sentence, rows, number, tables, before),
        _of_named(sentence, rows, number, before),
    )
    return (c for c in found if c is not None and c.verdict != "not_enough_info")


def _open(row: Row) -> bool:
    """Whether nothing but other words for it was held against a share of this year."""
    figure = row.figure
    if figure is None or figure.unit != _PERCENT or figure.value is None:
        return False
    plainly = row.kind == "share" and row.scope == "own" and figure.approximation == "exact"
    return plainly and not any(c.test == "share" and decides(c) for c in row.checks)


def decides(check: ClaimCheck) -> bool:
    """Whether a share was held against something else than its own words (28%，近三成)."""
    restated = (check.target or "").removeprefix("text: ").replace(".", "").isdigit()
    return check.verdict != "not_enough_info" and not restated


def _add(row: Row, check: ClaimCheck) -> None:
    row.kind = "share"
    row.checks = [c for c in row.checks if c.test != "share" or _says_again(c)] + [check]


def _says_again(check: ClaimCheck) -> bool:
    return check.verdict != "not_enough_info" and not decides(check)


def _counted(row: Row) -> Decimal | None:
    """An exact count."""
    figure = row.figure
    if figure is None or is_ratio(figure) or figure.approximation != "exact":
        return None
    return figure.value


def _of_divided(before: Sequence[Row], rows: Sequence[Row]) -> None:
    """公开信息180条。其中甲类74条，占41.1%；……: of the total that these parts make up.

    其中 at the beginning tells it too, where only one figure can be the total.
    """
    if not before or not rows:
        return
    opened = rows[0].sentence.text.startswith("其中", rows[0].sentence.start)
    upto = reversed(before)
    last = [r for r in takewhile(lambda r: r.sentence is before[-1].sentence, upto) if _exact(r)]
    bare = [(c, s) for c, s in pairwise(rows) if _open(s) and _is_bare(text_between(c, s))]
    for total in last:
        made_up = [c.target or "" for c in total.checks if c.test == "parts" and _agrees(c)]
        terms = [t for e in made_up for t in e.removeprefix("text: ").split("+")]
        parts = {Decimal(t) for t in terms if t.replace(".", "").isdigit()}
        for count, share in bare:
            value, whole, unit = _counted(count), _counted(total), count.unit
            alike = [r for r in last if r.unit == unit and r.scope != "prior_year"]
            told = value in parts or (opened and alike == [total] and total.scope == "own")
            if total in alike and told and whole and _open(share) and share.figure:
                named = [(whole, f"正文的{total.printed}")]
                _add(share, share_check(share.figure, value, named))


def _is_bare(text: str) -> bool:
    """Whether nothing but 占 stands between a count and its share."""
    return compiled(load_share_words().bare).fullmatch(text) is not None


def _exact(row: Row) -> bool:
    return _counted(row) is not None


def _agrees(check: ClaimCheck) -> bool:
    return check.verdict == "supported"


def _two_parts(sentence: Sentence, rows: Sequence[Row]) -> None:
    """自然人185件，占77.1%；组织55件，占22.9%: the total of the one is that of the other."""
    words = load_share_words()
    for at in range(len(rows) - 3):
        first, share, second, other = rows[at : at + 4]
        one, two = _counted(first), _counted(second)
        if one is None or two is None or not share.figure or not other.figure:
            continue
        bare = all(
            compiled(words.bare).fullmatch(text_between(a, b))
            for a, b in ((first, share), (second, other))
        )
        among = compiled(words.among).search(text_between(share, second))
        same = first.figure and second.figure and first.figure.unit == second.figure.unit
        if not bare or among or not same or share.figure.unit != _PERCENT or one + two == 0:
            continue
        whole = [(one + two, f"{plain(one)}＋{plain(two)}")]
        for asked, part, known, rest in ((other, two, share, one), (share, one, other, two)):
            fits = known.figure and follows(known.figure, rest / (one + two) * 100)
            if fits and asked.figure and asked.figure.unit == _PERCENT and _open(asked):
                _add(asked, share_check(asked.figure, part, whole))


def _in_order(sentence: Sentence, rows: Sequence[Row]) -> None:
    """A、B、C分别为18件、12件、10件，占比依次为45%、30%和25%."""
    words = load_share_words()
    for at, row in enumerate(rows):
        shares = _run(sentence, rows[at:], _PERCENT)
        size = len(shares)
        if size < _LEAST_LISTED or at < size or not row.figure:
            continue
        counts = rows[at - size : at]
        unit = counts[0].figure.unit if counts[0].figure else None
        lead = text_between(counts[-1], row)
        told = compiled(words.in_order).search(lead) and compiled(words.ordered).search(lead)
        if not told or len(_run(sentence, counts, unit)) != size:
            continue
        values = [v for r in counts if (v := _counted(r)) is not None]
        total = sum(values, Decimal(0))
        if len(values) < size or total <= 0:
            continue
        pairs = [
            (r, r.figure, v) for r, v in zip(shares, values, strict=True) if r.figure is not None
        ]
        fitting = sum(follows(f, v / total * 100) for _, f, v in pairs)
        if not fitting:
            continue  # of another total
        for share, figure, value in pairs:
            _add(share, share_check(figure, value, [(total, "各项之和")]))


def _run(sentence: Sentence, rows: Sequence[Row], unit: str | None) -> list[Row]:
    """The figures of one unit from the first on that nothing but 、 or 和 parts."""
    found: list[Row] = []
    for row in rows:
        if row.figure is None or row.figure.unit != unit or row.figure.value is None:
            break
        between = text_between(found[-1], row) if found else ""
        if not compiled(load_share_words().joined).fullmatch(between):
            break
        found.append(row)
    return found


def _written_out(sentence: Sentence, rows: Sequence[Row], number: int) -> ClaimCheck | None:
    """62.7%（37件除以企业办结59件）."""
    words, figure = load_share_words(), rows[number].figure
    pair = rows[number + 1 : number + 3]
    if figure is None or len(pair) < _LEAST_LISTED:
        return None
    one, two = _counted(pair[0]), _counted(pair[1])
    opened = compiled(words.bracket).fullmatch(text_between(rows[number], pair[0]))
    divided = compiled(words.divided).fullmatch(text_between(*pair))
    if not opened or not divided or one is None or two is None:
        return None
    return share_check(figure, one, [(two, f"正文括号里的{pair[1].printed}")])


def _parts_before(sentence: Sentence, rows: Sequence[Row], number: int) -> list[Decimal]:
    """The count right before a share, and with those before it (53件、13件，占39.3%)."""
    found: list[Decimal] = []
    last = rows[number - 1].figure if number else None
    unit = last.unit if last else None
    for at in range(number - 1, -1, -1):
        value, figure = _counted(rows[at]), rows[at].figure
        if value is None or figure is None or figure.unit != unit:
            break
        found.append(found[-1] + value if found else value)
        if ";" in sentence.text[figure.start : rows[number].start]:
            break
    return found


def _of_base(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables
) -> ClaimCheck | None:
    """935件，占办结数的51.8%; 维持61件，占审结的70.9%."""
    words, figure = load_share_words().bases, rows[number].figure
    parts = _parts_before(sentence, rows, number)
    if not parts or figure is None:
        return None
    between = text_between(rows[number - 1], rows[number])
    of = rows[number - 1].subject
    targets = []
    if of.topics and set(of.topics) <= APPEALS:
        if compiled(words.concluded).fullmatch(between) and not of.all_cases:
            targets = [tables.appeals(of.topics, *CONCLUDED)]
    elif of.topics in ((), ("requests",)) and sentence.section in ("overview", "requests"):
        if compiled(words.closed).fullmatch(between):
            targets = [tables.requests(("total",))]
        elif compiled(words.received).fullmatch(between):
            targets = [tables.requests(r) for r in _NEW]
    applied = of.topics or any(c.test == "parts" for c in rows[number - 1].checks)
    held = [(v, t.label) for t in targets if (v := tables.holding(t).value)]
    if not held or not applied:
        return None
    tried = [share_check(figure, part, held) for part in parts]
    return next((c for c in tried if c.verdict == "supported"), tried[0])


_NEW: Final = (("new_received",), ("new_received", "carried_over_in"))


def _of_them(
    sentence: Sentence, rows: Sequence[Row], number: int, tables: Tables
) -> ClaimCheck | None:
    """审结14件中，被纠正的占21.4%; 新收23件中自然人占87%."""
    figure = rows[number].figure
    whole = _counted(rows[number - 1]) if number else None
    row = rows[number - 1]
    if whole is None or figure is None or not is_ratio(figure):
        return None
    if row.sentence.start != sentence.start:
        return None
    between = text_between(row, rows[number])
    said = compiled(load_share_words().of_them).fullmatch(between)
    if said is None:
        return None
    start = (row.figure.behind if row.figure else 0) + said.start("what")
    what = read_subject(sentence.words_between(start, start + len(said["what"])))
    topics = next((r.subject.topics for r in reversed(rows[:number]) if r.subject.topics), ())
    if what.outcome and topics and set(topics) <= APPEALS:
        parts: Sequence[Target] = [tables.appeals(topics, what.outcome)]
    elif topics in ((), ("requests",)) and row.scope == "own":
        parts = _part_of_requests(row.subject, what, tables)
    else:
        return None
    part = tables.holding(parts[0]).value if len(parts) == 1 else None
    return share_check(figure, part, [(whole, f"正文的{row.printed}")])


def _part_of_requests(whole: Subject, what: Subject, tables: Tables) -> Sequence[Target]:
    """新收23件中自然人占87%, 办结22件中予以公开占40.9%: the cell of the part that is named."""
    if whole.applicant or len(whole.stages) != 1:
        return ()
    if what.applicant and not what.stages:
        return tables.readings(replace(what, topics=("requests",), stages=whole.stages))
    results = {s.partition(".")[0] for s in what.stages} <= RESULTS
    if whole.stages in _CLOSED and what.stages and results and not what.applicant:
        return tables.readings(replace(what, topics=("requests",)))
    return ()


def _closing_rate(
    sentence: Sentence,
    rows: Sequence[Row],
    number: int,
    tables: Tables,
    before: Sequence[Row],
) -> ClaimCheck | None:
    """办结196件，结转下年8件，办结率96.1%."""
    row, figure = rows[number], rows[number].figure
    if not number or figure is None:
        return None
    agreed = {c.target or "" for r in rows[:number] for c in r.checks if c.verdict == "supported"}
    last = [c.target or "" for c in rows[number - 1].checks if c.verdict == "supported"]
    of_requests = any(t.startswith("requests/") for t in last) and _ALL_CLOSED in agreed
    between = text_between(rows[number - 1], row)
    if not of_requests or not compiled(load_share_words().closing_rate).search(between):
        return None
    part = tables.holding(tables.requests(("total",))).value
    bases = [tables.requests(r) for r in _NEW[::-1]]
    told = agreed | {c.target or "" for r in before for c in r.checks if c.verdict == "supported"}
    held = [(v, t) for t in bases if (v := tables.holding(t).value) and part and v >= part]
    named = [(v, t) for v, t in held[:1] if t.expression in told] or held  # 应办理25件，办结22件
    return share_check(figure, part, [(v, t.label) for v, t in named])


def _of_named(
    sentence: Sentence, rows: Sequence[Row], number: int, before: Sequence[Row]
) -> ClaimCheck | None:
    """比重最大的是环评审批，达37.2%: of the list that tells how many these are."""
    figure = rows[number].figure
    since = rows[number - 1].figure if number else None
    lead = sentence.text[since.behind if since else sentence.start : rows[number].start]
    said = compiled(load_share_words().named).search(lead)
    name = (said["first"] or said["second"]).removesuffix("类") if said else ""
    if figure is None or len(name) < _LEAST_NAME:
        return None
    told = [r for r in (*before, *rows[:number]) if _counted(r) is not None]
    named = [r for i, r in enumerate(told) if name in _name(told, i)]
    if len(named) != 1 or not named[0].figure:
        return None
    part, at = named[0], told.index(named[0])
    totals = [
        r
        for r in told[:at]
        if r.figure
        and part.figure
        and r.figure.unit == part.figure.unit
        and (_whole(r) or _made_up(told, told.index(r), at))
    ]
    held = [(v, f"正文的{r.printed}") for r in totals[::-1] if (v := _counted(r)) is not None]
    nearest = share_check(figure, _counted(part), held[:1])
    return share_check(figure, _counted(part), held) if nearest.target else None


def _name(told: Sequence[Row], number: int) -> str:
    """The words between a figure and the one before it in its sentence."""
    row, last = told[number], told[number - 1] if number else None
    same = last is not None and last.sentence.start == row.sentence.start and last.figure
    start = last.figure.behind if same and last and last.figure else row.sentence.start
    return row.sentence.text[start : row.start]


def _whole(row: Row) -> bool:
    """Whether a figure is known to be a total: its parts make it up, or a table holds it."""
    return any(c.test in ("parts", "cell") and c.verdict == "supported" for c in row.checks)


def _made_up(told: Sequence[Row], whole: int, part: int) -> bool:
    """Whether figures behind a total, one of which is the part, make it up."""
    values = [_counted(r) or Decimal(0) for r in told]
    starts = range(whole + 1, part + 1)
    ends = range(part + 1, len(told) + 1)
    return any(sum(values[s:e]) == values[whole] for s in starts for e in ends if e - s > 1)


def _in_words(sentence: Sentence, row: Row, before: Sequence[Row]) -> None:
    """1488条，恰为一半; 1254条，占三成整: of one of the figures told before."""
    part, figure = _counted(row), row.figure
    if part is None or figure is None or figure.unit is None:
        return
    words = load_share_words()
    said = compiled(words.spoken).match(sentence.text, figure.behind, sentence.end)
    if said is None:
        return
    following = [f for f in sentence.figures if f.start >= figure.behind][:1]
    tenths = following[0] if following and following[0].unit == _TENTHS else None
    spoken = tenths is not None and tenths.start == said.end()
    behind = tenths.behind if tenths and spoken else said.end()
    ended = compiled(words.end).match(sentence.text[behind : sentence.end] or "。")
    share = _HALF if said["half"] else tenths.value if tenths and spoken else None
    if share is None or ended is None:
        return
    alike = [r for r in before if r.figure and r.figure.unit == figure.unit]
    part = _with_those_before(part, alike, said["together"])
    if part is None:
        return
    wholes = [v for r in alike if (v := _counted(r)) is not None and v > part]
    near = said["near"] is not None
    less = said["less"] or (tenths and spoken and not near and tenths.approximation == "less_than")
    more = said["more"] or (tenths and spoken and tenths.approximation == "more_than")
    slack = Decimal(1) if ended["just"] else _SLACK
    low = Decimal(0) if less else share - (0 if more else slack)
    high = Decimal(100) if more else share + (1 if less else slack)
    if not wholes or alike[0].figure is None or _counted(alike[0]) not in wholes:
        return
    if any(low <= whole_share <= high for w in wholes if (whole_share := part / w * 100)):
        return
    whole = max(wholes)
    exact = (part / whole * 100).quantize(Decimal("0.1"))
    sums = f"{plain(part)}÷{plain(whole)}＝{plain(exact)}%"
    target = f"100*{plain(part)}/{plain(whole)}"
    related = next(r for r in alike if _counted(r) == whole)
    row.checks.append(judged("share", sums, exact, right=False, target=target, related=related))


def _with_those_before(part: Decimal, before: Sequence[Row], count: str | None) -> Decimal | None:
    """予以公开46件，部分公开9件，两项占六成以上: the sum of so many; None where one is unknown."""
    more = int(parse_chinese_numeral(count.replace("两", "二")) or 1) - 1 if count else 0
    values = [_counted(r) for r in before[len(before) - more :]] if more <= len(before) else [None]
    known = [v for v in values if v is not None]
    return part + sum(known, Decimal(0)) if len(known) == len(values) else None
