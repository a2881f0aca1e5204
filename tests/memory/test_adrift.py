"""A log that is deleted or replaced while it is open: every answer is in the file that the next opening finds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError
from studytool.memory import Candidate, Event, Grade, Limits, Moment, Session, open_memory, open_store, replay
from studytool.memory.events import DAY_MS
from studytool.memory.store import check
from studytool.memory.store.adrift import LOST_AND_FOUND, keep
from studytool.memory.store.lines import Row, to_line
from studytool.memory.store.sqlite import Store

NOW = Moment(1_704_110_400_000, 60)
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}


def answer(store: Store, card: str) -> Event:
    return store.append("review", card, {"grade": 3}, NOW)


def cards(folder: Path) -> list[str | None]:
    store = open_store(folder)
    try:
        return [event.card for event in store.events()]
    finally:
        store.close()


def begun(folder: Path) -> tuple[Store, list[Event]]:
    """A log of answers to three cards, written in another order than that of their times."""
    store = open_store(folder)
    for number in (4, 0, 5, 2, 1, 3):
        store.append("review", "abc"[number % 3], {"grade": 3 - number % 2}, Moment(NOW.ms + number * DAY_MS, 0))
    store.append("note", "c", {"text": "own words"}, NOW)
    return store, store.events()


def unopenable(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"rubbish" * 1000)


def deleted(path: Path) -> None:
    path.unlink()


def all_deleted(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink()


def folder_deleted(path: Path) -> None:
    shutil.rmtree(path.parent)


def replaced_by_a_copy(path: Path) -> None:
    """By another log with one event of its own, as a program that keeps folders alike would."""
    other = path.parent.parent / "other"
    store = open_store(other)
    answer(store, "theirs")
    store.close()
    os.replace(other / path.name, path)


def replaced_by_the_log_as_it_was(path: Path) -> None:
    copy = path.with_name("copy.db")
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    os.replace(copy, path)


def moved_away(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def journal_deleted(path: Path) -> None:
    Path(f"{path}-wal").unlink()


HARMS = [
    *(deleted, all_deleted, folder_deleted, replaced_by_a_copy, replaced_by_the_log_as_it_was, moved_away),
    journal_deleted,
]


@pytest.mark.parametrize("harm", HARMS)
def test_no_answer_is_lost_before_or_after(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    answer(store, "before")
    harm(store.path)
    after = [answer(store, "after"), answer(store, "later")]
    assert [event.card for event in after] == ["after", "later"]
    assert {"before", "after", "later"} <= {event.card for event in store.events()}
    store.close()
    there = cards(folder)
    assert len(there) == len(set(there))
    assert {"before", "after", "later"} <= set(there)
    assert ("theirs" in there) == (harm is replaced_by_a_copy)
    assert not (folder / LOST_AND_FOUND).exists()


@pytest.mark.parametrize("harm", [*HARMS, unopenable])
@pytest.mark.parametrize("cached", [True, False])
def test_a_sitting_over_a_long_log_goes_on_with_what_it_began_with(
    tmp_path: Path, harm: Callable[[Path], None], cached: bool
) -> None:
    store, before = begun(tmp_path / "data")
    cache = tmp_path / "cache" if cached else None
    if cached:
        open_memory(store, cache=cache, long=0)
    memory = open_memory(store, cache=cache, long=0)
    assert memory.base.rows == len(before)
    later = Moment(NOW.ms + 99 * DAY_MS, 0)
    session = Session([Candidate(key, "topic") for key in "abcd"], memory, store, Limits(9, 9), later)
    harm(store.path)
    since = []
    for _ in range(4):
        assert session.shown(later) is not None
        since.append(session.answer(Grade.EASY, later))
    assert sorted(str(event.card) for event in since) == list("abcd")
    undone = store.append("undo", "b", {"event": next(event.id for event in before if event.card == "b")}, later)
    memory.apply(undone)
    early = store.append("review", "a", {"grade": 1}, Moment(NOW.ms + 1, 0))  # among those of the base
    memory.apply(early)
    assert memory.written("c") == "own words"
    expected = replay([*before, *since, undone, early])
    for key in "abcd":
        assert memory.state(key) == expected.state(key)
        assert list(memory.answers(key)) == list(expected.answers(key))
    store.close()
    if harm is not unopenable:
        memory = open_memory(store := open_store(tmp_path / "data"), cache=cache, long=0)
        assert [memory.state(key) for key in "abcd"] == [expected.state(key) for key in "abcd"]
        store.close()


@pytest.mark.parametrize("harm", HARMS)
def test_the_last_answers_of_a_window_are_kept_when_it_closes(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    folder = tmp_path / "data"
    store = open_store(folder)
    answer(store, "last")
    harm(store.path)
    store.close()
    assert "last" in cards(folder)


def test_a_window_that_only_looked_does_not_bring_back_what_was_deleted(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    answer(store, "old")
    store.close()
    looking = open_store(tmp_path)
    assert len(looking.events()) == 1
    all_deleted(looking.path)
    looking.close()
    assert cards(tmp_path) == []


def test_a_log_that_is_brought_back_has_its_rows_as_they_were_written(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for ms in (30, 10, 20):
        store.append("review", str(ms), {"grade": 3}, Moment(ms, 0))
    before = store._connection.execute("SELECT rowid, * FROM events").fetchall()
    assert store.reopened == 0
    all_deleted(store.path)
    answer(store, "after")
    assert store.reopened == 1
    assert store._connection.execute("SELECT rowid, * FROM events WHERE rowid <= 3").fetchall() == before
    store.close()


def test_two_windows_whose_log_is_deleted_go_on_in_one(tmp_path: Path) -> None:
    one, two = open_store(tmp_path), open_store(tmp_path)
    answer(one, "1")
    answer(two, "2")
    all_deleted(one.path)
    for number in range(3, 9):
        answer((one, two)[number % 2], str(number))
    one.close()
    two.close()
    assert sorted(map(str, cards(tmp_path))) == list("12345678")


def test_another_process_that_opens_a_deleted_log_starts_anew_and_all_are_united(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.close()
    store = open_store(tmp_path)  # its journal is empty
    store.path.unlink()
    script = (
        "import sys; from pathlib import Path; from studytool.memory import Moment, open_store\n"
        "store = open_store(Path(sys.argv[1]))\n"
        "store.append('review', 'new', {'grade': 3}, Moment(1, 0)); store.close()"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, env=ENVIRON, timeout=60)
    answer(store, "here")
    store.close()
    assert sorted(map(str, cards(tmp_path))) == ["here", "new"]


def test_a_journal_without_its_log_is_not_taken_for_a_new_log(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    answer(store, "k")
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(tmp_path / "reviews.db-wal", copy)
    store.close()
    with pytest.raises(StudytoolError, match=r"its journal is not.*studytool doctor --rescue"):
        open_store(copy)
    assert [path.name for path in copy.iterdir()] == ["reviews.db-wal"]


def test_a_log_that_another_window_begins_at_this_moment_is_not_thought_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_content, others = check.has_content, []

    def meanwhile(journal: str) -> bool:
        if not others:  # the log was looked for already, and its journal is looked for next
            others.append(None)
            others[0] = open_store(tmp_path)
            answer(others[0], "other")
        return has_content(journal)

    monkeypatch.setattr(check, "has_content", meanwhile)
    store = open_store(tmp_path)
    answer(store, "own")
    assert [event.card for event in others[0].events()] == ["other", "own"]
    for each in (store, others[0]):
        each.close()


def test_answers_wait_beside_a_log_that_cannot_be_opened(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    answer(store, "before")
    good = tmp_path / "good.db"
    with sqlite3.connect(store.path) as source, sqlite3.connect(good) as target:
        source.backup(target)
    source.close()
    target.close()
    store.path.unlink()
    store.path.write_bytes(b"rubbish" * 1000)
    events = [answer(store, "after"), answer(store, "later")]
    assert [event.sequence for event in events] == [2, 3]
    store.close()
    assert (tmp_path / LOST_AND_FOUND).read_bytes().count(b"\n") >= 3
    os.replace(good, store.path)
    for ending in ("-wal", "-shm"):
        Path(f"{store.path}{ending}").unlink(missing_ok=True)
    assert sorted(map(str, cards(tmp_path))) == ["after", "before", "later"]
    assert not (tmp_path / LOST_AND_FOUND).exists()


def test_a_lost_and_found_that_ends_in_the_middle_gives_what_is_whole_and_keeps_the_rest(tmp_path: Path) -> None:
    row = Row("a" * 32, 5, 0, "d", 1, "review", "whole", '{"grade":3}', 1)
    keep(tmp_path / "reviews.db", [row])
    with (tmp_path / LOST_AND_FOUND).open("a") as file:
        file.write(to_line(row._replace(id="b" * 32))[:50])
    keep(tmp_path / "reviews.db", [row._replace(id="c" * 32, card="next")])
    assert sorted(map(str, cards(tmp_path))) == ["next", "whole"]
    (unread,) = tmp_path.glob("reviews-lost-and-found-unread-*.jsonl")
    assert b"b" * 32 in unread.read_bytes()


@pytest.mark.parametrize("used", [True, False])
def test_an_open_log_that_nobody_touches_is_never_thought_lost(tmp_path: Path, used: bool) -> None:
    if used:
        open_store(tmp_path).close()
    store, other = open_store(tmp_path), open_store(tmp_path)
    connection = store._connection
    for number in range(20):
        answer(store, str(number))
        answer(other, str(number))
        if number == 10:
            other.close()
            other = open_store(tmp_path)
    assert store._connection is connection
    store.close()
    other.close()
    assert len(cards(tmp_path)) == 40
