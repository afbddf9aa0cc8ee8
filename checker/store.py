"""One SQLite file for what is kept between runs: replies of models, and what servers can do.

It never stops a run. A file that is locked, full, damaged or not writable is told once, in
``complaint``, and work goes on without it. Replies quote reports, so only the user may read it.
"""

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple, get_args

from checker.settings import StructuredOutput

logger = logging.getLogger(__name__)

_VERSION: Final = 1
_PATIENCE: Final = 3.0  # seconds that another process may hold the file
_PAUSE: Final = 0.02  # seconds
_DAY: Final = 86_400
_REPLY_DAYS: Final = 180
_ENDPOINT_DAYS: Final = 30  # servers are upgraded
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, made REAL NOT NULL, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS endpoints (
    base_url TEXT NOT NULL, model TEXT NOT NULL, made REAL NOT NULL,
    mode TEXT NOT NULL, steady INTEGER NOT NULL, PRIMARY KEY (base_url, model));
"""
_REASONS: Final = {  # what SQLite says, and what we say
    "locked": "正被别的程序占用",
    "full": "所在的磁盘已满",
    "readonly": "不能写入",
    "unable to open": "打不开",
    "not a database": "不是本程序的缓存文件",
    "malformed": "已损坏",
}
_Statement = tuple[str, tuple[str | float, ...]]


class Endpoint(NamedTuple):
    """What was found out about a model on a server.

    Attributes:
        mode: how it keeps replies in form.
        steady: it accepts temperature and seed.
    """

    mode: StructuredOutput
    steady: bool


class _TooNewError(Exception):
    """The file was written by a later version of the program."""


class Store:
    """The file at ``path``; made when something is first kept. Safe under threads and processes.

    Every call opens the file anew: a connection must not be shared with a forked process, and a
    call is short beside a request to a model.

    Args:
        path: the file; None keeps nothing but what servers can do, and that only in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.complaint = ""
        self._endpoints: dict[tuple[str, str], Endpoint] = {}

    def reply(self, key: str) -> str | None:
        """The reply kept under a key, if it is there and not too old."""
        query = "SELECT text FROM replies WHERE key = ? AND made > ?"
        row = self._row(query, (key, time.time() - _REPLY_DAYS * _DAY))
        return None if row is None else str(row[0])

    def keep_reply(self, key: str, text: str) -> None:
        """Keep a reply, and drop those that are too old."""
        now = time.time()
        self._write(
            ("DELETE FROM replies WHERE made <= ?", (now - _REPLY_DAYS * _DAY,)),
            ("INSERT OR REPLACE INTO replies VALUES (?, ?, ?)", (key, now, text)),
        )

    def endpoint(self, base_url: str, model: str) -> Endpoint | None:
        """What is known of a model on a server, if it is known and not too old."""
        if (base_url, model) in self._endpoints:
            return self._endpoints[base_url, model]
        query = "SELECT mode, steady FROM endpoints WHERE base_url = ? AND model = ? AND made > ?"
        row = self._row(query, (base_url, model, time.time() - _ENDPOINT_DAYS * _DAY))
        mode = next((m for m in get_args(StructuredOutput) if row and m == row[0]), None)
        return Endpoint(mode, steady=bool(row[1])) if row and mode else None

    def keep_endpoint(self, base_url: str, model: str, endpoint: Endpoint) -> None:
        """Keep what was found out about a model on a server."""
        self._endpoints[base_url, model] = endpoint
        values = (base_url, model, time.time(), endpoint.mode, int(endpoint.steady))
        self._write(("INSERT OR REPLACE INTO endpoints VALUES (?, ?, ?, ?, ?)", values))

    def _row(self, query: str, values: tuple[str | float, ...]) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = None
        if self.complaint or self.path is None:
            return row
        with self._told():
            if self.path.exists():
                with self._opened(self.path) as connection:
                    row = connection.execute(query, values).fetchone()
        return row

    def _write(self, *statements: _Statement) -> None:
        if self.path is not None and not self.complaint:
            with self._told(), self._opened(self.path) as connection:
                for statement, values in statements:
                    connection.execute(statement, values)

    @contextmanager
    def _opened(self, path: Path) -> Iterator[sqlite3.Connection]:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        with closing(connection):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise _TooNewError
            if version < _VERSION:
                _write_ahead(connection)
                connection.executescript(_TABLES)
                connection.execute(f"PRAGMA user_version={_VERSION}")
            connection.execute("PRAGMA synchronous=NORMAL")
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn every failure of the file into the complaint."""
        try:
            yield
        except sqlite3.Error as error:
            self._complain(next((t for n, t in _REASONS.items() if n in str(error)), "读写出错"))
        except OSError as error:
            self._complain(f"不能使用（系统错误 {error.errno}）")
        except _TooNewError:
            self._complain("是较新版本的程序写的")

    def _complain(self, reason: str) -> None:
        self.complaint = (
            f"缓存文件 {self.path} {reason}，这次运行不使用缓存，不影响核对。"
            "可用 XXGK_STORE 换一个位置；设为 off 则不使用缓存。"
        )
        logger.warning("store %s is not used any more: %s", self.path, reason)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite itself does not wait when another does so too.

    Raises:
        sqlite3.OperationalError: the file stayed locked.
    """
    given_up = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > given_up:
                raise
            time.sleep(_PAUSE)
        else:
            return
