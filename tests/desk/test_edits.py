"""Cards that were edited since the last time keep their history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool import desk
from studytool.memory import Moment
from studytool.memory.leech import FIRST
from tests.desk.acts import NOW, edit, learn_all, log_of


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
