"""The keys of the first run."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from studytool.app.home.found import LEVELS

KEYS: list[BindingType] = [
    Binding("enter", "go", "Start", tooltip="Begin with these cards", id="welcome.start"),
    Binding("o", "open", "Open", tooltip="Open a folder of your own notes", id="welcome.open"),
    *(
        Binding(str(k), f"switch('{level}')", level, tooltip="On or off", id=f"welcome.switch-{level}")
        for k, level in enumerate(LEVELS, 1)
    ),
    Binding("space", "turn", "On or off", tooltip="What the cursor is on, on or off", id="welcome.turn"),
    Binding("down,j", "move(1)", "Down", show=False, id="welcome.down"),
    Binding("up,k", "move(-1)", "Up", show=False, id="welcome.up"),
    Binding("y", "keep(True)", "Keep", tooltip="Write it into the settings", id="welcome.keep"),
    Binding("n", "keep(False)", "Only now", tooltip="Change nothing on the disk", id="welcome.only-now"),
    Binding("escape", "leave", "Leave", id="welcome.leave"),
]
