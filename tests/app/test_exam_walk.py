"""A random walk over two windows of one exam, with a third that takes it and disks that fail: no written text is lost.

`STUDYTOOL_STEPS=2000` takes more steps, up to three times as many where few of them write, `STUDYTOOL_SEED=7` others; a
failure prints its seed and the last of them.
"""

from __future__ import annotations

import os
import random
from collections import deque
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.home import HomeScreen
from studytool.examining import Wish
from tests.app.exam_keys import begin, events, ready
from tests.app.one_note import only
from tests.app.rest import at_rest

STEPS = int(os.environ.get("STUDYTOOL_STEPS", "100"))
SEED = int(os.environ.get("STUDYTOOL_SEED", "20260302"))
ASKED = "# Rivers\n\n" + "\n---\n\n".join(f"Which river is number {n}?\n= river{n}\n" for n in range(3))
AT_A_QUESTION = ["write"] * 3 + ["enter", "ctrl+n", "ctrl+b", "ctrl+f"] * 2 + ["ctrl+f", "ctrl+r", "empty", "escape"]
IN_THE_LIST = ["f", "h", "q", "escape", "1", "2", "3"]


class Window:
    """One of the windows, and what the learner took away there with own hands."""

    def __init__(self, pilot, until) -> None:
        self.pilot, self._until = pilot, until
        self.screen = pilot.app.screen
        self.fails = False

    @property
    def field(self) -> str:
        """What stands in the field of the question on the screen."""
        return str(self.screen._field.begun() or "") if self.screen._field else ""

    def holds(self) -> list[str]:
        """All that is neither in the log nor lost: in the field, in drafts, to be printed at the end."""
        is_there = self.screen in self.pilot.app.screen_stack
        drafts = [str(draft.response) for draft in self.screen.drafts.values()] if is_there else []
        return [self.field if is_there else "", *drafts, *self.pilot.app.at_end]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await at_rest(self.pilot.app)

    async def listen(self) -> None:
        """What comes every few seconds."""
        if self.screen in self.pilot.app.screen_stack:
            self.screen.call_later(self.screen._tick)  # in its own task: elsewhere the other app would be at work
            await at_rest(self.pilot.app)

    async def resume(self) -> None:
        """Go on with the exam that was begun."""
        await self._until(self.pilot, lambda: isinstance(self.pilot.app.screen, ExamStartScreen))
        await self.press("r")
        await self._until(self.pilot, lambda: ready(self.pilot))
        self.screen = self.pilot.app.screen

    def fail(self, fails: bool) -> None:
        """Have the disk take nothing any more, or something again."""
        self.fails = fails
        self.pilot.app.desk.store._connection.execute(f"PRAGMA query_only = {'ON' if fails else 'OFF'}")

    async def act(self, choice: random.Random, word: str) -> tuple[str, str]:
        """Something that a learner does; returns what it was, and what the learner took away by it."""
        app = self.pilot.app
        if isinstance(app.screen, HomeScreen):
            self.fail(False)
            await self.press("e")
            await self.resume()
            return "resume", ""
        if isinstance(app.screen, QuestionsScreen):
            does = choice.choice(IN_THE_LIST)
            if does == "h" and not self.screen.exam.open:
                does = "escape"
            await self.press(*([does, "enter"] if does.isdigit() else ["h", "escape"] if does == "h" else [does]))
            return does, ""
        does, stood = choice.choice(AT_A_QUESTION), self.field
        if does == "write":
            await self.press("end", *word)
            return f"write {word}", ""
        await self.press(*(["home", "ctrl+k"] if does == "empty" else [does]))
        is_emptied = does == "empty" or (does == "ctrl+r" and not self.field)  # an emptied one may show theirs by now
        return does, stood if is_emptied else ""

    async def hand_in(self) -> None:
        """Be done."""
        for _ in range(9):
            if not isinstance(self.pilot.app.screen, QuestionsScreen):
                await self.press("escape")
        for _ in range(4):
            if isinstance(self.pilot.app.screen, QuestionsScreen):
                await self.press("h")
        await self._until(self.pilot, lambda: isinstance(self.pilot.app.screen, ExamResultScreen))


@pytest.mark.timeout(0 if "STUDYTOOL_STEPS" in os.environ else 600)  # it goes on until enough was written
async def test_no_written_text_is_lost_whatever_is_done_in_two_windows(
    opened, until, library, elsewhere, clock, monkeypatch
):
    only(library, ASKED)
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.0)
    choice, last = random.Random(SEED), deque(maxlen=40)
    written, taken_away = set(), set()
    async with AsyncExitStack() as both:
        one = await both.enter_async_context(opened(start="exam", wish=Wish(seed=3)))
        await begin(one, until)
        two = await both.enter_async_context(opened(start="exam", wish=Wish(seed=3)))
        windows, third = [Window(one, until), Window(two, until)], elsewhere()
        await windows[1].resume()

        def check() -> None:
            log = [str(attempt["response"]) for attempt in events(one, "attempt")]
            held = "\n".join([*log, *(text for window in windows for text in window.holds())])
            lost = [word for word in written - taken_away if word not in held]
            assert not lost, f"STUDYTOOL_SEED={SEED}: {lost} lost; {[*last]}; {held}"

        for step in range(3 * STEPS):
            if step >= STEPS and len(written) > STEPS // 10:
                break
            clock.time += timedelta(seconds=1)
            at = choice.randrange(2)
            window = windows[at]
            does = choice.random()
            if does < 0.1:
                await window.listen()
                last.append(f"{at} listens")
            elif does < 0.14:
                window.fail(not window.fails)
                last.append(f"{at} fails: {window.fails}")
            elif does < 0.3:
                third.resume(clock())
                third.answer(choice.randrange(3), f"third{step}", clock(), third.used_ms)
                if choice.random() < 0.5:
                    third.leave(clock(), third.used_ms)
                last.append("third")
            else:
                word = f"w{step}x"
                did, gone = await window.act(choice, word)
                last.append(f"{at} {did}")
                if did.startswith("write"):
                    written.add(word)
                taken_away |= {one for one in written if one in gone}
            check()
        assert len(written) > STEPS // 10

        for window in windows:
            window.fail(False)
        here, there = windows
        if not ready(here.pilot) and not isinstance(here.pilot.app.screen, QuestionsScreen):
            await here.act(choice, "")
        await here.hand_in()
        if there.screen in there.pilot.app.screen_stack:
            await there.listen()
            await until(there.pilot, lambda: isinstance(there.pilot.app.screen, ExamResultScreen))
        check()
