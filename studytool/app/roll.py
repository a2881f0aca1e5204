"""What the table of cards tells of each: the columns, where a card stands, and the order by a column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.memory import describe_interval
from studytool.memory.events import DAY_MS
from studytool.memory.leech import is_leech
from studytool.memory.stands import FOR_GOOD, IN_WORDS, Stands

if TYPE_CHECKING:
    from studytool.desk import Desk
    from studytool.memory import Moment
    from studytool.memory.schedule import State


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: its least width in cells and, where it may grow, its greatest."""

    name: str
    width: int
    most: int = 0
    right: bool = False


MARK = 2
"""Cells for the mark of a card."""
GAP = 2
COLUMNS = (
    Column("prompt", 30, 1000),
    Column("topic", 14, 30),
    Column("state", 11, 14),
    Column("due", 10, right=True),
    Column("stability", 10, right=True),
    Column("recall", 7, right=True),
    Column("lapses", 7, right=True),
    Column("place", 18, 40),
)
"""In the order they stand in; a digit sorts by each."""
_FIRST = ("prompt", "state", "due", "topic", "recall", "lapses", "stability", "place")
"""Which are shown first where not all of them fit."""
_NEEDED, _SPARED = 4, 14
"""So many columns are shown as long as the prompt has its least width; any other needs so many cells beyond that."""
_PIECE, _SAMPLE = 4_000, 500
"""So many cards are sorted at once, which takes some milliseconds; of more, so many are looked at to part them."""


@lru_cache(64)
def layout(width: int, sorted_by: str = "") -> tuple[tuple[Column, int], ...]:
    """The columns that fit into so many cells and how wide each is; that by which the table is sorted is among them."""
    wanted = sorted(_FIRST, key=lambda name: (name not in ("prompt", sorted_by), _FIRST.index(name)))
    by_name = {column.name: column for column in COLUMNS}
    room, shown = width - MARK - by_name["prompt"].width, {"prompt"}
    for name in wanted[1:]:
        spared = 0 if len(shown) < _NEEDED else _SPARED
        if room >= by_name[name].width + GAP + spared:
            shown.add(name)
            room -= by_name[name].width + GAP
    widths = {name: by_name[name].width for name in shown}
    for name, share in (
        ("prompt", 5),
        ("state", 3),
        ("prompt", 9),
        ("topic", 6),
        ("place", 12),
        ("topic", 10),
        ("place", 10),
    ):
        if name in shown:
            more = max(min(room, share, by_name[name].most - widths[name]), 0)
            widths[name] += more
            room -= more
    widths["prompt"] += max(room, 0)
    return tuple((column, widths[column.name]) for column in COLUMNS if column.name in shown)


class Standing(NamedTuple):
    """Where a card stands, in words as they are in the table; empty where there is nothing to say."""

    state: str
    """"new", "due", "later", "known", "suspended", "buried" or "not a card"; a leech is named."""
    tone: str
    due: str = ""
    stability: str = ""
    recall: str = ""
    lapses: str = ""


_TONES = {"new": "primary", "later": "accent", "due": "accent bold", "known": "success"}


class Standings:
    """Tells where cards stand at one moment."""

    def __init__(self, desk: Desk, moment: Moment) -> None:
        self._memory, self._moment = desk.memory, moment
        self._stands = Stands(desk.memory, moment)
        self._today = self._stands.day

    def word(self, key: str, state: State | None) -> str:
        """The word of the state, without what is said of a leech."""
        out = self._memory.out(key, self._today)
        return IN_WORDS[out] if out else self._stands.word(state, out)

    def of(self, key: str) -> Standing:
        """All that the table says of a card."""
        state, out = self._memory.state(key), self._memory.out(key, self._today)
        word = self.word(key, state)
        tone = _TONES.get(word, "muted")
        if state is None:
            return Standing(word, tone)
        if is_leech(state):
            word, tone = ("leech" if word == "known" else f"{word} leech"), "error"
        return Standing(
            word,
            tone,
            "–" if out in FOR_GOOD else self._due(state, buried=out == "buried"),
            describe_interval(round(state.stability * DAY_MS)),
            f"{state.retrievability(self._moment):.0%}",
            str(state.lapses) if state.lapses else "",
        )

    def _due(self, state: State, *, buried: bool) -> str:
        if buried and state.due_day <= self._today:
            return f"in {describe_interval(DAY_MS)}"
        if state.phase != "review":
            wait = state.due - self._moment.ms
            return f"in {describe_interval(wait)}" if wait > 0 else "now"
        days = self._stands.day_of(state) - self._today
        if days == 0:
            return "today"
        told = describe_interval(abs(days) * DAY_MS)
        return f"in {told}" if days > 0 else f"{told} ago"


