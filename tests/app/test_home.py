"""Home, and what is shown before it."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest

from studytool import clock as clocks
from studytool.app.app import StudyApp
from studytool.app.home.beside import in_a_line
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.widgets.rows import Rows
from studytool.demo import find
from studytool.desk import open_desk, open_shelf, request
from studytool.glance import LastQuiz
from studytool.memory import Grade
from studytool.memory.candidates import Held
from tests.app.one_note import only


async def test_a_library_that_takes_long_to_read_says_so_and_then_opens(library, monkeypatch, text, until):
    go_on = threading.Event()

    def slowly(wanted):
        go_on.wait(60)
        return open_shelf(wanted)

    monkeypatch.setattr("studytool.app.opening.open_shelf", slowly)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Reading the notes in notes" in text(pilot) and "ctrl+q Quit" in text(pilot))
        go_on.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Rivers" in text(pilot))


async def test_notes_without_a_card_are_not_done_and_say_where_to_look(opened, library, text, until):
    for note in library.iterdir():
        note.write_text("# A walk\n\nIt was a fine day.\n", encoding="utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "There are no cards in these notes. studytool check --all says why." in text(pilot))
        assert "All done" not in text(pilot)
        await pilot.press("q")
        told = pilot.app._notifications
        await until(pilot, lambda: any("There is no card in 2 notes. `studytool check" in one.message for one in told))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_name_of_a_topic_goes_before_the_columns_behind_it(opened, library, text, until, size):
    name = "Rivers of Bohemia and how they got their bends"
    note = library / "rivers.md"
    note.write_text(note.read_text(encoding="utf-8").replace("Rivers", name), encoding="utf-8")
    async with opened(size=size) as pilot:
        await until(pilot, lambda: re.search(rf"{name} +· .*–", text(pilot)))
        head = next(line for line in text(pilot).splitlines() if "topic" in line)
        assert all(column in head for column in ("due", "new", "recall"))


@pytest.mark.parametrize("width", range(66, 140))
@pytest.mark.parametrize("held", [Held(4), Held(over=4), Held(away_later=4), Held(1, over=2, away_later=1)], ids=str)
def test_the_line_below_the_topics_says_less_rather_than_being_cut(width, held):
    told = in_a_line([406, *[1] * 13], LastQuiz(3, 4, 740_000), held, 740_000, width).plain
    assert told.strip("█▁ ").startswith("406 today, 1 tomorrow, 412 in 7 days")
    assert "4 wait for another day" in told
    assert "…" not in told
    assert len(told) <= width
    assert ("last quiz 3/4, today" in told) == (width >= 85)


async def test_one_card_is_no_cards(opened, library, text, until):
    only(library, "Q: One?\nA: Two.\n")
    async with opened() as pilot:
        await until(pilot, lambda: "1 new today of 1 card ·" in text(pilot))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_cards_beyond_the_reviews_of_a_day_are_counted_beside_them(
    opened, studied, home, clock, text, until, size
):
    clock.time += timedelta(days=400)
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("reviews_per_day = 1\nnew_per_day = 0\n")
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "2 of 3 due" in text(pilot))  # one is a learning step, which comes all the same
        if size[0] == 120:
            assert "1 more is due and waits: `reviews_per_day`" in " ".join(text(pilot).replace("▏", "").split())
        await pilot.press("enter", *("space", "4") * 2)
        await until(pilot, lambda: "Done for now" in text(pilot) and "1 more is due and waits" in text(pilot))
        await pilot.press("escape")
        await until(
            pilot,
            lambda: (
                "All done for today." in text(pilot) and "1 more due than `reviews_per_day` lets come." in text(pilot)
            ),
        )


async def test_the_cursor_chooses_what_is_studied(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))


async def test_the_palette_finds_what_a_key_does(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        await pilot.press("ctrl+p", *"stud")
        await until(pilot, lambda: "Study the topic under the cursor" in text(pilot))
        assert "🔎" not in text(pilot)  # which few fonts have


async def test_light_and_dark_are_one_key_apart(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Rivers" in text(pilot))
        assert pilot.app.current_theme.dark
        await pilot.press("ctrl+t")
        await until(pilot, lambda: not pilot.app.current_theme.dark)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_why_fewer_new_cards_come_today_than_are_listed_is_said_at_home(opened, library, text, until, size):
    only(library, "# Two\n\nA {{c1::kernel}} slides over the {{c2::image}}.\n")
    short = "1 waits for another day: one card a text a day"
    long = "1 card waits for another day: of the cards made from one text one comes a day."
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "1 new today of 2 cards" in text(pilot))
        await until(pilot, lambda: (short if size[0] == 80 else long[:29]) in text(pilot))


@pytest.mark.parametrize(("day", "why"), [("", "No exam is set."), ("exam = 2026-03-01\n", "Exam was yesterday.")])
async def test_the_key_of_the_exam_offers_to_set_one_where_none_is_to_come(
    opened, library, clock, monkeypatch, text, until, day, why
):
    monkeypatch.setattr(clocks, "now", clock)
    (library / "studytool.toml").write_text(day)
    async with opened() as pilot:
        assert "For exam" not in text(pilot).splitlines()[-1]
        await pilot.press("x")
        said, told = f"{why} x once more opens the settings, to set one.", pilot.app._notifications
        await until(pilot, lambda: [one.message for one in told] == [said])
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, SettingsScreen) and not told)
        await until(pilot, lambda: "The day of an exam, such as" in text(pilot))
        await pilot.press("f", "enter", *["backspace"] * 12, *"2026-04-01", "enter")
        await until(pilot, lambda: pilot.app.desk.request.settings.exam == "2026-04-01")
        await pilot.press("escape")
        await until(pilot, lambda: "Exam in 30 days" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))


async def test_a_log_that_was_lost_is_told_of_at_home(opened, library, clock, until):
    table = open_desk(request([str(library)]))
    table.session(clock()).answer(Grade.GOOD, clock())
    log = table.store.path
    table.close()
    log.unlink()
    async with opened() as pilot:
        await until(pilot, lambda: [note.message for note in pilot.app._notifications])
        (said,) = [note.message for note in pilot.app._notifications]
        assert "studytool doctor --restore latest" in said


async def test_today_is_told_with_the_minutes_it_will_take(opened, studied, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "minute" in text(pilot))
        line = text(pilot).splitlines()[2]
        assert "due" in line
        assert "2 new today of 9 cards" in line
        assert "enter starts" in line
        for size in ((120, 40), (64, 24)):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: pilot.app.size.width == size[0] and "enter starts" in text(pilot))  # noqa: B023
            assert ("of 9 cards" in text(pilot)) is (size[0] > 64)


async def test_a_library_whose_new_cards_wait_because_others_came_today_says_so(opened, text, until, home):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("new_per_day = 0\n")
    async with opened(size=(80, 24)) as pilot:
        await until(
            pilot, lambda: "All done for today. The day's new cards, in all libraries, have come." in text(pilot)
        )
        await pilot.press("enter")
        await until(pilot, lambda: "No more new cards come today" in text(pilot))


@pytest.mark.parametrize(("size", "below"), [((80, 24), True), ((120, 40), False), ((200, 60), False)], ids=str)
async def test_what_is_coming_and_the_last_quiz_stand_below_or_beside(opened, studied, text, until, size, below):
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "in 7 days" in text(pilot) and "ast quiz" in text(pilot))
        lines = text(pilot).splitlines()
        assert ("in 7 days · last quiz 1/1, yesterday" in lines[-2]) is below
        if not below:
            await until(pilot, lambda: re.search(r"The year  \d+ days, all libraries", text(pilot)))
            assert any(line.count("■") > 5 for line in text(pilot).splitlines())


async def test_memory_is_told_by_a_sign_as_well_as_by_colour(opened, studied, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        rivers, units = (
            next(line for line in text(pilot).splitlines() if name in line) for name in ("Rivers", "units")
        )
        assert rivers.split()[0] in "●◕◑◔"
        assert units.split()[0] == "○"


async def test_topics_in_folders_are_a_tree_and_a_folder_is_studied_as_a_whole(opened, library, text, until):
    (library / "water").mkdir()
    (library / "rivers.md").rename(library / "water" / "rivers.md")
    (library / "water" / "lakes.md").write_text("# Lakes\n\nQ: Which lake is deepest?\nA: Baikal.\n", encoding="utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "water/" in text(pilot))
        lines = text(pilot).splitlines()
        folder = next(at for at, line in enumerate(lines) if "water/" in line)
        assert lines[folder + 1].index("Rivers") > lines[folder].index("water/")
        rows = [line.split()[1] for line in lines[5:9]]
        await pilot.press(*["down"] * rows.index("water/"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        topics = {pilot.app.desk.card(card.key).topic for card in pilot.app.desk.candidates()}
        assert topics == {"Lakes", "Rivers", "Threshold units"}
        assert set(pilot.app.screen._sitting._topics) == {"Lakes", "Rivers"}


async def test_topics_of_one_title_stand_each_in_its_folder(opened, library, text, until):
    for folder in ("lakes", "seas"):
        (library / folder).mkdir()
        (library / folder / "1.md").write_text(f"# Week 1\n\nQ: Are {folder} deep?\nA: Some.\n", encoding="utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "seas/" in text(pilot))
        names = [line[:30].strip(" ○") for line in text(pilot).splitlines()]
        at = names.index("lakes/")
        assert names[at : at + 4] == ["lakes/", "Week 1", "seas/", "Week 1"]
        await pilot.press(*["down"] * (at + 3 - names.index("Everything")), "enter")
        await until(pilot, lambda: "Are seas deep?" in text(pilot))
        assert "Study · seas/Week 1" in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: "lakes/" in text(pilot))
        (library / "lakes" / "1.md").unlink()
        await until(pilot, lambda: "lakes/" not in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Are seas deep?" in text(pilot))
        assert "Study · Week 1" in text(pilot)


async def test_keys_are_answered_while_the_rows_of_many_topics_are_written(opened, text, until, monkeypatch):
    async with opened(size=(120, 40)) as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot) and pilot.app._demos is not None)
        screen = pilot.app.screen
        rows = screen.query_one(Rows)
        monkeypatch.setattr("studytool.app.pieces._STRETCH", 0.0)
        monkeypatch.setattr("studytool.app.pieces._TURN", 0.2)
        monkeypatch.setattr("studytool.memory.pieces.PIECE", 1)
        screen._shape = None  # as if they were to be written for another width
        screen.count()
        await until(pilot, lambda: screen._filling.is_at_work)
        await pilot.press("down")
        assert screen._filling.is_at_work
        assert rows.highlighted == 1
        await until(pilot, lambda: not screen._filling.is_at_work)
        assert rows.highlighted == 1
        assert screen._shape is not None


async def test_the_files_of_the_demos_are_read_in_a_thread(opened, until, monkeypatch):
    read, list_demos = [], find.list_demos

    def listed():
        read.append(threading.current_thread())
        return list_demos()

    monkeypatch.setattr(find, "list_demos", listed)
    async with opened() as pilot:
        await until(pilot, lambda: pilot.app._demos is not None)
    assert len(read) == 1
    assert read[0] is not threading.main_thread()
