"""What the app says hides neither the top line, nor what is asked or typed, nor grades and keys."""

from __future__ import annotations

import asyncio
from time import time

import pytest
from textual.events import MouseDown
from textual.notifications import Notification, Notify
from textual.widgets._toast import Toast

from studytool.app.screens.away import AwayScreen
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.stats import StatsScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.examining import Wish

LINE = "A sentence that fills nearly the whole line of a terminal, and says enough."


async def test_on_every_screen_a_sentence_stands_below_the_top_line_in_the_place_of_the_one_before(opened, until):
    async with opened() as pilot:
        app = pilot.app

        def said():
            return [toast.render().plain for toast in app.screen.query(Toast)]

        async def below_the_top_line(line=1):
            app.warn("The one before.")
            await until(pilot, lambda: said() == ["The one before."])
            await asyncio.sleep(0.11)
            app.warn(LINE)
            await until(pilot, lambda: said() == [LINE])
            (toast,) = app.screen.query(Toast)
            await until(pilot, lambda: toast.region.height == 1)
            await until(pilot, lambda: (toast.region.y, toast.region.right) == (line, app.size.width))

        await below_the_top_line(22)  # at home what to do now stands there: above the foot
        lines = {BrowseScreen: 22, SettingsScreen: 22, StudyScreen: 18, QuizScreen: 21, StatsScreen: 2}
        for key, screen in (
            *(("enter", StudyScreen), ("slash", BrowseScreen), ("m", MapScreen), ("t", StatsScreen)),
            *(("comma", SettingsScreen), ("q", QuizScreen)),
        ):
            await pilot.press(key)
            await until(pilot, lambda screen=screen: isinstance(app.screen, screen) and app.screen.is_mounted)
            await below_the_top_line(lines.get(screen, 1))
            app.pop_screen()
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        for each, later in (("These", 1.0), ("belong together.", 1.04), ("These", 1.08)):
            app.post_message(Notify(Notification(each, severity="warning", timeout=600, raised_at=time() + later)))
        await until(pilot, lambda: said() == ["belong together.", "These"])


async def test_what_stands_in_the_place_of_another_sentence_moves_nothing_and_has_its_own_time(opened, until):
    async with opened() as pilot:
        app = pilot.app
        app.warn("The one before.")
        await until(pilot, lambda: len(app.screen.query(Toast)) == 1)
        (toast,) = app.screen.query(Toast)
        await asyncio.sleep(0.11)
        app.post_message(Notify(Notification(LINE, severity="warning", timeout=1200)))
        await until(pilot, lambda: toast.render().plain == LINE)
        assert list(app.screen.query(Toast)) == [toast], "taken away and put there, all below it would move twice"
        (timer,) = (timer for timer in toast._timers if timer._task)
        assert timer._interval > 600, "the one before has less than that"
        toast._expire()
        await until(pilot, lambda: not app.screen.query(Toast))
        assert not app._notifications


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (52, 20), (80, 16)], ids=str)
async def test_what_is_said_as_one_begins_to_study_stands_between_the_card_and_its_grades(opened, until, text, size):
    async with opened(size=size) as pilot:
        app = pilot.app
        said = " ".join([LINE] * 3)
        app.warn_too(said)
        await until(pilot, lambda: app.screen.query(Toast))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen) and "shows the answer" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "1 Again" in text(pilot) and app.screen.query(Toast))
        (toast,) = app.screen.query(Toast)
        await until(pilot, lambda: toast.region.height > 1)
        lines = text(pilot).rstrip("\n").split("\n")
        card, place = app.screen.query_one("#card").region, toast.region
        assert card.bottom <= place.y, "it covers nothing of the card"
        assert place.bottom <= app.screen.query_one("#grades").region.y
        app.clear_notifications()
        await until(pilot, lambda: not app.screen.query(Toast))
        await until(pilot, lambda: app.screen.query_one("#card").region.height > card.height)
        after = text(pilot).rstrip("\n").split("\n")
        assert {at for at in range(size[1]) if after[at] != lines[at]} <= {*range(place.y, place.bottom)}