_RANKS = ("due", "later", "new", "known", "buried", "suspended", "not a card")


def in_order(
    desk: Desk, keys: Sequence[str], column: str, moment: Moment, texts: Callable[[], Iterable[tuple[str, str]]]
) -> list[str]:
    """`keys`, which are in study order, by a column: words from a on, numbers from the least, days from the first.

    Cards that have nothing in the column come last. `texts` gives the key and the folded text of every card.
    """
    if column == "prompt":
        prompts = dict(texts())
        return [keys[at] for at in sorted_in_pieces([prompts.get(key, "") for key in keys])]
    if column in ("topic", "place"):
        library = desk.library
        names = [name.casefold() for name in library.names] if column == "topic" else library.files
        return [keys[at] for at in sorted_in_pieces([names[library.entries[key]] for key in keys])]
    states = desk.memory.states(keys)
    if column == "state":
        standings = Standings(desk, moment)
        ranks = [_RANKS.index(standings.word(key, state)) for key, state in zip(keys, states, strict=True)]
        return [keys[at] for at in sorted_in_pieces(ranks)]
    nothing = _without(desk, keys, states, column, moment)
    some = [(key, state) for key, state in zip(keys, states, strict=True) if state is not None and key not in nothing]
    measures = [_MEASURES[column](state, moment) for _, state in some]
    found = [some[at][0] for at in sorted_in_pieces(measures)]
    return found + [key for key in keys if key in nothing]


def sorted_in_pieces(measures: Sequence[Any]) -> list[int]:
    """The numbers of `measures` from the least one on, equal ones in the order they come in.

    As `sorted` has them. That holds the interpreter for all the time it takes, a tenth of a second for many texts, and
    no key is answered meanwhile. So they are parted first, by some of them, and each part is sorted by itself.
    """
    if len(measures) <= _PIECE:
        return sorted(range(len(measures)), key=measures.__getitem__)
    some = sorted(measures[:: len(measures) // _SAMPLE])
    bounds = some[:: len(some) * _PIECE // len(measures) or 1]
    parts: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
    for at, measure in enumerate(measures):
        parts[bisect_right(bounds, measure)].append(at)
    ordered: list[int] = []
    for part in parts:
        part.sort(key=measures.__getitem__)
        ordered += part
    return ordered


_MEASURES: dict[str, Callable[[State, Moment], float]] = {
    "due": lambda state, moment: state.due,
    "stability": lambda state, moment: state.stability,
    "recall": lambda state, moment: state.retrievability(moment),
    "lapses": lambda state, moment: state.lapses,
}
EMPTY_LAST = frozenset(_MEASURES)
"""The columns in which a card may have nothing."""


def _without(desk: Desk, keys: Sequence[str], states: Sequence[State | None], column: str, moment: Moment) -> set[str]:
    """The keys of cards that have nothing in a column of `EMPTY_LAST`: of `keys` those without a state, and others."""
    memory, today = desk.memory, moment.day(desk.memory.rules.rollover)
    nothing = {key for key, state in zip(keys, states, strict=True) if state is None}
    if column == "due":
        nothing.update(key for key in memory.put_out(today) if memory.out(key, today) in FOR_GOOD)
    return nothing


def reversed_order(desk: Desk, ordered: Sequence[str], column: str, moment: Moment) -> list[str]:
    """The order the other way round; cards that have nothing in the column stay last."""
    if column not in EMPTY_LAST:
        return list(reversed(ordered))
    nothing = _without(desk, ordered, desk.memory.states(ordered), column, moment)
    some = [key for key in ordered if key not in nothing]
    return some[::-1] + list(ordered[len(some) :])
