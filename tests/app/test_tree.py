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


def test_the_cursor_stays_with_its_topic_and_where_its_folder_was_renamed_with_the_nearest_of_its_title() -> None:
    def lines(*folders: str) -> list[Line]:
        names = [f"{folder}/Week 1" for folder in folders]
        places = {name: tree.Place((folder,), "Week 1") for name, folder in zip(names, folders, strict=True)}
        return tree.tree([TopicLoad(name, 1, 0, 0, 1, None) for name in names], places)

    before = lines("a", "b", "c")
    assert [line.name for line in before] == ["Everything", "a", "Week 1", "b", "Week 1", "c", "Week 1"]
    assert tree.place_of(before[6], lines("b", "c"), 6) == 4
    assert tree.place_of(before[6], lines("a", "b", "d"), 6) == 6
    assert tree.place_of(before[5], lines("a", "b"), 5) == 0
