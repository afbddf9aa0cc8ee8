"""Reports without a fault: no rule may say anything."""

import pytest

from checker.checks import run_checks
from tests.builders import clean_report

BODIES = ("云溪县交通运输局", "云溪县人民政府", "云溪县松柏镇人民政府", "云溪县柳岸街道办事处")
YEARS = (("2019", 2019), ("2019", 2020), ("2021", 2021), ("2021", 2022), ("2021", 2025))


@pytest.mark.parametrize("base", ["clean", "all_zero"])
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(("form", "year"), YEARS)
def test_clean_report_passes(form: str, year: int, body: str, base: str) -> None:
    run = run_checks(clean_report(form, year=year, body=body, base=base).report())
    assert [f.message for f in run.findings] == []
    assert run.problems == ()
    assert [o for o in run.outcomes if o.status == "not_judged"] == []
    assert run.verdict == "pass", run.doubts
