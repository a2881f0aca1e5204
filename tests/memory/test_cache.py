"""The cache of a long log: believed where it is sound and fits the log, and made again where not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studytool.memory import Event, Memory, Moment, open_store, replay
from studytool.memory.ends import ends
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model
from studytool.memory.opening import open_memory
from studytool.memory.store.cache import Content, packed
from tests.memory.made import START, event

WEIGHTS = tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS)


def answers(number: int, *, first: int = 0) -> list[Event]:
    """So many answers to eight cards."""
    grades = ((3, 1, 4, 3, 2)[n % 5] for n in range(first, first + number))
    return [
        event(n, "review", f"card {n % 8}", {"grade": grade, "took_ms": 9}, START + n * DAY_MS // 3)
        for n, grade in enumerate(grades, start=first)
    ]


def states(memory: Memory) -> dict[str, tuple]:
    found = {key: memory.state(key) for key in memory.cards()}
    return {key: (s.due, s.reviews, s.lapses, s.last, round(s.stability, 9)) for key, s in found.items() if s}


def both_ends(memory: Memory, keys: Sequence[str], **how: int) -> list[list[int]]:
    """The first days and the last grades of the cards."""
    return [list(ends(memory, keys, what, **how)) for what in ("introduced", "graded")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a log of 300 answers and a cache of it."""
    store = open_store(tmp_path)
    store.merge(answers(300))
    open_memory(store, cache=tmp_path / "cache", long=100)
    store.close()
    assert sorted(path.suffix for path in (tmp_path / "cache").iterdir()) == [".memory", ".reviews"]
    return tmp_path


def opened(folder: Path, **more: Any) -> Memory:
    """The memory as a start would have it, whose log stays open for the rest of the test."""
    store = open_store(folder)
    memory = open_memory(store, cache=folder / "cache", long=100, **more)
    assert states(memory) == states(replay(store.events(), **more))
    return memory


def test_a_cache_is_believed_and_not_made_again(folder: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "cache").iterdir()}
    assert opened(folder).base.rows == 300
    assert {path.name: path.stat().st_mtime_ns for path in (folder / "cache").iterdir()} == before