@pytest.mark.parametrize(
    ("size", "key", "screen"),
    [((80, 24), "slash", BrowseScreen), ((80, 24), "comma", SettingsScreen)],
    ids=["browse", "settings"],
)
async def test_where_what_one_reads_begins_at_the_top_a_sentence_covers_none_of_it(
    opened, until, text, size, key, screen
):
    async with opened(size=size) as pilot:
        app = pilot.app

        def lines():
            return text(pilot).rstrip("\n").split("\n")

        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, screen) and app.screen.is_mounted)
        await until(pilot, lambda: not app._notifications and len(list(filter(str.strip, lines()))) >= 4)
        await pilot.pause(0.3)
        before = lines()
        foot, top = before[-1], before[: size[1] // 2]
        app.warn(f"{LINE} {LINE}")
        await until(pilot, lambda: "says enough." in lines()[-2])
        await until(pilot, lambda: lines()[: size[1] // 2] == top)
        assert lines()[-1] == foot
        assert "A sentence that fills" in lines()[-3]
        app.clear_notifications()
        await until(pilot, lambda: lines() == before)


@pytest.mark.parametrize("size", [(80, 24), (80, 16)], ids=str)
async def test_the_setting_under_the_cursor_stays_in_sight_while_a_sentence_takes_lines(opened, until, text, size):
    async with opened(size=size) as pilot:
        app = pilot.app
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and "libraries" in text(pilot))
        listed = app.screen.query_one("#settings")
        seen = listed.scrollable_content_region.height
        for _ in range(seen - 1):
            await pilot.press("down")
        name = app.screen._line.name
        rows = listed.scrollable_content_region

        def is_seen():
            return any(f" {name} " in line for line in text(pilot).split("\n")[rows.y : rows.y + seen])

        await until(pilot, is_seen)
        app.warn(f"{LINE} {LINE} {LINE}")
        await until(pilot, lambda: listed.scrollable_content_region.height < seen and is_seen())


@pytest.mark.parametrize("size", [(80, 24), (80, 16)], ids=str)
async def test_the_clock_of_an_exam_can_be_read_above_what_is_said(opened, until, text, size):
    async with opened(size=size) as pilot:
        app = pilot.app

        async def said_below_the_clock(line):
            app.warn("A sentence.")
            await until(pilot, lambda: "A sentence." in text(pilot))
            assert "A sentence." in text(pilot).split("\n")[line]
            assert " left" in text(pilot).split("\n")[0]

        app.exam(Wish(count=4, seed=1, computed=False))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExamScreen) and " left" in text(pilot))
        await said_below_the_clock(21 if size[1] > 16 else 14)  # right below the question
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QuestionsScreen) and " left" in text(pilot))
        await said_below_the_clock(1)


async def test_a_sentence_is_not_read_twice_where_a_window_stands_above_the_screen_it_was_said_on(opened, until, text):
    async with opened() as pilot:
        pilot.app.warn("A sentence.")
        await until(pilot, lambda: "A sentence." in text(pilot))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AwayScreen) and "A sentence." in text(pilot))
        await until(pilot, lambda: text(pilot).count("A sentence.") == 1)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and text(pilot).count("A sentence.") == 1)


async def test_a_press_on_a_sentence_that_has_just_gone_is_not_heard(opened, until):
    async with opened() as pilot:
        app = pilot.app
        app.warn(LINE)
        await until(pilot, lambda: any(toast.region.height for toast in app.screen.query(Toast)))
        (toast,) = app.screen.query(Toast)
        (x, y), parent = toast.region.offset, toast.parent
        toast._detach()  # its removal does that first: it is painted over a moment later
        assert app.get_widget_at(x, y)[0] is toast
        await app.on_event(MouseDown(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False))
        toast._attach(parent)


async def test_what_was_said_on_a_screen_goes_with_it_unless_it_concerns_all(opened, until, text, monkeypatch):
    async with opened() as pilot:
        app = pilot.app
        monkeypatch.setattr("studytool.app.telling._BLINK", 3600.0)
        app.warn("Said just now.")
        await until(pilot, lambda: "Said just now." in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen) and "Said just now." in text(pilot))
        monkeypatch.setattr("studytool.app.telling._BLINK", 0.0)
        await pilot.press("question_mark")  # a window hides nothing
        await until(pilot, lambda: isinstance(app.screen, KeysScreen) and "Said just now." in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Said just now." not in text(pilot))
        app.warn_everywhere("Said of all.")
        await until(pilot, lambda: "Said of all." in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, StudyScreen) and "Said of all." in text(pilot))


@pytest.mark.parametrize("keys", ["", '[keys]\n"app.quit" = "f10"\n'])
async def test_ctrl_c_says_what_quits(opened, home, until, keys):
    path = home / "config" / "settings.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(keys, "utf-8")
    async with opened() as pilot:
        await pilot.press("ctrl+c")
        said = f"{'f10' if keys else 'ctrl+q'} quits; ctrl+c copies what is selected."
        await until(pilot, lambda: [note.message for note in pilot.app._notifications] == [said])


async def test_what_is_said_at_the_very_first_start_stands_below_the_window_that_greets(opened, until, text):
    async with opened(welcome=True) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen) and "9 cards in 2 notes" in text(pilot))
        app.warn_too(f"{LINE} {LINE}")
        await until(pilot, lambda: app.screen.query(Toast))
        (toast,) = app.screen.query(Toast)
        window = app.screen.query_one("#welcome")
        await until(pilot, lambda: toast.region.height == 2 and window.region.bottom <= toast.region.y)
