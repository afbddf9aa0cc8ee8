"""A hand-made run with one finding of every look, for the tests of the output.

Nothing here depends on readers, assembly or rules: their wording may change without touching
the expected files of the output.
"""

from decimal import Decimal

from checker.domain.document import Document, Paragraph, SourceFile, Table, TableCell
from checker.domain.finding import (
    Basis,
    CellChange,
    CellEvidence,
    Doubt,
    Finding,
    Repair,
    TextEvidence,
)
from checker.domain.locator import Locator
from checker.domain.quantity import CellValue
from checker.domain.report import (
    AnnualReport,
    Deviation,
    FormId,
    Identity,
    ReportCell,
    ReportTable,
    Section,
    TableId,
    split_address,
)
from checker.domain.run import CheckRun, Problem, RuleOutcome, Versions
from checker.rulebook import load_forms

BASIS = (Basis(source="国办公开办函〔2021〕30号", clause="附件 三、表头"),)
TITLE = "云溪县林业局2024年政府信息公开工作年度报告"
PROSE = "本年度新收政府信息公开申请3件。<script>alert('x')</script>"


def value(printed: str) -> CellValue:
    """A cell value as simple as the tests need it."""
    if not printed:
        return CellValue(printed="", presence="blank")
    if printed in ("/", "-"):
        return CellValue(printed=printed, presence="dash")
    if printed.startswith("?"):
        return CellValue(printed=printed[1:], presence="unreadable")
    return CellValue(printed=printed, presence="given", value=Decimal(printed))


def table(
    table_id: TableId,
    *,
    form: FormId = "2021",
    changes: dict[str, str | None] | None = None,
    extra: dict[str, str] | None = None,
    subtotals: dict[str, str] | None = None,
    deviations: tuple[Deviation, ...] = (),
    page: int | None = 2,
) -> ReportTable:
    """A table full of zeros but for ``changes``; None leaves a cell out."""
    addresses = load_forms()[form].table(table_id).addresses()
    zeros: dict[str, str | None] = dict.fromkeys(addresses, "0")
    printed = zeros | (changes or {}) | (extra or {})
    place = Locator(start=40, end=90, block=2, page=page)

    def cells(texts: dict[str, str | None]) -> tuple[ReportCell, ...]:
        return tuple(
            ReportCell(address=a, value=value(text), locator=place)
            for a, text in texts.items()
            if text is not None
        )

    return ReportTable(
        id=table_id,
        form=form,
        cells=cells(printed),
        subtotals=cells(dict(subtotals or {})),
        deviations=deviations,
        section=table_id,
        blocks=(2,),
        locator=place,
    )


def document() -> Document:
    """Title, a paragraph with markup in it, and a small table."""
    start = len(TITLE) + 1
    table_start = start + len(PROSE) + 1
    cell_texts = ("一、本年新收政府信息公开申请数量", "3")
    text = f"{TITLE}\n{PROSE}\n" + "\t".join(cell_texts) + "\n"
    places = [
        Locator(start=table_start, end=table_start + len(cell_texts[0]), block=2, page=2),
        Locator(start=len(text) - 2, end=len(text) - 1, block=2, page=2),
    ]
    return Document(
        source=SourceFile(name="云溪县林业局.docx", sha256="ab" * 32, size=4711, kind="docx"),
        text=text,
        blocks=(
            Paragraph(text=TITLE, locator=Locator(start=0, end=len(TITLE), block=0, page=1)),
            Paragraph(
                text=PROSE, locator=Locator(start=start, end=start + len(PROSE), block=1, page=1)
            ),
            Table(
                cells=tuple(
                    TableCell(text=t, row=0, column=i, locator=p)
                    for i, (t, p) in enumerate(zip(cell_texts, places, strict=True))
                ),
                rows=1,
                columns=2,
                geometry="grid",
                locator=Locator(start=table_start, end=len(text) - 1, block=2, page=2),
            ),
        ),
        pages=3,
    )


def report(*tables: ReportTable) -> AnnualReport:
    """A report of a county department with the tables given."""
    return AnnualReport(
        document=document(),
        identity=Identity(
            agency="云溪县林业局",
            level="county",
            kind_of_body="department",
            year=2024,
            form="2021",
            title=TITLE,
        ),
        sections=(
            Section(
                id="overview",
                ordinal="一",
                title="总体情况",
                official_title=True,
                locator=Locator(start=0, end=4, block=0),
                first_block=1,
                last_block=2,
            ),
        ),
        tables=tables,
    )


def cell_evidence(shown: AnnualReport, address: str) -> CellEvidence:
    """A cell of a report as evidence."""
    table_id, row, column = split_address(address)
    found = shown.table(table_id)
    cell = found.cell(row, column) if found else None
    return CellEvidence(
        cell=address,
        label=load_forms()["2021"].table(table_id).cell_label(row, column),
        printed=cell.value.printed if cell else "",
        value=cell.value.value if cell else None,
        locator=cell.locator if cell else None,
    )


