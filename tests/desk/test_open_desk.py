"""Edits while the desk is open."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from itertools import count
from pathlib import Path

import pytest

import studytool.notes.relink as relinking
from studytool import clock, desk
from studytool.memory import Moment
from studytool.memory.pieces import finished
from studytool.notes.relink import Known, Relink
from tests.desk.acts import EDITED, LIKE_IT, NOW, STEEPEST, answer, learn_all, log_of, states


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
    (vault / "sum.md").write_text(LIKE_IT)
    table.adopt(desk.read_notes(wanted))
    for here, links in (("", 0), ("# Cut\n", 1)):  # an empty file is one that is being written
        (vault / "a.md").write_text(here)
        assert len(table.adopt(desk.read_notes(wanted)).renamed) == links
    (vault / "a.md").write_text(STEEPEST)
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 1, "sum.md": 0}
    assert log_of(table) == ["review", "relink", "undo"]
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


# -- while an edit is taken over ------------------------------------------------------------------------------------


def test_an_answer_given_while_an_edit_is_taken_over_counts_for_the_edited_card(tmp_path: Path) -> None:
    for at in count():
        folder = tmp_path / str(at)
        folder.mkdir()
        note, asked = folder / "a.md", f"of function {at}"
        note.write_text(STEEPEST.replace("of a function", asked))
        wanted = desk.request([str(folder)])
        table = desk.open_desk(wanted)
        note.write_text(EDITED.replace("of a function", asked))
        taking_over = table.adopting(desk.read_notes(wanted))
        pieces = [None for piece, _ in enumerate(taking_over) if piece == at and answer(table) is None]
        if pieces:
            assert states(table) == {"a.md": 1}, f"answered at piece {at}"
        table.close()
        if not pieces:
            break
    assert at > 3


def test_an_edit_gives_no_history_to_a_card_that_is_answered_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in count():
        monkeypatch.setenv("STUDYTOOL_DATA", str(tmp_path / f"log {at}"))  # so many new cards come in a day
        folder = tmp_path / str(at)
        folder.mkdir()
        note, old, new = folder / "a.md", *(text.replace("a function", f"function {at}") for text in (STEEPEST, EDITED))
        note.write_text(old)
        learn_all(folder)
        note.write_text(f"{new}\n{old}")
        wanted = desk.request([str(folder)])
        table = desk.open_desk(wanted)
        note.write_text(f"{new}\nQ: Which river is the longest?\nA: The Nile.\n")
        taking_over = table.adopting(desk.read_notes(wanted))
        pieces = [None for piece, _ in enumerate(taking_over) if piece == at and answer(table) is None]
        assert log_of(table)[-2:] == ["review", "review" if pieces else "relink"], f"answered at piece {at}"
        table.close()
        if not pieces:
            break
    assert at > 3


def test_what_is_answered_while_links_are_written_follows_them(tmp_path: Path) -> None:
    def note(more: str) -> str:
        return "".join(
            f"Q: What does function number {n} of the list compute?\nA: {n} sums{more}\n\n" for n in range(60)
        )

    (tmp_path / "a.md").write_text(note(""))
    wanted = desk.request([str(tmp_path)])
    table = desk.open_desk(wanted)
    for number in range(60):
        answer(table, number)
    (tmp_path / "a.md").write_text(note(" of values"))
    before, given = table.library, []
    for _ in table.adopting(desk.read_notes(wanted)):
        linked = {event.payload["from"] for event in table.store.events() if event.kind == "relink"}
        assert table.library is before
        assert all(table.memory.state(card.key) for card in before.studied())  # what is asked has its history
        if 0 < len(linked) < 60 and not given:
            given = [number for number, card in enumerate(before.studied()) if card.key in linked]
            moment = Moment(clock.now().ms + 1000, 0)
            review = table.store.append("review", before.studied()[given[0]].key, {"grade": 3}, moment)
            table.memory.apply(review, is_new=True)
    assert given
    assert len(table.relinked) == 60
    reviews = [state.reviews if (state := table.memory.state(card.key)) else 0 for card in table.library.studied()]
    assert reviews == [2 if number == given[0] else 1 for number in range(60)]
    table.close()
    again = desk.open_desk(wanted)
    assert not again.relinked
    again.close()


def test_answers_to_cards_that_an_edit_takes_away_have_no_card_compared_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(more: str) -> str:
        asked = (
            f"Q: What does function number {number} of the list compute?\nA: {number} sums" for number in range(12)
        )
        return "".join(f"{one}{more}\n\n" for one in asked)

    def relink(known: Sequence[Known], *others: object) -> list[Relink]:
        compared.extend(one.key for one in known)
        return link(known, *others)

    def aside(work: Callable[[], list[Relink]]) -> Generator[None, None, list[Relink]]:
        if len(answered) < 12:
            answered.append(answer(table, len(answered)))
        yield None
        return work()

    compared: list[str] = []
    answered: list[None] = []
    link = relinking.relink
    monkeypatch.setattr(relinking, "relink", relink)
    (tmp_path / "a.md").write_text(note(""))
    wanted = desk.request([str(tmp_path)])
    table = desk.open_desk(wanted)
    answer(table, 11)
    (tmp_path / "a.md").write_text(note(" of values"))
    assert len(finished(table.adopting(desk.read_notes(wanted), aside=aside)).renamed) == 12
    assert len(compared) == len({*compared}) == 12
    table.close()


def test_what_is_taken_back_is_taken_back_for_every_window_that_saw_the_edit(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    tables = [desk.open_desk(wanted) for _ in range(3)]
    for table in tables:
        table.hear()
    (vault / "a.md").write_text(EDITED)
    for table in tables:
        table.adopt(desk.read_notes(wanted))
    assert log_of(tables[0]).count("relink") == 3
    assert len(tables[1].undo_relinks(NOW)) == 1
    for table in tables:
        table.hear()
        assert states(table) == {"a.md": 0}
        assert table.undo_relinks(NOW) == ()
        table.close()


# -- as long as not all notes are read ------------------------------------------------------------------------------


@pytest.mark.parametrize("was_complete", [False, True])
def test_an_edit_keeps_its_history_while_the_rest_of_the_notes_waits(vault: Path, *, was_complete: bool) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    table.complete = was_complete
    (vault / "a.md").write_text("# Cut for a moment\n")
    assert table.adopt(desk.read_notes(wanted), complete=False).renamed == {}
    (vault / "a.md").write_text(EDITED)
    assert len(table.adopt(desk.read_notes(wanted), complete=False).renamed) == 1
    assert states(table) == {"a.md": 1}
    answer(table)
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 2}
    table.close()


def test_a_card_that_turns_up_in_a_note_read_later_has_its_history(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    (vault / "a.md").write_text(EDITED)
    table.adopt(desk.read_notes(wanted), complete=False)
    assert states(table) == {"a.md": 1}
    (vault / "z.md").write_text(STEEPEST)
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 0, "z.md": 1}
    table.close()


def test_a_card_that_was_in_no_note_read_so_far_gives_no_history_away(vault: Path) -> None:
    (vault / "a.md").write_text("Q: What else is asked?\nA: Only this.\n")
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    (vault / "a.md").write_text(EDITED)
    assert table.adopt(desk.read_notes(wanted), complete=False).renamed == {}
    (vault / "z.md").write_text(STEEPEST)
    table.adopt(desk.read_notes(wanted))
    assert states(table) == {"a.md": 0, "z.md": 1}
    assert log_of(table) == ["review"]
    table.close()


def test_what_was_cut_while_the_rest_waits_goes_on_in_no_other_note(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    (vault / "a.md").write_text("# Cut\n")
    (vault / "b.md").write_text(EDITED)
    assert table.adopt(desk.read_notes(wanted), complete=False).renamed == {}
    assert len(table.adopt(desk.read_notes(wanted)).renamed) == 1, "now it is certain"
    assert states(table) == {"b.md": 1}
    table.close()


def test_what_more_was_read_gives_no_history_away_before_all_is_read(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    table.complete = False
    (vault / "a.md").write_text(STEEPEST.replace("What does the gradient of a function", "Where does a gradient"))
    assert table.adopt(desk.read_notes(wanted), complete=False, just_made=False).renamed == {}
    (vault / "z.md").write_text(EDITED)
    assert len(table.adopt(desk.read_notes(wanted), just_made=False).renamed) == 1
    assert states(table) == {"a.md": 0, "z.md": 1}
    table.close()


@pytest.mark.parametrize("just_made", [False, True])
def test_a_note_as_the_index_has_it_takes_no_history_back(vault: Path, *, just_made: bool) -> None:
    (vault / "b.md").write_text("Q: Which river is the longest?\nA: The Nile.\n")
    wanted = desk.request([str(vault)])
    before = desk.read_notes(wanted)
    (vault / "a.md").write_text("# Moved\n")
    (vault / "b.md").write_text(EDITED)
    table = desk.open_desk(wanted)
    assert states(table) == {"b.md": 1}
    now, table.library, table.complete = table.library, before, False
    (vault / "a.md").write_text(STEEPEST)  # this one has not been read again
    (vault / "b.md").write_text(f"{EDITED}\nQ: Which river is the longest?\nA: The Nile, in Africa.\n")
    table.adopt(desk.read_notes(wanted), complete=False, just_made=just_made)
    table.adopt(now)
    assert (states(table), log_of(table)) == ({"b.md": 1}, ["review", "relink"])
    table.close()


def test_a_schedule_in_a_note_waits_until_all_notes_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LIKE_IT)
    wanted = desk.request([str(tmp_path)])
    table = desk.open_desk(wanted)
    (tmp_path / "b.md").write_text("# N\n\nWhich river is the longest?::The Nile <!--SR:!2024-05-01,3,250-->\n")
    (tmp_path / "a.md").write_text(EDITED)
    table.adopt(desk.read_notes(wanted), complete=False)
    assert log_of(table) == []
    table.adopt(desk.read_notes(wanted))
    assert log_of(table) == ["imported"]
    table.close()
