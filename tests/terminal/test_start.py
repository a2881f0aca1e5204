"""What a start of the app loads on its way to the first card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DRIVER = """\
import sys
from studytool.cli import main
code = main(sys.argv[2:])
seen = list(sys.modules)
import json
with open(sys.argv[1], "w") as file:
    json.dump(seen, file)
raise SystemExit(code)
"""


@pytest.mark.parametrize("command", [["study"], []], ids=["study", "home"])
def test_the_way_to_the_first_card_loads_neither_arrays_nor_torch(start, tmp_path: Path, command: list[str]) -> None:
    # No demo is about rivers: one that may be opened is prepared a second later.
    rivers, listing = tmp_path / "rivers.md", tmp_path / "modules.json"
    rivers.write_text("# Rivers\n\nQ: Which river runs through Cairo?\nA: The Nile.\n", "utf-8")
    terminal = start(listing, *command, rivers, python=("-c", DRIVER))
    if not command:
        terminal.wait("1 new")
        terminal.wait("Welcome to studytool")
        terminal.press("\r")
        terminal.wait(lambda text: "Welcome" not in text)
        terminal.press("\r")
    terminal.wait("Which river runs through Cairo?")
    terminal.press("\x11")
    assert terminal.ended() == 0
    seen = set(json.loads(listing.read_text()))
    assert {"textual", "sqlite3"} <= seen
    # watchfiles may be there by then: it is loaded half a second after the first screen, to look out for edits.
    heavy = {"torch", "numpy", "rapidfuzz", "pygments", "importlib.metadata", "studytool.quiz"}
    assert not heavy & seen


BLIND = """\
import os, sys
os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
from studytool.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("how", ["dumb", "blind"])
def test_where_no_screen_can_be_painted_cards_are_asked_line_by_line(start, notes: Path, how: str) -> None:
    python = ("-c", BLIND) if how == "blind" else ()  # the app would paint into what swallows its errors
    terminal = start("study", notes, python=python, environ={"TERM": "dumb" if how == "dumb" else "xterm"})
    terminal.wait("enter to see the answer")
    terminal.press("\r")
    terminal.wait("1 again")
    terminal.press("q\r")
    assert terminal.ended() == 0
    assert b"\x1b" not in terminal.raw


def test_the_app_whose_painting_goes_elsewhere_says_so_under_what_is_due(start, notes: Path) -> None:
    terminal = start(notes, python=("-c", BLIND), columns=120)
    terminal.wait("The app paints to standard error, which goes elsewhere")
    assert terminal.ended() == 0


def test_on_white_nothing_is_written_in_what_16_colours_have_for_brown_and_green(start, notes: Path) -> None:
    few = {"TERM": "xterm", "COLORTERM": "", "STUDYTOOL_THEME": "studytool-light"}
    terminal = start("study", notes, environ=few)
    terminal.wait("space shows the answer")
    terminal.press(" ")
    terminal.settled("4 Easy")
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values() if cell.data.strip()]
    assert {cell.bg for cell in cells} <= {"white", "brightwhite"}
    assert {cell.fg for cell in cells if cell.data.isalnum()} == {"black", "blue", "red", "magenta"}
    terminal.press("\x11")
    assert terminal.ended() == 0


def test_a_terminal_without_a_second_screen_is_left_empty(start, notes: Path) -> None:
    terminal = start("study", notes, environ={"TERM": "linux", "COLORTERM": ""})  # pyte has no second screen either
    terminal.wait("space shows the answer")
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert terminal.text.strip() in ("", "u")  # of a sequence that pyte does not know
    assert terminal.screen.cursor.y == 0
