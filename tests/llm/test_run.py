"""A whole check with a model: what it adds, what its failure leaves, and what is never sent."""

from pathlib import Path
from threading import Event
from typing import get_args

import pytest

from checker import pipeline
from checker.cli import main
from checker.domain.reading import Topic
from checker.domain.run import CheckRun
from checker.llm.passages import Passages
from checker.output import CheckedFile, render
from checker.pipeline import MODEL_STAGE, STAGES, LlmUse, check_report
from checker.settings import ModelSettings, Settings, load_settings
from tests.builders import clean_report
from tests.llm.reports import reply
from tests.llm.server import MODEL, Server, Step, error
from tests.renderers import to_txt

CLEAN = to_txt(clean_report())
WRONG = to_txt(clean_report().add("requests/granted/total", 1))
MISSING = {"topic": "management", "quote": None, "concrete": False}
INVENTED = {"topic": "platform", "quote": "这句话报告里没有", "concrete": False}


def check(data: bytes, llm: ModelSettings, use: LlmUse = "auto") -> CheckRun:
    return check_report(data, name="报告.txt", settings=Settings(llm=llm), llm=use)


def as_json(run: CheckRun) -> str:
    return render([CheckedFile(file="报告.txt", run=run)], "json")


def test_a_model_adds_points_for_a_person(settings: ModelSettings, server: Server) -> None:
    server.will(Step(reply=reply(coverage=[MISSING])))
    run = check(CLEAN, settings)
    (point,) = run.findings
    assert (point.judged_by, point.verdict, run.verdict) == ("model", "review", "review")
    assert run.model.status == "used"
    assert run.model.base_url == settings.base_url
    assert run.model.use
    assert run.model.use.model == MODEL
    assert run.model.not_assessed == ""


def test_an_honest_model_adds_nothing_to_a_clean_report(
    settings: ModelSettings, server: Server
) -> None:
    alone = check(CLEAN, settings, "off")
    passages = Passages(alone.report)
    line = next(p for p in passages.lines if p.section == "overview" and p.end - p.start > 20)
    quote = passages.text_of(line)[:20]
    covered = [{"topic": t, "quote": quote, "concrete": True} for t in get_args(Topic)]
    court = "appeals/litigation_direct/total"
    value = next(c.value.value for t in alone.report.tables for c in t.cells if c.address == court)
    relation = "not_zero" if value else "zero"
    true = {"quote": quote, "relation": relation, "cells": [court], "others": []}
    server.will(Step(reply=reply(coverage=covered, statements=[true])))
    run = check(CLEAN, settings)
    assert (run.findings, run.problems, run.verdict) == ((), (), "pass")
    assert run.claims == alone.claims
    assert run.model.status == "used"


def test_what_the_code_found_stays(settings: ModelSettings, server: Server) -> None:
    alone = check(WRONG, settings, "off")
    everything = [{"topic": "platform", "quote": "政务新媒体账号由专人维护", "concrete": True}]
    server.will(Step(reply=reply(coverage=everything)))
    run = check(WRONG, settings)
    assert run.verdict == "fail"
    assert run.findings == alone.findings
    assert run.claims == alone.claims
    assert run.outcomes == alone.outcomes


@pytest.mark.parametrize(("data", "verdict"), [(CLEAN, "review"), (WRONG, "fail")])
def test_a_model_that_fails_is_a_problem_and_never_a_pass(
    settings: ModelSettings, server: Server, data: bytes, verdict: str
) -> None:
    server.will(error(401, "Incorrect API key"))
    alone = check(data, settings, "off")
    run = check(data, settings)
    assert run.verdict == verdict
    assert run.findings == alone.findings
    (problem,) = run.problems
    assert problem.stage == "llm"
    assert "密钥" in problem.message
    assert run.model.status == "failed"
    assert run.model.not_assessed.startswith("语言模型没有答成，以下几项没有核对")


