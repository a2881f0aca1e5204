"""Edits while the desk is open."""

from __future__ import annotations

from pathlib import Path

from studytool import desk
from tests.desk.acts import EDITED, LIKE_IT, STEEPEST, log_of, states


def test_an_edit_in_one_note_keeps_its_history_at_once(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    (vault / "a.md").write_text(EDITED)
    assert len(table.adopt(desk.read_notes(wanted)).renamed) == 1
    assert states(table) == {"a.md": 1}
    table.close()


def test_what_was_cut_and_is_put_back_later_keeps_its_history(vault: Path) -> None:
    (vault / "sum.md").write_text("# Nothing yet\n")
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    for here, other in (("", LIKE_IT), ("# Cut\n", LIKE_IT), ("# Cut\n", f"{LIKE_IT}\n{LIKE_IT[:-2]}, it is.\n")):
        (vault / "a.md").write_text(here)
        (vault / "sum.md").write_text(other)
        assert table.adopt(desk.read_notes(wanted)).renamed == {}
    (vault / "a.md").write_text(STEEPEST)
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 1, "sum.md": 0}
    assert log_of(table) == ["review"]
    table.close()


def test_a_card_that_was_moved_keeps_its_history_when_it_is_edited_in_its_new_note(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    (vault / "b.md").write_text(STEEPEST)
    (vault / "a.md").write_text("# Moved\n")
    table = desk.open_desk(wanted)
    (vault / "b.md").write_text(EDITED)
    assert len(table.adopt(desk.read_notes(wanted)).renamed) == 1
    assert states(table) == {"b.md": 1}
    table.close()


def test_a_card_that_is_there_again_takes_its_history_back(vault: Path) -> None:
    (vault / "a.md").rename(vault.parent / "a.md")
    (vault / "sum.md").write_text(EDITED)
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    assert states(table) == {"sum.md": 1}
    (vault.parent / "a.md").rename(vault / "a.md")
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 1, "sum.md": 0}
    assert table.relinked == ()
    table.close()
    again = desk.open_desk(wanted)
    assert (states(again), log_of(again)) == ({"a.md": 1, "sum.md": 0}, ["review", "relink", "undo"])
    again.close()


def test_what_is_learned_under_the_new_text_is_not_taken_back_with_an_edit(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    for text in (EDITED, STEEPEST, EDITED):
        (vault / "a.md").write_text(text)
        table.adopt(desk.read_notes(wanted))
        assert states(table) == {"a.md": 1}
    assert "undo" not in log_of(table)
    table.close()
