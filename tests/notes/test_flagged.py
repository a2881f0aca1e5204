"""Lines that a flag makes cards."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.vault import Flashcards, Vault
from tests.notes.anki_text import cards, sides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Capital? : Paris 🧠\n", [("Capital?", "Paris")]),
        ("Two : 2 ⚡️ #math\nThree : 3 ⚡ #math\n", [("Two", "2"), ("Three", "3")]),
        ("- What is DNA?: An acid #flashcard #bio\n", [("What is DNA?", "An acid")]),
        ("At 12:30 : noon, `a : b` #flashcard\n", [("At 12:30", "noon, `a : b`")]),
        ("Explain #flashcard\nIt is so.\n\n- a\n---\nnot this\n", [("Explain", "It is so.\n\n- a")]),
        (
            "A prompt\nof two lines #flashcard\n\nThe answer\nof two.\n\nNot this.\n",
            [("A prompt\nof two lines", "The answer\nof two.")],
        ),
        ("One #flashcard \n1\n<!--ID: 1600000000000-->\n\ntext\n\n---\n", [("One", "1")]),
        ("Code? #flashcard\n```\na\n---\nb\n```\n\n* * *\n", [("Code?", "```\na\n---\nb\n```")]),
        ("# Bohr #flashcard\n\na\n\nb\n\n# Next\n\nc\n", [("Bohr", "a\n\nb")]),
        ("What barks? #card\nA dog.\nIt does.\n\nNot this.\n", [("What barks?", "A dog.\nIt does.")]),
        ("The ratio 1 : 2 #card #math\nOne half.\n\n---\n", [("The ratio 1 : 2", "One half.")]),
        ("## Bark #card-reverse\n\nA cry.\n\nOf dogs.\n\n# Next\n\nc\n", [("Bark", "A cry.\n\nOf dogs.")] * 2),
        ("### Bark #card/reverse #dogs\nA cry.\n", [("Bark", "A cry.")] * 2),
        ("Bark #card-spaced\nA cry.\n\nNot this #card-spaced\n\nOther text.\n", [("Bark", "A cry.")]),
        ("One :: 1 #card\n\nText.\n", [("One", "1")]),
        ("- One? #card\n  - a\n  - b\n- Two? #card\n  c\n", [("One?", "- a\n- b"), ("Two?", "c")]),
        ("- One? #card\n  - a\n- no card\n", [("One?", "- a")]),
        ("- One? #card \n\t- a\n\t\t- b\n^1634214136063\n\n- no card\n", [("One?", "- a\n    - b")]),
        ("> One\n> and two? #flashcard\n> yes\n> no\n", [("One\nand two?", "yes\nno")]),
        ("#flashcard #git\n\nOne\n\n- - -\n\nTwo\n\n- - -\n\nThree\n", [("One", "Two")]),
    ],
)
def test_a_flagged_line_is_a_card(text: str, found: list[tuple[str, str]]) -> None:
    turned = [(b, f) if at % 2 and "reverse" in text else (f, b) for at, (f, b) in enumerate(found)]
    assert sides(text) == turned


@pytest.mark.parametrize(
    "text",
    [
        "#card\n\nOne\n\n---\n\nTwo\n\n---\n",
        "One #cards\nTwo\n",
        "A gift #card for you\nTwo\n",
        "`One #card`\nTwo\n",
        "One #card\n?\nTwo\n",
        "<% x %>\n#card\n-\n",
        "One #card\n- \n",
        "The brain 🧠\n",
        "Chapter 2: the brain 🧠\n",
        "# Part : the brain 🧠\n",
        "🧠 : at the start\n",
        "`a : b` 🧠\n",
        "```\na : b 🧠\n```\n",
        "#flashcard\n\nSome text.\n\nMore text.\n",
        "#flashcard\n\nOne::Two\n\n---\n\nThree::Four\n\n---\n",
        "text with #flashcard in it : yes\n",
        "a : b #flashcards\n",
        "a : b 🧠\n\n@carddown-ignore\n",
        "Here nothing follows #flashcard\n\n# Next\n",
    ],
)
def test_a_flag_elsewhere_makes_no_card(text: str) -> None:
    assert sides(text) == []


def test_the_tag_says_nothing_where_it_names_a_deck() -> None:
    vault = Vault(flashcards=Flashcards(tags=("flashcard",)))
    found = parse_note("Some notes #flashcard\nabout it.\n\nTwo : 2 🧠\n", "note.md", vault=vault)
    assert [card.front for card in found.studied if card.dialect == "anki-block"] == ["Two"]


def test_a_flagged_line_keeps_its_tags() -> None:
    assert cards("a : b 🧠 #bio #deep/nets\n")[0].tags == ("bio", "deep/nets")
