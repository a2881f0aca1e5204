"""Answers that are typed while one studies: what asks for them, how they are marked, and who has the last word."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from studytool.app.screens.study import StudyScreen
from studytool.notes.model import Library
from studytool.notes.parse import parse_note
from studytool.quiz.marking.difference import difference
from studytool.quiz.studied import to_type
from tests.app.exam_keys import said
from tests.app.one_note import only

NOTE = """\
Which river is crossed by the Charles Bridge?
= Vltava

How long is the Rhine?

= 1230 ± 20 km

C: The Danube ends in the [Black Sea].

C: Rivers of [Prague] and of [Cairo] are told of here.

Q: Which river runs through Cairo?
A: The Nile.
"""


def kinds(typing: str) -> list[str | None]:
    library = Library("", [parse_note(NOTE, "r.md")])
    asked = [to_type(card, library.question(card.key), typing) for card in library.studied()]
    return [one.kind if one else None for one in asked]


@pytest.mark.parametrize(
    ("typing", "wanted"),
    [
        ("never", [None] * 6),
        ("asked", ["typed", "numeric", None, None, None, None]),
        ("cloze", ["typed", "numeric", "cloze", "cloze", "cloze", None]),
    ],
)
def test_the_setting_says_which_cards_are_typed(typing: str, wanted: list[str | None]) -> None:
    assert kinds(typing) == wanted


@pytest.mark.parametrize(
    ("typed", "answer", "mine", "right"),
    [
        ("Vlatva", "Vltava", "Vl(a)tva", "Vlt(a)va"),
        ("relu", "ReLU", "relu", "ReLU"),
        ("Straße", "Strasse", "Stra(ß)e", "Stra(ss)e"),
        ("e\u0301té", "été", "(e\u0301)té", "(é)té"),
        ("Nile", "Black Sea", "(Nile)", "(Black Sea)"),
    ],
)
def test_the_letters_that_differ_are_told(typed: str, answer: str, mine: str, right: str) -> None:
    def marked(parts) -> str:
        return "".join(part.text if part.same else f"({part.text})" for part in parts)

    one, other = difference(typed, answer)
    assert "".join(part.text for part in one) == typed
    assert "".join(part.text for part in other) == answer
    assert (marked(one).count("("), marked(other).count("(")) == (mine.count("("), right.count("("))


async def test_a_typed_answer_is_marked_and_its_grade_is_proposed_and_not_chosen(opened, text, until, library):
    only(library, NOTE)
    async with opened() as pilot:
        screen = lambda: pilot.app.screen  # noqa: E731
        grades = lambda: [event.payload["grade"] for event in pilot.app.desk.store.events()]  # noqa: E731
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and isinstance(screen().focused, Input))
        assert "Undo" not in text(pilot)  # letters are letters now
        await pilot.press(*"Vlatua", "enter")
        await until(pilot, lambda: "✗ wrong" in text(pilot) or "≈ nearly" in text(pilot))
        assert "▸" in text(pilot)
        assert grades() == []
        await pilot.press("4")  # another grade than the proposed one
        await until(pilot, lambda: "Rhine" in text(pilot) and isinstance(screen().focused, Input))
        assert grades() == [4]
        assert "Vlatua" not in text(pilot)
        await pilot.press(*"900", "space", *"km", "enter")
        await until(pilot, lambda: "✗ wrong" in text(pilot) and "▸ 1 Again" in text(pilot))
        await pilot.press("u")  # a slip: what was typed stands there to be corrected, and no grade is taken back
        await until(pilot, lambda: isinstance(screen().focused, Input) and "✗ wrong" not in text(pilot))
        assert "1230" not in text(pilot)
        await pilot.press("backspace", "backspace", "m", "enter")
        await until(pilot, lambda: "900 m" in text(pilot) and "✗ wrong" in text(pilot) and "▸ 1 Again" in text(pilot))
        assert grades() == [4]
        await pilot.press("enter")
        await until(pilot, lambda: "Danube" in text(pilot))
        assert grades() == [4, 1]
        assert screen().focused is None
        await pilot.press("u")  # back to the one that was typed, which is typed anew
        await until(pilot, lambda: "Rhine" in text(pilot) and isinstance(screen().focused, Input))
        await pilot.press("escape")  # out of the field, and the keys are keys again
        await until(pilot, lambda: "shows the answer" in text(pilot) and isinstance(screen(), StudyScreen))
        await pilot.press("space")
        await until(pilot, lambda: "1230" in text(pilot) and "Again" in text(pilot))
        assert "▸" not in text(pilot)  # nothing was typed, so nothing is proposed
        await pilot.press("3")
        await until(pilot, lambda: "Danube" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(screen(), StudyScreen))


async def test_between_two_typed_answers_the_last_grade_can_be_taken_back_and_the_foot_says_how(
    opened, text, until, library
):
    only(
        library, "Which river is crossed by the Charles Bridge?\n= Vltava\n\nWhich river runs through Cairo?\n= Nile\n"
    )
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert "Undo" not in text(pilot)
        await pilot.press(*"Vltava", "enter", "3")
        await until(pilot, lambda: "Cairo" in text(pilot) and "ctrl+r Undo" in text(pilot))
        await pilot.press("u", "backspace", "ctrl+r")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert pilot.app.screen.query_one(Input).value == ""
        assert isinstance(pilot.app.screen, StudyScreen)


async def test_the_last_grade_is_not_taken_back_over_what_is_half_typed(opened, text, until, library):
    only(
        library, "Which river is crossed by the Charles Bridge?\n= Vltava\n\nWhich river runs through Cairo?\n= Nile\n"
    )
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press(*"Vltava", "enter", "3")
        await until(pilot, lambda: "Cairo" in text(pilot) and "ctrl+r Undo" in text(pilot))
        await pilot.press("N")
        await until(pilot, lambda: "Undo" not in text(pilot))
        await pilot.press("i", "ctrl+r")
        await until(pilot, lambda: "Your answer would be lost: esc and u take back the last grade" in text(pilot))
        assert "Cairo" in text(pilot)
        assert pilot.app.screen.query_one(Input).value == "Ni"
        await pilot.press("backspace", "backspace")
        await until(pilot, lambda: "ctrl+r Undo" in text(pilot))
        await pilot.press("N", "escape", "u")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))


async def test_of_a_half_typed_first_answer_it_is_said_that_there_is_nothing_to_undo(opened, text, until, library):
    only(library, "Which river is crossed by the Charles Bridge?\n= Vltava\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press("V", "ctrl+r")
        await until(pilot, lambda: "There is nothing to undo in this sitting." in text(pilot))
        assert pilot.app.screen.query_one(Input).value == "V"


async def test_the_key_that_takes_a_burial_back_is_the_one_that_does_so_where_the_next_card_is_typed(
    opened, text, until, library
):
    only(library, "What is 2 + 2?\n= 4\n\nWhat is 3 + 3?\n= 6\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "2 + 2" in text(pilot) and isinstance(pilot.app.screen.focused, Input))
        await pilot.press("escape", "b")
        await until(pilot, lambda: "3 + 3" in text(pilot) and isinstance(pilot.app.screen.focused, Input))
        await until(pilot, lambda: "Buried: it comes back tomorrow. ctrl+r takes it back." in text(pilot))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "2 + 2" in text(pilot))


async def test_what_is_typed_anew_shows_neither_the_answer_nor_its_source(opened, text, until, library):
    only(library, "Which river is crossed by the Charles Bridge?\n= Vltava\n\nSource: Smetana, p. 3\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen.focused, Input))
        for turn in range(2):
            await pilot.press(*"Elbe", "enter")
            await until(pilot, lambda: "✗ wrong" in text(pilot) and "Source: Smetana" in text(pilot))
            if turn == 0:
                await pilot.press("u")
                await until(pilot, lambda: isinstance(pilot.app.screen.focused, Input))
                assert "Smetana" not in text(pilot)
                assert "Vltava" not in text(pilot)
                await pilot.press("ctrl+u")


async def test_nothing_is_handed_in_twice_by_who_does_not_know(opened, text, until, library, monkeypatch):
    monkeypatch.setattr("studytool.quiz.model.TWICE", 0.0)
    only(library, NOTE)
    async with opened() as pilot:
        grades = lambda: [event.payload["grade"] for event in pilot.app.desk.store.events()]  # noqa: E731
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and isinstance(pilot.app.screen.focused, Input))
        await pilot.press("enter")
        await until(pilot, lambda: "Type an answer, or press enter again if you do not know." in text(pilot))
        assert "Vltava" not in text(pilot)
        await pilot.press("V", "backspace", "enter")  # another key came between: it is said once more
        await until(pilot, lambda: "press enter again if you do not know" in text(pilot))
        assert "Vltava" not in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "not known; the answer is" in text(pilot) and "▸ 1 Again" in text(pilot))
        assert "if you do not know" not in text(pilot)
        await pilot.press("u")
        await until(pilot, lambda: isinstance(pilot.app.screen.focused, Input) and "Vltava" not in text(pilot))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "▸ 1 Again" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: grades() == [1])


async def test_a_key_that_is_held_gives_no_answer_up(opened, text, until, library, monkeypatch):
    monkeypatch.setattr("studytool.quiz.model.TWICE", 3600.0)
    monkeypatch.setattr("studytool.quiz.model._REPEATED", 3600.0)
    only(library, NOTE)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and isinstance(pilot.app.screen.focused, Input))
        await pilot.press("enter", "enter", "enter")
        await until(pilot, lambda: "press enter again if you do not know" in text(pilot))
        assert "Vltava" not in text(pilot)


TYPED = "# Rivers\n\nWhich river is crossed by the Charles Bridge in Prague?\n= Vltava\n"


async def half_typed(pilot, library, text, until):
    """The card on the screen has something in its field."""
    await pilot.press("enter")
    await until(pilot, lambda: "Charles Bridge" in text(pilot) and isinstance(pilot.app.focused, Input))
    await until(pilot, lambda: pilot.app.opening.watching)
    await pilot.press(*"Vlta")
    await until(pilot, lambda: pilot.app.focused.value == "Vlta")


async def test_what_is_typed_for_a_card_that_goes_is_said_and_in_the_clipboard(opened, library, text, until):
    (library / "rivers.md").write_text(TYPED)
    async with opened() as pilot:
        await half_typed(pilot, library, text, until)
        (library / "rivers.md").unlink()
        await until(pilot, lambda: "is in your notes no more." in " ".join(said(pilot).split()))
        assert "You had typed “Vlta”: it is in the clipboard" in " ".join(said(pilot).split())
        assert pilot.app.clipboard == "Vlta"


async def test_what_is_typed_for_a_card_that_is_edited_goes_on_in_its_field(opened, library, text, until):
    (library / "rivers.md").write_text(TYPED)
    async with opened() as pilot:
        await half_typed(pilot, library, text, until)
        (library / "rivers.md").write_text(TYPED.replace("Which river", "What river"))
        await until(pilot, lambda: "What river" in text(pilot))
        await until(pilot, lambda: isinstance(pilot.app.focused, Input) and pilot.app.focused.value == "Vlta")
        await pilot.press(*"va", "enter")
        await until(pilot, lambda: "✓ right" in text(pilot))
        assert "You had typed" not in said(pilot)
