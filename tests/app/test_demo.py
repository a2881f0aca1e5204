"""The demo screen: a real process behind it, the keys that steer it, and the way back to the card."""

from __future__ import annotations

import pytest

from studytool.app.demo_app import DemoApp
from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.study import StudyScreen
from studytool.demo.find import find_demo
from studytool.demo.limits import Limits
from studytool.demo.trust import agreed
from studytool.settings import Settings
from tests.app.held import hold


async def test_d_runs_the_perceptron_beside_its_card_and_escape_comes_back(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await until(pilot, lambda: "Predict first" in text(pilot))
        assert "petal length" not in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "petal length" in text(pilot))
        process = pilot.app.screen._process
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "weighted sum" in text(pilot))
        await until(pilot, lambda: not process.alive)


async def test_pause_step_turn_and_restart(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("d", "enter")
        await until(pilot, lambda: "running · step" in text(pilot))
        await hold(pilot, until)
        await until(pilot, lambda: "paused" in text(pilot))
        screen = pilot.app.screen
        before = screen._frame["step"]
        await pilot.press("s")
        await until(pilot, lambda: screen._frame["step"] == before + 1 or screen._frame["done"])
        await pilot.press("right")
        await until(pilot, lambda: "◂ 2 ▸" in text(pilot))
        await pilot.press("r")
        await until(pilot, lambda: screen._frame["step"] < before + 1 or "running" in text(pilot))


async def test_of_a_run_that_has_ended_the_foot_offers_another_and_no_pause(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(120, 30)) as pilot:
        await pilot.press("d", "enter")
        await until(pilot, lambda: "space Pause" in text(pilot))
        await until(pilot, lambda: "finished (r runs it again)" in text(pilot))
        await until(pilot, lambda: "space Pause" not in text(pilot) and "r Again" in text(pilot))
        await pilot.press("r")
        await until(pilot, lambda: "space Pause" in text(pilot))


async def test_a_prediction_is_asked_before_the_run_and_answered_by_runs(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "waiting for your prediction" in text(pilot))
        assert "From w = 0 you double η" in text(pilot)
        await pilot.press("3")
        await until(pilot, lambda: "You said doubles" in text(pilot))
        await until(pilot, lambda: "running · step" in text(pilot))
        await until(pilot, lambda: "✗ The runs say: stays the same." in text(pilot))
        await pilot.press("p")
        await until(pilot, lambda: "Predict first · 2 of 3" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: "✓ So do the runs." in text(pilot))
        processes = [pilot.app.screen._process, pilot.app.screen.query_one("#prediction")._process]
        await pilot.press("escape")
        await until(pilot, lambda: not any(process.alive for process in processes))


async def test_no_run_stands_beside_a_question_that_it_may_answer(text, until):
    app = DemoApp(find_demo("perceptron"), {}, 0, "cpu", Settings())
    async with app.run_test(size=(100, 40)) as pilot:
        await until(pilot, lambda: "waiting for your prediction" in text(pilot))
        screen = app.screen
        await pilot.press("1")
        await until(pilot, lambda: "finished (r runs it again) · step" in text(pilot) and "corrections" in text(pilot))
        await until(pilot, lambda: "The runs say" in text(pilot))
        run, steps = screen._frame["run"], screen._frame["step"]
        assert screen.query_one("#picture").display
        assert steps > 1
        await pilot.press("p")
        assert not screen.query_one("#picture").display
        await until(pilot, lambda: "waiting for your prediction · step 1 " in text(pilot))
        assert "how many corrections?" in text(pilot)
        assert f"step {steps}" not in text(pilot)
        screen._take({**screen._frame, "run": run, "step": steps})  # a picture of that run which was on its way
        assert screen._frame["step"] == 1
        await pilot.press("left", "r", "e")  # nor does it go on behind the question
        await until(pilot, lambda: "waiting for your prediction · step 1 · seed 1" in text(pilot))
        assert not screen.query_one("#picture").display
        await pilot.press("s")
        await until(pilot, lambda: "paused · step 2" in text(pilot) and screen.query_one("#picture").display)
        assert "how many corrections?" not in text(pilot)
        await pilot.press("p", "1")
        await until(pilot, lambda: "You said under 30" in text(pilot) and "finished" in text(pilot))


async def test_of_a_predicted_run_that_one_is_shown_and_not_the_one_that_the_card_names(opened, text, until, library):
    """The card asks for other flowers and another η than the question; enter runs what the card asks for."""
    (library / "rivers.md").unlink()
    link = "demo: {run: perceptron, learning_rate: 0.5, flowers: versicolor/virginica}\n"
    (library / "perceptron.md").write_text(f"---\n{link}---\nQ: What is compared?\nA: The weighted sum.\n")
    async with opened(size=(120, 30)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "waiting for your prediction" in text(pilot) and "0.5" in text(pilot))
        screen = pilot.app.screen
        await pilot.press("e", "1")  # another seed than that of the runs that answer
        await until(pilot, lambda: screen._frame["parameters"]["learning_rate"] == 2 and "◂ 2 ▸" in text(pilot))
        assert screen._frame["parameters"]["flowers"] == "setosa/versicolor"
        assert "seed 0" in text(pilot)
        await pilot.press("p", "enter", "right")
        await until(pilot, lambda: "◂ 5 ▸" in text(pilot))
        await pilot.press("p", "1")
        await until(pilot, lambda: screen._frame["parameters"]["learning_rate"] == 1 and "◂ 1 ▸" in text(pilot))


async def test_what_is_asked_about_a_step_is_held_there(text, until, monkeypatch):
    """Where a run goes on, what the question was about is no longer on the screen."""
    (number,) = [k for k, run in enumerate(find_demo("rnn").shown) if run.steps == 1]
    app = DemoApp(find_demo("rnn"), {"length": "5"}, 3, "cpu", Settings())
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: "waiting for your prediction" in text(pilot))
        screen = app.screen
        for _ in range(number):
            await pilot.press("1", "p")
        given, send = [], screen._send
        monkeypatch.setattr(screen, "_send", lambda **what: given.append(what["type"]) or send(**what))
        await pilot.press("1")
        await until(pilot, lambda: screen._frame["parameters"]["length"] == 20 and "paused · step 1" in text(pilot))
        assert given.index("pause") < given.index("restart")