def test_what_fails_verification_is_counted_and_shown_nowhere(
    settings: ModelSettings, server: Server
) -> None:
    server.will(Step(reply=reply(coverage=[INVENTED])))
    run = check(CLEAN, settings)
    assert (run.findings, run.verdict) == ((), "pass")
    assert "有 1 处意见没有通过" in run.problems[0].message
    assert "这句话报告里没有" not in as_json(run)


@pytest.mark.parametrize("use", ["off", "auto"])
def test_without_a_model_it_is_told_what_nobody_looked_at(
    server: Server, settings: ModelSettings, use: LlmUse
) -> None:
    run = check(CLEAN, settings if use == "off" else ModelSettings(), use)
    assert server.requests == []
    assert run.verdict == "pass"
    assert run.model.status == {"off": "off", "auto": "not_configured"}[use]
    assert "没有使用语言模型" in run.model.not_assessed
    for form in ("text", "markdown", "html", "json"):
        assert "没有使用语言模型" in render([CheckedFile(file="报告.txt", run=run)], form)


def test_an_empty_form_is_not_sent(settings: ModelSettings, server: Server) -> None:
    plan = clean_report(base="all_zero")
    plan.title, plan.introduction = ["政府信息公开工作年度报告格式"], []
    for address in [a for spec in plan.form.tables for a in spec.addresses()]:
        plan.set_cell(address, "")
    for section in plan.sections:
        plan.set_section(section, "（文字描述）")
    run = check_report(to_txt(plan), name="格式.txt", settings=Settings(llm=settings), llm="auto")
    assert run.report.empty_form
    assert server.requests == []


def test_the_same_report_and_replies_give_the_same_json(
    settings: ModelSettings, server: Server, tmp_path: Path
) -> None:
    server.always = Step(reply=reply(coverage=[MISSING, INVENTED]))
    kept = Settings(llm=settings, store=tmp_path / "store.sqlite3")
    runs = [
        check_report(CLEAN, name="报告.txt", settings=s, llm="auto")
        for s in (Settings(llm=settings), kept, kept)
    ]
    assert runs[2].model.usage.cached == 1
    assert len({as_json(run) for run in runs}) == 1


def test_a_run_that_is_stopped_keeps_what_the_code_found(settings: ModelSettings) -> None:
    stop = Event()
    stop.set()
    run = check_report(
        WRONG, name="报告.txt", settings=Settings(llm=settings), llm="auto", cancel=stop
    )
    assert run.verdict == "fail"
    assert "已停止" in run.problems[0].message


def test_the_stage_of_the_model_is_told(settings: ModelSettings, server: Server) -> None:
    server.will(Step(reply=reply()))
    told: list[str] = []
    check_report(
        CLEAN,
        name="报告.txt",
        settings=Settings(llm=settings),
        on_stage=told.append,
        llm="auto",
    )
    assert tuple(told) == (*STAGES[:-1], MODEL_STAGE, STAGES[-1])


# -- the command ------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XXGK_LLM_BASE_URL", server.url)
    monkeypatch.setenv("XXGK_LLM_MODEL", MODEL)
    monkeypatch.setenv("XXGK_LLM_PRICE_INPUT", "0.01")
    load_settings.cache_clear()
    path = tmp_path / "报告.txt"
    path.write_bytes(CLEAN)
    return path


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> None:
    """Neither settings nor what a server could do outlive a test: ports are used again."""
    request.addfinalizer(load_settings.cache_clear)
    request.addfinalizer(pipeline._store.cache_clear)


def test_the_command_says_where_the_report_goes(
    file: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.will(Step(reply=reply(coverage=[MISSING])))
    assert main(["check", str(file), "--format", "json"]) == 0
    told = capsys.readouterr()
    assert server.url in told.err
    assert "--llm off" in told.err
    assert "提问 2 次" in told.err
    assert "费用" in told.err
    assert '"judged_by": "model"' in told.out


def test_the_command_sends_nothing_when_told_so(
    file: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(file), "--llm", "off"]) == 0
    assert server.requests == []
    told = capsys.readouterr()
    assert told.err == ""
    assert "没有使用语言模型" in told.out


def test_the_command_refuses_another_word(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(file), "--llm", "maybe"]) == 2
    assert "auto、off" in capsys.readouterr().err
