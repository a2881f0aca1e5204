"""What the demo screen can do with any running demo: look back, pin, diagnose, show the code, repeat, end it."""

from __future__ import annotations

import re
import shlex
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Static

from studytool.app.demo_app import DemoApp
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.repeat import RepeatScreen
from studytool.app.widgets.demo_state import DemoState
from studytool.app.widgets.knobs import Knobs
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.prediction import Prediction, rows_of
from studytool.app.widgets.source import SourceView
from studytool.demo.find import find_demo, list_demos
from studytool.demo.trust import agreed
from studytool.settings import Settings
from studytool.text import cells
from tests.app.held import hold

COUNT = '''"""Counts."""

import time

from studytool.demo import Demo, Float, line

demo = Demo("Count", topics=[], steps=60, pace=100, rate=Float(1.0, 0, 10))


@demo.train
def count(run):
    n = run.zeros()
    while True:
        n = n + run.rate * (1 + run.randn())
        yield line("n", n=n)
'''


@pytest.fixture
def run(until: Any, tmp_path: Path) -> Any:
    """`async with run("name" or source, parameter=value) as pilot:` is a demo that runs, with its first frame there."""

    @asynccontextmanager
    async def opened(name: str = COUNT, size: tuple[int, int] = (100, 30), **parameters: str) -> AsyncIterator[Any]:
        if "\n" in name:
            (tmp_path / "count.py").write_text(name, "utf-8")
            name = str(tmp_path / "count.py")
        app = DemoApp(agreed(find_demo(name)), parameters, 0, "cpu", Settings())
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: getattr(app.screen, "_frame", None) is not None)
            if not app.screen._standing.playing:
                await pilot.press("enter")
            yield pilot

    return opened


def steps_of(screen: Any) -> list[int]:
    return [frame["step"] for frame in screen._stage.reel._frames]


SLOW = COUNT.replace("pace=100", "pace=1")


async def step(pilot: Any, until: Any) -> None:
    """Hold a slow run and take six single steps: so many pictures there are, however slow the machine is."""
    screen = pilot.app.screen
    await hold(pilot, until)
    for _ in range(6):
        before = screen._frame["step"]
        await pilot.press("s")
        await until(pilot, lambda before=before: screen._frame["step"] == before + 1)


async def step_and_run(pilot: Any, text: Any, until: Any) -> None:
    """Some single steps, then to the last one as fast as it can."""
    await step(pilot, until)
    pilot.app.screen._send(type="speed", value=None)
    await pilot.press("space")
    await until(pilot, lambda: "stopped at its last step" in text(pilot))


async def test_one_looks_back_and_a_branch_from_there_repeats_the_run_exactly(run, text, until):
    async with run(SLOW) as pilot:
        screen = pilot.app.screen
        await step_and_run(pilot, text, until)
        ended = screen._frame["series"]
        await pilot.press("b", "b", "b")
        assert f"looking at step {screen._frame['step']} of 60" in text(pilot)
        await pilot.press("full_stop")
        assert screen._frame["step"] == steps_of(screen)[-3]
        await pilot.press("home")
        assert f"looking at step {steps_of(screen)[0]} of 60" in text(pilot)
        await pilot.press("full_stop", "full_stop")
        at = screen._frame["step"]
        await pilot.press("space")
        await until(pilot, lambda: screen._frame["run"] == 2 and screen._frame["limit"])
        assert screen._frame["series"] == ended, "the same numbers to the last bit"
        assert steps_of(screen)[:3][-1] == at, "what came before it is still there to look at"
        assert screen._frame["branch"] == at


async def test_a_knob_turned_at_an_older_step_makes_another_run_and_the_command_tells(run, text, until):
    async with run(SLOW) as pilot:
        screen = pilot.app.screen
        await step_and_run(pilot, text, until)
        ended = screen._frame["series"]["n"]
        await pilot.press("home", "full_stop")
        at = screen._frame["step"]
        await pilot.press("right")
        await until(pilot, lambda: screen._frame["run"] == 2 and screen._frame["changes"] == 1)
        assert screen._frame["step"] == at, "it waits there"
        await pilot.press("s")
        await until(pilot, lambda: screen._frame["step"] == at + 1)
        await pilot.press("space")
        await until(pilot, lambda: screen._frame["limit"])
        assert screen._frame["series"]["n"] == pytest.approx(1.5 * ended, rel=0.2)
        await pilot.press("home")
        assert "rate ◂ 1 ▸" in text(pilot), "the knobs are as they were then"
        await pilot.press("end")
        assert "rate ◂ 1.5 ▸" in text(pilot)
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, RepeatScreen) and pilot.app.clipboard)
        command, _, comment = pilot.app.clipboard.partition("  # ")
        assert shlex.split(command)[:2] == ["studytool", "demo"]
        assert shlex.split(command)[3:] == ["--trust", "--seed", "0", "--device", "cpu"]
        assert comment == f"while it ran: rate=1.5 after step {at}"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_the_command_of_a_run_without_changes_has_what_differs_from_the_defaults(run, text, until):
    async with run("gradient-descent", learning_rate="0.19", condition="10") as pilot:
        await pilot.press("y")
        await until(pilot, lambda: isinstance(pilot.app.screen, RepeatScreen) and pilot.app.clipboard)
        expected = "studytool demo gradient-descent --set learning_rate=0.19 --seed 0 --device cpu"
        assert pilot.app.clipboard == expected
        assert "studytool demo gradient-descent" in text(pilot)


