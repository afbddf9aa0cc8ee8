"""The case files below ``tests/rules``: what is changed in a clean report, what is expected."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from checker.assemble import assemble
from checker.checks import run_checks
from checker.domain.document import Document, FileKind, HiddenReason, HiddenText, Metadata
from checker.domain.report import SectionId, TableId
from checker.domain.run import CheckRun
from checker.rulebook import Rule, load_rulebook
from checker.rulebook.kinds_tables import TableRuleBase
from tests.builders import ReportPlan, clean_report

EXPECTATIONS = ("expect", "at", "suspect", "suggested", "says", "severity", "count")
PLAIN = ("{}", '{"base":"all_zero"}')
_RUNS: dict[tuple[str, str, str], CheckRun] = {}
FOLDER = Path(__file__).parent / "rules"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ExtraRowChange(_Strict):
    """A row that the form does not know."""

    table: TableId = "requests"
    after: str
    label: str
    values: tuple[str, ...]


class HiddenChange(_Strict):
    """Text that the page does not show, at the beginning of the overview."""

    text: str
    reason: HiddenReason = "hidden"


class Case(_Strict):
    """Changes to the clean report, and what the rule should say.

    Attributes:
        hidden: text that the page does not show.
        metadata: what the file states about itself.
        file_kind: as a file of this kind; a page of the web hides menus and notices.
        file_name: name of the file.
        form: run in this form only; in each form of the rule when None.
        at: must occur in a cell address or quote of the evidence.
    """

    form: Literal["2019", "2021"] | None = None
    body: str | None = None
    year: int | None = None
    base: Literal["clean", "all_zero"] = "clean"
    set_: dict[str, str] = Field(default={}, alias="set")
    add: dict[str, int] = {}
    drop_row: tuple[str, ...] = ()
    rename_row: dict[str, str] = {}
    rename_column: dict[str, str] = {}
    extra_row: tuple[ExtraRowChange, ...] = ()
    subtotal: dict[str, tuple[str, ...]] = {}
    group_heading: dict[str, str] = {}
    merge_other: bool = False
    drop_table: tuple[TableId, ...] = ()
    move_table: dict[TableId, SectionId] = {}
    text: dict[SectionId, str | tuple[str, ...]] = {}
    drop_section: tuple[SectionId, ...] = ()
    section_title: dict[SectionId, str] = {}
    title: str | tuple[str, ...] | None = None
    introduction: str | tuple[str, ...] | None = None
    hidden: tuple[HiddenChange, ...] = ()
    metadata: dict[str, str] = {}
    file_kind: FileKind = "docx"
    file_name: str | None = None
    expect: Literal["pass", "fail", "review", "not_applicable", "not_judged"]
    at: str | tuple[str, ...] = ()
    suspect: str | None = None
    suggested: int | None = None
    says: str | tuple[str, ...] = ()
    severity: Literal["error", "warning", "note"] | None = None
    count: int | None = None


class CaseFile(_Strict):
    """All cases of one rule."""

    rule: str
    cases: dict[str, Case]


class BoundCase(NamedTuple):
    """A case in one form."""

    rule: str
    name: str
    form: str
    case: Case

    @property
    def id(self) -> str:
        return f"{self.rule}:{self.name}:{self.form}"


def case_files() -> Iterator[tuple[Path, CaseFile]]:
    """Every case file, in order of its name."""
    for path in sorted(FOLDER.glob("*/*.yaml")):
        yield path, CaseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def bound_cases() -> Iterator[BoundCase]:
    """Every case in every form it is for."""
    rules = load_rulebook().rules
    for _, file in case_files():
        rule = rules[file.rule]
        for name, case in file.cases.items():
            for form in (case.form,) if case.form else rule.forms:
                yield BoundCase(file.rule, name, form, case)


def plan(bound: BoundCase) -> ReportPlan:
    """The changed report."""
    case = bound.case
    rule = load_rulebook().rules[bound.rule]
    more = {"body": case.body} if case.body else {}
    made = clean_report(bound.form, year=case.year, base=case.base, **more)
    for address, printed in case.set_.items():
        made.set_cell(full(address, rule), "" if printed == "blank" else printed)
    for address, delta in case.add.items():
        made.add(full(address, rule), delta)
    for row in case.drop_row:
        made.drop_row(*_split(row, rule))
    for row, label in case.rename_row.items():
        made.rename_row(*_split(row, rule), label)
    for column, label in case.rename_column.items():
        made.rename_column(*_split(column, rule), label)
    for extra in case.extra_row:
        made.extra_row(extra.table, after=extra.after, label=extra.label, values=extra.values)
    for group, values in case.subtotal.items():
        made.subtotal(group, values)
    for group, heading in case.group_heading.items():
        made.rename_group(group, heading)
    _change_frame(made, case)
    return made


def run(bound: BoundCase) -> CheckRun:
    """The run over the changed report; equal changes are checked once."""
    rule = load_rulebook().rules[bound.rule]
    table = rule.table if isinstance(rule, TableRuleBase) else None
    changes = bound.case.model_dump_json(exclude=set(EXPECTATIONS), exclude_defaults=True)
    key = (bound.form, "" if changes in PLAIN else str(table), changes)
    if key not in _RUNS:
        _RUNS[key] = run_checks(assemble(_document(plan(bound).document(), bound.case)))
    return _RUNS[key]


def _document(made: Document, case: Case) -> Document:
    """The document with what the case adds to the file rather than to the page."""
    if not (case.hidden or case.metadata or case.file_name or case.file_kind != "docx"):
        return made
    heads = [p.locator for p in made.paragraphs if p.heading]
    place = heads[0].part(heads[0].end, heads[0].end)
    source = made.source.model_copy(
        update={"kind": case.file_kind, "name": case.file_name or made.source.name}
    )
    return made.model_copy(
        update={
            "source": source,
            "hidden": tuple(
                HiddenText(text=h.text, reason=h.reason, locator=place) for h in case.hidden
            ),
            "metadata": tuple(Metadata(key=k, value=v) for k, v in case.metadata.items()),
        }
    )


def full(address: str, rule: Rule) -> str:
    """An address with the table that the rule implies."""
    if address.count("/") == 2:
        return address
    assert isinstance(rule, TableRuleBase) and rule.table, f"full address wanted: {address}"
    return f"{rule.table}/{address}"


def _split(name: str, rule: Rule) -> tuple[TableId, str]:
    table, _, rest = name.rpartition("/")
    wanted = table or (rule.table if isinstance(rule, TableRuleBase) else None)
    for known in ("proactive", "requests", "appeals"):
        if wanted == known:
            return known, rest
    raise AssertionError(f"table wanted: {name}")


def _change_frame(made: ReportPlan, case: Case) -> None:
    if case.merge_other:
        made.merge_other()
    for table in case.drop_table:
        made.drop_table(table)
    for table, section in case.move_table.items():
        made.move_table(table, section)
    for section, lines in case.text.items():
        made.set_section(section, lines)
    for section in case.drop_section:
        made.drop_section(section)
    for section, title in case.section_title.items():
        made.set_section_title(section, title)
    if case.title is not None:
        made.title = _lines(case.title)
    if case.introduction is not None:
        made.introduction = _lines(case.introduction)


def _lines(text: str | tuple[str, ...]) -> list[str]:
    return text.splitlines() if isinstance(text, str) else list(text)
