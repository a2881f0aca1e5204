"""Cards that were edited since the last time keep their history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool import clock, desk
from studytool.memory import Moment, Store
from studytool.memory.leech import FIRST
from studytool.memory.pieces import WAITS, finished
from tests.desk.acts import EDITED, NOW, STEEPEST, answered, edit, learn_all, log_of


def test_an_edited_card_keeps_its_history(notes: Path) -> None:
    learn_all(notes)
    edit(notes / "loss.md", "What does a loss measure?", "What does a loss function measure?")
    edit(notes / "weights.md", "The weights.", "Its weights and biases.")
    table = desk.open_desk(desk.request([str(notes)]))
    assert len(table.relinked) == 2
    assert all(table.memory.state(candidate.key) is not None for candidate in table.candidates())
    assert log_of(table).count("relink") == 2
    text = table.memory.text(table.relinked[0].target)
    assert text is not None
    assert text["path"] == str((notes / "loss.md").resolve()) or text["path"] == str((notes / "weights.md").resolve())
    table.close()
    again = desk.open_desk(desk.request([str(notes)]))
    assert again.relinked == ()
    assert log_of(again).count("relink") == 2
    again.close()


def test_a_card_edited_twice_keeps_its_history(notes: Path) -> None:
    learn_all(notes)
    for before, after in (("a loss measure", "a loss function measure"), ("How wrong", "By how much wrong")):
        edit(notes / "loss.md", before, after)
        table = desk.open_desk(desk.request([str(notes)]))
        assert len(table.relinked) == 1
        table.close()
    last = desk.open_desk(desk.request([str(notes)]))
    state = last.memory.state(next(c.key for c in last.candidates() if c.topic == "Loss"))
    assert state is not None
    assert state.reviews == 1
    last.close()


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


def test_an_edit_back_and_forth_loses_nothing(notes: Path) -> None:
    learn_all(notes)
    original = (notes / "loss.md").read_text("utf-8")
    for text in (original.replace("measure", "tell us"), original, original.replace("measure", "tell us")):
        (notes / "loss.md").write_text(text, "utf-8")
        table = desk.open_desk(desk.request([str(notes)]))
        state = table.memory.state(next(c.key for c in table.candidates() if c.topic == "Loss"))
        assert state is not None
        table.close()


def test_cards_of_another_library_are_let_alone(notes: Path, tmp_path: Path) -> None:
    learn_all(notes)
    other = tmp_path / "other"
    other.mkdir()
    (other / "loss.md").write_text("# Loss\n\nQ: What does a loss function measure?\nA: How wrong a prediction is.\n")
    table = desk.open_desk(desk.request([str(other)]))
    assert table.relinked == ()
    assert "relink" not in log_of(table)
    table.close()


def test_a_note_that_was_renamed_and_edited_keeps_its_cards(notes: Path) -> None:
    learn_all(notes)
    edit(notes / "weights.md", "The weights.", "Its weights and biases.")
    (notes / "weights.md").rename(notes / "parameters.md")
    table = desk.open_desk(desk.request([str(notes)]))
    assert len(table.relinked) == 1
    assert all(table.memory.state(candidate.key) is not None for candidate in table.candidates())
    table.close()


def test_a_card_whose_note_was_deleted_is_not_guessed_at(notes: Path) -> None:
    learn_all(notes)
    (notes / "loss.md").unlink()
    (notes / "new.md").write_text("# New\n\nQ: What does a gradient measure?\nA: How steep the loss is.\n")
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.relinked == ()
    table.close()


def test_the_place_of_a_card_does_not_depend_on_the_folder_one_is_in(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(notes.parent)
    table = desk.open_desk(desk.request(["notes"]))
    card = table.library.studied()[0]
    assert desk.card_text(card)["path"] == str((notes / "loss.md").resolve())
    table.close()
    learn_all(Path("notes"))
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    monkeypatch.chdir(notes)
    again = desk.open_desk(desk.request(["."]))
    assert len(again.relinked) == 1
    again.close()


def test_a_log_that_kept_paths_as_they_were_typed_is_understood(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    card = table.library.studied()[0]
    text = {"kind": "basic", "front": card.front, "back": card.back, "topic": "Loss", "path": "notes/loss.md"}
    table.store.append("review", card.key, {"grade": 3, "text": text}, NOW)
    table.close()
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    again = desk.open_desk(desk.request([str(notes)]))
    assert len(again.relinked) == 1
    again.close()


@pytest.mark.parametrize(
    "text", [{}, {"front": 3, "path": 4}, {"front": "q", "path": ""}, {"front": "q", "path": "/\0"}, {"path": "x"}]
)
def test_a_log_with_odd_texts_opens(notes: Path, text: dict[str, object]) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    table.store.append("review", "f" * 32, {"grade": 3, "text": text}, NOW)
    table.close()
    again = desk.open_desk(desk.request([str(notes)]))
    assert again.relinked == ()
    again.close()


def test_a_clock_that_was_set_back_does_not_part_a_card_from_its_history(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_all(notes)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    monkeypatch.setattr("studytool.clock.now", lambda: Moment.at(datetime(2001, 1, 1, tzinfo=UTC)))
    table = desk.open_desk(desk.request([str(notes)]))
    assert len(table.relinked) == 1
    assert table.memory.state(table.relinked[0].target) is not None
    assert table.memory.state(table.relinked[0].source) is None
    table.close()


def test_nothing_is_compared_when_nothing_vanished(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learn_all(notes)
    monkeypatch.setattr("studytool.notes.relink.relink", lambda *_: pytest.fail("compared"))
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.relinked == ()
    table.close()


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


# -- what else than answers an edit must not cost -------------------------------------------------------------------


@pytest.mark.parametrize("act", ["reject", "suspend", "bury"])
def test_a_card_that_was_put_out_stays_out_when_a_typing_error_in_it_is_mended(notes: Path, act: str) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    session = table.session(NOW, ["Loss"])
    shown = session.shown(NOW)
    assert shown is not None
    card = table.card(shown.key)
    assert card is not None
    getattr(session, act)(NOW, text=table.text_of(card))
    table.close()
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table = desk.open_desk(desk.request([str(notes)]))
    assert len(table.relinked) == 1
    assert table.session(NOW, ["Loss"]).shown(NOW) is None
    table.close()


def test_a_leech_stays_one_when_it_is_reworded(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    card = next(card for card in table.library.studied() if card.topic == "Loss")
    for number, grade in enumerate([4, 1, 3] * FIRST):
        moment = Moment(NOW.ms + number * 40 * 86_400_000, 0)
        payload = {"grade": grade, **({} if number else {"text": table.text_of(card)})}
        table.memory.apply(table.store.append("review", card.key, payload, moment))
    before = table.memory.state(card.key)
    assert [(one.key, lapses) for one, lapses in table.leeches()] == [(card.key, FIRST)]
    table.close()
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    table = desk.open_desk(desk.request([str(notes)]))
    (link,) = table.relinked
    assert [(one.key, lapses) for one, lapses in table.leeches()] == [(link.target, FIRST)]
    assert table.memory.state(link.target) == before
    assert len(list(table.memory.answers(link.target))) == 3 * FIRST
    table.close()


def test_ones_own_answer_stays_when_the_question_is_edited(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("# Units\n\nQuestions:\n\n- Why does the perceptron converge on separable data?\n")
    table = desk.open_desk(desk.request([str(tmp_path)]))
    (card,) = table.library.studied()
    table.session(NOW).write(card.key, "Each mistake brings it nearer.", NOW, text=table.text_of(card))
    table.close()
    for before, after in (("on separable", "on linearly separable"), ("Why does", "Why, then, does")):
        edit(note, before, after)
        table = desk.open_desk(desk.request([str(tmp_path)]))
        (card,) = table.library.studied()
        assert table.memory.written(card.key) == "Each mistake brings it nearer."
        assert table.memory.state(card.key) is None
        table.close()
