"""What is due, later, new, seen and put aside is told alike by every screen and every command."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from studytool import cli
from studytool import clock as clocks
from studytool.app.roll import Standings
from studytool.app.screens.map import MapScreen
from studytool.app.screens.note import NoteScreen
from studytool.app.screens.study import StudyScreen
from studytool.desk import open_desk, request
from studytool.memory import Draft, Moment
from studytool.memory.away import Away, payload_of
from tests.note_folder import note_folder

EASY, AGAIN, GOOD = 4, 1, 3
LONG_AGO, TODAY = 40 * 1440, 60
PAIRS = ("dog:::hund", "cat:::katze", "cow:::kuh", "pig:::schwein", "hen:::huhn", "horse:::pferd", "goose:::gans")
GAPS = (
    "The […] begins as the White Nile and the Blue Nile.",
    "The Nile begins as the […] and the Blue Nile.",
    "The Nile begins as the White Nile and the […].",
)


def asked(name: str, many: int) -> str:
    return "\n\n".join(f"Q: {name} {number}?\nA: It is the {name} of number {number}." for number in range(1, many + 1))


RIVERS = f"{asked('River', 9)}\n\nC: The [Nile] begins as the [White Nile] and the [Blue Nile].\n"
LAKES = asked("Lake", 8)
WORDS = "---\ntags: [flashcards]\n---\n" + "\n\n".join(PAIRS)

LEARNED = (("review", LONG_AGO, EASY),)
# What was done with each card, how many minutes ago, and with what grade.
DONE: dict[str, Sequence[tuple[str, int, int]]] = {
    **dict.fromkeys(("River 1?", "River 2?"), LEARNED),
    "River 3?": [("review", 5, AGAIN)],  # a step of one minute
    "River 4?": [("review", 5, GOOD)],  # of ten
    "River 5?": [("review", LONG_AGO, EASY), ("review", 30, AGAIN)],  # learned again, in a step of ten
    "River 6?": [("review", LONG_AGO, EASY), ("review", 3, AGAIN)],
    "River 7?": [("review", 1440, EASY)],
    **dict.fromkeys(GAPS, LEARNED),
    "Lake 1?": [("suspend", 10, 0)],
    "Lake 2?": [("review", LONG_AGO, EASY), ("suspend", 10, 0)],
    "Lake 3?": [("review", 8, AGAIN), ("suspend", 2, 0)],
    "Lake 4?": [("bury", 10, 0)],
    "Lake 5?": [("review", LONG_AGO, EASY), ("bury", 10, 0)],
    "Lake 6?": [("reject", 10, 0)],
    "Lake 7?": [("review", LONG_AGO, EASY), ("reject", 10, 0)],
    "dog": LEARNED,  # due, so its other side, which is new, waits
    "cow": LEARNED,  # waits, because its other side was answered today
    "kuh": [("review", TODAY, EASY)],
    "pig": LEARNED,  # waits as its other side does
    "schwein": [("bury", 10, 0)],
    "hen": [("review", 5, AGAIN)],  # a step, so its other side waits
    "horse": [("review", TODAY, EASY), ("suspend", 10, 0)],  # answered today, so its other side waits
    **dict.fromkeys(("goose", "gans"), LEARNED),  # one of them waits
}
NAMES = ("due", "later", "new", "seen", "aside", "cards")
TOPICS = {"Lakes": (0, 0, 1, 0, 7, 8), "Rivers": (7, 2, 2, 10, 0, 12), "Words": (6, 0, 5, 7, 2, 14)}
ALL = (13, 2, 8, 17, 9, 34)
KNOWN = 2
QUERIES = ("is:due", "is:learning -is:due -is:aside", "is:new -aside", "-is:new -aside", "is:aside", "*")


def of(*names: str, topic: str = "") -> tuple[int, ...]:
    """What is to be told of a topic, or of all."""
    told = dict(zip(NAMES, TOPICS.get(topic, ALL), strict=True))
    return tuple(told[name] for name in names)


@pytest.fixture
def library(tmp_path, clock, monkeypatch):
    """Three topics with cards that stand in every way, and siblings in every pair of ways."""
    monkeypatch.setattr(clocks, "now", clock)
    folder = note_folder(tmp_path, Rivers=RIVERS, Lakes=LAKES, Words=WORDS)
    desk = open_desk(request([str(folder)]))
    keys = {desk.card(one.key).front: one.key for one in desk.candidates()}
    drafts = [
        Draft(kind, keys[front], {"grade": grade} if grade else {}, Moment(clock().ms - ago * 60_000, 0))
        for front, done in DONE.items()
        for kind, ago, grade in done
    ]
    desk.store.append_all(sorted(drafts, key=lambda draft: draft.moment.ms))
    desk.close()
    return folder


@pytest.fixture
def command(library, capsys, monkeypatch):
    """`command("due")` is what a command prints of the library; `--json` is read."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def run(*words: str):
        assert cli.main([*words, str(library)]) == 0
        told = capsys.readouterr().out
        return json.loads(told) if "--json" in words else told

    return run


