"""Notes of one title: one topic where they lie in one folder, each its own where they lie in several."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.desk.log import card_text
from studytool.errors import UsageError
from studytool.memory.roster import Roster
from studytool.notes import Library, load_library
from studytool.notes.library import Shelf
from studytool.topics_named import topics_meant, topics_named


def note(title: str, asked: str, *, front: str = "") -> str:
    return f"---\ntitle: {title}\n{front}---\nQ: {asked}?\nA: yes\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def names(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """The name of the topic of each file."""
    library = load_library([write(folder, files)])
    paths = (Path(path).relative_to(folder).as_posix() for path in library.files)
    return dict(zip(paths, library.names, strict=True))


@pytest.mark.parametrize(
    "told",
    [
        {"Biology/1.md": "Biology/Week 1", "Maths/1.md": "Maths/Week 1"},
        {"a/1.md": "Week 1", "a/2.md": "Week 1"},
        {"1.md": "Week 1", "a/1.md": "a/Week 1"},
        {"a/labs/1.md": "a/labs/Week 1", "a/talks/1.md": "a/talks/Week 1", "b/talks/1.md": "b/Week 1"},
        {"a/1.md": "Week 1", "a/b/1.md": "b/Week 1", "a/b/2.md": "b/Week 1"},
    ],
)
def test_as_much_of_the_folder_is_named_as_tells_them_apart(tmp_path: Path, told: dict[str, str]) -> None:
    assert names(tmp_path, {path: note("Week 1", path) for path in told}) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("home/ann/Birds", "opt/lib/course", {"Birds/Week 1", "course/Week 1"}),
        ("home/notes", "opt/notes", {"home/Week 1", "opt/Week 1"}),
        ("home/notes/labs", "home/notes/talks", {"labs/Week 1", "talks/Week 1"}),
    ],
)
def test_the_name_of_a_library_tells_its_topics_from_those_of_another(
    tmp_path: Path, one: str, other: str, told: set[str]
) -> None:
    folders = [tmp_path / one, tmp_path / other]
    for folder in folders:
        write(folder, {"1.md": note("Week 1", str(folder)), ".obsidian/app.json": "{}"})
    assert set(load_library(folders).names) == told


def test_files_named_alike_without_a_title_are_told_apart_too(tmp_path: Path) -> None:
    told = names(tmp_path, {"seas/index.md": "Q: deep?\nA: yes\n", "lakes/index.md": "Q: cold?\nA: yes\n"})
    assert told == {"seas/index.md": "seas/index", "lakes/index.md": "lakes/index"}


def test_a_note_without_a_card_takes_no_name_from_another(tmp_path: Path) -> None:
    told = names(
        tmp_path, {"read/1.md": "---\ntitle: Week 1\n---\nTo be written.\n", "cards/1.md": note("Week 1", "so")}
    )
    assert set(told.values()) == {"Week 1"}


def test_a_copy_of_a_folder_takes_no_name_from_it_and_its_title_means_what_there_is(tmp_path: Path) -> None:
    one = note("Week 1", "cell")
    copied = {"2023/1.md": one, "2024/1.md": one}
    assert set(names(tmp_path / "alike", copied).values()) == {"Week 1"}
    edited = {**copied, "2024/1.md": one + "\nQ: gene?\nA: yes\n"}
    assert names(tmp_path / "edited", edited) == {"2023/1.md": "2023/Week 1", "2024/1.md": "2024/Week 1"}
    beside = {**copied, "labs/1.md": note("Week 1", "ring")}
    folder = tmp_path / "beside"
    names(folder, beside)
    topics = Roster(load_library([folder])).topics
    assert list(topics) == ["2023/Week 1", "labs/Week 1"]
    assert topics_meant("week 1", topics) == list(topics)


def two(folder: Path) -> Library:
    write(folder, {"Biology/1.md": note("Week 1", "cell"), "Maths/1.md": note("Week 1", "ring")})
    return load_library([folder])


def test_cards_and_questions_bear_the_name_and_know_the_title(tmp_path: Path) -> None:
    write(tmp_path, {"Maths/1.md": note("Week 1", "group") + "\nWhich is even?\n\n- [x] 2\n- [ ] 3\n"})
    library = two(tmp_path / "more") and load_library([tmp_path])
    found = {(card.topic, card.title) for card in library.studied()}
    assert found == {(name, "Week 1") for name in ("Maths/Week 1", "more/Biology/Week 1", "more/Maths/Week 1")}
    questions = [question for one in library.notes for question in one.questions]
    assert [(one.topic, one.as_card().title) for one in questions] == [("Maths/Week 1", "Week 1")]
    assert [topic.title for topic in library.topics] == ["Week 1"] * 3


def test_what_a_card_is_found_again_by_stays(tmp_path: Path) -> None:
    """Its key, and the title in the log, whatever other notes there are."""
    alone = load_library([write(tmp_path / "one", {"Biology/1.md": note("Week 1", "cell")})]).studied()[0]
    beside = next(card for card in two(tmp_path / "two").studied() if "cell" in card.front)
    assert (alone.key, alone.topic, beside.topic) == (beside.key, "Week 1", "Biology/Week 1")
    assert card_text(alone)["topic"] == card_text(beside)["topic"] == "Week 1"


def test_the_name_follows_what_other_notes_there_are(tmp_path: Path) -> None:
    vault, cache = tmp_path / "vault", tmp_path / "cache"
    write(vault, {"Biology/1.md": note("Week 1", "cell"), "Biology/2.md": note("Week 2", "gene")})

    def read(shelf: Shelf) -> Library:
        for _ in shelf.read():
            pass
        return shelf.library()

    shelf = Shelf([vault], cache=cache)
    first = read(shelf)
    roster = Roster(first)
    assert list(roster.topics) == ["Week 1", "Week 2"]
    other = write(vault, {"Maths/1.md": note("Week 1", "ring")}) / "Maths" / "1.md"
    shelf.read_again([str(other)])
    shelf.keep()
    second = shelf.library()
    roster = Roster(second, roster)
    assert list(roster.topics) == ["Biology/Week 1", "Week 2", "Maths/Week 1"]
    assert [card.topic for card in second.studied()] == list(roster.topics)
    assert {one.topic for one in roster.by_key.values()} == set(roster.topics)
    assert second.heads[1] is first.heads[1]
    again = read(Shelf([vault], cache=cache))  # from the index
    assert [card.topic for card in again.studied()] == list(roster.topics)
    other.unlink()
    shelf.read_again([])
    third = shelf.library()
    assert list(Roster(third, roster).topics) == ["Week 1", "Week 2"]
    assert [card.topic for card in third.studied()] == ["Week 1", "Week 2"]


def test_what_is_shown_while_more_is_read_has_the_names_that_it_will_have(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    two(vault)
    shelf = Shelf([vault], cache=tmp_path / "cache")
    reading = shelf.read()
    next(reading)
    assert set(shelf.library().names) == {"Biology/Week 1", "Maths/Week 1"}
    reading.close()
    assert set(shelf.library().names) == {"Biology/Week 1", "Maths/Week 1"}


def test_after_means_the_topic_in_the_same_folder(tmp_path: Path) -> None:
    for folder in ("Biology", "Maths"):
        told = {
            "a.md": note("Week 2", f"{folder} two", front="after: [Week 1]\n"),
            "b.md": note("Week 1", f"{folder} one"),
        }
        write(tmp_path / folder, told)
    assert list(load_library([tmp_path]).names) == ["Biology/Week 1", "Biology/Week 2", "Maths/Week 1", "Maths/Week 2"]


def test_a_link_by_title_leads_to_a_note_of_that_title(tmp_path: Path) -> None:
    write(tmp_path, {"x.md": "Q: see [[Week 1]]?\nA: yes\n", "c.md": "Q: see [[Week 9]]?\nA: yes\n"})
    library = two(tmp_path)
    assert [one.message for one in library.diagnostics if "Week 1" in one.message] == []
    assert len([one for one in library.diagnostics if "Week 9" in one.message]) == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Biology/Week 1", ["Biology/Week 1"]),
        ("biology/week 1", ["Biology/Week 1"]),
        ("week 1", ["Biology/Week 1", "Maths/Week 1"]),
        ("Week 2", ["Week 2"]),
        ("Output", []),
        ("1", []),
    ],
)
def test_a_title_means_all_topics_of_that_title(asked: str, found: list[str]) -> None:
    assert topics_meant(asked, ["Biology/Week 1", "Week 2", "Maths/Week 1", "Input/Output"]) == found


def test_a_name_that_means_nothing_is_told_with_what_there_is(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, {"a.md": note("Rivers", "long"), "b.md": note("Seas", "deep")})])
    with pytest.raises(UsageError, match=r"^There is no topic Tides with cards\. There are: Rivers, Seas\.$"):
        topics_named(["rivers", "Tides"], library.names, library)
    assert topics_named(["seas", "Rivers", "SEAS"], library.names, library) == ["Seas", "Rivers"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("maths", ["Maths/Week 1", "Rings"]),
        ("Maths/", ["Maths/Week 1", "Rings"]),
        ("talks", ["Rings"]),
        ("maths/talks", ["Rings"]),
        ("Biology", ["Biology/Week 1"]),
        ("Rings", ["Rings"]),
    ],
)
def test_a_folder_means_all_topics_below_it(tmp_path: Path, name: str, found: list[str]) -> None:
    two(tmp_path)
    library = load_library([write(tmp_path, {"Maths/talks/1.md": note("Rings", "field")})])
    assert topics_named([name], library.names, library) == found


@pytest.mark.parametrize("name", ["Math", "/", "", "1.md"])
def test_what_is_no_folder_of_the_notes_means_none(tmp_path: Path, name: str) -> None:
    library = two(tmp_path)
    with pytest.raises(UsageError):
        topics_named([name], library.names, library)
