"""A pinned run behind another: dim and dotted in the charts, dotted over the planes."""

from __future__ import annotations

from typing import Any

import pytest

from studytool.draw import Look, draw_panels, with_ghost

DARK, PLAIN = Look(dark=True), Look(colour=False)


def chart(values: list[float], name: str = "loss") -> dict[str, Any]:
    series = [{"name": name, "x": list(range(1, len(values) + 1)), "y": values}]
    return {"kind": "line", "title": "loss", "axis": "steps", "series": series}


def plane(points: list[list[float]]) -> dict[str, Any]:
    values = [[0.0, 0.0], [0.0, 0.0]]
    paths = [{"name": "w", "points": points}]
    return {"kind": "heatmap", "title": "", "axes": ["", ""], "extent": [[-1, 1], [-1, 1]], "values": values} | {
        "paths": paths
    }


def dots(panels: list[Any], look: Look) -> dict[str | None, int]:
    """How many braille dots of each colour there are."""
    found: dict[str | None, int] = {}
    for row in draw_panels(panels, 60, 20, look).rows:
        for run in row:
            count = sum(bin(ord(c) - 0x2800).count("1") for c in run.text if "⠀" < c <= "⣿")
            if count:
                found[run.fg] = found.get(run.fg, 0) + count
    return found


def test_a_ghost_is_another_line_dimmer_and_with_gaps_and_its_end_stands_in_brackets() -> None:
    now, pinned = [chart([5.0, 4.0, 3.0])], [chart([9.0, 9.0, 9.0, 9.0])]
    both = with_ghost(now, pinned)
    assert "3 (9)" in draw_panels(both, 60, 20, PLAIN).plain
    colours = dots(both, DARK)
    assert len(colours) == 2
    (of_ghost,) = [count for colour, count in colours.items() if colour not in dots(now, DARK)]
    assert 0 < of_ghost < 0.7 * dots(pinned, DARK).popitem()[1]
    assert sum(dots(both, PLAIN).values()) == sum(colours.values()), "without colour, too"


@pytest.mark.parametrize("look", [DARK, PLAIN], ids=["dark", "plain"])
def test_a_ghosts_path_lies_over_the_plane_with_gaps(look: Look) -> None:
    now, pinned = [plane([[-0.9, -0.5], [0.9, -0.5]])], [plane([[-0.9, 0.5], [0.9, 0.5], [float("nan"), 0]])]
    both = sum(dots(with_ghost(now, pinned), look).values())
    alone, whole = (sum(dots(panels, look).values()) for panels in (now, pinned))
    assert alone < both < alone + 0.7 * whole


def test_what_the_pinned_run_has_not_stays_without_a_ghost() -> None:
    now = [chart([5.0, 4.0], name="other"), {"kind": "text", "title": "", "text": "words"}]
    for pinned in ([], [chart([1.0])], [{**chart([]), "series": [{"name": "other", "x": [], "y": []}]}]):
        assert draw_panels(with_ghost(now, pinned), 60, 20, PLAIN) == draw_panels(now, 60, 20, PLAIN)
