"""Sheets as PNG and GIF, painted with Pillow at twice the size and halved, so that edges are smooth."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from studytool.draw.page.sheet import Box, Disc, Path, Pixels, Polygon, Shape, Sheet, Words

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as BitmapFont

_OVER = 2
_COLOURS = 64
"""Colours of a GIF's palette."""
FACES = (
    ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    ("Menlo.ttc", "Menlo.ttc"),
    ("consola.ttf", "consolab.ttf"),
    ("LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf"),
    ("NotoSansMono-Regular.ttf", "NotoSansMono-Bold.ttf"),
    ("cour.ttf", "courbd.ttf"),
)
"""Files of monospaced fonts that systems have and that know Greek, plain and bold; the first that is there is taken."""


def png(sheet: Sheet) -> bytes:
    """The sheet as a PNG file, its title and the picture in words among its properties."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("Title", sheet.title)
    info.add_itxt("Description", sheet.told)
    file = BytesIO()
    painted(sheet).save(file, "PNG", optimize=True, pnginfo=info)
    return file.getvalue()


def gif(sheets: Sequence[Sheet], milliseconds: int = 100, pause: int = 2000) -> bytes:
    """Sheets of one size as an animation that begins again after its end; the last is shown for `pause`.

    ValueError when there are none. All have one palette, that of the first and the last together.
    """
    from PIL import Image

    if not sheets:
        raise ValueError("an animation has one picture at least")
    ends = [painted(sheet) for sheet in (sheets[0], sheets[-1])]
    both = Image.new("RGB", (ends[0].width, 2 * ends[0].height))
    for k, end in enumerate(ends):
        both.paste(end, (0, k * end.height))
    palette = both.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    first, *rest = [painted(sheet).quantize(palette=palette, dither=Image.Dither.NONE) for sheet in sheets]
    durations = [milliseconds] * len(rest) + [pause]
    file = BytesIO()
    first.save(file, "GIF", save_all=True, append_images=rest, duration=durations, loop=0, optimize=True)
    return file.getvalue()


def painted(sheet: Sheet, faces: Sequence[tuple[str, str]] = FACES) -> Image:
    """The sheet as pixels, RGB; text in the first of the font `faces` that the system has."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (sheet.width * _OVER, sheet.height * _OVER), sheet.theme.surface)
    draw = ImageDraw.Draw(image)
    for shape in sheet.shapes:
        _paint(image, draw, shape, tuple(faces))
    return image.reduce(_OVER)


def _paint(image: Image, draw: ImageDraw, shape: Shape, faces: tuple[tuple[str, str], ...]) -> None:
    if isinstance(shape, Box):
        area = shape.area
        draw.rectangle(_corners(area.left, area.top, area.right, area.bottom), fill=shape.fill)
    elif isinstance(shape, Disc):
        _disc(draw, shape)
    elif isinstance(shape, Polygon):
        points = _scaled(shape.points)
        if not shape.width:
            draw.polygon(points, fill=shape.colour)
            return
        if shape.ground:
            draw.polygon(points, fill=shape.ground)
        draw.line([*points, points[0], points[1]], shape.colour, round(shape.width * _OVER), joint="curve")
    elif isinstance(shape, Path):
        draw.line(_scaled(shape.points), shape.colour, max(round(shape.width * _OVER), 1), joint="curve")
    elif isinstance(shape, Words):
        _write(draw, shape, faces)
    else:
        _pixels(image, shape)


def _scaled(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * _OVER, y * _OVER) for x, y in points]


def _corners(left: float, top: float, right: float, bottom: float) -> list[float]:
    """A rectangle as Pillow wants it, the last pixel belonging to it."""
    left, top = round(left * _OVER), round(top * _OVER)
    return [left, top, max(round(right * _OVER) - 1, left), max(round(bottom * _OVER) - 1, top)]


def _disc(draw: ImageDraw, shape: Disc) -> None:
    x, y, r = shape.x * _OVER, shape.y * _OVER, shape.radius * _OVER
    box = [x - r, y - r, x + r, y + r]
    if shape.width:
        draw.ellipse(box, fill=shape.ground or None, outline=shape.colour, width=round(shape.width * _OVER))
    else:
        draw.ellipse(box, fill=shape.colour)


def _pixels(image: Image, shape: Pixels) -> None:
    import numpy as np
    from PIL import Image

    colours = np.array([[int(colour[k : k + 2], 16) for k in (1, 3, 5)] for colour in shape.colours], np.uint8)
    left, top, right, bottom = (int(edge) for edge in _corners(*_edges(shape)))
    small = Image.fromarray(colours[shape.numbers])
    image.paste(small.resize((right - left + 1, bottom - top + 1), Image.Resampling.NEAREST), (left, top))


def _edges(shape: Pixels) -> tuple[float, float, float, float]:
    area = shape.area
    return area.left, area.top, area.right, area.bottom


def _write(draw: ImageDraw, shape: Words, faces: tuple[tuple[str, str], ...]) -> None:
    font, is_whole = _font(round(shape.size * _OVER), shape.bold, faces)
    text = shape.text if is_whole else "".join(map(spelled, shape.text))
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[shape.anchor]
    draw.text((shape.x * _OVER, shape.y * _OVER), text, fill=shape.colour, font=font, anchor=anchor)


@cache
def _font(size: int, bold: bool, faces: tuple[tuple[str, str], ...]) -> tuple[FreeTypeFont | BitmapFont, bool]:
    """The font, and whether it knows more than Latin letters."""
    from PIL import ImageFont

    for names in faces:
        try:
            index = int(bold and names[1].endswith(".ttc"))
            return ImageFont.truetype(names[bold], size, index, layout_engine=ImageFont.Layout.BASIC), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


_SIGNS = {"−": "-", "∂": "d", "∞": "inf", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "≈": "~", "√": "sqrt", "▸": ">"}


def spelled(character: str) -> str:
    """A character in those that every font has: η is eta, x₁ is x1; a question mark for what cannot be written so."""
    if character < "\u0100":
        return character
    name = unicodedata.name(character, "")
    if name.startswith("GREEK "):
        return name.split(" LETTER ")[-1].split(" WITH ")[0].lower()
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return _SIGNS.get(character) or plain or ("" if unicodedata.combining(character) else "?")
