"""Checked reports made by hand, so that the answers are tested without the other stages."""

from decimal import Decimal

from checker.checks import run_checks
from checker.domain.document import Document
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
    Identity,
    IdentityEvidence,
    ReportCell,
    ReportTable,
    Section,
    split_address,
)
from checker.domain.run import CheckRun, RuleOutcome, Versions
from checker.readers.builder import DocumentBuilder
from checker.rulebook import FormSpec, load_forms
from tests.builders import clean_report

AGENCY = "云溪县水利局"
OVERVIEW = "2024年，本局公开工作平稳有序，全年更新栏目二十个。"
HOSTILE = "<script>alert(1)</script>[点此](http://evil.example/x)![图](http://evil.example/p.png)"
_PRINTED = {
    "proactive/administrative_rules/in_force": "/",
    "proactive/normative_documents/issued": "2",
    "proactive/normative_documents/in_force": "9",
    "proactive/licensing/decisions": "136",
    "proactive/penalties/decisions": "41",
    "proactive/fees/amount": "58.6万元",
    "requests/new_received/natural_person": "12",
    "requests/new_received/commercial": "3",
    "requests/new_received/total": "17",
    "requests/carried_over_in/natural_person": "2",
    "requests/carried_over_in/total": "2",
    "requests/granted/natural_person": "6",
    "requests/granted/commercial": "2",
    "requests/granted/total": "8",
    "requests/partially_granted/natural_person": "1",
    "requests/partially_granted/total": "1",
    "requests/denied.state_secret/natural_person": "1",
    "requests/denied.state_secret/total": "1",
    "requests/denied.third_party_rights/natural_person": "2",
    "requests/denied.third_party_rights/total": "2",
    "requests/denied.internal_affairs/natural_person": "",
    "requests/denied.internal_affairs/total": "",
    "requests/declined.petition_or_complaint/natural_person": "3",
    "requests/declined.petition_or_complaint/commercial": "1",
    "requests/declined.petition_or_complaint/total": "4",
    "requests/declined.duplicate/research": "1 2",
    "requests/total/natural_person": "13",
    "requests/total/commercial": "3",
    "requests/total/total": "16",
    "requests/carried_over_out/natural_person": "1",
    "requests/carried_over_out/total": "1",
    "appeals/reconsideration/upheld": "3",
    "appeals/reconsideration/corrected": "1",
    "appeals/reconsideration/total": "5",
    "appeals/litigation_direct/upheld": "1",
    "appeals/litigation_direct/total": "1",
    "appeals/litigation_after_reconsideration/upheld": "2",
    "appeals/litigation_after_reconsideration/total": "2",
}
_REGULATION = "《中华人民共和国政府信息公开条例》"
_BALANCE = "国办公开办函〔2021〕30号"


def _value(printed: str) -> CellValue:
    if not printed:
        return CellValue(printed="", presence="blank")
    if printed == "/":
        return CellValue(printed="/", presence="dash")
    if printed == "1 2":
        return CellValue(printed="1 2", presence="unreadable")
    unit = "万元" if printed.endswith("万元") else None
    number = Decimal(printed.removesuffix("万元"))
    return CellValue(printed=printed, presence="given", value=number, unit=unit)


def _place(start: int, text: str, block: int) -> Locator:
    return Locator(start=start, end=start + len(text), block=block, page=2)


def _tables(form: FormSpec) -> tuple[ReportTable, ...]:
    tables = []
    for spec in form.tables:
        cells = tuple(
            ReportCell(address=a, value=_value(_PRINTED.get(a, "0")), locator=_place(0, "", 0))
            for a in spec.addresses()
        )
        tables.append(ReportTable(id=spec.id, form=form.id, cells=cells, locator=_place(0, "", 0)))
    return tuple(tables)


def _document() -> Document:
    builder = DocumentBuilder("云溪县水利局2024.docx", b"made by hand", "docx")
    builder.paragraph(f"{AGENCY}2024年政府信息公开工作年度报告")
    builder.paragraph("一、总体情况", heading=True)
    builder.paragraph(OVERVIEW + HOSTILE)
    return builder.build()


def sample_run() -> CheckRun:
    """A report of 2024 with five findings, one doubt and rules in every state."""
    form = load_forms()["2021"]
    document = _document()
    overview = document.paragraphs[2].locator
    heading = document.paragraphs[1].locator
    report = AnnualReport(
        document=document,
        identity=Identity(
            agency=AGENCY,
            level="county",
            kind_of_body="department",
            year=2024,
            form="2021",
            title=f"{AGENCY}2024年政府信息公开工作年度报告",
            evidence=(
                IdentityEvidence(field="agency", value=AGENCY, source="标题", quote=AGENCY),
                IdentityEvidence(field="year", value="2024", source="标题", quote="2024年"),
            ),
        ),
        sections=(
            Section(
                id="overview", ordinal="一", title="总体情况", official_title=True,
                locator=heading, first_block=2, last_block=3,
            ),
        ),
        tables=_tables(form),
    )  # fmt: skip
    return CheckRun(
        report=report,
        verdict="fail",
        findings=_findings(form, overview),
        outcomes=_outcomes(),
        doubts=(
            Doubt(
                kind="unreadable_cell",
                message="表三“（五）不予处理 2.重复申请”行“科研机构”列的“1 2”读不准，请看原件。",
                cell="requests/declined.duplicate/research",
            ),
        ),
        problems=(),
        versions=Versions(checker="0.1.0", rulebook="test"),
    )


