"""The quiz in the app: asked, marked, recorded, and a result that leads back to the card."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key, Paste

from studytool.app.screens.card import CardScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.result import ResultScreen
from studytool.app.widgets.answer_waiting import WaitingField
from tests.app.one_note import only

CHOICE = """\
# The Volga and other rivers

Which river is the longest in Europe?

- [ ] Danube
- [x] Volga
- [ ] Rhine
- [ ] Dnieper

> It runs 3,530 km to the Caspian Sea.
"""


@pytest.fixture
def one_choice(library: Path) -> Path:
    only(library, CHOICE)
    return library


async def answer(pilot, *, right: bool) -> None:
    """Answer the question on the screen, rightly or wrongly, as its paper knows."""
    asked = pilot.app.screen.asked
    if asked.options:
        wanted = [index for index, option in enumerate(asked.options) if option.correct is right]
        await pilot.press(str(wanted[0] + 1))
        if asked.kind == "multiple":
            await pilot.press(*(str(index + 1) for index in wanted[1:]), "enter")
    elif asked.kind == "recall":
        await pilot.press(*"water", "ctrl+s", "3" if right else "1")
    else:
        said = asked.answer if right else "zzz"
        pilot.app.screen.query_one("#typed").value = said
        await pilot.press("enter")
    await pilot.pause()


async def test_q_asks_questions_made_from_the_cards(opened, text, until):
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        assert "question 1 of" in text(pilot)


async def test_fewer_questions_than_asked_for_are_told_of(opened, text, until):
    async with opened(start="quiz", count=99, seed=3, computed=False) as pilot:
        await until(pilot, lambda: "99 were asked for" in " ".join(text(pilot).split()))


async def test_a_right_choice_is_marked_and_explained_under_a_topic_that_told_nothing_before(
    opened, text, until, one_choice
):
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: "longest in Europe" in text(pilot))
        assert "other rivers" not in text(pilot)
        above = pilot.app.screen.query_one("#front").region.y
        assert "enter Answer" in text(pilot)
        await answer(pilot, right=True)
        await until(pilot, lambda: "✓ right" in text(pilot) and "enter Next" in text(pilot))
        assert "enter Answer" not in text(pilot)
        assert "3,530 km" in text(pilot)
        assert "The Volga and other rivers" in text(pilot)
        assert pilot.app.screen.query_one("#front").region.y == above


async def test_a_wrong_choice_shows_the_right_one_and_can_be_overruled(opened, text, until, one_choice):
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: "longest in Europe" in text(pilot))
        await answer(pilot, right=False)
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: "✓ overruled" in text(pilot))
        attempts = [event.payload for event in pilot.app.desk.store.events() if event.kind == "attempt"]
        assert [attempt["overruled"] for attempt in attempts] == [False, True]


async def test_the_result_leads_back_to_the_card_and_its_note(opened, text, until, one_choice):
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: "longest in Europe" in text(pilot))
        await answer(pilot, right=False)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen))
        assert "0 of 1 right" in text(pilot)
        assert "rivers.md:3" in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CardScreen))
        assert "Volga" in text(pilot)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_every_question_of_a_quiz_can_be_answered_by_keyboard_and_is_recorded(opened, text, until):
    async with opened(start="quiz", count=6, seed=3) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        count = len(pilot.app.screen._paper.questions)
        assert count >= 4
        for number in range(count):
            await until(pilot, lambda number=number: f"question {number + 1} of" in text(pilot))
            await until(pilot, lambda: not pilot.app.screen.query(WaitingField))
            await answer(pilot, right=True)
            await until(pilot, lambda: "✓ right" in text(pilot))
            await pilot.press("enter")
        await until(pilot, lambda: f"{count} of {count} right" in text(pilot))
        assert sum(event.kind == "attempt" for event in pilot.app.desk.store.events()) == count


async def test_a_library_without_cards_to_ask_about_says_so(opened, text, until, library):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: "no cards" in text(pilot).casefold() or "no question" in text(pilot).casefold())
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_paste_of_100_kb_is_cut_and_said_to_be(opened, text, until, library):
    only(library, "Q: Which river runs through Cairo?\nA: The Nile.\n")
    async with opened(start="quiz", count=1, seed=1) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen.focused is not None)
        pilot.app.screen.focused.post_message(Paste("x" * 100_000))
        await until(pilot, lambda: "Only the first 2,000 characters" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "wrong" in text(pilot))


async def test_enter_before_an_answer_asks_for_one(opened, text, until, one_choice):
    async with opened() as pilot:
        await pilot.press("q")
        await until(pilot, lambda: "longest in Europe" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Choose an option, or press enter again if you do not know." in text(pilot))
        assert pilot.app.desk.store.events() == []


async def test_enter_does_not_overtake_the_keys_before_it(opened, until, library):
    only(library, "# Sound\n\nHow fast does sound go in air?\n\n= 340 m/s\n")
    async with opened(start="quiz", size=(100, 30)) as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: screen._field is not None)
        for character in "340 m/s":  # at once, as a paste tool or a slow line brings them
            pilot.app.post_message(Key("space" if character == " " else character, character))
        pilot.app.post_message(Key("enter", "\r"))
        await until(pilot, lambda: screen._attempts)
        assert screen._attempts[0].response == "340 m/s"
