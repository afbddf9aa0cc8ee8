"""Checks of the form: right year, tables there, rows and columns as prescribed, right section.

They compare labels only; whether a table was found at all is the work of the assembly.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.assemble.fold import fold_text
from checker.assemble.headings import section_numbers
from checker.assemble.image_pages import pages_between, told_pages
from checker.assemble.pictures import pictured
from checker.assemble.withheld import left_open
from checker.checks.context import CheckContext, Draft, KindResult, evaluate
from checker.checks.hidden_rows import hidden_rows
from checker.checks.renames import Told, as_told
from checker.domain.finding import Evidence
from checker.domain.locator import Locator
from checker.domain.report import Deviation, ReportTable, SectionId, TableId, split_address
from checker.rulebook import FormSpec, TableSpec, form_for_year
from checker.rulebook.forms import bare_label
from checker.rulebook.kinds_tables import (
    FormYearRule,
    LayoutRule,
    TableMissingRule,
    TableSectionRule,
)
from checker.rulebook.scope import member_rows

MAX_LABELS = 6


@evaluate.register
def _(rule: FormYearRule, context: CheckContext) -> KindResult:
    year = context.report.identity.year
    right = form_for_year(context.forms, year)
    if right is None or year is None:
        return KindResult(not_judged="没有找到报告年度，无法判断应使用哪一种表式。")
    printed = dict(_printed_labels(context))
    for form, labels in _foreign_labels(rule, context.forms, right).items():
        hits = [n for n in labels if n in printed]
        if len(hits) >= rule.at_least:
            evidence = tuple(context.text_evidence(printed[n]) for n in hits[:MAX_LABELS])
            values: dict[str, str | int | Decimal] = {
                "year": year,
                "right_form": f"{right.first_year}年印发的表式",
                "wrong_form": form,
                "labels": "".join(f"“{labels[n]}”" for n in hits[:MAX_LABELS]),
            }
            draft = Draft(values=values, evidence=evidence, verdict=rule.verdict)
            return KindResult(drafts=(draft,), tests=1)
    return KindResult(tests=1 if printed else 0, not_judged="" if printed else "没有找到表格。")


@evaluate.register
def _(rule: TableMissingRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    reasons: list[str] = []
    unread = _unread(context)
    missing = any(context.report.table(spec.id) is None for spec in context.form.tables)
    rows = hidden_rows(context.report.document, context.form) if missing else ()
    unseen = {found.table for found in rows if found.most}
    for spec in context.form.tables:
        table = context.report.table(spec.id)
        values = {"ordinal": spec.ordinal, "title": spec.title}
        evidence = tuple(_heading(spec.section, context))
        if table is None and spec.id in unseen:
            drafts.append(
                Draft(
                    values=values,
                    message=rule.hidden_message,
                    evidence=evidence,
                    verdict="review",
                )
            )
        elif table is None and spec.id not in unread:
            drafts.append(Draft(values=values, evidence=evidence, verdict=rule.verdict))
        elif table is None:
            reasons.append(f"没有找到表{spec.ordinal}，{unread[spec.id]}，不能断定缺少这张表。")
        elif not context.report.empty_form and _is_empty(table):
            cells = tuple(context.cell_evidence(c.address) for c in table.cells)
            drafts.append(
                Draft(
                    values=values,
                    message=rule.empty_message,
                    evidence=cells or evidence,
                    verdict=rule.verdict,
                    also_rules=("C101",) if cells else (),
                )
            )
    tests = len(context.form.tables) - len(reasons)
    return KindResult(drafts=tuple(drafts), tests=tests, not_judged="".join(reasons))


@evaluate.register
def _(rule: LayoutRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    unread: list[str] = []
    for table in context.report.tables:
        form = context.form_of(table.id)
        spec = form.table(table.id)
        pages = context.report.document.image_pages if table.withheld else ()
        open_parts = left_open(context.report.document, table.blocks, context.report.doubts)
        if pages or open_parts or not _any_read(table):
            why = f"（{told_pages(pages)}）" if pages else ""
            unread.append(f"{spec.ordinal}{why}")
        told = [d for d in table.deviations if not _within_merged(d, table, spec)]
        if not told:
            continue
        shown = as_told(told, table, spec)
        fates = [_fate(d.of, table, context) for d in shown]
        values = {
            "ordinal": spec.ordinal,
            "form_title": f"{form.first_year}年印发的表式",
            "deviations": "；".join(_phrases(rule, shown, spec, fates)),
        }
        minor = all(d.kind in rule.review_only for d in shown)
        evidence = tuple(_deviation_evidence(told, table, spec, context))
        verdict = "review" if minor else rule.verdict
        drafts.append(Draft(values=values, evidence=evidence, verdict=verdict))
    reason = f"表{'、表'.join(unread)}没有读全，行、列名称没有全部核对。" if unread else ""
    tests = len(context.report.tables) - len(unread)
    return KindResult(drafts=tuple(drafts), tests=tests, not_judged=reason)


@evaluate.register
def _(rule: TableSectionRule, context: CheckContext) -> KindResult:
    drafts: list[Draft] = []
    tests = 0
    for table in context.report.tables:
        spec = context.form_of(table.id).table(table.id)
        if table.section is None or _heading_unread(table, context):
            continue
        tests += 1
        if table.section != spec.section and not _heading_missing(table, spec.section, context):
            titles = {s.id: f"{s.ordinal}、{s.label}" for s in context.form.sections}
            values = {
                "ordinal": spec.ordinal,
                "title": spec.title,
                "section": titles.get(table.section, "引言"),
                "right_section": titles[spec.section],
            }
            evidence = (*_heading(table.section, context), *_first_cell(table, context))
            drafts.append(Draft(values=values, evidence=evidence, verdict=rule.verdict))
    return KindResult(drafts=tuple(drafts), tests=tests)


def _heading_missing(table: ReportTable, own: SectionId, context: CheckContext) -> bool:
    """Whether a table stands where its section would be, of which S101 misses the title."""
    have = {s.id for s in context.report.sections}
    before = [s for s, n in section_numbers().items() if s in have and n < section_numbers()[own]]
    nearest = before[-1] if before else "introduction"
    return own not in have and table.section == nearest


def _heading_unread(table: ReportTable, context: CheckContext) -> bool:
    """Whether an image page that may hold its own heading lies before a table."""
    heading = context.report.section(table.section or "")
    before = heading.locator if heading else None
    return bool(pages_between(context.report.document, before, table.locator))


def _unread(context: CheckContext) -> dict[TableId, str]:
    """Why tables that were not found may be there all the same."""
    why = "但文件没有读全"
    reasons = {spec.id: why for spec in context.form.tables if _left_out(context)}
    pictures = pictured(context.report, context.form)
    return reasons | dict.fromkeys(pictures, "应有这张表的地方是一张图片（或嵌入的文件）")


def _left_out(context: CheckContext) -> bool:
    """Whether a part of the file was not read that may hold a table nobody found."""
    read = {block for table in context.report.tables for block in table.blocks}
    pictures = context.report.document.pictures
    return any(d.kind == "missing_cells" for d in context.report.document.doubts) or any(
        d.kind == "missing_cells"
        and d.locator is not None
        and d.locator.block not in read
        and d.locator not in pictures
        for d in context.report.doubts
    )


def _foreign_labels(
    rule: FormYearRule, forms: Mapping[str, FormSpec], right: FormSpec
) -> dict[str, dict[str, str]]:
    """Labels that stand in another form only, by the name of that form."""
    own = right.official_labels
    foreign: dict[str, dict[str, str]] = {}
    for form in forms.values():
        if form.id != right.id:
            others = {n: label for n, label in form.official_labels.items() if n not in own}
            foreign[f"{form.first_year}年印发的表式"] = others
    foreign["2019年以前的旧表"] = {bare_label(n): n for n in rule.superseded_labels}
    return foreign


def _printed_labels(context: CheckContext) -> Iterator[tuple[str, Locator]]:
    """The texts of the statutory tables, bare, with their places; of all tables if none is known.

    Other tables of a report may well speak of purchases or items without being a wrong form.
    """
    report = context.report
    statutory = {i for table in report.tables for i in table.blocks}
    for index, block in enumerate(report.document.blocks):
        if block.type == "table" and (index in statutory or not statutory):
            for cell in block.cells:
                name = bare_label(cell.text)
                if name:
                    yield name, cell.locator


def _is_empty(table: ReportTable) -> bool:
    return all(c.value.presence == "blank" for c in table.cells)


def _any_read(table: ReportTable) -> bool:
    """Whether the place of at least one figure is known."""
    return any(c.value.presence != "unreadable" for c in (*table.cells, *table.subtotals))


def _heading(section: str, context: CheckContext) -> Iterator[Evidence]:
    found = context.report.section(section)
    if found is not None and found.locator.end > found.locator.start:
        yield context.text_evidence(found.locator, found.id)


def _first_cell(table: ReportTable, context: CheckContext) -> Iterator[Evidence]:
    blocks = context.report.document.blocks
    for index in table.blocks:
        block = blocks[index]
        if block.type == "table":
            for cell in block.cells:
                if cell.text.strip():
                    yield context.text_evidence(cell.locator, table.section)
                    return


def _within_merged(deviation: Deviation, table: ReportTable, spec: TableSpec) -> bool:
    """A missing row that is already told as part of a group printed in one row."""
    merged = {d.id for d in table.deviations if d.kind == "merged_rows"}
    rows = {r for group in merged for r in member_rows(spec, group)}
    return deviation.kind in ("missing_row", "renamed_row") and deviation.id in rows


def _fate(deviation: Deviation | None, table: ReportTable, context: CheckContext) -> str:
    """Why a label that should be printed is not: struck, deleted or hidden; empty if it is not."""
    if deviation is None or deviation.official is None or (deviation.printed or "").strip():
        return ""
    document, place = context.report.document, deviation.locator
    label = fold_text(deviation.official)
    unread = [
        *((a.locator, a.text, str(a.reason)) for a in document.set_aside),
        *((h.locator, h.text, str(h.reason)) for h in document.hidden),
    ]
    for at, text, reason in unread:
        beside = place is not None and _same_cell(at, place)
        if beside or (at.block in table.blocks and label in fold_text(text)):
            return reason
    return ""


def _same_cell(one: Locator, other: Locator) -> bool:
    cell = (one.block, one.row, one.column)
    return one.row is not None and cell == (other.block, other.row, other.column)


def _phrases(
    rule: LayoutRule, shown: Sequence[Told], spec: TableSpec, fates: Sequence[str]
) -> Iterator[str]:
    """A phrase for every difference; rows or columns of which the same is said share one."""
    told: dict[str, list[str]] = {}
    for one, fate in zip(shown, fates, strict=True):
        how = rule.phrases.how.get(fate, "")
        template = _template(rule, one, how).replace("{how}", how)
        told.setdefault(template, []).append(_phrase(template, one, spec))
    for template, phrases in told.items():
        same = list(dict.fromkeys(phrases))
        head, name, tail = template.partition("“{official}”")
        if not name:
            head, name, tail = template.partition("“{printed}”")
        if len(same) == 1 or not name or "{" in tail:
            yield from same
        else:
            names = "".join(p.removeprefix(head).removesuffix(tail) for p in same)
            yield f"{head}{names}{len(same)}{tail}"


def _template(rule: LayoutRule, told: Told, how: str) -> str:
    """The wording for a difference; ``how`` tells what happened to a label, empty for nothing."""
    phrases = rule.phrases
    blank = told.of is not None and told.of.printed is not None and not told.printed.strip()
    if told.kind == "missing_row" and how:
        return phrases.set_aside_row
    if told.kind in ("renamed_row", "possible_row") and blank:
        return phrases.set_aside_label if how else phrases.unnamed_row
    if told.kind == "extra_row" and blank:
        return phrases.unnamed_extra_row
    return str(phrases.model_dump()[told.kind])


def _phrase(template: str, told: Told, spec: TableSpec) -> str:
    rows = [spec.row(r) for r in member_rows(spec, told.id)]
    names = [r.name for r in rows if r is not None]
    return template.format(
        printed=told.printed.replace("\n", ""),
        official=told.official,
        count=len(names),
        rows="、".join(names),
    )


def _deviation_evidence(
    told: list[Deviation], table: ReportTable, spec: TableSpec, context: CheckContext
) -> Iterator[Evidence]:
    """The labels as printed, and the cells that were added, merged or left out."""
    places = {d.locator for d in told if d.locator is not None}
    for place in sorted(places, key=lambda p: (p.start, p.end)):
        if place.end > place.start:
            yield context.text_evidence(place, table.section)
    rows = {d.id for d in told if d.kind in ("missing_row", "merged_rows", "extra_row")}
    rows |= {d.id for d in told if d.kind == "reordered_row" and d.locator is None}
    columns = {d.id for d in told if d.kind in ("missing_column", "extra_column")}
    for address in dict.fromkeys((*spec.addresses(), *table.by_address)):
        _, row, column = split_address(address)
        if row in rows or column in columns:
            yield context.cell_evidence(address)
