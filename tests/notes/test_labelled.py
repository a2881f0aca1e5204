"""Precision and recall on notes with the cards beside them that their author means: dialects mixed, and with traps.

The cards were written down before the notes were first read. Run it with `-s` for the table.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from studytool.notes import load_library

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "labelled"
NOTES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".toml")


class Meant(NamedTuple):
    """A card as it is counted: right only when all three agree."""

    dialect: str
    front: str
    back: str


@cache
def meant(name: str) -> Counter[Meant]:
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["card"]
    return Counter(Meant(card["dialect"], card["front"].strip("\n"), card["back"].strip("\n")) for card in told)


@cache
def found(name: str) -> Counter[Meant]:
    (note,) = load_library([FOLDER / name]).notes
    return Counter(Meant(card.dialect, card.front, card.back) for card in note.studied)


@pytest.mark.parametrize("name", NOTES)
def test_a_note_yields_exactly_the_cards_that_its_author_means(name: str) -> None:
    assert sorted((found(name) - meant(name)).elements()) == [], "cards that nobody meant"
    assert sorted((meant(name) - found(name)).elements()) == [], "cards that were not found"


def test_nearly_all_cards_are_found_and_nearly_none_is_invented() -> None:
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for name in NOTES:
        for tally, cards in ((right, found(name) & meant(name)), (wanted, meant(name)), (given, found(name))):
            for card, count in cards.items():
                tally.update({card.dialect: count, "all": count})
    print(f"\n{len(NOTES)} notes\n{'dialect':20}{'meant':>7}{'found':>7}{'right':>7}{'precision':>11}{'recall':>8}")
    for dialect in [*sorted((wanted.keys() | given.keys()) - {"all"}), "all"]:
        precision, recall = right[dialect] / max(given[dialect], 1), right[dialect] / max(wanted[dialect], 1)
        row = f"{wanted[dialect]:7}{given[dialect]:7}{right[dialect]:7}{precision:11.3f}{recall:8.3f}"
        print(f"{dialect:20}{row}")
    assert wanted["all"] >= 300
    assert right["all"] / given["all"] >= 0.98
    assert right["all"] / wanted["all"] >= 0.98
