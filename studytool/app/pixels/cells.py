"""A decoded picture as cells: half blocks, or placeholders for real pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from studytool.app.prose.lines import Line

PLACEHOLDER = "\U0010eeee"
_RANGES = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 59c-5a1 5a8-5a9 5ab-5ac "
    "5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec 730 732-733 735-736 73a 73d 73f-741 743 745 "
    "747 749-74a 7eb-7f1 7f3"
)
"""The combining characters that stand for 0, 1, 2 … in a placeholder, as kitty's protocol has them; the first 108."""
_COLOURS = 128
"""Of a picture in half blocks: few enough that neighbours are often alike, more than the eye tells apart there."""


def _numbers() -> list[str]:
    found: list[str] = []
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        found += [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]
    return found


NUMBERS = _numbers()
NUMBER_OF = {sign: number for number, sign in enumerate(NUMBERS)}


def size_in_cells(width: int, height: int, room: int, rows: int, cell: tuple[int, int] = (10, 20)) -> tuple[int, int]:
    """Columns and rows of a picture of so many pixels in a room, its shape kept and never larger than it is.

    `cell` has the pixels of one; at least one cell is taken, and no more than placeholders can count.
    """
    most = min(room, len(NUMBERS)), min(rows, len(NUMBERS))
    scale = min(most[0] * cell[0] / width, most[1] * cell[1] / height, 1.0)
    return (
        min(max(round(width * scale / cell[0]), 1), most[0]),
        min(max(round(height * scale / cell[1]), 1), most[1]),
    )


def placeholders(number: int, columns: int, rows: int) -> list[Line]:
    """The cells of picture `number`; their colour is the number, and each names its row and its column."""
    style = f"#{number:06x}"
    return [
        [("".join(f"{PLACEHOLDER}{NUMBERS[row]}{NUMBERS[column]}" for column in range(columns)), style)]
        for row in range(rows)
    ]


def half_blocks(image: Image, columns: int, rows: int) -> list[Line]:
    """Two pixels in each cell, one above the other; what can be seen through is left as it is."""
    small = image.convert("RGBA").resize((columns, rows * 2))
    clear = [value < 128 for value in small.getchannel("A").tobytes()]
    flat = small.convert("RGB").quantize(_COLOURS)
    palette = flat.getpalette() or []
    names = [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _threes(palette)]
    pixels = [None if hidden else names[index] for index, hidden in zip(flat.tobytes(), clear, strict=True)]
    lines: list[Line] = []
    for row in range(rows):
        upper, lower = (pixels[at * columns : (at + 1) * columns] for at in (2 * row, 2 * row + 1))
        line: Line = []
        for pair in zip(upper, lower, strict=True):
            text, style = _cell(*pair)
            if line and line[-1][1] == style and line[-1][0][0] == text:
                line[-1] = (line[-1][0] + text, style)
            else:
                line.append((text, style))
        lines.append(line)
    return lines


def _cell(upper: str | None, lower: str | None) -> tuple[str, str]:
    if upper is None:
        return (" ", "") if lower is None else ("▄", lower)
    return ("▀", upper) if lower is None else ("▀", f"{upper} on {lower}")


def _threes(values: Sequence[int]) -> list[tuple[int, int, int]]:
    return [(values[at], values[at + 1], values[at + 2]) for at in range(0, len(values) - 2, 3)]