ASKING = '''"""Asks."""

from studytool.demo import Demo, line

demo = Demo("Asking", topics=[], steps=100)


@demo.train
def asking(run):
    while True:
        yield line("a", a=1)


@demo.predict("Which?", "this", "that", why="so")
def _(sim):
    {answer}
'''


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("return 'neither'", "The runs gave no answer: the runs answered 'neither', which is none of the options"),
        ("return 1 / 0", "The runs gave no answer: ZeroDivisionError: division by zero"),
        ("import os; os._exit(3)", "The runs ended"),
    ],
)
async def test_runs_that_give_no_answer_say_why_and_the_demo_goes_on(text, until, tmp_path, answer, told):
    file = tmp_path / "asking.py"
    file.write_text(ASKING.format(answer=answer), "utf-8")
    app = DemoApp(agreed(find_demo(str(file))), {}, 0, "auto", Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "Which?" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: told in text(pilot))
        await until(pilot, lambda: "running · step" in text(pilot) or "stopped at its last" in text(pilot))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("import time; time.sleep(99)", "There was no answer within 4 s, and the runs were ended."),
        ("import torch; torch.ones(10**8)", "they need more than the 0.125 GB of memory"),
    ],
    ids=["time", "memory"],
)
async def test_runs_that_take_too_much_are_a_sentence_and_the_demo_goes_on(
    text, until, tmp_path, monkeypatch, answer, told
):
    limits = Limits(seconds=4 if "sleep" in answer else 60, memory=2**27)
    monkeypatch.setattr("studytool.app.widgets.prediction.Limits", lambda: limits)
    file = tmp_path / "asking.py"
    file.write_text(ASKING.format(answer=answer).replace("steps=100)", "steps=1_000_000_000)"), "utf-8")
    app = DemoApp(agreed(find_demo(str(file))), {}, 0, "auto", Settings())
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "Which?" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: told in text(pilot))
        await until(pilot, lambda: "running · step" in text(pilot))
        before = app.screen._frame["step"]
        await until(pilot, lambda: app.screen._frame["step"] > before)


async def test_a_demo_that_fails_shows_its_error_and_can_be_left(opened, text, until, tmp_path):
    file = tmp_path / "broken.py"
    file.write_text(
        '"""A demo that breaks."""\n\nfrom studytool.demo import Demo, line\n\n'
        'demo = Demo("Broken", topics=[], steps=100)\n\n\n@demo.train\ndef broken(run):\n'
        '    for step in range(100):\n        yield line("a", a=step)\n        if step == 5:\n'
        '            raise ValueError("five is [too] much")\n',
        encoding="utf-8",
    )
    app = DemoApp(agreed(find_demo(str(file))), {}, 0, "auto", Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "five is [too] much" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running or len(app.screen_stack) <= 1)


async def test_a_value_that_it_cannot_have_is_told_at_once_and_r_starts_it_without(text, until):
    given = {"learning_rate": "9e9", "flowers": "versicolor/virginica", "speed": "1"}
    app = DemoApp(find_demo("perceptron"), given, 0, "auto", Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "cannot be" in text(pilot))
        assert "r starts it" in text(pilot)
        assert app.screen._process is None
        await pilot.press("r")
        await until(pilot, lambda: app.screen._greeted)
        assert app.screen._parameters == {"flowers": "versicolor/virginica"}


async def test_without_torch_the_screen_says_what_to_install(opened, text, until, library, tmp_path, monkeypatch):
    (tmp_path / "torch.py").write_text("raise ImportError('hidden by the test')\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: "Demos need torch, which cannot be imported" in text(pilot))
        foot = "  r Again  y Command  esc Leave  ctrl+q Quit  ? Keys"
        await until(pilot, lambda: text(pilot).splitlines()[-1].rstrip() == foot)
        await until(pilot, lambda: "Predict first" not in text(pilot))
        (tmp_path / "torch.py").unlink()  # as if it was installed meanwhile
        await pilot.press("r")
        await until(pilot, lambda: "Predict first" in text(pilot) and "enter Just run it" in text(pilot))
        assert "Pause" not in text(pilot).splitlines()[-1]
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DemoScreen))
