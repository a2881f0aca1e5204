"""Quiz and exam in windows of very few lines and columns: question and answer have them, and are read whole."""

from __future__ import annotations

import re

import pytest

from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.result import ResultScreen
from studytool.examining import Wish
from tests.app.exam_keys import answer as answer_in_exam
from tests.app.exam_keys import begin, ready
from tests.app.one_note import only

SIZES = pytest.mark.parametrize("size", [(20, 5), (30, 8), (40, 10)], ids=str)
LONG = "# Rivers\n\n{} which river?\n= Volga\n".format(" ".join(["word"] * 90))
CHOICE = "# Rivers\n\n{} which river?\n\n- [ ] Rhine\n- [x] Volga\n- [ ] Elbe\n".format(" ".join(["word"] * 20))


def flat(shown: str) -> str:
    """What is on the screen, as words, without the bar at its edge."""
    return " ".join(re.sub("[▁-█▲▼↕]", " ", shown).split())


async def begun(pilot, until, size) -> QuizScreen:
    """The first question of a quiz that is there, in a window of this size."""
    await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen._field)
    await pilot.resize_terminal(*size)
    pilot.app.clear_notifications()
    await until(pilot, lambda: pilot.app.screen.has_class("-tiny"))
    return pilot.app.screen


async def read(pilot, until, text, said: str) -> None:
    """Words are on the screen, or come there within a few pages."""
    for _ in range(12):
        if said in flat(text(pilot)):
            return
        await pilot.press("pagedown")
    await until(pilot, lambda: said in flat(text(pilot)))


@SIZES
async def test_every_kind_is_read_answered_and_marked(opened, kinds, text, until, size):
    async with opened(start="quiz", seed=3, computed=False, count=8) as pilot:
        screen = await begun(pilot, until, size)
        for number in range(1, 9):
            await until(pilot, lambda number=number: f"{number}/8" in text(pilot).splitlines()[0] and screen._field)
            asked = screen.asked
            first = " ".join(asked.prompt.split()[:3])
            await until(pilot, lambda first=first: flat(text(pilot)).split(" ", 3)[-1].find(first) >= 0)
            if asked.options:
                rows = text(pilot)
                await pilot.press("down", "down")
                chosen = asked.options[1].text.strip(" .")
                await until(pilot, lambda chosen=chosen: chosen in text(pilot))
                assert asked.options[0].text.strip(" .") in rows + text(pilot)
                await pilot.press("space" if asked.kind == "multiple" else "enter")
            elif asked.kind == "matching":
                await pilot.press("1", "2", "3")
                await until(pilot, lambda: "→ 3" in text(pilot))
            elif asked.kind == "recall":
                await pilot.press(*"bend", "ctrl+s")
                await until(pilot, lambda: "1 ✗" in text(pilot).splitlines()[0])
                await read(pilot, until, text, "inner bank.")
                await pilot.press("2")
            elif asked.kind == "ordering":
                await pilot.press("J")
                await until(pilot, lambda asked=asked: asked.items[0] in text(pilot))
            else:
                await pilot.press(*"zz")
                await until(pilot, lambda: "zz" in text(pilot))
            await pilot.press(*["enter"] * (asked.kind not in ("choice", "truth", "recall")))
            await until(pilot, lambda: any(word in text(pilot) for word in ("✓ right", "✗ wrong", "≈ nearly")))
            await until(pilot, lambda: "enter" in text(pilot).splitlines()[0])
            await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen) and " of 8 right" in flat(text(pilot)))


@SIZES
async def test_what_is_typed_comes_in_view_below_a_question_that_fills_the_window(opened, library, text, until, size):
    only(library, LONG)
    async with opened(start="quiz", computed=False) as pilot:
        await begun(pilot, until, size)
        await until(pilot, lambda: "▼" in text(pilot) and "▲" not in text(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "▲" in text(pilot))
        await pilot.press(*"Volg")
        await until(pilot, lambda: "which river? Volg" in flat(text(pilot)))
        await pilot.press("enter")
        await until(pilot, lambda: "✗ wrong" in text(pilot))


async def test_options_and_the_question_above_them_can_both_be_read(opened, library, text, until):
    only(library, CHOICE)
    async with opened(start="quiz", computed=False) as pilot:
        screen = await begun(pilot, until, (20, 5))
        await until(pilot, lambda: "word word" in text(pilot).splitlines()[1])
        await pilot.press("down")
        first = screen.asked.options[0].text
        await until(pilot, lambda: first in text(pilot) and "which river?" in flat(text(pilot)))
        await pilot.press("down", "down")
        last = screen.asked.options[2].text
        await until(pilot, lambda: last in text(pilot))
        await pilot.press("pageup", "pageup", "pageup", "pageup")
        await until(pilot, lambda: "▲" not in text(pilot) and "word word" in text(pilot).splitlines()[1])
        assert screen._field.response() == [2], "pages move the text, not the cursor"


async def test_an_exam_has_its_clock_above_question_and_field_and_its_list_has_the_rest(opened, kinds, text, until):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await pilot.resize_terminal(20, 5)
        await begin(pilot, until)
        for number in range(1, 9):
            await until(pilot, lambda: ready(pilot))
            asked = pilot.app.screen.asked
            await until(pilot, lambda number=number: text(pilot).splitlines()[0].split()[0] == f"{number}/8")
            assert " left" in text(pilot).splitlines()[0]
            await until(pilot, lambda asked=asked: asked.prompt.split()[0] in text(pilot).splitlines()[1])
            await answer_in_exam(pilot, until)
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and "● " in text(pilot))
        assert sum("●" in line for line in text(pilot).splitlines()) == 4


@pytest.mark.parametrize("size", [(40, 12), (30, 12), (80, 6)], ids=str)
async def test_the_key_that_hands_in_own_words_and_the_number_are_told_where_the_foot_has_no_room(
    opened, kinds, text, until, size
):
    async with opened(start="exam", wish=Wish(seed=3), size=size) as pilot:
        screen = await begin(pilot, until)
        while screen.asked.kind != "recall":
            await answer_in_exam(pilot, until)
            await until(pilot, lambda: ready(pilot))
        number = screen._number + 1
        top = (f"{number}/8", f"question {number} of 8")
        await until(pilot, lambda: "ctrl+s" in text(pilot).splitlines()[0])
        assert any(one in text(pilot).splitlines()[0] for one in top)
        assert "left" in text(pilot).splitlines()[0]


@pytest.mark.parametrize("columns", range(44, 62, 4))
async def test_the_number_of_a_question_is_never_cut(opened, kinds, text, until, columns):
    async with opened(start="exam", wish=Wish(seed=3), size=(columns, 12)) as pilot:
        await begin(pilot, until)
        top = text(pilot).splitlines()[0]
        assert "1/8" in top or "question 1 of 8" in top
        assert "…" not in top


async def test_a_question_is_seen_from_its_top_though_it_was_asked_before_the_mark_came_in_view(
    opened, library, text, until
):
    only(library, LONG + "\n---\n\n" + LONG.removeprefix("# Rivers\n\n").replace("Volga", "Rhine"))
    async with opened(start="quiz", computed=False) as pilot:
        screen = await begun(pilot, until, (40, 10))
        await pilot.press(*"zz", "enter", "enter")
        await until(pilot, lambda: "2/2" in text(pilot).splitlines()[0] and screen._field)
        screen._scroll_to_verdict()  # as after a mark that was seen for less than a few refreshes
        await pilot.pause(0.3)
        assert screen._card.scroll_offset.y == 0
