"""FSRS-6 over many cards at once: the k-th answer of every card in one step, with the formulas of `fsrs` in arrays.

Cards are ranked by how many answers they have, so that those with a k-th answer are always the first ones; answers lie
level by level (all first answers, all second ones, …), each level in the order of the ranks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory import fsrs
from studytool.memory.events import Moment
from studytool.memory.imported import taken_over
from studytool.memory.schedule import Phase, Rules, State, answered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews

    Floats = NDArray[np.float64]

PHASES: tuple[Phase, ...] = ("learning", "review", "relearning")
"""What the codes 1, 2, 3 mean; 0 is a card that was never answered."""
NEW, LEARNING, REVIEW, RELEARNING = range(4)

_FIRST, _SAME_DAY, _FORGOTTEN, _RECALLED = range(4)
_FEW = 24  # below so many cards a step in arrays costs more than one card after the other


@dataclass(frozen=True, slots=True)
class Cards:
    """What the answers of each card have come to: arrays by the number of the card, 0 or nan where it has none."""

    stability: NDArray[np.float64]
    difficulty: NDArray[np.float64]
    phase: NDArray[np.int8]
    """See `PHASES`."""
    step: NDArray[np.int16]
    reviews: NDArray[np.int32]
    lapses: NDArray[np.int32]
    wait: NDArray[np.int64]
    """Milliseconds of the learning step that follows; -1 where an interval in days does."""
    given: NDArray[np.int32]
    """Days until it falls due as another program has set them, 0 where none has."""
    row: NDArray[np.int64]
    """The card's last answer, -1 where it has none."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What lock-step replay finds: arrays by row of the `Reviews`, and the states that the cards end in."""

    elapsed: NDArray[np.int32]
    """Days of the learner's calendar since the card's answer before; 0 for a first one or where a clock went back."""
    stability: NDArray[np.float64]
    """Before the answer, in days; nan for a first one."""
    difficulty: NDArray[np.float64]
    """Before the answer; nan for a first one."""
    recall: NDArray[np.float64]
    """The probability of recall that was predicted; nan for a first answer or one on the same day."""
    phase: NDArray[np.int8]
    """Before the answer; see `PHASES`."""
    number: NDArray[np.int32]
    """Which of the card's answers it is, from 1."""
    forgotten: NDArray[np.int32]
    """How often the card had been forgotten on a later day before the answer."""
    cards: Cards


@dataclass(frozen=True, slots=True)
class Levels:
    """Where each answer lies level by level."""

    counts: NDArray[np.int64]
    """Answers by rank, falling."""
    ranked: NDArray[np.int64]
    """The card of each rank."""
    rank: NDArray[np.int32]
    """The rank of each card."""
    starts: NDArray[np.int64]
    """Where each level begins, and the end of the last."""
    rows: NDArray[np.int64]
    """The row of each place."""
    elapsed: NDArray[np.int32]
    """Whole days since the answer before, not below 0, by place."""

    @property
    def spans(self) -> Iterator[tuple[int, int]]:
        """The places of each level: its first, and that after its last."""
        return pairwise(self.starts.tolist())


def replayed(reviews: Reviews, model: fsrs.Model, rules: Rules | None = None) -> Replayed:
    """Replay the answers under `model`. Of `rules`, by default the usual ones, only the learning steps count."""
    rules = rules or Rules()
    levels = levelled(reviews)
    size = len(reviews)
    stability, difficulty, recall = (np.full(size, np.nan) for _ in range(3))
    memory = _memory(reviews, model, levels, stability, difficulty, recall)
    before, phases = _phases(reviews, rules, levels)
    by_row = np.empty(size, np.int64)
    by_row[levels.rows] = np.arange(size)
    return Replayed(
        elapsed=levels.elapsed[by_row],
        stability=stability[by_row],
        difficulty=difficulty[by_row],
        recall=recall[by_row],
        phase=before[by_row],
        number=np.repeat(np.arange(1, len(levels.starts), dtype=np.int32), np.diff(levels.starts))[by_row],
        forgotten=_forgotten(levels, (reviews.grade[levels.rows] == 1) & np.isfinite(recall))[by_row],
        cards=_by_card(reviews, rules, levels, memory, phases),
    )


