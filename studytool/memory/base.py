"""What a long log amounted to at some row of it: columns by card, so that its events need not be read one by one.

A `Memory` begins with a base and takes the events since. A card's own events are read from the log only when an undo, a
relink or a late event concerns it. Nothing here needs numpy: columns are anything that numbers can be picked from.
"""

from __future__ import annotations

from itertools import compress
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.events import Moment
from studytool.memory.imported import schedule_of
from studytool.memory.schedule import Phase, Rules, State, Trail, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Protocol

    import numpy as np
    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews
    from studytool.memory.events import Event

    Ints = NDArray[np.int64]

    class Source(Protocol):
        """Where the events of the base can be read again: the log, up to the base's last row."""

        def event(self, id_: str) -> Event | None:
            """The event of this id; None where the base has none."""

        def events(self, rows: Sequence[int]) -> list[Event]:
            """The events of these rows, in the order of the log."""


SUSPENDED, REJECTED, BURIED, TOLD_OF = 1, 2, 4, 8
"""The bits of `Told.flags`; the last one says that there is anything at all to say of the card."""

_OUT = SUSPENDED | REJECTED | BURIED
_PHASES: tuple[Phase, ...] = ("learning", "learning", "review", "relearning")


class Told(NamedTuple):
    """What the log says of each card, whatever the rules. Rows are those of the log, from 1; 0 is none."""

    flags: Sequence[int]
    buried_ms: Sequence[int]
    buried_offset: Sequence[int]
    text: Sequence[int]
    """The row that has the card's text."""
    written: Sequence[int]
    """The row that has the learner's own answer."""
    schedule: Sequence[int]
    """The row that has another program's schedule, if that is all that is known."""
    group: Sequence[int]
    """Cards that relinks connect have one number: that of one of them."""
    begin: Sequence[int]
    """By group: where its events begin in `rows`."""
    end: Sequence[int]
    last: Sequence[int]
    """By group: the UTC milliseconds of its last event."""
    rows: Sequence[int]
    """The events of each group in the order of the log."""


class States(NamedTuple):
    """What each card has come to by the rules, as in `schedule.Trail`, and what the days had."""

    model: tuple[float, ...]
    """The parameters, and with them the rest of the rules that this depends on."""
    rollover: int
    steps: tuple[tuple[int, ...], tuple[int, ...]]
    stability: Sequence[float]
    difficulty: Sequence[float]
    phase: Sequence[int]
    step: Sequence[int]
    reviews: Sequence[int]
    lapses: Sequence[int]
    wait: Sequence[int]
    given: Sequence[int]
    last: Sequence[int]
    offset: Sequence[int]
    day: Sequence[int]
    chosen: Sequence[int]
    seeds: Mapping[int, str]
    """The key under which a card's last answer was given, where that was another one."""
    marks: Mapping[int, int]

    def are_of(self, rules: Rules) -> bool:
        """Whether this is what `rules` give."""
        steps = (rules.learning_steps, rules.relearning_steps)
        return (self.model, self.rollover, self.steps) == (rules.model.weights, rules.rollover, steps)


UNKNOWN = States((), -1, ((), ()), (), (), (), (), (), (), (), (), (), (), (), (), {}, {})
"""The states of a base that were not worked out yet."""


class Answered(NamedTuple):
    """What states are derived from."""

    reviews: Reviews
    attempts: tuple[Ints, Ints]
    """The UTC milliseconds and offsets of the quiz attempts, which count for their days."""


