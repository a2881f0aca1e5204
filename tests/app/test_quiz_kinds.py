"""Every kind of question in the app, by the keyboard alone; what can be clicked, by the mouse too."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.geometry import Region

from studytool.app.screens.answer import AnswerScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.result import ResultScreen
from studytool.memory import Grade
from studytool.quiz import mark
from studytool.quiz.counting import grade_of
from tests.app.one_note import only
from tests.app.quiz_keys import NOTES, arrange, attempts, row


@pytest.mark.parametrize(
    ("kind", "keys"), [("typed", "the miller"), ("cloze", "bowl"), ("numeric", "0.25 m"), ("truth", "t")]
)
async def test_what_is_typed_is_answered_by_keyboard(quiz, until, text, kind, keys):
    async with quiz(kind) as pilot:
        assert pilot.app.screen.asked.kind == kind
        await pilot.press(*("space" if key == " " else "full_stop" if key == "." else key for key in keys))
        if kind != "truth":
            await pilot.press("enter")
        await until(pilot, lambda: "✓ right" in text(pilot))
        (attempt,) = attempts(pilot)
        assert mark(attempt.asked, attempt.response) == attempt.mark


@pytest.mark.parametrize("kind", ["typed", "recall"])
async def test_escape_ends_no_quiz_over_what_is_being_typed_unless_it_comes_again(quiz, until, text, kind):
    async with quiz(kind) as pilot:
        await pilot.press(*"mill", "escape")
        await until(pilot, lambda: "once more ends the quiz" in text(pilot))
        assert "mill" in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    async with quiz(kind) as pilot:
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


@pytest.mark.parametrize("kind", ["typed", "recall"])
async def test_to_quit_drops_what_is_being_typed_only_once_that_was_said_of_it(quiz, until, text, kind):
    async with quiz(kind) as pilot:
        for typed in ("mi", "ll"):
            pilot.app.clear_notifications()
            await pilot.press(*typed, "ctrl+q")
            await until(pilot, lambda: "ctrl+q once more quits, without the answer" in text(pilot))
            assert not pilot.app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit)


@pytest.mark.parametrize("since", ["home", ""])
async def test_what_is_asked_first_is_asked_again_after_another_key_or_when_it_can_be_read_no_more(
    quiz, until, text, since
):
    async with quiz("typed") as pilot:
        for key, told in (("enter", "press enter again if you do not know"), ("escape", "esc once more ends the quiz")):
            await pilot.press(*(["m"] * (key == "escape")), key)
            await until(pilot, lambda told=told: told in text(pilot))
            if since:
                await pilot.press(since)
                await until(pilot, lambda told=told: told not in text(pilot))
            else:
                pilot.app.clear_notifications()
                await pilot.pause(0.9)  # longer than a key is held
            await pilot.press(key)
            await until(pilot, lambda told=told: told in text(pilot))
            assert not attempts(pilot)
            assert isinstance(pilot.app.screen, QuizScreen)


async def test_a_number_says_its_unit_which_a_bare_one_is_in_and_how_it_may_be_written(quiz, until, text):
    async with quiz("numeric") as pilot:
        assert "in m" in text(pilot)
        assert "1e-3" in text(pilot)
        pilot.app.screen.focused.post_message(Paste("\n25 / \n 100\n"))
        await until(pilot, lambda: pilot.app.screen.focused.value == "25 / 100")
        await pilot.press("enter")
        await until(pilot, lambda: "✓ right" in text(pilot))


async def test_an_essay_without_a_model_answer_promises_none(quiz, until, text, monkeypatch):
    monkeypatch.setitem(NOTES, "essay", "```gift\nWrite about bread. {}\n```\n")
    async with quiz("essay") as pilot:
        assert "ctrl+s, then you mark it yourself" in text(pilot)
        await pilot.press("x", "ctrl+s")
        await until(pilot, lambda: "There is no model answer" in text(pilot))


async def test_where_a_shape_is_asked_for_an_empty_answer_is_told_so(quiz, until, text, monkeypatch):
    monkeypatch.setitem(NOTES, "shape", "Which shape has a table of three rows and four columns?\n= (3, 4)\n")
    async with quiz("shape") as pilot:
        assert "numbers with commas between them" in text(pilot)
        await pilot.press("enter")
        told = "Type a shape such as 3, 4, or press enter again if you do not know."
        await until(pilot, lambda: told in " ".join(one.message for one in pilot.app._notifications))


async def test_a_field_for_own_words_says_what_it_is_for_until_the_model_answer_stands_there(
    quiz, until, text, monkeypatch
):
    monkeypatch.setattr("studytool.quiz.model.TWICE", 0.0)
    async with quiz("recall") as pilot:
        await until(pilot, lambda: "Write what you would say" in text(pilot))
        await pilot.press("ctrl+s", "ctrl+s")  # not known
        await until(pilot, lambda: "gluten" in text(pilot))
        assert "Write what you would say" not in text(pilot)


async def test_options_are_chosen_by_number_or_with_arrows_and_enter(quiz, until, text):
    async with quiz("choice") as pilot:
        place = next(index for index, shown in enumerate(row(pilot, "#options")) if "Sugar" in shown)
        await pilot.press(*("down",) * (place + 1), "enter")
        await until(pilot, lambda: "✓ right" in text(pilot))
        assert "It is cane" in text(pilot)


async def test_of_two_options_the_keys_are_one_or_the_other(opened, until, text, library):
    only(library, "Which of these is sweet?\n\n- [x] Sugar\n- [ ] Salt\n")
    async with opened(start="quiz", count=1, seed=1) as pilot:
        await until(pilot, lambda: "1 or 2, or the arrows and enter" in text(pilot))


async def test_several_options_are_ticked_with_space_and_handed_in_with_enter(quiz, until, text):
    async with quiz("multiple") as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Tick an option, or press enter again" in text(pilot))
        for place, option in enumerate(pilot.app.screen.asked.options):
            await pilot.press("down")
            if option.correct:
                await pilot.press("space")
            assert pilot.app.screen.query_one("#options").highlighted == place
        assert sum("■" in shown for shown in row(pilot, "#options")) == 2
        await pilot.press("enter")
        await until(pilot, lambda: "✓ right" in text(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_recall_shows_the_model_answer_and_the_learner_marks_it(quiz, until, text, size):
    async with quiz("recall", size=size) as pilot:
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Write an answer, or press ctrl+s again if you do not know" in text(pilot))
        await pilot.press(*"yeast", "enter", *"3")
        assert "gluten" not in text(pilot), "digits are letters while one writes"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "gluten holds" in text(pilot))
        assert "✓ named: Yeast" in text(pilot)
        assert "✗ not named:" in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "How was it?" in text(pilot))
        assert not attempts(pilot)
        await pilot.press("2")
        await until(pilot, lambda: "≈ nearly" in text(pilot))
        (attempt,) = attempts(pilot)
        assert (attempt.self_marked, attempt.response) == (True, "yeast\n3")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen))


@pytest.mark.parametrize(("kind", "said"), [("typed", "2,000"), ("numeric", "2,000"), ("recall", "10,000")])
async def test_a_paste_of_100_kb_is_cut_in_every_field(quiz, until, text, kind, said):
    async with quiz(kind) as pilot:
        pilot.app.screen.focused.post_message(Paste("yeast " * 17_000))
        await until(pilot, lambda: f"Only the first {said} characters" in text(pilot))
        await pilot.press(*(("ctrl+s", "1") if kind == "recall" else ("enter",)))
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        assert len(attempts(pilot)[0].response) <= int(said.replace(",", ""))


@pytest.mark.parametrize("kind", ["typed", "recall"])
async def test_a_field_that_is_painted_once_more_when_it_has_gone_shows_nothing(quiz, kind):
    async with quiz(kind) as pilot:
        field = pilot.app.screen.focused
        await pilot.press("a")
        await pilot.pause()
        assert any("a" in strip.text for strip in field.render_lines(Region(0, 0, 12, 3)))
        field.notify_style_update()  # as when it loses the focus
        await field.remove()
        assert [strip.text for strip in field.render_lines(Region(0, 0, 12, 3))] == [" " * 12] * 3


async def test_nothing_handed_in_twice_is_not_known_in_every_kind_but_an_order_and_kept_as_wrong(
    quiz, until, text, monkeypatch
):
    monkeypatch.setattr("studytool.quiz.model.TWICE", -1)
    asks = {
        **dict.fromkeys(("choice", "truth"), "Choose an option"),
        "multiple": "Tick an option",
        "numeric": "Type a number",
        "recall": "Write an answer",
        "matching": "Match the sides",
    }
    kinds = set(NOTES) - {"ordering"}  # there the order that stands is an answer
    async with quiz(*sorted(kinds)) as pilot:
        pilot.app.asks_confidence = True  # but not of what is not known
        count = len(kinds)
        for number in range(1, count + 1):
            await until(pilot, lambda number=number: f"question {number} of {count}" in text(pilot))
            asked = pilot.app.screen.asked
            key = "ctrl+s" if asked.kind == "recall" else "enter"
            await pilot.press(key)
            said = f"{asks.get(asked.kind, 'Type an answer')}, or press {key} again if you do not know."
            await until(pilot, lambda said=said: said in [one.message for one in pilot.app._notifications])
            assert len(attempts(pilot)) == number - 1
            await pilot.press(key)
            await until(pilot, lambda: "✗ wrong   not known" in text(pilot))
            assert "counts it as right" not in text(pilot)
            if asked.kind == "recall":
                assert "gluten holds" in text(pilot)
            elif asked.kind != "matching":
                assert "not known; the answer is “" in text(pilot)
            await pilot.press("y", "enter")
        await until(pilot, lambda: f"0 of {count} right" in text(pilot))
        kept = attempts(pilot)
        assert {one.asked.kind for one in kept} == kinds
        assert [one.response for one in kept if one.is_known or one.overruled] == []
        assert [mark(one.asked, one.response) for one in kept] == [one.mark for one in kept]
        assert [grade_of(one) for one in kept] == [Grade.AGAIN] * count
        for _ in kept:
            await pilot.press("c")
            await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))
            assert "not known" in text(pilot)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen))
            await pilot.press("down")


async def test_a_key_that_is_held_does_not_say_that_one_does_not_know(quiz, until, text, monkeypatch):
    now = 100.0
    monkeypatch.setattr("studytool.app.widgets.answer.monotonic", lambda: now)
    async with quiz("typed") as pilot:
        for wait in (0.0, 0.66, *[0.03] * 40):  # a keyboard waits before it repeats a key the first time
            now += wait
            await pilot.press("enter")
        assert attempts(pilot) == []
        now += 1.0
        await pilot.press("enter")
        await until(pilot, lambda: "not known" in text(pilot))
        assert len(attempts(pilot)) == 1


async def test_a_key_that_is_pressed_fast_says_so_the_third_time(quiz, until, text, monkeypatch):
    now = 100.0
    monkeypatch.setattr("studytool.app.widgets.answer.monotonic", lambda: now)
    async with quiz("typed") as pilot:
        for _ in range(2):
            now += 0.5
            await pilot.press("enter")
        assert attempts(pilot) == []
        now += 0.5
        await pilot.press("enter")
        await until(pilot, lambda: "not known" in text(pilot))
        assert len(attempts(pilot)) == 1


async def test_a_quiz_of_every_kind_is_answered_by_keyboard_and_replayed(quiz, until, text):
    async with quiz(*NOTES) as pilot:
        count = len(NOTES)
        for number in range(1, count + 1):
            await until(pilot, lambda number=number: f"question {number} of {count}" in text(pilot))
            asked = pilot.app.screen.asked
            if asked.kind == "ordering":
                await arrange(pilot, [asked.items[place] for place in asked.places])
            elif asked.kind == "matching":
                await pilot.press(*(str(place + 1) for place in asked.places))
            elif asked.kind == "recall":
                await pilot.press(*"gas", "ctrl+s", "3")
            elif asked.options:
                await pilot.press(*(str(place + 1) for place in asked.right))
            else:
                answer = "0.25 m" if asked.kind == "numeric" else asked.answer
                await pilot.press(*({" ": "space", ".": "full_stop"}.get(key, key) for key in answer))
            if asked.kind not in ("choice", "truth", "recall"):
                await pilot.press("enter")
            await until(pilot, lambda: "✓ right" in text(pilot))
            await pilot.press("enter")
        await until(pilot, lambda: f"{count} of {count} right" in text(pilot))
        kept = attempts(pilot)
        assert {attempt.asked.kind for attempt in kept} == set(NOTES)
        assert all(one.self_marked or mark(one.asked, one.response) == one.mark for one in kept)
        pilot.app.clear_notifications()  # what was said at the beginning stands on the top line for a while
        await pilot.press("c")  # each answer is read in full beside the right one
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen) and "you" in text(pilot))
        first = pilot.app.screen._attempt
        await until(pilot, lambda: f"question {pilot.app.screen._number} " in text(pilot))
        assert pilot.app.screen._number == [one.asked for one in kept].index(first.asked) + 1
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen))
