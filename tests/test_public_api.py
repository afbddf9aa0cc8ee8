"""Names that others rely on: what packages export, and the keys of the machine interface."""

import importlib
import json
import re
from collections.abc import Mapping
from types import ModuleType

import pytest
from pydantic import BaseModel

from checker.output import machine
from checker.output.schema import machine_schema

EXPORTS: Mapping[str, set[str]] = {
    "checker.assemble": {"assemble"},
    "checker.checks": {"run_checks"},
    "checker.cli": {"entry", "main"},
    "checker.output": {
        "FORMATS",
        "CheckedFile",
        "FailedFile",
        "FileResult",
        "OutputFormat",
        "render",
    },
    "checker.llm": {"read_with_model"},
    "checker.readers": {"read"},
}

# DESIGN.md, "The machine interface": a contract. Fields may be added here, none removed.
KEYS: Mapping[str, set[str]] = {
    "MachineRun": {
        *("schema_version", "report", "verdict", "findings", "claims", "tables", "doubts"),
        *("problems", "coverage", "versions"),
        *("subtotals", "deviations", "checked", "model"),
    },
    "ReportOut": {
        *("file", "sha256", "agency", "level", "kind_of_body", "year", "form", "title"),
        *("period", "publication_date", "empty_form", "class_reason"),
    },
    "FindingOut": {
        *("rule", "severity", "verdict", "judged_by", "message", "fix_hint", "basis"),
        *("fingerprint", "evidence", "suspect_cell", "suggested_value"),
        *("title", "also_rules", "repairs"),
    },
    "BasisOut": {"source", "clause"},
    "CellEvidenceOut": {"kind", "cell", "label", "printed", "value", "page", "start", "end"},
    "TextEvidenceOut": {"kind", "section", "quote", "page", "start", "end"},
    "RepairOut": {"changes"},
    "ChangeOut": {"cell", "label", "printed", "value"},
    "ClaimOut": {
        *("section", "quote", "start", "end", "printed", "value", "unit", "kind"),
        *("approximation", "scope", "target", "expected", "verdict", "reason"),
        *("figure_start", "figure_end", "page", "judged"),
    },
    "CellOut": {"printed", "value", "presence", "unit", "remark", "page", "start", "end"},
    "DeviationOut": {"table", "kind", "id", "printed", "official"},
    "DoubtOut": {"kind", "message", "cell", "cells", "quote", "page", "start", "end"},
    "ProblemOut": {"stage", "message", "rule"},
    "CheckedOut": {"rule", "title", "status", "tests", "reason"},
    "CoverageOut": {"numbers", "judged"},
    "VersionsOut": {"checker", "rulebook"},
    "ModelOut": {
        *("status", "base_url", "model", "mode", "temperature", "seed", "prompts"),
        "not_assessed",
    },
    "PeriodOut": {"first", "last"},
    "MachineFailure": {"schema_version", "report", "error"},
    "FailedReportOut": {"file"},
    "ErrorOut": {"kind", "message", "hint"},
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_package_exports_what_others_rely_on(name: str) -> None:
    module: ModuleType = importlib.import_module(name)
    assert set(module.__all__) == EXPORTS[name]
    assert all(hasattr(module, export) for export in module.__all__)


def models() -> dict[str, type[BaseModel]]:
    return {
        name: model
        for name, model in vars(machine).items()
        if isinstance(model, type)
        and issubclass(model, machine.Machine)
        and model is not machine.Machine
    }


def test_every_model_of_the_machine_interface_is_pinned() -> None:
    assert set(models()) == set(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_the_keys_of_the_machine_interface_stay(name: str) -> None:
    assert set(models()[name].model_fields) == KEYS[name]


def test_the_closed_sets_of_the_machine_interface_stay() -> None:
    definitions = json.loads(json.dumps(machine_schema()))["$defs"]

    def allowed(model: str, field: str) -> set[str | None]:
        shape = definitions[model]["properties"][field]
        choices = shape.get("anyOf", [shape])
        return {value for c in choices for value in c.get("enum", [None])}

    assert allowed("MachineRun", "verdict") == {"fail", "review", "pass"}
    assert allowed("FindingOut", "severity") == {"error", "warning", "note"}
    assert allowed("FindingOut", "verdict") == {"fail", "review"}
    assert allowed("FindingOut", "judged_by") == {"code", "model"}
    pattern = definitions["ReportOut"]["properties"]["form"]["pattern"]
    assert all(re.fullmatch(pattern, form) for form in ("2019", "2021", "unknown"))
    levels = {"ministry", "province", "city", "county", "township", None}
    assert allowed("ReportOut", "level") == levels
    kinds = {"government", "office", "department", "branch", "vertical", None}
    assert allowed("ReportOut", "kind_of_body") == kinds
    presences = {"given", "blank", "dash", "words", "unreadable"}
    assert allowed("CellOut", "presence") == presences
