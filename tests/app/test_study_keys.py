"""Keys of a sitting that come to nothing, or take something back, say so; the foot tells those that matter."""

from __future__ import annotations

import pytest

from studytool.app.screens.home import HomeScreen
from tests.app.exam_keys import said


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (["space", "3"], "Good"),
        (["space", "1"], "Again"),
        (["b"], "Buried"),
        (["s"], "Suspended"),
        (["x"], "Not a card"),
    ],
)
async def test_what_was_taken_back_is_told(opened, text, until, keys, told):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press(*keys)
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: f"Taken back: {told}." in said(pilot) and "Cairo" in text(pilot))


async def test_what_suspends_a_card_tells_the_key_that_brings_it_back(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("s")
        await until(pilot, lambda: "Suspended: r at home brings it back. u takes it back." in said(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("r")
        await until(pilot, lambda: "1 card is back" in said(pilot))


@pytest.mark.parametrize("key", ["d", "U"])
async def test_a_key_that_does_nothing_here_is_not_on_the_foot(opened, text, until, key):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        assert f" {key} " not in text(pilot).splitlines()[-1]


async def test_the_foot_tells_how_to_suspend_a_card_whatever_else_it_tells(opened, text, until):
    async with opened(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "s Suspend" in text(pilot).splitlines()[-1])
        await pilot.press("space")
        await until(pilot, lambda: "space Good" in text(pilot).splitlines()[-1])
        assert "s Suspend" in text(pilot).splitlines()[-1]
        await pilot.press("3")
        await until(pilot, lambda: "u Undo" in text(pilot).splitlines()[-1])
        assert "s Suspend" in text(pilot).splitlines()[-1]
        await pilot.press("space")
        await until(pilot, lambda: "space Good" in text(pilot).splitlines()[-1])
        assert "s Suspend" in text(pilot).splitlines()[-1]
