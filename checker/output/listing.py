"""What ``xxgk text`` and ``xxgk tables`` print: the file as we read it, before any verdict."""

from collections.abc import Iterable, Iterator, Sequence

from checker.checks.discreet import discreet_report
from checker.domain.document import Block, Document, Table
from checker.domain.finding import Doubt
from checker.domain.report import AnnualReport
from checker.output.labels import DOUBTS_TITLE, HIDDEN, TABLE_NAMES, TABLES, form_name
from checker.output.phrases import doubt_line, identity_line, one_line, visible
from checker.output.tableview import TableView, cell_text, view
from checker.output.terminal import Line, table_lines, wrapped
from checker.rulebook.forms import BlockSpec, LabelSpec


def plain_text(document: Document) -> str:
    """The text that all offsets point into, character for character.

    Control characters are replaced one to one: nothing in a report may steer a terminal.
    """
    return visible(document.text)


def list_text(document: Document) -> str:
    """The text block by block, each behind its offsets and page."""
    lines = [_placed(document, block) for block in document.blocks]
    if document.hidden:
        lines.append("")
        lines.append("页面上看不见的文字（不在正文内）：")
        lines.extend(f" · （{HIDDEN[h.reason]}）{one_line(h.text)}" for h in document.hidden)
    if document.doubts:
        lines.extend(["", *_doubts(DOUBTS_TITLE, document.doubts)])
    return "\n".join(lines) + "\n"


def _placed(document: Document, block: Block) -> str:
    place = block.locator
    page = f" 第{place.page}页" if place.page else ""
    text = visible(document.text[place.start : place.end])
    if isinstance(block, Table):
        return f"[{place.start}-{place.end}{page} 表格]\n{text}"
    return f"[{place.start}-{place.end}{page}] {text}"


def list_tables(report: AnnualReport) -> str:
    """The three tables as read, beside the official labels, with the doubts below each."""
    report = discreet_report(report)
    doubts = (*report.document.doubts, *report.doubts)
    lines = [identity_line(report.identity)]
    for table_id in TABLES:
        shown = view(report, table_id)
        lines.extend(["", *_table(shown)])
        own = [d for d in doubts if d.cell and d.cell.startswith(f"{table_id}/")]
        lines.extend(_fitted(_doubts(f"本表{DOUBTS_TITLE}", own)))
    names = tuple(f"{t}/" for t in TABLES)
    others = [d for d in doubts if d.cell is None or not d.cell.startswith(names)]
    if others:
        lines.extend(["", *_fitted(_doubts(DOUBTS_TITLE, others))])
    return "\n".join(lines) + "\n"


def _fitted(lines: Iterable[str]) -> Iterator[str]:
    """Lines that fit into the window, those of a list indented below their mark."""
    for line in lines:
        yield from wrapped(line, 3 if line.startswith(" · ") else 0)


def _doubts(title: str, doubts: Sequence[Doubt]) -> Iterator[str]:
    if doubts:
        yield title
        yield from (f" · {doubt_line(d)}" for d in doubts)


def _table(shown: TableView) -> Iterator[str]:
    name = f"{TABLE_NAMES[shown.spec.id]} {shown.spec.title}"
    if shown.table is None:
        yield f"{name}：没有找到这张表。"
        return
    pages = sorted({c.locator.page for c in shown.table.cells if c.locator.page})
    where = f"，读自第{'、'.join(str(p) for p in pages)}页" if pages else ""
    yield from wrapped(f"{name}（按{form_name(shown.form.id)}列出{where}）", 0)
    for block in shown.spec.blocks:
        if block.heading:
            yield f"【{block.heading}】"
        specs = [s for c in block.columns if (s := shown.spec.column(c))]
        yield from table_lines([_label(shown, s, s.id) for s in specs], list(_block(shown, block)))
    yield from _fitted(_outside(shown))


def _block(shown: TableView, block: BlockSpec) -> Iterator[Line]:
    seen: set[str] = set()
    for row_id in block.rows:
        row = shown.spec.row(row_id)
        if row is None:
            continue
        chain = shown.chain(row.group)
        for depth, group_id in enumerate(chain):
            group = shown.spec.group(group_id)
            if group is None or group_id in seen:
                continue
            seen.add(group_id)
            filled = shown.group_is_filled(group_id)
            # No cell is expected in a heading: what is not there is not missing.
            found = [shown.cell(group_id, c) for c in block.columns]
            cells = tuple(cell_text(c) if c else "" for c in found)
            yield Line(f"{'　' * depth}{group.name}", cells if filled else ())
        cells = tuple(cell_text(shown.cell(row_id, c)) for c in block.columns)
        yield Line(f"{'　' * len(chain)}{_label(shown, row, row_id)}", cells)


def _label(shown: TableView, spec: LabelSpec, label_id: str) -> str:
    printed = shown.printed_label(label_id)
    return f"{spec.name}（原文“{printed}”）" if printed else spec.name


def _outside(shown: TableView) -> Iterator[str]:
    rows = shown.extra_rows()
    if rows:
        yield "官方格式以外的内容："
    for row in rows:
        texts = {cell_text(c.cell) for c in row.cells}
        if len(row.cells) > 1 and len(texts) == 1 and row.cells[0].cell.value.presence != "given":
            yield f" · {row.label}：{len(row.cells)}格都是{texts.pop()}"
            continue
        cells = "，".join(f"{c.column} {cell_text(c.cell)}" for c in row.cells)
        yield f" · {row.label}：{cells}"
