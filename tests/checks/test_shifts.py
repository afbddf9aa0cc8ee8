"""Lines that stand one place off: a doubt where nothing smaller explains the sums, else a rival."""

from collections.abc import Mapping, Sequence

import pytest

from checker.answers.findings import advice
from checker.checks import run_checks
from checker.domain.run import CheckRun
from checker.rulebook import load_forms
from tests.builders import APPLICANTS, clean_report
from tests.checks.planted import ABREAST

COLUMNS = (*APPLICANTS, "total")
GRANTED = "表三“（一）予以公开”行"
REVIEWED = "请对照原件：原件也这样印的，按此改正；不是的，是识读错位，以原件为准。"


def run_with(cells: Mapping[str, str], *, form: str = "2021", base: str = "typical") -> CheckRun:
    plan = clean_report(form) if base == "typical" else clean_report(form, base="all_zero")
    for cell, printed in cells.items():
        plan.set_cell(cell, printed)
    return run_checks(plan.report())


def row(name: str, printed: Sequence[str]) -> dict[str, str]:
    return {f"requests/{name}/{c}": p for c, p in zip(COLUMNS, printed, strict=True)}


def told(run: CheckRun) -> list[str]:
    """The doubts about shifted figures; nothing else may be said of the sums then."""
    doubts = [d.message for d in run.doubts if d.kind == "shifted_cells"]
    assert not doubts or not [f for f in run.findings if f.rule in ("T301", "T302", "T303", "T401")]
    return doubts


def figures(name: str) -> list[str]:
    cells = clean_report().tables["requests"][name]
    return [cells[c] for c in COLUMNS]


@pytest.mark.parametrize("name", ["granted", "denied.deliberative_process", "new_received"])
def test_a_whole_row_one_place_off_is_one_doubt_with_the_way_it_moved(name: str) -> None:
    own = figures(name)
    for printed, way in (
        (["0", *own[:-1]], "整行右移了一列"),
        ([own[-1], *own[:-1]], "整行右移了一列"),
        ([*own[1:], ""], "整行左移了一列"),
        ([*own[1:], own[0]], "整行左移了一列"),
        (["0", *own[:5], own[6]], "“自然人”至“其他”右移了一列"),
        (["", *own[:5], own[6]], "“自然人”至“其他”右移了一列"),
    ):
        (message,) = told(run_with(row(name, printed)))
        assert way in message
        assert f"应为{'、'.join(own)}。" in message
        assert message.endswith(REVIEWED)


def test_the_message_says_where_what_is_printed_and_what_it_should_be() -> None:
    run = run_with(row("granted", ["2", "0", "1", "3", "0", "0", "20"]))
    assert told(run) == [
        f"{GRANTED}看来“自然人”至“其他”左移了一列：印作2、0、1、3、0、0、20，"
        f"应为14、2、0、1、3、0、20。移回后，不相等的6处合计就都相等。{REVIEWED}"
    ]
    assert run.verdict == "review"


def test_sums_over_shifted_figures_are_not_judged() -> None:
    run = run_with(row("granted", ["2", "0", "1", "3", "0", "0", "20"]))
    status = {o.rule: (o.status, o.reason) for o in run.outcomes}
    reason = f"{GRANTED}看来错了位，对照原件后才能核对有关合计。"
    assert status["T302"] == ("not_judged", reason)
    assert status["T303"] == ("not_judged", reason)
    assert status["T301"][0] == "pass"


def test_a_row_of_one_figure_moved_with_its_total_is_a_doubt() -> None:
    (message,) = told(run_with(row("declined.duplicate", ["0", "1", "0", "0", "0", "0", "0"])))
    assert "整行右移了一列：印作0、1、0、0、0、0、0，应为1、0、0、0、0、0、1。" in message


def test_a_lone_figure_beside_its_place_is_a_fault_that_may_be_a_shift() -> None:
    run = run_with(row("declined.duplicate", ["0", "1", "0", "0", "0", "0", "1"]))
    assert told(run) == []
    (finding,) = run.findings
    assert finding.verdict == "fail"
    assert "看来两格的数填反了" in finding.message
    assert "也可能是“自然人”至“其他”右移了一列：应为1、0、0、0、0、0、1。" in finding.message
    assert len(finding.repairs) == 2


