"""Retention against prediction, calibration, log loss and RMSE(bins), by hand and against the published definition."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from math import floor, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.memory.stats.answers import Answers
from studytool.memory.stats.recall import (
    ENOUGH,
    ENOUGH_FOR_LOSS,
    Share,
    calibration,
    daily,
    log_loss,
    retention,
    rmse_bins,
    series,
)

TODAY = date(2026, 11, 21).toordinal()  # a Saturday
Row = tuple[int, int, int, int, float, float]  # card, day before today, grade, elapsed, stability, recall
NAN = float("nan")


def so_far(rows: list[Row]) -> tuple[list[int], list[int]]:
    """The number of each answer of its card, and how often the card was forgotten on a later day before."""
    asked: dict[int, int] = defaultdict(int)
    lapses: dict[int, int] = defaultdict(int)
    number, forgotten = [], []
    for card, _, grade, _, _, recall in rows:
        asked[card] += 1
        number.append(asked[card])
        forgotten.append(lapses[card])
        lapses[card] += recall == recall and grade == 1
    return number, forgotten


def answers(rows: list[Row]) -> Answers:
    card, ago, grade, elapsed, stability, recall = (np.array(column) for column in zip(*rows, strict=True))
    size = len(rows)
    number, forgotten = so_far(rows)
    return Answers(
        card=card.astype(np.int32),
        hour=np.full(size, 9, np.int8),
        day=(TODAY - ago).astype(np.int32),
        grade=grade.astype(np.int8),
        took=np.full(size, 5_000, np.int32),
        imported=np.zeros(size, bool),
        elapsed=elapsed.astype(np.int32),
        number=np.array(number, np.int32),
        forgotten=np.array(forgotten, np.int32),
        stability=stability.astype(float),
        recall=recall.astype(float),
        asked=np.isfinite(recall.astype(float)),
        passed=grade > 1,
        as_of=TODAY,
    )


ROWS: list[Row] = [
    (0, 10, 3, 0, NAN, NAN),  # a first answer
    (1, 10, 1, 0, NAN, NAN),
    (1, 10, 3, 0, 0.2, NAN),  # the same day: no prediction
    (0, 6, 3, 4, 2.0, 0.8),
    (1, 6, 1, 4, 30.0, 0.9),
    (0, 0, 2, 6, 21.0, 0.7),
]


def test_an_answer_counts_when_it_has_a_prediction_and_its_day_is_in_the_period() -> None:
    sums = daily(answers(ROWS))
    week, whole = retention(sums, "week"), retention(sums, "all")
    assert (week.all.asked, week.all.recalled) == (3, 2)
    assert week.all.predicted == pytest.approx((0.8 + 0.9 + 0.7) / 3)
    assert (whole.young.asked, whole.young.recalled, whole.young.predicted) == (1, 1, pytest.approx(0.8))
    assert (whole.mature.asked, whole.mature.recalled, whole.mature.predicted) == (2, 1, pytest.approx(0.8))
    assert (week.new.asked, whole.new.asked, whole.new.recalled, whole.new.predicted) == (0, 2, 1, None)


def test_a_week_is_today_and_the_six_days_before() -> None:
    rows = [(0, 6, 3, 4, 2.0, 0.8), (0, 7, 3, 4, 2.0, 0.8)]
    assert retention(daily(answers(rows)), "week").all.asked == 1


def test_over_time_weeks_begin_on_monday_and_months_on_the_first() -> None:
    rows = [(0, ago, 3, 4, 2.0, 0.5) for ago in (0, 5, 6, 20, 21)]
    sums = daily(answers(rows))
    by_week, by_month, by_day = series(sums, "week"), series(sums, "month"), series(sums, "day")
    assert [date.fromordinal(int(day)).isoformat() for day in by_week.start] == [
        "2026-10-26",
        "2026-11-09",
        "2026-11-16",
    ]
    assert by_week.asked.tolist() == [2, 1, 2]
    assert [date.fromordinal(int(day)).isoformat() for day in by_month.start] == ["2026-10-01", "2026-11-01"]
    assert by_month.asked.tolist() == [1, 4]
    assert by_day.asked.tolist() == [1, 1, 1, 1, 1]
    assert by_day.predicted.tolist() == [0.5] * 5


def test_a_share_of_too_few_answers_is_not_told() -> None:
    assert Share(ENOUGH - 1, 20, 0.9).value is None
    assert Share(ENOUGH - 1, 20, 0.9).bounds is None
    assert Share(0, 0, None).value is None


def test_the_bounds_of_a_share_are_wilsons() -> None:
    low, high = Share(100, 90, 0.9).bounds or (0, 0)
    assert (low, high) == (pytest.approx(0.8256, abs=1e-4), pytest.approx(0.9448, abs=1e-4))
    assert Share(100, 100, 0.9).bounds == (pytest.approx(0.963, abs=1e-3), pytest.approx(1.0))


def test_log_loss_is_the_mean_surprise() -> None:
    assert log_loss(answers(ROWS)) == pytest.approx(-(log(0.8) + log(1 - 0.9) + log(0.7)) / 3)


def test_log_loss_stays_finite_where_the_impossible_happened() -> None:
    assert log_loss(answers([(0, 1, 1, 4, 2.0, 1.0)])) == pytest.approx(-log(1e-15))


def test_calibration_puts_answers_into_bins_of_their_prediction() -> None:
    found = calibration(answers([*ROWS, (2, 0, 3, 1, 9.0, 1.0)]))
    assert found.low.tolist() == pytest.approx([0.7, 0.8, 0.9, 0.95])
    assert found.asked.tolist() == [1, 1, 1, 1]
    assert found.recalled.tolist() == [1, 1, 0, 1]
    assert found.predicted.tolist() == pytest.approx([0.7, 0.8, 0.9, 1.0])
    assert (found.answers, found.log_loss, found.rmse_bins) == (4, None, None)


def test_losses_are_told_from_a_hundred_answers_on() -> None:
    rows = [(number, 1, 3, 4, 2.0, 0.8) for number in range(ENOUGH_FOR_LOSS)]
    assert calibration(answers(rows[1:])).log_loss is None
    found = calibration(answers(rows))
    assert found.log_loss == pytest.approx(-log(0.8))
    assert found.rmse_bins == pytest.approx(0.2)


def test_rmse_bins_by_hand() -> None:
    rows: list[Row] = [
        (0, 9, 3, 0, NAN, NAN),
        (1, 9, 3, 0, NAN, NAN),
        (0, 6, 3, 3, 2.0, 0.9),  # both are second answers after three days, without a lapse
        (1, 6, 1, 3, 2.0, 0.8),
        (1, 5, 3, 1, 1.0, 0.7),  # a third answer after one day and one lapse
    ]
    assert rmse_bins(answers(rows)) == pytest.approx(sqrt((2 * (0.5 - 0.85) ** 2 + 0.3**2) / 3))


def published(rows: list[Row]) -> float:
    """RMSE(bins) as its definition reads, one answer after the other."""

    def scale(number: int, factor: float) -> int:
        return 0 if number == 0 else 1 + floor(log(number) / log(factor))

    bins: dict[tuple[int, int, int], list[float]] = defaultdict(list)
    for (_, _, grade, elapsed, _, recall), number, lapses in zip(rows, *so_far(rows), strict=True):
        if recall == recall:
            bins[scale(elapsed, 3.62), scale(number, 1.89), scale(lapses, 1.73)].append((grade > 1) - recall)
    total = sum(map(len, bins.values()))
    return sqrt(sum(sum(off) ** 2 / len(off) for off in bins.values()) / total)


answer = st.tuples(
    st.integers(0, 4),
    st.integers(0, 400),
    st.integers(1, 4),
    st.integers(1, 60_000),
    st.floats(0.1, 100),
    st.floats(0.01, 0.99) | st.just(NAN),
)


@given(st.lists(answer, min_size=1, max_size=80), st.integers(1, 4))
def test_rmse_bins_is_the_published_one(rows: list[Row], grade: int) -> None:
    rows = [*rows, (2, 0, grade, 3, 2.0, 0.5)]
    assert rmse_bins(answers(rows)) == pytest.approx(published(rows))


@given(st.lists(answer, min_size=1, max_size=80))
def test_every_asked_card_is_counted_once_in_each_view(rows: list[Row]) -> None:
    found = answers(rows)
    sums = daily(found)
    whole, asked = retention(sums, "all"), int(found.asked.sum())
    assert whole.all.asked == whole.young.asked + whole.mature.asked == calibration(found).asked.sum() == asked
    for unit in ("day", "week", "month"):
        line = series(sums, unit)
        assert (line.asked.sum(), line.recalled.sum()) == (asked, whole.all.recalled)
    assert 0 <= whole.all.recalled <= asked
