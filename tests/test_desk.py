"""The desk: which notes a command line means, and the way from notes and log to a sitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from studytool import clock, desk, places
from studytool.bulk import put
from studytool.errors import StudytoolError, UsageError
from studytool.memory import Grade, Moment, replay
from studytool.notes import Library
from studytool.notes.index import Head
from studytool.notes.model import Note, Schedule

NOW = Moment.at(datetime(2025, 3, 10, 12, tzinfo=UTC))
READ_NOTES = desk.read_notes


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A library of two notes with three cards."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "loss.md").write_text("# Loss\n\nQ: What does a loss measure?\nA: How wrong a prediction is.\n")
    (folder / "weights.md").write_text(
        "# Weights\n\nQ: What is learned?\nA: The weights.\n\nC: A bias [shifts] a unit.\n"
    )
    return folder


def test_without_a_path_the_built_in_course_opens() -> None:
    wanted = desk.request([])
    assert wanted.paths == (places.built_in("cards"),)
    assert wanted.is_course
    assert "course" in wanted.title


def test_the_libraries_of_the_settings_open_when_no_path_is_given(home: Path, notes: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'libraries = ["{notes}"]\n')
    wanted = desk.request([])
    assert wanted.paths == (notes,)
    assert not wanted.is_course
    assert wanted.title == "notes"


def test_a_library_of_the_settings_that_is_gone_is_named(home: Path, tmp_path: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'libraries = ["{tmp_path}/gone"]\n')
    with pytest.raises(UsageError, match=r"gone.*settings"):
        desk.request([])


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.md", "~nobody-of-this-name", "x" * 5000])
def test_a_path_that_cannot_be_is_said_before_anything_opens(path: str) -> None:
    with pytest.raises(UsageError) as caught:
        desk.request([path])
    assert path in str(caught.value)


def test_a_root_that_is_no_folder_is_said(notes: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        desk.request([str(notes)], root=str(notes / "loss.md"))


def test_settings_are_found_above_a_note(notes: Path) -> None:
    inner = notes / "part" / "one.md"
    inner.parent.mkdir()
    inner.write_text("Q: a?\nA: b\n")
    (notes / "studytool.toml").write_text("new_per_day = 3\n")
    for path in (inner, inner.parent, notes):
        assert desk.request([str(path)]).settings.new_per_day == 3


def test_the_title_of_a_library_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31mb\n\u202ec"
    folder.mkdir()
    assert desk.request([str(folder)]).title == "ab c"


def test_the_title_of_the_present_folder_is_its_name(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes)
    assert desk.request(["."]).title == "notes"


def test_a_folder_without_notes_is_said(tmp_path: Path) -> None:
    with pytest.raises(StudytoolError, match="no notes"):
        desk.open_desk(desk.request([str(tmp_path)]))


def test_a_desk_offers_its_cards_by_topic_in_study_order(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.topics() == ["Loss", "Weights"]
    assert len(table.candidates()) == 3
    assert [candidate.topic for candidate in table.candidates(["Weights"])] == ["Weights", "Weights"]
    assert table.candidates([]) == []
    table.close()


def test_an_answer_is_there_when_the_desk_is_opened_again(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    session = table.session(NOW)
    shown = session.shown(NOW)
    assert shown is not None
    card = table.card(shown.key)
    assert card is not None
    session.answer(Grade.EASY, NOW, took_ms=1200, text=desk.card_text(card))
    # Not closed: what counts is what is on disk when `answer` returns.
    again = desk.open_desk(desk.request([str(notes)]))
    assert again.memory.state(shown.key) is not None
    assert again.overview(NOW).today == 1
    again.close()
    table.close()


def test_the_daily_limit_of_the_settings_is_kept(notes: Path) -> None:
    (notes / "studytool.toml").write_text("new_per_day = 1\n")
    table = desk.open_desk(desk.request([str(notes)]))
    session = table.session(NOW)
    shown = session.shown(NOW)
    assert shown is not None
    session.answer(Grade.EASY, NOW, took_ms=1, text=None)
    assert session.shown(NOW) is None
    tomorrow = Moment.at(datetime(2025, 3, 11, 12, tzinfo=UTC))
    assert table.session(tomorrow).shown(tomorrow) is not None
    table.close()


def test_a_card_that_nobody_has_is_none(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.card("0" * 32) is None
    table.close()


def test_the_clock_tells_this_moment_with_the_local_offset() -> None:
    from studytool import clock

    rounding = timedelta(milliseconds=1)
    before = datetime.now(UTC) - rounding
    now = clock.now()
    assert before <= datetime.fromtimestamp(now.ms / 1000, UTC) <= datetime.now(UTC) + rounding
    offset = datetime.now().astimezone().utcoffset()
    assert offset is not None
    assert now.offset == round(offset.total_seconds() / 60)


# -- cards that were edited since the last time ---------------------------------------------------------------------


def learn_all(folder: Path, *paths: str) -> None:
    """Answer every card of some notes once."""
    table = desk.open_desk(desk.request([str(folder / path) for path in paths] or [str(folder)]))
    session = table.session(NOW)
    while (shown := session.shown(NOW)) is not None:
        card = table.card(shown.key)
        assert card is not None
        session.answer(Grade.EASY, NOW, took_ms=1, text=table.text_of(card))
    table.close()


def edit(note: Path, before: str, after: str) -> None:
    text = note.read_text("utf-8")
    assert before in text
    note.write_text(text.replace(before, after), "utf-8")


def log_of(table: desk.Desk) -> list[str]:
    return [event.kind for event in table.store.events()]


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


# -- a card that is not in this library is not therefore gone ---------------------------------------------------------

STEEPEST = "Q: What does the gradient of a function point to?\nA: The direction of steepest ascent of the function.\n"
LIKE_IT = "Q: What does the gradient of a function point to?\nA: In the direction of steepest ascent.\n"
EDITED = "Q: What does the gradient of a function point to?\nA: The direction of the steepest ascent of the function.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A library with one card that was answered."""
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "a.md").write_text(STEEPEST)
    learn_all(folder)
    return folder


