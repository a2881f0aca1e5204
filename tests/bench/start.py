"""How long a start takes: to the first card against the smallest app with such widgets, `--help` against Python itself.

    python tests/bench/start.py [RUNS]

Each number is a median of RUNS starts (20), all kinds taking turns, so that a busy machine slows all of them alike.
A start to a card ends when the first frame with the card's prompt has come through a real pseudo-terminal; told is the
time on the clock until then, and that of the processor, which other programs disturb less.

The smallest app with the same widgets has Textual's own for what stands around and in a card: a header, a progress bar,
markdown in a pane that scrolls, two lines, and a foot with the keys. For comparison stand there also an app with the
study screen's tree of widgets in which each is a `Static`, and one with a single `Static`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terminal import Child, environment, studytool, table

SAME_WIDGETS = """\
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Footer, Header, Markdown, ProgressBar, Static

class Smallest(App):
    BINDINGS = [("space", "bell", "Answer"), ("u", "bell", "Undo"), ("d", "bell", "Demo"), ("n", "bell", "Read"),
                ("o", "bell", "Edit"), ("escape", "bell", "Home"), ("question_mark", "bell", "Keys")]
    def compose(self):
        yield Header()
        yield ProgressBar(20)
        with VerticalScroll():
            yield Static("Perceptron")
            yield Markdown("The first frame is here?")
        yield Static("space shows the answer")
        yield Static("new, 1 of 20 today")
        yield Footer()

Smallest().run()
"""

STATICS = """\
from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

class Smallest(App):
    CSS = "#grades { height: 2; }"
    def compose(self):
        yield Static("Perceptron")
        yield Static("─" * 80)
        with VerticalScroll():
            yield Static("Perceptron")
            yield Static("The first frame is here?")
            yield from (Static() for part in ("divider", "back", "from"))
        with Horizontal(id="grades"):
            yield Static("space shows the answer")
            yield from (Static(grade) for grade in ("Again", "Hard", "Good", "Easy"))
        yield Static("new, 1 of 20 today")
        yield Static("space Answer")

Smallest().run()
"""

BARE = """\
from textual.app import App
from textual.widgets import Static

class Smallest(App):
    def compose(self):
        yield Static("The first frame is here")

Smallest().run()
"""

SAME = "the smallest app with the same widgets"
PEERS = {SAME: SAME_WIDGETS, "its tree of Statics": STATICS, "one Static": BARE}

NOTE = "# Perceptron\n\nQ: The first frame is here?\nA: Yes.\n"


def first_frame(command: list[str], text: str, env: dict[str, str]) -> tuple[float, float]:
    """Seconds from the start of `command` to a frame with `text` in it, and those of the processor till then."""
    child = Child(command, env)
    try:
        return child.painted(text) - child.started, child.cpu()
    finally:
        child.kill()


def whole_run(command: list[str], env: dict[str, str]) -> float:
    """Seconds that `command` takes from start to end."""
    started = time.perf_counter()
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    runs = int(sys.argv[1]) if sys.argv[1:] else 20
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "notes").mkdir()
        (folder / "notes" / "note.md").write_text(NOTE)
        env = environment(folder)
        frames = {}
        for number, (name, source) in enumerate(PEERS.items()):
            peer = folder / f"peer{number}.py"
            peer.write_text(source)
            frames[name] = ([sys.executable, str(peer)], "The first frame is here")
        frames |= {
            "first card, a note": ([*studytool(), "study", str(folder / "notes")], "The first frame is here"),
            "first card, the course": ([*studytool(), "study"], "of 20 today"),
            "home, the course": (studytool(), "Backpropagation"),
        }
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "studytool --help": [*studytool(), "--help"],
            "studytool --version": [*studytool(), "--version"],
            "studytool due": [*studytool(), "due"],
        }
        shown: dict[str, list[float]] = {name: [] for name in frames}
        spent: dict[str, list[float]] = {name: [] for name in frames}
        ended: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):  # the first of each only warms the caches
            for name, (command, text) in frames.items():
                clock, processor = first_frame(command, text, env)
                shown[name] += [clock] if run else []
                spent[name] += [processor] if run else []
            for name, command in commands.items():
                seconds = whole_run(command, env)
                ended[name] += [seconds] if run else []
    goals = {"first card, a note": 1.3, "first card, the course": 1.3, "studytool --help": 3.0}
    print(f"Medians of {runs} starts, taken in turn. On the clock:\n")
    missed = table(shown, SAME, goals)
    print("\nOf the processor:\n")
    missed |= table(spent, SAME, goals)
    print()
    return table(ended, "python -c pass", goals) | missed


if __name__ == "__main__":
    raise SystemExit(main())
