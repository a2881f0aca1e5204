"""How the cards stand: distributions, what falls due, and topics."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory import fsrs
from studytool.memory.fsrs import Model
from studytool.memory.stats.answers import Answers
from studytool.memory.stats.cards import STABILITIES, Standing, by_topic, distribution, due_by_day
from studytool.memory.stats.together import statistics

TODAY = 739_000
NAN = float("nan")
MODEL = Model()


def cards() -> Standing:
    return Standing(
        stability=np.array([NAN, 0.5, 21.0, 20.9, 1000.0]),
        difficulty=np.array([NAN, 1.4, 5.5, 10.0, 9.6]),
        last=np.array([TODAY, TODAY - 1, TODAY - 21, TODAY + 2, TODAY - 10]),
        due=np.array([TODAY, TODAY - 3, TODAY, TODAY + 2, TODAY + 30]),
        as_of=TODAY,
    )


def answers(rows: list[tuple[int, int, float]]) -> Answers:
    """Answers of five seconds today: card, grade, predicted recall."""
    size = len(rows)
    recall = np.array([row[2] for row in rows], float)
    grade = np.array([row[1] for row in rows], np.int8)
    return Answers(
        card=np.array([row[0] for row in rows], np.int32),
        hour=np.zeros(size, np.int8),
        day=np.full(size, TODAY, np.int32),
        grade=grade,
        took=np.full(size, 5_000, np.int32),
        imported=np.zeros(size, bool),
        elapsed=np.ones(size, np.int32),
        number=np.full(size, 2, np.int32),
        forgotten=np.zeros(size, np.int32),
        stability=np.ones(size),
        recall=recall,
        asked=np.isfinite(recall),
        passed=grade > 1,
        as_of=TODAY,
    )


def test_cards_are_new_young_or_mature_and_stand_in_one_bin_each() -> None:
    found = distribution(cards(), MODEL)
    assert (found.new, found.young, found.mature) == (1, 2, 2)
    told = dict(zip(STABILITIES, found.stability.tolist(), strict=True))
    assert {edge: count for edge, count in told.items() if count} == {0: 1, 14: 1, 21: 1, 730: 1}
    assert found.difficulty.tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 2]
    assert found.median_stability == pytest.approx((20.9 + 21) / 2)
    assert found.recall.sum() == found.difficulty.sum() == found.stability.sum() == 4


def test_what_is_known_is_the_sum_of_the_recall() -> None:
    recalls = [fsrs.retrievability(MODEL, 0.5, 1), 0.9, 1.0, fsrs.retrievability(MODEL, 1000.0, 10)]
    assert distribution(cards(), MODEL).known == pytest.approx(sum(recalls))


def test_what_is_overdue_falls_due_today() -> None:
    assert due_by_day(cards(), 4).tolist() == [2, 0, 1, 0]
    assert due_by_day(cards(), 31).sum() == 4


def test_a_library_without_a_card_has_empty_figures() -> None:
    empty = cards().chosen(np.zeros(5, bool))
    found = distribution(empty, MODEL)
    assert (found.new, found.median_stability, found.known) == (0, None, 0.0)
    assert due_by_day(empty, 3).tolist() == [0, 0, 0]


def test_topics_share_the_answers_out() -> None:
    some = answers([(0, 3, 0.9), (1, 1, 0.8), (1, 3, NAN), (2, 3, 0.7)])  # card 2 is in no note now
    topic_of = np.array([0, 1, -1], np.int32)
    first, second = by_topic(some, topic_of, cards(), np.array([0, 0, 1, 1, 1], np.int32), 2, MODEL)
    assert (first.cards, first.seen, first.answers, first.seconds) == (2, 1, 1, 5.0)
    assert (second.cards, second.seen, second.answers, second.seconds) == (3, 3, 2, 10.0)
    assert (first.retention.asked, first.retention.recalled, first.retention.predicted) == (1, 1, pytest.approx(0.9))
    assert (second.retention.asked, second.retention.recalled, second.retention.predicted) == (1, 0, pytest.approx(0.8))
    assert first.recall == pytest.approx(fsrs.retrievability(MODEL, 0.5, 1))


def test_a_topic_that_was_never_studied_has_no_recall() -> None:
    found = by_topic(answers([(0, 3, 0.9)]), np.array([-1], np.int32), cards(), np.zeros(5, np.int32), 2, MODEL)[1]
    assert (found.cards, found.answers, found.recall, found.retention.value) == (0, 0, None, None)


def test_all_statistics_agree_on_how_many_answers_there_are() -> None:
    some = answers([(0, 3, 0.9), (1, 1, 0.8), (1, 3, NAN), (2, 3, 0.7)])
    found = statistics(some, cards(), MODEL, topic_of=np.zeros(3, np.int32), topic=np.zeros(5, np.int32), topics=1)
    assert (
        found.answers
        == found.days.answers.sum()
        == found.hours[:, 0].sum()
        == sum(found.times.answers)
        == found.topics[0].answers
        == 4
    )
    assert found.retention["all"].all.asked == found.hours[:, 1].sum() == found.calibration.answers == 3
    assert found.cards.known > 0
    assert (found.streak.now, found.streak.longest) == (1, 1)


def test_a_period_narrows_answers_but_neither_retention_nor_streaks() -> None:
    some = answers([(0, 3, 0.9), (1, 1, 0.8)])
    some.day[0] -= 7
    more = {"topic_of": np.zeros(2, np.int32), "topic": np.zeros(5, np.int32), "topics": 1}
    week, whole = (statistics(some, cards(), MODEL, period=period, **more) for period in ("week", "all"))
    assert (week.answers, week.calibration.answers, week.topics[0].answers) == (1, 1, 1)
    assert week.days.answers.sum() == week.hours[:, 0].sum() == 1
    assert (week.retention, week.streak) == (whole.retention, whole.streak)
    assert week.retention["all"].all.asked == 2
