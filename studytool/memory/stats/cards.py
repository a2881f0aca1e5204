"""How the cards stand today: stability, difficulty, recall, what falls due, and each topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory import many
from studytool.memory.stats.recall import MATURE, Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from studytool.memory.fsrs import Model
    from studytool.memory.stats.answers import Answers

    Floats = NDArray[np.float64]
    Counts = NDArray[np.int64]

STABILITIES = (0, 1, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730)
"""The lower edges, in days, of the bins that stability is told in."""

FEW = 5
"""A topic with fewer cards seen than that is not called weak or strong."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Cards as they stand on a day: arrays of one length."""

    stability: Floats
    """nan for a card that was never answered."""
    difficulty: Floats
    last: Counts
    """The day of the last answer, a `date` ordinal."""
    due: Counts
    """The day on which the card comes, a `date` ordinal: the one on which it, or its learning step, falls due, or the
    one after a holiday for which it waits."""
    as_of: int
    buried: NDArray[np.bool_] | None = None
    """Which are put aside until tomorrow; None where none is."""

    def chosen(self, which: NDArray[np.bool_]) -> Standing:
        """Those that a mask chooses."""
        columns = (self.stability[which], self.difficulty[which], self.last[which], self.due[which])
        return Standing(*columns, self.as_of, None if self.buried is None else self.buried[which])

    def recall(self, model: Model) -> Floats:
        """The probability of recall today; nan for a card that was never answered."""
        return many.recall(model, self.stability, np.maximum(self.as_of - self.last, 0))


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the cards that were answered at least once are spread, without those that were put aside."""

    new: int
    """Cards never answered; put aside ones are not among these either."""
    young: int
    mature: int
    """Cards whose stability is `MATURE` days or more."""
    aside: int
    """Cards that were put aside: with the other three, all cards."""
    stability: Counts
    """Cards by the bins of `STABILITIES`."""
    median_stability: float | None
    difficulty: Counts
    """Cards whose difficulty rounds to 1, 2, … 10."""
    recall: Counts
    """Cards by recall today in ten bins from 0 to 1."""
    known: float
    """The sum of the recall today: how many of the cards the learner is expected to know."""


def distribution(cards: Standing, model: Model, out: int = 0) -> Distribution:
    """Count the cards by stability, difficulty and recall, `out` more as put aside for good."""
    if cards.buried is not None:
        out += int(cards.buried.sum())
        cards = cards.chosen(~cards.buried)
    seen = ~np.isnan(cards.stability)
    stability, recall = cards.stability[seen], cards.recall(model)[seen]
    mature = int((stability >= MATURE).sum())
    edges = np.array([*STABILITIES, np.inf])
    return Distribution(
        int((~seen).sum()),
        len(stability) - mature,
        mature,
        out,
        np.histogram(stability, edges)[0],
        float(np.median(stability)) if len(stability) else None,
        np.bincount(np.rint(cards.difficulty[seen]).astype(np.int64), minlength=11)[1:11],
        np.bincount(np.minimum((recall * 10).astype(np.int64), 9), minlength=10),
        float(recall.sum()),
    )


def due_by_day(cards: Standing, days: int) -> Counts:
    """How many of the cards known by now come on each of the coming days; today's with all that is overdue."""
    seen = ~np.isnan(cards.stability)
    ahead = np.maximum(cards.due[seen] - cards.as_of, 0)
    return np.bincount(ahead[ahead < days], minlength=days)


@dataclass(frozen=True, slots=True)
class TopicStats:
    """One topic."""

    cards: int
    """All of them, those that were put aside, too."""
    seen: int
    """Cards answered at least once and not put aside."""
    answers: int
    seconds: float
    retention: Share
    recall: float | None
    """The mean recall today over the cards seen; None where there is none."""


def weakest_first(rows: Iterable[tuple[str, TopicStats]]) -> list[tuple[str, TopicStats]]:
    """Topics by what would be recalled of them now; below those that can be compared the ones with few cards seen."""
    return sorted(rows, key=lambda row: (row[1].seen < FEW, 2.0 if row[1].recall is None else row[1].recall))


def by_topic(
    answers: Answers,
    topic_of: NDArray[np.int32],
    cards: Standing,
    topic: NDArray[np.int32],
    topics: int,
    model: Model,
    out: NDArray[np.int32] | None = None,
) -> list[TopicStats]:
    """Answers and cards by topic.

    `topic_of` is the topic's number of each card of the log, -1 for a card that is in no note now; `topic` that of
    each of `cards`, the cards there are now but for those put aside for good, of which `out` has it.
    """
    places = topics + 1  # 0 gathers what has no topic
    counts, both = np.zeros(places, np.int64), np.zeros(2 * places, np.int64)
    seconds, predicted = np.zeros(places), np.zeros(places)
    for piece in answers.pieces():
        of = topic_of[piece.card] + 1
        counts += np.bincount(of, minlength=places)
        seconds += np.bincount(of, weights=piece.took, minlength=places) / 1000
        of *= piece.asked
        both += np.bincount(of * 2 + piece.passed, minlength=len(both))
        predicted += np.bincount(of, weights=piece.recall, minlength=places)
    passed = both.reshape(-1, 2)
    seen = ~np.isnan(cards.stability) if cards.buried is None else ~np.isnan(cards.stability) & ~cards.buried
    held, known = np.bincount(topic, minlength=topics), np.bincount(topic[seen], minlength=topics)
    if out is not None:
        held = held + np.bincount(out, minlength=topics)
    recall = np.bincount(topic[seen], cards.recall(model)[seen], topics)
    found = []
    for number in range(topics):
        total = int(passed[number + 1].sum())
        mean = float(predicted[number + 1] / total) if total else None
        found.append(
            TopicStats(
                int(held[number]),
                int(known[number]),
                int(counts[number + 1]),
                float(seconds[number + 1]),
                Share(total, int(passed[number + 1, 1]), mean),
                float(recall[number] / known[number]) if known[number] else None,
            )
        )
    return found
