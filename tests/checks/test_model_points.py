"""What becomes of a model's proposals: points for a person, computed by code, never a pardon."""

from decimal import Decimal
from typing import get_args

import pytest

from checker.checks import run_checks
from checker.checks.model_points import add_reading
from checker.domain.finding import Finding
from checker.domain.reading import (
    Contradiction,
    ContradictionKind,
    Coverage,
    FigureLink,
    ModelReading,
    ModelUse,
    Quoted,
    Relation,
    Statement,
    Topic,
)
from checker.domain.report import AnnualReport
from checker.domain.run import CheckRun
from checker.llm.passages import Passages
from checker.rulebook import load_rulebook
from checker.rulebook.points import load_model_points
from tests.builders import clean_report
from tests.llm.reports import OVERVIEW, claim, report

USE = ModelUse(base_url="", model="", mode="prompt", temperature=0, seed=1, prompts=())
NEW = "requests/new_received/total"
COURT = "没有一位群众就信息公开把我局告上法庭"
DIRECT = "appeals/litigation_direct/total"


def quoted(of: AnnualReport, words: str) -> Quoted:
    return Passages(of).find(words)


def link(of: AnnualReport, quote: str, printed: str, *cells: str, known: int | None) -> FigureLink:
    passages = Passages(of)
    passage = passages.find(quote)
    figure = passages.inside(passage, printed)
    assert figure
    return FigureLink(passage=passage, claim=known, printed=printed, figure=figure, cells=cells)


def raised(run: CheckRun, **parts: object) -> tuple[CheckRun, list[Finding]]:
    """The run with a reading, and what is new in it."""
    told = add_reading(run, ModelReading.model_validate({"use": USE, **parts}))
    assert [f for f in told.findings if f.judged_by == "code"] == list(run.findings)
    new = [f for f in told.findings if f.judged_by == "model"]
    assert all(f.verdict == "review" and f.evidence and f.basis for f in new)
    return told, new


@pytest.fixture(scope="module")
def about() -> AnnualReport:
    return report()


@pytest.fixture(scope="module")
def run(about: AnnualReport) -> CheckRun:
    """A run whose ledger has one row that the code could not judge, and one that it could."""
    made = run_checks(about)
    rows = (
        claim(about, "群众来要信息的共66件", "66"),
        claim(about, "其中给了的20件", "20", judged=True),
    )
    return made.model_copy(update={"claims": rows, "findings": (), "verdict": "pass"})


# -- figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "quote", "printed", "cell"),
    [(0, "共66件", "66", NEW), (1, "的20件", "20", "requests/granted/total")],
)
def test_a_cell_that_agrees_is_a_hint_and_no_verdict(
    about: AnnualReport,
    run: CheckRun,
    *,
    known: int,
    quote: str,
    printed: str,
    cell: str,
) -> None:
    told, new = raised(run, links=[link(about, quote, printed, cell, known=known)])
    row, before = told.claims[known], run.claims[known]
    assert "语言模型认为说的是表三" in row.reason
    assert row.checks[-1].target == cell
    assert (row.verdict, row.target, row.judged) == (before.verdict, before.target, before.judged)
    assert (new, told.verdict) == ([], "pass")


@pytest.mark.parametrize(("known", "quote", "printed"), [(0, "共66件", "66"), (1, "的20件", "20")])
def test_a_figure_that_differs_is_for_a_person(
    about: AnnualReport, run: CheckRun, known: int, quote: str, printed: str
) -> None:
    told, (new,) = raised(
        run, links=[link(about, quote, printed, "requests/total/total", known=known)]
    )
    assert (new.rule, new.severity, told.verdict) == ("N101", "warning", "review")
    assert f"正文写{printed}件" in new.message
    assert "68" in new.message
    assert told.claims[known].verdict != "refuted"


def test_the_sum_of_the_cells_counts(about: AnnualReport, run: CheckRun) -> None:
    cells = ("requests/granted/total", "requests/partially_granted/total")
    _, (new,) = raised(run, links=[link(about, "共66件", "66", *cells, known=0)])
    assert "20＋8＝28" in new.message


