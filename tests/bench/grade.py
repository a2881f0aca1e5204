"""How long the learner waits: from a key to the frame that answers it, through a real pseudo-terminal.

    python tests/bench/grade.py [CARDS]

Reveals and grades CARDS cards (200) one after the other; each grade is an event on the disk before the next card is
painted, so this includes a commit with its fsync, which is also measured alone.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from terminal import Child, environment, studytool


def commits(path: Path, count: int) -> list[float]:
    """Seconds that each of `count` durable commits takes on this disk, with nothing else around them."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE events (payload TEXT)")
    taken = []
    for number in range(count):
        started = time.perf_counter()
        connection.execute("INSERT INTO events VALUES (?)", (f"a payload of about the usual length, {number}" * 5,))
        taken.append(time.perf_counter() - started)
    connection.close()
    return taken


def sitting(folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Seconds from space to the answer, and from a grade to the next prompt, for `count` cards."""
    (folder / "notes").mkdir()
    (folder / "notes" / "studytool.toml").write_text("new_per_day = 9999\n")
    body = "With `code`, a formula $w \\cdot x + b$ and a few more words, as cards have them."
    cards = [f"Q: Prompt{n:04} is this. {body}\nA: Answer{n:04} is this. {body}\n" for n in range(count + 1)]
    (folder / "notes" / "note.md").write_text("# Numbers\n\n" + "\n".join(cards))
    child = Child([*studytool(), "study", str(folder / "notes")], environment(folder))
    reveals, grades = [], []
    try:
        child.painted("Prompt0000")
        for number in range(count):
            child.settle()
            pressed = child.press(" ")
            reveals.append(child.painted(f"Answer{number:04}") - pressed)
            child.settle()
            pressed = child.press("4")
            grades.append(child.painted(f"Prompt{number + 1:04}") - pressed)
    finally:
        child.kill()
    return reveals, grades


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 200
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reveals, grades = sitting(folder, count)
        rows = {
            "space to the answer": reveals,
            "grade to the next card": grades,
            "a durable commit alone": commits(folder / "alone.db", count),
        }
    print(f"{count} cards, in milliseconds.\n")
    print(f"{'':<24}{'median':>8}{'p99':>8}{'slowest':>9}")
    for what, seconds in rows.items():
        ordered = sorted(seconds)
        figures = (median(ordered), ordered[min(round(0.99 * len(ordered)), len(ordered) - 1)], ordered[-1])
        print(f"{what:<24}{1000 * figures[0]:>8.1f}{1000 * figures[1]:>8.1f}{1000 * figures[2]:>9.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
