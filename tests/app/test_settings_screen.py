"""The settings screen on real files: what it shows, writes and refuses, and what the app does about an edit by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from textual.widgets import Input

from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.widgets.rows import Rows
from studytool.desk import request


@pytest.fixture
def file(home: Path) -> Path:
    """The user's settings file."""
    (home / "config").mkdir()
    path = home / "config" / "settings.toml"
    path.write_text("# mine\nnew_per_day = 30  # many\n", "utf-8")
    return path


async def go_to(pilot, until, name: str) -> None:
    """Open the settings and put the cursor on a line."""
    if not isinstance(pilot.app.screen, SettingsScreen):
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen) and pilot.app.screen._lines)
    screen = pilot.app.screen
    screen.query_one(Rows).highlighted = [line.name for line in screen._lines].index(name)
    await until(pilot, lambda: screen._line is not None and screen._line.name == name)
    await pilot.pause()


def said(pilot) -> str:
    """What is told in the corner."""
    return " ".join(each.message for each in pilot.app._notifications)


def value_of(pilot, name: str) -> str:
    return next(line.value for line in pilot.app.screen._lines if line.name == name)


async def test_a_setting_is_shown_with_its_meaning_default_and_line(opened, until, text, file):
    async with opened(size=(100, 30)) as pilot:
        await go_to(pilot, until, "new_per_day")
        await until(pilot, lambda: "New cards a day" in text(pilot))
        seen = text(pilot)
        assert "yours" in next(line for line in seen.splitlines() if "new_per_day" in line)
        assert "from 0 to 9999. The default is 20." in seen
        assert "Set in ~/config/settings.toml:2. A change goes into ~/config/settings.toml." in seen


async def test_what_is_typed_is_in_the_file_and_in_force_at_once(opened, until, text, file):
    async with opened() as pilot:
        await go_to(pilot, until, "new_per_day")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).has_focus)
        await pilot.press("4", "enter")
        await until(pilot, lambda: value_of(pilot, "new_per_day") == "4")
        assert file.read_text("utf-8") == "# mine\nnew_per_day = 4  # many\n"
        assert pilot.app.desk.limits.new_per_day == 4
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "4 new today" in text(pilot))


async def test_a_library_that_is_not_there_is_refused(opened, until, text, file):
    before = file.read_bytes()
    async with opened(size=(120, 30)) as pilot:
        await go_to(pilot, until, "libraries")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).has_focus)
        await pilot.press(*"/nowhere", "enter")
        await until(pilot, lambda: "`libraries` cannot name /nowhere: nothing is there." in text(pilot))
        assert file.read_bytes() == before


async def test_the_app_opens_with_the_libraries_that_are_there(library, until, file):
    file.write_text(f"libraries = ['/nowhere/x', '{library}']\n", "utf-8")
    app = StudyApp(Opening(request([])))
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await until(pilot, lambda: f"{file}:1: `libraries` names /nowhere/x: nothing is there." in said(pilot))
        assert f"`studytool settings libraries {library}`" in said(pilot)
        assert app.desk.candidates()


async def test_what_will_not_do_is_told_and_nothing_is_written(opened, until, text, file):
    before = file.read_bytes()
    async with opened() as pilot:
        await go_to(pilot, until, "desired_retention")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).has_focus)
        await pilot.press("2", "enter")
        await until(pilot, lambda: "should lie between 0.7 and 0.99, not 2" in text(pilot))
        assert pilot.app.screen.query_one(Input).value == "2"
        await pilot.press("escape")
        await until(pilot, lambda: not pilot.app.screen.query_one(Input).visible)
        assert isinstance(pilot.app.screen, SettingsScreen)
        assert file.read_bytes() == before


async def test_arrows_turn_a_value_and_enter_a_switch(opened, until, file):
    async with opened() as pilot:
        await go_to(pilot, until, "theme")
        await pilot.press("l")
        await until(pilot, lambda: pilot.app.theme == "studytool-light")
        await pilot.press("h", "h")
        await until(pilot, lambda: pilot.app.theme == "studytool-colour-blind-light")
        await go_to(pilot, until, "reduced_motion")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.animation_level == "none")
        table = tomllib.loads(file.read_text("utf-8"))
        assert (table["theme"], table["reduced_motion"]) == ("studytool-colour-blind-light", True)
        await pilot.press("r")
        await until(pilot, lambda: pilot.app.animation_level != "none")
        assert "reduced_motion" not in tomllib.loads(file.read_text("utf-8"))


