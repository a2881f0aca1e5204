"""Cards that only the id of a note in Anki shows to be some: what no other explicit form has read above it."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.anki_ids import known_by_id
from studytool.notes.dialects.anki_names import known_by_name
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from known_by_id(page)
    yield from known_by_name(page)


DIALECT = Dialect(
    name="anki-id",
    level="explicit",
    recognises=(
        "Above the id of a note in Anki, `<!--ID: 1600000000000-->`: a heading and its text, `front::back`, a text with"
        " `{deletions}` or `==deletions==`, sides with a rule between; above or before `^1600000000000` also"
        " `front:::back`."
    ),
    find=_find,
    example=(
        "## What does ReLU do?\nIt cuts off what is below zero.\n<!--ID: 1600000000000-->\n\n"
        "A {kernel} slides over its input.\n<!--ID: 1600000000001-->\n"
    ),
    cards=(
        ("What does ReLU do?", "It cuts off what is below zero."),
        ("A […] slides over its input.", "kernel"),
    ),
    signs=("ID:", "^1", "cards-deck:"),
)
