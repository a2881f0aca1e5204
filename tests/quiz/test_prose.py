"""Markdown as it reads in a question, and how long it takes to see that it holds no picture."""

from __future__ import annotations

import pytest

from studytool.quiz.prose import has_image, plain, sentences
from tests.notes.test_any_text import at_most


@pytest.mark.parametrize("unit", ["<!--", "![", "![[", "![x](", "<img ", "<a ", "![x](a(", "<!-- > "])
def test_marks_that_are_never_closed_take_no_longer_than_their_length(unit: str) -> None:
    text = unit * (500_000 // len(unit))
    with at_most(20):
        assert not has_image(text)
        assert plain(text)


@pytest.mark.parametrize(
    "picture", ["![a rope](rope.png)", "![](rope_(1).png)", "![[rope.png]]", "![[rope.png|80]]", '<IMG src="rope.png">']
)
def test_a_picture_is_seen_and_not_read(picture: str) -> None:
    assert has_image(f"It is {picture} here.")
    assert plain(f"It is {picture} here.") == "It is here."


def test_a_comment_is_not_read_and_one_that_is_never_closed_is_text() -> None:
    assert plain("One<!-- not\nthis --> two <!-- --> three.") == "One two three."
    assert plain("One <!-- two.") == "One <!-- two."


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("It ends. So does this! “And this?” Not this", ["It ends.", "So does this!", "“And this?”"]),
        ("Dr. Who, cf. p. 3, came e.g. Monday. He left.", ["Dr. Who, cf. p. 3, came e.g. Monday.", "He left."]),
        ("Wait... what?! Yes … no. 好的。是！", ["Wait... what?!", "Yes … no.", "好的。", "是！"]),
        ("Call `a. B` and $x. Y$ now. Done.", ["Call `a. B` and $x. Y$ now.", "Done."]),
        ("It is etc.", ["It is etc."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(paragraph: str, found: list[str]) -> None:
    assert sentences(paragraph) == found


@pytest.mark.parametrize("unit", ["Aa. ", "Aa (b.) ", ".", "!", ".'", ".   ", "。", "a. b ", "e.g. "])
def test_sentences_take_no_longer_than_their_length(unit: str) -> None:
    with at_most(20):
        sentences(unit * (1_000_000 // len(unit)))
