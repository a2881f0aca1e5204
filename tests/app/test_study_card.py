"""A card from its prompt to the end of the sitting: lists by the line, scripts, time, and what is said at the end."""

from __future__ import annotations

import pytest

from studytool.app import prose
from studytool.app.ending import ending
from studytool.app.prose.steps import steps
from studytool.app.screens.study import StudyScreen
from studytool.app.sitting import Answered
from studytool.app.widgets import card_text
from studytool.app.widgets.card_text import CardText
from studytool.notes.parse import parse_note
from tests.app.one_note import only

LIST = "One step:\n\n1. forward\n2. loss\n   - of the batch\n3. backward\n\nThat is all."


# -- lists by the line --------------------------------------------------------------------------


def test_a_list_has_a_step_for_each_item_and_its_last_one_is_all() -> None:
    assert steps(LIST) == [
        "One step:\n\n1. forward",
        "One step:\n\n1. forward\n2. loss\n   - of the batch",
        LIST,
    ]


@pytest.mark.parametrize(
    "text", ["", "no list", "two\nlines", "- one item", "```\n- code\n- code\n```", "> - a\n> - b"]
)
def test_what_is_no_list_has_no_steps(text: str) -> None:
    assert steps(text) == []


async def test_a_list_is_shown_line_by_line_and_graded_when_all_is_there(opened, text, until, library):
    only(library, f"Q: Which parts?\nA: {LIST}\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "l line 1 of 3" in text(pilot))
        await pilot.press("l")
        await until(pilot, lambda: "1. forward" in text(pilot) and "l line 2 of 3" in text(pilot))
        assert "loss" not in text(pilot)
        await pilot.press("3")  # not yet
        await pilot.press("l")
        await until(pilot, lambda: "of the batch" in text(pilot) and "l line 3 of 3" in text(pilot))
        assert "backward" not in text(pilot)
        assert pilot.app.desk.store.events() == []
        await pilot.press("l")
        await until(pilot, lambda: "That is all." in text(pilot) and "Again" in text(pilot))


@pytest.mark.parametrize("lines", [10, 13, 14, 17])
async def test_an_answer_is_seen_however_much_of_the_window_its_prompt_takes(opened, text, until, library, lines: int):
    prompt = "\n".join(f"- reason {number}" for number in range(lines))
    only(library, f"Q: Why?\n{prompt}\nA: Because it is green.\n")
    async with opened(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "reason 7" in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "Because it is green." in text(pilot) and "Again" in text(pilot))


async def test_a_choice_says_nothing_of_how_many_options_are_right(opened, text, until, library):
    only(library, "Which of these rise?\n\n- [x] Yeast\n- [ ] Salt\n- [x] Sourdough\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Sourdough" in text(pilot) and "shows the answer" in text(pilot))
        assert "line 1 of" not in text(pilot)
        await pilot.press("l", "space")
        await until(pilot, lambda: "Again" in text(pilot))


# -- any script ---------------------------------------------------------------------------------

SCRIPTS = {
    "Hebrew": "מהו נהר? שלום עולם",
    "Arabic": "ما هو النهر؟ مرحبا بالعالم",
    "Chinese": "什么是河流?这是一个很长的问题。" * 6,
    "Hindi": "नदी क्या है? नमस्ते दुनिया",
    "combining": "re\u0301sume\u0301 Z\u0335\u0327a\u0328\u0301l\u0322\u0352g\u0323\u0307o\u0330\u0302",
    "emoji": "👩‍👩‍👧‍👦 🇨🇭 ☎️ 🏳️‍🌈 family",
}


async def test_a_card_of_any_script_is_shown_whole_and_no_row_is_too_wide(opened, text, until, library):
    cards = "\n\n".join(f"Q: {name}: {words}\nA: {words} end" for name, words in SCRIPTS.items())
    only(library, cards)
    async with opened() as pilot:
        await pilot.press("enter")
        for name, words in SCRIPTS.items():
            start = words.split()[0][:4]
            await until(pilot, lambda name=name: f"{name}:" in text(pilot))
            await pilot.press("space")
            await until(pilot, lambda: "end" in text(pilot) and "Again" in text(pilot))
            rows = pilot.app.screen._compositor.render_strips()
            assert {row.cell_length for row in rows} == {80}
            if name in ("Hebrew", "Arabic", "Hindi"):  # in the order of reading: turning it is the terminal's work
                assert start in text(pilot)
            await pilot.press("4")
        await until(pilot, lambda: "Done for now" in text(pilot))


# -- what else stands around a card -------------------------------------------------------------


async def test_headings_code_and_time_are_there(opened, text, until, library):
    note = "# Loops\n\n## In Python\n\n### For\n\nQ: What is this?\nA:\n```python\nfor i in range(3):\n    pass\n```\n"
    only(library, note)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Loops › In Python › For" in text(pilot))
        pilot.app.screen._started -= 75
        await pilot.press("space")
        await until(pilot, lambda: "for i in range(3)" in text(pilot) and "· 1:15" in text(pilot))
        back = pilot.app.screen.query_one("#back", CardText)
        strips = back.visual.render_strips(40, None, back.visual_style, _options(back))
        styles = {segment.text.strip(): segment.style for strip in strips for segment in strip}
        assert styles["for"].color != styles["pass"].color or styles["for"].color != styles["i"].color


@pytest.mark.parametrize(
    ("note", "above"),
    [
        (
            "# A heading with `code` and $x^2$\n\n## What does `zip(*rows)` do?\n\nQ: Why?\nA: So.\n",
            "A heading with code and $x^2$ › What does zip(*rows) do?",
        ),
        (
            "# The **bold** `a_b`\n\n## [Link](x.md) of $\\alpha_1$ and *all*\n\nQ: Why?\nA: So.\n",
            "The bold a_b › Link of $\\alpha_1$ and all",
        ),
        ("---\ntitle: Sets\n---\n# Finite sets\n\n## Finite sets\n\nQ: Why?\nA: So.\n", "Sets › Finite sets"),
    ],
)
def test_above_a_card_its_topic_and_headings_stand_once_each_without_marks(note: str, above: str) -> None:
    (card,) = [card for card in parse_note(note, "a.md").cards if card.front == "Why?"]
    assert card_text.above(card).plain == above


@pytest.mark.parametrize(
    ("note", "above"),
    [
        ("---\ntitle: What is *osmosis*\n---\nQ: What is osmosis?\nA: Water that moves.\n", " "),
        ("# Cells\n\n## What is osmosis\n\nQ: What is osmosis?\nA: Water that moves.\n", "Cells"),
        ("# Osmosis\n\nQ: What is osmosis?\nA: Water that moves.\n", "Osmosis"),
        ("# ?!\n\nQ: …?\nA: Nobody knows.\n", "?!"),
        ("# Sets\n\n## `Union`\n\nA union is a set that holds what either set holds.\n", "Sets"),
        ("# Union\n\nA union is a set that holds what either set holds.\n", " "),
        ("# Sets\n\n**Union** is the set that holds what either set holds.\n", "Sets"),
        ("# Signs\n\n## ≈\n\nQ: ≠\nA: not the same as\n", "Signs › ≈"),
    ],
)
def test_a_heading_that_is_the_prompt_itself_does_not_stand_above_it(note: str, above: str) -> None:
    (card,) = parse_note(note, "a.md").cards
    assert card_text.above(card).plain == above


async def test_nor_above_the_question_of_a_quiz(opened, text, until, library):
    only(library, "---\ntitle: What is osmosis?\n---\nQ: What is osmosis?\nA: Water that moves through a skin.\n")
    async with opened(start="quiz", count=1, seed=1) as pilot:
        await until(pilot, lambda: "question 1 of 1" in text(pilot) and "What is osmosis?" in text(pilot))
        assert text(pilot).count("What is osmosis?") == 1


def _options(widget):
    from textual.visual import RenderOptions

    return RenderOptions(widget._get_style, widget.styles)


# -- the end ------------------------------------------------------------------------------------


def sat(*grades: tuple[int, int]) -> list[Answered]:
    """Answers by the number of the card and the grade; cards 0 to 2 are of one topic, the others of another."""
    one = parse_note("# Sums\n\nQ: one?\nA: 1\n\nQ: two?\nA: 2\n\nQ: three?\nA: 3\n", "a.md").cards
    other = parse_note("# Words\n\nQ: four?\nA: 4\n\nQ: five *and a half*?\nA: 5\n", "b.md").cards
    return [Answered([*one, *other][card], grade, 1000) for card, grade in grades]


def test_the_end_says_what_went_well_and_what_to_look_at() -> None:
    told = ending(sat((0, 3), (1, 1), (2, 2), (1, 1), (1, 3), (3, 4), (4, 3)), 7, ["Held."], 90_000, ["A demo"])
    assert "7 answered in 7 min: 2 again, 1 hard, 3 good, 1 easy." in told
    assert "Sums: 2 of 3 known at the first go" in told
    assert "Words: all 2 known at the first go" in told
    assert told.index("Words: all") < told.index("Sums: 2")
    assert told.index("two? (2 times)") < told.index("three? (with an effort)")
    assert "one?" not in told.split("another look")[1]
    assert "Held." in told
    assert "- A demo" in told.split("Worth running")[1]


def test_a_prompt_that_is_cut_at_the_end_is_shown_as_it_is_written() -> None:
    note = "C: 1. A sequence of *numbers* & $x_n$ converges if and only if it is [Cauchy] in a [complete] space.\n"
    answered = [Answered(card, 1, 1000) for card in parse_note(note, "a.md").cards]
    told = " ".join(prose.content(prose.lines_of(ending(answered, 0, [], None), 200)).plain.split())
    assert "1. A sequence of *numbers* & $x_n$ converges if and only if it is […]" in told
    assert "1. A sequence of *numbers* & $x_n$ converges if and only if it is Cau…" in told


def test_the_end_of_nothing_and_of_a_faultless_sitting_are_short() -> None:
    assert "Nothing to study here now" in ending([], 0, [], None)
    told = ending(sat((0, 3)), 0, [], None)
    assert "the one card known at the first go" in told
    assert "another look" not in told
    assert "Worth running" not in told


def test_one_more_topic_and_several_are_counted_in_words_that_fit() -> None:
    cards = [parse_note(f"# Topic {n}\n\nQ: {n}?\nA: {n}\n", f"{n}.md").cards[0] for n in range(6)]
    answered = [Answered(card, 3, 1000) for card in cards]
    assert "and 1 more topic\n" in f"{ending(answered[:5], 0, [], None)}\n"
    assert "and 2 more topics\n" in f"{ending(answered, 0, [], None)}\n"


async def test_at_the_end_demos_of_what_was_missed_can_be_run_and_the_last_grade_undone(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))
        await pilot.press("space", "2")
        await until(pilot, lambda: "weighted sum" in text(pilot) and "shows the answer" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: "Worth another look" in text(pilot) and "Worth running" in text(pilot))
        assert "d runs a demo" in text(pilot)
        await pilot.press("u")
        await until(pilot, lambda: "shows the answer" in text(pilot) and isinstance(pilot.app.screen, StudyScreen))


async def test_the_history_before_the_answer_says_what_to_do_first(opened, text, until, library):
    only(library, "Q: Which gas?\nA: Argon.\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Which gas?" in text(pilot))
        await pilot.press("i")
        await until(pilot, lambda: "space first: the history tells the answer" in text(pilot))
        assert isinstance(pilot.app.screen, StudyScreen)
        assert "Argon" not in text(pilot)


async def test_a_long_answer_leaves_the_prompt_as_it_is_wrapped(opened, text, until, library):
    prompt = "word " * 15 + "a longer prompt goes on"  # the first line is full to its last cell
    only(library, f"Q: {prompt}?\nA: {'one two three ' * 200}\n")
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "goes on?" in text(pilot))
        before = [line for line in text(pilot).splitlines() if "word" in line or "goes on?" in line]
        await pilot.press("space")
        await until(pilot, lambda: "▼" in text(pilot) and "one two" in text(pilot))
        lines = [line.rstrip("▲▼ ▁▂▃▄▅▆▇█") for line in text(pilot).splitlines()]
        assert [line for line in lines if "word" in line or "goes on?" in line] == [line.rstrip() for line in before]
