"""Answers and minutes by day and hour, streaks, and the time that answers take."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from studytool.memory.columns import Reviews, days_of
from studytool.memory.fsrs import Model
from studytool.memory.lockstep import replayed
from studytool.memory.stats.answers import LONGEST_MS, Answers, answers
from studytool.memory.stats.days import ENOUGH, days, hours, streak, times

TODAY = date(2026, 11, 21).toordinal()
EPOCH = date(1970, 1, 1).toordinal()
Row = tuple[int, float, int, int]  # card, days before today's noon, grade, milliseconds


def log(rows: list[Row], offset: int = 0, imported: tuple[int, ...] = ()) -> Answers:
    card, ago, grade, took = (np.array(column) for column in zip(*rows, strict=True))
    ms = ((TODAY - EPOCH + 0.5 - ago) * 86_400_000).astype(np.int64)
    offsets = np.full(len(rows), offset, np.int16)
    is_imported = np.zeros(len(rows), bool)
    is_imported[list(imported)] = True
    reviews = Reviews(
        keys=[f"card{number}" for number in range(int(card.max()) + 1)],
        card=card.astype(np.int32),
        ms=ms,
        offset=offsets,
        day=days_of(ms, offsets, 4),
        grade=grade.astype(np.int8),
        took=took.astype(np.int32),
        imported=is_imported,
        days=np.zeros(len(rows), np.int32),
    )
    return answers(reviews, replayed(reviews, Model()), TODAY)


def test_each_day_counts_its_answers_new_cards_and_seconds() -> None:
    done = days(log([(0, 2, 3, 4_000), (0, 2, 3, 2_000), (1, 2, 1, 1_000), (0, 0, 4, 500_000)]))
    assert done.first == TODAY - 2
    assert done.answers.tolist() == [[1, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert done.new.tolist() == [2, 0, 0]
    assert done.seconds.tolist() == [7.0, 0.0, LONGEST_MS / 1000]


def test_an_answer_after_midnight_belongs_to_the_day_before() -> None:
    assert days(log([(0, 0.5 - 3.9 / 24, 3, 0)])).first == TODAY - 1
    assert days(log([(0, 0.5 - 4.1 / 24, 3, 0)])).first == TODAY


def test_a_day_that_has_not_been_counts_as_today() -> None:
    done = days(log([(0, 1, 3, 0), (0, -5, 3, 0)]))
    assert done.answers.sum(1).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("ago", "also", "now", "longest"),
    [
        ([0, 1, 2, 5], (), 3, 3),
        ([1, 2], (), 2, 2),  # today can still come
        ([2, 3, 4], (), 0, 3),
        ([0, 2], (TODAY - 1,), 3, 3),
        ([9, 8, 7, 6, 0], (), 1, 4),
        ([0], (TODAY + 3,), 1, 1),
    ],
)
def test_streaks(ago: list[int], also: tuple[int, ...], now: int, longest: int) -> None:
    rows = [(number, float(each), 3, 0) for number, each in enumerate(sorted(ago, reverse=True))]
    found = streak(days(log(rows)), also)
    assert (found.now, found.longest) == (now, longest)


def test_days_of_imported_answers_belong_to_a_streak() -> None:
    found = streak(days(log([(0, 1, 3, 0), (0, 0, 3, 0)], imported=(0,))))
    assert (found.now, found.longest) == (2, 2)


def test_hours_are_those_of_the_learners_clock() -> None:
    found = hours(log([(0, 3, 3, 0), (1, 3, 3, 0), (0, 0, 3, 0), (1, 0, 1, 0)], offset=-90))
    assert found[10].tolist() == [4, 2, 1]
    assert found.sum(0).tolist() == [4, 2, 1]


def test_times_are_told_by_grade_from_ten_answers_on() -> None:
    rows = [(0, 9 - number / 100, 3, 1_000 * (number + 1)) for number in range(ENOUGH)]
    rows += [(1, 5 - number / 100, 1, 3_000) for number in range(ENOUGH - 1)]
    rows += [(2, 1, 3, 0)]  # no time known
    found = times(log(rows))
    assert found.answers == (9, 0, 10, 0)
    assert found.median == (None, None, 5.0, None)
    assert found.mean == (None, None, pytest.approx(5.5), None)
    assert found.card == pytest.approx((55 + 27) / 2)


def test_without_an_answer_there_is_nothing_and_nothing_fails() -> None:
    some = log([(0, 0, 3, 0)])
    nothing = some.chosen(np.zeros(1, bool))
    assert days(nothing).answers.tolist() == [[0, 0, 0, 0]]
    assert (streak(days(nothing)).now, streak(days(nothing)).longest) == (0, 0)
    assert times(nothing).card is None
    assert hours(nothing).sum() == 0


def test_periods_and_cards_choose_answers() -> None:
    some = log([(0, 400, 3, 0), (0, 30, 3, 0), (0, 29, 3, 0), (1, 6, 3, 0), (0, 0, 3, 0)])
    assert [len(some.within(period)) for period in ("week", "month", "year", "all")] == [2, 3, 4, 5]
    mixed = log([(0, 29, 3, 0), (0, 40, 3, 0), (0, 6, 3, 0), (0, 9, 3, 0)])  # a clock was set back, twice
    assert [mixed.within(period).day.tolist() for period in ("week", "month")] == [
        [TODAY - 6],
        [TODAY - 29, TODAY - 6, TODAY - 9],
    ]
    assert len(log([(0, 40, 3, 0)]).within("week")) == 0
    assert len(some.of(np.array([False, True]))) == 1


def test_a_schedule_taken_over_is_no_answer() -> None:
    reviews = Reviews(
        keys=["a"],
        card=np.zeros(2, np.int32),
        ms=np.array([0, 86_400_000 * 9], np.int64),
        offset=np.zeros(2, np.int16),
        day=np.array([TODAY - 9, TODAY], np.int32),
        grade=np.array([0, 3], np.int8),
        took=np.zeros(2, np.int32),
        imported=np.array([True, False]),
        days=np.zeros(2, np.int32),
        schedules={0: {"due": "2026-11-21", "interval": 9, "ease": 250}},
    )
    found = answers(reviews, replayed(reviews, Model()), TODAY)
    assert found.grade.tolist() == [3]
    assert found.asked.tolist() == [True]
    assert days(found).new.tolist() == [0]


def test_each_answer_knows_its_number_and_how_often_its_card_was_forgotten() -> None:
    found = log(
        [
            (0, 9, 1, 0),  # a first answer: nothing was forgotten yet
            (1, 9, 3, 0),
            (0, 9, 1, 0),  # nor on the same day
            (0, 6, 1, 0),
            (1, 6, 1, 0),
            (0, 5, 3, 0),
            (0, 2, 1, 0),
            (0, 1, 3, 0),
        ]
    )
    assert found.number.tolist() == [1, 1, 2, 3, 2, 4, 5, 6]
    assert found.forgotten.tolist() == [0, 0, 0, 0, 0, 1, 1, 2]
