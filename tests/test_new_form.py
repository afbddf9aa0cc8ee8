"""A new official form is one file: reports on it are read without a line of Python."""

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from checker.assemble import labels, lines
from checker.pipeline import check_report
from checker.rulebook import load_forms, load_rulebook, loader
from tests.builders import clean_report
from tests.renderers import render


def forget() -> None:
    for cached in (load_forms, load_rulebook, labels.label_index, lines._votes_of):
        cached.cache_clear()


@pytest.fixture
def form_of_2027(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rules = tmp_path / "rules"
    shutil.copytree(str(files("rules")), rules)
    text = (rules / "forms" / "2021.yaml").read_text(encoding="utf-8")
    text = text.replace('id: "2021"', 'id: "2027"').replace("first_year: 2021", "first_year: 2027")
    text = text.replace("label: 本年制发件数,", "label: 本年新制发文件数,")
    text = text.replace("label: 3.其他,", "label: 3.申请人主动撤回申请,")
    (rules / "forms" / "2027.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "rules_folder", lambda: rules)
    forget()
    yield
    forget()


@pytest.mark.usefixtures("form_of_2027")
@pytest.mark.parametrize("kind", ["docx", "txt"])
def test_reports_on_a_form_that_only_a_file_describes_are_read(kind: str) -> None:
    plan = clean_report("2027", year=2027)
    run = check_report(render(plan, kind), name=f"report.{kind}")
    assert run.report.identity.form == "2027"
    read = {c.address: c.value.printed for t in run.report.tables for c in t.cells}
    assert read["proactive/normative_documents/issued"] == "4"
    assert read["requests/other.miscellaneous/natural_person"] == "2"
    assert len(read) == 10 + 175 + 15
    assert all(not t.deviations for t in run.report.tables)


def test_without_the_file_the_same_report_is_on_an_older_form() -> None:
    plan = clean_report("2021", year=2024)
    assert check_report(render(plan, "docx"), name="r.docx").report.identity.form == "2021"
