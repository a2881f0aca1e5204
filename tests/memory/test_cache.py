"""A long log as columns and their cache: the memory that comes of it is the one that the events give."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, Moment, open_store, replay
from studytool.memory.base import NO_BASE
from studytool.memory.columns import Reviews, from_memory
from studytool.memory.ends import ends
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model
from studytool.memory.opening import open_memory
from studytool.memory.payloads import parsed
from studytool.memory.store.cache import Content, packed
from studytool.memory.texts import Texts
from tests.memory.made import event

START = 1_704_110_400_000  # 2024-01-01 12:00 UTC
KEYS = (32 * "a", 31 * "a" + "b", "ç\n", "d", "e")
JUMPS = (0, 0, 60_000, 700_000, DAY_MS, 9 * DAY_MS, 50 * DAY_MS, -3_600_000, -2 * DAY_MS)
KINDS = (
    *("review",) * 8,
    *("undo", "undo", "relink", "suspend", "resume", "bury", "reject", "note", "attempt", "imported", "schedule"),
    *("parameters", "away", "later", "list"),
)
TEXTS = ({"front": "one"}, {"front": "two", "line": 3}, "no text", None)
WEIGHTS = tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS)


def _payload(draw: st.DrawFn, kind: str, number: int, found: list[Event]) -> object:
    if kind in ("review", "imported"):
        odd = draw(st.sampled_from((0,) * 9 + (1, 2, 3)))
        told = {"grade": (draw(st.integers(1, 4)), 9, True, None)[odd], "took_ms": draw(st.sampled_from((0, 900, -4)))}
        more = draw(st.sampled_from(({}, {}, {"text": TEXTS[number % 4]}, {"days": 3}, {"x": [1]})))
        return told | more
    made = {
        "undo": lambda: {"event": draw(st.sampled_from(found)).id if found else "nothing"},
        "relink": lambda: {"from": draw(st.sampled_from(KEYS)), "text": TEXTS[number % 4]},
        "note": lambda: {"text": draw(st.sampled_from((f"words {number}", 5))), "card_text": TEXTS[number % 4]},
        "schedule": lambda: {
            "schedule": draw(st.sampled_from(({"due": "2024-02-03", "interval": 12}, {"due": "2024-03-09"}, {}))),
        },
        "parameters": lambda: {
            "model": "FSRS",
            "version": draw(st.sampled_from((6, 7))),
            "weights": list(draw(st.sampled_from((WEIGHTS, DEFAULT_WEIGHTS, WEIGHTS[:20])))),
        },
        "away": lambda: {"from": "2024-02-01", "until": f"2024-02-{draw(st.integers(10, 20))}"},
        "list": lambda: [1, 2],
    }
    return made[kind]() if kind in made else {}


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Logs of two devices whose clocks jump, of all kinds of events, some of them odd, over a few keys."""
    found: list[Event] = []
    now = START
    for number in range(draw(st.integers(1, 40))):
        now += draw(st.sampled_from(JUMPS))
        kind = draw(st.sampled_from(KINDS))
        card = draw(st.sampled_from(KEYS[:4]))
        payload = _payload(draw, kind, number, found)
        kind = {"schedule": "imported", "list": "review"}.get(kind, kind)
        made = event(
            number, kind, None if kind in ("parameters", "away") else card, payload, now, draw(st.sampled_from("de"))
        )
        found.append(replace(made, offset=draw(st.sampled_from((0, 0, 330, -480)))))
    return found


