"""A review log that cannot be used is left as it is, and said so in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

USING = [("due",), ("study", "--plain"), ()]
IDS = [" ".join(command) or "studytool" for command in USING]


@pytest.fixture
def answered(studytool, notes: Path, log: Path) -> bytes:
    """A log with a few answers in it, at `log`; its bytes."""
    done = studytool("study", "--plain", notes, stdin="\n3\n\n4\n\n1\nq\n")
    assert done.code == 0
    assert sorted(path.name for path in log.parent.iterdir()) == ["backups", log.name]
    return log.read_bytes()


def refused(done, told: str) -> None:
    """The program ended with one sentence that holds `told`, and printed nothing else."""
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("studytool: ")
    assert done.err.count("\n") == 1
    assert told in done.err


@pytest.mark.parametrize("command", USING, ids=IDS)
@pytest.mark.parametrize("harm", ["rubbish", "header", "cut off", "a page"])
def test_a_damaged_log_is_left_byte_for_byte(
    studytool, notes: Path, log: Path, answered: bytes, command: Sequence[str], harm: str
) -> None:
    page = int.from_bytes(answered[16:18], "big")
    damaged = {
        "rubbish": b"this was a letter to my aunt\n" * 500,
        "header": b"SQLite format 4\0" + answered[16:],
        "cut off": answered[: len(answered) // 2],
        "a page": answered[:page] + b"\xaa" * page * 2 + answered[page * 3 :],
    }[harm]
    log.write_bytes(damaged)
    refused(studytool(*command, notes), "damaged")
    assert log.read_bytes() == damaged


@pytest.mark.parametrize("command", USING, ids=IDS)
def test_a_log_of_a_newer_version_is_left_alone(
    studytool, notes: Path, log: Path, answered: bytes, command: Sequence[str]
) -> None:
    connection = sqlite3.connect(log)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = log.read_bytes()
    done = studytool(*command, notes)
    refused(done, "newer version")
    assert "pip install" in done.err
    assert log.read_bytes() == before


@pytest.mark.parametrize("command", USING, ids=IDS)
def test_a_database_of_another_program_is_left_alone(studytool, notes: Path, log: Path, command: Sequence[str]) -> None:
    log.parent.mkdir()
    connection = sqlite3.connect(log)
    connection.execute("CREATE TABLE tunes (name TEXT)")
    connection.commit()
    connection.close()
    before = log.read_bytes()
    refused(studytool(*command, notes), "another program")
    assert log.read_bytes() == before


@pytest.mark.parametrize("command", USING, ids=IDS)
def test_a_data_folder_below_a_file_is_named(studytool, notes: Path, tmp_path: Path, command: Sequence[str]) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = studytool(*command, notes, env={"STUDYTOOL_DATA": str(tmp_path / "file" / "data")})
    refused(done, str(tmp_path / "file" / "data"))
    assert "STUDYTOOL_DATA" in done.err


@pytest.mark.parametrize("command", USING, ids=IDS)
def test_a_read_only_data_folder_is_named(
    studytool, notes: Path, tmp_path: Path, mortal: Sequence[str], command: Sequence[str]
) -> None:
    data = tmp_path / "read-only"
    data.mkdir(mode=0o500)
    done = studytool(*command, notes, env={"STUDYTOOL_DATA": str(data)}, prefix=mortal)
    refused(done, str(data))
    assert list(data.iterdir()) == []


def test_a_read_only_log_is_named_and_left_alone(
    studytool, notes: Path, log: Path, answered: bytes, mortal: Sequence[str]
) -> None:
    log.chmod(0o400)
    refused(studytool("study", "--plain", notes, prefix=mortal), str(log))
    assert log.read_bytes() == answered


def test_a_home_that_is_not_there_is_named(studytool, notes: Path) -> None:
    done = studytool("due", notes, env={"STUDYTOOL_DATA": "~nobody-of-this-name/data"})
    assert done.code == 2
    assert "STUDYTOOL_DATA" in done.err


def test_listing_needs_no_log(studytool, notes: Path, log: Path) -> None:
    log.parent.mkdir()
    log.write_bytes(b"rubbish" * 1000)
    for command in ("cards", "check"):
        assert studytool(command, notes).code == 0


def test_an_empty_file_is_a_first_start(studytool, notes: Path, log: Path) -> None:
    log.parent.mkdir()
    log.touch()
    assert studytool("due", notes).code == 0
