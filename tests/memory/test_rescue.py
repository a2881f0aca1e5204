"""A damaged log is set aside and what can be read of it is kept; a restore loses no answer."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Moment, open_store
from studytool.memory.store.backup import back_up
from studytool.memory.store.health import examine
from studytool.memory.store.lines import Row
from studytool.memory.store.pages import Pages
from studytool.memory.store.rescue import fullest_sound, is_sound, rebuild

NOW = 1_704_110_400_000
WHEN = "20261121-090000"
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
COUNT = 3000


def filled(folder: Path, count: int = COUNT) -> Path:
    """A log of its own device with so many events, every fiftieth with a text longer than a page."""
    store = open_store(folder)
    rows = []
    for n in range(1, count + 1):
        text = f',"text":{{"front":"{"Größe " * (1500 if n % 50 == 0 else 10)}"}}'
        payload = f'{{"grade":3,"took_ms":{n}{text}}}'
        rows.append(Row(f"{n:032x}", NOW + n, 60, store.device, n, "review", f"{n % 97:032x}", payload, 1))
    store.merge_rows(rows)
    store.close()
    return folder / "reviews.db"


def ids(folder: Path) -> set[str]:
    store = open_store(folder)
    try:
        return {event.id for event in store.events()}
    finally:
        store.close()


def codes(folder: Path) -> list[str]:
    return [one.code for one in examine(folder, NOW + 10**9).findings if one.severity == "problem"]


def _some_pages(content: bytes) -> bytes:
    draw, pages = random.Random(1), bytearray(content)
    for page in draw.sample(range(1, len(content) // 4096), 12):
        pages[page * 4096 : (page + 1) * 4096] = draw.randbytes(4096)
    return bytes(pages)


def _header(content: bytes) -> bytes:
    return random.Random(2).randbytes(100) + content[100:]


def _end(content: bytes) -> bytes:
    return content[: len(content) * 2 // 3]


def _first_pages(content: bytes) -> bytes:
    return bytes(8 * 4096) + content[8 * 4096 :]


def _bytes(content: bytes) -> bytes:
    draw, harmed = random.Random(3), bytearray(content)
    for _ in range(60):
        harmed[draw.randrange(4096, len(content))] ^= 0xFF
    return bytes(harmed)


def test_the_pages_hold_every_event_as_sqlite_reads_it(tmp_path: Path) -> None:
    log = filled(tmp_path)
    store = open_store(tmp_path)
    assert {Row._make(record) for record in Pages(log).records(9)} == set(store.rows())  # type: ignore[arg-type]
    store.append("review", "k", {"grade": 3}, Moment(1, 0))  # only in the journal yet
    assert {Row._make(record) for record in Pages(log).records(9)} == set(store.rows())  # type: ignore[arg-type]
    store.close()


@pytest.mark.parametrize("harm", [_some_pages, _header, _end, _first_pages, _bytes])
def test_what_can_be_read_of_a_damaged_log_is_kept_and_the_file_is_set_aside(
    tmp_path: Path, harm: Callable[[bytes], bytes]
) -> None:
    log = filled(tmp_path)
    damaged = harm(log.read_bytes())
    log.write_bytes(damaged)
    assert examine(tmp_path, NOW).damaged
    assert log.read_bytes() == damaged
    told = rebuild(tmp_path, None, WHEN)
    assert told.aside == tmp_path / f"reviews-damaged-{WHEN}.db"
    assert told.aside.read_bytes() == damaged
    saved = ids(tmp_path)
    assert len(saved) == told.events == told.from_log
    assert saved <= {f"{n:032x}" for n in range(1, COUNT + 1)}
    assert told.events > COUNT * {_end: 0.5}.get(harm, 0.8)
    kept = sorted(int(name, 16) for name in saved)
    assert kept[-1] - len(kept) <= told.missing <= COUNT - len(kept)
    assert codes(tmp_path) == []


@pytest.mark.parametrize("first", [1, 31])
def test_a_rescue_that_lost_the_oldest_events_of_a_device_says_how_many(tmp_path: Path, first: int) -> None:
    log, others = filled(tmp_path, 0), 30
    store = open_store(tmp_path)
    payload = f'{{"grade":3,"text":{{"front":"{"What does it produce? " * 12}"}}}}'
    store.merge_rows(
        Row(f"{n + at:032x}", NOW + n, 0, device, n, "review", "k", payload, 1)
        for device, at, start, count in ((store.device, 0, 1, 65), ("another", 10**6, first, others))
        for n in range(start, start + count)
    )
    store.close()
    content = bytearray(log.read_bytes())
    content[4 * 4096 : 8 * 4096] = b"\xaa" * (4 * 4096)
    log.write_bytes(content)
    told = rebuild(tmp_path, None, WHEN)
    assert f"{1:032x}" not in ids(tmp_path)
    assert f"{65:032x}" in ids(tmp_path)
    assert told.missing == 65 + first - 1 + others - told.events
    notes = [one.message for one in examine(tmp_path, NOW + 10**9).findings if one.code == "gap"]
    assert sum(int(note.split()[0]) for note in notes) == told.missing


def test_a_rescue_takes_from_the_fullest_sound_backup_what_the_log_lost(tmp_path: Path) -> None:
    log = filled(tmp_path, 2000)
    back_up(tmp_path, date(2026, 11, 20))
    store = open_store(tmp_path)
    late = store.append("review", "late", {"grade": 3}, Moment(NOW, 0))
    store.close()
    (tmp_path / "backups" / "reviews-2026-11-21.db").write_bytes(b"rubbish")
    content = log.read_bytes()
    middle = len(content) // 8192 * 4096
    log.write_bytes(content[: middle - 80 * 4096] + bytes(80 * 4096) + content[middle:])
    backup = fullest_sound(tmp_path)
    assert backup == tmp_path / "backups" / "reviews-2026-11-20.db"
    told = rebuild(tmp_path, backup, WHEN)
    assert told.from_backup > 0
    assert (told.events, told.missing) == (2001, 0)
    assert late.id in ids(tmp_path)


def test_the_fullest_sound_backup_is_chosen_and_of_several_the_latest(tmp_path: Path) -> None:
    filled(tmp_path, 9)
    for day in (18, 19):
        made = back_up(tmp_path, date(2026, 11, day))
    assert fullest_sound(tmp_path) == made.path
    (tmp_path / "reviews.db").unlink()
    filled(tmp_path, 2)
    back_up(tmp_path, date(2026, 11, 20))
    assert fullest_sound(tmp_path) == made.path
    assert [one.code for one in examine(tmp_path, NOW).findings if one.severity == "problem"] == ["lacking"]


def test_of_much_damage_three_messages_are_told(tmp_path: Path) -> None:
    filled(tmp_path, 3000)
    log = tmp_path / "reviews.db"
    content = bytearray(log.read_bytes())
    for page in range(8, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 4096] = b"\xaa" * 4096
    log.write_bytes(content)
    health = examine(tmp_path, NOW)
    assert (health.events, [one.code for one in health.findings]) == (None, ["damage"])
    assert (health.findings[0].message.count(";"), "***" in health.findings[0].message) == (2, False)


def test_a_restore_keeps_the_answers_since_the_backup_and_the_device(tmp_path: Path) -> None:
    filled(tmp_path, 100)
    made = back_up(tmp_path, date(2026, 11, 20))
    store = open_store(tmp_path)
    device = store.device
    late = store.append("review", "late", {"grade": 3}, Moment(NOW, 0))
    store.close()
    told = rebuild(tmp_path, made.path, WHEN)
    assert (told.events, told.from_backup, told.missing) == (101, 0, 0)
    assert told.aside == tmp_path / f"reviews-replaced-{WHEN}.db"
    store = open_store(tmp_path)
    assert store.device == device
    assert late in store.events()
    assert store.append("review", "k", {"grade": 3}, Moment(NOW, 0)).sequence == 102
    store.close()
    assert codes(tmp_path) == []


def test_a_restore_brings_back_what_only_the_backup_has(tmp_path: Path) -> None:
    filled(tmp_path, 100)
    made = back_up(tmp_path, date(2026, 11, 20))
    (tmp_path / "reviews.db").unlink()
    store = open_store(tmp_path)
    new = store.append("review", "new", {"grade": 3}, Moment(NOW, 0))
    store.close()
    told = rebuild(tmp_path, made.path, WHEN)
    assert (told.events, told.from_log, told.from_backup) == (101, 1, 100)
    assert new.id in ids(tmp_path)


def test_a_journal_whose_log_is_gone_is_read(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    events = [store.append("review", str(n), {"grade": 3}, Moment(NOW + n, 0)) for n in range(50)]
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(f"{store.path}-wal", copy)
    store.close()
    assert examine(copy, NOW).damaged
    told = rebuild(copy, None, WHEN)
    assert told.events == 50
    assert ids(copy) == {event.id for event in events}
    assert (copy / f"reviews-damaged-{WHEN}.db-wal").exists()


def test_what_a_crash_left_in_the_journal_is_part_of_what_is_restored(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    events = [store.append("review", str(n), {"grade": 3}, Moment(NOW + n, 0)) for n in range(50)]
    copy = tmp_path / "copy"
    copy.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{store.path}{ending}", copy)
    store.close()
    assert (copy / "reviews.db-wal").stat().st_size
    told = rebuild(copy, None, WHEN)
    assert (told.events, told.missing) == (50, 0)
    assert ids(copy) == {event.id for event in events}
    assert is_sound(copy / f"reviews-replaced-{WHEN}.db")
    assert not list(copy.glob("*-wal"))


def test_an_answer_that_another_window_gives_meanwhile_is_not_lost(tmp_path: Path) -> None:
    filled(tmp_path, 10)
    made = back_up(tmp_path, date(2026, 11, 20))
    script = "import sys; from pathlib import Path; from studytool.memory import open_store\n"
    script += "store = open_store(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRON) as other:
        assert other.stdout is not None
        other.stdout.readline()
        before = (tmp_path / "reviews.db").read_bytes()
        with pytest.raises(StudytoolError, match="Another program has the review log"):
            rebuild(tmp_path, made.path, WHEN)
        assert (tmp_path / "reviews.db").read_bytes() == before
        other.communicate()
    assert rebuild(tmp_path, made.path, WHEN).events == 10


def test_an_event_that_no_program_can_read_stays_in_the_file_that_is_set_aside(tmp_path: Path) -> None:
    log = filled(tmp_path, 10)
    connection = sqlite3.connect(log)
    connection.execute("INSERT INTO events VALUES ('broken', 5, 0, 'd', 1, 'review', 'k', '{', 1)")
    connection.commit()
    connection.close()
    assert codes(tmp_path) == ["payload"]
    told = rebuild(tmp_path, None, WHEN)
    assert (told.events, told.left_out) == (10, 1)
    assert codes(tmp_path) == []
    connection = sqlite3.connect(tmp_path / f"reviews-replaced-{WHEN}.db")
    assert connection.execute("SELECT COUNT(*) FROM events WHERE id = 'broken'").fetchone() == (1,)
    connection.close()


REBUILDING = """
import sys
from pathlib import Path
from studytool.memory.store.rescue import fullest_sound, rebuild
folder = Path(sys.argv[1])
print("start", flush=True)
for number in range(1000):
    rebuild(folder, fullest_sound(folder), f"20261121-{number:06}")
