"""`studytool log import`: events from another log, or answers from a table, added to this one."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from studytool import desk, places
from studytool.errors import StudytoolError, UsageError
from studytool.progress import telling
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from studytool.memory.store.lines import Row
    from studytool.memory.store.sqlite import Store
    from studytool.memory.store.transfer import Taken, Trouble

_KINDS = 3
"""Kinds of trouble of which the first line is told."""
_RUNS = 8
"""Lines, or runs of lines, whose numbers are told."""
_OPENED = "in the notes that `studytool` opens without a path"
_TAKES = (
    "`log import` takes what `log export` writes, lines of JSON, and tables whose first line names the columns "
    "card_id, review_time and review_rating."
)


def run(args: argparse.Namespace) -> int:
    """Add what the files hold, each whole or not at all; 1 if a line of one could not be taken."""
    for name in args.files:
        path = places.expanded(name, "The import")
        hint = "Give files that `studytool log export` wrote, or `-`."
        if name != "-" and os.path.isdir(path):
            raise UsageError(f"{name} is a folder, and no file.", hint)
        if name != "-" and not os.path.exists(path):  # a pipe, as of `<(zcat …)`, will do
            raise UsageError(f"There is no file {name}.", hint)
    store = desk.open_log()
    told, failed = [], False
    try:
        for name in args.files:
            one = _take(store, name, args)
            told.append(one)
            failed |= bool(one["damaged"] or one["different"] or not one["imported"])
            if not args.json:
                print(_sentence(one))
    finally:
        store.close()
    if args.json:
        print(as_json({"files": told}))
    return 1 if failed else 0


def _take(store: Store, name: str, args: argparse.Namespace) -> dict[str, Any]:
    """Add what one file holds; what there is to tell of it."""
    from studytool.memory.store.tabular import is_table

    shown = "standard input" if name == "-" else name
    with _opened(name) as file, telling() as say:
        form = args.format or ("csv" if is_table(file.peek(4096), name) else "jsonl")
        kind = _Source(store, file, shown, args, say)
        taken, again = (kind.table(args.offset), 0) if form == "csv" else kind.lines()
    _print_trouble(shown, taken)
    return {
        "file": shown,
        "format": form,
        "events": taken.read - again,
        "new": taken.new - again,
        "refused": next(iter(kind.cards)) if taken.refused else None,
        "damaged": taken.trouble.count,
        "different": taken.different,
        "by_hand": taken.trouble.by_hand,
        "retold": again,
        "cards": len(kind.cards),
        "unknown_cards": kind.unknown if taken.new or taken.refused else 0,
        "imported": not taken.refused and (not taken.trouble.count or args.skip_damaged),
        "offset": (args.offset if args.offset is not None else "local") if form == "csv" else None,
    }


@dataclass(frozen=True)
class _Source:
    """A file that is open to be taken into a log."""

    store: Store
    file: io.BufferedReader
    shown: str
    args: argparse.Namespace
    say: Callable[[str], None]
    """Hears the line that tells how far this has come."""
    cards: dict[str, None] = field(default_factory=dict)
    """The cards that it has answers to, once it was read, in the order of the file."""

    def _noted(self, rows: Iterable[Row]) -> Iterator[Row]:
        from studytool.memory.events import ANSWERS

        for row in rows:
            if row.kind in ANSWERS and row.card:
                self.cards[str(row.card)] = None
            yield row

    def table(self, offset: int | None) -> Taken:
        """Take the answers of a table, but those that the log has; `offset` is in minutes east of UTC, None local."""
        from studytool.memory.store.tabular import rows_from_table
        from studytool.memory.store.transfer import take

        offset_of = _local_offset if offset is None else (lambda _: offset)
        read = partial(rows_from_table, self.file, self.shown, offset_of=offset_of)

        def rows(trouble: Trouble) -> Iterator[Row]:
            return self._noted(read(trouble))

        return take(
            self.store,
            rows,
            skip_damaged=self.args.skip_damaged,
            is_known=_answers(self.store),
            is_refused=None if self.args.force else self._is_foreign,
            tell=self._tell,
        )

    def lines(self) -> tuple[Taken, int]:
        """Take the events of lines of JSON, and how many answers of a table before they tell in full."""
        from studytool.memory.store.retold import Retold
        from studytool.memory.store.transfer import rows_from, take

        retold = Retold(self.store)

        def rows(trouble: Trouble) -> Iterator[Row]:
            for row in self._noted(rows_from(self.file, self.shown, trouble)):
                retold.see(row)
                yield row
            yield from retold.undos()

        taken = take(self.store, rows, skip_damaged=self.args.skip_damaged, tell=self._tell)
        return taken, retold.answers if taken.new else 0

    @cached_property
    def unknown(self) -> int:
        """How many of the cards the log knows no text of, and are not in what `studytool` opens without a path."""
        told = (
            "SELECT DISTINCT card FROM events WHERE json_valid(payload) AND json_extract(payload, '$.text') IS NOT NULL"
        )
        unknown = self.cards.keys() - {card for (card,) in self.store.query(told)}
        if unknown:
            with suppress(StudytoolError):  # where there are no such notes none of the cards is in them
                unknown -= desk.read_notes(desk.request([])).entries.keys()
        return len(unknown)

    def _is_foreign(self) -> bool:
        """Whether nothing is known of any of the cards."""
        self.say("")
        return 0 < len(self.cards) == self.unknown

    def _tell(self, read: int) -> None:
        self.say(f"Importing {one_line(self.shown, 40)}: {read} events")


def _print_trouble(shown: str, taken: Taken) -> None:
    """Tell on standard error which lines were not taken: the first of each of some kinds, and the numbers of others."""
    trouble, different = taken.trouble, [f"{shown}:{told}" for told in taken.told]
    for told, count, runs in ((trouble.told, trouble.count, trouble.lines), (different, taken.different, taken.lines)):
        kinds: dict[str, tuple[int, str]] = {}
        for sentence in told:
            number, _, why = sentence[len(shown) + 1 :].partition(": ")
            kinds.setdefault(why, (int(number), sentence))
        firsts = dict([*kinds.values()][:_KINDS])
        for sentence in firsts.values():
            print(f"studytool: {one_line(sentence)}", file=sys.stderr)
        if more := count - len(firsts):
            print(f"studytool: and {counted(more, 'line')} more: {_numbers(runs, firsts, more)}", file=sys.stderr)


def _numbers(runs: Iterable[range], told: Iterable[int], count: int) -> str:
    """The numbers of `count` lines in words, "3, 5 to 9 and others", without those that were told already."""
    for number in told:
        parts = ((range(run.start, min(number, run.stop)), range(max(number + 1, run.start), run.stop)) for run in runs)
        runs = [part for both in parts for part in both if part]
    shown = [*runs][:_RUNS]
    named = ", ".join(f"{run.start}" if len(run) == 1 else f"{run.start} to {run.stop - 1}" for run in shown)
    return named if sum(map(len, shown)) == count else f"{named} and others"


def _sentence(one: dict[str, Any]) -> str:
    if one["refused"]:
        return f"{one_line(str(one['file']))}: nothing was imported, for {_foreign(one)}"
    if not one["imported"] and not one["events"]:
        return f"{one_line(str(one['file']))}: nothing was imported, for no line of it is an event. {_TAKES}"
    if not one["imported"]:
        cause = f"{counted(one['damaged'], 'line')} cannot be read"
        return f"{one_line(str(one['file']))}: nothing was imported, for {cause}. `--skip-damaged` imports the others."
    said = f"{one_line(str(one['file']))}: {counted(one['events'], 'event')}, {one['new']} of them new."
    if one["damaged"]:
        said += f" {counted(one['damaged'], 'line')} left out."
    if one["different"]:
        said += f" {counted(one['different'], 'line')} left out, other than what is known of the same event."
    if one["by_hand"]:
        said += f" Left out: {one['by_hand']} of rating 0, which are changes by hand and no answers."
    if one["retold"]:
        said += f" {counted(one['retold'], 'answer')} from a table before are told in full here, and count once."
    if one["unknown_cards"]:
        said += f" {_known(one['cards'], one['unknown_cards'])}"
    if one["offset"] == "local":
        said += " Days are those of this computer's time zone; `--offset +HH:MM` sets another."
    return said


def _foreign(one: dict[str, Any]) -> str:
    """That nothing is known of any card of a table, and what to do."""
    name = f"`{one_line(one['refused'], 40)}`"
    if one["cards"] == 1:
        told = f"{name}, the card_id of all its {counted(one['events'], 'answer')}, is neither known from before nor"
    else:
        told = f"none of its {one['cards']:,} card ids ({name} and so on) is known from before or"
    return (
        f"{told} {_OPENED}. Card ids are the keys that `studytool cards --json` tells: look at "
        "the column card_id of the table. Where its cards are those of notes that are not open, name them first "
        "(`studytool settings libraries FOLDER`); `--force` keeps the answers until a note has the cards."
    )


def _known(cards: int, unknown: int) -> str:
    """Of how many of so many cards nothing is known, and what becomes of their answers."""
    if cards == 1:
        told, them = f"Its card is neither known from before nor {_OPENED}", "it"
    elif cards == unknown:
        told, them = f"None of its {cards:,} cards is known from before or {_OPENED}", "them"
    else:
        known = cards - unknown
        told = f"{known:,} of its {cards:,} cards {'is' if known == 1 else 'are'} known from before or {_OPENED}"
        them = "the others"
    return f"{told}. Answers to {them} are kept, and count once a note has the card."


def _answers(store: Store) -> Callable[[Row], bool]:
    """Whether the log has an answer already, as one given here, or imported before."""
    from studytool.memory.events import ANSWERS
    from studytool.memory.store.tabular import answered, changes_in, mark

    known = answered(store.rows(ANSWERS), changes_in(store.rows(("undo", "relink"))))
    return lambda row: mark(str(row.card), row.ms) in known


def _local_offset(ms: int) -> int:
    """The distance of this computer's local time from UTC at a time, in minutes."""
    found = datetime.fromtimestamp(ms / 1000).astimezone().utcoffset()
    return 0 if found is None else int(found.total_seconds() // 60)


@contextmanager
def _opened(name: str) -> Iterator[io.BufferedReader]:
    if name == "-":
        yield sys.stdin.buffer  # type: ignore[misc]
        return
    try:
        with places.expanded(name, "The import").open("rb") as file:
            yield file
    except OSError as error:
        raise StudytoolError(f"{name} cannot be read: {error.strerror}.", "Nothing of it was imported.") from error
