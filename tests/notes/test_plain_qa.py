"""Questions and answers in plain text: with and without marks, in lists, and lists of prompts that have no answers."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def cards(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note("# T\n\n" + text, "note.md").studied]


BOTH = [("What is rye?", "A cereal."), ("What is flax?", "A fibre.")]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("**Q:** {}", "**A:** {}"),
        ("**Q**: {}", "**A**: {}"),
        ("Question: {}", "Answer: {}"),
        ("q: {}", "a: {}"),
        ("Q1. {}", "Ans: {}"),
        ("Q1: {}", "A1: {}"),
        ("Q. {}", "A. {}"),
        ("- Q: {}", "  - A: {}"),
        ("- **Q:** {}", "  **A:** {}"),
        ("- {}", "  - {}"),
        ("- {}", "\t- {}"),
    ],
)
def test_questions_and_answers_lose_their_marks(asked: str, answered: str) -> None:
    text = "\n".join(f"{asked.format(one)}\n{answered.format(other)}" for one, other in BOTH)
    assert cards(text + "\n") == BOTH
    assert cards(text.replace("\n" + asked.format(BOTH[1][0]), "\n\n" + asked.format(BOTH[1][0])) + "\n") == BOTH


def test_a_marked_answer_has_a_list_of_its_own_and_ends_with_its_paragraph() -> None:
    text = "Question: Which cereals?\nAnswer:\n- rye\n- oats\n\nSomething else stands here.\n"
    assert cards(text) == [("Which cereals?", "- rye\n- oats")]


def test_a_mark_on_a_line_of_its_own_is_followed_by_all_up_to_the_next_heading() -> None:
    text = "**Question:** Explain rye.\n\n**Answer:**\n\nIt is a cereal.\n\nIt makes bread.\n\n## Next\n\nFlax.\n"
    assert cards(text) == [("Explain rye.", "It is a cereal.\n\nIt makes bread.")]


def test_an_answer_that_announces_a_list_has_it() -> None:
    text = "**Question:** Explain rye.\n**Answer:** There are two kinds:\n\n- winter\n- summer\n\nFlax is other.\n"
    assert cards(text) == [("Explain rye.", "There are two kinds:\n\n- winter\n- summer")]


def test_marks_in_code_are_none() -> None:
    assert cards("```\nQuestion: Which?\nAnswer: rye\n```\n") == []


def test_a_numbered_list_of_prompts_answers_nothing() -> None:
    text = "1. What did you bake?\n2. Describe the smell.\n3. Who ate it?\n4. Write about the crumbs.\n"
    assert cards(text) == []


@pytest.mark.parametrize("options", ["A. rye\nB. oats", "   a) rye\n   b) oats", "- A. rye\n- B. oats"])
def test_options_with_letters_are_no_answer(options: str) -> None:
    text = f"1. Which is darker?\n{options}\n2. Which is taller?\n{options}\n\nKey: 1 A, 2 B\n"
    assert [card for card in parse_note(text, "note.md").studied if card.dialect == "plain-qa"] == []


def test_a_question_is_no_answer_to_another() -> None:
    text = "What is rye?\nWhy do you ask?\n\nWhat is flax?\nDescribe the field.\n\nWhat is oat?\nA cereal.\n"
    assert cards(text) == []


def test_a_list_under_a_question_loses_its_tab() -> None:
    text = "What is rye?\n\t- a cereal\n\t- a bread\nWhat is flax?\n\t- a fibre\n"
    assert cards(text) == [("What is rye?", "- a cereal\n- a bread"), ("What is flax?", "- a fibre")]


def test_one_item_that_asks_and_tasks_that_ask_are_no_cards() -> None:
    assert cards("- What is rye?\n  - A cereal.\n- the field\n- the barn\n") == []
    assert cards("- [ ] What is rye?\n  - A cereal.\n- [ ] What is flax?\n  - A fibre.\n") == []


def test_the_next_marked_prompt_is_no_answer() -> None:
    text = "Q. What is a wren?\n\nQ. Owls\n\nQ. What is a gull?\n\nA sea bird.\n\nQ. What is a lark?\n\nIt sings.\n"
    assert cards(text) == [("What is a gull?", "A sea bird."), ("What is a lark?", "It sings.")]


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("Exercise 5:", "Solution:"),
        ("**Exercise 5:**", "**Solution:**"),
        ("**Exercise 1.2.**", "**Solution.**"),
        ("**Exercise 1.2**", "Answer:"),
        ("- Problem 3.", "  Solution:"),
        ("Übung 2:", "Lösung:"),
        ("Ejercicio 4:", "Solución:"),
    ],
)
def test_an_exercise_with_a_number_and_its_solution_are_a_card(label: str, answer: str) -> None:
    assert cards(f"{label} Weigh the rye.\n\n{answer} 2 kg\n") == [("Weigh the rye.", "2 kg")]


def test_a_solution_goes_on_to_the_next_exercise() -> None:
    text = "Exercise 1: Weigh the rye.\nSolution: Take it.\n\nThen look.\n\nExercise 2: Weigh flax.\nSolution: 3 kg\n"
    assert cards(text) == [("Weigh the rye.", "Take it.\n\nThen look."), ("Weigh flax.", "3 kg")]


@pytest.mark.parametrize(
    "text",
    [
        "Problem: the mill is slow.\n\nSolution: oil it.\n",
        "Exercise 5 is about rye.\n\nSolution: 2 kg\n",
        "Exercise 5: Weigh the rye.\n\nThe solution is 2 kg.\n",
        "Exercise 5: Weigh the rye.\n\n## Solution: 2 kg\n",
    ],
)
def test_no_exercise_is_made_of(text: str) -> None:
    assert cards(text) == []


@pytest.mark.parametrize("label", ["Answer:", "**Answer:**", "Ответ:", "Respuesta:"])
def test_a_label_before_an_answer_is_no_part_of_it(label: str) -> None:
    text = f"What is rye?\n\n{label} A grain.\n\nWhat is flax?\n{label} A fibre.\n"
    assert cards(text) == [("What is rye?", "A grain."), ("What is flax?", "A fibre.")]


def test_the_line_before_a_label_asks_even_without_a_question_mark() -> None:
    asked = ["What is rye?", "Compare rye and flax.", "What is flax?"]
    text = "\n\n".join(f"{line}\n\nAnswer: Told {n}." for n, line in enumerate(asked))
    assert cards(text) == [(line, f"Told {n}.") for n, line in enumerate(asked)]


def test_a_line_wrapped_before_a_label_is_no_question() -> None:
    text = "What is rye?\n\nAnswer: One.\n\nWhat is flax?\n\nThe mill turns\nat noon.\n\nAnswer: Two.\n"
    assert [front for front, _ in cards(text)] == ["What is rye?", "What is flax?"]


def test_what_is_marked_as_a_card_is_no_plain_text_where_that_dialect_is_off() -> None:
    text = "# T\n\n" + "\n\n".join(f"Q: {one}\nA: {other}" for one, other in BOTH) + "\n"
    assert [card.dialect for card in parse_note(text, "note.md").studied] == ["qa", "qa"]
    assert not parse_note(text, "note.md", off=("qa",)).studied
    assert len(parse_note(text.replace("Q: ", "").replace("A: ", ""), "note.md", off=("qa",)).studied) == 2


def test_a_question_with_a_mark_and_an_answer_without_one_is_plain_text() -> None:
    text = "# T\n\nQ: What is rye?\nA grain.\n\nQ: What is flax?\nA plant.\n"
    found = parse_note(text, "note.md").studied
    assert [(card.front, card.back) for card in found] == [("What is rye?", "A grain."), ("What is flax?", "A plant.")]
    assert parse_note("Q: What is rye?\nA:\n\nQ: What is flax?\nA:\n", "note.md").studied == []


def test_the_next_of_a_list_of_wrapped_questions_is_no_answer() -> None:
    text = (
        "1)  Is it right to speak of this?\n    Or better not?\n\n2)  How do we\n    speak? (of age) X\n\n"
        "3)  What is hard in it?\n    (as we saw)\n\n4)  How\n    long?\n\nHaste: nobody looks.\n"
    )
    assert parse_note(text, "note.md").cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "> Q: What is rye?\n> A: A cereal.\n\n> Q: What is flax?\n> A: A fibre.\n",
        "> Q: What is rye?\n\n> A: A cereal.\n\n> Q: What is flax?\n\n> A: A fibre.\n",
        "> **Q: What is rye?**\n>\n> A: A cereal.\n>\n> **Q: What is flax?**\n>\n> A: A fibre.\n",
        ">**Q:** What is rye? \\\n>**A:** A cereal.\n\nIn between.\n\n>**Q1.** What is flax?\n>**A1.** A fibre.\n",
        "> **Question:** What is rye?\n>\n> **Answer:** A cereal.\n\n> Frage: What is flax?\n> Antwort: A fibre.\n",
        "Q: What is rye?\n> A: A cereal.\n\nQ: What is flax?\n> A: A fibre.\n",
        "> 问：What is rye?\n> 答：A cereal.\n>\n> 问：What is flax?\n> 答：A fibre.\n",
    ],
)
def test_questions_and_answers_in_quotes_are_cards(text: str) -> None:
    assert cards(text) == BOTH


def test_one_question_with_its_answer_in_a_quote_is_a_card_at_its_lines() -> None:
    text = "It is old.\n\n> Q: What is rye?\n> A: A cereal.\n>\n> - sown in autumn\n> - cut in May\n\nIt is eaten.\n"
    (card,) = parse_note(text, "note.md").studied
    assert (card.front, card.back) == ("What is rye?", "A cereal.\n\n- sown in autumn\n- cut in May")
    assert (card.span.line, card.span.end_line, card.dialect) == (3, 7, "plain-qa")


def test_a_quote_below_belongs_to_the_answer_above_only_where_it_is_marked() -> None:
    text = "> Q: What is rye?\n> A: A cereal.\n\n> Bread is older than ovens.\n\n> Q: What is flax?\n> A: A fibre.\n"
    assert cards(text) == BOTH


@pytest.mark.parametrize(
    "text",
    [
        "> Q: finite set of states\n> A: the states that accept\n",  # what letters stand for
        "> **Question:**\n>\n> **Answer:**\n",  # a template
        "> **Question:** What is rye?\n>\n> **Answer:**\n",
        "> Q: Which?\n> A: rye\n> B: oats\n",  # options
        "> Q: Can it be done again?\n",
        "> A: I would bake.\n> B: I would not.\n",  # speakers
        "> Da: bob@example.org\n> A: eve@example.org\n> Oggetto: Q: Vieni?\n",  # a letter
        "> ```\n> Q: What is rye?\n> A: A cereal.\n> ```\n",
        "Some text.\n\n> A: That is all.\n",
    ],
)
def test_other_letters_in_quotes_are_no_cards(text: str) -> None:
    assert cards(text) == []


def test_a_form_that_is_still_to_be_filled_in_answers_nothing() -> None:
    asked = (
        "What do moths eat?\n\n\tSeen:\n\tTold:\n\nWhen do they fly?\n\nAt night.\n\nWhere do they sleep?\n\nOn bark.\n"
    )
    found = [card.front for card in parse_note(asked, "a.md").cards if card.dialect == "plain-qa"]
    assert found == ["When do they fly?", "Where do they sleep?"]
    found = [card.front for card in parse_note(asked.replace("Seen:", "Seen: wool"), "a.md").cards]
    assert len(found) == 3


@pytest.mark.parametrize("title", ["Summary\n\n", "Summary\n", "Summary:\n\n"])
def test_a_summary_below_the_last_question_is_no_part_of_its_answer(title: str) -> None:
    asked = "What is rope?\nStrands that are laid.\n\nWhat is a knot?\nA loop that is drawn tight.\n\n"
    found = parse_note(f"{asked}{title}Rope holds what knots end.\n", "Rope.txt").cards
    assert [(card.front, card.back) for card in found if card.dialect == "plain-qa"] == [
        ("What is rope?", "Strands that are laid."),
        ("What is a knot?", "A loop that is drawn tight."),
    ]


@pytest.mark.parametrize("title", ["**Summary**", "Summary", "**See also**"])
def test_a_summary_of_each_answer_parts_no_question_from_the_next(title: str) -> None:
    asked = ("What is rope?\nStrands that are laid.\n\n", "What is a knot?\nA loop that is drawn tight.\n\n")
    below = f"{title}\n\nRope holds.\n\n"
    found = parse_note(f"{asked[0]}{below}{asked[1]}{below}What is wool?\nHair of sheep.\n", "Rope.txt").cards
    assert [card.front for card in found if card.dialect == "plain-qa"] == [
        "What is rope?",
        "What is a knot?",
        "What is wool?",
    ]


def test_a_summary_is_a_part_of_the_last_answer_where_answers_have_one() -> None:
    asked = "What is rope?\n\n{0}**Summary**\n\nStrands.\n\nWhat is a knot?\n\n{0}**Summary**\n\nA loop.\n"
    for above in ("", "Much is told of it.\n\n"):
        found = [one for one in parse_note(asked.format(above), "Rope.txt").cards if one.dialect == "plain-qa"]
        assert [one.back.rpartition("\n")[2] for one in found] == ["Strands.", "A loop."]


def test_what_stands_below_questions_that_are_numbered_on_lines_of_their_own_are_options() -> None:
    quiz = "1.\n\nWhat is rye?\n\nA cereal\n\nA fibre\n\n2.\n\nWhat is flax?\n\nA cereal\n\nA fibre\n\n"
    assert cards(quiz) == []
    assert cards("1.\n\nWhat is rye?\n\nA cereal.\n\n2.\n\nWhat is flax?\n\nA fibre.\n") == BOTH