"""


@pytest.mark.parametrize("harm", [None, _some_pages])
def test_a_restore_or_rescue_that_is_killed_loses_nothing(
    tmp_path: Path, harm: Callable[[bytes], bytes] | None
) -> None:
    log = filled(tmp_path / "first", 1000)
    back_up(tmp_path / "first", date(2026, 11, 20))
    store = open_store(tmp_path / "first")
    late = store.append("review", "late", {"grade": 3}, Moment(NOW, 0))
    store.close()
    if harm:
        log.write_bytes(harm(log.read_bytes()))
    draw = random.Random(5)
    for run in range(6):
        folder = tmp_path / str(run)
        shutil.copytree(tmp_path / "first", folder)
        process = subprocess.Popen([sys.executable, "-c", REBUILDING, str(folder)], stdout=subprocess.PIPE, env=ENVIRON)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            process.wait(draw.uniform(0.02, 0.6))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.stdout.close()
        assert process.wait(30) == -signal.SIGKILL
        assert (folder / "reviews.db").exists()
        told = rebuild(folder, fullest_sound(folder), WHEN)
        assert told.events == 1001
        assert late.id in ids(folder)
        assert is_sound(folder / "reviews.db")
        assert not list(folder.glob(".reviews-new-*"))


def test_an_event_whose_id_is_damaged_is_not_counted_beside_itself(tmp_path: Path) -> None:
    log = filled(tmp_path, 120)
    known = ids(tmp_path)
    back_up(tmp_path, date(2026, 11, 21))
    content = bytearray(log.read_bytes())
    at = -1
    while (at := content.find(f"{98:032x}".encode(), at + 1)) >= 0:  # in the table and in its index
        content[at + 20 : at + 21] = b"f"
    content[100:104] = bytes(4)  # and the damage is noticed
    log.write_bytes(content)
    rebuilt = rebuild(tmp_path, fullest_sound(tmp_path), WHEN)
    assert ids(tmp_path) == known
    assert rebuilt.left_out == 1
