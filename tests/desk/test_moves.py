"""A card that is not in what was opened is not therefore gone: its note moved, was left out, or could not be read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from studytool import desk
from studytool.desk.reading import read_notes
from tests.desk.acts import EDITED, LIKE_IT, STEEPEST, answered, edit, learn_all, states


def test_a_card_that_was_moved_keeps_its_history_when_only_its_old_note_is_opened(vault: Path) -> None:
    (vault / "b.md").write_text(STEEPEST)
    (vault / "a.md").write_text("# Nothing\n\nis asked here\n")
    (vault / "c.md").write_text(LIKE_IT)
    answered(vault / "c.md")
    answered(vault / "a.md", vault / "c.md")
    assert answered(vault) == {"b.md": 1, "c.md": 0}


def test_a_card_that_was_moved_out_of_a_folder_keeps_its_history_when_that_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.md").write_text(STEEPEST)
    learn_all(folder)
    (folder / "inner" / "a.md").rename(folder / "b.md")
    (folder / "inner" / "c.md").write_text(LIKE_IT)
    assert answered(folder / "inner") == {"c.md": 0}
    assert answered(folder) == {"b.md": 1, "c.md": 0}


def test_a_note_that_cannot_be_read_gives_no_history_away(vault: Path) -> None:
    (vault / "sum.md").write_text(LIKE_IT)
    content = (vault / "a.md").read_bytes()
    for broken in (content + b"caf\xe9\n", b""):
        (vault / "a.md").write_bytes(broken)
        assert answered(vault) == {"sum.md": 0}
    (vault / "a.md").write_bytes(content)
    assert answered(vault) == {"a.md": 1, "sum.md": 0}


@pytest.mark.parametrize("told", ["studytool.toml", ".gitignore"])
def test_a_note_that_is_left_out_gives_no_history_away(vault: Path, told: str) -> None:
    (vault / "sum.md").write_text(LIKE_IT)
    (vault / told).write_text('ignore = ["a.md"]\n' if told == "studytool.toml" else "a.md\n")
    assert answered(vault) == {"sum.md": 0}
    (vault / told).unlink()
    assert answered(vault) == {"a.md": 1, "sum.md": 0}


def test_a_folder_of_which_nothing_can_be_read_gives_no_history_away(tmp_path: Path) -> None:
    vault, drive = tmp_path / "vault", tmp_path / "drive"
    for folder in (vault, drive):
        folder.mkdir()
    (drive / "a.md").write_text(STEEPEST)
    (vault / "other.md").write_text("Q: Which river runs through Cairo?\nA: The Nile.\n")
    learn_all(drive)
    (vault / "b.md").write_text(LIKE_IT)
    away = (drive / "a.md").rename(tmp_path / "away.txt.bak")
    assert answered(vault, drive)["b.md"] == 0, "the folder is where a drive is mounted"
    away.rename(drive / "a.md")
    assert answered(vault, drive)["a.md"] == 1
    (drive / "a.md").unlink()
    (drive / "picture.png").write_bytes(b"-")
    assert answered(vault, drive)["b.md"] == 1, "the drive is there, and its only note went elsewhere"


def test_a_level_that_is_not_wanted_gives_no_history_away(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Gradients\n\n**Gradient**: the direction of steepest ascent of a function\n")
    learn_all(tmp_path)
    before = answered(tmp_path)
    (tmp_path / "b.md").write_text("Q: Gradient\nA: the direction of the steepest ascent of a function\n")
    (tmp_path / "studytool.toml").write_text('cards = ["explicit"]\n')
    assert answered(tmp_path)["b.md"] == 0
    (tmp_path / "studytool.toml").unlink()
    assert answered(tmp_path) == {**before, "b.md": 0}


def test_a_card_edited_in_its_note_keeps_its_history_when_only_that_note_is_opened(vault: Path) -> None:
    (vault / "a.md").write_text(EDITED)
    assert answered(vault / "a.md") == {"a.md": 1}


def test_a_renamed_note_of_a_folder_in_a_repository_keeps_its_cards(tmp_path: Path) -> None:
    folder = tmp_path / "repository" / "notes"
    folder.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    (folder / "a.md").write_text(f"{STEEPEST}\nQ: What does a loss measure?\nA: How wrong a prediction is.\n")
    learn_all(folder)
    (folder / "a.md").rename(folder / "b.md")
    edit(folder / "b.md", "of steepest", "of the steepest")
    table = desk.open_desk(desk.request([str(folder)]))
    assert len(table.relinked) == 1
    table.close()


def test_the_folder_of_the_notes_can_be_moved(vault: Path) -> None:
    moved = vault.rename(vault.parent / "elsewhere")
    (moved / "a.md").write_text(EDITED)
    assert answered(moved) == {"a.md": 1}


def test_a_copy_of_the_notes_takes_nothing_from_those_that_are_still_there(vault: Path) -> None:
    copy = vault.parent / "copy"
    copy.mkdir()
    (copy / "a.md").write_text(EDITED)
    assert answered(copy) == {"a.md": 0}
    assert answered(vault) == {"a.md": 1}


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """A note that was answered in one folder and lies in another, below a folder, now."""
    before, now = tmp_path / "before", tmp_path / "now" / "below"
    before.mkdir()
    now.mkdir(parents=True)
    (before / "a.md").write_text(STEEPEST)
    (before / "b.md").write_text("Q: Which river runs through Prague?\nA: The Vltava.\n")
    learn_all(before)
    (now / "c.md").write_text("Q: Which river runs through Cairo?\nA: The Nile.\n")
    (before / "a.md").rename(now / "a.md")
    return now / "a.md"


@pytest.mark.parametrize("copied", [False, True])
def test_a_card_moved_between_two_folders_is_told_as_lost_where_it_is(moved: Path, *, copied: bool) -> None:
    wanted = desk.request([str(moved.parents[1])])
    if copied:
        (moved.parents[2] / "before" / "a.md").write_text(STEEPEST)
    with closing(desk.open_desk(wanted)) as table:
        moved.write_text(f"```\n{STEEPEST}```\n")
        told = table.adopt(read_notes(wanted))
        assert (told.gone, len(told.lost)) == (1, 0 if copied else 1)


@pytest.mark.parametrize("copied", [False, True])
def test_a_card_moved_between_two_folders_keeps_its_history_when_it_is_edited(moved: Path, *, copied: bool) -> None:
    wanted = desk.request([str(moved.parents[1])])
    if copied:
        (moved.parents[2] / "before" / "a.md").write_text(STEEPEST)
    with closing(desk.open_desk(wanted)) as table:
        moved.write_text(EDITED)
        table.adopt(read_notes(wanted))
        assert states(table)["a.md"] == (0 if copied else 1)


# -- links that the learner takes back ------------------------------------------------------------------------------


def test_a_note_that_cannot_be_read_any_more_loses_no_card(vault: Path) -> None:
    (vault / "other.md").write_text("Q: Which river runs through Cairo?\nA: The Nile.\n")
    wanted = desk.request([str(vault)])
    with closing(desk.open_desk(wanted)) as table:
        content = (vault / "a.md").read_bytes()
        (vault / "a.md").write_bytes(content + b"caf\xe9\n")
        told = table.adopt(read_notes(wanted))
        assert (told.gone, told.lost) == (1, {})
        (vault / "a.md").write_bytes(content)
        assert table.adopt(read_notes(wanted)).new == 1
        (vault / "a.md").write_text("What does the *gradient* of a function\npoint to? Nobody asks that here.\n")
        assert [*table.adopt(read_notes(wanted)).lost.values()] == ["What does the gradient of a function point to?"]
        (vault / "a.md").write_bytes(content)
        assert table.adopt(read_notes(wanted)).new == 1
        (vault / "a.md").write_bytes(b"Nothing of the gradient is asked here.\n")
        told = table.adopt(read_notes(wanted))
        assert (told.gone, told.lost) == (1, {}), "who deletes a card knows it"
