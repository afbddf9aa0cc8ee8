"""The number ledger: every figure and statement of the narrative with what it was held against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.assemble.headings import parse_ordinal
from checker.assemble.passages import SectionText
from checker.claims.absences import absences
from checker.claims.applicants import split_organizations
from checker.claims.binding import SCOPE_WORDS, compare, explained, in_scope
from checker.claims.carried import carried
from checker.claims.case_counts import case_counts
from checker.claims.cases_told import asked_once, of_table
from checker.claims.certainty import weigh_certainty
from checker.claims.derived import derived
from checker.claims.elsewhere import of_field
from checker.claims.explanations import weigh, weigh_shares
from checker.claims.figures import Figure
from checker.claims.growth import changes
from checker.claims.items import bind_items
from checker.claims.list_sums import agrees, by_cell, continued_sums, list_sums
from checker.claims.outcomes import CaseReader
from checker.claims.periods import carried_from_before
from checker.claims.plain_shares import plain_shares
from checker.claims.plain_sums import plain_sums
from checker.claims.portions import portions
from checker.claims.rates import closing_rates
from checker.claims.reading import Reader
from checker.claims.repetition import empty_universals, precision, repetitions
from checker.claims.results import results
from checker.claims.rows import Row
from checker.claims.scope import covers_area, of_other_time, read_scope, scope_at
from checker.claims.second_look import other_shares, second_look
from checker.claims.sentences import Sentence, own_names, sentences
from checker.claims.shares import of_earlier_total, ratios
from checker.claims.siblings import one_base
from checker.claims.spoken_shares import spoken_shares
from checker.claims.statements import Spoken, Statement, Told
from checker.claims.subjects import APPEALS, DECISIONS, DOCUMENTS, Subject
from checker.claims.targets import Tables
from checker.claims.universal import columns_of, universals
from checker.claims.words import mentions
from checker.domain.claim import Claim, ClaimCheck, ClaimKind
from checker.domain.report import AnnualReport
from checker.rulebook import FormSpec
from checker.rulebook.late import late_regex
from checker.rulebook.reasons import load_reasons

_ALL_HANDLED: Final = ("new_received", "carried_over_in")
_CARRIED: Final = frozenset(("carried_over_in", "carried_over_out", "carried"))
_OF_ALL_TABLES: Final = frozenset(("requests", *APPEALS))
_ELSEWHEN: Final = ("prior_year", "next_year", "unclear")
_POPULATIONS: Final = ("own", "whole_area", "other_population")
_INTO_THIS_YEAR: Final = late_regex("[^,。;]{0,8}(?:本年|今年)")
_ORDER: Final = ("refuted", "supported", "not_enough_info")
_BY_CELL: Final = ("cell", "absence", "quantifier", "fee")
_EXCEPTION: Final = late_regex("除[^。;]{1,24}外,?[^。;]{0,12}$")
_EXCEPTED_WRONG: Final = "除外的件数与表格不一致，已在那一处指出，这里不再判断。"
MOST_READ: Final = 1000
"""So many figures are read; a long report has some three hundred in its prose."""
_MOST_LISTED: Final = 2000  # of those behind them
_MOST_VALUE: Final = Decimal(10**15)  # nobody counts or pays more; other programs round it
_TOO_MANY: Final = (
    f"正文里的数字超过{MOST_READ}个，不像一份年度报告，后面的没有核对，请确认文件是否正确。"
)
_NOTHING: Final = Subject()
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
        cases = CaseReader(of_appeals=text.section.id == "appeals", year=report.identity.year)
        for passage in sentences(text, own=own):
            left = MOST_READ - len(rows)
            if left <= -_MOST_LISTED:
                break
            found = _passage_rows(passage, reader, tables, report.identity.year, left=left)
            results(passage, found, cases, reader, tables)
            rows.extend(found)
    repetitions(rows)
    explained(rows, tables)
    asked_once(rows)
    weigh_certainty(rows, tables)
    claims = (_claim(row, report.document.text) for row in rows)
    return tuple(sorted(claims, key=lambda c: c.figure.start))


def _passage_rows(
    passage: tuple[Sentence, ...], reader: Reader, tables: Tables, year: int | None, *, left: int
) -> list[Row]:
    """The rows of a passage; from ``left`` rows on some figures are only listed."""
    rows: list[Row] = []
    reader.open(passage)
    if passage and parse_ordinal(passage[0].text).style != "none":
        reader.begin(passage[0])
    told: list[tuple[Sentence, list[Row]]] = []
    before: list[Row] = []
    for sentence in passage:
        if len(rows) >= left:
            rows.extend(_bare_row(sentence, f, unread=True) for f in sentence.figures)
            if len(rows) >= left + _MOST_LISTED:
                break
            continue
        found = _sentence_rows(sentence, reader, tables, year, earlier=rows)
        continued_sums(before, found, tables)
        of_earlier_total(found, before)
        weigh_shares(found, rows, tables)
        other_shares(found, before, tables)
        one_base(found)
        told.append((sentence, [r for r in found if r.figure is not None]))
        rows.extend(found)
        before = found
    flat = [*changes(told, year=year)]
    said = [r for r in rows if r.figure is None]
    worked_out = [*derived(told), *carried(told, said, tables, year)]
    plain_shares(told, tables)
    closing_rates(told, tables)
    in_words = [*spoken_shares(told, tables)]
    plain_sums(told, tables)
    case_counts(told, tables)
    second_look(told, tables)
    return [*rows, *flat, *worked_out, *in_words]


def _sentence_rows(
    sentence: Sentence,
    reader: Reader,
    tables: Tables,
    year: int | None,
    *,
    earlier: Sequence[Row],
) -> list[Row]:
    """The rows of a sentence behind those of its passage that were told earlier."""
    if not sentence.figures and not mentions(
        sentence.text, sentence.start, sentence.end, "negation", "universal"
    ):
        return []
    if sentence.wordless:  # a page number, a cell of a lost table: nothing tells what it counts
        return [_bare_row(sentence, sentence.figures[0])]
    rows = [_figure_row(sentence, f, reader, year) for f in sentence.figures]
    bind_items(sentence, rows, tables)
    for number, row in enumerate(rows):
        of_table(row, [*earlier, *rows[:number]])
        compare(row, tables)
        if row.subject.topics and row.scope in _POPULATIONS:
            # where 全市收到600件 is what the table holds, the table is that of 全市
            reader.ended_with(sentence, "own" if agrees(row) else row.scope)
    portions(rows)
    split_organizations(rows)
    weigh(rows, earlier, tables)
    list_sums(sentence, rows, tables, earlier)
    ratios(sentence, rows, tables, reader)
    return [*rows, *_said_in_words(sentence, rows, reader, tables, year=year)]


def _said_in_words(
    sentence: Sentence, rows: Sequence[Row], reader: Reader, tables: Tables, *, year: int | None
) -> list[Row]:
    """The rows of what a sentence says without a figure, beside those of its figures."""
    counted = tuple(Told(r.start, r.subject) for r in rows)
    absent = [
        _statement_row(sentence, s, "absence", reader, year)
        for s in absences(sentence, Spoken(reader.last_table, counted), tables, year=year)
    ]
    limit = reader.carried_out
    stated = sorted((*rows, *absent), key=lambda r: r.start)
    told = tuple(Told(r.start, r.subject, _some_only(r, tables)) for r in stated)
    general = [
        _statement_row(sentence, s, "quantifier", reader, year)
        for s in universals(sentence, Spoken(reader.last_table, told), tables, excepted=limit)
    ]
    _told_once(general, rows, limit)
    hundred = [r for r in rows if r.kind == "quantifier"]
    empty_universals([*general, *hundred], [*rows, *absent])
    return [*absent, *general]


def _told_once(general: Sequence[Row], rows: Sequence[Row], limit: Decimal | None) -> None:
    """除1件结转外，其余均已办结: where the 1 is wrong, 均 is not wrong once more.

    What is said of all but those that a table does not know (除1件由企业提出外) is not judged.
    """
    excepted = [r for r in rows if r.figure is not None and r.figure.value == limit]
    wrong = [r for r in excepted if (c := by_cell(r)) is not None and c.verdict == "refuted"]
    for row in general:
        said = row.sentence.text[row.sentence.start : row.start]
        excepting = _EXCEPTION.search(said) is not None
        for index, check in enumerate(row.checks):
            others = excepting and "carried_over_out" not in (check.target or "")
            if (wrong or others) and check.test == "quantifier" and check.verdict == "refuted":
                reason = _EXCEPTED_WRONG if wrong else load_reasons().excepted
                row.checks[index] = check.unproved(reason)


def _some_only(row: Row, tables: Tables) -> str:
    """The figure as printed when it is known to count only some of what its cells count."""
    if _is_all(row, tables):
        return ""  # 复议2件，2件均维持
    if row.subject.topic == "requests" and row.subject.applicant:
        return row.printed  # 公益组织的两件申请，全部予以公开
    counted = row.figure is not None and row.subject.topic in _OF_ALL_TABLES
    asked = [c for c in row.checks if c.test in ("cell", "scope")]
    elsewhen = row.scope != "own" and not set(row.subject.stages) & _CARRIED
    open_ones = bool(asked) and all(c.verdict == "not_enough_info" for c in asked)
    return row.printed if counted and (open_ones or elsewhen) else ""


def _is_all(row: Row, tables: Tables) -> bool:
    """Whether a figure is the number of all applications that came in, or of all cases."""
    said, value = row.subject, row.figure.value if row.figure else None
    if said.topic == "requests":
        columns = columns_of(said.applicant)
        asked = (("new_received",), _ALL_HANDLED, ("total",) if said.applicant else _ALL_HANDLED)
        wholes = [tables.requests(rows, columns) for rows in asked]
    elif said.topics and set(said.topics) <= APPEALS:
        wholes = [tables.appeals(said.topics, "total")]
    else:
        return False
    return value is not None and value in {tables.holding(w).value for w in wholes}


def _figure_row(sentence: Sentence, figure: Figure, reader: Reader, year: int | None) -> Row:
    row = _bare_row(sentence, figure)
    row.subject = reader.subject(sentence, figure)
    row.elsewhere = reader.reason
    row.scope = reader.scope(read_scope(sentence, figure, year=year))
    if row.scope == "own":
        row.scope = reader.taken_over(sentence, figure, row.subject) or "own"
    row.other_time = of_other_time(sentence, figure.start, year=year)
    row.other_time = row.other_time and _INTO_THIS_YEAR.match(sentence.text, figure.behind) is None
    of_before = carried_from_before(sentence, figure.start, year=year)
    came = row.scope == "prior_year" or of_before
    open_stage = row.subject.stages == ("carried",) or (
        of_before and row.subject.stages == ("carried_over_out",)  # 2023年结转办理8件
    )
    if open_stage and came and not row.other_time:
        row.subject, row.scope = replace(row.subject, stages=("carried_over_in",)), "own"
    row.noun = reader.noun(sentence, figure)
    row.phrase = reader.phrase(sentence, figure)
    return row


def _bare_row(sentence: Sentence, figure: Figure, *, unread: bool = False) -> Row:
    return Row(
        sentence=sentence,
        start=figure.start,
        end=figure.end,
        figure=figure,
        subject=_NOTHING,
        scope="own",
        kind="count",
        unread=unread,
    )


def _statement_row(
    sentence: Sentence, statement: Statement, kind: ClaimKind, reader: Reader, year: int | None
) -> Row:
    scope = reader.scope(scope_at(sentence, statement.start, year=year))
    if set(statement.subject.stages) & _CARRIED and not of_other_time(
        sentence, statement.start, year=year
    ):
        scope = "own" if scope in _ELSEWHEN else scope
    segment = sentence.segment_at(statement.end)
    elsewhere = reader.elsewhere(sentence, segment.end, statement.subject)
    if not elsewhere and kind == "quantifier" and of_field(sentence, statement.start):
        elsewhere = load_reasons().all_cases if statement.subject.topic in APPEALS else ""
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
        value=_value(row),
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
        judged=bool(deciding) or not (row.unread or _open(row)),
        unread=row.unread,
    )


def _value(row: Row) -> Decimal | None:
    """What a figure says, as far as every reader of our output can hold it exactly."""
    if row.figure is None:
        return Decimal(0) if row.kind == "absence" else None
    value = row.figure.value
    return value if value is not None and value < _MOST_VALUE else None


def _deciding(checks: Sequence[ClaimCheck]) -> ClaimCheck | None:
    """The comparison that gives the row its verdict: the cell, then a contradiction."""
    real = [c for c in checks if not c.open] or list(checks)
    usable = [
        c
        for c in real
        if c.test not in _REMARKS and (c.test, c.verdict) != ("part_of_whole", "supported")
    ]
    held = [c for c in usable if c.test in _BY_CELL and c.verdict != "not_enough_info"]
    return min(held or usable, key=lambda c: _ORDER.index(c.verdict), default=None)


def _unbound(row: Row) -> str:
    """Why no cell holds a figure."""
    if row.unread:
        return _TOO_MANY
    subject, words = row.subject, load_reasons()
    applied = subject.topic == "requests"
    reasons = (
        (_is_range(row), words.range),
        (row.elsewhere, row.elsewhere),
        (_open(row), words.unknown_thing),
        (
            row.scope in _ELSEWHEN,
            words.other_scope.format(scope=SCOPE_WORDS.get(row.scope, "")),
        ),
        (subject.all_cases, words.all_cases),
        (row.kind == "share", words.no_ratio),
        (subject.channel and applied, words.no_channel),
        (applied, words.no_such_kind),
        (subject.topic in DOCUMENTS | DECISIONS, words.information_not_documents),
        (subject.topic == "published" and not _of_bodies(row), words.no_published),
    )
    return next((r for holds, r in reasons if holds), words.missing(row.noun))


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
