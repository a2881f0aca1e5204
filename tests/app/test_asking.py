"""The frame around a question: one question at a time, whoever asks for it."""

from __future__ import annotations

import asyncio

from studytool.app.screens.exam import ExamScreen
from studytool.app.widgets.answer import AnswerField
from studytool.examining import Wish


async def test_of_two_questions_that_are_asked_for_at_once_the_last_stands_with_its_own_field(opened, until):
    async with opened() as pilot:
        app = pilot.app
        app.exam(Wish(count=4, seed=1, computed=False))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExamScreen) and app.screen._field is not None)
        screen = app.screen
        for first, last in ((1, 2), (3, 0), (2, 2)):
            await asyncio.gather(screen._ask(first), screen._ask(last))
            (field,) = screen.query(AnswerField)
            assert screen._field is field
            assert field.asked is screen.asked is screen.exam.paper.questions[last]
