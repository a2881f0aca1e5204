"""Without colours, or with a few only, everything can still be told apart."""

from __future__ import annotations

from studytool.app.home.beside import year
from studytool.app.screens.browse import BrowseScreen


def underlined(pilot) -> list[str]:
    """The lines of the screen that have an underlined part."""
    strips = pilot.app.screen._compositor.render_strips()
    return [
        "".join(part.text for part in strip) for strip in strips if any(p.style and p.style.underline for p in strip)
    ]


async def test_without_colour_the_cursor_of_a_list_is_underlined(opened, text, until, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened() as pilot:
        await pilot.press("down")
        await until(pilot, lambda: [line.split()[1] for line in underlined(pilot)] == ["Rivers"])
        await pilot.press("slash", "enter", "down")
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and len(underlined(pilot)) == 1)
        assert "crossed by" in underlined(pilot)[0]


def test_without_colour_the_weight_of_a_day_is_its_character():
    counts = [0] * 10 + [1, 3, 9, 30, 90] * 10
    plain = "".join(line.plain for line in year(counts, 740_000, 80, plain=True))
    shaded = "".join(line.plain for line in year(counts, 740_000, 80))
    assert "■" in shaded
    assert "■" not in plain
    assert all(sign in plain for sign in "░▒▓█")
