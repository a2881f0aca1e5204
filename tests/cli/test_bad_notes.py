"""Bad input is answered by one sentence that says what to do, with exit code 1 or 2, and costs nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.note_folder import note_folder

READING = [("cards",), ("check",), ("due",), ("study", "--plain"), ("quiz", "--plain"), ()]
IDS = [" ".join(command) or "studytool" for command in READING]


def sentence(outcome) -> str:
    """The one line on standard error; nothing else was printed."""
    assert outcome.out == ""
    assert outcome.err.startswith("studytool: ")
    assert outcome.err.count("\n") == 1
    return outcome.err


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_missing_path_is_wrong_usage(studytool, command: Sequence[str]) -> None:
    done = studytool(*command, "no/such/folder")
    assert done.code == 2
    assert "no/such/folder" in sentence(done)


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_what_may_not_be_read_is_named_with_what_to_do(
    studytool, tmp_path: Path, mortal: Sequence[str], command: Sequence[str]
) -> None:
    folder = note_folder(tmp_path, one="Q: What?\nA: That.\n")
    try:
        for mode in (0o000, 0o400, 0o100):
            folder.chmod(mode)
            for arguments in ([folder], ["--root", folder]):
                done = studytool(*command, *arguments, prefix=mortal)
                assert done.code == 1
                assert sentence(done) == (
                    f"studytool: The folder {folder} cannot be read: Permission denied. Check its permissions.\n"
                )
        folder.chmod(0)
        done = studytool(*command, folder / "one.md", prefix=mortal)
        assert done.code == 1
        told = f"{folder / 'one.md'} cannot be read: Permission denied. Check the permissions of the folders above it."
        assert told in sentence(done)
        folder.chmod(0o755)
        (folder / "one.md").chmod(0)
        done = studytool(*command, folder / "one.md", prefix=mortal)
        assert done.code == 1
        assert "This file cannot be read: Permission denied. Check its permissions." in sentence(done)
    finally:
        folder.chmod(0o755)


def test_of_the_libraries_one_that_may_not_be_read_keeps_none_from_being_opened(
    studytool, notes: Path, tmp_path: Path, mortal: Sequence[str], home: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'libraries = ["{closed}", "{notes}"]\n', "utf-8")
    done = studytool("cards", prefix=mortal)
    assert done.code == 0
    assert f"`libraries` names {closed}: it cannot be read: Permission denied." in done.err
    assert "perceptron" in done.out


def test_a_folder_that_was_deleted_around_us_is_named(studytool) -> None:
    leave = "import os, sys; os.makedirs('away'); os.chdir('away'); os.rmdir(os.getcwd());"
    run = "from studytool.cli import main; sys.exit(main(sys.argv[3:]))"  # after `-m studytool`
    done = studytool("check", ".", prefix=("-c", leave + run))
    assert done.code == 2
    assert "the folder you are in, which was deleted. Change to another folder" in sentence(done)


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_folder_without_notes_is_named(studytool, tmp_path: Path, command: Sequence[str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG")
    done = studytool(*command, folder)
    assert done.code in {1, 2}
    assert str(folder) in sentence(done)


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_file_that_is_not_utf8_is_named(studytool, tmp_path: Path, command: Sequence[str]) -> None:
    note = tmp_path / "latin.md"
    note.write_bytes("Q: naïve?\nA: yes, naïve\n".encode("latin-1"))
    done = studytool(*command, note)
    assert done.code in {1, 2}
    assert "latin.md" in sentence(done)
    assert "UTF-8" in done.err


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_an_empty_file_is_no_reason_for_more_than_a_sentence(studytool, tmp_path: Path, command: Sequence[str]) -> None:
    note = tmp_path / "empty.md"
    note.touch()
    done = studytool(*command, note)
    assert done.code in {0, 1, 2}
    if done.code:
        sentence(done)
    else:
        assert done.out
        assert done.err == ""


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_file_of_50_mb_ends_in_seconds(studytool, tmp_path: Path, command: Sequence[str]) -> None:
    note = tmp_path / "huge.md"
    note.write_text("Q: How many?\nA: Too many to read tonight.\n\n" * (50_000_000 // 44), "utf-8")
    done = studytool(*command, note)
    assert done.code in {1, 2}
    assert "huge.md" in sentence(done)
    assert "MB" in done.err


def test_a_bad_file_never_stops_a_folder(studytool, notes: Path) -> None:
    (notes / "latin.md").write_bytes(b"Q: na\xefve?\nA: yes\n")
    (notes / "empty.md").touch()
    (notes / "huge.md").write_bytes(b"x" * 50_000_000)
    (notes / "loop").symlink_to(notes)
    (notes / "gone.md").symlink_to(notes / "nowhere.md")
    os.mkfifo(notes / "pipe.md")
    listed = studytool("cards", notes, "--json")
    assert listed.code == 0
    fronts = [card["front"] for card in json.loads(listed.out)["cards"]]
    assert len(fronts) == 5
    checked = studytool("check", notes)
    assert checked.code == 1
    for name in ("latin.md", "huge.md", "gone.md", "pipe.md"):
        assert name in checked.out
    assert studytool("due", notes).code == 0


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_note_that_may_not_be_read_is_named(
    studytool, notes: Path, mortal: Sequence[str], command: Sequence[str]
) -> None:
    (notes / "loss.md").chmod(0)
    done = studytool(*command, notes / "loss.md", prefix=mortal)
    assert done.code in {1, 2}
    assert "loss.md" in sentence(done)


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_a_folder_that_may_not_be_entered_is_named(
    studytool, notes: Path, mortal: Sequence[str], command: Sequence[str]
) -> None:
    notes.chmod(0)
    try:
        inside = studytool(*command, notes / "loss.md", prefix=mortal)
        itself = studytool(*command, notes, prefix=mortal)
    finally:
        notes.chmod(0o700)
    for done in (inside, itself):
        assert done.code in {1, 2}
        assert str(notes) in sentence(done)


def test_a_path_longer_than_the_system_allows_is_named(studytool) -> None:
    done = studytool("cards", "x" * 5000)
    assert done.code == 2
    sentence(done)


@pytest.mark.parametrize("command", READING, ids=IDS)
def test_wrong_settings_are_named_with_file_and_key(studytool, notes: Path, command: Sequence[str]) -> None:
    (notes / "studytool.toml").write_text("new_per_day = -1\n")
    done = studytool(*command, notes)
    assert done.code == 2
    assert "studytool.toml" in sentence(done)
    assert "`new_per_day`" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("cards", "--nonsense"),
        ("--nonsense",),
        ("quiz", "--count", "0"),
        ("quiz", "--count", "many"),
        ("demo", "perceptron", "--device", "abacus"),
        ("cards", "--root", "no/such/folder", "."),
    ],
)
def test_wrong_usage_ends_with_2(studytool, arguments: Sequence[str]) -> None:
    done = studytool(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err


def test_a_command_mistyped_is_taken_for_a_path_and_said_so(studytool) -> None:
    done = studytool("crads")
    assert done.code == 2
    assert "crads" in sentence(done)


@pytest.mark.parametrize(
    "command",
    [
        ("due",),
        ("due", "--json"),
        ("study", "--plain"),
        ("quiz", "--plain"),
        ("quiz", "--json"),
        ("search", "*"),
        ("forecast",),
        ("stats", "--json"),
    ],
)
def test_each_command_tells_of_a_file_whose_cards_are_missing(studytool, notes: Path, command: tuple[str, ...]) -> None:
    (notes / "latin.md").write_bytes(b"Q: na\xefve?\nA: yes\n")
    done = studytool(*command, notes)
    assert done.code == 0
    assert "latin.md is left out, and its cards are missing. This file is not UTF-8" in done.err
    assert "latin" not in done.out
