"""Charts of series and bars: their scales, names and values in whatever room there is, and in words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from studytool.draw import Look, draw_panels, summary
from studytool.draw.axes import scale
from tests.draw.panels import curve, curves

DARK, PLAIN = Look(dark=True), Look(colour=False)


@pytest.mark.parametrize(
    "values",
    [[], [3.0], [2.0, 2.0], [float("nan")] * 3, [1.0, float("inf"), 2.0], [1e-12, 1e12], [-5.0, 5.0], [0.0] * 5000],
    ids=["none", "one", "equal", "NaN", "infinite", "wide", "negative", "many"],
)
def test_a_chart_of_any_numbers_can_be_drawn(values: list[float]) -> None:
    for height in (1, 4, 7, 20):
        assert len(draw_panels([curve(values)], 50, height, DARK).rows) == height


def test_two_series_without_colour_get_a_plot_each() -> None:
    two = curve([1, 2]) | {"series": [curve([1, 2])["series"][0], curve([9, 7])["series"][0] | {"name": "loss"}]}
    assert draw_panels([two], 60, 24, PLAIN).plain.count("└") == 2
    assert draw_panels([two], 60, 24, DARK).plain.count("└") == 1


def test_the_words_say_how_many_values_are_no_numbers() -> None:
    nan = float("nan")
    assert summary([curve([nan, 3.0, 1.0])])[0].endswith("at first 3, between 1 and 3, 1 not finite.")
    assert summary([curve([nan, nan])]) == ["Errors: NaN after 2 steps; no value is finite."]
    assert summary([curve([4.0, 4.0])]) == ["Errors: 4 after 2 steps, as at every step."]
    assert summary([curve([3.0, 1.0, nan])]) == [
        "Errors: NaN after 3 steps; at first 3, between 1 and 3, 1 not finite."
    ]


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


@pytest.mark.parametrize("height", [4, 5, 6, 8, 16])
def test_a_low_chart_of_several_numbers_names_its_title_and_each_of_them_with_its_value(height: int) -> None:
    panel = curves("right_low", "right_middle", "right_high", title="accuracy on digits, %")
    shown = draw_panels([panel], 28, height, DARK).plain
    assert "accuracy on digits, %" in shown
    assert all(f"{name} 87.5" in shown for name in ("low", "middle", "high"))


def test_names_go_without_the_words_that_they_share_where_there_is_no_room_for_them() -> None:
    panel = curves("right_low", "right_high", title="accuracy, %")
    assert "● right low 87.5  ▲ right high 87.5" in draw_panels([panel], 60, 12, DARK).plain
    assert "● low 87.5  ▲ high 87.5" in draw_panels([panel], 28, 7, DARK).plain


def test_the_histories_of_a_low_chart_begin_below_each_other() -> None:
    rows = draw_panels([curves("a", "longer", title="")], 40, 2, PLAIN).plain.split("\n")
    assert len({next(k for k, c in enumerate(row) if c in "▁▂▃▄▅▆▇█") for row in rows}) == 1


def test_a_row_of_eighths_tells_of_the_whole_run() -> None:
    fallen = curve([1.0] * 10 + [0.0] * 190)
    written = draw_panels([fallen], 40, 1, DARK).plain
    assert "█▁" in written
    assert written.rstrip().endswith("▁▁▁▁▁▁▁▁▁▁")


def test_rows_of_eighths_in_one_panel_can_be_compared() -> None:
    both = curve([], series=[{"name": name, "x": [1, 2], "y": [y, y]} for name, y in (("low", 10), ("high", 80))])
    low, high = draw_panels([both], 40, 3, DARK).plain.split("\n")[1:]
    assert "▂▂" in low
    assert "██" in high


def test_lines_that_meet_take_turns_so_that_none_is_hidden() -> None:
    level = {"x": [1, 2, 3, 4], "y": [1.0, 1.0, 1.0, 1.0]}
    both = curve([], series=[{"name": name, **level} for name in ("one", "two")])
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
    picture = draw_panels([curve(values)], 60, 16, DARK)
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
    assert summary([curves("as_they_are")])[0].startswith("Errors: ")
    assert summary([curves("as_they_are", "moved_by_1")])[0].startswith("As they are: ")


def test_a_number_in_a_legend_has_fewer_digits_where_four_have_no_room_but_a_count_has_all() -> None:
    panel = curve([], title="to the minimum, log", series=[])
    panel["series"] = [{"name": name, "x": [1, 2], "y": [1.0, last]} for name, last in (("a", -1.4312), ("b", 12345))]
    assert "● a −1.431  ▲ b 12345" in draw_panels([panel], 22, 7, DARK).plain
    assert "● a −1.43  ▲ b 12345" in draw_panels([panel], 20, 7, DARK).plain


@pytest.mark.parametrize(("width", "told"), [(60, True), (24, False)])
def test_a_legend_says_which_values_it_has_where_there_is_room(width: int, told: bool) -> None:
    panel = {"kind": "line", "title": "loss", "axis": "", "series": [{"name": "a", "x": [1, 2], "y": [3.25, 1.5]}]}
    panel["series"].append({"name": "training", "x": [1, 2], "y": [4.25, 2.5]})
    shown = draw_panels([panel], width, 12, PLAIN).plain
    assert "training 2.5" in shown
    assert ("training 2.5  (last)" in shown) is told
