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
def test_the_way_to_the_first_card_loads_neither_arrays_nor_torch(
    start, notes: Path, tmp_path: Path, command: list[str]
) -> None:
    listing = tmp_path / "modules.json"
    terminal = start(listing, *command, notes, python=("-c", DRIVER))
    if not command:
        terminal.wait("5 new")
        terminal.wait("Welcome to studytool")
        terminal.press("\r")
        terminal.wait(lambda text: "Welcome" not in text)
        terminal.press("\r")
    terminal.wait("What does a perceptron draw in the plane?")
    terminal.press("\x11")
    assert terminal.ended() == 0
    seen = set(json.loads(listing.read_text()))
    assert {"textual", "sqlite3"} <= seen
    # watchfiles may be there by then: it is loaded half a second after the first screen, to look out for edits.
    heavy = {"torch", "numpy", "rapidfuzz", "pygments", "importlib.metadata", "studytool.quiz"}
    assert not heavy & seen