class Base:
    """The first rows of a log. Tuples and plain classes here: dataclasses would cost each start of the program."""

    def __init__(
        self,
        *,
        rows: int,
        keys: list[str],
        told: Told,
        states: States,
        undos: Sequence[tuple[str, str]],
        relinks: Sequence[Event],
        loose: Sequence[Event],
        source: Source,
        answers: Callable[[], Answered],
    ) -> None:
        self.rows = rows
        """How many."""
        self.keys = keys
        """Of all cards that anything was said about, by number."""
        self.numbers = dict(zip(keys, range(len(keys)), strict=True))
        self.told = told
        self.states = states
        self.undos = undos
        """Each undo with the id that it names."""
        self.relinks = relinks
        self.loose = loose
        """The events that count for no card: parameters and holidays."""
        self.source = source
        self._answers = answers
        self._answered: Answered | None = None
        self._states: dict[str, State] = {}
        self._foreseen = UNKNOWN

    def derive(self, rules: Rules) -> None:
        """Go over to the states that `rules` give."""
        self._states.clear()
        if self.rows and not self.states.are_of(rules):
            self.states, self._foreseen = self._found(rules), UNKNOWN

    def foresee(self, rules: Rules) -> None:
        """Work out what `derive` will go over to. In any thread."""
        self._foreseen = self._found(rules)

    def _found(self, rules: Rules) -> States:
        foreseen = self._foreseen  # another thread may put others there
        if foreseen.are_of(rules):
            return foreseen
        from studytool.memory.derive import derived  # numpy

        return derived(*self.answered(), rules)

    def answered(self) -> Answered:
        """The answers as columns, in numpy: for other rules, and for all that works on many of them."""
        if self._answered is None:
            self._answered = self._answers()
        return self._answered

    def group(self, key: str) -> int | None:
        """The group of a card, None where the base knows nothing of it."""
        number = self.numbers.get(key)
        return None if number is None else self.told.group[number]

    def row(self, column: Sequence[int], key: str) -> int | None:
        """What a column of rows has for a card, None where that is none."""
        number = self.numbers.get(key)
        return None if number is None else column[number] or None

    def state(self, key: str, rules: Rules) -> State | None:
        """The state of a card, None where it has no answer."""
        state = self._states.get(key)
        if state is None:
            number = self.numbers.get(key)
            trail = None if number is None else self.trail(number)
            if trail is None:
                return None
            state = self._states[key] = settled(rules, trail)
        return state

    def out(self, key: str, day: int, rollover: int) -> str | None:
        """Why a card is not to be asked on `day`, as `Memory.out` has it."""
        number = self.numbers.get(key)
        flags = 0 if number is None else self.told.flags[number]
        if number is None or not flags & (SUSPENDED | REJECTED | BURIED):
            return None
        if flags & REJECTED:
            return "rejected"
        return "suspended" if flags & SUSPENDED else "buried" if day <= self.buried(number, rollover) else None

    def put_out(self, day: int, rollover: int) -> list[str]:
        """The keys of the cards that are not to be asked on `day`, whyever."""
        some = compress(self.numbers, map(_OUT.__and__, self.told.flags))
        return [key for key in some if self.out(key, day, rollover)]

    def trail(self, number: int) -> Trail | None:
        """The trail of a card, None where it has no answer."""
        states = self.states
        if not states.reviews[number]:
            return None
        wait = states.wait[number]
        return Trail(
            stability=states.stability[number],
            difficulty=states.difficulty[number],
            phase=_PHASES[states.phase[number]],
            step=states.step[number],
            reviews=states.reviews[number],
            lapses=states.lapses[number],
            last=states.last[number],
            offset=states.offset[number],
            day=states.day[number],
            wait=wait if wait >= 0 else None,
            given=states.given[number] or None,
            chosen=states.chosen[number] or None,
            seed=states.seeds.get(number) or self.keys[number],
        )

    def buried(self, number: int, rollover: int) -> int:
        """The day for which a card that is buried is out."""
        return Moment(self.told.buried_ms[number], self.told.buried_offset[number]).day(rollover)

    def learned(self) -> list[str]:
        """The keys of the cards of which the learner would miss anything if they started anew."""
        out = map(_OUT.__and__, self.told.flags)
        return list(compress(self.numbers, map(or_, map(or_, out, self.states.reviews), self.told.written)))

    def is_learned(self, key: str) -> bool:
        """Whether a card is one of those."""
        number = self.numbers.get(key)
        if number is None:
            return False
        return bool(self.told.flags[number] & _OUT or self.states.reviews[number] or self.told.written[number])

    def schedule(self, key: str) -> Mapping[str, object] | None:
        """What another program had for the card, if that is all that is known of it."""
        row = self.row(self.told.schedule, key)
        if row is None or not self.states.given[self.numbers[key]]:
            return None
        return schedule_of(self.source.events([row])[0].payload)

    def written_at(self, row: int) -> str:
        """The learner's own answer that an event brought."""
        return str(self.source.events([row])[0].payload["text"])

    def text_at(self, row: int) -> Mapping[str, object] | None:
        """The card's text that an event brought."""
        event = self.source.events([row])[0]
        told = event.payload.get("card_text" if event.kind == "note" else "text")
        return told if isinstance(told, dict) else None

    def history(self, group: int) -> list[Event]:
        """The events of the cards of a group in order, undos aside."""
        told = self.told
        return self.source.events(told.rows[told.begin[group] : told.end[group]])


class _Empty:
    def event(self, id_: str) -> Event | None:
        return None

    def events(self, rows: Sequence[int]) -> list[Event]:
        return []


def _no_answers() -> Answered:
    raise LookupError("There is no log to read answers from.")


NO_BASE = Base(
    rows=0,
    keys=[],
    told=Told(*((),) * 11),
    states=UNKNOWN,
    undos=(),
    relinks=(),
    loose=(),
    source=_Empty(),
    answers=_no_answers,
)
"""The base of a memory that is made event by event."""
