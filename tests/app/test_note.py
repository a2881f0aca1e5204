"""Reading a note: what it shows as prose and as cards, what it hides, and how long texts open."""

from __future__ import annotations

import pytest

from studytool.app.note.column import Anchor, Column
from studytool.app.note.layout import laid_out
from studytool.app.note.pieces import ROWS, Piece, pieces_of
from studytool.app.prose.lines import cells, content
from studytool.app.screens.note import NoteScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.widgets.note_text import NoteText
from studytool.notes.parse import parse_note


def read(text: str, hidden: dict[str, str] | None = None, **options) -> list[Piece]:
    return pieces_of(parse_note(text, "note.md"), text, hidden or {}, **options)


def shown(pieces: list[Piece], width: int = 60) -> str:
    return content([line for piece in pieces for line in laid_out(piece, width)]).plain


def keys_of(text: str) -> list[str]:
    return [card.key for card in parse_note(text, "note.md").studied]


# -- pieces -------------------------------------------------------------------------------------


def test_the_text_is_there_and_what_is_for_the_program_is_not() -> None:
    text = (
        "---\ntitle: Sums\ndemo: cnn\n---\n\n# Sums\n\nProse <!-- not this --> here.\n\n%%\nnor this\n%%\n\n"
        "Q: How much is 1 + 1?\nA: 2\n\n```python check\n1 + 1 == 2\n```\n\n```python\nprint(2)\n```\n"
    )
    seen = shown(read(text))
    assert "Prose  here." in seen
    assert "print(2)" in seen
    assert "How much" in seen
    for gone in ("title", "not this", "nor this", "== 2", "Sums", "Q:", "A:"):
        assert gone not in seen


@pytest.mark.parametrize(
    "card",
    [
        "Q: What is osmosis?\nA: Water that moves.\n---\n",
        "> [!question]- What is osmosis?\n> Water that moves.\n",
        "> [!faq] What is osmosis?\n> Water that moves.\n",
        "<details>\n<summary>What is osmosis?</summary>\n\nWater that moves.\n\n</details>\n",
    ],
    ids=["written", "folded callout", "callout", "details"],
)
def test_a_card_and_what_is_folded_away_show_their_answer_unless_that_is_hidden(card: str) -> None:
    text = f"Before.\n\n{card}\nAfter.\n"
    (key,) = keys_of(text)
    assert "Water that moves." in shown(read(text))
    seen = shown(read(text, {key: "not yet"}))
    assert "What is osmosis?" in seen
    assert "not yet" in seen
    assert "Water" not in seen
    assert "Before." in seen
    assert "After." in seen


def test_a_question_of_the_note_does_not_show_which_option_is_right() -> None:
    text = "Which is a river?\n\n- [ ] Alps\n- [x] Nile\n\n> It flows.\n"
    (key,) = keys_of(text)
    seen = shown(read(text, {key: "not yet"}))
    assert "Alps" in seen
    assert "Nile" in seen
    assert "☑" not in seen
    assert "It flows" not in seen
    assert "It flows" in shown(read(text))


def test_each_hidden_gap_of_a_sentence_is_a_gap() -> None:
    text = "C: The [Danube] ends in the [Black Sea].\n"
    first, second = keys_of(text)
    assert "The Danube ends in the Black Sea." in shown(read(text))
    assert "The […] ends in the […]." in shown(read(text, {first: "x", second: "x"}))
    assert "The Danube ends in the […]." in shown(read(text, {second: "x"}))


def test_what_is_hidden_is_counted_gap_by_gap() -> None:
    text = "C: The [Danube] ends in the [Black Sea].\n\nQ: And the Nile?\nA: In the Mediterranean.\n"
    keys = keys_of(text)
    for unseen, hides in ((keys, [2, 1]), (keys[1:], [1, 1]), (keys[:1], [1, 0]), ([], [0, 0])):
        pieces = read(text, dict.fromkeys(unseen, "x"))
        assert [piece.hides for piece in pieces if piece.is_card] == hides, unseen


def test_prose_that_a_card_was_made_of_stays_prose_until_that_card_is_asked() -> None:
    text = "## What is rain?\n\nWater that falls.\n\n## Then\n\nMore.\n"
    (key,) = keys_of(text)
    assert "Water that falls." in shown(read(text, {key: "x"}))
    seen = shown(read(text, {key: "asked"}, asked=[key]))
    assert "Water" not in seen
    assert "What is rain?" in seen
    assert "More." in seen


def test_a_long_table_is_cut_into_pieces_with_the_same_columns() -> None:
    rows = [f"| row {number} | {'long ' * (number % 7)}end |" for number in range(3 * ROWS)]
    pieces = read("\n".join(["| name | value |", "|---|---|", *rows]))
    assert len(pieces) == 3
    lines = [line for line in shown(pieces).split("\n") if "│" in line]
    assert len(lines) == 3 * ROWS + 1
    assert len({line.index("│") for line in lines}) == 1
    assert shown(pieces).count("name") == 1


