"""A small library and the app on it, driven by Textual's pilot."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import textual.app
import textual.pilot
from textual._context import visible_screen_stack
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from studytool import examining, places
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.demo import find, spare
from studytool.desk import open_desk, request
from studytool.memory import Draft, Moment
from studytool.quiz.exams import unfinished
from tests.app.exam_keys import KINDS
from tests.app.one_note import only
from tests.app.quiz_keys import NOTES
from tests.app.rest import at_rest, heard, settled
from tests.note_folder import note_folder

if TYPE_CHECKING:
    from studytool.quiz.exam import Exam

RIVERS = """\
---
title: Rivers
---
Q: Which river runs through Cairo?
A: The Nile.

Q: Which river is crossed by the Charles Bridge?
A: The Vltava, in **Prague**.

C: The Danube ends in the [Black Sea].
---

- **Delta**: land built from what a river drops at its mouth
- **Watershed**: the ridge that parts the water of two rivers
- **Tributary**: a river that ends in another, larger river

Questions:
- Why do old cities lie on rivers?

## What makes a river meander?
Water runs faster on the outside of a bend and wears it away, while on the inside it drops what it carries.
"""

PERCEPTRON = """\
---
title: Threshold units
after: [Rivers]
---
Q: What does a perceptron compare its weighted sum with?
A: A threshold, here written as $-b$.
"""


DAY_MS = 86_400_000


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> Moment:
        return Moment.at(self.time)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """An app keeps what it has for as long as its process lives; here it gives that back."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """Hundreds of apps in one process: what they all read alike is parsed once, the style sheets and the demos."""
    rules: dict[object, Any] = {}
    demos: dict[object, list[find.DemoInfo]] = {}
    parse, list_demos = Stylesheet._parse_rules, find.list_demos

    def parsed(self: Stylesheet, *what: Any, **more: Any) -> Any:
        key = (what, *more.items(), *self._variables.items())
        if key not in rules:
            rules[key] = parse(self, *what, **more)
        return rules[key]

    def listed() -> list[find.DemoInfo]:
        files = places.built_in("demos").rglob("*.py")
        states = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        key = tuple(sorted(states))
        if key not in demos:
            demos[key] = list_demos()
        return [*demos[key]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        patch.setattr(find, "list_demos", listed)
        yield


@pytest.fixture(autouse=True)
def patient_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a key does is done before the next is pressed, what is due in a pause at its end, and what is said stays,
    however slow the machine is."""
    monkeypatch.setattr(textual.app, "wait_for_idle", settled)
    monkeypatch.setattr(textual.pilot, "wait_for_idle", settled)
    notify, pause = App.notify, Pilot.pause

    async def paused(self: Pilot[Any], delay: float | None = None) -> None:
        await pause(self, delay)
        if delay:  # what was due by then may have been heard at the same time
            await at_rest(self.app)

    def stays(self: App[Any], message: str, **options: Any) -> None:
        notify(self, message, **{**options, "timeout": 600.0})

    monkeypatch.setattr(App, "notify", stays)
    monkeypatch.setattr(Pilot, "pause", paused)


@pytest.fixture(autouse=True)
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with too little memory for a process that waits for a demo: each would import torch for nothing,
    as soon as a test takes long enough."""
    monkeypatch.setattr(spare, "_ROOM", 2**60)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two notes: nine things to study, one of them about the perceptron, one of them open."""
    return note_folder(tmp_path, rivers=RIVERS, units=PERCEPTRON)


@pytest.fixture
def kinds(library: Path) -> Path:
    """A library of one question of each kind but the gap."""
    only(library, KINDS)
    return library


@pytest.fixture
def clock() -> Clock:
    """A clock at nine in the morning."""
    return Clock()


