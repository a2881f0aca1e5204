"""Graphs of Logseq as folders: what of them is read, and blocks that are named from other notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.notes import load_library
from tests.notes.test_outlines import BLOCK


def test_copies_in_the_folder_of_a_graph_are_not_read(tmp_path: Path) -> None:
    for place in ("pages/bark.md", "logseq/bak/pages/bark/1.md"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text("- Bark #card\n\t- guards\n", "utf-8")
    assert len(load_library([tmp_path], root=tmp_path).notes) == 2
    (tmp_path / "logseq" / "config.edn").write_text("{}", "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    assert [note.place for note in library.notes] == ["pages/bark.md"]
    assert not library.diagnostics


AS_TEXT = "id:: 6512\nrank:: 3\n  - the skin"
OF_GRAPH = "- What is **bark**? #card\n  id:: 6512\n  rank:: 3\n\t- the skin\n- {{cloze Oak}} is a tree [[card]]\n"


@pytest.mark.parametrize("marked", ["", ".git", "g/.git"])
def test_a_note_of_a_graph_is_the_same_whichever_path_is_opened(tmp_path: Path, marked: str) -> None:
    for graph in ("g", "h"):
        (tmp_path / graph / "pages").mkdir(parents=True)
        (tmp_path / graph / "logseq" / "bak").mkdir(parents=True)
        (tmp_path / graph / "logseq" / "config.edn").write_text("{}")
        for place in ("pages/a.md", "logseq/bak/a.md"):
            (tmp_path / graph / place).write_text(OF_GRAPH)
    (tmp_path / "plain.md").write_text(OF_GRAPH)
    if marked:
        (tmp_path / marked).mkdir()
    wanted = [("What is **bark**?", "- the skin"), ("[…] is a tree", "Oak")]
    for path in ("g", "g/pages", "g/pages/a.md", "h"):
        (note,) = load_library([tmp_path / path]).notes
        assert [(card.front, card.back) for card in note.cards] == wanted, path
    plain, *notes = load_library([tmp_path]).notes
    assert [[(card.front, card.back) for card in note.cards] for note in notes] == [wanted, wanted]
    assert [card.back for card in plain.cards] == [AS_TEXT]


def test_a_folder_that_becomes_a_graph_is_read_anew(tmp_path: Path) -> None:
    notes, cache = tmp_path / "notes", tmp_path / "cache"
    (notes / "g" / "logseq").mkdir(parents=True)
    (notes / "g" / "a.md").write_text(OF_GRAPH)
    (notes / "b.md").write_text(OF_GRAPH)

    def backs() -> dict[str, str]:
        return {note.place: note.cards[0].back for note in load_library([notes], cache=cache).notes}

    assert backs() == {"b.md": AS_TEXT, "g/a.md": AS_TEXT}
    (notes / "g" / "logseq" / "config.edn").write_text("{}")
    assert backs() == backs() == {"b.md": AS_TEXT, "g/a.md": "- the skin"}
    (notes / "g" / "logseq" / "config.edn").unlink()
    assert backs()["g/a.md"] == AS_TEXT


def test_a_block_is_found_by_its_id_from_a_note_that_is_opened_alone(tmp_path: Path) -> None:
    for place, text in {
        "logseq/config.edn": "{}",
        "pages/a.md": f"- Oaks #card\n\t- (({BLOCK}1))\n",
        "pages/b.md": f"- bear acorns\n  id:: {BLOCK}1\n",
        "logseq/bak/b.md": f"- bear cones\n  id:: {BLOCK}1\n",
    }.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    (card,) = load_library([tmp_path / "pages" / "a.md"]).notes[0].cards
    assert card.back == "- bear acorns"


def test_a_block_of_a_copy_of_the_graph_stands_on_the_cards_of_that_copy_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for graph, told in (("g", "acorns"), ("g-old", "cones"), ("a-copy", "nuts")):
        for place, text in {
            "logseq/config.edn": "{}",
            "pages/a.md": f"- Oaks #card\n\t- (({BLOCK}1))\n",
            "pages/b.md": f"- bear {told}\n  id:: {BLOCK}1\n",
        }.items():
            (tmp_path / graph / place).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / graph / place).write_text(text)
    for opened in (tmp_path / "g", tmp_path):
        found = {
            note.place.partition("/")[0]: card.back for note in load_library([opened]).notes for card in note.cards
        }
        assert found["g"] == "- bear acorns"
    assert found == {"g": "- bear acorns", "g-old": "- bear cones", "a-copy": "- bear nuts"}


@pytest.mark.parametrize(
    ("block", "back"),
    [
        (f"- DONE bear acorns\r\n  id:: {BLOCK}1\r\n", "- bear acorns"),
        (f"- TODO bear acorns #card\n  id:: {BLOCK}1\n  SCHEDULED: <2026-11-20 Fri>\n", "- bear acorns"),
        (f"# Birds\n- wren\n\n## Trees\nid:: {BLOCK}1\n- oak\n", "- Trees"),
        (f"# Birds\n- wren\n\nid:: {BLOCK}1\n- oak\n", f"- (({BLOCK}1))"),
        (f"- bear (({BLOCK}1)) acorns\n  id:: {BLOCK}1\n", "- bear  acorns"),
        (f"- bear acorns, `(({BLOCK}1))`\n  id:: {BLOCK}1\n", f"- bear acorns, `(({BLOCK}1))`"),
    ],
)
def test_a_block_stands_in_its_place_without_its_marks_and_once(tmp_path: Path, block: str, back: str) -> None:
    (tmp_path / "logseq").mkdir()
    (tmp_path / "logseq" / "config.edn").write_text("{}")
    (tmp_path / "a.md").write_text(f"- Oaks #card\n\t- (({BLOCK}1))\n- `(({BLOCK}1))` #card\n\t- code\n")
    (tmp_path / "b.md").write_text(block, newline="")
    first, second = next(note for note in load_library([tmp_path]).notes if note.place == "a.md").cards
    assert (first.back, second.front) == (back, f"`(({BLOCK}1))`")


def test_blocks_that_a_card_names_by_their_ids_stand_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "logseq").mkdir()
    (tmp_path / "logseq" / "config.edn").write_text("{}")
    (tmp_path / "a.md").write_text(
        f"- What does the (({BLOCK}1)) bear? #card\n\t- [Acorns]((({BLOCK}1))), see (({BLOCK}9))\n"
        f"\t- {{{{embed (({BLOCK}2))}}}}\n\t- (({BLOCK}2))\n\t- (({BLOCK}3))\n"
    )
    (tmp_path / "b.md").write_text(
        f"- ## old oak #card\n  id:: {BLOCK}1\n\t- tall\n- id:: {BLOCK}2\n  They fall\n\t- in autumn\n"
        f"- (({BLOCK}3)) again\n  id:: {BLOCK}3\n"
    )
    note = next(note for note in load_library([tmp_path]).notes if note.place == "a.md")
    (card,) = note.cards
    told = [(one.span.line, one.message) for one in note.diagnostics if one.code == "dangling-embed"]
    assert told == [(1, f"No block has the id `(({BLOCK}9))`."), (1, f"The block `(({BLOCK}3))` names itself again.")]
    assert card.front == "What does the old oak bear?"
    assert card.back.split("\n")[:4] == [
        f"- Acorns, see (({BLOCK}9))",
        "- They fall",
        "    - in autumn",
        "- They fall",
    ]
    assert card.back.endswith("again")