def test_a_lone_figure_behind_an_empty_cell_is_a_shift() -> None:
    (message,) = told(run_with(row("declined.duplicate", ["", "1", "0", "0", "0", "0", "1"])))
    assert "印作空白、1、0、0、0、0、1，应为1、0、0、0、0、0、1。" in message


def test_a_cell_left_out_moves_those_behind_it() -> None:
    own = figures("granted")
    assert own == ["14", "2", "0", "1", "3", "0", "20"]
    (message,) = told(run_with(row("granted", ["14", "0", "1", "3", "0", "20", ""])))
    assert f"{GRANTED}看来“商业企业”处漏了一格，其后各格左移了一列" in message
    assert "应为14、2、0、1、3、0、20。" in message


def test_two_rows_one_place_off_are_one_doubt() -> None:
    cells = row("granted", ["0", "14", "2", "0", "1", "3", "20"])
    own = figures("denied.deliberative_process")
    cells |= row("denied.deliberative_process", ["0", *own[:6]])
    (message,) = told(run_with(cells))
    assert "予以公开" in message
    assert "过程性信息" in message


def test_a_column_one_place_off_is_a_doubt() -> None:
    rows = load_forms()["2021"].table("requests").blocks[0].rows
    plan = clean_report()
    own = [plan.tables["requests"][r]["commercial"] for r in rows]
    column = [f"requests/{r}/commercial" for r in rows]
    (message,) = told(run_with(dict(zip(column, ["0", *own[:-1]], strict=True))))
    assert message.startswith("表三“商业企业”列看来整列下移了一行：应为")
    assert "（印作" in message


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize(("step", "way"), [(1, "右移"), (-1, "左移")])
def test_table_four_moved_as_a_whole_is_one_doubt(form: str, step: int, way: str) -> None:
    own = ["1", "0", "0", "2", "3", "0", "1", "0", "0", "1", "0", "0", "0", "0", "0"]
    moved = ["0", *own[:-1]] if step > 0 else [*own[1:], "0"]
    (message,) = told(run_with(dict(zip(ABREAST, moved, strict=True)), form=form))
    assert message.startswith("表四看来")
    assert f"{way}了一格" in message


def test_one_group_of_table_four_is_a_fault_that_may_be_a_shift() -> None:
    cells = dict(zip(ABREAST[:5], ["0", "3", "1", "0", "0"], strict=True))
    run = run_with(cells, base="all_zero")
    assert told(run) == []
    (finding,) = [f for f in run.findings if f.rule == "T401"]
    assert finding.verdict == "fail"
    assert "可能填错：总计，应为4" in finding.message
    assert "也可能是" in finding.message
    shifts = [r for r in finding.repairs if len(r.changes) > 1]
    right = {"upheld": 3, "corrected": 1, "other": 0, "pending": 0, "total": 4}
    assert any(right.items() >= {c.cell.split("/")[2]: c.value for c in r.changes}.items()
               for r in shifts)  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    [
        ["0", "3", "1", "0", "2"],  # moved back it would be 3, 1, 0, 2, 6: the 6 is made to fit
        ["0", "3", "1", "0", "3"],
        ["7", "0", "0", "0", "8"],
        ["5", "1", "0", "1", "4"],
    ],
)
def test_one_broken_sum_that_several_cells_explain_is_no_shift(printed: list[str]) -> None:
    run = run_with(dict(zip(ABREAST[:5], printed, strict=True)), base="all_zero")
    assert told(run) == []
    (finding,) = [f for f in run.findings if f.rule == "T401"]
    assert finding.verdict == "fail"
    assert "可能填错的是下列之一" in finding.message
    assert "移" not in finding.message
    assert all(len(r.changes) == 1 for r in finding.repairs)


