"""Thousands of random keys and clicks on the real app with a real log: no crash, no lost event, every screen reached.

`STUDYTOOL_KEYS=10000` sends more of them, and does not wait for what they do; `STUDYTOOL_SEED=7` sends others; a
failure prints its seed and the last of them.
"""

from __future__ import annotations

import importlib
import itertools
import os
import pkgutil
import random
import sqlite3
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.screen import Screen

from studytool import places
from studytool.app import screens
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.desk import open_desk, request
from tests.app.rest import at_rest

KEYS = int(os.environ.get("STUDYTOOL_KEYS", "800"))
"""How many are sent; up to four times as many where they do not lead deep enough."""
HASTE = "STUDYTOOL_KEYS" in os.environ
SEED = int(os.environ.get("STUDYTOOL_SEED", "20260302"))
SIZES = ((80, 24), (120, 40), (200, 60), (60, 16))

# What leaves the terminal: other tests press these.
NEVER = {"suspend_process", "app.suspend_process", "deliver_screenshot"}
ODD = [
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 [](){}\\/:;,.'\"-_=+*&^%$#@!~`|<>é漢",
    *("enter", "escape", "tab", "shift+tab", "backspace", "delete", "up", "down", "left", "right", "home", "end"),
    *("pageup", "pagedown", "f1", "f5", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+n", "ctrl+b", "ctrl+t", "ctrl+p", "ctrl+d"),
]
KEYS_OF = {character: _character_to_key(character) for character in ODD if len(character) == 1}
CHARACTERS = {key: character for character, key in KEYS_OF.items()} | {"enter": "\r", "tab": "\t", "space": " "}
DEEP = {"HomeScreen", "StudyScreen", "QuizScreen", "ExamStartScreen", "ExamScreen"} | {
    *("QuestionsScreen", "ExamResultScreen"),
}
"""Where much can be done: one stays there longer."""
ANSWERS = {"reveal", "grade", "go_on", "begin", "start", "hand_in", "sit"}
"""Actions that lead on; they are not sent less the more often they were."""
ELSEWHERE = {"DemoScreen", "TrustScreen", "SweepScreen", "RepeatScreen", "ChooseScreen", "ReadingScreen"}
"""Screens that need a demo, a slow disk, or more than one screen of time: tests of their own reach those."""


LAKES = """\
# Lakes

Q: Which lake is the deepest, at $d = 1642$ m?
A: Baikal.

Q: Name the Great Lakes from west to east.
A:
1. Superior
2. Michigan
3. Huron
4. Erie
5. Ontario

Q: How many metres above the sea does Lake Titicaca lie?
A: 3812 m

## Which of these lakes are salty?
- [x] The Caspian Sea
- [x] The Great Salt Lake
- [ ] Lake Constance
- [ ] Lake Victoria

Questions:
- Why do lakes die?

## Why do lakes turn over in autumn? (in your own words)

Their surface cools, becomes heavier than what lies below, and sinks until all of it is equally cold.

## Why do salt lakes have no outlet? (in your own words)

Their water leaves as vapour only, and the salt that rivers bring stays behind.
"""


def all_screens() -> set[str]:
    """The names of the app's own screens, but of those that others are made from."""
    names = set()
    modules = [
        importlib.import_module(f"{screens.__name__}.{each.name}") for each in pkgutil.iter_modules(screens.__path__)
    ]
    for module in modules:
        for found in vars(module).values():
            own = isinstance(found, type) and issubclass(found, Screen) and found.__module__ == module.__name__
            if own and not found.__subclasses__():
                names.add(found.__name__)
    return names


def leads(action: str) -> bool:
    """Whether an action answers, or goes where one answers."""
    return action.partition("(")[0] in ANSWERS


def mouse(kind: type[events.MouseEvent], x: int, y: int) -> events.MouseEvent:
    """The left button at a place of the screen, as the terminal tells it."""
    return kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)


