"""A review log that cannot be used is left as it is, and said so in one sentence."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
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


READING = [
    *(("due",), ("log", "export"), ("stats",), ("search", "is:new"), ("forecast",), ("log", "states")),
    *(("cards",), ("away",), ("fit", "--dry-run")),
]
WITH_NOTES = ("due", "stats", "search", "forecast", "cards")
WRITING = [("study", "--plain"), ("away", "monday"), ("fit",)]


def read(studytool, notes: Path, command: Sequence[str], prefix: Sequence[str] = ()) -> str:
    """What a command that only reads says; it may say nothing of an error."""
    done = studytool(*command, *([notes] if command[0] in WITH_NOTES else []), prefix=prefix)
    assert (done.code, done.err) == (0, ""), command
    assert done.out
    return str(done.out)


@pytest.mark.parametrize("closed", ["file", "folder", "journal", "open elsewhere"])
def test_a_log_that_can_only_be_read_is_read(
    studytool, notes: Path, log: Path, answered: bytes, mortal: Sequence[str], closed: str
) -> None:
    elsewhere = sqlite3.connect(log)  # as a window that is open, or that was killed, leaves it: with a journal
    elsewhere.execute("PRAGMA wal_autocheckpoint = 0")
    if closed in ("journal", "open elsewhere"):
        columns = "id, ms, offset, device, sequence, kind, card, payload, version"
        again = "'later', ms + 1, offset, device, 99, kind, card, payload, version"
        elsewhere.execute(f"INSERT INTO events ({columns}) SELECT {again} FROM events WHERE kind = 'review' LIMIT 1")
        elsewhere.commit()
    commands = READING if closed == "file" else READING[:2]  # all of them open the log alike
    before = {command: read(studytool, notes, command) for command in commands}
    if closed == "journal":  # on another disk, without what only a running program has
        files = {name: (log.parent / name).read_bytes() for name in ("reviews.db", "reviews.db-wal")}
        elsewhere.close()
        for path in log.parent.glob("reviews.db*"):
            path.unlink()
        for name, content in files.items():
            (log.parent / name).write_bytes(content)
    elif closed != "open elsewhere":
        elsewhere.close()
    held = {path.name: path.read_bytes() for path in log.parent.glob("reviews*")}
    for path in log.parent.glob("reviews*"):
        path.chmod(0o444)
    log.parent.chmod(0o755 if closed == "file" else 0o555)
    try:
        for command, told in before.items():
            assert read(studytool, notes, command, mortal) == told
        assert str(log) in read(studytool, notes, ("log",), mortal)
        for command in WRITING if closed == "file" else WRITING[:1]:
            done = studytool(*command, *([notes] if command[0] == "study" else []), prefix=mortal)
            refused(
                done, f"{log} cannot be written: {'it is' if closed == 'file' else 'it and its folder are'} read-only"
            )
        assert {path.name: path.read_bytes() for path in log.parent.glob("reviews*")} == held
    finally:
        log.parent.chmod(0o755)
        elsewhere.close()


def test_what_may_not_be_read_is_named(
    studytool, notes: Path, log: Path, answered: bytes, mortal: Sequence[str]
) -> None:
    log.chmod(0)
    for command in ("due", "stats"):
        refused(studytool(command, notes, prefix=mortal), f"{log} cannot be read: Permission denied")


def test_a_log_on_a_read_only_file_system_is_read(
    studytool, notes: Path, log: Path, answered: bytes, tmp_path: Path
) -> None:
    """A mount that root cannot write either; skipped where none can be made."""
    before = read(studytool, notes, ("due",))
    for flags in (["--bind", str(log.parent)], ["-o", "remount,bind,ro"]):
        if shutil.which("mount") is None:
            pytest.skip("there is no program to mount with")
        done = subprocess.run(["mount", *flags, str(log.parent)], capture_output=True, check=False)
        if done.returncode:
            subprocess.run(["umount", str(log.parent)], capture_output=True, check=False)
            pytest.skip("no file system can be mounted here")
    try:
        assert read(studytool, notes, ("due",)) == before
        refused(studytool("study", "--plain", notes), "cannot be written: it and its folder are read-only")
    finally:
        subprocess.run(["umount", str(log.parent)], check=True)
