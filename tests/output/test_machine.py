"""The machine interface: a contract."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.output import CheckedFile, FailedFile, render
from checker.output.exact_json import dumps
from checker.output.schema import machine_schema, render_schema
from tests.output.sample import clean_run, failing_run

FAILING = CheckedFile(file="云溪县林业局.docx", run=failing_run())
CLEAN = CheckedFile(file="好.txt", run=clean_run())
FAILED = FailedFile(file="坏.docx", kind="UnreadableFileError", message="损坏。", hint="重存。")


def parsed(*results: CheckedFile | FailedFile) -> Any:
    return json.loads(render(results, "json"), parse_float=Decimal)


def test_the_json_is_as_expected(expected: Callable[[str, str], None]) -> None:
    expected("output/failing.json", render([FAILING], "json"))


@pytest.mark.parametrize("results", [(FAILING,), (CLEAN,), (FAILED,), (FAILING, FAILED)])
def test_the_output_satisfies_the_published_schema(
    results: tuple[CheckedFile | FailedFile, ...],
) -> None:
    schema = machine_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(render(results, "json")))


def test_the_schema_refuses_a_missing_field() -> None:
    broken = json.loads(render([FAILING], "json"))
    del broken["verdict"]
    assert not Draft202012Validator(machine_schema()).is_valid(broken)


def test_the_schema_accepts_fields_of_later_versions() -> None:
    later = json.loads(render([FAILING], "json"))
    later["findings"][0]["added_later"] = 1
    Draft202012Validator(machine_schema()).validate(later)


def test_the_schema_is_printed_whole() -> None:
    assert json.loads(render_schema()) == json.loads(dumps(machine_schema()))


def test_the_output_is_the_same_each_time() -> None:
    assert render([FAILING], "json") == render(
        [CheckedFile(file=FAILING.file, run=failing_run())], "json"
    )


def test_decimals_are_exact() -> None:
    text = render([FAILING], "json")
    assert '"value": 12.5\n' in text or '"value": 12.5,' in text
    assert parsed(FAILING)["tables"]["proactive"]["fees"]["amount"]["printed"] == "12.50"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("116014.331"), "116014.331"),
        (Decimal("0.1"), "0.1"),
        (Decimal("0.30000000000000000000000000001"), "0.30000000000000000000000000001"),
        (Decimal("3.00"), "3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0"), "0"),
        (Decimal("9" * 5000), "9" * 5000),
    ],
)
def test_numbers_are_written_digit_for_digit(value: Decimal, printed: str) -> None:
    assert dumps(value) == printed


def test_json_is_what_the_standard_writer_would_print() -> None:
    value = {"b": [1, True, None, "引“号”\n"], "a": {}, "c": []}
    assert dumps(value) == json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)


def test_a_lone_surrogate_stays_valid_utf8() -> None:
    assert json.loads(dumps("坏\ud800").encode().decode()) == "坏\ud800"


@pytest.mark.parametrize("value", [Decimal("NaN"), 0.5, object()])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        dumps(value)


def test_a_cell_tells_printed_value_and_presence() -> None:
    tables = parsed(FAILING)["tables"]
    assert tables["requests"]["new_received"]["total"]["value"] == 4
    assert tables["requests"]["carried_over_in"]["total"]["presence"] == "blank"
    assert tables["requests"]["carried_over_in"]["total"]["value"] is None
    assert tables["proactive"]["licensing"]["decisions"]["presence"] == "dash"
    assert "decisions" not in tables["proactive"].get("compulsion", {})


def test_subtotals_stand_apart_from_rows() -> None:
    out = parsed(FAILING)
    assert "denied" not in out["tables"]["requests"]
    assert out["subtotals"]["requests"]["denied"]["total"]["value"] == 0


def test_a_quote_is_literal_at_its_offsets() -> None:
    run = failing_run()
    quotes = [e for f in parsed(FAILING)["findings"] for e in f["evidence"] if e["kind"] == "text"]
    assert quotes
    assert all(run.report.document.text[q["start"] : q["end"]] == q["quote"] for q in quotes)


def test_a_failed_file_is_an_object_with_its_reason() -> None:
    assert parsed(FAILED) == {
        "schema_version": "1",
        "report": {"file": "坏.docx"},
        "error": {"kind": "UnreadableFileError", "message": "损坏。", "hint": "重存。"},
    }


def test_several_files_are_an_array_in_order() -> None:
    assert [r["report"]["file"] for r in parsed(FAILING, FAILED)] == [FAILING.file, "坏.docx"]


def test_the_schema_carries_no_english_titles() -> None:
    text = render_schema()
    assert text.count('"title": "') == 1
    assert '"additionalProperties": false' not in text
