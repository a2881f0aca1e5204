"""The map of the topics: what stands below what, how well each is known, and where its keys lead."""

from __future__ import annotations

import pytest

from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.map import MapRows, MapScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.topic_map import topic_map
from studytool.app.widgets.card_table import CardTable
from studytool.desk import open_desk, request
from studytool.memory import Grade, Moment


def write(folder, **notes: str) -> None:
    """Notes of one card each: name and the topics they come after."""
    for name, after in notes.items():
        path = folder / f"{name.replace('__', '/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        title = path.stem
        path.write_text(f"---\ntitle: {title}\nafter: [{after}]\n---\nQ: what is {title}?\nA: it.\n", encoding="utf-8")


@pytest.fixture
def drawn(tmp_path, clock):
    """`drawn(folder)` is the map of the notes there as rows of text."""

    def draw() -> list[str]:
        desk = open_desk(request([str(tmp_path / "vault")]))
        places = topic_map(desk.library, desk.overview(clock()).topics)
        desk.close()
        return [place.lines + place.name for place in places]

    return draw


def test_a_topic_stands_below_the_last_of_those_it_comes_after(tmp_path, drawn):
    write(tmp_path / "vault", a="", b="a", c="a", d="'b', c", e="")
    assert drawn() == ["a", "├─b", "╰─c", "  ╰─d", "e"]


def test_topics_that_come_after_nothing_stand_in_their_folders(tmp_path, drawn):
    write(tmp_path / "vault", seas__north="", seas__cold__white="north", lakes__deep__baikal="", top="")
    assert drawn() == ["top", "lakes", "╰─deep", "  ╰─baikal", "seas", "╰─north", "  ╰─white"]


def test_topics_in_a_circle_are_all_there_once(tmp_path, drawn):
    write(tmp_path / "vault", a="c", b="a", c="b")
    assert sorted(row.lstrip("├╰─│ ") for row in drawn()) == ["a", "b", "c"]


def test_a_topic_without_cards_is_there_only_where_it_leads_to_others(tmp_path, drawn):
    write(tmp_path / "vault", b="hub")
    (tmp_path / "vault" / "hub.md").write_text("# hub\n\nNo card here.\n")
    (tmp_path / "vault" / "bare.md").write_text("# bare\n\nNor here.\n")
    assert drawn() == ["hub", "╰─b"]


def test_a_long_chain_is_drawn_without_an_end_to_the_right(tmp_path, drawn):
    write(tmp_path / "vault", **{f"t{at:03}": f"t{at - 1:03}" if at else "" for at in range(60)})
    rows = drawn()
    assert len(rows) == 60
    assert max(map(len, rows)) < 50


def test_a_learning_step_is_due_on_the_map_when_it_is_at_home(library, clock):
    desk = open_desk(request([str(library)]))
    session = desk.session(clock())
    for _ in range(2):
        session.shown(clock())
        session.answer(Grade.GOOD, clock())
    for minutes, due in ((9, 0), (10, 2)):
        seen = desk.overview(Moment(clock().ms + minutes * 60_000, 0))
        assert (seen.due, seen.later) == (due, 2 - due)
        assert [place.due for place in topic_map(desk.library, seen.topics)] == [due, 0]
    desk.close()


async def to_map(pilot, until, text, sign: str) -> None:
    """From home to the map, which shows this sign."""
    await until(pilot, lambda: "Threshold" in text(pilot))
    await pilot.press("m")
    await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen) and sign in text(pilot))


async def test_home_opens_the_map_and_enter_studies_the_topic(opened, text, until):
    async with opened() as pilot:
        await to_map(pilot, until, text, "╰─○ Threshold units")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "weighted sum" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen))


async def test_recall_is_told_by_a_number_and_a_bar(opened, library, clock, text, until):
    desk = open_desk(request([str(library)]))
    session = desk.session(clock(), ["Threshold units"])
    session.shown(clock())
    session.answer(Grade.EASY, clock())
    desk.close()
    async with opened() as pilot:
        await to_map(pilot, until, text, "╰─● Threshold")
        row = next(line for line in text(pilot).splitlines() if "Threshold" in line)
        assert "1/1" in row
        assert "━━━━━━━━━━" in row
        assert "100%" in row


async def test_slash_shows_the_cards_of_the_topic(opened, text, until):
    async with opened() as pilot:
        await to_map(pilot, until, text, "Rivers")
        await pilot.press("j", "slash")
        await until(pilot, lambda: isinstance(pilot.app.screen, BrowseScreen))
        await until(pilot, lambda: pilot.app.screen.query_one(CardTable).count == 1)
        await until(pilot, lambda: "What does a perceptron" in text(pilot))


async def test_where_there_is_room_the_ways_between_topics_are_told(opened, text, until):
    async with opened(size=(120, 30)) as pilot:
        await to_map(pilot, until, text, "Opens the way to")
        await pilot.press("j")
        await until(pilot, lambda: "Comes after" in text(pilot))
        assert pilot.app.screen.query_one(MapRows).cursor == 1


async def test_in_the_narrowest_window_the_names_of_the_map_have_its_rows(opened, text, until):
    async with opened(size=(20, 12)) as pilot:
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen) and "Rivers" in text(pilot))
        assert any(line.split()[:2] == ["╰─○", "Threshold"] for line in text(pilot).splitlines())
        assert "due" not in text(pilot)


def test_topics_of_one_title_are_called_by_it_below_their_folders(tmp_path, clock):
    for folder in ("lakes", "seas"):
        for title, after in (("One", ""), ("Two", "One")):
            path = tmp_path / "vault" / folder / f"{title}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                f"---\nafter: [{after}]\n---\n# {title}\n\nQ: is {folder} {title}?\nA: yes\n", encoding="utf-8"
            )
    desk = open_desk(request([str(tmp_path / "vault")]))
    places = topic_map(desk.library, desk.overview(clock()).topics)
    desk.close()
    assert [(place.lines + place.title, place.name) for place in places] == [
        *(("lakes", "lakes"), ("╰─One", "lakes/One"), ("  ╰─Two", "lakes/Two")),
        *(("seas", "seas"), ("╰─One", "seas/One"), ("  ╰─Two", "seas/Two")),
    ]
