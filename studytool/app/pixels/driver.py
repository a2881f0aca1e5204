"""The way to a terminal that was asked: placeholders in what is written get the picture that they stand for."""

from __future__ import annotations

import base64
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver

from studytool.app.pixels.cells import NUMBER_OF, NUMBERS, PLACEHOLDER
from studytool.app.pixels.terminal import Graphics, measured

if TYPE_CHECKING:
    from PIL.Image import Image

_SIGNS = "".join(NUMBERS)
_RUN = re.compile(rf"\x1b\[([\d;]*)m[{_SIGNS}]*((?:{PLACEHOLDER}[{_SIGNS}]{{0,2}})+)")
"""A cut between two cells may part the last placeholder on its left from the signs that say which cell it is."""
_COLOUR = re.compile(r"38;2;(\d+);(\d+);(\d+)")
_CHUNK = 4096
_KEPT = 64
_WIDEST = 1000
"""Pixels: an xterm draws nothing of sixels that are wider."""


@dataclass(slots=True)
class Shown:
    """A picture that placeholders stand for, with the cells it takes, and what was made of it for the terminal."""

    image: Image
    columns: int
    rows: int
    png: bytes = b""
    is_sent: bool = False
    drawn: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def sixels(self, row: int, first: int, last: int, cell: tuple[int, int]) -> str:
        """What draws some columns of a row, kept for the next time; made anew where another font has other cells."""
        from studytool.app.pixels.sixel import sixels

        size = self.columns * cell[0], self.rows * cell[1]
        if self.image.size != size:
            self.image = self.image.resize(size)
            self.drawn.clear()
        key = row, first, last
        if key not in self.drawn:
            box = (first * cell[0], row * cell[1], (last + 1) * cell[0], (row + 1) * cell[1])
            self.drawn[key] = sixels(self.image.crop(box))
        return self.drawn[key]

    def draw(self, cell: tuple[int, int]) -> None:
        """Have all the sixels ready. It may take a second, for which keys should not wait."""
        most = _most(cell)
        for row in range(self.rows):
            for first in range(0, self.columns, most):
                self.sixels(row, first, min(first + most, self.columns) - 1, cell)


class Shelf:
    """The pictures on the screen by their numbers; those used last are kept."""

    def __init__(self) -> None:
        self._shown: OrderedDict[int, Shown] = OrderedDict()
        self._next = 1

    def add(self, shown: Shown) -> int:
        """The number of another picture: small, so that no other text has its colour."""
        number, self._next = self._next, self._next + 1
        self._shown[number] = shown
        while len(self._shown) > _KEPT:
            self._shown.popitem(last=False)
        return number

    def get(self, number: int) -> Shown | None:
        """A picture, if it is still there."""
        if number in self._shown:
            self._shown.move_to_end(number)
        return self._shown.get(number)

    def send_again(self) -> None:
        """The terminal may have lost what it was sent."""
        for shown in self._shown.values():
            shown.is_sent = False


SHELF = Shelf()
"""Between the app, which makes pictures, and the driver, which Textual makes."""


def driver_for(graphics: Graphics) -> type[LinuxDriver]:
    """The driver that shows real pixels the way this terminal has them, and takes no late answer of it for keys."""

    class PixelDriver(LinuxDriver):
        """Textual's own, but for what stands for pixels."""

        _measured = measured(0)

        def start_application_mode(self) -> None:
            """At the beginning, and after another program had the screen."""
            SHELF.send_again()
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def stop_application_mode(self) -> None:
            """At the end, and before another program gets the screen; not every terminal has another one for it."""
            self.write("\x1b[m\x1b[2J\x1b[H")
            super().stop_application_mode()

        def write(self, data: str) -> None:
            """Write to the terminal."""
            if PLACEHOLDER in data:
                now = measured(self.fileno)
                cell = graphics.cell if now is None or now == self._measured else now
                data = with_pixels(data, Graphics(graphics.way, cell), SHELF)
            super().write(data)

        def run_input_thread(self) -> None:
            """Read what is typed."""
            if graphics.owed:
                from studytool.app.pixels.answers import PatientParser

                linux_driver.XTermParser = PatientParser  # type: ignore[attr-defined]
            super().run_input_thread()

    return PixelDriver


def with_pixels(data: str, graphics: Graphics, shelf: Shelf) -> str:
    """What is to be written, with the pictures that its placeholders stand for."""
    sent: list[str] = []

    def pixels(found: re.Match[str]) -> str:
        style, number = f"\x1b[{found[1]}m", _number(found[1])
        shown, cells = shelf.get(number), _cells(found[2])
        if shown is None or not cells:
            return style + " " * found[2].count(PLACEHOLDER)
        if graphics.way == "kitty":
            if not shown.is_sent:
                shown.is_sent = True
                sent.append(transmitted(number, shown))
            return style + "".join(f"{PLACEHOLDER}{NUMBERS[row]}{NUMBERS[column]}" for row, column in cells)
        return style + _in_sixels(shown, cells, graphics.cell)

    written = _RUN.sub(pixels, data)
    return "".join([*sent, written])


def _cells(text: str) -> list[tuple[int, int]]:
    """The row and the column of each placeholder; one without its signs stands to the right of the one before it."""
    found: list[tuple[int, int]] = []
    for signs in text.split(PLACEHOLDER)[1:]:
        if len(signs) == 2:
            found.append((NUMBER_OF[signs[0]], NUMBER_OF[signs[1]]))
        elif found:
            found.append((found[-1][0], found[-1][1] + 1))
    return found


def _number(style: str) -> int:
    found = _COLOUR.search(style)
    return (int(found[1]) << 16 | int(found[2]) << 8 | int(found[3])) if found else 0


def transmitted(number: int, shown: Shown) -> str:
    """The sequences that give a kitty a picture, to be shown where its placeholders are. It answers nothing."""
    data = base64.standard_b64encode(shown.png).decode()
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    head = f"a=T,U=1,i={number},c={shown.columns},r={shown.rows},f=100,q=2,"
    return "".join(
        f"\x1b_G{head if not at else ''}m={int(at < len(chunks) - 1)};{chunk}\x1b\\" for at, chunk in enumerate(chunks)
    )


def _in_sixels(shown: Shown, cells: list[tuple[int, int]], cell: tuple[int, int]) -> str:
    """Blanks with the pixels of some cells over them. The cursor is put back: sixels leave it elsewhere.

    Colours are let go before it is kept: foot would come back to them when the app has ended.
    """
    left = len(cells)
    parts = [" " * left, "\x1b[0m"]
    for row, first, last in _stretches(cells, _most(cell)):
        parts.append(f"\x1b7\x1b[{left}D{shown.sixels(row, first, last, cell)}\x1b8")
        left -= last - first + 1
    return "".join(parts)


def _most(cell: tuple[int, int]) -> int:
    """So many columns are drawn at once."""
    return max(_WIDEST // cell[0], 1)


def _stretches(cells: list[tuple[int, int]], most: int) -> list[tuple[int, int, int]]:
    """The row, the first and the last column of what stands side by side in the picture, too; parted every `most`."""
    found: list[tuple[int, int, int]] = []
    for row, column in cells:
        if found and found[-1][0] == row and found[-1][2] == column - 1 and column % most:
            found[-1] = (row, found[-1][1], column)
        else:
            found.append((row, column, column))
    return found
