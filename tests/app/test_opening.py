"""Opening much: notes and log are opened, and what was asked for is found, in a thread; keys are answered meanwhile."""

from __future__ import annotations

import threading
import time

import pytest

from studytool.app import opening
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.reading import ReadingScreen
from studytool.app.screens.study import StudyScreen
from studytool.desk import Desk, request
from studytool.errors import StudytoolError


@pytest.mark.parametrize(
    ("much", "asked", "first"),
    [
        ("_FEW", {}, HomeScreen),
        ("_SHORT", {}, HomeScreen),
        ("_FEW", {"start": "study", "search": "Cairo"}, StudyScreen),
        ("_FEW", {"start": "study", "exam": True}, StudyScreen),
    ],
)
async def test_keys_are_answered_while_much_is_opened(library, home, studied, monkeypatch, until, much, asked, first):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("exam = 2100-01-01\n", "utf-8")
    monkeypatch.setattr(opening, much, 1)
    gate, done = threading.Event(), []
    read_log = opening.read_log

    def waits(*wanted):
        assert gate.wait(10)
        return read_log(*wanted)

    def noting(name, real):
        return lambda self, *given: (done.append((name, threading.current_thread())), real(self, *given))[1]

    monkeypatch.setattr(opening, "read_log", waits)
    for name in ("catch_up", "search", "aimed"):
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
    assert [name for name, _ in done] == ["search"] * ("search" in asked) + ["catch_up"] + ["aimed"] * ("exam" in asked)
    assert threading.main_thread() not in [thread for _, thread in done]


async def test_a_desk_that_nobody_waited_for_is_closed(library, monkeypatch, until):
    monkeypatch.setattr(opening, "_FEW", 1)
    gate, made = threading.Event(), []
    read_log = opening.read_log

    def waits(*wanted):
        assert gate.wait(10)
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
        try:
            store.query("SELECT 1")
        except StudytoolError:
            break
        time.sleep(0.01)
    else:
        pytest.fail("the log stays open")
