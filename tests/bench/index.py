"""The index of a large vault: first reading, second start, an edit, memory; each against a limit in the same run.

Run it as `python tests/bench/index.py`; `--notes 1000 10000` says how large the vaults are.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from notes import write_vault


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def costs(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of processor time, that of the processes which it starts and ends included.

    The processor's time is what to compare where the machine does other things as well: who gives way to them, as those
    do that read notes, waits longer.
    """

    def used() -> float:
        told = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(one.ru_utime + one.ru_stime for one in told)

    before = used()
    taken = seconds(action)
    return taken, used() - before


# First reading: against markdown-it-py, which tokenises the same files on the same number of processes


def tokenise(paths: Sequence[str]) -> int:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    return sum(len(parser.parse(Path(path).read_text("utf-8"))) for path in paths)


def tokenise_all(paths: Sequence[str], processes: int) -> None:
    pieces = [paths[start : start + 100] for start in range(0, len(paths), 100)]
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(tokenise, pieces))


def write_bytecode(folder: Path) -> None:
    """Have the program's bytecode lie in `folder` for the processes to come.

    An installed program has it; in a checkout each worker may have to make it anew, which is no part of reading.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    note = folder / "note.md"
    note.write_text("Q: a\nA: b\n")
    read(note, folder / "first", 2)


def read(vault: Path, cache: Path, processes: int | None = None) -> None:
    from studytool.notes.library import Shelf

    shelf = Shelf([vault], cache=cache, workers=processes)
    for _ in shelf.read():
        pass
    assert len(shelf.library().notes)
    shelf.close()


# Second start: against a walk that only looks at sizes and times


def look(top: str) -> int:
    found, waiting = 0, [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat()
                    found += 1
    return found


def second_start(vault: Path, cache: Path) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Seconds on the clock and of processor time, each the best of nine in turn: the bare walk, the library.

    Then those on the clock for the list of its cards. As at a start of the program, nothing looks for garbage.
    """
    from studytool.notes.library import Shelf

    shelf = Shelf([vault], cache=cache)

    def start() -> None:
        nonlocal shelf
        shelf = Shelf([vault], cache=cache)
        for _ in shelf.read():
            raise AssertionError("something was read again")
        shelf.library()

    walks, starts, lists = [], [], []
    gc.disable()
    for _ in range(9):
        shelf.close()
        walks.append(costs(lambda: look(str(vault))))
        starts.append(costs(start))
        library = shelf.library()
        lists.append(seconds(lambda library=library: library.entries))  # type: ignore[misc]
    gc.enable()
    shelf.close()
    return least(walks), least(starts), min(lists)


def least(taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The least time on the clock and the least of the processor."""
    return min(clock for clock, _ in taken), min(processor for _, processor in taken)


# An edit: from the write until the app has painted it


async def edit(vault: Path) -> list[float]:
    from studytool.app.app import StudyApp
    from studytool.app.opening import Opening
    from studytool.desk import request

    app = StudyApp(Opening(request([str(vault)])))
    taken = []
    async with app.run_test(size=(120, 40)) as pilot:
        while not app.opening.watching:
            await pilot.pause(0.1)
        note = next(vault.rglob("*.md"))
        for number in range(10):
            cards = app.desk.overview(app.now()).total
            with note.open("a") as file:
                file.write(f"\n\nQ: What is number {number}?\nA: It is {number}.\n")
            start = time.perf_counter()
            while f"of {cards + 1:,} cards" not in headline(app):
                await asyncio.sleep(0.001)
            taken.append(time.perf_counter() - start)
            await pilot.pause(0.3)
    return taken


def headline(app: object) -> str:
    from textual.widgets import Static

    return str(app.screen.query_one("#headline", Static).content)  # type: ignore[attr-defined]


MEMORY = """
import sys
from pathlib import Path
def most(): return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1000
before = most()
from studytool.notes.library import Shelf
shelf = Shelf([Path(sys.argv[1])], cache=Path(sys.argv[2]))
for _ in shelf.read(): pass
library = shelf.library()
cards = len(library.entries)
for key in list(library.entries)[:: max(cards // 500, 1)]: assert library.card(key)
print(cards, most(), before)
"""


def measure(count: int, processes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault, cache = folder / "vault", folder / "cache"
        for variable in ("DATA", "CONFIG", "CACHE"):
            os.environ[f"STUDYTOOL_{variable}"] = str(folder / variable.lower())
        write_bytecode(folder)
        write_vault(vault, count)
        paths = sorted(map(str, vault.rglob("*.md")))
        for path in paths:  # as in a vault that was not written this very moment: those are looked at twice
            os.utime(path, (time.time() - 60, time.time() - 60))
        size = sum(map(os.path.getsize, paths)) / 1e6
        peer, peer_cpu = costs(lambda: tokenise_all(paths, processes))
        ours, our_cpu = costs(lambda: read(vault, cache, processes))
        print(f"\n{count} notes, {size:.1f} MB, {processes} processes")
        print(f"  first index {ours:.2f} s; markdown-it-py tokenises the same in {peer:.2f} s: {ours / peer:.2f} times")
        print(f"  of processor time {our_cpu:.2f} s and {peer_cpu:.2f} s: {our_cpu / peer_cpu:.2f} times")
        (walk, walk_cpu), (start, start_cpu), listed = second_start(vault, cache)
        told = f"{start * 1e3:.1f} ms; scandir and stat {walk * 1e3:.1f} ms: {start / walk:.2f} times"
        print(f"  second start {told} (and {listed * 1e3:.1f} ms for the list of all cards)")
        told = f"{start_cpu * 1e3:.1f} ms and {walk_cpu * 1e3:.1f} ms: {start_cpu / walk_cpu:.2f} times"
        print(f"  of processor time {told}")
        ran = subprocess.run([sys.executable, "-c", MEMORY, vault, cache], capture_output=True, text=True, check=True)
        cards, most, before = ran.stdout.split()
        print(f"  memory of a process that holds its {cards} cards {most} MB at most; Python alone {before} MB")
        taken = sorted(asyncio.run(edit(vault)))
        told = f"{taken[len(taken) // 2] * 1e3:.0f} ms in the middle, {taken[-1] * 1e3:.0f} ms at most"
        print(f"  from the write of an edit to its place on the home screen: {told}", flush=True)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="*", default=[1000, 10000], help="sizes of the vaults")
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    told = parser.parse_args(arguments)
    for count in told.notes:
        measure(count, told.processes)


if __name__ == "__main__":
    main(sys.argv[1:])
