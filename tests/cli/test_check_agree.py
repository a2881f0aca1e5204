"""When the value of a check is what its card answers."""

from __future__ import annotations

import time

import pytest

from studytool.commands.check_agree import agrees, answer_of
from studytool.demo.limits import Limits
from studytool.demo.verifying import run_checks
from studytool.notes.model import Card, Question
from studytool.notes.parse import parse_note


def asked(text: str) -> Question:
    (question,) = parse_note(f"{text}\n", "a.md").questions
    return question


def card(answer: str) -> Card:
    (found,) = parse_note(f"Q: What?\nA: {answer}\n", "a.md").cards
    return found


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (True, "anything"),
        (None, "anything"),
        (2.302585, r"$\ln 10 \approx 2.303$"),
        (1792, "1,792: nine for each."),
        (1728, r"$3 \cdot 9 = 1{,}728$"),
        ([28, 28], "28 by 28."),
        (-1, "between −1 and 1"),
        ("ReLU", "A relu."),
        (["a", "b"], "- a\n- b"),
    ],
)
def test_a_value_that_stands_in_the_answer_bears_it_out(value: object, answer: str) -> None:
    assert agrees(value, card(answer))


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (False, "anything"),
        (2.302, r"$\ln 10 \approx 2.303$"),
        (179, "1,792"),
        (28.0001, "28 by 28."),
        ([28, 27], "28 by 28."),
        ([28, 28, 28], "28 by 28."),
        ([], "28 by 28."),
        (1, "between −1 and 0"),
        ("", "A relu."),
        (["a", "c"], "- a\n- b"),
        ({"a": 1}, "a 1"),
    ],
)
def test_another_value_does_not(value: object, answer: str) -> None:
    assert not agrees(value, card(answer))


def test_a_question_for_a_number_keeps_its_own_tolerance() -> None:
    question = asked("How long?\n\n= 0.7 ± 0.1 m")
    assert answer_of(question) == 0.7
    assert [agrees(value, question) for value in (0.65, 0.79, 0.5, 70)] == [True, True, False, False]
    shape = asked("Which shape?\n\n= (8, 16, 16, 16)")
    assert [agrees(value, shape) for value in ([8, 16, 16, 16], [8, 16, 16])] == [True, True]


def test_an_order_is_the_whole_of_its_items() -> None:
    question = asked("Put these in order.\n\n1. one\n2. two\n3. three")
    assert answer_of(question) == ["one", "two", "three"]
    assert [agrees(value, question) for value in (["one", "two", "three"], ["two", "one", "three"])] == [True, False]


def test_a_check_that_takes_too_long_is_ended_and_the_next_one_runs() -> None:
    began = time.monotonic()
    endless, next_one = run_checks([("while True: pass", ""), ("answer + 1", 1)], Limits(seconds=1.5))
    assert "no answer within 1.5 s" in endless.problem
    assert next_one.value == 2
    assert time.monotonic() - began > 1.5


def test_every_check_begins_alike() -> None:
    spoil = "torch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)"
    drawn = (f"value = torch.rand(1).item()\n{spoil}\nvalue", "")
    fresh = ("torch.zeros(1).dtype == torch.float32 and torch.is_grad_enabled()", "")
    first, second, last = run_checks([drawn, drawn, fresh], Limits())
    assert (first.value, last.value) == (second.value, True)
