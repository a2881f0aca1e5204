"""Numbers, orders and pairs in notes, and the quizzes of other programs: what is read, and what stays as it was."""

from __future__ import annotations

import pytest

from studytool.notes.dialects.answer_line import numeric
from studytool.notes.dialects.exercise import asks_for_order, asks_to_match
from studytool.notes.model import Question
from studytool.notes.parse import parse_note

STEPS = "1. mix\n2. bake\n3. cool\n"
TABLE = "| a | b |\n|---|---|\n| one | 1 |\n| two | 2 |\n"


def questions(text: str, path: str = "note.md") -> tuple[Question, ...]:
    return parse_note(text, path).questions


def codes(text: str, path: str = "note.md") -> list[str]:
    return [one.code for one in parse_note(text, path).diagnostics]


# answer lines


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("0.25", "0.25"),
        ("-3", "-3"),
        ("1e-3", "1e-3"),
        ("10^-3", "10^-3"),
        ("3 × 10^8 m/s", "3 × 10^8 m/s"),
        ("0.25 ± 0.01 m", "0.25 ± 0.01 m"),
        ("0.25 +- 0.01 m", "0.25 ± 0.01 m"),
        ("0.25+/-5 %", "0.25 ± 5%"),
        ("$0.25 \\pm 0.01$", "0.25 ± 0.01"),
        ("1 … 5", "1 … 5"),
        ("1 to 5 ms", "1 … 5 ms"),
        ("(32, 64, 7, 7)", "(32, 64, 7, 7)"),
        ("(3,)", "(3,)"),
        ("42 %", "42 %"),
        ("50 % ± 5 %", "50% ± 5%"),
        ("5 kg ± 10 g", "5 kg ± 10 g"),
        ("10 % … 50 %", "10% … 50%"),
        ("5 m … 1 km", "5 m … 1 km"),
        ("5 mm to 6", "5 mm … 6 mm"),
        ("1/3", "1/3"),
        ("1/0", ""),
        ("nan", ""),
        ("9.81 m s⁻²", "9.81 m s⁻²"),
        ("2 * 3", ""),
        ("10/64 = 5/32", ""),
        ("2 because it is even, not odd", ""),
        ("Adam", ""),
    ],
)
def test_a_number_is_told_from_other_text(told: str, read: str) -> None:
    assert numeric(told) == read


@pytest.mark.parametrize(
    "text",
    [
        "How long is it?\n= 0.25 ± 0.01 m\n",
        "How long is it?\n\n= 0.25 ± 0.01 m\n",
        "## How long is it?\n\n= 0.25 ± 0.01 m\n",
        "1. How long is it?\n   = 0.25 ± 0.01 m\n",
        "> [!question] How long is it?\n> = 0.25 ± 0.01 m\n",
        "**How long is it?**\n= 0.25 ± 0.01 m\n",
    ],
)
def test_an_answer_line_stands_under_its_question(text: str) -> None:
    (found,) = questions(text)
    assert (found.kind, found.prompt, found.accepted) == ("numeric", "How long is it?", ("0.25 ± 0.01 m",))


@pytest.mark.parametrize(
    ("lines", "line", "told"),
    [
        ("= 5 … 1 m\n", 2, "runs backwards"),
        ("= 5 m … 1 m\n", 2, "runs backwards"),
        ("= 7\n= 9 … 8\n", 3, "runs backwards"),
        ("= 3 ± -1\n", 2, "never below zero"),
        ("= 0 ± 5 %\n", 2, "leaves no room"),
        ("= 1e99999\n", 2, "so large or so small"),
        ("= 2 ±\n", 2, "no number that an answer could be marked by"),
        ("= ± 3\n", 2, "no number that an answer could be marked by"),
        ("= 5 …\n", 2, "no number that an answer could be marked by"),
        ("= 1/0\n", 2, "no number that an answer could be marked by"),
        ("= (1, nan)\n", 2, "no number that an answer could be marked by"),
        ("\n=\n", 3, "Nothing stands after"),
        ("=\n", 2, "makes a heading of what stands above it"),
        ("= 5\n=\n", 3, "makes a heading of what stands above it"),
    ],
)
def test_an_answer_that_nothing_typed_can_meet_is_told_of_at_its_line(lines: str, line: int, told: str) -> None:
    found = [
        one for one in parse_note(f"How long is it?\n{lines}", "note.md").diagnostics if one.code == "answer-value"
    ]
    assert [(one.span.line, one.severity) for one in found] == [(line, "warning")]
    assert told in found[0].message


def test_a_tolerance_below_zero_is_taken_without_its_sign() -> None:
    assert questions("How long is it?\n= 0 ± -1 m\n= 3 ± −2 %\n")[0].accepted == ("0 ± 1 m", "3 ± 2%")


