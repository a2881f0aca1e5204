"""The exam that the settings name: its day, its cards, and how urgent each of them is today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError, UsageError
from studytool.settings import place_of
from studytool.text import one_line
from studytool.topics_named import topics_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from studytool.desk import Request
    from studytool.desk.sittings import Sittings
    from studytool.figures import Figures
    from studytool.memory import Moment
    from studytool.notes.model import Library
    from studytool.settings import Settings

USUAL_MINUTES = 20.0
"""Minutes a day that are counted on where neither the settings nor the log say how many there are."""

_LEAST_MINUTES = 5.0  # a log that has hardly begun says too little

_LIKE = 60
"""Per cent by which a topic must be like what is probably its name with a slip."""
_MONTH = 30
"""Days to an exam where one is shown how to set it."""


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam on a day."""

    name: str
    day: int
    """A `date` ordinal."""
    left: int
    """Days from today to it; less than 0 when it is over."""

    @property
    def date(self) -> str:
        """The day as 2026-12-15."""
        from datetime import date

        return date.fromordinal(self.day).isoformat()

    @property
    def when(self) -> str:
        """ "in 24 days", "tomorrow", "today", "3 days ago"."""
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(self.left)
        return near or (f"in {self.left} days" if self.left > 0 else f"{-self.left} days ago")


def exam_of(settings: Settings, today: int) -> Exam | None:
    """The exam of the settings as seen from the learner's day `today`; None where there is none."""
    if not settings.exam:
        return None
    from datetime import date

    day = date.fromisoformat(settings.exam).toordinal()
    return Exam(one_line(settings.exam_name) or "Exam", day, day - today)


def members(
    syllabus: Sequence[str],
    cards: Sequence[tuple[str, str]],
    search: Callable[[str], Collection[str]] | None = None,
    missed: list[str] | None = None,
    place: str = "",
) -> set[str]:
    """The keys of `cards`, pairs of key and topic, that a syllabus names; of all where it names nothing.

    An item is a topic's name, in capitals or not, or else a search with a field (`tag:exam`) or words in quotes, for
    which `search` returns keys: a slip in a topic's name is not searched for. A sentence about each item that is
    neither, or that finds nothing, is added to `missed`; `place` is the file with the line. Raises `UsageError` with
    these sentences where no card is found at all.
    """
    if not syllabus:
        return {key for key, _ in cards}
    by_topic: dict[str, set[str]] = {}
    for key, topic in cards:
        by_topic.setdefault(topic, set()).add(key)
    there = {key for key, _ in cards}
    found: set[str] = set()
    none = []
    for item in syllabus:
        meant = topics_meant(item, by_topic)
        named = set[str]().union(*map(by_topic.__getitem__, meant))
        if not meant and search is not None and _is_search(item) and not unread(item):
            named = there & set(search(item))
        if not named:
            none.append(item)
        found |= named
    told = _unknown(none, (topic for _, topic in cards), place)
    if not found:
        raise UsageError(" ".join(told))
    if missed is not None:
        missed += told
    return found


def topics_asked(syllabus: Sequence[str], topics: Collection[str]) -> list[str]:
    """The topics that a syllabus names; none where it names searches too, or nothing that is there."""
    if any(map(_is_search, syllabus)):
        return []
    there = dict.fromkeys(topics)
    wanted = {topic for item in syllabus for topic in topics_meant(item, there)}
    return [topic for topic in there if topic in wanted]


def unread(item: str) -> str:
    """Why an item of a syllabus is no search, where it is written as one; else nothing."""
    try:
        check_searches([item])
    except UsageError as error:
        return str(error)
    return ""


def check_searches(syllabus: Iterable[str]) -> None:
    """Raise `QueryError` for the first search among the items of a syllabus that is none."""
    from studytool.search import parse

    for item in filter(_is_search, syllabus):
        parse(item)


def slips(settings: Settings, topics: Collection[str], root: Path | None = None) -> list[str]:
    """Sentences about what the syllabus of an exam names that is neither a topic nor a search: slips, most likely.

    Where nothing of it is there, it is of other notes; then only what is nearly a topic of these is told. The settings
    are those of the library at `root`.
    """
    if not settings.exam or not settings.syllabus:
        return []
    named = [item for item in settings.syllabus if not _is_search(item)]
    none = [item for item in named if not topics_meant(item, topics)]
    is_here = len(named) < len(settings.syllabus) or len(none) < len(named)
    if not is_here:
        none = [item for item, close in zip(none, _close(none, topics), strict=True) if close]
    return _unknown(none, topics, place_of("syllabus", root) if none else "")


def _is_search(item: str) -> bool:
    return ":" in item or '"' in item


def _unknown(items: Sequence[str], topics: Iterable[str], place: str) -> list[str]:
    """A sentence about each item of a syllabus that finds nothing, with the topic that was meant, most likely."""
    where = f"{place}: " if place else ""
    told = []
    for item, close in zip(items, _close(items, topics), strict=True):
        hint = f"There is {close}." if close else "`studytool due` lists the topics."
        told.append(f"{where}`syllabus` names {one_line(item, 60)}, and no card is found by that. {hint}")
    return told


