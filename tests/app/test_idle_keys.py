"""A key that does nothing right now says why in the last line, and what to do instead: nothing else changes."""

from __future__ import annotations

import pytest

from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.sweep import SweepScreen
from studytool.app.widgets import keybar
from studytool.examining import Wish
from tests.app.exam_keys import begin
from tests.app.one_note import only

LIST = "Q: Which seasons are there?\nA:\n- spring\n- summer\n- autumn\n- winter\n"
OPTIONS = "## Which of these is a river?\n- [ ] Baikal\n- [x] Elbe\n- [ ] Ortler\n"


@pytest.fixture(autouse=True)
def stays(monkeypatch):
    """What is said stays, however slow the machine is."""
    monkeypatch.setattr(keybar, "_SAID", 600.0)


def foot(shown: str) -> str:
    """The last line of the screen."""
    return shown.rstrip("\n").splitlines()[-1].strip()


@pytest.mark.parametrize("size", [(80, 24), (52, 20)], ids=str)
@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("1", "space shows the answer first; then 1 to 4"),
        ("4", "space shows the answer first; then 1 to 4"),
        ("7", "No options here: space shows the answer."),
        ("l", "Not line by line: space shows the answer."),
        ("w", "Your notes hold the answer"),
        ("t", "This card has no formula."),
        ("i", "space first: the history tells the answer."),
        ("u", "There is nothing to undo in this sitting."),
        ("U", "U gives histories back at home"),
        ("O", "No card was answered before this one."),
        ("d", "No demo belongs to this card."),
        ("r", "r is “Resume” at home; ? shows the keys here"),
        ("z", "z does nothing here; ? shows the keys"),
        ("é", "é does nothing here; ? shows the keys"),
    ],
)
async def test_before_the_answer_each_says_why_and_nothing_else_changes(opened, text, until, library, size, key, told):
    only(library, "Q: Which gas?\nA: Argon.\n")
    async with opened(size=size) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which gas?" in text(pilot) and "Answer" in foot(text(pilot)))
        before = text(pilot).rstrip("\n").splitlines()
        for _ in range(3):
            await pilot.press(key)
            await until(pilot, lambda: foot(text(pilot)).startswith(told))
        assert text(pilot).rstrip("\n").splitlines()[:-1] == before[:-1]
        assert not pilot.app._notifications
        await pilot.press("down")
        await until(pilot, lambda: foot(text(pilot)) == before[-1].strip())


async def test_once_the_answer_is_shown_a_number_grades_and_others_say_what_does(opened, text, until, library):
    only(library, f"Q: Which gas?\nA: Argon.\n\n{LIST}")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which gas?" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: "first" in foot(text(pilot)))
        await pilot.press("space")
        await until(pilot, lambda: "1 Again" in text(pilot) and "Good" in foot(text(pilot)))
        for key, told in (("l", "All of the answer is shown."), ("9", "Only 1 to 4 grade a card.")):
            await pilot.press(key)
            await until(pilot, lambda told=told: foot(text(pilot)) == told)
        await pilot.press("1")
        await until(pilot, lambda: "Which seasons" in text(pilot))


async def test_the_number_of_an_option_that_there_is_not(opened, text, until, library):
    only(library, OPTIONS)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which of these" in text(pilot))
        await pilot.press("4")
        await until(pilot, lambda: foot(text(pilot)) == "There are 3 options, and space shows the answer.")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and "Ortler" in text(pilot))
        await pilot.press("9")
        await until(pilot, lambda: foot(text(pilot)) == "There are 3 options.")
        await pilot.press("c")
        await until(pilot, lambda: foot(text(pilot)) == "Answer the question first.")
        await pilot.press("1")
        await until(pilot, lambda: "y I was right" in foot(text(pilot)) or "c Card" in foot(text(pilot)))
        await pilot.press("d")
        await until(pilot, lambda: foot(text(pilot)) == "No demo computed this question: c shows its card.")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("r", "No card here has been put aside."),
        ("u", "Nothing to take back here. Grades are taken back while you study."),
        ("U", "Nothing was taken back that could be given again."),
        ("s", "All of your notes have been read."),
        ("n", "Choose a topic: this row has no note of its own."),
    ],
)
async def test_at_home(opened, text, until, key, told):
    async with opened() as pilot:
        await until(pilot, lambda: "enter Study" in foot(text(pilot)) and "s Reading" not in foot(text(pilot)))
        await pilot.press(key)
        await until(pilot, lambda: foot(text(pilot)) == told)


async def test_a_key_of_the_learners_own_is_the_one_that_is_named(opened, text, until, home, library):
    only(library, "Q: Which gas?\nA: Argon.\n")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('[keys]\n"study.answer" = "f9"\n"app.help" = "f2"\n')
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which gas?" in text(pilot) and "f9" in text(pilot))
        await pilot.press("2")
        await until(pilot, lambda: foot(text(pilot)).startswith("f9 shows the answer first"))
        await pilot.press("z")
        await until(pilot, lambda: foot(text(pilot)) == "z does nothing here; f2 shows the keys")


async def test_below_a_window_too_and_not_longer_than_it_is_read(opened, text, until, monkeypatch):
    async with opened() as pilot:
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))
        await pilot.press("z")
        await until(pilot, lambda: foot(text(pilot)) == "z does nothing here; ? shows the keys")
        monkeypatch.setattr(keybar, "_SAID", 0.01)
        await pilot.press("z")
        await until(pilot, lambda: "does nothing" not in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "enter Study" in foot(text(pilot)))


async def test_no_sweep_opens_while_a_prediction_waits(opened, text, until, library):
    only(library, "---\ndemo: gradient-descent\n---\nQ: Which gas?\nA: Argon.\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "runs the idea" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and "waiting for your" in text(pilot))
        await pilot.press("v")
        await until(pilot, lambda: foot(text(pilot)).startswith("A question waits: answer it, or enter just runs."))
        await pilot.press("enter", "v")
        await until(pilot, lambda: isinstance(pilot.app.screen, SweepScreen))


@pytest.mark.parametrize(("key", "told"), [("r", "The default holds already."), ("left", "This one has no next value")])
async def test_in_the_settings(opened, text, until, key, told):
    async with opened() as pilot:
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen) and "libraries" in text(pilot))
        await pilot.press(key)
        await until(pilot, lambda: foot(text(pilot)).startswith(told))


async def test_on_the_result_of_an_exam(opened, text, until):
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3)) as pilot:
        await until(pilot, lambda: " in 30 minutes" in text(pilot))
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "open" in text(pilot))
        for key in "cy1":
            await pilot.press(key)
            await until(pilot, lambda: foot(text(pilot)) == "This question was not answered.")
            await pilot.press("down")
            await until(pilot, lambda: "not answered" not in foot(text(pilot)))
