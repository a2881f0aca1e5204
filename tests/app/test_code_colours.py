"""Code that is long has its colours from a thread: the card is there before them, and is painted again with them."""

from __future__ import annotations

import threading

import pytest

from studytool.app.demo_app import DemoApp
from studytool.app.prose import code
from studytool.demo.find import find_demo
from studytool.demo.trust import agreed
from studytool.settings import Settings
from tests.app.one_note import only

LONG = "x = 1\n" * 800


def colours(pilot) -> int:
    """In how many colours the first line of the code is painted."""
    front = pilot.app.screen.query_one("#front")
    found = (front.render_line(y) for y in range(front.size.height))
    line = next(line for line in found if "x = 1" in line.text)
    return len({segment.style.color for segment in line if segment.style and segment.text.strip()})


@pytest.fixture
def slow_lexer(monkeypatch):
    """What has a lexer of code go on, and the threads in which one was asked."""
    monkeypatch.setattr(code, "_coloured", {})
    go_on, threads, coloured = threading.Event(), [], code.coloured

    def slowly(source, language, patience):
        threads.append(threading.current_thread())
        go_on.wait(60)
        return coloured(source, language, patience)

    monkeypatch.setattr(code, "coloured", slowly)
    return go_on, threads


async def test_long_code_is_there_at_once_and_gets_its_colours_beside_the_keys(
    opened, text, until, library, slow_lexer
):
    go_on, threads = slow_lexer
    only(library, f"Q: What does this do?\n```python\n{LONG}```\nA: Nothing.\n")
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "x = 1" in text(pilot) and threads)
        assert colours(pilot) == 1
        go_on.set()
        await until(pilot, lambda: colours(pilot) > 1)
        assert len(threads) == 1
        assert threads[0] is not threading.main_thread()


async def test_the_code_of_a_demo_gets_its_colours_beside_the_keys(text, until, tmp_path, slow_lexer):
    go_on, threads = slow_lexer
    file = tmp_path / "long.py"
    file.write_text(
        '"""A demo."""\n\nfrom studytool.demo import Demo, line\n\nB = 9\n'
        'demo = Demo("Long", topics=[], steps=9)\n\n\n@demo.train\ndef go(run):\n    yield line("a", a=1)\n\n\n'
        f"{LONG}"  # below the line that runs, to which the code is turned
    )
    app = DemoApp(agreed(find_demo(str(file))), {}, 0, "cpu", Settings())
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "from studytool.demo import" in text(pilot) and threads)
        lines = app.screen.query_one("#source-lines")

        def styles():
            line = next(line for line in map(lines.render_line, range(9)) if "B = 9" in line.text)
            return {segment.style.color for segment in line if segment.style and segment.text.strip() in ("B", "9")}

        before = len(styles())
        go_on.set()
        await until(pilot, lambda: len(styles()) > before)
        assert [thread is threading.main_thread() for thread in threads] == [False]


async def test_a_card_of_many_pieces_of_code_keeps_the_colours_of_each(opened, text, until, library, monkeypatch):
    monkeypatch.setattr(code, "_coloured", {})
    blocks = "".join(f"```python\nx = 1  # one\n{'y = 2; ' * 30}{at}\n```\n" for at in range(50))
    only(library, f"Q: What do these do?\n{blocks}A: Nothing.\n")
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "x = 1" in text(pilot))
        front = pilot.app.screen.query_one("#front")

        def coloured() -> list[bool]:
            laid = front._laid.lines(front.content_region.width)
            told = (line for line in laid if "x = 1" in "".join(part for part, _ in line))
            return [any("$text-" in style for _, style in line) for line in told]

        await until(pilot, lambda: all(coloured()))
        assert len(coloured()) == 50
