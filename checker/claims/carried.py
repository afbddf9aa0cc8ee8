"""What is carried over, told so that the words beside the figure name no row of table 三.

剩下17件带入下一年, 上年底没办完的3件: the count is held against its row. What is told behind is
said of these still (跨年的3件均为自然人所提): its applicants are held against the same row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from checker.claims.judge import Doubtful, against_cells, plain, shown
from checker.claims.rows import Passage, Row
from checker.claims.sentences import Sentence
from checker.claims.subjects import ORGANIZATIONS, Subject
from checker.claims.targets import Tables, Target
from checker.domain.claim import ClaimCheck
from checker.rulebook.carried import load_carried, with_years
from checker.rulebook.wording import compiled

_OUT: Final = "carried_over_out"
_IN: Final = "carried_over_in"
_UNITS: Final = ("件", "份", "宗", "起", "个", "条")
_SECTIONS: Final = ("overview", "requests")
_PERIODS: Final = ("own", "prior_year", "next_year")
_JUDGING: Final = ("cell", "absence")
_NEAR: Final = 4
_PLAINLY: Final = Doubtful()
_ALL: Final = ("natural_person", *ORGANIZATIONS)


class _Stretch(NamedTuple):
    """Words that are said of what one row of table 三 counts."""

    sentence: Sentence
    rows: Sequence[Row]
    words: Sequence[Row]
    start: int
    end: int
    row: str


def carried(told: Passage, words: Sequence[Row], tables: Tables, year: int | None) -> Iterator[Row]:
    """Judge what a passage says of carried-over applications, and yield what it says in words.

    Args:
        told: the sentences of the passage with the rows of their figures.
        words: the rows of what it says without a figure.
        tables: the cells.
        year: of the report.
    """
    if year is None:
        return
    seen: set[str] = set()
    last = ""
    for sentence, rows in told:
        if not _of_requests(sentence):
            last = ""
            continue
        again = _again(sentence, last, year)
        stretches = [_Stretch(sentence, rows, words, *again)] if again else []
        for row in rows:
            to = _direction(row, year)
            _change(row, tables, year)
            if to:
                _count(row, to, tables, first=to not in seen)
                seen.add(to)
                end = row.figure.behind if row.figure else row.end
                stretches.append(_Stretch(sentence, rows, words, end, sentence.end, to))
        for number, stretch in enumerate(stretches):
            stop = stretches[number + 1].start if number + 1 < len(stretches) else sentence.end
            yield from _applicants(_cut(stretch._replace(end=stop)), tables)
        last = stretches[-1].row if stretches else ""


def _of_requests(sentence: Sentence) -> bool:
    """Whether a sentence speaks of applications and of nothing else."""
    words = load_carried()
    if sentence.section not in _SECTIONS:
        return False
    other = compiled(words.others).search(sentence.text, sentence.start, sentence.end)
    return other is None and bool(
        compiled(words.of_requests).search(sentence.text, 0, sentence.end)
    )


def _direction(row: Row, year: int) -> str:
    """The row of table 三 to which the words around a count point; empty for none."""
    figure, sentence = row.figure, row.sentence
    if figure is None or figure.unit not in _UNITS or figure.approximation != "exact":
        return ""
    if row.scope not in _PERIODS:
        return ""
    agreed = [c.target for c in row.checks if c.test == "cell" and c.verdict == "supported"]
    for to in (_OUT, _IN):
        if f"requests/{to}/total" in agreed and row.subject.stages == (to,):
            return to
    words = load_carried()
    before = sentence.text[sentence.start : row.start]
    behind = sentence.text[figure.behind : sentence.end]
    goes = with_years(words.out.before, year).search(before) or (
        compiled(words.out.lead).search(before) and with_years(words.out.behind, year).match(behind)
    )
    if goes:
        return _OUT
    return _IN if with_years(words.in_.before, year).search(before) else ""


def _count(row: Row, to: str, tables: Tables, *, first: bool) -> None:
    """Hold a count against its row, unless the passage told that row before."""
    # 没有办结的3件顺延至2025年 is no number of what was closed
    row.checks = [c for c in row.checks if c.test != "cell" or _of_row(c, to)]
    of_some = row.sentence.telling("applicant", row.sentence.start, row.start)
    if row.figure is None or row.settled or _judged(row) or of_some or not first:
        return
    check = against_cells(row.figure, row.printed, tables, [tables.requests((to,))], _PLAINLY)
    row.subject = replace(row.subject, topics=("requests",), stages=(to,))
    row.scope, row.elsewhere = "own", ""
    row.checks.append(check)


def _of_row(check: ClaimCheck, to: str) -> bool:
    """Whether a comparison may stand beside that with a row of what is carried over."""
    target = check.target or ""
    other = f"requests/{_IN if to == _OUT else _OUT}/total"
    return f"/{to}/" in target or (check.verdict == "supported" and target != other)


def _change(row: Row, tables: Tables, year: int) -> None:
    """结转量较上年减少9件: what goes on less what came."""
    figure, words = row.figure, load_carried()
    if figure is None or figure.unit not in _UNITS:
        return
    before = row.sentence.text[row.sentence.start : row.start]
    said = with_years(words.change, year).search(before)
    out, came = (tables.requests((r,)) for r in (_OUT, _IN))
    one, other = tables.holding(out).value, tables.holding(came).value
    if said is None or one is None or other is None or row.scope == "whole_area":
        return
    difference = one - other
    rises = compiled(words.rises).search(said["word"]) is not None
    right = figure.value == abs(difference) and (difference >= 0) == rises
    told = f"{out.label}为{plain(one)}，{came.label}为{plain(other)}"
    row.checks = [c for c in row.checks if c.test != "growth"]
    row.checks.append(
        ClaimCheck(
            test="growth",
            target=f"{out.expression} - {came.expression}",
            expected=difference,
            verdict="supported" if right else "refuted",
            reason=f"{told}，相差{plain(difference)}，{'一致' if right else '与正文不一致'}。",
            cells=(*out.addresses, *came.addresses),
        )
    )


def _judged(row: Row) -> bool:
    return any(c.test in _JUDGING and c.verdict != "not_enough_info" for c in row.checks)


def _again(sentence: Sentence, last: str, year: int) -> tuple[int, int, str] | None:
    """Where a sentence goes on to speak of what was carried over: 这2件, 跨年的3件."""
    words = load_carried()
    said = sentence.text[sentence.start : sentence.end]
    pattern = words.in_again if last == _IN else words.out_again
    found = with_years(pattern, year).search(said)
    if found is None or (not last and found[0] in ("这", "该", "上述", "其中")):
        return None
    return sentence.start, sentence.end, last or _OUT


def _cut(stretch: _Stretch) -> _Stretch:
    """A stretch up to where it turns to something else."""
    end = stretch.sentence.text.find(";", stretch.start, stretch.end)
    end = end if end >= 0 else stretch.end
    other = compiled(load_carried().ends).search(stretch.sentence.text, stretch.start, end)
    return stretch._replace(end=other.start() if other else end)


def _applicants(stretch: _Stretch, tables: Tables) -> Iterator[Row]:
    """Judge the applicants of what is carried over."""
    sentence, words = stretch.sentence, load_carried()
    counted = [r for r in stretch.rows if stretch.start <= r.start < stretch.end]
    for segment in sentence.segments:
        start, end = max(segment.start, stretch.start), min(segment.end, stretch.end)
        named = sentence.telling("applicant", start, end) if start < end else ()
        kinds = dict.fromkeys(v for w in named if (v := w.value("applicant")) is not None)
        inside = [r for r in counted if start <= r.start < end]
        if not kinds or not set(kinds) <= {*_ALL, "organizations"}:
            continue
        if len(kinds) == 1 and len(inside) == 1:
            _count_of(inside[0], next(iter(kinds)), stretch.row, tables)
            continue
        general = (
            compiled(words.all_of).search(sentence.text, start, end) if len(kinds) == 1 else None
        )
        every = compiled(words.each_of).search(sentence.text, start, end)
        if not inside and every is not None:
            yield from _all_named(stretch, every.span(), tuple(kinds), tables)
        elif not inside and general is not None and _said_of_all(general.end(), named[0].start):
            yield from _one_kind(stretch, general.span(), next(iter(kinds)), tables)


def _said_of_all(general: int, named: int) -> bool:
    """均来自个人, but not 自然人申请全部办结."""
    return 0 <= named - general <= _NEAR


def _columns(kind: str) -> tuple[str, ...]:
    return ORGANIZATIONS if kind == "organizations" else (kind,)


def _count_of(row: Row, kind: str, to: str, tables: Tables) -> None:
    """其中自然人3件."""
    figure = row.figure
    if figure is None or figure.unit not in _UNITS or row.scope not in _PERIODS:
        return
    target = tables.requests((to,), _columns(kind))
    if _judged(row):  # 跨年的8件里个人6件、企业2件: the second was taken for all that came in
        wrong = [c for c in row.checks if c.test in _JUDGING and c.verdict == "refuted"]
        if not wrong or tables.holding(target).value != figure.value:
            return
        row.checks = [c for c in row.checks if c not in wrong]
    row.subject = Subject(topics=("requests",), stages=(to,), applicant=kind)
    row.scope = "own"
    row.checks.append(against_cells(figure, row.printed, tables, [target], _PLAINLY))


def _one_kind(
    stretch: _Stretch, place: tuple[int, int], kind: str, tables: Tables
) -> Iterator[Row]:
    """均为自然人所提: no other applicant has any."""
    others = tuple(c for c in _ALL if c not in _columns(kind))
    target = tables.requests((stretch.row,), others)
    held = tables.holding(target).value
    if held is not None:
        told = shown(tables, target, held)
        yield from _said(stretch, place, target, told, wrong=held > 0)


def _all_named(
    stretch: _Stretch, place: tuple[int, int], kinds: tuple[str, ...], tables: Tables
) -> Iterator[Row]:
    """自然人和企业所提都有: each of them has some."""
    targets = [tables.requests((stretch.row,), _columns(k)) for k in kinds]
    for target in targets:
        held = tables.holding(target).value
        if held is not None and held == 0:
            told = shown(tables, target, held)
            yield from _said(stretch, place, target, told, wrong=True)
            return


def _said(
    stretch: _Stretch, place: tuple[int, int], target: Target, told: str, *, wrong: bool
) -> Iterator[Row]:
    """A row for what is said in words; one that was read there before is judged anew."""
    start, end = place
    printed = stretch.sentence.passage.text[start:end]
    check = ClaimCheck(
        test="quantifier",
        target=target.expression,
        target_label=target.label,
        verdict="refuted" if wrong else "supported",
        reason=f"正文写“{printed}”，{told}，{'不一致' if wrong else '一致'}。",
        cells=target.addresses,
    )
    known = next((r for r in stretch.words if r.start == start), None)
    if known is not None:
        known.checks, known.scope = [check], "own"
        return
    yield Row(
        sentence=stretch.sentence,
        start=start,
        end=end,
        figure=None,
        subject=Subject(topics=("requests",), stages=(stretch.row,)),
        scope="own",
        kind="quantifier",
        checks=[check],
    )
