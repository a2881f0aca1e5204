"""How long the learner waits: from a key to the frame that answers it, through a real pseudo-terminal.

    python tests/bench/grade.py [GRADES] [--library CARDS]

Reveals and grades GRADES cards (200) one after the other, in a library of CARDS others (100,000). Each grade is an
event on the disk before the next card is painted, so this includes a commit with its fsync, which is also measured
alone, after each grade: now and then a disk takes its time. The goal is 33 ms for 99 of 100 grades. Beside the clock
stands what the program took of the processor meanwhile, and below it what the host of a virtual machine has kept from
it: a part of the clock that no program can change.
Besides, how long markdown of 2 KB takes from its text to the strips that are painted, of the processor: 15 ms at most.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from browse import write
from terminal import Child, environment, stolen, studytool

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


def durable(path: Path) -> Callable[[], float]:
    """What makes a durable commit on this disk, and tells the seconds that it takes, with nothing else around it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE events (payload TEXT)")

    def commit() -> float:
        started = time.perf_counter()
        connection.execute("INSERT INTO events VALUES (?)", ("a payload of about the usual length, 123" * 5,))
        return time.perf_counter() - started

    return commit


Taken = list[tuple[float, float]]
"""Seconds by the clock and of the processor."""


def sitting(folder: Path, count: int, library: int) -> tuple[Taken, Taken, list[float], float]:
    """How long it is from space to the answer, and from a grade to the next prompt, for `count` cards in a `library`.

    Then how long a durable commit takes that is made alone after each; and what a card takes of the processor in the
    mean, with what is done after it is painted.
    """
    write(folder / "notes", library)
    (folder / "notes" / "studytool.toml").write_text("new_per_day = 9999\n")
    cards = [f"Q: Prompt {n:04} is this. {BODY}\nA: Answer {n:04} is this. {BODY}\n" for n in range(count + 1)]
    (folder / "notes" / "numbers.md").write_text("# Numbers\n\n" + "\n".join(cards))
    env = environment(folder)
    subprocess.run([*studytool(), "due", str(folder / "notes")], env=env, stdout=subprocess.DEVNULL, check=True)
    child = Child([*studytool(), "study", str(folder / "notes"), "--topic", "Numbers"], env)
    reveals: Taken = []
    grades: Taken = []
    alone: list[float] = []
    commit = durable(folder / "alone.db")

    def took(kept: Taken, key: str, text: str) -> None:
        child.settle()
        before = child.ran()
        pressed = child.press(key)
        painted = child.painted(text)
        kept.append((painted - pressed, child.ran() - before))

    try:
        child.painted("Prompt 0000")
        child.listen(3)
        begun = child.cpu()
        for number in range(count):
            took(reveals, " ", f"Answer {number:04}")
            took(grades, "4", f"Prompt {number + 1:04}")
            child.settle()
            alone.append(commit())
        spent = (child.cpu() - begun) / count
    finally:
        child.kill()
    return reveals, grades, alone, spent


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


def figures(seconds: Sequence[float]) -> str:
    """Median, 99th percentile and the slowest, in milliseconds."""
    told = (median(seconds), at(0.99, seconds), max(seconds))
    return f"{1000 * told[0]:>8.1f}{1000 * told[1]:>8.1f}{1000 * told[2]:>9.1f}"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("grades", nargs="?", type=int, default=200)
    parser.add_argument("--library", type=int, default=100_000, metavar="CARDS", help="cards beside them (100,000)")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = stolen()
        reveals, grades, alone, spent = sitting(folder, told.grades, told.library)
        kept, all_in_all = (now - then for now, then in zip(stolen(), before, strict=True))
        prose = shown(50)
    print(f"{told.grades} cards of {told.library + told.grades:,}, in milliseconds.\n")
    print(f"{'by the clock':>37}{'of the processor':>34}")
    print(f"{'':<24}{'median':>8}{'p99':>8}{'slowest':>9}{'median':>17}{'p99':>8}{'slowest':>9}")
    for what, pairs in (("space to the answer", reveals), ("grade to the next card", grades)):
        clock, processor = ([pair[place] for pair in pairs] for place in (0, 1))
        print(f"{what:<24}{figures(clock)}{'':>9}{figures(processor)}")
    print(f"{'a durable commit alone':<24}{figures(alone)}")
    print(f"{'2 KB of markdown':<24}{'':>34}{figures(prose)}")
    print(f"\nof the processor, a card from space to the next one: {1000 * spent:.1f}")
    print(f"kept by the host of this machine meanwhile: {100 * kept / all_in_all:.1f} % of its processors")
    missed = at(0.99, [clock for clock, _ in grades]) > GOAL or max(prose) > SHOWN
    print(f"\nGoals: {1000 * GOAL:.0f} ms p99 from a grade, {1000 * SHOWN:.0f} ms for 2 KB{': MISSED' * missed}")
    return int(missed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
