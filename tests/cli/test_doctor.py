"""`studytool doctor`: what it says of healthy and of damaged logs, and what it does about them."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import studytool as package
from studytool.memory import Moment, open_store
from studytool.memory.store.lines import Row, to_line

MEMORY = Path(package.__file__).parent / "memory"
COMMANDS = MEMORY.parent / "commands"


@pytest.fixture
def answered(studytool, notes: Path, log: Path) -> Path:
    """A log with a few answers in it, backed up when the sitting ended."""
    assert studytool("study", "--plain", notes, stdin="\n3\n\n4\n\n1\nq\n").code == 0
    assert [path.name for path in (log.parent / "backups").iterdir()] == [f"reviews-{date.today()}.db"]
    return log


def told_by(studytool, *words: str, code: int = 0) -> dict:
    done = studytool("doctor", *words, "--json")
    assert done.code == code, done.out + done.err
    told: dict = json.loads(done.out)
    return told


def change(log: Path, *statements: str) -> None:
    connection = sqlite3.connect(log)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def insert(log: Path, number: int, **values: object) -> None:
    row = {"id": f"x{number}", "ms": 5, "device": "other", "sequence": number, "kind": "bury", "payload": "{}"} | values
    connection = sqlite3.connect(log)
    connection.execute("INSERT INTO events VALUES (:id, :ms, 0, :device, :sequence, :kind, 'k', :payload, 1)", row)
    connection.commit()
    connection.close()


def test_a_healthy_log(studytool, answered: Path, home: Path) -> None:
    (home / "cache" / "library.texts").write_bytes(b"x")
    (home / "cache" / "sync").mkdir()
    (home / "cache" / "sync" / "target.json").write_text("{}")
    (home / "cache" / "mine.txt").write_text("not of studytool")
    done = studytool("doctor")
    assert done.code == 0
    assert done.out.endswith("The log is healthy.\n")
    assert f"{answered}: 3 events" in done.out
    assert f"Backups: reviews-{date.today()}.db (3 events)." in done.out
    emptied = r"The cache \(\d+ files\) was emptied, as at every visit; what it held is made anew when needed\.\n"
    assert re.search(emptied, done.out)
    left = [path.name for path in (home / "cache").rglob("*") if path.is_file()]
    assert left == ["mine.txt"]
    assert sorted(path.name for path in answered.parent.iterdir()) == ["backups", "reviews.db"]


def test_no_log_yet(studytool, log: Path) -> None:
    told = told_by(studytool)
    assert (told["healthy"], told["events"], told["backups"]) == (True, 0, [])
    assert not log.parent.exists()


def test_what_grew_since_the_last_backup_is_backed_up(studytool, answered: Path) -> None:
    assert told_by(studytool)["backup"] is None
    insert(answered, 1)
    assert told_by(studytool)["backup"] == str(answered.parent / "backups" / f"reviews-{date.today()}.db")


def test_a_backup_that_fails_is_told_here_and_does_not_disturb_studying(studytool, notes: Path, log: Path) -> None:
    log.parent.mkdir()
    (log.parent / "backups").write_text("a file")
    done = studytool("study", "--plain", notes, stdin="\n3\nq\n")
    assert (done.code, done.err) == (0, "")
    told = told_by(studytool, code=1)
    assert [one["code"] for one in told["findings"]] == ["backup"]
    assert "could not be made" in told["findings"][0]["message"]


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["DROP TRIGGER events_are_kept"], "schema"),
        (["DROP INDEX events_by_device"], "schema"),
        (["CREATE TABLE more (x)"], "schema"),
        (["PRAGMA user_version = 99"], "version"),
        (["PRAGMA application_id = 5"], "application"),
    ],
)
def test_a_database_that_is_not_as_it_should_be(
    studytool, answered: Path, statements: Sequence[str], code: str
) -> None:
    change(answered, *statements)
    before = answered.read_bytes()
    told = told_by(studytool, code=1)
    assert [one["code"] for one in told["findings"]] == [code]
    assert told["findings"][0]["hint"]
    assert answered.read_bytes() == before
    if code == "schema":
        assert told_by(studytool, "--rescue")["rebuilt"]["events"] == 3
        assert told_by(studytool)["healthy"]
    else:
        done = studytool("doctor", "--rescue")
        assert done.code == 1
        assert "Nothing was changed" in done.err
        assert answered.read_bytes() == before


def test_oddities_are_notes(studytool, answered: Path) -> None:
    insert(answered, 1, ms=round(time.time() * 1000) + 10 * 86_400_000)
    insert(answered, 3)
    insert(answered, 3, id="again")
    insert(answered, 4, kind="review", payload='{"grade":3}')
    told = told_by(studytool)
    assert {one["code"] for one in told["findings"]} == {"future", "gap", "number", "text"}
    assert {one["severity"] for one in told["findings"]} == {"note"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("review", '{"grade":4}', '{"grade":7}'),
        ("review", '{"grade":1}', '{"grade":true}'),
        ("imported", '{"schedule":{"due":"2026-11-21"}}', '{"schedule":{"due":"tomorrow"}}'),
        ("imported", '{"grade":2}', '{"grade":0}'),
        ("away", '{"from":"2026-11-21","until":"2026-11-22"}', '{"from":"2026-11-21","until":"2026-11-21"}'),
        ("parameters", None, '{"model":"FSRS","version":6,"weights":[1]}'),
        ("undo", '{"event":"x"}', "{}"),
        ("relink", '{"from":"x"}', '{"from":3}'),
    ],
)
def test_events_that_cannot_be_used_are_counted_and_kept(
    studytool, log: Path, kind: str, good: str | None, bad: str
) -> None:
    open_store(log.parent).close()
    if good:
        insert(log, 1, kind=kind, payload=good)
        assert "payload" not in [one["code"] for one in told_by(studytool)["findings"]]
    for number in (2, 3):
        insert(log, number, kind=kind, payload=bad)
    told = told_by(studytool)
    (found,) = [one for one in told["findings"] if one["code"] == "payload"]
    assert (found["severity"], found["message"][:8]) == ("note", "2 events")
    assert told["events"] == (3 if good else 2)


def test_a_gap_in_this_devices_numbers_is_a_problem_that_a_backup_heals(studytool, answered: Path) -> None:
    connection = sqlite3.connect(answered)
    rows = connection.execute("SELECT * FROM events ORDER BY sequence").fetchall()
    (device,) = connection.execute("SELECT value FROM meta").fetchone()
    connection.close()
    answered.unlink()
    store = open_store(answered.parent)
    store._connection.execute("UPDATE meta SET value = ?", (device,))
    store._connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [rows[0], rows[2]])
    store.close()
    told = told_by(studytool, code=1)
    assert [one["code"] for one in told["findings"] if one["severity"] == "problem"] == ["gap", "lacking"]
    assert "--restore latest" in next(one["hint"] for one in told["findings"] if one["code"] == "gap")
    told = told_by(studytool, "--restore", "latest")
    assert (told["rebuilt"]["from_backup"], told["events"], told["healthy"]) == (1, 3, True)


def test_an_event_that_cannot_be_read(studytool, answered: Path) -> None:
    insert(answered, 1, payload="{")
    told = told_by(studytool, code=1)
    assert "1 event cannot be read: x1" in told["findings"][0]["message"]
    told = told_by(studytool, "--rescue")
    assert (told["events"], told["rebuilt"]["left_out"]) == (3, 1)


@pytest.mark.parametrize("harm", ["rubbish", "cut off", "a page", "nothing left"])
def test_a_damaged_log_is_named_everywhere_and_rescued(studytool, notes: Path, answered: Path, harm: str) -> None:
    content = answered.read_bytes()
    damaged = {
        "rubbish": b"this was a letter to my aunt\n" * 500,
        "cut off": content[: len(content) // 2],
        "a page": content[:4096] + b"\xaa" * 8192 + content[12288:],
        "nothing left": b"\0" * len(content),
    }[harm]
    answered.write_bytes(damaged)
    assert "studytool doctor --rescue" in studytool("due", notes).err
    done = studytool("doctor")
    assert done.code == 1
    assert "studytool doctor --rescue" in done.out
    assert f"{answered}: its events could not be counted" in done.out
    assert told_by(studytool, code=1)["events"] is None
    assert answered.read_bytes() == damaged
    told = told_by(studytool, "--rescue")
    assert (told["healthy"], told["events"], told["rebuilt"]["missing"]) == (True, 3, 0)
    aside = Path(told["rebuilt"]["aside"])
    assert aside.name.startswith("reviews-damaged-")
    assert aside.read_bytes() == damaged
    assert studytool("due", notes).code == 0


def test_a_rescue_in_words(studytool, answered: Path) -> None:
    (answered.parent / "backups" / f"reviews-{date.today()}.db").unlink()
    store = open_store(answered.parent)
    for number in range(300):
        store.append("review", f"{number:032x}", {"grade": 3}, Moment(1_700_000_000_000 + number, 0))
    store.close()
    content = bytearray(answered.read_bytes())
    for page in range(8, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 4096] = b"\xaa" * 4096
    answered.write_bytes(content)
    done = studytool("doctor", "--rescue")
    assert done.code == 0
    assert "The new log holds " in done.out
    assert " that only the backup had." in done.out
    assert " events probably missing." in done.out
    assert "reviews-damaged-" in done.out


def test_a_healthy_log_needs_no_rescue(studytool, answered: Path) -> None:
    before = answered.read_bytes()
    assert told_by(studytool, "--rescue")["rebuilt"] is None
    assert answered.read_bytes() == before


def test_a_log_that_was_lost_is_noticed_and_comes_back(studytool, notes: Path, answered: Path) -> None:
    name = f"reviews-{date.today()}"
    saved = (answered.parent / "backups" / f"{name}.db").read_bytes()
    for lose in (answered.unlink, lambda: answered.write_bytes(b"")):
        lose()
        told = told_by(studytool, code=1)
        assert (told["events"], told["backup"]) == (0, None)
        (found,) = told["findings"]
        assert (found["code"], found["severity"]) == ("lacking", "problem")
        assert "`studytool doctor --restore latest`" in found["hint"]
    warned = studytool("due", notes)
    assert warned.code == 0
    assert f"{answered} holds 0 events, its backup {name}.db 3: `studytool doctor --restore latest`" in warned.err
    assert studytool("study", "--plain", notes, stdin="\n3\nq\n").err.count("--restore latest") == 1
    done = studytool("doctor")
    assert done.code == 1
    assert "holds 3 events that the log lacks" in done.out
    assert f"Backups: {name}-2.db (1 event), {name}.db (3 events)." in done.out
    assert (answered.parent / "backups" / f"{name}.db").read_bytes() == saved
    done = studytool("doctor", "--restore")
    assert done.code == 0
    assert f"The new log holds 4 events: 1 of the log as it was, 3 that only the backup had ({name}.db)." in done.out
    assert told_by(studytool)["findings"][0]["code"] == "aside"
    assert studytool("due", notes).err == ""


def test_events_that_only_an_older_backup_has_are_named(studytool, notes: Path, answered: Path) -> None:
    name = answered.parent / "backups" / f"reviews-{date.today()}.db"
    answered.unlink()
    assert studytool("study", "--plain", notes, stdin="\n3\n\n4\n\n1\n\n3\n\n3\nq\n").code == 0
    assert [one["events"] for one in told_by(studytool, code=1)["backups"]] == [5, 3]
    found = told_by(studytool, code=1)["findings"][0]
    assert (found["code"], f"--restore '{name}'" in found["hint"]) == ("lacking", True)
    assert told_by(studytool, "--restore", name)["healthy"]


@pytest.mark.parametrize("words", [("--rescue", "--restore", "latest"), ("--restore", "")])
def test_words_that_do_not_go_together(studytool, answered: Path, words: Sequence[str]) -> None:
    before = answered.read_bytes()
    done = studytool("doctor", *words)
    assert (done.code, done.out) == (2, "")
    assert "--restore" in done.err
    assert answered.read_bytes() == before


def test_a_restore_from_a_file(studytool, answered: Path, tmp_path: Path) -> None:
    backup = answered.parent / "backups" / f"reviews-{date.today()}.db"
    backup.rename(tmp_path / "kept.db")
    answered.unlink()
    told = told_by(studytool, "--restore", "kept.db")
    assert (told["events"], told["rebuilt"]["from_backup"], told["rebuilt"]["aside"]) == (3, 3, None)


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("missing.db", 2, "There is no file missing.db"),
        ("a.db", 1, "is no log of this version"),
        ("latest", 1, "There is no sound backup"),
    ],
)
def test_a_restore_that_cannot_be(studytool, log: Path, tmp_path: Path, name: str, code: int, sentence: str) -> None:
    open_store(log.parent).close()
    (tmp_path / "a.db").write_text("rubbish")
    before = log.read_bytes()
    done = studytool("doctor", "--restore", name)
    assert done.code == code
    assert sentence in done.err
    assert log.read_bytes() == before


@pytest.mark.parametrize(
    ("file", "folder", "told"),
    [
        (0o400, 0o500, "it and its folder are read-only"),
        (0o600, 0o500, "its folder is read-only"),
        (0o400, 0o700, "it is read-only"),
    ],
)
def test_a_log_that_may_only_be_read(
    studytool, answered: Path, mortal: Sequence[str], file: int, folder: int, told: str
) -> None:
    """It is looked through all the same, and what is closed is named with what to do."""
    answered.chmod(file)
    answered.parent.chmod(folder)
    try:
        done = studytool("doctor", prefix=mortal)
    finally:
        answered.parent.chmod(0o700)
    assert done.code == 1
    assert done.out.startswith(f"{answered}: 3 events\n")
    assert f"problem: The review log {answered} cannot be written: {told}." in done.out
    assert "Make the file and its folder writable, or choose another folder with STUDYTOOL_DATA." in done.out


def test_a_folder_that_cannot_be_made_is_told_before_there_is_a_log(
    studytool, tmp_path: Path, mortal: Sequence[str]
) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    data = tmp_path / "closed" / "mine" / "data"
    done = studytool("doctor", env={"STUDYTOOL_DATA": str(data)}, prefix=mortal)
    assert done.code == 1
    assert f"The review log cannot be kept in {data}: {tmp_path / 'closed'} is read-only" in done.out


def test_a_folder_that_may_not_be_entered(studytool, answered: Path, mortal: Sequence[str]) -> None:
    answered.parent.chmod(0)
    try:
        done = studytool("doctor", prefix=mortal)
        listed = studytool("log", "import", answered.parent / "x.jsonl", prefix=mortal)
        exported = studytool("log", "export", prefix=mortal)
    finally:
        answered.parent.chmod(0o700)
    assert done.code == exported.code == 1
    assert "Permission denied" in done.out
    assert listed.code == 2
    assert exported.err.count("\n") == 1


def test_events_of_a_log_that_was_taken_away_are_taken_in(studytool, answered: Path) -> None:
    row = Row("f" * 32, 5, 0, "d", 1, "bury", "k", "{}", 1)
    (answered.parent / "reviews-lost-and-found.jsonl").write_text(to_line(row) + "\n")
    told = told_by(studytool)
    assert (told["events"], told["findings"]) == (4, [])


def test_every_code_is_explained() -> None:
    page = Path(__file__).parents[2] / "docs" / "log.md"
    if not page.exists():
        pytest.skip("the tests run without the documents")
    sources = [folder / name for folder, name in ((MEMORY, "store/health.py"), (COMMANDS, "doctor.py"))]
    codes = {code for source in sources for code in re.findall(r'Finding\("(\w+)"', source.read_text("utf-8"))}
    text = page.read_text("utf-8")
    assert len(codes) > 10
    assert not [code for code in codes if f"`{code}`" not in text]