def test_an_empty_cell_proves_nothing(about: AnnualReport) -> None:
    of = clean_report().set_section("overview", OVERVIEW).set_cell(NEW, "").report()
    made = run_checks(of).model_copy(update={"claims": (claim(of, "群众来要信息的共66件", "66"),)})
    _, new = raised(made, links=[link(of, "共66件", "66", NEW, known=0)])
    assert new == []


def test_no_cell_means_no_point(about: AnnualReport, run: CheckRun) -> None:
    told, new = raised(run, links=[link(about, "共66件", "66", known=0)])
    assert new == []
    assert told.model_copy(update={"model": run.model, "problems": run.problems}) == run


@pytest.mark.parametrize(
    ("words", "printed", "cell", "count"),
    [
        ("网上发布信息77条", "77", NEW, 0),
        ("接待来访77人次", "77", "appeals/reconsideration/total", 0),
        ("所占比重77%", "77", NEW, 0),
        ("经手的共77件", "77", NEW, 1),
        ("经手的共77万元", "77万", "proactive/licensing/decisions", 0),
        ("经手的共77件", "77", "proactive/fees/amount", 0),
        ("经手的共77万元", "77万", "proactive/fees/amount", 1),
        ("经手的共58.6万元", "58.6万", "proactive/fees/amount", 0),
        ("经手的共586000元", "586000", "proactive/fees/amount", 0),
    ],
)
def test_the_counting_word_has_to_go_with_the_cell(
    words: str, printed: str, cell: str, count: int
) -> None:
    of = report(f"{OVERVIEW}\n{words}。")
    number = printed.removesuffix("万")
    value = Decimal(number) * (10_000 if number != printed else 1)
    unit = "yuan" if words.endswith("元") else "件"
    row = claim(of, words, printed, value=str(value), unit=unit)
    made = run_checks(of).model_copy(update={"claims": (row,)})
    _, new = raised(made, links=[link(of, words, printed, cell, known=0)])
    assert len(new) == count


@pytest.mark.parametrize(
    ("words", "printed", "count"),
    [
        ("来信三十桩，当面二十桩", "三十", 1),
        ("来信六十六桩", "六十六", 0),
        ("来信好几桩", "好几", 0),
    ],
)
def test_a_figure_that_the_code_overlooked_is_read_by_code(
    words: str, printed: str, count: int
) -> None:
    of = report(f"{OVERVIEW}\n{words}。")
    made = run_checks(of)
    _, new = raised(made, links=[link(of, words[:6], printed, NEW, known=None)])
    assert len(new) == count
    assert all("66" in f.message and f.rule == "N101" for f in new)


def test_a_figure_that_the_code_left_out_on_purpose_is_no_count() -> None:
    words = "根据条例第二十条和第五十条的规定"
    of = report(f"{OVERVIEW}\n{words}。")
    _, new = raised(run_checks(of), links=[link(of, words, "二十", NEW, known=None)])
    assert new == []


# -- statements -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "cells", "others", "rule", "says"),
    [
        ("zero", [DIRECT], [], "N102", "是1"),
        ("zero", ["requests/denied.registry_query/total"], [], None, ""),
        ("not_zero", ["requests/denied.registry_query/total"], [], "N102", "是0"),
        ("not_zero", [DIRECT], [], None, ""),
        ("equal", ["requests/new_received/natural_person"], [NEW], "N103", "前者是51，后者是66"),
        ("equal", [NEW], [NEW], None, ""),
        ("at_most", [NEW], ["requests/granted/total"], "N103", "前者是66，后者是20"),
        ("at_most", ["requests/granted/total"], [NEW], None, ""),
    ],
)
def test_what_is_said_of_cells_is_computed(
    about: AnnualReport,
    run: CheckRun,
    *,
    relation: Relation,
    cells: list[str],
    others: list[str],
    rule: str | None,
    says: str,
) -> None:
    statement = Statement(
        passage=quoted(about, COURT), relation=relation, cells=tuple(cells), others=tuple(others)
    )
    _, new = raised(run, statements=[statement])
    assert [f.rule for f in new] == ([rule] if rule else [])
    assert all(says in f.message and COURT in f.message for f in new)


def test_what_the_cells_do_not_tell_is_not_guessed() -> None:
    of = clean_report().set_section("overview", OVERVIEW).set_cell(DIRECT, "/").report()
    statement = Statement(passage=quoted(of, COURT), relation="not_zero", cells=(DIRECT,))
    _, new = raised(run_checks(of), statements=[statement])
    assert new == []


