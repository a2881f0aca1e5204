"""Panels become pictures: every size, with and without colour, and in words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studytool.draw import Look, draw_panels, summary
from studytool.draw.layout import arrange
from tests.draw.panels import curve, curves, images, network
from tests.growth import growth

DARK, LIGHT, PLAIN = Look(dark=True), Look(dark=False), Look(colour=False)
SNAPSHOTS = Path(__file__).parent / "snapshots"


def scatter(**changes: object) -> dict[str, Any]:
    lower = [(1 + 0.25 * k, 1 + 0.5 * (k % 3)) for k in range(6)]
    upper = [(4 + 0.25 * k, 3 + 0.5 * (k % 3)) for k in range(6)]
    return {
        "kind": "scatter",
        "title": "",
        "points": np.array(lower + upper),
        "classes": [-1] * 6 + [1] * 6,
        "names": ["round", "pointed"],
        "axes": ["length, cm", "width, cm"],
        "boundary": {"w": [1.0, 1.0], "b": -5.5},
        "mark": 8,
    } | changes


TEXT = {"kind": "text", "title": "the line", "text": "w·x + b = 1.00·4.5 + 1.00·3.0 − 5.50 = 2.00"}
ALL = [scatter(), curve([12, 8, 9, 3, 4, 1, 0]), TEXT]
NETWORK, IMAGES = network(), images()
PLANE = {
    "kind": "heatmap",
    "title": "loss",
    "axes": ["w₁", "w₂"],
    "extent": [[-2, 2], [-1, 1]],
    "values": np.add.outer(np.linspace(1, -1, 20) ** 2, np.linspace(-2, 2, 30) ** 2),
    "paths": [
        {"name": "SGD", "points": [[-1.5, 0.5], [0.5, -0.25]]},
        {"name": "Adam", "points": [[-1.5, 0.5], [float("nan"), 0], [9, 9]]},
    ],
}


@pytest.mark.parametrize("panel", [NETWORK, IMAGES, PLANE], ids=lambda panel: panel["kind"])
@pytest.mark.parametrize("look", [DARK, LIGHT, PLAIN], ids=["dark", "light", "plain"])
def test_networks_images_and_planes_fill_every_size(panel: dict[str, Any], look: Look) -> None:
    for width, height in [(1, 1), (3, 2), (12, 6), (40, 10), (80, 24), (200, 60)]:
        rows = draw_panels([panel], width, height, look).rows
        assert len(rows) == height
        assert {sum(len(run.text) for run in row) for row in rows} == {width}
        if look is PLAIN:
            assert all(run.fg is None and run.bg is None for row in rows for run in row)


def test_a_network_shows_every_neuron_its_name_its_note_and_the_numbers_on_its_lines() -> None:
    shown = draw_panels([NETWORK], 78, 20, PLAIN).plain
    for told in ("(0.05)", "(−0.1)", "(0.593)", "(0.751)", "x₁", "ŷ", "δ 0.138", "−0.45", " 0.25 "):
        assert told in shown
    assert summary([NETWORK])[0] == "one example: layers of 2, 2, 1 neurons."


def test_a_weights_size_is_the_width_of_its_line_and_its_sign_the_colour() -> None:
    def lines(weight: float) -> tuple[int, set[str | None]]:
        panel = NETWORK | {"layers": [[1.0, 1.0], [1.0]], "weights": [np.array([[weight, 1.0]])], "labels": []}
        rows = draw_panels([panel | {"names": [], "notes": []}], 60, 12, DARK).rows
        upper = [run for row in rows[:6] for run in row if any("⠀" < c <= "⣿" for c in run.text)]
        return sum(bin(ord(c) - 0x2800).count("1") for run in upper for c in run.text if c > "⠀"), {r.fg for r in upper}

    thin, thick, negative = lines(0.1), lines(1.0), lines(-1.0)
    assert thick[0] > 2 * thin[0]
    assert thick[1] != negative[1]


def test_images_are_as_large_as_there_is_room_for_and_what_does_not_fit_is_left_out() -> None:
    small, large = (draw_panels([IMAGES], *size, PLAIN).plain for size in ((26, 6), (80, 24)))
    assert "three" in small
    assert large.count("@") > 4 * small.count("@") > 0
    nearer, fewer, shrunk = (draw_panels([IMAGES], width, 6, PLAIN).plain.split("\n") for width in (11, 10, 2))
    assert nearer[3] == "one two thr", "with one blank cell between them all have room"
    assert (fewer[0], fewer[3].rstrip()) == ("filters +1", "one two"), "how many have none is said"
    assert shrunk[1:3] == ["::", "on"], "one that is too wide is drawn with fewer pixels"


def test_rows_of_pictures_with_names_close_up_before_any_is_left_out() -> None:
    panel = {"kind": "images", "title": "digits", "names": [f"n{k}" for k in range(6)], "values": np.ones((6, 8, 8))}
    roomy, close, fewer = (draw_panels([panel], 30, height, PLAIN).plain.split("\n") for height in (12, 11, 10))
    assert not roomy[6].strip()
    assert [close[5].split(), close[10].split()] == [["n0", "n1", "n2"], ["n3", "n4", "n5"]]
    assert fewer[0].endswith("+3")


def test_the_column_at_the_side_takes_a_cell_more_for_a_row_of_all_pictures() -> None:
    pair = {"kind": "images", "title": "", "names": [], "values": np.ones((2, 14, 14))}
    (_, beside), (_, below) = arrange([PLANE, pair], 78, 16)[1], arrange([PLANE, IMAGES], 78, 16)[1]
    assert (beside.width, below.width) == (29, 28)


def test_a_plane_at_the_side_that_is_too_low_to_be_read_takes_the_blank_rows_of_the_others() -> None:
    bars = {"kind": "bars", "title": "says, %", "values": {"one": 20.0, "two": 80.0, "three": 0.0, "four": 0.0}}
    three = [bars, PLANE, bars]
    high, low = (arrange([IMAGES, *three], 78, height)[1:] for height in (18, 16))
    assert [place.top for _, place in high] == [0, 6, 13]
    assert [(place.top, place.height) for _, place in low] == [(0, 5), (5, 6), (11, 5)]


def test_a_small_chart_has_its_title_again_before_anything_else_grows() -> None:
    bars = {"kind": "bars", "title": "says, %", "values": dict.fromkeys("0123456789", 10.0)}
    small = curve([3, 2, 1])
    small["series"] = [one | {"name": name} for one in small["series"] for name in ("training", "test")]
    maps, words = IMAGES | {"values": np.ones((3, 4, 4)), "names": []}, TEXT | {"text": "so " * 60}
    assert [place.height for _, place in arrange([PLANE, small, bars, maps, words], 78, 18)[1:]] == [3, 4, 3, 8]


def test_paths_lie_on_the_plane_each_with_its_own_end() -> None:
    shown = draw_panels([PLANE], 60, 20, PLAIN).plain
    assert "● SGD" in shown
    assert "▲ Adam" in shown
    assert shown.count("●") == 2
    assert "SGD: from −1.5 and 0.5 to 0.5 and −0.25." in summary([PLANE])


@pytest.mark.parametrize("size", [(40, 10), (78, 16), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_picture_without_colour_reads_as_its_snapshot(size: tuple[int, int]) -> None:
    expected = (SNAPSHOTS / f"{size[0]}x{size[1]}.txt").read_text(encoding="utf-8").split("\n")
    shown = [row.rstrip() for row in draw_panels(ALL, *size, PLAIN).plain.split("\n")]
    assert shown == expected[:-1]


@pytest.mark.parametrize("look", [DARK, LIGHT, PLAIN], ids=["dark", "light", "plain"])
def test_every_size_is_filled_exactly_and_none_is_an_error(look: Look) -> None:
    for width, height in [
        (1, 1),
        (2, 3),
        (7, 40),
        (20, 5),
        (40, 10),
        (63, 16),
        (64, 16),
        (80, 24),
        (90, 70),
        (200, 60),
    ]:
        rows = draw_panels(ALL, width, height, look).rows
        assert len(rows) == height
        assert {sum(len(run.text) for run in row) for row in rows} == {width}


def test_whatever_panel_comes_first_every_height_is_filled() -> None:
    many = IMAGES | {"names": [f"n{k}" for k in range(15)], "values": np.ones((15, 8, 8)), "title": "pictures"}
    for first in (many, *ALL):
        others = [panel for panel in ALL if panel is not first]
        for width in (30, 64, 78):
            for height in range(1, 26):
                assert len(draw_panels([first, *others], width, height, DARK).rows) == height


def test_without_colour_there_is_no_colour() -> None:
    for row in draw_panels(ALL, 120, 40, PLAIN).rows:
        assert all(run.fg is None and run.bg is None for run in row)


def test_a_picture_has_few_styles_and_few_runs() -> None:
    rows = draw_panels(ALL, 120, 40, DARK).rows
    assert len({run.bg for row in rows for run in row}) <= 24
    assert sum(map(len, rows)) < 1600, "a run a cell would be 4,800"
    for row in rows:
        styles = [(run.fg, run.bg, run.bold) for run in row]
        assert all(a != b for a, b in pairwise(styles)), "neighbours of one style are one run"


def test_each_side_of_the_line_has_its_own_ground_in_dark_and_in_light() -> None:
    for look in (DARK, LIGHT):
        rows = draw_panels([scatter(mark=None)], 60, 24, look).rows
        lower_left = next(run.bg for run in rows[20] if run.bg)
        upper_right = [run.bg for run in rows[2] if run.bg][-1]
        assert lower_left != upper_right
        reds = [int(colour[1:3], 16) - int(colour[5:7], 16) for colour in (lower_left, upper_right)]
        assert reds[0] < 0 < reds[1], "blue below, orange above"


def test_a_point_on_the_wrong_side_is_hollow() -> None:
    right = draw_panels([scatter(mark=None)], 60, 24, PLAIN).plain.split("\n", 1)[1]
    assert ("●" in right, "▲" in right, "○" in right, "△" in right) == (True, True, False, False)
    turned = draw_panels([scatter(boundary={"w": [-1.0, -1.0], "b": 5.5})], 60, 24, PLAIN).plain.split("\n", 1)[1]
    assert ("●" in turned, "▲" in turned, "○" in turned, "△" in turned) == (False, False, True, True)


def test_the_line_lies_where_its_equation_says() -> None:
    """A vertical line in the middle of the data is drawn in the middle of the plot."""
    panel = scatter(boundary={"w": [1.0, 0.0], "b": -3.125}, mark=None, points=[[1, 1], [5.25, 4]], classes=[-1, 1])
    rows = draw_panels([panel], 61, 20, PLAIN).plain.split("\n")[1:17]
    start = rows[0].index("│") if "│" in rows[0] else rows[0].index("┤")
    middle = start + 1 + (61 - start - 1) / 2
    for row in rows:
        columns = [k for k, character in enumerate(row) if "⠀" <= character <= "⣿"]
        assert columns
        assert all(abs(column + 0.5 - middle) <= 1 for column in columns)


@pytest.mark.parametrize(
    "boundary",
    [None, {"w": [0.0, 0.0], "b": 0.0}, {"w": [float("nan"), 1.0], "b": 0.0}, {"w": [1e30, 1e-30], "b": float("inf")}],
)
def test_a_line_that_cannot_be_drawn_is_left_out(boundary: object) -> None:
    picture = draw_panels([scatter(boundary=boundary, mark=None)], 60, 20, PLAIN).plain
    assert not any("⠀" < character <= "⣿" for character in picture)
    assert summary([scatter(boundary=boundary, mark=None)]) == ["6 round and 6 pointed by length, cm and width, cm."]


def test_arrays_come_as_they_go_over_a_pipe() -> None:
    from base64 import b64encode

    points = np.asarray(scatter()["points"], dtype="<f4")
    sent = {"shape": [12, 2], "dtype": "float32", "base64": b64encode(points.tobytes()).decode()}
    assert draw_panels([scatter(points=sent)], 60, 20, DARK) == draw_panels([scatter()], 60, 20, DARK)


def test_wide_and_hostile_characters_keep_the_grid() -> None:
    panel = {"kind": "text", "title": "", "text": "漢字 e\u0301 \x1b[31mred\u202e \x07 " + "x" * 300}
    for row in draw_panels([panel], 40, 12, DARK).rows:
        text = "".join(run.text for run in row)
        assert not set(text) & {"\x1b", "\x07", "\u202e", "\0"}
        assert sum(2 if character in "漢字" else 1 for character in text) == 40


def test_a_long_word_is_cut_at_the_cost_of_its_length() -> None:
    assert growth(lambda n: draw_panels([{"kind": "text", "title": "", "text": "x" * n}], 40, 12, DARK), 20_000) < 6


def test_what_is_too_long_for_a_panel_does_not_run_into_the_next() -> None:
    long = scatter(names=["漢字" * 30, "b" * 90], axes=["x" * 300, "漢" * 60])
    rows = draw_panels([long, curve([1, 2], title="漢" * 90, axis="s" * 90), TEXT], 120, 40, PLAIN).plain.split("\n")
    starts = {len(row) - len(row.lstrip("x")) for row in rows if set(row[:60]) == {"x"}}
    assert starts <= {0}
    side = 120 - 43  # where the panels beside the picture begin
    assert all(row[side - 2 : side] == "  " for row in rows if "漢" not in row)


ODD = [float("nan"), float("inf"), 1e300, -1e300]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("look", [DARK, PLAIN], ids=["dark", "plain"])
def test_numbers_that_are_none_or_enormous_leave_the_picture_standing(odd: float, look: Look) -> None:
    panels = [
        scatter(points=[[1.0, 1.0], [odd, 2.0], [3.0, odd]], classes=[-1, 1, 1], mark=1),
        scatter(boundary={"w": [odd, 1.0], "b": odd}),
        curve([odd, 1.0, odd, 2.0]),
        curve([1.0, 2.0]) | {"series": [{"name": "a", "x": [1.0, odd, 3.0], "y": [1.0, 2.0, 3.0]}]},
        {"kind": "heatmap", "title": "", "axes": ["", ""], "values": [[odd, 1.0], [2.0, 3.0]]},
        {"kind": "bars", "title": "", "values": {"a": odd, "b": 1.0}},
        scatter(points=[], classes=[], mark=None),
        {"kind": "heatmap", "title": "", "axes": ["", ""], "values": np.zeros((0, 0))},
    ]
    for panel in panels:
        for width, height in [(40, 5), (40, 10), (120, 40)]:
            assert len(draw_panels([panel], width, height, look).rows) == height
        assert summary([panel])


def test_a_point_that_is_not_a_number_hides_no_other() -> None:
    panel = scatter(points=[[1.0, 1.0], [float("nan"), 2.0], [5.0, 4.0]], classes=[-1, 1, 1], boundary=None, mark=1)
    picture = draw_panels([panel], 60, 20, PLAIN).plain.split("\n", 1)[1]
    assert (picture.count("●"), picture.count("▲")) == (1, 1)
    assert "[" not in picture


def test_a_panel_of_an_unknown_kind_is_left_out() -> None:
    assert draw_panels([{"kind": "hologram"}, TEXT], 60, 5, PLAIN).plain.startswith("the line")
    assert draw_panels([], 10, 2, DARK).plain == " " * 10 + "\n" + " " * 10


@pytest.mark.parametrize(
    ("axis", "told"),
    [
        *(("corrections", "1 correction"), ("steps of ten", "1 step of ten"), ("loss", "1 loss"), ("", "1 step")),
        *(("radius", "1 radius"), ("bias", "1 bias"), ("batches seen", "1 batch seen"), ("classes", "1 class")),
    ],
)
def test_one_step_is_told_in_the_singular(axis: str, told: str) -> None:
    line = {"kind": "line", "title": "wrong", "axis": axis, "series": [{"name": "wrong", "x": [0, 1], "y": [60, 50]}]}
    assert summary([line]) == [f"Wrong: 50 after {told}; at first 60, between 50 and 60."]


def test_heat_maps_and_bars_are_drawn_and_described() -> None:
    heat = {"kind": "heatmap", "title": "weights", "axes": ["", ""], "values": np.array([[-1.0, 0.0], [0.5, 1.0]])}
    bars = {"kind": "bars", "title": "classes", "values": {"cat": 0.75, "dog": -0.25, "odd": float("nan")}}
    for look in (DARK, LIGHT, PLAIN):
        assert "weights" in draw_panels([heat], 30, 8, look).plain
        shown = draw_panels([bars], 30, 8, look).plain
        assert "cat" in shown
        assert shown.count("█") >= 12
    assert summary([heat, bars]) == [
        "weights: 2 × 2, from −1 to 1.",
        "classes: cat 0.75, dog −0.25, odd NaN.",
    ]


def test_the_picture_in_words() -> None:
    assert summary(ALL) == [
        "6 round and 6 pointed by length, cm and width, cm.",
        "The line 1·x₁ + 1·x₂ − 5.5 = 0 has pointed on its side above zero.",
        "It separates round from pointed: none is on the wrong side.",
        "Marked: pointed at 4.5 and 4.",
        "Errors: 0 after 7 steps; at first 12, between 0 and 12.",
        "the line:",
        "w·x + b = 1.00·4.5 + 1.00·3.0 − 5.50 = 2.00",
    ]


@pytest.mark.parametrize("width", [40, 44, 48, 60])
def test_the_legend_of_points_says_all_three_kinds_and_stands_above_the_plot(width: int) -> None:
    panel = scatter(names=["setosa", "versicolor"], axes=["petal length, cm", "petal width, cm"])
    rows = draw_panels([panel], width, 17, PLAIN).plain.split("\n")
    assert "○△ wrong side" in rows[0]
    assert "petal width, cm" in rows[0] + rows[1]


def test_pictures_that_have_no_room_at_the_side_stand_under_those_of_the_main_panel() -> None:
    nine = IMAGES | {"names": [], "values": np.ones((9, 8, 8)), "title": "the maps"}
    filters = IMAGES | {"names": [], "values": np.ones((8, 3, 3)), "title": "the filters"}
    bars = {"kind": "bars", "title": "what it says", "values": {str(k): 1.0 for k in range(10)}}
    rows = draw_panels([nine, curve([1, 2]), bars, filters, TEXT], 78, 19, DARK).plain.split("\n")
    assert [row.startswith("the filters") for row in rows].index(True) == 11
    assert any("what it says" in row for row in rows)


def test_pictures_of_one_size_stand_in_even_rows() -> None:
    many = IMAGES | {"names": [f"n{k}" for k in range(15)], "values": np.ones((15, 8, 8)), "title": ""}
    named = [row.split() for row in draw_panels([many], 70, 22, DARK).plain.split("\n") if "n" in row]
    assert [len(row) for row in named] == [5, 5, 5]
    named = [row.split() for row in draw_panels([many], 70, 6, DARK).plain.split("\n") if "n" in row]
    assert [len(row) for row in named] == [7], "one row holds as many as it can"


def test_a_chart_beside_others_has_room_for_its_curve() -> None:
    rows = draw_panels([scatter(), curve([1, 2], title="distance"), PLANE, TEXT], 78, 19, DARK).plain
    assert rows.count("└") == 3


def test_rows_that_are_left_go_to_what_gains_by_them() -> None:
    many = curves("noisy", "apart", "joint", "one", title="read right, %")
    few = curves("split", "whole", "before", title="error")
    rows = draw_panels([scatter(), many, few, TEXT], 78, 19, PLAIN).plain.split("\n")
    axis = next(k for k, row in enumerate(rows) if "└" in row[48:])
    error = next(k for k, row in enumerate(rows) if "error" in row[48:])
    assert error == axis + 3, "a blank row between, and none under the small chart but the one before the text"
    assert "the line" in rows[error + 5][48:]
