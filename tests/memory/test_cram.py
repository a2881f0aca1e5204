"""A cram asks each card until it is known, and changes no due date."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Candidate, Counts, Cram, Grade, Limits, Memory, Moment, Session, Store, open_store, replay
from studytool.memory.cram import BETWEEN
from studytool.memory.events import DAY_MS

NOON = Moment(1_704_110_400_000, 0)  # 2024-01-01
KEYS = [f"card {number}" for number in range(12)]
CARDS = [Candidate(key, "topic", 1) for key in KEYS]


def later(moment: Moment, days: float) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS), moment.offset)


def begin(store: Store, moment: Moment = NOON, seed: int = 1, cards: list[Candidate] | None = None) -> Cram:
    return Cram(cards or CARDS, replay(store.events()), store, moment, seed)


def asked(cram: Session, moment: Moment, grade: Grade = Grade.GOOD, count: int = 100) -> list[str]:
    found = []
    while len(found) < count and (shown := cram.shown(moment)):
        found.append(shown.key)
        cram.answer(grade, moment)
    return found


def learn(store: Store, moment: Moment) -> None:
    asked(
        Session([Candidate(key, "t") for key in KEYS[:6]], replay(store.events()), store, Limits(99, 99), moment),
        moment,
    )


def schedules(memory: Memory) -> dict:
    day = NOON.day(4)
    marks = (memory.introduced(day), memory.reviewed(day), memory.answered(day))
    return {**{key: memory.state(key) for key in KEYS}, "marks": marks}


def test_every_card_comes_once_siblings_and_new_ones_too_whatever_the_limits(store: Store) -> None:
    assert sorted(asked(begin(store), NOON)) == sorted(KEYS)


def test_the_seed_decides_the_order(store: Store) -> None:
    orders = [asked(begin(store, seed=seed), NOON) for seed in (1, 1, 2)]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert orders[0] != KEYS


def test_no_schedule_changes_and_the_day_counts_as_studied(store: Store) -> None:
    learn(store, NOON)
    before = schedules(replay(store.events()))
    tomorrow = later(NOON, 1)
    cram = begin(store, tomorrow)
    for number in range(20):
        if cram.shown(tomorrow):
            cram.answer(Grade(1 + number % 4), tomorrow, took_ms=700)
    assert schedules(cram.memory) == schedules(replay(store.events())) == before
    assert replay(store.events()).streak(later(NOON, 1).day(4)) == 2
    assert {event.kind for event in store.events()} == {"review", "attempt"}
    assert store.events()[-1].payload["cram"] is True


def test_a_card_not_known_comes_back_after_some_others_until_it_is(store: Store) -> None:
    cram = begin(store)
    first = cram.shown(NOON)
    assert first is not None
    cram.answer(Grade.AGAIN, NOON)
    order = asked(cram, NOON, count=BETWEEN + 1)
    assert order.index(first.key) == BETWEEN
    assert sorted([*order, *asked(cram, NOON)]) == sorted(KEYS)


def test_the_last_card_comes_back_at_once_when_nothing_is_left(store: Store) -> None:
    cram = begin(store, cards=CARDS[:1])
    assert asked(cram, NOON, Grade.AGAIN, count=3) == [KEYS[0]] * 3
    assert asked(cram, NOON) == [KEYS[0]]
    assert cram.shown(NOON) is None
    assert cram.next_due_in(NOON) is None


def test_the_reason_says_how_far_it_is_and_how_well_the_card_is_known(store: Store) -> None:
    learn(store, NOON)
    after = later(NOON, 9)
    cram = begin(store, after, cards=CARDS[:1] + CARDS[-1:])
    reasons = []
    for grade in (Grade.GOOD, Grade.AGAIN, Grade.GOOD):
        shown = cram.shown(after)
        assert shown is not None
        state = cram.memory.state(shown.key)
        recall = f"recall {state.retrievability(after):.0%}".replace("%", " %") if state else "new"
        reasons.append(shown.reason.replace(recall, "R"))
        cram.answer(grade, after)
    assert reasons == ["cram 1 of 2 · R", "cram 2 of 2 · R", "cram again · R"]


def test_what_grades_lead_to_is_told_in_words(store: Store) -> None:
    shown = begin(store).shown(NOON)
    assert shown is not None
    assert shown.intervals == {}
    assert list(shown.outcomes.values()) == ["comes back", "done", "done", "done"]


def test_the_counts_say_what_is_left(store: Store) -> None:
    cram = begin(store)
    cram.shown(NOON)
    assert cram.counts(NOON) == Counts(0, 0, 12, 0)
    cram.answer(Grade.AGAIN, NOON)
    cram.shown(NOON)
    assert cram.counts(NOON) == Counts(0, 1, 11, 1)
    cram.answer(Grade.GOOD, NOON)
    assert cram.counts(NOON) == Counts(0, 1, 10, 2)


def test_cards_that_are_put_out_are_left_out_and_can_be_put_out(store: Store) -> None:
    store.append("suspend", KEYS[0], {}, NOON)
    store.append("reject", KEYS[1], {}, NOON)
    store.append("bury", KEYS[2], {}, NOON)
    cram = begin(store)
    first = cram.shown(NOON)
    assert first is not None
    cram.suspend(NOON)
    assert sorted([first.key, *asked(cram, NOON)]) == sorted(KEYS[3:])


def test_a_cram_goes_on_over_midnight_and_after_an_edit_with_what_is_left(store: Store) -> None:
    cram = begin(store)
    done = asked(cram, NOON, count=5)
    shown = cram.shown(NOON)
    assert shown is not None
    tomorrow = later(NOON, 1)
    gone = next(key for key in KEYS if key not in (*done, shown.key))
    new = [Candidate("edited", "topic"), Candidate("another", "topic")]
    cram.renew([card for card in CARDS if card.key != gone] + new, tomorrow, {gone: "edited"})
    assert cram.shown(tomorrow).key == shown.key  # type: ignore[union-attr]
    rest = asked(cram, tomorrow)
    assert sorted([*done, *rest]) == sorted([*(key for key in KEYS if key != gone), "edited"])


def test_cards_that_are_put_back_into_the_notes_come_again_and_what_is_new_does_not(store: Store) -> None:
    cram = begin(store)
    done = asked(cram, NOON, count=5)
    cram.renew([], NOON)
    assert cram.shown(NOON) is None
    cram.renew([*CARDS, Candidate("another", "topic")], NOON)
    assert sorted([*done, *asked(cram, NOON)]) == sorted(KEYS)


def test_a_card_that_was_never_answered_and_is_edited_comes_in_its_new_words(store: Store) -> None:
    cram = begin(store)
    done = asked(cram, NOON, count=5)
    left = [key for key in KEYS if key not in done]
    for edits in (1, 2):  # once more, and nothing but the card comes in the place of what it was
        now = [card for card in CARDS if card.key != left[0]]
        new = [Candidate(f"edited {edits}", "topic"), Candidate("of another note", "other"), Candidate("new", "topic")]
        cram.renew([*now, *new], NOON)
        assert cram.counts(NOON).left == len(left)
    cram.renew(CARDS, NOON)  # it is taken back
    assert sorted([*done, *asked(cram, NOON)]) == sorted(KEYS)


def test_what_was_known_and_is_edited_does_not_come_again(store: Store) -> None:
    cram = begin(store)
    done = asked(cram, NOON, count=5)
    cram.renew([*(card for card in CARDS if card.key != done[0]), Candidate("edited", "topic")], NOON)
    assert sorted([*done, *asked(cram, NOON)]) == sorted(KEYS)


def test_after_an_edit_what_was_not_known_comes_back_after_as_many_others(store: Store) -> None:
    cram = begin(store)
    missed = [one for _ in range(2) for one in asked(cram, NOON, Grade.AGAIN, count=1)]
    shown = cram.shown(NOON)
    assert shown is not None
    cram.renew([Candidate("edited" if key == missed[0] else key, "t") for key in KEYS], NOON, {missed[0]: "edited"})
    assert cram.shown(NOON).key == shown.key  # type: ignore[union-attr]
    assert cram.counts(NOON) == Counts(0, 2, 10, 2)
    order = asked(cram, NOON, count=BETWEEN + 1)
    assert [order.index(key) for key in ("edited", missed[1])] == [BETWEEN - 1, BETWEEN]
    assert sorted([*order, *asked(cram, NOON)]) == sorted({*KEYS, "edited"} - {missed[0]})


def test_a_card_that_has_come_back_is_still_one_that_was_not_known_after_an_edit(store: Store) -> None:
    cram = begin(store, cards=CARDS[:3])
    first = asked(cram, NOON, Grade.AGAIN, count=1)
    asked(cram, NOON, count=2)
    assert [cram.shown(NOON).key] == first  # type: ignore[union-attr]
    cram.renew(CARDS[:3], NOON)
    assert cram.shown(NOON).reason.startswith("cram again")  # type: ignore[union-attr]
    assert cram.counts(NOON) == Counts(0, 1, 0, 3)


def test_a_card_that_is_taken_back_while_they_are_put_in_order_comes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.memory.pieces.PIECE", 2)
    cram = begin(store)
    made: list[Iterator[None]] = []
    put_out = [cram.shown(NOON).key]  # type: ignore[union-attr]
    cram.suspend(NOON)
    cram.pace = made.append
    cram.shown(NOON)
    cram.renew(list(CARDS), NOON)
    put_out.append(cram.shown(NOON).key)  # type: ignore[union-attr]
    cram.suspend(NOON)
    for _ in range(len(CARDS) // 2):
        next(made[-1])
    cram.undo(NOON)
    cram.undo(NOON)
    for _ in made[-1]:
        pass
    assert {*put_out} < {*asked(cram, NOON)} == {card.key for card in CARDS}


class Hashed(str):
    """A key that knows how often one like it was looked up."""

    __slots__ = ()
    times = 0

    def __hash__(self) -> int:
        Hashed.times += 1
        return super().__hash__()


def test_what_a_card_costs_does_not_grow_with_the_round_or_the_answers(store: Store) -> None:
    cram = begin(store, cards=[Candidate(Hashed(f"card {number}"), "topic") for number in range(500)])
    for number in range(100):
        cram.shown(NOON)
        cram.answer(Grade(1 + number % 4), NOON)
    before = Hashed.times
    for _ in range(10):
        cram.shown(NOON)
        cram.counts(NOON)
        cram.answer(Grade.AGAIN, NOON)
    assert 0 < Hashed.times - before < 200
    assert cram._known == cram._known_so_far()
    assert cram._queue.steps_left(NOON)[1] == sum(map(cram._queue.is_again, cram._queue._order)) > 0


@given(st.lists(st.sampled_from(("1", "2", "3", "4", "undo", "suspend", "bury", "sleep")), max_size=40))
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_each_card_is_known_or_left_exactly_once(actions: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        cram, now, trail = begin(store), NOON, []
        for action in actions:
            now = later(now, 1 if action == "sleep" else 0.0001)
            if action == "undo":
                key = cram.undo(now)
                assert key == (trail.pop()[0] if trail else None)
                assert key is None or cram.shown(now).key == key  # type: ignore[union-attr]
            elif (shown := cram.shown(now)) is not None and action != "sleep":
                trail.append((shown.key, action))
                if action.isdigit():
                    cram.answer(Grade(int(action)), now)
                else:
                    getattr(cram, action)(now)
            known = [key for key, action in trail if action in "234"]
            assert len(known) == len(set(known))
            counts = cram.counts(now)
            assert min(counts.later, counts.due) >= 0
            assert counts.done == sum(action.isdigit() for _, action in trail)
            assert cram._known == cram._known_so_far() == set(known)
            assert cram._queue.steps_left(NOON)[1] == sum(map(cram._queue.is_again, cram._queue._order))
        assert all(state is None for state in map(replay(store.events()).state, KEYS))
        store.close()
