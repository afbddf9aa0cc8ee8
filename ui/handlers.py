"""What happens on the page, as plain functions of a session; no layout in here.

Whatever goes wrong becomes one Chinese sentence; no report text is logged.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from checker.answers import Answer, answer
from checker.domain.run import CheckRun
from checker.errors import CheckerError
from checker.pipeline import check_report
from checker.settings import load_settings
from ui import strings
from ui.session import MOST_REPORTS, Session

_LOG = logging.getLogger(__name__)
_MEGABYTE = 1024 * 1024
_LONGEST_QUESTION = 200
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
        stage: as ``check_report`` tells it; empty before it starts and after it ended.
        message: a sentence for the user.
        done: no more steps will follow.
    """

    session: Session
    stage: str
    message: str
    done: bool = False


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


async def check_files(
    session: Session, uploads: Sequence[Upload], *, first: int = 1
) -> AsyncIterator[Step]:
    """Check files one after the other, telling every stage; the page stays usable meanwhile.

    Args:
        session: before.
        uploads: the files.
        first: number of the first file, for the message.
    """
    total = first + len(uploads) - 1
    message = ""
    for number, upload in enumerate(uploads, first):
        if session.full:
            yield Step(session, "", strings.TOO_MANY.format(limit=MOST_REPORTS), done=True)
            return
        waiting = strings.WAITING.format(name=upload.name, number=number, total=total)
        outcome = _Outcome(None, upload.failure)
        if not upload.failure:
            async for told in _stages(upload):
                if isinstance(told, str):
                    yield Step(session, told, waiting)
                else:
                    outcome = told
        session = session.with_file(upload.name, run=outcome.run, failure=outcome.failure)
        message = _told(upload.name, outcome)
        yield Step(session, "", message, done=number == total)


def _told(name: str, outcome: _Outcome) -> str:
    if outcome.run is None:
        return strings.FAILED.format(name=name, reason=outcome.failure)
    return strings.DONE.format(name=name)


async def _stages(upload: Upload) -> AsyncIterator[str | _Outcome]:
    """The stages of one check as they begin, then its outcome; the work is done in a thread."""
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(stage: str | None) -> None:
        loop.call_soon_threadsafe(told.put_nowait, stage)

    work = asyncio.create_task(asyncio.to_thread(_checked, upload, tell))
    work.add_done_callback(lambda _: told.put_nowait(None))
    while (stage := await told.get()) is not None:
        yield stage
    yield await work


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
        found = answer(asked, session.run, context=session.context)
    except CheckerError as error:
        found = Answer(kind="ask_back", text=str(error), context=session.context)
    except Exception as error:  # a border: one question must not break the page
        _LOG.error("answering failed: %s", type(error).__name__)
        found = Answer(kind="ask_back", text=strings.UNFORESEEN_ANSWER, context=session.context)
    return session.with_exchange(asked, found)
