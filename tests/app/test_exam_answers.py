"""Answering an exam in the app: flagged, changed, kept by going on, taken back, and how sure one is."""

from __future__ import annotations

import pytest
from textual.events import Paste

from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.examining import Wish
from tests.app.exam_keys import KINDS, answer, begin, events, ready, typed_kind, wrong


async def test_flag_return_change_and_jump_by_number(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        await answer(pilot, until)
        await until(pilot, lambda: ready(pilot) and "question 2 of 8" in text(pilot))
        await pilot.press("ctrl+f")
        await until(pilot, lambda: "⚑ flagged" in text(pilot))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: ready(pilot) and "question 3 of 8" in text(pilot))
        await pilot.press("ctrl+b", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert "1 of 8 answered, 1 flagged" in text(pilot)
        assert "⚑ flagged" in text(pilot)
        await pilot.press("1", "enter")
        await until(pilot, lambda: ready(pilot) and "question 1 of 8" in text(pilot))
        assert "your answer so far" in text(pilot)
        before = screen.exam.attempts[0]
        await answer_wrongly(pilot, until)
        assert screen.exam.attempts[0].response != before.response
        assert len(events(pilot, "attempt")) == 2
        assert len(screen.exam.attempts) == 1


async def answer_wrongly(pilot, until) -> None:
    """Another answer than the right one that is there."""
    screen = pilot.app.screen
    before, asked = screen.exam.attempts[screen._number], screen.asked
    if asked.kind in ("choice", "truth"):
        await pilot.press(str((asked.right[0] + 1) % len(asked.options) + 1))
    elif asked.kind == "multiple":
        await pilot.press(str(asked.right[0] + 1), "enter")
    elif asked.items:
        await pilot.press(*(["J"] if asked.kind == "ordering" else ["2"]), "enter")
    else:
        await pilot.press("x", "ctrl+s" if asked.kind == "recall" else "enter")
    await until(pilot, lambda: screen.exam.attempts[0] != before)


async def test_what_is_typed_is_kept_by_going_on_without_enter(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await typed_kind(pilot, until, screen)
        await pilot.press(*"abc", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert "1 of 1 answered" in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far: abc" in text(pilot))


async def test_an_answer_of_each_kind_stays_untouched_by_going_on_and_can_be_taken_back(
    opened, text, until, kinds, clock
):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        for number, asked in enumerate(screen.exam.paper.questions):
            response = (
                asked.places if asked.items else asked.right if asked.options else asked.answer.partition(" ±")[0]
            )
            screen.exam.answer(number, response, clock(), 1000)
        await pilot.press("escape", "1", "enter")
        given, written = dict(screen.exam.attempts), len(pilot.app.desk.store.events())
        for number in range(8):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number + 1} of 8" in text(pilot))
            assert "ctrl+r takes it back" in text(pilot)
            await pilot.press("ctrl+n")
        await pilot.press("escape", "1", "enter")
        assert screen.exam.attempts == given
        assert len(pilot.app.desk.store.events()) == written
        for number in range(8):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number + 1} of 8" in text(pilot))
            await pilot.press("ctrl+r")
            await until(pilot, lambda: ready(pilot) and "takes it back" not in text(pilot))
            await pilot.press("ctrl+n")
        await pilot.press("escape")
        await until(pilot, lambda: "0 of 8 answered" in text(pilot))


async def test_a_field_that_is_emptied_leaves_the_question_open(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"abc", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far: abc" in text(pilot))
        await pilot.press("end", *["backspace"] * 3, "escape")
        await until(pilot, lambda: "0 of 1 answered" in text(pilot))
        assert not screen.exam.attempts


async def test_pairs_that_were_matched_are_kept_by_going_on_and_the_rest_is_still_to_match(opened, text, until, kinds):
    (kinds / "rivers.md").write_text("# Rivers\n\n" + KINDS.split("---\n\n")[6].partition("## ")[0], "utf-8")
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        assert "esc Questions" in text(pilot), "the way to the list has its place at 80 columns"
        await pilot.press("2", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and "1  ◐" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far" in text(pilot))
        assert screen.exam.attempts[0].response == (1, -1, -1)
        assert screen._field.response() == [1, -1, -1]
        await pilot.press("j", "1", "3", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and "1  ●" in text(pilot))
        assert sorted(screen.exam.attempts[0].response) == [0, 1, 2]


@pytest.mark.parametrize("sure", [False, True])
async def test_a_key_that_is_pressed_twice_answers_one_question(opened, text, until, library, sure):
    parts = [f"Which is number {n}?\n\n- [x] this\n- [ ] that\n- [ ] other\n" for n in range(4)]
    (library / "rivers.md").write_text("# Rivers\n\n" + "\n---\n\n".join(parts), encoding="utf-8")
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3), sure=sure) as pilot:
        screen = await begin(pilot, until)
        first = pilot.app.screen._field
        pilot.app.pressed_at = first.since  # as a key does that comes once the question is there
        first.action_pick(1)
        first.action_pick(2)
        first.action_pick(3)
        if sure:
            await until(pilot, lambda: "How sure are you?" in text(pilot))
            await pilot.press("s")
        await until(pilot, lambda: ready(pilot) and "question 2 of 4" in text(pilot))
        await pilot.pause(0.2)
        assert list(screen.exam.attempts) == [0]


async def test_how_sure_is_not_asked_of_own_words(opened, text, until, kinds):
    (kinds / "rivers.md").write_text("# Rivers\n\n## Why do they bend? (in your own words)\n\nMud settles.\n", "utf-8")
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3), sure=True) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"mud", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert screen.exam.attempts[0].response == "mud"


async def test_how_sure_costs_one_key_and_sure_and_wrong_comes_first(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=5, count=2), sure=True) as pilot:
        screen = await begin(pilot, until)
        for key, number in (("g", 1), ("s", 2)):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number} of 2" in text(pilot))
            await wrong(pilot)
            await until(pilot, lambda: "How sure are you?" in text(pilot))
            await pilot.press(key)
            await until(pilot, lambda number=number: len(screen.exam.attempts) == number)
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h")
        await until(pilot, lambda: "1 sure and wrong · Brier score" in text(pilot))
        results = pilot.app.screen._report.results
        assert [one.attempt.confidence for one in results] == ["sure", "guess"]


async def test_a_paste_of_100_kb_is_cut_and_the_exam_goes_on(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await typed_kind(pilot, until, screen)
        pilot.app.screen.focused.post_message(Paste("word " * 20_000))
        await until(pilot, lambda: "characters were taken" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert len(events(pilot, "attempt")[0]["response"]) <= 10_000


async def test_a_disk_that_is_full_is_said_and_the_question_stays(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        asked = screen.asked
        await wrong(pilot)
        await until(pilot, lambda: "The question stays." in text(pilot))
        assert screen.asked is asked
        pilot.app.desk.store._connection.execute("PRAGMA query_only = OFF")
        await answer(pilot, until)
