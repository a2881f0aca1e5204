"""What the first screen tells at a glance, from the last rows of the log: how long today will take, the last quiz.

A start waits for all of it, so nothing here needs numpy, or more of the log than its end. There is one exception:
after an import, the answers of today are looked for in the whole log.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from itertools import filterfalse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Generator, Iterable

    from studytool.memory import Memory, Moment, Overview, Store

YEAR = 364
"""Days of the calendar: 52 weeks."""
_LONGEST_MS = 120_000  # an answer that took longer counts as two minutes, as in the statistics
_SITTING_MS = 12 * 3_600_000
_PRIOR_CARDS = 20
_NEW, _KNOWN = 27.0, 11.0
_ROWS, _ANSWERS = 20_000, 600
_PIECE = 5_000
"""So many keys are looked up in one piece: about a millisecond."""
_QUIZ_GAP_MS = 3 * 3_600_000
_TWO_DAYS_MS = 2 * 86_400_000
_LAST_FIRST = "ms DESC, device DESC, sequence DESC, id DESC"  # the log's order: a sync brings older events later


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that a card takes on a day, its learning steps included."""

    new: float = _NEW
    known: float = _KNOWN

    def minutes(self, seen: Overview) -> int:
        """Whole minutes that the cards of today will take; 0 where there are none."""
        seconds = (seen.due + seen.later) * self.known + seen.new * self.new
        return math.ceil(seconds / 60)


@dataclass(frozen=True, slots=True)
class LastQuiz:
    """The quiz that was answered last."""

    right: int
    asked: int
    day: int
    """The learner's day, a `date` ordinal."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a day with the cards of a library."""

    answered: int = 0
    """Answers that count for the schedules of their cards."""
    practised: int = 0
    """Those in quizzes, exams and cramming that do not."""

    def __str__(self) -> str:
        more = f", {self.practised} for practice" if self.practised else ""
        return f"{self.answered} answered today{more}"


def pace_of(answers: Iterable[tuple[str, int, int, bool]]) -> Pace:
    """The pace of the latest answers: (card, UTC ms, ms it took, whether it was the card's first), the newest first.

    The times of a card within half a day are one. Means are drawn to round numbers (`studytool.memory.habits`) as if
    20 cards more had taken those.
    """
    spent: dict[str, list[float]] = {}  # by card: when, seconds, whether it was new then
    done: dict[bool, list[float]] = {True: [], False: []}
    for card, ms, took, first in answers:
        held = spent.get(card)
        if held is not None and held[0] - ms > _SITTING_MS:
            done[bool(held[2])].append(held[1])
            held = None
        if held is None:
            held = spent[card] = [float(ms), 0.0, 0.0]
        held[1] += min(max(took, 0), _LONGEST_MS) / 1000
        held[2] = max(held[2], float(first))
    for _, seconds, first_time in spent.values():
        done[bool(first_time)].append(seconds)
    known, new = (
        (usual * _PRIOR_CARDS + sum(times)) / (_PRIOR_CARDS + len(times))
        for usual, times in ((_KNOWN, done[False]), (_NEW, done[True]))
    )
    return Pace(new, known)


