"""Does the schedule for an exam beat the everyday one at the same minutes? Simulated learners, decks, days and minutes.

Run it as `python tests/bench/deadline.py`; `--learners 8 --runs 8` says how many learners unlike the assumed one there
are for each case, and how many runs each makes. Each learner is compared with itself under other schedules:

- usual: the everyday queue with its limits (20 new cards and 200 reviews a day)
- unlimited: the same without limits, so that new cards come as fast as the minutes allow
- ahead: the same, and when nothing is due the cards with the lowest recall are asked ahead of time
- ordered: as unlimited, with the due and the new cards in the exam's order, but nothing asked ahead of time
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from studytool.memory.deadline import SAFE, Aim
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model
from studytool.memory.habits import Habits
from studytool.memory.simulate import Deck, Plain, Policy, Table, new_deck, simulate

SIZES = (100, 300, 1_000)
DAYS = (7, 21, 60, 120)
# Minutes in all, as a multiple of what it takes to see each card once and answer it three times more.
SUPPLY = {"scarce": 0.3, "short": 0.7, "enough": 1.2, "plenty": 2.5}
OTHERS = ("usual", "unlimited", "ahead", "ordered")


@dataclass(frozen=True, slots=True)
class Ahead:
    """The everyday queue; when it is empty, what is least certain though not due."""

    def __call__(self, table: Table, day: int) -> np.ndarray:
        score = Plain(10_000, 10_000)(table, day)
        ahead = ~np.isnan(table.stability) & (table.due > day) & (table.last < day)
        lag = np.nan_to_num((day - table.last) / table.stability)
        found: np.ndarray = np.where(np.isfinite(score), score, np.where(ahead, -10 - 1 / (1 + lag), -np.inf))
        return found


@dataclass(frozen=True, slots=True)
class Ordered:
    """The everyday queue without limits, its due cards and its new ones each in the order of what they gain."""

    exam: int
    minutes: float

    def __call__(self, table: Table, day: int) -> np.ndarray:
        gain, new = Aim(self.exam, self.minutes)(table, day), np.isnan(table.stability)
        score = np.full(new.shape, -np.inf)
        for run in range(len(score)):
            for kind in (np.flatnonzero(new[run]), np.flatnonzero(~new[run] & (table.due[run] <= day))):
                ranked = kind[np.argsort(-gain[run, kind], kind="stable")]
                score[run, ranked] = -(np.arange(1, len(kind) + 1)) / max(len(kind), 1)
        return score


def learner(rng: np.random.Generator) -> tuple[Model, Habits]:
    """A memory and habits unlike the assumed ones."""
    weights = np.array(DEFAULT_WEIGHTS)
    free = np.r_[0:7, 8:17, 20]
    weights[free] *= np.exp(rng.normal(0, 0.25, len(free)))
    weights[:4] = np.sort(weights[:4])
    weights[20] = np.clip(weights[20], 0.1, 0.8)
    usual, slower = Habits(), float(np.exp(rng.normal(0, 0.3)))
    times = {name: tuple(each * slower for each in getattr(usual, name)) for name in ("first_seconds", "seconds")}
    return Model(tuple(weights)), replace(usual, **times)  # type: ignore[arg-type]


def studied(cards: int, days: int, rng: np.random.Generator) -> Deck:
    """A deck half of which has been studied in the usual way, as it stands today."""
    half = cards // 2
    table = simulate(
        new_deck(half), Plain(max(half // days, 1) + 1, 200), days, 60, runs=1, seed=int(rng.integers(99))
    ).table
    known = Deck(table.stability[0], table.difficulty[0], table.last[0] - days, table.due[0] - days)
    rest = new_deck(cards - half)
    return Deck(
        *(
            np.concatenate((getattr(known, name), getattr(rest, name)))
            for name in ("stability", "difficulty", "last", "due")
        )
    )


@dataclass(frozen=True, slots=True)
class Result:
    """Recall and share of safe cards on the day: the schedule for the exam, then the others."""

    supply: str
    days: int
    begun: bool
    recall: tuple[float, ...]
    safe: tuple[float, ...]
    spent: tuple[float, ...]


def compared(cards: int, days: int, supply: str, begun: bool, other: bool, runs: int, seed: int) -> Result:
    rng = np.random.default_rng(seed)
    truth, own = learner(rng) if other else (None, Habits())
    deck = studied(cards, 40, rng) if begun else new_deck(cards)
    new = np.isnan(deck.stability).mean()
    usual = Habits()
    each = new * float(np.dot(usual.first, usual.first_seconds)) + 3 * 10
    minutes = SUPPLY[supply] * cards * each / 60 / days
    policies: tuple[Policy, ...] = (Aim(days, minutes), Plain(), Plain(10_000, 10_000), Ahead(), Ordered(days, minutes))
    recall, safe, spent = [], [], []
    for policy in policies:
        course = simulate(deck, policy, days, minutes, habits=own, truth=truth, runs=runs, seed=seed)
        found = course.truth.recall(days)
        recall.append(float(found.mean()))
        safe.append(float((found >= SAFE).mean()))
        spent.append(float(course.seconds.mean()) / 60 / minutes)
    return Result(supply, days, begun, tuple(recall), tuple(safe), tuple(spent))


def told(name: str, results: list[Result]) -> None:
    recall, safe = (np.array([getattr(one, field) for one in results]) for field in ("recall", "safe"))
    spent = np.array([one.spent for one in results])
    line = f"{name:<26} {len(results):>4} {recall[:, 0].mean():>6.3f}"
    for other in range(1, 5):
        gain = recall[:, 0] - recall[:, other]
        safer = (safe[:, 0] - safe[:, other]).mean()
        line += f" | {gain.mean():+.3f} {gain.min():+.3f} {(gain < -0.002).mean():>4.0%} {safer:+.3f}"
        line += f" {spent[:, other].mean():>4.0%}"
    print(line)


def main(learners: int, runs: int) -> None:
    start = time.process_time()
    results: dict[str, list[Any]] = {"as assumed": [], "unlike the assumed one": []}
    for kind, found in results.items():
        for cards in SIZES:
            for days in DAYS:
                for supply in SUPPLY:
                    for begun in (False, True):
                        for seed in range(learners if kind != "as assumed" else 1):
                            found.append(compared(cards, days, supply, begun, kind != "as assumed", runs, seed))
    print(f"{'':<26} {'':>4} {'recall':>6}" + "".join(f" | {'against ' + name:<31}" for name in OTHERS))
    print(f"{'':<26} {'n':>4} {'':>6}" + " |   mean  worst less   safe used" * 4)
    for kind, found in results.items():
        told(f"memory {kind}", found)
        for supply in SUPPLY:
            told(f"  {supply}", [one for one in found if one.supply == supply])
        for days in DAYS:
            told(f"  {days} days", [one for one in found if one.days == days])
        told("  nothing studied before", [one for one in found if not one.begun])
        told("  half studied before", [one for one in found if one.begun])
    print(f"{time.process_time() - start:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=2)
    parser.add_argument("--runs", type=int, default=6)
    asked = parser.parse_args()
    main(asked.learners, asked.runs)