def failing_report() -> AnnualReport:
    """Tables two and three with every kind of cell; table four is missing."""
    proactive = table(
        "proactive",
        changes={
            "proactive/fees/amount": "12.50",
            "proactive/licensing/decisions": "/",
            "proactive/penalties/decisions": "?1 6",
            "proactive/compulsion/decisions": None,
        },
    )
    requests = table(
        "requests",
        changes={
            "requests/new_received/natural_person": "3",
            "requests/new_received/total": "4",
            "requests/granted/natural_person": "3",
            "requests/granted/total": "3",
            "requests/total/natural_person": "3",
            "requests/total/total": "3",
            "requests/carried_over_in/total": "",
        },
        extra={"requests/extra.1/natural_person": "0", "requests/extra.1/total": "0"},
        subtotals={"requests/denied/total": "0"},
        deviations=(
            Deviation(kind="extra_row", printed="（八）工作秘密", official=None, id="extra.1"),
            Deviation(
                kind="renamed_row",
                printed="四、结转下年继续办理",
                official="四、结转下年度继续办理",
                id="carried_over_out",
            ),
        ),
    )
    return report(proactive, requests)


def failing_run() -> CheckRun:
    """Two errors, a warning, a note, two doubts and a problem."""
    shown = failing_report()
    row = load_forms()["2021"].table("requests").blocks[0].columns
    return CheckRun(
        report=shown,
        verdict="fail",
        findings=(
            Finding(
                rule="C101",
                title="应填数字的格子是空的",
                severity="warning",
                verdict="review",
                message="表三有1格没有填：“二、上年结转政府信息公开申请数量”行“总计”列。",
                fix_hint="没有发生的填0。",
                basis=BASIS,
                fingerprint="0101",
                evidence=(cell_evidence(shown, "requests/carried_over_in/total"),),
            ),
            Finding(
                rule="F102",
                title="缺少法定统计表",
                severity="error",
                verdict="fail",
                message="没有找到表四。",
                fix_hint="按官方格式补上表四，没有发生的填0。",
                basis=BASIS,
                fingerprint="0102",
                evidence=(
                    TextEvidence(
                        section="overview",
                        quote=PROSE,
                        locator=shown.document.blocks[1].locator,
                    ),
                ),
            ),
            Finding(
                rule="T204",
                title="几种改法都可以",
                severity="note",
                verdict="review",
                message="两格中有一格不对。可能填错的是下列之一，请对照台账核实：本年收费金额应为12.05；行政强制需要改动。",
                fix_hint="核对这两格。",
                basis=(),
                fingerprint="0103",
                evidence=(
                    cell_evidence(shown, "proactive/fees/amount"),
                    cell_evidence(shown, "proactive/compulsion/decisions"),
                ),
                repairs=(
                    Repair(
                        changes=(
                            CellChange(
                                cell="proactive/fees/amount",
                                label="表二“行政事业性收费”行“本年收费金额”列",
                                printed="12.50",
                                value=Decimal("12.05"),
                            ),
                        )
                    ),
                    Repair(
                        changes=(
                            CellChange(
                                cell="proactive/compulsion/decisions",
                                label="表二“行政强制”行“本年处理决定数量”列",
                                printed="",
                                value=None,
                            ),
                        )
                    ),
                ),
            ),
            Finding(
                rule="T303",
                also_rules=("T301",),
                title="各列之和应等于总计",
                severity="error",
                verdict="fail",
                message="表三“一、本年新收政府信息公开申请数量”行：自然人3＋其余各列0＝3，总计填4，相差1。最可能填错：总计，应为3。",
                fix_hint="先核对申请登记台账，再改总计。",
                basis=BASIS,
                fingerprint="0104",
                evidence=tuple(cell_evidence(shown, f"requests/new_received/{c}") for c in row),
                suspect_cell="requests/new_received/total",
                suggested_value=Decimal(3),
            ),
        ),
        outcomes=(
            RuleOutcome(rule="C101", title="应填数字的格子是空的", status="review", tests=185),
            RuleOutcome(rule="F102", title="缺少法定统计表", status="fail", tests=3),
            RuleOutcome(
                rule="T202",
                title="对外公开总数量不小于本年新公开数量",
                status="not_applicable",
                reason="只用于2019年印发的格式。",
            ),
            RuleOutcome(rule="T302", title="分项之和应等于总计", status="pass", tests=7),
            RuleOutcome(rule="T303", title="各列之和应等于总计", status="fail", tests=25),
            RuleOutcome(
                rule="T401",
                title="各种结果之和应等于总计",
                status="not_judged",
                reason="没有找到表四。",
            ),
        ),
        doubts=(
            Doubt(
                kind="unreadable_cell",
                message="表二“行政处罚”行的数字断成两截，不能确认是16还是1和6。",
                cell="proactive/penalties/decisions",
                quote="1 6",
                locator=Locator(start=60, end=63, block=2, page=2),
            ),
            Doubt(
                kind="hidden_text",
                message="有一段看不见的文字。",
                quote="\u202e内部\x1b[31m材料",
            ),
        ),
        problems=(Problem(stage="checks", message="规则 T402 没有执行完。", rule="T402"),),
        versions=Versions(checker="0.1.0", rulebook="0" * 12),
    )


def clean_run() -> CheckRun:
    """A report in which nothing was found."""
    shown = report(table("proactive"), table("requests"), table("appeals"))
    return CheckRun(
        report=shown,
        verdict="pass",
        findings=(),
        outcomes=(RuleOutcome(rule="T303", title="各列之和应等于总计", status="pass", tests=25),),
        doubts=(),
        problems=(),
        versions=Versions(checker="0.1.0", rulebook="0" * 12),
    )
