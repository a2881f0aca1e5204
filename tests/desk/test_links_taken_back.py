"""Histories that edited cards were given, taken back and given back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import clock, desk
from studytool.memory import Moment, Store
from studytool.memory.pieces import WAITS, finished
from tests.desk.acts import EDITED, NOW, STEEPEST, answered, edit, learn_all


def test_an_undone_link_is_not_made_again(notes: Path) -> None:
    learn_all(notes)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table = desk.open_desk(desk.request([str(notes)]))
    (link,) = table.relinked
    assert table.undo_relinks(NOW) == (link,)
    assert table.memory.state(link.target) is None
    assert table.memory.state(link.source) is not None
    assert table.relinked == ()
    table.close()
    again = desk.open_desk(desk.request([str(notes)]))
    assert again.relinked == ()
    assert again.memory.state(link.target) is None
    again.close()


def test_a_card_whose_link_was_undone_gives_its_history_to_no_later_edit(vault: Path) -> None:
    (vault / "a.md").write_text(EDITED)
    table = desk.open_desk(desk.request([str(vault)]))
    assert len(table.undo_relinks(clock.now())) == 1
    table.close()
    edit(vault / "a.md", "A: The", "A: It is the")
    assert answered(vault) == {"a.md": 0}
    # Its text is back, and what it says is answered again: from now on an edit is followed.
    (vault / "a.md").write_text(STEEPEST)
    table = desk.open_desk(desk.request([str(vault)]))
    later = Moment(clock.now().ms + 86_400_000, 0)
    (card,) = table.library.studied()
    table.store.append("review", card.key, {"grade": 3, "text": table.text_of(card)}, later)
    table.close()
    (vault / "a.md").write_text(EDITED.replace("A: The", "A: It is the"))
    assert answered(vault) == {"a.md": 2}


def test_one_undo_takes_back_what_was_linked_last(notes: Path) -> None:
    learn_all(notes)
    wanted = desk.request([str(notes)])
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table = desk.open_desk(wanted)
    edit(notes / "weights.md", "The weights.", "Its weights and biases.")
    table.adopt(desk.read_notes(wanted))
    assert len(table.relinked) == 2
    (one,) = table.undo_relinks(NOW)
    assert one.front == "What is learned?"
    (other,) = table.relinked
    assert table.memory.state(other.target) is not None
    assert [link.front for link in table.undo_relinks(NOW)] == ["What does a loss function measure?"]
    assert table.undo_relinks(NOW) == ()
    table.close()


def test_what_was_taken_back_is_given_back_unless_another_window_has_done_so(notes: Path) -> None:
    learn_all(notes)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    tables = [desk.open_desk(desk.request([str(notes)])) for _ in range(2)]
    (link,) = tables[0].relinked
    assert tables[0].memory.state(link.target) is not None
    tables[0].hear()  # as a window does, from its beginning
    assert tables[0].redo_relinks(NOW) == ()
    assert tables[0].undo_relinks(NOW) == tables[0].taken_back == (link,)
    later = Moment(NOW.ms + 60_000, 0)
    given = {"grade": 3, "text": tables[0].text_of(tables[0].card(link.target))}
    answer = tables[0].store.append("review", link.target, given, later)
    tables[0].memory.apply(answer)
    assert len(list(tables[0].memory.answers(link.target))) == 1
    assert tables[0].redo_relinks(later) == (link,)
    assert tables[0].relinked == (link,)
    assert tables[0].taken_back == ()
    assert len(list(tables[0].memory.answers(link.target))) == 2, "with what it was answered since"
    assert tables[0].undo_relinks(later) == tables[0].taken_back == (link,)
    ((taken, undo),) = tables[0].store.query(
        "SELECT card, id FROM events WHERE kind = 'undo' ORDER BY rowid DESC LIMIT 1"
    )
    tables[1].store.append("undo", taken, {"event": undo}, later)
    events = "SELECT COUNT(*) FROM events"
    before = tables[0].store.query(events)
    assert tables[0].redo_relinks(later) == (link,)
    assert tables[0].store.query(events) == before, "the other window has done so"
    assert len(list(tables[0].memory.answers(link.target))) == 2
    for table in tables:
        table.close()


@pytest.mark.parametrize("then", ["a loss measure", "an old loss measure", ""])
def test_what_was_taken_back_is_given_to_no_card_that_was_edited_since(notes: Path, then: str) -> None:
    learn_all(notes)
    wanted = desk.request([str(notes)])
    table = desk.open_desk(wanted)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table.adopt(desk.read_notes(wanted))
    assert len(table.undo_relinks(NOW)) == 1
    if then:
        edit(notes / "loss.md", "a loss function measure", then)
    else:
        (notes / "loss.md").unlink()
    table.adopt(desk.read_notes(wanted))
    before = [table.memory.state(key) is not None for key in table.library.entries]
    assert table.redo_relinks(Moment(NOW.ms + 60_000, 0)) == table.taken_back == ()
    assert [table.memory.state(key) is not None for key in table.library.entries] == before
    table.close()


def test_what_was_taken_back_waits_for_the_words_that_it_was_taken_from(notes: Path) -> None:
    learn_all(notes)
    wanted = desk.request([str(notes)])
    table = desk.open_desk(wanted)
    links = []
    for before, after, name in (
        ("a loss measure", "a loss function measure", "loss"),
        ("The wei", "Its wei", "weights"),
    ):
        edit(notes / f"{name}.md", before, after)
        table.adopt(desk.read_notes(wanted))
        links += table.relinked[len(links) :]
    assert len(links) == 2
    for link in reversed(links):
        assert table.undo_relinks(NOW) == (link,)
    edit(notes / "loss.md", "Q: What", "Q What")  # a slip, and no card any more
    table.adopt(desk.read_notes(wanted))
    assert table.taken_back == (links[1],)
    assert table.redo_relinks(Moment(NOW.ms + 60_000, 0)) == (links[1],)
    assert table.taken_back == ()
    edit(notes / "loss.md", "Q What", "Q: What")
    table.adopt(desk.read_notes(wanted))
    assert table.taken_back == (links[0],)
    assert table.redo_relinks(Moment(NOW.ms + 120_000, 0)) == (links[0],)
    assert table.relinked == (links[1], links[0])
    assert all(table.memory.state(link.target) for link in links)
    table.close()


@pytest.mark.parametrize("again", [False, True])
def test_a_card_whose_words_are_back_keeps_what_it_was_answered_itself(notes: Path, again: bool) -> None:
    learn_all(notes)
    wanted = desk.request([str(notes)])
    table = desk.open_desk(wanted)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table.adopt(desk.read_notes(wanted))
    (link,) = table.relinked
    if again:
        table.undo_relinks(NOW)
        assert table.redo_relinks(Moment(NOW.ms + 1_000, 0)) == (link,)
    edit(notes / "loss.md", "a loss function measure", "a loss measure")
    table.adopt(desk.read_notes(wanted))
    assert table.memory.state(link.source) is not None
    table.undo_relinks(Moment(NOW.ms + 5_000, 0))
    assert len(list(table.memory.answers(link.source))) == 1
    table.redo_relinks(Moment(NOW.ms + 6_000, 0))
    assert len(list(table.memory.answers(link.source))) == 1
    table.close()
    table = desk.open_desk(wanted)
    assert len(list(table.memory.answers(link.source))) == 1
    table.close()


def _questions_of_undo(note: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the log is asked when the links of so many edited cards are taken back."""
    cards = [f"Q: What does part {n} of the {note.stem} do?\nA: It turns wheel {n}." for n in range(number)]
    note.write_text("\n\n".join(cards))
    learn_all(note)
    edit(note, "turns", "slowly turns")
    table = desk.open_desk(desk.request([str(note)]))
    table.hear()
    asked, query = list[str](), Store.query
    with monkeypatch.context() as patch:
        patch.setattr(Store, "query", lambda self, *given: (asked.append(given[0]), query(self, *given))[1])
        assert len(table.undo_relinks(NOW)) == number
    table.close()
    return len(asked)


