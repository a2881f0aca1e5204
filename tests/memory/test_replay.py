"""Replay: what a log amounts to, whatever the order its events arrive in."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, Moment, Rules, replay
from studytool.memory.events import DAY_MS
from tests.memory.choices import several
from tests.memory.made import START, event, review

KEYS = ("a", "b", "c")


def snapshot(memory: Memory) -> dict:
    """All that a memory says, in a form that can be compared."""
    cards = {
        key: (memory.state(key), memory.out(key, 0), memory.written(key), memory.text(key)) for key in memory.cards()
    }
    first = Moment(START, 0).day(4)
    days = [(d, memory.introduced(d), memory.reviewed(d), memory.answered(d)) for d in range(first - 40, first + 400)]
    return {"cards": cards, "days": [day for day in days if any(day[1:])]}


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """Logs of two devices whose clocks jump, with undos of anything that was and relinks between three keys."""
    found: list[Event] = []
    now = START
    for number, one in enumerate(several(draw, 14)):
        now += one.of((0, 60_000, 700_000, DAY_MS, 9 * DAY_MS, -3_600_000, -2 * DAY_MS))
        card = one.of(KEYS)
        kinds = (
            "review",
            "review",
            "review",
            "undo",
            "relink",
            "suspend",
            "resume",
            "bury",
            "note",
            "attempt",
            "later",
        )
        kind = one.of(kinds)
        payload: dict = {}
        if kind == "review":
            payload = {"grade": one.of(range(1, 5)), "took_ms": 900}
        elif kind == "undo":
            payload = {"event": one.of(found).id if found else "nothing"}
        elif kind == "relink":
            payload = {"from": one.of(KEYS)}
        elif kind == "note":
            payload = {"text": f"words {number}"}
        found.append(event(number, kind, card, payload, ms=now, device=one.of("de")))
    return found


@given(logs(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_order_of_arrival_does_not_matter(log: list[Event], random) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)
    grown = Memory(Rules())
    for item in shuffled:
        grown.apply(item)
    assert snapshot(grown) == snapshot(replay(log, desired_retention=0.9, rollover=4))


@given(logs())
@settings(max_examples=300, deadline=None)
def test_an_undone_last_event_is_as_if_it_never_was(log: list[Event]) -> None:
    *before, last = log
    grown = replay(before)
    expected = snapshot(grown)
    grown.apply(last)
    grown.apply(event(99, "undo", last.card, {"event": last.id}, ms=last.ms))
    assert snapshot(grown) == expected


@given(logs())
@settings(max_examples=150, deadline=None)
def test_an_event_that_arrives_twice_counts_once(log: list[Event]) -> None:
    assert snapshot(replay([*log, *log])) == snapshot(replay(log))


@given(logs())
@settings(max_examples=150, deadline=None)
def test_an_undo_that_is_undone_is_as_if_it_never_was(log: list[Event]) -> None:
    undo = event(98, "undo", None, {"event": log[-1].id}, ms=START + 500 * DAY_MS)
    redo = event(99, "undo", None, {"event": undo.id}, ms=START + 501 * DAY_MS)
    assert snapshot(replay([*log, undo, redo])) == snapshot(replay(log))


def test_two_undos_that_name_each_other_do_no_harm() -> None:
    one, other = event(1, "undo", None, {}), event(2, "undo", None, {})
    one, other = replace(one, payload={"event": other.id}), replace(other, payload={"event": one.id})
    assert replay([review(0, "a", 3), one, other]).state("a") is not None


def test_a_flight_to_yesterday_counts_as_the_same_day() -> None:
    east, west = (replace(review(n, "a", 3, ms=START + n * 60_000), offset=o) for n, o in enumerate((720, -720)))
    flown, stayed = replay([east, west]).state("a"), replay([east, replace(west, offset=720)]).state("a")
    assert flown is not None
    assert stayed is not None
    assert flown.day == stayed.day - 1
    assert (flown.stability, flown.difficulty) == (stayed.stability, stayed.difficulty)


def test_a_clock_that_was_set_back_loses_no_answer() -> None:
    memory = replay([review(0, "a", 3)])
    memory.apply(review(1, "a", 3, ms=START - 400 * DAY_MS))
    state = memory.state("a")
    assert state is not None
    assert state.reviews == 2
    assert state.retrievability(Moment(START - 1000 * DAY_MS, 0)) == 1


def test_a_relink_moves_the_whole_history() -> None:
    log = [review(0, "old", 3), review(1, "old", 3), review(4, "old", 3)]
    before = replay(log).state("old")
    moved = replay([*log, event(5, "relink", "new", {"from": "old", "text": {"front": "edited"}})])
    assert moved.state("new") == before
    assert moved.state("old") is None
    assert moved.text("new") == {"front": "edited"}


def test_a_relinked_history_goes_on_under_the_new_key() -> None:
    log = [review(0, "old", 3), event(1, "relink", "new", {"from": "old"}), review(2, "new", 3)]
    state = replay(log, fuzz=False).state("new")
    plain = replay([review(0, "x", 3), review(2, "x", 3)], fuzz=False).state("x")
    assert state == plain


def test_two_histories_that_a_relink_joins_count_in_the_order_of_time() -> None:
    log = [review(0, "old", 3), review(1, "new", 1), review(4, "old", 4), event(5, "relink", "new", {"from": "old"})]
    joined = replay(log, fuzz=False).state("new")
    assert joined == replay([review(0, "x", 3), review(1, "x", 1), review(4, "x", 4)], fuzz=False).state("x")


def test_an_undone_relink_gives_the_history_back() -> None:
    relink = event(5, "relink", "new", {"from": "old"})
    memory = replay([review(0, "old", 3), relink, event(6, "undo", "new", {"event": relink.id})])
    assert memory.state("old") is not None
    assert memory.state("new") is None


def test_a_card_renamed_and_named_back_keeps_everything() -> None:
    log = [
        review(0, "a", 3),
        event(1, "relink", "b", {"from": "a"}),
        review(2, "b", 3),
        event(3, "relink", "a", {"from": "b"}),
        review(4, "a", 3),
    ]
    state = replay(log).state("a")
    assert state is not None
    assert state.reviews == 3


def test_events_of_unknown_kinds_and_odd_payloads_change_nothing() -> None:
    log = [review(0, "a", 3)]
    odd = [
        event(1, "teleport", "a", {"grade": 1}),
        event(2, "review", "a", {"grade": 9}),
        event(3, "review", "a", {}),
        event(4, "undo", None, {"event": 7}),
        event(5, "relink", "a", {}),
        event(6, "note", "a", {"text": 5}),
        event(7, "review", "a", {"grade": True}),
        event(8, "review", "a", {"grade": 3.0}),
        *(event(9 + n, kind, "a", [1]) for n, kind in enumerate(("review", "undo", "relink", "note", "attempt"))),
    ]
    assert snapshot(replay([*log, *odd])) == snapshot(replay(log))


def test_suspended_rejected_and_buried_cards_are_out_until_resumed() -> None:
    day = Moment(START, 0).day(4)
    for kind, reason in (("suspend", "suspended"), ("reject", "rejected"), ("bury", "buried")):
        log = [event(0, kind, "a", {})]
        assert replay(log).out("a", day) == reason
        assert replay([*log, event(0, "resume", "a", {}, ms=START + 1)]).out("a", day) is None


def test_a_buried_card_is_back_on_the_next_day() -> None:
    day = Moment(START, 0).day(4)
    assert replay([event(0, "bury", "a", {})]).out("a", day + 1) is None


def test_the_latest_written_answer_is_kept() -> None:
    log = [event(0, "note", "a", {"text": "first"}), event(1, "note", "a", {"text": "second"})]
    assert replay(log).written("a") == "second"


def test_a_streak_counts_days_in_a_row_and_lasts_until_today_is_over() -> None:
    day = Moment(START, 0).day(4)
    memory = replay([review(0, "a", 3), review(1, "b", 3), event(2, "attempt", "b", {}), review(5, "a", 3)])
    assert [memory.streak(day + n) for n in (0, 1, 2, 3, 4, 5, 6)] == [1, 2, 3, 3, 0, 1, 1]


def test_a_night_in_two_halves_is_one_day_of_study() -> None:
    evening = review(0, "a", 3, ms=START + 11 * 3_600_000)  # 23:00
    night = review(1, "a", 3, ms=START + 14 * 3_600_000)  # 02:00
    day = Moment(START, 0).day(4)
    assert replay([evening, night]).answered(day) == 2


def test_the_answers_to_a_card_are_those_that_stand_the_latest_first() -> None:
    undone = review(2, "a", 1)
    log = [review(0, "a", 3), review(1, "b", 2), undone, event(3, "undo", "a", {"event": undone.id})]
    memory = replay([*log, review(4, "a", 9), event(5, "attempt", "a", {"grade": 4}), review(6, "a", 4)])
    assert [found.payload["grade"] for found in memory.answers("a")] == [4, 3]
    assert [found.payload["grade"] for found in memory.answers("b")] == [2]
    assert list(memory.answers("c")) == []


def test_the_answers_to_a_card_are_those_of_the_history_it_has_taken_over_too() -> None:
    link = event(2, "relink", "b", {"from": "a"})
    log = [review(0, "a", 3), review(1, "b", 2), link, review(3, "b", 4)]
    assert [found.payload["grade"] for found in replay(log).answers("b")] == [4, 2, 3]
    parted = replay([*log, event(4, "undo", "b", {"event": link.id})])
    assert [found.payload["grade"] for found in parted.answers("b")] == [4, 2]
    assert [found.payload["grade"] for found in parted.answers("a")] == [3]


def test_answers_that_another_card_has_taken_over_are_no_longer_those_of_the_card() -> None:
    log = [review(0, "a", 3), event(1, "relink", "b", {"from": "a"}), review(2, "a", 4)]
    assert [found.payload["grade"] for found in replay(log).answers("a")] == [4]
    back = replay([*log, event(3, "relink", "a", {"from": "b"})])
    assert [found.payload["grade"] for found in back.answers("a")] == [4, 3]
    assert list(back.answers("b")) == []


@given(logs())
@settings(max_examples=100, deadline=None)
def test_the_states_of_many_cards_are_those_of_each(log: list[Event]) -> None:
    memory = replay(log)
    assert memory.states([*KEYS, "nothing"]) == [memory.state(key) for key in (*KEYS, "nothing")]
    for key in KEYS:
        state, last = memory.state(key), next(memory.answers(key), None)
        assert state is None or (last is not None and last.ms == state.last)
