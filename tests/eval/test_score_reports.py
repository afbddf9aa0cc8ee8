"""The scorer of whole reports, with a small corpus and checkers whose answers are known."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from checker.domain.finding import Finding
from eval.report_suite import Corpus, Edit, File, load_corpus
from eval.score_reports import main, score

CLEAN = File("01-town.txt", "收到申请3件".encode())
FAULT = Edit(
    file=CLEAN.name, id="01-f1", type="fault", old="3", new="4", where="prose 一", what="表三为3"
)
CELL = FAULT.model_copy(update={"id": "01-f2", "where": "table 三"})
TWIN = FAULT.model_copy(update={"id": "01-t1", "type": "twin", "new": "三"})
SPOILED = {e.id: File(f"{e.id}.txt", f"收到申请{e.new}件".encode()) for e in (FAULT, CELL, TWIN)}
CORPUS = Corpus("x", (CLEAN,), SPOILED, (FAULT, CELL, TWIN))


def _finding(message: str, severity: str = "error") -> Finding:
    return Finding.model_validate(
        {
            "rule": "N101",
            "title": "正文与表格一致",
            "severity": severity,
            "verdict": "fail",
            "judged_by": "code",
            "message": message,
            "fix_hint": "改",
            "basis": [],
            "fingerprint": message,
            "evidence": [],
        }
    )


def test_a_checker_that_finds_the_faults_and_nothing_else() -> None:
    def checker(file: File) -> list[Finding]:
        return [_finding("正文写4件")] if "4" in file.data.decode() else []

    total = score(iter([CORPUS]), checker)
    assert (total.reports, total.errors, total.warnings) == (1, 0, 0)
    assert (total.prose, total.cells, total.twins) == ([1, 1], [1, 1], [0, 1])
    assert total.shown == []


def test_what_the_clean_report_has_already_finds_no_fault() -> None:
    total = score(iter([CORPUS]), lambda _: [_finding("没有写明期限", "warning")])
    assert (total.errors, total.warnings) == (0, 1)
    assert (total.prose, total.cells, total.twins) == ([0, 1], [0, 1], [0, 1])
    assert len(total.shown) == 1 + 2  # the false alarm and two faults that were not found
    assert "未查出：3 → 4（表三为3）" in total.shown[1]


def test_a_twin_with_a_new_finding_is_an_alarm() -> None:
    total = score(iter([CORPUS]), lambda f: [_finding("写成三")] if "三" in f.data.decode() else [])
    assert total.twins == [1, 1]
    assert any("孪生误报 N101" in line for line in total.shown)


def _archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def test_an_archive_is_read_as_it_was_written(tmp_path: Path) -> None:
    edits = json.dumps([{**FAULT.model_dump(), "cell": [1, 2, 3]}]).encode()
    files = {f"clean/{CLEAN.name}": CLEAN.data, "spoiled/01-f1.txt": b"4", "edits.json": edits}
    corpus = load_corpus(_archive(tmp_path / "x.tar.xz", files))
    assert corpus.clean == (CLEAN,)
    assert corpus.spoiled == {"01-f1": File("01-f1.txt", b"4")}
    assert corpus.edits == (FAULT,)


def test_an_archive_without_a_copy_of_an_edit_is_refused(tmp_path: Path) -> None:
    edits = json.dumps([FAULT.model_dump()]).encode()
    path = _archive(tmp_path / "x.tar.xz", {"edits.json": edits})
    with pytest.raises(KeyError, match="01-f1"):
        load_corpus(path)


def test_the_command_prints_a_line_for_each_part(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.score_reports.load_part", lambda _: iter([CORPUS]))
    monkeypatch.setattr("eval.score_reports.product", lambda _: [])
    assert main(["--show", "tuning"]) == 0
    printed = capsys.readouterr().out
    assert "x/01-f1 未查出" in printed
    heads = [line.split()[0] for line in printed.splitlines()[-4:]]
    assert heads == ["部分", "调试", "保留（平实）", "保留（数字多）"]
