"""Other parameters: what cards come to by them is worked out in pieces, and what is said meanwhile counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, open_store, replay
from studytool.memory.base import Base
from studytool.memory.entry import Entry
from studytool.memory.events import DAY_MS
from studytool.memory.fit.event import payload_of
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from studytool.memory.opening import open_memory
from studytool.memory.pieces import finished
from tests.memory.made import START, event, review
from tests.memory.test_one_memory import logs, snapshot

CARDS = 60


@given(logs(), st.integers(0, 40), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_foreseen_and_said_meanwhile_the_memory_is_that_of_all_events(
    log: list[Event], cut: int, data: st.DataObject
) -> None:
    with TemporaryDirectory() as name, closing(open_store(Path(name))) as store:
        store.merge(log[:cut])
        memory = open_memory(store, long=0)
        for item in log[cut:]:
            steps = memory.foreseeing(item)
            for between in data.draw(st.lists(st.sampled_from(log[cut:]), max_size=2)):
                for _ in range(data.draw(st.integers(0, 5))):
                    next(steps, None)
                memory.apply(between)
            finished(steps)
            memory.apply(item)
        assert snapshot(memory, log) == snapshot(replay(log), log)


def fitted(number: int) -> Event:
    return event(number, "parameters", None, payload_of([weight * 1.1 for weight in DEFAULT_WEIGHTS]))


@pytest.fixture(params=[0, CARDS // 2, CARDS])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Memory]:
    """Of answers to many cards, so many of them in columns; to each card of these another answer came later."""
    with closing(open_store(tmp_path)) as store:
        first = [review(number, f"{number:03}", 3) for number in range(CARDS)]
        store.merge(first[: request.param])
        memory = open_memory(store, long=1)
        for item in first:
            memory.apply(item)
        for number in range(request.param):
            memory.apply(review(CARDS + number, f"{number:03}", 4, START + 200 * DAY_MS))
        yield memory


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each card that takes an answer, and each time that the columns are worked out."""
    found: list[object] = []

    def noted(kind: type, name: str) -> None:
        real: Callable[..., object] = getattr(kind, name)
        monkeypatch.setattr(kind, name, lambda self, *more: (found.append(more[0]), real(self, *more))[1])

    noted(Entry, "take")
    noted(Base, "foresee")
    return found


def test_each_piece_works_on_one_card_and_what_was_foreseen_is_gone_over_to(
    memory: Memory, taken: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    after = fitted(500)
    most, aside = 0, list[bool]()

    def done(work: Callable[[], object]) -> Iterator[None]:
        aside.append(True)
        yield
        work()
        taken.clear()

    steps = memory.foreseeing(after, done)  # type: ignore[arg-type]
    for _ in steps:
        most = max(most, len(taken))
        taken.clear()
    assert aside == [True] * bool(memory.base.numbers)
    assert most <= 2, "the answers of one card"
    monkeypatch.setattr("studytool.memory.derive.derived", None)
    memory.apply(after)
    assert taken == []
    assert memory.rules.model.weights != DEFAULT_WEIGHTS


def test_of_what_was_foreseen_only_the_card_that_was_answered_meanwhile_is_worked_out_anew(
    memory: Memory, taken: list[object]
) -> None:
    after = fitted(500)
    finished(memory.foreseeing(after))
    late = review(400, "007", 1)
    memory.apply(late)
    taken.clear()
    memory.apply(after)
    assert {item.card for item in taken if isinstance(item, Event)} == {"007"}
    state = memory.state("007")
    assert state is not None
    assert state.last == late.ms


def test_parameters_that_are_taken_back_are_foreseen_too(memory: Memory, taken: list[object]) -> None:
    memory.apply(fitted(500))
    undo = event(501, "undo", None, {"event": fitted(500).id})
    finished(memory.foreseeing(undo))
    taken.clear()
    memory.apply(undo)
    assert taken == []
    assert memory.rules.model.weights == DEFAULT_WEIGHTS
