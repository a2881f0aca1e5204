"""The table of cards: searching while one types, sorting, marks, and what is done with the marked."""

from __future__ import annotations

import sys

import pytest
from textual.content import Content
from textual.widgets import Input

from studytool.app.roll import Standing
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.history import HistoryScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.widgets.card_table import CardTable, TableHead
from studytool.app.widgets.lines import fitted
from studytool.bulk import put
from studytool.desk import card_text, open_desk, request
from studytool.memory import Draft, Grade, Moment
from studytool.memory.events import DAY_MS
from studytool.text import cells
from tests.app.card_rows import fronts, table


@pytest.fixture
def learned(library, clock):
    """Answers to two cards: that of Cairo twice, lately "again"; that of the Vltava once."""
    desk = open_desk(request([str(library)]))
    by_front = {card.front: card for card in desk.library.studied()}
    cairo = by_front["Which river runs through Cairo?"]
    vltava = by_front["Which river is crossed by the Charles Bridge?"]
    now = clock()
    drafts = [
        Draft("review", cairo.key, {"grade": 4, "took_ms": 3000, "text": card_text(cairo)}, _days(now, 40)),
        Draft("review", vltava.key, {"grade": 4, "took_ms": 3000, "text": card_text(vltava)}, _days(now, 2)),
        Draft("review", cairo.key, {"grade": 1, "took_ms": 9000}, _days(now, 3)),
        Draft("review", cairo.key, {"grade": 3, "took_ms": 2000}, _days(now, 3, later=900_000)),
    ]
    desk.store.append_all(drafts)
    desk.close()
    return cairo, vltava


def _days(now: Moment, days: int, later: int = 0) -> Moment:
    return Moment(now.ms - days * DAY_MS + later, now.offset)


async def test_home_opens_the_table_and_escape_leads_back(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold" in text(pilot))
        await pilot.press("slash")
        await until(pilot, lambda: "Which river runs through Cairo?" in text(pilot) and "9 all cards" in text(pilot))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_cards_are_found_letter_by_letter_while_the_cursor_stays_in_the_query(opened, text, until):
    async with opened(start="browse") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and table(pilot).count == 9)
        await pilot.press(*"river")
        await until(pilot, lambda: table(pilot).count == 8)
        await pilot.press(*"s cai")
        await until(pilot, lambda: table(pilot).count == 1)
        assert isinstance(pilot.app.focused, Input)
        assert "Cairo" in fronts(pilot)[0]
        await pilot.press(*(["backspace"] * 10))
        await until(pilot, lambda: table(pilot).count == 9)
        await pilot.press("pagedown", "pageup")
        assert isinstance(pilot.app.focused, Input)


async def test_down_goes_from_the_query_to_the_cards_where_letters_are_keys(opened, text, until):
    async with opened(start="browse") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and table(pilot).count == 9)
        await pilot.press("down", "down", "m")
        assert list(table(pilot).marked) == [table(pilot).keys[1]]
        assert not pilot.app.screen.query_one(Input).value


async def test_a_query_that_cannot_be_read_is_told_of_quietly_and_the_cards_stay(opened, text, until):
    async with opened(start="browse") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and table(pilot).count == 9)
        await pilot.press("left_parenthesis")
        await until(pilot, lambda: "9 all cards" not in text(pilot))
        assert table(pilot).count == 9
        assert "Cairo" in text(pilot)
        await pilot.press("backspace", *"tpoic:x")
        await until(pilot, lambda: "did you mean `topic:`?" in text(pilot))
        await pilot.press(*(["backspace"] * 7), *"topic:rivrs")
        await until(pilot, lambda: "Did you mean `topic:Rivers`? No card has the topic rivrs." in text(pilot))
        await pilot.press(*(["backspace"] * 11), *"zebra")
        await until(pilot, lambda: "No card is found." in text(pilot))


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
async def test_what_is_wrong_with_a_query_is_read_whole(opened, text, until, size):
    async with opened(start="browse", size=size) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and table(pilot).count == 9)
        await pilot.press(*"is:zzzz")
        await until(pilot, lambda: "knows no `zzzz`" in text(pilot))
        await until(pilot, lambda: "cloze, open, choice." in " ".join(text(pilot).split()))
        await pilot.press(*["backspace"] * 7)
        await until(pilot, lambda: "9 all cards" in text(pilot))
        assert pilot.app.screen.query_one("#found").size.height == 1


async def test_a_search_of_the_command_line_is_where_it_begins(opened, text, until):
    async with opened(start="browse", search="is:open") as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and table(pilot).count == 1)
        assert "old cities" in text(pilot)
        assert pilot.app.focused is table(pilot)


async def test_rows_say_where_cards_stand(browsing, learned, text, until):
    async with browsing(size=(140, 24)) as pilot:
        row = next(line for line in text(pilot).splitlines() if "Cairo" in line)
        assert "due" in row.split()
        assert "1 lapse" not in row
        assert row.split()[-1] == "rivers.md:4"
        known = next(line for line in text(pilot).splitlines() if "Charles" in line)
        assert "known" in known
        assert "in " in known
        new = next(line for line in text(pilot).splitlines() if "Danube" in line)
        assert "new" in new


