"""Colours: told apart by every kind of colour vision, readable on their ground, and 16 where there are no others."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest

from studytool.draw import Look, draw_panels
from studytool.draw.calendar import LEVELS
from studytool.draw.theme import ANSI, DARK, DARK_FEW, LIGHT, LIGHT_FEW, STRONG, Theme, nearest, theme_of

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
# severity 1.0, on linear RGB.
VISION = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
BOTH = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
FEW = pytest.mark.parametrize("theme", [DARK_FEW, LIGHT_FEW], ids=["dark", "light"])


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB of linear RGB, for D65."""
    parts = XYZ @ rgb / np.array([0.9505, 1.0, 1.089])
    x, y, z = np.where(parts > 0.008856, np.cbrt(parts), 7.787 * parts + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def difference(one: str, other: str, seen: str) -> float:
    """The distance in CIELAB (ΔE*ab) as it is seen."""
    places = [lab(np.clip(np.asarray(VISION[seen]) @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(places[0] - places[1]))


def contrast(one: str, other: str) -> float:
    """The contrast of the Web Content Accessibility Guidelines, 1 to 21."""
    high, low = sorted((float(XYZ[1] @ linear(colour)) for colour in (one, other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@BOTH
@pytest.mark.parametrize("seen", VISION)
def test_series_differ_for_every_kind_of_colour_vision(theme: Theme, seen: str) -> None:
    assert min(difference(one, other, seen) for one, other in combinations(theme.series, 2)) >= 20


@BOTH
@pytest.mark.parametrize("seen", VISION)
def test_the_two_kinds_and_the_two_ends_of_a_map_lie_far_apart(theme: Theme, seen: str) -> None:
    assert difference(*theme.kinds, seen) >= 60
    assert difference(*theme.tints, seen) >= 20


@BOTH
@pytest.mark.parametrize("seen", VISION)
def test_the_shades_of_a_map_go_one_way_from_the_surface(theme: Theme, seen: str) -> None:
    for kind in (0, 1):
        away = [difference(theme.surface, shade, seen) for shade in theme.tones(kind)]
        assert all(before < after for before, after in pairwise(away))


@pytest.mark.parametrize("theme", [DARK, LIGHT, DARK_FEW, LIGHT_FEW], ids=["dark", "light", "dark 16", "light 16"])
def test_what_is_read_stands_out_from_its_ground(theme: Theme) -> None:
    assert contrast(theme.text, theme.surface) >= 7
    for colour in (theme.dim, *theme.kinds, *theme.series):
        assert contrast(colour, theme.surface) >= 4.5
    assert contrast(theme.rule, theme.tints[0]) >= 4.5 or theme.few
    assert len(set(theme.series)) == 4


def test_where_contrast_is_wanted_all_that_is_read_stands_out_by_7_to_1() -> None:
    theme = theme_of(Look(strong=True))
    for colour in (theme.text, theme.dim, *theme.kinds, *theme.series):
        assert contrast(colour, "#000000") >= 7
    for tint in theme.tints:
        assert contrast(theme.text, tint) >= 7


@pytest.mark.parametrize("theme", [DARK, LIGHT, STRONG], ids=["dark", "light", "strong"])
def test_the_palest_day_of_a_year_stands_out_and_each_level_from_the_one_before(theme: Theme) -> None:
    away = [contrast(level, theme.surface) for level in theme.levels(LEVELS)]
    assert away[0] >= 3
    assert all(after >= 1.2 * before for before, after in pairwise(away))


@BOTH
def test_points_stand_out_from_the_strongest_tint_below_them(theme: Theme) -> None:
    for kind in (0, 1):
        assert contrast(theme.kinds[kind], theme.tints[kind]) >= 3


@FEW
def test_of_16_colours_only_those_are_used(theme: Theme) -> None:
    used = {*theme.kinds, *theme.tints, *theme.series, theme.text, theme.dim, theme.surface, theme.rule, theme.mark}
    shades = {shade for kind in (0, 1) for shade in [*theme.shades(kind), *theme.tones(kind), *theme.greys()]}
    assert used | shades <= set(ANSI)
    assert len({*theme.greys()}) >= 3


@pytest.mark.parametrize("dark", [True, False])
def test_a_picture_in_16_colours_holds_no_other(dark: bool, every_panel: list[dict[str, object]]) -> None:
    for size in ((80, 24), (160, 45)):
        rows = draw_panels(every_panel, *size, Look(dark=dark, few=True)).rows
        shown = {colour for row in rows for run in row for colour in (run.fg, run.bg) if colour}
        assert len(shown) >= 4
        assert shown <= set(ANSI)


def test_the_nearest_of_16_is_the_colour_itself_or_one_like_it() -> None:
    assert [nearest(colour) for colour in ANSI] == list(ANSI)
    assert nearest("#fefefe") == "#ffffff"
    assert nearest("#0a0a96") == "#0000aa"
