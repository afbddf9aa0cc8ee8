"""That nobody was held responsible is a statement of the ledger, so no model calls it empty."""

import pytest

from checker.checks import run_checks
from eval.builders import clean_report


@pytest.mark.parametrize(
    "text",
    [
        "未发生责任追究情形。",
        "全年未追究责任。",
        "未追究任何人的责任。",
        "没有单位和个人被追究责任。",
        "全年零追责。",
        "责任追究情况：无。",
    ],
)
def test_no_sanction_is_an_absence(text: str) -> None:
    plan = clean_report("2021", body="云溪县人民政府", year=2024)
    plan.set_section("overview", text)
    (claim,) = [c for c in run_checks(plan.report()).claims if c.section == "overview"]
    assert (claim.kind, claim.verdict) == ("absence", "not_enough_info")
