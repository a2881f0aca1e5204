"""`front::back` on one line, as Obsidian's spaced repetition plugin has it; only in notes with a flashcard tag."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

_SEPARATOR = "::"
_TAG = "flashcards"


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not any(tag.casefold().partition("/")[0] == _TAG for tag in page.tags):
        return  # elsewhere `key:: value` is a field, and `std::vector` a name
    seen: set[int] = set()
    for block in page.walk():
        if block.kind != "paragraph":
            continue
        for number in range(block.line, block.end_line + 1):
            column = page.column(block) if number == block.line else _indent(page.raw[number - 1])
            found = _split(page, number, column)
            if found and number not in seen:
                seen.add(number)
                draft = Draft("basic", *found, number, number, column)
                yield Claim(((number, number),), (draft,))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t>")) + 1


def _split(page: Page, number: int, column: int) -> tuple[str, str] | None:
    raw, masked = page.raw[number - 1], page.masked[number - 1]
    at = masked.find(_SEPARATOR)
    after = at + len(_SEPARATOR)
    if at < column or masked[after : after + 1] == ":" or "{{" in masked[:at]:
        return None
    words = raw[column - 1 : at].split(" ")
    front = " ".join(word for word in words if not word.casefold().startswith(f"#{_TAG}"))
    sides = written(front.strip()), written(raw[after:].strip())
    return sides if all(any(not c.isspace() for c in side) for side in sides) else None


DIALECT = Dialect(
    name="inline",
    level="explicit",
    recognises="A line `front::back` in a note that carries the tag `#flashcards` or one under it.",
    find=_find,
    example="#flashcards/nets\n\nThe slope of ReLU above zero::1\n",
    cards=(("The slope of ReLU above zero", "1"),),
)
