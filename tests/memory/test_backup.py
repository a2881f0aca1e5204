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
from studytool.memory.store.backup import back_up, backups, beyond, has_grown, is_due, size
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


def test_a_log_begun_anew_the_same_day_leaves_the_backup_of_the_old_one(tmp_path: Path) -> None:
    answered(tmp_path, 9)
    first = back_up(tmp_path, TODAY).path
    old = ids(first)
    (tmp_path / "reviews.db").unlink()
    for count in (1, 2):
        answered(tmp_path)
        made = back_up(tmp_path, TODAY)
        assert (made.path.name, made.events) == ("reviews-2026-11-21-2.db", count)
    assert ids(first) == old
    answered(tmp_path, 12)  # more events than the first has, and none of those
    assert back_up(tmp_path, TODAY).path.name == "reviews-2026-11-21-2.db"
    assert ids(first) == old
    assert [path.name for path in backups(tmp_path)] == ["reviews-2026-11-21-2.db", "reviews-2026-11-21.db"]
    assert not is_due(tmp_path, TODAY)
    for day in range(1, 9):
        (tmp_path / "reviews.db").unlink()
        answered(tmp_path, 2)
        back_up(tmp_path, TODAY + timedelta(day))
    assert [size(path) for path in backups(tmp_path)] == [2] * 7 + [14]


def test_a_backup_of_the_same_day_that_has_other_events_than_the_log_is_kept(tmp_path: Path) -> None:
    for number in range(1, 4):
        answered(tmp_path, number)  # always more of them, and always others
        back_up(tmp_path, TODAY)
        (tmp_path / "reviews.db").unlink()
    assert [path.name[18:-3] for path in backups(tmp_path)] == ["-3", "-2", ""]
    assert [size(path) for path in backups(tmp_path)] == [3, 2, 1]


def test_a_log_with_fewer_events_than_its_largest_backup_is_noticed(tmp_path: Path) -> None:
    answered(tmp_path, 3)
    made = back_up(tmp_path, TODAY)
    assert beyond(tmp_path, 3) is None
    (tmp_path / "reviews.db").unlink()
    answered(tmp_path)
    back_up(tmp_path, TODAY + timedelta(1))
    assert beyond(tmp_path, 1) == made


def test_events_that_no_log_can_use_are_not_missed(tmp_path: Path) -> None:
    answered(tmp_path, 2)
    whole = (tmp_path / "reviews.db").read_bytes()
    connection = sqlite3.connect(tmp_path / "reviews.db")
    connection.execute("INSERT INTO events VALUES ('x', 1, 0, 'd', 9, 'review', 'k', '{', 1)")
    connection.commit()
    connection.close()
    back_up(tmp_path, TODAY)
    (tmp_path / "reviews.db").write_bytes(whole)
    assert beyond(tmp_path, 2) is None


def test_a_damaged_backup_of_the_same_day_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    answered(tmp_path)
    first = back_up(tmp_path, TODAY).path
    first.write_bytes(b"rubbish")
    answered(tmp_path)
    made = back_up(tmp_path, TODAY)
    assert (made.path.name, made.events) == ("reviews-2026-11-21-2.db", 2)
    assert first.read_bytes() == b"rubbish"


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
