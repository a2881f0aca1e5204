"""Every action has an id, keys of one's own hold, and help, palette and documentation come from the same bindings."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from studytool.app import screens, widgets
from studytool.app.keymap import actions, key_of, settled
from studytool.app.screens.card import CardScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.write import WriteScreen
from studytool.app.widgets.rows import Rows
from studytool.errors import UsageError
from studytool.settings import load


def classes() -> list[type]:
    """Every class of the app that binds keys."""
    names = ["studytool.app.app", "studytool.app.frame"]
    for package in (screens, widgets):
        names += [f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__)]
    found = []
    for name in names:
        module = importlib.import_module(name)
        found += [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == name]
    return [each for each in found if "BINDINGS" in each.__dict__]


@pytest.mark.parametrize("source", classes(), ids=lambda source: source.__name__)
def test_every_binding_has_an_id_of_its_place_and_a_description(source: type) -> None:
    strange = [each for each in source.__dict__["BINDINGS"] if not isinstance(each, Binding) or not each.id]
    assert not strange
    assert not [each.id for each in source.__dict__["BINDINGS"] if not each.description]
    assert not [each.id for each in source.__dict__["BINDINGS"] if each.id not in actions()]


def test_an_id_is_that_of_one_action() -> None:
    seen: dict[str, set[str]] = {}
    for source in classes():
        for each in source.__dict__["BINDINGS"]:
            seen.setdefault(each.id, set()).add(each.action.removeprefix("app."))
    assert {id: names for id, names in seen.items() if len(names) > 1} == {}


def test_no_key_does_two_things_in_one_place() -> None:
    assert settled([(each.id, ",".join(each.keys)) for each in actions().values()])[1] == {}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(("u", "u"), ("O", "O"), ("?", "question_mark"), ("question_mark", "question_mark"), (",", "comma")),
        *(("ctrl+z", "ctrl+z"), (" f5 ", "f5"), ("shift+tab", "shift+tab"), ("alt+x", "alt+x"), ("slash", "slash")),
        *(("ö", "ö"), ("space", "space"), ("pageup", "pageup"), ("left_square_bracket", "left_square_bracket")),
        *(("xxx", None), ("contrl+x", None), ("ctrl+", None), ("", None), ("F5", None), ("page up", None)),
    ],
)
def test_what_is_a_key_and_what_is_none(text: str, key: str | None) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ([("study.undoo", "z")], "no action `study.undoo`; did you mean `study.undo`?"),
        ([("xyzzy", "z")], "`studytool settings keys` lists them"),
        ([("study.undo", "zz")], 'study.undo: there is no key "zz"'),
        ([("study.suspend", "b")], "the key b is that of study.bury already (Not today). study.suspend keeps s."),
        ([("study.suspend", "?")], "question_mark is that of app.help already"),
        ([("home.quiz", "j")], "the key j is that of list.down already"),
        ([("study.undo", "z"), ("study.bury", "z")], "study.bury: the key z is that of study.undo already"),
    ],
)
def test_what_cannot_hold_is_told_and_the_action_keeps_its_keys(wanted: list[tuple[str, str]], told: str) -> None:
    keymap, said = settled(wanted)
    assert [*said] == [wanted[-1][0]]
    assert told in said[wanted[-1][0]]
    assert wanted[-1][0] not in keymap


def test_keys_can_change_places_and_may_be_the_same_on_different_screens() -> None:
    assert settled([("study.suspend", "b"), ("study.bury", "s")]) == ({"study.suspend": "b", "study.bury": "s"}, {})
    assert settled([("study.undo", "q"), ("demo.step", "f, ?")])[0] == {"study.undo": "q"}
    assert settled([("demo.step", "f")]) == ({"demo.step": "f"}, {})


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('[keys]\n"study.undo" = "z"\n', (("study.undo", "z"),)),
        ('[keys]\nstudy.undo = "z"\nstudy.bury = ["B", "ctrl+b"]\n', (("study.undo", "z"), ("study.bury", "B,ctrl+b"))),
        ('[keys.study]\nundo = "z, u"\n', (("study.undo", "z, u"),)),
    ],
)
def test_keys_are_read_however_toml_lets_one_write_them(
    home: Path, text: str, keys: tuple[tuple[str, str], ...]
) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(text)
    assert load().keys == keys


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("keys = 3\n", 1),
        ('rollover = 3\n\n[keys]\n"study.undo" = 3\n', 4),
        ('[keys]\n"study.bury" = "b"\n# so\n"study.undo" = ""\n', 4),
        ("[keys]\nhome.quiz = 'q'\nstudy . undo = 5\n", 3),
        ("[keys.home]\nquiz = 'q'\n[ keys . 'study' ]\nundo = 5\n", 4),
        ("rollover = 3\nkeys.'study.undo' = 5\n", 2),
        ("rollover = 3\nkeys = {study = {undo = 5}}\n", 2),
    ],
)
def test_keys_that_are_none_are_refused_with_their_line(home: Path, text: str, line: int) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(text)
    with pytest.raises(UsageError, match=rf"settings\.toml:{line}: .*keys"):
        load()


def test_a_library_sets_no_keys(tmp_path: Path) -> None:
    (tmp_path / "studytool.toml").write_text('[keys]\n"study.undo" = "z"\n')
    settings = load(tmp_path)
    assert settings.keys == ()
    assert "holds only in your own settings" in settings.unknown[0]


@pytest.fixture
def keys(home: Path):
    """`keys("study.undo = 'z'")` writes the section."""

    def write(*lines: str) -> None:
        (home / "config").mkdir()
        (home / "config" / "settings.toml").write_text("[keys]\n" + "\n".join(lines), "utf-8")

    return write


async def test_help_and_foot_show_the_keys_that_hold(opened, until, text, keys):
    keys('"home.quiz" = "Q, f7"')
    async with opened() as pilot:
        await until(pilot, lambda: "Q Quiz" in text(pilot))
        await pilot.press("question_mark")
        await until(pilot, lambda: "Ten questions" in text(pilot))
        assert "Q f7  Ten questions" in text(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))


async def test_a_slip_in_the_key_map_is_told_at_the_start(opened, until, text, keys):
    keys('"home.quizz" = "Q"')
    async with opened() as pilot:
        await until(pilot, lambda: any("mean `home.quiz`?" in each.message for each in pilot.app._notifications))


async def test_many_slips_in_the_key_map_are_one_sentence_beside_what_else_is_said(opened, until, text, keys):
    keys(*(f'"home.quiz{at}" = "Q"' for at in range(5)))
    async with opened() as pilot:
        told = "5 lines of [keys] do not hold: `studytool settings` in a terminal tells of each."
        await until(pilot, lambda: pilot.app.says(told))
        pilot.app.clear_notifications()
        await pilot.pause()
        pilot.app.warn("Before.")
        await asyncio.sleep(0.11)
        pilot.app._tell_slips(pilot.app.desk.request.settings)
        await until(pilot, lambda: pilot.app.says(told))
        pilot.app._tell_slips(pilot.app.desk.request.settings)
        await pilot.pause()
        assert [each.message for each in pilot.app._notifications] == ["Before.", told]


async def test_many_settings_that_there_are_not_are_one_sentence(opened, until, home):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("a1 = 1\na2 = 1\na3 = 1\n", "utf-8")
    async with opened() as pilot:
        told = "3 things in the settings do not hold: `studytool settings` in a terminal tells of each."
        await until(pilot, lambda: pilot.app.says(told))


async def test_help_opens_above_every_screen_and_window(opened, until, text, library):
    (library / "rivers.md").write_text("Questions:\n- Why do old cities lie on rivers?\n", encoding="utf-8")
    async with opened(size=(80, 60)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "old cities" in text(pilot))
        card = pilot.app.screen._card
        for below, key in ((CardScreen(card), "question_mark"), (WriteScreen("Why?", ""), "f1")):
            pilot.app.push_screen(below)
            await until(pilot, lambda below=below: pilot.app.screen is below and below.is_mounted)
            await pilot.press(key)
            await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
            await until(pilot, lambda: "Everywhere" in text(pilot))
            await pilot.press("escape")
            await until(pilot, lambda below=below: pilot.app.screen is below)
            pilot.app.pop_screen()


async def test_a_question_mark_can_be_typed(opened, until):
    async with opened(start="quiz", count=1, seed=1) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        field = pilot.app.screen.query_one(Input)
        field.display = True
        field.focus()
        await until(pilot, lambda: field.has_focus)
        await pilot.press("question_mark", "comma")
        await until(pilot, lambda: field.value == "?,")


def first(pilot) -> str:
    """What stands at the top of the palette's list."""
    found = pilot.app.screen.query_one("CommandList")
    return str(found.get_option_at_index(0).prompt) if found.option_count else ""


