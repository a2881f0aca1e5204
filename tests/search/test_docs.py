"""docs/search.md: every field is in its table, and every example finds what a library of all kinds holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytool.search import QueryError, parse
from studytool.search.fields import FIELDS, FLAGS

from .conftest import NOW, Collection

TEXT = (Path(__file__).parents[2] / "docs" / "search.md").read_text("utf-8")
ROWS = [re.split(r"(?<!\\)\|", line)[1:-1] for line in TEXT.splitlines() if line.startswith("|")]
EXAMPLES = [row[-2].strip().strip("`").replace("\\|", "|") for row in ROWS if row[-2].strip().startswith("`")]


def test_every_field_and_every_value_is_documented() -> None:
    named = [row[0].strip().strip("`") for row in ROWS if len(row) == 3]
    assert sorted(name for name in named if name in FIELDS) == sorted(FIELDS)
    for field, values in FLAGS.items():
        for value in values:
            assert f"`{value}`" in TEXT or f"`{field}:{value}`" in TEXT


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_finds_some_of_the_cards(cards: Collection, example: str) -> None:
    found = cards.searcher.find(example, NOW)
    assert 0 < len(found) < len(cards.library.entries)


def test_the_error_is_the_one_that_is_shown() -> None:
    with pytest.raises(QueryError) as caught:
        parse("tpoic:cnn is:due")
    shown = f"    studytool: {caught.value}\n" + "".join(f"      {line}\n" for line in caught.value.excerpt.split("\n"))
    assert shown in TEXT