async def test_what_was_put_off_for_a_screen_that_was_left_meanwhile_is_left_undone(opened, until):
    async with opened() as pilot:
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen))
        screen = pilot.app.screen
        await pilot.press("escape")
        await until(pilot, lambda: not screen.query("#columns"))
        screen._fill()  # as after a resize


async def test_a_change_can_go_into_the_librarys_file(opened, until, text, file, library):
    async with opened() as pilot:
        await go_to(pilot, until, "reviews_per_day")
        await pilot.press("f", "left")
        await until(pilot, lambda: value_of(pilot, "reviews_per_day") == "199")
        assert (library / "studytool.toml").read_text() == "reviews_per_day = 199\n"
        assert "reviews_per_day" not in file.read_text("utf-8")
        await go_to(pilot, until, "new_per_day")
        await pilot.press("left")
        await until(pilot, lambda: "your own file wins" in text(pilot))


async def test_a_file_edited_by_hand_meanwhile_is_not_overwritten(opened, until, text, file):
    async with opened() as pilot:
        await go_to(pilot, until, "rollover")
        pilot.app._files.changed = lambda: False  # the app has not looked yet
        file.write_text("new_per_day = 5\n")
        await pilot.press("right")
        await until(pilot, lambda: "changed by someone else" in " ".join(text(pilot).split()))
        assert file.read_text() == "new_per_day = 5\n"
        assert value_of(pilot, "new_per_day") == "5"
        await pilot.press("right")
        await until(pilot, lambda: value_of(pilot, "rollover") == "5")
        assert tomllib.loads(file.read_text()) == {"new_per_day": 5, "rollover": 5}


async def test_an_edit_by_hand_is_noticed(opened, until, text, file):
    async with opened() as pilot:
        file.write_text('theme = "studytool-contrast"\nnew_per_day = 2\n')
        await until(pilot, lambda: pilot.app.theme == "studytool-contrast" and "2 new today" in text(pilot))


async def test_a_slip_in_an_edit_by_hand_is_told_and_what_held_holds_on(opened, until, text, file):
    async with opened(size=(120, 40)) as pilot:
        file.write_text("new_per_day = 'many'\n")
        await until(pilot, lambda: "should be a whole number" in said(pilot))
        assert pilot.app.desk.limits.new_per_day == 30
        file.write_text("new_per_dya = 3\n")
        await until(pilot, lambda: "did you mean `new_per_day`" in said(pilot))


async def test_what_counts_from_the_next_start_says_so(opened, until, text, file):
    async with opened(size=(120, 40)) as pilot:
        file.write_text("rollover = 5\n")
        await until(pilot, lambda: "holds from the next start" in said(pilot))


