"""`studytool check --since REV`: what an edit does to the cards, told before it is done to their histories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from studytool import desk
from tests.cli.conftest import Studytool
from tests.desk.acts import NOW, edit, learn_all


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(notes: Path) -> Path:
    """The library of two notes, committed."""
    git(notes, "init")
    commit(notes)
    return notes


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-m", "more")


def reword(notes: Path) -> None:
    """Ask one card in other words."""
    edit(notes / "loss.md", "What does a loss measure?", "What does a loss function measure?")


def told(folder: Path, studytool: Studytool, since: str = "HEAD") -> list[str]:
    """What is said of the edits since a revision, line by line."""
    done = studytool("check", "--since", since, str(folder))
    assert done.code == 0, done.err
    return done.out.splitlines()


def test_nothing_edited_keeps_all(kept: Path, studytool) -> None:
    assert told(kept, studytool) == ["This edit keeps 5 cards, moves 0, starts 0 anew."]


def test_an_edit_is_told_card_by_card(kept: Path, studytool) -> None:
    reword(kept)
    edit(kept / "loss.md", "Q: Which loss goes with softmax?", "Q: When is the squared error a good choice?")
    edit(kept / "loss.md", "Cross-entropy, $-\\log p$ of the right class.", "For a target with Gaussian noise.")
    text = (kept / "perceptron.md").read_text("utf-8")
    moved = "C: Before the sign is taken, a [bias] is added to the weighted sum.\n"
    assert moved in text
    (kept / "perceptron.md").write_text(text.replace(moved, ""), "utf-8")
    (kept / "bias.md").write_text(f"# Bias\n\n{moved}", "utf-8")
    first, *rest = told(kept, studytool)
    assert first == "This edit keeps 3 cards, moves 1, starts 1 anew; 1 card is gone."
    said = "\n".join(rest)
    assert "loss.md:10  When is the squared error a good choice?" in said
    assert "loss.md:10  Which loss goes with softmax?" in said
    assert "What does a loss" not in said


def test_the_same_as_json(kept: Path, studytool) -> None:
    reword(kept)
    (kept / "perceptron.md").unlink()
    found = json.loads(studytool("check", "--since", "HEAD", "--json", str(kept)).out)
    assert (found["kept"], found["moved"], len(found["relinked"]), found["fresh"]) == (2, 0, 1, [])
    assert [Path(card["path"]).name for card in found["gone"]] == ["perceptron.md"] * 3
    assert found["loses_history"] == []
    assert found["since"] == "HEAD"


def test_an_earlier_revision_and_a_single_note(kept: Path, studytool) -> None:
    reword(kept)
    commit(kept)
    (kept / "perceptron.md").write_text("", "utf-8")
    assert told(kept / "loss.md", studytool, "HEAD~1")[0] == "This edit keeps 2 cards, moves 0, starts 0 anew."


def test_a_renamed_note_moves_its_cards(kept: Path, studytool) -> None:
    (kept / "loss.md").rename(kept / "losses.md")
    assert told(kept, studytool) == ["This edit keeps 3 cards, moves 2, starts 0 anew."]


def test_cards_that_come_from_notes_outside_a_folder_are_no_new_ones(kept: Path, studytool) -> None:
    text = (kept / "perceptron.md").read_text("utf-8")
    moved = "C: Before the sign is taken, a [bias] is added to the weighted sum.\n"
    (kept / "perceptron.md").write_text(text.replace(moved, ""), "utf-8")
    (kept / "part").mkdir()
    (kept / "part" / "bias.md").write_text(f"# Bias\n\n{moved}\nQ: What is new?\nA: This card.\n", "utf-8")
    (kept / "loss.md").rename(kept / "part" / "loss.md")
    done = studytool("check", "--since", "HEAD", str(kept / "part"))
    assert done.out.splitlines()[0] == "This edit keeps 0 cards, moves 3, starts 1 anew."
    assert "What is new?" in done.out
    commit(kept)
    (kept / "part" / "loss.md").rename(kept / "loss.md")
    git(kept, "add", ".")
    assert told(kept / "part", studytool) == ["This edit keeps 2 cards, moves 2, starts 0 anew."]


def test_histories_that_will_be_lost_are_named(kept: Path, studytool) -> None:
    learn_all(kept)
    reword(kept)
    edit(kept / "perceptron.md", "What does a perceptron draw in the plane?", "Who coined the word?")
    edit(kept / "perceptron.md", "One straight line.", "Frank Rosenblatt, in 1957.")
    done = studytool("check", "--since", "HEAD", str(kept))
    said = done.out.partition("no card goes on with their history:")[2]
    assert "perceptron.md:7  What does a perceptron draw in the plane? (once)" in said
    assert "loss" not in said
    # It only looks: the log is as it was.
    again = desk.open_desk(desk.request([str(kept)]))
    assert len(again.relinked) == 1
    again.close()


STEPS = (
    ("How far a prediction lies from its target.", "How far a prediction of the network lies from its target."),
    ("What does a loss measure?", "What does a loss measure for one example of the batch?"),
    ("How far a prediction of the network lies", "How far off the network is: the way of its prediction"),
    ("What does a loss measure for one example of the batch?", "For one example of the batch, what does it measure?"),
)


def test_what_the_app_has_followed_step_by_step_starts_nothing_anew(kept: Path, studytool) -> None:
    learn_all(kept)
    wanted = desk.request([str(kept)])
    table = desk.open_desk(wanted)
    for before, after in STEPS:
        edit(kept / "loss.md", before, after)
        assert len(table.adopt(desk.read_notes(wanted)).renamed) == 1
    assert told(kept, studytool)[0] == "This edit keeps 5 cards, moves 0, starts 0 anew."
    while table.undo_relinks(NOW):
        pass
    table.close()
    assert told(kept, studytool)[0] == "This edit keeps 4 cards, moves 0, starts 1 anew; 1 card is gone."


@pytest.mark.parametrize("edits", range(1, len(STEPS) + 1))
def test_what_is_there_again_as_it_was_loses_nothing(kept: Path, studytool, edits: int) -> None:
    learn_all(kept)
    original = (kept / "loss.md").read_text("utf-8")
    for before, after in STEPS[:edits]:
        edit(kept / "loss.md", before, after)
        desk.open_desk(desk.request([str(kept)])).close()
    (kept / "loss.md").write_text(original, "utf-8")
    assert told(kept, studytool) == ["This edit keeps 5 cards, moves 0, starts 0 anew."]


def test_cards_that_were_never_answered_are_no_rivals_where_the_next_opening_knows_none(kept: Path, studytool) -> None:
    learn_all(kept)
    alike = "\nQ: What does a loss measure?\nA: How far {} prediction lies from its target.\n"
    note = kept / "loss.md"
    note.write_text(note.read_text() + alike.format("the"))
    commit(kept)
    text = note.read_text().replace(alike.format("the"), "").replace(alike.format("a"), alike.format("one"))
    note.write_text(text)
    assert told(kept, studytool)[0] == "This edit keeps 5 cards, moves 0, starts 0 anew; 1 card is gone."
    table = desk.open_desk(desk.request([str(kept)]))
    assert len(table.relinked) == 1
    table.close()


def test_without_a_log_none_is_made(kept: Path, log: Path, studytool) -> None:
    studytool("check", "--since", "HEAD", str(kept))
    assert not log.exists()


def test_odd_names_and_files_that_are_no_notes(kept: Path, studytool) -> None:
    (kept / "a\nb é.md").write_text("Q: Is it read?\nA: It is.\n", "utf-8")
    (kept / "latin.md").write_bytes(b"Q: caf\xe9?\nA: no\n")
    (kept / ".hidden.md").write_text("Q: h?\nA: h\n", "utf-8")
    (kept / "data.csv").write_text("Q: c?\nA: c\n", "utf-8")
    commit(kept)
    assert told(kept, studytool)[0] == "This edit keeps 6 cards, moves 0, starts 0 anew."


def test_notes_that_the_settings_leave_out_are_not_compared(kept: Path, studytool) -> None:
    (kept / "studytool.toml").write_text('ignore = ["drafts"]\n', "utf-8")
    (kept / "drafts").mkdir()
    (kept / "drafts" / "x.md").write_text("Q: What is a draft?\nA: A text that is not ready.\n", "utf-8")
    commit(kept)
    (kept / "loss.md").write_bytes((kept / "loss.md").read_bytes() + b"caf\xe9\n")
    assert told(kept, studytool)[0] == "This edit keeps 3 cards, moves 0, starts 0 anew."


@pytest.mark.parametrize("revision", ["nope", "--help", "-1", "HEAD~99", "HEAD:loss.md", ""])
def test_a_revision_that_is_none_is_said(kept: Path, studytool, revision: str) -> None:
    done = studytool("check", f"--since={revision}", str(kept))
    assert (done.code, done.out) == (2, "")
    assert "There is no revision" in done.err


def test_notes_without_git_are_said(notes: Path, studytool) -> None:
    done = studytool("check", "--since", "HEAD", str(notes))
    assert (done.code, done.out) == (2, "")
    assert "not in a git repository" in done.err


def test_a_missing_git_is_said(kept: Path, tmp_path: Path, studytool) -> None:
    done = studytool("check", "--since", "HEAD", str(kept), env={"PATH": str(tmp_path)})
    assert (done.code, done.out) == (1, "")
    assert "git is not installed" in done.err


def test_a_repository_without_a_commit_is_said(notes: Path, studytool) -> None:
    git(notes, "init")
    done = studytool("check", "--since", "HEAD", str(notes))
    assert done.code == 2
    assert "There is no revision HEAD" in done.err


def test_a_repository_above_the_notes_is_found(kept: Path, studytool) -> None:
    inner = kept / "part" / "deep"
    inner.mkdir(parents=True)
    (inner / "x.md").write_text("Q: What is deep?\nA: Far down.\n", "utf-8")
    commit(kept)
    os.remove(kept / "loss.md")
    assert told(inner, studytool) == ["This edit keeps 1 card, moves 0, starts 0 anew."]


def test_due_and_the_plain_mode_say_that_edited_cards_keep_their_history(kept: Path, studytool) -> None:
    studytool("study", "--plain", str(kept), stdin="\n4\n" * 5)
    reword(kept)
    done = studytool("due", str(kept))
    assert "1 edited card keeps its history." in done.out
    assert "0 due, 0 later, 0 new today" in done.out
    edit(kept / "loss.md", "What does a loss function measure?", "What does a loss function tell us?")
    done = studytool("study", "--plain", str(kept))
    assert done.out.startswith("1 edited card keeps its history.\n")
    assert "edited" not in studytool("due", str(kept)).out
