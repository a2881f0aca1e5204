"""Files that are decks of headings, as hascard and mdanki read them; notes with headings and rules that are none."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note


def read(text: str, path: str = "deck.md") -> Note:
    return parse_note(text, path)


def pairs(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in read(text).studied if card.dialect == "heading-deck"]


RULED = "# weight\nWhat an input is times\n---\n\n# bias\nWhat is added\n---\n# epoch\nOnce through the data\n"


def test_rules_right_under_the_backs_make_a_deck_of_headings() -> None:
    assert pairs(RULED) == [
        ("weight", "What an input is times"),
        ("bias", "What is added"),
        ("epoch", "Once through the data"),
    ]
    assert [d.code for d in read(RULED).diagnostics] == []
    assert pairs(RULED.replace("\n", "\r\n")) == pairs(RULED)


def test_in_a_text_file_rules_may_stand_apart_and_a_heading_without_a_back_is_passed_over() -> None:
    text = RULED.replace("\n---", "\n\n---\n") + "\n---\n\n# rest\n"
    assert [card.front for card in read(text, "deck.txt").studied] == ["weight", "bias", "epoch"]
    assert pairs(text) == []


def test_gaps_are_asked_one_a_card_and_a_gap_alone_is_the_back() -> None:
    text = "# ook\n_aussi_\n---\n# bovendien\n_en outre|de plus_\n---\n# Currencies\n"
    text += "The _euro_ is used in the _EU|Union_"
    assert pairs(text) == [
        ("ook", "aussi"),
        ("bovendien", "en outre / de plus"),
        ("Currencies\n\nThe […] is used in the EU / Union", "euro"),
        ("Currencies\n\nThe euro is used in the […]", "EU / Union"),
    ]
    assert pairs(RULED.replace("is added", "is `_a_`, snake_case_name and $x_i y_i$"))[1][1].endswith("$x_i y_i$")


@pytest.mark.parametrize("options", ["- 1\n* 2\n- 3", "[ ] 1\n[*] 2\n[ ] 3", "[ ] 1\n[x] 2\n[ ] 3"])
def test_options_ask_for_a_choice_and_show_the_file_to_be_a_deck(options: str) -> None:
    (question,) = read(f"# One and one\n{options}\n\n---\n\n# Sum\n\nWhat adding gives\n").questions
    assert [(option.text, option.correct) for option in question.options] == [("1", False), ("2", True), ("3", False)]
    assert (question.prompt, question.kind) == ("One and one", "choice")


def test_numbers_out_of_order_ask_for_the_order() -> None:
    questions = read(f"{RULED}---\n# Put in order\n2. b\n1. a\n3. c\n---\n# Recall\n1. a\n2. b\n").questions
    assert [question.items for question in questions] == [("a", "b", "c")]
    assert pairs(f"{RULED}---\n# Recall\n1. a\n2. b\n")[-1] == ("Recall", "1. a\n2. b")


@pytest.mark.parametrize(
    "text",
    [
        RULED.replace("\n---", "\n\n---\n").replace("# weight\n", "# weight\n\n"),
        "# A talk\nabout nets\n---\n# Neurons\n- sum\n- fire\n---\n# Layers\n- stack\n- learn\n---\n# End\n- thanks\n",
        RULED.replace("What is added", "What is added\n## More\nof it"),
        "Some text first.\n\n" + RULED,
        "---\ntheme: dark\n---\n" + RULED,
        RULED.replace("Once through the data", "word " * 130),
        "# weight\nWhat an input is times\n---\n# bias\nWhat is added\n",
        f"```\n{RULED}```\n",
    ],
    ids=["apart", "slides", "sections", "a page", "front matter", "long", "two", "code"],
)
def test_other_notes_with_headings_and_rules_are_no_deck(text: str) -> None:
    assert pairs(text) == []


DIVIDED = "# Principles\n\n## YAGNI\n\nSpell it out.\n\n%\n\nYou will not need it.\n\n## KISS\n\nKeep it simple.\n"


def test_a_lone_percent_sign_divides_the_sides_and_shows_the_others_to_be_cards() -> None:
    assert pairs(DIVIDED + "\n## Nothing here\n") == [
        ("YAGNI\n\nSpell it out.", "You will not need it."),
        ("KISS", "Keep it simple."),
    ]
    assert pairs(DIVIDED.replace("%", "```\n%\n```")) == []
    assert pairs(DIVIDED.replace("\n%\n", "\n%%\n")) == []


def test_lines_of_tags_end_the_cards_of_a_deck() -> None:
    text = "# Trees\n\n## B-tree\n\nO(log n)\n\n[#tree](tree.md) [#cost]()\n\n## Heap\n\nO(1)\n\n[#tree](tree.md)\n"
    assert pairs(text) == [("B-tree", "O(log n)"), ("Heap", "O(1)")]
    assert [card.tags for card in read(text).cards] == [("tree", "cost"), ("tree",)]
    assert pairs(text.replace("[#tree](tree.md)\n", "See [#12](tree.md).\n")) == []


def test_a_percent_sign_right_under_a_heading_is_no_part_of_the_back() -> None:
    text = "## weight\n\nIts sign\n\n%\n\nplus\n\n## bias\n\n%\n\nWhat is added\n"
    assert pairs(text) == [("weight\n\nIts sign", "plus"), ("bias", "What is added")]


ASKED = (
    "---\ntitle: Birds\n---\n\nWhat does a heron eat?\n\n???\n\nFish, and:\n\n- frogs\n\n---\n\n"
    "The nest\n???\nIn a tree.\n\n---\nWhere is it\nin winter?\n\n???\n\nIn the south.\n"
)


@pytest.mark.parametrize("mark", ["???", "?"])
def test_pieces_between_rules_with_a_line_of_question_marks_inside_are_cards(mark: str) -> None:
    text = ASKED.replace("\n???\n", f"\n\n{mark}\n\n") if mark == "?" else ASKED
    assert pairs(text) == [
        ("What does a heron eat?", "Fish, and:\n\n- frogs"),
        ("The nest", "In a tree."),
        ("Where is it\nin winter?", "In the south."),
    ]
    assert [d.code for d in read(text).diagnostics] == []


def test_a_title_before_such_pieces_and_a_broken_one_leave_the_others() -> None:
    assert len(pairs(ASKED.replace("---\n\nWhat", "---\n# Birds\n\n---\n\nWhat"))) == 3
    assert len(pairs(f"{ASKED}\n---\n\nNothing answers this?\n\n???\n")) == 3


@pytest.mark.parametrize(
    "text",
    [
        ASKED.replace("\n\n---\n\nThe nest", "\n\nThe nest"),
        ASKED.replace("---\n\nThe", "---\n\nA slide.\n\n---\n\nAnother slide.\n\n---\n\nThe"),
        f"```\n{ASKED}```\n",
    ],
)
def test_a_few_such_lines_make_no_deck(text: str) -> None:
    assert pairs(text) == []
