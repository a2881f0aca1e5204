"""What the host of a running demo costs, how fast it shows and how fast it answers.

    python tests/bench/demo.py [host [NAME …] | first | live | line]

host: the steps of each demo under the host, asked for 25 frames a second, against the bare loop of the same file: CPU
time a step, both in one process and taking turns of 30 ms, so that a busy machine slows both alike; most are shown at a
pace, and are run as fast as they can here.
first: from the start of a process, or the taking of one that waits, to the first frame message; and in a real
pseudo-terminal from the key on a card to the first picture.
live: pictures a second in a real pseudo-terminal of 120 by 40, and from a key to its answer on the screen meanwhile.
line: over a slow line, as of SSH, from a key to its answer at the far end while it trains.
"""

from __future__ import annotations

import io
import os
import queue
import random
import re
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from terminal import Child, SlowLine, environment, studytool, table

DEMOS = Path(__file__).resolve().parents[2] / "demos"
SLICE, FRAMES = 0.030, 25  # seconds, as the host has it; frames a second that the app asks for at most
SECONDS, LEAST = 8, 30  # for each demo; slices of each kind
KEYS = 200
RATE = 10_000  # bytes a second of a slow line
NOTE = "# Perceptron\n\nQ: What does a perceptron draw?\nA: A line.\n"


class Nothing:
    """No requests."""

    def __init__(self) -> None:
        self.waiting: deque[dict[str, object]] = deque()

    def take(self) -> None:
        """None."""


def bare(demo: Any, device: Any) -> Iterator[int]:
    """The loop of the file, again and again, with nothing around it."""
    from studytool.demo.api import Run
    from studytool.demo.parameters import checked

    while True:
        loop = demo.training(Run(demo.parameters, checked(demo.parameters, {}), 0, device))
        for _, _panels in zip(range(demo.steps), loop, strict=False):
            yield 1


def host(name: str) -> tuple[float, float, float]:
    """Microseconds of CPU time a step of the bare loop and under the host, and what pictures add to that as a share.

    Each slice of the host is set against that of the bare loop just before, and the median of these ratios is taken:
    what else the machine does slows both.
    A picture that is still to be paid for is not counted, nor the last one of a run, for which nobody waits.
    """
    import torch

    from studytool.demo.host import Host
    from studytool.demo.load import load

    torch.set_num_threads(1)
    demo = load(DEMOS / f"{name}.py")
    demo.pace = None  # as fast as it can, though most are shown slower
    options = {"parameters": {}, "seed": 0, "device": "cpu", "playing": True, "memory": None}
    one = Host(demo, options, Nothing(), io.BytesIO())  # type: ignore[arg-type]
    one.player.restart()
    loop = bare(demo, one.player.device)
    alone: list[tuple[float, int]] = []
    under: list[tuple[float, int]] = []
    drawing, since = 0.0, 0.0
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(alone) < LEAST:
        alone.append(timed(lambda: next(loop)))
        under.append(timed(lambda: advance(one)))
        since += under[-1][0]
        if since > 1 / FRAMES:
            since = 0
            one.credits = 1
        if one.shows() and not one.player.over():
            began = time.process_time()
            one.frame()
            one.out.seek(0)
            drawing += time.process_time() - began
    spent = sum(seconds for seconds, _ in under)
    bare_steps, steps = ([s / n for s, n in slices] for slices in (alone, under))
    bare_step = median(bare_steps)
    step = bare_step * median(b / a for a, b in zip(bare_steps, steps, strict=True))
    return 1e6 * bare_step, 1e6 * step, (drawing - one.budget.unpaid * one.budget.share) / spent


def advance(one: Any) -> int:
    """A slice of the host, of a run that begins again when it is over; how many steps it took."""
    if one.player.over():
        one.player.restart()
    before = one.player.training.steps if one.player.training else 0
    one.advance()
    return int(one.player.training.steps - before)


def timed(take: Callable[[], int]) -> tuple[float, int]:
    """Seconds of CPU time, and steps, of a slice of time in which `take` takes some again and again."""
    began, end, steps = time.process_time(), time.perf_counter() + SLICE, 0
    while not steps or time.perf_counter() < end:
        steps += take()
    return time.process_time() - began, steps


def host_costs() -> int:
    """Print the cost for every demo; 1 if one loses more than a tenth of its steps."""
    missed = 0
    print(f"{'':<20}  {'bare loop':>10}  {'host':>10}  {'pictures':>8}  {'cost':>6}")
    for path in sorted(DEMOS.glob("*.py")):
        if sys.argv[2:] and path.stem not in sys.argv[2:]:
            continue
        alone, under, drawing = host(path.stem)
        cost = 1 - alone / (under * (1 + drawing))
        missed |= cost > 0.1
        figures = f"{alone:>7.0f} µs  {under:>7.0f} µs  {100 * drawing:>6.1f} %  {100 * cost:>4.1f} %"
        print(f"{path.stem:<20}  {figures}  <= 10 %  {'ok' if cost <= 0.1 else 'MISSED'}", flush=True)
    return missed


