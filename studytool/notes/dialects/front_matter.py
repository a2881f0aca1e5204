"""Cards in the front matter of a note: `cards:` or `flashcards:`, a list of entries with a front and a back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.entries import Entry, NotRead, composed, entries_in, only_texts, read_entry
from studytool.notes.page import Page

_FIELD = re.compile(r"[\"']?(?:flash[-_ ]?)?cards[\"']?[ \t]*:[ \t]*(?:[\[{&!#].*)?", re.IGNORECASE)
"""The line that opens the list; where a word stands behind the colon, it says which levels of card are wanted."""
_TOLD = re.compile(r"[\"']?flash[-_ ]?cards[\"']?[ \t]*:[ \t]+([^\s\[{&!#|>].*)", re.IGNORECASE)
"""A line that has a text in the place of the list."""
_HINT = "Write them as a list below it, each entry with `front:` and `back:`."


def _find(page: Page) -> Iterator[Claim | Remark]:
    lines = page.raw[1 : page.body_start - 2]
    if page.body_start < 3 or page.raw[0].rstrip() != "---":
        return
    for number, line in enumerate(lines, 2):
        if (told := _TOLD.fullmatch(line)) and " " in told[1].partition(" #")[0].strip() and "[[" not in line:
            yield _no_cards(number)
    if not any(_FIELD.fullmatch(line.rstrip()) for line in lines):
        return
    found = [one if isinstance(one, Remark) else read_entry(one) for one in _entries(lines)]
    yield from (one for one in found if isinstance(one, Remark))
    drafts = tuple(one for one in found if isinstance(one, Draft))
    yield Claim(tuple((draft.line, draft.end_line) for draft in drafts), drafts)


def _no_cards(line: int) -> Remark:
    return Remark(line, "warning", "no-cards", "What stands here as flashcards is a text, and no card.", _HINT)


def _entries(lines: Sequence[str]) -> Iterator[Entry | Remark]:
    """The entries of all lists of cards in YAML, of which the first line is the second of the file."""
    try:
        root = composed(lines)
    except NotRead:
        return  # the front matter is told to be none
    for name, value in root.value if root is not None and root.id == "mapping" else ():
        if name.id != "scalar" or value.id == "scalar" or not _FIELD.fullmatch(f"{name.value}:"):
            continue
        if name.value[:5].casefold() == "flash" and only_texts(value):
            yield _no_cards(name.start_mark.line + 2)
        yield from entries_in(value, lines, 2)


DIALECT = Dialect(
    name="front-matter",
    level="explicit",
    owns=True,
    recognises=(
        "In front matter, a list `cards:` or `flashcards:` of entries with `front` and `back`, `question` and `answer` "
        "or `q` and `a`; with `options`, of which the answer repeats one, or which say `correct: true`."
    ),
    find=_find,
    example=(
        "---\n"
        "title: Pooling\n"
        "flashcards:\n"
        "  - question: What does max pooling keep?\n"
        "    answer: The largest value of each window.\n"
        "  - front: Weights of a pooling layer\n"
        "    back: None\n"
        "---\n"
    ),
    cards=(
        ("What does max pooling keep?", "The largest value of each window."),
        ("Weights of a pooling layer", "None"),
    ),
    signs=("cards:", "Cards:", 'cards":', "cards':"),
)