async def test_a_pinned_run_stays_as_a_ghost_until_it_is_let_go(run, text, until):
    async with run() as pilot:
        screen, view = pilot.app.screen, pilot.app.screen.query_one(PictureView)
        await until(pilot, lambda: "stopped at its last step" in text(pilot))
        await pilot.press("g")
        assert "· pinned" in text(pilot)
        first = screen._frame["series"]["n"]
        await pilot.press("right", "r")
        await until(pilot, lambda: screen._frame["run"] == 2 and screen._frame["limit"])
        assert "pinned: rate 1 " in text(pilot).replace("\n", " ")
        assert f"({first:.4g})" in text(pilot), "where the ghost ended, beside the newest value"
        haunted = view.picture
        await pilot.press("g")
        await until(pilot, lambda: "pinned" not in text(pilot))
        assert view.picture.plain != haunted.plain, "in shape, not in colour alone"


async def test_what_is_wrong_is_said_below_the_picture(run, text, until):
    async with run("gradient-descent", learning_rate="0.4", momentum="0") as pilot:
        await until(pilot, lambda: "⚠ `distance` " in text(pilot))  # it grows, or is infinite by then
        await pilot.press("home")
        assert "⚠" not in text(pilot), "at its first step nothing was wrong yet"


async def test_nothing_is_said_where_nothing_is_wrong(run, text, until):
    async with run() as pilot:
        await until(pilot, lambda: "stopped at its last step" in text(pilot))
        assert "⚠" not in text(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_code_shows_the_line_at_which_the_loop_stands_and_steps_move_it(run, text, until, size):
    async with run("backprop", size=size) as pilot:
        screen = pilot.app.screen
        await hold(pilot, until)
        await pilot.press("c")
        await until(pilot, lambda: "▶" in text(pilot))
        assert screen.query_one(PictureView).display == (size[0] > 100)

        def marked() -> str:
            return next((row for row in text(pilot).split("\n") if "▶" in row), "")

        lines = set()
        for _ in range(5):
            before = screen._frame["step"]
            await pilot.press("s")
            await until(pilot, lambda before=before: screen._frame["step"] == before + 1)
            line = screen._frame["line"]
            await until(pilot, lambda line=line: f"▶{line:>4} " in marked())
            assert "yield" in marked()
            lines.add(line)
        assert len(lines) == 5
        top = screen.query_one(SourceView).scroll_y
        await pilot.press("pageup")
        await until(pilot, lambda: screen.query_one(SourceView).scroll_y < top)
        await pilot.press("c")
        await until(pilot, lambda: "▶" not in text(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_code_is_broken_where_its_lines_have_no_room_and_all_of_it_can_be_read(run, text, until, size):
    async with run("backprop", size=size) as pilot:
        await hold(pilot, until)
        await pilot.press("c")
        await until(pilot, lambda: "▶" in text(pilot))
        view = pilot.app.screen.query_one(SourceView)
        rows = str(view.query_one(Static).content).split("\n")
        assert max(map(cells, rows)) <= view.scrollable_content_region.width
        source = find_demo("backprop").path.read_text("utf-8")
        assert len(rows) > source.count("\n"), "some lines take two rows"
        assert " ".join(row[6:] for row in rows).split() == source.split()
        line = pilot.app.screen._frame["line"]
        await until(pilot, lambda: f"▶{line:>4} " in text(pilot))


async def test_the_code_keeps_its_indentation(run, text, until):
    async with run("backprop", size=(200, 60)) as pilot:
        source = find_demo("backprop").path.read_text("utf-8").split("\n")
        await pilot.press("c")
        await until(pilot, lambda: "▶" in text(pilot))
        line = pilot.app.screen._frame["line"]
        assert f"▶{line:>4} {source[line - 1]}"[:60] in text(pilot)


async def test_a_demo_that_does_not_answer_is_offered_to_be_ended_and_the_keys_go_on(run, text, until, tmp_path):
    stops = tmp_path / "stops"  # made once its first picture is there: before, there would be none
    hangs = f"        if pathlib.Path({str(stops)!r}).exists():\n            time.sleep(600)\n        yield line"
    source = COUNT.replace("steps=60", "steps=1_000_000").replace("import time", "import pathlib\nimport time")
    async with run(source.replace("        yield line", hangs)) as pilot:
        process = pilot.app.screen._process
        stops.touch()
        assert "End it" not in text(pilot)
        await until(pilot, lambda: "The demo has not answered for" in text(pilot))
        assert "x End it" in text(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
        await pilot.press("escape")
        await pilot.press("x")
        await until(pilot, lambda: not process.alive)
        await until(pilot, lambda: "the demo was ended; r starts it again" in text(pilot))
        assert "not answered" not in text(pilot)


def marked(shown: str) -> list[str]:
    """The mark of a line of the code, and its first word."""
    found = re.search(r"([▶✗]) +\d+ +(\w+)", shown)
    return [*found.groups()] if found else []


async def test_after_an_error_one_can_look_at_the_steps_before_it(run, text, until):
    source = SLOW.replace("        yield line", "        assert n < 20, 'too [much]'\n        yield line")
    async with run(source) as pilot:
        screen = pilot.app.screen
        await step(pilot, until)
        screen._send(type="speed", value=None)
        await pilot.press("space")
        await until(pilot, lambda: "too [much]" in text(pilot))
        await pilot.press("c")
        await until(pilot, lambda: marked(text(pilot)) == ["✗", "assert"])
        await pilot.press("b")
        await until(pilot, lambda: marked(text(pilot)) == ["▶", "yield"])
        await pilot.press("c")
        assert "looking at step" in text(pilot)
        assert "too [much]" not in text(pilot)
        at = screen._frame["step"]
        await pilot.press("s")
        await until(pilot, lambda: screen._frame["run"] == 2 and screen._frame["step"] == at + 1)


async def test_every_key_is_in_the_list_of_keys_with_what_it_does(run, text, until):
    async with run(size=(100, 50)) as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: "stopped at its last step" in text(pilot))
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
        await until(pilot, lambda: "esc closes" in text(pilot))
        for binding in screen.BINDINGS:
            if screen.check_action(binding.action.split("(")[0], (0,)):
                assert binding.tooltip
                assert binding.tooltip[:30] in text(pilot)


async def test_in_forty_by_ten_and_at_a_size_that_changes_while_it_runs_the_picture_fits(run, until):
    async with run("perceptron", size=(40, 10)) as pilot:
        screen = pilot.app.screen
        picture, state = screen.query_one(PictureView), screen.query_one(DemoState)
        for size in ((120, 40), (24, 10), (200, 60), (40, 10)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda size=size: (state.region.right, state.region.bottom) == (size[0], size[1] - 1))
            await until(pilot, lambda: picture.picture and len(picture.picture.rows) == picture.size.height > 0)
            assert all(cells("".join(run.text for run in row)) <= picture.size.width for row in picture.picture.rows)
            assert state.region.height, "how it stands is in sight"


async def test_in_forty_by_ten_all_that_can_be_answered_is_in_sight_and_can_be_clicked(run, until, text):
    async with run("cnn", size=(40, 10)) as pilot:
        prediction = pilot.app.screen.query_one(Prediction)
        await pilot.press("p")
        await until(pilot, lambda: prediction.asking)
        await until(pilot, lambda: all(f"{n} {told}" in text(pilot) for n, told in enumerate(prediction.options, 1)))
        second = next(y for y, row in enumerate(text(pilot).splitlines()) if f"2 {prediction.options[1]}" in row)
        await pilot.click(offset=(8, second))
        await until(pilot, lambda: not prediction.asking)
        assert prediction._said == prediction.options[1]


async def test_a_verdict_leaves_the_picture_its_width_and_in_a_low_window_what_rows_it_can(run, until, text):
    async with run("perceptron", size=(80, 24)) as pilot:
        prediction, knobs = pilot.app.screen.query_one(Prediction), pilot.app.screen.query_one(Knobs)
        await pilot.press("p")
        await until(pilot, lambda: prediction.asking)
        await pilot.press("1")
        await until(pilot, lambda: "You said halves. " in text(pilot) and knobs.size.height == 1)
        picture = pilot.app.screen.query_one(PictureView)
        await until(pilot, lambda: picture.size.width == 78)
        await until(pilot, lambda: "The runs say" in text(pilot))  # from now on nothing else writes it anew
        await pilot.resize_terminal(80, 40)
        await until(pilot, lambda: knobs.size.height == 2)
        assert "halves. " not in text(pilot), "there it has a row of its own"


def test_every_prediction_of_the_demos_fits_into_forty_by_ten():
    for info in list_demos():
        for question, options in ((told[0], told[1]) for told in info.predictions):
            rows, places = rows_of(options, [Content(question)], 33)
            assert max(place[0] for place in places) < 6, (info.path.stem, [row.plain for row in rows])