def _evidence(form: FormSpec, *addresses: str) -> tuple[CellEvidence, ...]:
    made = []
    for address in addresses:
        table, row, column = split_address(address)
        value = _value(_PRINTED.get(address, "0"))
        made.append(
            CellEvidence(
                cell=address,
                label=form.table(table).cell_label(row, column),
                printed=value.printed,
                value=value.value,
                locator=_place(0, "", 0),
            )
        )
    return tuple(made)


def _findings(form: FormSpec, overview: Locator) -> tuple[Finding, ...]:
    common = {"verdict": "fail", "basis": (Basis(source=_BALANCE, clause="附件 三、表头"),)}
    blank = (
        "requests/denied.internal_affairs/natural_person",
        "requests/denied.internal_affairs/total",
    )
    total = "requests/new_received/total"
    appeals = ("appeals/reconsideration/total", "appeals/reconsideration/pending")
    return (
        Finding(
            rule="C101", title="数字格应当填写，没有的填0", severity="warning", fingerprint="c",
            message="表三有2格空白。", fix_hint="没有发生的填0。",
            evidence=_evidence(form, *blank), **common,
        ),
        Finding(
            rule="C104", title="数字格里只填数字", severity="note", fingerprint="n",
            message="表二“行政事业性收费”行“本年收费金额”列填“58.6万元”。",
            fix_hint="单位已在表头，格内只填数字。",
            evidence=_evidence(form, "proactive/fees/amount"), **common,
        ),
        Finding(
            rule="S104", title="总体情况应当写到五个方面", severity="warning", fingerprint="s",
            message="总体情况没有写到平台建设。", fix_hint="补写平台建设情况。",
            verdict="review", basis=(Basis(source=_REGULATION, clause="第五十条"),),
            evidence=(TextEvidence(section="overview", quote=OVERVIEW, locator=overview),),
        ),
        Finding(
            rule="T303", title="各列之和应等于总计", severity="error", fingerprint="t",
            message="表三“一、本年新收政府信息公开申请数量”行：12＋3＋0＋0＋0＋0＝15，总计填17，相差2。",
            fix_hint="请核对登记台账。", also_rules=("T301",),
            evidence=_evidence(
                form, total, "requests/new_received/natural_person",
                "requests/new_received/commercial",
            ),
            suspect_cell=total, suggested_value=Decimal(15), **common,
        ),
        Finding(
            rule="T401", title="复议诉讼各组之和应等于总计", severity="error", fingerprint="u",
            message="表四“行政复议”：3＋1＋0＋0＝4，总计填5，相差1。", fix_hint="请核对案件台账。",
            evidence=_evidence(form, *appeals),
            repairs=tuple(
                Repair(
                    changes=(
                        CellChange(cell=e.cell, label=e.label, printed=e.printed, value=v),
                    )
                )
                for e, v in zip(_evidence(form, *appeals), (Decimal(4), Decimal(1)), strict=True)
            ),
            **common,
        ),
    )  # fmt: skip


def _outcomes() -> tuple[RuleOutcome, ...]:
    return (
        RuleOutcome(rule="C101", title="数字格应当填写，没有的填0", status="fail", tests=200),
        RuleOutcome(rule="C104", title="数字格里只填数字", status="fail", tests=200),
        RuleOutcome(rule="S104", title="总体情况应当写到五个方面", status="review", tests=5),
        RuleOutcome(rule="T201", title="现行有效不少于制发减废止", status="pass", tests=2),
        RuleOutcome(
            rule="T206", title="执法单位处罚不应为0", status="not_judged",
            reason="没有认出单位性质",
        ),
        RuleOutcome(rule="T301", title="新收与结转应当相等", status="fail", tests=7),
        RuleOutcome(rule="T302", title="分项之和应等于总计", status="pass", tests=7),
        RuleOutcome(rule="T303", title="各列之和应等于总计", status="fail", tests=25),
        RuleOutcome(
            rule="T305", title="组内合计应等于各行之和", status="not_applicable",
            reason="报告没有印组内合计",
        ),
        RuleOutcome(rule="T401", title="复议诉讼各组之和应等于总计", status="fail", tests=3),
    )  # fmt: skip


def checked_run() -> CheckRun:
    """A report that the rules have checked: a total too large by 2, a figure that disagrees."""
    plan = clean_report().add("requests/new_received/total", 2)
    text = "本局收到政府信息公开申请67件，办结68件。政策解读0篇，开展培训3次。"
    return run_checks(plan.set_section("overview", text).report())


def clean_run() -> CheckRun:
    """The same report without any finding or doubt."""
    run = sample_run()
    passed = tuple(o.model_copy(update={"status": "pass", "reason": ""}) for o in run.outcomes)
    return run.model_copy(
        update={"verdict": "pass", "findings": (), "doubts": (), "outcomes": passed}
    )


def review_run() -> CheckRun:
    """The same report without a certain fault: a point, a rule and a doubt are open."""
    run = sample_run()
    kept = tuple(f for f in run.findings if f.verdict == "review")
    told = tuple(
        o.model_copy(update={"status": "pass"}) if o.status == "fail" else o for o in run.outcomes
    )
    return run.model_copy(update={"verdict": "review", "findings": kept, "outcomes": told})
