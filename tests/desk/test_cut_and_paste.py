"""What edits cut from one note and put into another, while the desk is open: as a restart has it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
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


@pytest.fixture
def table(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    """A desk of the notes as they were before; with a parameter, opened anew after notes were edited so."""
    table = opened(tmp_path / "notes", monkeypatch, BEFORE)
    if later := getattr(request, "param", None):
        table.close()
        write(tmp_path / "notes", later)
        table = desk.open_desk(table.request)
    yield table
    table.close()


def edited(table: desk.Desk, notes: dict[str, str], **how: bool) -> Mapping[str, str]:
    """Edit some notes and have the desk take it over; the links that this made."""
    write(table.request.paths[0], notes)
    return table.adopt(desk.read_notes(table.request), **how).renamed


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
    for notes in steps:
        write(tmp_path / "restart", notes)
    table = desk.open_desk(table.request)
    expected = kept(table)
    table.close()
    table = opened(tmp_path / "open", monkeypatch, BEFORE)
    for notes in steps:
        edited(table, notes)
    assert kept(table) == expected
    assert len(expected) == count
    table.close()


@pytest.mark.parametrize("table", [{"c": OTHER + AGAIN}], indirect=True)
def test_a_card_that_others_are_as_like_gets_no_history_though_edits_brought_only_it(table: desk.Desk) -> None:
    assert edited(table, CUT) == {}
    assert edited(table, {"b": EDITED}) == {}


@pytest.mark.parametrize("table", [{"c": OTHER + AGAIN}], indirect=True)
def test_of_very_many_cards_those_that_stood_beside_one_that_was_cut_are_not_looked_through(
    table: desk.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.desk.edited._FEW", 2)
    assert edited(table, CUT) == {}
    assert len(edited(table, {"b": EDITED})) == 1


@pytest.mark.parametrize("table", [{"b": LIKE_IT}], indirect=True)
def test_a_card_that_was_cut_goes_on_as_none_that_stood_beside_it(table: desk.Desk) -> None:
    assert edited(table, {"b": LIKE_IT + STRANGE}) == {}
    assert edited(table, CUT) == {}


def put_in(table: desk.Desk) -> int:
    """Put the card in elsewhere; its place in the library."""
    edited(table, {"b": EDITED})
    return [card.span.path.endswith("b.md") for card in table.library.studied()].index(True)


def test_a_history_goes_on_as_no_card_that_was_answered_before_it_was_free(table: desk.Desk) -> None:
    answer(table, put_in(table))
    assert edited(table, CUT) == {}


def test_an_answer_given_while_a_paste_is_compared_stands_against_the_link(table: desk.Desk) -> None:
    at = put_in(table)

    def aside(work: Callable[[], list[Relink]]) -> Generator[None, None, list[Relink]]:
        yield None
        found = work()
        if found and not answered:
            answered.append(answer(table, at))
        return found

    answered: list[None] = []
    write(table.request.paths[0], CUT)
    assert finished(table.adopting(desk.read_notes(table.request), aside=aside)).renamed == {}
    assert answered
    assert "relink" not in log_of(table)


def test_a_link_to_another_note_is_taken_back_in_every_window_and_not_made_again(table: desk.Desk) -> None:
    tables = [table, desk.open_desk(table.request)]
    for notes in (CUT, {"b": EDITED}):
        for one in tables:
            one.hear()
            edited(one, notes)
    assert len(table.undo_relinks(NOW)) == 1
    for notes in ({"b": EDITED + STRANGE}, {"b": AGAIN}):
        for one in tables:
            one.hear()
            assert edited(one, notes) == {}
            assert len(kept(one)) == 2
    tables[1].close()


def test_what_was_cut_before_all_notes_were_read_is_found_when_it_is_put_in_later(table: desk.Desk) -> None:
    table.complete = False
    edited(table, CUT, complete=False)
    edited(table, {}, just_made=False)
    assert len(edited(table, {"b": EDITED})) == 1


def test_of_very_many_cards_the_latest_are_remembered(table: desk.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studytool.desk.edited._LATEST", 2)
    for notes in (CUT, EMPTY, {"a": "# A\n"}, {"b": EDITED + OTHER_EDITED}):
        edited(table, notes)
    assert len(kept(table)) == 1
