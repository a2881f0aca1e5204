"""Windows of very few lines and columns: the prompt or the answer is read there, and the card graded."""

from __future__ import annotations

import pytest

from studytool.app.screens.home import HomeScreen
from studytool.app.screens.study import StudyScreen
from studytool.memory import Grade
from tests.app.one_note import only
from tests.app.rest import at_rest

DEEP = "Q: How large is the deepest lake?\nA: As large as Belgium, and 1642 m deep at its deepest place.\n"
LONG = "Q: {0} question?\nA: {0} answer!\n".format(" ".join(["word"] * 90))
SIZES = pytest.mark.parametrize("size", [(20, 5), (20, 6), (30, 8), (40, 10)], ids=str)


def flat(shown: str) -> str:
    """What is on the screen, as words."""
    return " ".join(shown.translate(str.maketrans("", "", "▲▼↕")).split())


@SIZES
async def test_prompt_and_answer_are_read_whole_and_the_card_is_graded(opened, library, text, until, size):
    only(library, DEEP)
    async with opened(size=size, start="study") as pilot:
        await until(pilot, lambda: "How large is the deepest lake?" in flat(text(pilot)))
        assert "answer" in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "As large as Belgium," in flat(text(pilot)))
        lines = text(pilot).splitlines()
        assert [" ".join(line.split()) for line in lines if "Easy" in line] == (
            ["Again 1 2 3 4 Easy"] if size[0] == 20 else ["1 Again 2 Hard 3 Good 4 Easy"]
        )
        for _ in range(3):
            if "deepest place." in flat(text(pilot)):
                break
            assert "▼" in text(pilot)
            await pilot.press("down")
        await until(pilot, lambda: "deepest place." in flat(text(pilot)))
        await pilot.press("4")
        await until(pilot, lambda: "Easy" not in text(pilot))
        assert [event.payload["grade"] for event in pilot.app.desk.store.events()] == [Grade.EASY]


@SIZES
async def test_what_does_not_fit_says_so_and_scrolls(opened, library, text, until, size):
    only(library, LONG)
    async with opened(size=size, start="study") as pilot:
        await until(pilot, lambda: "word word" in text(pilot) and "▼" in text(pilot))
        assert "▲" not in text(pilot)
        await pilot.press("down")
        await until(pilot, lambda: "▲" in text(pilot) and "▼" in text(pilot))
        for _ in range(90):
            await pilot.press("down")
        await until(pilot, lambda: "question?" in text(pilot) and "▼" not in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "▲" in text(pilot) and "▼" in text(pilot) and "word" in text(pilot))
        assert "question?" not in text(pilot), "the answer begins at the top"


async def test_grades_in_a_single_line_have_their_intervals_where_there_is_room(opened, text, until):
    async with opened(size=(80, 10), start="study") as pilot:
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "1 Again 1 min" in text(pilot) and "4 Easy" in text(pilot))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "1 Again 1 min" not in text(pilot) and "1 min" in text(pilot))
        assert "Study" in text(pilot).splitlines()[0]
        await pilot.resize_terminal(20, 5)
        await until(pilot, lambda: "Again 1 2 3 4 Easy" in text(pilot))
        assert "The Nile." in text(pilot)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (18, 3), (19, 5), (20, 4), (200, 1), (1, 60)], ids=str)
async def test_a_terminal_that_is_too_small_says_how_large_it_must_be_and_does_nothing(opened, text, until, size):
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "Cairo" in text(pilot))
        before = text(pilot)
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: not isinstance(pilot.app.screen, StudyScreen))
        assert await at_rest(pilot.app), "what is there is drawn once"
        if min(size) > 3 or size[0] > 90:
            told = f"studytool needs 20 columns and 5 rows; this terminal has {size[0]} and {size[1]}."
            await until(pilot, lambda: told.replace(" ", "") in "".join(text(pilot).split()))
        elif size == (18, 3):
            await until(pilot, lambda: "needs 20 columns, 5 rows" in flat(text(pilot)))
        await pilot.press("space", "4", "escape")
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: text(pilot) == before)
        assert not pilot.app.desk.store.events()


async def test_a_terminal_that_is_too_small_at_the_start_comes_to_the_first_screen_when_it_grows(
    opened, library, text, until
):
    async with opened() as pilot:
        await pilot.resize_terminal(10, 3)
        await until(pilot, lambda: not isinstance(pilot.app.screen, HomeScreen))
        pilot.app.push_screen(StudyScreen(None))
        await until(pilot, lambda: not isinstance(pilot.app.screen, StudyScreen))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "Cairo" in text(pilot))


@pytest.mark.parametrize("size", [(20, 5), (30, 7)], ids=str)
@pytest.mark.parametrize(
    ("keys", "row", "heading"), [([], "○ Ev", "topic"), (["m"], "○ ", "recal"), (["/"], "Which", "prompt")]
)
async def test_in_few_lines_the_row_under_the_cursor_is_there_and_not_its_heading(
    opened, text, until, size, keys, row, heading
):
    async with opened() as pilot:
        await pilot.press(*keys)
        await until(pilot, lambda: heading in text(pilot))
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: heading not in text(pilot) and row in text(pilot))
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: heading in text(pilot))
