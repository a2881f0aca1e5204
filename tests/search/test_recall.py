"""What a search asks of a long log."""

from __future__ import annotations

from pathlib import Path

from studytool.memory import Draft, Moment, open_memory, open_store
from studytool.memory.ends import MANY
from studytool.memory.events import DAY_MS
from studytool.search.query import Compare, Days, Flag
from studytool.search.recall import matching

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
