"""The number ledger: every figure and statement of the narrative with what it was held against."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.assemble.headings import parse_ordinal
from checker.assemble.passages import SectionText
from checker.claims.absences import absences
from checker.claims.binding import SCOPE_WORDS, compare, in_scope
from checker.claims.elsewhere import of_field
from checker.claims.figures import Figure
from checker.claims.items import bind_items
from checker.claims.lists import Parts, find_lists, parts_check
from checker.claims.periods import carried_from_before
from checker.claims.portions import portions
from checker.claims.reading import Reader
from checker.claims.repetition import empty_universals, precision, repetitions
from checker.claims.rows import Row
from checker.claims.scope import covers_area, of_other_time, read_scope, scope_at
from checker.claims.sentences import Sentence, own_names, sentences
from checker.claims.shares import ratios
from checker.claims.statements import NO_SUCH_KIND, Statement
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, Subject
from checker.claims.targets import Tables
from checker.claims.universal import Spoken, universals
from checker.claims.words import mentions
from checker.domain.claim import Claim, ClaimCheck, ClaimKind
from checker.domain.report import AnnualReport
from checker.rulebook import FormSpec

_OF_THIS_YEAR: Final = frozenset(("received", "new_received"))
_OF_BOTH_YEARS: Final = frozenset(("closed", "answered", "carried_over_in", "carried_over_out"))
_CLOSED: Final = frozenset(("closed", "answered"))
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
_ELSEWHEN: Final = ("prior_year", "next_year", "unclear")
_INTO_THIS_YEAR: Final = re.compile("[^,。;]{0,8}(?:本年|今年)")
_ORDER: Final = ("refuted", "supported", "not_enough_info")
_BY_CELL: Final = ("cell", "absence", "quantifier", "fee")
_OF_ALL_CASES: Final = "正文说的是全部案件，表四只统计因政府信息公开引起的，不与表格比较。"
_REMARKS: Final = ("precision", "counting_word", "empty_universal")


def read_claims(
    report: AnnualReport,
    form: FormSpec,
    forms: Mapping[str, FormSpec],
    *,
    texts: Sequence[SectionText],
) -> tuple[Claim, ...]:
    """All claims of a report, in document order.

    Args:
        report: as assembled.
        form: the form it is judged by.
        forms: all forms by id.
        texts: what its sections say.
    """
    if report.empty_form:
        return ()
    tables = Tables(report, form, forms)
    own = own_names(report)
    rows: list[Row] = []
    covers = covers_area(texts)
    for text in texts:
        reader = Reader(covers_area=covers)
        for passage in sentences(text, own=own):
            rows.extend(_passage_rows(passage, reader, tables, report.identity.year))
    repetitions(rows)
    claims = (_claim(row, report.document.text) for row in rows)
    return tuple(sorted(claims, key=lambda c: c.figure.start))


def _passage_rows(
    passage: tuple[Sentence, ...], reader: Reader, tables: Tables, year: int | None
) -> list[Row]:
    rows: list[Row] = []
    reader.open(passage)
    if passage and parse_ordinal(passage[0].text).style != "none":
        reader.begin(passage[0])
    for sentence in passage:
        rows.extend(_sentence_rows(sentence, reader, tables, year))
    return rows


def _sentence_rows(
    sentence: Sentence, reader: Reader, tables: Tables, year: int | None
) -> list[Row]:
    if not sentence.figures and not mentions(
        sentence.text, sentence.start, sentence.end, "negation", "universal"
    ):
        return []
    if sentence.wordless:  # a page number, a cell of a lost table: nothing tells what it counts
        return [_unread_row(sentence, sentence.figures[0])]
    rows = [_figure_row(sentence, f, reader, year) for f in sentence.figures]
    bind_items(sentence, rows, tables)
    for row in rows:
        compare(row, tables)
    portions(rows)
    _lists(sentence, rows, tables)
    ratios(sentence, rows, tables, reader)
    contexts = (reader.last_table, *(r.subject for r in rows))
    absent = [
        _statement_row(sentence, s, "absence", reader, year)
        for s in absences(sentence, contexts[-1], tables, year=year)
    ]
    limit = reader.carried_out
    stated = sorted((*rows, *absent), key=lambda r: r.start)
    told = tuple((r.start, r.subject) for r in stated)
    general = [
        _statement_row(sentence, s, "quantifier", reader, year)
        for s in universals(sentence, Spoken(reader.last_table, told), tables, excepted=limit)
    ]
    hundred = [r for r in rows if r.kind == "quantifier"]
    empty_universals([*general, *hundred], [*rows, *absent])
    return [*rows, *absent, *general]


def _figure_row(sentence: Sentence, figure: Figure, reader: Reader, year: int | None) -> Row:
    row = _unread_row(sentence, figure)
    row.subject = reader.subject(sentence, figure)
    row.elsewhere = reader.reason
    row.scope = reader.scope(read_scope(sentence, figure, year=year))
    row.other_time = of_other_time(sentence, figure.start, year=year)
    row.other_time = row.other_time and _INTO_THIS_YEAR.match(sentence.text, figure.behind) is None
    came = row.scope == "prior_year" or carried_from_before(sentence, figure.start, year=year)
    if row.subject.stages == ("carried",) and came and not row.other_time:  # 2023年结转的8件
        row.subject, row.scope = replace(row.subject, stages=("carried_over_in",)), "own"
    row.noun = reader.noun(sentence, figure)
    row.phrase = reader.phrase(sentence, figure)
    return row


def _unread_row(sentence: Sentence, figure: Figure) -> Row:
    return Row(
        sentence=sentence,
        start=figure.start,
        end=figure.end,
        figure=figure,
        subject=Subject(),
        scope="own",
        kind="count",
    )


def _statement_row(
    sentence: Sentence, statement: Statement, kind: ClaimKind, reader: Reader, year: int | None
) -> Row:
    scope = reader.scope(scope_at(sentence, statement.start, year=year))
    if set(statement.subject.stages) & _CARRIED and not of_other_time(
        sentence, statement.start, year=year
    ):
        scope = "own" if scope in _ELSEWHEN else scope
    segment = sentence.segments[sentence.segment_of(statement.end)]
    elsewhere = reader.elsewhere(sentence, segment.end, statement.subject)
    if not elsewhere and kind == "quantifier" and of_field(sentence, statement.start):
        elsewhere = _OF_ALL_CASES if statement.subject.topic in APPEALS else ""
    check = statement.check
    if elsewhere:
        check = ClaimCheck(test=check.test, verdict="not_enough_info", reason=elsewhere)
    return Row(
        sentence=sentence,
        start=statement.start,
        end=statement.end,
        figure=None,
        subject=statement.subject,
        scope=scope,
        kind=kind,
        checks=[in_scope(check, scope)],
    )


def _lists(sentence: Sentence, rows: list[Row], tables: Tables) -> None:
    """Add to every total whether its parts make it up."""
    values = {
        i: r.figure.value for i, r in enumerate(rows) if r.figure and r.figure.value is not None
    }
    apart = frozenset(
        i
        for i, r in enumerate(rows)
        if r.scope in ("prior_year", "unclear") or r.kind == "growth_rate"
    )
    for found in find_lists(sentence, [r.subject for r in rows], apart=apart):
        if _overlapping(found, rows):
            continue
        check = parts_check(sentence, found, values)
        if check is None or (check.verdict != "supported" and _but_carried(found, rows, tables)):
            continue
        if check.open and all(_agrees(rows[i]) for i in (found.total, *found.parts)):
            continue  # the tables agree with each figure, so other results are left out
        row = rows[found.total]
        if check in row.checks:
            continue  # found from two ends, it is said once
        row.checks.append(check)
        if check.test == "parts":
            row.kind = "parts_sum"


def _agrees(row: Row) -> bool:
    """Whether the tables hold just this figure."""
    return any(c.test in _BY_CELL and c.verdict == "supported" for c in row.checks)


def _but_carried(found: Parts, rows: Sequence[Row], tables: Tables) -> bool:
    """办理895件，其中予以公开402件……: the results leave out what is carried over to next year."""
    total, parts = rows[found.total], [rows[i] for i in found.parts]
    carried = tables.holding(tables.requests(("carried_over_out",))).value
    values = [r.figure.value for r in (total, *parts) if r.figure and r.figure.value is not None]
    open_total = total.subject.topic == "requests" and not _CLOSED & set(total.subject.stages)
    if not open_total or not carried or len(values) <= len(parts):
        return False
    return values[0] - sum(values[1:]) == carried


def _overlapping(found: Parts, rows: Sequence[Row]) -> bool:
    """Other years, cases of other kinds, or what was closed of old and new are no parts."""
    involved = [rows[i] for i in (found.total, *found.parts)]
    if rows[found.total].subject.all_cases:
        return True
    stages = {s for i in found.parts for s in rows[i].subject.stages}
    if stages & _OF_BOTH_YEARS and set(rows[found.total].subject.stages) & _OF_THIS_YEAR:
        return True
    if "carried_over_in" in stages and not stages & _OF_THIS_YEAR and len(found.parts) > 1:
        return True  # 办理52件，其中含上年9件，予以公开31件
    return any(r.scope in ("prior_year", "next_year") for r in involved)


def _claim(row: Row, text: str) -> Claim:
    locator = row.sentence.clause(row.start, row.figure.behind if row.figure else row.end)
    place = row.locator
    figure = row.figure
    precision(row)
    deciding = _deciding(row.checks)
    unit = figure.unit if figure else None
    return Claim(
        section=row.sentence.section,
        quote=text[locator.start : locator.end],
        locator=locator,
        printed=text[place.start : place.end],
        figure=place,
        value=figure.value if figure else (Decimal(0) if row.kind == "absence" else None),
        unit=unit,
        kind=row.kind,
        approximation=figure.approximation if figure else "exact",
        scope=row.scope,
        subject=row.noun,
        target=deciding.target if deciding else None,
        expected=deciding.expected if deciding else None,
        verdict=deciding.verdict if deciding else "not_enough_info",
        reason=deciding.reason if deciding else _unbound(row),
        checks=tuple(sorted(row.checks, key=lambda c: c is not deciding)),
        judged=bool(deciding) or not _open(row),
    )


def _deciding(checks: Sequence[ClaimCheck]) -> ClaimCheck | None:
    """The comparison that gives the row its verdict: the cell, then a contradiction."""
    real = [c for c in checks if not c.open] or list(checks)
    usable = [
        c
        for c in real
        if c.test not in _REMARKS and (c.test, c.verdict) != ("part_of_whole", "supported")
    ]
    by_cell = [c for c in usable if c.test in _BY_CELL and c.verdict != "not_enough_info"]
    return min(by_cell or usable, key=lambda c: _ORDER.index(c.verdict), default=None)


def _unbound(row: Row) -> str:
    """Why no cell holds a figure."""
    subject = row.subject
    applied = subject.topic == "requests"
    reasons = (
        (_is_range(row), "正文写的是一个范围，不与表格里的一个数比较。"),
        (row.elsewhere, row.elsewhere),
        (_open(row), "看不出这个数字数的是什么，无法核对，请人工核对。"),
        (row.scope in _ELSEWHEN, f"{SCOPE_WORDS.get(row.scope, '')}，不与本年的表格比较。"),
        (subject.all_cases, _OF_ALL_CASES),
        (
            row.kind == "share",
            "三张表里没有这个比例，正文也没有可以推算的数字，无法核对。",
        ),
        (subject.channel and applied, "表三不分申请渠道，无法用表格核对。"),
        (applied, NO_SUCH_KIND),
        (
            subject.topic in DOCUMENTS | DECISIONS,
            "正文数的是信息的条数或其中一类，表格数的是文件或决定，不能直接比较。",
        ),
        (
            subject.topic == "published" and not _of_bodies(row),
            "主动公开信息的条数不在三张表里，无法用表格核对。",
        ),
        (row.noun, f"“{row.noun}”不在三张表里，无法用表格核对。"),
    )
    return next((r for holds, r in reasons if holds), "三张表里没有这一项，无法用表格核对。")


def _of_bodies(row: Row) -> bool:
    """分解到9个股室: people and bodies are no pieces of information."""
    return row.figure is not None and row.figure.unit in ("个", "家", "人", "名", "户", "人次")


def _is_range(row: Row) -> bool:
    return row.figure is not None and row.figure.upper is not None


def _open(row: Row) -> bool:
    """Whether words of a table stand beside the figure and it is still not known what it counts."""
    subject = row.subject
    said = bool(subject.stages or subject.outcome or subject.applicant)
    unread = row.figure is not None and row.figure.value is None and not _is_range(row)
    return unread or (said and not subject.topics and row.kind == "count" and row.scope == "own")
