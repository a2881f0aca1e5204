"""Notes whose name asks: what they answer with, and what else may be made of them."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note

BODY = "A weighted sum.\n\nIt is taken step by step.\n"


def cards(text: str, path: str = "Some note.md") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, path).cards if card.dialect == "question-note"]


def codes(note: Note) -> list[str]:
    return [d.code for d in note.diagnostics]


@pytest.mark.parametrize(
    "name",
    [
        "What is a kernel",
        "what is a kernel",
        "Explain kernels, their use, and limits.",
        "Difference between kernel and filter",
        "How do you choose a kernel",
        "How to choose a kernel",
        "Why small kernels are better",
        "What algorithms are used with kernels",
        "Is it a kernel",
    ],
)
def test_a_name_that_asks_is_the_front(name: str) -> None:
    front = name.rstrip(".")
    assert cards(BODY, f"notes/{name}.md") == [(front, BODY.strip())]
    assert cards(BODY, f"notes/{name}..md") == [(front, BODY.strip())]
    assert cards(f"---\ntitle: {name}\n---\n{BODY}") == [(front, BODY.strip())]
    assert cards(BODY, f"notes/{name}.textbundle/text.md") == [(front, BODY.strip())]


@pytest.mark.parametrize(
    "name",
    [
        "Kernel",
        "What I learned about kernels",
        "How it works",
        "When Breath Becomes Air",
        "Define",
        "Explanation of kernels",
        "Whatever is left",
        "How we use our kernels is this",
    ],
)
def test_a_name_that_does_not_ask_makes_no_card(name: str) -> None:
    assert cards(BODY, f"{name}.md") == []


def test_the_tag_question_makes_the_name_a_question() -> None:
    for tag in ('"#question"', "question", "[a, question]"):
        head = f"---\ntags: {tag}\n---\n" if tag[0] == "[" else f"---\ntags:\n  - {tag}\n---\n"
        assert cards(head + BODY, "Kernels in use.md") == [("Kernels in use", BODY.strip())]
    assert cards("---\ntags:\n  - question\n---\nKernels in use in the field today.\n", "Kernels in use.md") == []
    assert cards("---\nsummary: a question\n---\n" + BODY, "Kernels in use.md") == []


def test_a_title_that_repeats_the_name_is_no_part_of_the_answer() -> None:
    assert cards(f"# What is a kernel?\n\n{BODY}", "What is a kernel.md") == []  # the heading asks itself
    assert cards(f"# what is a *kernel*\n\n{BODY}", "What is a kernel.md") == [("what is a kernel", BODY.strip())]
    assert len(parse_note(f"# What is a kernel?\n\n{BODY}", "What is a kernel.md").cards) == 1


@pytest.mark.parametrize(
    "body", ["", "[[Kernel]]\n", "See [[Kernel]] and [this](http://a.b).\n", "# What is a kernel\n", "TODO\n", "#tag\n"]
)
def test_a_note_without_an_answer_is_told_and_no_card(body: str) -> None:
    note = parse_note(f"---\ncategory: x\n---\n{body}", "What is a kernel.md")
    assert note.cards == ()
    assert "stub" in codes(note)
    assert {d.severity for d in note.diagnostics} == {"info"}


def test_definitions_in_the_answer_are_cards_too_and_nothing_is_left_aside() -> None:
    body = "A weighted sum.\n\n- **Stride**: how far the kernel moves\n- **Padding**: zeros around the edge of it\n"
    note = parse_note(body, "What is a kernel.md")
    assert [(card.dialect, card.front) for card in note.cards] == [
        ("question-note", "What is a kernel"),
        ("definition", "Stride"),
        ("definition", "Padding"),
    ]
    assert note.cards[0].back == body.strip()
    assert note.diagnostics == ()


def test_a_note_that_sums_itself_up_answers_with_that_and_keeps_its_other_parts() -> None:
    body = ">[!Summary]\n> A weighted sum.\n\n>[!Example]\n> A blur.\n\n>[!Follow up questions]\n> - Why small?\n"
    note = parse_note(body, "What is a kernel.md")
    assert [(card.dialect, card.front, card.back) for card in note.studied] == [
        ("question-note", "What is a kernel", "A weighted sum."),
        ("callout", "What is a kernel: Example", "A blur."),
        ("open-question", "Why small?", ""),
    ]


def test_further_questions_are_no_part_of_the_answer() -> None:
    text = "A weighted sum.\n\nQuestions:\n- Why is it small?\n- [[How large]]\n"
    assert cards(text, "What is a kernel.md") == [("What is a kernel", "A weighted sum.")]


def test_what_the_note_asks_itself_is_not_answered_twice() -> None:
    note = parse_note("A weighted sum.\n\n## Why small?\n\nIt is fast.\n", "What is a kernel.md")
    assert [(card.front, card.back) for card in note.cards] == [
        ("What is a kernel", "A weighted sum."),
        ("Why small?", "It is fast."),
    ]
    listed = parse_note("Q: What is it?\nA: A sum.\n\n---\n\nMore.\n", "What is a kernel.md")
    assert [card.dialect for card in listed.cards] == ["qa"]


def test_a_saved_chat_is_no_answer() -> None:
    assert cards("**user**: What is a kernel?\n\n**ai**: A weighted sum of it all.\n", "What is a kernel.md") == []


def test_levels_switch_it_off() -> None:
    assert parse_note(BODY, "What is a kernel.md", levels=["derived"]).cards == ()
    assert cards(f"---\ncards: explicit\n---\n{BODY}", "What is a kernel.md") == []


def test_a_title_that_is_written_as_that_of_a_book_asks_nothing() -> None:
    assert parse_note("It was written in 1920.\n", "How to Sail Far.md").cards == ()
    assert len(parse_note("---\ntags: [question]\n---\nBy wind.\n\nAnd sun.\n", "How to Sail Far.md").cards) == 1
    assert len(parse_note("By wind.\n", "How to sail far.md").cards) == 1


def test_lines_about_the_note_at_its_top_are_no_answer() -> None:
    text = "Tags: #sea\nStatus: done\n\nLinks: [[x]], [[y]]\n\nA part of the ship.\n"
    assert [card.back for card in parse_note(text, "What is a keel.md").cards] == ["A part of the ship."]


def test_a_long_article_is_no_answer() -> None:
    note = parse_note("It floats on the sea for long. " * 140, "What is a ship.md")
    assert note.cards == ()
    assert [d.code for d in note.diagnostics if d.severity == "info"][:1] == ["long-answer"]


def test_a_form_above_a_rule_at_its_top_is_no_answer() -> None:
    form = "#sea #ships\nupstream: [[Ships]]\n\n---\n\n**brain dump**:\n\n---\n\n"
    told = "A part of the ship that lies deepest.\n"
    assert cards(f"{form}{told}", "What is a keel.md") == [("What is a keel", told.strip())]
    kept = "In short: [[Ships]] rest on it\n\n---\n\nA part of the ship."
    assert cards(kept, "What is a keel.md") == [("What is a keel", kept.replace("[[Ships]]", "Ships"))]


LONG = "It floats on the sea for long. " * 140


def test_a_long_article_answers_with_what_stands_before_its_first_heading() -> None:
    lead = "A vessel with a deck that carries goods over the sea.\n\n- by wind\n- by steam"
    for title in ("", "# Ships\n\n"):
        note = parse_note(f"{title}{lead}\n\n---\n\n## Sails\n\n{LONG}\n", "What is a ship.md")
        assert [(card.front, card.back) for card in note.cards] == [("What is a ship", lead)]
        assert [d.code for d in note.diagnostics if d.code != "left-aside"] == []


@pytest.mark.parametrize(
    "lead",
    [
        "",
        "A vessel.\n\n",
        "[[Sails of the old ships]]\n[[Masts of the old ships]]\n\n",
        f"{LONG}\n\n",
        "These are the parts of every ship that sails:\n\n",
    ],
)
def test_a_beginning_that_says_nothing_or_too_much_answers_nothing(lead: str) -> None:
    note = parse_note(f"{lead}## Sails\n\n{LONG}\n", "What is a ship.md")
    assert note.cards == ()
    assert "long-answer" in [d.code for d in note.diagnostics]


def test_a_note_that_compares_what_its_name_compares_is_one_card() -> None:
    text = "# Differences between a ship and a boat\n\n- A ship is large and far out.\n- A boat is small and near.\n"
    assert len(parse_note(text, "Difference between a ship and a boat.md").cards) == 1


def test_a_name_without_blanks_between_its_words_asks() -> None:
    assert cards(BODY, "隐藏元素有哪些方式？.md") == [("隐藏元素有哪些方式？", BODY.strip())]
    assert cards(BODY, "为什么？.md") == []


@pytest.mark.parametrize("mark", ["#", "##"])
def test_a_heading_with_another_of_its_rank_below_names_no_note(mark: str) -> None:
    text = f"{mark} 1. Explain rope\nIt is laid of strands.\n\n{mark} 2. Explain knots\nThey are drawn tight.\n"
    assert "They are drawn tight." not in "".join(card.back for card in parse_note(text, "b5.md").cards)
    whole = f"{mark} Explain rope\nIt is laid of strands.\n\n{mark}# Knots\nThey are drawn tight.\n"
    assert [card.front for card in parse_note(whole, "b5.md").cards] == ["Explain rope"]


def test_what_front_matter_names_is_the_note_whatever_headings_it_has() -> None:
    text = (
        "---\ntitle: Explain rope\n---\n# Explain rope\n\nIt is laid of strands.\n\n# Knots\n\nThey are drawn tight.\n"
    )
    assert [card.front for card in parse_note(text, "b5.md").cards] == ["Explain rope"]


def test_a_note_with_several_headings_that_ask_answers_no_one_of_them_with_all() -> None:
    parts = "# Explain rope\n\nIt is laid of strands.\n\n# Explain knots\n\nThey are drawn tight.\n"
    assert not parse_note(f"---\ntitle: Explain rope\n---\n{parts}", "b5.md").cards


@pytest.mark.parametrize("title", ["See also", "References", "Sources"])
def test_a_heading_that_leads_elsewhere_is_no_part_beside_the_answer(title: str) -> None:
    text = f"# Explain rope\n\nIt is laid of strands.\n\n# {title}\n\n[[Knots]]\n"
    assert [card.front for card in parse_note(text, "b5.md").cards] == ["Explain rope"]
