"""The score counts places, targets, verdicts and rules; a scripted checker shows each of them."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from checker.domain.claim import Claim, ClaimVerdict
from checker.domain.locator import Locator
from checker.domain.report import AnnualReport
from checker.rulebook import load_forms
from eval import score_ledger
from eval.ledger_suite import LabelledCase, Part, load_suite
from eval.score_ledger import CaseScore, Checked, main, score_case, score_cases

TARGET = "requests/new_received/total"
CASES = """\
suite: ledger
part: tuning
cases:
  - id: t001
    types: [1, 20]
    form: "2021"
    year: 2024
    body: 云溪县水务局
    base: all_zero
    cells: {requests/new_received/total: "20"}
    section: overview
    text: "收到申请20件，均已办结，另有传阅件3件。"
    claims:
      - printed: "20"
        value: "20"
        unit: "件"
        kind: count
        target: requests/new_received/total
        verdict: supported
      - printed: "均"
        value: null
        unit: null
        kind: quantifier
        target: requests/carried_over_out/total
        verdict: supported
      - printed: "3"
        value: "3"
        unit: "件"
        kind: count
        target: any
        verdict: not_enough_info
        optional: true
    findings: [EXPECTED]
"""


def case(tmp_path: Path, *expected: str) -> LabelledCase:
    path = tmp_path / "cases.yaml"
    quoted = ", ".join(f'"{e}"' for e in expected)
    path.write_text(CASES.replace("EXPECTED", quoted), encoding="utf-8")
    return load_suite(path)[0]


def row(
    report: AnnualReport,
    printed: str,
    *,
    value: int | None,
    unit: str | None = None,
    word: bool = False,
    target: str | None = TARGET,
    verdict: ClaimVerdict = "supported",
) -> Claim:
    """A row about the first place of ``printed`` behind 收到申请."""
    text = report.document.text
    start = text.index(printed, text.index("收到申请"))
    place = Locator(start=start, end=start + len(printed), block=0)
    return Claim(
        section="overview",
        quote=printed,
        locator=place,
        printed=printed,
        figure=place,
        value=None if value is None else Decimal(value),
        unit=unit,
        kind="quantifier" if word else "count",
        target=target,
        verdict=verdict,
        reason="",
    )


def right(report: AnnualReport) -> list[Claim]:
    out = "requests/carried_over_out/total"
    return [
        row(report, "20", value=20, unit="件"),
        row(report, "均已办结", value=None, word=True, target=out),
    ]


def score(
    labelled: LabelledCase, rows: Sequence[Claim] | None = None, rules: Sequence[str] = ()
) -> CaseScore:
    def checker(report: AnnualReport) -> Checked:
        return Checked(right(report) if rows is None else rows, rules)

    return score_case(labelled, checker, form=load_forms()["2021"])


def with_rows(labelled: LabelledCase) -> AnnualReport:
    return labelled.plan().report()


def test_what_is_labelled_is_right_and_a_word_may_be_longer(tmp_path: Path) -> None:
    found = score(case(tmp_path))
    assert (found.extraction.right, found.extraction.given, found.extraction.wanted) == (2, 2, 2)
    assert (found.binding.right, found.fields.right) == (2, 2)
    assert (found.quiet, found.alarms, found.misses) == (1, 0, [])


def test_a_row_that_is_missing_lowers_recall_only(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    found = score(labelled, right(with_rows(labelled))[:1])
    assert (found.extraction.precision, found.extraction.recall) == (1.0, 0.5)
    assert "均" in found.misses[0]


def test_a_row_nobody_asked_for_lowers_precision_only(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    more = row(report, "2", value=2)  # a piece of 20
    found = score(labelled, [*right(report), more])
    assert found.extraction.precision == pytest.approx(2 / 3)
    assert found.extraction.recall == 1.0
    assert "多出" in found.misses[0]


def test_an_optional_row_is_counted_neither_way(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    found = score(labelled, [*right(report), row(report, "3", value=3, target=None)])
    assert (found.extraction.given, found.extraction.wanted) == (2, 2)


def test_a_part_of_a_numeral_is_no_hit(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    found = score(labelled, [row(report, "0", value=0), right(report)[1]])
    assert (found.extraction.right, found.extraction.given) == (1, 2)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("requests/total/total", "supported"), (None, "supported"), (TARGET, "not_enough_info")],
)
def test_a_wrong_target_or_verdict_is_found_but_not_bound(
    tmp_path: Path, target: str | None, verdict: ClaimVerdict
) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    wrong = row(report, "20", value=20, unit="件", target=target, verdict=verdict)
    found = score(labelled, [wrong, right(report)[1]])
    assert (found.extraction.right, found.binding.right) == (2, 1)


def test_a_wrong_value_is_counted_apart(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    found = score(labelled, [row(report, "20", value=2, unit="件"), right(report)[1]])
    assert (found.binding.right, found.fields.right, found.fields.given) == (2, 1, 2)


def test_a_refuted_row_or_a_rule_in_a_true_case_is_an_alarm(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    refuted = row(with_rows(labelled), "20", value=20, verdict="refuted")
    assert score(labelled, [refuted]).alarms == 1
    assert score(labelled, rules=["N101"]).alarms == 1
    assert score(labelled, rules=["S104", "T301"]).alarms == 0


def test_rules_are_right_missing_or_too_many(tmp_path: Path) -> None:
    labelled = case(tmp_path, "N101|N102", "A101?", "A102")
    found = score(labelled, rules=["N102", "N102", "A101", "A108", "S104"]).findings
    assert (found.right, found.given, found.wanted) == (1, 2, 2)


def test_rows_outside_the_text_are_not_judged(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    report = with_rows(labelled)
    year = report.document.text.index("2024")
    outside = right(report)[0].model_copy(
        update={"figure": Locator(start=year, end=year + 4, block=0)}
    )
    assert score(labelled, [*right(report), outside]).extraction.given == 2


def test_cases_are_added_up(tmp_path: Path) -> None:
    labelled = case(tmp_path)
    total = score_cases([labelled, labelled], lambda report: Checked(right(report), []))
    assert (total.cases, total.quiet, total.extraction.wanted) == (2, 2, 4)


@pytest.mark.parametrize("shown", [(), ("held_out",)])
def test_misses_are_listed_only_where_asked_for(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    shown: tuple[Part, ...],
) -> None:
    labelled = case(tmp_path)
    monkeypatch.setattr(score_ledger, "load_part", lambda part: (labelled,))
    arguments = [a for p in shown for a in ("--show", p)]
    assert main(arguments, checker=lambda report: Checked([], [])) == 0
    printed = capsys.readouterr().out
    assert printed.count("漏取") == 2 * len(shown)
    assert ("保留部分的不符" in printed) == bool(shown)
    assert "调试部分的不符" not in printed
    assert "0/0/2" in printed


def test_the_interval_is_that_of_wilson() -> None:
    assert score_ledger.interval(97, 100) == "97.0% (91.5%–99.0%)"
    assert score_ledger.interval(0, 0) == "—"
