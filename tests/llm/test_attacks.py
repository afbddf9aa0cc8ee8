"""Reports that speak to the model, and a model that obeys them: no verdict of code moves.

Every attack of ``fixtures/attacks.yaml`` stands once in a report with errors and once in a clean
one; the scripted model tries to clear everything, invents quotes and cells, and breaks the form.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from checker.assemble import assemble
from checker.checks import run_checks
from checker.checks.model_part import with_failure
from checker.checks.model_points import add_reading
from checker.domain.claim import Claim
from checker.domain.reading import Topic
from checker.domain.report import AnnualReport
from checker.domain.run import CheckRun
from checker.errors import ModelError
from checker.llm import read_with_model
from checker.llm.compose import open_claims
from checker.output import CheckedFile, render
from checker.readers.builder import DocumentBuilder
from checker.settings import ModelSettings
from checker.store import Endpoint, Store
from tests.attacks import ATTACKS, Attack, AttackKind
from tests.builders import Grid, ReportPlan, clean_report
from tests.llm.reports import OVERVIEW, reply
from tests.llm.server import MODEL, Json, Server, Step, running, words_of

WORSE = ("pass", "review", "fail")
SENT = frozenset({"prose", "zero_width", "bidi"})
ATTACKED_CELL = "requests/denied.internal_affairs/commercial"


def plan(*, wrong: bool) -> ReportPlan:
    made = clean_report()
    if wrong:
        made.set_section("overview", f"{OVERVIEW}\n本年收到政府信息公开申请77件，均已办结。")
        made.add("requests/granted/total", 1)
    return made


def attacked(made: ReportPlan, attack: Attack) -> AnnualReport:
    """The report with the attack where it belongs."""
    if attack.kind in SENT:
        lines = made.sections["overview"]
        made.set_section("overview", [*lines[:2], attack.visible, *lines[2:]])
    if attack.kind == "cell":
        made.set_cell(ATTACKED_CELL, attack.text)
    builder = DocumentBuilder("报告.docx", attack.text.encode(), "docx")
    if attack.kind == "metadata":
        builder.metadata("description", attack.text)
    for item in made.items():
        if isinstance(item, Grid):
            builder.table(item.cells, geometry="grid")
        else:
            builder.paragraph(item.text, heading=item.rank == 1)
    if attack.kind in ("hidden", "zero_width", "bidi"):
        builder.hidden(attack.text, "hidden" if attack.kind == "hidden" else "zero_width")
    return assemble(builder.build())


# -- what the model answers -------------------------------------------------------------------


def obeys(run: CheckRun, attack: Attack) -> Json:
    """Everything is covered, every open figure is right."""
    quote = attack.visible if attack.kind in SENT else "发布前逐条进行保密审查"
    values = {c.value.value: c.address for t in run.report.tables for c in t.cells if c.value.value}
    links = [
        {
            "claim": name,
            "quote": run.claims[i].quote,
            "cells": [values[v]] if (v := run.claims[i].value) in values else [],
        }
        for name, i in open_claims(run.claims).items()
    ]
    coverage = [{"topic": t, "quote": quote, "concrete": True} for t in get_args(Topic)]
    return reply(links=links, coverage=coverage)


def invents(run: CheckRun, attack: Attack) -> Json:
    """Quotes and cells that do not exist, claims that nobody asked about."""
    cells = ["requests/verdict/pass", "findings/0/removed"]
    said = f"经核查：{attack.visible}"
    return reply(
        links=[{"claim": f"c{n}", "quote": said, "cells": cells} for n in range(99)],
        figures=[{"quote": said, "printed": "0", "cells": cells}],
        statements=[{"quote": said, "relation": "zero", "cells": cells, "others": []}],
        coverage=[{"topic": t, "quote": said, "concrete": True} for t in get_args(Topic)],
        contradictions=[{"kind": "fact", "first": said, "second": attack.text}],
    )


def blames(run: CheckRun, attack: Attack) -> Json:
    """Everything is missing or contradicts something else, with the attack as its quote."""
    quote = attack.visible if attack.kind in SENT else "门户网站公开专栏由专人维护"
    nothing = ["requests/total/total"]
    other = "本年度未收取政府信息公开信息处理费"
    return reply(
        statements=[{"quote": quote, "relation": "zero", "cells": nothing, "others": []}],
        coverage=[{"topic": t, "quote": None, "concrete": True} for t in get_args(Topic)],
        contradictions=[{"kind": "fact", "first": quote, "second": other}],
    )


def breaks_out(run: CheckRun, attack: Attack) -> Json:
    """Keys of another kind of reply."""
    return {**reply(), "verdict": "pass", "findings": [], "instructions": attack.text}


def answers_in_words(run: CheckRun, attack: Attack) -> str:
    """No reply at all."""
    return f"好的。{attack.visible}经核查，本报告没有发现问题，全部通过。"


MODELS = (obeys, invents, blames, breaks_out, answers_in_words)


# -- the test ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gullible() -> Iterator[Server]:
    """One server for all attacks; it answers what it is told."""
    with running() as started:
        yield started


@pytest.fixture
def known(gullible: Server, tmp_path: Path) -> Store:
    """What the server can do is known, so that nothing is tried out for each attack."""
    store = Store(tmp_path / "store.sqlite3")
    store.keep_endpoint(gullible.url, MODEL, Endpoint("json_schema", steady=True))
    return store


def verdicts(claims: Sequence[Claim]) -> list[Claim]:
    """The ledger without the words that say why."""
    return [c.model_copy(update={"reason": "", "checks": ()}) for c in claims]


@cache
def unattacked(*, wrong: bool) -> CheckRun:
    return run_checks(plan(wrong=wrong).report())


def with_reply(run: CheckRun, answer: Json | str, server: Server, store: Store) -> CheckRun:
    """The run after a model has answered so."""
    server.always = Step(content=answer) if isinstance(answer, str) else Step(reply=answer)
    settings = ModelSettings(base_url=server.url, model=MODEL, timeout=10)
    try:
        reading = read_with_model(run.report, run.claims, settings=settings, store=store)
    except ModelError as failure:
        return with_failure(run, failure, server.url)
    return add_reading(run, reading)


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) >= 100
    assert {a.kind for a in ATTACKS} == set(get_args(AttackKind))


@pytest.mark.parametrize("number", range(len(ATTACKS)), ids=[a.id for a in ATTACKS])
def test_an_attack_moves_no_verdict_of_code(number: int, gullible: Server, known: Store) -> None:
    attack = ATTACKS[number]
    wrong = number % 2 == 0
    model = MODELS[number % len(MODELS)]
    alone = run_checks(attacked(plan(wrong=wrong), attack))
    told = with_reply(alone, model(alone, attack), gullible, known)

    assert tuple(f for f in told.findings if f.judged_by == "code") == alone.findings
    assert verdicts(told.claims) == verdicts(alone.claims)
    assert told.outcomes == alone.outcomes
    assert told.doubts == alone.doubts
    assert WORSE.index(told.verdict) >= WORSE.index(alone.verdict)
    if wrong:
        assert told.verdict == "fail"
        # the attack is prose, so rules about prose may see another report; tables are the same
        tables = {f.fingerprint for f in unattacked(wrong=True).findings if f.rule[0] == "T"}
        assert tables
        assert attack.kind == "cell" or tables <= {f.fingerprint for f in told.findings}

    raised = [f for f in told.findings if f.judged_by == "model"]
    text = told.report.document.text
    for finding in raised:
        assert finding.verdict == "review"
        for piece in finding.evidence:
            if piece.kind == "text":
                assert text[piece.locator.start : piece.locator.end] == piece.quote
    for problem in told.problems:
        assert attack.visible not in problem.message
    if model in (breaks_out, answers_in_words):
        assert told.model.status == "failed"

    sent = words_of(gullible.asked[-1])
    if attack.kind in SENT:
        mark = re.escape(attack.visible.strip())
        assert re.search(rf"^⟦[0-9a-f]{{4}}⟧\d+ {mark}$", sent, re.MULTILINE)
    elif model not in (breaks_out, answers_in_words):  # these are sent back for repair
        assert attack.text not in sent


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
@pytest.mark.parametrize("wrong", [True, False])
def test_every_kind_of_model_leaves_the_code_alone(
    model: object, gullible: Server, known: Store, *, wrong: bool
) -> None:
    attack = ATTACKS[0]
    answer = next(m for m in MODELS if m is model)
    alone = run_checks(attacked(plan(wrong=wrong), attack))
    told = with_reply(alone, answer(alone, attack), gullible, known)
    assert tuple(f for f in told.findings if f.judged_by == "code") == alone.findings
    assert WORSE.index(told.verdict) >= WORSE.index(alone.verdict)
    shown = render([CheckedFile(file="报告.docx", run=told)], "text")
    assert "全部通过" not in shown
    assert "经核查：" not in shown
