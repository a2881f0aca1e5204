"""A demo file that notes link to: the app asks before it runs, and never runs what was not looked at."""

from __future__ import annotations

import pytest

from studytool.app.demo_app import DemoApp
from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.study import StudyScreen
from studytool.app.screens.trust import TrustScreen
from studytool.app.ways import Ways
from studytool.demo import spare, trust
from studytool.demo.find import find_demo
from studytool.settings import Settings

MINE = '''"""Mine: it counts. [red]not[/] a style."""

from pathlib import Path

from studytool.demo import Demo, line

Path({sign!r}).touch()
demo = Demo("Mine", topics=[], steps=10_000_000)


@demo.train
def count(run):
    while True:
        yield line("n", n=1)
'''


def joined(shown: str) -> str:
    """What is on the screen as running text; of a window what stands within its frame."""
    framed = [line.split("│")[1] for line in shown.splitlines() if line.count("│") == 2]
    return " ".join(" ".join(framed or [shown]).split())


@pytest.fixture
def sign(tmp_path):
    """A file that is there once the demo has been executed."""
    return tmp_path / "executed"


@pytest.fixture
def mine(library, sign):
    """A demo in the library, and a note whose card links to it."""
    (library / "rivers.md").unlink()
    (library / "units.md").write_text("---\ndemo: ./mine.py\n---\n# Units\n\nQ: How many?\nA: One.\n", "utf-8")
    path = library / "mine.py"
    path.write_text(MINE.format(sign=str(sign)), "utf-8")
    return path.resolve()


async def test_a_demo_linked_from_notes_is_shown_and_asked_about_and_n_leaves_it(opened, text, until, mine, sign):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, TrustScreen))
        await until(pilot, lambda: "[red]not[/] a style" in text(pilot))
        shown = joined(text(pilot))
        assert "notes/mine.py14lines" in shown.replace(" ", "")  # however the path is wrapped
        assert "It will run as you" in shown
        await pilot.press("enter")  # by habit
        await pilot.pause()
        assert isinstance(pilot.app.screen, TrustScreen)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        assert not sign.exists()
        assert trust.trusted() == []


async def test_what_is_asked_beside_the_demo_is_shown_below_it(opened, text, until, mine):
    beside = mine.parent / "asked" / "mine.py"
    beside.parent.mkdir()
    beside.write_text("from demo_mine import demo\n# what is asked\n", "utf-8")
    app = DemoApp(find_demo(str(mine)), {}, 0, "cpu", Settings())
    async with app.run_test(size=(100, 50)) as pilot:
        await until(pilot, lambda: "# what is asked" in text(pilot))
        shown = joined(text(pilot))
        for told in ("notes/mine.py14lines", "notes/asked/mine.py2lines"):  # however the paths are wrapped
            assert told in shown.replace(" ", "")
        assert shown.index("yield line") < shown.index("# what is asked")


async def test_its_code_is_in_colour_and_what_has_no_room_stands_behind_a_mark(opened, text, until, mine):
    mine.write_text(mine.read_text() + f"WORDS = {'word ' * 40!r}\n")
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, TrustScreen) and "Mine: it counts" in text(pilot))
        assert any(" bytes" in line and ".py" not in line for line in text(pilot).splitlines())
        code = pilot.app.screen.query_one("#trust-code")
        await pilot.press("end")
        await until(pilot, lambda: "↪" in text(pilot))
        lines = [code.render_line(y) for y in range(code.size.height)]
        line = next(line for line in lines if "from pathlib" in line.text)
        assert len({segment.style.color for segment in line if segment.style and segment.text.strip()}) > 1
        assert [line.text[0] for line in lines if "word word" in line.text][:2] == [" ", "↪"]


async def test_y_runs_it_and_asks_again_only_when_it_has_changed(opened, text, until, mine, sign):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, TrustScreen))
        assert not sign.exists()
        await pilot.press("y")
        await until(pilot, lambda: "running · step" in text(pilot))
        assert sign.exists()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        mine.write_text(mine.read_text("utf-8") + "# more\n", "utf-8")
        await pilot.press("d")
        await until(pilot, lambda: "has changed since you trusted it" in text(pilot))


async def test_a_file_that_changes_after_the_answer_does_not_run(text, until, mine, sign):
    app = DemoApp(find_demo(str(mine)), {}, 0, "cpu", Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "Run this demo?" in text(pilot))
        mine.write_text(mine.read_text("utf-8") + "# other\n", "utf-8")
        await pilot.press("y")
        await until(pilot, lambda: "has changed since you agreed to run it" in joined(text(pilot)))
        assert not sign.exists()


async def test_a_refusal_on_the_command_line_leaves_the_app(text, until, mine, sign):
    app = DemoApp(find_demo(str(mine)), {}, 0, "cpu", Settings())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Run this demo?" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running or app._exit)
        assert not sign.exists()


async def test_a_look_at_a_card_with_a_demo_prepares_a_process_and_opening_it_takes_that(
    opened, text, until, library, monkeypatch
):
    monkeypatch.setattr(spare, "_ROOM", 2**20)  # there is memory enough
    (library / "rivers.md").unlink()
    async with opened() as pilot:
        assert not pilot.app.spare.waiting, "nothing is prepared for all topics at once"
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        await until(pilot, lambda: pilot.app.spare.waiting)
        pid = pilot.app.spare._child.process.pid
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        await until(pilot, lambda: pilot.app.screen._process is not None)
        assert pilot.app.screen._process._child.process.pid == pid
        await until(pilot, lambda: "waiting for your prediction" in text(pilot))
        await until(pilot, lambda: pilot.app.spare.waiting)
        other = pilot.app.spare._child
        await pilot.press("1")
        await until(pilot, lambda: "The runs say" in text(pilot) or "So do the runs" in text(pilot))
        assert pilot.app.screen.query_one("#prediction")._process._child is other
        app = pilot.app
    assert not other.alive
    assert not app.spare.waiting


async def test_home_that_hears_of_the_demos_below_a_card_does_not_call_off_what_that_card_prepares(
    opened, text, until, library, monkeypatch
):
    monkeypatch.setattr(spare, "_ROOM", 2**20)
    (library / "rivers.md").unlink()
    late = []
    with_demos = Ways.with_demos

    def at_home_late(app, go):
        late.append(go) if isinstance(app.screen, HomeScreen) else with_demos(app, go)

    monkeypatch.setattr(Ways, "with_demos", at_home_late)
    async with opened() as pilot:
        await until(pilot, lambda: late)
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        late[0]()
        await until(pilot, lambda: pilot.app.spare.waiting)
