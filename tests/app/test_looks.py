"""Screens say the same in the same words and signs, cut nothing, and use the window that they have."""

from __future__ import annotations

import sqlite3

import pytest
from textual.binding import Binding
from textual.widgets import Input

from studytool.app.home.beside import year
from studytool.app.home.tree import LEGEND
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.note import NoteScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.sure import SureScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.app.widgets.card_table import CardTable
from studytool.examining import Wish
from studytool.memory.store import sqlite
from tests.app.exam_keys import begin
from tests.app.one_note import only
from tests.app.test_key_names import named

CHOICE = "Which river is the longest in Europe?\n\n- [ ] Danube\n- [x] Volga\n- [ ] Rhine\n"


async def test_a_key_has_one_name_at_the_foot_and_in_sentences(opened):
    async with opened() as pilot:
        names = {
            "enter": "enter",
            "escape": "esc",
            "ctrl+q": "ctrl+q",
            "shift+ctrl+a": "shift+ctrl+a",
            "space": "space",
        }
        names["circumflex_accent"] = "^"
        assert {key: pilot.app.get_key_display(Binding(key, "")) for key in names} == names
    assert not [action for action, usual in named() if usual == "escape"]


async def test_the_examples_of_the_welcome_are_as_long_after_its_field_was_open(opened, until, text):
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen) and "The Nile." in text(pilot))
        await pilot.press("o", "escape")
        await until(pilot, lambda: "qa" in text(pilot))
        assert "Which river runs through Cairo?  →  The Nile." in text(pilot)


async def test_who_has_answered_nothing_is_greeted_although_the_notes_brought_schedules(opened, library, until, clock):
    only(library, "#flashcards\n\nWhat is this?::A card\n<!--SR:!2026-04-01,30,250-->\n")
    async with opened(welcome=True) as pilot:
        assert pilot.app.desk.memory.cards()
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen))


@pytest.mark.parametrize("width", [34, 37, 39, 41, 44, 60])
def test_the_year_is_no_wider_than_its_place(width: int) -> None:
    counts = [12, 20, 41, 42, 50, 52, 59, 60, 65, 70] * 36
    assert max(line.cell_length for line in year(counts, 740_000, width)) <= width


async def test_in_a_tall_window_what_is_asked_and_what_the_keys_do_stay_within_one_glance(opened, until, text):
    async with opened(size=(200, 60)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "shows the answer" in text(pilot))
        lines = text(pilot).split("\n")
        asked, told = (next(at for at, line in enumerate(lines) if word in line) for word in ("Cairo", "shows the ans"))
        assert told - asked <= 28
        assert abs((asked + told) / 2 - 30) <= 3  # in the middle


async def test_the_four_grades_are_whole_in_forty_columns(opened, until, text, library):
    only(library, "Which river is crossed by the Charles Bridge?\n= Vltava\n")
    async with opened(size=(40, 20)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press(*"Nile", "enter")
        await until(pilot, lambda: "Hard" in text(pilot))
        row = next(line for line in text(pilot).split("\n") if "Hard" in line)
        assert row.split() == ["▸", "1", "Again", "2", "Hard", "3", "Good", "4", "Easy"]


async def test_how_sure_one_is_stands_over_the_foot_whose_keys_wait(opened, until, text, library):
    only(library, CHOICE)
    async with opened(start="quiz", count=1, sure=True) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and "esc End" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, SureScreen) and "How sure are you?" in text(pilot))
        assert "esc End" not in text(pilot)


async def test_what_explains_an_option_is_not_the_option_once_more(opened, until, text, library):
    only(library, CHOICE)
    async with opened(start="quiz", count=1, computed=False) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and "Volga" in text(pilot))
        right = pilot.app.screen.asked.right[0]
        await pilot.press(str(right + 1))
        await until(pilot, lambda: "✓ right" in text(pilot))
        assert text(pilot).count("Volga") == 1


async def test_a_query_that_is_none_has_its_title_and_no_row(opened, until, text):
    async with opened(start="browse", search="recall:<abc") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and "takes a probability" in text(pilot))
        assert text(pilot).startswith("  Browse · notes")
        first, second = (pilot.app.screen.query_one(CardTable).render_line(at) for at in (0, 1))
        assert [segment.style for segment in first] == [segment.style for segment in second]


async def test_the_map_has_the_signs_of_home(opened, studied, until, text):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold" in text(pilot))
        home = next(line.split()[0] for line in text(pilot).splitlines() if "Rivers" in line)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen) and LEGEND in text(pilot))
        assert next(line.split()[0] for line in text(pilot).splitlines() if "Rivers" in line) == home == "●"


async def test_rows_have_the_ground_of_another_theme_as_soon_as_it_is_chosen(opened, until, text):
    async with opened(start="browse", search="nothing at all") as pilot:
        table = pilot.app.screen.query_one(CardTable)
        await until(pilot, lambda: "No card is found" in text(pilot))
        pilot.app.theme = "studytool-light"
        await pilot.pause()
        ground = pilot.app.screen.styles.background.rich_color
        await until(pilot, lambda: {segment.style.bgcolor for segment in table.render_line(3)} == {ground}, 10)


async def test_the_list_of_keys_names_digits_in_short_and_a_screen_by_its_words(opened, until, text):
    from studytool.app.keymap import actions, title_of

    assert not [place for place in {action.place for action in actions().values()} if "-" in title_of(place)]
    async with opened(size=(80, 40)) as pilot:
        pilot.app.exam(Wish(count=4, seed=1, computed=False))
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("question_mark")
        await until(pilot, lambda: "esc closes" in text(pilot))
        assert "0…9  To the question of this number" in text(pilot)
        assert " Exam questions" in text(pilot)


async def test_what_is_said_over_a_note_stands_below_what_one_reads(opened, until, text):
    async with opened() as pilot:
        await pilot.press("down", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and "answers hidden" in text(pilot))
        before = text(pilot).split("\n")
        pilot.app.warn("A sentence.")
        await until(pilot, lambda: "A sentence." in text(pilot))
        after = text(pilot).split("\n")
        assert [at for at in range(24) if after[at] != before[at]] == [22]


async def test_on_a_full_disk_one_looks_around_and_is_told_that_no_answer_is_kept(
    opened, studied, until, text, monkeypatch
):
    def full(*_: object) -> str:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(sqlite, "prepared", full)
    async with opened(size=(100, 24)) as pilot:
        await until(pilot, lambda: "you can look around, and no answer is kept" in " ".join(text(pilot).split()))
        assert "disk is full" in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "shows the answer" in text(pilot))
        await pilot.press("space", "3")
        short = "Not saved. Make room on that disk, then start again. The card stays."  # why was told at home
        await until(pilot, lambda: said(pilot) == short)


def said(pilot) -> str:
    """What the app says beside its screens; a path breaks it anywhere."""
    return " ".join(one.message for one in pilot.app._notifications)