def snapshot(memory: Memory, log: list[Event]) -> dict:
    """All that a memory says, in a form that can be compared: stability and difficulty to nine digits."""
    cards = {}
    for key in KEYS[:4]:
        state = memory.state(key)
        told = None
        if state is not None:
            told = [getattr(state, field.name) for field in fields(state) if field.name != "rules"]
            told[:2] = [float(f"{told[0]:.9g}"), float(f"{told[1]:.9g}")]
        out = [memory.out(key, Moment(START, 0).day(4) + day) for day in (-3, 0, 1, 9, 100)]
        cards[key] = (told, out, memory.written(key), memory.text(key), memory.last(key), memory.imported(key))
    days = {item.moment.day(rollover) + more for item in log for more in (0, 1) for rollover in (0, 4)}
    return {
        "cards": cards,
        "known": (sorted(memory.cards()), sorted(memory.learned())),
        "days": {d: (memory.introduced(d), memory.reviewed(d), memory.streak(d)) for d in days if memory.streak(d)},
        "links": (sorted(memory.links()), sorted(memory.parted()), sorted(memory.barred())),
        "events": [(memory.knows(item.id), memory.stands(item.id)) for item in log],
        "weights": memory.rules.model.weights,
        "away": (memory.away(), sorted(item.id for item in memory.away_events())),
        "many": memory.states(KEYS) == [memory.state(key) for key in KEYS],
        "named": sorted(memory.named()),
        "aside": [sorted(memory.put_out(Moment(START, 0).day(4) + day)) for day in (-3, 0, 1, 9, 100)],
        "answers": [[item.id for item in memory.answers(key)] for key in KEYS],
        "ends": ends_of(memory),
    }


def pairs(memory: Memory, keys: Sequence[str], **how: int) -> list[tuple[int, int] | None]:
    both = zip(ends(memory, keys, "introduced", **how), ends(memory, keys, "graded", **how), strict=True)
    return [pair if any(pair) else None for pair in both]


def ends_of(memory: Memory) -> list[tuple[int, int] | None]:
    """The first day and the last grade of each card: the same, known at once, as its answers say one by one."""
    told = pairs(memory, KEYS, many=0)
    found = [
        [(item.moment.day(memory.rules.rollover), item.payload["grade"]) for item in memory.answers(key)]
        for key in KEYS
    ]
    assert told == [(one[-1][0], one[0][1]) if one else None for one in found]
    return told


def columns(reviews: Reviews) -> list[tuple]:
    """Each row of the columns in order, cards by their keys."""
    return [
        (
            *(reviews.keys[reviews.card[row]], int(reviews.ms[row]), int(reviews.offset[row]), int(reviews.day[row])),
            *(int(reviews.grade[row]), int(reviews.took[row]), bool(reviews.imported[row]), int(reviews.days[row])),
            *(reviews.schedules.get(row), reviews.seeds.get(row)),
        )
        for row in range(len(reviews))
    ]


