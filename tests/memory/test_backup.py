"""Backups: one a day, seven kept, each checked; a bad one never takes the place of a good one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Moment, open_store
from studytool.memory.store.backup import back_up, backups, has_grown, is_due, size
from studytool.memory.store.rescue import is_sound

TODAY = date(2026, 11, 21)
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}


def answered(folder: Path, count: int = 1) -> None:
    store = open_store(folder)
    for _ in range(count):
        store.append("review", "k", {"grade": 3}, Moment(1_704_110_400_000, 60))
    store.close()


def ids(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [name for (name,) in connection.execute("SELECT id FROM events ORDER BY rowid")]
    finally:
        connection.close()


def test_a_backup_is_one_file_with_all_events_while_another_window_goes_on(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.append("review", "k", {"grade": 3}, Moment(1, 0))
    made = back_up(tmp_path, TODAY)
    store.append("review", "k", {"grade": 3}, Moment(2, 0))
    assert made.path == tmp_path / "backups" / "reviews-2026-11-21.db"
    assert made.events == 1
    assert is_sound(made.path)
    assert ids(made.path) == [event.id for event in store.events()][:1]
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0
    store.close()


def test_it_is_due_once_a_day_and_only_when_the_log_has_grown(tmp_path: Path) -> None:
    assert not is_due(tmp_path, TODAY)
    open_store(tmp_path).close()
    assert not is_due(tmp_path, TODAY)
    answered(tmp_path)
    assert is_due(tmp_path, TODAY)
    back_up(tmp_path, TODAY)
    assert not has_grown(tmp_path)
    tomorrow = TODAY + timedelta(1)
    assert not is_due(tmp_path, tomorrow)
    answered(tmp_path)
    assert not is_due(tmp_path, TODAY)
    assert is_due(tmp_path, tomorrow)


def test_the_last_seven_are_kept(tmp_path: Path) -> None:
    for day in range(10):
        answered(tmp_path)
        back_up(tmp_path, TODAY + timedelta(day))
    assert [path.name[8:18] for path in backups(tmp_path)] == [str(TODAY + timedelta(day)) for day in range(9, 2, -1)]
    assert [size(path) for path in backups(tmp_path)] == list(range(10, 3, -1))


def test_a_log_begun_anew_does_not_push_out_the_last_backup_of_the_old_one(tmp_path: Path) -> None:
    answered(tmp_path, 9)
    back_up(tmp_path, TODAY)
    (tmp_path / "reviews.db").unlink()
    for day in range(1, 9):
        answered(tmp_path)
        back_up(tmp_path, TODAY + timedelta(day))
    assert len(backups(tmp_path)) == 8
    assert size(backups(tmp_path)[-1]) == 9


def test_backups_of_days_to_come_do_not_push_out_those_of_today(tmp_path: Path) -> None:
    for day in range(8):
        answered(tmp_path)
        back_up(tmp_path, TODAY + timedelta(365 + day))
    for day in range(8):
        answered(tmp_path)
        back_up(tmp_path, TODAY + timedelta(day))
    years = [path.name[8:12] for path in backups(tmp_path)]
    assert (years.count("2027"), years.count("2026")) == (7, 7)
    assert size(tmp_path / "backups" / f"reviews-{TODAY + timedelta(7)}.db") == 16


def test_a_damaged_log_makes_no_backup_and_costs_none(tmp_path: Path) -> None:
    answered(tmp_path, 500)
    good = back_up(tmp_path, TODAY).path.read_bytes()
    log = tmp_path / "reviews.db"
    content = log.read_bytes()
    log.write_bytes(content[:8192] + os.urandom(8192) + content[16384:])
    for day in (TODAY, TODAY + timedelta(1)):
        with pytest.raises(StudytoolError, match="could not be made"):
            back_up(tmp_path, day)
    (kept,) = (tmp_path / "backups").iterdir()
    assert kept.read_bytes() == good


def test_a_place_where_no_backup_can_be_is_one_sentence(tmp_path: Path) -> None:
    answered(tmp_path)
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(StudytoolError, match=r"backups.* could not be made"):
        back_up(tmp_path, TODAY)


BACKING_UP = """
import sys
from datetime import date, timedelta
from pathlib import Path
from studytool.memory.store.backup import back_up
day = date(2026, 1, 1)
while True:
    made = back_up(Path(sys.argv[1]), day)
    print(made.path, flush=True)
    day += timedelta(1)
"""


def test_a_backup_that_is_killed_leaves_nothing_half(tmp_path: Path) -> None:
    answered(tmp_path)
    with sqlite3.connect(tmp_path / "reviews.db") as connection:
        connection.executemany(
            "INSERT INTO events VALUES (?, ?, 0, 'd', ?, 'review', 'k', ?, 1)",
            [(f"{n:032x}", n, n, '{"grade":3,"text":"%s"}' % ("x" * 500)) for n in range(4000)],
        )
    connection.close()
    for run in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", BACKING_UP, str(tmp_path)], stdout=subprocess.PIPE, env=ENVIRON
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(run * 0.005)
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
        process.wait(30)
        assert all(is_sound(path) and size(path) == 4001 for path in backups(tmp_path))
    assert is_sound(tmp_path / "reviews.db")
    left = [path for path in (tmp_path / "backups").iterdir() if path.name.startswith(".")]
    for path in left:
        os.utime(path, (1, 1))
    back_up(tmp_path, TODAY)
    assert not [path for path in (tmp_path / "backups").iterdir() if path.name.startswith(".")]
