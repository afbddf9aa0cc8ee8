"""The number ledger: every figure and statement of the narrative with what it was held against."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from checker.assemble.headings import parse_ordinal
from checker.assemble.passages import SectionText
from checker.claims.figures import Figure
from checker.claims.judge import against_cells, plain
from checker.claims.lists import Parts, find_lists, parts_check
from checker.claims.ratios import growth_check, growth_word, is_ratio, share_check
from checker.claims.sentences import Sentence, own_names, sentences
from checker.claims.subjects import (
    APPEALS,
    DECISIONS,
    DOCUMENTS,
    NO_CELL,
    Reader,
    Subject,
    read_scope,
    topic_before,
)
from checker.claims.targets import Tables, Target
from checker.claims.universal import Spoken, Statement, absences, all_check, universals
from checker.claims.words import mentions
from checker.domain.claim import Claim, ClaimCheck, ClaimKind, Scope
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport
from checker.rulebook import FormSpec

_COUNTED: Final[Mapping[str, frozenset[str | None]]] = {
    "requests": frozenset(("件", "条", "份", "宗", "个", "例", "项", "起", "件次", None)),
    "appeals": frozenset(("件", "条", "起", "宗", "例", "个", "项", "次", None)),
    "documents": frozenset(("件", "个", "份", "项", "部", "篇", None)),
    "decisions": frozenset(("件", "起", "宗", "项", "个", "例", "份", "次", "件次", "条", None)),
}
_NOT_APPLICATIONS: Final = frozenset(("条",))
_OF_A_KIND: Final = re.compile("类(?:信息|文件)?$")
_RATE: Final = re.compile("([一-鿿]{2})率(?:为|达|达到)?$")
_PARTLY: Final = frozenset(("third_party_part", "not_held_part"))
_OF_THIS_YEAR: Final = frozenset(("received", "new_received"))
_OF_BOTH_YEARS: Final = frozenset(("closed", "answered", "carried_over_in", "carried_over_out"))
_LEAST_PHRASE: Final = 4
# Quantities of a part of the year, or of one occasion among several, differ.
_PARTIAL: Final = re.compile("半年|季度|月|先后|分别|其中|首次|第|期间")
_LEAST_FALSE_PRECISION: Final = Decimal(100)
_SCOPE_WORDS: Final[Mapping[str, str]] = {
    "whole_area": "正文说的是全辖区或全系统，表格未必是同一口径",
    "prior_year": "正文说的是往年",
    "next_year": "正文说的是今后的打算",
    "other_population": "正文说的不是同一个范围（如本级、备案、代办）",
    "unclear": "正文的范围不清楚",
}


@dataclass(kw_only=True)
class _Row:
    """A claim while its comparisons are being made."""

    sentence: Sentence
    start: int
    end: int
    figure: Figure | None
    subject: Subject
    scope: Scope
    kind: ClaimKind
    checks: list[ClaimCheck] = field(default_factory=list)
    judged: bool = True
    noun: str = ""
    phrase: str = ""

    @property
    def locator(self) -> Locator:
        return self.sentence.passage.locate(self.start, self.end)


def read_claims(
    report: AnnualReport, form: FormSpec, forms: Mapping[str, FormSpec]
) -> tuple[Claim, ...]:
    """All claims of a report, in document order.

    Args:
        report: as assembled.
        form: the form it is judged by.
        forms: all forms by id.
    """
    if report.empty_form:
        return ()
    tables = Tables(report, form, forms)
    own = own_names(report)
    rows: list[_Row] = []
    for section in report.sections:
        reader = Reader()
        for passage in sentences(SectionText(report, section), own=own):
            rows.extend(_passage_rows(passage, reader, tables, report.identity.year))
    _repetitions(rows)
    claims = (_claim(row, report.document.text) for row in rows)
    return tuple(sorted(claims, key=lambda c: c.figure.start))


def _passage_rows(
    passage: tuple[Sentence, ...], reader: Reader, tables: Tables, year: int | None
) -> list[_Row]:
    rows: list[_Row] = []
    reader.open(passage)
    if passage and parse_ordinal(passage[0].text).style != "none":
        reader.begin(passage[0])
    for sentence in passage:
        rows.extend(_sentence_rows(sentence, reader, tables, year))
    return rows


def _sentence_rows(
    sentence: Sentence, reader: Reader, tables: Tables, year: int | None
) -> list[_Row]:
    if not sentence.figures and not mentions(
        sentence.text, sentence.start, sentence.end, "negation", "universal"
    ):
        return []
    rows = [_figure_row(sentence, f, reader, year) for f in sentence.figures]
    for row in rows:
        _compare(row, tables)
    _lists(sentence, rows)
    _ratios(sentence, rows, tables, reader)
    contexts = (reader.last_table, *(r.subject for r in rows))
    absent = [
        _statement_row(sentence, s, "absence") for s in absences(sentence, contexts[-1], tables)
    ]
    limit = reader.carried_out
    stated = sorted((*rows, *absent), key=lambda r: r.start)
    told = tuple((r.start, r.subject) for r in stated)
    general = [
        _statement_row(sentence, s, "quantifier")
        for s in universals(sentence, Spoken(reader.last_table, told), tables, excepted=limit)
    ]
    hundred = [r for r in rows if r.kind == "quantifier"]
    _empty_universals([*general, *hundred], [*rows, *absent])
    return [*rows, *absent, *general]


def _figure_row(sentence: Sentence, figure: Figure, reader: Reader, year: int | None) -> _Row:
    subject = reader.subject(sentence, figure)
    return _Row(
        sentence=sentence,
        start=figure.start,
        end=figure.end,
        figure=figure,
        subject=subject,
        scope=read_scope(sentence, figure, year=year),
        kind="count",
        noun=reader.noun(sentence, figure),
        phrase=reader.phrase(sentence, figure),
    )


def _statement_row(sentence: Sentence, statement: Statement, kind: ClaimKind) -> _Row:
    return _Row(
        sentence=sentence,
        start=statement.start,
        end=statement.end,
        figure=None,
        subject=statement.subject,
        scope="own",
        kind=kind,
        checks=[statement.check],
    )


def _compare(row: _Row, tables: Tables) -> None:
    """Hold one figure against the tables."""
    figure = row.figure
    if figure is None or figure.value is None or is_ratio(figure):
        return
    readings = _readings(row, tables)
    carried = {"carried_over_in", "carried_over_out"} & set(row.subject.stages)
    if carried and row.scope in ("prior_year", "next_year"):
        row.scope = "own"  # the year belongs to the carry-over
    if not readings or row.scope in ("prior_year", "next_year"):
        return
    printed = row.sentence.text[figure.start : figure.behind]
    row.checks.append(against_cells(figure, printed, tables, readings, soft=_soft(row, tables)))
    counted = _kind_of(row.subject.topic or "") in ("requests", "appeals")
    if counted and figure.unit in _NOT_APPLICATIONS:
        row.checks.append(
            ClaimCheck(
                test="counting_word",
                verdict="not_enough_info",
                reason=f"申请和案件按“件”计，正文写“{printed}”。",
                open=True,
            )
        )


def _readings(row: _Row, tables: Tables) -> tuple[Target, ...]:
    subject, figure = row.subject, row.figure
    topic = subject.topic
    if figure is None or topic is None or topic in NO_CELL:
        return ()
    if figure.unit == "yuan":
        return tables.money(topic) if topic in ("fees", "procurement") else ()
    if topic == "procurement":
        return tables.projects()
    kind = _kind_of(topic)
    if kind is None or figure.unit not in _COUNTED[kind] or _is_information(row):
        return ()
    if topic == "requests" and not subject.stages and subject.residue:
        return ()
    return tables.readings(subject)


def _is_information(row: _Row) -> bool:
    """Whether the words name a kind of information and its items, not applications or decisions."""
    figure = row.figure
    if figure is not None and figure.unit == "项" and row.subject.topic in DECISIONS:
        return "事项" in row.sentence.text[max(0, figure.start - 4) : figure.start]
    if figure is None or figure.unit != "条":
        return False
    before = row.sentence.text[max(row.sentence.start, figure.start - 8) : figure.start]
    if row.subject.topic in DECISIONS:
        return "决定" not in before
    if row.subject.topic == "requests":
        return not row.subject.stages
    return _OF_A_KIND.search(before) is not None


def _kind_of(topic: str) -> str | None:
    if topic == "requests":
        return "requests"
    if topic in APPEALS:
        return "appeals"
    if topic in DOCUMENTS:
        return "documents"
    return "decisions" if topic in DECISIONS else None


def _soft(row: _Row, tables: Tables) -> str:
    """Why a difference from the cell would prove nothing; empty when it does."""
    subject = row.subject
    covered = row.scope == "whole_area" and tables.of_government
    if row.scope != "own" and not covered:
        return _SCOPE_WORDS[row.scope]
    if subject.topic in APPEALS and not subject.tied:
        return "正文没有说明只是因政府信息公开引起的案件"
    if subject.topic in DECISIONS and subject.action in ("published", "revised", "issued"):
        return "正文说的是公开的条数，表格填的是处理决定数量"
    if subject.topic in DECISIONS and row.figure is not None and row.figure.unit == "条":
        return "正文按条计数，可能是公开的条数，表格填的是处理决定数量"
    if subject.topic in DOCUMENTS and subject.action in (None, "revised"):
        return "正文没有说明是制发、废止还是现行有效"
    if _PARTLY & set(subject.stages) or subject.residue:
        return "正文还有其他限定，可能只是其中一部分"
    return ""


def _lists(sentence: Sentence, rows: list[_Row]) -> None:
    """Add to every total whether its parts make it up."""
    values = {
        i: r.figure.value for i, r in enumerate(rows) if r.figure and r.figure.value is not None
    }
    for found in find_lists(sentence, [r.subject for r in rows]):
        if _overlapping(found, rows):
            continue
        check = parts_check(sentence, found, values)
        if check is None:
            continue
        row = rows[found.total]
        row.checks.append(check)
        if check.test == "parts":
            row.kind = "parts_sum"


def _overlapping(found: Parts, rows: Sequence[_Row]) -> bool:
    """Parts of other years, or what was closed of old and new together, are no parts."""
    involved = [rows[i] for i in (found.total, *found.parts)]
    stages = {s for i in found.parts for s in rows[i].subject.stages}
    if stages & _OF_BOTH_YEARS and set(rows[found.total].subject.stages) & _OF_THIS_YEAR:
        return True
    return any(r.scope in ("prior_year", "next_year") for r in involved)


def _ratios(sentence: Sentence, rows: list[_Row], tables: Tables, reader: Reader) -> None:
    for number, row in enumerate(rows):
        figure = row.figure
        if figure is None or figure.value is None:
            continue
        before = rows[number - 1].figure if number else None
        word = growth_word(sentence, figure, before.behind if before else sentence.start)
        if word is not None:
            row.kind, row.scope, row.checks = "growth_rate", "own", []
            current, prior = _pair(rows, number)
            times_of = (
                figure.unit == "倍"
                and "是" in sentence.text[max(0, figure.start - 8) : figure.start]
            )
            row.checks.append(growth_check(figure, word, current, prior, times_of=times_of))
        elif is_ratio(figure):
            row.kind = "share"
            _share_row(sentence, rows, number, tables, reader)


def _share_row(
    sentence: Sentence, rows: list[_Row], number: int, tables: Tables, reader: Reader
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
    earlier = [r for r in rows[:number] if r.figure and not is_ratio(r.figure)]
    named = [r for r in earlier if r.start > mark]
    parts = [r for r in earlier if r.start < mark and r.kind != "growth_rate"]
    part = parts[-1].figure.value if parts and parts[-1].figure else None
    wholes = _named_wholes(named) or _wholes(parts, tables)
    row.checks.append(share_check(figure, part, wholes))


def _rate_word(sentence: Sentence, row: _Row) -> str:
    segment = sentence.segments[sentence.segment_of(row.start)]
    for word in sentence.words_between(segment.start, row.start):
        for value in ("in_time_rate", "closed_rate"):
            if word.has("mark", value):
                return "in_time" if value == "in_time_rate" else "closed"
    return ""


def _share_mark(sentence: Sentence, rows: Sequence[_Row], number: int) -> int | None:
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
    if rate and before and number > 1 and rate[1] in sentence.text[sentence.start : before.start]:
        among = any(w.text == "其中" for w in sentence.words_between(sentence.start, before.start))
        return previous + rate.start() if among else None
    return None


def _named_wholes(named: Sequence[_Row]) -> list[tuple[Decimal, str]]:
    """A total that the share itself names: 占全年公开信息1350条的7.2%."""
    found = [r.figure.value for r in named if r.figure and r.figure.value is not None]
    return [(found[-1], "正文所说的总数")] if found else []


def _wholes(parts: Sequence[_Row], tables: Tables) -> list[tuple[Decimal, str]]:
    """The totals that a share of the last of these figures may refer to."""
    found: list[tuple[Decimal, str]] = []
    for row in parts[:-1]:
        if row.figure and row.figure.value is not None:
            printed = row.sentence.text[row.start : row.figure.behind]
            found.append((row.figure.value, f"正文的{printed}"))
    found.sort(key=lambda f: -f[0])
    if parts and parts[-1].subject.topic == "requests":
        for stage in ("total", "new_received"):
            target = tables.requests((stage,))
            value = tables.holding(target).value
            if value is not None:
                found.append((value, target.label))
    return found


def _pair(rows: Sequence[_Row], number: int) -> tuple[Decimal | None, Decimal | None]:
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


def _empty_universals(general: Sequence[_Row], others: Sequence[_Row]) -> None:
    for row in general:
        zero = [
            o
            for o in others
            if o.start < row.start
            and o.subject.topics == row.subject.topics
            and (o.kind == "absence" or (o.figure is not None and o.figure.value == 0))
            and not set(o.subject.stages) & {"carried_over_in", "carried_over_out"}
        ]
        more = any(
            o.figure is not None
            and o.figure.value
            and o.start < row.start
            and o.subject.topics == row.subject.topics
            for o in others
        )
        if zero and not more:
            row.checks.append(
                ClaimCheck(
                    test="empty_universal",
                    verdict="not_enough_info",
                    reason="前面说的是0件，后面又说“均”已办理，是一句空话。",
                    related=(zero[-1].locator,),
                    open=True,
                )
            )


def _repetitions(rows: Sequence[_Row]) -> None:
    """Figures that no cell holds and that are stated twice."""
    by_noun: dict[str, list[_Row]] = {}
    for row in rows:
        if row.noun and row.figure and row.kind in ("count", "parts_sum") and row.scope == "own":
            by_noun.setdefault(row.noun, []).append(row)
    for same in by_noun.values():
        for earlier, later in zip(same, same[1:], strict=False):
            _repeated(earlier, later)


def _repeated(earlier: _Row, later: _Row) -> None:
    one, other = earlier.figure, later.figure
    if one is None or other is None or one.value is None or other.value is None:
        return
    if one.value != other.value:
        _contradicted(earlier, later)
        return
    for row, peer in ((earlier, later), (later, earlier)):
        if any(c.test in ("cell", "absence", "repetition") for c in row.checks):
            continue
        quote = peer.sentence.text[peer.start : peer.figure.behind if peer.figure else peer.end]
        row.checks.append(
            ClaimCheck(
                test="repetition",
                target=f"text: {plain(one.value)}",
                expected=one.value,
                verdict="supported",
                reason=f"正文两处都写{row.noun}{quote}，前后一致。",
                related=(peer.locator,),
            )
        )


def _contradicted(earlier: _Row, later: _Row) -> None:
    """Another figure for the same quantity, said in the very same words."""
    one, other = earlier.figure, later.figure
    if one is None or other is None or one.value is None or other.value is None:
        return
    same = earlier.phrase == later.phrase and len(later.phrase) >= _LEAST_PHRASE
    apart = earlier.sentence is not later.sentence and one.unit == other.unit
    partial = any(
        _PARTIAL.search(r.sentence.text[r.sentence.start : r.start]) for r in (earlier, later)
    )
    exact = one.approximation == other.approximation == "exact"
    if not (same and apart and exact) or partial or later.checks or earlier.checks:
        return
    quote = earlier.sentence.text[earlier.start : one.behind]
    later.checks.append(
        ClaimCheck(
            test="repetition",
            target=f"text: {plain(one.value)}",
            expected=one.value,
            verdict="refuted",
            reason=f"前文写{later.phrase}{quote}，这里写{later.sentence.text[later.start : other.behind]}。",
            related=(earlier.locator,),
        )
    )


def _claim(row: _Row, text: str) -> Claim:
    locator = row.sentence.clause(row.start, row.figure.behind if row.figure else row.end)
    place = row.locator
    figure = row.figure
    _precision(row)
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
        judged=row.judged,
    )


def _precision(row: _Row) -> None:
    figure = row.figure
    if figure is None or figure.value is None or figure.approximation == "exact":
        return
    loose = row.sentence.text[figure.behind - 2 : figure.behind] in ("以上", "以下", "以内")
    if (
        figure.value >= _LEAST_FALSE_PRECISION
        and figure.step == 1
        and figure.value % 10
        and not loose
        and figure.unit not in ("percent", "yuan")
    ):
        printed = row.sentence.text[max(0, figure.start - 1) : figure.behind]
        row.checks.append(
            ClaimCheck(
                test="precision",
                verdict="not_enough_info",
                reason=f"“{printed}”已写到个位，又说是约数。",
                open=True,
            )
        )


_ORDER: Final = ("refuted", "supported", "not_enough_info")
_BY_CELL: Final = ("cell", "absence", "quantifier", "fee")


def _deciding(checks: Sequence[ClaimCheck]) -> ClaimCheck | None:
    """The comparison that gives the row its verdict: the cell, then a contradiction."""
    real = [c for c in checks if not c.open] or list(checks)
    usable = [c for c in real if c.test not in ("precision", "counting_word", "empty_universal")]
    by_cell = [c for c in usable if c.test in _BY_CELL and c.verdict != "not_enough_info"]
    return min(by_cell or usable, key=lambda c: _ORDER.index(c.verdict), default=None)


def _unbound(row: _Row) -> str:
    """Why no cell holds a figure."""
    if row.scope in ("prior_year", "next_year"):
        return f"{_SCOPE_WORDS[row.scope]}，不与本年的表格比较。"
    if row.kind == "share":
        return "三张表里没有这个比例，正文也没有可以推算的数字，无法核对。"
    if row.subject.channel:
        return "表三不分申请渠道，无法用表格核对。"
    return "三张表里没有这一项，无法用表格核对。"