def answered(*paths: Path) -> dict[str, int]:
    """How often the cards of each note were answered, as the log has it once the paths have been opened."""
    table = desk.open_desk(desk.request([str(path) for path in paths]))
    states = [(Path(card.span.path).name, table.memory.state(card.key)) for card in table.library.studied()]
    table.close()
    return {name: state.reviews if state else 0 for name, state in states}


def test_a_card_that_was_moved_keeps_its_history_when_only_its_old_note_is_opened(vault: Path) -> None:
    (vault / "b.md").write_text(STEEPEST)
    (vault / "a.md").write_text("# Nothing\n\nis asked here\n")
    (vault / "c.md").write_text(LIKE_IT)
    answered(vault / "c.md")
    answered(vault / "a.md", vault / "c.md")
    assert answered(vault) == {"b.md": 1, "c.md": 0}


def test_a_card_that_was_moved_out_of_a_folder_keeps_its_history_when_that_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.md").write_text(STEEPEST)
    learn_all(folder)
    (folder / "inner" / "a.md").rename(folder / "b.md")
    (folder / "inner" / "c.md").write_text(LIKE_IT)
    assert answered(folder / "inner") == {"c.md": 0}
    assert answered(folder) == {"b.md": 1, "c.md": 0}


def test_a_note_that_cannot_be_read_gives_no_history_away(vault: Path) -> None:
    (vault / "sum.md").write_text(LIKE_IT)
    content = (vault / "a.md").read_bytes()
    for broken in (content + b"caf\xe9\n", b""):
        (vault / "a.md").write_bytes(broken)
        assert answered(vault) == {"sum.md": 0}
    (vault / "a.md").write_bytes(content)
    assert answered(vault) == {"a.md": 1, "sum.md": 0}


@pytest.mark.parametrize("told", ["studytool.toml", ".gitignore"])
def test_a_note_that_is_left_out_gives_no_history_away(vault: Path, told: str) -> None:
    (vault / "sum.md").write_text(LIKE_IT)
    (vault / told).write_text('ignore = ["a.md"]\n' if told == "studytool.toml" else "a.md\n")
    assert answered(vault) == {"sum.md": 0}
    (vault / told).unlink()
    assert answered(vault) == {"a.md": 1, "sum.md": 0}


