"""Two columns or rows in each other's place: a doubt with both, no blame of single cells."""

from checker.checks import run_checks
from checker.domain.run import CheckRun
from tests.builders import APPLICANTS, clean_report

_SUMS = ("T301", "T302", "T303", "T304", "T401")


def _exchanged(one: str, other: str, *, column: bool) -> CheckRun:
    plan = clean_report()
    rows = plan.tables["requests"]
    if column:
        for cells in rows.values():
            cells[one], cells[other] = cells[other], cells[one]
    else:
        rows[one], rows[other] = rows[other], rows[one]
    return run_checks(plan.report())


def _told(run: CheckRun) -> list[str]:
    return [d.message for d in run.doubts if d.kind == "shifted_cells"]


def test_exchanged_columns_are_a_doubt_that_names_both() -> None:
    for applicant in APPLICANTS[:2]:
        run = _exchanged(applicant, "total", column=True)
        (message,) = _told(run)
        assert "列和“总计”列互换了（或名称印反了）" in message
        assert not [f for f in run.findings if f.rule in _SUMS]
        assert run.verdict == "review"
    assert "可能是“商业企业”列和“总计”列互换了" in message


def test_exchanged_rows_are_a_doubt_that_names_both() -> None:
    run = _exchanged("total", "granted", column=False)
    (message,) = _told(run)
    assert "表三“（一）予以公开”行和“（七）总计”行的数看来互换了" in message


def test_what_the_prose_says_of_exchanged_columns_is_not_judged() -> None:
    run = _exchanged("natural_person", "total", column=True)
    assert not [f for f in run.findings if f.rule.startswith("N1") and f.verdict == "fail"]


def test_one_wrong_cell_beside_a_total_is_no_exchange() -> None:
    plan = clean_report()
    plan.set_cell("requests/granted/natural_person", "9999")
    assert not _told(run_checks(plan.report()))
