"""Marking: the labelled answers of marking.tsv, and what every mark promises.

In the table the options of a choice stand between bars, the right ones with a star, and its response holds indices.
Other accepted answers stand between semicolons; `reason` is a part of the reason that must be told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.notes.model import Option
from studytool.quiz import Attempt, Mark, mark
from tests.bench.marking import choice, marked, rows, typed

# What a person marks in another way than the program does, as (answer, response): the label is the person's.
DISAGREED = {
    ("early stopping", "stop early"),
    ("not convex", "never convex"),
    ("the decoder attends to the encoder", "decoder to encoder"),
    ("two hidden layers", "2 layers"),
    ("0", "none"),
    ("das neuronale Netz", "neuronales Netz"),
    ("Frank Rosenblatt", "Rosenblatt"),
    ("without replacement", "no replacement"),
    ("mitochondria", "mitochondrion"),
    ("photosynthesis", "foto synthesis"),
    ("72 km/h", "72 kmh"),
    ("72 km/h", "72 kph"),
    ("HTTP", "HTTPS"),
    ("el perro", "perro"),
    ("inside the nucleus", "in the nucleus"),
    ("all of them", "all"),
    ("the number of filters", "how many filters"),
    ("between 0 and 1", "0 to 1"),
    ("(0, 1)", "[0, 1]"),
    ("`torch.no_grad()`", "with torch.no_grad():"),
    ("Yann LeCun", "Lecun"),
    ("fewer parameters", "less parameters"),
}


def test_the_table_holds_at_least_five_hundred_answers_of_every_verdict_and_kind() -> None:
    found = rows()
    assert len(found) >= 500
    assert {row["verdict"] for row in found} == {"right", "nearly", "wrong"}
    assert {row["kind"] for row in found} == {"choice", "multiple", "typed", "cloze", "numeric"}


@pytest.fixture(scope="module")
def table() -> list[tuple[dict[str, str], Mark]]:
    """The rows of the table with their marks."""
    return [(row, marked(row)) for row in rows()]


def test_an_answer_is_marked_as_a_person_would(table: list[tuple[dict[str, str], Mark]]) -> None:
    for row, found in table:
        told = f"{row['answer']} <- {row['response']}: {found.reason}"
        assert found.reason.startswith(found.verdict), told
        if (row["answer"], row["response"]) in DISAGREED:
            assert found.verdict != row["verdict"], f"{told}; they agree: take it out of DISAGREED"
        else:
            assert found.verdict == row["verdict"], told
            assert row["reason"] in found.reason, told


def test_a_wrong_answer_is_hardly_ever_marked_right(table: list[tuple[dict[str, str], Mark]]) -> None:
    verdicts = [found.verdict for row, found in table if row["verdict"] == "wrong"]
    assert verdicts.count("right") <= len(verdicts) // 100


def test_a_slip_of_one_letter_is_told_with_the_answer() -> None:
    assert mark(typed("max pooling"), "max pooing") == Mark(
        "nearly", "nearly: one letter off; the answer is “max pooling”"
    )


@pytest.mark.parametrize(
    ("answer", "said", "mistyped"),
    [
        *(
            ("the Vltava", "teh Vltava", "teh"),
            ("Vltava", "hte Vltava", "hte"),
            ("the end of a river", "end fo a river", "fo"),
        ),
        ("width for height", "width fr height", "fr"),
    ],
)
def test_a_small_word_mistyped_is_misspelled_and_no_word_too_many(answer: str, said: str, mistyped: str) -> None:
    assert mark(typed(answer), said) == Mark("nearly", f"nearly: “{mistyped}” is misspelled; the answer is “{answer}”")


def test_a_word_that_is_a_word_is_no_slip_of_a_small_one() -> None:
    assert "“old” is more than the answer" in mark(typed("the Vltava"), "the old Vltava").reason
    assert "“no” is more" not in mark(typed("on land"), "no land").reason  # the opposite, and no slip of `on`


def test_a_missing_word_is_named() -> None:
    assert mark(typed("max pooling"), "max") == Mark(
        "wrong", "wrong: the answer is “max pooling”; you left out: pooling"
    )


def test_another_accepted_name_is_right_and_says_so() -> None:
    assert mark(typed("convolutional neural network", "CNN"), "cnn").reason == "right: “CNN” also counts"


@pytest.mark.parametrize(("answer", "said"), [("&lt;b&gt;", "<b>"), ("5 &lt; 6", "5 < 6"), ("&#35;", "#")])
def test_an_answer_is_typed_as_it_is_shown(answer: str, said: str) -> None:
    assert mark(typed(answer), said).verdict == "right"
    assert mark(typed("other", answer), said).verdict == "right"
    assert mark(typed(answer), answer).verdict == "right"
    assert mark(typed(f"`{answer}`"), said).verdict == "wrong"


def test_a_wrong_option_is_told_with_why_it_is_wrong() -> None:
    assert mark(choice("*Volga", "Danube"), [1]).reason == "wrong: the answer is “Volga”; why Danube"


def test_what_is_missing_from_several_is_named() -> None:
    asked = choice("*dropout", "*weight decay", "momentum", kind="multiple")
    assert mark(asked, [0]).reason == "nearly: you left out “weight decay”"


def test_what_is_missing_and_what_is_not_right_are_two_sentences() -> None:
    asked = choice("*two", "*four", "five", "seven", kind="multiple")
    assert mark(asked, [2]).reason == "wrong: you left out “two” and “four”; “five” is not right; why five"
    assert "“five” and “seven” are not right" in mark(asked, [0, 2, 3]).reason
    assert mark(typed("red, green, blue"), "red, yellow, pink").reason.endswith(
        "; you left out “green” and “blue”; “yellow” and “pink” are not right"
    )


def test_of_a_long_list_the_first_missing_parts_are_named_and_the_others_counted() -> None:
    answer = ", ".join(f"part{letter}" for letter in "abcdefghij")
    assert mark(typed(answer), "parta, partb").reason.endswith("“parth” and 2 more")


def test_what_is_typed_as_the_author_wrote_it_has_the_part_of_the_credit_that_he_gave_it() -> None:
    share = Option("a rectifier", False, "Which one?")
    asked = replace(typed("ReLU", "the rectifier"), partly=(share,))
    assert mark(asked, "A rectifier").reason.startswith("nearly: “a rectifier” has a part of the credit: Which one?")
    assert mark(asked, "the rectifier").verdict == mark(asked, "rectifier").verdict == "right"


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


MATHS = st.text(alphabet="xyWTfd0123 +-*/^_=<>()[]{}|$\\'.,`~²√σ∂±", max_size=40)


@given(MATHS, MATHS)
def test_any_two_texts_of_the_signs_of_mathematics_and_code_are_marked(answer: str, response: str) -> None:
    found = mark(typed(answer), response)
    assert found.reason.startswith(found.verdict)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_the_answer_itself_is_always_right(answer: str) -> None:
    if answer.strip():
        assert mark(typed(answer), answer).verdict == "right"


ANSWERS = sorted({row["answer"] for row in rows() if row["kind"] in ("typed", "cloze")})


def test_every_answer_of_the_table_is_right_for_itself_and_with_blanks_around_it() -> None:
    for answer in ANSWERS:
        for response in (answer, f"  {answer} ", answer.replace(" ", "  ")):
            assert mark(typed(answer), response).verdict == "right", (answer, response)


PAIRS = sorted(
    (row["answer"], row["response"])
    for row in rows()
    if row["kind"] in ("typed", "cloze") and (row["answer"] + row["response"]).replace(" ", "").isalpha()
)


@given(st.sampled_from(PAIRS), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]), st.integers(1, 4))
def test_case_and_blanks_never_change_the_verdict_of_words(
    pair: tuple[str, str], case: Callable[[str], str], blanks: int
) -> None:
    answer, response = pair
    changed = f" {case(response)}\t".replace(" ", " " * blanks)
    if case(response).casefold() == response.casefold():
        assert mark(typed(answer), changed).verdict == mark(typed(answer), response).verdict


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
