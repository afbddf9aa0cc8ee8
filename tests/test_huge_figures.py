"""Figures of more digits than anybody counts: no value, short messages, JSON for every reader."""

import json

from jsonschema import Draft202012Validator

from checker.output import CheckedFile, render
from checker.output.schema import machine_schema
from checker.pipeline import check_report
from tests.builders import clean_report
from tests.renderers import to_docx

_HUGE = "8" * 450
_LONGEST_MESSAGE = 400
_EXACT = 2**53  # readers of JSON that know floats only are exact so far


def test_a_huge_figure_in_a_cell_and_in_the_prose_has_no_value() -> None:
    plan = clean_report()
    plan.set_cell("requests/granted/total", _HUGE)
    plan.set_cell("proactive/fees/amount", f"{_HUGE}.5")
    plan.set_section("other_matters", f"全年发放材料{_HUGE}份，新收申请{_HUGE[:60]}件。")
    run = check_report(to_docx(plan), name="a.docx")
    data = json.loads(render([CheckedFile(file="a.docx", run=run)], "json"))
    Draft202012Validator(machine_schema()).validate(data)
    huge = [c for c in run.claims if c.printed.startswith(_HUGE[:60])]
    assert len(huge) == 2
    assert all(c.value is None and c.verdict != "supported" for c in huge)
    assert len([d for d in run.doubts if d.kind == "unreadable_cell"]) == 2
    told = [f.message for f in run.findings] + [d.message for d in run.doubts]
    assert max(map(len, told)) <= _LONGEST_MESSAGE
    assert all(c["value"] is None or abs(c["value"]) < _EXACT for c in data["claims"])
    values = [c["value"] for t in data["tables"].values() for r in t.values() for c in r.values()]
    assert all(v is None or abs(v) < _EXACT for v in values)


def test_fifteen_digits_are_read() -> None:
    plan = clean_report()
    plan.set_section("other_matters", "全年发放材料123456789012345份。")
    run = check_report(to_docx(plan), name="a.docx")
    assert [c.value for c in run.claims if c.printed == "123456789012345"] == [123456789012345]
