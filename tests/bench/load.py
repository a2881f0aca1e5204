"""Reviews a day of a simulated learner: exact intervals, the seeded fuzz, and the day with the least load.

    python tests/bench/load.py [NEW] [SEEDS]

The learner takes NEW cards a day (10) for two years, answers all that is due, and remembers as FSRS with its default
parameters says. Printed for the last year, as means over SEEDS learners (3): the coefficient of variation of the
reviews a day, as it is and around its trend (more cards each month are no fault of the schedule); reviews a day; recall
when a card is asked; intervals against the exact ones; recall of all cards on the last day. After that, how much falls
on easy days, and what three weeks away cost when all that waited comes at once and when it is spread.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from statistics import mean, pstdev

from studytool.memory.away import Away, comes, lately
from studytool.memory.events import DAY_MS, Moment
from studytool.memory.fsrs import retrievability
from studytool.memory.load import Load, Wishes, chosen_days
from studytool.memory.schedule import Rules, Trail, advance, exact_interval, interval_within

FIRST_DAY = 739_007  # a Monday, 2024-05-06
DAYS = 730
YEAR = 365
GOAL = 0.9
"""The coefficient of variation with the least-loaded day is to be at most so much of that of exact intervals: .095 of
.106 as measured on the prototype."""


@dataclass
class Learner:
    """A learner whose memory is the model, and the tally of the days."""

    new: int
    seed: int
    how: str
    """`exact`, `fuzz`, `load`: how an interval is chosen."""
    wishes: Wishes = field(default_factory=Wishes)
    away: tuple[Away, ...] = ()
    spread: bool = True
    announced: bool = True
    reviews: Counter[int] = field(default_factory=Counter)
    recalls: dict[int, list[float]] = field(default_factory=dict)
    ratios: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rules = Rules(fuzz=self.how != "exact")
        self.random = random.Random(self.seed)
        self.load = Load()
        self.trails: list[Trail] = []
        self.due: dict[int, list[tuple[int, int]]] = {}  # the day a card comes -> (its due day, the card)

    def live(self, days: int = DAYS) -> None:
        """Study for so many days."""
        for day in range(FIRST_DAY, FIRST_DAY + days):
            if any(one.start <= day < one.until for one in self.away):
                continue
            self._review(day)
            for _ in range(self.new):
                self.trails.append(Trail())
                self._answer(len(self.trails) - 1, self.random.choices((1, 2, 3, 4), (20, 10, 60, 10))[0], day)

    def _review(self, day: int) -> None:
        over = lately(self.away, day) if self.spread else ()
        waiting = [one for past in sorted(past for past in self.due if past <= day) for one in self.due.pop(past)]
        for due_day, card in waiting:
            if over and comes(due_day, over) > day:
                self.due.setdefault(comes(due_day, over), []).append((due_day, card))
                continue
            trail = self.trails[card]
            recall = retrievability(self.rules.model, trail.stability, day - trail.day)
            self.reviews[day] += 1
            self.recalls.setdefault(day, []).append(recall)
            self.load.days[due_day] -= 1
            known = self.random.random() < recall
            self._answer(card, self.random.choices((2, 3, 4), (10, 80, 10))[0] if known else 1, day)

    def _answer(self, card: int, grade: int, day: int) -> None:
        """Grade a card, take its learning steps, and note when it falls due."""
        trail, key = self.trails[card], f"{self.seed}/{card}"
        moment = Moment((day - 719_163) * DAY_MS + DAY_MS // 2, 0)
        advance(self.rules, trail, grade, moment, key)
        while trail.wait is not None:
            advance(self.rules, trail, 3, moment, key)
        days = self._chosen(trail) or interval_within(self.rules, trail.stability, key, trail.reviews - 1)
        self.ratios.append(days / exact_interval(self.rules, trail.stability))
        self.due.setdefault(day + days, []).append((day + days, card))
        self.load.days[day + days] = self.load.days.get(day + days, 0) + 1

    def _chosen(self, trail: Trail) -> int | None:
        if self.how != "load":
            return None
        return chosen_days(self.rules, trail, self.load, self.wishes, self.away if self.announced else ())

    def recall_on(self, day: int) -> float:
        """The mean recall of all cards on a day."""
        return mean(retrievability(self.rules.model, trail.stability, max(0, day - trail.day)) for trail in self.trails)


def lived(how: str, new: int, seed: int, **more: object) -> Learner:
    """A learner after two years."""
    learner = Learner(new, seed, how, **more)  # type: ignore[arg-type]
    learner.live()
    return learner


def variation(counts: list[int]) -> tuple[float, float]:
    """The coefficient of variation, as it is and around the straight line through the counts."""
    middle, half = mean(counts), (len(counts) - 1) / 2
    places = [place - half for place in range(len(counts))]
    slope = sum(place * count for place, count in zip(places, counts, strict=True)) / sum(p * p for p in places)
    rest = [count - slope * place for place, count in zip(places, counts, strict=True)]
    return pstdev(counts) / middle, pstdev(rest) / middle


def figures(learner: Learner) -> tuple[float, ...]:
    """The numbers of one row."""
    last = range(FIRST_DAY + DAYS - YEAR, FIRST_DAY + DAYS)
    counts = [learner.reviews[day] for day in last]
    recall = mean(recall for day in last for recall in learner.recalls.get(day, ()))
    return *variation(counts), mean(counts), recall, mean(learner.ratios), learner.recall_on(FIRST_DAY + DAYS)


def levels(new: int, seeds: int) -> bool:
    """Print how even the days are; whether the goal is met."""
    print(f"{'':8}{'cv':>8}{'cv trend':>10}{'a day':>8}{'recall':>9}{'interval':>10}{'at end':>9}")
    found = {}
    for how in ("exact", "fuzz", "load"):
        rows = [figures(lived(how, new, seed)) for seed in range(seeds)]
        found[how] = row = [mean(column) for column in zip(*rows, strict=True)]
        print(f"{how:8}{row[0]:8.4f}{row[1]:10.4f}{row[2]:8.1f}{row[3]:9.4f}{row[4]:10.4f}{row[5]:9.4f}", flush=True)
    ratio = found["load"][0] / found["exact"][0]
    to_fuzz = found["load"][0] / found["fuzz"][0]
    print(f"least load against exact: {ratio:.2f} (at most {GOAL}); against fuzz: {to_fuzz:.2f}")
    return bool(ratio <= GOAL)


def easy_days(new: int, seeds: int) -> None:
    """Print how much falls on easy days."""
    print(f"\n{'Saturday / Sunday':24}{'share of a weekday':>24}{'recall':>9}{'interval':>10}")
    for name, (saturday, sunday) in {"normal": (1.0, 1.0), "reduced": (0.5, 0.5), "minimum": (0.0, 0.0)}.items():
        wishes, shares, rows = Wishes((*[1.0] * 5, saturday, sunday)), [], []
        for seed in range(seeds):
            learner = lived("load", new, seed, wishes=wishes)
            by_day: Counter[int] = Counter()
            for day in range(FIRST_DAY + DAYS - 364, FIRST_DAY + DAYS):
                by_day[(day - 1) % 7] += learner.reviews[day]
            shares.append((by_day[5] + by_day[6]) / 2 / (sum(by_day[n] for n in range(5)) / 5))
            rows.append(figures(learner))
        print(
            f"{name:24}{mean(shares):24.2f}{mean(r[3] for r in rows):9.4f}{mean(r[4] for r in rows):10.4f}", flush=True
        )


def holiday(new: int, seeds: int) -> None:
    """Print what a holiday of three weeks costs, dumped and spread."""
    away = (Away(FIRST_DAY + 600, FIRST_DAY + 621),)
    usual_day = FIRST_DAY + 599
    print(f"\n{'three weeks away':24}{'usual':>8}{'most':>8}{'recall, 4 weeks':>18}{'reviews':>9}{'at end':>9}")
    for name, more in {
        "all at once": {"spread": False, "announced": False},
        "spread": {"announced": False},
        "spread, told before": {},
    }.items():
        rows = []
        for seed in range(seeds):
            learner = lived("load", new, seed, away=away, **more)
            after = range(away[0].until, away[0].until + 28)
            usual = mean(learner.reviews[day] for day in range(usual_day - 27, usual_day + 1))
            recall = mean(recall for day in after for recall in learner.recalls.get(day, ()))
            reviews = sum(learner.reviews[day] for day in range(away[0].until, FIRST_DAY + DAYS))
            most = max(learner.reviews[day] for day in after)
            rows.append((usual, most, recall, reviews, learner.recall_on(FIRST_DAY + DAYS)))
        row = [mean(column) for column in zip(*rows, strict=True)]
        print(f"{name:24}{row[0]:8.1f}{row[1]:8.1f}{row[2]:18.4f}{row[3]:9.0f}{row[4]:9.4f}", flush=True)


def main() -> int:
    """Simulate and print; 1 when the days are not as even as they should be."""
    new, seeds = (int(word) for word in (*sys.argv[1:], *("10", "3")[len(sys.argv) - 1 :]))
    met = levels(new, seeds)
    easy_days(new, seeds)
    holiday(new, seeds)
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
