"""The same panels in pixels: SVG, PNG and GIF."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from studytool.draw import Look, summary
from studytool.draw.page.bitmap import gif, painted, png, spelled
from studytool.draw.page.compose import compose
from studytool.draw.page.sheet import Area, Box, Disc, Path, Pixels, Polygon, Sheet, Words
from studytool.draw.page.svg import svg
from studytool.draw.theme import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
SIZES = [(160, 160), (320, 900), (1000, 640), (1600, 500)]
HOSTILE = "<script>&\"'\x00\x1b[31mred\u202e]]>\ud800 漢字\ufffe"


def rows_of(panels: list[dict[str, Any]], **changes: object) -> list[dict[str, Any]]:
    """Each panel alone, changed."""
    return [panel | changes for panel in panels]


def tree(sheet: Sheet) -> ElementTree.Element:
    return ElementTree.fromstring(svg(sheet))


def texts(sheet: Sheet) -> list[str]:
    return [element.text or "" for element in tree(sheet).iter(f"{SVG}text")]


@pytest.mark.parametrize("look", [Look(), Look(dark=False), Look(few=True)], ids=["dark", "light", "few"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_kind_of_panel_is_drawn_at_every_size_inside_the_sheet(
    size: tuple[int, int], look: Look, every_panel: list[dict[str, Any]]
) -> None:
    for panels in [every_panel, *([panel] for panel in every_panel)]:
        sheet = compose(panels, *size, look, "A title", "a note")
        root = tree(sheet)
        assert (root.get("width"), root.get("height")) == (str(size[0]), str(size[1]))
        assert len(sheet.shapes) > 3
        for shape in sheet.shapes:
            if isinstance(shape, Words):
                wide = sheet.measure(shape.text)
                start = shape.x - wide * {"start": 0, "middle": 0.5, "end": 1}[shape.anchor]
                assert start >= -1
                assert start + wide <= size[0] + 1
    assert painted(compose(every_panel, *size, look)).size == size


def test_a_chart_holds_each_series_as_a_line_of_its_points_with_name_value_and_a_mark_at_its_end(
    every_panel: list[dict[str, Any]],
) -> None:
    sheet = compose([every_panel[1]], 900, 600, Look())
    lines = [shape for shape in sheet.shapes if isinstance(shape, Path) and shape.colour in DARK.series[:2]]
    assert [len(one.points) for one in lines] == [40, 40]
    assert [x for x, _ in lines[0].points] == sorted(x for x, _ in lines[0].points)
    assert [y for _, y in lines[0].points] == sorted(y for _, y in lines[0].points), "a falling loss goes down"
    assert {"loss, log₁₀", "training 0.05", "test 0.45", "epochs"} <= set(texts(sheet))
    marks = [shape for shape in sheet.shapes if isinstance(shape, Disc | Polygon)]
    assert isinstance(marks[0], Disc), "the legend's"
    ends = [(shape.x, shape.y) for shape in marks if isinstance(shape, Disc)]
    assert lines[0].points[-1] in ends


def test_points_lie_where_their_axes_say_and_those_on_the_wrong_side_are_hollow(
    every_panel: list[dict[str, Any]],
) -> None:
    sheet = compose([every_panel[0]], 900, 600, Look())
    root = tree(sheet)
    rings = [one for one in root.iter() if one.get("stroke") in DARK.kinds]
    assert len(rings) == 1
    assert {"length, cm", "width, cm", "round", "pointed", "wrong side"} <= set(texts(sheet))
    image = painted(sheet)
    planes = [shape for shape in sheet.shapes if isinstance(shape, Polygon) and shape.colour in DARK.shades(0)]
    left = planes[0].points
    xs, ys = [x for x, _ in left], [y for _, y in left]
    lower_left = image.getpixel((int(min(xs)) + 4, int(max(ys)) - 4))
    assert isinstance(lower_left, tuple)
    assert lower_left[2] > lower_left[0], "blue below the line"


def test_a_matrix_is_covered_whole_by_its_colours(every_panel: list[dict[str, Any]]) -> None:
    sheet = compose([every_panel[2]], 900, 600, Look())
    (group,) = tree(sheet).iter(f"{SVG}g")
    assert sum(int(run) for path in group for run in re.findall(r"h(\d+)v1", path.get("d") or "")) == 12
    (pixels,) = [shape for shape in sheet.shapes if isinstance(shape, Pixels)]
    image, area = painted(sheet), pixels.area
    for row, column in ((0, 0), (2, 3), (1, 1)):
        x, y = area.left + (column + 0.5) * area.width / 4, area.top + (row + 0.5) * area.height / 3
        shown = image.getpixel((int(x), int(y)))
        assert isinstance(shown, tuple)
        assert "#{:02x}{:02x}{:02x}".format(*shown) == pixels.colours[int(pixels.numbers[row, column])]


def test_a_weight_is_a_line_as_wide_as_it_is_large_in_the_colour_of_its_sign(
    every_panel: list[dict[str, Any]],
) -> None:
    sheet = compose([every_panel[5]], 900, 600, Look())
    lines = [shape for shape in sheet.shapes if isinstance(shape, Path)]
    assert len(lines) == 6
    assert [one.colour for one in lines] == [*[DARK.kinds[1]] * 5, DARK.kinds[0]]
    assert lines[5].width > lines[4].width > lines[0].width
    assert {"x₁", "h₂", "ŷ", "δ 0.138", "−0.45", "0.751"} <= set(texts(sheet))


def test_a_bar_is_as_long_as_its_number_and_a_table_has_its_cells(every_panel: list[dict[str, Any]]) -> None:
    sheet = compose([every_panel[6]], 900, 600, Look())
    bars = [shape.area.width for shape in sheet.shapes if isinstance(shape, Box) and shape.fill in DARK.kinds]
    assert bars[0] == pytest.approx(2 * bars[1])
    assert texts(compose([every_panel[7]], 900, 600, Look())) == [
        "optimizers",
        "name",
        "η",
        "steps",
        "SGD",
        "0.1",
        "2000",
        "▸",
        "Adam",
        "0.001",
        "–",
    ]


def test_the_picture_says_in_words_what_it_shows(every_panel: list[dict[str, Any]]) -> None:
    sheet = compose(every_panel, 900, 600, Look(), "Perceptron", "step 120 · seed 0")
    root = tree(sheet)
    assert root.findtext(f"{SVG}title") == "Perceptron"
    assert (root.findtext(f"{SVG}desc") or "").split("\n") == summary(every_panel)
    assert texts(sheet)[:2] == ["Perceptron", "step 120 · seed 0"]
    image = Image.open(BytesIO(png(sheet)))
    assert image.info["Description"] == sheet.told


def test_text_from_anywhere_is_text_and_nothing_else(every_panel: list[dict[str, Any]]) -> None:
    panels: list[dict[str, Any]] = [
        *rows_of(every_panel, title=HOSTILE),
        {"kind": "text", "title": "", "text": HOSTILE},
        {"kind": "bars", "title": "", "values": {HOSTILE: 1.0}},
        {"kind": "table", "title": "", "columns": [HOSTILE], "rows": [[HOSTILE]], "mark": None},
        {"kind": "line", "title": "", "axis": HOSTILE, "series": [{"name": HOSTILE, "x": [1, 2], "y": [1, 2]}]},
    ]
    for panel in panels:
        sheet = compose([panel], 900, 600, Look(), HOSTILE, HOSTILE)
        root = tree(sheet)
        assert not list(root.iter(f"{SVG}script"))
        assert any("<script>&" in text for text in texts(sheet))
        assert not set("".join(texts(sheet))) & {"\x00", "\x1b", "\u202e", "\ud800"}
        assert len(png(sheet)) > 1000


ODD = [float("nan"), float("inf"), float("-inf"), 1e300, -1e300]


@pytest.mark.parametrize("odd", ODD)
def test_numbers_that_are_none_or_enormous_leave_the_picture_standing(
    odd: float, every_panel: list[dict[str, Any]]
) -> None:
    scatter, line, matrix, plane, images, network, *_ = every_panel
    one = {"name": "a", "x": [1.0, 2.0, 3.0], "y": [1.0, odd, 3.0]}
    panels = [
        scatter | {"points": [[1.0, 1.0], [odd, 2.0], [3.0, odd]], "classes": [-1, 1, 1], "mark": 1},
        scatter | {"boundary": {"w": [odd, 1.0], "b": odd}},
        line | {"series": [one]},
        line | {"series": [one | {"y": [odd] * 3}, one]},
        line | {"series": [one | {"x": [1.0, odd, 3.0]}]},
        matrix | {"values": [[odd, 1.0], [2.0, 3.0]]},
        plane | {"values": [[odd, 1.0], [2.0, 3.0]], "paths": [{"name": "p", "points": [[odd, 0.0], [0.0, 0.0]]}]},
        images | {"values": np.full((2, 2, 2), odd)},
        network | {"layers": [[odd, 1.0], [odd, 1.0], [odd]], "weights": [np.full((2, 2), odd), np.ones((1, 2))]},
        {"kind": "bars", "title": "", "values": {"a": odd, "b": 1.0}},
        {"kind": "table", "title": "", "columns": ["a"], "rows": [[odd]], "mark": None},
    ]
    for panel in panels:
        for size in ((900, 600), (240, 160)):
            sheet = compose([panel], *size, Look())
            assert not re.search(rb'"[^"]*\b(nan|inf)\b[^"]*"', svg(sheet))
            painted(sheet)


def test_what_is_empty_or_constant_or_a_single_point_leaves_the_picture_standing(
    every_panel: list[dict[str, Any]],
) -> None:
    scatter, line, matrix, plane, images, network, bars, table, calendar, columns, text = every_panel
    none: dict[str, Any] = {"name": "a", "x": [], "y": []}
    panels: list[dict[str, Any]] = [
        scatter | {"points": [], "classes": [], "mark": None},
        scatter | {"points": [[1, 1]], "classes": [1], "mark": 0, "boundary": None},
        line | {"series": []},
        line | {"series": [none]},
        line | {"series": [none | {"x": [1], "y": [3.0]}]},
        line | {"series": [none | {"x": [1, 2, 3], "y": [3.0] * 3}]},
        matrix | {"values": np.zeros((0, 0))},
        matrix | {"values": np.zeros((2, 2))},
        plane | {"values": np.zeros((0, 0)), "paths": [{"name": "p", "points": np.zeros((0, 2))}]},
        plane | {"values": np.ones((3, 3)), "paths": []},
        images | {"values": np.zeros((0, 3, 3))},
        images | {"values": np.zeros((1, 1, 1)), "names": []},
        network | {"layers": [[1.0]], "weights": [], "names": [], "notes": [], "labels": []},
        bars | {"values": {}},
        table | {"columns": [], "rows": [], "mark": None},
        calendar | {"values": []},
        calendar | {"values": [0.0, float("nan")]},
        columns | {"values": [], "labels": []},
        columns | {"values": [0.0], "labels": [], "split": None},
        text | {"text": ""},
    ]
    for panel in panels:
        for size in ((900, 600), (240, 160)):
            sheet = compose([panel], *size, Look())
            tree(sheet)
            painted(sheet)
    tree(compose([], 300, 200, Look()))


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_a_png_opens_and_has_its_size_and_its_ground(dark: bool, every_panel: list[dict[str, Any]]) -> None:
    image = Image.open(BytesIO(png(compose(every_panel, 640, 400, Look(dark=dark)))))
    image.load()
    assert (image.format, image.size) == ("PNG", (640, 400))
    ground = image.convert("RGB").getpixel((1, 1))
    assert isinstance(ground, tuple)
    assert "#{:02x}{:02x}{:02x}".format(*ground) == (DARK if dark else LIGHT).surface


def test_a_gif_has_its_pictures_goes_round_for_ever_and_rests_at_the_end(every_panel: list[dict[str, Any]]) -> None:
    sheets = [compose([every_panel[6] | {"values": {"a": k, "b": 9}}], 320, 200, Look()) for k in range(1, 6)]
    image = Image.open(BytesIO(gif(sheets)))
    assert (image.format, image.size) == ("GIF", (320, 200))
    assert getattr(image, "n_frames", 1) == 5
    assert image.info["loop"] == 0
    pauses, widths = [], []
    for k in range(5):
        image.seek(k)
        pauses.append(image.info["duration"])
        orange = np.asarray(image.convert("RGB")).astype(int)
        widths.append(int(((orange[..., 0] > 200) & (orange[..., 2] < 120)).sum()))
    assert pauses == [100] * 4 + [2000]
    assert widths == sorted(widths)
    assert len(set(widths)) == 5
    with pytest.raises(ValueError, match="one picture"):
        gif([])


def test_a_picture_has_between_160_and_4000_pixels_each_way() -> None:
    for size in ((159, 400), (400, 4001), (0, 0)):
        with pytest.raises(ValueError, match="160 to 4000"):
            compose([], *size, Look())


def test_a_larger_picture_is_the_same_picture_larger(every_panel: list[dict[str, Any]]) -> None:
    small, large = (compose(every_panel, *size, Look()) for size in ((1000, 625), (2000, 1250)))
    assert texts(small) == texts(large)
    assert large.size == pytest.approx(2 * small.size)


def test_without_a_font_that_knows_greek_its_letters_are_spelled(every_panel: list[dict[str, Any]]) -> None:
    assert "".join(map(spelled, "η ∂L/∂w₁ ≤ −2 → ŷ Σ x² ▸")) == "eta dL/dw1 <= -2 -> y sigma x² >"
    assert painted(compose(every_panel, 640, 400, Look()), faces=()).size == (640, 400)


def test_text_too_long_for_its_place_ends_in_an_ellipsis() -> None:
    sheet = Sheet(400, 300, Look(), 1.0)
    assert sheet.fitting("漢" * 99, 10.5 * sheet.column) == "漢" * 4 + "…"
    assert sheet.fitting("short", 100 * sheet.column) == "short"
    assert sheet.fitting("long", 0) == ""
    assert Area(0, 0, 10, 10).below(20).height == 0


def test_images_are_as_large_as_there_is_room_for_in_full_rows_where_that_costs_little() -> None:
    def columns(count: int) -> int:
        images = {"kind": "images", "title": "", "names": [], "values": np.ones((count, 8, 8))}
        grids = [shape for shape in compose([images], 640, 400, Look()).shapes if isinstance(shape, Pixels)]
        assert all(one.area.right <= 640 and one.area.bottom <= 400 for one in grids)
        return len({round(one.area.left) for one in grids})

    assert [columns(count) for count in (1, 2, 9, 15, 17)] == [1, 2, 3, 5, 6]


def test_a_sweep_has_its_axes_its_shades_a_sign_where_runs_diverged_and_the_pixel_looked_at() -> None:
    values = np.arange(48.0).reshape(6, 8)
    panel = {
        "kind": "sweep", "title": "log₁₀ loss after 9 steps", "axes": ["η", "μ"], "logs": [True, False],
        "extent": [[-2.0, 0.0], [0.0, 1.0]], "values": values, "signs": (values > 31) * 1.0, "cursor": (2, 3),
    }  # fmt: skip
    for size in SIZES:
        sheet = compose([panel], *size, Look())
        (pixels, *_) = [shape for shape in sheet.shapes if isinstance(shape, Pixels) and shape.numbers.shape == (6, 8)]
        assert len(np.unique(pixels.numbers[values > 31])) == 1
        assert len(np.unique(pixels.numbers[values <= 31])) == 16
        told = texts(sheet)
        assert {"0.01", "1", "η", "↑ μ"} <= set(told), told
    assert {"0.1", "×", "log₁₀ loss after 9 steps", "× diverged"} <= set(texts(compose([panel], 1000, 640, Look())))
