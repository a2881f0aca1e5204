"""What was compared once is not compared again."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import clock, desk, places
from studytool.errors import StudytoolError
from studytool.memory import Moment
from studytool.notes.index import Head
from studytool.notes.model import Note
from tests.desk.acts import EDITED, answered, log_of


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notes that are made from now on."""
    from studytool.notes.library import Shelf

    made: list[str] = []
    note_of = Shelf._note_of

    def noting(self: Shelf, head: Head) -> Note:
        made.append(Path(head[0]).name)
        return note_of(self, head)

    monkeypatch.setattr(Shelf, "_note_of", noting)
    return made


def test_a_card_that_was_deleted_costs_later_openings_nothing(vault: Path, made: list[str]) -> None:
    (vault / "a.md").write_text("Q: What else is asked?\nA: Only this.\n")
    for number in range(5):
        (vault / f"n{number}.md").write_text(f"Q: What is thing {number} of the list?\nA: It is thing {number}.\n")
    desk.open_desk(desk.request([str(vault)])).close()
    assert len(made) == 6
    made.clear()
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == []
    (vault / "n3.md").write_text("Q: What is another thing?\nA: It is another.\n")
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == ["n3.md"]


def test_in_a_large_library_only_notes_that_changed_since_are_looked_through(
    vault: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.desk.judged._MANY", 3)
    for number in range(5):
        (vault / f"n{number}.md").write_text(f"Q: What is thing {number} of the list?\nA: It is thing {number}.\n")
    table = desk.open_desk(desk.request([str(vault)]))
    (card,) = [card for card in table.library.studied() if "gradient" in card.front]
    tomorrow = Moment(clock.now().ms + 86_400_000, 0)
    table.store.append("review", card.key, {"grade": 3}, tomorrow)
    table.close()
    made.clear()
    (vault / "a.md").unlink()
    desk.open_desk(desk.request([str(vault)])).close()
    assert made == []
    (vault / "n2.md").write_text(EDITED)
    table = desk.open_desk(desk.request([str(vault)]))
    assert len(table.relinked) == 1
    table.close()


def test_an_edit_in_another_note_that_comes_later_is_found(vault: Path, made: list[str]) -> None:
    (vault / "b.md").write_text("Q: What else is asked?\nA: Only this.\n")
    (vault / "a.md").unlink()
    assert answered(vault) == {"b.md": 0}
    (vault / "c.md").write_text(EDITED)
    assert answered(vault) == {"b.md": 0, "c.md": 1}


def test_a_log_that_cannot_be_written_has_the_same_found_again(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studytool.memory import Store

    def full(*_: object) -> None:
        raise StudytoolError("The disk is full.")

    (vault / "a.md").write_text(EDITED)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "append_all", full)
        assert answered(vault) == {"a.md": 0}
    assert answered(vault) == {"a.md": 1}


@pytest.mark.parametrize("content", ["", "[]", '{"gone": 3, "keys": 4}', "\xff", "null"])
def test_a_damaged_file_of_what_was_compared_is_done_without(vault: Path, content: str) -> None:
    (vault / "a.md").unlink()
    (vault / "b.md").write_text("Q: What else is asked?\nA: Only this.\n")
    assert answered(vault) == {"b.md": 0}
    (kept,) = places.cache_folder().glob("*.judged.json")
    kept.write_text(content, "latin-1")
    (vault / "b.md").write_text(EDITED)
    assert answered(vault) == {"b.md": 1}


def test_an_edit_while_the_desk_is_open_looks_at_its_own_note(vault: Path, made: list[str]) -> None:
    wanted = desk.request([str(vault)])
    for number in range(5):
        (vault / f"n{number}.md").write_text(
            f"#flashcards\n\nWhat is thing {number} of it?::It is thing {number}.\n<!--SR:!2026-12-01,3,250-->\n"
        )
    table = desk.open_desk(wanted)
    assert log_of(table).count("imported") == 5
    shelf = desk.open_shelf(wanted)
    list(shelf.read())
    made.clear()
    (vault / "n2.md").write_text("#flashcards\n\nWhat is new::It is new.\n<!--SR:!2026-12-01,3,250-->\n")
    (vault / "a.md").write_text("Q: What else is asked?\nA: Only this.\n")
    shelf.read_again({str(vault / "n2.md"), str(vault / "a.md")})
    table.adopt(shelf.library())
    assert sorted(made) == ["a.md", "n2.md"]
    assert log_of(table).count("imported") == 6
    table.close()
