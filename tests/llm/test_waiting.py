"""Waiting between questions: what a server asks for, one pace for all threads, and stopping."""

import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import formatdate

import pytest

from checker.checks import run_checks
from checker.errors import ModelCancelledError, ModelUnavailableError
from checker.llm.pace import Pace
from checker.llm.session import Session
from checker.pipeline import consult_model
from checker.settings import ModelSettings, Settings
from tests.builders import clean_report
from tests.llm.server import Server, Step, error
from tests.llm.test_session import GOOD, KNOWN, ask


@pytest.fixture
def session(settings: ModelSettings) -> Session:
    return Session(settings=settings, endpoint=KNOWN)


@pytest.mark.parametrize("dated", [False, True])
def test_retry_after_is_honoured(session: Session, server: Server, *, dated: bool) -> None:
    patient = session.settings.model_copy(update={"retry_longest": 5})
    # a date has whole seconds, so two of them are more than one
    header = formatdate(time.time() + 2, usegmt=True) if dated else "0.3"
    server.will(Step(status=429, body=b"{}", headers={"Retry-After": header}), Step(reply=GOOD))
    assert ask(Session(settings=patient, endpoint=KNOWN)) == "梧桐"
    first, second = server.times
    assert second - first >= 0.29


@pytest.mark.parametrize(
    ("header", "longest"),
    [
        ("0", 3),
        ("-5", 3),
        ("soon", 3),
        ("nan", 3),
        ("inf", 3),
        ("", 3),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 3),
        ("Thu Jan  1 00:00:00 1970", 3),
        ("Thu, 01 Jan 1970 00:00:00 -0000", 3),
        ("Thu, 99 Foo 99999999 00:00:00 GMT", 3),
    ],
)
def test_an_odd_wait_is_no_wait(
    session: Session, server: Server, header: str, longest: float
) -> None:
    server.will(Step(status=503, body=b"{}", headers={"Retry-After": header}), Step(reply=GOOD))
    assert ask(session) == "梧桐"
    first, second = server.times
    assert second - first < longest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no zone for a process")
def test_a_date_without_a_zone_is_in_universal_time(
    session: Session, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        there = datetime.now(UTC) + timedelta(hours=1)
        header = there.strftime("%a %b %d %H:%M:%S %Y")
        server.will(Step(status=429, body=b"{}", headers={"Retry-After": header}))
        with pytest.raises(ModelUnavailableError) as caught:
            ask(session)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert caught.value.wait
    assert 3_500 < caught.value.wait <= 3_600


def test_a_server_that_wants_a_long_wait_is_not_waited_for(
    session: Session, server: Server
) -> None:
    server.will(Step(status=429, body=b"{}", headers={"Retry-After": "3600"}))
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="过一会儿") as caught:
        ask(session)
    assert caught.value.wait == 3600
    assert time.monotonic() - start < 20


def test_every_thread_leaves_a_busy_server_alone(settings: ModelSettings, server: Server) -> None:
    server.always = Step(reply=GOOD)
    server.will(Step(status=429, body=b"{}", headers={"Retry-After": "0.4"}))
    ask_all = [
        threading.Thread(target=ask, args=[Session(settings=settings, endpoint=KNOWN)])
        for _ in range(2)
    ]
    ask_all[0].start()
    while not server.times:
        time.sleep(0.005)
    time.sleep(0.1)
    ask_all[1].start()
    for thread in ask_all:
        thread.join()
    assert len(server.times) == 3
    assert all(later - server.times[0] >= 0.39 for later in server.times[1:])


def test_one_rate_for_all_threads(settings: ModelSettings, server: Server) -> None:
    slow = settings.model_copy(update={"requests_per_minute": 600})
    server.always = Step(reply=GOOD)
    threads = [
        threading.Thread(target=ask, args=[Session(settings=slow, endpoint=KNOWN)])
        for _ in range(4)
    ]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.times) == 4
    assert server.times[-1] - start >= 0.3  # three gaps of a tenth of a second


