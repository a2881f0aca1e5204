"""A demo without pictures: to a number of steps, or through its claims, in a process of its own."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from studytool.demo.limits import Limits
from studytool.demo.process import DemoProcess, Message
from studytool.demo.sweep import Sweep
from studytool.errors import StudytoolError, UsageError

# After so many seconds without a word a demo is asked whether it is there; after as many more it is called silent.
_PATIENCE = 5.0


class DemoFailed(StudytoolError):
    """The demo itself raised something; `traceback` shows where, and is empty for a plain sentence."""

    def __init__(self, message: str, traceback: str) -> None:
        super().__init__(message)
        self.traceback = traceback


def train(
    path: Path,
    parameters: Mapping[str, object],
    seed: int,
    device: str,
    stops: Sequence[int],
    *,
    digest: str = "",
    seen: Callable[[Message], None] | None = None,
    silent: Callable[[], None] = lambda: None,
) -> tuple[Message, Message, list[str]]:
    """Run to the last of `stops`, or to the demo's end before it: its hello, its last frame, the lines it printed.

    `stops` are numbers of steps that grow; `seen` is given the frame at each of them, `silent` is called once where a
    step goes on for long, perhaps for ever. The hello names the device on which the run has ended. Raises `DemoFailed`
    with the demo's own error, and `StudytoolError` where CUDA was asked for and is not there.
    """
    hello: Message = {}
    last: Message = {}
    printed: list[str] = []
    asked: list[list[Message]] = [[{"type": "run", "steps": steps}, {"type": "credit"}] for steps in stops]
    for message in _messages(path, parameters, seed, device, asked, digest=digest):
        if message["type"] == "hello":
            hello = message
        elif message["type"] == "device":
            hello = hello | message
        elif message["type"] == "output":
            printed.append(str(message["text"]))
        elif message["type"] == "frame":
            last = message
            if seen:
                seen(message)
        elif message["type"] == "silent":
            silent()
    return hello, last, printed


def prove(
    path: Path,
    parameters: Mapping[str, object],
    seed: int,
    device: str,
    seeds: int | None = None,
    *,
    digest: str = "",
) -> Iterator[Message]:
    """Hello, then one message a claim as each is settled; `seeds` limits how many seeds a claim goes through.

    A `device` message between them says that the accelerator has failed and where it goes on.
    """
    for message in _messages(path, parameters, seed, device, [[{"type": "claims", "seeds": seeds}]], digest=digest):
        if message["type"] == "claims":
            return
        if message["type"] in ("hello", "device", "claim"):
            yield message


def ask(path: Path, seed: int, device: str, *, digest: str = "", limits: Limits | None = None) -> Iterator[Message]:
    """The demo's computed questions with the numbers of `seed`, one message each; one that failed has a problem.

    `limits` hold for each question: beyond them `DemoFailed` is raised, or the question has the problem.
    """
    requests: list[Message] = [{"type": "questions", "seed": seed}]
    for message in _messages(path, {}, 0, device, [requests], digest=digest, limits=limits):
        if message["type"] == "questions":
            return
        if message["type"] == "question":
            yield message


def sweep(
    path: Path, parameters: Mapping[str, object], seed: int, device: str, asked: Sweep, *, digest: str = ""
) -> Iterator[Message]:
    """Hello, then the messages of a sweep to the last one, `swept`; see `DemoProcess`.

    Raises `UsageError` when the demo cannot be swept so.
    """
    try:
        requests: list[Message] = [{"type": "sweep", "sweep": asdict(asked)}]
        for message in _messages(path, parameters, seed, device, [requests], digest=digest):
            if message["type"] in ("hello", "device", "sweeping", "pixels", "swept"):
                yield message
            if message["type"] == "swept":
                return
    except DemoFailed as error:
        if error.traceback:
            raise
        raise UsageError(str(error)) from error


def _messages(
    path: Path,
    parameters: Mapping[str, object],
    seed: int,
    device: str,
    asked: Sequence[Sequence[Message]],
    *,
    digest: str = "",
    limits: Limits | None = None,
) -> Iterator[Message]:
    """What a process answers to the first requests of `asked`, and after each frame to the next, until it is done."""
    later = iter(asked)
    arrived: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = DemoProcess(path, parameters, seed, device, arrived.put, playing=False, digest=digest, limits=limits)
    process.start()
    is_done = False
    try:
        for request in next(later):
            process.send(request)
        for message in _arriving(process, arrived):
            if message["type"] == "error":
                raise DemoFailed(str(message["message"]), str(message["traceback"]))
            if message["type"] == "bye":
                if is_done:
                    return
                raise StudytoolError(f"The demo {path} ended before it was done.")
            yield message
            if message["type"] != "frame" or is_done:
                continue
            more = () if message["done"] else next(later, ())
            is_done = not more
            for request in more or [{"type": "quit"}]:  # what was printed may still be on its way
                process.send(request)
    finally:
        process.close()


def _arriving(process: DemoProcess, arrived: queue.SimpleQueue[Message]) -> Iterator[Message]:
    """The messages of a process for ever; among them, once, that it is `silent` when it does not answer."""
    is_up, pings = False, 0
    while True:
        try:
            message = arrived.get(timeout=_PATIENCE if is_up and pings < 2 else None)
        except queue.Empty:
            pings += 1
            if pings > 1:
                yield {"type": "silent", "seconds": _PATIENCE}
            else:
                process.send({"type": "ping"})
            continue
        is_up = True  # torch may be long in coming
        if message["type"] == "pong":
            pings = 0
        else:
            yield message