async def test_the_palette_finds_what_can_be_done_by_plain_words(opened, until, text):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen.query("CommandInput"))
        for words, found in {
            "suspend": "Suspend (s)",
            "open the note": "Edit (o)",
            "not today": "Bury (b)",
            "quit": "Quit (ctrl+q)",
            "contrast": "studytool-contrast",
            "every key": "Keys (?)",
            "settings": "Settings (,)",
        }.items():
            await pilot.press(*(key_of(each) if each != " " else "space" for each in words))
            await until(pilot, lambda found=found: found in first(pilot) and found in text(pilot))
            await pilot.press("ctrl+u")  # the field is empty again


async def test_what_the_palette_finds_is_done(opened, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        card = pilot.app.screen._card
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen.query("CommandInput"))
        await pilot.press(*"suspend")
        await until(pilot, lambda: pilot.app.screen.query("CommandList OptionList, CommandList"))
        options = pilot.app.screen.query_one("CommandList")
        await until(pilot, lambda: options.option_count > 0 and options.highlighted == 0)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and pilot.app.screen._card is not card)
        assert pilot.app.desk.put_out(None, pilot.app.now()) == [card.key]


async def test_a_page_in_a_palette_without_room_is_no_error(opened, until):
    async with opened(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: pilot.app.screen.query("CommandList"))
        listed = pilot.app.screen.query_one("CommandList", OptionList)
        await until(pilot, lambda: listed.option_count > 5)
        listed.styles.height = 0
        await until(pilot, lambda: not listed.scrollable_content_region.height)
        listed.clear_options()
        listed.add_options([Option("one"), Option("two")])
        listed.highlighted = 0
        await pilot.press("pageup", "pagedown")
        assert isinstance(pilot.app.screen, CommandPalette)