def test_due_says_what_is_due_what_of_it_comes_and_what_waits(command):
    told = command("due", "--json")
    assert {one["topic"]: tuple(one[name] for name in ("due", "later", "new", "total")) for one in told["topics"]} == {
        topic: of("due", "later", "new", "cards", topic=topic) for topic in TOPICS
    }
    assert tuple(told[name] for name in ("due", "later", "new", "total")) == of("due", "later", "new", "cards")
    assert told["comes"] == {"due": 8, "later": 2, "new": 4}
    assert told["held"]["siblings"] == 9
    lines = command("due").splitlines()
    assert lines[1] == "8 of 13 due, 2 later, 4 new today"
    assert [line.split()[:5] for line in lines[4:7]] == [
        [topic, *map(str, of("due", "later", "new", "cards", topic=topic))] for topic in TOPICS
    ]
    assert "9 cards wait for another day: of the cards made from one text one comes a day." in lines
    assert command("due", "--topic", "Words").splitlines()[1] == "3 of 6 due, 0 later, 1 new today"


@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_a_search_finds_as_many(command, topic):
    within = f" topic:{topic}" if topic else ""
    assert tuple(int(command("search", "--count", query + within)) for query in QUERIES) == of(*NAMES, topic=topic)


def test_a_search_says_of_each_card_where_it_stands(command):
    words = Counter(one["state"] for one in command("search", "--json", "*")["cards"])
    assert (words["due"], words["later"], words["new"], words["aside"]) == of("due", "later", "new", "aside")
    lines = command("search", "*").splitlines()
    told = dict(zip(lines[:-1:2], (line.split(" · ")[1] for line in lines[1:-1:2]), strict=True))
    assert told["River 3?"] == "due now, learning step 1 of 2"
    assert told["River 6?"] == "later, in 7 min, relearning step 1 of 1"
    assert (told["Lake 1?"], told["Lake 2?"]) == ("suspended", "suspended, recall 76 %")
    assert (told["Lake 5?"], told["Lake 6?"]) == ("buried, recall 76 %", "not a card")
    assert told["River 7?"].startswith("due in ")
    assert sum(one.startswith("due ") and not one.startswith("due in ") for one in told.values()) == of("due")[0]


def test_what_is_learned_and_not_due_is_known(command):
    assert int(command("search", "--count", "is:review -is:due -aside")) == KNOWN == of("seen")[0] - sum(ALL[:2])


def test_statistics_and_forecast_count_the_same_cards(command):
    told, ahead = command("stats", "--json"), command("forecast", "--json")
    cards = told["cards"]
    assert (cards["new"], cards["young"] + cards["mature"], cards["aside"]) == of("new", "seen", "aside")
    assert {one["topic"]: (one["cards"], one["seen"]) for one in told["topics"]} == {
        topic: of("cards", "seen", topic=topic) for topic in TOPICS
    }
    falls = [day["cards"] for day in told["due"][:14]]
    assert falls[:2] == [sum(of("due", "later")), 1]  # what is buried comes tomorrow
    assert [day["due"] for day in ahead["days"][:14]] == falls
    assert "8 new, 17 young, 0 mature, 9 put aside; you would know" in command("stats")
    only = command("stats", "--topic", "Lakes", "--json")["cards"]
    assert (only["new"], only["young"], only["aside"]) == of("new", "seen", "aside", topic="Lakes")


