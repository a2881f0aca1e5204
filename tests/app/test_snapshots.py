"""What each screen looks like, as text, at two sizes or three.

The pictures lie in `snapshots/`. After a change that is meant, `STUDYTOOL_SNAPSHOTS=write pytest
tests/app/test_snapshots.py` writes them again; the diff of the commit shows what changed for the eye.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input

from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.demo import find_demo
from studytool.desk import open_desk, request
from studytool.memory import Moment
from studytool.notes.model import DemoLink

SNAPSHOTS = Path(__file__).parent / "snapshots"
SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
WIDE = pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"])


@pytest.fixture
def compare(text, request):
    """`await compare(pilot)` holds the screen against its snapshot.

    The end of a scroll bar is left out: it moves by an eighth of a line with every line of what scrolls, and the
    settings list each key of every screen.
    """

    def seen(pilot) -> str:
        lines = text(pilot).split("\n")
        for widget in (each for screen in pilot.app.screen_stack for each in screen.query(Widget)):
            bar = widget.vertical_scrollbar.region if widget.show_vertical_scrollbar else Region()
            for y in range(*bar.line_span):
                lines[y] = lines[y][: bar.x] + re.sub("[▁-▇]", " ", lines[y][bar.x : bar.right]) + lines[y][bar.right :]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    async def check(pilot) -> None:
        name = re.sub(r"\W+", "-", request.node.name.removeprefix("test_")).strip("-")
        file = SNAPSHOTS / f"{name}.txt"
        if os.environ.get("STUDYTOOL_SNAPSHOTS") == "write":
            await pilot.pause(1)  # what is still on its way to the screen
            SNAPSHOTS.mkdir(exist_ok=True)
            file.write_text(seen(pilot), encoding="utf-8")
        wanted = file.read_text(encoding="utf-8")
        for _ in range(600):
            if seen(pilot) == wanted:
                break
            await pilot.pause(0.05)
        assert seen(pilot) == wanted

    return check


@SIZES
async def test_home(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "Threshold" in text(pilot))
        await compare(pilot)


@WIDE
async def test_home_after_a_year(opened, studied, text, until, compare, size):
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "in 7 days" in text(pilot) and "yesterday" in text(pilot))
        await pilot.pause()
        await compare(pilot)
        await in_light(pilot, until)
        await compare(pilot)


@WIDE
async def test_stats(opened, studied, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("t")
        await until(pilot, lambda: "You recalled" in text(pilot) and "100┤" in text(pilot))
        await pilot.pause()
        await compare(pilot)
        await in_light(pilot, until)
        await compare(pilot)


@SIZES
async def test_welcome(opened, text, until, compare, size):
    async with opened(size=size, welcome=True) as pilot:
        await until(pilot, lambda: "9 cards in 2 notes" in text(pilot))
        await compare(pilot)


@SIZES
async def test_study_prompt(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await compare(pilot)


@SIZES
async def test_study_answer(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("enter", "space", "4", "space")
        await until(pilot, lambda: "Vltava" in text(pilot) and "Again" in text(pilot))
        await compare(pilot)


@WIDE
async def test_study_typed(opened, text, until, compare, size, library):
    (library / "rivers.md").write_text("Which river is crossed by the Charles Bridge?\n= Vltava\n", encoding="utf-8")
    async with opened(size=size) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and isinstance(pilot.app.focused, Input))
        await pilot.press(*"Vlatva", "enter")
        await until(pilot, lambda: "nearly" in text(pilot) and "▸ 2 Hard" in text(pilot))
        await compare(pilot)
        await in_light(pilot, until)
        await compare(pilot)


@WIDE
async def test_note(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("down", "n")
        await until(pilot, lambda: "answers hidden" in text(pilot))
        await compare(pilot)
        await in_light(pilot, until)
        await compare(pilot)


@SIZES
async def test_study_end(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("end", "enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: "Done for now" in text(pilot))
        await compare(pilot)


@SIZES
async def test_write(opened, text, until, compare, size, library):
    (library / "rivers.md").write_text("Questions:\n- Why do old cities lie on rivers?\n", encoding="utf-8")
    async with opened(size=size) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "old cities" in text(pilot))
        await pilot.press("w", *"water")
        await until(pilot, lambda: "water" in text(pilot))
        pilot.app.screen.query_one("TextArea").cursor_blink = False
        await compare(pilot)


@SIZES
async def test_quiz_question(opened, text, until, compare, size):
    async with opened(size=size, start="quiz", count=6, seed=1) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and "question 1" in text(pilot))
        await until(pilot, lambda: "Answer" in text(pilot))
        await compare(pilot)


@SIZES
async def test_quiz_verdict_card_and_result(opened, text, until, compare, size):
    async with opened(size=size, start="quiz", count=1, seed=1, topics=["Rivers"]) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        if pilot.app.screen.asked.options:
            await pilot.press("1")
        else:
            await pilot.press(*"abc", "enter")
        await until(pilot, lambda: "shows the result" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "of 1 right" in text(pilot) and "rivers.md" in text(pilot))
        await compare(pilot)


@WIDE
async def test_browse(opened, text, until, compare, size):
    async with opened(size=size, start="browse") as pilot:
        await until(pilot, lambda: "9 all cards" in text(pilot) and "Cairo" in text(pilot))
        pilot.app.screen.query_one("Input").cursor_blink = False
        await pilot.press(*"river")
        await until(pilot, lambda: "8 of 9 cards with" in text(pilot))
        await pilot.press("enter", "1")
        await until(pilot, lambda: "by prompt" in text(pilot))
        await pilot.press("m")
        await until(pilot, lambda: "1 marked" in text(pilot))
        await until(pilot, lambda: size[0] == 80 or text(pilot).count("old cities") > 1)
        await compare(pilot)
        await in_light(pilot, until)
        await compare(pilot)


@WIDE
async def test_history(opened, text, until, compare, size, library, clock):
    answer_twice(library, clock)
    async with opened(size=size, start="browse") as pilot:
        await until(pilot, lambda: "9 all cards" in text(pilot) and "Cairo" in text(pilot))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: "100┤" in text(pilot))
        await compare(pilot)


@WIDE
async def test_map(opened, text, until, compare, size, library, clock):
    answer_twice(library, clock)
    async with opened(size=size) as pilot:
        await until(pilot, lambda: "Threshold" in text(pilot))
        await pilot.press("m")
        await until(pilot, lambda: "╰─○ Threshold units" in text(pilot))
        await compare(pilot)


def answer_twice(library, clock) -> None:
    """Answers to the card of Cairo, forty days ago and twenty."""
    table = open_desk(request([str(library)]))
    card = next(card for card in table.library.studied() if "Cairo" in card.front)
    now = clock()
    for days, grade in ((40, 3), (20, 4)):
        moment = Moment(now.ms - days * 86_400_000, now.offset)
        table.store.append("review", card.key, {"grade": grade, "took_ms": 4000}, moment)
    table.close()


@SIZES
async def test_keys(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot) and not pilot.app.screen._seeks_demo)
        await pilot.press("question_mark")
        await until(pilot, lambda: "esc closes" in text(pilot))
        await compare(pilot)


@WIDE
async def test_settings(opened, text, until, compare, size, home):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('new_per_day = 30\n\n[keys]\n"study.undo" = "z"\n')
    async with opened(size=size) as pilot:
        await pilot.press("comma")
        await until(pilot, lambda: "new_per_day" in text(pilot))
        await pilot.press("j", "j", "j", "j")
        await until(pilot, lambda: "New cards a day" in text(pilot))
        await compare(pilot)


@SIZES
async def test_settings_help(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        await pilot.press("comma")
        await until(pilot, lambda: "new_per_day" in text(pilot))
        await pilot.press("question_mark")
        await until(pilot, lambda: "esc closes" in text(pilot))
        await compare(pilot)


@SIZES
async def test_demo(opened, text, until, compare, size):
    async with opened(size=size) as pilot:
        pilot.app.demos()
        pilot.app.push_screen(DemoScreen(find_demo("perceptron"), {}, seed=0, device="cpu"))
        await until(pilot, lambda: "waiting for your prediction" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "running · step" in text(pilot))
        pilot.app.screen._send(type="speed", value=None)
        await until(pilot, lambda: "finished" in text(pilot))
        pilot.app.screen.query_one("#state").update("")
        await pilot.pause()
        await compare(pilot)


async def test_a_link_to_a_demo_that_does_not_exist_is_offered_by_nobody(opened, library):
    note = "---\ndemo: nowhere\n---\nQ: one?\nA: two\n"
    (library / "rivers.md").write_text(note, encoding="utf-8")
    async with opened() as pilot:
        card = next(card for card in pilot.app.desk.library.studied() if card.front == "one?")
        assert card.demo == DemoLink("nowhere")
        assert pilot.app.demo_of(card) is None


async def in_light(pilot, until) -> None:
    """Change to the light theme."""
    pilot.app.theme = "studytool-light"
    await until(pilot, lambda: not pilot.app.current_theme.dark)
