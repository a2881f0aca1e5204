"""Opening much: notes and log are opened, and what was asked for is found, in a thread; keys are answered meanwhile."""

from __future__ import annotations

import threading
import time

import pytest

from studytool.app import app as app_module
from studytool.app import opening
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.prepared import Prepared
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.reading import ReadingScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.study import StudyScreen
from studytool.desk import Desk, open_desk, request
from studytool.errors import StudytoolError
from studytool.memory import Grade


@pytest.fixture
def held(monkeypatch):
    """The log is much, and is not opened before this is set."""
    monkeypatch.setattr(opening, "_FEW", 1)
    gate = threading.Event()
    read_log = opening.read_log

    def waits(*wanted):
        assert gate.wait(120)
        return read_log(*wanted)

    monkeypatch.setattr(opening, "read_log", waits)
    yield gate
    gate.set()


def is_closed(store):
    """Whether a log answers no more."""
    try:
        store.query("SELECT 1")
    except StudytoolError:
        return True
    return False


@pytest.mark.parametrize(
    ("much", "asked", "first"),
    [
        ("_FEW", {}, HomeScreen),
        ("_SHORT", {}, HomeScreen),
        ("_FEW", {"start": "study"}, StudyScreen),
        ("_FEW", {"start": "study", "search": "Cairo"}, StudyScreen),
        ("_FEW", {"start": "study", "cram": True}, StudyScreen),
        ("_FEW", {"start": "study", "exam": True}, StudyScreen),
    ],
)
async def test_keys_are_answered_while_much_is_opened(library, home, studied, monkeypatch, until, much, asked, first):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("exam = 2100-01-01\n", "utf-8")
    monkeypatch.setattr(opening, much, 1)
    gate, done, search = threading.Event(), [], asked.get("search")
    read_log = opening.read_log

    def waits(*wanted):
        assert gate.wait(120)
        return read_log(*wanted)

    def noting(name, real):
        return lambda self, *given: (done.append((name, threading.current_thread())), real(self, *given))[1]

    monkeypatch.setattr(opening, "read_log", waits)
    for name in ("catch_up", "search", "aimed", "session", "cram"):
        monkeypatch.setattr(Desk, name, noting(name, getattr(Desk, name)))
    app = StudyApp(Opening(request([str(library)])), **asked)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, KeysScreen))
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, first))
        await until(pilot, lambda: first is HomeScreen or app.screen._card)
        told = list(done)
        if first is StudyScreen:
            again = Desk.aimed if "exam" in asked else Desk.cram if "cram" in asked else Desk.session
            over = [] if "exam" in asked else [None, app.desk.search_to_study(search) if search else None]
            made, at_once, now = app.screen._sitting.session, again(app.desk, app.now(), *over), app.now()
            assert made.keys == at_once.keys
            assert made.counts(now) == at_once.counts(now)
            assert made.shown(now) == at_once.shown(now)
    begun = ["aimed" if "exam" in asked else "cram" if "cram" in asked else "session"] * ("start" in asked)
    assert [name for name, _ in told] == ["catch_up"] + ["search"] * bool(search) + begun
    assert threading.main_thread() not in [thread for _, thread in told]


async def test_a_desk_that_nobody_waited_for_is_closed(library, monkeypatch, until):
    monkeypatch.setattr(opening, "_FEW", 1)
    gate, made = threading.Event(), []
    read_log = opening.read_log

    def waits(*wanted):
        assert gate.wait(120)
        made.append(read_log(*wanted))
        return made[-1]

    monkeypatch.setattr(opening, "read_log", waits)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running)
        gate.set()
        await until(pilot, lambda: made)
    ((store, _),) = made
    for _ in range(1000):
        if is_closed(store):
            break
        time.sleep(0.01)
    else:
        pytest.fail("the log stays open")


async def test_a_desk_that_came_when_the_app_had_just_ended_is_closed(library, held, monkeypatch, until):
    came, call_later = [], StudyApp.call_later

    def comes_too_late(self, call, *given):
        if given and isinstance(given[-1], Prepared):
            came.append(given[-1].desk)
            return True  # and nobody gets to it
        return call_later(self, call, *given)

    monkeypatch.setattr(StudyApp, "call_later", comes_too_late)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        held.set()
        await until(pilot, lambda: came)
    assert is_closed(came[0].store)


