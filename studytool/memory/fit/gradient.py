"""How the log loss of a log changes with each of FSRS-6's 21 parameters: derivatives by hand, checked by differences.

This is the reverse (adjoint) gradient. The way back through the answers, last ones before earlier ones, carries two
numbers a card: what a little more stability, and a little more difficulty, would have cost. Only that recurrence goes
step by step; all else is over the whole log at once.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fit.histories import FIRST, FORGOTTEN, RECALLED, SAME_DAY
from studytool.memory.fit.loss import difficulty_line, forward, kept, losses_on
from studytool.memory.fsrs import STABILITY_MAX, STABILITY_MIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.fit.histories import Histories
    from studytool.memory.fit.loss import Way

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def dot(one: Floats, other: Floats) -> float:
    """The sum of the products. For long arrays `@` would wake the threads of BLAS, which then wait for each other."""
    return float(np.einsum("i,i->", one, other))


def loss_and_gradient(answers: Histories, weights: Floats, share: Floats) -> tuple[float, Floats]:
    """The sum of the log losses of the answers that count, each times its `share`, and its 21 derivatives.

    `share` is in the order of `answers.counted`. w15 must not be 0.
    """
    way = forward(answers, weights)
    return dot(share, losses_on(answers, way)), _backward(answers, weights, way, share)


def _backward(answers: Histories, w: Floats, way: Way, share: Floats) -> Floats:
    """The gradient: by the stabilities first, last answers before earlier ones, then by the difficulties."""
    mid = answers.regions[FORGOTTEN].start - answers.counted.start
    # What a little more recall costs; and by how much recall rises with stability and with w20.
    cost = share.copy()
    cost[:mid] /= -way.recall[:mid]
    cost[mid:] /= way.forgetting[mid:]
    was, faded = way.was[answers.counted], (way.fade - 1) / way.fade
    by_stability = w[20] * way.recall * faded / was
    by_decay = np.log(way.fade)
    by_decay += faded * (_factor_slope(w[20]) * w[20])
    by_decay *= -way.recall

    slope, tilt, recall_slope = _slopes(answers, w, way, by_stability)
    direct = np.zeros(len(slope))
    direct[answers.counted] = cost * by_stability
    carried = _carry(answers, slope, direct)
    stability_cost = carried.take(answers.after)  # of a little more stability after each answer
    inside = _free(way)
    first = answers.regions[FIRST]
    inside[first] = answers.grade[first] > 0
    stability_cost *= inside

    gradient = np.zeros(21)
    gradient[20] = dot(cost + stability_cost[answers.counted] * recall_slope, by_decay)
    gradient[:4] = np.bincount(answers.grade[first], stability_cost[first], 5)[1:]
    _by_growth(answers, w, way, stability_cost, gradient)
    _by_forgetting(answers, w, way, stability_cost, gradient)
    _by_same_day(answers, w, way, stability_cost, gradient)
    _by_difficulty(answers, w, way, stability_cost * tilt, gradient)
    return gradient


def _factor_slope(w20: float) -> float:
    """By what share of itself the factor of the forgetting curve, 0.9^(-1/w20) - 1, rises with w20."""
    power = float(0.9 ** (-1 / w20))
    return power * log(0.9) / (w20 * w20 * (power - 1))


def _carry(answers: Histories, slope: Floats, direct: Floats) -> Floats:
    """What a little more before each answer costs: at once, and by what it leaves for the card's later answers."""
    carried = np.append(direct, 0.0)
    for places in reversed(answers.turns):
        later = carried.take(answers.after.take(places))
        later *= slope.take(places)
        carried[places] += later
    return carried


def _slopes(answers: Histories, w: Floats, way: Way, by_stability: Floats) -> tuple[Floats, Floats, Floats]:
    """By how much the stability after an answer rises with the stability before it, the difficulty, and the recall.

    The last is of the answers that count; each is 0 where a bound of stability holds.
    """
    n = len(answers.grade)
    _, recalled, forgotten, same_day = answers.regions
    low, mid = answers.counted.start, forgotten.start
    slope, tilt, recall_slope = np.zeros(n), np.zeros(n), np.zeros(len(way.recall))

    growth = way.stability[recalled] / way.was[recalled] - 1
    good, bad = slice(0, mid - low), slice(mid - low, None)
    recall_slope[good] = way.was[recalled] * growth * (-w[10] * (1 + 1 / way.gain[good]))
    slope[recalled] = 1 + growth * (1 - w[9]) + recall_slope[good] * by_stability[good]
    tilt[recalled] = -way.was[recalled] * growth / (11 - way.was_difficulty[recalled])

    left, was = way.stability[forgotten], way.was[forgotten]
    recall_slope[bad] = -w[14] * left
    slope[forgotten] = left * w[13] / ((1 + was) * -np.expm1(-w[13] * way.log_was[forgotten]))
    slope[forgotten] += recall_slope[bad] * by_stability[bad]
    tilt[forgotten] = -w[12] * left / way.was_difficulty[forgotten]
    capped = _capped(answers, w, way)
    recall_slope[bad][capped] = tilt[forgotten][capped] = 0
    slope[forgotten][capped] = kept(w)

    growth = way.stability[same_day] / way.was[same_day]
    slope[same_day] = np.where(_floored(answers, way), 1, growth * (1 - w[19]))
    inside = _free(way)
    return slope * inside, tilt * inside, recall_slope * inside[answers.counted]


