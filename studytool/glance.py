"""What the first screen tells at a glance, from few rows of the log: how long today will take, the last quiz, the year.

Nothing here needs numpy, or more of the log than its end: a start would wait for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.memory import Memory, Moment, Overview, Store

YEAR = 364
"""Days of the calendar: 52 weeks."""
_LONGEST_MS = 120_000  # an answer that took longer counts as two minutes, as in the statistics
_SITTING_MS = 12 * 3_600_000
_PRIOR_CARDS = 20
_NEW, _KNOWN = 27.0, 11.0
_ROWS, _ANSWERS = 20_000, 600
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
        seconds = (seen.due + seen.learning) * self.known + seen.new * self.new
        return math.ceil(seconds / 60)


@dataclass(frozen=True, slots=True)
class LastQuiz:
    """The quiz that was answered last."""

    right: int
    asked: int
    day: int
    """The learner's day, a `date` ordinal."""


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


def answered_today(store: Store, memory: Memory, moment: Moment) -> int:
    """How much was answered on the learner's day: cards, and questions and crammed cards that count for no schedule."""
    from studytool.memory import Moment

    rollover = memory.rules.rollover
    today = moment.day(rollover)
    if today not in memory.attempted():
        return memory.answered(today)
    found = store.query(
        "SELECT id, ms, offset, kind, json_extract(payload, '$.attempt') FROM events "
        "WHERE rowid > (SELECT MAX(rowid) FROM events) - ? AND ms > ? AND json_valid(payload) AND (kind = 'attempt' "
        "OR kind = 'review' AND json_extract(payload, '$.attempt') IS NOT NULL)",
        (_ROWS, moment.ms - _TWO_DAYS_MS),
    )
    counted = {attempt for id_, _, _, kind, attempt in found if kind == "review" and memory.stands(id_)}
    alone = (
        id_
        for id_, ms, offset, kind, _ in found
        if kind == "attempt" and id_ not in counted and Moment(ms, offset).day(rollover) == today
    )
    return memory.answered(today) + sum(map(memory.stands, alone))


def last_quiz(store: Store, memory: Memory, rollover: int) -> LastQuiz | None:
    """The last quiz in the log, if it is not too far back: questions with one seed and no long pause between them."""
    from studytool.memory import Moment

    if not memory.attempted():
        return None
    found = store.query(
        "SELECT ms, offset, COALESCE(card, json_extract(payload, '$.prompt')), json_extract(payload, '$.seed'), "
        "json_extract(payload, '$.verdict') = 'right' OR json_extract(payload, '$.overruled') FROM events "
        "WHERE rowid > (SELECT MAX(rowid) FROM events) - ? AND kind = 'attempt' AND json_valid(payload) "
        "AND json_extract(payload, '$.exam') IS NULL "  # an exam tells nothing before it is handed in
        "AND json_extract(payload, '$.seed') IS NOT NULL "  # what is crammed, or predicted in a demo, is no quiz
        f"ORDER BY {_LAST_FIRST} LIMIT 500",
        (_ROWS,),
    )
    if not found:
        return None
    right: dict[str, bool] = {}  # what was said of a question last counts: the learner may have overruled its mark
    (last, offset, _, seed, _), before = found[0], found[0][0]
    for ms, _, asked, of, good in found:
        if of != seed or before - ms > _QUIZ_GAP_MS:
            break
        before = ms
        right.setdefault(asked, bool(good))
    return LastQuiz(sum(right.values()), len(right), Moment(last, offset).day(rollover))


def year_of(memory: Memory, today: int) -> list[int]:
    """The answers of each of the last `YEAR` days, today's last."""
    return [memory.answered(day) for day in range(today - YEAR + 1, today + 1)]
