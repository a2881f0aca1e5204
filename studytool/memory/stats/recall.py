"""How well the predictions hold: retention against prediction, calibration, log loss, RMSE(bins).

An answer is compared with its prediction when it is the card's first on a later day than the answer before: FSRS-6
predicts nothing for the same day, and a card's very first answer is no recall. "Hard" counts as recalled. This is what
Anki calls true retention.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from studytool.memory.stats.answers import PERIODS
from studytool.memory.stats.wilson import wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.stats.answers import Answers, Period

    Floats = NDArray[np.float64]
    Whole = NDArray[np.signedinteger]

ENOUGH = 30
"""Answers that a share needs before it is told: with fewer it may be off by more than 18 points either way."""
ENOUGH_FOR_LOSS = 100
"""Answers that log loss and RMSE(bins) need before they are told."""
MATURE = 21
"""Days of stability before the answer from which a card is mature; younger ones are young."""
BINS = 20
_EPOCH = 719_163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the cards that were asked were recalled, and how many FSRS expected."""

    asked: int
    recalled: int
    predicted: float | None
    """The mean of the recall predicted for them; None where nothing was."""

    @property
    def value(self) -> float | None:
        """The share that was recalled; None with fewer than `ENOUGH` answers."""
        return self.recalled / self.asked if self.asked >= ENOUGH else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Where the true share lies with 95 % confidence (`wilson`); None where there is no value."""
        return wilson(self.recalled, self.asked) if self.asked >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Retention:
    """Recall of one period."""

    all: Share
    young: Share
    mature: Share
    """Cards whose stability before the answer was `MATURE` days or more."""
    new: Share
    """Very first answers of cards: known before they were learned. Nothing predicts these."""


Unit = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Series:
    """Recall over time: arrays by day, week or month, without those in which nothing was asked."""

    start: NDArray[np.int32]
    """The first day of each, as a `date` ordinal; weeks begin on Monday."""
    asked: NDArray[np.int64]
    recalled: NDArray[np.int64]
    predicted: Floats
    """The mean of the predictions."""


@dataclass(frozen=True, slots=True)
class Daily:
    """What retention is worked out from: sums for each of the days from `first` to today, by young and mature."""

    first: int
    asked: NDArray[np.int64]
    """Days × (young, mature), as the next two."""
    recalled: NDArray[np.int64]
    predicted: Floats
    """The sum of the predictions."""
    new: NDArray[np.int64]
    """Very first answers by day × (all, recalled)."""


def daily(answers: Answers) -> Daily:
    """Add up predictions and answers by day."""
    first = int(answers.day.min()) if len(answers) else answers.as_of
    days = answers.as_of - first + 1
    predicted = np.zeros(2 * days + 1)
    counts, new = np.zeros(4 * days + 2, np.int64), np.zeros(2 * days, np.int64)
    for piece in answers.pieces():
        at = piece.day - first
        # Place 0 takes the answers that have no prediction: that costs less than to pick out the others.
        kind = (at * 2 + (piece.stability >= MATURE) + 1) * piece.asked
        predicted += np.bincount(kind, weights=piece.recall, minlength=len(predicted))
        counts += np.bincount(kind * 2 + piece.passed, minlength=len(counts))
        begun = np.flatnonzero(np.isnan(piece.stability))
        new += np.bincount(at[begun] * 2 + piece.passed[begun], minlength=len(new))
    by_kind, firsts = counts[2:].reshape(days, 2, 2), new.reshape(days, 2)
    return Daily(
        first,
        by_kind.sum(2),
        by_kind[:, :, 1],
        predicted[1:].reshape(days, 2),
        np.stack([firsts.sum(1), firsts[:, 1]], 1),
    )


def retention(sums: Daily, period: Period) -> Retention:
    """Retention against prediction in the last days, today included."""
    last = slice(max(len(sums.asked) - PERIODS[period], 0), None)
    asked, recalled, predicted = (column[last].sum(0) for column in (sums.asked, sums.recalled, sums.predicted))
    new = sums.new[last].sum(0)
    return Retention(
        _share(asked.sum(), recalled.sum(), predicted.sum()),
        _share(asked[0], recalled[0], predicted[0]),
        _share(asked[1], recalled[1], predicted[1]),
        Share(int(new[0]), int(new[1]), None),
    )


def _share(asked: int, recalled: int, predicted: float) -> Share:
    return Share(int(asked), int(recalled), float(predicted / asked) if asked else None)


def series(sums: Daily, unit: Unit) -> Series:
    """Retention against prediction by day, week or month."""
    days = np.arange(sums.first, sums.first + len(sums.asked), dtype=np.int32)
    starts = _start_of(days, unit)
    begins = np.diff(starts, prepend=starts[0] - 1) > 0
    start, at = starts[begins], np.cumsum(begins) - 1
    asked, recalled, predicted = (
        np.bincount(at, column.sum(1)) for column in (sums.asked, sums.recalled, sums.predicted)
    )
    some = asked > 0
    return Series(
        start[some], asked[some].astype(int), recalled[some].astype(int), predicted[some] / np.maximum(asked[some], 1)
    )


def _start_of(days: NDArray[np.int32], unit: Unit) -> NDArray[np.int32]:
    """The first day of the week or month that each day, a `date` ordinal, is in."""
    if unit == "day":
        return days
    if unit == "week":
        return days - (days - 1) % 7  # date.fromordinal(1) was a Monday
    months = (days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    found: NDArray[np.int32] = months.astype("datetime64[D]").astype(np.int32) + _EPOCH
    return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether cards predicted at 80 % are recalled four times in five. Arrays by bin of predicted recall."""

    low: Floats
    """The lower edge of each bin; all are equally wide and the last ends at 1. Bins without an answer are left out."""
    asked: NDArray[np.int64]
    recalled: NDArray[np.int64]
    predicted: Floats
    """The mean prediction in each bin."""
    answers: int
    """All answers that have a prediction."""
    log_loss: float | None
    """The mean of -log p of what happened, natural logarithm; None with fewer than `ENOUGH_FOR_LOSS` answers."""
    rmse_bins: float | None
    """FSRS's RMSE(bins), see `rmse_bins`; None likewise."""


