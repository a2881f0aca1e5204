"""How much memory the app takes after some minutes of use, through a real pseudo-terminal.

    python tests/bench/weight.py [CARDS] [--minutes M]

Opens home on CARDS cards (10,000), half of them learned, and goes round for M minutes (3): cards are graded, notes
read, the table paged through, searched and sorted, the map, the statistics and the settings opened. Told are the
resident set and the proportional one (which counts a page that is shared with other programs in part), in MB, as it
goes; the goal is 120 MB at the end, without demos. Linux only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from browse import learn, write
from terminal import Child, environment, studytool

GOAL = 120.0
ROUND = (
    *("\r", *(" ", "3") * 8, "u", "n", "\x1b", "\x1b"),  # study, undo, read the note
    *("/", *"gradient", "\r", *"jjjj", "\x1b[6~", "\x1b[6~", "G", "g", "2", "0", "m", "m"),
    *("\r", "\x1b", "u", "\x1b", "\x1b", "\x1b"),  # a card's history, then home
    *("m", "j", "j", "\x1b", "t", "\x1b", ",", "j", "\x1b", "?", "\x1b", "j", "j", "k"),
)
"""Keys of one round; each lets the screen settle before the next."""


def megabytes(child: Child) -> tuple[float, float]:
    """The resident set of a program, and its proportional one."""
    lines = Path(f"/proc/{child.pid}/smaps_rollup").read_text().splitlines()
    sizes = {line.partition(":")[0]: line.split()[1] for line in lines[1:]}
    return int(sizes["Rss"]) / 1000, int(sizes["Pss"]) / 1000


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 1 when the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cards", nargs="?", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=3.0)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "notes", told.cards)
        os.environ.update({k: v for k, v in environment(folder).items() if k.startswith("STUDYTOOL_")})
        learn(folder / "notes")
        child = Child([*studytool(), str(folder / "notes")], environment(folder), 120, 40)
        child.painted("Everything")
        child.listen(2)
        print(f"{told.cards:,} cards, in MB{'':<6}{'RSS':>8}{'PSS':>8}")
        resident, proportional = megabytes(child)
        print(f"{'home':<24}{resident:>8.1f}{proportional:>8.1f}")
        begun, rounds = time.monotonic(), 0
        while time.monotonic() - begun < 60 * told.minutes or not rounds:
            for key in ROUND:
                child.press(key)
                child.settle(0.15)
            rounds += 1
            resident, proportional = megabytes(child)
            print(f"{f'{rounds} rounds':<24}{resident:>8.1f}{proportional:>8.1f}", flush=True)
        child.listen(3)  # in which what is no longer needed is collected
        resident, proportional = megabytes(child)
        print(f"{'after a rest':<24}{resident:>8.1f}{proportional:>8.1f}  {'MISSED' * (resident > GOAL)}")
        child.kill()
    return int(resident > GOAL)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
