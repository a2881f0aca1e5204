"""An exam in two windows: what stands in the fields of the one that lost it, until it goes on, ends or is left."""

from __future__ import annotations

import pytest

from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.home import HomeScreen
from studytool.errors import StudytoolError
from studytool.examining import Wish
from tests.app.exam_keys import begin, events, ready, said

WISH = Wish(topics=["Threshold units", "Rivers"], seed=3)


@pytest.fixture
def lost(opened, text, until, elsewhere, clock, monkeypatch):
    """`screen, there = await lost(pilot, "mine")`: words at the first question, and another window has the exam."""
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.1)

    async def lose(pilot, words=""):
        screen = await begin(pilot, until)
        await pilot.press(*words)
        there = elsewhere()
        there.resume(clock())
        await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
        return screen, there

    return lose


async def to(pilot, until, text, key: str, number: int) -> None:
    """Another question."""
    await pilot.press(key)
    await until(pilot, lambda: ready(pilot) and f"question {number} " in text(pilot))


async def to_the_list(pilot, until) -> None:
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))


async def test_a_flag_in_the_list_goes_on_here_with_what_stands_in_the_field(opened, text, until, lost):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, _ = await lost(pilot, "abc")
        await to_the_list(pilot, until)
        await pilot.press("f")
        await until(pilot, lambda: screen.exam.flags)
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and screen._field.begun() == "abc")
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc"]


async def test_words_that_no_answer_held_stay_in_the_field_when_the_answer_is_taken_back(opened, text, until):
    async with opened(start="exam", wish=WISH) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"abc", "enter")
        await until(pilot, lambda: ready(pilot) and "question 2 " in text(pilot))
        await to(pilot, until, text, "ctrl+b", 1)
        await pilot.press(*" and more")
        await until(pilot, lambda: screen._field.begun() == "abc and more")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not screen.exam.attempts and ready(pilot))
        await until(pilot, lambda: screen._field.begun() == "abc and more")
        await pilot.press("enter")
        await until(pilot, lambda: screen.exam.attempts)
        assert [one["response"] for one in events(pilot, "attempt")][-1] == "abc and more"


async def test_a_draft_that_cannot_be_written_stays_one_and_is_written_before_it_is_handed_in(
    opened, text, until, lost, monkeypatch
):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, _ = await lost(pilot, "abc")
        await to(pilot, until, text, "ctrl+n", 2)

        def full(*_, **__):
            raise StudytoolError("The disk is full.")

        with monkeypatch.context() as patch:
            patch.setattr(screen.exam, "answer", full)
            await pilot.press("ctrl+f")
            await until(pilot, lambda: "The disk is full." in said(pilot))
        assert screen.drafts[0].response == "abc"
        await to_the_list(pilot, until)
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc"]


async def test_a_draft_of_a_question_that_was_answered_there_is_kept_and_named_before_and_when_it_is_handed_in(
    opened, text, until, lost, clock
):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, there = await lost(pilot, "mine")
        await to(pilot, until, text, "ctrl+n", 2)
        there.answer(0, "theirs", clock(), 1000)
        await until(pilot, lambda: 0 in screen.exam.attempts)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: screen.exam.flags)
        await to(pilot, until, text, "ctrl+b", 1)
        assert screen._field.begun() == "mine"
        pilot.app.clear_notifications()
        await to(pilot, until, text, "ctrl+n", 2)
        assert "question 1 is “theirs” by now. Yours is kept: enter there, twice, takes it." in said(pilot)
        await to_the_list(pilot, until)
        await pilot.press("h")
        left = "What was left here is not taken unless you answer with it: “mine” at question 1."
        await until(pilot, lambda: f"you answered 1 question: 1. {left}" in said(pilot))
        await pilot.press("h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await until(pilot, lambda: "What you left here is not taken: “mine” at question 1." in said(pilot))
        assert [one["response"] for one in events(pilot, "attempt")] == ["theirs"]
        (printed,) = pilot.app.at_end
        assert printed.endswith("\nmine")


async def test_a_draft_is_named_where_the_time_runs_out(opened, text, until, lost, clock, time_is_up):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, there = await lost(pilot, "mine")
        there.answer(0, "theirs", clock(), 1000)
        await until(pilot, lambda: 0 in screen.exam.attempts)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: screen.exam.flags)
        time_is_up()
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await until(pilot, lambda: "What you left here is not taken: “mine” at question 1." in said(pilot))
        assert pilot.app.at_end


async def test_what_was_answered_there_is_named_though_the_exam_went_to_and_fro_since(opened, until, lost, clock):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, there = await lost(pilot)
        there.answer(0, "theirs", clock(), 1000)
        await until(pilot, lambda: 0 in screen.exam.attempts)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: not screen.goes_on)
        there.resume(clock())
        await until(pilot, lambda: screen.goes_on)
        await to_the_list(pilot, until)
        await pilot.press("h")
        await until(pilot, lambda: "In the other window you answered 1 question: 1." in said(pilot))