@pytest.fixture
def opened(library: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`async with opened(start=…, size=…) as pilot:` is the app on the library, with its first screen there."""
    monkeypatch.chdir(library.parent)  # paths on the screen are short, and the same on every machine

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24), **options: Any) -> AsyncIterator[Pilot[None]]:
        app = StudyApp(Opening(request([library.name])), **options)
        app.now = clock  # type: ignore[method-assign]
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: len(app.screen_stack) > 1)
            await until(
                pilot, lambda: any(sign in screen_text(pilot) for sign in ("cards", "question", "space", "starts"))
            )
            yield pilot
            if app.is_running:
                await until(pilot, lambda: app.is_built)  # `run_test` ends an app at once, whatever it is doing

    return run


@pytest.fixture
def quiz(opened, until, library):  # type: ignore[no-untyped-def]
    """`async with quiz(kind) as pilot:` is a quiz of the one question of that kind."""
    from studytool.app.screens.quiz import QuizScreen

    @asynccontextmanager
    async def of(*kinds, size=(80, 24), seed=1):
        for old in library.iterdir():
            old.unlink()
        for kind in kinds:
            (library / f"{kind}.md").write_text(f"# Baking {kind}\n\n{NOTES[kind]}", encoding="utf-8")
        async with opened(start="quiz", count=len(kinds), seed=seed, size=size) as pilot:
            await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen.focused)
            yield pilot

    return of


@pytest.fixture
def elsewhere(library: Path) -> Iterator[Callable[[], Exam]]:
    """`elsewhere()` is the exam that is under way, in another window."""
    tables = []

    def exam() -> Exam:
        tables.append(open_desk(request([str(library)])))
        return unfinished(examining.table_of(tables[-1]))[0]

    yield exam
    for table in tables:
        table.close()


@pytest.fixture
def time_is_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """`time_is_up()` lets an hour go by in the exam."""
    past = 0.0
    monkeypatch.setattr(examining, "time", SimpleNamespace(monotonic=lambda: monotonic() + past))

    def call() -> None:
        nonlocal past
        past = 3600.0

    return call


@pytest.fixture
def studied(library: Path, clock: Clock) -> list[str]:
    """Some 270 answers of the last 300 days to the cards of the library but two; the keys in study order."""
    table = open_desk(request([str(library)]))
    keys = [candidate.key for candidate in table.candidates()]
    now = clock().ms
    drafts = [
        Draft(
            "review",
            key,
            {"grade": 1 if (place + 3 * turn) % 9 == 0 else 3, "took_ms": 4_000 + 500 * (place + turn)},
            Moment(now - (300 - 8 * turn - place) * DAY_MS - (turn % 3) * 3_600_000, 0),
        )
        for turn in range(37)
        for place, key in enumerate(keys[:7])
    ]
    drafts.append(Draft("attempt", keys[0], {"seed": 1, "verdict": "right"}, Moment(now - DAY_MS, 0)))
    table.store.append_all(sorted(drafts, key=lambda draft: draft.moment.ms))
    table.close()
    return keys


async def until(pilot: Pilot[None], true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until a condition holds, and what came as it did is done: what is said is heard, what is shown is painted.

    So a test may look at once at another part of the screen. One that waits in vain fails with what the screen shows,
    or the app's error.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            await heard(pilot.app)
            await at_rest(pilot.app)
            return
        if pilot.app._exception is not None:
            raise pilot.app._exception
        await pilot.pause()
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain; the screen shows:\n{screen_text(pilot)}")


def screen_text(pilot: Pilot[None]) -> str:
    """What is on the screen, line by line."""
    width, height = pilot.app.size
    visible_screen_stack.set(pilot.app._background_screens)  # as when it is painted: a window shows what is below it
    console_lines = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in console_lines[:height])[
        : (width + 1) * height
    ]


@pytest.fixture(name="until")
def until_fixture() -> Callable[..., Any]:
    """The function `until`."""
    return until


@pytest.fixture(name="text")
def text_fixture() -> Callable[[Pilot[None]], str]:
    """The function `screen_text`."""
    return screen_text


@pytest.fixture
def browsing(opened, until):  # type: ignore[no-untyped-def]
    """`async with browsing(…) as pilot:` is the app at the table of all cards, the cursor in the table."""
    from contextlib import asynccontextmanager

    from studytool.app.screens.browse import BrowseScreen
    from studytool.app.widgets.card_table import CardTable

    @asynccontextmanager
    async def run(**options):
        async with opened(start="browse", **options) as pilot:
            await until(
                pilot,
                lambda: isinstance(pilot.app.screen, BrowseScreen) and pilot.app.screen.query_one(CardTable).count == 9,
            )
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.focused is pilot.app.screen.query_one(CardTable))
            yield pilot

    return run
