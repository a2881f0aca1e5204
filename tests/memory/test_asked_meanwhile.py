"""A thread asks the memory, for a search, while answers, undos and links are taken: neither loses anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from studytool.errors import StudytoolError
from studytool.memory import Event, Memory, Store, open_store, replay
from studytool.memory import entry as entries
from studytool.memory.ends import ends
from studytool.memory.ledger import Ledger
from studytool.memory.opening import open_memory
from tests.memory.made import event, review

KEY = "card 1"
Gate = threading.Event


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Store]:
    """A log of 40 answers to four cards, long enough to be kept as columns."""
    with closing(open_store(tmp_path)) as store:
        store.merge([review(number, f"card {number % 4}", 3) for number in range(40)])
        yield store


@pytest.fixture
def memory(log: Store) -> Memory:
    """What it amounts to, and one answer more, which is wrong."""
    found = open_memory(log, long=10)
    assert found.base.rows == 40
    found.apply(review(41, KEY, 1))
    return found


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch, where: object, name: str, ask: Callable[[], object]) -> Iterator[Gate]:
    """A thread asks, and stands still in a function that it calls until the gate opens, or what is in here is done."""
    real, inside, gate = getattr(where, name), threading.Event(), threading.Event()

    def stands(*given: object) -> object:
        found = real(*given)
        if threading.current_thread() is thread:
            inside.set()
            assert gate.wait(10)
        return found

    monkeypatch.setattr(where, name, stands)
    thread = threading.Thread(target=ask)
    thread.start()
    assert inside.wait(10)
    try:
        yield gate
    finally:
        gate.set()
        thread.join(10)


def same(memory: Memory, log: Store, *since: Event) -> bool:
    """Whether a memory says of the card what all events say that there are."""
    told = replay([*log.events(), *since])
    one, other = memory.state(KEY), told.state(KEY)
    assert one is not None
    assert other is not None
    found = [(state.reviews, state.lapses, state.last, state.due) for state in (one, other)]
    return found[0] == found[1] and ends(memory, [KEY], "graded") == ends(told, [KEY], "graded")


def test_an_undo_counts_while_a_search_reads_what_it_is_about(
    memory: Memory, log: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, undo = review(41, KEY, 1), event(42, "undo", KEY, {"event": review(41, KEY, 1).id})
    with held(monkeypatch, Ledger, "shares", lambda: ends(memory, [KEY], "graded")):
        memory.apply(undo)
    assert same(memory, log, wrong, undo)


def test_an_undo_counts_after_a_history_could_not_be_read(
    memory: Memory, log: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(ledger: Ledger, history: list[Event]) -> None:
        raise StudytoolError("The log cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "shares", fails)
        with pytest.raises(StudytoolError):
            memory.prepare(KEY)
    wrong, undo = review(41, KEY, 1), event(42, "undo", KEY, {"event": review(41, KEY, 1).id})
    memory.apply(undo)
    assert same(memory, log, wrong, undo)


class Opens:
    """A lock that lets go who stands still when another one comes to it."""

    gate: Gate

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(blocking=False):
            self.gate.set()
            self._lock.acquire()

    def __exit__(self, *failure: object) -> None:
        self._lock.release()


def test_an_answer_counts_while_a_search_works_out_the_state_before_it(
    memory: Memory, log: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right, opens = review(41, KEY, 1), review(43, KEY, 3), Opens()
    monkeypatch.setattr(entries, "_SETTLING", opens)
    with held(monkeypatch, entries, "settled", lambda: memory.states([KEY])) as opens.gate:
        memory.apply(right)
    assert same(memory, log, wrong, right)


def test_a_link_may_come_while_a_search_goes_through_the_others(memory: Memory) -> None:
    links = [event(number, "relink", f"card {number % 4}", {"from": f"before {number}"}) for number in (50, 51)]
    memory.apply(links[0])
    stands = memory._stands

    def meanwhile(one: Event) -> bool:
        memory._stands = stands
        memory.apply(links[1])
        return stands(one)

    memory._stands = meanwhile
    assert memory.links() == [("before 50", "card 2", links[0].id)]
    assert len(memory.links()) == 2
