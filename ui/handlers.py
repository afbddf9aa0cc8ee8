"""What happens on the page, as plain functions of a session; no layout in here.

Whatever goes wrong becomes one Chinese sentence; no report text is logged.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

from checker.answers import Answer, answer
from checker.answers.reports import Report, answer_on_reports
from checker.domain.run import CheckRun, Problem
from checker.errors import CheckerError
from checker.pipeline import MODEL_STAGE, STAGES, check_report, consult_model
from checker.settings import is_here, load_settings
from ui import strings
from ui.desk import Desk
from ui.session import MOST_REPORTS, Exchange, Session

if TYPE_CHECKING:
    from checker.answers.model import Replied

_Told = TypeVar("_Told")
_Result = TypeVar("_Result")

_LOG = logging.getLogger(__name__)
_MEGABYTE = 1024 * 1024
_LONGEST_QUESTION = 200
_MOST_NAMED = 5
# Many may wait for a model at once; the threads of the event loop are too few for that.
_WORKERS: Final = ThreadPoolExecutor(64, thread_name_prefix="page")
# The page puts this before the name, so that two users never upload to one temporary path.
_UPLOAD_PREFIX = re.compile(r"^u[0-9a-f]{16}_")


class Upload(NamedTuple):
    """The content of an uploaded file; ``failure`` says why there is none."""

    name: str
    data: bytes
    failure: str = ""


class Step(NamedTuple):
    """Where the checking of files stands.

    Attributes:
        session: as it is now.
        stage: as ``check_report`` tells it; empty before it starts and after it ended.
        message: a sentence for the user.
        fresh: the session has changed, so that everything has to be shown anew.
        warning: the message is one that must not be overlooked.
        failed: what is to be said of every file of the upload that could not be checked so far.
    """

    session: Session
    stage: str
    message: str
    fresh: bool = False
    warning: bool = False
    failed: tuple[str, ...] = ()


class _Outcome(NamedTuple):
    run: CheckRun | None
    failure: str


def take(path: str) -> Upload:
    """Read an uploaded file and delete it at once."""
    place = Path(path)
    name = _UPLOAD_PREFIX.sub("", place.name)
    limit = load_settings().limits.file_bytes
    try:
        if place.stat().st_size > limit:
            message = strings.TOO_LARGE.format(limit=limit // _MEGABYTE)
            return Upload(name, b"", message)
        return Upload(name, place.read_bytes())
    except OSError:
        return Upload(name, b"", strings.LOST)
    finally:
        _delete(place)


def _delete(place: Path) -> None:
    """Remove the file, and the folder that was made for it alone."""
    try:
        place.unlink(missing_ok=True)
        place.parent.rmdir()
    except OSError:
        return


def sample() -> Upload:
    """Our own report of a fictitious body."""
    data = files("ui").joinpath("assets", strings.SAMPLE_FILE).read_bytes()
    return Upload(strings.SAMPLE_NAME, data)


async def check_files(desk: Desk, uploads: Sequence[Upload]) -> AsyncIterator[Step]:
    """Check files one after the other, telling every stage; the page stays usable meanwhile.

    What the rules find is shown before a language model is asked, and stands whatever becomes of
    that; no model is asked unless the user allows it.
    """
    since = desk.cleared
    failed: tuple[str, ...] = ()
    for number, upload in enumerate(uploads, 1):
        if desk.session.full:
            yield _left_out(desk.session, uploads[number - 1 :])._replace(failed=failed)
            return
        name = {"name": upload.name, "number": number, "total": len(uploads)}
        outcome = _Outcome(None, upload.failure)
        if not desk.change(_reading(upload.name), since=since):
            return
        if not upload.failure:
            async for told in _stages(partial(_checked, upload)):
                if not isinstance(told, str):
                    outcome = told
                elif told != STAGES[-1] or not model_allowed(desk.session):
                    waiting = strings.WAITING.format(**name)
                    yield Step(desk.session, told, waiting, failed=failed)
        filed = _filed(upload.name, outcome)
        if not desk.change(filed, since=since):
            return
        message = _told(upload.name, outcome)
        failed = (*failed, message) if outcome.run is None else failed
        key = desk.session.files[-1].key
        async for step in _consulted(desk, key, since=since):
            yield step._replace(failed=failed)
        if desk.cleared == since:
            yield Step(desk.session, "", message, fresh=True, failed=failed)


def _left_out(session: Session, uploads: Sequence[Upload]) -> Step:
    """A warning that names the files for which there is no room."""
    names = "、".join(f"“{u.name}”" for u in uploads[:_MOST_NAMED])
    rest = "等" if len(uploads) > _MOST_NAMED else ""
    message = strings.TOO_MANY.format(limit=MOST_REPORTS, count=len(uploads), names=names + rest)
    return Step(session, "", message, fresh=True, warning=True)


def _reading(name: str) -> Callable[[Session], Session]:
    return lambda session: session.model_copy(update={"reading": name})


def _filed(name: str, outcome: _Outcome) -> Callable[[Session], Session]:
    return lambda session: session.with_file(name, run=outcome.run, failure=outcome.failure)


async def read_again(desk: Desk) -> AsyncIterator[Step]:
    """Let a language model read the report that is shown, if the user allows it."""
    since, shown = desk.cleared, desk.session.shown
    if shown is None or desk.working:
        return
    async for step in _consulted(desk, shown.key, since=since):
        yield step
    if desk.cleared == since:
        yield Step(desk.session, "", strings.DONE.format(name=shown.name), fresh=True)


async def _consulted(desk: Desk, key: int, *, since: int) -> AsyncIterator[Step]:
    """Show the result of the code, have a model read the report, and add what it points out."""
    run = next((f.run for f in desk.session.files if f.key == key), None)
    if run is None or not may_consult(desk.session, run):
        return
    with desk.work() as cancel:
        message = strings.MODEL_READING.format(host=host_of_model())
        yield Step(desk.session, MODEL_STAGE, message, fresh=True)
        async for told in _stages(partial(_read, run, cancel)):
            if not isinstance(told, str) and (found := told.run) is not None:
                desk.change(lambda s: s.with_run(key, found), since=since)


def _read(run: CheckRun, cancel: Event, _tell: Callable[[str], None]) -> _Outcome:
    try:
        return _Outcome(consult_model(run, settings=load_settings(), cancel=cancel), "")
    except Exception as error:  # a border: the result of the code must not be lost
        _LOG.error("asking a model failed: %s", type(error).__name__)
        problem = Problem(stage="llm", message=strings.UNFORESEEN_MODEL)
        return _Outcome(run.model_copy(update={"problems": (*run.problems, problem)}), "")


def may_consult(session: Session, run: CheckRun) -> bool:
    """Whether a model may read a report now: allowed, possible, and not done yet."""
    return model_allowed(session) and not run.report.empty_form and run.model.status != "used"


def model_allowed(session: Session) -> bool:
    """Whether something may be sent: an endpoint is set, and the user has switched it on."""
    return session.model and load_settings().llm.configured


def host_of_model() -> str:
    """Where a model is asked, as the user knows it; empty when nowhere."""
    settings = load_settings().llm
    if not settings.configured:
        return ""
    return urlsplit(settings.base_url).netloc


def name_of_model() -> str:
    """The model that is set, as its server calls it."""
    return load_settings().llm.model


def stays_here() -> bool:
    """Whether the model runs on this machine, so that nothing leaves it."""
    return is_here(urlsplit(load_settings().llm.base_url).hostname or "")


def _told(name: str, outcome: _Outcome) -> str:
    if outcome.run is None:
        return strings.FAILED.format(name=name, reason=outcome.failure)
    return strings.DONE.format(name=name)


async def _stages(
    work: Callable[[Callable[[str], None]], _Outcome],
) -> AsyncIterator[str | _Outcome]:
    """The stages of some work as they begin, then its outcome; it is done in a thread."""
    async for told in _in_thread(work):
        yield told


async def _in_thread(
    work: Callable[[Callable[[_Told], None]], _Result],
) -> AsyncIterator[_Told | _Result]:
    """What some work in a thread tells while it runs, and its result at the end."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[_Told | None] = asyncio.Queue()

    def tell(something: _Told | None) -> None:
        loop.call_soon_threadsafe(told.put_nowait, something)

    working = loop.run_in_executor(_WORKERS, work, tell)
    working.add_done_callback(lambda _: told.put_nowait(None))
    while (something := await told.get()) is not None:
        yield something
    yield await working


