"""What several edits of the notes have changed, all in all, in one sentence."""

from __future__ import annotations

from contextlib import closing

import pytest

from studytool import desk
from studytool.app.sum_of_edits import SumOfEdits
from studytool.desk.reading import read_notes
from studytool.memory import Draft

SUM, FIRE = (
    "Q: What does a neuron of the net sum?\nA: Its inputs.\n",
    "Q: When does that neuron fire?\nA: Past a threshold.\n",
)


def test_a_card_that_came_back_is_not_named_though_another_one_went(library, clock):
    note = library / "units.md"
    note.write_text(f"# Units\n\n{SUM}\n{FIRE}", "utf-8")
    wanted = desk.request([str(library)])
    with closing(desk.open_desk(wanted)) as table:
        cards = [card for card in table.library.studied() if "neuron" in card.front]
        drafts = [Draft("review", card.key, {"grade": 3, "text": table.text_of(card)}, clock()) for card in cards]
        for event in table.store.append_all(drafts):
            table.memory.apply(event, is_new=True)
        edits = SumOfEdits()
        for text in (f"{SUM.replace('A: ', '')}\n{FIRE}", SUM):
            note.write_text(f"# Units\n\n{text}", "utf-8")
            edit = table.adopt(read_notes(wanted))
            edits.add(edit)
            assert list(edit.lost.values()) == ([cards[0].front] if FIRE in text else [])
        assert edits.sentences(table) == ["Your notes: 1 card gone."]
        assert not edits.untold, "what was told is not told again"


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("name", "card", "said"),
    [
        ("units.md", FIRE, "Your notes: 1 card changed."),
        ("fires.md", FIRE, "Your notes: 1 card new, 1 gone."),
        (
            "fires.md",
            SUM.replace("sum", "add"),
            "Your notes: 1 card new, 1 gone. “What does a neuron of the net sum?” is",
        ),
        ("fires.md", SUM.replace("Its", "All its"), "Your notes: 1 card changed. 1 edited card keeps its history."),
    ],
)
def test_a_card_changes_in_its_note_or_as_which_it_goes_on(library, clock, name, card, said, at_once):
    note = library / "units.md"
    note.write_text(f"# Units\n\n{SUM}", "utf-8")
    wanted = desk.request([str(library)])
    with closing(desk.open_desk(wanted)) as table:
        (learned,) = (card for card in table.library.studied() if "neuron" in card.front)
        draft = Draft("review", learned.key, {"grade": 3, "text": table.text_of(learned)}, clock())
        table.memory.apply(table.store.append_all([draft])[0], is_new=True)
        edits = SumOfEdits()
        note.write_text("# Units\n\nNothing yet.\n", "utf-8")
        if not at_once:
            edits.add(table.adopt(read_notes(wanted)))
        (library / name).write_text(f"# Units\n\n{card}", "utf-8")
        edits.add(table.adopt(read_notes(wanted)))
        assert " ".join(edits.sentences(table)).startswith(said)


def test_a_card_that_was_gone_and_goes_on_in_other_words_is_not_named(library, clock):
    note = library / "units.md"
    note.write_text(f"# Units\n\n{SUM}", "utf-8")
    wanted = desk.request([str(library)])
    with closing(desk.open_desk(wanted)) as table:
        (learned,) = (card for card in table.library.studied() if "neuron" in card.front)
        draft = Draft("review", learned.key, {"grade": 3, "text": table.text_of(learned)}, clock())
        table.memory.apply(table.store.append_all([draft])[0], is_new=True)
        edits = SumOfEdits()
        for text in (SUM.replace("A: ", ""), SUM.replace("Its", "All its")):
            note.write_text(f"# Units\n\n{text}", "utf-8")
            edits.add(table.adopt(read_notes(wanted)))
        assert edits.sentences(table) == ["Your notes: 1 card changed.", "1 edited card keeps its history."]
