"""Does a fit ever make it worse? Learners of many kinds, whom FSRS-6 describes or not, before and after a fit.

    python tests/bench/gate.py [--learners N] [--from SEED]

Each learner answers for a while, is fitted, and goes on. What the fit brings into use is compared with the published
parameters by the log loss of the answers to come, not as they fall but as they are expected to: the learner's own
probability of each is known. Kinds differ in parameters, buttons, schedule, and in what FSRS-6 knows nothing of: cards
and days that differ, cards and learners that change, stabilities that jump, other curves of forgetting.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from learners import DEFAULTS, Cards, Floats, Ints, drawn, recall_after, stability_after, unlike

from studytool.memory.fit.fitting import Fitted, Log, fitted
from studytool.memory.fit.histories import Histories
from studytool.memory.fit.loss import forward
from studytool.memory.fit.prior import HIGHEST, LOWEST
from studytool.memory.fsrs import STABILITY_MAX, STABILITY_MIN
from studytool.memory.pieces import finished

SIZES = (300, 500, 700, 1_000, 1_500, 2_000, 3_000, 6_000, 12_580)


@dataclass(frozen=True, slots=True)
class Kind:
    """How somebody learns; spreads are of logarithms of stability, and of logits for days."""

    base: str
    """The parameters: "published" are the defaults themselves, "near", "half" and "usual" are .2, .5 and 1 published
    spread away, "unlike" more."""
    change: float
    """How far they move, while the log is written, to those of another such learner."""
    buttons: int
    retention: float
    cards_differ: float
    days_differ: float
    cards_change: float
    jumps: float
    """Of stability at each answer, with the heavy tail of Student's t with three degrees of freedom."""
    curve: str
    """"fsrs", "exp", a "heavy" tail, or "slip": 3 % are forgotten, and 3 % recalled, whatever is known."""
    ladder: bool
    """Whether cards come after 1 day, then 2.5 times as long each time, as in SM-2, instead of by FSRS-6."""
    same_day: float
    """How often a repetition on the same day succeeds."""
    days: int


def kind_of(draw: np.random.Generator) -> tuple[Kind, int]:
    """A kind drawn at random, and the number of answers of the log."""

    def one(*of: float) -> float:
        return float(of[draw.integers(len(of))])

    answers = int(draw.choice(SIZES))
    kind = Kind(
        base=str(draw.choice(("published", "near", "near", "half", "usual", "unlike"))),
        change=one(0, 0, 0.35),
        buttons=int(one(2, 4)),
        retention=one(0.8, 0.85, 0.9, 0.93),
        cards_differ=one(0, 0, 0.6, 1),
        days_differ=one(0, 0, 0.4, 0.8),
        cards_change=one(0, 0, 0, 0.2),
        jumps=one(0, 0, 0, 0.3),
        curve=str(draw.choice(("fsrs", "fsrs", "fsrs", "exp", "heavy", "slip"))),
        ladder=bool(draw.random() < 1 / 3),
        same_day=one(0.85, 0.6, 0.98),
        days=max(20, int(answers / draw.choice((15, 30, 66)))),
    )
    return kind, answers


def _parameters(base: str, draw: np.random.Generator) -> Floats:
    if base == "unlike":
        return unlike(draw)
    spread = {"published": 0.0, "near": 0.2, "half": 0.5, "usual": 1.0}[base]
    return drawn(draw, spread) if spread else DEFAULTS.copy()


def _truth(kind: Kind, w: Floats, stability: Floats, days: Ints) -> Floats:
    """The probability of recall after so many days."""
    if kind.curve == "exp":
        return np.asarray(0.9 ** (days / stability))
    if kind.curve == "heavy":
        w = np.append(w[:20], 0.3)
    recall = recall_after(w, stability, days)
    return 0.03 + 0.94 * recall if kind.curve == "slip" else recall


