"""Paragraphs that open with what they are about."""

from __future__ import annotations

from studytool.notes.parse import parse_note


def cards(text: str) -> list[tuple[str, str]]:
    return [(c.front, c.back) for c in parse_note(text, "note.md").cards if c.dialect == "article"]


OTHERS = (
    "\n\nOven Bread: It rises under a cloth until it has doubled in size.\n\n"
    "Pan Bread: It is flat and done in a few minutes on each side.\n"
)


def test_an_announced_list_belongs_to_the_paragraph_that_announces_it() -> None:
    text = "**Flat Bread**: People bake it on stones in the embers. Pros:\n- quick\n- keeps well" + OTHERS
    assert cards(text)[0] == (
        "Flat Bread",
        "People bake it on stones in the embers. Pros:\n- quick\n- keeps well",
    )
    assert len(cards(text)) == 3


def test_a_paragraph_that_announces_what_is_not_there_is_no_card() -> None:
    text = "Flat Bread: People bake it on stones in the embers, with these pros:" + OTHERS
    assert [front for front, _ in cards(text)] == ["Oven Bread", "Pan Bread"]


def test_emphasis_that_goes_on_into_the_text_makes_no_term() -> None:
    text = "**One: `bread(flour, salt)`** and more words, so that it is long enough to count." + OTHERS
    assert [front for front, _ in cards(text)] == ["Oven Bread", "Pan Bread"]


def test_in_an_article_that_was_clipped_only_questions_are_read() -> None:
    clipped = "---\nsource: https://a.b/bread\npublished: 2024-05-06\n---\n"
    asked = "Why Salt? It slows the yeast and keeps the crumb from falling apart."
    assert cards(clipped + asked + OTHERS) == []
    assert (
        len(cards(f"{clipped}{asked}\n\n{asked.replace('Salt', 'Rye')}\n\n{asked.replace('Salt', 'Oil')}{OTHERS}")) == 3
    )
