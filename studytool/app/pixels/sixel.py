"""Pixels as sixels: six rows at a time, a colour at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_COLOURS = 64
_RUN = re.compile(r"(.)\1{3,}")


def sixels(image: Image) -> str:
    """The sequence that draws a picture from the cursor on; its pixels that are clear stay as they are."""
    import numpy as np  # in a thread, when a picture is shown

    flat = image.convert("RGB").quantize(_COLOURS)
    palette = flat.getpalette() or []
    width, height = image.size
    pixels = np.asarray(flat, dtype=np.int16).copy()
    if "A" in image.getbands():
        pixels[np.asarray(image.getchannel("A")) < 128] = -1
    used = [int(colour) for colour in np.unique(pixels) if colour >= 0]
    parts = [f'\x1bP0;1q"1;1;{width};{height}']
    for colour in used:
        red, green, blue = (round(value * 100 / 255) for value in palette[3 * colour : 3 * colour + 3])
        parts.append(f"#{colour};2;{red};{green};{blue}")
    bands = []
    for top in range(0, height, 6):
        band = pixels[top : top + 6]
        weights = (1 << np.arange(len(band)))[:, None]
        drawn = []
        for colour in used:
            bits = ((band == colour) * weights).sum(axis=0)
            if bits.any():
                drawn.append(f"#{colour}{_packed((bits + 63).astype(np.uint8).tobytes().decode())}")
        bands.append("$".join(drawn))
    return "".join([*parts, "-".join(bands), "\x1b\\"])  # a new line at the end could scroll the screen


def _packed(text: str) -> str:
    """Runs of a character as `!` with their length; blanks at the end are left out."""
    return _RUN.sub(lambda run: f"!{len(run[0])}{run[1]}", text.rstrip("?"))
