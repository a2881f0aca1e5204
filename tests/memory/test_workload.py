"""The workload curve and the load ahead."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory.away import Away
from studytool.memory.simulate import Deck, new_deck
from studytool.memory.workload import Workload, load_ahead, workload


def test_more_retention_costs_more_and_keeps_more() -> None:
    curve = workload(new_deck(200), 20, days=120, retentions=(0.7, 0.8, 0.9, 0.97))
    assert (np.diff(curve.minutes) > 0).all()
    assert (np.diff(curve.known) > 0).all()
    assert (curve.known <= curve.cards).all()
    assert (curve.cards, curve.days) == (200, 120)


def test_a_holiday_of_half_the_time_costs_minutes_and_cards() -> None:
    with_it, without = (
        workload(new_deck(200), 5, days=40, retentions=(0.8, 0.9), away=away) for away in ((Away(0, 20),), ())
    )
    assert (with_it.minutes < 0.6 * without.minutes).all()
    assert with_it.known == pytest.approx(without.known / 2, rel=0.15)


def test_the_cheapest_retention_is_told_with_the_range_that_is_no_worse() -> None:
    aims = np.array([0.7, 0.8, 0.9, 0.95])
    curve = Workload(aims, np.array([10.0, 9.9, 10.2, 30.0]), np.array([100.0, 110.0, 109.0, 120.0]), 150, 365)
    assert curve.cost.tolist() == pytest.approx([0.1, 0.09, 0.0936, 0.25], abs=1e-3)
    assert curve.cheapest == (0.8, 0.8, 0.9)


def test_a_sample_stands_for_its_deck() -> None:
    large, small = (
        workload(new_deck(cards), new, days=60, retentions=(0.8, 0.9)) for cards, new in ((5_000, 50), (1_000, 10))
    )
    assert large.minutes == pytest.approx(5 * small.minutes, rel=0.1)
    assert large.known == pytest.approx(5 * small.known, rel=0.1)


def test_the_days_ahead_begin_with_what_is_due_and_end_when_no_card_is_left() -> None:
    n = 30
    cards = Deck(np.full(n, 10.0), np.full(n, 5.0), np.full(n, -10), np.zeros(n, np.int64))
    load = load_ahead(cards, 5, 200, 10)
    assert load.due[0] == n
    assert load.new.sum() == 0
    assert (load.low <= load.minutes).all()
    assert (load.minutes <= load.high).all()
    fresh = load_ahead(new_deck(12), 5, 200, 6)
    assert fresh.new.tolist() == [5, 5, 2, 0, 0, 0]
    assert fresh.due[0] == 0
    assert fresh.due[1:].sum() > 0


def test_the_limit_of_reviews_holds_ahead_too() -> None:
    n = 30
    cards = Deck(np.full(n, 10.0), np.full(n, 5.0), np.full(n, -10), np.zeros(n, np.int64))
    assert load_ahead(cards, 0, 12, 3).due.max() <= 12