async def test_home_and_the_map_say_the_same(opened, until, text, command):
    falls = [day["cards"] for day in command("stats", "--json")["due"][:14]]
    recall = {one["topic"]: one["recall"] for one in command("stats", "--json")["topics"]}
    async with opened(size=(120, 40)) as pilot:
        await until(pilot, lambda: "8 of 13 due · 2 later · 4 new today of 34 cards" in text(pilot))
        seen = pilot.app.screen._overview
        assert list(seen.forecast) == falls
        assert {one.topic: one.recall for one in seen.topics} == pytest.approx(recall)
        rows = {line.split()[1]: line.split()[2:5] for line in text(pilot).splitlines() if "━" in line or "─" in line}
        assert {topic: rows[topic] for topic in TOPICS} == {
            topic: [str(number or "·") for number in of("due", "later", "new", topic=topic)] for topic in TOPICS
        }
        assert rows["Everything"] == ["13", "2", "8"]
        assert {one.topic: (one.seen, one.total) for one in seen.topics} == {
            topic: of("seen", "cards", topic=topic) for topic in TOPICS
        }
        assert "9 cards wait for another day" in text(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, MapScreen) and "Lakes" in text(pilot))
        found = {line.split()[1]: line.split()[2:5] for line in text(pilot).splitlines() if "/" in line and "%" in line}
        assert found == {"Rivers": ["7", "2", "10/12"], "Words": ["6", "5", "7/14"]}


@pytest.mark.parametrize("keys", [(), ("m",)], ids=["home", "map"])
async def test_a_learning_step_is_due_as_soon_as_its_minutes_have_run_out(opened, until, text, clock, keys):
    def due() -> list[str]:
        return [line.split()[2] for line in text(pilot).splitlines() if "Rivers" in line]

    async with opened() as pilot:
        await until(pilot, lambda: "8 of 13 due · 2 later" in text(pilot))
        await pilot.press(*keys)
        await until(pilot, lambda: due() == ["7"])
        clock.time += timedelta(minutes=6)
        pilot.app.screen._listen()
        await until(pilot, lambda: due() == ["8"])


async def test_a_note_hides_the_answers_that_are_due_later_or_new(opened, until, text):
    async with opened(size=(120, 60)) as pilot:
        await until(pilot, lambda: "Rivers" in text(pilot))
        await pilot.press("down", "down", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and "River 9?" in text(pilot))
        shown = text(pilot)
        assert shown.count("comes back today") == of("later", topic="Rivers")[0]
        assert shown.count("not answered yet") == of("new", topic="Rivers")[0]
        assert "It is the River of number 7." in shown
        assert "It is the River of number 6." not in shown


async def test_a_small_home_says_how_many_wait(opened, until, text):
    async with opened(size=(80, 24)) as pilot:
        await until(pilot, lambda: "8 of 13 due · 2 later · 4 new today" in text(pilot))
        await until(pilot, lambda: "15 today, 1 tomorrow, 16 in 7 days · 9 wait for another day" in text(pilot))


async def test_the_table_of_cards_has_the_same_words(opened, until, text, clock):
    async with opened(start="browse", search="is:due") as pilot:
        await until(pilot, lambda: "13 of 34 cards due now" in text(pilot))
        desk = pilot.app.desk
        standings = Standings(desk, clock())
        words = Counter(standings.of(one.key).state for one in desk.candidates())
        assert (words["due"], words["later"], words["new"]) == of("due", "later", "new")
        assert words["known"] == KNOWN
        assert words["suspended"] + words["buried"] + words["not a card"] == of("aside")[0]