def test_a_level_that_is_not_wanted_gives_no_history_away(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Gradients\n\n**Gradient**: the direction of steepest ascent of a function\n")
    learn_all(tmp_path)
    before = answered(tmp_path)
    (tmp_path / "b.md").write_text("Q: Gradient\nA: the direction of the steepest ascent of a function\n")
    (tmp_path / "studytool.toml").write_text('cards = ["explicit"]\n')
    assert answered(tmp_path)["b.md"] == 0
    (tmp_path / "studytool.toml").unlink()
    assert answered(tmp_path) == {**before, "b.md": 0}


def test_a_card_edited_in_its_note_keeps_its_history_when_only_that_note_is_opened(vault: Path) -> None:
    (vault / "a.md").write_text(EDITED)
    assert answered(vault / "a.md") == {"a.md": 1}


def test_a_renamed_note_of_a_folder_in_a_repository_keeps_its_cards(tmp_path: Path) -> None:
    folder = tmp_path / "repository" / "notes"
    folder.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (folder / "a.md").write_text(f"{STEEPEST}\nQ: What does a loss measure?\nA: How wrong a prediction is.\n")
    learn_all(folder)
    (folder / "a.md").rename(folder / "b.md")
    edit(folder / "b.md", "of steepest", "of the steepest")
    table = desk.open_desk(desk.request([str(folder)]))
    assert len(table.relinked) == 1
    table.close()


def test_the_folder_of_the_notes_can_be_moved(vault: Path) -> None:
    moved = vault.rename(vault.parent / "elsewhere")
    (moved / "a.md").write_text(EDITED)
    assert answered(moved) == {"a.md": 1}


def test_a_copy_of_the_notes_takes_nothing_from_those_that_are_still_there(vault: Path) -> None:
    copy = vault.parent / "copy"
    copy.mkdir()
    (copy / "a.md").write_text(EDITED)
    assert answered(copy) == {"a.md": 0}
    assert answered(vault) == {"a.md": 1}


# -- links that the learner takes back ------------------------------------------------------------------------------


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


# -- what was compared once is not compared again ---------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notes that are made from now on."""
    from studytool.notes.library import Shelf

    made: list[str] = []
    note_of = Shelf._note_of

    def noting(self: Shelf, head: Head) -> Note:
        made.append(Path(head[0]).name)
        return note_of(self, head)

    monkeypatch.setattr(Shelf, "_note_of", noting)
    return made


def test_a_card_that_was_deleted_costs_later_openings_nothing(vault: Path, made: list[str]) -> None:
    (vault / "a.md").write_text("Q: What else is asked?\nA: Only this.\n")
    for number in range(5):
        (vault / f"n{number}.md").write_text(f"Q: What is thing {number} of the list?\nA: It is thing {number}.\n")
    desk.open_desk(desk.request([str(vault)])).close()
    assert len(made) == 6
    made.clear()
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == []
    (vault / "n3.md").write_text("Q: What is another thing?\nA: It is another.\n")
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == ["n3.md"]


def test_in_a_large_library_only_notes_that_changed_since_are_looked_through(
    vault: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.returning._MANY", 3)
    for number in range(5):
        (vault / f"n{number}.md").write_text(f"Q: What is thing {number} of the list?\nA: It is thing {number}.\n")
    table = desk.open_desk(desk.request([str(vault)]))
    (card,) = [card for card in table.library.studied() if "gradient" in card.front]
    tomorrow = Moment(clock.now().ms + 86_400_000, 0)
    table.store.append("review", card.key, {"grade": 3}, tomorrow)
    table.close()
    made.clear()
    (vault / "a.md").unlink()
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == []
    (vault / "n2.md").write_text(EDITED)
    table = desk.open_desk(desk.request([str(vault)]))
    assert len(table.relinked) == 1
    table.close()


def test_an_edit_in_another_note_that_comes_later_is_found(vault: Path, made: list[str]) -> None:
    (vault / "b.md").write_text("Q: What else is asked?\nA: Only this.\n")
    (vault / "a.md").unlink()
    assert answered(vault) == {"b.md": 0}
    (vault / "c.md").write_text(EDITED)
    assert answered(vault) == {"b.md": 0, "c.md": 1}


def test_a_log_that_cannot_be_written_has_the_same_found_again(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studytool.memory import Store

    def full(*_: object) -> None:
        raise StudytoolError("The disk is full.")

    (vault / "a.md").write_text(EDITED)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "append_all", full)
        assert answered(vault) == {"a.md": 0}
    assert answered(vault) == {"a.md": 1}


@pytest.mark.parametrize("content", ["", "[]", '{"gone": 3, "keys": 4}', "\xff", "null"])
def test_a_damaged_file_of_what_was_compared_is_done_without(vault: Path, content: str) -> None:
    (vault / "a.md").unlink()
    (vault / "b.md").write_text("Q: What else is asked?\nA: Only this.\n")
    assert answered(vault) == {"b.md": 0}
    (kept,) = places.cache_folder().glob("*.judged.json")
    kept.write_text(content, "latin-1")
    (vault / "b.md").write_text(EDITED)
    assert answered(vault) == {"b.md": 1}


def test_an_edit_while_the_desk_is_open_looks_at_its_own_note(vault: Path, made: list[str]) -> None:
    wanted = desk.request([str(vault)])
    for number in range(5):
        (vault / f"n{number}.md").write_text(
            f"#flashcards\n\nWhat is thing {number} of it?::It is thing {number}.\n<!--SR:!2026-12-01,3,250-->\n"
        )
    table = desk.open_desk(wanted)
    assert log_of(table).count("imported") == 5
    shelf = desk.open_shelf(wanted)
    list(shelf.read())
    made.clear()
    (vault / "n2.md").write_text("#flashcards\n\nWhat is new::It is new.\n<!--SR:!2026-12-01,3,250-->\n")
    (vault / "a.md").write_text("Q: What else is asked?\nA: Only this.\n")
    shelf.read_again({str(vault / "n2.md"), str(vault / "a.md")})
    table.adopt(shelf.library())
    assert sorted(made) == ["a.md", "n2.md"]
    assert log_of(table).count("imported") == 6
    table.close()


# -- edits while the desk is open --------------------------------------------------------------------------------------


def states(table: desk.Desk) -> dict[str, int]:
    """How often the cards of each note were answered."""
    cards = table.library.studied()
    return {Path(c.span.path).name: state.reviews if (state := table.memory.state(c.key)) else 0 for c in cards}


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


# -- schedules that notes carry -------------------------------------------------------------------------------------


def carrying(monkeypatch: pytest.MonkeyPatch, schedule: Schedule) -> None:
    """Have every card about loss carry a schedule, as the dialects of Obsidian do."""

    def read_notes(wanted: desk.Request) -> Library:
        library = READ_NOTES(wanted)
        notes = [
            replace(note, cards=tuple(replace(card, schedule=schedule) for card in note.cards))
            if note.topic.name == "Loss"
            else note
            for note in library.notes
        ]
        return Library(library.root, tuple(notes), library.diagnostics)

    monkeypatch.setattr(desk, "read_notes", read_notes)


def test_a_card_with_a_schedule_starts_where_the_note_says(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carrying(monkeypatch, Schedule("2026-11-25", 10, 250))
    for _ in range(2):  # the second opening adds nothing
        table = desk.open_desk(desk.request([str(notes)]))
        (key,) = [candidate.key for candidate in table.candidates(["Loss"])]
        state = table.memory.state(key)
        assert state is not None
        assert date.fromordinal(state.due_day).isoformat() == "2026-11-25"
        assert log_of(table) == ["imported"]
        before = Moment.at(datetime(2026, 11, 24, 12, tzinfo=UTC))
        that_day = Moment.at(datetime(2026, 11, 25, 12, tzinfo=UTC))
        assert [table.overview(when).due for when in (before, that_day)] == [0, 1]
        session = table.session(that_day)
        shown = session.shown(that_day)
        assert shown is not None
        assert (shown.key, shown.phase) == (key, "review")
        assert shown.intervals[Grade.GOOD] > 10 * 86_400_000
        table.close()


def test_a_schedule_that_changed_in_the_note_is_followed_until_the_card_is_answered_here(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carrying(monkeypatch, Schedule("2025-03-10", 10, 250))
    desk.open_desk(desk.request([str(notes)])).close()
    carrying(monkeypatch, Schedule("2025-03-09", 3, 230))
    table = desk.open_desk(desk.request([str(notes)]))
    assert log_of(table) == ["imported", "imported"]
    session = table.session(NOW, ["Loss"])
    assert session.shown(NOW) is not None
    session.answer(Grade.GOOD, NOW)
    table.close()
    carrying(monkeypatch, Schedule("2025-06-01", 80, 250))
    again = desk.open_desk(desk.request([str(notes)]))
    assert log_of(again) == ["imported", "imported", "review"]
    again.close()


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule("9999-12-31", 10, 250),
        Schedule("2026-11-25", float("nan"), float("inf")),
        Schedule("2026-11-25", -3, 0),
        Schedule("no day", 10, 250),
        Schedule("2026-11-25", 10, None, 1e300, -4),
    ],
    ids=str,
)
def test_a_schedule_that_cannot_be_meant_stops_nothing(
    notes: Path, monkeypatch: pytest.MonkeyPatch, schedule: Schedule
) -> None:
    carrying(monkeypatch, schedule)
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.overview(NOW).total == 3
    table.close()


def test_an_edited_card_with_a_schedule_keeps_what_was_learned_here(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_all(notes)
    edit(notes / "loss.md", "a loss measure", "a loss function measure")
    carrying(monkeypatch, Schedule("2026-11-25", 10, 250))
    table = desk.open_desk(desk.request([str(notes)]))
    assert len(table.relinked) == 1
    assert "imported" not in log_of(table)
    table.close()


def test_cards_come_back_together_also_after_a_clock_that_was_ahead_was_set_right(notes: Path) -> None:
    open_desk = desk.open_desk(desk.request([str(notes)]))
    keys, store, memory = list(open_desk.library.entries), open_desk.store, open_desk.memory
    ahead = Moment(NOW.ms + 400 * 86_400_000, 0)
    for key in keys:
        memory.apply(store.append("suspend", key, {}, ahead))
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    put(open_desk, "resume", keys, NOW)
    assert said.count("COMMIT") == 1
    assert [memory.out(key, NOW.day(4)) for key in keys] == [None] * 3
    assert [replay(store.events()).out(key, NOW.day(4)) for key in keys] == [None] * 3
    open_desk.close()
