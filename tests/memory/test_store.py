"""The store on real files: what is appended is there, in order, for good."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Event, Moment, open_store
from studytool.memory.store.check import look_at
from studytool.memory.store.raw import open_to_read, rows_of

NOW = Moment(1_704_110_400_000, 60)
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A Python process of its own that runs `script`."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRON)


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    written = [
        store.append("review", "k1", {"grade": 3, "took_ms": 5, "text": {"front": "Größe, 損失, 🙂"}}, NOW),
        store.append("undo", None, {"event": "x"}, Moment(NOW.ms + 1, -480)),
    ]
    store.close()
    again = open_store(tmp_path)
    assert again.events() == written
    assert [event.sequence for event in written] == [1, 2]
    assert {event.device for event in written} == {again.device}
    again.close()


def test_events_come_in_the_order_of_time_and_not_of_arrival(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for ms in (30, 10, 20, 10):
        store.append("review", str(ms), {"grade": 3}, Moment(ms, 0))
    assert [(event.ms, event.sequence) for event in store.events()] == [(10, 2), (10, 4), (20, 3), (30, 1)]
    store.close()


def test_text_that_utf8_cannot_hold_is_kept(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    event = store.append("note", "k", {"text": "half a pair: \ud83d"}, NOW)
    assert store.events() == [event]
    store.close()


def test_an_event_holds_its_own_copy_of_the_payload(tmp_path: Path) -> None:
    store, payload = open_store(tmp_path), {"grade": 3}
    event = store.append("review", "k", payload, NOW)
    payload["grade"] = 1
    assert event.payload == {"grade": 3}
    store.close()


def test_the_settings_that_make_a_commit_durable_are_on(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    settings = [
        store._connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "application_id", "user_version")
    ]
    assert settings == ["wal", 2, 0x53544459, 1]
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events",
        "UPDATE events SET kind = 'other'",
        "INSERT OR REPLACE INTO events SELECT id, 0, 0, '', 0, '', '', '', 0 FROM events",
    ],
)
def test_an_event_can_neither_be_changed_nor_removed(tmp_path: Path, statement: str) -> None:
    store = open_store(tmp_path)
    event = store.append("review", "k", {"grade": 3}, NOW)
    connection = sqlite3.connect(tmp_path / "reviews.db")
    with contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(statement)
        connection.commit()
    connection.close()
    assert store.events() == [event]
    store.close()


def test_events_of_an_unknown_kind_are_kept_and_passed_on(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    foreign = Event("f" * 32, 5, 0, "elsewhere", 1, "teleport", None, {"to": ["mars"]}, 9)
    own = store.append("review", "k", {"grade": 3}, NOW)
    assert store.merge([foreign, own]) == 1
    assert store.merge([foreign]) == 0
    assert store.events() == [foreign, own]
    store.close()


def test_a_folder_is_made_with_its_parents_and_for_the_user_alone(tmp_path: Path) -> None:
    open_store(tmp_path / "a" / "b").close()
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0


def test_several_threads_may_append(tmp_path: Path) -> None:
    store = open_store(tmp_path)

    def work() -> None:
        for _ in range(20):
            store.append("review", "k", {"grade": 3}, NOW)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.sequence for event in store.events()] == list(range(1, 81))
    store.close()


APPENDING = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
for folder in range(20):
    store = open_store(Path(sys.argv[1]) / str(folder))
    for number in range(10):
        store.append("review", f"{sys.argv[2]} {number}", {"grade": 3}, Moment(1000 + number, 0))
    print(store.device)
    store.close()
"""


def test_two_processes_append_at_once_and_start_new_logs_at_once(tmp_path: Path) -> None:
    processes = [child(APPENDING, tmp_path / "new", name) for name in ("one", "two", "three")]
    outcomes = [process.communicate(timeout=60) for process in processes]
    assert [errors for _, errors in outcomes] == ["", "", ""]
    assert len({devices for devices, _ in outcomes}) == 1
    for folder in range(20):
        store = open_store(tmp_path / "new" / str(folder))
        events = store.events()
        store.close()
        assert {event.card for event in events} == {
            f"{name} {n}" for name in ("one", "two", "three") for n in range(10)
        }
        assert sorted(event.sequence for event in events) == list(range(1, 31))


APPENDS = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
store = open_store(Path(sys.argv[1]))
store.append("review", sys.argv[2], {"grade": 3}, Moment(1_704_110_400_000, 0))
store.close()
"""


@pytest.mark.parametrize("first", [True, False], ids=["new log", "log of before"])
@pytest.mark.parametrize("again", ["store", "to read", "raw", "look"])
def test_a_log_that_is_opened_twice_keeps_its_locks_when_one_of_both_is_closed(
    tmp_path: Path, first: bool, again: str
) -> None:
    if not first:
        open_store(tmp_path).close()
    store = open_store(tmp_path)
    store.append("review", "k0", {"grade": 3}, NOW)
    log = tmp_path / "reviews.db"
    for number in (1, 2):
        if again == "raw":
            open_to_read(log).close()
        elif again == "look":
            assert look_at(log)
        else:
            open_store(tmp_path, to_read=again == "to read").close()
        ran = child(APPENDS, tmp_path, f"k{number}")
        assert ran.communicate(timeout=60)[1] == ""
        # Without its locks the other process, the last one as it seems, would have taken the journal away.
        assert {event.card for event in store.events()} == {f"k{one}" for one in range(number + 1)}
    store.close()
    assert look_at(log)
    log.write_bytes(b"no log at all, but words")
    with pytest.raises(StudytoolError, match="not a SQLite database"):
        look_at(log)


def test_a_log_is_read_whose_journal_another_window_takes_away_just_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    store.append("review", "k", {"grade": 3}, NOW)
    getsize = os.path.getsize

    def meanwhile(path: str) -> int:
        store.close()
        return getsize(path)

    monkeypatch.setattr(os.path, "getsize", meanwhile)
    assert [row.card for row in rows_of(tmp_path / "reviews.db")] == ["k"]
