"""How long the learner waits: from a key to the frame that answers it, through a real pseudo-terminal.

    python tests/bench/grade.py [GRADES] [--library CARDS]

Reveals and grades GRADES cards (200) one after the other, in a library of CARDS others (100,000). Each grade is an
event on the disk before the next card is painted, so this includes a commit with its fsync, which is also measured
alone. The goal is 33 ms for 99 of 100 grades. Besides, how long markdown of 2 KB takes from its text to the strips that
are painted, of the processor: 15 ms at most.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from browse import write
from terminal import Child, environment, studytool

GOAL, SHOWN = 0.033, 0.015
"""Seconds from a grade to the next card, and for 2 KB of markdown."""
BODY = "With `code`, a formula $w \\cdot x + b$ and a few more words, as cards have them."
PART = """\
A layer of **{n} units** turns its input $x$ into $\\sigma(W x + b)$, see *chapter {n}*.

- its weights are drawn from $\\mathcal{{N}}(0, \\frac{{2}}{{n}})$, which keeps the variance
- its bias begins at `0.0`

| step | loss |
|-----:|-----:|
| {n} | 0.{n} |

```python
layer = nn.Linear({n}, {n})
```

"""


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


def sitting(folder: Path, count: int, library: int) -> tuple[list[float], list[float], float]:
    """Seconds from space to the answer, and from a grade to the next prompt, for `count` cards among a `library`.

    The last figure is what both together take of the processor, in the mean: that much is left on a quiet machine.
    """
    write(folder / "notes", library)
    (folder / "notes" / "studytool.toml").write_text("new_per_day = 9999\n")
    cards = [f"Q: Prompt {n:04} is this. {BODY}\nA: Answer {n:04} is this. {BODY}\n" for n in range(count + 1)]
    (folder / "notes" / "numbers.md").write_text("# Numbers\n\n" + "\n".join(cards))
    env = environment(folder)
    subprocess.run([*studytool(), "due", str(folder / "notes")], env=env, stdout=subprocess.DEVNULL, check=True)
    child = Child([*studytool(), "study", str(folder / "notes"), "--topic", "Numbers"], env)
    reveals, grades = [], []
    try:
        child.painted("Prompt 0000")
        child.listen(3)
        begun = child.cpu()
        for number in range(count):
            child.settle()
            pressed = child.press(" ")
            reveals.append(child.painted(f"Answer {number:04}") - pressed)
            child.settle()
            pressed = child.press("4")
            grades.append(child.painted(f"Prompt {number + 1:04}") - pressed)
        spent = (child.cpu() - begun) / count
    finally:
        child.kill()
    return reveals, grades, spent


def shown(times: int) -> list[float]:
    """Seconds of the processor that each of so many texts of 2 KB takes to become strips, 76 cells wide.

    The garbage collector works as it does in the app, which sets aside what lives on.
    """
    from textual.style import Style

    from studytool.app import waste
    from studytool.app.prose import lines_of
    from studytool.app.prose.paint import painted

    bold = Style(bold=True)
    taken = []
    for turn in range(times + 1):
        text = ""
        while len(text) < 2000:
            text += PART.format(n=100 * turn + len(text))
        started = time.process_time()
        strips = painted(lines_of(text, 76), 76, Style.null(), lambda _: bold)  # the app asks its theme, once for each
        taken += [time.process_time() - started] if turn else []  # the first one imports
        assert strips
        if not turn:
            waste.begin()
    return taken


def at(part: float, seconds: Sequence[float]) -> float:
    """The value below which a part of them lies."""
    ordered = sorted(seconds)
    return ordered[min(round(part * len(ordered)), len(ordered) - 1)]


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("grades", nargs="?", type=int, default=200)
    parser.add_argument("--library", type=int, default=100_000, metavar="CARDS", help="cards beside them (100,000)")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reveals, grades, spent = sitting(folder, told.grades, told.library)
        rows = {
            "space to the answer": reveals,
            "grade to the next card": grades,
            "a durable commit alone": commits(folder / "alone.db", told.grades),
            "2 KB of markdown": shown(50),
        }
    print(f"{told.grades} cards of {told.library + told.grades:,}, in milliseconds.\n")
    print(f"{'':<24}{'median':>8}{'p99':>8}{'slowest':>9}")
    for what, seconds in rows.items():
        figures = (median(seconds), at(0.99, seconds), max(seconds))
        print(f"{what:<24}{1000 * figures[0]:>8.1f}{1000 * figures[1]:>8.1f}{1000 * figures[2]:>9.1f}")
    print(f"\nof the processor, a card from space to the next one: {1000 * spent:.1f}")
    missed = at(0.99, grades) > GOAL or max(rows["2 KB of markdown"]) > SHOWN
    print(f"\nGoals: {1000 * GOAL:.0f} ms p99 from a grade, {1000 * SHOWN:.0f} ms for 2 KB{': MISSED' * missed}")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
