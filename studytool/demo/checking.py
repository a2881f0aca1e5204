"""What a check of a card comes to: a few lines of Python over torch. Only in a demo's own process."""

from __future__ import annotations

import ast
import math
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, BinaryIO

from studytool.demo import wire
from studytool.demo.limits import hold_memory, is_out_of_memory, told_too_much

if TYPE_CHECKING:
    from studytool.demo.requests import Requests

_NAME = "check"


def serve(opening: Mapping[str, object], requests: Requests, out: BinaryIO) -> None:
    """Say ready; answer {type: check, code, answer} with {type: checked, value, problem, line, seconds} until quit.

    `value` is what the last line comes to: a truth, a number, a text, a list of those, or null.
    """
    memory = opening["memory"]
    if isinstance(memory, int):
        hold_memory(memory)
    out.write(wire.encode({"type": "ready"}))
    out.flush()
    while True:
        while (request := requests.take()) is None:
            requests.wait(None)
        if request["type"] == "quit":
            return
        if request["type"] == "check":
            began = time.perf_counter()
            value, problem, line = _outcome(str(request["code"]), request["answer"], memory)
            seconds = time.perf_counter() - began
            answer = {"type": "checked", "value": value, "problem": problem, "line": line, "seconds": seconds}
            out.write(wire.encode(answer))
            out.flush()


def _outcome(code: str, answer: object, memory: object) -> tuple[object, str, int]:
    """The value of a check, or what is wrong with it and in which of its lines (0 for none)."""
    try:
        return evaluated(code, answer), "", 0
    except (Exception, SystemExit) as error:
        kind = type(error).__name__
        if isinstance(memory, int) and is_out_of_memory(kind, str(error)):
            return None, told_too_much(memory), 0
        return None, f"{kind}: {error}".rstrip(": "), _line(error)


def evaluated(code: str, answer: object) -> object:
    """The value of the last line of `code` as plain values, None where that is no expression.

    The names `torch`, `nn`, `F`, `math` and `answer` are there. Every check begins alike: the same seed, no grad
    switched off, 32 bits. Whatever the code raises passes through.
    """
    import torch

    torch.manual_seed(0)
    torch.set_grad_enabled(True)
    torch.set_default_dtype(torch.float32)
    known: dict[str, object] = {"__name__": _NAME, "torch": torch, "nn": torch.nn, "F": torch.nn.functional}
    known |= {"math": math, "answer": answer if not isinstance(answer, list) else tuple(answer)}
    tree = ast.parse(code, _NAME)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, _NAME, "exec"), known)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), _NAME, "exec"), known)
    return told(eval(compile(ast.Expression(last.value), _NAME, "eval"), known))


def told(value: object) -> object:
    """A truth, a number, a text, None, or a list of those; a tensor as its numbers. `ValueError` for NaN, infinity."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, (tuple, list)):
        return [told(part) for part in value]
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ValueError(f"it comes to {number}, which answers nothing")
    return number


def _line(error: BaseException) -> int:
    """The line of the check in which it was raised, 0 where that is not known."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    lines = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _NAME:
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return lines[-1] if lines else 0
