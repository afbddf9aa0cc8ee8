"""The ledgers of the real reports; they were gone through by hand, figure by figure.

The golden files hold figures and verdicts only, no sentence of the reports.
"""

from collections.abc import Callable

import pytest

from checker.domain.run import CheckRun
from checker.pipeline import check_report
from tests.test_real_reports import REPORTS

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")

FILES = {
    "hushu2020": "湖墅街道2020.txt",
    "hongze2023": "洪泽区2023.pdf",
    "hongze2024": "洪泽区2024.pdf",
}


def ledger(name: str) -> CheckRun:
    path = REPORTS / FILES[name]
    return check_report(path.read_bytes(), name=path.name)


def rows(run: CheckRun) -> str:
    lines = [
        "\t".join(
            str(v) for v in (c.section, c.kind, c.printed, c.value, c.unit, c.target, c.verdict)
        )
        for c in run.claims
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_every_figure_has_its_verdict(name: str, expected: Callable[[str, str], None]) -> None:
    expected(f"ledgers/{name}.tsv", rows(ledger(name)))


def test_all_figures_of_the_street_are_in_the_ledger() -> None:
    run = ledger("hushu2020")
    overview = [c for c in run.claims if c.section == "overview" and c.kind != "absence"]
    assert len(overview) == 23
    assert all(c.verdict != "refuted" for c in run.claims)
    for noun, value in (("人大建议", 13), ("政协提案", 17)):
        twice = [c for c in overview if c.subject == noun]
        assert [c.value for c in twice] == [value, value]
        assert {c.verdict for c in twice} == {"supported"}
    found = {f.rule: f.verdict for f in run.findings}
    assert found["L103"] == "review"
    assert found["A101"] == "review"
    assert not [f for f in run.findings if f.severity == "error"]
