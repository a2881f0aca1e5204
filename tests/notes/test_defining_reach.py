"""Under which headings a sentence says what something is, and how far its answer reaches: lists, formulas, lines."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_defining_sentence import HASH, cards, fronts


def test_what_the_letters_of_a_formula_are_belongs_to_it():
    text = (
        "## Ellipse\n\nAn ellipse is a curve with the equation:\n"
        "$$\nx^2/a^2 + y^2/b^2 = 1\n$$\nwhere $a$ is its width.\n"
    )
    ((front, back),) = cards(f"{text}\nIt is closed.\n")
    assert front == "Ellipse"
    assert back.endswith("$$\nwhere $a$ is its width.")
    ((_, back),) = cards(text.replace("where", "There"))
    assert back.endswith("= 1\n$$")


def test_of_a_long_paragraph_the_sentence_that_defines_is_the_answer():
    more = "\n".join(f"Line {number} says more of it." for number in range(20))
    assert cards(f"## Hash\n\n{HASH}\n{more}\n") == [("Hash", HASH)]
    assert cards(f"## Hash\n\n{HASH[:-1]}\n{more.replace('.', '')}\n") == [("Hash", HASH[:-1])]
    assert not cards(f"## Hash\n\n{HASH[:-1]}\n{more.replace('.', '').casefold()}\n")


def test_a_formula_that_the_sentence_of_a_long_paragraph_announces_belongs_to_it():
    said = "The heat equation is an equation of the form\n$$\nu_t = k^2 u_{xx}\n$$"
    more = "\n".join(f"Then line {number} follows from it" for number in range(20))
    ((_, back),) = cards(f"## Heat equation\n\n{said}\n{more}\n")
    assert back.startswith("The heat equation is an equation of the form")
    assert "Then line 3" not in back


@pytest.mark.parametrize("sign", ["`$$`", "$$"])
def test_a_sign_that_opens_no_formula_hides_no_end_of_the_sentence(sign: str) -> None:
    said = f"Hash is a function that maps {sign} to a number."
    more = "\n".join(f"Line {number} says more of it." for number in range(60))
    assert cards(f"## Hash\n\n{said}\n{more}\n") == [("Hash", said)]


@pytest.mark.parametrize(
    "formula",
    [
        "$$\nh(d) = 1.\n$$",
        "  $$\n  h(d) = 1.\n  $$",
        "\\[\nh(d) = 1.\n\\]",
        "\\begin{align}\n\\begin{matrix}\n1.\\\\[2pt]\n\\end{matrix}\nh(d) = 1.\n\\end{align}",
    ],
)
def test_a_formula_in_a_long_paragraph_is_not_cut(formula: str) -> None:
    said = f"Hash is a function of the form\n{formula}\nfor any data."
    more = "\n".join(f"Line {number} says more of it." for number in range(20))
    assert cards(f"## Hash\n\n{said}\n{more}\n") == [("Hash", said)]


def test_a_long_formula_in_a_long_paragraph_is_not_cut() -> None:
    formula = "\n".join(["$$", *(f"x_{number} = {number}." for number in range(20)), "$$"])
    more = "\n".join(f"Line {number} says more of it." for number in range(20))
    assert not cards(f"## Hash\n\nHash is a function of the form\n{formula}\n{more}\n")


@pytest.mark.parametrize(
    "heading",
    [
        "Hash #crypto/basics",
        "#crypto Hash - #todo",
        "🔑 Hash",
        "Hash ⭐⭐",
        "1️⃣ Hash :key:",
        "🔥 1.2 Hash",
        "[Hash](https://example.org/a_(b))",
        "[[notes/Hash|Hash]]",
        "![key](key.png) Hash",
        "Hash {#hash .unnumbered}",
        "Hash [¶](#hash)",
        "Hash[^1]",
        "<b>Hash</b>",
        '<a name="hash"></a>Hash <!-- to do -->',
        "**Hash**:",
        "Hash**",
        "*Hash*",
        "==Hash==",
        "Hash / Hash",
        "Definition: Hash",
        "Definition 1.2 (Hash)",
        "Definition of a Hash",
        "Definición de Hash",
    ],
)
def test_a_heading_is_read_without_its_tags_emoji_links_and_anchor(heading):
    assert cards(f"# Course\n\nText.\n\n## {heading}\n\n{HASH}\n") == [("Hash", HASH)]


@pytest.mark.parametrize(
    ("heading", "front"),
    [
        ("The hash", "The hash"),
        ("Hashes", "Hashes"),
        ("Hash / Digest", "Hash / Digest"),
        ("HSH - Hash", "HSH - Hash"),
        ("“Hash”", "“Hash”"),
        ("`Hash`", "`Hash`"),
    ],
)
def test_a_heading_may_name_its_thing_in_the_plural_or_twice(heading, front):
    assert cards(f"## {heading}\n\n{HASH}\n") == [(front, HASH)]


@pytest.mark.parametrize(
    "heading",
    ["Hash - Cryptography", "#1", "🔑", "[](x)", "Definition 1.2", "Definition and use of hash", "C # hash"],
)
def test_a_heading_of_something_else_is_no_name_of_it(heading):
    assert not fronts(f"# Course\n\nText.\n\n## {heading}\n\n{HASH}\n")


def test_below_a_heading_that_says_definition_the_one_above_it_is_the_name():
    assert cards(f"# Course\n\nText.\n\n## 🔑 Hash\n\n### Definition\n\n{HASH}\n") == [("Hash", HASH)]
    assert not cards(f"# Course\n\nText.\n\n## Hash\n\n### Speed\n\n{HASH}\n")
    assert not cards(f"# Course\n\nText.\n\n## Hash\n\nText.\n\n## Definition\n\n{HASH}\n")


@pytest.mark.parametrize(
    "said",
    [
        "Dropout ist ein Verfahren, das beim Lernen zufällig\nNeuronen eines Netzes\nfür einen Schritt ausschaltet.",
        "Dropout is a method that was developed in 2012 by\nGeoffrey Hinton and others\nat a university.",
        "Dropout is a method for layers of two axes, e.g.\na picture, or cf.\nTable 2, in the U.S.\nand elsewhere.",
    ],
)
def test_a_name_or_an_abbreviation_ends_no_sentence(said):
    more = "\n".join(f"und so weiter in Zeile {number}." for number in range(20))
    assert cards(f"## Dropout\n\n{said}\n{more.capitalize()}\n") == [("Dropout", said)]


ELLIPSE = "## Ellipse\n\nAn ellipse is a curve with the equation:\n$$\nx = y\n$$\n"


@pytest.mark.parametrize(
    "below",
    [
        "## Next\n\nOther text.",
        "- an item\n\n```\ncode\n```",
        "```python\na = 1\n\nb = 2\n```",
        "> [!note] A callout\n> of its own",
        "**Median** is the value in the middle of a list of numbers.",
    ],
)
def test_what_stands_below_the_letters_of_a_formula_does_not_belong_to_it(below):
    found = cards(f"{ELLIPSE}where $a$ is its width.\n{below}\n")
    assert found[0][1].endswith("where $a$ is its width.")
    assert [front for front, _ in found[1:]] == (["Median"] if "Median" in below else [])


@pytest.mark.parametrize("below", ["With gradient descent we go on.", "Where does it come from?"])
def test_a_sentence_of_its_own_is_about_no_letters(below):
    assert cards(f"{ELLIPSE}\n{below}\n")[0][1].endswith("$$")


@pytest.mark.parametrize(
    ("text", "path", "back"),
    [
        (f"# Course\n\nText.\n\n## Hash\n\n- {HASH}\n- It is short.\n", "a.md", HASH),
        (
            f"# Course\n\nText.\n\n## Hash\n\n1. {HASH}\n   - It is short.\n2. Rest.\n",
            "a.md",
            f"{HASH}\n- It is short.",
        ),
        (f"# Course\n\nText.\n\n## Hash\n\n> {HASH}\n> It is short.\n", "a.md", f"{HASH}\nIt is short."),
        (f"# Course\n\nText.\n\n## Hash\n\n> - {HASH}\n", "a.md", HASH),
        (f"## Overview\n\n- {HASH}\n\n## Use\n\nText.\n", "notes/Hash.md", HASH),
    ],
)
def test_a_list_or_a_quote_may_begin_with_the_sentence(text, path, back):
    assert cards(text, path) == [("Hash", back)]


@pytest.mark.parametrize(
    "text",
    [
        f"# Course\n\nText.\n\n## Hash\n\n- Rest.\n- {HASH}\n",
        f"# Course\n\nText.\n\n## Hash\n\n- [ ] {HASH}\n",
        f"# Course\n\nText.\n\n## Hash\n\nText.\n\n- {HASH}\n",
        f"# Course\n\nText.\n\n## Hash\n\n- ```\n  {HASH}\n  ```\n",
    ],
)
def test_a_later_item_or_a_task_is_no_beginning(text):
    assert not cards(text)


def test_a_list_that_begins_a_note_does_not_say_in_short_what_that_is():
    assert not cards("- A technique that switches neurons off at random.\n- Another one of them.\n", "Dropout.md")


SAID = "A string of fixed length that data is reduced to."


@pytest.mark.parametrize(
    ("text", "path", "back"),
    [
        (f"# Definition\n\n{SAID}\n\nMore of it.\n", "notes/Hash.md", SAID),
        (f"# Hash\n\n## 1. Definition\n\n{SAID}\n\n## Use\n\nText.\n", "a.md", SAID),
        (f"# Course\n\nText.\n\n## Hash #crypto\n\n### Définition :\n\n> {SAID}\n", "a.md", SAID),
        ("# Hash\n\n## Definition\n\nIt is a string of fixed length.\n", "a.md", "It is a string of fixed length."),
        (
            "# Hash\n\n## Definition\n\nA string that is short[^1]\n\n[^1]: Book\n",
            "a.md",
            "A string that is short[^1]\n\n[^1]: Book",
        ),
        (
            "# Hash\n\n## Definition\n\nFor any data $d$ the string\n\n$$h(d)$$\n\nText.\n",
            "a.md",
            "For any data $d$ the string\n\n$$h(d)$$",
        ),
        ("# Hash\n\n## Definition\n\nLet $D$ be the set of data.\n", "a.md", "Let $D$ be the set of data."),
    ],
)
def test_what_stands_below_a_heading_that_says_definition_is_one_of_the_name_above(text, path, back):
    assert cards(text, path) == [("Hash", back)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Course\n\nText.\n\n## Hash\n\nText.\n\n## Definition\n\n{SAID}\n", "a.md"),
        ("# Hash\n\n## Definition\n\nSee the page on strings of data.\n", "a.md"),
        (f"# Hash\n\n## Definition\n\n- {SAID}\n", "a.md"),
        ("# Hash\n\n## Definition\n\nA salt is a string of random bytes.\n", "a.md"),
        ("# Hash\n\n## Definition\n\nWhat would a string of data be?\n", "a.md"),
        ("# Hash\n\n## Definition\n\nThe two parts of a string are\n\nText.\n", "a.md"),
        ("# Hash\n\n## Definition\n\nA string.\n", "a.md"),
        (f"# Hash\n\n## Overview\n\n{SAID}\n\n## Use\n\nText.\n", "a.md"),
        (f"# Hash\n\n## Definition of done\n\n{SAID}\n", "a.md"),
        (f"# Definition\n\n{SAID}\n", "README.md"),
        (f"# Plan\n\n## Definition\n\n{SAID}\n\n## Milestones\n\nText.\n\n## Agenda\n\nText.\n", "a.md"),
    ],
)
def test_what_else_stands_below_such_a_heading_is_none(text, path):
    assert not cards(text, path)


def test_a_formula_in_a_long_paragraph_of_sentences_is_whole():
    said = "**Heat equation** is a partial differential equation of the form\n$$\nu_t = u_{xx}\n$$"
    more = "\n".join(f"With {number} more values it is solved" for number in range(12))
    assert cards(f"# T\n\n{said}\n{more}\n") == [("Heat equation", said)]


def test_the_name_of_a_block_is_no_name_of_a_thing() -> None:
    text = "^abc\n\n## Definition\n\nA function that maps data to a number.\n"
    assert not [card for card in parse_note(text, "a.txt").cards if not card.front]
