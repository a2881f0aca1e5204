"""A note may hold anything: on a real terminal it is shown as text, and nothing in it is carried out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

MARKUP = "[@click=app.quit]x[/]"
# What a terminal would do with each of these shows in the bytes that the program writes.
EVIL = "\x1b]0;evil-title\x07\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[31mred\x9b5mblink\u202etxt\u2066iso"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A library with such text in its title, its prompt, its answer and its file's name."""
    folder = tmp_path / "lib\x1b[7mrary"
    folder.mkdir()
    (folder / "no\x1b]0;evil-title\x07te.md").write_text(
        f"# Topic {EVIL} {MARKUP}\n\nQ: Prompt {EVIL} {MARKUP} W[i] [/]?\nA: Answer {EVIL} {MARKUP} [/b] done.\n",
        "utf-8",
    )
    return folder


def harmless(raw: bytes) -> None:
    """Nothing of the note is a command in what was written to the terminal."""
    text = raw.decode("utf-8", "replace")
    assert "evil-title" not in "".join(re.findall(r"\x1b\][^\x07\x1b]*", text))
    assert "\x1b]52;c;ZXZpbA" not in text
    assert not re.search("[\x80-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_home_study_and_quiz_show_it_as_text(start, evil: Path) -> None:
    terminal = start(evil)
    terminal.wait(lambda text: "[@click=" in text.partition("Topic")[2])
    terminal.wait("Welcome to studytool")
    terminal.press("\r")
    terminal.wait(lambda text: "Welcome" not in text)
    terminal.press("\r")
    terminal.wait(f"Prompt redblinktxtiso {MARKUP} W[i] [/]?")
    terminal.press(" ")
    terminal.wait(f"Answer redblinktxtiso {MARKUP} [/b] done.")
    terminal.press("\x1b")
    terminal.wait(lambda text: "answered today" in text and "Prompt" not in text)
    terminal.press("q")
    terminal.wait(lambda text: "Prompt" in text or "no cards" in text)
    terminal.press("\x11")
    assert terminal.ended() == 0
    harmless(terminal.raw)


def test_markup_cannot_be_clicked(start, evil: Path) -> None:
    terminal = start("study", evil)
    text = terminal.wait("W[i] [/]?")
    rows = text.splitlines()
    row = next(index for index, line in enumerate(rows) if "click=app.quit" in line and "Prompt" in line)
    column = rows[row].index("quit]x[/]") + len("quit]")
    for action in "Mm":  # press and release of the left button, as SGR mouse reports
        terminal.press(f"\x1b[<0;{column + 1};{row + 1}{action}")
    terminal.press(" ")
    terminal.wait("Answer")
    assert terminal.child.isalive()
    harmless(terminal.raw)


def test_pasted_escape_sequences_are_typed_as_nothing_else(start, evil: Path) -> None:
    terminal = start("study", evil)
    terminal.wait("Prompt")
    terminal.press("\x1b[200~\x1b[31mpasted\x1b[201~")
    terminal.press(" ")
    terminal.wait("Answer")
    harmless(terminal.raw)
