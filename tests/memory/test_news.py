"""Two windows on one log: what one writes the other takes in before its next card."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import clock
from studytool.desk import Desk, open_desk, request
from studytool.errors import Overtaken, StudytoolError
from studytool.memory import Draft, Event, Grade, Memory, Moment
from studytool.memory.entry import Entry
from studytool.memory.events import DAY_MS
from studytool.memory.pieces import finished

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


@pytest.fixture
def desk(desks: list[Desk]) -> Desk:
    """A single window."""
    return desks[0]


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


def test_what_could_not_be_read_is_news_the_next_time(desks: list[Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> list[Event]:
        raise StudytoolError("It is locked.")

    one, other = desks
    one.hear()
    key, now = next(iter(one.library.entries)), clock.now()
    other.store.append("review", key, {"grade": 3}, now)
    with monkeypatch.context() as patch:
        patch.setattr("studytool.memory.store.news.events_after", fails)
        with pytest.raises(StudytoolError):
            one.hear()
    assert one.hear()
    assert one.memory.state(key) is not None
    assert not one.hear()


def test_what_concerns_one_card_is_heard_out_of_its_turn(desks: list[Desk]) -> None:
    one, other = desks
    one.hear()
    keys, now = list(one.library.entries)[:2], clock.now()
    for key in keys:
        other.store.append("review", key, {"grade": 3}, now)
    assert one.hear_of([keys[1]])
    assert not one.hear_of([keys[1]])
    assert [one.memory.state(key) is not None for key in keys] == [False, True]
    assert one.hear()
    assert all(one.memory.state(key).reviews == 1 for key in keys)  # type: ignore[union-attr]


def test_much_that_is_new_is_looked_through_once_however_many_cards_are_asked_for(desks: list[Desk]) -> None:
    one, other = desks
    one.hear()
    keys, now = list(one.library.entries), clock.now()
    drafts = [Draft("review", f"card {number}", {"grade": 3}, now) for number in range(4_000)]
    other.store.append_all([*drafts, *(Draft("review", key, {"grade": 3}, now) for key in keys)])
    steps = list[None]()
    one.store._connection.set_progress_handler(lambda: steps.append(None), 100)  # after so many steps of SQLite
    assert one.hear_of(keys[:1])
    first = len(steps)
    for key in keys[1:]:
        assert one.hear_of([key])
    one.store._connection.set_progress_handler(None, 0)
    assert first
    assert len(steps) < 2 * first


def test_what_lies_very_far_ahead_is_looked_through_by_later_calls(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.memory.store.news._AHEAD", 3)
    one, other = desks
    one.hear()
    keys, now = list(one.library.entries)[:8], clock.now()
    other.store.append_all([Draft("review", key, {"grade": 3}, now) for key in keys])
    assert [one.hear_of(keys) for _ in range(4)] == [True, True, True, False]
    assert all(one.memory.states(keys))
    other.store.append("review", "another", {"grade": 3}, now)
    assert one.hear_of(["another"])


def test_what_is_written_while_others_are_heard_can_be_heard_ahead_when_they_were(desks: list[Desk]) -> None:
    one, other = desks
    one.hear()
    key, now = next(iter(one.library.entries)), clock.now()
    other.store.append("review", "another", {"grade": 3}, now)
    hearing = one.hearing()
    next(hearing)
    other.store.append("review", key, {"grade": 3}, now)
    assert not one.hear_of(["a third"])
    assert finished(hearing)
    assert one.hear_of([key])


def test_of_many_cards_a_few_are_heard_ahead_those_that_others_have_written_of_first(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.memory.store.news._PART", 3)
    one, other = desks
    one.hear()
    keys, now = list(one.library.entries)[:6], clock.now()
    other.store.append_all([Draft("review", key, {"grade": 3}, now) for key in reversed(keys)])
    assert one.hear_ahead(keys[:5])
    assert [state is not None for state in one.memory.states(keys)] == [False, False, True, True, True, False]
    assert one.hear_ahead(keys)
    assert not one.hear_ahead(keys)


def test_nothing_is_heard_ahead_while_a_thread_asks_the_memory_and_all_of_it_afterwards(desks: list[Desk]) -> None:
    one, other = desks
    one.hear()
    key = next(iter(one.library.entries))
    other.store.append("review", key, {"grade": 3}, clock.now())
    with one.remembering:
        assert not one.hear_of([key])
        assert not one.hear_ahead([key])
    assert one.memory.state(key) is None
    assert one.hear_of([key])
    assert one.memory.state(key) is not None


def test_what_cannot_be_taken_in_keeps_nothing_else_from_being_heard(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = desks
    one.hear()
    keys, now = list(one.library.entries)[:2], clock.now()
    other.store.append_all([Draft("review", key, {"grade": 3}, now) for key in keys])
    apply = Memory.apply

    def fails(self: Memory, event: Event) -> None:
        if event.card == keys[0]:
            raise StudytoolError("Its history cannot be read.")
        apply(self, event)

    with monkeypatch.context() as patch:
        patch.setattr(Memory, "apply", fails)
        for _ in range(2):
            with pytest.raises(StudytoolError):
                one.hear()
    assert [state is not None for state in one.memory.states(keys)] == [False, True]
    assert one.hear()
    assert all(one.memory.states(keys))
    assert not one.hear()


def test_a_card_may_be_answered_while_a_thread_asks_which_are_put_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, out = clock.now(), Entry.out
    desk.memory.apply(desk.store.append("suspend", "one", {}, now))
    another = desk.store.append("review", "another", {"grade": 3}, now)
    asked = list[Entry]()

    def meanwhile(self: Entry, day: int) -> str | None:
        asked.append(self)
        if len(asked) == 1:
            desk.memory.apply(another)
        return out(self, day)

    monkeypatch.setattr(Entry, "out", meanwhile)
    assert desk.memory.put_out(now.day(4)) == ["one"]


def test_an_import_of_much_is_heard_of_in_parts_and_who_stopped_hears_the_rest_later(
    desks: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.memory.store.news._PART", 3)
    one, other = desks
    one.hear()
    key, now = next(iter(one.library.entries)), clock.now()
    drafts = [Draft("imported", key, {"grade": 3}, Moment(now.ms - day * DAY_MS, 0)) for day in range(10)]
    other.store.append_all(drafts)
    hearing = one.hearing()
    for _ in range(5):
        next(hearing)
    assert sum(one.memory.answered(now.day(4) - day) for day in range(-1, 12)) == 5
    assert one.hear()
    assert not one.hear()
    assert finished(hearing)
    assert sum(one.memory.answered(now.day(4) - day) for day in range(-1, 12)) == 10


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


@pytest.mark.parametrize(
    "act", [lambda sitting: sitting.answer(Grade.EASY, clock.now()), lambda sitting: sitting.suspend(clock.now())]
)
def test_a_card_done_in_another_window_is_asked_no_more_until_that_is_undone(desks: list[Desk], act) -> None:
    one, other = (desk.session(clock.now()) for desk in desks)
    first, second = one.shown(clock.now()), other.shown(clock.now())
    assert first
    assert second
    assert first.key == second.key
    act(one)
    assert desks[1].hear()
    other.catch_up(clock.now())
    assert other.passed(clock.now())
    after = other.shown(clock.now())
    assert after
    assert after.key != first.key
    assert one.undo(clock.now()) == first.key
    assert not one.outlived
    assert desks[1].hear()
    other.catch_up(clock.now())
    assert not other.passed(clock.now())
    other.answer(Grade.EASY, clock.now())
    again = other.shown(clock.now())
    assert again
    assert again.key == first.key


def test_an_undo_leaves_the_answer_that_another_window_has_given_since(desks: list[Desk]) -> None:
    one, other = (desk.session(clock.now()) for desk in desks)
    first = one.shown(clock.now())
    assert first
    assert other.shown(clock.now())
    one.answer(Grade.EASY, clock.now())
    other.answer(Grade.GOOD, clock.now())  # it has not listened
    desks[0].hear()
    assert one.undo(clock.now()) == first.key
    assert one.outlived
    after = one.shown(clock.now())
    assert after
    assert after.key != first.key


def test_an_answer_that_yields_is_kept_unless_another_window_has_answered_since(desks: list[Desk]) -> None:
    one, other = (desk.session(clock.now()) for desk in desks)
    assert one.shown(clock.now())
    assert other.shown(clock.now())
    one.answer(Grade.EASY, clock.now(), yields=True)
    before = desks[1].store.events()
    with pytest.raises(Overtaken):
        other.answer(Grade.GOOD, clock.now(), yields=True)
    assert desks[1].store.events() == before
    assert desks[1].hear()
    other.catch_up(clock.now())
    assert other.passed(clock.now())
    assert other.shown(clock.now())
    other.answer(Grade.GOOD, clock.now(), yields=True)
    assert len(desks[1].store.events()) == len(before) + 1


def test_a_cram_asks_what_was_answered_elsewhere_and_not_what_was_put_out(desks: list[Desk]) -> None:
    cram, keys = desks[1].cram(clock.now()), desks[0].session(clock.now())
    shown = cram.shown(clock.now())
    assert shown
    assert keys.shown(clock.now())
    for kind, payload in (("review", {"grade": 3}), ("suspend", {})):
        assert not cram.passed(clock.now())
        desks[0].store.append(kind, shown.key, payload, clock.now())
        assert desks[1].hear()
        cram.catch_up(clock.now())
    assert cram.passed(clock.now())


def test_a_card_that_another_window_got_wrong_and_put_out_is_left_to_nobody(desks: list[Desk]) -> None:
    for sitting in (desks[1].session(clock.now()), desks[1].cram(clock.now())):
        before, shown = sitting.counts(clock.now()), sitting.shown(clock.now())
        assert shown
        for kind, payload in (("review", {"grade": 1}), ("suspend", {})):
            desks[0].store.append(kind, shown.key, payload, clock.now())
        assert desks[1].hear()
        sitting.catch_up(clock.now())
        assert sitting.passed(clock.now())
        counts = sitting.counts(clock.now())
        assert (counts.later, counts.new + counts.due) == (0, before.new + before.due - 1)


def test_a_history_that_an_edit_gives_to_the_card_that_is_shown_is_no_answer_of_another_window(desk: Desk) -> None:
    session = desk.session(clock.now())
    first = session.shown(clock.now())
    assert first
    for kind, card, payload in (("review", "gone", {"grade": 3}), ("relink", first.key, {"from": "gone"})):
        desk.memory.apply(desk.store.append(kind, card, payload, clock.now()), is_new=True)
    assert desk.memory.state(first.key)
    session.renew(desk.candidates(), clock.now(), {"gone": first.key})
    assert not session.passed(clock.now())
    session.answer(Grade.GOOD, clock.now())
    assert [event.card for event in desk.store.events()] == ["gone", first.key, first.key]


def test_what_another_window_has_answered_stays_done_when_notes_are_read_anew(desks: list[Desk]) -> None:
    one, other = (desk.session(clock.now()) for desk in desks)
    assert one.shown(clock.now())
    assert other.shown(clock.now())
    one.answer(Grade.EASY, clock.now())
    assert desks[1].hear()
    other.catch_up(clock.now())
    other.renew(desks[1].candidates(), clock.now())
    assert other.passed(clock.now())


def test_an_answer_before_one_that_a_wrong_clock_gave_is_undone_and_asked_again(desk: Desk) -> None:
    session, now = desk.session(clock.now()), clock.now()
    first = session.shown(now)
    assert first
    ahead = Moment(now.ms + 40 * DAY_MS, now.offset)
    desk.memory.apply(desk.store.append("review", first.key, {"grade": 1}, ahead))
    session = desk.session(ahead, found=[first.key])
    shown = session.shown(Moment(ahead.ms + DAY_MS, ahead.offset))
    assert shown
    session.answer(Grade.GOOD, now)
    assert session.undo(now) == first.key
    assert not session.outlived


def test_a_card_that_another_window_is_learning_comes_back_here_too(desks: list[Desk]) -> None:
    one, other = (desk.session(clock.now()) for desk in desks)
    first = one.shown(clock.now())
    assert first
    assert other.shown(clock.now())
    one.answer(Grade.AGAIN, clock.now())
    assert desks[1].hear()
    other.catch_up(clock.now())
    assert other.passed(clock.now())
    now = clock.now()
    assert other.counts(now).later == one.counts(now).later == 1
    later = Moment(now.ms + 2 * 60_000, now.offset)
    again = other.shown(later)
    assert again
    assert again.key == first.key