async def test_who_waits_for_what_an_app_shows_is_told_of_the_error_that_ended_it(library, until):
    app, asked = StudyApp(Opening(request([str(library)]))), []

    async def waits():
        async with app.run_test(size=(100, 30)) as pilot:
            app.call_later(lambda: 1 / 0)
            await until(pilot, lambda: asked.append(None), 2.0)

    with pytest.raises(ZeroDivisionError):
        await waits()
    assert len(asked) < 50


async def test_a_search_to_study_finds_an_edited_card_by_its_history(opened, library, clock):
    table = open_desk(request([str(library)]))
    session = table.session(clock())
    for _ in range(8):
        card = table.card(session.shown(clock()).key)
        session.answer(Grade.AGAIN, clock(), took_ms=1, text=table.text_of(card))
    table.close()
    note = library / "rivers.md"
    note.write_text(note.read_text("utf-8").replace("runs through Cairo", "runs through the city of Cairo"), "utf-8")
    async with opened(start="study", search="-is:new") as pilot:
        desk = pilot.app.desk
        (edited,) = (one.key for one in desk.library.studied() if "city of Cairo" in one.front)
        assert edited in pilot.app.screen._sitting._found


async def test_while_the_log_is_opened_that_is_said_and_there_is_nothing_to_stop(library, held, text, until):
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen) and app.opening.is_read)
        await until(pilot, lambda: "Opening your log …" in text(pilot) and "Stop" not in text(pilot))
        await pilot.press("escape", "s")
        assert "Opening your log …" in text(pilot)
        held.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))


def test_a_halt_after_all_notes_were_read_stops_none_that_are_put_in_later(library):
    reading = Opening(request([str(library)]))
    assert reading.ready(60, whole=True)
    while reading.step is not None:
        time.sleep(0.01)
    reading.halt()
    assert not reading._halt.is_set()
    reading.close()


def test_an_edit_is_told_when_nothing_more_of_it_is_on_its_way(library):
    reading, told = Opening(request([str(library)])), []
    seen = threading.Event()

    def tell(_library, _complete, just_made):
        if just_made:
            told.append(reading.step)
            seen.set()

    assert reading.ready(60, whole=True)
    reading.follow(tell)
    while not reading.watching:
        time.sleep(0.01)
    (library / "more.md").write_text("Q: What is more?\nA: This.\n")
    assert seen.wait(60)
    assert told[0] is None
    reading.close()


async def test_what_needs_an_open_library_waits_for_it(library, held, until):
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        for binding in app.everywhere():
            if binding.id != "app.quit":
                await pilot.press(binding.key)
                assert not isinstance(app.screen, SettingsScreen)
                if len(app.screen_stack) > 2:
                    await until(pilot, lambda: app.is_built)
                    await pilot.press("escape")
                    await until(pilot, lambda: len(app.screen_stack) == 2)
        commands = [command.title for command in app.get_system_commands(app.screen_stack[1])]
        assert "Keys (?)" in commands
        assert not [title for title in commands if title.startswith("Settings")]
        held.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))


@pytest.mark.parametrize("part", ["log", "states"])
async def test_an_opening_that_fails_below_a_window_leads_back_and_keeps_no_log_open(opened, until, monkeypatch, part):
    gate, made = threading.Event(), []

    def fails(*_):
        raise StudytoolError("It cannot be read.")

    def waits(*wanted):
        assert gate.wait(120)
        made.append(read_log(*wanted) if part == "states" else fails())
        return made[-1]

    async with opened() as pilot:
        app, read_log = pilot.app, opening.read_log
        monkeypatch.setattr(opening, "read_log", waits)
        if part == "states":
            monkeypatch.setattr(Desk, "catch_up", fails)
        before = app.desk
        app.reopen(app.opening.request)
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(app.screen, KeysScreen))
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert "It cannot be read." in [notice.message for notice in app._notifications]
        app.clear_notifications()
        assert app.desk is before
        for store, _ in made:
            await until(pilot, lambda: is_closed(store))  # noqa: B023


def test_who_leaves_while_the_log_is_opened_does_not_wait_for_it(library, held, until, monkeypatch):
    ended = []
    prepare = app_module.prepare
    monkeypatch.setattr(app_module, "prepare", lambda *given, **how: (prepare(*given, **how), ended.append(1))[0])
    app = StudyApp(Opening(request([str(library)])))

    async def leaves(pilot):
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await pilot.press("ctrl+q")

    app.run(headless=True, auto_pilot=leaves)
    assert not ended
    held.set()
    for thread in threading.enumerate():
        if thread.name == "open":
            thread.join(60)
    assert ended
