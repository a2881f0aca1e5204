"""The first run: what was found, another folder, and what is written only by consent."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from studytool import places
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.cli import main
from studytool.desk import open_desk, request
from studytool.desk.reading import read_notes
from studytool.settings import load
from tests.app.one_note import only


def file_of_settings() -> Path:
    return places.config_folder() / "settings.toml"


async def test_what_was_found_is_told_by_dialect_with_an_example_each(opened, text, until):
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen) and "9 cards in 2 notes" in text(pilot))
        lines = [" ".join(line.split()) for line in text(pilot).splitlines()]
        assert any("[x] qa 3 Which river runs through Cairo? → The Nile." in line for line in lines)
        assert any("[x] definition 3 Delta" in line for line in lines)
        assert any("1 [x] 4 cards: written as cards (explicit)" in line for line in lines)


async def test_an_example_is_as_long_as_there_is_room_where_all_is_counted_before_it_is_laid_out(
    opened, text, until, monkeypatch
):
    mount = WelcomeScreen.on_mount

    def counted(screen):
        mount(screen)
        while screen._counting is not None:
            screen._count()

    monkeypatch.setattr("studytool.app.screens.welcome.once", lambda *_: None)
    monkeypatch.setattr(WelcomeScreen, "on_mount", counted)
    monkeypatch.setattr(WelcomeScreen, "on_resize", lambda _: None)  # it came before all of it was there
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "Which river runs through C" in text(pilot))


async def test_a_card_that_stands_twice_is_counted_as_home_counts_it(opened, library, text, until):
    twice = "Q: Which river runs through Vienna?\nA: The Danube.\n"
    (library / "twice.md").write_text(f"{twice}\n{twice}")
    (library / "units.md").write_text((library / "units.md").read_text() + twice)
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "10 cards in 3 notes" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "of 10 cards" in text(pilot))


async def test_a_key_that_is_there_before_the_welcome_switches_nothing_off(opened, library, text, until, monkeypatch):
    """Nothing was known yet of what is on, so that enter asked whether to write that nothing is."""
    mount = WelcomeScreen.on_mount

    async def early(self):
        await self.run_action("go")
        mount(self)

    monkeypatch.setattr(WelcomeScreen, "on_mount", early)
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        assert "Keep this for next time" not in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "of 9 cards" in text(pilot))


@pytest.mark.parametrize("size", [(52, 34), (52, 20), (40, 12)], ids=str)
async def test_in_a_narrow_window_the_keys_are_told_whole_and_the_cursor_stays_in_view(opened, text, until, size):
    async with opened(size=size, welcome=True) as pilot:
        await until(pilot, lambda: "enter starts " in text(pilot) and "o opens a folder of notes" in text(pilot))
        for _ in range(7):
            await pilot.press("j")
            await until(pilot, lambda: "▸" in text(pilot))
            assert "enter starts" in text(pilot)


async def test_enter_goes_home_and_writes_nothing(opened, text, until):
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "Welcome to studytool" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert not file_of_settings().exists()


async def test_a_learner_with_answers_is_not_greeted(opened, studied, text, until):
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "in 7 days" in text(pilot))
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_one_whose_answers_came_from_a_table_is_not_greeted(opened, library, text, until):
    table = library.parent / "before.csv"
    table.write_text("card_id,review_time,review_rating\nelsewhere,1763726400000,3\n")
    assert main(["log", "import", "--force", str(table)]) == 0
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "of 9 cards" in text(pilot) or "Welcome" in text(pilot))
        await pilot.pause(0.2)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_one_whose_notes_bring_schedules_along_is_greeted(opened, library, text, until):
    (library / "obsidian.md").write_text("#flashcards\n\nWhat is old::This <!--SR:!2026-11-30,12,250-->\n")
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "Welcome to studytool" in text(pilot))
        assert pilot.app.desk.store.query("SELECT 1 FROM events WHERE kind = 'imported'")


@pytest.mark.parametrize("key", ["y", "n"])
async def test_a_level_is_switched_off_for_good_or_only_now(opened, library, text, until, key):
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("3")
        await until(pilot, lambda: "5 cards in 2 notes" in text(pilot) and "[ ]" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: 'cards = ["explicit", "structured"]' in text(pilot))
        file = library / "studytool.toml"
        assert not file.exists()
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "of 5 cards" in text(pilot))
        assert file.exists() is (key == "y")
        kept = ("explicit", "structured") if key == "y" else ("explicit", "structured", "derived")
        assert load(library).cards == kept
        pilot.app._look_round()
        assert not [note.message for note in pilot.app._notifications], "it holds already"


async def test_what_is_kept_of_a_folder_that_was_opened_holds_at_once_and_its_settings_are_watched(
    opened, tmp_path, text, until
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "lakes.md").write_text("Q: Which lake is the deepest?\nA: Baikal.\n")
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("o", *str(other), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen) and "1 card in 1 note" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Keep this for next time" in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "of 1 card" in text(pilot))
        pilot.app._look_round()
        assert not [note.message for note in pilot.app._notifications]
        assert pilot.app.desk.request.settings.libraries == (str(other),)
        (other / "studytool.toml").write_text("new_per_day = 0\n")
        await until(pilot, lambda: "0 new today" in text(pilot) or "All done" in text(pilot))


async def test_one_dialect_is_switched_off_by_the_keyboard_and_kept_with_the_library(opened, library, text, until):
    async with opened(size=(80, 24), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        for _ in range(20):
            if any("▸" in line and "definition" in line for line in text(pilot).splitlines()):
                break
            await pilot.press("j")
        await pilot.press("space")
        await until(pilot, lambda: "6 cards in 2 notes" in text(pilot) and "[ ] definition" in text(pilot))
        await pilot.press("space", "space", "enter")
        await until(pilot, lambda: 'dialects_off = ["definition"]' in text(pilot) and "studytool.toml" in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "of 6 cards" in text(pilot))
    assert tomllib.loads((library / "studytool.toml").read_text("utf-8")) == {"dialects_off": ["definition"]}
    assert not file_of_settings().exists()


async def test_what_the_own_file_says_is_changed_there_because_it_would_win(opened, library, text, until):
    file_of_settings().parent.mkdir(parents=True)
    file_of_settings().write_text('dialects_off = ["article"]  # mine\n', "utf-8")
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("down", "space", "enter")
        await until(pilot, lambda: 'dialects_off = ["article", "qa"]' in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    assert load(library).dialects_off == ("article", "qa")
    assert "# mine" in file_of_settings().read_text("utf-8")
    assert not (library / "studytool.toml").exists()


async def test_a_dialect_that_is_off_for_a_while_costs_no_history(opened, library, studied, clock):
    def states(off: tuple[str, ...]) -> dict[str, object]:
        (library / "studytool.toml").write_text(f"dialects_off = {list(off)}\n", "utf-8")
        table = open_desk(request([str(library)]))
        found = {key: table.memory.state(key) for key in table.library.entries}
        table.close()
        return found

    before = states(())
    learned = {key for key, state in before.items() if state is not None}
    assert len(learned) == 7
    for off in (("qa",), ("definition", "cloze")):
        without = states(off)
        assert len(without) < len(before)
        assert all(without[key] == before[key] for key in without)
    assert states(()) == before


async def test_the_last_level_with_cards_stays(opened, library, text, until):
    only(library, "C: The Danube ends in the [Black Sea].\n")
    async with opened(size=(120, 40), welcome=True) as pilot:
        told = pilot.app._notifications
        await until(pilot, lambda: "1 card in 1 note" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: [each.message for each in told] == ["Then there would be no card left."])
        await until(pilot, lambda: "1 card in 1 note" in text(pilot) and "[ ]" not in text(pilot))


async def test_what_is_told_of_a_choice_is_what_is_read_by_it(opened, library, text, until):
    lakes = (("a lake", "A body of still water."), ("a pond", "A small lake."), ("a sea", "A lake with salt."))
    asked = [f"**What is {name}?**\n{what}\n" for name, what in lakes]
    (library / "lakes.md").write_text("# Lakes\n\n" + "\n".join(asked), "utf-8")
    wanted = request([str(library)])
    chosen = replace(wanted.settings, cards=("explicit", "derived"))
    found, read = read_notes(wanted), read_notes(replace(wanted, settings=chosen))
    written = {card.dialect for card in read.studied()} - {card.dialect for card in found.studied()}
    assert written == {"plain-qa"}, "other dialects read lines that structured cards stand on"
    total, left = len(found.entries), len(read.entries)
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: f"{total} cards in 3 notes" in text(pilot))
        assert "plain-qa" not in text(pilot)
        await pilot.press("2")
        await until(pilot, lambda: f"{left} cards in 3 notes" in text(pilot))
        shown = text(pilot)
        assert "2 [ ] " in shown
        assert re.search(r"\[x\] plain-qa +3", shown)
        await pilot.press("2")
        await until(pilot, lambda: f"{total} cards in 3 notes" in text(pilot) and "plain-qa" not in text(pilot))
        await pilot.press("2", "enter", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and f"of {left} cards" in text(pilot))


async def test_another_folder_is_opened_and_remembered_when_one_says_so(opened, text, until, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.md").write_text("# Lakes\n\nQ: Which lake is deepest?\nA: Baikal.\n", encoding="utf-8")
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("o", *"nowhere", "enter")
        await until(pilot, lambda: "There is no file or folder nowhere" in text(pilot))
        pilot.app.screen.query_one("Input").value = str(other)
        await pilot.press("enter")
        await until(pilot, lambda: "Open is other: 1 card in 1 note" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "libraries = " in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "Lakes" in text(pilot))
        assert load().libraries == (str(other.resolve()),)
        await pilot.press("enter")
        await until(pilot, lambda: "Which lake is deepest?" in text(pilot))


async def test_a_folder_without_notes_leaves_one_where_one_was(opened, text, until, tmp_path):
    (tmp_path / "empty").mkdir()
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("o")
        pilot.app.screen.query_one("Input").value = str(tmp_path / "empty")
        await pilot.press("enter")
        await until(pilot, lambda: "There are no notes in" in text(pilot))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "Rivers" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))


async def test_the_course_is_greeted_without_switches(text, until, clock):
    app = StudyApp(Opening(request([])), welcome=True)
    app.now = clock
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: "the built-in course on deep learning: 7" in text(pilot))
        assert "[x]" not in text(pilot)
        assert "opens a folder of notes" in text(pilot), "what to do next is in sight"
        await pilot.press("o")
        await until(pilot, lambda: "a folder, such as ~/notes" in text(pilot))
        assert "enter opens it" in text(pilot)


async def test_what_is_read_later_is_counted_too_and_the_cursor_stays(opened, library, text, until):
    async with opened(size=(120, 40), welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await pilot.press("j", "j")
        (library / "more.md").write_text("- **Bank**: the land on one side of a river\n", encoding="utf-8")
        await until(pilot, lambda: "10 cards in 3 notes" in text(pilot))
        assert any("▸" in line and "cloze" in line for line in text(pilot).splitlines())


async def test_while_a_folder_is_asked_for_the_keys_of_the_field_are_told_and_no_others(opened, text, until):
    async with opened(size=(80, 24), welcome=True) as pilot:
        await until(pilot, lambda: "switches a way of writing" in text(pilot))
        await pilot.press("o")
        await until(pilot, lambda: "enter opens it" in text(pilot) and "esc goes back" in text(pilot))
        assert "switches" not in text(pilot)
        assert "o opens a folder" not in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "switches a way of writing" in text(pilot) and "opens it" not in text(pilot))


async def test_all_kinds_are_told_where_there_is_no_room_for_all_ways_of_writing(opened, library, text, until):
    rivers = library / "rivers.md"
    rivers.write_text(f"{rivers.read_text()}\n1. What is a ford?\n   A place to cross.\n\nmoor :: a wet heath\n")
    async with opened(size=(80, 24), welcome=True) as pilot:
        kinds = ("(explicit)", "(structured)", "(derived)")
        await until(pilot, lambda: all(kind in text(pilot) for kind in kinds))
        await until(pilot, lambda: re.search(r"… and \d more ways of writing", text(pilot)))
        ways = [entry.dialect for entry in pilot.app.screen._shown.entries() if entry.dialect]
        for _ in pilot.app.screen._shown.entries():
            entry = pilot.app.screen._entry
            shown = entry.dialect or f"({entry.level})"
            await until(pilot, lambda shown=shown: any("▸" in row and shown in row for row in text(pilot).splitlines()))
            assert all(kind in text(pilot) for kind in kinds)
            await pilot.press("down")
        assert len(ways) > 2


async def test_below_a_window_the_foot_tells_no_keys(opened, text, until):
    async with opened(size=(80, 24), welcome=True) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen) and "9 cards in 2 notes" in text(pilot))
        assert "Quiz" not in text(pilot).splitlines()[-1]
        await pilot.press("escape")
        await until(pilot, lambda: "q Quiz" in text(pilot).splitlines()[-1])
        await pilot.press("question_mark")
        await until(pilot, lambda: "q Quiz" not in text(pilot).splitlines()[-1])
        await pilot.press("escape")
        await until(pilot, lambda: "q Quiz" in text(pilot).splitlines()[-1])