def _checked(upload: Upload, tell: Callable[[str], None]) -> _Outcome:
    try:
        return _Outcome(check_report(upload.data, name=upload.name, on_stage=tell), "")
    except CheckerError as error:
        return _Outcome(None, str(error))
    except Exception as error:  # a border: one bad file must not break the page
        # The message of an exception may hold report text, so only its class is logged.
        _LOG.error("checking failed: %s", type(error).__name__)
        return _Outcome(None, strings.UNFORESEEN)


def ask(session: Session, question: str) -> Session:
    """Answer a question about the report that is shown; an empty question changes nothing."""
    asked = " ".join(question.split())
    if not asked:
        return session
    if len(asked) > _LONGEST_QUESTION:
        refused = Answer(kind="ask_back", text=strings.QUESTION_TOO_LONG, context=session.context)
        return session.with_exchange(asked[:_LONGEST_QUESTION] + "……", refused)
    try:
        found = _on_files(session, asked) or answer(asked, session.run, context=session.context)
        found = _without_report(session, found) if session.run is None else found
    except CheckerError as error:
        found = Answer(kind="ask_back", text=str(error), context=session.context)
    except Exception as error:  # a border: one question must not break the page
        _LOG.error("answering failed: %s", type(error).__name__)
        found = Answer(kind="ask_back", text=strings.UNFORESEEN_ANSWER, context=session.context)
    return session.with_exchange(asked, found)