class World:
    """One learner from the first answer on."""

    def __init__(self, kind: Kind, answers: int, draw: np.random.Generator) -> None:
        self.kind, self.answers, self.draw = kind, answers, draw
        self.first, other = _parameters(kind.base, draw), _parameters(kind.base, draw)
        self.last = np.clip(self.first + kind.change * (other - self.first), LOWEST, HIGHEST)
        self.w = self.first
        firsts, grades = draw.dirichlet((2.9, 1.2, 6.6, 1.3)), draw.dirichlet((0.9, 12.6, 1.5))
        if kind.buttons == 2:
            firsts, grades = np.array((firsts[0], 0, firsts[1:].sum(), 0)), np.array((0.0, 1.0, 0.0))
        self.firsts, self.grades = firsts, grades

    def lived(self, total: int) -> tuple[Log, Floats]:
        """The first `total` answers, and the learner's own probability of recall at each; nan where none is counted."""
        kind, draw = self.kind, self.draw
        self.cards, self.gap, self.ease = Cards(total), np.zeros(total), np.full(total, 2.5)
        self.own = kind.cards_differ * draw.standard_normal(total)
        found: list[tuple[Ints, Ints, Floats, int]] = []
        many = known = day = 0
        while many < total:
            day += 1
            if draw.random() < 0.07:
                continue
            moved = min(many / self.answers, 1.0)
            self.w = self.first * (1 - moved) + self.last * moved
            new = np.arange(known, min(known + draw.poisson(max(self.answers / kind.days / 6, 1)), total))
            due = np.flatnonzero((self.cards.due[:known] <= day) & (draw.random(known) > 0.1))
            known += len(new)
            parts = [(*part, day) for part in self._day(due, new, day)]
            found += parts
            many += sum(len(card) for card, *_ in parts)
        columns = [np.concatenate([part[at] for part in found])[:total] for at in range(3)]
        days = np.concatenate([np.full(len(card), day) for card, _, _, day in found])[:total]
        return Log(columns[0], days.astype(np.int64), columns[1].astype(np.int64)), columns[2]

    def _day(self, due: Ints, new: Ints, day: int) -> list[tuple[Ints, Ints, Floats]]:
        draw, cards = self.draw, self.cards
        since = np.maximum(day - cards.last[due], 1)
        recall = np.clip(_truth(self.kind, self.w, cards.real[0, due] * np.exp(self.own[due]), since), 1e-9, 1 - 1e-9)
        logit = np.log(recall / (1 - recall)) + self.kind.days_differ * draw.standard_normal()
        chance = 1 / (1 + np.exp(-logit))
        grade = np.where(draw.random(len(due)) < chance, draw.choice((2, 3, 4), len(due), p=self.grades), 1)
        self._answer(due, grade, day)
        first = draw.choice((1, 2, 3, 4), len(new), p=self.firsts)
        for w, state in ((self.w, cards.real), (DEFAULTS, cards.taken)):
            state[0, new] = w[first - 1]
            state[1, new] = np.clip(w[4] - np.exp(w[5] * (first - 1)) + 1, 1, 10)
        cards.last[new] = day
        card = np.concatenate((due, new))
        mixed = draw.permutation(len(card))
        given, chances = np.concatenate((grade, first)), np.concatenate((chance, np.full(len(new), np.nan)))
        found = [(card[mixed], given[mixed], chances[mixed])]
        again = np.concatenate((due[grade == 1], new[(first == 1) | (first == 3)]))
        while len(again):
            grade = np.where(draw.random(len(again)) < self.kind.same_day, 3, 1)
            self._answer(again, grade, day)
            found.append((again, grade, np.full(len(again), np.nan)))
            again = again[grade == 1]
        self._schedule(card, day)
        return found

    def _answer(self, at: Ints, grade: Ints, day: int) -> None:
        kind, draw, cards = self.kind, self.draw, self.cards
        days = day - cards.last[at]
        for w, state in ((self.w, cards.real), (DEFAULTS, cards.taken)):
            stability = stability_after(w, state[0, at], state[1, at], days, grade)
            if state is cards.real and kind.jumps:
                stability *= np.exp((days > 0) * np.clip(kind.jumps * draw.standard_t(3, len(at)), -3, 3))
            state[0, at] = np.clip(stability, STABILITY_MIN, STABILITY_MAX)
            damped = state[1, at] - (10 - state[1, at]) * w[6] * (grade - 3) / 9
            state[1, at] = np.clip(w[7] * (w[4] - np.exp(3 * w[5]) + 1) + (1 - w[7]) * damped, 1, 10)
        self.own[at] += kind.cards_change * draw.standard_normal(len(at)) * (days > 0)
        longer = np.where(self.gap[at] == 0, 1, np.maximum(self.gap[at] + 1, self.gap[at] * self.ease[at]))
        self.gap[at] = np.where(grade == 1, 0, longer)
        self.ease[at] = np.maximum(1.3, self.ease[at] - 0.2 * (grade == 1))
        cards.last[at] = day

    def _schedule(self, at: Ints, day: int) -> None:
        decay, draw = DEFAULTS[20], self.draw
        factor = (self.kind.retention ** (-1 / decay) - 1) / (0.9 ** (-1 / decay) - 1)
        exact = self.gap[at] if self.kind.ladder else self.cards.taken[0, at] * factor
        days = np.clip(np.rint(exact), 1, STABILITY_MAX)
        spread = np.where(days < 3, 1.0, draw.uniform(0.88, 1.12, len(at)))
        late = (draw.random(len(at)) < 0.05) * draw.integers(0, 10, len(at))
        self.cards.due[at] = day + np.maximum(np.rint(days * spread), 1).astype(np.int64) + late


