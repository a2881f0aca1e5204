"""Marking: the labelled answers of marking.tsv, and what every mark promises.

In the table the options of a choice stand between bars, the right ones with a star, and its response holds indices.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.notes.model import Option
from studytool.quiz import Asked, Attempt, Mark, mark
from studytool.quiz.model import AskedKind

TABLE = Path(__file__).with_name("marking.tsv")


def typed(answer: str, *accepted: str, kind: AskedKind = "typed") -> Asked:
    return Asked(kind, "What is it?", (), answer, accepted, "Because.", "0" * 32, "note.md", 3, "Topic")


def choice(*texts: str, kind: AskedKind = "choice") -> Asked:
    """Options from texts; those with a star are right."""
    options = tuple(Option(text.lstrip("*"), text.startswith("*"), f"why {text.lstrip('*')}") for text in texts)
    answer = "\n".join(option.text for option in options if option.correct)
    return Asked(kind, "Which?", options, answer, (), "", "0" * 32, "note.md", 3, "Topic")


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_table_holds_at_least_a_hundred_answers_of_every_verdict_and_kind() -> None:
    found = rows()
    assert len(found) >= 100
    assert {row["verdict"] for row in found} == {"right", "nearly", "wrong"}
    assert {row["kind"] for row in found} == {"choice", "multiple", "typed", "cloze"}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['answer']} <- {row['response']}")
def test_an_answer_is_marked_as_a_person_would(row: dict[str, str]) -> None:
    if row["kind"] in ("choice", "multiple"):
        asked = choice(*row["answer"].split("|"), kind=row["kind"])
        found = mark(asked, [int(index) for index in row["response"].split()])
    else:
        found = mark(typed(row["answer"], kind=row["kind"]), row["response"])
    assert found.verdict == row["verdict"], found.reason
    assert found.reason.startswith(row["verdict"])


def test_a_slip_of_one_letter_is_told_with_the_answer() -> None:
    assert mark(typed("max pooling"), "max pooing") == Mark(
        "nearly", "nearly: one letter off; the answer is “max pooling”"
    )


def test_a_missing_word_is_named() -> None:
    assert mark(typed("max pooling"), "max") == Mark(
        "wrong", "wrong: the answer is “max pooling”; you left out: pooling"
    )


def test_another_accepted_name_is_right_and_says_so() -> None:
    assert mark(typed("convolutional neural network", "CNN"), "cnn").reason == "right: “CNN” also counts"


def test_a_wrong_option_is_told_with_why_it_is_wrong() -> None:
    assert mark(choice("*Volga", "Danube"), [1]).reason == "wrong: the answer is “Volga”; why Danube"


def test_what_is_missing_from_several_is_named() -> None:
    asked = choice("*dropout", "*weight decay", "momentum", kind="multiple")
    assert mark(asked, [0]).reason == "nearly: you left out “weight decay”"


def test_a_hundred_kilobytes_are_refused_in_a_sentence_that_stays_short() -> None:
    found = mark(typed("max pooling"), "max pooling " * 9000)
    assert found.verdict == "wrong"
    assert "108,000 characters" in found.reason
    assert len(found.reason) < 200


def test_escape_sequences_in_an_answer_do_not_reach_the_reason() -> None:
    found = mark(typed("max pooling"), "max \x1b[31mred\x1b[0m pooling and more and more")
    assert "\x1b" not in found.reason


def test_a_text_for_a_choice_and_an_index_that_is_not_there_are_the_callers_mistake() -> None:
    for response in ("a", [7], [-1]):
        with pytest.raises(ValueError, match="options"):
            mark(choice("*Volga", "Danube"), response)
    with pytest.raises(ValueError, match="options"):
        mark(typed("x"), [0])


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_get_a_verdict_with_a_reason_that_begins_with_it(answer: str, response: str) -> None:
    found = mark(typed(answer), response)
    assert found.reason.startswith(found.verdict)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_the_answer_itself_is_always_right(answer: str) -> None:
    if answer.strip():
        assert mark(typed(answer), answer).verdict == "right"


def test_an_attempt_can_be_stored_and_asked_again() -> None:
    for asked, response in ((choice("*Volga", "Danube"), [1]), (typed("max pooling", "pooling by maximum"), "pooling")):
        attempt = Attempt.of(asked, response, mark(asked, response), seed=5)
        again = Attempt.from_payload(attempt.as_payload())
        assert again == attempt
        assert mark(again.asked, again.response) == attempt.mark


def test_an_overruled_attempt_counts_and_keeps_its_mark() -> None:
    asked = typed("max pooling")
    attempt = Attempt.of(asked, "pooling", mark(asked, "pooling"), seed=5)
    assert not attempt.counts
    assert attempt.overrule().counts
    assert attempt.overrule().mark.verdict == "wrong"
    assert attempt.overrule().as_payload()["overruled"] is True


def test_a_pasted_answer_is_kept_only_as_far_as_it_is_read() -> None:
    asked = typed("max pooling")
    text = "x" * 100_000
    assert len(Attempt.of(asked, text, mark(asked, text), seed=5).as_payload()["response"]) == 2000
