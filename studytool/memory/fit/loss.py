"""How well FSRS-6 predicts the answers of a log: the log loss of each, by the formulas of `memory.fsrs` in arrays."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fit.histories import FIRST, RECALLED
from studytool.memory.fsrs import STABILITY_MAX, STABILITY_MIN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.fit.histories import Histories

    Floats = NDArray[np.float64]

_GRADES = np.arange(5)


@dataclass(frozen=True, slots=True)
class Way:
    """What there is to know of every answer on the way through a log, for the way back.

    The last four are of the answers that count only.
    """

    stability: Floats
    """After the answer, and one more, without a meaning, for the place n."""
    difficulty: Floats
    """The same."""
    was: Floats
    """Stability before the answer."""
    was_difficulty: Floats
    log_was: Floats
    """The logarithm of the stability before the answer, of that and one day for a forgotten one."""
    fade: Floats
    """1 + factor · days / stability, the power of which is the recall."""
    recall: Floats
    forgetting: Floats
    """1 - recall."""
    gain: Floats
    """e^(w10 · (1-R)) - 1 for a recalled answer, e^(w14 · (1-R)) for a forgotten one."""


def losses(answers: Histories, weights: Floats) -> Floats:
    """The log loss of each answer that counts, in the order of `answers.counted`."""
    return losses_on(answers, forward(answers, weights))


def losses_on(answers: Histories, way: Way) -> Floats:
    """The same, where the way is known."""
    recalled = answers.regions[RECALLED].stop - answers.regions[RECALLED].start
    found: Floats = -np.log(np.concatenate((way.recall[:recalled], way.forgetting[recalled:])))
    return found


def difficulty_line(w: Floats) -> tuple[Floats, Floats]:
    """The a and b of D' = a + b · D, which is the new difficulty but for its bounds, for the grades 0 (none) to 4."""
    damped = -w[6] * (_GRADES - 3) / 9
    easy = w[4] - exp(3 * w[5]) + 1
    return w[7] * easy + (1 - w[7]) * 10 * damped, (1 - w[7]) * (1 - damped)


def forward(answers: Histories, w: Floats) -> Way:
    """Go through all answers in lock step."""
    difficulty = _difficulties(answers, w)
    n, many = len(answers.grade), len(answers.days[answers.counted])
    first = answers.regions[FIRST]
    grade = answers.grade[first]
    stability = np.ones(n + 1)
    stability[first] = np.where(grade == 0, answers.given[:, 0], w[np.maximum(grade, 1) - 1])
    way = Way(
        stability=stability,
        difficulty=difficulty,
        was=np.ones(n),
        was_difficulty=difficulty.take(answers.before),
        log_was=np.zeros(n),
        fade=np.empty(many),
        recall=np.empty(many),
        forgetting=np.empty(many),
        gain=np.empty(many),
    )
    tables = _tables(answers, w, way.was_difficulty)
    for recalled, forgotten, same_day in answers.steps:
        if recalled.start < recalled.stop:
            _recall(answers, w, way, recalled, tables)
        if forgotten.start < forgotten.stop:
            _forget(answers, w, way, forgotten, tables)
        if same_day.start < same_day.stop:
            _repeat(answers, w, way, same_day, tables)
    return way


def _difficulties(answers: Histories, w: Floats) -> Floats:
    """Difficulty after each answer, which depends on the grades alone."""
    a, b = difficulty_line(w)
    offset, slope = a[answers.grade], b[answers.grade]
    difficulty = np.zeros(len(answers.grade) + 1)
    first = answers.regions[FIRST]
    grade = answers.grade[first]
    started = np.clip(w[4] - np.exp(w[5] * (grade - 1)) + 1, 1, 10)
    difficulty[first] = np.where(grade == 0, answers.given[:, 1], started)
    for places in answers.turns:
        changed = difficulty.take(answers.before.take(places))
        changed *= slope.take(places)
        changed += offset.take(places)
        np.minimum(changed, 10, out=changed)
        difficulty[places] = np.maximum(changed, 1, out=changed)
    return difficulty


