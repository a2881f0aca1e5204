"""One name for a log on each machine: kept from start to start, and another one where the log is a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import studytool
from studytool.memory import Moment, open_store
from studytool.memory.store import machine

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}


def name_in(folder: Path) -> str:
    """The device's name of the log in `folder`, after one more answer."""
    store = open_store(folder)
    event = store.append("review", "k", {"grade": 3}, Moment(1000, 0))
    store.close()
    assert event.device == store.device
    return store.device


def test_a_log_keeps_its_name(tmp_path: Path) -> None:
    assert len({name_in(tmp_path / "a") for _ in range(3)}) == 1
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert name_in(tmp_path / "link") == name_in(tmp_path / "a")


def test_a_copy_has_a_name_of_its_own_and_numbers_from_one(tmp_path: Path) -> None:
    first = name_in(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    second = name_in(tmp_path / "b")
    assert second != first
    assert name_in(tmp_path / "a") == first
    store = open_store(tmp_path / "b")
    assert sorted((event.device == first, event.sequence) for event in store.events()) == [(False, 1), (True, 1)]
    store.close()


def test_a_log_that_goes_to_and_fro_has_one_name_in_each_place(tmp_path: Path) -> None:
    names = []
    for place, other in [("a", "b"), ("b", "a")] * 3:
        names.append(name_in(tmp_path / place))
        shutil.move(tmp_path / place, tmp_path / other)
    assert names == names[:2] * 3
    assert names[0] != names[1]


def test_a_log_of_before_machines_were_told_apart_keeps_its_name(tmp_path: Path) -> None:
    name = name_in(tmp_path)
    with sqlite3.connect(tmp_path / "reviews.db") as connection:
        connection.execute("DELETE FROM meta WHERE name <> 'device'")
    connection.close()
    assert name_in(tmp_path) == name


def test_two_windows_that_open_a_copy_at_once_get_one_name(tmp_path: Path) -> None:
    name_in(tmp_path / "a")
    script = "import sys\nfrom pathlib import Path\nfrom studytool.memory import open_store\n"
    script += "for n in range(10):\n    print(open_store(Path(sys.argv[1]) / str(n)).device)"
    for number in range(10):
        shutil.copytree(tmp_path / "a", tmp_path / str(number))
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, env=ENVIRON)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=60)[0] for process in running]
    assert told[0] == told[1] == told[2]
    assert len(set(told[0].split())) == 10


def test_a_machine_without_an_id_of_its_own_is_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(b"\xff\n")
    usual = machine.fingerprint(tmp_path)
    monkeypatch.setattr(machine, "_IDS", [str(tmp_path / name) for name in ("gone", "empty", "binary")])
    assert machine.fingerprint(tmp_path) == machine.fingerprint(tmp_path)
    assert machine.fingerprint(tmp_path) != machine.fingerprint(tmp_path / "below")
    (tmp_path / "id").write_text("0123456789abcdef\n")
    monkeypatch.setattr(machine, "_IDS", [str(tmp_path / "id")])
    assert machine.fingerprint(tmp_path) != usual
