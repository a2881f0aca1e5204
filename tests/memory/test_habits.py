"""How a learner answers, from their log and, where it says little, from a prior."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory.habits import PRIOR_ANSWERS, Habits, habits

Row = tuple[int, int, int, int]  # card, day, grade, milliseconds


def of(rows: list[Row]) -> Habits:
    card, day, grade, took = (np.array(column) for column in zip(*rows, strict=True))
    return habits(card.astype(np.int32), day.astype(np.int32), grade.astype(np.int8), took.astype(np.int32))


def drawn(prior: float, seconds: list[float]) -> float:
    return (PRIOR_ANSWERS * prior + sum(seconds)) / (PRIOR_ANSWERS + len(seconds))


def test_without_a_log_the_prior_holds() -> None:
    none = np.zeros(0, np.int32)
    assert habits(none, none, none.astype(np.int8), none) == Habits()


def test_a_day_with_a_card_takes_all_its_answers_by_the_grade_of_the_first() -> None:
    rows = [
        (0, 1, 1, 9_000),
        (1, 1, 3, 4_000),
        (0, 1, 3, 5_000),  # the card again, on its first day
        (0, 3, 3, 7_000),
        (1, 5, 1, 6_000),
        (1, 5, 3, 2_000),
    ]
    found, prior = of(rows), Habits()
    assert found.first_seconds[0] == pytest.approx(drawn(prior.first_seconds[0], [14]))
    assert found.first_seconds[2] == pytest.approx(drawn(prior.first_seconds[2], [4]))
    assert found.seconds[2] == pytest.approx(drawn(prior.seconds[2], [7]))
    assert found.seconds[0] == pytest.approx(drawn(prior.seconds[0], [8]))
    assert found.seconds[1] == prior.seconds[1]
    assert found.known == 6


def test_shares_of_grades_come_from_first_answers_and_from_what_was_recalled_later() -> None:
    rows = [(number, 0, 4, 0) for number in range(40)]
    rows += [(number, 9, 2, 0) for number in range(30)] + [(number, 9, 1, 0) for number in range(30, 40)]
    found, prior = of(rows), Habits()
    assert found.first[3] == pytest.approx((40 + PRIOR_ANSWERS * prior.first[3]) / (40 + PRIOR_ANSWERS))
    assert found.passed[1] == pytest.approx((30 + PRIOR_ANSWERS * prior.passed[1]) / (30 + PRIOR_ANSWERS))
    assert found.passed[0] == 0
    assert sum(found.first) == pytest.approx(1)
    assert sum(found.passed) == pytest.approx(1)


def test_answers_without_a_time_say_nothing_about_time() -> None:
    rows = [(number, 0, 3, 0) for number in range(100)]
    assert of(rows).first_seconds == Habits().first_seconds


def test_a_schedule_taken_over_makes_a_card_no_new_one() -> None:
    found = of([(0, 0, 0, 0), (0, 9, 3, 8_000)])
    assert found.first == pytest.approx(Habits().first)
    assert found.seconds[2] == pytest.approx(drawn(Habits().seconds[2], [8]))
    assert found.known == 1


def test_a_learner_who_was_away_took_two_minutes() -> None:
    assert of([(0, 0, 3, 9_000_000)]).first_seconds[2] == pytest.approx(drawn(Habits().first_seconds[2], [120]))


def test_many_answers_outweigh_the_prior() -> None:
    rows = [(number, 0, 3, 1_000) for number in range(5_000)]
    assert of(rows).first_seconds[2] == pytest.approx(1, abs=0.1)
    assert of(rows).first[2] > 0.99
