"""Computed questions in the app: asked when a demo has answered, waited for at the end, and the demo behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studytool.app.demo_app import DemoApp
from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.result import ResultScreen
from studytool.app.widgets.answer_waiting import WaitingField
from studytool.app.widgets.prediction import Prediction
from studytool.demo import trust
from studytool.demo.find import read
from studytool.examining import Wish
from studytool.notes.model import DemoLink
from studytool.quiz import Attempt
from studytool.settings import Settings

DEMO = """
import time
from studytool.demo import Demo, Question, line
demo = Demo("Springs", topics=["springs"], steps=3)

@demo.train
def train(run):
    for n in range(3):
        yield line("n", n=n)
"""
SUM = """
@demo.question
def flow(rng):
    a = rng.randint(3, 9)
    return Question(f"Two springs give {a} l each. How much is that?", 2 * a, {"squared it": a * a}, why="Twice.")
"""
SLEEPS = "\n@demo.question\ndef sleeps(rng):\n    time.sleep(999)\n"
PREDICTS = """
@demo.predict("Three steps are taken. The last n is…", "2", "3", why="It counts from 0.")
def _(sim):
    return str(int(sim().last("n")))
"""


@pytest.fixture
def springs(library: Path):
    """The notes link to a demo of this source."""

    def make(source: str, *, trusted: bool = True) -> Path:
        demo = library / "springs.py"
        demo.write_text(DEMO + source, "utf-8")
        for note in library.glob("*.md"):
            text = note.read_text("utf-8").removeprefix("---\n")
            note.write_text(f"---\ndemo: ./springs.py\n{text}", "utf-8")
        if trusted:
            info = read(demo)
            trust.trust(info.path, info.digest)
        return demo

    return make


async def answer(pilot: Any, *, right: bool = True) -> None:
    """Answer the question on the screen."""
    asked = pilot.app.screen.asked
    if asked.options:
        wanted = [index for index, option in enumerate(asked.options) if option.correct is right]
        await pilot.press(str(wanted[0] + 1))
    elif asked.kind == "recall":
        await pilot.press(*"water", "ctrl+s", "3" if right else "1")
    else:
        wrong = asked.computed.mistakes[0].text if asked.computed else "zzz"
        pilot.app.screen.query_one("#typed").value = asked.answer if right else wrong
        await pilot.press("enter")
    await pilot.pause()


async def to_the_computed(pilot: Any, until: Any) -> None:
    """Answer up to the first computed question."""
    await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen._field is not None)
    while True:
        screen = pilot.app.screen
        await until(pilot, lambda: not screen.query(WaitingField) and screen._field is not None)  # noqa: B023
        if screen.asked.computed:
            return
        await answer(pilot)
        await until(pilot, lambda: screen._marked)  # noqa: B023
        await pilot.press("enter")
        await until(pilot, lambda: not screen._marked)  # noqa: B023


def attempts(pilot: Any) -> list[Any]:
    return [event for event in pilot.app.desk.store.events() if event.kind == "attempt"]


async def test_a_mistake_is_named_and_the_demo_runs_from_there_and_from_the_result(opened, text, until, springs):
    demo = springs(SUM)
    async with opened(start="quiz", count=6, seed=1) as pilot:
        await to_the_computed(pilot, until)
        assert "demo springs" in text(pilot)
        assert "Two springs give" in text(pilot)
        await answer(pilot, right=False)
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        assert "the mistake: squared it" in text(pilot)
        assert "d runs the demo" in text(pilot)
        event = attempts(pilot)[-1]
        assert event.card is None
        assert event.payload["computed"]["demo"] == str(demo)
        await pilot.press("c")
        assert isinstance(pilot.app.screen, QuizScreen), "no card stands behind it"
        quiz = pilot.app.screen
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and pilot.app.screen.is_mounted)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is quiz)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen) and "demo springs" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))


async def test_a_prediction_is_asked_before_the_demo_runs_and_marked_by_its_runs(opened, text, until, springs):
    springs(PREDICTS)
    async with opened(start="quiz", count=6, seed=1) as pilot:
        await to_the_computed(pilot, until)
        assert "Three steps are taken." in text(pilot)
        await answer(pilot, right=False)
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        assert "It counts from 0." in text(pilot)
        payload = attempts(pilot)[-1].payload
        assert (payload["answer"], payload["verdict"], payload["computed"]["prediction"]) == ("2", "wrong", 0)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await until(pilot, lambda: "You said 3" in text(pilot) and "The runs say: 2" in text(pilot))
        await until(pilot, lambda: "step 3" in text(pilot))
        predictions = [one for one in attempts(pilot) if one.payload["computed"]]
        assert len(predictions) == 1, "it is not asked and kept a second time"


async def test_a_prediction_made_in_a_demo_is_kept_as_an_attempt(opened, text, until, springs):
    springs(PREDICTS)
    async with opened() as pilot:
        pilot.app.run_demo(DemoLink(str(read(springs(PREDICTS)).path)))
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and "Three steps" in text(pilot))
        await pilot.press("2")
        await until(pilot, lambda: "The runs say: 2" in text(pilot))
        await until(pilot, lambda: attempts(pilot))
        (event,) = attempts(pilot)
        attempt = Attempt.from_payload(event.payload)
        assert event.card is None
        assert (attempt.mark.verdict, attempt.asked.answer, attempt.seed) == ("wrong", "2", None)
        assert attempt.asked.options[attempt.response[0]].text == "3"
        assert attempt.asked.prompt.startswith("Three steps are taken.")


async def test_a_demo_alone_keeps_no_log(until, home, springs):
    app = DemoApp(read(springs(PREDICTS)), {}, 0, "cpu", Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.screen.query(Prediction) and app.screen.query_one(Prediction).asking)
        await pilot.press("1")
        await until(pilot, lambda: app.screen.query_one(Prediction)._answer is not None)
    assert not list((home / "data").glob("*.db*"))


async def test_the_last_question_is_waited_for_and_enter_asks_a_card_instead(opened, text, until, springs):
    springs(SLEEPS)
    async with opened(start="quiz", count=6, seed=1, size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen._field is not None)
        screen = pilot.app.screen
        for _ in range(5):
            await answer(pilot)
            await until(pilot, lambda: screen._marked)
            await pilot.press("enter")
            await until(pilot, lambda: not screen._marked and screen._field is not None)
        assert screen.query(WaitingField)
        assert "A demo is still running" in text(pilot)
        assert "enter asks a card instead" in text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: not screen.query(WaitingField))
        await until(pilot, lambda: "a card is asked instead" in text(pilot))
        await until(pilot, lambda: screen._field is not None)
        await answer(pilot)
        await until(pilot, lambda: screen._marked)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ResultScreen))
        assert "6 of 6 right" in text(pilot)


async def test_a_file_that_is_not_trusted_is_told_and_cards_are_asked(opened, text, until, springs):
    springs(SUM, trusted=False)
    async with opened(start="quiz", count=6, seed=1) as pilot:
        await until(pilot, lambda: "is not trusted" in " ".join(text(pilot).split()))
        assert not [asked for asked in pilot.app.screen._paper.questions if asked.computed]


async def test_no_computed_questions_where_they_are_not_wanted(opened, until, springs):
    springs(SUM)
    async with opened(start="quiz", count=6, seed=1, computed=False) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        assert pilot.app.screen._computing._ahead._thread is None


async def test_an_exam_begins_when_the_demos_have_answered_and_its_result_leads_to_them(opened, text, until, springs):
    demo = springs(SUM)
    async with opened(start="exam", wish=Wish(count=6, seed=1)) as pilot:
        await until(pilot, lambda: "question computed by a demo is ready" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamScreen) and pilot.app.screen._field is not None)
        exam = pilot.app.screen.exam
        ((number, asked),) = [one for one in enumerate(exam.paper.questions) if one[1].computed]
        assert asked.computed.demo == str(demo)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press(str(number + 1), "enter")
        await until(pilot, lambda: pilot.app.screen is not None and "· demo springs" in text(pilot))
        await until(pilot, lambda: pilot.app.screen._field is not None)
        await answer(pilot, right=False)
        await until(pilot, lambda: number in exam.attempts)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "squared it" in text(pilot))
        await pilot.press("enter", "o")
        assert isinstance(pilot.app.screen, ExamResultScreen), "no card stands behind it"
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))


async def test_an_exam_waits_for_a_demo_and_a_second_enter_begins_without_it(opened, text, until, springs):
    springs(SLEEPS)
    async with opened(start="exam", wish=Wish(count=6, seed=1)) as pilot:
        await until(pilot, lambda: "0 of 1 question computed by a demo is ready" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "ready; the exam begins once all are" in text(pilot))
        assert isinstance(pilot.app.screen, ExamStartScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "was not waited for" in " ".join(text(pilot).split()))
        assert not any(asked.computed for asked in pilot.app.screen.exam.paper.questions)