def _without_report(session: Session, found: Answer) -> Answer:
    """Why there is no report to ask about: it is still being read, or no file could be checked."""
    text = ""
    if session.reading:
        text = strings.STILL_READING.format(name=session.reading)
    elif session.files:
        lines = "\n".join(_told(f.name, _Outcome(None, f.failure)) for f in session.files)
        text = strings.NONE_READ.format(files=lines)
    if not text or found.kind not in ("need_report", "not_understood"):
        return found
    return Answer(kind="need_report", text=text, context=session.context)


def _on_files(session: Session, asked: str) -> Answer | None:
    """The answer to a question about several files, or about one that is not open."""
    reports = [Report(f.key, f.name, f.run, f.failure) for f in session.files]
    if not reports:
        return None
    return answer_on_reports(asked, reports, context=session.context, shown=session.current)


async def talk(desk: Desk, question: str) -> AsyncIterator[Session]:
    """Answer a question, with a language model where the user allows one, sentence by sentence."""
    asked, run = " ".join(question.split()), desk.session.run
    allowed = run is not None and model_allowed(desk.session)
    allowed = allowed and _on_files(desk.session, asked) is None
    if not allowed or not asked or len(asked) > _LONGEST_QUESTION:
        desk.change(lambda s: ask(s, question))
        yield desk.session
        return
    before, since = desk.session, desk.cleared

    def growing(found: Answer | None) -> None:
        so_far = found or Answer(kind="model", text="", by="model")
        exchange = Exchange(question=asked, answer=so_far, report=before.about)
        desk.change(lambda s: s.model_copy(update={"asking": exchange}), since=since)

    try:
        with desk.work() as cancel:
            growing(None)
            yield desk.session
            async for told in _in_thread(partial(_answered, asked, before, cancel)):
                if isinstance(told, Answer):
                    growing(told)
                    yield desk.session
                else:
                    desk.change(_finished(asked, before, told), since=since)
    finally:  # also when the page was left meanwhile
        desk.change(lambda s: s.model_copy(update={"asking": None}), since=since)
    yield desk.session  # the work is over, which the page shows too


def _answered(
    asked: str, session: Session, cancel: Event, tell: Callable[[Answer], None]
) -> "Replied":
    from checker.answers.model import Replied, answer_with_model

    run = session.run
    try:
        if run is not None:
            return answer_with_model(
                asked,
                run,
                context=session.context,
                memory=session.memory,
                settings=load_settings().llm,
                cancel=cancel,
                on_progress=tell,
            )
    except Exception as error:  # a border: the embedded answer stands
        _LOG.error("answering with a model failed: %s", type(error).__name__)
    found = ask(session, asked).exchanges[-1].answer
    noted = found.model_copy(update={"note": strings.UNFORESEEN_MODEL})
    return Replied(noted, session.memory)


def _finished(asked: str, before: Session, told: "Replied") -> Callable[[Session], Session]:
    """The talk with the answer; what it is about only while the same report is shown."""

    def finish(session: Session) -> Session:
        exchange = Exchange(question=asked, answer=told.answer, report=before.about)
        spent = session.spent + told.usage
        kept = session.keeping(exchange).model_copy(update={"spent": spent})
        if session.current != before.current:
            return kept
        return kept.model_copy(update={"context": told.answer.context, "memory": told.memory})

    return finish
