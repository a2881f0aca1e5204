"""A sentence that says what the name of its note means, and one that does not."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_defining_sentence import cards, fronts


def test_the_name_of_a_note_is_what_its_first_sentence_says_and_no_later_one():
    assert not fronts(
        "It began in 1953.\n\nA hash is a string of fixed length that is computed from data.\n", "Hash.md"
    )
    assert not fronts("# Readme\n\nReadme is a word that stands on the door of a project.\n", "notes/README.md")
    assert fronts("# Fast CSV\n\nFast CSV is a library that reads tables very fast.\n", "notes/fast.md")
    assert not fronts("# Fast CSV\n\nFast CSV is a library that reads tables very fast.\n", "README.md")
    assert not fronts("Readme is a word that stands on the door of a project.\n", "notes/README.md")


@pytest.mark.parametrize("name", ["什么是哈希表", "What is Newton's law", "Vergleiche Stapel und Halde"])
def test_the_name_of_a_note_that_asks_is_no_term(name):
    text = "A table that finds a value by the digest of its key, in constant time on the average.\n"
    assert not parse_note(text, f"{name}.md", off={"question-note"}).cards


@pytest.mark.parametrize(
    "text",
    [
        "A technique that switches neurons off at random. It is used while training.",
        "# Dropout\n\nA technique in which neurons are switched off at random.",
        "The ability of a metal to be drawn into wires.",
        "An alloy composed of copper and of tin.",
        "An extension of a box plot with the shape of the data.",
        "The process by which a network forgets what it learned.",
    ],
)
def test_a_note_without_headings_may_say_in_short_what_its_name_is(text):
    assert fronts(f"{text}\n", "notes/Dropout.md") == ["Dropout"]


@pytest.mark.parametrize(
    "text",
    [
        "A network is wide, and it has many layers.",
        "A walk to the shop",
        "The bigger the net, the slower the training of it.",
        "The dropout layer in the net of Mia was wrong that day.",
        "A few of us went to the lake, and it was great.",
        "A dropout technique came up in the talk of Mia today.",
        "A cold wind blew over the hills, and nobody spoke.",
        "A man that nobody knew came into the inn that night.",
        "A woman stood at the gate in the rain.\n\nShe said nothing.",
        "A long day at the lake with all of the children.",
        "A quick breakfast for two, with eggs and flour.",
        "An hour with the team on the new design of it.",
        "A new shop opened in our street last week.",
        "A user reported a crash when he came in with an old token.",
        "The amount of money went up again this year.",
        "A technique that switches neurons off at random.\n\n## Use\n\nText.\n\n## Source\n\nText.",
    ],
)
def test_a_sentence_that_tells_something_else_is_no_such_note(text):
    assert not fronts(f"{text}\n", "notes/Dropout.md")


@pytest.mark.parametrize(
    "text", [".", "** is a", "**A** is a の一二三四五六七八九", "**  ** is a b c d e", "A", "— а", "a. b. c. d. e."]
)
def test_signs_without_words_define_nothing(text):
    assert not fronts(f"{text}\n", "notes/Dropout.md")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Maß", "**Maß** ist eine Größe, an der andere gemessen werden."),
        ("Straße", "## Straße\n\nStraße ist ein Weg, auf dem Wagen fahren können."),
        ("İstanbul", "**İstanbul** is a city that lies on two continents at once."),
    ],
)
def test_a_letter_that_folds_to_two_hides_no_verb(name, text):
    assert fronts(f"{text}\n") == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dark matter", "Dark matter is the matter that sends out no light of its own."),
        ("Session key", "Session key is a key shared by two parties for one talk."),
        ("Charles I", "Charles I was the king whose trial began after Charles I was taken."),
        ("Teploměr", "Teploměr je zařízení k měření teploty vzduchu nebo vody."),
        ("Dirty bit", "A bit that shows whether a page was written to."),
    ],
)
def test_a_word_that_elsewhere_tells_nothing_may_name_the_thing(name, text):
    assert [front for front, _ in cards(f"# {name}\n\n{text}\n", f"{name}.md")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Dark matter is a matter of taste for us.",
        "Dark matter is a thing that bored me When I was young.",
        "A bit of a thing that shows where we are.",
    ],
)
def test_a_word_that_tells_nothing_names_nothing(text):
    assert not cards(f"# Dark matter\n\n{text}\n", "Dark matter.md")