def _close(items: Sequence[str], topics: Iterable[str]) -> list[str]:
    """The topic that each item is nearly; empty for none."""
    if not items:
        return []
    from rapidfuzz import fuzz, process  # 10 ms, and most syllabuses have no slip

    by_name = {one_line(topic).casefold(): one_line(topic) for topic in set(topics)}
    names = sorted(by_name)
    near = (
        process.extractOne(one_line(item).casefold(), names, scorer=fuzz.ratio, score_cutoff=_LIKE) for item in items
    )
    return [by_name[found[0]] if found else "" for found in near]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an exam makes of today: a priority for the queue, and the cards to ask in order.

    Once the day has come it is empty, and the everyday schedule holds.
    """

    exam: Exam
    gains: Mapping[str, float]
    """What asking a card of the syllabus today adds to its recall on the exam's day, a second; without those answered
    today."""
    seconds: Mapping[str, float]
    """What each of them is expected to take."""
    missed: tuple[str, ...] = ()
    """Sentences about what the syllabus names that finds no card."""

    def of(self, key: str, state: object = None) -> float:
        """The larger the sooner; what the exam does not ask comes after all that it asks."""
        return self.gains.get(key, -1.0)

    def why(self, key: str) -> str:
        """ "Finals in 24 days" for a card of the syllabus, else nothing."""
        return f"{self.exam.name} {self.exam.when}" if key in self.gains else ""

    def cards(self, minutes: float) -> list[str]:
        """The cards to ask today, in order, due or not: as many as are expected to fit, and that add anything."""
        found, left = [], minutes * 60
        for key in sorted(self.gains, key=lambda each: -self.gains[each]):
            if left <= 0 or self.gains[key] <= 0:
                break
            found.append(key)
            left -= self.seconds[key]
        return found


def plan(seen: Figures, exam: Exam, syllabus: Collection[str], minutes: float) -> Plan:
    """Plan today for an exam, with `minutes` on each day until then; `syllabus` are the keys of its cards."""
    if exam.left <= 0:
        return Plan(exam, {}, {})
    import numpy as np

    from studytool.memory.deadline import days_before, expected_seconds, gains

    deck, habits, model = seen.deck(), seen.habits(), seen.rules.model
    days = days_before(exam.left, away=seen.away)
    at = np.array([number for number, key in enumerate(seen.keys) if key in syllabus], np.int64)
    deck = deck.chosen(at)
    gain = gains(model, habits, deck.stability, deck.difficulty, -deck.last, exam.left, minutes, days)
    seconds = expected_seconds(model, habits, deck.stability, -deck.last)
    keys = [seen.keys[number] for number in at.tolist()]
    told = list(zip(keys, gain.tolist(), seconds.tolist(), strict=True))
    return Plan(
        exam,
        {key: worth for key, worth, _ in told if worth != -np.inf},
        {key: long for key, _, long in told},
    )


def none_to_come(exam: Exam | None) -> str:
    """Why there is no exam to study for: none is set, or it is over."""
    return "No exam is set." if exam is None else f"{exam.name} {'was' if exam.left else 'is'} {exam.when}."


def agenda(desk: Sittings, moment: Moment) -> tuple[Plan, list[str]]:
    """The plan for today and the cards that are left of it, in order: as many as fit into the minutes not spent yet.

    Raises `UsageError` where the settings name no exam to come, `StudytoolError` where nothing is left for today.
    """
    settings = desk.request.settings
    exam = exam_of(settings, moment.day(desk.memory.rules.rollover))
    if exam is None or exam.left <= 0:
        from datetime import date

        day = date.fromordinal(moment.day(desk.memory.rules.rollover) + _MONTH)
        sets = f"`exam = {day}` in studytool.toml, in the folder of your notes, sets one for that day."
        raise UsageError(none_to_come(exam), sets)
    from studytool.figures import figures

    seen = figures(desk, moment)
    cards = [(candidate.key, candidate.topic) for candidate in desk.candidates()]
    missed: list[str] = []
    place = place_of("syllabus", desk.request.exam_library)
    asked = members(settings.syllabus, cards, lambda query: desk.search(query, moment), missed, place)
    minutes = minutes_until(seen, settings)
    planned = replace(plan(seen, exam, asked, minutes), missed=tuple(missed))
    spent = float(seen.reviews.took[seen.reviews.day == seen.today].sum()) / 60_000
    keys = [key for key in planned.cards(minutes - spent) if not desk.memory.out(key, seen.today)]
    if not keys:
        told = f"The {minutes:g} minutes of today are spent" if spent >= minutes else "Nothing is to be gained today"
        raise StudytoolError(f"{told}: {exam.name} {exam.when}.", "`studytool forecast` shows what to expect of it.")
    return planned, keys


def agenda_beside(request: Request, library: Library, moment: Moment) -> tuple[Plan, list[str]]:
    """The same over a log of its own, for a thread: see `beside`."""
    from studytool.desk.sittings import beside

    with beside(request, library) as desk:
        return agenda(desk, moment)


def minutes_until(seen: Figures, settings: Settings) -> float:
    """The minutes a day to count on: those of the settings, else of the last month, else `USUAL_MINUTES`."""
    return settings.minutes_per_day or max(seen.minutes() or USUAL_MINUTES, _LEAST_MINUTES)
