"""A wrong value in a file of settings keeps no app from opening: it is named, and set right where settings are."""

from __future__ import annotations

from argparse import Namespace

import pytest

from studytool import app as app_package
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.app.widgets.rows import Rows
from studytool.desk import request
from studytool.errors import UsageError
from studytool.settings import load_to_look, user_file


@pytest.fixture
def file(home):
    """The learner's own settings, with a value that cannot be in line 2."""
    path = user_file()
    path.parent.mkdir()
    path.write_text('# mine\nnew_per_day = "five"\nrollover = 3\n')
    return path


def said(app):
    return [one.message for one in app._notifications]


async def test_the_app_opens_names_the_value_and_lets_it_be_taken_out(library, file, clock, text, until):
    before = file.read_bytes()
    app = StudyApp(Opening(request([str(library)], None, load_to_look)))
    app.now = clock
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        told = "settings.toml:2: `new_per_day` should be a whole number. Meanwhile 20 holds."
        await until(pilot, lambda: any(told in one for one in said(app)))
        assert app.desk.request.settings.rollover == 3
        app.clear_notifications()
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and "no effect" in text(pilot))
        (line,) = (line for line in text(pilot).splitlines() if "no effect" in line)
        assert line.split()[-4:] == ["new_per_day", "20", "no", "effect"]
        names = [line.name for line in app.screen._lines]
        await pilot.press(*["down"] * names.index("new_per_day"))
        await until(pilot, lambda: app.screen._line.name == "new_per_day")
        await until(pilot, lambda: "`new_per_day` should be a whole number" in " ".join(text(pilot).split()))
        assert file.read_bytes() == before, "nothing is written but by the learner"
        await pilot.press("r")
        await until(pilot, lambda: "no effect" not in text(pilot))
        assert file.read_text() == "# mine\nrollover = 3\n"


async def test_a_wrong_line_of_keys_is_shown_where_it_stands_and_can_be_taken_out(library, file, clock, text, until):
    file.write_text('[keys]\n"home.quiz" = 5\n"home.browse" = "B"\n')
    app = StudyApp(Opening(request([str(library)], None, load_to_look)))
    app.now = clock
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: any("Meanwhile its usual keys hold." in one for one in said(app)))
        assert app.desk.request.settings.keys == (("home.browse", "B"),)
        app.clear_notifications()
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen._lines)
        stand = {line.name: (line.value, line.source, line.place) for line in app.screen._lines}
        assert stand["keys.home.quiz"] == ("q", "no effect", f"{file}:2")
        assert stand["keys.home.browse"][:2] == ("B", "yours")
        app.screen.query_one(Rows).highlighted = [*stand].index("keys.home.quiz")
        await until(pilot, lambda: "`home.quiz` in [keys] should be a key" in " ".join(text(pilot).split()))
        await pilot.press("r")
        await until(pilot, lambda: "no effect" not in text(pilot))
        assert file.read_text() == '[keys]\n"home.browse" = "B"\n'


async def test_an_open_app_keeps_what_held_before_and_takes_the_rest(library, file, clock, text, until):
    file.write_text("new_per_day = 7\nrollover = 3\n")
    app = StudyApp(Opening(request([str(library)], None, load_to_look)))
    app.now = clock
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "due" in text(pilot))
        file.write_text("new_per_day = -1\nreviews_per_day = 50\n")
        app.take_settings()
        await until(pilot, lambda: any("0 and 9999, not -1. Meanwhile 7 holds." in one for one in said(app)))
        assert (app.desk.request.settings.new_per_day, app.desk.request.settings.reviews_per_day) == (7, 50)


@pytest.mark.parametrize("text", ["cards = 'explicit'\n", "ignore = 3\n", "libraries = '~/notes'\n", "new_per_day =\n"])
def test_nothing_opens_where_it_is_not_known_which_cards_are_wanted(library, file, text):
    file.write_text(text)
    with pytest.raises(UsageError, match=r"settings\.toml"):
        app_package.run_app("app", Namespace(paths=[str(library)], root=None))


async def test_who_is_greeted_over_a_wrong_value_can_begin_and_open_another_folder(
    library, file, clock, text, until, tmp_path
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "lakes.md").write_text("Q: Which lake is the deepest?\nA: Baikal.\n")
    app = StudyApp(Opening(request([str(library)], None, load_to_look)), welcome=True)
    app.now = clock
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and "9 cards in 2 notes" in text(pilot))
        await pilot.press("o", *str(other), "enter")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and "1 card in 1 note" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Keep this for next time" in text(pilot))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert file.read_text().startswith('# mine\nnew_per_day = "five"\nrollover = 3\n')
        assert "libraries" in file.read_text()


BROKEN = "rollover = 3\nnew_per_day =\n"


@pytest.mark.parametrize("open_before", [False, True], ids=["then opened", "open"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_while_a_file_cannot_be_read_the_settings_say_where_why_and_what_to_do(
    library, home, clock, text, until, size, open_before, monkeypatch
):
    file = library / "studytool.toml"
    file.write_text("rollover = 3\n")
    app = StudyApp(Opening(request([str(library)], None, load_to_look)))
    app.now = clock
    opened = []
    monkeypatch.setattr(app, "open_note", lambda span: opened.append(span.path))

    def told():
        return " ".join(text(pilot).split())

    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: "due" in text(pilot))
        if open_before:
            await pilot.press("comma")
            await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and app.screen._lines)
        file.write_text(BROKEN)
        app.take_settings()
        await until(pilot, lambda: any("Until then the settings before it hold." in one for one in said(app)))
        if not open_before:
            await pilot.press("comma")
            await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        app.clear_notifications()
        await until(pilot, lambda: "o opens it; once it is saved, it is read again." in told())
        assert "The settings of before hold, and none is changed, until this file can be read." in told()
        assert "this is not valid TOML" in told()
        assert "line 2" in told()
        await pilot.press("enter", "down", "r", "o")
        await until(pilot, lambda: opened == [str(file)])
        assert file.read_text() == BROKEN
        file.write_text("rollover = 5\n")
        app.take_settings()
        await until(pilot, lambda: "cannot be read" not in told() and app.screen._lines)
        assert app.desk.request.settings.rollover == 5


@pytest.mark.parametrize("wrong", [BROKEN, "new_per_day = -1\n"])
async def test_what_is_said_of_wrong_settings_goes_when_they_are_mended(library, clock, text, until, home, wrong):
    file = library / "studytool.toml"
    app = StudyApp(Opening(request([str(library)], None, load_to_look)))
    app.now = clock
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: "due" in text(pilot))
        file.write_text(wrong)
        app.take_settings()
        await until(pilot, lambda: any("hold" in one for one in said(app)))
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        file.write_text("rollover = 4\n")
        app.take_settings()
        await until(pilot, lambda: not said(app))


async def test_a_sitting_goes_on_by_the_limits_that_are_set_while_it_is_open(opened, home, text, until):
    file = home / "config" / "settings.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("new_per_day = 2\n")
    async with opened(start="study", size=(100, 30)) as pilot:
        await until(pilot, lambda: "0 due · 0 later · 2 new" in text(pilot))
        for limit in (5, 3):
            file.write_text(f"new_per_day = {limit}\n")
            await until(pilot, lambda limit=limit: f"0 due · 0 later · {limit} new" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: "0 due · 0 later · 2 new" in text(pilot) and "new · 2 of 3 today" in text(pilot))
