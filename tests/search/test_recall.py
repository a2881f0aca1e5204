"""What a search asks of a long log."""

from __future__ import annotations

from pathlib import Path

from studytool.memory import Candidate, Draft, Limits, Moment, open_memory, open_store, overview
from studytool.memory.away import Away, payload_of
from studytool.memory.ends import MANY
from studytool.memory.events import DAY_MS
from studytool.search.query import Compare, Days, Flag
from studytool.search.recall import matching
from tests.memory.listed import roster_of

from .conftest import NOW


def test_of_many_cards_the_first_and_the_last_answer_are_known_without_reading_each(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    keys = [f"card {number}" for number in range(MANY + 1)]
    ago = [Moment(NOW.ms - days * DAY_MS, NOW.offset) for days in (90, 30)]
    drafts = [
        Draft("review", key, {"grade": 1 + (number + at) % 4}, when)
        for at, when in enumerate(ago)
        for number, key in enumerate(keys[:-1])
        if at == 0 or number % 2
    ]
    store.append_all(drafts)
    memory = open_memory(store, long=0)
    assert memory.base.rows == len(drafts)
    states = memory.states(keys)
    memory.apply(store.append("review", keys[0], {"grade": 4}, NOW))
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    good = list(matching(Flag("graded", "good"), keys, states, memory, NOW))
    early = list(matching(Compare("introduced", ">", Days(60)), keys, states, memory, NOW))
    assert len(said) < 10
    last = [4, *(1 + (number + number % 2) % 4 for number in range(1, MANY)), None]
    assert good == [grade == 3 for grade in last]
    assert early == [True] * MANY + [False]
    store.close()


def test_what_waits_since_a_holiday_is_not_due_and_the_home_screen_says_the_same(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    keys = [f"card {number}" for number in range(40)]
    today = NOW.day(4)
    drafts = [
        Draft("review", key, {"grade": 4, "days": 0}, Moment(NOW.ms - (8 + number // 4) * DAY_MS, NOW.offset))
        for number, key in enumerate(keys)
    ]
    store.append_all(drafts)
    for period in (Away(today - 5, today), Away(today + 3, today + 6)):
        store.append("away", None, payload_of(period), NOW)
    memory = open_memory(store)
    states = memory.states(keys)
    due = dict(zip(keys, matching(Flag("is", "due"), keys, states, memory, NOW), strict=True))
    seen = overview(roster_of(Candidate(key, "A") for key in keys), memory, NOW, Limits(0, 99))
    assert seen.held.away_later > 0
    assert sum(due.values()) == seen.due == seen.forecast[0]
    overdue = sum(state is not None and state.due_day <= today for state in states)
    assert sum(due.values()) == overdue - seen.held.away_later
    assert seen.forecast[3:6] == (0, 0, 0)
    assert sum(seen.forecast) == len(keys)
    store.close()