def recent_pace(store: Store) -> Pace:
    """The pace of the last answers in the log; one of round numbers where it cannot be read."""
    found = store.query(
        "SELECT card, ms, json_extract(payload, '$.took_ms'), json_type(payload, '$.text') IS NOT NULL FROM events "
        "WHERE rowid > (SELECT COALESCE(MAX(rowid), 0) FROM events) - ? AND kind = 'review' AND card IS NOT NULL "
        f"AND json_valid(payload) ORDER BY {_LAST_FIRST} LIMIT ?",
        (_ROWS // 10, _ANSWERS),
    )
    return pace_of((card, ms, took, bool(first)) for card, ms, took, first in found if isinstance(took, int) and took)


def done_today(store: Store, memory: Memory, moment: Moment, held: Container[str]) -> Done:
    """What was done on the learner's day with the cards of a library, which are those `held`, by their keys."""
    today = moment.day(memory.rules.rollover)
    in_all = memory.answered(today)
    if not in_all and today not in memory.attempted():
        return Done()
    for rows in (_ROWS // 10, _ROWS, sys.maxsize):
        answers, attempts = _of_day(store, memory, moment, rows)
        if len(answers) >= in_all and (answers or attempts):
            break  # else a log of another machine came in since, or was imported
    is_held = _holding(memory, held)
    seeds = {seed for card, seed, _ in attempts if card and seed is not None and is_held(card)}
    practised = (
        (is_held(card) if card else seed in seeds)  # without a card it is computed by a demo, with a seed in a quiz
        for card, seed, counts in attempts
        if not counts
    )
    return Done(sum(map(is_held, answers)), sum(practised))


def seeing_others(memory: Memory, moment: Moment, held: Container[str], done: Done) -> Generator[None, None, bool]:
    """Whether there was study of other cards than those `held`, in the log or by what was `done` of them today.

    A piece at a time: there may be a hundred thousand to look at.
    """
    today = moment.day(memory.rules.rollover)
    if done == Done() and (memory.answered(today) or today in memory.attempted()):
        return True
    learned, is_held = memory.learned(), None
    for start in range(0, len(learned), _PIECE):
        yield
        for card in filterfalse(held.__contains__, learned[start : start + _PIECE]):
            is_held = is_held or _holding(memory, held)
            if not is_held(card):
                return True
    return False


def _of_day(
    store: Store, memory: Memory, moment: Moment, rows: int
) -> tuple[list[str], list[tuple[str | None, object, bool]]]:
    """The cards of the day's answers among the last rows of the log, and the day's attempts.

    Of these the card, the seed, and whether a schedule counts it, so that an answer tells of it, too.
    """
    from studytool.memory import Moment
    from studytool.memory.events import ANSWERS

    rollover = memory.rules.rollover
    found = store.query(
        "SELECT id, ms, offset, kind, card, json_extract(payload, '$.grade'), json_extract(payload, '$.attempt'), "
        "json_extract(payload, '$.seed'), json_extract(payload, '$.event') FROM events "
        "WHERE rowid > (SELECT MAX(rowid) FROM events) - ? AND ms > ? AND json_valid(payload)",
        (rows, moment.ms - _TWO_DAYS_MS),
    )
    undone = {event for *_, event in found if event is not None}
    found = [row for row in found if row[0] not in undone or memory.stands(row[0])]
    given = [row for row in found if row[3] in ANSWERS and row[5] in (1, 2, 3, 4)]
    counted = {attempt for *_, attempt, _, _ in given}

    def is_today(row: tuple[Any, ...]) -> bool:
        return Moment(row[1], row[2]).day(rollover) == moment.day(rollover)

    asked = (row for row in found if row[3] == "attempt" and is_today(row))
    attempts = [(card, seed, id_ in counted) for id_, _, _, _, card, _, _, seed, _ in asked]
    return [row[4] for row in given if is_today(row)], attempts


def _holding(memory: Memory, held: Container[str]) -> Callable[[str], bool]:
    """Whether a card of the log is one of those `held`, or was edited and goes on as one of them."""
    from studytool.memory.followed import followed

    following = {source: target for source, target, _ in memory.links()}
    return lambda card: followed(card, following, held.__contains__) in held


def last_quiz(store: Store, memory: Memory, rollover: int, held: Container[str]) -> LastQuiz | None:
    """The last quiz over a library with the cards `held`, if it is not too far back in the log.

    Its questions have one seed, and no long pause between them. One that comes again begins the same paper again.
    """
    from studytool.memory import Moment

    if not memory.attempted():
        return None
    found = store.query(
        "SELECT ms, offset, card, json_extract(payload, '$.prompt'), json_extract(payload, '$.seed'), "
        "json_extract(payload, '$.verdict') = 'right', json_extract(payload, '$.overruled') FROM events "
        "WHERE rowid > (SELECT MAX(rowid) FROM events) - ? AND kind = 'attempt' AND json_valid(payload) "
        "AND json_extract(payload, '$.exam') IS NULL "  # an exam tells nothing before it is handed in
        "AND json_extract(payload, '$.seed') IS NOT NULL "  # what is crammed, or predicted in a demo, is no quiz
        f"ORDER BY {_LAST_FIRST} LIMIT 500",
        (_ROWS,),
    )
    is_held = _holding(memory, held)
    seeds = {seed for _, _, card, _, seed, *_ in found if card and is_held(card)}
    found = [row for row in found if (is_held(row[2]) if row[2] else row[4] in seeds)]
    if not found:
        return None
    (last, offset, _, _, seed, *_), before, count = found[0], found[0][0], 0
    for ms, _, _, _, of, *_ in found:
        if of != seed or before - ms > _QUIZ_GAP_MS:
            break
        before, count = ms, count + 1
    right: dict[str, bool] = {}
    for _, _, card, prompt, _, good, overruled in reversed(found[:count]):
        question = card or prompt
        if question in right and not overruled:  # one that is overruled is told twice
            right.clear()
        right[question] = bool(good or overruled)
    return LastQuiz(sum(right.values()), len(right), Moment(last, offset).day(rollover))


def year_of(memory: Memory, today: int) -> list[int]:
    """The answers of each of the last `YEAR` days, today's last, to cards of all libraries."""
    return [memory.answered(day) for day in range(today - YEAR + 1, today + 1)]


def is_untouched(store: Store) -> bool:
    """Whether the learner has done nothing yet: what notes brought along, and what became of it, is all there is.

    Notes bring schedules; answers that were imported from a table are the learner's own.
    """
    if store.query("SELECT 1 FROM events WHERE kind NOT IN ('imported', 'relink') LIMIT 1"):
        return False
    graded = "CASE WHEN json_valid(payload) THEN json_extract(payload, '$.grade') END IS NOT NULL"
    return not store.query(f"SELECT 1 FROM events WHERE kind = 'imported' AND {graded} LIMIT 1")
