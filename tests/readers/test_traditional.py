"""A report in traditional characters is read as the same one in simplified characters."""

import pytest

from checker.assemble.labels import label_key
from checker.domain.report import AnnualReport
from checker.pipeline import read_report
from checker.readers.plain_labels import key, label_run
from checker.rulebook import LabelSpec, load_forms
from checker.rulebook.characters import load_character_forms
from checker.rulebook.heading_figures import heading_before
from tests.builders import clean_report
from tests.renderers import to_txt

TRADITIONAL = {ord(b): a for a, b in reversed(tuple(load_character_forms().by_character.items()))}
SPECS = [
    spec
    for form in load_forms().values()
    for table in form.tables
    for spec in (*table.groups, *table.rows, *table.columns)
]


def cells(report: AnnualReport) -> list[tuple[str, object]]:
    return [(c.address, c.value) for t in report.tables for c in t.cells]


@pytest.mark.parametrize("spec", SPECS, ids=lambda s: s.id)
def test_labels_are_the_same(spec: LabelSpec) -> None:
    for text in (spec.label, *spec.accepted, *spec.recognised):
        written = text.translate(TRADITIONAL)
        assert label_key(written) == label_key(text)
        assert key(written) == key(text)


def test_labels_without_a_space_between_are_told_apart() -> None:
    assert [p.text for p in label_run("行政許可行政處罰行政強制")] == [
        "行政許可",
        "行政處罰",
        "行政強制",
    ]


def test_every_cell_is_read() -> None:
    printed = to_txt(clean_report()).decode()
    found = read_report(printed.translate(TRADITIONAL).encode(), name="1.txt")
    same = read_report(printed.encode(), name="1.txt")
    assert cells(found) == cells(same)
    assert found.doubts == ()


def test_a_heading_with_its_figure_is_told() -> None:
    assert heading_before("（三）不予公開（12件）") == "（三）不予公開"
