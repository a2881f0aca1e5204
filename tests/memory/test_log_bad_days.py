"""Full disks, clocks that are wrong, journeys, two windows, newer versions: the log keeps every answer."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Candidate, Grade, Limits, Memory, Moment, Session, open_store, replay
from studytool.memory.store import raw
from studytool.memory.store.adrift import LOST_AND_FOUND
from studytool.memory.store.backup import back_up, backups, size
from studytool.memory.store.lines import Row
from studytool.memory.store.rescue import is_sound, rebuild
from studytool.memory.store.transfer import Trouble, lines_of, rows_from, take

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
DAY = timedelta(days=1)
TODAY = date(2026, 11, 21)


def rows(count: int, length: int = 0) -> Iterator[Row]:
    for n in range(count):
        yield Row(f"{n:032x}", n, 0, "d", n + 1, "review", "k", '{"grade":3,"text":"%s"}' % ("x" * length), 1)


# -- no room --------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, timeout=60
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, timeout=60)


def test_a_full_disk_costs_no_answer(small_disk: Path) -> None:
    store = open_store(small_disk)
    saved = []

    def answer_for_ever() -> None:
        for number in range(100_000):
            saved.append(store.append("review", str(number), {"grade": 3, "text": "x" * 2000}, Moment(number, 0)))

    with pytest.raises(StudytoolError, match=r"could not be written.*This answer was not saved\. Make room"):
        answer_for_ever()
    assert len(saved) > 20
    assert store.events() == saved
    store.close()  # there is no room to merge the journal into the file
    again = open_store(small_disk)
    assert again.events() == saved
    again.close()


@pytest.mark.parametrize("was_killed", [False, True])
def test_a_log_on_a_full_disk_can_be_read_and_exported(tmp_path: Path, small_disk: Path, was_killed: bool) -> None:
    """SQLite needs a file of its own beside the log even to read it, and there is no room for one."""
    store = open_store(tmp_path / "first")
    saved = [store.append("review", str(number), {"grade": 3}, Moment(number, 0)) for number in range(5)]
    folder = small_disk / "log"
    folder.mkdir()
    if not was_killed:
        store.close()
    for found in (tmp_path / "first").iterdir():
        if not found.name.endswith("-shm"):
            shutil.copy(found, folder)
    if was_killed:
        assert (folder / "reviews.db-wal").stat().st_size > 0
        store.close()
    with suppress(OSError), (small_disk / "fill").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    before = {found.name: found.read_bytes() for found in folder.iterdir() if found.stat().st_size}
    with pytest.raises(StudytoolError, match=r"could not be written: disk I/O error.*Make room"):
        open_store(folder)
    reading = open_store(folder, to_read=True)
    assert reading.events() == saved
    assert [row.id for row in reading.rows()] == [event.id for event in saved]
    with pytest.raises(StudytoolError, match=r"could not be written: disk I/O error.*Make room"):
        reading.append("review", "x", {"grade": 3}, Moment(0, 0))
    reading.close()
    assert {name: (folder / name).read_bytes() for name in before} == before


@pytest.mark.parametrize("to_read", [False, True])
def test_a_log_whose_device_is_no_text_is_a_sentence_and_no_crash(tmp_path: Path, to_read: bool) -> None:
    """Of an error that Python's module raises by itself, SQLite tells no code."""
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "reviews.db")) as log, log:
        log.execute("UPDATE meta SET value = CAST(x'ff' AS TEXT)")
    with pytest.raises(StudytoolError, match="Could not decode to UTF-8"):
        open_store(tmp_path, to_read=to_read)


