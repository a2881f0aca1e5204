"""What runs answer: whether a demo's claims hold, how its predictions come out. Only in a demo's own process."""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, TypeVar

from studytool.demo import device
from studytool.demo.limits import is_out_of_memory, told_too_much
from studytool.demo.parameters import whole
from studytool.demo.sim import Sim

if TYPE_CHECKING:
    import torch

    from studytool.demo.api import Ask, Demo

T = TypeVar("T")


class Prover:
    """Asks the runs of one demo on one device; runs that two questions need are done once."""

    def __init__(self, demo: Demo, on: torch.device, tell: Callable[..., None], memory: int | None = None) -> None:
        """`memory` is the limit in bytes that the process was given, if it was."""
        self._demo, self._device, self._tell, self._memory = demo, on, tell, memory
        self._sim = Sim(demo, on)
        self._has_moved = False

    def prove(self, seeds: object) -> None:
        """Find out whether each claim holds, on at most so many `seeds`, and tell one by one."""
        sim = self._sim if seeds is None else Sim(self._demo, self._device, at_most=int(str(seeds)))
        for claim in self._demo.claims:
            began = time.perf_counter()
            try:
                outcome = self._run(claim.proof, sim)
                held, measured = outcome if isinstance(outcome, tuple) else (outcome, "")
            except Exception as error:
                held, measured = False, self._named(error)
            seconds = time.perf_counter() - began
            self._tell(type="claim", text=claim.text, held=bool(held), measured=str(measured), seconds=seconds)
        self._tell(type="claims", count=len(self._demo.claims))

    def predict(self, number: object) -> None:
        """Find out which option of a prediction comes out; `number` counts from 0."""
        index = whole("number", number, 0, max(len(self._demo.predictions) - 1, 0))
        prediction = self._demo.predictions[index]
        began = time.perf_counter()
        outcome, problem = "", ""
        try:
            found = self._run(prediction.outcome, self._sim)
            outcome = prediction.answer(found)
            problem = "" if outcome else f"the runs answered {found!r}, which is none of the options"
        except Exception as error:
            problem = self._named(error)
        self._tell(
            type="outcome",
            number=index,
            outcome=outcome,
            why=prediction.why,
            problem=problem,
            seconds=time.perf_counter() - began,
        )

    def ask(self, seed: object, only: object = None) -> None:
        """Make every computed question, or `only` that of this name, with the numbers of `seed`; tell one by one."""
        for function in self._demo.questions:
            name, problem = function.__name__, ""
            if only is not None and name != only:
                continue
            try:
                told = asked(function, whole("seed", seed, 0, 2**63 - 1))
            except Exception as error:
                told, problem = {}, self._named(error)
            self._tell(type="question", name=name, problem=problem, **told)
        self._tell(type="questions", count=len(self._demo.questions))

    def _run(self, ask: Callable[[Sim], T], sim: Sim) -> T:
        """What `ask` finds out; on the CPU from the start, now and henceforth, if it is the accelerator that fails."""
        try:
            return ask(sim)
        except Exception as error:
            reason = device.failure(type(error).__name__, str(error))
            if not reason or self._has_moved:
                raise
        self._has_moved = True
        self._device, why = device.instead(reason)
        self._tell(type="device", device=str(self._device), why=why)
        self._sim = Sim(self._demo, self._device)
        return ask(Sim(self._demo, self._device, at_most=sim.at_most))

    def _named(self, error: Exception) -> str:
        """An exception in a line, with its place; one of memory as the sentence about the limit, where there is one."""
        kind = type(error).__name__
        if self._memory is not None and is_out_of_memory(kind, str(error)):
            return told_too_much(self._memory)
        return ", ".join([f"{kind}: {error}", *getattr(error, "__notes__", ()), *self._place(error)])

    def _place(self, error: Exception) -> list[str]:
        """The line of the demo's files that raised it, as "at asked/mine.py:7"; nothing where none did."""
        demo = self._demo
        asked = [one.proof for one in demo.claims] + [one.outcome for one in demo.predictions] + demo.questions
        own = {one.__code__.co_filename for one in (*asked, demo.training) if isinstance(one, FunctionType)}
        lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in own]
        return [f"at {_short(Path(one.filename))}:{one.lineno}" for one in lines[-1:]]


def _short(path: Path) -> str:
    """The name of a demo's file, with the folder where that tells it from the other."""
    return f"asked/{path.name}" if path.parent.name == "asked" else path.name


def asked(function: Ask, seed: int) -> dict[str, object]:
    """The question that `function` makes of the numbers of `seed`, as plain values.

    Raises `ValueError` where the answer is no plain value, or a mistake comes to the answer or to another mistake.
    """
    from random import Random

    question = function(Random(f"{function.__name__}/{seed}"))
    answer = plain(question.answer)
    mistakes = {str(name): plain(value) for name, value in question.mistakes.items()}
    values = [answer, *mistakes.values()]
    for k, value in enumerate(values):
        if value in values[:k]:
            raise ValueError(f"{function.__name__} has {value!r} twice among its answer and mistakes")
    return {"text": str(question.text), "answer": answer, "mistakes": mistakes, "why": str(question.why)}


def plain(value: object) -> object:
    """A number, a word or a list of numbers; floats to six significant digits, as an answer is compared."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    number = float(value.item() if hasattr(value, "item") else value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ValueError(f"{number} is no answer")
    return float(f"{number:.6g}")
