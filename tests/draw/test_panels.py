"""Panels become pictures: every size, with and without colour, and in words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studytool.draw import Look, draw_panels, summary
from studytool.draw.axes import scale
from tests.draw.panels import images, network
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


def line(values: list[float], **changes: object) -> dict[str, Any]:
    series = [{"name": "errors", "x": list(range(1, len(values) + 1)), "y": values}]
    return {"kind": "line", "title": "errors", "axis": "steps", "series": series} | changes


TEXT = {"kind": "text", "title": "the line", "text": "w·x + b = 1.00·4.5 + 1.00·3.0 − 5.50 = 2.00"}
ALL = [scatter(), line([12, 8, 9, 3, 4, 1, 0]), TEXT]
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


@pytest.mark.parametrize(
    "values",
    [[], [3.0], [2.0, 2.0], [float("nan")] * 3, [1.0, float("inf"), 2.0], [1e-12, 1e12], [-5.0, 5.0], [0.0] * 5000],
    ids=["none", "one", "equal", "NaN", "infinite", "wide", "negative", "many"],
)
def test_a_chart_of_any_numbers_can_be_drawn(values: list[float]) -> None:
    for height in (1, 4, 7, 20):
        assert len(draw_panels([line(values)], 50, height, DARK).rows) == height


def test_two_series_without_colour_get_a_plot_each() -> None:
    two = line([1, 2]) | {"series": [line([1, 2])["series"][0], line([9, 7])["series"][0] | {"name": "loss"}]}
    assert draw_panels([two], 60, 24, PLAIN).plain.count("└") == 2
    assert draw_panels([two], 60, 24, DARK).plain.count("└") == 1


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
    rows = draw_panels([long, line([1, 2], title="漢" * 90, axis="s" * 90), TEXT], 120, 40, PLAIN).plain.split("\n")
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
        line([odd, 1.0, odd, 2.0]),
        line([1.0, 2.0]) | {"series": [{"name": "a", "x": [1.0, odd, 3.0], "y": [1.0, 2.0, 3.0]}]},
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


def test_the_words_say_how_many_values_are_no_numbers() -> None:
    nan = float("nan")
    assert summary([line([nan, 3.0, 1.0])])[0].endswith("at first 3, between 1 and 3, 1 not finite.")
    assert summary([line([nan, nan])]) == ["Errors: NaN after 2 steps; no value is finite."]
    assert summary([line([4.0, 4.0])]) == ["Errors: 4 after 2 steps, as at every step."]
    assert summary([line([3.0, 1.0, nan])]) == ["Errors: NaN after 3 steps; at first 3, between 1 and 3, 1 not finite."]


@pytest.mark.parametrize(
    ("high", "labels"),
    [
        (2.5e6, ["0", "500k", "1.0e6", "1.5e6", "2.0e6", "2.5e6"]),
        (2.5e-5, ["0", "5e−6", "1.0e−5", "1.5e−5", "2.0e−5", "2.5e−5"]),
        (25_000, ["0", "5000", "10k", "15k", "20k", "25k"]),
        (2.5, ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5"]),
    ],
)
def test_the_labels_of_an_axis_are_the_numbers_of_its_ticks(high: float, labels: list[str]) -> None:
    assert list(scale(0.0, high, 5).labels) == labels


def test_a_panel_of_an_unknown_kind_is_left_out() -> None:
    assert draw_panels([{"kind": "hologram"}, TEXT], 60, 5, PLAIN).plain.startswith("the line")
    assert draw_panels([], 10, 2, DARK).plain == " " * 10 + "\n" + " " * 10


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


def series(*names: str, **changes: object) -> dict[str, Any]:
    return line([], series=[{"name": name, "x": [1, 2, 3], "y": [1.0, 50.25, 87.5]} for name in names], **changes)


@pytest.mark.parametrize("height", [4, 5, 6, 8, 16])
def test_a_low_chart_of_several_numbers_names_its_title_and_each_of_them_with_its_value(height: int) -> None:
    panel = series("right_low", "right_middle", "right_high", title="accuracy on digits, %")
    shown = draw_panels([panel], 28, height, DARK).plain
    assert "accuracy on digits, %" in shown
    assert all(f"{name} 87.5" in shown for name in ("low", "middle", "high"))


def test_names_go_without_the_words_that_they_share_where_there_is_no_room_for_them() -> None:
    panel = series("right_low", "right_high", title="accuracy, %")
    assert "● right low 87.5  ▲ right high 87.5" in draw_panels([panel], 60, 12, DARK).plain
    assert "● low 87.5  ▲ high 87.5" in draw_panels([panel], 28, 7, DARK).plain


def test_the_histories_of_a_low_chart_begin_below_each_other() -> None:
    rows = draw_panels([series("a", "longer", title="")], 40, 2, PLAIN).plain.split("\n")
    assert len({next(k for k, c in enumerate(row) if c in "▁▂▃▄▅▆▇█") for row in rows}) == 1


def test_a_row_of_eighths_tells_of_the_whole_run() -> None:
    fallen = line([1.0] * 10 + [0.0] * 190)
    written = draw_panels([fallen], 40, 1, DARK).plain
    assert "█▁" in written
    assert written.rstrip().endswith("▁▁▁▁▁▁▁▁▁▁")


def test_rows_of_eighths_in_one_panel_can_be_compared() -> None:
    both = line([], series=[{"name": name, "x": [1, 2], "y": [y, y]} for name, y in (("low", 10), ("high", 80))])
    low, high = draw_panels([both], 40, 3, DARK).plain.split("\n")[1:]
    assert "▂▂" in low
    assert "██" in high


def test_lines_that_meet_take_turns_so_that_none_is_hidden() -> None:
    level = {"x": [1, 2, 3, 4], "y": [1.0, 1.0, 1.0, 1.0]}
    both = line([], series=[{"name": name, **level} for name in ("one", "two")])
    picture = draw_panels([both], 60, 12, DARK)
    colours = [run.fg for row in picture.rows for run in row if "⠒" in run.text or "⠤" in run.text or "⠉" in run.text]
    assert len(colours) > 10
    assert all(colour != following for colour, following in pairwise(colours))


@pytest.mark.parametrize(
    ("values", "lowest"), [([44.0, 80.0, 85.0, 86.0, 87.0], "40"), ([9.0, 4.0, 2.0, 1.5, 1.2], "0")]
)
def test_what_rises_early_is_shown_from_its_beginning_and_what_falls_above_zero(
    values: list[float], lowest: str
) -> None:
    picture = draw_panels([line(values)], 60, 16, DARK)
    labels = [row.split("┤")[0].strip() for row in picture.plain.split("\n") if "┤" in row]
    assert labels[-1] == lowest


def test_bars_stand_upright_where_there_are_too_few_rows_to_lie() -> None:
    panel = {"kind": "bars", "title": "what it says, %", "values": {str(k): 9.0 * (k == 6) + 1 for k in range(10)}}
    lying, upright = (draw_panels([panel], 29, height, PLAIN).plain for height in (11, 4))
    assert lying.count("█") > 10
    assert upright.split("\n")[0].rstrip() == "what it says, % 6: 10"
    assert upright.split("\n")[3].split() == [str(k) for k in range(10)]
    assert upright.count("█") == 4  # two cells wide, two rows high


def test_the_names_of_bars_are_written_as_those_of_lines() -> None:
    panel = {"kind": "bars", "title": "", "values": {"moved_by_1": 2.0}}
    assert "moved by 1" in draw_panels([panel], 40, 3, PLAIN).plain
    assert summary([panel]) == ["moved by 1 2."]
    assert summary([series("as_they_are")])[0].startswith("Errors: ")
    assert summary([series("as_they_are", "moved_by_1")])[0].startswith("As they are: ")


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
    rows = draw_panels([nine, line([1, 2]), bars, filters, TEXT], 78, 19, DARK).plain.split("\n")
    assert [row.startswith("the filters") for row in rows].index(True) == 11
    assert any("what it says" in row for row in rows)


def test_pictures_of_one_size_stand_in_even_rows() -> None:
    many = IMAGES | {"names": [f"n{k}" for k in range(15)], "values": np.ones((15, 8, 8)), "title": ""}
    named = [row.split() for row in draw_panels([many], 70, 22, DARK).plain.split("\n") if "n" in row]
    assert [len(row) for row in named] == [5, 5, 5]
    named = [row.split() for row in draw_panels([many], 70, 6, DARK).plain.split("\n") if "n" in row]
    assert [len(row) for row in named] == [7], "one row holds as many as it can"


def test_a_chart_beside_others_has_room_for_its_curve() -> None:
    rows = draw_panels([scatter(), line([1, 2], title="distance"), PLANE, TEXT], 78, 19, DARK).plain
    assert rows.count("└") == 3


def test_rows_that_are_left_go_to_what_gains_by_them() -> None:
    many = series("noisy", "apart", "joint", "one", title="read right, %")
    few = series("split", "whole", "before", title="error")
    rows = draw_panels([scatter(), many, few, TEXT], 78, 19, PLAIN).plain.split("\n")
    axis = next(k for k, row in enumerate(rows) if "└" in row[48:])
    error = next(k for k, row in enumerate(rows) if "error" in row[48:])
    assert error == axis + 3, "a blank row between, and none under the small chart but the one before the text"
    assert "the line" in rows[error + 5][48:]


def test_a_number_in_a_legend_has_fewer_digits_where_four_have_no_room_but_a_count_has_all() -> None:
    panel = line([], title="to the minimum, log", series=[])
    panel["series"] = [{"name": name, "x": [1, 2], "y": [1.0, last]} for name, last in (("a", -1.4312), ("b", 12345))]
    assert "● a −1.431  ▲ b 12345" in draw_panels([panel], 22, 7, DARK).plain
    assert "● a −1.43  ▲ b 12345" in draw_panels([panel], 20, 7, DARK).plain
