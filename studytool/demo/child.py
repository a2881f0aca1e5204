"""A demo's own process: `python -m studytool.demo.child FOLDER` reads requests on stdin and answers on stdout.

Requests: first open {path, digest, parameters, seed, device, playing, memory: bytes or null}, or checks {memory} for
a process that runs no demo and answers only check {code, answer} and quit; then
play, pause, step {count}, restart {seed}, set {name, value}, speed {value: steps a second or null},
run {steps: advance to that many and only then send a frame}, back {step, changes: how many of them had been made},
history, ping, credit, claims {seeds}, predict {number: which, from 0},
questions {seed, name: of the one that is asked, or none for all},
sweep {number, sweep: a `Sweep` as plain values, or null to end it}, quit.
Answers: hello, device, frame, history, pong, error, claim, outcome, question, sweeping, pixels, swept, ready, checked,
bye; see `DemoProcess`.
The end of stdin ends the process.
"""

from __future__ import annotations

import contextlib
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from studytool.demo import warmup, wire
from studytool.demo.host import Host
from studytool.demo.raised import described_error
from studytool.demo.requests import Requests


def main(arguments: list[str]) -> int:
    """Import torch, load the demo that is asked for, introduce it, and serve until stdin ends or the parent says quit.

    The arguments are the temporary folder that belongs to this process, and `spare` where no demo is asked for yet.
    """
    _volunteer()
    # The pipes are ours alone: whatever the demo prints goes to stderr, and it reads from nothing.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    requests = Requests(os.fdopen(os.dup(0), "rb"), arguments[0])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    code = 0
    try:
        warmup.prepare(spare=arguments[1:] == ["spare"])
        while (opening := requests.take()) is None:
            requests.wait(None)
        if opening["type"] == "open":
            _open(opening, requests, out)
        elif opening["type"] == "checks":
            from studytool.demo.checking import serve

            serve(opening, requests, out)
    except (Exception, SystemExit) as error:
        out.write(wire.encode({"type": "error", **described_error(error)}))
        code = 1
    out.write(wire.encode({"type": "bye", "code": code}))
    out.flush()
    return code


def _open(opening: dict[str, object], requests: Requests, out: BinaryIO) -> None:
    from studytool.demo.load import load

    demo = load(Path(str(opening["path"])), str(opening["digest"]))
    host = Host(demo, opening, requests, out)
    host.hello()
    host.serve()


def _volunteer() -> None:
    """Where memory runs out, Linux shall end this process and not the app."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # without waiting for threads and libraries that a demo left behind
