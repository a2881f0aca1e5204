"""What comes today and what waits: cards of one text, topics in turn, priorities, the days after a holiday."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import (
    Candidate,
    Grade,
    Limits,
    Moment,
    Session,
    State,
    Store,
    Wishes,
    open_store,
    overview,
    replay,
    told_of,
)
from studytool.memory.away import Away, payload_of
from studytool.memory.candidates import Part
from studytool.memory.events import DAY_MS, Event, uuid7
from studytool.memory.stands import Stands
from studytool.memory.turns import in_turns
from tests.memory.listed import roster_of

NOON = Moment(1_704_110_400_000, 0)  # 2024-01-01, a Monday
TODAY = NOON.day(4)
MANY = Limits(1000, 1000)
TOGETHER = Wishes(siblings_apart=False)
ACTS = ("1", "2", "3", "4", "bury", "suspend", "reject", "resume")


def later(moment: Moment, days: float, *, minutes: int = 0) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS) + minutes * 60_000, moment.offset)


def cards(told: str) -> list[Candidate]:
    """ "a1 b1 c": the cards a and b of text 1, and c, which is the only one of its text."""
    return [Candidate(word[0], "topic", int(word[1:] or 0)) for word in told.split()]


def begin(
    store: Store,
    candidates: Sequence[Candidate],
    moment: Moment = NOON,
    limits: Limits = MANY,
    wishes: Wishes | None = None,
    **more: object,
) -> Session:
    """A new sitting on what the log says, as after a start of the program."""
    return Session(candidates, replay(store.events()), store, limits, moment, wishes, **more)  # type: ignore[arg-type]


def asked(session: Session, moment: Moment, grade: Grade = Grade.EASY, count: int = 200) -> list[str]:
    """The keys shown one after the other when each is answered alike."""
    found = []
    while len(found) < count and (shown := session.shown(moment)):
        found.append(shown.key)
        session.answer(grade, moment)
    return found


# -- cards made from the same text -----------------------------------------------------------------------------


def test_of_new_cards_of_one_text_one_comes_a_day(store: Store) -> None:
    given = cards("a1 b1 c d2 e1 f2")
    days = [asked(begin(store, given, later(NOON, day), Limits(9, 0)), later(NOON, day)) for day in range(4)]
    assert days == [["a", "c", "d"], ["b", "f"], ["e"], []]


def test_the_other_cards_of_a_text_wait_after_a_restart_too(store: Store) -> None:
    assert asked(begin(store, cards("a1 b1 c")), NOON, count=1) == ["a"]
    assert asked(begin(store, cards("a1 b1 c")), NOON) == ["c"]


def test_of_due_cards_of_one_text_the_least_certain_comes_and_no_new_one(store: Store) -> None:
    asked(begin(store, cards("a b"), wishes=TOGETHER), NOON)
    asked(begin(store, cards("c")), later(NOON, 0.01), Grade.GOOD)
    asked(begin(store, cards("c")), later(NOON, 0.02), Grade.GOOD)
    after = later(NOON, 40)
    session = begin(store, cards("a1 b1 c1 n1"), after)
    assert asked(session, after) == ["c"]
    assert session.held().siblings == 3


def test_a_learning_step_comes_whatever_else_its_text_made(store: Store) -> None:
    asked(begin(store, cards("a b"), wishes=TOGETHER), NOON, Grade.GOOD, count=2)
    soon = later(NOON, 0.02)
    assert asked(begin(store, cards("a1 b1 c1"), soon), soon) == ["a", "b"]


def test_siblings_come_together_where_that_is_wanted(store: Store) -> None:
    assert asked(begin(store, cards("a1 b1 c1"), wishes=TOGETHER), NOON) == ["a", "b", "c"]


@pytest.mark.parametrize("action", ["suspend", "reject"])
def test_when_a_card_is_put_out_its_sibling_comes_instead_until_that_is_undone(store: Store, action: str) -> None:
    session = begin(store, cards("a1 b1 c"))
    session.shown(NOON)
    getattr(session, action)(NOON)
    assert session.shown(NOON).key == "b"  # type: ignore[union-attr]
    assert session.undo(NOON) == "a"
    assert asked(session, NOON) == ["a", "c"]


def test_when_a_card_is_buried_its_siblings_wait_as_it_does_until_that_is_undone(store: Store) -> None:
    session = begin(store, cards("a1 b1 c"))
    session.shown(NOON)
    session.bury(NOON)
    assert session.shown(NOON).key == "c"  # type: ignore[union-attr]
    again = begin(store, cards("a1 b1 c"))
    assert again.shown(NOON).key == "c"  # type: ignore[union-attr]
    assert again.held().siblings == 1
    assert session.undo(NOON) == "a"
    assert asked(session, NOON) == ["a", "c"]
    tomorrow = later(NOON, 1)
    assert asked(begin(store, cards("a1 b1 c"), tomorrow), tomorrow) == ["b"]


def test_new_cards_that_wait_because_others_came_today_are_told_of(store: Store) -> None:
    session = begin(store, cards("a b"), limits=Limits(2, 9))
    assert told_of(session.held()) == []
    for _ in range(2):
        session.shown(NOON)
        session.answer(Grade.EASY, NOON)
    others = begin(store, cards("c d"), limits=Limits(2, 9))
    assert others.counts(NOON).new == 0
    assert told_of(others.held()) == [
        "No more new cards come today: `new_per_day` lets no more come, in all libraries together."
    ]
    assert told_of(begin(store, cards("a b"), limits=Limits(2, 9)).held()) == [], "there are none"


def test_what_waits_for_a_sibling_is_counted_and_told(store: Store) -> None:
    session = begin(store, cards("a1 b1 c1 d"))
    assert session.counts(NOON).new == 2
    assert told_of(session.held()) == ["2 cards wait for another day: of the cards made from one text one comes a day."]
    assert begin(store, cards("a1 b1 c1 d e f"), limits=Limits(4, 9)).held().siblings == 0, "the limit is met anyway"


ACTIONS = st.sampled_from(("1", "2", "3", "4", "4", "undo", "bury", "suspend", "restart", "wait", "tomorrow", "sleep"))


@given(st.lists(ACTIONS, min_size=5, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_is_done_no_two_cards_of_one_text_are_asked_on_a_day(actions: list[str]) -> None:
    given, now = cards("a1 b1 c1 d2 e2 f g"), NOON
    text_of = {card.key: card.siblings for card in given}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        session, asked_on = begin(store, given), []
        for action in actions:
            now = later(now, {"wait": 0.006, "tomorrow": 1, "sleep": 30}.get(action, 0.0001))
            if action == "restart":
                session = begin(store, given, now)
            elif action == "undo":
                if session.undo(now) is not None:
                    asked_on.pop()
            elif (shown := session.shown(now)) is not None and action not in ("wait", "tomorrow", "sleep"):
                counts = action.isdigit() and shown.phase in ("new", "review") and text_of[shown.key]
                asked_on.append((now.day(4), text_of[shown.key], shown.key) if counts else None)
                session.answer(Grade(int(action)), now) if action.isdigit() else getattr(session, action)(now)
        store.close()
    days = [(day, text) for day, text, _ in filter(None, asked_on)]
    assert len(days) == len(set(days)), asked_on


# -- new cards by topic ----------------------------------------------------------------------------------------

TOPICS = [Candidate(f"{topic}{n}", topic) for topic, many in (("a", 4), ("b", 2), ("c", 3)) for n in range(many)]


def test_new_cards_finish_a_topic_before_the_next_one_begins(store: Store) -> None:
    assert asked(begin(store, TOPICS), NOON) == [candidate.key for candidate in TOPICS]


def test_new_cards_take_turns_among_as_many_topics_as_are_wanted(store: Store) -> None:
    found = asked(begin(store, TOPICS, wishes=Wishes(new_topics=2)), NOON)
    assert found == ["a0", "b0", "a1", "b1", "a2", "c0", "a3", "c1", "c2"]


@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.integers(1, 8))
def test_turns_keep_every_card_and_the_order_within_a_topic(topics: list[str], at_once: int) -> None:
    given = [Candidate(str(number), topic) for number, topic in enumerate(topics)]
    found = list(in_turns(given, at_once))
    assert sorted(found) == sorted(given)
    for topic in set(topics):
        assert [c for c in found if c.topic == topic] == [c for c in given if c.topic == topic]
    for at in range(len(found)):  # no more topics are under way than are wanted
        begun = {c.topic for c in found[: at + 1]}
        assert len(begun & {c.topic for c in found[at:]}) <= at_once


class Exam:
    """Cards of the syllabus before all others."""

    def __init__(self, keys: str) -> None:
        self.keys = keys

    def of(self, key: str, state: State | None) -> float:
        return float(key in self.keys)

    def why(self, key: str) -> str:
        return "exam on 15 December" if key in self.keys else ""


def test_a_priority_goes_before_the_usual_order_and_is_told(store: Store) -> None:
    asked(begin(store, cards("a b c d")), NOON)
    after = later(NOON, 60)
    session = begin(store, cards("a b c d x y z"), after, priority=Exam("dz"))
    shown = session.shown(after)
    assert shown is not None
    assert shown.key == "d"
    assert shown.reason.startswith("exam on 15 December · due ")
    order = asked(session, after)
    assert order[0] == "d"
    assert [key for key in order if key in "xyz"] == ["z", "x", "y"]
    assert [key for key in order if key in "abc"] == ["a", "b", "c"]


# -- limits from day to day ------------------------------------------------------------------------------------


def test_reviews_that_the_limit_left_over_come_tomorrow_and_new_cards_do_not_add_up(store: Store) -> None:
    asked(begin(store, cards("a b c d e")), NOON)
    given = cards("a b c d e v w x y z")
    days = []
    for day in (60, 61, 65):
        when = later(NOON, day)
        days.append(asked(begin(store, given, when, Limits(1, 2)), when))
    assert [sum(key in "abcde" for key in found) for found in days] == [2, 2, 1]
    assert [sum(key in "vwxyz" for key in found) for found in days] == [1, 1, 1]
    assert len({key for found in days for key in found}) == 8


# -- the days after a holiday ----------------------------------------------------------------------------------


def dated(store: Store, keys: str, due: Sequence[int]) -> None:
    """Have each card fall due on its day, counted from today: taken over from another program."""
    for key, day in zip(keys, due, strict=True):
        on = date.fromordinal(TODAY + day).isoformat()
        schedule = {"due": on, "interval": 30, "stability": 30.0, "difficulty": 5.0}
        store.append("imported", key, {"schedule": schedule}, NOON)


def test_what_waited_since_a_holiday_comes_a_day_at_a_time(store: Store) -> None:
    keys = "abcdefghijkl"
    dated(store, keys, [10, 10, 11, 11, 12, 12, 13, 13, 14, 15, 16, 17])
    store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    found = []
    for day in range(14, 20):
        when = later(NOON, day)
        session = begin(store, cards(" ".join(keys)), when)
        found.append((sorted(asked(session, when)), told_of(session.held())))
    assert [keys for keys, _ in found] == [
        ["a", "b", "i"],
        ["c", "d", "j"],
        ["e", "f", "k"],
        ["g", "h", "l"],
        [],
        [],
    ]
    assert found[0][1] == ["2 of 8 waiting since your holiday come today, the others by 18 January."]
    assert found[2][1] == ["2 of 4 waiting since your holiday come today, the others by 18 January."]
    assert [told for _, told in found[3:]] == [[], [], []], "on the last day it is a day like any other"


def test_the_reason_says_that_a_card_waited_while_the_learner_was_away(store: Store) -> None:
    dated(store, "a", [10])
    store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    when = later(NOON, 14)
    shown = begin(store, cards("a"), when).shown(when)
    assert shown is not None
    assert shown.reason.startswith("due 4 days ago, while you were away, recall ")


def test_who_studies_while_away_gets_what_is_due(store: Store) -> None:
    dated(store, "abc", [10, 11, 12])
    store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    when = later(NOON, 12)
    assert sorted(asked(begin(store, cards("a b c"), when), when)) == ["a", "b", "c"]


def test_without_a_holiday_or_when_it_is_undone_all_that_waited_comes(store: Store) -> None:
    dated(store, "abcd", [10, 11, 12, 13])
    away = store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    when = later(NOON, 14)
    assert begin(store, cards("a b c d"), when).counts(when).due == 1
    store.append("undo", None, {"event": away.id}, NOON)
    assert begin(store, cards("a b c d"), when).counts(when).due == 4


def test_answering_part_of_a_days_share_and_starting_again_brings_no_more(store: Store) -> None:
    keys = "abcdefghijklmnopqrst"
    dated(store, keys, [10 + number // 5 for number in range(20)])
    store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    when = later(NOON, 14)
    found = [key for _ in range(8) for key in asked(begin(store, cards(" ".join(keys)), when), when, count=1)]
    assert sorted(found) == list("abcde")


def test_a_new_holiday_before_all_has_come_spreads_the_rest_again(store: Store) -> None:
    dated(store, "abcd", [10, 11, 12, 13])
    store.append("away", None, payload_of(Away(TODAY + 10, TODAY + 14)), NOON)
    store.append("away", None, payload_of(Away(TODAY + 15, TODAY + 25)), NOON)
    days = {}
    for day in (14, 25, 26, 27, 28):
        when = later(NOON, day)
        days[day] = asked(begin(store, cards("a b c d"), when), when)
    assert days == {14: ["a"], 25: ["b"], 26: ["c"], 27: ["d"], 28: []}


# -- siblings that are no part of the sitting ----------------------------------------------------


def test_a_sibling_that_is_not_asked_here_keeps_its_text_if_it_came_today(store: Store) -> None:
    a, b, c, d = cards("a1 b1 c2 d2")
    sitting = begin(store, Part([a, c], [b, d]))
    assert sitting.counts(NOON).new == 2
    begin(store, [b, d]).answer(Grade.EASY, NOON)
    later_on = begin(store, Part([a, c], [b, d]))
    assert asked(later_on, NOON) == ["c"]
    assert begin(store, Part([a, c], [b, d]), wishes=TOGETHER).counts(NOON).new == 1  # c was answered before


def test_of_a_sibling_that_another_window_answers_a_sitting_over_others_hears(store: Store) -> None:
    a, b, c = cards("a1 b1 c")
    memory = replay(store.events())
    sitting = Session(Part([a, c], [b]), memory, store, MANY, NOON)
    assert sitting.counts(NOON).new == 2
    memory.apply(store.append("review", "b", {"grade": 3}, NOON), is_new=True)
    sitting.catch_up(NOON)
    assert sitting.counts(NOON).new == 1
    memory.apply(store.append("undo", "b", {"event": [*store.events()][-1].id}, NOON), is_new=True)
    sitting.catch_up(NOON)
    assert sitting.counts(NOON).new == 2
    assert asked(sitting, NOON) == ["a", "c"]


# -- the figures of the home screen say what the queue does ----------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from("abcdefghij"), st.integers(0, 3), st.sampled_from(ACTS)), max_size=12),
    st.lists(st.tuples(st.integers(0, 25), st.integers(1, 12)), max_size=2),
    st.integers(0, 40),
    st.integers(0, 15),
    st.integers(0, 6),
)
@settings(max_examples=100, deadline=None)
def test_the_overview_counts_what_the_queue_brings(
    answers: list[tuple[str, int, str]], holidays: list[tuple[int, int]], day: int, minutes: int, new: int
) -> None:
    log, when = [], NOON
    for number, (key, wait, act) in enumerate(answers):
        when = later(when, wait)
        ident, payload = uuid7(when.ms + number, number.to_bytes(10, "big")), {"grade": int(act)} if act < "5" else {}
        log.append(Event(ident, when.ms + number, 0, "d", number, "review" if payload else act, key, payload))
    for number, (start, length) in enumerate(holidays, start=100):
        period = payload_of(Away(TODAY + start, TODAY + start + length))
        log.append(Event(uuid7(NOON.ms, number.to_bytes(10, "big")), NOON.ms, 0, "d", number, "away", None, period))
    memory, now = replay(log), later(when, day, minutes=minutes)
    given = cards("a1 b1 c1 d2 e2 f g h i3 j3 k3 l4 m5 n5")
    limits = Limits(new, 4)
    session = Session(given, memory, None, limits, now)  # type: ignore[arg-type]  # nothing is written
    counts, seen = session.counts(now), overview(roster_of(given), memory, now, limits)
    assert (counts.new, counts.later, counts.due) == (seen.new, seen.later, seen.due)
    assert session.held() == seen.held
    stands = Stands(memory, now)
    words = Counter(stands.word(memory.state(card.key), memory.out(card.key, stands.day)) for card in given)
    topic = seen.topics[0]
    assert (words["new"], words["due"], words["later"]) == (topic.new, seen.all_due, topic.later)
    assert topic.seen == words["due"] + words["later"] + words["known"] == topic.total - topic.new - words["aside"]
    assert seen.all_due - seen.due <= seen.held.siblings + seen.held.over
