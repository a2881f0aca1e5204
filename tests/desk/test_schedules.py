"""Schedules that notes carry are where a card begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from studytool import desk
from studytool.memory import Grade, Moment
from studytool.notes import Library
from studytool.notes.model import Schedule
from tests.desk.acts import NOW, edit, learn_all, log_of

READ_NOTES = desk.read_notes


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

    monkeypatch.setattr("studytool.desk.opened.read_notes", read_notes)


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
