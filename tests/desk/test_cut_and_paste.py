"""What edits cut from one note and put into another, while the desk is open: as a restart has it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from studytool import desk
from studytool.memory.pieces import finished
from studytool.notes.relink import Relink
from tests.desk.acts import EDITED, LIKE_IT, NOW, STEEPEST, answer, learn_all, log_of

STAYS = "Q: Which river runs through Vienna?\nA: The Danube, on its way to the Black Sea.\n"
OTHER = "Q: What does a pooling layer keep?\nA: The largest value of every window of the feature map.\n"
OTHER_EDITED = "Q: What does a pooling layer keep?\nA: The largest value of each window of the feature map.\n"
STRANGE = "Q: What is momentum for?\nA: It carries an optimiser over flat places.\n"
AGAIN = f"{EDITED[:-2]}, of course.\n"

BEFORE = {"a": STEEPEST + STAYS, "b": "# B\n", "c": OTHER}
CUT, EMPTY = {"a": STAYS}, {"c": "# C\n"}
SEQUENCES = {
    "the same words": ([CUT, {"b": STEEPEST}], 3),
    "other words": ([CUT, {"b": EDITED}], 3),
    "other words later": ([CUT, {"b": STRANGE}, {"b": STRANGE + EDITED}], 3),
    "other words at once": ([{**CUT, "b": EDITED}], 3),
    "put in first": ([{"b": EDITED}, CUT], 3),
    "put in first, the same words": ([{"b": STEEPEST}, CUT], 3),
    "put in first, much later": ([{"b": EDITED}, {"c": OTHER + STRANGE}, CUT], 3),
    "reworded where it was put": ([CUT, {"b": STEEPEST}, {"b": EDITED}], 3),
    "reworded once more": ([CUT, {"b": EDITED}, {"b": AGAIN}], 3),
    "from two notes": ([CUT, EMPTY, {"b": EDITED + OTHER_EDITED}], 3),
    "from two notes, one by one": ([CUT, EMPTY, {"b": OTHER_EDITED}, {"b": OTHER_EDITED + EDITED}], 3),
    "undone": ([CUT, {"a": STEEPEST + STAYS}], 3),
    "put in and undone": ([CUT, {"b": EDITED}, {"b": "# B\n"}, {"a": STEEPEST + STAYS}], 3),
    "put in and undone the other way round": ([CUT, {"b": EDITED}, {"a": STEEPEST + STAYS}, {"b": "# B\n"}], 3),
    "put in, and back in its own words": ([CUT, {"b": EDITED}, {"a": STEEPEST + STAYS}], 3),
    "two that are alike": ([CUT, {"b": EDITED + AGAIN}], 2),
    "two that are alike, one goes": ([CUT, {"b": EDITED + AGAIN}, {"b": AGAIN}], 3),
    "a new note": ([CUT, {"d": EDITED}], 3),
    "a note that is gone": ([{"a": ""}, {"d": STAYS + EDITED}], 3),
    "another card": ([CUT, {"b": STRANGE}], 2),
}


def write(folder: Path, notes: dict[str, str]) -> None:
    for name, text in notes.items():
        (folder / f"{name}.md").write_text(text) if text else (folder / f"{name}.md").unlink()


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, notes: dict[str, str]) -> desk.Desk:
    """A desk of some notes whose cards were answered, with a log of its own."""
    folder.mkdir()
    monkeypatch.setenv("STUDYTOOL_DATA", str(folder.with_suffix(".data")))
    write(folder, notes)
    learn_all(folder)
    return desk.open_desk(desk.request([str(folder)]))


def kept(table: desk.Desk) -> dict[str, int]:
    """How often each card was answered, by its text; and the cards there are no more are not told."""
    found = {f"{card.front} {card.back}": table.memory.state(card.key) for card in table.library.studied()}
    return {text: state.reviews for text, state in found.items() if state}


@pytest.mark.parametrize("name", SEQUENCES)
def test_what_is_cut_and_put_elsewhere_comes_to_the_same_as_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    steps, count = SEQUENCES[name]
    table = opened(tmp_path / "restart", monkeypatch, BEFORE)
    table.close()
    for step in steps:
        write(tmp_path / "restart", step)
    table = desk.open_desk(table.request)
    expected = kept(table)
    table.close()
    table = opened(tmp_path / "open", monkeypatch, BEFORE)
    for step in steps:
        write(tmp_path / "open", step)
        table.adopt(desk.read_notes(table.request))
    assert kept(table) == expected
    assert len(expected) == count
    table.close()


def test_a_card_that_others_are_as_like_gets_no_history_though_edits_brought_only_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    write(tmp_path / "notes", {"c": OTHER + AGAIN})
    table.close()
    table = desk.open_desk(table.request)
    for step in (CUT, {"b": EDITED}):
        write(tmp_path / "notes", step)
        assert table.adopt(desk.read_notes(table.request)).renamed == {}
    table.close()


def test_of_very_many_cards_those_that_stood_beside_one_that_was_cut_are_not_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.desk.edited._FEW", 2)
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    write(tmp_path / "notes", {"c": OTHER + AGAIN})
    table.close()
    table = desk.open_desk(table.request)
    for step, links in ((CUT, 0), ({"b": EDITED}, 1)):
        write(tmp_path / "notes", step)
        assert len(table.adopt(desk.read_notes(table.request)).renamed) == links
    table.close()


def test_a_card_that_was_cut_goes_on_as_none_that_stood_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    write(tmp_path / "notes", {"b": LIKE_IT})
    table.close()
    table = desk.open_desk(table.request)
    for step in ({"b": LIKE_IT + STRANGE}, CUT):
        write(tmp_path / "notes", step)
        assert table.adopt(desk.read_notes(table.request)).renamed == {}
    table.close()


def test_a_history_goes_on_as_no_card_that_was_answered_before_it_was_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    write(tmp_path / "notes", {"b": EDITED})
    table.adopt(desk.read_notes(table.request))
    answer(table, [card.span.path.endswith("b.md") for card in table.library.studied()].index(True))
    write(tmp_path / "notes", CUT)
    assert table.adopt(desk.read_notes(table.request)).renamed == {}
    table.close()


def test_an_answer_given_while_a_paste_is_compared_stands_against_the_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    write(tmp_path / "notes", {"b": EDITED})
    table.adopt(desk.read_notes(table.request))
    at = [card.span.path.endswith("b.md") for card in table.library.studied()].index(True)
    write(tmp_path / "notes", CUT)

    def aside(work: Callable[[], list[Relink]]) -> Generator[None, None, list[Relink]]:
        yield None
        found = work()
        if found and not answered:
            answered.append(answer(table, at))
        return found

    answered: list[None] = []
    assert finished(table.adopting(desk.read_notes(table.request), aside=aside)).renamed == {}
    assert answered
    assert "relink" not in log_of(table)
    table.close()


def test_a_link_to_another_note_is_taken_back_in_every_window_and_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    tables = [table, desk.open_desk(table.request)]
    for step in (CUT, {"b": EDITED}):
        write(tmp_path / "notes", step)
        for one in tables:
            one.hear()
            one.adopt(desk.read_notes(one.request))
    assert len(tables[0].undo_relinks(NOW)) == 1
    for step in ({"b": EDITED + STRANGE}, {"b": AGAIN}):
        write(tmp_path / "notes", step)
        for one in tables:
            one.hear()
            assert one.adopt(desk.read_notes(one.request)).renamed == {}
            assert len(kept(one)) == 2
    for one in tables:
        one.close()


def test_what_was_cut_before_all_notes_were_read_is_found_when_it_is_put_in_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    table.complete = False
    write(tmp_path / "notes", CUT)
    table.adopt(desk.read_notes(table.request), complete=False)
    table.adopt(desk.read_notes(table.request), just_made=False)
    write(tmp_path / "notes", {"b": EDITED})
    assert len(table.adopt(desk.read_notes(table.request)).renamed) == 1
    table.close()


def test_of_very_many_cards_the_latest_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.desk.edited._LATEST", 2)
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    for step in (CUT, EMPTY, {"a": "# A\n"}, {"b": EDITED + OTHER_EDITED}):
        write(tmp_path / "notes", step)
        table.adopt(desk.read_notes(table.request))
    assert len(kept(table)) == 1
    table.close()
