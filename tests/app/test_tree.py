"""The rows of home: their columns stand straight, whatever the numbers."""

from __future__ import annotations

import pytest

from studytool.app.home import tree
from studytool.app.home.tree import Line
from studytool.memory.standing import TopicLoad


@pytest.mark.parametrize("width", [60, 84, 120])
def test_a_number_of_five_digits_has_its_comma_and_its_gap(width: int) -> None:
    loads = [TopicLoad("Rivers", 20_001, 12_345, 0, 32_346, 0.9, 12_345), TopicLoad("Loss", 3, 0, 0, 3, None)]
    lines = [Line(load, load.topic, 0, (load.topic,)) for load in loads]
    shown = tree.columns(width, tree.needed(lines), tree.largest(lines))
    rows = [tree.row(line, width, 0.9, shown).plain for line in lines]
    head = tree.heading(width, shown).plain
    assert rows[0].split()[2] == "12,345"
    assert "20,001" in rows[0].split()
    for name, numbers in (("due", ("12,345", "·")), ("new", ("20,001", "3"))):
        end = head.index(f" {name}") + len(name) + 1
        assert [row[:end].split()[-1] for row in rows] == list(numbers)