def expected(at: Histories, chance: Floats, weights: Floats) -> Floats:
    """The log loss that each answer that counts is expected to have by `weights`, where `chance` is by row."""
    way, own = forward(at, weights), chance[at.row[at.counted]]
    found: Floats = -(own * np.log(way.recall) + (1 - own) * np.log(way.forgetting))
    return found


def measured(seed: int) -> tuple[Kind, Fitted, Floats] | None:
    """A learner, what the fit found, and the loss of what is to come: published, in use, fitted; None without a fit.

    The first row is of as many answers as the log has, the second of 4,000 and more.
    """
    draw = np.random.default_rng([20, seed])
    kind, answers = kind_of(draw)
    log, chance = World(kind, answers, draw).lived(answers + max(4_000, answers))
    found = finished(fitted(log.before(answers)))
    if not found.tested:
        return None
    at = log.histories()
    row = at.row[at.counted]
    three = [expected(at, chance, np.array(weights)) for weights in (DEFAULTS, found.weights, found.fit)]
    parts = [(row >= answers) & (row < end) for end in (2 * answers, len(log.card))]
    return kind, found, np.array([[loss[part].mean() for loss in three] for part in parts])


def over_lives(seed: int, found: Fitted, lives: int = 60) -> list[tuple[float, float]]:
    """How much more is lost in use than by the published parameters, on average over other lives of a learner.

    Each life begins anew, with the same parameters and other draws; with the standard error of the mean, for both rows
    of `measured`. What is left of one life's chance (which cards were drawn, how they changed) falls away.
    """
    draw = np.random.default_rng([20, seed])
    kind, answers = kind_of(draw)
    world, means = World(kind, answers, draw), []
    for life in range(lives):
        world.draw = np.random.default_rng([21, seed, life])
        log, chance = world.lived(answers + max(4_000, answers))
        at = log.histories()
        row = at.row[at.counted]
        more = expected(at, chance, np.array(found.weights)) - expected(at, chance, DEFAULTS)
        means.append([more[(row >= answers) & (row < end)].mean() for end in (2 * answers, len(log.card))])
    each = np.array(means)
    return list(zip(each.mean(0).tolist(), (each.std(0, ddof=1) / lives**0.5).tolist(), strict=True))


def main() -> int:
    """Measure and print; 1 where somebody is worse off by more than chance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=1_000)
    parser.add_argument("--from", type=int, default=1_000, dest="first", help="the first seed")
    args = parser.parse_args()
    rows, worse, proven, least = [], [0, 0], [0, 0], np.full(2, np.inf)
    for seed in range(args.first, args.first + args.learners):
        if (one := measured(seed)) is None:
            continue
        kind, found, loss = one
        rows.append((found.reviews, found.adopted, loss[0, 0] - loss[0, 1], loss[0, 0] - loss[0, 2]))
        if found.adopted:
            least = np.minimum(least, loss[:, 0] - loss[:, 1])
        for at, (when, (was, used, _)) in enumerate(zip(("soon", "in the long run"), loss.tolist(), strict=True)):
            if found.adopted and used > was + 1e-12:
                worse[at] += 1
                told = f"worse by {used - was:.5f} {when}: seed {seed}, {found.reviews} answers"
                mean, error = over_lives(seed, found)[at]
                proven[at] += mean > 2 * error
                print(f"{told}, over other lives {mean:.5f} ± {error:.5f}, {found.gain}, {kind}", flush=True)
    for low, high in ((300, 1_000), (1_000, 3_000), (3_000, 20_000), (300, 20_000)):
        some = np.array([row for row in rows if low <= row[0] < high])
        if not len(some):
            continue
        print(f"{low:>6} to {high:>6} answers: {len(some)} learners, adopted {some[:, 1].sum():.0f}", end="")
        kept = some[:, 2].mean() / some[:, 3].mean()
        print(f", gain in use {some[:, 2].mean():.4f}, of the whole fit by all {some[:, 3].mean():.4f}", end="")
        print(f", {kept:.0%} of that", end="")
        print(f" (worse for {(some[:, 3] < 0).sum()}, by up to {-some[:, 3].min():.4f})")
    print(f"adopted and worse than the published parameters: {worse[0]} soon, {worse[1]} in the long run")
    print(f"the least gain of an adopted fit: {least[0]:.4f} soon, {least[1]:.4f} in the long run")
    print(f"over other lives by more than twice its error: {proven[0]} soon, {proven[1]} in the long run")
    return 1 if any(proven) else 0


if __name__ == "__main__":
    raise SystemExit(main())
