"""Fitting FSRS-6 to a learner's own log: maximum a posteriori, adopted as far as it surely predicts better (`gate`).

What is minimised is the log loss (`loss`) of the answers that count (`histories`) with the distance from the
published defaults (`prior`), by L-BFGS (`descent`) with the gradient of `gradient`. Later answers weigh
more than early ones, for learners change.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fit import prior
from studytool.memory.fit.descent import descent
from studytool.memory.fit.gate import STEPS, Gain, decided, stepped
from studytool.memory.fit.gradient import dot, loss_and_gradient
from studytool.memory.fit.histories import Histories, histories
from studytool.memory.fit.loss import losses
from studytool.memory.fsrs import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews
    from studytool.memory.fsrs import Model

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Steps = Generator["Progress", None, Floats]

FEWEST = 300
"""Answers that count which a fit needs."""
FOLDS = 5
"""Into how many later parts `pooled` divides a log, as srs-benchmark does."""

NOTHING = Gain(0.0, 0.0, 0.0)
"""What is gained where nothing was tested."""

_OLDEST = 0.25  # the weight of the first answer, where the last one has 1
_MOST_STEPS = 100
_LARGE = 20_000  # answers that count: from here on the last fifth says enough, below it the last two thirds are needed


@dataclass(frozen=True, slots=True)
class Log:
    """What a fit needs of a log: arrays of one length n, by time."""

    card: Ints
    """The number of the card."""
    day: Ints
    """The learner's day."""
    grade: Ints
    """1 to 4; 0 for a card taken over from another program, which only its first row can be."""
    given: Floats | None = None
    """Of shape (n, 2): the stability and difficulty of rows of grade 0."""

    def before(self, row: int) -> Log:
        """The rows before one."""
        given = None if self.given is None else self.given[:row]
        return Log(self.card[:row], self.day[:row], self.grade[:row], given)

    def histories(self, until: int | None = None) -> Histories:
        """The cards' answers in lock step, those before row `until`."""
        return histories(self.card, self.day, self.grade, self.given, until=until)


def log_of(reviews: Reviews, model: Model) -> Log:
    """The arrays of `reviews`; what another program had for a card is taken for what it means under `model`.

    Cards are numbered as they come: sums are then added up in the same order on every device, and are the same.
    """
    day, grade = (np.asarray(column, np.int64) for column in (reviews.day, reviews.grade))
    rows = np.arange(len(reviews))
    first = np.full(len(reviews.keys), len(rows))
    first[reviews.card[::-1]] = rows[::-1]  # of several rows of a card the last one stays
    number = np.empty(len(first), np.int64)
    number[np.argsort(first, kind="stable")] = np.arange(len(first))
    return Log(number[reviews.card], day, grade, _given(reviews, model) if reviews.schedules else None)


def _given(reviews: Reviews, model: Model) -> Floats:
    from studytool.memory.events import Moment
    from studytool.memory.imported import taken_over
    from studytool.memory.schedule import Rules

    rules = Rules(rollover=reviews.rollover, model=model)
    given = np.ones((len(reviews), 2))
    for row, schedule in reviews.schedules.items():
        trail = taken_over(rules, schedule, Moment(int(reviews.ms[row]), int(reviews.offset[row])), "")
        given[row] = trail.stability, trail.difficulty
    return given


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fit has come."""

    part: int
    """From 1: the tests on later parts, then the fit to all answers."""
    parts: int
    step: int
    loss: float
    """The mean log loss so far with what the prior adds, later answers weighing more."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came out, and whether it is to be used."""

    weights: tuple[float, ...]
    """The parameters to use: a step from those in use towards the fitted ones, or the present ones."""
    before: tuple[float, ...]
    """The present ones."""
    fit: tuple[float, ...]
    """Those fitted to all answers, the whole way; the present ones where there were too few."""
    reviews: int
    """Answers that count."""
    tested: int = 0
    """Later answers that were predicted from those before them; 0 where there were too few to fit."""
    was: float = 0.0
    """Their mean log loss by the present parameters, or by the published ones, see `against_published`."""
    gain: Gain = NOTHING
    """By how much less it is by such steps towards parameters fitted to what came before; see `gate.decided`."""
    against_published: bool = False
    """True when the present parameters were fitted to some of the later answers, and so cannot be tested by them, or
    predict these worse than the published ones: who goes on from them could stay worse off."""

    @property
    def loss(self) -> float:
        """The mean log loss of the later answers by the step of `gain`."""
        return self.was - self.gain.mean

    @property
    def adopted(self) -> bool:
        """Whether they are other than the present ones and surely predict later answers better."""
        return self.weights != self.before and self.gain.is_sure