class Log:
    """The log as another program sees it."""

    def __init__(self, path: Path, seen: int) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._seen = seen

    def news(self) -> list[str]:
        """The kinds of the events that were written since the last look."""
        rows = self._connection.execute("SELECT rowid, kind FROM events WHERE rowid > ? ORDER BY rowid", (self._seen,))
        found = rows.fetchall()
        self._seen = found[-1][0] if found else self._seen
        return [kind for _, kind in found]

    def count(self) -> int:
        """All events."""
        return int(self._connection.execute("SELECT COUNT(*) FROM events").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Hand:
    """Sends keys and clicks, those that were sent least often more often, and remembers the last ones."""

    def __init__(self, clock, seed: int) -> None:
        self.clock, self.sent = clock, 0
        self.chance = random.Random(seed)
        self.used: Counter[tuple[str, str]] = Counter()
        self.last: deque[str] = deque(maxlen=40)

    async def act(self) -> None:
        """One key or click."""
        self.sent += 1
        name, what = type(self.pilot.app.screen).__name__, self.chance.random()
        if what < 0.03:
            self.clock.time += timedelta(minutes=self.chance.choice((1, 11, 90, 1500)))
        if what < 0.08:
            width, height = self.pilot.app.size
            at = (self.chance.randrange(width), self.chance.randrange(height))
            self.last.append(f"{name}: click {at}")
            for _ in range(self.chance.choice((1, 1, 1, 2))):
                self.pilot.app.post_message(mouse(events.MouseDown, *at))
                self.pilot.app.post_message(mouse(events.MouseUp, *at))
            await self.settle()
            return
        if what < 0.085:
            size = self.chance.choice(SIZES)
            self.last.append(f"{name}: resize {size}")
            await self.pilot.resize_terminal(*size)
            return
        if what < (0.11 if name in DEEP else 0.25):
            key = "escape"
        else:
            key = self.bound(name) if what < 0.85 else None
            key = key or self.chance.choice(ODD)
        self.last.append(f"{name}: {key}")
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        self.pilot.app.post_message(events.Key(KEYS_OF.get(key, key), character))
        await self.settle()

    async def settle(self) -> None:
        """Wait until what was sent has done what it does, so that the same keys do the same on every machine.

        In haste only until it has been heard: people press keys before anything else.
        """
        if not HASTE:
            await at_rest(self.pilot.app)
            return
        for _ in range(2):
            await self.pilot.pause(0)

    def bound(self, name: str) -> str | None:
        """A key that does something here; those that were sent seldom more often."""
        if not self.pilot.app.screen.is_mounted:
            return None  # it is being built
        here = {
            key: active.binding.action
            for key, active in self.pilot.app.screen.active_bindings.items()
            if active.enabled and active.binding.action not in NEVER and key not in ("ctrl+q", "escape")
        }
        if not here:
            return None
        weights = [0.5 if leads(action) else 1 / (1 + self.used[name, action]) for action in here.values()]
        (key,) = self.chance.choices(list(here), weights)
        self.used[name, here[key]] += 1
        return key


@dataclass
class Tally:
    """The screens that keys were sent to, and the kinds of the events that were written."""

    reached: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    @property
    def missed(self) -> set[str]:
        """The names of the screens that were not reached."""
        return all_screens() - ELSEWHERE - self.reached.keys()

    @property
    def answers(self) -> int:
        """How many answers were written, and other events of exams."""
        return sum(self.written[kind] for kind in ("review", "attempt", "exam"))

    def goes_on(self, sent: int) -> bool:
        """Whether more keys are to be sent."""
        deep = self.answers >= KEYS / 100 and len(self.missed) < (1 if KEYS >= 5000 else 9)
        return sent < (KEYS if deep else 4 * KEYS)


def shown(app) -> tuple[str, int, int]:
    """The screen on top, by name and identity, and how many answers it says that it took."""
    screen = app.screen
    taken = 0
    if type(screen).__name__ == "StudyScreen" and hasattr(screen, "_sitting"):  # it begins a moment later
        taken = len(screen._sitting.trail)
    elif type(screen).__name__ == "QuizScreen":
        taken = len(screen._attempts)
    elif type(screen).__name__ == "ExamScreen":
        taken = len(screen.exam.attempts)
    return type(screen).__name__, id(screen), taken


@pytest.mark.timeout(0 if HASTE else 600)  # it goes on until it went deep enough
async def test_random_keys_neither_end_the_app_nor_lose_an_answer(library, clock, until, monkeypatch):
    products = (f"Q: What is {a} times {b}?\nA: {a * b}" for a, b in itertools.product((7, 12, 13), range(6, 18)))
    (library / "units.md").write_text(LAKES, encoding="utf-8")  # nothing here has a demo
    (library / "products.md").write_text("# Products\n\n" + "\n\n".join(products) + "\n", encoding="utf-8")
    monkeypatch.chdir(library.parent)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr("studytool.app.clearing._GONE", 3.0)  # to clear up takes as long as ten keys
    hand, tally = Hand(clock, SEED), Tally()
    try:
        while tally.goes_on(hand.sent):  # some keys leave: the next evening goes on with the same log
            await evening(library, clock, until, hand, tally)
        assert tally.answers >= KEYS / 100, "it went deep enough to answer"
        assert len(tally.missed) < (1 if KEYS >= 5000 else 9), f"not reached: {tally.missed}"
    except BaseException:
        print(f"STUDYTOOL_SEED={SEED} STUDYTOOL_KEYS={KEYS}; {hand.sent} were sent, the last of them:")
        print("\n".join(hand.last))
        raise
    finally:
        print(f"reached {dict(tally.reached)}; written {dict(tally.written)}")


async def evening(library, clock, until, hand: Hand, tally: Tally) -> None:
    """Send keys until the app is left or all are sent; then the log, read anew, says what the app knew."""
    begun = request([library.name])  # settings that are changed on the way hold from the next start
    app = StudyApp(Opening(begun), welcome=True, sure=True, computed=False)
    app.now = clock
    log = None
    async with app.run_test(size=(80, 24), notifications=True) as pilot:  # raises what ended the app
        await until(pilot, lambda: type(app.screen).__name__ in ("HomeScreen", "WelcomeScreen"))
        log = Log(places.data_folder() / "reviews.db", seen=sum(tally.written.values()))
        hand.pilot = pilot
        after = shown(app)
        while tally.goes_on(hand.sent) and app.is_running:
            before = after
            await hand.act()
            if not app.is_running:
                break
            after, news = shown(app), log.news()
            tally.reached[after[0]] += 1
            tally.written.update(news)
            taken = after[2] - before[2] if before[:2] == after[:2] else 0
            assert len(news) >= taken, f"{before} became {after}, and the log has {news}"
        learned = {key: app.desk.memory.state(key) for key in app.desk.memory.cards()}
    tally.written.update(log.news())
    assert log.count() == sum(tally.written.values())
    log.close()
    again = open_desk(begun)
    assert {key: again.memory.state(key) for key in again.memory.cards()} == learned
    again.close()
