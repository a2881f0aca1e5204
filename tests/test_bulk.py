"""Events for many cards at once, and what takes them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool import bulk
from studytool.desk import Desk, card_text, open_desk, request
from studytool.errors import StudytoolError
from studytool.memory import Draft, Moment, replay
from studytool.memory.diary import diary, recall_between
from studytool.memory.events import DAY_MS

NOW = Moment(1_772_442_000_000, 0)
TODAY = NOW.day(4)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Desk]:
    """A desk with four cards, of which the first was answered three times."""
    note = "\n".join(f"Q: question {number}?\nA: answer {number}\n" for number in range(4))
    (tmp_path / "note.md").write_text(f"# Numbers\n\n{note}", encoding="utf-8")
    desk = open_desk(request([str(tmp_path)]))
    first = desk.library.order[0]
    drafts = [
        Draft("review", first, {"grade": grade, "took_ms": 2500}, Moment(NOW.ms - days * DAY_MS, 0))
        for days, grade in ((30, 3), (29, 4), (5, 1))
    ]
    for event in desk.store.append_all(drafts):
        desk.memory.apply(event)
    yield desk
    desk.close()


def again(desk: Desk) -> Desk:
    """The same desk with its log replayed from the beginning."""
    return Desk(desk.request, desk.library, desk.store, replay(desk.store.events()))


def out(desk: Desk) -> list[str | None]:
    return [desk.memory.out(key, TODAY) for key in desk.library.order]


def test_many_are_put_out_and_back_by_events_that_a_replay_understands(table: Desk) -> None:
    keys = table.library.order
    bulk.put(table, "suspend", keys[:2], NOW)
    bulk.put(table, "bury", keys[2:], NOW)
    assert out(table) == out(again(table)) == ["suspended", "suspended", "buried", "buried"]
    assert bulk.wanting(table, "suspend", keys, NOW) == keys[2:]
    assert bulk.wanting(table, "bury", keys, NOW) == []
    bulk.put(table, "resume", bulk.wanting(table, "resume", keys, NOW), NOW)
    assert out(table) == out(again(table)) == [None] * 4


def test_taking_back_leaves_what_was_so_before(table: Desk) -> None:
    keys = table.library.order
    bulk.put(table, "suspend", keys[:1], NOW)
    events = bulk.put(table, "bury", keys[2:], NOW)
    bulk.take_back(table, events, NOW)
    assert out(table) == out(again(table)) == ["suspended", None, None, None]


def test_the_text_of_a_card_is_kept_with_its_first_event(table: Desk) -> None:
    keys = table.library.order
    first, second = bulk.put(table, "suspend", keys[1:2], NOW), bulk.put(table, "bury", keys[1:2], NOW)
    assert first[0].payload["text"]["front"] == "question 1?"
    assert "text" not in second[0].payload


def test_a_forgotten_card_is_new_and_undo_gives_back_the_same_state(table: Desk) -> None:
    key = table.library.order[0]
    before = table.memory.state(key)
    assert before is not None
    events = bulk.forget(table, table.library.order, NOW)
    assert len(events) == 3
    assert table.memory.state(key) is None
    assert again(table).memory.state(key) is None
    assert diary(table.memory, key) == []
    bulk.take_back(table, events, NOW)
    assert table.memory.state(key) == before == again(table).memory.state(key)


def test_a_schedule_of_another_program_is_forgotten_too(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_text("#flashcards\nfront of it::back of it\n<!--SR:!2026-01-01,10,250-->\n", encoding="utf-8")
    desk = open_desk(request([str(tmp_path)]))
    key = desk.library.order[0]
    assert desk.memory.state(key) is not None
    bulk.forget(desk, [key], NOW)
    assert desk.memory.state(key) is None
    desk.close()
    desk = open_desk(request([str(tmp_path)]))
    assert desk.memory.state(key) is None  # nor is it taken over again
    desk.close()


def test_a_log_that_cannot_be_written_changes_nothing(table: Desk) -> None:
    table.store.close()
    with pytest.raises(StudytoolError):
        bulk.put(table, "suspend", table.library.order, NOW)
    assert out(table) == [None] * 4


def test_a_diary_has_every_answer_with_the_state_it_led_to(table: Desk) -> None:
    key = table.library.order[0]
    entries = diary(table.memory, key)
    assert [entry.grade for entry in entries] == [3, 4, 1]
    assert [entry.state.reviews for entry in entries] == [1, 2, 3]
    assert entries[-1].state == table.memory.state(key)
    assert entries[0].wait == 600_000
    assert entries[0].took_ms == 2500


def test_a_diary_goes_on_over_an_edit_of_the_card(table: Desk) -> None:
    first, second = table.library.order[:2]
    card = table.card(second)
    assert card is not None
    event = table.store.append("relink", second, {"from": first, "text": card_text(card)}, NOW)
    table.memory.apply(event)
    assert [entry.grade for entry in diary(table.memory, second)] == [3, 4, 1]
    assert diary(table.memory, first) == []


def test_the_curve_is_whole_at_each_answer_and_falls_between(table: Desk) -> None:
    entries = diary(table.memory, table.library.order[0])
    days, recalls = recall_between(entries, NOW, steps=4)
    assert len(days) == 3 * 5
    assert days[0] == 0
    assert days[-1] == pytest.approx(30)
    assert [recalls[at] for at in (0, 5, 10)] == [1, 1, 1]
    for start in (0, 5, 10):
        assert recalls[start : start + 5] == sorted(recalls[start : start + 5], reverse=True)
    assert recalls[9] == pytest.approx(entries[1].state.retrievability(entries[2].moment), abs=1e-6)
    assert recall_between([], NOW) == ([], [])