async def test_an_edit_of_the_file_of_the_second_library_is_seen(library, until, text, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.md").write_text("Q: Other?\nA: Yes.\n")
    app = StudyApp(Opening(request([str(library), str(other)])))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        (other / "studytool.toml").write_text('cards = ["explicit"]\nnew_per_dya = 3\n')
        await until(pilot, lambda: "cards: this holds from the next start" in said(pilot))
        assert f"{other}/studytool.toml:2: there is no setting `new_per_dya`" in said(pilot)
        await until(pilot, lambda: app.is_built)


async def test_of_several_libraries_it_is_told_whose_file_is_shown_and_where_the_others_are(
    library, until, text, tmp_path
):
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.md").write_text("Q: Other?\nA: Yes.\n")
    (other / "studytool.toml").write_text('exam = "2999-12-15"\nexam_name = "Theirs"\n')

    def seen(told: str) -> bool:
        """Whether that is on the screen, however its lines are broken."""
        return "".join(told.split()) in "".join(text(pilot).split())

    app = StudyApp(Opening(request([str(library), str(other)])))
    async with app.run_test(size=(200, 60)) as pilot:
        await go_to(pilot, until, "cards")
        await until(pilot, lambda: seen("changes go into your own file · first of 2 libraries"))
        told = f"Shown is {library}/studytool.toml, of the first library; {other}/studytool.toml may say otherwise."
        await until(pilot, lambda: seen(told))
        await go_to(pilot, until, "exam")
        await until(pilot, lambda: seen(f"The exam comes from {other}/studytool.toml. Shown is {library}/"))
        await go_to(pilot, until, "new_per_day")
        await until(pilot, lambda: seen("New cards a day"))
        assert not seen("Shown is")


async def test_other_keys_can_be_set_on_the_screen_and_work(opened, until, text, file):
    async with opened() as pilot:
        await go_to(pilot, until, "keys.study.suspend")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).has_focus)
        await pilot.press("b", "enter")
        await until(pilot, lambda: "the key b is that of study.bury already" in " ".join(text(pilot).split()))
        await pilot.press("backspace", "v", "enter")
        await until(pilot, lambda: value_of(pilot, "keys.study.suspend") == "v")
        assert tomllib.loads(file.read_text())["keys"] == {"study.suspend": "v"}
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "v Suspend" in text(pilot))
        card = pilot.app.screen._card
        await pilot.press("s")
        await pilot.press("v")
        await until(pilot, lambda: pilot.app.screen._card is not card)
        assert pilot.app.desk.put_out(None, pilot.app.now()) == [card.key]


async def test_no_cursor_blinks_where_nothing_may_move(opened, until, file):
    file.write_text("reduced_motion = true\n")
    async with opened() as pilot:
        assert pilot.app.animation_level == "none"
        await go_to(pilot, until, "new_per_day")
        await pilot.press("enter")
        field = pilot.app.screen.query_one(Input)
        await until(pilot, lambda: field.has_focus and not field.cursor_blink)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 15)], ids=str)
async def test_the_headings_stand_above_their_columns(opened, until, text, file, size):
    async with opened(size=size) as pilot:
        await go_to(pilot, until, "new_per_day")
        await until(pilot, lambda: "yours" in text(pilot))
        heading, *rows = text(pilot).splitlines()[1:]
        row = next(line for line in rows if "new_per_day" in line)
        assert heading.index("setting") == row.index("new_per_day")
        assert heading.index("value") == row.index("30")
        assert heading.index("from") == row.index("yours")


async def test_a_click_goes_to_a_line_and_another_one_changes_it(opened, until, file):
    async with opened() as pilot:
        await go_to(pilot, until, "new_per_day")
        await pilot.pause()
        screen = pilot.app.screen
        at = [line.name for line in screen._lines].index("siblings_apart")
        await pilot.click(Rows, offset=(5, at))
        await until(pilot, lambda: screen._line.name == "siblings_apart")
        await pilot.pause()
        assert "siblings_apart" not in file.read_text("utf-8")
        await pilot.click(Rows, offset=(5, at))
        await until(pilot, lambda: "siblings_apart = false" in file.read_text("utf-8"))


async def test_what_is_being_typed_never_goes_into_another_line(opened, until, file):
    before = file.read_bytes()
    async with opened() as pilot:
        await go_to(pilot, until, "new_per_day")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(Input).has_focus)
        await pilot.press("7")
        await pilot.click(Rows, offset=(5, 5))
        await until(pilot, lambda: pilot.app.screen._line.name == "reviews_per_day")
        await until(pilot, lambda: not pilot.app.screen.query_one(Input).visible)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert file.read_bytes() == before


async def test_where_the_environment_wins_it_says_so(opened, until, text, file, monkeypatch):
    monkeypatch.setenv("STUDYTOOL_THEME", "studytool-light")
    async with opened() as pilot:
        await go_to(pilot, until, "theme")
        await pilot.press("right")
        await until(pilot, lambda: "$STUDYTOOL_THEME wins" in text(pilot))
        assert tomllib.loads(file.read_text("utf-8"))["theme"] == "studytool-contrast"
        assert pilot.app.theme == "studytool-light"
