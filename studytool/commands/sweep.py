"""`studytool demo NAME --sweep X,Y`: many runs over two parameters, as a picture in the terminal or as JSON."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import sys
from typing import TYPE_CHECKING

from studytool.demo.sweep import MOST, STEPS, Sweep, axis
from studytool.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from studytool.commands.demo_save import Saving
    from studytool.demo.find import DemoInfo
    from studytool.demo.findings import Findings
    from studytool.demo.parameters import Value
    from studytool.draw import Picture

_GRID = "60x40"


def run(info: DemoInfo, parameters: Mapping[str, Value], args: argparse.Namespace, saving: Saving | None = None) -> int:
    """Do the sweep that the arguments describe, print what it found and write its picture; returns the exit code."""
    from studytool.demo.findings import Findings
    from studytool.demo.headless import sweep
    from studytool.draw.arrays import array

    asked = _asked(info, args)
    findings = Findings(asked)
    hello: dict[str, object] = {}
    swept: Mapping[str, object] = {}
    for message in sweep(info.path, parameters, args.seed, args.device, asked, digest=info.digest):
        if message["type"] in ("hello", "device"):
            hello |= message
        elif message["type"] == "pixels":
            findings.take(*(array(message[name]) for name in ("pixels", "values", "broken", "reached")))
        elif message["type"] == "swept":
            swept = message
        elif message.get("measure"):
            findings.introduced(message)
        if message["type"] in ("sweeping", "pixels") and sys.stderr.isatty():
            print(f"\r{message['found']:,} of {asked.pixels:,} runs", end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    seconds = float(str(swept["seconds"]))
    if saving:
        _save(saving, info, findings, parameters, args.seed)
    if args.json:
        saved = {"saved": str(saving.path)} if saving else {}
        told = _values(info, parameters, args.seed, findings, hello, seconds) | saved
        print(json.dumps(told, ensure_ascii=False))
        return 0
    print(info.title)
    print(f"On {hello['device']} ({hello['why']}), {swept['way']}, {seconds:.1f} s.")
    print(*findings.summary(), sep="\n")
    print(f"The picture is in {saving.path}." if saving else _picture(findings))
    return 0


def _asked(info: DemoInfo, args: argparse.Namespace) -> Sweep:
    """The sweep of the arguments; `UsageError` where they do not make one."""
    names = [name.strip() for name in args.sweep.split(",")]
    if len(names) != 2 or names[0] == names[1]:
        raise UsageError(f"--sweep {args.sweep} is not two parameters.", "Write it as --sweep X,Y.")
    if not info.broadcast and not args.single:
        raise UsageError(
            f"The demo `{info.name}` cannot do many runs at once.",
            "--single does one run after the other.",
        )
    grid = re.fullmatch(r"(\d+)x(\d+)", args.grid or _GRID)
    counts = [int(count) for count in grid.groups()] if grid else []
    if not counts or not all(2 <= count <= MOST for count in counts):
        raise UsageError(f"--grid {args.grid} is no grid.", f"Write it as --grid {_GRID}: each from 2 to {MOST}.")
    bounds = {}
    for given in args.range:
        match = re.fullmatch(r"\s*(\w+)\s*=\s*([^:]+):([^:]+)", given)
        ends = [_number(end) for end in match.groups()[1:]] if match else []
        if match is None or None in ends:
            raise UsageError(f"--range {given} is no range.", "Write it as --range NAME=LOW:HIGH.")
        if match[1] not in names:
            raise UsageError(f"--range {given} is for what is not swept.", f"Swept are {' and '.join(names)}.")
        bounds[match[1]] = (ends[0] or 0.0, ends[1] or 0.0)
    x, y = (
        axis(info.parameters, name, count, bounds.get(name), single=args.single)
        for name, count in zip(names, counts, strict=True)
    )
    measure, below, limit = (args.measure or "").partition("<")
    level = _number(limit) if below else None
    if below and level is None:
        raise UsageError(f"--measure {args.measure} has no number.", "Write it as --measure SERIES or SERIES<0.1.")
    steps = args.steps or min(info.steps, STEPS)
    return Sweep(x, y, steps, measure.strip(), level, args.single)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _values(
    info: DemoInfo,
    parameters: Mapping[str, Value],
    seed: int,
    findings: Findings,
    hello: Mapping[str, object],
    seconds: float,
) -> dict[str, object]:
    """All that was found; a row of `values` for each y, the lowest first, null where a run diverged or never got there.

    `broken` has the step since which a run is no number, 0 where it is one.
    """
    sweep = findings.sweep
    rows = zip(findings.values.tolist(), findings.broken.tolist(), strict=True)
    return {
        "demo": info.name,
        "device": hello["device"],
        "why": hello["why"],
        "seed": seed,
        "parameters": {n: v for n, v in parameters.items() if n not in (sweep.x.name, sweep.y.name)},
        "x": {"name": sweep.x.name, "log": sweep.x.log, "values": [sweep.x.value(k) for k in range(sweep.x.count)]},
        "y": {"name": sweep.y.name, "log": sweep.y.log, "values": [sweep.y.value(k) for k in range(sweep.y.count)]},
        "measure": findings.measure,
        "below": sweep.below,
        "steps": sweep.steps,
        "diverged": findings.diverged,
        "values": [[v if math.isfinite(v) and not b else None for v, b in zip(*row, strict=True)] for row in rows],
        "broken": findings.broken.tolist(),
        "seconds": round(seconds, 3),
    }


def _save(saving: Saving, info: DemoInfo, findings: Findings, parameters: Mapping[str, Value], seed: int) -> None:
    """Write the picture with what all runs have in common below its title."""
    from studytool.commands.demo_save import write
    from studytool.draw import Look
    from studytool.draw.page.compose import compose

    swept = findings.sweep.x.name, findings.sweep.y.name
    common = {"seed": seed, **parameters}
    told = [f"{name.replace('_', ' ')} {value}" for name, value in common.items() if name not in swept]
    look = Look(dark=saving.dark)
    write(saving, [compose([findings.panel()], *saving.size, look, info.title, " · ".join(told))])


def _picture(findings: Findings) -> str:
    """The picture, as wide as its pixels, in colour where the output is a terminal that shows colours."""
    from studytool.draw import Look, draw_panels

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    sweep = findings.sweep
    width, height = max(sweep.x.count + 10, 80), -(-sweep.y.count // 2) + 4
    if sys.stdout.isatty():
        room = shutil.get_terminal_size((80, 24))
        width, height = min(width, room.columns), min(height, max(room.lines - 2, 10))
    picture = draw_panels([findings.panel()], max(width, 20), max(height, 10), Look(dark=True, colour=colour))
    return _coloured(picture) if colour else "\n".join(row.rstrip() for row in picture.plain.split("\n"))


def _coloured(picture: Picture) -> str:
    """A picture in the 24-bit colours of a terminal."""
    rows = []
    for row in picture.rows:
        parts = []
        for run in row:
            codes = [_code(38, run.fg)] * bool(run.fg) + [_code(48, run.bg)] * bool(run.bg) + ["1"] * run.bold
            parts.append(f"\x1b[{';'.join(codes)}m{run.text}\x1b[0m" if codes else run.text)
        rows.append("".join(parts).rstrip())
    return "\n".join(rows)


def _code(kind: int, colour: str | None) -> str:
    red, green, blue = (int((colour or "#000000")[k : k + 2], 16) for k in (1, 3, 5))
    return f"{kind};2;{red};{green};{blue}"
