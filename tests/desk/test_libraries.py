"""Several libraries open together: the notes of each are read as its own `studytool.toml` says."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studytool import clock, desk
from studytool.app.home.keep import chosen
from studytool.commands import due
from studytool.memory import Moment
from studytool.notes import reading
from studytool.notes.library import Shelf
from studytool.notes.own import Own
from studytool.settings import LEVELS

NOTE = "# {0}\n\nQ: What is {0}?\nA: It is {0}.\n\n## What is the use of {0}?\n\nMany a use.\n"
BOTH = {f"What is {name}?" for name in ("one", "two")}


@pytest.fixture
def two(tmp_path: Path, home: Path) -> tuple[Path, Path]:
    """Two libraries of a note with a card that is written as such and one of a heading."""
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        (folder / "drafts").mkdir(parents=True)
        (folder / f"{folder.name}.md").write_text(NOTE.format(folder.name))
        (folder / "drafts" / "draft.md").write_text(f"Q: Which draft is of {folder.name}?\nA: This one.\n")
    for path in tmp_path.rglob("*.md"):
        os.utime(path, (1e9, 1e9))  # one of this moment is looked at twice
    return folders


def put(folder: Path, *lines: str) -> None:
    (folder / "studytool.toml").write_text("\n".join(lines) + "\n")


def asked(*paths: Path, root: Path | None = None) -> set[str]:
    """The fronts of all cards but those of drafts."""
    library = desk.read_notes(desk.request([*map(str, paths)], str(root) if root else None))
    return {card.front for card in library.studied() if "draft" not in card.front}


def drafts(*paths: Path) -> set[str]:
    library = desk.read_notes(desk.request([*map(str, paths)]))
    return {card.front.split()[-1] for card in library.studied() if "draft" in card.front}


def test_each_library_has_the_levels_of_its_own_file(two: tuple[Path, Path]) -> None:
    one, two_ = two
    put(one, 'cards = ["derived"]')
    assert asked(one, two_) == {"What is two?", "What is the use of two?"}
    put(two_, 'cards = ["explicit"]')
    assert asked(one, two_) == {"What is two?"}
    os.remove(one / "studytool.toml")
    assert asked(one, two_) == {*BOTH, "What is the use of one?"}
    assert asked(two_, one) == {*BOTH, "What is the use of one?"}


def test_each_library_has_the_dialects_of_its_own_file(two: tuple[Path, Path]) -> None:
    put(two[0], 'dialects_off = ["qa"]')
    put(two[1], 'dialects_off = ["heading"]')
    assert asked(*two) == {"What is the use of one?", "What is two?"}


def test_each_library_leaves_out_what_its_own_file_says(two: tuple[Path, Path]) -> None:
    put(two[1], 'ignore = ["drafts/"]')
    assert drafts(*two) == {"one?"}
    put(two[0], 'ignore = ["drafts/"]')
    put(two[1])
    assert drafts(*two) == {"two?"}


def test_what_the_learner_leaves_out_is_left_out_of_every_library(two: tuple[Path, Path], home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('ignore = ["drafts/"]\n')
    assert drafts(*two) == set()


def vault(folder: Path, **told: object) -> None:
    """Make a folder a vault of Obsidian with these settings of the plugin, and a card with each of two separators."""
    settings = folder / ".obsidian" / "plugins" / "obsidian-spaced-repetition"
    settings.mkdir(parents=True)
    (settings / "data.json").write_text(json.dumps({"settings": told}))
    name = folder.name
    (folder / f"{name}.md").write_text(f"#flashcards\n\n{name} by arrow ==> first\n\n{name} by tilde ~~> second\n")
    os.utime(folder / f"{name}.md", (1e9, 1e9))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("workers", [None, 2])
def test_each_vault_has_the_settings_of_its_own_plugins(
    two: tuple[Path, Path], *, turned: bool, workers: int | None
) -> None:
    vault(two[0], singleLineCardSeparator="==>")
    vault(two[1], singleLineCardSeparator="~~>", noteFoldersToIgnore=["drafts"])
    shelf = Shelf([*reversed(two)] if turned else [*two], workers=workers)
    for _ in shelf.read():
        pass
    fronts = {card.front for card in shelf.library().studied()}
    assert fronts == {"one by arrow", "two by tilde", "Which draft is of one?"}


def test_a_vault_that_was_made_of_another_library_since_is_read_anew(two: tuple[Path, Path]) -> None:
    assert asked(*two) == {*BOTH, "What is the use of one?", "What is the use of two?"}
    vault(two[1], singleLineCardSeparator="~~>")
    assert "two by tilde" in asked(*two)
    vault(two[0], singleLineCardSeparator="==>")
    assert asked(*two) == {"one by arrow", "two by tilde"}


def test_vaults_under_one_file_of_settings_are_two_all_the_same(two: tuple[Path, Path]) -> None:
    put(two[0].parent, "new_per_day = 3")
    vault(two[0], singleLineCardSeparator="==>")
    vault(two[1], singleLineCardSeparator="~~>")
    assert asked(*two) == asked(*reversed(two)) == {"one by arrow", "two by tilde"}


def test_a_folder_without_settings_of_plugins_has_the_usual_ones_beside_a_vault(two: tuple[Path, Path]) -> None:
    vault(two[0], singleLineCardSeparator="==>")
    (two[1] / "two.md").write_text("#flashcards\n\nby colons :: first\n\nby arrow ==> second\n")
    assert asked(*two) == asked(*reversed(two)) == {"one by arrow", "by colons"}


def test_what_a_library_shows_to_part_the_sides_of_its_cards_holds_for_no_other(two: tuple[Path, Path]) -> None:
    (two[1] / "shown.md").write_text("#flashcards\n\nshown >> it <!--SR:!2024-01-01,3,250-->\n")
    for folder in two:
        (folder / "told.md").write_text(f"#flashcards\n\ntold by {folder.name} >> yes\n")
    fronts = asked(*two)
    assert "told by two" in fronts
    assert "told by one" not in fronts


def test_settings_of_a_plugin_that_cannot_be_read_are_told_with_their_own_vault(two: tuple[Path, Path]) -> None:
    vault(two[1])
    (two[1] / ".obsidian/plugins/obsidian-spaced-repetition/data.json").write_text("{")
    told = desk.read_notes(desk.request([*map(str, two)])).diagnostics
    assert [(one.code, one.span.path) for one in told if one.code == "vault-settings"] == [
        ("vault-settings", str(two[1]))
    ]


def test_a_note_of_another_library_names_its_own_neighbours(two: tuple[Path, Path]) -> None:
    vault(two[1])
    (two[1] / "drafts" / "near.md").write_text("Q: What is near?\nA: ![[far]]\n")
    (two[1] / "drafts" / "far.md").write_text("It is far.\n")
    library = desk.read_notes(desk.request([*map(str, two)]))
    near = next(note for note in library.notes if note.path.endswith("near.md"))
    assert near.place == str(two[1] / "drafts" / "near.md")
    assert near.cards[0].back == "It is far."


def test_a_library_inside_another_keeps_its_own(two: tuple[Path, Path]) -> None:
    outer, inner = two[0], two[0] / "drafts"
    put(outer, 'cards = ["explicit"]', 'ignore = ["drafts/"]')
    put(inner, 'cards = ["structured"]')
    (inner / "draft.md").write_text(NOTE.format("inner"))
    assert asked(outer, inner) == asked(inner, outer) == {"What is one?", "What is the use of inner?"}
    assert asked(outer) == {"What is one?"}


def test_a_named_root_governs_all_paths(two: tuple[Path, Path]) -> None:
    put(two[0], 'cards = ["explicit"]')
    put(two[1], 'cards = ["structured"]')
    assert asked(*two, root=two[0]) == BOTH


def test_the_index_never_mixes_notes_that_were_read_in_different_ways(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = asked(*two)
    put(two[1], 'cards = ["explicit"]')
    fewer = asked(*two)
    assert everything - fewer == {"What is the use of two?"}
    monkeypatch.setattr(reading, "read_chunk", lambda *_: pytest.fail("what the index has is not read again"))
    assert asked(*two) == fewer
    put(two[1])
    assert asked(*two) == everything


def test_worker_processes_know_the_settings_of_each_library(two: tuple[Path, Path]) -> None:
    every = ("explicit", "structured", "derived")
    shelf = Shelf([*two], own={two[1]: Own(every, ("qa",))}, workers=2)
    for _ in shelf.read():
        pass
    fronts = {card.front for card in shelf.library().studied() if "draft" not in card.front}
    assert fronts == {"What is one?", "What is the use of one?", "What is the use of two?"}


@pytest.mark.parametrize(
    ("first", "second", "exam"),
    [
        ("", "2026-12-15", "second"),
        ("2026-12-20", "2026-12-15", "second"),
        ("2026-12-10", "2026-12-15", "first"),
        ("2026-11-20", "2026-12-15", "second"),
        ("2026-11-23", "2026-12-15", "second"),
        ("2026-12-15", "2026-12-15", "first"),
        ("2026-11-20", "2026-11-21", "first"),
        ("", "2026-11-21", "second"),
        ("", "", ""),
    ],
)
def test_the_exam_is_the_next_one_of_all_libraries(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, first: str, second: str, exam: str
) -> None:
    now = Moment.at(datetime(2026, 11, 23, 12, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", lambda: now)
    for folder, day, name in zip(two, (first, second), ("first", "second"), strict=True):
        set_ = [f'exam = "{day}"', f'exam_name = "{name}"', f'syllabus = ["{name}"]'] if day else []
        put(folder, "new_per_day = 7" if name == "first" else "new_per_day = 9", *set_)
    wanted = desk.request([*map(str, two)])
    held = wanted.settings
    assert (held.exam_name, held.syllabus) == (exam, (exam,) if exam else ())
    assert held.exam == {"first": first, "second": second, "": ""}[exam]
    assert held.new_per_day == 7
    assert wanted.exam_library == (two[1] if exam == "second" else two[0])


def test_what_is_strange_in_any_file_is_told(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    put(two[0], "carts = 1")
    put(two[1], "ignroe = 2")
    unknown = desk.request([*map(str, two)]).settings.unknown
    assert [told.split(":")[0] for told in unknown] == [str(folder / "studytool.toml") for folder in two]
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_settings_that_were_edited_are_taken_from_every_file(two: tuple[Path, Path]) -> None:
    before = desk.request([*map(str, two)])
    put(two[1], 'cards = ["explicit"]', "new_per_day = 9")
    renewed = before.renewed()
    assert renewed.said("cards") == (before.settings.cards, ("explicit",))
    assert renewed.said("new_per_day") == (20,)
    assert not renewed.makes_all
    assert renewed.made != before.made
    assert renewed.libraries == two


@pytest.mark.parametrize("days", [("2026-12-15", "2027-03-01"), ("2027-03-01", "2026-12-15")])
@pytest.mark.parametrize("slips", [0, 1])
def test_in_place_of_a_wrong_value_holds_what_held_before_in_the_same_library(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, days: tuple[str, str], slips: int
) -> None:
    now = Moment.at(datetime(2026, 11, 23, 12, tzinfo=UTC))
    monkeypatch.setattr(clock, "now", lambda: now)
    for folder, day in zip(two, days, strict=True):
        put(folder, f'exam = "{day}"')
    wanted = desk.request([*map(str, two)])
    put(two[slips], 'exam = "soon"')
    for _ in range(2):
        wanted = wanted.renewed()
        (told,) = wanted.settings.unknown
        assert told.endswith(f"Meanwhile {days[slips]} holds.")
        assert wanted.settings.exam == "2026-12-15"
        assert wanted.exam_library == two[days.index("2026-12-15")]
        assert wanted.others[0].settings.exam == days[1]


def test_a_choice_for_the_first_library_leaves_the_others_unless_it_is_the_learners_own(
    two: tuple[Path, Path], home: Path
) -> None:
    wanted = chosen(desk.request([*map(str, two)]), ("explicit",), {"heading"})
    assert wanted.said("cards") == (("explicit",), LEVELS)
    assert wanted.said("dialects_off") == (("heading",), ())
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('cards = ["explicit", "structured"]\n')
    wanted = chosen(desk.request([*map(str, two)]), ("explicit",), {"heading"})
    assert wanted.said("cards") == (("explicit",), ("explicit",))
    assert wanted.said("dialects_off") == (("heading",), ())


def test_a_slip_in_the_syllabus_is_told_with_the_file_that_it_is_in(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    put(two[0], "rollover = 3")
    put(two[1], 'syllabus = ["two", "tow"]', "exam = 2999-12-15")
    due.run(Namespace(paths=[*map(str, two)], root=None))
    assert f"{two[1]}/studytool.toml:1: `syllabus` names tow" in capsys.readouterr().err


def test_each_note_belongs_to_the_folder_of_its_own_library(two: tuple[Path, Path]) -> None:
    one, two_ = two
    for folder in two:
        put(folder, 'cards = ["explicit"]')
    library = desk.read_notes(desk.request([str(one / "drafts"), str(two_)]))
    for path in library.files:
        assert Path(library.root_of(path)) == (one if Path(path).is_relative_to(one) else two_)
    alone = desk.read_notes(desk.request([str(one)], str(two_)))
    assert {alone.root_of(path) for path in alone.files} == {str(two_)}
