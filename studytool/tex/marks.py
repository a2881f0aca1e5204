"""What is marked in a formula (`==x==`): carried through a layout by two characters that no text has."""

from __future__ import annotations

from studytool.text import cells

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # Unicode keeps them for a program's own use
_BOTH = dict.fromkeys(map(ord, (OPEN, CLOSE)))


def marked(text: str) -> str:
    """`text` between the two characters; blanks round it stay outside."""
    inside = text.strip(" ")
    if not inside:
        return text
    at = text.index(inside)
    return f"{text[:at]}{OPEN}{inside}{CLOSE}{text[at + len(inside) :]}"


def unmarked(text: str) -> str:
    """`text` without the two characters."""
    return text.translate(_BOTH)


def width(text: str) -> int:
    """The terminal cells that `text` takes."""
    return cells(unmarked(text)) if OPEN in text or CLOSE in text else cells(text)


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the marked parts begin and end in `unmarked(text)`, in characters."""
    found: list[tuple[int, int]] = []
    start = place = 0
    for character in text:
        if character == OPEN:
            start = place
        elif character == CLOSE:
            found.append((start, place))
        else:
            place += 1
    return tuple(found)
