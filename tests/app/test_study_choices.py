"""Options that are chosen by their numbers while one studies: the mark, and the grade that it speaks for."""

from __future__ import annotations

import pytest

from studytool.app.screens.study import StudyScreen
from tests.app.one_note import only

ONE = "# Rivers\n\nWhich river is the longest?\n\n- [ ] Danube\n- [x] Volga\n- [ ] Rhine\n\n> It has 3530 km.\n"
SEVERAL = "# Rivers\n\nWhich of these end in the Black Sea?\n\n- [x] Danube\n- [ ] Rhine\n- [x] Dniester\n"


def grades(pilot) -> list[int]:
    return [event.payload["grade"] for event in pilot.app.desk.store.events() if event.kind == "review"]


@pytest.mark.parametrize(("key", "told", "grade"), [("2", "✓ right", 3), ("3", "✗ wrong", 1)])
async def test_a_number_chooses_an_option_and_its_mark_proposes_a_grade(opened, library, text, until, key, told, grade):
    only(library, ONE)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "2. Volga" in text(pilot) and "1 to 3 choose" in text(pilot))
        await pilot.press("4")  # there is no such option, and no grade is given before the answer is shown
        assert not pilot.app.screen._revealed
        await pilot.press(key)
        await until(pilot, lambda: told in text(pilot) and f"you chose {key}" in text(pilot))
        assert f"▸ {grade}" in text(pilot)
        assert "It has 3530 km." in text(pilot)
        assert grades(pilot) == []
        await pilot.press("enter")
        await until(pilot, lambda: grades(pilot) == [grade])


async def test_where_several_are_right_numbers_tick_and_space_marks_them(opened, library, text, until):
    only(library, SEVERAL)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "space shows the answer      1 to 3 tick" in text(pilot))
        await pilot.press("1", "2")
        await until(pilot, lambda: "2. ■ Rhine" in text(pilot) and "1. ■ Danube" in text(pilot))
        await until(pilot, lambda: "space marks what you ticked      1 to 3 tick" in text(pilot))
        await pilot.press("2")
        await until(pilot, lambda: "2. Rhine" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "≈ nearly · you chose 1" in text(pilot) and "▸ 2 Hard" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "1. Danube" in text(pilot) and "choose again" in text(pilot))
        await pilot.press("1", "3", "space")
        await until(pilot, lambda: "✓ right · you chose 1, 3" in text(pilot) and "▸ 3 Good" in text(pilot))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("- [x] True\n- [ ] False\n", "1 True 2 False"),
        ("- [ ] The Volga\n- [x] The Rhine\n", "1 or 2 choose"),
    ],
)
async def test_of_two_options_it_is_said_what_their_keys_are(opened, library, text, until, options, told):
    only(library, f"# Rivers\n\nDoes it flow to the west?\n\n{options}")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: f"space shows the answer {told}" in " ".join(text(pilot).split()))


async def test_who_chooses_none_turns_the_card_over_as_any_other(opened, library, text, until):
    only(library, ONE)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "2. Volga" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "3 Good" in text(pilot))
        assert "you chose" not in text(pilot)
        assert "▸" not in text(pilot)


async def test_after_a_typed_answer_a_choice_takes_numbers(opened, library, text, until):
    only(library, f"# Rivers\n\nWhich river is crossed by the Charles Bridge?\n= Vltava\n\n---\n\n{ONE}")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and pilot.app.focused)
        await pilot.press(*"Vltava", "enter", "enter")
        await until(pilot, lambda: "2. Volga" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "choose again" in text(pilot))
        assert pilot.app.focused is None
        await pilot.press("2")
        await until(pilot, lambda: "✓ right" in text(pilot))
        assert isinstance(pilot.app.screen, StudyScreen)
