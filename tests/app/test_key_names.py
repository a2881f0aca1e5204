"""A sentence that names a key names the one that holds, whatever the learner's key map says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.widgets import Input

from studytool import app as app_package
from studytool import places
from studytool.app.keymap import actions
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.fit import FitScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.sure import SureScreen
from studytool.app.widgets.answers import field_for
from studytool.examining import Wish

CHOSEN = {
    "home.study": "f2",
    "home.quiz": "Q",
    "welcome.start": "f3",
    "welcome.open": "F",
    "welcome.turn": "f4",
    "quiz.answer": "f5",
    "quiz.next": "f5",
    "quiz.card": "C",
    "quiz.overrule": "Y",
    "recall.judge-1": "w",
    "choice.pick-1": "A",
    "matching.match-2": "B",
    "ordering.pick-up": "H",
    "recall.compare": "f6",
    "exam-start.begin": "f7",
    "exam.answer": "f8",
    "exam.flag": "f9",
    "exam-questions.hand-in": "E",
    "browse.undo": "Z",
    "fit.leave": "X",
    "list.down": "N",
    "sure.back": "S",
    "exam-recall.answer": "f10",
}
HOW = {
    "choice": "A 2 3, or ↑ N and f5",
    "multiple": "A 2 3 tick, f5 answers; more than one can be right",
    "truth": "t or f, A 2, or ↑ N and f5",
    "ordering": "shift+arrows or J, K move an item; H picks it up; f5 answers",
    "matching": "press 1 B 3 for the right side; ↑ N go on; f5 answers",
    "recall": "f6 shows the model answer",
}


def named() -> list[tuple[str, str]]:
    """The actions whose keys are told, with the name that each has where nobody chose another."""
    found = []
    for path in Path(app_package.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in ("key_name", "key"):
                told = [part.value for part in call.args if isinstance(part, ast.Constant)]
                if len(told) == 2:
                    found.append((str(told[0]), str(told[1])))
    return found


def test_the_usual_name_of_a_key_is_one_of_the_keys_of_its_action() -> None:
    assert len(named()) > 40
    spelled = {"esc": "escape", "?": "question_mark"}
    wrong = [(id, usual) for id, usual in named() if spelled.get(usual, usual) not in keys_of(id)]
    assert not wrong


def keys_of(action: str) -> tuple[str, ...]:
    """The keys of an action; none where there is no such action."""
    return actions()[action].keys if action in actions() else ()


@pytest.fixture
def own_keys(home: Path) -> None:
    """A key map of the learner's own."""
    file = places.config_folder() / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[keys]\n" + "".join(f'"{id}" = "{key}"\n' for id, key in CHOSEN.items()), "utf-8")


async def test_home_and_the_welcome_name_the_keys_that_hold(own_keys, opened, text, until):
    async with opened(welcome=True) as pilot:
        await until(pilot, lambda: "f3 starts   F opens a folder" in text(pilot))
        assert "k j f4" not in text(pilot)
        assert "↑↓ f4 switches" in text(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "f2 starts" in text(pilot))
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and "Cairo" in text(pilot))
        await pilot.press("enter", "s")
        told = pilot.app._notifications
        await until(pilot, lambda: any("is suspended. Z takes it back." in each.message for each in told))
        await pilot.press("Z")
        await until(pilot, lambda: any(each.message.startswith("Taken back") for each in told))
        fit = FitScreen([])
        fit._work = lambda *_: None
        pilot.app.push_screen(fit)
        await until(pilot, lambda: "X gives it up" in text(pilot))
        fit._end("That was it.")
        await until(pilot, lambda: "X closes" in text(pilot))
        await pilot.press("X")
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen))


async def test_every_kind_of_question_names_the_keys_that_answer_it(own_keys, kinds, opened, text, until):
    async with opened(start="quiz", count=8, seed=1) as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: isinstance(screen, QuizScreen) and screen._field is not None)
        told = {}
        for asked in screen._paper.questions:
            assert await screen.put(field_for(asked), asked.prompt)
            told[asked.kind] = screen._field.how
            if asked.kind in ("typed", "numeric"):
                assert screen.query_one(Input).placeholder.endswith(", then f5")
            if asked.kind == "recall":
                screen._field._compare()
                assert screen._field.how == "w wrong, 2 nearly, 3 right: how was it?"
        assert {kind: told[kind] for kind in HOW} == HOW
        await screen._ask()
        screen._field.not_know()
        await until(pilot, lambda: "f5 asks the next      C shows the card" in text(pilot))
        pilot.app.push_screen(SureScreen())
        await until(pilot, lambda: "enter skips this   S back" in text(pilot))


async def test_an_exam_names_the_keys_that_hold(own_keys, kinds, opened, text, until):
    async with opened(start="exam", wish=Wish(count=8, seed=1, computed=False)) as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, ExamStartScreen) and "f7 begins" in text(pilot))
        assert "f8  answers, and goes on" in text(pilot)
        assert "f9  flags" in text(pilot)
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, ExamScreen) and app.screen._field is not None)
        for asked in app.screen.exam.paper.questions:
            gives = "f10" if asked.kind == "recall" else "f8"
            assert field_for(asked, exam=True).gives == gives
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, QuestionsScreen))
        await pilot.press("E")
        await until(pilot, lambda: any("E again hands in" in each.message for each in app._notifications))
