"""The table panel in cells, and every panel in words."""

from __future__ import annotations

from typing import Any

from studytool.draw import Look, draw_panels, summary

PLAIN = Look(colour=False)
TABLE: dict[str, Any] = {
    "kind": "table",
    "title": "what each optimizer needs",
    "columns": ["optimizer", "η", "steps", "remarks"],
    "rows": [
        ["SGD", 0.1, 2000.0, "stops early"],
        ["momentum", 0.05, 98.0, ""],
        ["Adam", 0.001, 65.0, "the fastest of the three here"],
    ],
    "mark": 2,
}
WHOLE = """\
what each optimizer needs
  optimizer      η  steps  remarks
  SGD          0.1   2000  stops early
  momentum    0.05     98
▸ Adam       0.001     65  the fastest of the three here"""


def shown(panel: dict[str, Any], width: int, height: int) -> list[str]:
    return [row.rstrip() for row in draw_panels([panel], width, height, PLAIN).plain.rstrip().split("\n")]


def test_numbers_stand_under_each_other_and_the_marked_row_has_a_sign() -> None:
    assert shown(TABLE, 60, 8) == WHOLE.split("\n")


def test_where_there_is_little_width_words_give_way_and_then_the_last_columns() -> None:
    assert shown(TABLE, 40, 8)[4] == "▸ Adam       0.001     65  the fastest…"
    assert shown(TABLE, 26, 8)[4] == "▸ Adam       0.001     65"
    assert shown(TABLE, 9, 8)[1] == "  optimi…"


def test_the_marked_row_stays_where_there_is_little_height_and_how_many_are_left_out_is_said() -> None:
    many = TABLE | {"rows": [[f"run {k}", 0.1, float(k), ""] for k in range(40)], "mark": 30}
    rows = shown(many, 60, 8)
    assert [row.split()[1] for row in rows[2:6]] == ["0", "1", "2", "3"]
    assert rows[6].startswith("▸ run 30")
    assert rows[7] == "  … 35 more"


def test_one_row_more_than_is_told_and_several_are_counted_in_words_that_fit() -> None:
    for count, told in ((13, "1 more row."), (14, "2 more rows.")):
        assert told in summary([TABLE | {"rows": [[f"run {k}", 0.1, float(k), ""] for k in range(count)]}])


def test_a_table_of_any_shape_can_be_drawn() -> None:
    odd = [
        {"rows": [], "mark": 0},
        {"rows": [], "columns": []},
        {"rows": [[float("nan"), float("inf"), None, "x"], ["\x1b[31mred\n", 1e300, -1.0, "漢字" * 30]]},
        {"rows": [["short"]], "mark": -4},
    ]
    for changes in odd:
        for size in ((1, 1), (8, 3), (40, 10), (120, 40)):
            rows = draw_panels([TABLE | changes], *size, PLAIN).plain.split("\n")
            assert len(rows) == size[1]
            assert not {"\x1b", "\0"} & set("".join(rows))
        assert summary([TABLE | changes])


def test_every_panel_is_told_in_words_with_its_numbers(every_panel: list[dict[str, Any]]) -> None:
    told = "\n".join(summary(every_panel))
    for part in (
        "2 round and 3 pointed by length, cm and width, cm.",
        "On the wrong side: 0 round and 1 pointed.",
        "Training: 0.05 after 40 epochs; at first 2, between 0.05 and 2.",
        "Test: 0.45 after 40 epochs",
        "a layer: 3 × 4, from −1 to 2.",
        "It is lowest at 0 and 0 and highest at −1.87 and 0.889 (w₁ and w₂).",
        "SGD: from −1.5 and 0.5 to 0.5 and −0.25.",
        "filters: 3 pictures of 3 × 3, from −1 to 2: one, two, three.",
        "Layer 2: h₁ 0.593, h₂ 0.597.",
        "Weights to ŷ: h₁ 0.4, h₂ −0.45.",
        "votes: for 3, against −1.5.",
        "optimizers: 2 rows of name, η, steps.",
        "Marked: name Adam, η 0.001, steps –.",
        "w·x + b = 1.00·4.5 − 0.50 = 4.00",
    ):
        assert part in told
