"""What was done: answers and minutes by day and hour, days in a row, and how long answers take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.stats.answers import LONGEST_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.stats.answers import Answers

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

ENOUGH = 10
"""Answers that a usual time needs before it is told."""
_TENTH = 100  # milliseconds


@dataclass(frozen=True, slots=True)
class Days:
    """Every day from `first`, a `date` ordinal, to today, those without an answer too."""

    first: int
    answers: Counts
    """Days × grades from again to easy, same-day answers included."""
    new: Counts
    """Cards answered for the first time."""
    seconds: Floats
    """As far as the time of answers is known; one of more than two minutes counts as two."""


def days(answers: Answers) -> Days:
    """Add up answers and time by day."""
    first = int(answers.day.min()) if len(answers) else answers.as_of
    many = answers.as_of - first + 1
    counts, new, seconds = np.zeros(4 * many, np.int64), np.zeros(many, np.int64), np.zeros(many)
    for piece in answers.pieces():
        at = piece.day - first
        counts += np.bincount(at * 4 + (piece.grade - 1), minlength=len(counts))
        new += np.bincount(at[np.isnan(piece.stability)], minlength=many)
        runs = np.flatnonzero(np.diff(at, prepend=-1))  # a log goes on by the day: few runs, quickly added up
        if len(at):
            seconds += (
                np.bincount(at[runs], weights=np.add.reduceat(piece.took, runs, dtype=np.int64), minlength=many) / 1000
            )
    return Days(first, counts.reshape(many, 4), new, seconds)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with an answer, imported ones included, or another sign of study."""

    now: int
    """Up to today or, while today has none, yesterday."""
    longest: int


def streak(done: Days, also: tuple[int, ...] = ()) -> Streak:
    """The streaks; `also` are days, as `date` ordinals, with study that is no answer, such as a quiz."""
    today = done.first + len(done.answers) - 1
    studied = {*(np.flatnonzero(done.answers.any(1)) + done.first).tolist(), *(day for day in also if day <= today)}
    longest = run = 0
    last = None
    for day in sorted(studied):
        run = run + 1 if last is not None and day == last + 1 else 1
        longest, last = max(longest, run), day
    return Streak(run if last is not None and last >= today - 1 else 0, longest)


def hours(answers: Answers) -> Counts:
    """By the hour of the learner's clock, 0 to 23: all answers, those with a prediction, of these those recalled."""
    kind = answers.hour * np.int8(4) + answers.asked * np.int8(2) + answers.passed
    counts = np.bincount(kind, minlength=96).reshape(24, 4)
    return np.stack([counts.sum(1), counts[:, 2] + counts[:, 3], counts[:, 3]], 1)


@dataclass(frozen=True, slots=True)
class Times:
    """How long answers take, in seconds; None with fewer than `ENOUGH` answers whose time is known."""

    median: tuple[float | None, ...]
    """By grade, from again to easy; to a tenth of a second."""
    mean: tuple[float | None, ...]
    answers: tuple[int, ...]
    """With a known time, by grade."""
    card: float | None
    """All seconds spent on a card so far, the mean over the cards."""


def times(answers: Answers) -> Times:
    """The usual time of an answer by grade, and of a card. Answers without a time are left out."""
    width = LONGEST_MS // _TENTH + 1
    slots, sums = np.zeros(5 * width, np.int64), np.zeros(5)
    for piece in answers.pieces():
        slot = (piece.grade * np.int16(width) + piece.took // _TENTH) * (piece.took > 0)
        slots += np.bincount(slot, minlength=len(slots))
        sums += np.bincount(piece.grade, weights=piece.took, minlength=5)
    counts, sums = slots[width:].reshape(4, width), sums[1:] / 1000
    totals = counts.sum(1)
    known = answers.took > 0
    cards = np.count_nonzero(np.bincount(answers.card if known.all() else answers.card[known]))
    return Times(
        tuple(_median(row) if n >= ENOUGH else None for row, n in zip(counts, totals, strict=True)),
        tuple(float(s / n) if n >= ENOUGH else None for s, n in zip(sums, totals, strict=True)),
        tuple(totals.tolist()),
        float(sums.sum() / cards) if totals.sum() >= ENOUGH else None,
    )


def _median(counts: Counts) -> float:
    """The middle of answers counted by tenths of a second."""
    return int(np.searchsorted(np.cumsum(counts), (counts.sum() + 1) // 2)) / 10
