"""The command line: exit status, partial failure, and words for every mistake."""

import errno
import gc
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import checker
from checker import pipeline
from checker.cli import entry, main
from checker.cli.console import OutputClosedError, emit
from checker.cli.faults import CommandError
from checker.cli.inputs import Chosen, load, select
from checker.cli.main import COMMANDS
from checker.errors import InputError, RuleFormatError
from checker.output import labels
from checker.output.schema import machine_schema
from checker.output.width import width
from checker.rulebook import load_rulebook
from checker.settings import Limits, load_settings
from tests.builders import clean_report
from tests.renderers import to_txt

ROOT = Path(checker.__file__).parent.parent


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "好.txt"
    path.write_bytes(to_txt(clean_report()))
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "错.txt"
    path.write_bytes(to_txt(clean_report().add("requests/granted/total", 1)))
    return path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "坏.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    return path


def words(text: str) -> list[str]:
    """English words that are neither a command, an option nor a file suffix."""
    plain = re.sub(r"xxgk \w+|XXGK_\w+|--?[a-z]+|\.\w+|https?://\S+", "", text)
    known = {*COMMANDS, "show", "text", "json", "markdown", "html", "ui", "JSON", "Schema"}
    known |= {"xxgk", "Word", "PDF", "start", "end", "T", "auto", "off"}
    return [w for w in re.findall(r"[A-Za-z]+", plain) if w not in known]


# -- exit status ---------------------------------------------------------------------------


def test_a_clean_report_exits_0(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(clean)]) == 0
    assert "结论：通过" in capsys.readouterr().out


def test_a_failing_report_exits_1(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(wrong)]) == 1
    assert "结论：不通过" in capsys.readouterr().out


def test_a_file_that_cannot_be_checked_exits_2_with_one_line(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(damaged)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"错误：{damaged}：")


