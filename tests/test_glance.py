"""What the first screen takes from the end of the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from studytool.glance import YEAR, Done, Pace, done_today, last_quiz, pace_of, recent_pace, seeing_others, year_of
from studytool.memory import Draft, Memory, Moment, Store, open_store, replay
from studytool.memory.pieces import finished

DAY_MS = 86_400_000
NOON = 1_763_726_400_000


def at(days: float) -> Moment:
    return Moment(NOON + round(days * DAY_MS), 0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty log."""
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def review(key: str, days: float, took: int, **payload: object) -> Draft:
    return Draft("review", key, {"grade": 3, "took_ms": took, **payload}, at(days))


def attempt(key: str, minutes: float, verdict: str, seed: int = 1, *, overruled: bool = False) -> Draft:
    return Draft("attempt", key, {"seed": seed, "verdict": verdict, "overruled": overruled}, at(minutes / 1440))


def test_an_empty_log_has_the_usual_pace_no_quiz_and_an_empty_year(store: Store) -> None:
    memory = replay(store.events())
    assert recent_pace(store) == Pace()
    assert last_quiz(store, memory, 4, "abc") is None
    assert year_of(memory, at(0).day(4)) == [0] * YEAR


def test_the_pace_follows_the_learner_and_new_cards_have_their_own(store: Store) -> None:
    store.append_all([review(f"k{n}", n / 1000, 40_000) for n in range(200)])
    store.append_all([review(f"n{n}", 1 + n / 1000, 90_000, text={"front": "q"}) for n in range(200)])
    pace = recent_pace(store)
    assert 36 < pace.known < 40
    assert 80 < pace.new < 90


def test_the_answers_of_a_sitting_to_a_card_are_one_time_and_a_long_one_counts_as_two_minutes() -> None:
    sitting = [("k", NOON + 60_000, 10_000, False), ("k", NOON, 20_000, False)]
    alone = pace_of(sitting)
    assert alone.known == pytest.approx((20 * Pace().known + 30) / 21)
    days = [("k", NOON + DAY_MS, 10_000, False), ("k", NOON, 20_000, False)]
    assert pace_of(days).known == pytest.approx((20 * Pace().known + 30) / 22)
    assert pace_of([("k", NOON, 9_999_999, False)]).known == pytest.approx((20 * Pace().known + 120) / 21)


def test_minutes_are_those_of_all_that_comes_today() -> None:
    seen = SimpleNamespace(due=10, later=2, new=5)
    assert Pace(new=30, known=10).minutes(seen) == 5  # 270 seconds, begun minutes count
    assert Pace().minutes(SimpleNamespace(due=0, later=0, new=0)) == 0


def test_the_last_quiz_is_the_last_seed_and_an_overruled_mark_counts_as_right(store: Store) -> None:
    drafts = [
        attempt("a", 0, "right", seed=7),
        attempt("a", 10, "right"),
        attempt("b", 11, "wrong"),
        attempt("b", 12, "wrong", overruled=True),
        attempt("c", 13, "nearly"),
    ]
    store.append_all(drafts)
    found = last_quiz(store, replay(store.events()), 4, "abc")
    assert found is not None
    assert (found.right, found.asked, found.day) == (2, 3, at(0).day(4))


def test_questions_that_demos_compute_belong_to_the_last_quiz_and_what_was_predicted_in_a_demo_does_not(
    store: Store,
) -> None:
    for day, seed in enumerate((8, 0)):
        asked = [
            Draft("attempt", None, {"seed": seed, "verdict": "right", "prompt": each}, at(day + 0.001))
            for each in ("one", "two")
        ]
        predicted = Draft("attempt", None, {"seed": None, "verdict": "wrong", "prompt": "three"}, at(day + 0.002))
        store.append_all([attempt("a", day * 1440, "wrong", seed=seed), *asked, predicted])
        found = last_quiz(store, replay(store.events()), 4, "abc")
        assert found is not None
        assert (found.right, found.asked) == (2, 3)


