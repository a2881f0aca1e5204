"""What the columns of an export of Anki hold: which of them ask, which answer, and which are about the note."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from studytool.notes.words import ANSWER_HEADS, PROMPT_HEADS, TERM_HEADS, TEXT_HEADS, word_set

_ABOUT = {
    "tags": "tags",
    "tag": "tags",
    "deck": "deck",
    "notetype": "notetype",
    "note type": "notetype",
    "guid": "guid",
}
"""Names of columns that are about the note, where no line at the head says which those are."""
_IDS = word_set("id uuid note_id card_id noteid cardid nr no. number index sort sort_id sort_field key rank #")
"""Names of columns by which notes are counted."""
_ASKING = PROMPT_HEADS | TERM_HEADS
_ANSWERING = ANSWER_HEADS | TEXT_HEADS
_COUNTED = re.compile(r"([A-Za-z_-]{1,20})(\d{3,9})")
"""An id that an author counts notes by, as the manual of Anki advises: `MYNOTE0001`."""
_FEWEST = 3
_DIGITS = 4
"""Of the number of a column."""
_DELETION = re.compile(r"\{\{c\d{1,3}::")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file: what each is called, and by number from 1 those about the note and those of ids."""

    names: tuple[str, ...] = ()
    about: Mapping[int, str] = field(default_factory=dict)
    ids: frozenset[int] = frozenset()

    def of_note(self, row: Sequence[str]) -> dict[str, str]:
        """What a row says of its note: its deck, its tags, its type."""
        return {name: row[place - 1] for place, name in self.about.items() if place <= len(row)}

    def fields(self, row: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The fields of the note of a row, each with its name, which may be empty."""
        for place, text in enumerate(row, 1):
            if place not in self.about and place not in self.ids:
                yield self.names[place - 1].strip() if place <= len(self.names) else "", text


def columns_of(settings: Mapping[str, str], separator: str, rows: Sequence[Sequence[str]]) -> Columns:
    """What the lines at the head of a file, and its rows, say of its columns."""
    told = settings.get("columns", "")
    names = tuple(next(csv.reader([told], delimiter=separator), [])) if told else ()
    if rows and not names and is_head(rows[0]):
        names = tuple(rows[0])
    about: dict[int, str] = {}
    for name in ("guid", "notetype", "deck", "tags"):
        place = settings.get(f"{name} column", "")
        if place.isdecimal() and len(place) <= _DIGITS and int(place):
            about[int(place)] = name
    for at, called in enumerate(names, 1):
        name = _ABOUT.get(called.strip().casefold(), "")
        if name and name not in about.values():
            about[at] = name
    ids = [at for at, name in enumerate(names, 1) if name.strip().casefold() in _IDS]
    regular = [at for at in range(1, max(map(len, rows), default=0) + 1) if at not in about]
    if not ids and len(regular) > 2 and _counts([row[regular[0] - 1] for row in rows if len(row) >= regular[0]]):
        ids = regular[:1]
    return Columns(names, about, frozenset(ids) if len(regular) - len(ids) > 1 else frozenset())


def is_head(row: Sequence[str]) -> bool:
    """Whether a row names the columns, as a table does in its first line: `Front`, `Back`."""
    told = [cell.strip().casefold() for cell in row]
    return len(told) > 1 and told[0] in _ASKING and told[1] in _ANSWERING


def _counts(cells: Sequence[str]) -> bool:
    """Whether the cells of a column are ids that count its rows."""
    found = [_COUNTED.fullmatch(cell.strip()) for cell in cells]
    if len(found) < _FEWEST or None in found:
        return False
    ids = [(one[1], int(one[2])) for one in found if one]
    return all(ids[at] == (ids[0][0], ids[0][1] + at) for at in range(len(ids)))


def sides_of(fields: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """What a note asks, or its text with deletions, and what answers it.

    Where the columns have names, the one that is named so asks, or answers; the others follow by their names.
    """
    called = [name.casefold() for name, _ in fields]
    struck = (at for at, (_, text) in enumerate(fields) if _DELETION.search(text))
    asks = next(struck, next((at for at, name in enumerate(called) if name in _ASKING), 0))
    others = [at for at in range(len(fields)) if at != asks and fields[at][1]]
    answers = next((at for at in others if called[at] in _ANSWERING), others[0] if len(others) == 1 else None)
    named = [_labelled(*fields[at]) for at in others if at != answers]
    back = [fields[answers][1]] if answers is not None else []
    return fields[asks][1] if fields else "", "\n\n".join([*back, *named])


def _labelled(name: str, text: str) -> str:
    return f"{name}: {text}" if name and not text.startswith(("- ", "1. ", "```", "|")) else text
