"""Where the text of `A:` and `C:` ends though no tag, rule or heading ends it: at a card that no answer can hold."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

TREE = "Which of these is a tree?"
ENDING = {
    "a task list with the right one ticked": (f"\n{TREE}\n\n- [x] larch\n- [ ] slate\n", "choice"),
    "lettered options and the letter of the right one": (f"\n{TREE}\n\na) larch\nb) slate\n\nAnswer: a\n", "choice"),
    "a question and its number": ("\nHow tall is it?\n\n= 40 m\n", "answer-line"),
    "a list to be put in order": ("\nPut these in order:\n\n1. seed\n2. shoot\n3. tree\n", "ordering"),
    "a fold that asks": ("\n<details><summary>What is bark?</summary>skin</details>\n", "details"),
    "a line with the separator": ("\nbark::skin\n", "inline"),
    "a question with the separator, right below": ("What is bark?::skin\n", "inline"),
    "a card of many lines": ("\nWhat is bark?\n?\nskin\n", "multiline"),
    "a block with keywords, right below": ("START\nBasic\nbark\nBack: skin\nEND\n", "anki-block"),
    "the id of a note in Anki": ("\nThe skin of a tree is {bark}.\n<!--ID: 1600000000000-->\n", "anki-id"),
    "a numbered deletion": ("\nThe skin of a tree is {{c1::bark}}.\n", "curly-cloze"),
    "a fence of GIFT": ("\n```gift\nTrees have bark.{T}\n```\n", "gift"),
    "a heading that asks": ("\n## What is bark?\n\nThe skin of a tree.\n", "heading"),
}
DOUBTFUL = {
    "a question alone on its line": ("\nWhat is bark?\n\nThe skin of a tree.\n", 6),
    "a bold question": ("\n**What is bark?**\n\nThe skin of a tree.\n", 6),
    "a list of questions with answers": ("\n1. What is bark?\n\n   The skin.\n", 6),
    "a label over open questions": ("\nQuestions:\n- Why do leaves fall?\n", 6),
    "a bold question with its answer on the line": ("\n**What is bark?** The skin of a tree.\n", 6),
    "a question right above its answer": ("\nWhat is bark?\nThe skin of a tree.\n", 6),
    "a callout": ("\n> [!summary]\n> A tree has bark.\n", 6),
    "a table of terms": ("\n| Term | Definition |\n|---|---|\n| Bark | the skin of a tree or bush |\n", 6),
    "one term": ("\n- **Bark**: the skin that covers a tree\n", 6),
    "terms": ("\n- **Bark**: the skin that covers a tree\n- **Leaf**: what falls from it in autumn\n", 6),
    "a separator right below": ("bark::skin\n", 5),
}
PLAIN = {
    "more paragraphs, one that asks in passing": "\nMore of it. Why? Because.\n\nAnd so on.\n",
    "a callout that says more": "\n> [!note]\n> It loses its needles.\n",
    "a callout that is announced": "\nIn short:\n\n> [!summary]\n> It is a tree.\n",
    "a table of something else": "\n| Kind | Height |\n|---|---|\n| Alpine | as tall as a house of ten floors |\n",
    "a question in bold that is answered in passing": "\nIt grows. **Where?** In Siberia.\n",
    "a short question and its answer": "\nBut why?\nIt is so.\n",
    "tasks without a question": "\n- [x] larch\n- [ ] slate\n",
    "a fold that says no more than Why": "\n<details><summary>Why?</summary>\n\nIt is so.\n\n</details>\n",
    "code with colons": "\n```cpp\nstd::vector<int> v;\n// is it?::yes\n```\n",
    "a formula": "\n$$\na::b\n$$\n",
    "a question that ends it": "\nIs that all?\n",
}


@pytest.mark.parametrize("tag", ["Q: What is a larch?\nA: tree", "C: A larch is a [tree]"], ids=["A", "C"])
@pytest.mark.parametrize("case", ENDING)
def test_a_text_ends_where_a_card_of_another_form_begins(case: str, tag: str) -> None:
    below, dialect = ENDING[case]
    note = parse_note(f"#flashcards\n\n{tag}\n{below}\nC: The next [card]\n", "note.md")
    first, second, last = note.studied
    assert (first.back, second.dialect, last.back) == ("tree", dialect, "card")
    assert "\n" not in first.front
    assert not note.diagnostics


@pytest.mark.parametrize("case", DOUBTFUL)
def test_what_may_be_a_part_of_the_answer_stays_in_it_and_is_told(case: str) -> None:
    below, line = DOUBTFUL[case]
    note = parse_note(f"#flashcards\n\nQ: What is a larch?\nA: A tree\n{below}", "note.md")
    assert [card.back for card in note.studied] == [f"A tree\n{below}".rstrip()]
    assert {(one.code, one.span.line) for one in note.diagnostics} == {("card-in-answer", line)}
    assert all(one.severity == "warning" and "above" in one.hint for one in note.diagnostics)


@pytest.mark.parametrize("case", PLAIN)
def test_what_answers_hold_is_not_cut_off_and_no_fault(case: str) -> None:
    note = parse_note(f"#flashcards\n\nQ: What is a larch?\nA: A tree\n{PLAIN[case]}", "note.md")
    assert [card.back for card in note.studied] == [f"A tree\n{PLAIN[case]}".rstrip()]
    assert not note.diagnostics


@pytest.mark.parametrize("asked", ["What are the parts of a larch?", "Compare larch and fir."])
@pytest.mark.parametrize("case", ["a callout", "a table of terms", "terms"])
def test_what_a_question_for_several_things_asks_for_is_its_answer(case: str, asked: str) -> None:
    assert not parse_note(f"Q: {asked}\nA: These.\n{DOUBTFUL[case][0]}", "note.md").diagnostics


def test_what_the_hint_says_makes_it_a_card() -> None:
    apart = "Q: What is a larch?\nA: A tree\n\n---\n\n**What is bark?**\n\nThe skin of a tree.\n"
    assert [card.dialect for card in parse_note(apart, "note.md").studied] == ["qa", "bold-question"]


def test_text_right_under_a_rule_that_ended_a_card_is_told_with_a_way_to_keep_it() -> None:
    note = parse_note("Q: What is a larch?\nA: A tree\n---\nthat loses its needles.\n", "note.md")
    assert [card.back for card in note.studied] == ["A tree"]
    assert [(one.code, one.span.line) for one in note.diagnostics] == [("left-aside", 4)]
    assert "take it out" in note.diagnostics[0].hint