@pytest.mark.parametrize(
    "told", ["nan", "1e999", "0.25 ± 0.01 m", "3 ± 0", "50 % ± 5 %", "5 m … 1 km", "−1 … 1", "1/3"]
)
def test_an_answer_that_can_be_typed_is_not_spoken_of(told: str) -> None:
    text = f"How long is it?\n= {told}\n"
    assert "answer-value" not in codes(text)
    (found,) = questions(text)
    assert found.kind == ("typed" if told == "nan" else "numeric")


def test_steps_of_a_derivation_are_not_spoken_of() -> None:
    assert "answer-value" not in codes("What is P?\n= 2 * P(A) - P(B)\n= 5 ±\n")


def test_code_between_belongs_to_the_question_and_a_quote_below_explains() -> None:
    (found,) = questions("What does it print?\n\n```python\nprint(1)\n```\n\n= 1\n\n> It counts.\n")
    assert found.prompt == "What does it print?\n\n```python\nprint(1)\n```"
    assert found.explanation == "It counts."


def test_words_are_typed_and_several_lines_all_count() -> None:
    (found,) = questions("Which river runs through Cologne?\n= Rhine\n= Rhein\n")
    assert (found.kind, found.accepted) == ("typed", ("Rhine", "Rhein"))


@pytest.mark.parametrize(
    "text",
    [
        "So the probability is\n= 10/64\n= 5/32\n",
        "What is P?\n= 2 * P(A) - P(B)\n= 11/216\n",
        "What is P?\n= P(A)\n= 0.2 * 0.5\n",
        "Some text.\n= 5\n",
        "# Title\n\n= 5\n",
        "What is it?\n\n- a list\n\n= 5\n",
    ],
)
def test_a_derivation_is_no_answer_line(text: str) -> None:
    assert questions(text) == ()


# orders


@pytest.mark.parametrize(
    "prompt",
    [
        "Put these steps in order.",
        "Please bring the following into sequence!",
        "Put the layers of a CNN in the right order:",
        "Sort these by size",
        "Arrange the following by date.",
        "Rank these from small to large.",
        "Order the layers from input to output.",
        "In which order do they run?",
        "A batch arrives. In what order are these called?",
        "**Q3.** What is the correct order of the steps?",
    ],
)
def test_what_is_given_is_put_in_order(prompt: str) -> None:
    assert asks_for_order(prompt)
    (found,) = questions(f"{prompt}\n\n{STEPS}\n> Heat first.\n")
    assert (found.kind, found.items, found.explanation) == ("ordering", ("mix", "bake", "cool"), "Heat first.")
    assert found.answer == "1. mix\n2. bake\n3. cool"


@pytest.mark.parametrize(
    "prompt",
    [
        "What are the steps of training?",
        "Name the layers in order.",
        "List the phases in chronological order.",
        "How do you sort an array in descending order?",
        "Sort the results by count of references",
        "Sort a list in ascending order",
        "What does ORDER BY do?",
        "Why does the order matter?",
        "Describe the order of growth of merge sort.",
    ],
)
def test_an_ordinary_numbered_answer_stays_a_card(prompt: str) -> None:
    assert not asks_for_order(prompt)
    found = parse_note(f"## {prompt}\n\n{STEPS}\n## And why?\n\nBecause.\n\n## And how?\n\nSo.\n", "note.md")
    assert all(question.kind != "ordering" for question in found.questions)


@pytest.mark.parametrize("text", ["- mix\n- bake\n", "1. [x] mix\n2. [ ] bake\n", "1. mix\n", "1. mix\n2. mix\n"])
def test_what_is_no_ordered_list_of_different_items_is_put_in_no_order(text: str) -> None:
    assert all(found.kind != "ordering" for found in questions(f"Put these in order.\n\n{text}"))


def test_under_a_heading_text_and_a_hint_may_stand_before_the_list() -> None:
    (found,) = questions(f"## Put these in order!\n\nIt is **easy**.\n\n> Think.\n\n{STEPS}")
    assert found.prompt == "Put these in order!\n\nIt is **easy**.\n\n> Think."


def test_another_order_of_the_same_items_is_another_question() -> None:
    one, other = (questions(f"Put these in order.\n\n1. {a}\n2. {b}\n")[0].key for a, b in ("xy", "yx"))
    assert one != other


def test_a_list_too_long_to_be_put_in_order_is_none() -> None:
    assert questions("Put these in order.\n\n" + "".join(f"{n}. item {n}\n" for n in range(1, 22))) == ()


# pairs


@pytest.mark.parametrize(
    "prompt",
    [
        "Match each word with its number.",
        "Match the following:",
        "Match words to their numbers",
        "What belongs together?",
    ],
)
def test_a_table_under_a_question_that_asks_to_match_holds_pairs(prompt: str) -> None:
    assert asks_to_match(prompt)
    (found,) = questions(f"{prompt}\n\n{TABLE}")
    assert (found.kind, found.pairs) == ("matching", (("one", "1"), ("two", "2")))


@pytest.mark.parametrize(
    "prompt", ["Match expressions", "Match the start of a line", "Connect the device", "What do they match?"]
)
def test_an_ordinary_table_is_none(prompt: str) -> None:
    assert not asks_to_match(prompt)
    assert all(found.kind != "matching" for found in questions(f"## {prompt}\n\n{TABLE}"))


