"""Which cards were made from the same text: its deletions, and both of its directions."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.memory import Roster
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.notes.parse import parse_note
from tests.note_folder import note_folder

DECK = """\
#flashcards

A row of ones:::What sums
Epoch::One pass over the data

The ==learning rate== scales the ==gradient==.

The ==bias== stands alone.
"""


def groups(library: Library) -> list[set[str]]:
    """The prompts of the cards of each text that made several."""
    found: dict[int, set[str]] = {}
    for card in Roster(library).all:
        if card.siblings:
            found.setdefault(card.siblings, set()).add(library.card(card.key).front)  # type: ignore[union-attr]
    return sorted(found.values(), key=min)


def test_deletions_and_directions_of_one_text_share_a_number() -> None:
    note = parse_note(DECK, "deck.md")
    fronts = [card.front for card in note.studied]
    named = dict(zip(fronts, note.siblings, strict=True))
    assert named["A row of ones"] == named["What sums"] != 0
    learning, gradient = (name for name in fronts if "gradient" in name or "learning rate" in name)
    assert named[learning] == named[gradient] != 0
    assert named["A row of ones"] != named[learning]
    assert named["Epoch"] == 0
    assert named["The […] stands alone."] == 0


@pytest.mark.parametrize("text", ["", "Q: One?\nA: yes\n\nQ: Two?\nA: no\n", "C: One [gap] only.\n"])
def test_cards_of_different_texts_have_no_siblings(text: str) -> None:
    assert not any(parse_note(text, "n.md").siblings)


def test_a_library_tells_them_alike_with_and_without_an_index(tmp_path: Path) -> None:
    decks = {name: DECK.replace("ones", name).replace("scales", f"{name} scales") for name in "ab"}
    notes = note_folder(tmp_path, **decks, c="Q: Alone?\nA: yes\n")
    read = load_library([notes], cache=tmp_path / "cache")
    again = load_library([notes], cache=tmp_path / "cache")
    plain = Library(str(notes), list(read.notes))
    assert len(groups(read)) == 4
    assert all(len(group) == 2 for group in groups(read))
    assert groups(again) == groups(read) == groups(plain)
    assert Roster(again).shared == Roster(read).shared == Roster(plain).shared == (8, 4)


def test_a_card_in_two_notes_belongs_to_the_first(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("C: The [Nile] runs through [Cairo].\n", "utf-8")
    (tmp_path / "b.md").write_text("C: The [Nile] runs through [Cairo].\n", "utf-8")
    library = load_library([tmp_path])
    assert len(groups(library)) == 1
    assert Roster(library).shared == (2, 1)