def test_what_the_code_has_decided_is_not_told_again() -> None:
    of = report(f"{OVERVIEW}\n本年度未发生行政诉讼。")
    made = run_checks(of)
    assert "N102" in [f.rule for f in made.findings]
    statement = Statement(
        passage=quoted(of, "本年度未发生行政诉讼"), relation="zero", cells=(DIRECT,)
    )
    _, new = raised(made, statements=[statement])
    assert new == []


# -- coverage ---------------------------------------------------------------------------------


def covered(of: AnnualReport, topic: Topic, quote: str | None, *, concrete: bool) -> Coverage:
    passage = quoted(of, quote) if quote else None
    return Coverage(topic=topic, passage=passage, concrete=concrete)


def test_what_a_model_does_not_find_is_told_once_for_each_rule(
    about: AnnualReport, run: CheckRun
) -> None:
    topics: tuple[Topic, ...] = ("platform", "management", "problems")
    missing = [covered(about, t, None, concrete=False) for t in topics]
    _, new = raised(run, coverage=missing)
    assert [(f.rule, f.severity) for f in new] == [("S104", "note"), ("S106", "note")]
    assert "“政府信息管理”" in new[0].message
    assert "“平台建设”" in new[0].message


def test_a_fee_statement_that_the_code_has_found_is_there(
    about: AnnualReport, run: CheckRun
) -> None:
    told, new = raised(run, coverage=[covered(about, "fee", None, concrete=False)])
    assert new == []
    (problem,) = [p for p in told.problems if "以程序为准" in p.message]
    assert "“信息处理费”" in problem.message
    assert told.verdict == "pass"


def test_no_reproach_of_a_model_is_lost(about: AnnualReport) -> None:
    """Every required content that is called missing or empty is a point, a finding or a problem."""
    of = clean_report(body="云溪县人民政府").report()
    made = run_checks(of)
    quotes = {"fee": "信息处理费", "sanction": "责任追究"}
    for topic in get_args(Topic):
        for quote in (None, quotes.get(topic)):
            told, new = raised(made, coverage=[covered(of, topic, quote, concrete=False)])
            label = load_model_points().topics[topic].label
            messages = [f.message for f in (*new, *made.findings)]
            messages += [p.message for p in told.problems if "可用的意见" not in p.message]
            assert any(label in m for m in messages)


def test_a_line_with_a_figure_is_concrete(about: AnnualReport) -> None:
    """Whatever the model thinks of the words it has picked from it."""
    vague = covered(about, "disclosure", "政策解读成效显著", concrete=False)
    made = run_checks(about)
    assert raised(made, coverage=[vague])[1] == []
    without = made.model_copy(update={"claims": ()})
    assert len(raised(without, coverage=[vague])[1]) == 1


def test_contents_without_an_answer_are_named(about: AnnualReport, run: CheckRun) -> None:
    topics = [t for t in get_args(Topic) if t not in ("platform", "sanction")]
    found = [covered(about, t, "公开工作纳入年度考核", concrete=True) for t in topics]
    told, new = raised(run, coverage=found)
    (problem,) = told.problems
    assert "“平台建设”没有给出可用的意见" in problem.message  # 责任追究 is not asked of this body
    assert (new, told.verdict) == ([], "pass")


def test_empty_words_are_a_note(about: AnnualReport, run: CheckRun) -> None:
    vague = covered(about, "supervision", "公开工作纳入年度考核", concrete=False)
    _, (new,) = raised(run, coverage=[vague])
    assert (new.rule, new.severity) == ("S104", "note")


def test_what_is_covered_is_no_point(about: AnnualReport, run: CheckRun) -> None:
    _, new = raised(run, coverage=[covered(about, "fee", "信息处理费", concrete=True)])
    assert new == []


@pytest.mark.parametrize(
    ("body", "count"), [("云溪县人民政府", 1), ("云溪县交通运输局", 0), ("青岚街道办事处", 0)]
)
def test_a_rule_that_is_not_for_this_body_asks_nothing(body: str, count: int) -> None:
    of = clean_report(body=body).report()
    _, new = raised(run_checks(of), coverage=[covered(of, "sanction", None, concrete=False)])
    assert len(new) == count