def test_a_damaged_rulebook_exits_3(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged_rules(*_: object, **__: object) -> None:
        raise RuleFormatError("规则文件损坏。", path="rules/x.yaml")

    monkeypatch.setattr(pipeline, "check_report", damaged_rules)
    assert main(["check", str(clean)]) == 3
    assert "规则文件损坏。" in capsys.readouterr().err


def test_an_unforeseen_fault_is_one_sentence_without_text_of_the_report(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("机密内容")

    monkeypatch.setattr(pipeline, "check_report", broken)
    assert main(["check", str(clean)]) == 3
    err = capsys.readouterr().err
    assert re.search(r"程序内部错误：KeyError（\S+:\d+）", err)
    assert "机密内容" not in err
    assert "Traceback" not in err


def test_debug_shows_the_traceback(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(pipeline, "check_report", broken)
    assert main(["check", str(clean), "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_crashing_rule_is_told_in_a_sentence(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("机密内容")

    monkeypatch.setattr("checker.checks.engine.evaluate", broken)
    main(["check", str(clean)])
    told = capsys.readouterr()
    assert "执行时出错，本条没有核对" in told.out
    assert "机密内容" not in told.out + told.err
    assert "Traceback" not in told.err
    main(["check", str(clean), "--debug"])
    assert "KeyError" in capsys.readouterr().err


def test_an_interruption_is_one_line(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check_report", interrupted)
    assert main(["check", str(clean)]) == 130
    assert capsys.readouterr().err == "已中断。\n"


def test_an_unusable_setting_exits_2(
    clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XXGK_PORT", "千")
    load_settings.cache_clear()
    try:
        assert main(["check", str(clean)]) == 2
    finally:
        load_settings.cache_clear()
    assert "XXGK_PORT" in capsys.readouterr().err


# -- several files -------------------------------------------------------------------------


def test_a_bad_file_never_stops_the_rest(
    damaged: Path, wrong: Path, clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(damaged), str(wrong), str(clean), "没有.docx"]) == 2
    out = capsys.readouterr().out
    summary = out[out.index("汇总\n") :]
    assert summary.count("没有核对：") == 2
    assert "不通过" in summary
    assert "共 4 份：不通过 1 份，需人工核对 0 份，通过 1 份，没有核对 2 份。" in summary


def test_the_worst_status_wins(
    wrong: Path, clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check = pipeline.check_report

    def broken(data: bytes, *, name: str, **rest: object) -> object:
        if name == clean.name:
            raise ZeroDivisionError
        return check(data, name=name)

    monkeypatch.setattr(pipeline, "check_report", broken)
    assert main(["check", str(clean), "没有.docx", str(wrong)]) == 3
    assert capsys.readouterr().out.count("\n结论：") == 3


def test_streamed_text_is_what_a_file_would_hold(
    clean: Path, wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(clean), str(wrong)])
    streamed = capsys.readouterr().out
    target = tmp_path / "out.log"
    main(["check", str(clean), str(wrong), "-o", str(target)])
    assert target.read_text(encoding="utf-8") == streamed


def test_a_folder_stands_for_its_documents(
    clean: Path, wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = clean.parent
    (folder / "~$好.docx").write_bytes(b"lock")
    (folder / "图.png").write_bytes(b"x")
    (folder / "下级").mkdir()
    selection = select([str(folder)])
    assert [c.path.name for c in selection.files] == sorted([clean.name, wrong.name])
    assert selection.left_out == (str(folder / "图.png"),)
    main(["check", str(folder)])
    assert "没有核对文件夹里的其他 1 个文件" in capsys.readouterr().err


def test_a_report_in_a_format_we_cannot_read_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "老.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    assert [c.path.name for c in select([str(tmp_path)]).files] == ["老.doc"]


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert "没有可以核对的文件" in capsys.readouterr().err


def test_wildcards_are_expanded_by_us(clean: Path, wrong: Path) -> None:
    named = select([str(clean.parent / "*.txt"), str(clean)]).files
    assert [c.path.name for c in named] == sorted([clean.name, wrong.name])


def test_brackets_in_a_file_name_are_no_wildcards(tmp_path: Path) -> None:
    (tmp_path / "报告[2024].txt").write_bytes(b"x")
    assert len(select([str(tmp_path / "报告[2024].t*")]).files) == 1
    assert len(select([str(tmp_path / "报告[2024].txt")]).files) == 1


def test_a_wildcard_without_a_match_is_an_error(tmp_path: Path) -> None:
    (error,) = select([str(tmp_path / "*.docx")]).items
    assert isinstance(error, InputError)


def test_a_file_named_twice_is_checked_once(clean: Path) -> None:
    assert len(select([str(clean), str(clean.parent / "." / clean.name)]).files) == 1


def test_a_name_that_no_file_can_have_is_an_error() -> None:
    for name in ("x" * 5000, "a\0b"):
        (chosen,) = select([name]).files
        with pytest.raises(InputError):
            load(chosen, Limits())


def test_a_large_file_is_refused_before_it_is_read(clean: Path) -> None:
    with pytest.raises(InputError, match="超过上限"):
        load(Chosen(str(clean), clean), Limits(file_bytes=10))


# -- formats and -o ------------------------------------------------------------------------


def test_json_of_one_file_is_an_object_and_of_several_an_array(
    clean: Path, damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    validator = Draft202012Validator(machine_schema())
    assert main(["check", str(clean), "--format", "json"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert main(["check", str(clean), str(damaged), "--format", "json"]) == 2
    several = json.loads(capsys.readouterr().out)
    validator.validate(one)
    validator.validate(several)
    assert one["report"]["file"] == str(clean)
    assert several[0] == one
    assert several[1]["error"]["kind"]


def test_json_of_a_bad_file_says_why_and_exits_2(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(damaged), "--format", "json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert set(error) == {"kind", "message", "hint"}


def test_the_same_file_gives_the_same_json(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(wrong), "--format", "json"])
    first = capsys.readouterr().out
    main(["check", str(wrong), "--format", "json"])
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("suffix", "start"),
    [(".json", "{"), (".md", "# 反馈单"), (".html", "<!DOCTYPE"), (".log", "文件")],
)
def test_the_suffix_of_the_target_decides_the_format(
    suffix: str, start: str, clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / f"结果{suffix}"
    assert main(["check", str(clean), "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith(start)
    assert "结论：通过" in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_an_input_is_never_overwritten(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = clean.read_bytes()
    assert main(["check", str(clean), "-o", str(clean)]) == 2
    assert clean.read_bytes() == before
    assert "不能覆盖" in capsys.readouterr().err


def test_a_missing_folder_is_named(
    clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(clean), "-o", str(tmp_path / "没有" / "a.md")]) == 2
    assert str(tmp_path / "没有") in capsys.readouterr().err


def test_a_name_that_no_file_can_have_is_no_target(
    clean: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(clean), "-o", "x" * 5000]) == 2
    assert capsys.readouterr().err.startswith("错误：结果文件的名称不能用。")


def test_a_folder_is_no_target(
    clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(clean), "-o", str(tmp_path)]) == 2
    assert "是文件夹" in capsys.readouterr().err


def test_a_target_that_cannot_be_written_leaves_the_old_one(
    clean: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "结果.md"
    target.write_text("旧", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    assert main(["check", str(clean), "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8") == "旧"
    assert "写不进" in capsys.readouterr().err


# -- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        ["chek"],
        ["x" * 5000],
        ["报告.docx"],
        ["check"],
        ["check", "a", "--fromat"],
        ["check", "a", "--format"],
        ["check", "a", "--format", "xlsx"],
        ["check", "a", "--format=pdf"],
        ["check", "a", "-o"],
        ["check", "--form", "json", "a"],
        ["text"],
        ["text", "甲", "乙"],
        ["text", "甲", "--plain=1"],
        ["tables"],
        ["rules", "show"],
        ["rules", "show", "T301", "T302"],
        ["rules", "--family", "Q"],
        ["rules", "没有哪条规则说到这个"],
        ["rules", "--family", "T4", "公章"],
        ["rules", "show", "不存在"],
        ["schema", "多余"],
        ["text", "没有这个文件"],
    ],
)
def test_every_mistake_is_one_chinese_sentence_and_exits_2(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("错误：")
    assert err.count("\n") == 1
    given = {w for part in line for w in re.findall(r"[A-Za-z]+", part)}
    assert [w for w in words(err) if w not in given] == []


@pytest.mark.parametrize("line", [[], ["--help"], ["-h"], *([c, "--help"] for c in COMMANDS)])
def test_help_is_chinese(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(line) == 0
    out = capsys.readouterr().out
    assert out.startswith("用法：")
    assert words(out) == []


def test_help_names_commands_of_other_packages(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    assert re.search(r"^  ui  ", capsys.readouterr().out, re.MULTILINE)


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"xxgk {checker.__version__}\n"


def test_the_program_seldom_looks_for_rubbish(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr(sys, "argv", ["xxgk", "--version"])
    try:
        assert entry() == 0
        assert gc.get_threshold()[0] >= 10_000
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


# -- what was read, and the rules ----------------------------------------------------------


def test_plain_text_is_counted_by_the_offsets_of_the_json(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["text", str(wrong), "--plain"]) == 0
    text = capsys.readouterr().out
    main(["check", str(wrong), "--format", "json"])
    tables = json.loads(capsys.readouterr().out)["tables"]
    cells = [c for t in tables.values() for row in t.values() for c in row.values()]
    assert len(cells) > 100
    assert all(text[c["start"] : c["end"]].strip() == c["printed"] for c in cells)


def test_text_shows_offsets(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["text", str(clean)]) == 0
    assert capsys.readouterr().out.startswith("[0-")


def test_tables_shows_three_tables(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(clean)]) == 0
    out = capsys.readouterr().out
    assert [f"\n{name} " in out for name in labels.TABLE_NAMES.values()] == [True] * 3


@pytest.mark.parametrize(
    ("command", "parts"),
    [
        ("ledger", {"claims", "coverage"}),
        ("tables", {"tables", "subtotals", "deviations", "doubts"}),
    ],
)
def test_a_part_as_json_is_what_the_whole_result_has(
    wrong: Path, capsys: pytest.CaptureFixture[str], *, command: str, parts: set[str]
) -> None:
    main(["check", str(wrong), "--format", "json"])
    whole = json.loads(capsys.readouterr().out)
    assert main([command, str(wrong), "--format", "json"]) == 0
    part = json.loads(capsys.readouterr().out)
    assert set(part) == {"schema_version", "report", "versions", *parts}
    assert all(part[name] == whole[name] for name in part)
    assert main([command, str(wrong), "--format", "xlsx"]) == 2
    assert "可用的有 text、json" in capsys.readouterr().err


def test_rules_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--all"]) == 0
    assert "### T301" in capsys.readouterr().out
    assert main(["rules", "show", "t301"]) == 0
    assert "依据" in capsys.readouterr().out


def test_the_kinds_of_rules_are_counted_and_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    out = capsys.readouterr().out
    head, *rows = out.split("\n\n")[0].splitlines()
    known = load_rulebook().rules.values()
    assert rows[-1].split()[:2] == ["合计", str(len(known))]
    counted = [sum(r.severity == s for r in known) for s in ("error", "warning", "note")]
    assert list(map(int, rows[-1].split()[2:])) == counted
    edge = width(head[: head.index("条数") + 2])
    for row in rows:
        number = re.search(r"(?<=\s)\d+", row)
        assert number is not None
        assert width(row[: number.end()]) == edge
    assert len(out.splitlines()) < 24
    for hint in ("xxgk rules show ", "xxgk rules --family ", "xxgk rules --all"):
        assert hint in out


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        (["--family", "T3"], {"T301", "T302", "T303", "T304", "T305"}),
        (["--family", "t4"], {"T401", "T402"}),
        (["--family", "表三"], {"T301", "T302", "T303", "T304", "T305"}),
        (["结转下年"], {"T301", "T304"}),
        (["--family", "W", "手机号"], {"W107"}),
    ],
)
def test_rules_of_a_kind_or_about_a_word_are_listed(
    line: list[str], rules: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", *line]) == 0
    listed = capsys.readouterr().out.split("\n\n")[0]
    assert {row.split()[0] for row in listed.splitlines()} == rules


def test_an_id_alone_shows_the_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "t301"]) == 0
    assert "- 依据：" in capsys.readouterr().out


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


# -- the process ---------------------------------------------------------------------------


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run ``xxgk`` as a process of its own, in a locale without Chinese."""

    def call(*line: str | Path) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "checker.cli", *map(str, line)],
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            capture_output=True,
            check=False,
        )

    return call


def test_a_pipe_gets_utf8_whatever_the_locale(
    run: Callable[..., subprocess.CompletedProcess[bytes]], clean: Path
) -> None:
    done = run("check", clean)
    assert done.returncode == 0
    assert "结论：通过" in done.stdout.decode()
    assert b"\r" not in done.stdout
    assert done.stderr == b""


def test_no_colour_goes_into_a_pipe(
    run: Callable[..., subprocess.CompletedProcess[bytes]], wrong: Path
) -> None:
    assert b"\x1b" not in run("check", wrong).stdout


def test_a_closed_pipe_ends_quietly(clean: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "checker.cli", "check", str(clean)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "full")

        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdout", Full())
    with pytest.raises(CommandError, match="写不出去"):
        emit("x")


def test_a_gone_reader_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    with pytest.raises(OutputClosedError):
        emit("x")