def test_the_same_paper_again_is_another_quiz(store: Store) -> None:
    drafts = [attempt(key, minute, "wrong", seed=7) for minute, key in enumerate("abc")]
    again = [attempt("a", 5, "wrong", seed=7), attempt("a", 6, "wrong", seed=7, overruled=True)]
    store.append_all([*drafts, *again, attempt("b", 7, "right", seed=7)])
    found = last_quiz(store, replay(store.events()), 4, "abc")
    assert found is not None
    assert (found.right, found.asked) == (2, 2)


def test_what_was_crammed_since_is_no_quiz(store: Store) -> None:
    crammed = [Draft("attempt", key, {"cram": True, "grade": 3, "took_ms": 9}, at(0.01)) for key in "ab"]
    store.append_all([attempt("a", 0, "right"), *crammed])
    found = last_quiz(store, replay(store.events()), 4, "abc")
    assert found is not None
    assert (found.right, found.asked) == (1, 1)


def test_what_was_answered_today_is_cards_and_questions_and_nothing_twice(store: Store) -> None:
    drafts = [
        review("a", -2, 900),
        attempt("a", -1440, "right"),  # yesterday
        attempt("a", 1, "right"),
        attempt("b", 2, "wrong"),  # a new card: it counts as no review
        attempt("c", 3, "wrong"),
    ]
    events = store.append_all(drafts)
    assert done_today(store, replay(store.events()), at(0), "abcd") == Done(0, 3)
    counted = review("a", 1 / 1440, 900, attempt=events[2].id)
    store.append_all([counted, review("d", 0, 900), Draft("undo", "c", {"event": events[4].id}, at(0.1))])
    memory = replay(store.events())
    assert done_today(store, memory, at(0), "abcd") == Done(2, 1)  # a and d, and b in the quiz alone
    assert str(done_today(store, memory, at(0), "abcd")) == "2 answered today, 1 for practice"
    assert memory.answered(at(0).day(4)) == year_of(memory, at(0).day(4))[-1] == 2
    assert done_today(store, memory, at(5), "abcd") == Done()


