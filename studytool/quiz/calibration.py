"""How well the learner knows what they know: stated confidence against what was right."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.memory.stats.wilson import wilson
from studytool.quiz.model import Attempt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store
    from studytool.quiz.model import Asked, Confidence

PROBABILITY: Mapping[Confidence, float] = {"guess": 0.35, "likely": 0.7, "sure": 0.95}
"""What each word is taken to forecast: the probability that the answer is right."""

_BAR = 20


def asks_how_sure(asked: Asked) -> bool:
    """Whether a learner is asked that of an answer: not of one in own words, whose mark is the learner's own."""
    return asked.kind != "recall"


@dataclass(frozen=True, slots=True)
class Said:
    """The answers for which one word was said."""

    word: Confidence
    count: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.count

    @property
    def bounds(self) -> tuple[float, float]:
        """Where the true share lies with 95 % confidence (`wilson`)."""
        return wilson(self.right, self.count)

    @property
    def told(self) -> str:
        """What the word promised, against the bounds: `as said`, `too sure`, `too modest`, `too few to tell`."""
        low, high = self.bounds
        if high < (promised := PROBABILITY[self.word]):
            return "too sure"
        return "too modest" if low > promised else "too few to tell" if high - low > 0.5 else "as said"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Forecasts and outcomes. `brier` is the mean squared distance of the two: 0 is perfect, 0.25 is always 50 %."""

    words: tuple[Said, ...]
    """Only those that were said."""
    brier: float
    base: float
    """The Brier score of somebody who always forecasts the share that was right: only below it do the words tell."""

    @property
    def count(self) -> int:
        """Answers for which any word was said."""
        return sum(said.count for said in self.words)

    def plot(self) -> list[str]:
        """A reliability plot in text: a line a word; `|` stands where the word promised the bar to end."""
        lines = []
        for said in self.words:
            filled, promised = round(_BAR * said.share), round(_BAR * PROBABILITY[said.word])
            bar = "".join("█" if at < filled else "·" for at in range(_BAR))
            bar = f"{bar[:promised]}|{bar[promised:]}"
            share, promise = said.share * 100, PROBABILITY[said.word] * 100
            lines.append(
                f"{said.word:<6} {bar} {share:3.0f} % right of {said.count}, {promise:.0f} % promised: {said.told}"
            )
        return lines

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON takes it."""
        words = [
            {
                "word": said.word,
                "promised": PROBABILITY[said.word],
                "count": said.count,
                "right": said.right,
                "bounds": [round(bound, 4) for bound in said.bounds],
            }
            for said in self.words
        ]
        return {"brier": round(self.brier, 4), "base": round(self.base, 4), "words": words}


def calibration(attempts: Iterable[Attempt]) -> Calibration | None:
    """The calibration of answers for which the learner said how sure they were; None where there are none."""
    told = [attempt for attempt in attempts if attempt.confidence in PROBABILITY]
    if not told:
        return None
    words = []
    for word in PROBABILITY:
        own = [attempt.counts for attempt in told if attempt.confidence == word]
        if own:
            words.append(Said(word, len(own), sum(own)))
    missed = sum((PROBABILITY[attempt.confidence] - attempt.counts) ** 2 for attempt in told)
    share = sum(attempt.counts for attempt in told) / len(told)
    return Calibration(tuple(words), missed / len(told), share * (1 - share))


def so_far(store: Store, memory: Memory) -> Calibration | None:
    """The same over all answers of the log that stand, in quizzes and exams; None where there are none."""
    found = []
    for row in store.rows(("attempt",)):
        if '"confidence":' not in row.payload or not memory.stands(row.id):
            continue
        with suppress(KeyError, TypeError, ValueError):  # of a newer version
            found.append(Attempt.from_payload(json.loads(row.payload)))
    return calibration(found)


def is_sure_and_wrong(attempt: Attempt) -> bool:
    """Whether the learner was sure of what is wrong: what is most worth to look at."""
    return attempt.confidence == "sure" and attempt.verdict == "wrong"
