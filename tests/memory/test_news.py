"""Two windows on one log: what one writes the other takes in before its next card."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import clock
from studytool.desk import Desk, open_desk, request
from studytool.memory import Grade

NOTE = "\n".join(f"Q: Question {n}?\nA: Answer {n}.\n" for n in range(40))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "note.md").write_text(NOTE, "utf-8")
    return tmp_path


@pytest.fixture
def desks(notes: Path):
    made = [open_desk(request([str(notes)])) for _ in range(2)]
    yield made
    for desk in made:
        desk.close()


def test_two_sittings_share_the_days_new_cards_and_ask_none_twice(desks: list[Desk]) -> None:
    sessions = [desk.session(clock.now()) for desk in desks]
    asked: list[str] = []
    while True:
        before = len(asked)
        for desk, session in zip(desks, sessions, strict=True):
            desk.hear()
            shown = session.shown(clock.now())
            if shown is not None:
                asked.append(shown.key)
                session.answer(Grade.EASY, clock.now())
        if len(asked) == before:
            break
    assert len(asked) == len(set(asked)) == 20
    assert not desks[0].hear()
    desks[1].hear()
    assert [desk.overview(clock.now()).today for desk in desks] == [20, 20]


def test_what_was_written_while_a_log_was_read_is_news_and_ones_own_answers_are_not(desks: list[Desk]) -> None:
    one, other = desks
    session = one.session(clock.now())
    assert session.shown(clock.now())
    event = session.answer(Grade.GOOD, clock.now())
    assert other.hear()  # the first time that it listens
    assert other.memory.knows(event.id)
    assert not one.hear()
    assert not other.hear()


def test_parameters_that_a_command_writes_reach_an_open_window(desks: list[Desk]) -> None:
    one, other = desks
    assert not one.hear()
    weights = [*one.memory.rules.model.weights[:20], 0.2]
    payload = {"model": "FSRS", "version": 6, "weights": weights, "reviews": 1}
    other.store.append("parameters", None, payload, clock.now())
    assert one.hear()
    assert one.memory.rules.model.weights[20] == 0.2
