"""Whatever a server or a model answers: an error of our own, or points for a person; never more.

Bodies and replies are made at random, from the shapes that are asked for and from others.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.checks import run_checks
from checker.checks.model_points import add_reading
from checker.domain.reading import ContradictionKind, ModelReading, Relation, Topic
from checker.domain.run import CheckRun
from checker.errors import ModelError
from checker.llm import read_with_model, transport
from checker.llm.compose import open_claims
from checker.llm.passages import Passages
from checker.llm.replies import MemoryReply
from checker.llm.request import Message, RawReply
from checker.llm.session import Session
from checker.output import CheckedFile, render
from checker.settings import ModelSettings
from checker.store import Endpoint, Store
from tests.builders import clean_report
from tests.llm.reports import OVERVIEW
from tests.llm.server import MODEL, Server, Step, running

OWN: Final = "模型自己编的话"
WORSE: Final = ("pass", "review", "fail")
STEADY: Final = settings(
    deadline=None,
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# -- bodies -----------------------------------------------------------------------------------

CALL: Final = {"function": {"name": "reply", "arguments": '{"word": "梧桐"}'}}
odd: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(
        [
            *(None, True, 0, -1, 3.5, float("inf"), 10**400, "", "x", "\ud800", OWN),
            *('{"word": "梧桐"}', '{"word": "\\ud800"}', '{"word": "\ud800"}', "stop", "length"),
            *([], {}, [CALL], [CALL, CALL], [{"function": None}], [None]),
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(st.sampled_from(["content", "message", "function"]), inner, max_size=2),
    ),
    max_leaves=4,
)
PLACES: Final[tuple[tuple[str | int, ...], ...]] = (
    *((), ("id",), ("model",), ("created",), ("choices",), ("choices", 0), ("error",)),
    *(("choices", 0, "message"), ("choices", 0, "finish_reason"), ("usage",)),
    *(("usage", "prompt_tokens"), ("usage", "completion_tokens"), ("usage", "total_tokens")),
    *(("choices", 0, "message", "content"), ("choices", 0, "message", "tool_calls")),
    *(("choices", 0, "message", "refusal"), ("choices", 0, "message", "reasoning_content")),
    *(("choices", 0, "message", "reasoning"), ("choices", 0, "message", "function_call")),
)


def completion() -> dict[str, object]:
    message = {"role": "assistant", "content": '{"word": "梧桐"}'}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def spoiled(places: list[tuple[tuple[str | int, ...], object]]) -> bytes:
    """A completion with something odd in some places of it."""
    whole: object = completion()
    for place, value in places:
        if not place:
            whole = value
            continue
        inside = whole
        for part in place[:-1]:
            if isinstance(inside, dict):
                inside = inside.get(part)
            elif isinstance(inside, list) and inside:
                inside = inside[0]
        if isinstance(inside, dict):
            inside[place[-1]] = value
        elif isinstance(inside, list) and inside:
            inside[0] = value
    return json.dumps(whole).encode()


@pytest.fixture(scope="module")
def odd_server() -> Iterator[Server]:
    with running() as started:
        yield started


@STEADY
@given(places=st.lists(st.tuples(st.sampled_from(PLACES), odd), min_size=1, max_size=3))
def test_any_body_is_a_reply_or_an_error_of_our_own(
    odd_server: Server, places: list[tuple[tuple[str | int, ...], object]]
) -> None:
    odd_server.always = Step(body=spoiled(places))
    made = ModelSettings(base_url=odd_server.url, model=MODEL, timeout=5, retries=0)
    session = Session(settings=made, endpoint=Endpoint("json_schema", steady=True))
    try:
        assert session.ask([Message("user", "？")], MemoryReply).word == "梧桐"
    except ModelError as error:
        assert OWN not in str(error)
    assert session.usage.prompt_tokens >= 0


# -- replies ----------------------------------------------------------------------------------


@cache
def runs() -> tuple[CheckRun, ...]:
    """Reports with and without faults, of both forms."""
    clean = clean_report()
    wrong = clean_report().set_section(
        "overview", f"{OVERVIEW}\n本年收到政府信息公开申请77件，均已办结。未发生行政诉讼。"
    )
    wrong.add("requests/granted/total", 1).set_cell("requests/declined.duplicate/total", "/")
    old = clean_report("2019", body="云溪县人民政府").set_section("overview", OVERVIEW)
    return tuple(run_checks(made.report()) for made in (clean, wrong, old))


@st.composite
def replies(draw: Callable[[st.SearchStrategy[object]], object]) -> tuple[int, str]:
    """A report and a reply about it: of the right type, about places that are there or not."""
    index = draw(st.integers(0, len(runs()) - 1))
    assert isinstance(index, int)
    run = runs()[index]
    passages = Passages(run.report)
    words = [passages.text_of(line) for line in passages.lines]
    pieces = [w[:n] for w in words for n in (8, 30, 200)]
    quote = st.one_of(
        st.sampled_from(pieces),
        st.sampled_from([c.quote for c in run.claims]),
        st.sampled_from([OWN, f"{OWN}：{pieces[0]}", "", "公开"]),
    )
    addresses = [c.address for t in run.report.tables for c in t.cells]
    groups = [f"{a.rpartition('.')[0]}.*/total" for a in addresses if "." in a]
    cell = st.sampled_from([*addresses, *groups, OWN, "requests/total", "findings/0/pass"])
    cells = st.lists(cell, max_size=3)
    asked = {name: run.claims[i].quote for name, i in open_claims(run.claims).items()}
    right = st.sampled_from(
        [{"claim": name, "quote": words} for name, words in asked.items()]
        or [{"claim": "c0", "quote": OWN}]
    )
    wrong = st.fixed_dictionaries({"claim": st.sampled_from([*asked, "c0", OWN]), "quote": quote})
    parts = {
        "links": st.builds(
            lambda link, cells: {**link, "cells": cells}, st.one_of(right, wrong), cells
        ),
        "figures": st.fixed_dictionaries(
            {
                "quote": quote,
                "printed": st.sampled_from(["66", "捌", "1", "0", "120", OWN]),
                "cells": cells,
            }
        ),
        "statements": st.fixed_dictionaries(
            {
                "quote": quote,
                "relation": st.sampled_from(get_args(Relation)),
                "cells": cells,
                "others": st.one_of(st.just([]), cells),
            }
        ),
        "coverage": st.fixed_dictionaries(
            {
                "topic": st.sampled_from(get_args(Topic)),
                "quote": st.one_of(st.none(), quote),
                "concrete": st.booleans(),
            }
        ),
        "contradictions": st.fixed_dictionaries(
            {
                "kind": st.sampled_from(get_args(ContradictionKind)),
                "first": quote,
                "second": quote,
            }
        ),
    }
    made = draw(st.fixed_dictionaries({k: st.lists(v, max_size=12) for k, v in parts.items()}))
    return index, json.dumps(made, ensure_ascii=False)


def reading_of(run: CheckRun, text: str, monkeypatch: pytest.MonkeyPatch) -> ModelReading:
    made = ModelSettings(base_url="http://127.0.0.1:9/v1", model=MODEL)
    store = Store(None)
    store.keep_endpoint(made.base_url, made.model, Endpoint("json_schema", steady=True))
    monkeypatch.setattr(transport, "send", lambda *_, **__: RawReply(text, "stop", False, 1, 1))
    return read_with_model(run.report, run.claims, settings=made, store=store)


@STEADY
@given(made=replies())
def test_any_reply_leaves_what_the_code_found(
    made: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index, text = made
    alone = runs()[index]
    told = add_reading(alone, reading_of(alone, text, monkeypatch))

    assert tuple(f for f in told.findings if f.judged_by == "code") == alone.findings
    own = [c.model_copy(update={"reason": "", "checks": ()}) for c in alone.claims]
    assert [c.model_copy(update={"reason": "", "checks": ()}) for c in told.claims] == own
    assert (told.outcomes, told.doubts, told.report) == (alone.outcomes, alone.doubts, alone.report)
    assert set(alone.problems) <= set(told.problems)
    assert WORSE.index(told.verdict) >= WORSE.index(alone.verdict)
    assert (told.verdict == "fail") == (alone.verdict == "fail")

    document = told.report.document.text
    for finding in told.findings:
        if finding.judged_by == "model":
            assert finding.verdict == "review"
            assert finding.severity != "error"
            for piece in finding.evidence:
                if piece.kind == "text":
                    assert document[piece.locator.start : piece.locator.end] == piece.quote
    for form in ("json", "text"):
        assert OWN not in render([CheckedFile(file="报告.txt", run=told)], form)
