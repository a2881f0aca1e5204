"""Studying in the app: what the keys do, what the screen says, what the log holds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from textual.css.stylesheet import Stylesheet

from studytool.app.screens.home import HomeScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.write import WriteScreen
from studytool.app.widgets.written import Written
from studytool.desk import Desk
from tests.app.one_note import only


async def test_home_shows_the_topics_with_what_is_new(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: re.search(r"Rivers +· +· +8 ", text(pilot)))
        assert re.search(r"Threshold units +· +· +1 ", text(pilot))
        assert re.search(r"Everything +· +· +9 ", text(pilot))


async def test_enter_asks_the_first_card_and_space_answers_it(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which river runs through Cairo?" in text(pilot))
        assert "The Nile." not in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        assert "Again" in text(pilot)
        assert "10 min" in text(pilot)


async def test_the_answer_and_the_next_card_style_nothing_anew(opened, text, until, monkeypatch):
    styled = []
    apply = Stylesheet.apply
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.pause()
        monkeypatch.setattr(Stylesheet, "apply", lambda *told, **more: (styled.append(told), apply(*told, **more))[1])
        await pilot.press("space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        await pilot.press("4")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert not styled


async def test_a_grade_is_in_the_log_before_the_next_card_is_asked(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter", "space", "3")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        events = pilot.app.desk.store.events()
        assert [(event.kind, event.payload["grade"]) for event in events] == [("review", 3)]
        assert events[0].payload["text"]["front"] == "Which river runs through Cairo?"


async def test_a_grade_before_the_answer_is_shown_does_nothing(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("3")
        await pilot.pause()
        assert pilot.app.desk.store.events() == []
        assert "Cairo" in text(pilot)


async def test_undo_brings_the_last_card_back(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "Cairo" in text(pilot))
        assert [event.kind for event in pilot.app.desk.store.events()] == ["review", "undo"]


async def test_undo_after_the_last_card_brings_it_back(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened() as pilot:
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: "Done for now" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "weighted sum" in text(pilot))


async def test_a_learning_card_comes_back_by_itself_when_its_time_has_come(opened, clock, text, until, library):
    only(library, "Q: one question that stays?\nA: one\n")
    async with opened() as pilot:
        await pilot.press("enter", "space", "1")
        await until(pilot, lambda: "one question" in text(pilot))
        clock.time += timedelta(minutes=1)
        await pilot.press("space")
        await until(pilot, lambda: "Again" in text(pilot))


async def test_on_another_day_the_end_of_a_sitting_gives_way_to_a_card_that_is_due(
    opened, clock, text, until, library, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.beside_others._LISTEN", 0.05)
    only(library, "Q: one question that stays?\nA: one\n")
    async with opened() as pilot:
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: "Done for now" in text(pilot))
        clock.time += timedelta(days=400)
        await until(pilot, lambda: "one question" in text(pilot) and "1 due" in text(pilot))
        assert "Done for now" not in text(pilot)


async def test_the_source_of_a_card_stands_below_its_answer_and_goes_with_it(opened, text, until, library):
    only(library, "Q: one?\nA: uno\nSource: an [i]atlas\n\nQ: two?\nA: due\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "one?" in text(pilot))
        assert "atlas" not in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "Source: an [i]atlas" in text(pilot))
        assert text(pilot).index("uno") < text(pilot).index("Source:")
        await pilot.press("3", "space")
        await until(pilot, lambda: "due" in text(pilot).partition("two?")[2])
        assert "atlas" not in text(pilot)


async def test_a_cloze_shows_its_sentence_with_the_deletion_filled_in(opened, text, until, library):
    only(library, "C: The Danube ends in the [Black Sea].\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "ends in the […]" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "ends in the Black Sea" in text(pilot))


async def test_ones_own_answer_to_an_open_question_is_kept(opened, text, until, library):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w", *"for water", "ctrl+s")
        await until(pilot, lambda: "for water" in text(pilot) and isinstance(pilot.app.screen, StudyScreen))
        event = pilot.app.desk.store.events()[-1]
        assert (event.kind, event.payload["text"]) == ("note", "for water")


@pytest.mark.parametrize(("key", "kind"), [("b", "bury"), ("s", "suspend"), ("x", "reject")])
async def test_a_card_can_be_set_aside_and_brought_back(opened, text, until, key, kind):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press(key)
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert pilot.app.desk.store.events()[-1].kind == kind
        await until(pilot, lambda: any("u takes it back" in told.message for told in pilot.app._notifications))
        await pilot.press("u")
        await until(pilot, lambda: "Cairo" in text(pilot))


async def test_escape_goes_home_where_the_counts_are_new(opened, library, text, until):
    async with opened() as pilot:
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert "1 answered today" in text(pilot)
    for note in library.iterdir():
        note.unlink()
    (library / "other.md").write_text("Q: What is a larch?\nA: A tree.\n")
    async with opened(size=(100, 24)) as pilot:
        await until(pilot, lambda: "1 day in a row in all notes · 0 answered today in these" in text(pilot))
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: "Done for now" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "1 day in a row in all notes · 1 answered today in these" in text(pilot))


async def test_a_log_that_cannot_be_written_keeps_the_card_and_says_so_until_it_can(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        # A real full disk, as far as SQLite can tell: the file may not grow by another page.
        connection = pilot.app.desk.store._connection
        connection.execute("PRAGMA max_page_count = 1")
        for card in pilot.app.desk.library.studied():
            object.__setattr__(card, "back", card.back + " " * 100_000)
        await pilot.press("3")
        await until(pilot, lambda: "not saved" in text(pilot))
        assert "The Nile." in text(pilot)
        connection.execute("PRAGMA max_page_count = 1000000")
        await pilot.press("3")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and "not saved" not in text(pilot))


async def test_foreign_text_is_shown_and_nothing_else(opened, text, until, library):
    note = "Q: What is [red]x[/red] \x1b]0;evil\x07 and [@click=app.quit]y[/] W[i] [/]?\nA: \x1b[31mred\x1b[0m [b]z\n"
    (library / "rivers.md").write_text(note, encoding="utf-8")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "[red]x[/red]" in text(pilot))
        assert "[@click=app.quit]y[/] W[i] [/]?" in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "red [b]z" in text(pilot))
        assert "\x1b" not in text(pilot)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)])
async def test_the_grades_are_in_view_at_every_size(opened, text, until, size):
    async with opened(size=size) as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "Good" in text(pilot) and "The Nile" in text(pilot))


async def test_the_keys_of_a_screen_are_listed_with_what_they_do(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await pilot.press("question_mark")
        await until(pilot, lambda: "Take the last grade back" in text(pilot))


async def test_what_was_suspended_comes_back_from_home(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("s", "escape")
        await until(pilot, lambda: re.search(r"Rivers +· +· +7 ", text(pilot)))
        await pilot.press("r")
        await until(pilot, lambda: re.search(r"Rivers +· +· +8 ", text(pilot)))
        assert [event.kind for event in pilot.app.desk.store.events()] == ["suspend", "resume"]


async def test_a_missing_editor_is_said_and_the_card_stays(opened, text, until, monkeypatch):
    monkeypatch.setenv("EDITOR", "/nowhere/at-all --wait")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("o")
        await until(pilot, lambda: "There is no editor" in text(pilot))
        assert "Cairo" in text(pilot)


async def test_leaving_an_unsaved_answer_asks_once(opened, text, until, library):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w", *"lost", "escape")
        await until(pilot, lambda: "esc again drops it" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        assert pilot.app.desk.store.events() == []


async def test_an_answer_that_could_not_be_saved_stands_in_its_field_again(opened, text, until, library):
    only(library, "Questions:\n- Why do old cities lie on rivers?\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        key, connection = pilot.app.screen._card.key, pilot.app.desk.store._connection
        connection.execute("PRAGMA query_only = ON")
        await pilot.press("w", *"water", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, WriteScreen) and pilot.app._notifications)
        pilot.app.clear_notifications()
        assert pilot.app.screen.query_one(Written).text == "water"
        await pilot.press("escape")
        await until(pilot, lambda: "esc again drops it" in text(pilot))
        connection.execute("PRAGMA query_only = OFF")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        assert pilot.app.desk.memory.written(key) == "water"


async def test_a_search_chooses_what_is_studied(opened, text, until):
    async with opened(start="study", search="prague or watershed") as pilot:
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert "Study · prague or watershed" in text(pilot)
        assert "2 new" in text(pilot)


async def test_a_card_that_a_search_finds_after_an_edit_is_studied_too(opened, text, until, library):
    async with opened(start="study", search="prague") as pilot:
        await until(pilot, lambda: "1 new" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        with (library / "rivers.md").open("a", encoding="utf-8") as file:
            file.write("\n---\n\nQ: Where is the Vyšehrad?\nA: In Prague, above the river.\n")
        await until(pilot, lambda: "1 card new" in text(pilot))
        pilot.app.clear_notifications()  # it stands above the counts for a while
        await until(pilot, lambda: "2 new" in text(pilot))


async def test_the_search_of_a_sitting_is_made_again_after_the_edit_was_taken_over(
    opened, text, until, library, monkeypatch
):
    renewing, searched = [False], []
    renew, search = StudyScreen.renew, Desk.search

    def renewed(self, edit):
        renewing[0] = True
        renew(self, edit)
        renewing[0] = False

    def found(self, *asked):
        searched.append(renewing[0])
        return search(self, *asked)

    async with opened(start="study", search="prague") as pilot:
        await until(pilot, lambda: "1 new" in text(pilot) and pilot.app.opening.watching)
        monkeypatch.setattr(StudyScreen, "renew", renewed)
        monkeypatch.setattr(Desk, "search", found)
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("**Prague**", "Prague on seven hills"), "utf-8")
        await until(pilot, lambda: searched)
        await until(pilot, lambda: not pilot.app.screen._searching.is_at_work)
        pilot.app.clear_notifications()
        await pilot.press("space")
        await until(pilot, lambda: "seven hills" in text(pilot))
        assert not any(searched)


async def test_a_search_that_finds_nothing_ends_the_app_with_a_sentence(library):
    from studytool.app.app import StudyApp
    from studytool.app.opening import Opening
    from studytool.desk import request

    app = StudyApp(Opening(request([str(library)])), start="study", search="giraffe")
    async with app.run_test():
        pass
    assert "no cards with “giraffe”" in str(app.failure)


GRADIENT = r"""---
title: Gradients
---
The step is $w - {{c1::\frac{\eta}{2}}} g$ here.

