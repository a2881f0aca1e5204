"""How long a start takes: to the first card against the smallest Textual app, `--help` against Python itself.

    python tests/bench/start.py [RUNS]

Each number is a median of RUNS starts (20), all kinds taking turns, so that a busy machine slows all of them alike.
A start to a card ends when the first frame with the card's prompt has come through a real pseudo-terminal.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from terminal import Child, environment, studytool, table

SMALLEST = """\
from textual.app import App
from textual.widgets import Static

class Smallest(App):
    def compose(self):
        yield Static("The first frame is here")

Smallest().run()
"""

NOTE = "# Perceptron\n\nQ: The first frame is here?\nA: Yes.\n"


def first_frame(command: list[str], text: str, env: dict[str, str]) -> float:
    """Seconds from the start of `command` to a frame with `text` in it."""
    child = Child(command, env)
    try:
        return child.painted(text) - child.started
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
        (folder / "smallest.py").write_text(SMALLEST)
        (folder / "notes").mkdir()
        (folder / "notes" / "note.md").write_text(NOTE)
        env = environment(folder)
        frames = {
            "the smallest Textual app": ([sys.executable, str(folder / "smallest.py")], "The first frame is here"),
            "first card, a note": ([*studytool(), "study", str(folder / "notes")], "The first frame is here"),
            "first card, the course": ([*studytool(), "study"], "Deep learning: Summary"),
            "home, the course": (studytool(), "Backpropagation"),
        }
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "studytool --help": [*studytool(), "--help"],
            "studytool --version": [*studytool(), "--version"],
            "studytool due": [*studytool(), "due"],
        }
        shown: dict[str, list[float]] = {name: [] for name in frames}
        ended: dict[str, list[float]] = {name: [] for name in commands}
        for run in range(runs + 1):  # the first of each only warms the caches
            for name, (command, text) in frames.items():
                seconds = first_frame(command, text, env)
                shown[name] += [seconds] if run else []
            for name, command in commands.items():
                seconds = whole_run(command, env)
                ended[name] += [seconds] if run else []
    goals = {"first card, a note": 1.3, "first card, the course": 1.3, "studytool --help": 3.0}
    print(f"Medians of {runs} starts, taken in turn.\n")
    missed = table(shown, "the smallest Textual app", goals)
    print()
    return table(ended, "python -c pass", goals) | missed


if __name__ == "__main__":
    raise SystemExit(main())