async def test_the_palette_opens_once_whatever_stands_above_it(opened, until):
    async with opened() as pilot:
        app = pilot.app
        await pilot.press("ctrl+p")
        await until(pilot, lambda: app.screen.query("CommandInput"))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, KeysScreen))
        await pilot.press("ctrl+p", "escape")
        await until(pilot, lambda: isinstance(app.screen, CommandPalette))
        await pilot.press("escape")
        await until(pilot, lambda: len(app.screen_stack) == 2)


async def test_lists_take_the_keys_of_vi(opened, until, library):
    for number in range(60):
        (library / f"{number:02}.md").write_text(f"---\ntitle: T{number:02}\n---\nQ: a{number}?\nA: b\n")
    async with opened() as pilot:
        rows = pilot.app.screen.query_one(Rows)
        await until(pilot, lambda: rows.option_count > 60)
        half = rows.scrollable_content_region.height // 2
        seen = []
        for key in ("j", "k", "ctrl+d", "ctrl+u", "G", "g"):
            await pilot.press(key)
            seen.append(rows.highlighted)
        assert seen == [1, 0, half, 0, rows.option_count - 1, 0]


async def test_sentences_name_the_keys_that_hold(opened, until, text, keys):
    keys('"study.answer" = "f2"', '"study.good" = "g"', '"study.write" = "ctrl+w"', '"study.leave" = "f9, escape"')
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "f2 shows the answer" in text(pilot))
        await pilot.press("f2")
        await until(pilot, lambda: "g Good" in text(pilot) and "2 Hard" in text(pilot))


async def test_the_list_of_keys_says_as_long_as_there_is_more_below_and_by_which_keys_it_is_reached(
    opened, until, text
):
    async with opened(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: "↓ space more below · esc closes" in text(pilot))
        await pilot.press("G")
        await until(pilot, lambda: "esc closes · the settings change keys" in text(pilot))
        await pilot.press("k")
        await until(pilot, lambda: "↓ space more below" in text(pilot))


async def test_the_keys_may_change_their_size_before_they_are_there(opened, text, until):
    async with opened() as pilot:
        keys = KeysScreen(pilot.app.screen)
        shown = pilot.app.push_screen(keys)
        keys.on_resize()
        await shown
        await until(pilot, lambda: "Study" in text(pilot) and "closes" in text(pilot))