Q: What is the mean?
A: $$\bar{x} = \frac{1}{n} \sum_i x_i$$
"""


async def test_a_cloze_in_a_formula_is_asked_and_answered_in_it(opened, text, until, library):
    (library / "rivers.md").write_text(GRADIENT, encoding="utf-8")
    async with opened() as pilot:
        await pilot.press("home", "down", "enter")
        await until(pilot, lambda: "The step is w − […]g here." in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "The step is w − (η/2)g here." in text(pilot))


async def test_t_shows_the_formulas_as_they_are_written_until_the_next_card(opened, text, until, library):
    (library / "rivers.md").write_text(GRADIENT, encoding="utf-8")
    async with opened() as pilot:
        await pilot.press("home", "down", "enter", "t")
        await until(pilot, lambda: r"w - […] g" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: r"w - ==\frac{\eta}{2}== g" in text(pilot))
        await pilot.press("3")
        await until(pilot, lambda: "What is the mean?" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "─── ∑ xᵢ" in text(pilot))
        await pilot.press("t")
        await until(pilot, lambda: r"\frac{1}{n}" in text(pilot))
        await pilot.press("t")
        await until(pilot, lambda: "─── ∑ xᵢ" in text(pilot))


async def test_a_card_without_formulas_does_not_offer_their_source(opened, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        assert "TeX" not in text(pilot)
