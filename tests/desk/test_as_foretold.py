"""What an edit does to histories in an open window, or before an opening, is what comparing both editions tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from studytool import desk
from studytool.notes.relink import changes
from tests.desk.acts import NOW


def stated(*names: str) -> str:
    theorem = "Q: What is stated by the theorem of {0}?\nA: Fact {0} about compact sets and their covers.\n\n"
    return "".join(theorem.format(name) for name in names)


def asked(front: str, back: str) -> str:
    return f"Q: {front}\nA: {back}\n\n"


INTERVAL, DUST, CIRCLE = "The unit interval with its usual metric", "Cantor dust, connected nowhere", "A drawn circle"
BESIDE = "Which set is given as an example in the lecture?"
MANY = stated("Baire", "Zorn", "Hahn", "Banach", "Riesz", "Fubini")


@dataclass
class Kept:
    """An open window on two notes, of which some were answered."""

    folder: Path

    def write(self, texts: dict[str, str]) -> None:
        for name in ("a", "b"):
            path = self.folder / f"{name}.md"
            if name in texts:
                path.write_text(f"# {'Alpha' if name == 'a' else 'Beta'}\n\n{texts[name]}")
            else:
                path.unlink(missing_ok=True)

    def answered(self, *names: str) -> desk.Desk:
        table = desk.open_desk(desk.request([str(self.folder)]))
        for card in table.library.studied():
            if Path(card.span.path).stem in names:
                payload = {"grade": 3, "text": table.text_of(card)}
                table.memory.apply(table.store.append("review", card.key, payload, NOW))
        return table


def in_the_window(table: desk.Desk) -> desk.Desk:
    table.adopt(desk.read_notes(table.request))
    return table


def at_an_opening(table: desk.Desk) -> desk.Desk:
    table.close()
    return desk.open_desk(table.request)


@pytest.mark.parametrize(("way", "beside"), [(in_the_window, ""), (in_the_window, "b"), (at_an_opening, "b")])
@pytest.mark.parametrize(
    ("before", "after", "linked"),
    [
        (
            {"a": asked("Example", INTERVAL) + stated("Heine", "Borel"), "b": asked("Example", CIRCLE)},
            {"a": stated("Heine", "Borel") + asked("Example", DUST), "b": asked("Example", CIRCLE)},
            0,
        ),
        (
            {"a": asked("Example", INTERVAL) + stated("Heine", "Borel"), "b": asked("Beispiel", CIRCLE)},
            {"a": stated("Heine", "Borel") + asked("Example", DUST), "b": asked("Beispiel", CIRCLE)},
            1,
        ),
        (
            {"a": asked(BESIDE, INTERVAL) + stated("Heine", "Borel"), "b": MANY},
            {"b": MANY + stated("Heine", "Borel") + asked(BESIDE, DUST)},
            0,
        ),
        (
            {"a": asked(BESIDE, INTERVAL) + stated("Heine", "Borel")},
            {"b": stated("Heine", "Borel") + asked(BESIDE, DUST)},
            1,
        ),
    ],
    ids=("in several notes", "in one note", "put into another note", "renamed"),
)
def test_notes_beside_those_that_were_edited_tell_the_same_in_a_window_as_in_git(
    tmp_path: Path,
    way: Callable[[desk.Desk], desk.Desk],
    beside: str,
    before: dict[str, str],
    after: dict[str, str],
    linked: int,
) -> None:
    notes = Kept(tmp_path)
    notes.write(before)
    table = notes.answered("a", beside)
    earlier = table.library.studied()
    notes.write(after)
    table = way(table)
    found = changes(earlier, table.library.studied()).relinked
    assert len(found) == linked
    assert [(one.source, one.target) for one in table.relinked] == [(link.source, link.target) for link in found]
    table.close()
