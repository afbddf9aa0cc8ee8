"""The rule files themselves: ids, basis, cases, catalogue, and what is said when one is wrong."""

import re
import shutil
from pathlib import Path

import pytest

from checker.checks.engine import run_rules
from checker.errors import DuplicateRuleError, RuleFormatError, UnknownCellError
from checker.rulebook import Rule, load_forms, load_regulations, load_rulebook
from checker.rulebook.catalogue import catalogue, show_rule
from checker.rulebook.documents import load_documents
from checker.rulebook.forms import FormSpec
from checker.rulebook.kinds_tables import EquationRule
from checker.rulebook.loader import load_data, parsed_text, read_rulebook, read_yaml
from checker.rulebook.wording import load_expressions, load_residue
from tests.builders import clean_report
from tests.conftest import may_update
from tests.rule_cases import case_files

ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules"
FAMILIES = {"C": "cells", "T2": "proactive", "T3": "requests", "T4": "appeals"}
FAMILIES |= {"F": "structure", "S": "structure", "N": "narrative", "A": "narrative"}
FAMILIES |= {"L": "legal", "D": "legal", "W": "wording"}
RULE_FILES = sorted(p for f in dict.fromkeys(FAMILIES.values()) for p in (RULES / f).glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rules of table 三."""
    copy = tmp_path / "rules"
    shutil.copytree(RULES / "requests", copy / "requests")
    return copy


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def readme_block(starts_with: str) -> str:
    blocks = (RULES / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1:]
    return next(b.split("```")[0] for b in blocks if b.startswith(starts_with))


def test_all_rules_of_the_catalogue_are_there() -> None:
    wanted = [f"C10{i}" for i in range(1, 6)] + [f"F10{i}" for i in range(1, 5)]
    wanted += [f"T20{i}" for i in range(1, 7)] + [f"T30{i}" for i in range(1, 6)]
    wanted += ["T401", "T402"] + [f"S1{i:02}" for i in range(1, 12)]
    wanted += [f"N10{i}" for i in range(1, 7)] + [f"A10{i}" for i in range(1, 9)]
    wanted += [f"L10{i}" for i in range(1, 7)] + [f"D10{i}" for i in range(1, 6)]
    wanted += [f"W10{i}" for i in range(1, 8)]
    assert set(wanted) <= set(load_rulebook().rules)


@pytest.mark.parametrize("path", RULE_FILES, ids=[p.stem for p in RULE_FILES])
def test_rule_file_is_short_and_named_after_its_id(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    rule = path.stem.partition("-")[0]
    assert lines[0] == f"id: {rule}"
    assert len(lines) <= 60
    assert path.parent.name == next(f for p, f in FAMILIES.items() if rule.startswith(p))


def test_every_basis_has_a_summary_of_ours() -> None:
    documents = {d.source: d for d in load_regulations()}
    for rule in load_rulebook().rules.values():
        assert rule.basis, rule.id
        for basis in rule.basis:
            document = documents.get(basis.source)
            assert document is not None, (rule.id, basis.source)
            assert document.clause(basis.clause) is not None, (rule.id, basis.clause)


def test_every_form_of_a_rule_has_a_basis() -> None:
    for rule in load_rulebook().rules.values():
        for form in rule.forms:
            assert any(not b.forms or form in b.forms for b in rule.basis), (rule.id, form)


def test_no_form_is_judged_by_a_document_of_a_later_one() -> None:
    since = {d.source: int((d.in_force or "0")[:4]) for d in load_regulations()}
    last = {"2019": 2020}  # the last year of a form that another one has replaced
    for rule in load_rulebook().rules.values():
        for basis in rule.basis:
            for form in set(basis.forms or rule.forms) & set(last):
                assert since[basis.source] <= last[form], (rule.id, basis.source, form)


@pytest.mark.parametrize("rule", load_rulebook().rules.values(), ids=lambda r: r.id)
def test_every_wording_of_a_rule_is_a_usable_pattern(rule: Rule) -> None:
    lists = (v for v in rule.__dict__.values() if isinstance(v, tuple))
    for pattern in (p for values in lists for p in values if isinstance(p, str)):
        re.compile(pattern)


def test_every_wording_of_the_data_is_a_usable_pattern() -> None:
    patterns = [w.pattern for k in load_residue().kinds for w in k.wordings]
    patterns += [e.near for e in load_expressions().expressions]
    patterns += [p for d in load_documents().documents for p in (*d.named, *d.only)]
    assert len(patterns) > 100
    for pattern in patterns:
        re.compile(pattern)


def test_every_rule_has_cases_that_pass_and_cases_that_do_not() -> None:
    told = {file.rule: {c.expect for c in file.cases.values()} for _, file in case_files()}
    for rule in load_rulebook().rules.values():
        if rule.status != "retired":
            assert rule.id in told, f"规则 {rule.id} 没有例子文件（tests/rules/）"
            assert "pass" in told[rule.id] or rule.id in ("T305", "A109"), rule.id
            assert told[rule.id] & {"fail", "review"}, rule.id


def test_case_files_stand_beside_their_rules() -> None:
    for path, file in case_files():
        assert path.stem == file.rule
        assert path.parent.name == next(f for p, f in FAMILIES.items() if file.rule.startswith(p))


def test_generated_catalogue_is_current() -> None:
    path = RULES / "CATALOG.md"
    note = "<!-- 本文件由 rules/ 下的规则文件生成，请勿手工修改 -->\n\n"
    text = note + catalogue(load_rulebook())
    if may_update():
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text


def test_parsed_rules_are_current() -> None:
    path = RULES / "parsed.json"
    if may_update():
        path.write_text(parsed_text(), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == parsed_text()


def test_an_edited_file_is_parsed_anew(tmp_path: Path) -> None:
    original = RULES / "places.yaml"
    edited = tmp_path / "places.yaml"
    edited.write_bytes(original.read_bytes() + b"\nadded: [1]\n")
    before, after = read_yaml(original, "places.yaml"), read_yaml(edited, "places.yaml")
    assert isinstance(before, dict)
    assert after == before | {"added": [1]}


def test_catalogue_shows_labels_and_no_ids() -> None:
    shown = show_rule(load_rulebook(), "T301")
    assert shown is not None
    assert "“一、本年新收政府信息公开申请数量” ＋“二、上年结转政府信息公开申请数量”" in shown
    assert "错误示例：" in shown
    text = catalogue(load_rulebook())
    ids = [r.id for f in load_forms().values() for t in f.tables for r in t.rows]
    assert not [i for i in ids if "_" in i and i in text]


def test_unknown_rule_has_no_page() -> None:
    assert show_rule(load_rulebook(), "T999") is None


def test_version_changes_with_the_rules_only(folder: Path) -> None:
    first = read_rulebook(folder).version
    (folder / "README.md").write_text("说明", encoding="utf-8")
    assert read_rulebook(folder).version == first
    path = folder / "requests" / "T301-balance.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_rulebook(folder).version == first
    change(path, "severity: error", "severity: warning")
    assert read_rulebook(folder).version != first


def test_unknown_row_is_named_with_the_nearest(folder: Path) -> None:
    change(folder / "requests" / "T301-balance.yaml", "carried_over_in =", "carried_in =")
    with pytest.raises(UnknownCellError) as caught:
        read_rulebook(folder)
    assert '"carried_in"' in str(caught.value)
    assert '是否指 "carried_over_in"' in str(caught.value)
    assert caught.value.path == "rules/requests/T301-balance.yaml"


def test_row_of_one_form_only_is_refused_where_the_other_form_is_meant(folder: Path) -> None:
    change(folder / "requests" / "T301-balance.yaml", "total +", "other.fee_unpaid +")
    with pytest.raises(UnknownCellError, match="2019"):
        read_rulebook(folder)


def test_duplicate_id_is_refused(folder: Path) -> None:
    shutil.copy(folder / "requests" / "T301-balance.yaml", folder / "requests" / "T999-x.yaml")
    with pytest.raises(DuplicateRuleError, match="T301"):
        read_rulebook(folder)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("severity: error", "severity: bad", "severity", "取值应为"),
        ("why:", "wy: x\nwhy:", "wy", "没有这个字段"),
        ("exceptions: []", "", "exceptions", "缺少这个字段"),
        ('since: "0.1"', "since: 0.1", "since", "请加引号"),
        ("check: equation", "check: equaton", "check", "取值应为"),
        ("check: equation", "", "check", "不知道是哪一种检查"),
        ("total + carried_over_out", "total +", "formula", "缺少编号或数字"),
        ("{place}：", "{palce}：", "message", "不认识 {palce}"),
        ("carried_over_in = total", "carried_over_in <= total", "localise", "等式"),
    ],
)
def test_wrong_rule_file_is_told_by_file_and_key(
    folder: Path, old: str, new: str, key: str, words: str
) -> None:
    change(folder / "requests" / "T301-balance.yaml", old, new)
    with pytest.raises(RuleFormatError) as caught:
        read_rulebook(folder)
    assert caught.value.path == "rules/requests/T301-balance.yaml"
    assert caught.value.key == key
    assert words in caught.value.message


def test_broken_yaml_is_told_by_file(folder: Path) -> None:
    (folder / "requests" / "T301-balance.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(RuleFormatError, match="T301-balance"):
        read_rulebook(folder)


def test_a_file_of_another_encoding_is_told_by_file(folder: Path) -> None:
    path = folder / "requests" / "T301-balance.yaml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(RuleFormatError, match=r"T301-balance\.yaml 不是 UTF-8"):
        read_rulebook(folder)


def test_a_missing_data_file_is_told_by_file() -> None:
    with pytest.raises(RuleFormatError, match=r"rules/nothing\.yaml 读不出来"):
        load_data("nothing.yaml", FormSpec)


def test_new_rule_of_the_readme_works_without_python(folder: Path) -> None:
    path = folder / "proactive" / "T290-compulsion.yaml"
    path.parent.mkdir()
    path.write_text(readme_block("id: T290"), encoding="utf-8")
    book = read_rulebook(folder)
    plan = clean_report("2021")
    assert not run_rules(plan.report(), book).findings
    plan.set_cell("proactive/compulsion/decisions", "900")
    (finding,) = run_rules(plan.report(), book).findings
    assert finding.rule == "T290"
    assert finding.message.startswith("表二“行政强制”行“本年处理决定数量”列填900，大于")


def test_trial_rule_reports_at_most_review(folder: Path) -> None:
    change(folder / "requests" / "T303-cross-footing.yaml", "status: stable", "status: trial")
    plan = clean_report("2021").add("requests/granted/total", 1)
    (finding,) = run_rules(plan.report(), read_rulebook(folder)).findings
    assert (finding.rule, finding.verdict) == ("T303", "review")


def test_retired_rule_is_silent(folder: Path) -> None:
    change(folder / "requests" / "T304-carry-over.yaml", "status: stable", "status: retired")
    run = run_rules(clean_report("2021").report(), read_rulebook(folder))
    assert "T304" not in {o.rule for o in run.outcomes}


def test_localised_rules_have_ranks_and_briefs() -> None:
    for rule in load_rulebook().rules.values():
        if isinstance(rule, EquationRule) and rule.localise:
            assert rule.rank > 0
            assert "{place}" in rule.brief
            assert "{advice}" in rule.message
