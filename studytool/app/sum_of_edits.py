"""What several editions of the notes that follow each other closely have changed, all in all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytool.text import counted

if TYPE_CHECKING:
    from studytool.desk import Desk, Edit

_NAMED = 20
"""Where more cards than this have gone at once, none of them is named: those that were answered are counted."""


class SumOfEdits:
    """Takes edits that are told in one sentence: what came and went again between them counts as nothing."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []
        self._told = 0
        self._came: set[str] = set()
        self._went: set[str] = set()

    @property
    def untold(self) -> bool:
        """Whether an edit was taken since they were told."""
        return len(self._edits) > self._told

    def add(self, edit: Edit) -> None:
        """One more."""
        self._edits.append(edit)
        for keys, here, there in ((edit.went, self._went, self._came), (edit.came, self._came, self._went)):
            here.update(keys - there)
            there.difference_update(keys)

    def sentences(self, desk: Desk) -> list[str]:
        """What is to be said of all of them, of the desk as it is now."""
        from studytool.desk.returning import told, told_lost

        edits, came, went = self._edits, self._came, self._went
        self._told = len(edits)
        renamed: dict[str, str] = {}
        for each in edits:
            renamed = {old: each.renamed.get(key, key) for old, key in renamed.items()} | dict(each.renamed)
        renamed = {old: key for old, key in renamed.items() if old in went and key in desk.library.entries}
        anew = {key for key in went - renamed.keys() if desk.memory.state(key)}
        fronts = {key: front for each in edits for key, front in each.lost.items()}
        still = (key for key in fronts if key not in desk.library.entries and desk.memory.state(key))
        lost = list(dict.fromkeys(fronts[key] for key in still))
        edit = edits[0]
        if len(edits) > 1:
            back = set(filter(desk.memory.is_learned, came.difference(renamed.values())))
            notes = {key: note for each in edits for key, note in each.notes.items()}
            edit = replace(edit, came=came, went=went, back=back, notes=notes, renamed=renamed)
        said = [f"Your notes: {edit}."] if str(edit) else []
        said += [told(len(edit.renamed))] if edit.renamed else []
        if lost:
            said.append(told_lost(lost))
        elif anew and len(went) > _NAMED:
            said.append(_counted(len(anew)))
        return said


def _counted(number: int) -> str:
    if number == 1:
        return "1 card that you answered is none any more; what you answered is kept, should it come back."
    many = f"{counted(number, 'card')} that you answered are none any more"
    return f"{many}; what you answered is kept, should they come back."
