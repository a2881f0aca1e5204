"""A log as FSRS optimizers read it, for a fit: `card_id,review_time,review_rating,review_state,review_duration`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from studytool.errors import StudytoolError
from studytool.memory.columns import days_of
from studytool.memory.fit.fitting import Log
from studytool.memory.store.tabular import LATEST, NEEDED, SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def log_in(lines: Iterable[str], name: str, offset_of: Callable[[int], int], rollover: int) -> tuple[Log, int]:
    """The answers in the lines of a table, by their times, which are UTC milliseconds; and how many rows are none.

    `offset_of` tells the local time's distance from UTC in minutes at such a time, `rollover` the hour at which the
    day turns. Ratings of 0, which are no answers but changes by hand, are left out; columns that are not needed may be
    missing. Raises `StudytoolError` with `name` and the line for a row that cannot be read.
    """
    reader = csv.reader(lines)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if missing := [column for column in NEEDED if column not in header]:
            hint = f"Its first line should name the columns {', '.join(NEEDED)}."
            raise StudytoolError(f"{name} has no column {missing[0]}.", hint)
        places = [header.index(column) for column in NEEDED]
        cards: dict[str, int] = {}
        rows, by_hand = [], 0
        for cells in reader:
            if cells:
                card, ms, grade = _row(cells, places, f"{name}:{reader.line_num}")
                by_hand += not grade
                if grade:
                    rows.append((ms, cards.setdefault(card, len(cards)), grade))
    except csv.Error as error:
        raise StudytoolError(f"{name}:{reader.line_num}: this is not a table: {error}.", "Correct the line.") from error
    rows.sort(key=lambda row: row[0])
    table = np.array(rows, np.int64).reshape(-1, 3)
    offset = np.array([offset_of(row[0]) for row in rows], np.int16)
    days = days_of(table[:, 0], offset, rollover).astype(np.int64)
    return Log(table[:, 1].copy(), days, table[:, 2].copy()), by_hand


def _row(cells: list[str], places: list[int], where: str) -> tuple[str, int, int]:
    """Card, time and rating of a row."""
    try:
        card, ms, grade = (cells[place] for place in places)
        found = card, _whole(ms), _whole(grade)
    except (ValueError, IndexError, OverflowError):
        hint = "A row holds the card's id, its time in milliseconds and a rating from 1 to 4."
        raise StudytoolError(f"{where}: this row cannot be read.", hint) from None
    if found[1] in SECONDS or not 0 <= found[1] <= LATEST or not 0 <= found[2] <= 4:
        hint = "Times are in milliseconds since 1970, ratings from 1 to 4."
        raise StudytoolError(f"{where}: the time or the rating cannot be right.", hint)
    return found


def _whole(text: str) -> int:
    """A whole number, "3.0" too, as tables with gaps have it."""
    try:
        return int(text)
    except ValueError:
        if not float(text).is_integer():
            raise
        return int(float(text))