def test_a_copy_that_cannot_be_made_leaves_no_connection_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "reviews.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
    (tmp_path / "reviews.db-wal").touch()
    connect, connections = sqlite3.connect, list[sqlite3.Connection]()

    def remembered(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connections.append(connect(*arguments, **options))
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", remembered)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        raw._copied(tmp_path / "reviews.db")
    assert len(connections) == 2
    for one in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            one.execute("SELECT 1")


def test_a_full_disk_keeps_an_import_out_as_a_whole(small_disk: Path) -> None:
    store = open_store(small_disk)
    own = store.append("review", "k", {"grade": 3}, Moment(1, 0))
    with pytest.raises(StudytoolError, match="Nothing was added"):
        store.merge_rows(rows(5000, 300))
    assert store.events() == [own]
    assert store.append("review", "k", {"grade": 3}, Moment(2, 0)).sequence == 2
    store.close()


def test_a_full_disk_keeps_the_backups_that_are_there(small_disk: Path) -> None:
    store = open_store(small_disk)
    store.merge_rows(rows(300, 300))
    made = back_up(small_disk, TODAY - DAY)
    store.merge_rows(rows(1200, 300))
    with pytest.raises(StudytoolError, match="could not be made"):
        back_up(small_disk, TODAY)
    assert backups(small_disk) == [made.path]
    assert is_sound(made.path)
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    store.close()


@pytest.mark.parametrize("count", [300, 500, 600, 700, 800, 900, 1100])
def test_a_full_disk_leaves_a_log_that_should_be_restored_as_it_is(small_disk: Path, count: int) -> None:
    store = open_store(small_disk)
    store.merge_rows(rows(count, 300))
    events = store.events()
    store.close()
    failure = ""
    try:
        assert rebuild(small_disk, None, "now").events == count
    except StudytoolError as error:
        failure = error.hint
    if count > 800:
        assert "room" in failure
    if failure:
        assert count > 500
        assert not list(small_disk.glob("reviews-*"))
    else:
        for path in small_disk.glob("reviews-replaced-*"):
            path.unlink()
    store = open_store(small_disk)
    assert store.events() == events
    store.close()


def test_an_import_beyond_the_quota_of_the_database_adds_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(StudytoolError, match=r"database or disk is full.*Nothing was added"):
        store.merge_rows(rows(1000))
    assert store.events() == []
    assert store.merge_rows(rows(3)) == 3
    store.close()


# -- clocks and journeys --------------------------------------------------------------------------------------------


def _studied(folder: Path, moments: Sequence[Moment]) -> None:
    """Answer at each moment what is shown then; what was remembered all along is what the log says afterwards."""
    store = open_store(folder)
    memory, draw = Memory(), random.Random(3)
    candidates = [Candidate(f"{n:032x}", "topic") for n in range(30)]
    answers = []
    for moment in moments:
        session = Session(candidates, memory, store, Limits(20, 200), moment)
        for _ in range(4):
            if session.shown(moment):
                answers.append(session.answer(draw.choice(list(Grade)), moment, took_ms=1000))
    store.close()
    again = open_store(folder)
    events = again.events()
    again.close()
    assert sorted(event.id for event in events) == sorted(event.id for event in answers)
    assert sorted(event.sequence for event in events) == list(range(1, len(answers) + 1))
    replayed = replay(events)
    assert len(answers) > 2 * len(moments)
    assert {key: replayed.state(key) for key in replayed.cards()} == {key: memory.state(key) for key in memory.cards()}
    for key in memory.cards():
        state = memory.state(key)
        assert state is not None
        assert state.due >= state.last
        assert 0 <= state.retrievability(moments[-1]) <= 1


NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=365)], ids=["an hour", "a year"])
def test_a_clock_that_goes_back_costs_no_answer_and_no_state(tmp_path: Path, back: timedelta) -> None:
    times = [NOON + n * DAY for n in range(6)]
    wrong = [times[-1] - back + n * DAY / 4 for n in range(4)]
    right = [times[-1] + n * DAY for n in range(1, 6)]
    _studied(tmp_path, [Moment.at(when) for when in (*times, *wrong, *right)])


def test_a_flight_around_the_world_costs_no_answer_and_no_state(tmp_path: Path) -> None:
    zones = [
        "Europe/Berlin",
        "America/New_York",
        "Pacific/Honolulu",
        "Pacific/Kiritimati",
        "Asia/Tokyo",
        "Europe/Berlin",
    ]
    _studied(tmp_path, [Moment.at((NOON + n * DAY / 3).astimezone(ZoneInfo(zone))) for n, zone in enumerate(zones * 3)])