def _forgotten(levels: Levels, now: NDArray[np.bool_]) -> NDArray[np.int32]:
    """By place, how many answers of the same card before it `now` marks."""
    before, so_far = np.empty(len(now), np.int32), np.zeros(len(levels.ranked), np.int32)
    for begin, end in levels.spans:
        before[begin:end] = so_far[: end - begin]
        so_far[: end - begin] += now[begin:end]
    return before


def states(reviews: Reviews, model: fsrs.Model, rules: Rules | None = None) -> Cards:
    """Only what the cards end in, as `replayed` has it."""
    return ended(reviews, model, rules or Rules())[0]


def ended(reviews: Reviews, model: fsrs.Model, rules: Rules) -> tuple[Cards, NDArray[np.int8]]:
    """What the cards end in, and the phase before each answer by row."""
    levels = levelled(reviews)
    memory = _memory(reviews, model, levels, None, None, None)
    before, phases = _phases(reviews, rules, levels)
    by_row = np.empty(len(reviews), np.int8)
    by_row[levels.rows] = before
    return _by_card(reviews, rules, levels, memory, phases), by_row


def levelled(reviews: Reviews) -> Levels:
    """Sort the answers into levels; the order of each card's own ones stays."""
    card = reviews.card
    counts = np.bincount(card, minlength=len(reviews.keys))
    ranked = np.argsort(-counts, kind="stable")
    rank = np.empty(len(ranked), np.int32)
    rank[ranked] = np.arange(len(ranked), dtype=np.int32)
    counts = counts[ranked]
    ranks = rank[card]
    together = sorted_by(ranks)  # the rows of each card together, cards by rank
    begins = np.cumsum(counts) - counts
    ranks = ranks[together]
    number = np.arange(len(card)) - begins[ranks]  # 0 for a card's first answer
    starts = np.concatenate(([0], np.cumsum(np.bincount(number)))) if len(card) else np.zeros(1, np.int64)
    place = starts[number] + ranks
    rows = np.empty(len(card), np.int64)
    rows[place] = together
    day = reviews.day[together]
    gap = np.zeros(len(card), np.int32)
    np.maximum(day[1:] - day[:-1], 0, out=gap[1:])
    gap[number == 0] = 0
    elapsed = np.empty(len(card), np.int32)
    elapsed[place] = gap
    return Levels(counts, ranked, rank, starts, rows, elapsed)


