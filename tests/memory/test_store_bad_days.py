"""Folders, files and disks that are not as they should be: one clear sentence, and nothing lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Moment, open_memory, open_store
from studytool.memory.store.lines import Row

NOW = Moment(1_704_110_400_000, 60)
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The file of a log with 2,000 events."""
    store = open_store(tmp_path / "data")
    with sqlite3.connect(store.path) as connection:
        connection.executemany(
            "INSERT INTO events VALUES (?, ?, 0, 'd', ?, 'review', ?, ?, 1)",
            [(f"{n:032x}", n, n, f"{n:032x}", '{"grade":3}') for n in range(2000)],
        )
    connection.close()
    store.close()
    return tmp_path / "data" / "reviews.db"


def _refusal(folder: Path) -> str:
    """The sentence with which a log in `folder` is refused, at the latest when it is read."""
    with pytest.raises(StudytoolError) as caught:
        _read(folder)
    assert caught.value.hint
    return str(caught.value)


def _read(folder: Path) -> None:
    store = open_store(folder)
    try:
        store.events()
    finally:
        store.close()


def _garbage(content: bytes) -> bytes:
    return random.Random(1).randbytes(len(content))


def _text(content: bytes) -> bytes:
    return b"These are my notes.\n" * 500


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _short_header(content: bytes) -> bytes:
    return content[:50]


def _header_only(content: bytes) -> bytes:
    return content[:100] + bytes(len(content) - 100)


def _hole(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:8192] + _garbage(content[8192:middle]) + content[middle:]


@pytest.mark.parametrize("damage", [_garbage, _text, _half, _short_header, _header_only, _hole])
def test_a_damaged_log_is_refused_and_left_as_it_is(log: Path, damage: Callable[[bytes], bytes]) -> None:
    log.write_bytes(damage(log.read_bytes()))
    before = log.read_bytes()
    message = _refusal(log.parent)
    assert "is damaged" in message
    assert str(log) in message
    assert "Nothing was changed" in message
    assert "backup" in message
    assert log.read_bytes() == before


def test_an_empty_file_beside_a_full_journal_is_damage_and_not_a_new_log(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.append("review", "k", {"grade": 3}, NOW)
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(tmp_path / "reviews.db-wal", copy / "reviews.db-wal")  # it holds the event, the file not yet
    store.close()
    (copy / "reviews.db").touch()
    journal = (copy / "reviews.db-wal").read_bytes()
    assert "is damaged" in _refusal(copy)
    assert (copy / "reviews.db-wal").read_bytes() == journal


def test_an_empty_file_alone_is_a_first_start_that_was_interrupted(tmp_path: Path) -> None:
    (tmp_path / "reviews.db").touch()
    store = open_store(tmp_path)
    assert store.events() == []
    store.close()


def test_an_event_whose_payload_is_no_json_is_named(log: Path) -> None:
    with sqlite3.connect(log) as connection:
        connection.execute("INSERT INTO events VALUES ('broken', 5, 0, 'd', 1, 'review', 'k', '{', 1)")
    connection.close()
    assert "event broken cannot be read" in _refusal(log.parent)


def test_a_log_of_a_newer_version_is_refused_and_left_as_it_is(log: Path) -> None:
    connection = sqlite3.connect(log)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = log.read_bytes()
    message = _refusal(log.parent)
    assert "newer version" in message
    assert "Nothing was changed" in message
    assert "pip install --upgrade" in message
    assert log.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cards (id)")
    connection.close()
    before = path.read_bytes()
    assert "another program" in _refusal(tmp_path)
    assert path.read_bytes() == before


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    for folder in (tmp_path / "data", tmp_path / "data" / "below"):
        message = _refusal(folder)
        assert f"cannot be kept in {folder}" in message
        assert "STUDYTOOL_DATA" in message


def test_a_folder_where_the_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "reviews.db").mkdir()
    assert "is a folder" in _refusal(tmp_path)