def to_first_frame(*, waiting: bool) -> float:
    """Seconds until the first frame of the perceptron."""
    from studytool.demo.process import DemoProcess
    from studytool.demo.spare import Spare

    spare = Spare()
    if waiting:
        spare.want()
        time.sleep(8)  # with torch and an optimizer imported
    arrived: queue.Queue[dict[str, Any]] = queue.Queue()
    process = DemoProcess(DEMOS / "perceptron.py", {}, 0, "cpu", arrived.put, playing=False)
    began = time.perf_counter()
    process.start(spare.take())
    process.credit()
    while arrived.get(timeout=60)["type"] != "frame":
        pass
    seconds = time.perf_counter() - began
    process.close()
    spare.close()
    return seconds


def key_to_picture(folder: Path, *, waiting: bool) -> float:
    """Seconds from `d` on a card to the state line that comes with the first picture."""
    child = Child([*studytool(), "study", str(folder / "note.md")], environment(folder))
    try:
        child.painted("runs the idea")
        if waiting:
            child.listen(10)
        pressed = child.press("d")
        return child.painted("waiting for your prediction") - pressed
    finally:
        child.kill()


def first_frames() -> int:
    """Print both ways with and without a process that waits; 1 when a goal is missed."""
    shown: dict[str, list[float]] = {
        "process, none waits": [],
        "process, one waits": [],
        "terminal, none waits": [],
        "terminal, one waits": [],
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "note.md").write_text(NOTE)
        for _ in range(5):
            for waiting in (False, True):
                word = "one waits" if waiting else "none waits"
                shown[f"process, {word}"].append(to_first_frame(waiting=waiting))
                shown[f"terminal, {word}"].append(key_to_picture(folder, waiting=waiting))
    return table(shown, "process, none waits", {"process, one waits": 0.1, "terminal, one waits": 0.2})


def endless(name: str, folder: Path, *, paced: bool) -> Path:
    """A copy of a demo that runs for longer than any of this takes; if not `paced`, as fast as it can."""
    source = (DEMOS / f"{name}.py").read_text(encoding="utf-8").replace("steps=STEPS", "steps=9_999_999")
    copy = folder / f"{name}.py"
    copy.write_text(source if paced else source.replace("    pace=20,\n", ""), encoding="utf-8")
    return copy


def live() -> int:
    """Print pictures a second and the time from key to answer while a demo trains; 1 when a goal is missed."""
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        for demo in ("cnn", "network"):
            command = [*studytool(), "demo", str(endless(demo, Path(name), paced=False)), "--trust"]
            child = Child(command, environment(Path(name)), 120, 40)
            try:
                child.painted("waiting for your prediction")
                child.press("\r")
                child.listen(2)
                began, spent = time.perf_counter(), child.cpu()
                steps = re.findall(rb"step [\d,]+", child.listen(8))
                count = max(len(set(steps)), 1)
                rate, each = count / (time.perf_counter() - began), (child.cpu() - spent) / count
                answers = []
                for _ in range(KEYS):
                    child.listen(random.uniform(0.02, 0.12))
                    pressed = child.press("\t")
                    answers.append(child.painted("◂ ") - pressed)
            finally:
                child.kill()
            answers.sort()
            late = answers[int(0.99 * len(answers))]
            print(
                f"{demo:<8} {rate:5.1f} pictures a second (>= 20), {1000 * each:.0f} ms of CPU time each in the app   "
                f"key to answer: median {1000 * median(answers):.0f} ms, 99th percentile {1000 * late:.0f} ms (<= 50)"
            )
            missed |= rate < 20 or late > 0.05
    return missed


def slow_line() -> int:
    """Print how long a key waits for its answer at the far end of a line of 10 kB/s; 1 where most wait over a second.

    Once the line is a pseudo-terminal alone, which holds 20 kB, and once as much as SSH holds lies before it.
    """
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        command = [*studytool(), "demo", str(endless("network", Path(name), paced=True)), "--trust"]
        for ahead in (0, 32_000):
            child = Child(command, environment(Path(name)), 120, 40)
            try:
                child.painted("waiting for your prediction")
                child.press("\r")
                line = SlowLine(child, RATE, ahead)
                line.listen(10)  # until it is known to be slow
                answers = []
                for _ in range(KEYS // 10):
                    line.listen(random.uniform(0.5, 1.5))
                    pressed = child.press("\t")
                    answers.append(line.painted("◂ ") - pressed)
            finally:
                child.kill()
            answers.sort()
            late = answers[int(0.9 * len(answers))]
            print(
                f"network at {RATE // 1000} kB/s, {ahead // 1000:>2} kB ahead of it: from key to answer median "
                f"{median(answers):.2f} s, nine of ten within {late:.2f} s (<= 1), all within {answers[-1]:.2f} s"
            )
            missed |= late > 1
    return missed


def main() -> int:
    """Measure what was asked for, or all of it; 1 when a goal is missed."""
    parts = {"host": host_costs, "first": first_frames, "live": live, "line": slow_line}
    missed = 0
    for part in sys.argv[1:2] or parts:
        missed |= parts[part]()
        print()
    print(f"load at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
