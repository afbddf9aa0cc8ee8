"""True sentences that a narrower reading blamed, each beside a planted error."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report

CELLS = {
    "requests/new_received/natural_person": "9",
    "requests/new_received/commercial": "3",
    "requests/new_received/total": "12",
    "requests/carried_over_in/total": "1",
    "requests/granted/natural_person": "6",
    "requests/granted/commercial": "2",
    "requests/granted/total": "8",
    "requests/partially_granted/total": "2",
    "requests/total/natural_person": "8",
    "requests/total/commercial": "2",
    "requests/total/total": "10",
    "requests/carried_over_out/total": "3",
    "appeals/reconsideration/upheld": "2",
    "appeals/reconsideration/total": "2",
}


def refuted(text: str) -> bool:
    """Whether any row of the overview contradicts the tables or the text."""
    plan = clean_report("2021", body="云溪县水务局", year=2024, base="all_zero")
    for name, value in CELLS.items():
        plan.set_cell(name, value)
    plan.set_section("overview", text)
    claims = run_checks(plan.report()).claims
    rows = [c for c in claims if c.section == "overview"]
    assert rows
    return any(c.verdict == "refuted" for c in rows)


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        ("未收到科研机构提出的申请。", "未收到商业企业提出的申请。"),
        ("没有收到补正后仍不明确的申请。", "没有收到政府信息公开申请。"),
        ("行政复议案件中没有被撤销或纠正的情形。", "未发生因政府信息公开引起的行政复议。"),
        (
            "收到申请12件（自然人9件、商业企业3件），较上年减少4件（上年16件）。",
            "收到申请12件（自然人9件、商业企业3件），较上年减少5件（上年16件）。",
        ),
        (
            "收到申请12件，同比下降25%，上年为16件；办结10件，同比增长5%。",
            "收到申请12件，同比下降35%，上年为16件；办结10件，同比增长5%。",
        ),
        ("答复商业企业申请2件，其中予以公开2件。", "答复商业企业申请2件，其中予以公开1件。"),
        ("新收和结转申请共13件。", "新收和结转申请共14件。"),
        ("全部10件申请均按期答复。", "全部11件申请均按期答复。"),
        ("2024年12月收到申请2件。", "2024年收到申请2件。"),
        (
            "共办结申请10件（其中上年结转1件，本年新收9件）。",
            "共办结申请11件（其中上年结转1件，本年新收9件）。",
        ),
        ("上年结转申请均已办结。", "收到的申请均已办结。"),
        ("办结10件，其中予以公开8件、部分公开2件。", "办结10件，其中予以公开7件、部分公开2件。"),
    ],
)
def test_only_the_planted_error_is_refuted(true: str, wrong: str) -> None:
    assert not refuted(true)
    assert refuted(wrong)
