"""A sheet as SVG: shapes stay shapes and text stays text, and the picture in words is in it for who cannot see it."""

from __future__ import annotations

from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from studytool.draw.page.sheet import Box, Disc, Path, Pixels, Polygon, Sheet, Words

_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"


def svg(sheet: Sheet) -> bytes:
    """The sheet as an SVG file in UTF-8."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}"'
        f' viewBox="0 0 {sheet.width} {sheet.height}" role="img" font-family={quoteattr(_FONT)}>',
        f"<title>{escape(sheet.title)}</title>",
        f"<desc>{escape(sheet.told)}</desc>",
        *map(_shape, sheet.shapes),
        "</svg>\n",
    ]
    return "\n".join(parts).encode("utf-8")


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"


def _paint(colour: str, width: float, ground: str) -> str:
    if not width:
        return f'fill="{colour}"'
    return f'fill="{ground or "none"}" stroke="{colour}" stroke-width="{_n(width)}"'


@singledispatch
def _shape(shape: object) -> str:
    raise TypeError(f"not a shape: {shape!r}")


@_shape.register
def _(shape: Box) -> str:
    area = shape.area
    size = f'width="{_n(area.width)}" height="{_n(area.height)}"'
    return f'<rect x="{_n(area.left)}" y="{_n(area.top)}" {size} fill="{shape.fill}"/>'


@_shape.register
def _(shape: Disc) -> str:
    paint = _paint(shape.colour, shape.width, shape.ground)
    return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}" {paint}/>'


@_shape.register
def _(shape: Polygon) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    return f'<polygon points="{points}" {_paint(shape.colour, shape.width, shape.ground)}/>'


@_shape.register
def _(shape: Path) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    stroke = f'stroke="{shape.colour}" stroke-width="{_n(shape.width)}"'
    return f'<polyline points="{points}" fill="none" {stroke} stroke-linejoin="round" stroke-linecap="round"/>'


@_shape.register
def _(shape: Words) -> str:
    style = f' text-anchor="{shape.anchor}"' * (shape.anchor != "start") + ' font-weight="bold"' * shape.bold
    place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}"'
    return f'<text {place}{style} fill="{shape.colour}" xml:space="preserve">{escape(shape.text)}</text>'


@_shape.register
def _(shape: Pixels) -> str:
    """One path a colour, its pieces the runs of equal pixels of a row, in a grid of its own that is stretched."""
    runs: dict[str, list[str]] = {}
    for top, row in enumerate(shape.numbers.tolist()):
        start = 0
        for column in range(1, len(row) + 1):
            if column == len(row) or row[column] != row[start]:
                runs.setdefault(shape.colours[row[start]], []).append(f"M{start} {top}h{column - start}v1H{start}z")
                start = column
    rows, columns = shape.numbers.shape
    area = shape.area
    place = f"translate({_n(area.left)} {_n(area.top)}) scale({area.width / columns:.6g} {area.height / rows:.6g})"
    paths = "".join(f'<path fill="{colour}" d="{"".join(pieces)}"/>' for colour, pieces in runs.items())
    return f'<g transform="{place}" shape-rendering="crispEdges">{paths}</g>'
