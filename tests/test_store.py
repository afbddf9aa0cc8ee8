"""The file between runs: kept, shared, and never a reason to stop."""

import sqlite3
import stat
import sys
import threading
import time
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from checker import store as store_module
from checker.store import Endpoint, Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.sqlite3"


def test_a_reply_is_kept_for_later_runs(path: Path) -> None:
    assert Store(path).reply("k") is None
    Store(path).keep_reply("k", "文字")
    assert Store(path).reply("k") == "文字"
    assert Store(path).reply("other") is None


def test_looking_something_up_makes_no_file(path: Path) -> None:
    assert Store(path).reply("k") is None
    assert not path.parent.exists()


def test_what_a_server_can_do_is_kept(path: Path) -> None:
    Store(path).keep_endpoint("u", "m", Endpoint("tools", steady=False))
    assert Store(path).endpoint("u", "m") == Endpoint("tools", steady=False)
    assert Store(path).endpoint("u", "other") is None


def test_without_a_file_only_servers_are_remembered() -> None:
    store = Store(None)
    store.keep_reply("k", "x")
    assert store.reply("k") is None
    store.keep_endpoint("u", "m", Endpoint("tools", steady=True))
    assert store.endpoint("u", "m") == Endpoint("tools", steady=True)
    assert store.complaint == ""


def test_what_is_old_is_dropped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(path)
    store.keep_reply("old", "x")
    store.keep_endpoint("u", "m", Endpoint("tools", steady=True))
    later = time.time() + 181 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert store.reply("old") is None
    assert Store(path).endpoint("u", "m") is None
    store.keep_reply("new", "y")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT key FROM replies").fetchall() == [("new",)]
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_user_may_read_it(path: Path) -> None:
    Store(path).keep_reply("k", "x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_writes_ahead(path: Path) -> None:
    Store(path).keep_reply("k", "x")
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def _fill(path: Path, name: str) -> str:
    store = Store(path)
    for number in range(20):
        store.keep_reply(f"{name}-{number}", "x" * 5_000)
    return store.complaint


def _count(path: Path) -> int:
    return sum(Store(path).reply(f"{name}-{n}") is not None for name in "abcd" for n in range(20))


def test_threads_share_it(path: Path) -> None:
    threads = [threading.Thread(target=_fill, args=[path, name]) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(path) == 80


def test_processes_share_it(path: Path) -> None:
    with get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_fill, [(path, name) for name in "abcd"]) == [""] * 4
    assert _count(path) == 80


class _Small(sqlite3.Connection):
    """As on a disk that is full."""

    def __init__(self, database: str, *, timeout: float, **_: object) -> None:
        super().__init__(database, timeout=timeout, isolation_level=None)
        self.execute("PRAGMA max_page_count=1")


class _ReadOnly(sqlite3.Connection):
    """As in a folder that may not be written to."""

    def __init__(self, database: str, *, timeout: float, **_: object) -> None:
        super().__init__(database, timeout=timeout, isolation_level=None)
        self.execute("PRAGMA query_only=1")


def _given_up(store: Store, says: str) -> None:
    """The first use tells why, and all others do nothing."""
    store.keep_reply("k", "x")
    assert says in store.complaint
    assert "XXGK_STORE" in store.complaint
    assert store.reply("k") is None
    store.keep_endpoint("u", "m", Endpoint("tools", steady=True))
    assert Store(store.path).endpoint("u", "m") is None


def test_a_locked_file_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_PATIENCE", 0.05)
    Store(path).keep_reply("a", "x")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        _given_up(Store(path), "正被别的程序占用")
    finally:
        holder.close()


def test_a_full_disk_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).keep_reply("a", "x")
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=_Small))
    store = Store(path)
    store.keep_reply("b", "x" * 1_000_000)
    assert "磁盘已满" in store.complaint


def test_a_file_of_another_program_is_told(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("不是数据库" * 500, encoding="utf-8")
    _given_up(Store(path), "不是本程序的缓存文件")
    assert path.read_text(encoding="utf-8").startswith("不是数据库")


def test_a_file_with_a_damaged_middle_is_told(path: Path) -> None:
    for number in range(50):
        Store(path).keep_reply(f"k{number}", "x" * 5_000)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    data = bytearray(path.read_bytes())
    data[4_096:-4_096] = b"\xa5" * (len(data) - 8_192)
    path.write_bytes(data)
    store = Store(path)
    found = [store.reply(f"k{number}") for number in range(50)]
    assert set(found) <= {None, "x" * 5_000}
    assert "已损坏" in store.complaint


def test_what_is_no_text_is_no_reply(path: Path) -> None:
    Store(path).keep_reply("k", "x")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE replies SET text = CAST(x'ff80' AS TEXT)")
    connection.close()
    store = Store(path)
    assert store.reply("k") is None
    assert "读写出错" in store.complaint


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    Store(path).keep_reply("k", "x")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    _given_up(Store(path), "较新版本")


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    _given_up(Store(path), "打不开")


def test_a_file_where_the_folder_should_be_is_told(path: Path) -> None:
    path.parent.touch()
    _given_up(Store(path), "系统错误")


def test_a_file_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).keep_reply("k", "x")
    # a user with all rights, as in a container, may write what is marked read-only
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=_ReadOnly))
    store = Store(path)
    assert store.reply("k") == "x"
    store.keep_reply("k", "y")
    assert "不能写入" in store.complaint