def test_an_import_longer_than_what_is_looked_at_first_hides_no_answer_of_today(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.glance._ROWS", 20)
    store.append_all([review("a", 0, 900)])
    store.append_all([review(f"card-{number}", -number, 900) for number in range(3, 60)])
    assert done_today(store, replay(store.events()), at(0), "abcd") == Done(1, 0)


def test_what_was_done_in_another_library_does_not_count_for_this_one(store: Store) -> None:
    here, there = (f"{kind} of a demo" for kind in ("here", "there"))
    store.append_all(
        [
            review("a", 0, 900),
            review("x", 0, 900),
            attempt("b", 1, "right", seed=1),
            Draft("attempt", None, {"seed": 1, "verdict": "right", "prompt": here}, at(0.001)),
            attempt("y", 2, "wrong", seed=2),
            Draft("attempt", None, {"seed": 2, "verdict": "wrong", "prompt": there}, at(0.002)),
        ]
    )
    memory = replay(store.events())
    assert done_today(store, memory, at(0.01), "ab") == Done(1, 2)
    assert done_today(store, memory, at(0.01), "xy") == Done(1, 2)
    assert done_today(store, memory, at(0.01), "z") == Done()
    assert last_quiz(store, memory, 4, "z") is None
    found = [last_quiz(store, memory, 4, held) for held in ("ab", "xy")]
    assert [(one.right, one.asked) for one in found if one] == [(2, 2), (0, 2)]


def test_an_answer_to_a_card_that_was_edited_since_belongs_to_its_library(store: Store) -> None:
    store.append_all([review("a", 0, 900), attempt("a", 1, "right"), Draft("relink", "b", {"from": "a"}, at(0.01))])
    memory = replay(store.events())
    assert done_today(store, memory, at(0.02), "b") == Done(1, 1)
    assert last_quiz(store, memory, 4, "b") is not None


def test_the_same_seed_on_another_day_is_another_quiz(store: Store) -> None:
    store.append_all([attempt("a", 0, "right"), attempt("b", 1440, "wrong")])
    found = last_quiz(store, replay(store.events()), 4, "abc")
    assert found is not None
    assert (found.right, found.asked) == (0, 1)


def test_what_a_sync_brings_of_last_week_is_neither_the_last_quiz_nor_the_latest_pace(
    store: Store, tmp_path: Path
) -> None:
    other = open_store(tmp_path / "other")
    other.append_all([attempt("z", -9000, "wrong", seed=5), *(review(f"z{n}", -7, 60_000) for n in range(700))])
    store.append_all([attempt("a", 0, "right"), *(review(f"a{n}", 0, 4_000) for n in range(700))])
    here = last_quiz(store, replay(store.events()), 4, held := {"a", "z"}), recent_pace(store)
    store.merge(other.events())
    assert (last_quiz(store, replay(store.events()), 4, held), recent_pace(store)) == here
    other.close()


def test_the_year_ends_today_and_counts_every_answer(store: Store) -> None:
    store.append_all([review("a", 0, 1), review("a", 0.01, 1), review("b", -3, 1), review("c", -400, 1)])
    year = year_of(replay(store.events()), at(0).day(4))
    assert (len(year), year[-1], year[-4], sum(year)) == (YEAR, 2, 1, 3)


def test_payloads_that_hold_nonsense_are_passed_over(store: Store) -> None:
    store.append_all([Draft("review", "a", {"took_ms": "long"}, at(0)), Draft("review", "b", {}, at(0))])
    store.append("attempt", "a", {"seed": "x", "verdict": []}, at(0))
    assert recent_pace(store) == Pace()
    assert last_quiz(store, replay(store.events()), 4, "abc") is not None


def test_what_was_predicted_in_a_demo_is_no_practice_of_a_library_whose_cards_were_crammed(store: Store) -> None:
    crammed = Draft("attempt", "a", {"cram": True, "grade": 3, "took_ms": 9}, at(0))
    predicted = Draft("attempt", None, {"seed": None, "verdict": "right", "prompt": "Which?"}, at(0.001))
    store.append_all([crammed, predicted])
    assert done_today(store, replay(store.events()), at(0.01), "a") == Done(0, 1)


def test_study_of_other_cards_is_seen_and_that_of_an_earlier_form_of_one_of_these_is_none(store: Store) -> None:
    def seen(held: str) -> bool:
        memory = replay(store.events())
        done = done_today(store, memory, at(0.01), held)
        return finished(seeing_others(memory, at(0.01), held, done))

    assert not seen("a")
    store.append_all([review("a", 0, 1), review("b", -3, 1)])
    assert [seen(held) for held in ("ab", "a", "b")] == [False, True, True]
    store.append("relink", "c", {"from": "b"}, at(0))
    assert [seen(held) for held in ("ac", "a", "c")] == [False, True, True]


def test_what_was_only_practised_in_other_notes_today_is_seen(store: Store) -> None:
    store.append_all([Draft("attempt", "z", {"cram": True, "grade": 3, "took_ms": 9}, at(0))])
    memory = replay(store.events())
    assert finished(seeing_others(memory, at(0.01), "a", done_today(store, memory, at(0.01), "a")))


def test_of_very_many_cards_it_is_told_in_pieces_whether_one_is_of_other_notes() -> None:
    keys = [str(number) for number in range(20_000)]
    told = SimpleNamespace(learned=lambda: (*keys, "z"), links=list, rules=SimpleNamespace(rollover=4))
    steps = seeing_others(cast("Memory", told), at(0), dict.fromkeys(keys), Done(1))
    assert sum(1 for _ in steps) > 3
