"""What a line of `--plain` answers, by the values: letters, texts, numbers, own words, pastes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from studytool.commands import lines, quiz_answers
from studytool.notes.model import Option
from studytool.quiz.model import Asked, AskedKind


def asked(kind: AskedKind, *texts: str, answer: str = "") -> Asked:
    """A question with options, of which the first is right."""
    options = tuple(Option(text, index == 0) for index, text in enumerate(texts))
    return Asked(kind, "Which?", options, answer or "".join(texts[:1]), (), "", "card", "note.md", 1, "Topic")


def answered(question: Asked, *typed: str) -> str | list[int] | None:
    """What some lines come to."""
    left = iter(typed)
    return quiz_answers.response(question, lambda _: next(left, None))


def test_a_letter_is_the_letter_that_stands_before_an_option_and_not_the_text_of_another() -> None:
    question = asked("choice", "a", "d", "b", "c")
    assert [answered(question, letter) for letter in "abcd"] == [[0], [1], [2], [3]]
    assert answered(asked("multiple", "ba", "xy"), "ba") == [0, 1]
    assert answered(asked("choice", "ba", "ab"), "ab") == [1]
    assert answered(asked("choice", "the buoy", "the chain"), "The  CHAIN") == [1]


def test_an_option_is_named_by_its_letter_text_or_place_as_people_write_them() -> None:
    question = asked("choice", "Jupiter", "`ConvNd`", "The red one.")
    for typed in ("B.", "b)", "(b)", "[B]", "b:", "convnd", "CONVND!", "2", "2.", "2)"):
        assert answered(question, typed) == [1], typed
    assert [answered(question, typed) for typed in ("JUPITER.", "the red one", "3", "4", "0", "1 2")] == [
        *([0], [2], [2]),
        *(None, None, None),
    ]
    several = asked("multiple", "dropout", "weight decay", "momentum")
    assert [answered(several, typed) for typed in ("A. C.", "1, 3", "(a) (c)", "3 1", "1 1", "13")] == [[0, 2]] * 4 + [
        None,
        None,
    ]
    numbers = asked("choice", "4", "1", "2.5")
    assert [answered(numbers, typed) for typed in ("4", "1.", "2", "2.5", "3")] == [[0], [1], None, [2], None]
    truth = asked("truth", "True", "False")
    assert [answered(truth, typed) for typed in ("TRUE.", "f", "b)", "F.")] == [[0], [1], [1], [1]]


def test_a_number_is_no_place_where_an_option_has_one_or_the_truth_is_asked_for() -> None:
    for texts in (("(3)", "(1)", "(2)"), ("[3]", "[1]"), ("≥ 3", "≥ 1"), ("x = 3", "x = 1"), ("Conv2d", "Conv1d")):
        assert answered(asked("choice", *texts), "1") is None, texts
    assert answered(asked("choice", "±2", "±1"), "2") is None
    assert answered(asked("choice", "3 %", "4 %"), "2") is None
    assert [answered(asked("truth", "False", "True"), typed) for typed in "12"] == [None, None]


def test_the_exact_text_of_an_option_chooses_it_beside_others_that_are_nearly_so() -> None:
    for texts in (
        *(("f", "g", "f'"), ("n!", "n"), ("x*", "x?"), ('5"', "5'"), ("MB", "Mb"), ("__init__", "init")),
        *(("a", "-a"), ("`f`", "`f'`"), ("`__init__`", "`init`"), ("$n!$", "$n$"), ("Yes.", "Yes?")),
    ):
        question = asked("choice", *texts)
        for place, text in enumerate(texts):
            if len(text) > 1:
                assert answered(question, text) == [place], text
                assert answered(question, text.strip("`$")) == [place], text
    assert answered(asked("choice", "MB", "Mb"), "mb") is None  # either may be meant: it is asked again
    assert answered(asked("choice", "`n!`", "`n`"), "n?") is None
    assert answered(asked("multiple", "f'", "f", "g"), "f'") == [0]


def test_more_options_than_letters_have_numbers_and_all_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    texts = [f"option {index}" for index in range(1, 30)]
    question = asked("choice", *texts)
    assert quiz_answers.shown(question) == [f"  {index}) option {index}" for index in range(1, 30)]
    assert answered(question, "29") == [28]
    assert answered(question, "30", "option 28") == [27]
    assert "'30' is none of the options: answer 1 to 29, one." in capsys.readouterr().out
    assert answered(asked("multiple", *texts), "2, 27 11") == [1, 10, 26]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Standard input is a terminal; what is written to this descriptor was typed, or pasted, there."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield master
    os.close(master)


PASTED = "Rivers carry salt.\n\nq\nWater leaves as vapour.\n"


def test_a_paste_is_one_answer_with_its_empty_lines(terminal: int, capsys: pytest.CaptureFixture[str]) -> None:
    os.write(terminal, PASTED.encode() + b"\n.\n")  # the dot that ends it came with it
    assert quiz_answers.response(asked("recall", answer="Salt"), lines.read) == PASTED.strip()
    os.write(terminal, PASTED.encode())
    assert quiz_answers.response(asked("typed", answer="Salt"), lines.read) == " ".join(PASTED.split("\n")).strip()
    assert capsys.readouterr().out.count("answer") == 2


def test_a_paste_where_a_letter_is_asked_for_is_told_of_once(terminal: int, capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter([PASTED * 20, "a\n"])

    def read(prompt: str) -> str | None:
        os.write(terminal, next(typed).encode())
        return lines.read(prompt)

    assert quiz_answers.response(asked("choice", "salt", "sand"), read) == [0]
    told = capsys.readouterr().out
    assert told.count("is none of the options") == 1
    assert "What was pasted, 80 lines, is none of the options: answer a to b, one." in told


def test_what_was_not_entered_yet_is_taken_from_the_terminal(terminal: int) -> None:
    assert lines.not_entered() == ""
    os.write(terminal, b"Rivers car")
    assert lines.not_entered() == "Rivers car"
    os.write(terminal, b"no\n")
    assert lines.read("") == "no"


def test_at_a_terminal_a_key_that_is_held_says_nothing_until_it_is_pressed_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, waits = 100.0, iter((0.0, 0.66, *[0.03] * 40, 1.0))
    monkeypatch.setattr("studytool.commands.quiz_answers.monotonic", lambda: now)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))

    def read(_: str) -> str:
        nonlocal now
        now += next(waits)
        return ""

    with pytest.raises(quiz_answers.NotKnown):
        quiz_answers.unless_unknown(read, [])("> ")
    assert next(waits, None) is None