@pytest.mark.parametrize("step", [Step(reply=GOOD, delay=3), error(500, "broken")])
def test_a_run_can_be_stopped(settings: ModelSettings, server: Server, step: Step) -> None:
    patient = settings.model_copy(
        update={"retry_pause": 60, "retry_longest": 60, "total_timeout": 600}
    )
    server.will(step)
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    start = time.monotonic()
    with pytest.raises(ModelCancelledError):
        ask(Session(settings=patient, endpoint=KNOWN, cancel=cancel))
    assert time.monotonic() - start < 2


def test_a_stopped_run_asks_nothing(settings: ModelSettings, server: Server) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(ModelCancelledError):
        ask(Session(settings=settings, endpoint=KNOWN, cancel=cancel))
    assert server.requests == []


def test_waiting_for_the_pace_can_be_stopped() -> None:
    pace, cancel = Pace(1), threading.Event()
    pace.wait(cancel)
    threading.Timer(0.05, cancel.set).start()
    with pytest.raises(ModelCancelledError):
        pace.wait(cancel)


# -- one time limit for everything ------------------------------------------------------------


def test_a_hanging_server_costs_one_time_limit(settings: ModelSettings, server: Server) -> None:
    server.hangs = 3
    hurried = settings.model_copy(update={"timeout": 0.4, "retries": 5})
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match=r"0\.4 秒内没有答完") as caught:
        ask(Session(settings=hurried))
    assert time.monotonic() - start < 2.2
    assert caught.value.reason == "timeout"
    assert len(server.requests) == 1


def test_a_run_with_a_hanging_server_keeps_what_the_code_found(
    settings: ModelSettings, server: Server
) -> None:
    server.hangs = 3
    hurried = settings.model_copy(update={"timeout": 0.4, "retries": 5})
    found = run_checks(clean_report().add("requests/new_received/total", 2).report())
    start = time.monotonic()
    run = consult_model(found, settings=Settings(llm=hurried, store=None))
    assert time.monotonic() - start < 2.2
    assert (run.model.status, run.findings) == ("failed", found.findings)
    assert any("秒内没有答完" in p.message for p in run.problems)


def test_repetitions_end_with_the_time_for_the_report(
    settings: ModelSettings, server: Server
) -> None:
    server.always = replace(error(500, "broken"), delay=0.2)
    limited = settings.model_copy(update={"total_timeout": 0.7, "retries": 10})
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError):
        ask(Session(settings=limited, endpoint=KNOWN))
    assert time.monotonic() - start < 1.5
    assert 2 <= len(server.times) <= 4


def test_all_questions_about_a_report_have_one_time_limit(
    settings: ModelSettings, server: Server
) -> None:
    server.always = Step(reply=GOOD, delay=0.4)
    session = Session(settings=settings.model_copy(update={"total_timeout": 0.9}), endpoint=KNOWN)
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="XXGK_LLM_TOTAL_TIMEOUT") as caught:
        for _ in range(10):
            ask(session)
    assert time.monotonic() - start < 2
    assert "总共 0.9 秒" in caught.value.message
    session.spent, before = 1, len(server.times)
    with pytest.raises(ModelUnavailableError, match=r"总共 0\.9 秒"):
        ask(session)
    assert len(server.times) == before


def test_a_pause_that_ends_too_late_is_not_waited_for(
    settings: ModelSettings, server: Server
) -> None:
    server.will(Step(status=429, body=b"{}", headers={"Retry-After": "20"}))
    patient = settings.model_copy(update={"retry_longest": 60, "total_timeout": 5})
    start = time.monotonic()
    with pytest.raises(ModelUnavailableError, match="HTTP 429"):
        ask(Session(settings=patient, endpoint=KNOWN))
    assert time.monotonic() - start < 2


def test_waiting_for_our_own_pace_is_not_the_delay_of_the_server(
    settings: ModelSettings, server: Server
) -> None:
    server.always = Step(reply=GOOD)
    paced = settings.model_copy(update={"requests_per_minute": 100, "total_timeout": 0.8})
    session = Session(settings=paced, endpoint=KNOWN)
    start = time.monotonic()
    for _ in range(3):
        assert ask(session) == "梧桐"
    assert time.monotonic() - start > 1.1
    assert session.spent < 0.8


def test_the_time_limit_for_a_report_follows_that_of_a_request() -> None:
    assert ModelSettings().longest == 180
    assert ModelSettings(timeout=600).longest == 1200
    assert ModelSettings(timeout=30, total_timeout=40).longest == 40
