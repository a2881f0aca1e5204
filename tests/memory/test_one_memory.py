"""From columns, a cache and what came later, in whatever order: the memory is the one that the events give."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, Moment, open_store, replay
from studytool.memory.base import NO_BASE
from studytool.memory.columns import Reviews, from_memory
from studytool.memory.ends import ends
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from studytool.memory.opening import open_memory
from tests.memory.choices import Choices, several
from tests.memory.made import START, event

KEYS = (32 * "a", 31 * "a" + "b", "ç\n", "d", "e")
JUMPS = (0, 0, 60_000, 700_000, DAY_MS, 9 * DAY_MS, 50 * DAY_MS, -3_600_000, -2 * DAY_MS)
KINDS = (
    *("review",) * 8,
    *("undo", "undo", "relink", "suspend", "resume", "bury", "reject", "note", "attempt", "imported", "schedule"),
    *("parameters", "away", "later", "list"),
)
TEXTS = ({"front": "one"}, {"front": "two", "line": 3}, "no text", None)
WEIGHTS = tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS)


def _payload(one: Choices, kind: str, number: int, found: list[Event]) -> object:
    if kind in ("review", "imported"):
        odd = one.of((0,) * 9 + (1, 2, 3))
        told = {"grade": (one.of(range(1, 5)), 9, True, None)[odd], "took_ms": one.of((0, 900, -4))}
        more = one.of(({}, {}, {"text": TEXTS[number % 4]}, {"days": 3}, {"x": [1]}))
        return told | more
    made = {
        "undo": lambda: {"event": one.of(found).id if found else "nothing"},
        "relink": lambda: {"from": one.of(KEYS), "text": TEXTS[number % 4]},
        "note": lambda: {"text": one.of((f"words {number}", 5)), "card_text": TEXTS[number % 4]},
        "schedule": lambda: {
            "schedule": one.of(({"due": "2024-02-03", "interval": 12}, {"due": "2024-03-09"}, {})),
        },
        "parameters": lambda: {
            "model": "FSRS",
            "version": one.of((6, 7)),
            "weights": list(one.of((WEIGHTS, DEFAULT_WEIGHTS, WEIGHTS[:20]))),
        },
        "away": lambda: {"from": "2024-02-01", "until": f"2024-02-{one.of(range(10, 21))}"},
        "list": lambda: [1, 2],
    }
    return made[kind]() if kind in made else {}


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Logs of two devices whose clocks jump, of all kinds of events, some of them odd, over a few keys."""
    found: list[Event] = []
    now = START
    for number, one in enumerate(several(draw, 40)):
        now += one.of(JUMPS)
        kind, card = one.of(KINDS), one.of(KEYS[:4])
        payload = _payload(one, kind, number, found)
        kind = {"schedule": "imported", "list": "review"}.get(kind, kind)
        whose = None if kind in ("parameters", "away") else card
        made = event(number, kind, whose, payload, now, one.of("de"))
        found.append(replace(made, offset=one.of((0, 0, 330, -480))))
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
        "days": {
            d: (memory.introduced(d), memory.reviewed(d), memory.answered(d), memory.streak(d))
            for d in days
            if memory.streak(d)
        },
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
