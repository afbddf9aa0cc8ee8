"""The scorer of single sentences: what a line is, and what counts as an alarm or a find."""

from pathlib import Path

import pytest

from eval.score_sentences import FOLDER, PARTS, Labelled, read_sentences, score, told

AGREES = Labelled(True, "2021", "收到政府信息公开申请66件。")
DIFFERS = Labelled(False, "2021", "收到政府信息公开申请61件。", "应为66件")


def test_what_agrees_is_no_alarm_and_what_differs_is_found() -> None:
    total = score(iter([AGREES, DIFFERS]))
    assert (total.right, total.errors, total.warnings) == (1, 0, 0)
    assert (total.wrong, total.found) == (1, 1)
    assert total.shown == []


def test_labels_the_other_way_round_are_an_alarm_and_a_miss() -> None:
    turned = [DIFFERS._replace(right=True), AGREES._replace(right=False, why="应为61件")]
    total = score(iter(turned))
    assert (total.right, total.errors, total.warnings) == (1, 1, 0)
    assert (total.wrong, total.found) == (1, 0)
    assert "N101" in total.shown[0]
    assert total.shown[1].endswith("未查出：应为61件")


def test_a_sentence_on_fees_stands_in_the_sixth_section() -> None:
    assert told(Labelled(True, "2021", "本年度未收取信息处理费。")) == []


def test_a_line_of_another_shape_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.tsv"
    file.write_text("t\t2021\t收到申请66件。\nt\t收到申请66件。\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv 第2行"):
        list(read_sentences(file))


def test_the_files_hold_what_they_say() -> None:
    for names in PARTS.values():
        for name in names:
            lines = list(read_sentences(FOLDER / f"{name}.tsv"))
            assert sum(s.right for s in lines) > 3 * sum(not s.right for s in lines) > 0
            assert all(s.why for s in lines if not s.right)
