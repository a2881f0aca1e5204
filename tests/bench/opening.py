"""How keys are answered while a large vault is read for the first time, through a real pseudo-terminal.

    python tests/bench/opening.py [NOTES] [--vault DIR] [--size 120x40]

Opens the app on the generated notes of `tests/bench/notes.py` without an index, and moves the cursor of home each 0.1 s
until everything is read. Of each key the milliseconds until the screen with its effect was written; and of the event
loop how long its longest pieces of work held up everything else, in milliseconds on the clock and of the processor:
the clock also counts what other threads and processes took meanwhile. No goal: a machine with two cores has both at
work.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import runpy
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

LONG = 0.02
"""Seconds: a piece of work of the event loop that is told of."""
_EVERY, _QUIET = 0.1, 1.0
"""Seconds between two keys, and seconds without a word about reading after which it is over."""


def inside(report: str, folder: str) -> None:
    """Run the app with clocks on the event loop and on the keys of home; writes what they told to the file `report`."""
    from textual.widgets import OptionList

    from studytool.app.opening import Opening

    pieces: list[tuple[float, float]] = []
    keys: list[float] = []
    handed: list[float] = []
    run, move, hand = asyncio.events.Handle._run, OptionList.action_cursor_down, Opening._hand_out

    def timed(handle: asyncio.Handle) -> None:
        clock, spent = time.monotonic(), time.thread_time()
        run(handle)
        pieces.append((time.monotonic() - clock, time.thread_time() - spent))

    def moved(rows: OptionList) -> None:
        move(rows)
        rows.screen.call_after_refresh(lambda: keys.append(time.monotonic()))

    def told(opening: Opening, *given: object, **named: object) -> None:
        started = time.thread_time()
        hand(opening, *given, **named)  # type: ignore[arg-type]
        handed.append(time.thread_time() - started)

    asyncio.events.Handle._run = timed  # type: ignore[method-assign, assignment]
    OptionList.action_cursor_down = moved  # type: ignore[method-assign, assignment]
    Opening._hand_out = told  # type: ignore[method-assign, assignment]
    sys.argv = ["studytool", folder]
    try:
        runpy.run_module("studytool", run_name="__main__")
    finally:
        long = sorted((piece for piece in pieces if piece[0] > LONG), reverse=True)
        whole = Path(f"{report}.part")
        whole.write_text(json.dumps({"long": long, "keys": keys, "handed": len(handed)}))
        whole.rename(report)


def measure(vault: Path, folder: Path, size: tuple[int, int]) -> tuple[list[float], dict[str, Any], float]:
    """When each key was typed, what the program told of itself at its end, and for how many seconds keys were typed."""
    from terminal import Child, environment

    report = folder / "report.json"
    child = Child([sys.executable, __file__, "--inside", str(report), str(vault)], environment(folder), *size)
    pressed: list[float] = []
    child.painted("Everything")
    child.painted("Reading your notes")
    child.listen(1)
    child.press("\x1b")  # the welcome
    child.listen(1)
    heard = started = time.monotonic()
    while time.monotonic() - heard < _QUIET:
        pressed.append(child.press("j"))
        if b"Reading your notes" in child.listen(_EVERY):
            heard = time.monotonic()
    spent = heard - started
    child.listen(2)
    child.press("\x11")
    for _ in range(100):
        child.listen(0.1)
        if report.exists():
            break
    else:
        raise SystemExit("The program did not end.")
    told = json.loads(report.read_text())
    child.kill()
    return pressed, told, spent


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("notes", nargs="?", type=int, default=10_000)
    parser.add_argument("--vault", type=Path, help="notes that are there already, instead of such as are made")
    parser.add_argument("--size", default="120x40", help="columns and rows of the terminal (120x40)")
    told = parser.parse_args(arguments)
    columns, rows = map(int, told.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if told.vault is None:
            from notes import write_vault

            write_vault(folder / "notes", told.notes)
        pressed, found, spent = measure(told.vault or folder / "notes", folder, (columns, rows))
    taken = sorted(1000 * (done - key) for key, done in zip(pressed, found["keys"], strict=False))
    print(f"{len(pressed)} keys, {len(taken)} painted, in {spent:.1f} s of reading; {found['handed']} libraries shown")
    p95 = taken[min(round(0.95 * len(taken)), len(taken) - 1)]
    print(f"a key until it is painted: median {median(taken):.0f} ms, p95 {p95:.0f} ms, slowest {taken[-1]:.0f} ms")
    total = sum(cpu for _, cpu in found["long"])
    print(f"{len(found['long'])} pieces over {1000 * LONG:.0f} ms, {total:.2f} s of the processor in all; the longest:")
    for clock, cpu in found["long"][:8]:
        print(f"  {1000 * clock:>6.0f} ms, of the processor {1000 * cpu:>6.0f} ms")
    print(f"the longest of the processor: {1000 * max((cpu for _, cpu in found['long']), default=0):.0f} ms")
    return 0


if __name__ == "__main__":
    if "--inside" in sys.argv:
        inside(sys.argv[2], sys.argv[3])
    else:
        raise SystemExit(main(sys.argv[1:]))
