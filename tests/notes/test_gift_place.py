"""Where GIFT is read: a file of its own, a fence, and nowhere else."""

from __future__ import annotations

import pytest

from tests.notes.hiding import PLACES, hidden
from tests.notes.test_gift import cards, note


@pytest.mark.parametrize("mark", ["", "text", "moodle"])
def test_a_fence_that_holds_titles_and_answers_is_gift_whatever_its_mark(mark: str) -> None:
    text = "# T\n\n```{}\n::One:: Is it? {{{}}}\n\nAnd two? {{T}}\n```\n"
    assert len(note(text.format(mark, "=yes ~no"), "n.md").questions) == 2
    assert not note(f"```{mark}\n::std::cout {{ return; }}\n```\n", "n.md").questions
    assert not note(f"```{mark}\n::before {{ content: 1 }}\n```\n", "n.md").questions


def test_a_gift_file_is_read_as_nothing_else() -> None:
    text = "Q: Who?\nA: Nobody\n\n## What is it?\nA thing\n\nWhy?{T}\n\n- **Term**: five words of text here\n"
    assert [(c.dialect, c.front) for c in cards(text)] == [("gift", "Why?\n\n- True\n- False")]


@pytest.mark.parametrize("fence", ["```gift", "~~~ gift", "``` {.gift}", "````GIFT exam"])
def test_a_fence_marked_gift_is_read(fence: str) -> None:
    text = f"# T\n\n## Part\n\n{fence}\nA?{{T}}\n\nB?{{#4}}\n{fence.split()[0].rstrip('giftGIFT')}\n"
    found = cards(text, "note.md")
    assert [(c.front.split("\n")[0], c.span.line, c.context) for c in found] == [
        ("A?", 6, ("T", "Part")),
        ("B?", 8, ("T", "Part")),
    ]
    assert not note(text, "note.md").diagnostics


def test_a_fence_in_a_quote_or_a_list_is_read_at_its_lines() -> None:
    text = "> ```gift\n> A?{T}\n> ```\n\n- x\n\n  ```gift\n  B?{T}\n  ```\n"
    assert [c.span.line for c in cards(text, "note.md") if c.dialect == "gift"] == [2, 8]


@pytest.mark.parametrize("text", ["```\nA?{T}\n```\n", "```moodle\nA?{T}\n```\n", "A?{T}\n", "    A?{T}\n"])
def test_elsewhere_braces_are_text(text: str) -> None:
    assert cards(text, "note.md") == []


@pytest.mark.parametrize("place", PLACES)
def test_a_gift_fence_within_hidden_text_is_none(place: str) -> None:
    inner = "```gift\nA?{T}\n```" if "tildes" in place else "~~~gift\nA?{T}\n~~~"
    assert cards(hidden(place, inner), "note.md") == []