@dataclass(frozen=True, slots=True)
class Folds:
    """How well fits predict the later parts of a log: mean log losses of the `tested` answers in them."""

    weights: tuple[float, ...]
    """The parameters fitted to all that comes before the last part."""
    reviews: int
    tested: int
    loss: float
    """By parameters fitted to what came before."""
    in_use: float
    """By what had been in use after such a fit, see `Fitted.weights`."""
    was: float
    """By the published parameters."""


def fitted(log: Log, present: Sequence[float] = DEFAULT_WEIGHTS, seen: int = 0) -> Generator[Progress, None, Fitted]:
    """Fit to `log`, a step of the search at a time; to give up, ask for no more.

    `present` are the parameters in use, and `seen` to how many answers they were fitted (0: to none of this log).
    """
    at = log.histories()
    many, before = len(at.days[at.counted]), tuple(present)
    if many < FEWEST:
        return Fitted(before, before, before, many)
    parts = (4, 5) if many >= _LARGE else (2, 3, 4, 5, 6)
    cuts = [many * part // parts[-1] for part in parts]
    against_published = seen > cuts[0] or _later_loss(at, DEFAULT_WEIGHTS, cuts[0]) < _later_loss(at, before, cuts[0])
    base = np.array(DEFAULT_WEIGHTS if against_published else present)
    later, weights = yield from _predicted(log, at, cuts, base)
    weights = yield from _descended(at, weights, len(cuts), len(cuts))
    gain = decided(later.gains, log.card[later.rows], log.day[later.rows])
    taken = stepped(base, weights, gain.step) if gain.is_sure else np.array(before)
    return Fitted(
        weights=tuple(taken.tolist()),
        before=before,
        fit=tuple(weights.tolist()),
        reviews=many,
        tested=len(later.rows),
        was=float(later.was.mean()),
        gain=gain,
        against_published=against_published,
    )


def pooled(log: Log, folds: int = FOLDS) -> Generator[Progress, None, Folds]:
    """Test fits on the later parts of a log as srs-benchmark does, against the published parameters.

    The answers that count (`histories` says which) are divided in the order of time as scikit-learn's
    `TimeSeriesSplit` does: `folds` parts of one length at the end, each predicted by parameters fitted to all answers
    before it. The losses are means over all answers of these parts.
    """
    at = log.histories()
    many = len(at.days[at.counted])
    size = many // (folds + 1)
    fit = np.array(DEFAULT_WEIGHTS)
    if not size:
        return Folds(DEFAULT_WEIGHTS, many, 0, 0.0, 0.0, 0.0)
    row = at.row[at.counted]
    edges = [*np.sort(row).tolist(), len(log.card)]
    totals = np.zeros(3)
    for fold in range(1, folds + 1):
        begin, end = (edges[many - part * size] for part in (folds + 1 - fold, folds - fold))
        fit = yield from _descended(log.histories(begin), fit, fold, folds)
        found = yield from _renumbered(fitted(log.before(begin)), fold, folds)
        inside = (row >= begin) & (row < end)
        three = (fit, np.array(found.weights), np.array(DEFAULT_WEIGHTS))
        totals += [float(losses(at, weights)[inside].sum()) for weights in three]
    loss, in_use, was = (totals / (folds * size)).tolist()
    return Folds(tuple(fit.tolist()), many, folds * size, loss, in_use, was)


def _renumbered(steps: Generator[Progress, None, Fitted], part: int, parts: int) -> Generator[Progress, None, Fitted]:
    """The steps of a fit as those of one part of another."""
    while True:
        try:
            at = next(steps)
        except StopIteration as end:
            found: Fitted = end.value
            return found
        yield Progress(part, parts, at.step, at.loss)


def _later_loss(at: Histories, weights: Sequence[float], cut: int) -> float:
    """The mean log loss of the answers from a cut on."""
    row = at.row[at.counted]
    return float(losses(at, np.array(weights))[row >= np.sort(row)[cut]].mean())


@dataclass(frozen=True, slots=True)
class _Later:
    """Later answers, predicted from what came before them."""

    rows: Ints
    """Those of the log, n of them."""
    was: Floats
    """Their log losses by the parameters in use."""
    gains: Floats
    """By how much less they are by each of the steps towards fitted ones, of shape (steps, n)."""


def _predicted(
    log: Log, at: Histories, cuts: list[int], base: Floats
) -> Generator[Progress, None, tuple[_Later, Floats]]:
    """The answers between two cuts by steps from `base` to parameters fitted to all before; the last such parameters.

    A cut is a number of answers that count.
    """
    edges = [*np.sort(at.row[at.counted]).tolist(), len(log.card)]
    before, weights, found = log.histories(edges[cuts[0]]), np.array(DEFAULT_WEIGHTS), []
    for part, (begin, end) in enumerate(pairwise(cuts), 1):
        weights = yield from _descended(before, weights, part, len(cuts))
        before = log.histories(edges[end])
        row = before.row[before.counted]
        inside = row >= edges[begin]
        was = losses(before, base)[inside]
        gains = [was - losses(before, stepped(base, weights, step))[inside] for step in STEPS]
        found.append((row[inside], was, np.array(gains)))
    rows, losses_was, parts = zip(*found, strict=True)
    return _Later(np.concatenate(rows), np.concatenate(losses_was), np.concatenate(parts, axis=1)), weights


def _descended(answers: Histories, start: Floats, part: int, parts: int) -> Steps:
    """The most probable parameters by `answers`, found from `start`."""
    share = _shares(answers)
    total = max(float(share.sum()), 1.0)

    def cost(units: Floats) -> tuple[float, Floats]:
        weights = prior.to_weights(units)
        loss, gradient = loss_and_gradient(answers, weights, share)
        value, slope = prior.penalty(units)
        return loss + value, prior.gradient_in_units(weights, gradient) + slope

    bounds = prior.to_units(prior.LOWEST), prior.to_units(prior.HIGHEST)
    tolerance = max(0.01, 2e-6 * total)  # of the summed loss: far below what chance makes of it
    points = descent(cost, prior.to_units(start), *bounds, tolerance=tolerance, most=_MOST_STEPS)
    units = np.zeros(len(start))
    for step, point in enumerate(points):
        units = point.at
        yield Progress(part, parts, step, point.value / total)
    return np.clip(prior.to_weights(units), prior.LOWEST, prior.HIGHEST)


def _shares(answers: Histories) -> Floats:
    """The weights of the answers that count: rising evenly from the first in time to the last.

    They are scaled so that they say as much as so many answers of weight 1: their sum is the sum of their squares.
    """
    rows = answers.row[answers.counted]
    rank = np.empty(len(rows))
    rank[np.argsort(rows)] = np.arange(len(rows))
    share: Floats = _OLDEST + (1 - _OLDEST) * rank / max(len(rows) - 1, 1)
    return share * (share.sum() / dot(share, share)) if len(rows) else share