def test_an_empty_cell_before_the_figures_of_a_group_may_be_a_shift() -> None:
    printed = ["", "3", "1", "0", "2"]
    run = run_with(dict(zip(ABREAST[:5], printed, strict=True)), base="all_zero")
    (finding,) = [f for f in run.findings if f.rule == "T401"]
    assert "也可能是" in finding.message
    assert "应为3、1、0、2、6。" in finding.message


@pytest.mark.parametrize(
    "printed",
    [
        ["2", "14", "0", "1", "3", "0", "20"],  # two neighbours in each other's place
        ["13", "3", "0", "1", "3", "0", "20"],  # two cells that make up for each other
        ["14", "2", "1", "0", "3", "0", "20"],
        ["0", "0", "0", "0", "0", "0", "0"],
        ["3", "14", "2", "0", "1", "0", "20"],  # moved, and one figure put elsewhere
    ],
)
def test_other_faults_of_a_row_are_no_shift(printed: list[str]) -> None:
    run = run_with(row("granted", printed))
    assert told(run) == []
    assert run.verdict == "fail"


def test_rows_that_hold_one_figure_are_no_shift() -> None:
    run = run_with(
        row("granted", ["0", "5", "0", "0", "0", "0", "5"])
        | row("total", ["0", "5", "0", "0", "0", "0", "5"])
        | row("new_received", ["0", "5", "0", "0", "0", "0", "5"]),
        base="all_zero",
    )
    assert run.doubts == ()
    assert run.findings == ()


def test_another_fault_is_told_beside_the_shift() -> None:
    cells = row("granted", ["2", "0", "1", "3", "0", "0", "20"])
    run = run_with(cells | {"requests/carried_over_out/total": "99"})
    assert [d.kind for d in run.doubts] == ["shifted_cells"]
    sums = [f for f in run.findings if f.rule in ("T301", "T302", "T303")]
    assert {f.suspect_cell for f in sums} == {"requests/carried_over_out/total"}
    assert run.verdict == "fail"


def test_what_the_text_says_is_held_against_the_figures_moved_back() -> None:
    own = figures("new_received")
    plan = clean_report()
    text = f"（二）依申请公开。本年新收政府信息公开申请{own[6]}件。"
    plan.sections["overview"] = [*plan.sections["overview"], text]
    for cell, printed in row("new_received", ["0", *own[:-1]]).items():
        plan.set_cell(cell, printed)
    agreeing = run_checks(plan.report())
    assert not [f for f in agreeing.findings if f.rule == "N101"]
    plan.sections["overview"][-1] = text.replace(own[6], "777")
    (finding,) = [f for f in run_checks(plan.report()).findings if f.rule == "N101"]
    assert finding.verdict == "review"
    assert finding.message.endswith("所据的数看来错了位（见存疑），请先对照原件。")


def test_rows_that_moved_alike_are_told_in_one_sentence() -> None:
    cells: dict[str, str] = {}
    for name in ("granted", "denied.deliberative_process", "new_received"):
        cells |= row(name, ["0", *figures(name)[:-1]])
    (message,) = told(run_with(cells))
    assert message.startswith("表三有3行看来整行右移了一列：“一、本年新收政府信息公开申请数量”印作")


def test_a_total_column_left_0_may_be_all_rows_out_of_place() -> None:
    names = load_forms()["2021"].table("requests").blocks[0].rows
    cells: dict[str, str] = {}
    for name in names:
        cells |= row(name, [*figures(name)[1:], "0"])
    run = run_with(cells)
    (finding,) = [f for f in run.findings if f.rule == "T303"]
    assert "“总计”列整列填0" in finding.message
    assert "行的数整行左移了一列。" in finding.message


def test_the_chat_gives_the_other_explanation_too() -> None:
    run = run_with(dict(zip(ABREAST[:5], ["0", "1", "1", "2", "0"], strict=True)), base="all_zero")
    (finding,) = [f for f in run.findings if f.rule == "T401"]
    assert finding.suspect_cell == ABREAST[4]
    assert "可能填错：总计，应为4。也可能是本组" in finding.message
    assert "最可能" not in finding.message
    assert "下列之一" in advice(finding)