@dataclass(frozen=True, slots=True)
class _Tables:
    """What of each answer's formula does not depend on stability: arrays over one region each, but for `fade_days`."""

    fade_days: Floats
    """The factor of the forgetting curve times the days, of the answers that count."""
    growth: Floats
    """e^w8 · (11-D) · w15 (hard) · w16 (easy), of recalled answers."""
    left: Floats
    """w11 · D^-w12, of forgotten ones."""
    short: Floats
    """w17 · (G-3+w18), of those on the same day."""
    floor: Floats
    """The least that the logarithm of their growth can be: 0, but for "again"."""
    starts: tuple[int, int, int]
    """Where the answers that count begin, forgotten ones among them, and those on the same day."""
    kept: float
    """The share of stability that forgetting leaves at most."""


def _tables(answers: Histories, w: Floats, difficulty: Floats) -> _Tables:
    _, recalled, forgotten, same_day = answers.regions
    by_grade = exp(w[8]) * np.array((0, 0, w[15], 1, w[16]))
    return _Tables(
        fade_days=(0.9 ** (-1 / w[20]) - 1) * answers.days[answers.counted],
        growth=by_grade[answers.grade[recalled]] * (11 - difficulty[recalled]),
        left=w[11] * difficulty[forgotten] ** -w[12],
        short=w[17] * (_GRADES - 3 + w[18])[answers.grade[same_day]],
        floor=np.where(answers.grade[same_day] == 1, -np.inf, 0.0),
        starts=(answers.counted.start, forgotten.start, same_day.start),
        kept=kept(w),
    )


def _fade(answers: Histories, w: Floats, way: Way, part: slice, tables: _Tables) -> tuple[Floats, Floats, slice]:
    """Stability before the answers and 1 - R at them, and their places among the answers that count."""
    start, _, _ = tables.starts
    at = slice(part.start - start, part.stop - start)
    was = way.stability.take(answers.before[part], out=way.was[part], mode="clip")
    faded = np.divide(tables.fade_days[at], was, out=way.fade[at])
    power = np.log1p(faded)
    faded += 1
    power *= -w[20]
    forgetting = np.expm1(power, out=way.forgetting[at])
    np.negative(forgetting, out=forgetting)
    np.subtract(1, forgetting, out=way.recall[at])
    return was, forgetting, at


def _recall(answers: Histories, w: Floats, way: Way, part: slice, tables: _Tables) -> None:
    """S' = S · (growth · S^-w9 · (e^(w10·(1-R)) - 1) + 1)."""
    was, forgetting, at = _fade(answers, w, way, part, tables)
    gain = np.expm1(w[10] * forgetting, out=way.gain[at])
    changed = -w[9] * np.log(was, out=way.log_was[part])
    np.exp(changed, out=changed)
    changed *= tables.growth[at]
    changed *= gain
    changed += 1
    changed *= was
    _bounded(changed, way.stability[part])


def _forget(answers: Histories, w: Floats, way: Way, part: slice, tables: _Tables) -> None:
    """S' = left · ((S+1)^w13 - 1) · e^(w14·(1-R)), at most S / e^(w17·w18)."""
    was, forgetting, at = _fade(answers, w, way, part, tables)
    _, start, _ = tables.starts
    gain = np.exp(w[14] * forgetting, out=way.gain[at])
    changed = w[13] * np.log1p(was, out=way.log_was[part])
    np.expm1(changed, out=changed)
    changed *= tables.left[part.start - start : part.stop - start]
    changed *= gain
    np.minimum(changed, was * tables.kept, out=changed)
    _bounded(changed, way.stability[part])


def kept(w: Floats) -> float:
    """The share of stability that forgetting leaves at most: 1 / e^(w17·w18)."""
    return exp(-w[17] * w[18])


def _repeat(answers: Histories, w: Floats, way: Way, part: slice, tables: _Tables) -> None:
    """S' = S · e^short · S^-w19, no less than S but for "again"."""
    _, _, start = tables.starts
    at = slice(part.start - start, part.stop - start)
    was = way.stability.take(answers.before[part], out=way.was[part], mode="clip")
    changed = -w[19] * np.log(was, out=way.log_was[part])
    changed += tables.short[at]
    np.maximum(changed, tables.floor[at], out=changed)
    np.exp(changed, out=changed)
    changed *= was
    _bounded(changed, way.stability[part])


def _bounded(changed: Floats, out: Floats) -> None:
    np.minimum(changed, STABILITY_MAX, out=changed)
    np.maximum(changed, STABILITY_MIN, out=out)
