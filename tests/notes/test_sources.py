"""Sources of cards: the line that ends a card, or stands below it, and that is no part of its answer."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card
from studytool.notes.parse import parse_note

DECK = "---\ntags: [flashcards]\n---\n# A\n\n"


def studied(text: str) -> list[Card]:
    return parse_note(text, "a.md").studied


FORMS = [
    "Q: One?\nA: 1\n{}\n",
    "Q: One?\nA:\n- 1\n- 2\n{}\n",
    "C: A [three] and a [four].\n{}\n",
    "- **Epoch**: one pass over all of the data\n  {}\n",
    "## Why so?\n\nBecause.\n\n{}\n",
    "front::back\n{}\n",
    "Term\n??\nWhat it means\n{}\n",
    "What is it?\n?\nThis.\n{}\n",
    "A ==high== light\n{}\n",
    "A {{{{c1::curly}}}} one\n{}\n",
    "Which?\n\n- [ ] a\n- [x] b\n\n> It is the second of them.\n> {}\n",
    "Put these in order.\n\n1. one\n2. two\n\n> They are numbers.\n> {}\n",
    "How much is it?\n\n= 4\n\n{}\n",
    "```gift\nWhich? {{=a ~b####It is the first.}}\n```\n{}\n",
    "START\nBasic\nOne?\nBack: 1\n{}\nEND\n",
    "Differences between A and B:\n- a is so\n- b is not\n{}\n",
    "## Differences between A and B\n\n| A | B |\n|---|---|\n| so | not |\n\n{}\n",
    "> [!summary]\n> It is so.\n> {}\n",
    "<details>\n<summary>One?</summary>\n\n1\n{}\n\n</details>\n",
    "**What is it?**\n\nThis.\n{}\n",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_source_is_named_and_no_part_of_the_card(form: str) -> None:
    with_source, without = studied(DECK + form.format("Source: Rosenblatt 1958")), studied(DECK + form.format(""))
    assert with_source
    assert {card.source for card in with_source} == {"Rosenblatt 1958"}
    assert [(c.key, c.front, c.back) for c in with_source] == [(c.key, c.front, c.back) for c in without]


def test_the_form_may_be_emphasised_and_in_the_plural() -> None:
    for line in ("**Source:** a book", "Sources: a book", "_Quelle:_ a book"):
        assert studied(f"Q: One?\nA: 1\n{line}\n")[0].source == "a book", line


def test_a_source_below_the_check_of_a_card_is_that_card_s() -> None:
    text = "Q: One?\nA: 1\n\n```python check\n1\n```\n\nSource: a book\n"
    assert [(card.back, card.source) for card in studied(text)] == [("1", "a book")]


def test_an_answer_that_is_only_such_a_line_stays() -> None:
    card = studied("Q: Which header?\nA: Source: eth0\n")[0]
    assert (card.back, card.source) == ("Source: eth0", "")


def test_a_line_in_the_middle_of_an_answer_stays() -> None:
    card = studied("Q: One?\nA: 1\nSource: a book\nand more\n")[0]
    assert card.source == ""
    assert "Source: a book" in card.back


def test_a_source_further_down_belongs_to_no_card() -> None:
    assert [card.source for card in studied(DECK + "front::back\n\nSome text.\n\nSource: a book\n")] == [""]
