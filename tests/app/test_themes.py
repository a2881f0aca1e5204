"""Every text can be read on everything that may be behind it, and no colour says anything alone."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import studytool
from studytool import settings
from studytool.app.home.beside import SHADES
from studytool.app.screens.choose import ChooseScreen
from studytool.app.screens.exam_report import ReportScreen
from studytool.app.themes import COLOUR_BLIND, COLOUR_BLIND_LIGHT, CONTRAST, THEMES
from studytool.draw import Look
from studytool.draw.theme import theme_of
from tests.draw.test_theme import VISION, difference

SOURCES = sorted((Path(studytool.__file__).parent / "app").rglob("*.py"))
GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background")
# Lines and bars, which say nothing that no word beside them says.
DRAWN = {"border"}
NAMED = re.compile(r"\$((?:foreground|text|primary|secondary|accent|success|warning|error|footer|block|border)[a-z-]*)")


def luminance(colour: Color) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [part / 255 for part in (colour.r, colour.g, colour.b)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio by WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def in_use() -> set[str]:
    """The names of all colours that the app writes in."""
    text = "\n".join(path.read_text("utf-8") for path in SOURCES)
    names = set(NAMED.findall(re.sub(r"on \$\w+ \d+%|background: \$[\w-]+", "", text))) - DRAWN
    sheet = "\n".join(path.read_text("utf-8") for path in (Path(studytool.__file__).parent / "app").glob("*.tcss"))
    names |= set(re.findall(r"(?<![-\w])color: \$([a-z-]+)", sheet))
    names = {name for name in names if not name.endswith("-text-style")}
    if any(name.endswith("-") for name in names):  # `$text-{colour}` in a formatted string
        names |= {f"text-{colour}" for colour in ("primary", "secondary", "success", "warning", "error", "accent")}
    return {name for name in names if not name.endswith("-")}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_text_stands_out_from_every_ground(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    least = 7.0 if theme.name == "studytool-contrast" else 4.5
    plain = [Color.parse(colours[name]) for name in GROUNDS]
    behind = Color.parse(colours["background"])
    tinted = [behind.blend(Color.parse(colours["foreground"]), 0.08, 1)]  # code in a card
    too_faint = {}
    names = {name for name in in_use() if not colours[name].startswith("auto")}
    assert {"foreground-muted", "accent", "error", "success", "text-primary"} <= names
    for name in names:
        colour = Color.parse(colours[name])
        for ground in [*plain, *tinted]:
            seen = ground.blend(colour, colour.a, 1)
            if contrast(seen, ground) < least:
                too_faint[name, ground.hex] = round(contrast(seen, ground), 2)
    assert not too_faint


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_marked_words_can_be_read(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    ground = Color.parse(colours["background"]).blend(Color.parse(colours["warning"]), 0.25, 1)
    assert contrast(Color.parse(colours["foreground"]), ground) >= (7 if "contrast" in theme.name else 4.5)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_day_with_answers_stands_out_in_the_year(theme: Theme) -> None:
    colours = theme.to_color_system().generate()
    ground, primary = Color.parse(colours["background"]), Color.parse(colours["primary"])
    for shade in SHADES[1:]:
        part = int(shade.partition(" ")[2].rstrip("%") or 100) / 100
        assert contrast(ground.blend(primary, part, 1), ground) >= 3


@pytest.mark.parametrize("seen", VISION)
@pytest.mark.parametrize("theme", [COLOUR_BLIND, COLOUR_BLIND_LIGHT], ids=["dark", "light"])
def test_the_colours_of_grades_differ_for_every_kind_of_colour_vision(theme: Theme, seen: str) -> None:
    colours = [str(colour) for colour in (theme.primary, theme.success, theme.warning, theme.error)]
    assert min(difference(one, other, seen) for one, other in combinations(colours, 2)) >= 10


def test_charts_stand_out_as_the_text_of_their_theme_does() -> None:
    assert theme_of(Look(strong=True)).surface == CONTRAST.background


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(119, 119, 119), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_the_themes_that_can_be_set_are_those_there_are() -> None:
    assert tuple(theme.name for theme in THEMES) == settings.THEMES


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_what_stands_on_the_frame_of_a_window_can_be_read(opened, until, theme: Theme) -> None:
    async with opened() as pilot:
        pilot.app.theme = theme.name
        for screen, name in ((ReportScreen("# Report"), "one-card"), (ChooseScreen("One of them", ["A"]), "choose")):
            pilot.app.push_screen(screen)
            await until(pilot, lambda screen=screen, name=name: screen.query(f"#{name}"))
            frame = screen.query_one(f"#{name}")
            assert frame.border_subtitle
            for colour in (frame.styles.border_title_color, frame.styles.border_subtitle_color):
                assert contrast(colour, frame.styles.background) >= 4.5