AS_NOBODY = """
import os, sys
from pathlib import Path
from studytool.errors import StudytoolError
from studytool.memory import open_store
if os.geteuid() == 0:  # the administrator may write everywhere
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    open_store(Path(sys.argv[1]))
    print("opened")
except StudytoolError as error:
    print(error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("case", ["no log yet", "a log", "a folder to be made", "only the file", "a closed folder"])
def test_a_read_only_folder_is_one_sentence(open_folder: Path, case: str) -> None:
    folder = open_folder / "below" if case == "a folder to be made" else open_folder
    if case in ("a log", "only the file"):
        open_store(open_folder).close()
        (open_folder / "reviews.db").chmod(0o444)
    open_folder.chmod({"only the file": 0o777, "a closed folder": 0o600}.get(case, 0o555))
    ran = subprocess.run([sys.executable, "-c", AS_NOBODY, str(folder)], capture_output=True, text=True, env=ENVIRON)
    assert ran.stderr == ""
    assert ran.stdout.startswith("The review log ")
    assert "cannot be" in ran.stdout
    assert "Nothing was changed." in ran.stdout
    assert "STUDYTOOL_DATA" in ran.stdout


def test_a_log_that_another_program_holds_is_one_sentence_and_the_session_goes_on(tmp_path: Path) -> None:
    store = open_store(tmp_path, wait=0.1)
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StudytoolError, match=r"Another program holds .* was not saved"):
        store.append("review", "k", {"grade": 3}, NOW)
    other.execute("ROLLBACK")
    other.close()
    event = store.append("review", "k", {"grade": 3}, NOW)
    assert store.events() == [event]
    store.close()


def test_a_log_that_another_program_keeps_to_itself_cannot_be_opened(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    other = sqlite3.connect(tmp_path / "reviews.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StudytoolError, match="Another program holds"):
        open_store(tmp_path, wait=0.1)
    other.close()


FULL = """
import resource, sys
from pathlib import Path
from studytool.errors import StudytoolError
from studytool.memory import Candidate, Grade, Limits, Moment, Session, open_store, replay
store = open_store(Path(sys.argv[1]))
memory = replay(store.events(), desired_retention=0.9, rollover=4)
now = Moment(1_704_110_400_000, 0)
session = Session([Candidate(str(n), "t") for n in range(5000)], memory, store, Limits(5000, 5000), now)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))  # no file may grow beyond that: writes fail for real
saved = []
try:
    while True:
        shown, counts = session.shown(now), session.counts(now)
        saved.append(session.answer(Grade.EASY, now, took_ms=1).id)
except StudytoolError as error:
    print(error)
print(session.shown(now) == shown and session.counts(now) == counts)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
saved.append(session.answer(Grade.EASY, now, took_ms=1).id)
print(session.shown(now).key != shown.key)
print(sorted(saved) == sorted(event.id for event in store.events()) and len(saved) > 10)
store.close()
again = open_store(Path(sys.argv[1]))
print(sorted(saved) == sorted(event.id for event in again.events()))
"""


def test_a_full_disk_costs_no_answer_and_the_session_goes_on_when_there_is_room(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, env=ENVIRON, timeout=60)
    assert ran.stderr == ""
    message, *facts = ran.stdout.splitlines()
    assert "could not be written" in message
    assert "This answer was not saved" in message
    assert "Make room" in message
    assert facts == ["True"] * 4


def test_a_database_that_may_not_grow_any_more_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StudytoolError, match="database or disk is full"):
        store.append("note", "k", {"text": "x" * 100_000}, NOW)
    assert store.append("note", "k", {"text": "short"}, NOW).sequence == 1
    store.close()


@pytest.mark.parametrize(
    ("kind", "told"), [("review", "answer"), ("note", "answer"), ("undo", "undo"), ("suspend", "change")]
)
def test_what_could_not_be_saved_is_called_what_it_was(tmp_path: Path, kind: str, told: str) -> None:
    store = open_store(tmp_path)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StudytoolError, match=rf"is full\. This {told} was not saved\."):
        store.append(kind, "k", {"text": "x" * 100_000}, NOW)
    store.close()


@pytest.mark.parametrize("long", [20_000, 1])
def test_an_event_of_lists_within_lists_beyond_all_measure_has_no_effect_and_is_kept(
    log: Path, tmp_path: Path, long: int
) -> None:
    """No import takes such an event, but a log may hold one of before."""
    store = open_store(log.parent)
    deep = '{"grade":1,"a":' + "[" * 100_000 + "]" * 100_000 + "}"
    store.merge_rows([Row("deep", 3000, 0, "d", 3000, "review", f"{5:032x}", deep, 1)])
    memory = open_memory(store, cache=tmp_path / "cache", long=long)
    state = memory.state(f"{5:032x}")
    assert state is not None
    assert (state.reviews, state.lapses) == (1, 0)
    store.append("review", "after", {"grade": 3}, NOW)
    assert open_memory(store, cache=tmp_path / "cache", long=long).state("after") is not None
    assert [row.payload for row in store.rows() if row.id == "deep"] == [deep]
    store.close()