@pytest.mark.parametrize("month", [3, 10], ids=["spring", "autumn"])
def test_daylight_saving_costs_no_answer_no_state_and_no_day(tmp_path: Path, month: int) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    days = [datetime(2026, month, 22, 9, tzinfo=berlin) + n * DAY for n in range(9)]  # the clock changes on a Sunday
    moments = [Moment.at(day) for day in days]
    assert {moment.offset for moment in moments} == {60, 120}
    assert [moment.day(4) for moment in moments] == [day.date().toordinal() for day in days]
    early = [Moment.at(day.replace(hour=hour)) for day in days for hour in (1, 2, 3, 5)]
    for moment, before in zip(early[1:], early, strict=False):
        assert moment.ms >= before.ms
        assert moment.day(4) >= before.day(4)
    _studied(tmp_path, early)


# -- two windows ----------------------------------------------------------------------------------------------------

APPENDING = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.readline()
for number in range(400):
    store.append("review", f"{sys.argv[2]} {number}", {"grade": 3}, Moment(1000 + number, 0))
store.close()
"""


def test_two_windows_append_hundreds_of_answers_at_once(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APPENDING, str(tmp_path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=ENVIRON,
        )
        for name in ("one", "two")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
    outcomes = [process.communicate("go\n", timeout=120) for process in processes]
    assert [errors for _, errors in outcomes] == ["", ""]
    store = open_store(tmp_path)
    events = sorted(store.events(), key=lambda event: event.sequence)
    assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()
    assert [event.sequence for event in events] == list(range(1, 801))
    for name in ("one", "two"):
        own = [event.card for event in events if str(event.card).startswith(name)]
        assert own == [f"{name} {number}" for number in range(400)]
    assert not (tmp_path / LOST_AND_FOUND).exists()


def test_a_backup_is_made_while_two_windows_append(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    command = [sys.executable, "-c", APPENDING, str(tmp_path), "one"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRON) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.write(b"go\n")
        process.stdin.flush()
        sizes = []
        while process.poll() is None:
            made = back_up(tmp_path, TODAY)
            assert made.events == size(made.path)
            sizes.append(made.events)
    assert sizes == sorted(sizes)
    assert size(tmp_path / "reviews.db") == 400


# -- newer versions -------------------------------------------------------------------------------------------------


def test_a_kind_of_a_newer_version_goes_through_everything(tmp_path: Path) -> None:
    foreign = Row("f" * 32, 5, 0, "elsewhere", 3, "teleport", "k", '{"to":["mars"],  "n":1e0}', 9)
    one, two = open_store(tmp_path / "one"), open_store(tmp_path / "two")
    own = one.append("review", "k", {"grade": 3}, Moment(1, 0))
    assert one.merge_rows([foreign]) == 1
    text = b"".join(lines_of(one.rows(), Trouble()))
    (tmp_path / "a.jsonl").write_bytes(text)
    with (tmp_path / "a.jsonl").open("rb") as file:
        assert take(two, lambda trouble: rows_from(file, "a.jsonl", trouble), skip_damaged=False).new == 2
    back_up(tmp_path / "two", TODAY)
    two.close()
    (tmp_path / "two" / "reviews.db").unlink()
    assert rebuild(tmp_path / "two", backups(tmp_path / "two")[0], "now").events == 2
    two = open_store(tmp_path / "two")
    assert foreign in list(two.rows())
    assert replay(two.events()).state("k") == replay([own]).state("k")
    (tmp_path / "two" / "reviews.db").unlink()  # under the open window
    two.append("review", "k", {"grade": 3}, Moment(9, 0))
    two.close()
    two = open_store(tmp_path / "two")
    assert foreign in list(two.rows())
    assert len(two.events()) == 3
    one.close()
    two.close()


def test_answers_wait_where_a_newer_version_has_taken_the_log_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.append("review", "before", {"grade": 3}, Moment(1, 0))
    newer = tmp_path / "newer.db"
    connection = sqlite3.connect(newer)
    connection.executescript("CREATE TABLE events (id); PRAGMA application_id = 1398031449; PRAGMA user_version = 99")
    connection.close()
    os.replace(newer, store.path)
    content = store.path.read_bytes()
    store.append("review", "after", {"grade": 3}, Moment(2, 0))
    store.close()
    assert store.path.read_bytes() == content
    assert (tmp_path / LOST_AND_FOUND).read_bytes().count(b'"card":"after"') == 1
    store.path.unlink()
    again = open_store(tmp_path)
    assert [event.card for event in again.events()] == ["before", "after"]
    again.close()
