"""docs/marking.md: every example is marked as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytool.quiz import Asked, mark
from studytool.quiz.marking import mark_numeric
from tests.bench.marking import marked, rows

TEXT = (Path(__file__).parents[2] / "docs" / "marking.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in TEXT.splitlines() if line.startswith("|")]
EXAMPLES = [row for row in ROWS if len(row) == 3 and row[2].partition(":")[0] in ("right", "nearly", "wrong")]


@pytest.mark.parametrize("row", EXAMPLES, ids=" <- ".join)
def test_an_example_is_marked_as_it_says(row: list[str]) -> None:
    answer, typed, said = row
    asked = Asked("typed", "What is it?", (), answer.strip("`"), (), "", "0" * 32, "note.md", 1, "Topic")
    found = mark(asked, typed)
    verdict, _, why = said.partition(": ")
    assert found.verdict == verdict, found.reason
    assert why in found.reason


def test_the_ways_to_write_one_number_are_one() -> None:
    for line in re.findall(r"Numbers are compared by value: (.*)\. A comma", TEXT.replace("\n", " ")):
        thousandth, thousand = (re.findall(r"`([^`]+)`", part) for part in line.split("are one, and"))
        for ways in (thousandth, thousand):
            assert len(ways) > 3
            assert {mark_numeric([one], other).verdict for one in ways for other in ways} == {"right"}
    assert len(EXAMPLES) > 30


def test_the_agreement_with_the_labels_is_as_it_says() -> None:
    given = [(row["verdict"], marked(row).verdict) for row in rows()]
    same, wrong = sum(one == other for one, other in given), [other for one, other in given if one == "wrong"]
    assert f"{same} of {len(given)} ({100 * same / len(given):.1f} %)" in TEXT
    assert f"{wrong.count('right')} of the {len(wrong)} that should be wrong are marked right" in TEXT