def test_the_older_form_asks_for_no_fee_statement() -> None:
    of = clean_report("2019").report()
    _, new = raised(run_checks(of), coverage=[covered(of, "fee", None, concrete=False)])
    assert new == []


def test_what_the_code_found_missing_is_not_told_again() -> None:
    of = report("（一）主动公开。全年通过门户网站发布信息120条。")
    made = run_checks(of)
    assert "平台建设" in next(f.message for f in made.findings if f.rule == "S104")
    _, new = raised(made, coverage=[covered(of, "platform", None, concrete=False)])
    assert new == []


def test_a_model_that_finds_everything_clears_nothing() -> None:
    of = report("（一）主动公开。全年通过门户网站发布信息120条。")
    made = run_checks(of)
    everything = [
        covered(of, t, "全年通过门户网站发布信息", concrete=True) for t in get_args(Topic)
    ]
    told, new = raised(made, coverage=everything)
    assert new == []
    assert told.model_copy(update={"model": made.model}) == made


# -- contradictions ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "second", "rule"),
    [
        ("boast", "政策解读0篇", "政策解读成效显著", "A108"),
        ("fact", "发布前逐条进行保密审查", "门户网站公开专栏由专人维护", "A104"),
        ("quantity", "群众来要信息的共66件", "其中给了的20件", "A104"),
        ("quantity", "政策解读成效显著", "门户网站公开专栏由专人维护", None),
        ("quantity", "群众来要信息的共66件", "全年发布信息１２０条", None),
        ("quantity", "群众来要信息的共66件", "发布前逐条进行保密审查", None),
    ],
)
def test_two_passages_are_shown_side_by_side(
    about: AnnualReport,
    run: CheckRun,
    *,
    kind: ContradictionKind,
    first: str,
    second: str,
    rule: str | None,
) -> None:
    pair = Contradiction(kind=kind, first=quoted(about, first), second=quoted(about, second))
    _, new = raised(run, contradictions=[pair])
    assert [f.rule for f in new] == ([rule] if rule else [])
    assert all(first in f.message and second in f.message for f in new)


def test_pairs_about_one_matter_are_one_point(about: AnnualReport, run: CheckRun) -> None:
    words = ("政策解读0篇", "政策解读成效显著", "公开工作纳入年度考核", "发布前逐条进行保密审查")
    a, b, c, d = (quoted(about, w) for w in words)
    pairs = [
        Contradiction(kind=kind, first=first, second=second)
        for kind, first, second in (("boast", a, b), ("boast", a, c), ("fact", a, d))
    ]
    _, new = raised(run, contradictions=pairs)
    assert [f.rule for f in new] == ["A104", "A108"]
    assert "“政策解读0篇”、“政策解读成效显著”和“公开工作纳入年度考核”" in new[1].message
    assert len(new[1].evidence) == 3


# -- as data ----------------------------------------------------------------------------------


def test_every_point_belongs_to_a_rule_of_the_rulebook() -> None:
    assert set(load_model_points().rules()) <= set(load_rulebook().rules)


def test_every_topic_has_its_words() -> None:
    assert set(load_model_points().topics) == set(get_args(Topic))


def test_a_fingerprint_does_not_depend_on_the_place(about: AnnualReport, run: CheckRun) -> None:
    moved = report(f"前面多一段话。\n{OVERVIEW}")
    moved_run = run_checks(moved).model_copy(update={"findings": (), "verdict": "pass"})
    prints = []
    for of, made in ((about, run), (moved, moved_run)):
        statement = Statement(passage=quoted(of, COURT), relation="zero", cells=(DIRECT,))
        _, (new,) = raised(made, statements=[statement])
        prints.append(new.fingerprint)
    assert prints[0] == prints[1]


def test_the_order_is_that_of_rules_and_places(about: AnnualReport, run: CheckRun) -> None:
    wrong = [
        Statement(passage=quoted(about, words), relation="zero", cells=(DIRECT,))
        for words in (COURT, "政策解读成效显著")
    ]
    missing = covered(about, "problems", None, concrete=False)
    told, _ = raised(run, statements=wrong, coverage=[missing])
    places = [
        (f.rule, min(e.locator.start for e in f.evidence if e.locator)) for f in told.findings
    ]
    assert places == sorted(places)
    assert len(places) == 3
