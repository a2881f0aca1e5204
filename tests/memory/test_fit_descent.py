"""The search for a minimum between bounds: functions whose minimum is known."""

from __future__ import annotations

import numpy as np
import pytest

from studytool.memory.fit.descent import descent

WIDE = np.full(2, 1e9)


def lowest(function, start, low=-WIDE, high=WIDE, **how):
    points = list(descent(function, np.array(start, float), low, high, **{"tolerance": 1e-14, "most": 500, **how}))
    values = [point.value for point in points]
    assert values == sorted(values, reverse=True)
    return points[-1]


def rosenbrock(x: np.ndarray) -> tuple[float, np.ndarray]:
    a, b = 1 - x[0], x[1] - x[0] ** 2
    return a * a + 100 * b * b, np.array([-2 * a - 400 * x[0] * b, 200 * b])


def test_it_finds_the_end_of_a_bent_valley() -> None:
    assert lowest(rosenbrock, (-1.2, 1)).at == pytest.approx([1, 1], abs=1e-5)


def test_it_finds_the_lowest_point_at_a_bound() -> None:
    found = lowest(rosenbrock, (-1.2, 1), high=np.array([0.5, 9.0]))
    assert found.at == pytest.approx([0.5, 0.25], abs=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_it_finds_the_lowest_point_of_a_bowl_in_a_box(seed: int) -> None:
    """At the lowest point nothing leads down within the box: the gradient is none, or points out of it."""
    draw = np.random.default_rng(seed)
    root = draw.standard_normal((21, 21)) * np.geomspace(0.03, 3, 21)
    bowl, centre = root @ root.T + 0.01 * np.eye(21), draw.standard_normal(21)
    low, high = draw.uniform(-1.5, 0, 21), draw.uniform(0, 1.5, 21)

    def function(x: np.ndarray) -> tuple[float, np.ndarray]:
        slope = bowl @ (x - centre)
        return float(slope @ (x - centre)) / 2, slope

    found = lowest(function, np.zeros(21), low, high, most=2000)
    assert ((found.at >= low) & (found.at <= high)).all()
    outward = (found.at == low) & (found.gradient >= 0) | (found.at == high) & (found.gradient <= 0)
    assert np.abs(np.where(outward, 0, found.gradient)).max() < 1e-3 * np.abs(function(np.zeros(21))[1]).max()


def test_a_start_outside_is_moved_inside() -> None:
    found = lowest(lambda x: (float(x @ x), 2 * x), (50, -50), low=np.full(2, 1.0), high=np.full(2, 9.0))
    assert found.at.tolist() == [1, 1]


def test_where_the_function_has_no_value_the_step_is_cut_back() -> None:
    def function(x: np.ndarray) -> tuple[float, np.ndarray]:
        if x[0] <= 0:
            return np.inf, np.full(2, np.nan)
        return float(x[0] - np.log(x[0]) + x[1] ** 2), np.array([1 - 1 / x[0], 2 * x[1]])

    assert lowest(function, (20, 5)).at == pytest.approx([1, 0], abs=1e-5)


def test_at_the_lowest_point_it_ends_at_once() -> None:
    assert len(list(descent(lambda x: (1.0, np.zeros(2)), np.ones(2), -WIDE, WIDE, tolerance=1e-9, most=9))) == 1


def test_it_ends_after_so_many_steps() -> None:
    assert len(list(descent(rosenbrock, np.array([-1.2, 1]), -WIDE, WIDE, tolerance=0, most=5))) == 6