@pytest.mark.parametrize("kept", range(4))
@pytest.mark.parametrize("arrived", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_answers_of_one_millisecond_are_in_one_order_however_they_came(
    kept: int, arrived: tuple[int, ...], tmp_path: Path
) -> None:
    log = [event(number, "review", key, {"grade": number + 1}, START) for number, key in enumerate("bab")]
    store = open_store(tmp_path)
    store.merge([log[number] for number in arrived[:kept]])
    memory = open_memory(store, long=0)
    for number in arrived[kept:]:
        memory.apply(log[number])
    assert [(row[0], row[4]) for row in columns(from_memory(memory))] == [("a", 2), ("b", 1), ("b", 3)]
    store.close()


@given(logs(), st.integers(0, 40), st.sampled_from((4, 0)), st.data())
@settings(max_examples=120, deadline=None)
def test_a_memory_from_the_cache_and_later_events_is_that_of_all_events(
    log: list[Event], cut: int, rollover: int, data: st.DataObject
) -> None:
    arrived = data.draw(st.permutations(log)) if data.draw(st.booleans()) else log
    kept, since = arrived[:cut], arrived[cut:]
    with TemporaryDirectory() as name:
        store = open_store(Path(name))
        store.merge(kept)
        made = open_memory(store, rollover=4, cache=Path(name) / "cache", long=0)  # and keeps the cache
        assert snapshot(made, log) == snapshot(replay(kept, rollover=4), log)
        before = open_memory(store, rollover=rollover, cache=Path(name) / "cache", long=0)
        assert (before.base is NO_BASE) == (not kept)
        some = data.draw(st.integers(0, len(since)))
        store.merge(since[:some])
        grown = open_memory(store, rollover=rollover, cache=Path(name) / "cache", long=0)
        for item in since[some:]:
            grown.apply(item)
        for item in since:
            before.apply(item)
        for item in log:
            before.apply(item)  # once more changes nothing
        expected = replay(log, rollover=rollover)
        said = snapshot(expected, log)
        assert snapshot(grown, log) == said
        assert snapshot(before, log) == said
        assert columns(from_memory(grown)) == columns(from_memory(expected))
        assert columns(from_memory(before)) == columns(from_memory(expected))
        store.close()


def test_a_card_of_which_the_cache_knows_a_quiz_alone_is_named_after_an_event_that_says_nothing(tmp_path: Path) -> None:
    log = [event(0, "attempt", "d", {}, START), event(1, "later", "d", {}, START + DAY_MS)]
    with closing(open_store(tmp_path)) as store:
        store.merge(log[:1])
        memory = open_memory(store, rollover=4, cache=tmp_path / "cache", long=0)
        memory.apply(log[1])
        assert snapshot(memory, log) == snapshot(replay(log, rollover=4), log)


@given(logs(), st.data())
@settings(max_examples=100, deadline=None)
def test_the_model_follows_the_log_whatever_the_order_of_arrival(log: list[Event], data: st.DataObject) -> None:
    grown = Memory()
    for item in data.draw(st.permutations(log)):
        grown.apply(item)
    assert snapshot(grown, log) == snapshot(replay(log), log)


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
    expected = pairs(replay(store.events()), keys)
    memory.base.answered()
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    assert pairs(memory, keys, many=8) == expected
    assert said == []
    assert {end[1] for end in expected if end} == {1, 2, 3, 4}
    assert pairs(memory, keys, many=9) == expected
    assert len(said) == 8
    store.close()


def test_payloads_are_read_as_json_reads_them() -> None:
    told = [
        *('{"grade":3,"took_ms":0}', '{"grade":4,"took_ms":123456789}', '{"grade":1,"took_ms":5,"days":12}'),
        *('{"grade":5,"took_ms":1}', '{"grade":3,"took_ms":1234567890}', '{"grade":3,"took_ms":1,"days":1,"x":2}'),
        *(
            '{"grade":3, "took_ms":1}',
            '{"took_ms":1,"grade":3}',
            '{"grade":3,"took_ms":-1}',
            '{"grade":3,"took_ms":1.5}',
        ),
        *(
            '{"grade":3,"took_ms":1e3}',
            "{}",
            "[]",
            "7",
            '"{\\"grade\\":3,\\"took_ms\\":1}"',
            '{"grade":3,"took_ms":12,"dayz":3}',
        ),
        *('{"grade":2,"took_ms":7,"text":{"front":"Größe"}}', '{"grade":3,"took_ms":1,"grade":4}'),
    ]
    for payloads in (told, told[:3], told[3:4], [*told, '{"grade":3,\n"took_ms":1}']):
        found = parsed(Texts(payloads))
        for row, payload in enumerate(payloads):
            expected = json.loads(payload)
            if row in found.others:
                assert found.others[row] == expected
            else:
                days = found.answers.days[row]
                plain = {"grade": found.answers.grade[row], "took_ms": found.answers.took[row]}
                assert plain | ({"days": days} if days else {}) == expected
    assert set(parsed(Texts(told)).others) == set(range(3, len(told)))
    for wrong in ('{"grade":3,"took_ms":01}', '{"grade":3,"took_ms":}', '{"grade":3,"took_ms":1', "1,2", ""):
        with pytest.raises(ValueError, match=r"."):
            parsed(Texts([told[0], wrong]))
