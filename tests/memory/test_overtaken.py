"""An answer that yields to what another window has written of the same card, however much else was written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool import clock
from studytool.commands import study
from studytool.desk import Desk, open_desk, request
from studytool.errors import Overtaken
from studytool.memory import Grade
from studytool.memory.opening import open_memory
from studytool.memory.session import Session
from studytool.memory.store.sqlite import Draft, open_store


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    (tmp_path / "note.md").write_text("".join(f"Q: Question {n}?\nA: Answer {n}.\n\n" for n in range(9)), "utf-8")
    made = [open_desk(request([str(tmp_path)])) for _ in range(2)]
    yield made
    for desk in made:
        desk.close()


def answered_in_one(desks: list[Desk]) -> list[Session]:
    """Sittings that show the same card, which the first one answers unseen by the second."""
    sittings = [desk.session(clock.now()) for desk in desks]
    keys = {shown.key for sitting in sittings if (shown := sitting.shown(clock.now()))}
    assert len(keys) == 1
    sittings[0].answer(Grade.EASY, clock.now())
    return sittings


@pytest.mark.parametrize("listens", [False, True])
def test_an_answer_is_overtaken_however_much_was_written_of_others_since(desks: list[Desk], listens: bool) -> None:
    if listens:
        desks[1].hear()
        desks[0].store.append("suspend", "another", {}, clock.now())
        desks[1].hear()
    sittings = answered_in_one(desks)
    desks[0].store.append_all([Draft("review", f"card {n}", {"grade": 3}, clock.now()) for n in range(500)])
    before = desks[1].store.events()
    with pytest.raises(Overtaken):
        sittings[1].answer(Grade.GOOD, clock.now(), yields=True)
    assert desks[1].store.events() == before


def test_what_others_wrote_before_an_own_event_is_heard_of(desks: list[Desk]) -> None:
    answered_in_one(desks)
    own = desks[1].store.append("suspend", "another", {}, clock.now())  # as an opening relinks, before it listens
    desks[1].memory.apply(own, is_new=True)
    assert desks[1].hear()
    ids = [event.id for event in desks[0].store.events()]
    assert desks[1].memory.knows(ids[0])
    assert not desks[1].hear()


def test_an_answer_looks_only_at_rows_that_were_not_heard_of(desks: list[Desk]) -> None:
    desks[1].hear()
    answered_in_one(desks)
    desks[1].hear()
    assert desks[1].store.heard == len(desks[1].store.events()) > 0


def test_what_a_long_log_knows_is_looked_up_while_an_answer_is_written(tmp_path: Path) -> None:
    store, other = open_store(tmp_path), open_store(tmp_path)
    store.append_all([Draft("review", f"card {n}", {"grade": 3}, clock.now()) for n in range(50)])
    store.heard = 0
    memory = open_memory(store, long=10)
    assert memory.base.rows == 50
    answer = ("review", "card 3", {"grade": 3}, clock.now(), memory.knows)
    written = threading.Thread(target=store.append, args=answer, daemon=True)
    written.start()
    written.join(60)
    assert not written.is_alive()
    other.append("review", "card 4", {"grade": 3}, clock.now())
    with pytest.raises(Overtaken):
        store.append("review", "card 4", {"grade": 3}, clock.now(), memory.knows)
    store.close()
    other.close()


@pytest.mark.parametrize("takes_back", [False, True])
def test_line_by_line_it_is_said_that_a_grade_was_overtaken(desks: list[Desk], takes_back: bool) -> None:
    sittings = answered_in_one(desks)
    shown = sittings[1].shown(clock.now())
    assert shown
    card = desks[1].card(shown.key)
    assert card
    if takes_back:
        sittings[0].undo(clock.now())
    told = study._answered(desks[1], sittings[1], Grade.GOOD, card, 0)
    assert ("taken that back" in told) == takes_back
    assert "your grade is not kept" in told
    again = sittings[1].shown(clock.now())
    assert again
    assert (again.key == shown.key) == takes_back
    assert study._answered(desks[1], sittings[1], Grade.GOOD, card, 0) == ""
