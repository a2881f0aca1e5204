"""Keys that come faster than what they do: each is heard once the one before it has had its effect."""

from __future__ import annotations

from time import monotonic
from types import SimpleNamespace
from typing import cast

import pytest
from textual.events import Key
from textual.message_pump import MessagePump
from textual.widgets import Input

from studytool.app.queues import passed
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.write import WriteScreen
from studytool.examining import Wish
from tests.app.exam_keys import begin, events, ready
from tests.app.one_note import only

TYPED = "# Bridges\n\nWho built the oldest bridge?\n= Charles\n\n---\n\nWho painted the longest one?\n= Monet\n"
OWN = "# Bridges\n\n## Why do bridges sway? (in your own words)\n\nThe wind meets their rhythm.\n\n---\n\n"
CHOICES = "# Bridges\n\n" + "\n---\n\n".join(
    f"Which bridge is the {most} one?\n\n- [x] Charles\n- [ ] Tower\n" for most in ("oldest", "longest")
)
ORDER = "\n---\n\nPut the steps of a river in order.\n\n1. Spring\n2. Bend\n3. Mouth\n"


def burst(pilot, *keys: str) -> None:
    """Press keys at once, as a fast writer or a paste without brackets does."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize("last", ["escape", "ctrl+q", "ctrl+b"])
async def test_words_with_ctrl_n_between_them_go_to_the_question_that_was_there(opened, library, until, last):
    only(library, TYPED)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await begin(pilot, until)
        burst(pilot, *"abc", "ctrl+n", *"def", last)
        await until(pilot, lambda: len(events(pilot, "attempt")) == 2)
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc", "def"]


async def test_words_after_enter_go_to_the_next_question(opened, library, text, until):
    only(library, TYPED)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        burst(pilot, *"abc", "enter", *"def")
        await until(pilot, lambda: ready(pilot) and screen._number == 1 and screen._field.begun() == "def")
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc"]


async def test_words_after_how_sure_one_is_go_to_the_question_that_is_there_by_then(opened, library, until):
    only(library, TYPED)
    async with opened(start="exam", wish=Wish(seed=3, sure=True)) as pilot:
        screen = await begin(pilot, until)
        burst(pilot, "a", "enter", "escape", "b", "enter", "1", "c", "enter", "2")
        await until(pilot, lambda: len(events(pilot, "attempt")) == 2)
        told = [(one["response"], one["confidence"]) for one in events(pilot, "attempt")]
        assert told == [("ab", "guess"), ("c", "likely")]
        assert len(screen.exam.attempts) == 2


async def test_what_is_written_in_own_words_stays_where_it_was_written_and_the_list_takes_numbers(
    opened, library, until
):
    only(library, OWN + TYPED.partition("\n\n")[2])
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        for _ in range(3):
            if screen.asked.kind == "recall":
                break
            await pilot.press("ctrl+n")
        number = screen._number
        burst(pilot, *"wind", "ctrl+s", *"xy", "escape", str(number + 1))
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await until(pilot, lambda: pilot.app.screen.query_one("#results").highlighted == number)
        assert [one["response"] for one in events(pilot, "attempt")] == ["wind", "xy"]


FIFTEEN = "# Bridges\n\n" + "\n---\n\n".join(f"What is {n} and {n}?\n= {n + n}\n" for n in range(1, 16))


async def test_a_number_in_the_list_with_enter_right_behind_it_goes_to_its_question(opened, library, until):
    only(library, FIFTEEN)
    async with opened(start="exam", wish=Wish(seed=3, count=15)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        burst(pilot, "1", "2", "enter")
        await until(pilot, lambda: ready(pilot) and pilot.app.screen is screen)
        assert screen._number == 11
        assert not screen._field.begun()
        assert not events(pilot, "attempt")


@pytest.mark.parametrize("back", ["escape", "enter"])
async def test_what_is_typed_right_behind_the_key_that_leaves_the_list_is_whole(opened, library, until, back):
    only(library, FIFTEEN)
    async with opened(start="exam", wish=Wish(seed=3, count=15)) as pilot:
        screen = await begin(pilot, until)
        burst(pilot, "escape", back, "4", "2", "enter", "5")
        await until(pilot, lambda: ready(pilot) and screen._number == 1 and screen._field.begun() == "5")
        assert [one["response"] for one in events(pilot, "attempt")] == ["42"]


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        ("1 2", 12),
        ("1 down 2", 2),
        ("1 f 2", 2),
        ("1 backspace 2", 2),
        ("1 2 backspace 3", 13),
        ("backspace 3", 3),
        ("3 7", 7),
        ("1 0 0", 10),
        ("0", 1),
    ],
)
async def test_digits_make_one_number_as_long_as_nothing_else_moves_the_cursor(
    opened, library, text, until, keys, number
):
    only(library, FIFTEEN)
    async with opened(start="exam", wish=Wish(seed=3, count=15)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press(*keys.split())
        assert ("The numbers are 1 to 15." in text(pilot)) is keys.endswith("0")
        await pilot.press("enter")
        await until(pilot, lambda: ready(pilot) and pilot.app.screen is screen)
        assert screen._number == number - 1


async def test_a_key_that_was_pressed_twice_hands_in_no_question_that_nobody_has_read(opened, library, text, until):
    only(library, TYPED + ORDER)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        for _ in range(3):
            at = screen._number
            if at + 1 < 3 and screen.exam.paper.questions[at + 1].kind == "ordering":
                break
            await pilot.press("ctrl+n")
        if screen.exam.paper.questions[0].kind == "ordering":
            await pilot.press("ctrl+b", "ctrl+b")
        at = screen._number
        burst(pilot, "a", "enter", "enter")
        await until(pilot, lambda: ready(pilot) and screen._number != at)
        await pilot.pause(0.3)
        assert len(screen.exam.attempts) == 1


async def test_the_last_letters_of_an_own_answer_are_kept_though_the_key_that_keeps_it_follows_at_once(
    opened, library, text, until
):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WriteScreen) and pilot.app.focused is not None)
        burst(pilot, *"water", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await until(pilot, lambda: events(pilot, "note"))
        assert [one["text"] for one in events(pilot, "note")] == ["water"]


async def test_an_own_answer_is_whole_that_is_written_right_behind_the_key_that_begins_it(opened, library, text, until):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "old cities" in text(pilot))
        burst(pilot, "w", *"subx", "ctrl+s")
        await until(pilot, lambda: events(pilot, "note"))
        assert [one["text"] for one in events(pilot, "note")] == ["subx"]
        assert len(pilot.app.desk.store.events()) == 1


async def test_who_quits_while_an_own_answer_is_written_is_asked_first(opened, library, text, until):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w", *"water", "ctrl+q")
        await until(pilot, lambda: "ctrl+q again drops it" in " ".join(text(pilot).replace("▌", "").split()))
        assert not pilot.app._exit
        await pilot.press("s", "ctrl+q")
        assert not pilot.app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit)
        assert not events(pilot, "note")


async def test_what_is_written_after_all_by_who_was_about_to_quit_is_kept_when_the_terminal_goes(
    opened, library, text, until
):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w", *"water", "ctrl+q")
        screen = pilot.app.screen
        assert screen.end(), "the second time"
        screen.break_off()
        assert not events(pilot, "note"), "it was to be dropped"
        await pilot.press("s")  # another screen had something to save, and the app has not ended
        screen.break_off()
        assert [one["text"] for one in events(pilot, "note")] == ["waters"]


async def test_where_nothing_tells_that_a_part_waits_its_queue_is_gone_through():
    gone_through = []

    def call_later(done) -> bool:
        gone_through.append(done)
        done()
        return True

    node = SimpleNamespace(_message_queue=SimpleNamespace(), message_queue_size=0, call_later=call_later)
    await passed([cast("MessagePump", node)])
    assert gone_through


async def test_a_key_that_comes_when_all_is_done_goes_through_no_queue_but_its_own(opened, library, until, monkeypatch):
    only(library, TYPED)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"ab")
        gone_through, call_later = [], Input.call_later

        def called(field, wanted, *more):
            gone_through.append(wanted.__name__)
            return call_later(field, wanted, *more)

        monkeypatch.setattr(Input, "call_later", called)
        await pilot.press(*"cd")
        await until(pilot, lambda: screen._field.begun() == "abcd")
        assert "set" not in gone_through, "as `passed` would have it called"


@pytest.mark.parametrize("start", ["exam", "quiz"])
async def test_words_that_are_handed_in_before_their_question_is_there_answer_it(opened, library, until, start):
    only(library, TYPED)
    async with opened(start=start, wish=Wish(seed=3) if start == "exam" else None, computed=False) as pilot:
        if start == "exam":
            await begin(pilot, until)
        else:
            await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen._field)
        enter = ["enter"] * (1 if start == "exam" else 2)  # the second one asks the next question
        burst(pilot, *"abc", *enter, *"def", *enter)
        await until(pilot, lambda: len(events(pilot, "attempt")) == 2)
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc", "def"]


async def test_a_number_that_was_pressed_twice_answers_no_question_that_nobody_has_read(opened, library, until):
    only(library, CHOICES)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        burst(pilot, "1", "1")
        await until(pilot, lambda: ready(pilot) and screen._number == 1)
        await pilot.pause(0.3)
        assert len(screen.exam.attempts) == 1
        await pilot.press("1")
        await until(pilot, lambda: len(screen.exam.attempts) == 2)


async def test_numbers_with_ctrl_n_between_them_tick_at_the_question_that_was_there(opened, library, until):
    only(library, CHOICES.replace("[ ]", "[x]").replace("- [x] Charles", "- [ ] Neither\n- [x] Charles"))
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        burst(pilot, "1", "2", "ctrl+n", "3", "escape", "2")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await until(pilot, lambda: pilot.app.screen.query_one("#results").highlighted == 1)
        assert {number: one.response for number, one in screen.exam.attempts.items()} == {0: (0, 1), 1: (2,)}


MIXED = "# Bridges\n\nQ: Which town has the oldest bridge?\nA: Prague.\n\nWho painted the longest one?\n= Monet\n"


async def test_letters_right_behind_a_grade_are_typed_to_the_next_card_and_nothing_is_done_by_them(
    opened, library, text, until
):
    only(library, MIXED)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "oldest bridge" in text(pilot))
        burst(pilot, "space", "3", *"busnr")
        await until(pilot, lambda: pilot.app.screen._face.typed == "busnr")
        assert kinds(pilot) == ["review"]
        assert not pilot.app.screen._revealed
        burst(pilot, "enter", "space")
        await until(pilot, lambda: len(kinds(pilot)) == 2)


async def test_a_key_pressed_twice_before_the_first_field_of_a_sitting_reveals_nothing_and_ends_nothing(
    opened, library, text, until
):
    only(library, MIXED)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "oldest bridge" in text(pilot))
        burst(pilot, "space", "space", "space", "enter")
        await until(pilot, lambda: "longest" in text(pilot) and pilot.app.focused is not None)
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, StudyScreen)
        assert not pilot.app.screen._revealed
        assert len(kinds(pilot)) == 1


def kinds(pilot) -> list[str]:
    return [event.kind for event in pilot.app.desk.store.events()]


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        ("space space space space", ["review"]),
        ("space 3 space 3", ["review"]),
        ("b b b", ["bury"]),
        ("s b", ["suspend"]),
    ],
)
async def test_no_card_is_graded_or_put_aside_by_keys_that_were_pressed_before_it_came(
    opened, library, text, until, keys, kinds
):
    only(library, "".join(f"Q: What space has {name}?\nA: None.\n\n" for name in ("one", "two", "three")))
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "What space has one?" in text(pilot))
        burst(pilot, *keys.split())
        await until(pilot, lambda: "What space has two?" in text(pilot))
        await pilot.press("j")  # the others were heard before it
        assert "What space has two?" in text(pilot)
        assert not pilot.app.screen.tells_answer
        assert [event.kind for event in pilot.app.desk.store.events()] == kinds
        await pilot.press("space", "3")
        await until(pilot, lambda: "What space has three?" in text(pilot))


async def test_a_key_that_meant_a_card_which_an_edit_took_away_does_nothing_to_the_next(opened, library, text, until):
    only(library, "".join(f"Q: What space has {name}?\nA: None.\n\n" for name in ("one", "two", "three")))
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "What space has one?" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        key = Key("s", "s")  # pressed, and not heard yet
        (library / "rivers.md").write_text("Q: What space has two?\nA: None.\n", encoding="utf-8")
        await until(pilot, lambda: "What space has two?" in text(pilot))
        pilot.app.post_message(key)
        await pilot.press("space")
        await until(pilot, lambda: "None." in text(pilot))
        assert not pilot.app.desk.store.events()


@pytest.mark.parametrize("apart", [-1000.0, 1000.0])
async def test_keys_are_heard_in_time_though_their_clock_is_another(opened, library, text, until, monkeypatch, apart):
    only(library, "".join(f"Q: What space has {name}?\nA: None.\n\n" for name in ("one", "two")))
    monkeypatch.setattr("textual._time.get_time", lambda: monotonic() + apart)  # as on Windows
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "What space has one?" in text(pilot))
        burst(pilot, "space", "3", "space", "3")
        await until(pilot, lambda: "What space has two?" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: pilot.app.screen.tells_answer)
        assert kinds(pilot) == ["review"]
