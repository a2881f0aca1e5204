"""Cards of many lines of Obsidian's spaced repetition: where they begin and end."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.vault import Flashcards, Vault
from tests.notes.test_osr import REVIEWED, TAGGED, cards, codes, dues, sides


def test_a_card_of_many_lines_goes_from_blank_line_to_blank_line() -> None:
    text = (
        "Some text.\n\nHow do you simplify\n$(A+B)A$\n?\n1. A\n\t- nested\n\n"
        f"What prints\n```py\nx = 1\n\nprint(x)\n```\n?\n```\n1\n\n```\n{REVIEWED}\n\nmore text\n"
    )
    assert sides(TAGGED + text) == [
        ("How do you simplify\n$(A+B)A$", "1. A\n\t- nested"),
        ("What prints\n```py\nx = 1\n\nprint(x)\n```", "```\n1\n\n```"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "| a | b |\n|---|---|\n| 1 | ? |",
        "![net](net.png)",
        "$$\na\n\nb\n$$",
        "~~~\na\n\nb\n~~~",
        "> quoted",
        "a::b and ==c==",
    ],
)
def test_an_answer_may_be_anything(answer: str) -> None:
    text = f"{TAGGED}Show it\n?\n{answer}\n{REVIEWED}\n\nNext\n?\nyes\n"
    assert sides(text) == [("Show it", answer.removeprefix("> ")), ("Next", "yes")]
    assert dues(text) == ["2024-03-01", None]


def test_an_embed_answers_and_a_lone_bar_is_a_blank_line() -> None:
    assert sides(f"{TAGGED}Show\n?\n![[Nets#Layers]]\n") == [("Show", "![[Nets#Layers]]")]
    assert sides(f"{TAGGED}Show\n?\none\n|\ntwo\n") == [("Show", "one\n\ntwo")]


def test_a_heading_above_is_the_front_or_its_context() -> None:
    text = (
        f"# Nets\n{TAGGED}## Layers\n### What is *depth*? ##\n?\nTheir number.\n\n## Loss\nWhich one\nfor classes?\n?\n"
        "Cross-entropy.\n\n### What does this show?\n![plot](a.png)\n?\nA kink.\n"
    )
    found = cards(text)
    assert [(card.front, card.span.line, card.context) for card in found] == [
        ("What is *depth*?", 5, ("Nets", "Layers")),
        ("Which one\nfor classes?", 10, ("Nets", "Loss")),
        ("What does this show?\n![plot](a.png)", 15, ("Nets", "Loss")),
    ]


def test_a_heading_of_the_next_section_ends_an_answer_and_its_schedule_stays() -> None:
    text = f"# Cards\n#x\n\nOpposite?\n?\nThe converse\n# References\n{REVIEWED}\n\n[[Logic]]\n"
    assert (sides(text), dues(text)) == ([("Opposite?", "The converse")], ["2024-03-01"])
    assert sides(TAGGED + "# A\n\nSteps?\n?\nTwo:\n### First\na\n") == [("Steps?", "Two:\n### First\na")]
    assert sides(TAGGED + "# A\n\nSteps?\n?\nTwo\n### Next\n") == [("Steps?", "Two")]


def test_cards_without_a_blank_line_between_are_told_apart() -> None:
    text = f"{TAGGED}Is it even?\n?\n1\nIs it odd?\n?\n0\n## Again?\n?\n2\n{REVIEWED}\nLast\n?\n3\n{REVIEWED}\nx::y\n"
    assert sides(text) == [("Is it even?", "1"), ("Is it odd?", "0"), ("Again?", "2"), ("Last", "3"), ("x", "y")]
    assert dues(text) == [None, None, "2024-03-01", "2024-03-01", None]


def test_a_line_that_leaves_the_list_of_an_answer_begins_the_next_card() -> None:
    text = TAGGED + "Range\n?\n- max\n\t- min\nMean\n?\n- sum\n"
    assert sides(text) == [("Range", "- max\n\t- min"), ("Mean", "- sum")]


def test_a_section_with_cards_of_its_own_ends_an_answer() -> None:
    text = f"{TAGGED}Which are they?\n?\n- bias\n# Mean\n## How\nIt is... :: a sum\n{REVIEWED}\n## So\nAnd... :: that\n"
    assert sides(text) == [("Which are they?", "- bias"), ("It is...", "a sum"), ("And...", "that")]
    assert dues(text) == [None, "2024-03-01", None]
    assert dues("# Why\n" + text) == [None, "2024-03-01", None]


def test_a_question_mark_in_an_answer_is_told() -> None:
    text = TAGGED + "A\n?\nB\n?\nC\n"
    assert sides(text) == [("A", "B\n?\nC")]
    assert codes(text) == [("broken-separator", 6, 1)]


def test_rules_between_cards_are_no_part_of_them() -> None:
    text = f"___\nWhat?\n?\nThis\n---\nWho?\n?\nHer\n***\n{TAGGED}"
    assert sides(text) == [("What?", "This"), ("Who?", "Her")]
    assert sides(TAGGED + "What?\n---\n?\nThis\n") == [("What?", "This")]  # the underline of a heading


def test_lists_and_quotes_keep_their_marks_out_of_a_front() -> None:
    text = (
        TAGGED
        + "- Is it kinked?\n  ?\n  Yes\n\n> Who?\n> ?\n> Her\n> too\n\nWhich?\n- a\n- b\n?\nboth\n\nSo?\n- ?\nyes\n"
    )
    assert sides(text) == [("Is it kinked?", "Yes"), ("Who?", "Her\ntoo"), ("Which?\n- a\n- b", "both"), ("So?", "yes")]


def test_marks_between_the_lines_of_a_card_are_left_out() -> None:
    text = f"{TAGGED}Two lines\nof text ^a1b2c3\n{REVIEWED}\n?\n#flashcards/x\nan answer\n^named\n{REVIEWED}\n"
    assert sides(text) == [("Two lines\nof text", "an answer")]


def test_blank_lines_around_the_question_mark_cost_no_card() -> None:
    text = f"{TAGGED}Clears bytes\n\n?\n\n```c\na;\n\nb;\n```\n{REVIEWED}\n\nplain text\n"
    assert (sides(text), dues(text)) == ([("Clears bytes", "```c\na;\n\nb;\n```")], ["2024-03-01"])


def test_a_schedule_further_down_shows_that_an_answer_has_blank_lines() -> None:
    text = f"{TAGGED}Which?\n?\nThe first\n\n- one\n- two\n\nand last\n{REVIEWED}\n\nNext?\n?\nyes\n\n"
    assert sides(text) == [("Which?", "The first\n\n- one\n- two\n\nand last"), ("Next?", "yes")]
    assert dues(text) == ["2024-03-01", None]
    others = [f"An ==x== y\n{REVIEWED}", f"a::b\n{REVIEWED}", f"# New\n\nz\n{REVIEWED}", f"So\n?\nso\n{REVIEWED}"]
    for other in others:
        assert sides(f"{TAGGED}Which?\n?\nThe first\n\n{other}\n")[0] == ("Which?", "The first")


def test_a_line_of_its_own_may_end_cards() -> None:
    vault = Vault(Flashcards(multiline_end="+++"), told=True)
    text = TAGGED + "A\n?\nB\n\n| a |\n|---|\n| 1 |\n+++\n\nC ==d==\n\ne\n+++\n\nF\n?\nG\n\nH\n?\nI\n"
    expected = [("A", "B\n\n| a |\n|---|\n| 1 |"), ("C […]", "d"), ("F", "G"), ("H", "I")]
    assert sides(text, vault) == expected
    assert sides(text) == expected  # such lines are seen without settings too


def test_a_lone_question_mark_with_an_empty_side_is_told() -> None:
    assert codes(TAGGED + "?\nanswer\n") == [("broken-separator", 3, 1)]
    assert codes(TAGGED + "question\n?\n") == [("broken-separator", 4, 1)]
    assert codes(TAGGED + "question\n?![[a.png]]\n") == [("broken-separator", 4, 1)]
    assert codes("question\n?\n\nWho\n?![[a.png]]\n") == []


def test_windows_line_ends_change_nothing() -> None:
    text = f"{TAGGED}A\n?\nB\n{REVIEWED}\n\nc::d\n\n==e== f\n"
    assert sides(text.replace("\n", "\r\n")) == sides(text) == [("A", "B"), ("c", "d"), ("[…] f", "e")]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_line_that_dates_the_note_is_no_question(gap: str) -> None:
    text = f"#flashcards\n\n# Grebe\nCreated: 2024-05-01\n{gap}?\nA bird that dives.\n\n"
    text += f"## Lark\n**Date:** 2024-05-02 10:30\nWhat does it do\n{gap}?\nIt sings.\n"
    found = [(card.front, card.back) for card in parse_note(text, "note.md").cards]
    assert found == [("Grebe", "A bird that dives."), ("What does it do", "It sings.")]


def test_a_date_may_be_asked_for() -> None:
    text = "#flashcards\n\n# Laws\n\nPassed: 2024-05-01\n?\nThe law on leaves.\n"
    assert [card.front for card in parse_note(text, "note.md").cards] == ["Passed: 2024-05-01"]


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("# Birthdays\nNapoleon: 1769-08-15\n?\nAjaccio\n", "Napoleon: 1769-08-15"),
        ("# Laws\nPassed: 2024-05-01\n?\nThe law on leaves.\n", "Passed: 2024-05-01"),
        ("# Laws\nDate: 2024-05-01\n?\nThe law on leaves.\n", "Date: 2024-05-01"),
        (
            "# Lives\nBirth: 1769-08-15\nDeath: 1821-05-05\nWhose are these?\n?\nNapoleon's\n",
            "Birth: 1769-08-15\nDeath: 1821-05-05\nWhose are these?",
        ),
    ],
)
def test_a_date_of_what_is_asked_about_stays(text: str, front: str) -> None:
    assert [card.front for card in parse_note(f"#flashcards\n\n{text}", "note.md").cards] == [front]


def test_a_wide_question_mark_parts_a_card_too() -> None:
    assert sides(f"{TAGGED}电容是什么\n？\n元件\n\n电感呢\n？？\n线圈\n") == [
        ("电容是什么", "元件"),
        ("电感呢", "线圈"),
        ("线圈", "电感呢"),
    ]


def test_the_ends_of_html_elements_are_no_side_of_a_card() -> None:
    folded = "<details>\n<summary>Reveal</summary>\n??\n</details>\n"
    assert sides(TAGGED + folded) == []
    assert len(sides(TAGGED + folded.replace("??\n", "??\nIt dives.\n"))) == 2