def test_a_long_table_without_room_becomes_a_list_of_all_its_rows() -> None:
    head = "|" + " some words |" * 9
    rows = ["|" + "".join(f" cell {number} {column} |" for column in range(9)) for number in range(2 * ROWS)]
    seen = shown(read("\n".join([head, "|" + "---|" * 9, *rows])), 40)
    assert all(f"cell {number} 8" in seen for number in range(2 * ROWS))


def test_a_long_list_is_cut_at_its_items_and_stays_one_list() -> None:
    items = [f"{number}. item {number}\n   more" for number in range(1, 101)]
    pieces = read("\n".join(items))
    assert len(pieces) == 100
    lines = shown(pieces).split("\n")[1:]
    assert not any(not line.strip() for line in lines)
    assert lines[-2].startswith("100. item 100")


@pytest.mark.parametrize("width", [5, 20, 96])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    text = "Q: " + "wide " * 40 + "\nA: " + "x" * 300 + "\n\n| a | b |\n|---|---|\n" + "| 漢字 | y |\n" * 90
    lines = [line for piece in read(text) for line in laid_out(piece, width)]
    assert max(map(cells, lines)) <= max(width, 7)


# -- the column ---------------------------------------------------------------------------------


def column(*heights: int) -> Column[str]:
    return Column([3] * len(heights), lambda at: [f"{at}.{row}" for row in range(heights[at])])


def test_only_what_is_seen_is_laid_out() -> None:
    laid: list[int] = []
    long = Column([1] * 1000, lambda at: laid.append(at) or ["line"])
    assert long.moved(Anchor(500), 0, 10) == Anchor(500)
    assert laid == list(range(500, 510))


def test_going_up_shows_the_last_line_of_what_is_above_however_high_it_was_thought_to_be() -> None:
    assert column(10, 5, 5).moved(Anchor(1), -1, 2) == Anchor(0, 9)


def test_the_end_stays_at_the_foot_and_the_beginning_at_the_top() -> None:
    assert column(4, 4, 4).moved(Anchor(1), 99, 6) == Anchor(1, 2)
    assert column(4, 4, 4).end(6) == Anchor(1, 2)
    assert column(4, 4, 4).moved(Anchor(1), -99, 6) == Anchor(0, 0)
    assert column(2).moved(Anchor(0), 5, 6) == Anchor(0, 0)


def test_down_and_up_again_is_where_one_was() -> None:
    pages = column(*range(1, 60))
    there = Anchor(20, 3)
    for by in (1, 7, 40, 200):
        assert pages.moved(pages.moved(there, by, 10), -by, 10) == there


# -- the screen ---------------------------------------------------------------------------------


async def test_the_note_is_read_around_the_card_and_tells_no_answer_before_the_card_does(opened, text, until, library):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await pilot.press("n")
        await until(pilot, lambda: "asked just now" in text(pilot))
        assert "Nile" not in text(pilot)
        assert "Vltava" not in text(pilot)
        assert "land built from" in text(pilot)  # prose is there to be read
        await pilot.press("a")
        await until(pilot, lambda: "The Nile." in text(pilot) and "Vltava" in text(pilot))
        await pilot.press("a", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen) and "Cairo" in text(pilot))
        assert "Nile" not in text(pilot)
        await pilot.press("space", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and "The Nile." in text(pilot))
        assert "Vltava" not in text(pilot)
        # An edit of the note is seen at once.
        (library / "rivers.md").write_text("A new sentence.\n\nQ: Which river runs through Cairo?\nA: Nile!\n")
        await until(pilot, lambda: "A new sentence." in text(pilot))


async def test_the_note_of_a_topic_is_read_from_home_and_from_the_table(opened, text, until):
    async with opened() as pilot:
        await pilot.press("down", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and "hidden" in text(pilot))
        assert "Rivers" in text(pilot).split("\n")[0]
        await pilot.press("escape", "slash")
        await until(pilot, lambda: "is crossed by" in text(pilot))
        await pilot.press("enter", "down", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, NoteScreen) and "Vltava" in text(pilot))


async def test_a_long_note_is_laid_out_only_where_it_is_seen_and_read_to_its_end(opened, text, until, library):
    table = "| a | b |\n|---|---|\n" + "".join(f"| row {number} | {number} |\n" for number in range(1000))
    words = "word " * 2000 + "\n\n" + "x" * 10_000
    (library / "rivers.md").write_text(
        f"Q: first?\nA: yes\n---\n\n{table}\n{words}\n\nThe last line.\n", encoding="utf-8"
    )
    async with opened() as pilot:
        await pilot.press("down", "n")
        await until(pilot, lambda: "row 5 " in text(pilot))
        column = pilot.app.screen.query_one(NoteText)._column
        assert len(column._lines) < 5
        await pilot.press("G")
        await until(pilot, lambda: "The last line." in text(pilot))
        assert len(column._lines) < 10
        await pilot.press("g")
        await until(pilot, lambda: "first?" in text(pilot))
        await pilot.press("pagedown")
        await until(pilot, lambda: "row 20 " in text(pilot) and "first?" not in text(pilot))
        before = text(pilot)
        await pilot.resize_terminal(60, 20)
        await until(pilot, lambda: "row 20 " in text(pilot) and text(pilot) != before)