def test_the_log_is_asked_once_however_many_links_are_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = _questions_of_undo(tmp_path / "mill.md", 2, monkeypatch)
    assert _questions_of_undo(tmp_path / "loom.md", 8, monkeypatch) == few


def test_links_are_taken_back_when_no_thread_asks_the_memory_any_more(vault: Path) -> None:
    (vault / "a.md").write_text(EDITED)
    table = desk.open_desk(desk.request([str(vault)]))
    undoing = table.undoing_relinks(NOW)
    with table.remembering:
        assert next(undoing) == WAITS
        assert table.relinked
    assert len(finished(undoing)) == 1
    assert table.relinked == ()
    table.close()


def test_links_that_were_named_are_not_taken_for_those_of_an_edit_that_came_meanwhile(vault: Path) -> None:
    (vault / "a.md").write_text(EDITED)
    wanted = desk.request([str(vault)])
    table = desk.open_desk(wanted)
    undoing = table.undoing_relinks(NOW, table.relinked_last)
    with table.remembering:
        assert next(undoing) == WAITS
    (vault / "a.md").write_text(EDITED.replace("point", "point now"))
    assert table.adopt(desk.read_notes(wanted)).renamed
    before = table.relinked
    assert finished(undoing) == ()
    assert table.relinked == before
    table.close()
