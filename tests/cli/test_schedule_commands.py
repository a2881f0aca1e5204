"""Holidays, cramming, leeches and siblings, told and asked from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from studytool.memory import Moment, open_store
from studytool.memory.events import DAY_MS


def today() -> date:
    return (datetime.now().astimezone() - timedelta(hours=4)).date()


def away(studytool, *arguments: str) -> list[dict]:
    done = studytool("away", *arguments, "--json")
    assert done.code == 0, done.err
    return json.loads(done.out)["away"]


def test_a_holiday_is_told_listed_and_ended(studytool) -> None:
    start, until = today(), today() + timedelta(days=9)
    told = [{"from": start.isoformat(), "until": until.isoformat(), "due": 0, "spread": 9}]
    assert away(studytool, until.isoformat()) == told
    assert away(studytool) == told
    done = studytool("away")
    assert "Away now, back on" in done.out
    assert f"{until.day} {until:%B %Y}" in done.out
    assert "Away now, back on" in studytool("due").out
    assert json.loads(studytool("due", "--json").out)["away"] == told
    assert away(studytool, "back") == []
    assert "No holiday is set" in studytool("away").out
    assert "Away" not in studytool("due").out


def test_telling_the_same_holiday_twice_writes_it_once(studytool, log: Path) -> None:
    until = (today() + timedelta(days=5)).isoformat()
    assert away(studytool, until) == away(studytool, until)
    store = open_store(log.parent)
    assert [event.kind for event in store.events()] == ["away"]
    store.close()


def test_coming_back_early_keeps_the_days_that_were_away(studytool, log: Path) -> None:
    start, until = today() - timedelta(days=3), today() + timedelta(days=5)
    assert away(studytool, until.isoformat(), "--from", start.isoformat())[0]["spread"] == 8
    assert away(studytool, "back") == []
    store = open_store(log.parent)
    events = store.events()
    store.close()
    assert [event.kind for event in events] == ["away", "undo", "away"]
    assert events[-1].payload == {"from": start.isoformat(), "until": today().isoformat()}


def test_a_holiday_to_come_is_told_anew_by_another_that_overlaps_and_taken_back(studytool) -> None:
    leaving, back = today() + timedelta(days=10), today() + timedelta(days=20)
    away(studytool, (back + timedelta(days=300)).isoformat(), "--from", leaving.isoformat())  # the wrong year
    (told,) = away(studytool, back.isoformat(), "--from", leaving.isoformat())
    assert (told["from"], told["until"]) == (leaving.isoformat(), back.isoformat())
    assert away(studytool, "back") == []
    assert "no holiday is set" in studytool("away", "back").out


def test_the_settings_of_the_library_that_is_named_hold(studytool, tmp_path: Path) -> None:
    library = tmp_path / "library"
    library.mkdir()
    (library / "studytool.toml").write_text("rollover = 99\n", "utf-8")
    for command in (("away",), ("fit", "--dry-run"), ("log", "states")):
        done = studytool(*command, "--root", str(library))
        assert (done.code, "`rollover` should lie between 0 and 23" in done.err) == (2, True), done.err
        assert studytool(*command, "--root", str(library / "nowhere")).code == 2


def test_two_libraries_that_share_a_log_each_have_their_own_due_dates(studytool, notes: Path, tmp_path: Path) -> None:
    """A card falls due by the settings of the library in which it is opened, and opening the other changes nothing."""
    easy, hard = tmp_path / "easy", tmp_path / "hard"
    for folder, retention in ((easy, 0.7), (hard, 0.97)):
        shutil.copytree(notes, folder)
        (folder / "studytool.toml").write_text(f"desired_retention = {retention}\nrollover = 0\n", "utf-8")
    answers = "".join("\n4\n" for _ in range(5))
    assert studytool("study", "--plain", notes, stdin=answers).code == 0

    def due(library: Path, *paths: Path) -> dict[str, str]:
        found = json.loads(studytool("search", "--json", "has:history", *paths or (library,)).out)
        return {one["key"]: one["due"] for one in found["cards"]}

    def stated(library: Path) -> dict[str, str]:
        told = json.loads(studytool("log", "states", "--json", "--root", library).out)
        return {one["card"]: one["due"][:10] for one in told}

    first = due(easy)
    assert len(first) == 5
    assert all(day > due(hard)[key] for key, day in first.items())
    assert due(easy) == first  # after the other was open
    assert due(easy, easy, hard) == first != due(hard, hard, easy)  # of several the first one's hold
    assert stated(easy).keys() == first.keys()
    assert [stated(easy)[key] > stated(hard)[key] for key in first] == [True] * 5


def test_a_library_that_the_settings_name_has_its_own_settings(studytool, notes: Path, home: Path) -> None:
    (notes / "studytool.toml").write_text("new_per_day = 2\n", "utf-8")
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "settings.toml").write_text(f'libraries = ["{notes}"]\n', "utf-8")
    for paths in ((), (notes,)):
        assert json.loads(studytool("due", "--json", *paths).out)["comes"]["new"] == 2


def test_a_holiday_may_be_told_when_it_is_over(studytool) -> None:
    start = today() - timedelta(days=10)
    done = studytool("away", today().isoformat(), "--from", start.isoformat())
    assert done.code == 0
    assert "That holiday is over" in done.out


@pytest.mark.parametrize("name", ["monday", "Mon", "tu", "sunday"])
def test_a_day_of_the_week_is_the_next_one(studytool, name: str) -> None:
    (told,) = away(studytool, name)
    until = date.fromisoformat(told["until"])
    assert f"{until:%A}".lower().startswith(name.lower())
    assert 1 <= (until - today()).days <= 7


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["someday"], "There is no day 'someday'"),
        (["t"], "There is no day 't'"),
        (["2026-02-30"], "There is no day '2026-02-30'"),
        (["2020-01-01"], "cannot be back"),
        (["2126-01-01"], "days"),
        (["--from", "2026-01-01"], "the day of your return"),
        (["back", "--from", "monday"], "takes no other day"),
        (["x\x1b[31m"], "There is no day"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_nothing_is_written(
    studytool, log: Path, arguments: list, told: str
) -> None:
    done = studytool("away", *arguments)
    assert done.code == 2
    assert told in done.err
    assert "\x1b" not in done.err
    assert not log.exists() or not json.loads(studytool("away", "--json").out)["away"]


def test_a_cram_asks_every_card_and_leaves_the_schedule_alone(studytool, notes: Path) -> None:
    studytool("study", "--plain", notes, stdin="\n4\n" * 5)
    before = json.loads(studytool("due", notes, "--json").out)
    done = studytool("study", "--plain", "--cram", notes, stdin="\n1\n" + "\n3\n" * 5)
    assert done.code == 0
    assert "cram 1 of 5" in done.out
    assert "cram again" in done.out
    assert "1 again comes back, 2 hard done" in done.out
    assert "That was all of it." in done.out
    assert "6 answered" in done.out
    after = json.loads(studytool("due", notes, "--json").out)
    assert {**after, "topics": None} == {**before, "topics": None}
    assert [load["new"] for load in after["topics"]] == [load["new"] for load in before["topics"]]


def test_a_cram_of_one_topic_asks_only_that(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", "--cram", "--topic", "Loss", notes, stdin="\n3\n" * 9)
    assert "2 answered" in done.out
    assert "perceptron" not in done.out.lower()


def test_undo_in_a_cram_brings_the_card_back(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", "--cram", notes, stdin="\n3\nu\nq\n")
    assert done.out.count("cram 1 of 5") == 2
    assert "0 answered" in done.out


def forgotten(log: Path, notes: Path, studytool, times: int) -> str:
    """The first card of the notes, learned long ago and forgotten so often; due today."""
    card = json.loads(studytool("cards", notes, "--json").out)["cards"][0]
    store = open_store(log.parent)
    ms = round(datetime.now(UTC).timestamp() * 1000) - (times + 2) * 20 * DAY_MS
    store.append("review", card["key"], {"grade": 4}, Moment(ms, 0))
    for number in range(1, times + 1):
        for grade in (1, 3):
            store.append("review", card["key"], {"grade": grade}, Moment(ms + number * 20 * DAY_MS, 0))
    store.close()
    return card["front"]


def test_a_leech_is_named_when_it_becomes_one_with_its_place(studytool, notes: Path, log: Path) -> None:
    front = forgotten(log, notes, studytool, 7)
    assert "leech" not in studytool("due", notes).out
    done = studytool("study", "--plain", notes, stdin="\n1\nq\n")
    assert front in done.out
    assert "Forgotten 8 times: rewrite it? It stands at " in done.out
    assert "perceptron.md:7." in done.out
    listed = studytool("due", notes).out
    assert "1 leech: forgotten so often" in listed
    assert "perceptron.md:7  8 times  What does a perceptron draw in the plane?" in listed
    (leech,) = json.loads(studytool("due", notes, "--json").out)["leeches"]
    assert (leech["lapses"], leech["front"], leech["line"]) == (8, front, 7)


def test_cards_of_one_text_come_on_different_days_unless_that_is_set_otherwise(studytool, tmp_path: Path) -> None:
    notes = tmp_path / "rivers"
    notes.mkdir()
    (notes / "rivers.md").write_text("C: The [Nile] runs through [Cairo] to the [sea].\n\nQ: Is it long?\nA: Yes.\n")
    assert json.loads(studytool("due", notes, "--json").out)["comes"]["new"] == 2
    assert "2 cards wait for another day" in studytool("due", notes).out
    done = studytool("study", "--plain", notes, stdin="\n4\n" * 9)
    assert "2 cards wait for another day: of the cards made from one text one comes a day." in done.out
    assert "2 answered" in done.out
    (notes / "studytool.toml").write_text("siblings_apart = false\n")
    assert json.loads(studytool("due", notes, "--json").out)["comes"]["new"] == 2
    assert "wait for another day" not in studytool("due", notes).out


@pytest.mark.parametrize("words", [("--from", "9999-12-31", "monday"), ("--from", "9999-12-30", "9999-12-31")])
def test_a_holiday_at_the_end_of_time(studytool, words: tuple[str, ...]) -> None:
    done = studytool("away", *words)
    assert done.code == (2 if "monday" in words else 0)
    assert ("There is no Monday after Friday, 31 December 9999." in done.err) == ("monday" in words)
    assert studytool("due").code == 0


@pytest.mark.parametrize("command", [("forecast",), ("due",), ("cards",)])
def test_a_root_alone_opens_the_notes_in_it(studytool, notes: Path, command: Sequence[str]) -> None:
    assert studytool(*command, "--root", notes, "--json").out == studytool(*command, notes, "--json").out


def test_of_many_topics_those_with_most_to_do_are_listed_in_the_order_of_the_notes(studytool, notes, home) -> None:
    for number in range(40):
        (notes / f"many{number:02}.md").write_text(f"# Many {number:02}\n\nQ: What is {number}?\nA: It.\n", "utf-8")
    found = {one["topic"]: one["key"] for one in json.loads(studytool("cards", notes, "--json").out)["cards"]}
    before = Moment.at(datetime.now(UTC)).ms - 90 * DAY_MS
    store = open_store(home / "data")
    for number in range(39, 25, -1):
        store.append("review", found[f"Many {number:02}"], {"grade": 3}, Moment(before, 0))
    store.close()
    ran = studytool("due", notes)
    many = [line.split()[1] for line in ran.out.splitlines() if line.startswith("Many ")]
    assert {f"{number:02}" for number in range(26, 40)} < set(many)
    assert many == sorted(many)
    assert "… and 22 more topics: `due --all-topics` lists all" in ran.out
    every = studytool("due", notes, "--all-topics").out
    assert every.count("Many ") == 40
    assert "more topics" not in every
    assert "Many 25" in studytool("due", notes, "--topic", "Many 25").out