async def test_a_digit_sorts_and_once_more_turns_it_round_and_what_has_nothing_stays_last(browsing, learned, until):
    cairo, vltava = learned
    async with browsing() as pilot:
        await pilot.press("6")
        await until(pilot, lambda: list(table(pilot).keys)[:2] == [cairo.key, vltava.key])
        await pilot.press("6")
        await until(pilot, lambda: list(table(pilot).keys)[:2] == [vltava.key, cairo.key])
        await pilot.press("1")
        await until(pilot, lambda: fronts(pilot) == sorted(fronts(pilot), key=str.casefold))
        await pilot.press("0")
        await until(pilot, lambda: list(table(pilot).keys) == pilot.app.desk.library.order)


@pytest.mark.parametrize(("kind", "told"), [("suspend", "–"), ("bury", "in 1 d")])
async def test_a_card_that_was_put_aside_is_not_told_to_be_due_now(browsing, learned, clock, until, text, kind, told):
    cairo, vltava = learned
    async with browsing(size=(140, 24)) as pilot:
        put(pilot.app.desk, kind, [cairo.key], clock())
        await pilot.press("4")
        await until(pilot, lambda: any("Cairo" in line and f" {told} " in line for line in text(pilot).splitlines()))
        last = kind == "suspend"  # with the cards that have no day either
        await until(pilot, lambda: (table(pilot).keys[0] == vltava.key) is last)
        await pilot.press("4")
        await until(pilot, lambda: pilot.app.screen._found.asked.reverse)
        await until(pilot, lambda: table(pilot).keys[0] == vltava.key)


async def test_each_column_can_be_sorted_by_and_loses_no_card(browsing, learned, until):
    async with browsing() as pilot:
        everything = set(table(pilot).keys)
        for number in range(1, 9):
            await pilot.press("t")
            column = pilot.app.screen._column
            await until(pilot, lambda column=column: table(pilot)._sorted == column)
            assert set(table(pilot).keys) == everything, number
            await pilot.press("T")
            await until(pilot, lambda: pilot.app.screen._found.asked.reverse)
            assert set(table(pilot).keys) == everything, number
        await pilot.press("t")
        await until(pilot, lambda: table(pilot)._sorted == "")


async def test_a_click_on_the_head_sorts(browsing, until, text):
    async with browsing(size=(120, 24)) as pilot:
        line = next(line for line in text(pilot).splitlines() if "prompt" in line and "topic" in line)
        await pilot.click(TableHead, offset=(line.index("topic"), 0))
        await until(pilot, lambda: table(pilot)._sorted == "topic")


async def test_the_cursor_stays_on_its_card_when_the_order_changes(browsing, until):
    async with browsing() as pilot:
        await pilot.press("j", "j", "j")
        key = table(pilot).key
        await pilot.press("1")
        await until(pilot, lambda: table(pilot)._sorted == "prompt")
        assert table(pilot).key == key


async def test_forgetting_makes_a_card_new_and_can_be_taken_back(browsing, learned, until):
    cairo, _ = learned
    async with browsing() as pilot:
        before = pilot.app.desk.memory.state(cairo.key)
        assert table(pilot).key == cairo.key
        await pilot.press("F")
        await until(pilot, lambda: pilot.app.desk.memory.state(cairo.key) is None)
        assert [event.kind for event in pilot.app.desk.store.events()].count("review") == 4
        await until(pilot, lambda: pilot.app.screen._undo)
        await pilot.press("u")
        await until(pilot, lambda: pilot.app.desk.memory.state(cairo.key) == before)


async def test_where_nothing_is_found_enter_stays_in_the_query_and_escape_leaves_it(browsing, until, text):
    async with browsing() as pilot:
        await pilot.press("slash", *"zzz")
        await until(pilot, lambda: "No card is found" in text(pilot) or not pilot.app.screen._found.keys)
        await pilot.press("enter", "down", *"s2")
        assert pilot.app.screen.query_one(Input).value == "zzzs2"
        assert not table(pilot).has_focus
        await pilot.press("escape")
        await until(pilot, lambda: table(pilot).has_focus)


async def test_the_preview_comes_with_space_and_by_itself_where_there_is_room(browsing, text, until):
    async with browsing() as pilot:
        assert "The Nile." not in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "Vltava" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "Vltava" not in text(pilot))
    async with browsing(size=(120, 40)) as pilot:
        await until(pilot, lambda: "The Nile." in text(pilot))