@pytest.mark.parametrize("suffix", [".memory", ".reviews"])
@pytest.mark.parametrize("kind", ["cut", "empty", "flipped", "gone", "a folder", "other words"])
def test_a_damaged_cache_is_made_again(folder: Path, suffix: str, kind: str) -> None:
    path = next((folder / "cache").glob(f"*{suffix}"))
    data = bytearray(path.read_bytes())
    path.unlink()
    if kind == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "flipped":
        data[len(data) // 2] ^= 4
        path.write_bytes(data)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "other words":
        path.write_bytes(packed(Content({"log": {"rows": 300}}, {})))
    opened(folder)
    opened(folder, rollover=9)  # which needs the answers too
    if kind != "a folder":
        assert path.stat().st_size > 100


@pytest.mark.parametrize("since", [0, 200])
def test_a_log_that_was_restored_from_a_backup_is_read_again(tmp_path: Path, since: int) -> None:
    store = open_store(tmp_path)
    store.merge(answers(150))
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(store.path, tmp_path / "backup")
    store.merge(answers(150, first=150))
    open_memory(store, cache=tmp_path / "cache", long=100)
    store.close()
    shutil.copy(tmp_path / "backup", store.path)
    store = open_store(tmp_path)
    for number in range(since):  # other answers, so that the log is longer than the cache knows
        store.append("review", f"card {number % 5}", {"grade": 3}, Moment(START + (200 + number) * DAY_MS, 0))
    store.close()
    assert opened(tmp_path).base.rows == 150 + since


def test_a_log_of_another_device_in_the_same_place_is_read_again(folder: Path) -> None:
    (folder / "reviews.db").unlink()
    store = open_store(folder)
    store.merge([replace(item, id=f"{n:032x}") for n, item in enumerate(answers(400))])
    store.close()
    assert opened(folder).base.rows == 400


def test_a_cache_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.merge(answers(300))
    (tmp_path / "cache").write_text("in the way")
    assert opened(tmp_path).base.rows == 300
    assert (tmp_path / "cache").read_text() == "in the way"
    assert states(open_memory(store, cache=None, long=100)) == states(replay(store.events()))
    store.close()


def test_many_events_since_make_a_new_cache(folder: Path) -> None:
    store = open_store(folder)
    store.merge(answers(100, first=300))
    assert opened(folder).base.rows == 300
    store.merge(answers(2100, first=400))
    assert opened(folder).base.rows == 2500
    store.close()


def test_parameters_that_come_while_it_runs_change_all_states(folder: Path) -> None:
    memory = opened(folder)
    told = {"model": "FSRS", "version": 6, "weights": list(WEIGHTS)}
    changed = event(999, "parameters", None, told, START + 900 * DAY_MS)
    before = states(memory)
    memory.apply(answers(1, first=300)[0])
    memory.apply(changed)
    expected = replay([*answers(301), changed])
    assert memory.rules.model.weights == expected.rules.model.weights == WEIGHTS
    assert states(memory) == states(expected) != before
    memory.apply(event(1000, "undo", None, {"event": changed.id}, START + 901 * DAY_MS))
    assert states(memory) == states(replay(answers(301)))
    assert opened(folder, model=Model(WEIGHTS)).rules.model.weights == WEIGHTS


def test_parameters_of_the_log_do_not_count_where_others_are_given(folder: Path) -> None:
    store = open_store(folder)
    told = {"model": "FSRS", "version": 6, "weights": list(WEIGHTS)}
    store.append("parameters", None, told, Moment(START + 900 * DAY_MS, 0))
    store.close()
    assert opened(folder).rules.model.weights == WEIGHTS
    assert opened(folder).base.states.model == WEIGHTS  # and it was kept: the next start need not work it out
    assert opened(folder, model=Model()).rules.model.weights == DEFAULT_WEIGHTS


@pytest.mark.parametrize(
    "weights", [None, 7, "text" * 7, [1.0] * 20, [True] * 21, [float("nan")] * 21, [1e9] * 21, [-1.0] * 21, [0.0] * 21]
)
def test_parameters_that_cannot_be_used_change_nothing(weights: object) -> None:
    told = {"model": "FSRS", "version": 6, "weights": weights}
    memory = replay([*answers(50), event(99, "parameters", None, told, START)])
    assert states(memory) == states(replay(answers(50)))


CHILD = """
import sys
from pathlib import Path
from studytool.memory import open_memory, open_store
store = open_store(Path(sys.argv[1]))
memory = open_memory(store, cache=Path(sys.argv[1]) / "cache", long=int(sys.argv[2]))
assert memory.state("card 3").reviews == 38
print(memory.base.rows, "numpy" in sys.modules)
"""


@pytest.mark.parametrize(("long", "expected"), [(100, "300 False"), (1000, "0 False")])
def test_neither_a_short_log_nor_a_cache_needs_arrays(folder: Path, long: int, expected: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), str(long)], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == (expected, "")


def test_a_card_is_read_again_only_when_an_undo_or_a_late_event_concerns_it(folder: Path) -> None:
    memory = opened(folder)
    memory.apply(answers(1, first=300)[0])
    assert not memory._read
    memory.apply(event(2000, "undo", None, {"event": answers(5)[4].id}, START + 900 * DAY_MS))
    assert len(memory._read) == 1


def test_the_ends_of_many_cards_are_found_without_their_events(folder: Path) -> None:
    store = open_store(folder)
    memory = open_memory(store, cache=folder / "cache", long=100)
    keys = memory.cards()
    expected = both_ends(replay(store.events()), keys)
    memory.base.answered()
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    assert both_ends(memory, keys, many=8) == expected
    assert said == []
    assert set(expected[1]) == {1, 2, 3, 4}
    assert both_ends(memory, keys, many=9) == expected
    assert len(said) == 8
    store.close()


def test_what_a_fit_has_foreseen_is_gone_over_to_and_not_worked_out_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = opened(folder)
    memory.base.answered()
    memory.base.foresee(replace(memory.rules, model=Model(WEIGHTS)))
    before = states(memory)
    monkeypatch.setattr("studytool.memory.derive.derived", lambda *_: pytest.fail("It was foreseen."))
    payload = {"model": "FSRS", "version": 6, "weights": list(WEIGHTS)}
    memory.apply(event(301, "parameters", None, payload, START + 200 * DAY_MS))
    assert states(memory) == states(replay(answers(300), model=Model(WEIGHTS))) != before