def sorted_by(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
    """A stable `argsort` of numbers from 0, by their lower and then their upper 16 bits: numpy sorts those by radix."""
    found = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    upper = (numbers >> 16).astype(np.uint16)
    if upper.any():
        found = found[np.argsort(upper[found], kind="stable")]
    return found


def _memory(
    reviews: Reviews,
    model: fsrs.Model,
    levels: Levels,
    stability: Floats | None,
    difficulty: Floats | None,
    recall: Floats | None,
) -> tuple[Floats, Floats]:
    """Stability and difficulty by rank; where arrays by place are given, what there was before each answer too."""
    grades = reviews.grade[levels.rows]
    s, d = np.full(len(levels.ranked), np.nan), np.full(len(levels.ranked), np.nan)
    with np.errstate(over="ignore"):
        for level, (begin, end) in enumerate(levels.spans):
            many = end - begin
            grade, gap = grades[begin:end], levels.elapsed[begin:end]
            before_s, before_d = s[:many], d[:many]
            if stability is not None and difficulty is not None:
                stability[begin:end], difficulty[begin:end] = before_s, before_d
            into = recall[begin:end] if recall is not None else np.empty(many)
            if level == 0:
                s[:many], d[:many] = _firsts(reviews, model, grade, levels.rows[:end])
            elif many < _FEW:
                _one_by_one(model, before_s, before_d, gap, grade, into)
            else:
                s[:many], d[:many] = _stepped(model, before_s, before_d, gap, grade, into)
    return s, d


def _firsts(
    reviews: Reviews, model: fsrs.Model, grades: NDArray[np.int8], rows: NDArray[np.int64]
) -> tuple[Floats, Floats]:
    known = np.array([(np.nan, np.nan), *(fsrs.first(model, grade) for grade in (1, 2, 3, 4))])[grades]
    rules = Rules(rollover=reviews.rollover, model=model)
    for place in np.flatnonzero(grades == 0):
        row = int(rows[place])
        trail = taken_over(rules, reviews.schedules[row], _moment(reviews, row), "")
        known[place] = trail.stability, trail.difficulty
    return known[:, 0], known[:, 1]


def _moment(reviews: Reviews, row: int) -> Moment:
    return Moment(int(reviews.ms[row]), int(reviews.offset[row]))


def _one_by_one(
    model: fsrs.Model, s: Floats, d: Floats, gaps: NDArray[np.int32], grades: NDArray[np.int8], recall: Floats
) -> None:
    for at, (gap, grade) in enumerate(zip(gaps.tolist(), grades.tolist(), strict=True)):
        if gap:
            recall[at] = fsrs.retrievability(model, float(s[at]), gap)
        s[at], d[at] = fsrs.step(model, float(s[at]), float(d[at]), gap, grade)


def _stepped(
    model: fsrs.Model, s: Floats, d: Floats, gap: NDArray[np.int32], grade: NDArray[np.int8], recall: Floats
) -> tuple[Floats, Floats]:
    """Stability and difficulty after one answer to each of many cards; `recall` is filled in."""
    w = model.weights
    forgotten = grade == 1
    same_day = gap < 1
    changed = np.empty(len(s))
    if (at := np.flatnonzero(same_day)).size:
        changed[at] = _same_day(w, s[at], grade[at])
    later = ~same_day
    if (at := np.flatnonzero(later)).size:
        recall[at] = (1 + model.factor * gap[at] / s[at]) ** model.decay
    if (at := np.flatnonzero(later & forgotten)).size:
        changed[at] = _after_forgetting(w, s[at], d[at], recall[at])
    if (at := np.flatnonzero(later & ~forgotten)).size:
        changed[at] = _after_recall(w, s[at], d[at], recall[at], grade[at])
    np.minimum(np.maximum(changed, fsrs.STABILITY_MIN, out=changed), fsrs.STABILITY_MAX, out=changed)
    return changed, _next_difficulty(w, d, grade)


def _same_day(w: tuple[float, ...], s: Floats, grade: NDArray[np.int8]) -> Floats:
    growth = np.array([exp(w[17] * (g - 3 + w[18])) for g in range(5)])[grade] * s ** -w[19]
    found: Floats = s * np.where(grade == 1, growth, np.maximum(growth, 1.0))
    return found


def _after_forgetting(w: tuple[float, ...], s: Floats, d: Floats, recall: Floats) -> Floats:
    left = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * np.exp((1 - recall) * w[14])
    return np.minimum(left, s / exp(w[17] * w[18]))


def _after_recall(w: tuple[float, ...], s: Floats, d: Floats, recall: Floats, grade: NDArray[np.int8]) -> Floats:
    growth = exp(w[8]) * (11 - d) * s ** -w[9] * (np.exp((1 - recall) * w[10]) - 1)
    growth *= np.array((1.0, 1.0, w[15], 1.0, w[16]))[grade]
    found: Floats = s * (1 + growth)
    return found


def _next_difficulty(w: tuple[float, ...], d: Floats, grade: NDArray[np.int8]) -> Floats:
    easy = w[4] - exp(w[5] * 3) + 1
    damped = d + (10.0 - d) * np.array([-w[6] * (g - 3) for g in range(5)])[grade] / 9.0
    found: Floats = np.minimum(np.maximum(w[7] * easy + (1 - w[7]) * damped, 1.0), 10.0)
    return found


@dataclass(frozen=True, slots=True)
class _Steps:
    """The learning steps as tables: what each grade makes of each phase and step, which have one code together."""

    coded: list[tuple[int, int]]
    """Phase and step of each code; 0 is a new card, 1 one in review."""
    following: NDArray[np.int8]
    """The code after an answer, by `code * 5 + grade`."""
    wait: NDArray[np.int64]
    """The milliseconds to wait then, -1 where an interval in days follows."""


def _steps(rules: Rules) -> _Steps:
    learning = [(LEARNING, step) for step in range(max(len(rules.learning_steps), 1))]
    relearning = [(RELEARNING, step) for step in range(len(rules.relearning_steps))]
    coded = [(NEW, 0), (REVIEW, 0), *learning, *relearning]
    following, wait = np.zeros(5 * len(coded), np.int8), np.full(5 * len(coded), -1, np.int64)
    for code, (phase, step) in enumerate(coded):
        following[5 * code] = 1
        named = PHASES[max(phase, LEARNING) - 1]
        state = State(1.0, 5.0, 0, 0, 1, 0, named, step, 0, 0, rules)
        for grade in (1, 2, 3, 4):
            after = answered(rules, state, grade, Moment(0, 0), "")
            following[5 * code + grade] = coded.index((PHASES.index(after.phase) + 1, after.step))
            if after.phase != "review":
                wait[5 * code + grade] = after.due
    return _Steps(coded, following, wait)


def _phases(
    reviews: Reviews, rules: Rules, levels: Levels
) -> tuple[NDArray[np.int8], tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int32]]]:
    """The phase before each answer by place; by rank the code of phase and step at the end, the wait, and lapses."""
    steps = _steps(rules)
    grades = reviews.grade[levels.rows]
    before = np.empty(len(grades), np.int8)
    codes = np.zeros(len(levels.ranked), np.int8)
    entries = np.zeros(len(levels.ranked), np.int16)
    lapses = np.zeros(len(levels.ranked), np.int32)
    for begin, end in levels.spans:
        code, grade = codes[: end - begin], grades[begin:end]
        before[begin:end] = code
        entry = code * np.int16(5) + grade
        entries[: end - begin] = entry
        lapses[: end - begin] += entry == 6  # in review, and "again"
        codes[: end - begin] = steps.following[entry]
    phase_of = np.array([phase for phase, _ in steps.coded], np.int8)
    return phase_of[before], (codes, steps.wait[entries], lapses)


def _by_card(
    reviews: Reviews,
    rules: Rules,
    levels: Levels,
    memory: tuple[Floats, Floats],
    phases: tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int32]],
) -> Cards:
    codes, wait, lapses = phases
    coded = np.array(_steps(rules).coded, np.int16)[codes]
    answered_at_all = levels.counts > 0
    row = np.full(len(codes), -1, np.int64)
    row[answered_at_all] = levels.rows[
        levels.starts[levels.counts[answered_at_all] - 1] + np.flatnonzero(answered_at_all)
    ]
    given = np.zeros(len(codes), np.int32)
    for one in np.flatnonzero((levels.counts == 1) & (reviews.grade[row] == 0) if len(reviews) else []):
        last = int(row[one])
        trail = taken_over(rules, reviews.schedules[last], _moment(reviews, last), "")
        given[one] = trail.given or 0
    rank = levels.rank
    return Cards(
        stability=memory[0][rank],
        difficulty=memory[1][rank],
        phase=coded[:, 0][rank].astype(np.int8),
        step=coded[:, 1][rank],
        reviews=levels.counts[rank].astype(np.int32),
        lapses=lapses[rank],
        wait=np.where(answered_at_all, wait, -1)[rank],
        given=given[rank],
        row=row[rank],
    )
