"""Home: what is taken back there, and given back: cards brought back, histories of edited cards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from studytool.app.screens.around_topics import become
from studytool.bulk import put
from studytool.desk import card_text, open_desk, request
from studytool.desk.returning import Undone
from studytool.memory import Grade


def told_of(pilot):
    """What the toasts say, together."""
    return " ".join(note.message for note in pilot.app._notifications)


async def told_what_changed(pilot, until):
    """Wait until it is told what an edit has changed: that takes the place of what was said before."""
    await until(pilot, lambda: pilot.app.editions._resting is None and not pilot.app.editions.is_at_work)


async def test_edited_cards_keep_their_history_and_a_key_takes_that_back(opened, library, clock, text, until):
    table = open_desk(request([str(library)]))
    session = table.session(clock())
    card = table.card(session.shown(clock()).key)
    assert "Cairo" in card.front
    session.answer(Grade.EASY, clock(), text=card_text(card))
    table.close()
    note = library / "rivers.md"
    note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "1 edited card keeps its history." in text(pilot))
        (link,) = pilot.app.desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "u once more takes that back: Which river" in told_of(pilot))
        assert pilot.app.desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card starts anew: Which" in text(pilot))
        assert pilot.app.desk.memory.state(link.target) is None
        assert "Undo" not in text(pilot).splitlines()[-1]
        await pilot.press("u")
        await until(pilot, lambda: "Nothing to take back here" in text(pilot))


async def test_a_card_answered_since_it_was_linked_keeps_that_answer(opened, library, clock, text, until):
    note = library / "rivers.md"
    async with opened() as pilot:
        desk = pilot.app.desk

        def answer(key: str) -> None:
            payload = {"grade": 3, "text": desk.text_of(desk.card(key))}
            desk.memory.apply(desk.store.append("review", key, payload, desk.memory.after(key, clock())))

        answer(desk.library.order[0])
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: len(desk.relinked) == 1)
        await told_what_changed(pilot, until)
        edited = desk.relinked[0].target
        answer(edited)
        await pilot.press("u")
        await until(pilot, lambda: "It keeps only the answers to these words if u once more" in told_of(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card keeps only the answers to these words: Which" in text(pilot))
        assert len(list(desk.memory.answers(edited))) == 1


async def test_taking_links_back_says_which_form_has_the_history_then(opened, library, clock, text, until):
    note = library / "rivers.md"
    original = note.read_text("utf-8")
    async with opened() as pilot:
        desk = pilot.app.desk
        key = desk.library.order[0]
        desk.session(clock()).answer(Grade.EASY, clock(), text=desk.text_of(desk.card(key)))
        once = original.replace("runs through Cairo", "flows through Cairo")
        for number, now in enumerate((once, once.replace("flows through Cairo", "flows past Cairo"), original), 1):
            note.write_text(now, "utf-8")
            await until(pilot, lambda number=number: len(desk.relinked) == number)
            await told_what_changed(pilot, until)
        asked = (
            "It keeps only the answers to these words if u once more takes that back: Which",
            "No card of your notes changes if u once more takes that back: Which",
        )
        done = (
            "Undone: 1 edited card keeps only the answers to these words: Which",
            "Undone: no card of your notes changes: Which",
        )
        for question, answer in zip(asked, done, strict=True):
            await pilot.press("u")
            await until(pilot, lambda question=question: question in told_of(pilot))
            await pilot.press("u")
            await until(pilot, lambda answer=answer: answer in told_of(pilot))
            assert desk.memory.state(key) is not None
        assert desk.relinked == ()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Undone([], [], ["One?"]), "1 earlier form in your notes again gets its answers back"),
        (
            Undone(["One?"], ["Two?", "Three?"], ["Four?", "Five?"]),
            "1 edited card starts anew and 2 edited cards keep only the answers to these words "
            "and 2 earlier forms in your notes again get their answers back",
        ),
    ],
)
def test_what_becomes_of_cards_is_told_of_each_kind(found: Undone, told: str) -> None:
    assert become(found) == told


async def test_a_history_is_taken_back_once_a_search_has_done_with_the_memory(opened, library, clock, text, until):
    async with opened() as pilot:
        desk = pilot.app.desk
        key = desk.library.order[0]
        desk.session(clock()).answer(Grade.EASY, clock(), text=desk.text_of(desk.card(key)))
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: desk.relinked)
        await told_what_changed(pilot, until)
        await pilot.press("u")
        await until(pilot, lambda: "u once more takes that back: Which river" in told_of(pilot))
        with desk.remembering:  # as a thread holds it
            await pilot.press("u", "u")
            assert desk.relinked
            assert "8 new today" in text(pilot)
        await until(pilot, lambda: not pilot.app.screen._unlinking.is_at_work)
        assert told_of(pilot).count("Undone") == told_of(pilot).count("Undone: 1 edited card starts anew: Which") == 1
        assert not desk.relinked
        await until(pilot, lambda: "9 new today" in text(pilot))


async def test_a_history_that_was_taken_back_is_given_back_though_the_notes_were_opened_again(
    opened, library, clock, text, until
):
    async with opened(size=(120, 40)) as pilot:
        app, desk = pilot.app, pilot.app.desk
        key = desk.library.order[0]
        desk.session(clock()).answer(Grade.EASY, clock(), text=desk.text_of(desk.card(key)))
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: desk.relinked)
        await told_what_changed(pilot, until)
        (link,) = desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "u once more takes that back" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card starts anew" in text(pilot))
        app.reopen(app.opening.request)
        await until(pilot, lambda: app.desk is not desk and "U Redo" in text(pilot).splitlines()[-1])
        assert app.desk.memory.state(link.target) is None
        await pilot.press("U")
        await until(pilot, lambda: "Given back: 1 edited card keeps its history" in told_of(pilot))
        assert app.desk.memory.state(link.target) is not None
        await until(pilot, lambda: "U Redo" not in text(pilot).splitlines()[-1])


@pytest.mark.parametrize("since", ["j", ""])
async def test_a_key_that_asks_first_asks_again_after_another_key_or_when_the_question_is_gone(
    opened, library, clock, text, until, since
):
    table = open_desk(request([str(library)]))
    session = table.session(clock())
    card = table.card(session.shown(clock()).key)
    session.answer(Grade.EASY, clock(), text=card_text(card))
    table.close()
    note = library / "rivers.md"
    note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
    async with opened(size=(120, 40)) as pilot:
        await until(pilot, lambda: pilot.app.desk.relinked)
        await told_what_changed(pilot, until)
        await pilot.press("u")
        await until(pilot, lambda: "It starts anew if u once more takes that back: Which river" in text(pilot))
        assert told_of(pilot).rstrip().endswith("Cairo? · then U gives it back.")
        if since:
            await pilot.press(since)
            await until(pilot, lambda: "takes that back" not in text(pilot))
        else:
            pilot.app.clear_notifications()
        await pilot.press("u")
        await until(pilot, lambda: "u once more takes that back" in text(pilot))
        assert pilot.app.desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card starts anew" in text(pilot))
        assert not pilot.app.desk.relinked


async def test_what_is_brought_back_at_home_can_be_taken_back_there(opened, clock, text, until):
    async with opened(size=(120, 40)) as pilot:
        desk = pilot.app.desk
        put(desk, "suspend", desk.library.order[:3], clock())
        await pilot.press("r")
        await until(pilot, lambda: "3 cards are back. u takes it back." in text(pilot))
        assert desk.put_out(None, clock()) == []
        await until(pilot, lambda: "u Undo" in text(pilot).splitlines()[-1])
        await pilot.press("u")
        await until(pilot, lambda: "Taken back: “3 cards are back”." in text(pilot))
        assert desk.put_out(None, clock()) == list(desk.library.order[:3])
        assert Counter(event.kind for event in desk.store.events()) == {"suspend": 3, "resume": 3, "undo": 3}
        assert "Undo" not in text(pilot).splitlines()[-1]


async def test_cards_that_were_studied_since_they_were_brought_back_stay(opened, clock, text, until):
    async with opened(size=(120, 40)) as pilot:
        desk = pilot.app.desk
        keys = desk.library.order[:3]
        put(desk, "suspend", keys, clock())
        await pilot.press("r")
        await until(pilot, lambda: "3 cards are back. u takes it back." in text(pilot))
        clock.time += timedelta(minutes=1)
        session = desk.session(clock(), found=[keys[1]])
        assert session.shown(clock()).key == keys[1]
        session.answer(Grade.EASY, clock())
        await pilot.press("u")
        await until(pilot, lambda: "1 card that you have studied since stays." in text(pilot))
        assert desk.put_out(None, clock()) == [keys[0], keys[2]]


async def test_what_came_last_is_taken_back_first_whether_cards_came_back_or_a_history(
    opened, library, clock, text, until
):
    async with opened() as pilot:
        desk = pilot.app.desk
        key = desk.library.order[0]
        desk.session(clock()).answer(Grade.EASY, clock(), text=desk.text_of(desk.card(key)))
        put(desk, "suspend", [desk.library.order[-1]], clock())
        await pilot.press("r")
        await until(pilot, lambda: "1 card is back. u takes it back." in text(pilot))
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: pilot.app.desk.relinked)
        await told_what_changed(pilot, until)
        await pilot.press("u")
        await until(pilot, lambda: "u once more takes that back: Which river" in told_of(pilot))
        assert pilot.app.desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card starts anew: Which" in text(pilot))
        assert desk.put_out(None, clock()) == []
        await pilot.press("u")
        await until(pilot, lambda: "Taken back: “1 card is back”." in text(pilot))


async def test_histories_that_were_taken_back_are_given_back_by_a_key_as_often_as_one_likes(
    opened, library, clock, text, until
):
    note = library / "rivers.md"
    async with opened(size=(120, 40)) as pilot:
        desk = pilot.app.desk
        for key in desk.library.order[:2]:
            desk.session(clock(), found=[key]).answer(Grade.EASY, clock(), text=desk.text_of(desk.card(key)))
        assert "U Redo" not in text(pilot).splitlines()[-1]
        for number, (before, after) in enumerate((("runs through", "flows through"), ("crossed by", "spanned by")), 1):
            note.write_text(note.read_text("utf-8").replace(before, after), "utf-8")
            await until(pilot, lambda number=number: len(desk.relinked) == number)
            await told_what_changed(pilot, until)
        one, two = desk.relinked
        states = [desk.memory.state(link.target) for link in (one, two)]
        assert None not in states
        for link in (two, one):
            await pilot.press("u")
            await until(pilot, lambda: "then U gives it back." in told_of(pilot))
            await pilot.press("u")
            await until(pilot, lambda link=link: link.front in told_of(pilot) and "U gives that back" in told_of(pilot))
            assert desk.memory.state(link.target) is None
        await until(pilot, lambda: "U Redo" in text(pilot).splitlines()[-1])
        for link in (one, two):
            await pilot.press("U")
            given = f"Given back: 1 edited card keeps its history: {link.front} · u takes that back again."
            await until(pilot, lambda given=given: given in told_of(pilot))
        assert desk.relinked == (one, two)
        assert [desk.memory.state(link.target) for link in (one, two)] == states
        await until(pilot, lambda: "U Redo" not in text(pilot).splitlines()[-1])
        await pilot.press("u", "u")
        await until(pilot, lambda: desk.relinked == (one,))
        kinds = Counter(event.kind for event in desk.store.events())
    assert kinds == {"review": 2, "relink": 2, "undo": 5}
    table = open_desk(request([str(library)]))
    assert table.memory.state(one.target) is not None, "what was given back goes on after a start"
    assert table.memory.state(two.target) is None
    table.close()
