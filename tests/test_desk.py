"""The desk: which notes a command line means, and the way from notes and log to a sitting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from studytool import desk, places
from studytool.errors import StudytoolError, UsageError
from studytool.memory import Grade, Moment
from studytool.notes import Library
from studytool.notes.model import Schedule

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
        session.answer(Grade.EASY, NOW, took_ms=1, text=desk.card_text(card))
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
    assert table.undo_relinks(NOW) == 1
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