def test_what_waits_since_a_holiday_is_due_nowhere(command, library, clock):
    day = clock().day(4)
    desk = open_desk(request([str(library)]))
    desk.store.append("away", None, payload_of(Away(day - 35, day)), clock())
    desk.close()
    desk = open_desk(request([str(library)]))
    seen, standings = desk.overview(clock()), Standings(desk, clock())
    told = [standings.of(one.key) for one in desk.candidates()]
    desk.close()
    late = seen.held.away_later
    assert 0 < late < 10
    assert seen.all_due == of("due")[0] - late
    words = Counter(one.state for one in told)
    assert (words["due"], words["known"]) == (seen.all_due, KNOWN + late)
    assert all(one.due.startswith("in ") for one in told if one.state == "known")
    for query, many in (("is:due", seen.all_due), ("is:review -is:due -aside", words["known"])):
        assert int(command("search", "--count", query)) == many
    # Three of those that are due are learning steps.
    assert int(command("search", "--count", "due:<1d -aside is:review")) == seen.all_due - 3
    found = command("search", "--json", "*")["cards"]
    assert Counter(one["state"] for one in found)["known"] == words["known"]
    assert list(seen.forecast) == [one["cards"] for one in command("stats", "--json")["due"][:14]]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({}, "Study   8 due · 2 later · 4 new"),
        ({"topics": ["Words"]}, "Study · Words   3 due · 0 later · 1 new"),
        ({"search": "is:due"}, "Study · is:due   8 due · 0 later · 0 new"),
        ({"search": "topic:Rivers is:due"}, "Study · topic:Rivers is:due   5 due · 0 later · 0 new"),
        ({"cram": True}, "Cram   25 left"),
        ({"cram": True, "topics": ["Lakes"]}, "Cram · Lakes   1 left"),
    ],
    ids=str,
)
async def test_a_sitting_says_what_is_left(opened, until, text, wanted, told):
    async with opened(start="study", **wanted) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "space" in text(pilot))
        assert " ".join(text(pilot).splitlines()[0].split()) == " ".join(told.split())


async def test_a_cram_says_which_of_those_left_come_again(opened, until, text):
    async with opened(start="study", cram=True, topics=["Words"]) as pilot:
        await until(pilot, lambda: "12 left" in text(pilot))
        await pilot.press("space", "1")
        await until(pilot, lambda: "12 left (1 again)" in text(pilot))


async def test_a_sitting_for_an_exam_says_how_many_are_left(opened, until, text, library):
    (library / "studytool.toml").write_text("exam = 2026-03-12\nminutes_per_day = 30\n", "utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "starts" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and " left" in text(pilot))
        counts = pilot.app.screen._sitting.session.counts(pilot.app.now())
        assert counts.left == counts.new + counts.due + counts.later
        assert f"{counts.left} left" in text(pilot).splitlines()[0]
        assert " due" not in text(pilot).splitlines()[0]


def test_a_line_by_line_sitting_says_how_many_wait(command):
    assert command("study", "--plain").startswith("9 cards wait for another day: of the cards made from one text")


def test_a_day_of_few_reviews_leaves_the_rest_due(command, library):
    (library / "studytool.toml").write_text("reviews_per_day = 3\nnew_per_day = 6\n", "utf-8")
    told = command("due", "--json")
    came = told["comes"]["due"]
    assert told["due"] == of("due")[0] == int(command("search", "--count", "is:due"))
    assert told["held"]["over"] > 0
    assert came + told["held"]["over"] + 5 == told["due"]  # five of the due cards wait for one of the same text
    assert f"{came} of 13 due" in command("due")


async def test_a_small_home_counts_all_that_waits(opened, until, text, library):
    (library / "studytool.toml").write_text("reviews_per_day = 3\n", "utf-8")
    async with opened(size=(80, 24)) as pilot:
        await until(pilot, lambda: " of 13 due" in text(pilot))
        held = pilot.app.screen._overview.held
        assert held.waiting == held.siblings + held.over > held.siblings
        await until(pilot, lambda: f"{held.waiting} wait for another day" in text(pilot))
