"""Pictures of notes: half blocks, placeholders and sixels, what is not shown and why."""

from __future__ import annotations

import base64
import io
import re
import struct
import zlib

import pytest
from PIL import Image, ImageChops
from textual.events import Key

from studytool.app.pixels.answers import PatientParser
from studytool.app.pixels.cells import PLACEHOLDER, half_blocks, placeholders, size_in_cells
from studytool.app.pixels.driver import SHELF, Shelf, Shown, with_pixels
from studytool.app.pixels.file import MOST_PIXELS, CannotError, opened, why_not_shown
from studytool.app.pixels.gallery import Gallery
from studytool.app.pixels.sixel import sixels
from studytool.app.pixels.terminal import Graphics, likely, understood
from studytool.app.prose import content, lines_of
from studytool.app.prose.lines import cells


def picture(width: int = 40, height: int = 40) -> Image.Image:
    """Four squares: red, green, blue and one that is clear."""
    image = Image.new("RGBA", (width, height), (255, 0, 0, 255))
    image.paste((0, 255, 0, 255), (width // 2, 0, width, height // 2))
    image.paste((0, 0, 255, 255), (0, height // 2, width // 2, height))
    image.paste((0, 0, 0, 0), (width // 2, height // 2, width, height))
    return image


@pytest.fixture
def folder(tmp_path):
    picture().save(tmp_path / "squares.png")
    (tmp_path / "broken.png").write_bytes((tmp_path / "squares.png").read_bytes()[:60])
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "drawing.svg").write_text("<svg/>")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    picture().save(tmp_path / "deep" / "er" / "hidden away.png")
    return tmp_path


def drawn(folder, markdown: str, graphics: Graphics | None = None, room: int = 60, rows: int = 20):
    """What is shown of a text at first, and once its pictures have come."""
    came: list[None] = []
    gallery = Gallery(graphics or Graphics(), lambda work: work()())
    pictures = gallery.of(str(folder / "note.md"), (str(folder),), rows, lambda: came.append(None))
    first = content(lines_of(markdown, room, pictures=pictures)).plain
    return first, content(lines_of(markdown, room, pictures=pictures))


def test_a_picture_stays_while_it_is_drawn_for_another_width(folder):
    waiting = []
    draw = Gallery(Graphics(), waiting.append).of(str(folder / "note.md"), (str(folder),), 20, lambda: None)
    draw("squares.png", "", 60)
    waiting.pop()()()
    assert draw("squares.png", "", 59) == draw("squares.png", "", 60) != draw("squares.png", "", 3)
    assert len(waiting) == 2


def test_a_picture_is_looked_for_in_the_library_of_its_note_before_the_first_one(tmp_path):
    for at, name in enumerate(("first", "second")):
        (tmp_path / name / "img" / "deep").mkdir(parents=True)
        for file in ("img/both.png", "img/deep/named.png", f"img/only {name}.png"):
            Image.new("RGB", (8 + 8 * at, 8)).save(tmp_path / name / file)
    roots = (str(tmp_path / "second"), str(tmp_path / "first"))
    gallery = Gallery(Graphics(), lambda work: work()())
    draw = gallery.of(str(tmp_path / "second" / "notes" / "a.md"), roots, 20, lambda: None)

    def width(source):
        draw(source, "", 60)
        return len(content(draw(source, "", 60)[:1]).plain)

    second, first = width("img/both.png"), width("img/only first.png")
    assert second > first
    assert [width(source) for source in ("/img/both.png", "named.png", "img/only%20second.png")] == [second] * 3


# -- what the terminal says ---------------------------------------------------------------------


def test_only_terminals_known_for_pictures_are_asked() -> None:
    assert likely({"TERM": "xterm-kitty"})
    assert likely({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"})
    assert likely({"TERM": "foot"})
    assert not likely({"TERM": "xterm-256color"})
    assert not likely({"TERM": "xterm-kitty", "NO_COLOR": "1"})
    assert not likely({"TERM": "xterm-kitty", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"})
    assert not likely({})


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (b"", Graphics(owed=True)),
        (b"\x1b[6;20;10t", Graphics(owed=True)),
        (b"\x1b[?62;22c", Graphics()),
        (b"\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.26.5)\x1b\\\x1b[6;18;9t\x1b[?62;c", Graphics()),  # no placeholders yet
        (b"\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.32.2)\x1b\\\x1b[6;18;9t\x1b[?62;c", Graphics("kitty", (9, 18))),
        (b"\x1b_Gi=31;OK\x1b\\\x1bP>|ghostty 1.2.0\x1b\\\x1b[6;18;9t\x1b[?62;c", Graphics("kitty", (9, 18))),
        (b"\x1b_Gi=31;OK\x1b\\\x1b[6;18;9t\x1b[?62;c", Graphics("kitty", (9, 18))),
        (b"\x1b_Gi=31;EINVAL\x1b\\\x1b[?62;c", Graphics()),
        (b"\x1b[6;20;10t\x1b[?62;4;22c", Graphics("sixel", (10, 20))),
        (b"\x1b[?62;4;22c", Graphics()),  # without the size of a cell no picture fits
        (b"\x1b[?4c", Graphics()),  # the first number is the kind of terminal
        (b"\x1b[6;0;0t\x1b[?62;4c", Graphics()),
    ],
)
def test_the_answer_is_understood(told: bytes, wanted: Graphics) -> None:
    assert understood(told) == wanted


def test_where_the_terminal_does_not_say_how_large_a_cell_is_the_system_does() -> None:
    assert understood(b"\x1b[?63;1;2;4c", (8, 17)) == Graphics("sixel", (8, 17))
    assert understood(b"\x1b[6;20;10t\x1b[?62;4;22c", (8, 17)) == Graphics("sixel", (10, 20))


def keys_of(*parts: str) -> list[str]:
    """The keys that Textual makes of what comes in while an answer is owed."""
    parser = PatientParser()
    return [event.key for part in parts for event in parser.feed(part) if isinstance(event, Key)]


def test_a_late_answer_presses_no_key() -> None:
    answer = "\x1b_Gi=31;OK\x1b\\\x1bP>|kitty(0.32.2)\x1b\\\x1b[6;18;9t\x1b[?62;4;22c"
    assert keys_of(f"a{answer}b") == ["a", "b"]
    for at in range(2, len(answer)):
        if answer[at - 1] != "\x1b":  # an escape by itself is the key
            assert keys_of("a" + answer[:at], answer[at:] + "b") == ["a", "b"], answer[:at]
    assert keys_of("\x1b[6~", "\x1b[?62;c", "\x1b[A\x1bOP") == ["pagedown", "up", "f1"]


# -- cells --------------------------------------------------------------------------------------


def test_a_picture_keeps_its_shape_and_is_never_made_larger() -> None:
    assert size_in_cells(100, 100, 80, 40) == (10, 5)
    assert size_in_cells(4000, 2000, 80, 40) == (80, 20)
    assert size_in_cells(2000, 4000, 80, 20) == (20, 20)
    assert size_in_cells(1, 10_000, 80, 20) == (1, 20)
    assert size_in_cells(100_000, 1, 500, 20) == (108, 1)


def test_half_blocks_have_two_pixels_in_a_cell_and_leave_what_is_clear() -> None:
    lines = half_blocks(picture(4, 4), 4, 2)
    assert ["".join(text for text, _ in line) for line in lines] == ["▀▀▀▀", "▀▀  "]
    assert lines[0][0] == ("▀▀", "#ff0000 on #ff0000")
    assert lines[1][0][1] == "#0000ff on #0000ff"


def test_placeholders_are_as_wide_as_the_picture() -> None:
    lines = placeholders(7, 30, 12)
    assert len(lines) == 12
    assert {cells(line) for line in lines} == {30}
    assert {style for line in lines for _, style in line} == {"#000007"}


def decoded(sequence: str) -> Image.Image:
    """A picture from its sixels, as a terminal reads them."""
    width, height = map(int, re.match(r'\x1bP0;1q"1;1;(\d+);(\d+)', sequence).groups())
    image = Image.new("RGBA", (width, height))
    colours: dict[int, tuple[int, ...]] = {}
    x = y = colour = 0
    body = sequence[sequence.index("#") : -2]
    for found in re.finditer(r"#(\d+)((?:;\d+){4})?|!(\d+)([?-~])|([?-~])|([$-])", body):
        number, shade, count = found[1], found[2], found[3]
        sign = found[4] or found[5] or found[6]
        if number:
            colour = int(number)
            if shade:
                colours[colour] = tuple(round(int(part) * 255 / 100) for part in shade.split(";")[2:])
        elif sign == "$":
            x = 0
        elif sign == "-":
            x, y = 0, y + 6
        else:
            end = x + int(count or 1)
            for column in range(x, end):
                for bit in range(6):
                    if (ord(sign) - 63) >> bit & 1:
                        image.putpixel((column, y + bit), (*colours[colour], 255))
            x = end
    return image


@pytest.mark.parametrize("size", [(40, 40), (37, 20), (2, 2), (8, 3)])
def test_sixels_are_the_picture(size: tuple[int, int]) -> None:
    image = picture(*size)
    assert ImageChops.difference(decoded(sixels(image)).convert("RGB"), image.convert("RGB")).getbbox() is None


# -- on the way to the terminal -----------------------------------------------------------------


def shelved() -> tuple[Shelf, int, list[str]]:
    shelf = Shelf()
    image = picture()
    file = io.BytesIO()
    image.save(file, "PNG")
    number = shelf.add(Shown(image, 4, 2, file.getvalue()))
    return shelf, number, [line[0][0] for line in placeholders(number, 4, 2)]


def test_a_kitty_is_sent_the_picture_once_before_its_placeholders() -> None:
    shelf, number, rows = shelved()
    row = f"\x1b[38;2;0;0;{number}m{rows[0]}\x1b[0m"
    sent = with_pixels(f"before {row}", Graphics("kitty"), shelf)
    found = re.match(rf"\x1b_Ga=T,U=1,i={number},c=4,r=2,f=100,q=2,m=0;(.*?)\x1b\\", sent)
    assert found
    assert Image.open(io.BytesIO(base64.b64decode(found[1]))).size == (40, 40)
    assert sent.endswith(f"before {row}")
    assert with_pixels(row, Graphics("kitty"), shelf) == row
    shelf.send_again()
    assert with_pixels(row, Graphics("kitty"), shelf) != row


def test_sixels_stand_over_blanks_and_only_those_of_the_cells_that_are_seen() -> None:
    shelf, number, rows = shelved()
    written = with_pixels(f"\x1b[38;2;0;0;{number}m{rows[1][3:9]}", Graphics("sixel", (10, 20)), shelf)
    found = re.match(r"\x1b\[38;2;0;0;\d+m  \x1b\[0m\x1b7\x1b\[2D(\x1bP.*\x1b\\)\x1b8\Z", written, re.DOTALL)
    assert found  # the second and the third cell of the second row
    seen = decoded(found[1])
    assert seen.size == (20, 20)
    assert seen.getpixel((0, 0)) == (0, 0, 255, 255)
    assert seen.getpixel((19, 19))[3] == 0


def test_a_cut_may_part_a_placeholder_from_its_signs() -> None:
    shelf, number, rows = shelved()
    style = f"\x1b[38;2;0;0;{number}m"
    for way in ("kitty", "sixel"):
        graphics = Graphics(way, (10, 20))
        with_pixels(f"{style}{rows[0]}", graphics, shelf)  # kitty has the picture now
        between = with_pixels(f"{style}{rows[1]}|{style}{rows[1][3:]}", graphics, shelf)
        assert with_pixels(f"{style}{rows[1][:-2]}|{style}{rows[1][1:]}", graphics, shelf) == between
        assert (PLACEHOLDER in between) == (way == "kitty")
    assert with_pixels(f"{style}{PLACEHOLDER}", Graphics("kitty"), shelf) == f"{style} "
    dimmed = with_pixels(f"\x1b[38;2;9;9;9m{rows[0][1:]}", Graphics("sixel"), shelf)
    assert dimmed == "\x1b[38;2;9;9;9m" + " " * 3


def test_no_sixels_are_wider_than_an_xterm_takes_them() -> None:
    shelf, number, rows = shelved()
    row = f"\x1b[38;2;0;0;{number}m{rows[0]}"
    written = with_pixels(row, Graphics("sixel", (400, 20)), shelf)
    assert re.findall(r'"1;1;(\d+);', written) == ["800", "800"]
    shown = shelf.get(number)
    ready = set(shown.drawn)
    shown.draw((400, 20))
    assert {key for key in shown.drawn if key[0] == 0} == ready == {(0, 0, 1), (0, 2, 3)}


def test_a_picture_that_is_no_longer_kept_is_blank() -> None:
    _, number, rows = shelved()
    written = with_pixels(f"\x1b[38;2;0;0;{number}m{rows[0]}", Graphics("kitty"), Shelf())
    assert written.endswith("    ")
    assert PLACEHOLDER not in written


# -- what notes embed ---------------------------------------------------------------------------


def test_a_picture_comes_with_its_name_below(folder) -> None:
    first, then = drawn(folder, "Before.\n\n![four squares](squares.png)\n\nAfter.")
    assert "four squares" in first
    lines = then.plain.split("\n")
    assert lines[2:5] == ["▀▀▀▀", "▀▀  ", "four squares"]
    assert lines[-1] == "After."


def test_a_picture_among_words_stands_between_them(folder) -> None:
    _, then = drawn(folder, "Before ![x](squares.png) after.")
    assert then.plain.split("\n")[0] == "Before"
    assert "▀▀▀▀" in then.plain
    assert then.plain.split("\n")[-1] == "after."


@pytest.mark.parametrize(
    "source", ["![[squares.png]]", "![[squares.png|300]]", "![[hidden away.png|100x100]]", "![x](hidden%20away.png)"]
)
def test_a_picture_is_found_by_its_name(folder, source: str) -> None:
    _, then = drawn(folder, source)
    assert "▀▀▀▀" in then.plain
    assert "00" not in then.plain


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("https://example.org/x.png", "on the web"),
        ("//example.org/x.png", "on the web"),
        ("nowhere.png", "no such file"),
        ("broken.png", "is broken"),
        ("text.png", "no picture"),
        ("drawing.svg", "SVG"),
        ("deep", "no such file"),
    ],
)
def test_what_is_not_shown_says_why(folder, source: str, why: str) -> None:
    _, then = drawn(folder, f"![a name]({source})")
    assert "a name" in then.plain
    assert why in then.plain


def test_a_picture_whose_file_has_gone_meanwhile_is_told_so(folder) -> None:
    gone = str(folder / "gone.png")
    assert why_not_shown(gone) == "it cannot be read: No such file or directory"
    with pytest.raises(CannotError, match="cannot be read"):
        opened(gone, 20, 20)


def test_a_picture_of_very_many_pixels_is_not_decoded(folder) -> None:
    side = 10_000
    assert side * side > MOST_PIXELS
    Image.new("1", (side, side)).save(folder / "huge.png")
    _, then = drawn(folder, "![huge](huge.png)")
    assert "10,000 × 10,000 pixels" in then.plain
    told = (folder / "huge.png").read_bytes()  # its head says 30,000 × 30,000 now
    head = b"IHDR" + struct.pack(">II", 30_000, 30_000) + told[24:29]
    (folder / "vast.png").write_bytes(told[:12] + head + struct.pack(">I", zlib.crc32(head)) + told[33:])
    assert "it has more pixels than can be shown" in drawn(folder, "![vast](vast.png)")[1].plain
    assert opened(str(folder / "squares.png"), 20, 20).size == (20, 20)


def test_in_real_pixels_the_lines_hold_placeholders_and_the_name(folder) -> None:
    _, then = drawn(folder, "![four squares](squares.png)", Graphics("kitty", (10, 20)))
    assert then.plain.count(PLACEHOLDER) == 8
    assert "four squares" in then.plain


def test_sixels_are_drawn_before_the_keys_would_wait_for_them(folder) -> None:
    drawn(folder, "![four squares](squares.png)", Graphics("sixel", (10, 20)))
    shown = list(SHELF._shown.values())[-1]
    assert set(shown.drawn) == {(0, 0, 3), (1, 0, 3)}


async def test_a_picture_is_seen_on_a_card_and_in_its_note(opened, text, until, library):
    picture(200, 100).save(library / "map.png")
    note = "Prose.\n\n![the map](map.png)\n\nQ: Which river?\n\n![the map](map.png)\nA: The Nile.\n"
    (library / "rivers.md").write_text(note, encoding="utf-8")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which river?" in text(pilot) and "▀▀▀" in text(pilot))
        await pilot.press("n", "g")
        await until(pilot, lambda: "Prose." in text(pilot) and "▀▀▀" in text(pilot) and "the map" in text(pilot))