def _free(way: Way) -> Flags:
    """The answers whose stability is held by neither of its bounds."""
    after = way.stability[:-1]
    free: Flags = (after > STABILITY_MIN) & (after < STABILITY_MAX)
    return free


def _capped(answers: Histories, w: Floats, way: Way) -> Flags:
    """The forgotten answers whose stability is held by S / e^(w17 · w18)."""
    forgotten = answers.regions[FORGOTTEN]
    return way.stability[forgotten] >= way.was[forgotten] * kept(w)


def _floored(answers: Histories, way: Way) -> Flags:
    """The same-day answers that leave stability as it was."""
    same_day = answers.regions[SAME_DAY]
    floored: Flags = (way.stability[same_day] == way.was[same_day]) & (answers.grade[same_day] > 1)
    return floored


def _by_growth(answers: Histories, w: Floats, way: Way, cost: Floats, gradient: Floats) -> None:
    """Set the derivatives by w8 to w10, w15 and w16, which say how stability grows with recall."""
    recalled = answers.regions[RECALLED]
    here = slice(0, recalled.stop - recalled.start)
    spread = cost[recalled] * (way.stability[recalled] - way.was[recalled])
    gradient[8] = spread.sum()
    gradient[9] = -dot(spread, way.log_was[recalled])
    gradient[10] = dot(spread, way.forgetting[here] * (1 + 1 / way.gain[here]))
    by_grade = np.bincount(answers.grade[recalled], spread, 5)
    gradient[15], gradient[16] = by_grade[2] / w[15], by_grade[4] / w[16]


def _by_forgetting(answers: Histories, w: Floats, way: Way, cost: Floats, gradient: Floats) -> None:
    """Set the derivatives by w11 to w14, what is left after forgetting, and by w17 and w18 where they hold it."""
    forgotten = answers.regions[FORGOTTEN]
    here = slice(answers.regions[RECALLED].stop - answers.counted.start, None)
    capped = _capped(answers, w, way)
    spread = cost[forgotten] * way.stability[forgotten]
    held = float(spread[capped].sum())
    gradient[17], gradient[18] = -held * w[18], -held * w[17]
    spread[capped] = 0
    logs = way.log_was[forgotten]
    gradient[11] = spread.sum() / w[11]
    gradient[12] = -dot(spread, np.log(way.was_difficulty[forgotten]))
    gradient[13] = dot(spread, logs / -np.expm1(-w[13] * logs))
    gradient[14] = dot(spread, way.forgetting[here])


def _by_same_day(answers: Histories, w: Floats, way: Way, cost: Floats, gradient: Floats) -> None:
    """Add the derivatives by w17 to w19 of answers on the same day."""
    same_day = answers.regions[SAME_DAY]
    spread = cost[same_day] * way.stability[same_day] * ~_floored(answers, way)
    total = spread.sum()
    gradient[17] += dot(spread, answers.grade[same_day] - np.float64(3)) + total * w[18]
    gradient[18] += total * w[17]
    gradient[19] = -dot(spread, way.log_was[same_day])


def _by_difficulty(answers: Histories, w: Floats, way: Way, direct: Floats, gradient: Floats) -> None:
    """Set the derivatives by w4 to w7; `direct` is what more difficulty before each answer costs at once."""
    first = answers.regions[FIRST]
    rest = slice(first.stop, None)
    after = way.difficulty[:-1]
    inside = (after > 1) & (after < 10)
    inside[first] &= answers.grade[first] > 0
    _, b = difficulty_line(w)
    slope = b[answers.grade] * inside
    cost = _carry(answers, slope, direct).take(answers.after) * inside

    grades = np.arange(5)
    at_first = np.bincount(answers.grade[first], cost[first], 5)
    plain = np.bincount(answers.grade[rest], cost[rest], 5)
    times = np.bincount(answers.grade[rest], cost[rest] * way.was_difficulty[rest], 5)
    rise = np.exp(w[5] * (grades - 1.0))
    gradient[4] = at_first.sum() + w[7] * plain.sum()
    gradient[5] = -(at_first @ ((grades - 1) * rise)) - 3 * rise[4] * w[7] * plain.sum()
    gradient[6] = (1 - w[7]) * ((10 * plain - times) @ ((3 - grades) / 9))
    damped = -w[6] * (grades - 3) / 9
    gradient[7] = (w[4] - rise[4] + 1) * plain.sum() - times @ (1 - damped) - plain @ (10 * damped)
