"""What is done in the table of cards with those that are marked, or with all that were found."""

from __future__ import annotations

from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.study import StudyScreen
from tests.app.card_rows import out, table


async def test_the_marked_are_suspended_together_and_one_key_takes_it_back(browsing, text, until):
    async with browsing() as pilot:
        await pilot.press("m", "j", "m")
        await until(pilot, lambda: "2 marked" in text(pilot))
        await pilot.press("s")
        await until(pilot, lambda: len(out(pilot)) == 2)
        assert [at for at, key in enumerate(table(pilot).keys) if key in out(pilot)] == [0, 2]
        await until(pilot, lambda: text(pilot).count("suspended") >= 3)  # two rows, and the sentence
        events = [event.kind for event in pilot.app.desk.store.events()]
        assert events == ["suspend", "suspend"]
        await pilot.press("u")
        await until(pilot, lambda: out(pilot) == [])
        assert [event.kind for event in pilot.app.desk.store.events()][2:] == ["undo", "undo"]


async def test_shift_marks_on_and_escape_first_takes_the_marks_away(browsing, until):
    async with browsing() as pilot:
        await pilot.press("shift+down", "shift+down")
        assert list(table(pilot).marked) == list(table(pilot).keys[:3])
        await pilot.press("escape")
        assert not table(pilot).marked
        assert isinstance(pilot.app.screen, BrowseScreen)


async def test_all_that_were_found_can_be_put_aside_and_brought_back(browsing, until):
    async with browsing() as pilot:
        await pilot.press("ctrl+a", "s")
        await until(pilot, lambda: len(out(pilot)) == 9)
        await pilot.press("r")
        await until(pilot, lambda: out(pilot) == [])
        await pilot.press("u")
        await until(pilot, lambda: len(out(pilot)) == 9)


async def test_what_is_done_to_more_cards_than_a_blink_allows_is_done_to_all_of_them(browsing, until, monkeypatch):
    monkeypatch.setattr("studytool.app.screens.changes_cards._AT_ONCE", 2)
    async with browsing() as pilot:
        await pilot.press("ctrl+a", "b")
        await until(pilot, lambda: len(out(pilot)) == 9 and not pilot.app.screen._busy)
        await pilot.press("u")
        await until(pilot, lambda: out(pilot) == [] and not pilot.app.screen._busy)


class Held:
    """A lock that a thread holds as long as the test likes; who waits for it keeps all keys waiting."""

    held = True
    asked = 0

    def acquire(self, blocking=True):
        assert not blocking
        self.asked += 1
        return not self.held

    def release(self):
        assert not self.held

    __enter__ = acquire


async def test_many_cards_are_changed_once_a_search_has_done_with_the_memory_and_keys_are_answered_until_then(
    browsing, until
):
    async with browsing() as pilot:
        lock = pilot.app.desk.remembering = Held()
        await pilot.press("ctrl+a", "b")
        await until(pilot, lambda: lock.asked > 1)
        assert out(pilot) == []
        lock.held = False
        await until(pilot, lambda: len(out(pilot)) == 9 and not pilot.app.screen._busy)
        lock.held, lock.asked = True, 0
        await pilot.press("u")
        await until(pilot, lambda: lock.asked > 1)
        assert len(out(pilot)) == 9
        lock.held = False
        await until(pilot, lambda: out(pilot) == [] and not pilot.app.screen._busy)


async def test_a_card_that_is_put_aside_here_is_found_again_when_it_was_edited(browsing, library, until):
    async with browsing() as pilot:
        key = table(pilot).key
        await pilot.press("s")
        await until(pilot, lambda: out(pilot) == [key])
        assert pilot.app.desk.memory.text(key)["front"] == "Which river runs through Cairo?"


async def test_a_cram_of_suspended_cards_says_that_they_are(browsing, until, text):
    async with browsing() as pilot:
        await pilot.press("m", "j", "m", "s")
        await until(pilot, lambda: len(out(pilot)) == 2)
        await pilot.press("c")
        await until(pilot, lambda: "Nothing to study here now" in text(pilot))
        assert "2 cards are left out: you put them aside." in " ".join(text(pilot).split())


async def test_the_marked_are_crammed_and_nothing_else(browsing, until, text):
    async with browsing() as pilot:
        keys = [table(pilot).keys[1], table(pilot).keys[3]]
        await pilot.press("j", "m", "j", "m", "c")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "Cram" in text(pilot))
        assert set(pilot.app.screen._sitting.session.keys) == set(keys)