def calibration(answers: Answers) -> Calibration:
    """Compare predicted recall with what was recalled."""
    both, sums = np.zeros(2 * BINS + 2, np.int64), np.zeros(BINS + 1)
    for piece in answers.pieces():
        predicted = np.fmin(piece.recall, 1 - 1e-9)  # where there is none, any number will do
        at = ((predicted * BINS).astype(np.int16) + np.int16(1)) * piece.asked
        both += np.bincount(at * np.int16(2) + piece.passed, minlength=len(both))
        sums += np.bincount(at, weights=piece.recall, minlength=len(sums))
    counts, sums = both[2:].reshape(BINS, 2), sums[1:]
    total = counts.sum(1)
    some, asked = total > 0, int(total.sum())
    enough = asked >= ENOUGH_FOR_LOSS
    return Calibration(
        (np.arange(BINS) / BINS)[some],
        total[some],
        counts[some, 1],
        sums[some] / total[some],
        asked,
        log_loss(answers) if enough else None,
        rmse_bins(answers) if enough else None,
    )


def log_loss(answers: Answers) -> float:
    """The mean of -log p of what happened, for the answers that have a prediction."""
    total = 0.0
    for piece in answers.pieces():
        happened = np.abs(piece.recall - ~piece.passed)  # p where it was recalled, 1 - p where not
        happened = np.maximum(np.fmin(happened, 1.0), 1e-15)  # and 1, that is nothing, where there is no prediction
        # The logarithm of sixteen factors' product: a sixteenth of the logarithms, and 1e-15 to the 16th is a number.
        rest = happened[: len(happened) % 16]
        total += float(np.log(happened[len(rest) :].reshape(16, -1).prod(0)).sum() + np.log(rest).sum())
    return -total / int(answers.asked.sum())


def rmse_bins(answers: Answers) -> float:
    """The root of the mean squared difference between recall and prediction over bins, each weighted by its answers.

    Bins are those of FSRS's benchmark (https://github.com/open-spaced-repetition/srs-benchmark, "RMSE (bins)"): answers
    alike in the days since the card's answer before, in the number of its answer and in the number of its lapses, each
    on a scale that grows by a factor (3.62, 1.89 and 1.73). A lapse is "again" on a later day.
    """
    total, off = np.zeros(_MOST_BINS, np.int64), np.zeros(_MOST_BINS)
    for piece in answers.pieces():
        bins = _binned(piece.elapsed, 3.62) * np.int16(1024)
        bins += _binned(piece.number, 1.89) * np.int16(32) + _binned(piece.forgotten, 1.73) + np.int16(1)
        bins *= piece.asked  # place 0 takes the others
        total += np.bincount(bins, minlength=_MOST_BINS)
        off += np.bincount(bins, weights=piece.passed - piece.recall, minlength=_MOST_BINS)
    total, off = total[1:], off[1:]
    some = total > 0
    return float(np.sqrt((off[some] ** 2 / total[some]).sum() / total.sum()))


def _binned(numbers: Whole, factor: float) -> NDArray[np.int8]:
    return _scale(factor).take(numbers, mode="clip")


_MOST = 36_500
_MOST_BINS = 12 * 1024  # nine of days, each with 32 × 32 of answers and lapses, and one more


@cache
def _scale(factor: float) -> NDArray[np.int8]:
    """The bin of each whole number: 0 for 0, then one more than the whole part of its logarithm to base `factor`."""
    numbers = np.log(np.arange(1, _MOST + 1)) / log(factor)
    return np.concatenate(([0], 1 + np.floor(numbers))).astype(np.int8)