async def test_in_the_preview_a_long_path_has_a_line_of_its_own(browsing, text, until, library):
    long = library / "a folder with a name that is rather long" / "and another one that lies in it"
    long.mkdir(parents=True)
    (library / "rivers.md").rename(long / "rivers.md")
    async with browsing(size=(100, 40)) as pilot:
        await pilot.press("down", "down")
        await until(pilot, lambda: "a name that is rather long/and another" in text(pilot))
        lines = [line.strip() for line in text(pilot).splitlines()]
        assert "new" in lines
        assert not [line for line in lines if line.endswith("·")]


async def test_enter_shows_the_card_with_every_answer_and_its_curve(browsing, learned, text, until):
    async with browsing(size=(120, 40)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen) and "Forgetting curve" in text(pilot))
        lines = text(pilot).splitlines()
        dated = [line[line.index("2026-0") :].split() for line in lines if "2026-0" in line]
        assert [(line[0], line[1]) for line in dated] == [
            ("2026-02-27", "good"),
            ("2026-02-27", "again"),
            ("2026-01-21", "easy"),
        ]
        assert "2 s" in " ".join(dated[0])
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen))


async def test_a_card_that_was_never_answered_has_no_curve(browsing, text, until):
    async with browsing() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "It was never answered." in text(pilot))
        assert "Forgetting curve" not in text(pilot)


async def test_o_opens_the_note_at_the_line(browsing, until, tmp_path, monkeypatch):
    told = tmp_path / "told"
    editor = tmp_path / "editor.py"
    editor.write_text(f"import sys\nopen({str(told)!r}, 'w').write(' '.join(sys.argv[1:]))\n")
    monkeypatch.setenv("VISUAL", f"{sys.executable} {editor}")
    from contextlib import nullcontext

    async with browsing() as pilot:
        monkeypatch.setattr(pilot.app, "suspend", nullcontext)  # there is no terminal here
        await pilot.press("o")
        await until(pilot, told.exists)
        assert told.read_text().endswith("+4 notes/rivers.md")


async def test_an_edited_note_shows_at_once_and_a_mark_goes_with_its_card(browsing, learned, library, until):
    async with browsing() as pilot:
        await pilot.press("m")
        await until(pilot, lambda: pilot.app.opening.watching)
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: len(fronts(pilot)) == 9 and any("flows" in front for front in fronts(pilot)))
        (key,) = table(pilot).marked
        assert "flows" in pilot.app.desk.card(key).front


async def test_an_answer_from_another_window_shows(browsing, library, clock, until, text, monkeypatch):
    monkeypatch.setattr("studytool.app.screens.browse._LISTEN", 0.1)
    async with browsing() as pilot:
        other = open_desk(request([str(library)]))
        session = other.session(clock())
        session.shown(clock())
        session.answer(Grade.AGAIN, clock())
        other.close()
        await until(pilot, lambda: " later " in text(pilot))


async def test_hostile_text_in_a_row_is_only_read(opened, library, until, text):
    hostile = "Q: [@click=app.quit]W[i] [/] \u202egnirts\u202c | 漢字漢字 ｗｉｄｅ e\u0301?\nA: x\n"
    (library / "rivers.md").write_text(hostile, encoding="utf-8")
    async with opened(start="browse") as pilot:
        await until(
            pilot, lambda: isinstance(pilot.app.screen, BrowseScreen) and "[@click=app.quit]W[i]" in text(pilot)
        )
        assert all(Content(line).cell_length == 80 for line in text(pilot).splitlines())


async def test_a_hundred_thousand_rows_are_not_made_before_they_are_seen(browsing, until, monkeypatch):
    async with browsing() as pilot:
        asked: list[int] = []
        made = CardTable.row
        monkeypatch.setattr(
            CardTable, "row", lambda self, number, width: (asked.append(number), made(self, 0, width))[1]
        )
        widget = table(pilot)
        widget.keys = list(widget.keys) * 20_000
        widget.show(len(widget.keys), 0)
        await pilot.press("G")
        await until(pilot, lambda: len(widget.keys) - 1 in asked)
        await pilot.press("pageup", "pagedown", "g")
        await until(pilot, lambda: widget.cursor == 0)
        assert len(set(asked)) < 5 * widget.page


@pytest.mark.parametrize(
    "word", ["", "abc", "abcdefghij", "漢字漢字漢字", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"]
)
def test_a_text_fits_its_column_exactly(word):
    for width in range(9):
        for right in (False, True):
            assert cells(fitted(word, width, right=right)) == width


async def test_the_rows_of_the_next_page_are_made_before_they_are_asked_for(browsing, until):
    async with browsing(size=(80, 12)) as pilot:
        seen = table(pilot)
        await until(pilot, lambda: len(seen._rows) == 9)
        assert seen.page < 9


@pytest.mark.parametrize(
    ("state", "due", "told"),
    [("due", "3 d ago", "due   3 d ago"), ("known", "in 3 d", "known   due in 3 d"), ("new", "", "new")],
)
def test_the_history_of_a_due_card_says_that_once(state, due, told):
    assert HistoryScreen._stands(Standing(state, "", due)) == told
