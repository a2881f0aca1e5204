"""Where the explanation of a question under a heading ends."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_choice import only, read


def test_what_stands_under_a_heading_after_its_options_explains_them() -> None:
    text = "#### Q1. Which?\n\n- [x] a\n- [ ] b\n\n**Explanation**\n\n- Such is life.\n\n[Reference](http://a.b)\n\n"
    assert only(f"{text}#### Q2. Or?\n").explanation == "- Such is life.\n\n[Reference](http://a.b)"


def test_a_paragraph_after_options_without_a_heading_is_no_explanation_unless_it_says_so() -> None:
    assert only("Which?\n- [x] a\n- [ ] b\n\nThen we went home.\n").explanation == ""
    assert only("Which?\n- [x] a\n- [ ] b\nExplanation: it is.\n").explanation == "it is."


def test_questions_under_a_label_are_no_part_of_the_explanation() -> None:
    note = read("## Which?\n\n- [x] a\n- [ ] b\n\n> So.\n\nQuestions:\n- Why so?\n")
    assert [(card.dialect, card.back) for card in note.studied] == [("choice", "a\n\nSo."), ("open-question", "")]


@pytest.mark.parametrize(
    ("below", "dialect"),
    [
        ("How many legs has a spider?\n= 8\n", "answer-line"),
        ("How many legs has a spider?\n\n= 8\n", "answer-line"),
        ("Put these in order.\n\n1. egg\n2. hen\n", "ordering"),
        ("Match each word with its meaning.\n\n| a | b |\n|---|---|\n| x | 1 |\n| y | 2 |\n", "matching"),
    ],
)
def test_what_explains_ends_where_a_question_of_another_form_begins(below: str, dialect: str) -> None:
    note = read(f"## Which are even?\n\n- [x] 2\n- [ ] 3\n\nThey can be halved.\n\n{below}")
    assert [card.dialect for card in note.studied] == ["choice", dialect]
    assert note.questions[0].explanation == "They can be halved."


def test_a_formula_that_answers_no_question_explains() -> None:
    assert only("## Which are even?\n\n- [x] 2\n- [ ] 3\n\n2 + 2\n= 4\n").explanation == "2 + 2\n= 4"


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("why", ["", "> They are waders.\n\n", "They are waders.\n\n"])
def test_a_question_with_letters_below_one_under_a_heading_is_no_part_of_its_explanation(
    why: str, between: str
) -> None:
    asked = f"Which one dives?\n\na) the wren\n{between}b) the grebe\n\nAnswer: b\n"
    text = f"## Which birds wade?\n\n- [x] herons\n- [ ] wrens\n\n{why}{asked}"
    first, second = parse_note(text, "a.md").questions
    assert (first.prompt, "dives" in first.explanation) == ("Which birds wade?", False)
    assert ("waders" in first.explanation) == bool(why)
    assert (second.prompt, [option.correct for option in second.options]) == ("Which one dives?", [False, True])


def test_letters_below_a_sentence_of_an_explanation_belong_to_it() -> None:
    text = "## Which birds wade?\n\n- [x] herons\n- [ ] wrens\n\nThey have long legs.\n\na) thin\nb) bare\n"
    assert "They have long legs." in only(text).explanation


@pytest.mark.parametrize(
    ("summary", "own"), [("Which wings do they have?", True), ("Why do they?", False), ("More", False), ("Why?", False)]
)
def test_a_folded_question_of_its_own_is_no_part_of_an_explanation(summary: str, own: bool) -> None:
    folded = f"<details><summary>{summary}</summary>\n\nBroad ones.\n</details>\n"
    note = parse_note(f"## Which birds wade?\n\n- [x] herons\n- [ ] wrens\n\nThey do.\n\n{folded}", "a.md")
    (question,) = note.questions
    assert question.explanation.startswith("They do.")
    assert ("Broad" in question.explanation) is not own
    assert [card.front for card in note.cards] == [summary] * own


def test_cards_in_another_form_in_an_explanation_are_told() -> None:
    swallowed = "- Question: And which dive?\n- Answer: Grebes.\n"
    text = f"## Which birds wade?\n\n- [x] herons\n- [ ] wrens\n\nThey do.\n\n{swallowed}"
    told = [one for one in parse_note(text, "a.md").diagnostics if one.code == "card-in-answer"]
    assert [one.span.line for one in told] == [8]


def test_terms_below_options_under_a_heading_are_mentioned() -> None:
    terms = "- **Wren**: a small brown bird that sings loudly\n- **Owl**: a bird that hunts by night and is heard\n"
    text = f"## Which birds wade?\n\n- [x] herons\n- [ ] wrens\n\nThey do.\n\n{terms}"
    told = [one for one in parse_note(text, "a.md").diagnostics if one.code == "card-in-answer"]
    assert [(one.severity, one.span.line) for one in told] == [("info", 8)]
