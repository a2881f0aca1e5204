"""How long a picture takes, against the same picture painted with a style a cell.

Run it as `python tests/bench/draw.py`; `--size 120x60` says how many cells, `--rounds 40` how often. The picture is
drawn and painted into Textual's strips, a frame at a time with other numbers, as the demo's screen does it. The peer
is what a first attempt would be: the same cells, each a segment with a style made for it. Times are medians of CPU
time. Also: how long the same panels take as SVG, PNG, and GIF, and how many bytes that is.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from studytool.app.widgets.picture import strip_of
from studytool.draw import Look, Picture, draw_panels
from studytool.draw.page.bitmap import gif, png
from studytool.draw.page.compose import compose
from studytool.draw.page.sheet import Sheet
from studytool.draw.page.svg import svg

GROUND = Style(color="#d9dee7", bgcolor="#12161d")


def pixels(step: int) -> list[dict[str, Any]]:
    """A heat map of waves, nothing else: every cell is two pixels."""
    x = np.linspace(-3, 3, 160)
    values = np.sin(np.add.outer(x, x) + 0.1 * step) * np.cos(np.subtract.outer(x, x))
    return [{"kind": "heatmap", "title": "", "axes": ["", ""], "extent": None, "values": values, "paths": []}]


def points(step: int) -> list[dict[str, Any]]:
    """A scatter plot with half-planes and a line, a chart, and text: the perceptron's picture."""
    random = np.random.default_rng(0)
    places = random.normal(size=(200, 2)) + np.repeat([[-1.5, -1.0], [1.5, 1.0]], 100, axis=0)
    steps = np.arange(1, 257)
    return [
        {
            "kind": "scatter",
            "title": "",
            "points": places,
            "classes": [-1] * 100 + [1] * 100,
            "names": ["round", "pointed"],
            "axes": ["length", "width"],
            "boundary": {"w": [np.cos(0.1 * step), np.sin(0.1 * step)], "b": 0.1},
            "mark": step % 200,
        },
        {
            "kind": "line",
            "title": "errors",
            "axis": "steps",
            "series": [{"name": name, "x": steps, "y": np.cos(steps / k + step)} for name, k in (("a", 9), ("b", 23))],
        },
        {"kind": "text", "title": "the sum", "text": f"w·x + b = {0.1 * step:.2f}"},
    ]


def merged(picture: Picture, width: int) -> list[Strip]:
    """As the screen does it: a segment a run, its style from a cache."""
    return [strip_of(row, width, GROUND) for row in picture.rows]


def by_cell(picture: Picture, width: int) -> list[Strip]:
    """A segment and a style for each cell."""
    strips = []
    for row in picture.rows:
        cells = [
            Segment(character, GROUND + Style(color=run.fg, bgcolor=run.bg, bold=run.bold))
            for run in row
            for character in run.text
        ]
        strips.append(Strip(cells, width))
    return strips


def rendered(strips: list[Strip]) -> int:
    """The characters that go to the terminal; how many."""
    from rich.console import Console

    console = Console(color_system="truecolor", legacy_windows=False)
    return sum(len(strip.render(console)) for strip in strips)


def median(work: Callable[[int], object], rounds: int) -> float:
    """The median of the milliseconds of CPU time, each round with another number."""
    times = []
    for k in range(rounds + 3):
        began = time.process_time()
        work(k)
        times.append(1000 * (time.process_time() - began))
    return statistics.median(times[3:])


def frames(name: str, panels: Callable[[int], list[dict[str, Any]]], width: int, height: int, rounds: int) -> None:
    """Measure one kind of picture, and print."""
    given = [panels(k) for k in range(rounds + 3)]
    pictures = [draw_panels(one, width, height, Look()) for one in given]
    drawn = median(lambda k: draw_panels(given[k], width, height, Look()), rounds)
    painted = median(lambda k: rendered(merged(pictures[k], width)), rounds)
    peer = drawn + median(lambda k: rendered(by_cell(pictures[k], width)), max(rounds // 4, 3))
    ours = drawn + painted
    print(
        f"  {name:16}  drawn {drawn:4.1f}  painted {painted:4.1f}  together {ours:4.1f}"
        f"  with a style a cell {peer:5.1f}, {peer / ours:.1f} times as long"
    )


def files(kind: str, write: Callable[[Sheet], bytes]) -> None:
    """Measure one kind of file, and print."""
    size = 1280, 800
    spent = median(lambda k: write(compose(points(k), *size, Look())), 5)
    print(f"  {kind:9}  {spent:6.0f} ms, {len(write(compose(points(0), *size, Look()))):,} bytes at 1280 × 800")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="120x60")
    parser.add_argument("--rounds", type=int, default=40)
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    print(f"a frame of {width} × {height} cells, ms of CPU time, median of {args.rounds}")
    frames("pixels", pixels, width, height, args.rounds)
    frames("points and lines", points, width, height, args.rounds)
    files("SVG", svg)
    files("PNG", png)
    files("GIF of 10", lambda sheet: gif([sheet] * 10))
    return 0


if __name__ == "__main__":
    sys.exit(main())