def test_a_bar_within_code_parts_no_cell_and_a_row_without_left_side_misleads() -> None:
    text = "Match each:\n\n| a | b |\n|---|---|\n| `x | y` | or |\n| x \\| y | else |\n| | none |\n"
    (found,) = questions(text)
    assert found.pairs == (("`x | y`", "or"), ("x | y", "else"), ("", "none"))


@pytest.mark.parametrize(
    "table", ["| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n"]
)
def test_other_tables_are_not_matched(table: str) -> None:
    assert questions(f"Match each one:\n\n{table}") == ()


def test_a_table_that_cannot_be_matched_is_told_of_with_the_reason() -> None:
    for rows, why, hint in (
        ("| 1 | 2 |", "one row has both sides", "two rows or more"),
        ("| 1 | 2 |\n| | 3 |", "one row has both sides", "two rows or more"),
        ("| 1 | 2 |\n| 3 | |", "row 2 has no right side", "or delete the row"),
        ("| 1 | 2 |\n| 3 | 4 | 5 |", "row 2 has 3 cells", "Give it two"),
        ("| 1 | 2 |\n| 1 | 3 |", "a left side stands there twice", "Join the two rows"),
        ("| 1 | 2 |\n| 3 | 2 |", "all right sides are the same", "two different ones"),
        ("| 1 | 2 |\n" * 21, "it has 21 rows, and 20 are the most", "Part it into several tables"),
    ):
        found = parse_note(f"Match each one:\n\n| a | b |\n|---|---|\n{rows}\n", "note.md").diagnostics
        (told,) = [one for one in found if one.code == "match-data"]
        assert (told.span.line, told.message) == (3, f"This table cannot be matched: {why}.")
        assert hint in told.hint
    assert "match-data" not in codes("Match each one:\n\n| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 |\n")


# other programs' quizzes

QTI = """\
Quiz title: Numbers

1.  Two and three?
... In general.
+   Well done.
-   Count again.
a)  6
... Too many.
b)  1
*c) 5

2.  Root of two?
=   1.4142 +- 0.0001

3.  Root of five?
=   [2.2, 2.3]

4.  Who?
*   Santa
*   Nick

5.  Write, at some
    length.
____
"""


def test_a_quiz_of_text2qti_is_read_whole() -> None:
    note = parse_note(QTI, "quiz.txt")
    assert note.topic.name == "Numbers"
    assert [found.kind for found in note.questions] == ["choice", "numeric", "numeric", "typed", "open"]
    choice, root, other, who, essay = note.questions
    assert [(o.text, o.correct, o.why) for o in choice.options] == [
        ("6", False, "Too many."),
        ("1", False, "Count again."),
        ("5", True, "Well done."),
    ]
    assert choice.explanation == "In general."
    assert (root.accepted, other.accepted, who.accepted) == (
        ("1.4142 ± 0.0001",),
        ("2.2 … 2.3",),
        ("Santa", "Nick"),
    )
    assert essay.prompt == "Write, at some\nlength."
    assert note.diagnostics == ()


def test_what_is_wrong_in_such_a_quiz_costs_one_question() -> None:
    text = "Quiz title: T\n\n1. One?\na) x\nb) y\n\nstray\n\n2. Two?\n*a) x\nb) y\n\n3. Three?\n^^^^\n"
    assert [found.prompt for found in questions(text)] == ["Two?"]
    assert codes(text).count("choice-data") == 2
    assert "quiz-syntax" in codes(text)


def test_a_note_with_a_line_of_such_a_quiz_is_still_a_note() -> None:
    text = "# Letters\n\nSome prose about lists.\n\n*a) is how it writes a right answer.\n\n1. One\n2. Two\n"
    assert questions(text) == ()
    assert parse_note(text, "note.md").topic.name == "Letters"


def test_without_a_title_a_file_of_nothing_else_is_such_a_quiz() -> None:
    assert [found.dialect for found in questions("1. One?\n*a) x\nb) y\n", "quiz.txt")] == ["text2qti"]


def test_quizdown_in_a_file_of_its_own_needs_no_fence() -> None:
    text = (
        "### Select your superpower!\n\nThere are many.\n\n1. [ ] Levitation\n1. [x] Shapeshifting\n    > The best!\n\n"
        "## Please bring the following into sequence!\n\n> Three is larger.\n\n1. One\n2. Two\n3. Three\n"
    )
    choice, order = questions(text)
    assert (choice.kind, choice.options[1].why) == ("choice", "The best!")
    assert order.items == ("One", "Two", "Three")


def test_a_heading_in_such_a_fence_is_a_question_whatever_its_words() -> None:
    text = "### Pick\n\n1. [x] rye\n1. [ ] oats\n"
    assert [card.back for card in parse_note(f"```quizdown\n{text}```\n", "quiz.md").studied] == ["rye"]
    assert parse_note(text, "quiz.md").studied == []