async def test_one_enter_takes_no_answer_of_the_other_window_away_though_it_is_drawn_already(
    opened, text, until, lost, clock
):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, there = await lost(pilot, "mine")
        there.answer(0, "theirs", clock(), 1000)
        await until(pilot, lambda: "so far: theirs" in text(pilot))
        await pilot.press("enter")
        told = "In the other window this question is “theirs” by now. enter once more takes yours instead."
        await until(pilot, lambda: told in said(pilot))
        assert screen.exam.attempts[0].response == "theirs"
        assert screen._field.begun() == "mine"
        await pilot.press("enter")
        await until(pilot, lambda: screen.exam.attempts[0].response == "mine")


async def test_to_quit_once_more_leaves_what_was_named_and_nothing_else(opened, text, until, lost):
    async with opened(start="exam", wish=WISH) as pilot:
        await lost(pilot, "abc")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "Not saved: “abc” at question 1." in said(pilot))
        pilot.app.clear_notifications()
        await to(pilot, until, text, "ctrl+n", 2)
        await pilot.press(*"more", "ctrl+q")
        await until(pilot, lambda: "Not saved: “abc” at question 1, “more” at question 2." in said(pilot))
        assert not pilot.app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit)
        assert [one.rpartition("\n")[2] for one in pilot.app.at_end] == ["abc", "more"]
        assert not events(pilot, "attempt")


@pytest.mark.parametrize("since", ["home", ""])
async def test_to_quit_asks_again_after_another_key_or_when_what_it_asked_can_be_read_no_more(
    opened, text, until, lost, since
):
    async with opened(start="exam", wish=WISH) as pilot:
        await lost(pilot, "abc")
        told = "Not saved: “abc” at question 1. To answer there saves it. To quit once more leaves without it."
        await pilot.press("ctrl+q")
        await until(pilot, lambda: told in said(pilot))
        if since:
            await pilot.press(since)
            await until(pilot, lambda: told not in said(pilot))
        else:
            pilot.app.clear_notifications()
        await pilot.press("ctrl+q")
        await until(pilot, lambda: told in said(pilot))
        assert not pilot.app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit)


async def test_to_hand_in_with_open_questions_asks_again_after_another_key(opened, text, until):
    async with opened(start="exam", wish=WISH) as pilot:
        await begin(pilot, until)
        await to_the_list(pilot, until)
        await pilot.press("h")
        await until(pilot, lambda: "h again hands in all the same." in said(pilot))
        await pilot.press("down", "h")
        await until(pilot, lambda: "h again hands in all the same." in said(pilot))
        assert isinstance(pilot.app.screen, QuestionsScreen)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))


async def test_to_leave_names_what_is_not_saved_first(opened, until, lost):
    async with opened(start="exam", wish=WISH) as pilot:
        await lost(pilot, "abc")
        await to_the_list(pilot, until)
        await pilot.press("q")
        await until(pilot, lambda: "“abc” at question 1. To answer there saves it. To leave once more" in said(pilot))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "goes on in the other window. What you left here is not saved: “abc” at question 1." in said(pilot)
        assert len(pilot.app.at_end) == 1


async def test_one_that_the_other_window_has_left_goes_on_nowhere_until_it_goes_on_here(
    opened, text, until, lost, clock
):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, there = await lost(pilot, "abc")
        there.leave(clock(), 5000)
        await until(pilot, lambda: "left in the other window" in text(pilot).split("\n")[0])
        assert "and left there: its clock stands still. To answer, flag or hand in once more goes on" in said(pilot)
        await to_the_list(pilot, until)
        assert "left in the other window" in text(pilot).split("\n")[0]
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "1 answered · 29:5" in text(pilot).split("\n")[0])
        assert screen.exam.interruptions == 1


async def test_a_field_that_is_emptied_in_the_window_that_lost_it_takes_the_answer_back_when_it_goes_on_there(
    opened, text, until, lost
):
    async with opened(start="exam", wish=WISH) as pilot:
        screen, _ = await lost(pilot)
        await pilot.press(*"abc", "enter")
        await until(pilot, lambda: ready(pilot) and "question 2 " in text(pilot))
        screen.exam._sat = "another"  # once more
        screen.give_over()
        await to(pilot, until, text, "ctrl+b", 1)
        await pilot.press("home", "ctrl+k")
        await to(pilot, until, text, "ctrl+n", 2)
        await to(pilot, until, text, "ctrl+b", 1)
        assert screen._field.begun() is None
        await pilot.press("ctrl+f")
        await until(pilot, lambda: screen.exam.flags)
        assert not screen.exam.attempts
