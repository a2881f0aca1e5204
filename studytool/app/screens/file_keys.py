"""The keys that lead from what is on the screen to the file behind it: the same two everywhere."""

from __future__ import annotations

from textual.binding import Binding

READ = Binding("n", "read", "Read", tooltip="Read the note that this is from", id="file.read")
EDIT = Binding("o", "edit", "Edit", tooltip="Open the file of this in $EDITOR, at its line", id="file.edit")
FILE = (READ, EDIT)
