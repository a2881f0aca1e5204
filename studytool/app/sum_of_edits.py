"""What several editions of the notes that follow each other closely have changed, all in all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytool.desk import Edit
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytool.desk import Desk

_NAMED = 20
"""Where more cards than this have gone at once, none of them is named: those that were answered are counted."""


class SumOfEdits:
    """Takes edits that are told in one sentence: what came and went again between them counts as nothing."""

    def __init__(self) -> None:
        self._before: Mapping[str, int] = {}  # the cards as they were before the first of them
        self._edits: list[Edit] = []
        self._told = 0

    @property
    def untold(self) -> bool:
        """Whether an edit was taken since they were told."""
        return len(self._edits) > self._told

    def add(self, before: Mapping[str, int], edit: Edit) -> None:
        """One more; `before` are the cards as they were before it, by their keys."""
        if not self._edits:
            self._before = before
        self._edits.append(edit)

    def sentences(self, desk: Desk) -> list[str]:
        """What is to be said of all of them, of the desk as it is now."""
        from studytool.desk.returning import told, told_lost

        edits, before, now = self._edits, self._before, desk.library.entries
        self._told = len(edits)
        gone = before.keys() - now.keys()
        renamed: dict[str, str] = {}
        for each in edits:
            renamed = {old: each.renamed.get(key, key) for old, key in renamed.items()} | dict(each.renamed)
        renamed = {old: key for old, key in renamed.items() if old in gone and key in now}
        learned = set(desk.memory.learned()) if gone or any(each.new for each in edits) else set()
        anew = [key for key in gone & learned - renamed.keys() if desk.memory.state(key)]
        lost = list(dict.fromkeys(front for each in edits for front in each.lost)) if anew else []
        edit = edits[0]
        if len(edits) > 1:
            new = now.keys() - before.keys()
            back = len(new & learned - set(renamed.values()))
            edit = replace(edit, new=len(new), gone=len(gone), back=back, renamed=renamed)
        said = [f"Your notes: {edit}."] if str(edit) else []
        said += [told(len(edit.renamed))] if edit.renamed else []
        if lost and len(lost) <= len(anew):
            said.append(told_lost(lost))
        elif lost or (anew and len(gone) > _NAMED):
            said.append(_counted(len(anew)))
        return said


def _counted(number: int) -> str:
    if number == 1:
        return "1 card that you answered is none any more; what you answered is kept, should it come back."
    many = f"{counted(number, 'card')} that you answered are none any more"
    return f"{many}; what you answered is kept, should they come back."
