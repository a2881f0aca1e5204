"""What a demo's process does before it knows its demo: import torch, in a spare process without haste."""

from __future__ import annotations

import os
import sys
import threading

from studytool.errors import StudytoolError

# What a spare process yields to: everything else that the learner's machine does.
_NICENESS = 10


def prepare(*, spare: bool) -> None:
    """Make torch ready to use; `StudytoolError` where it cannot be imported.

    A spare process does so in a thread of low priority, and goes on there to what torch imports when the first
    optimizer is made, which takes longer than torch itself. Priority belongs to a thread on Linux, so the demo itself
    will have the usual one; elsewhere it belongs to the process, could not be raised again, and is left alone.
    """
    if spare:
        imported, problems = threading.Event(), list[BaseException]()
        threading.Thread(target=_warm_up, args=(imported, problems), daemon=True).start()
        imported.wait()
        if problems:
            raise problems[0]
    else:
        _import_torch()
    import torch

    torch.set_num_threads(1)  # with the other core busy, two threads are six times slower than one


def _warm_up(imported: threading.Event, problems: list[BaseException]) -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    try:
        _import_torch()
        import studytool.demo.data
        import studytool.demo.training  # noqa: F401
    except BaseException as error:
        problems.append(error)
        return
    finally:
        imported.set()
    import torch

    parameter = torch.nn.Parameter(torch.zeros(1))
    torch.optim.SGD([parameter], lr=0.1)
    torch.autograd.grad((parameter * parameter).sum(), parameter)


def _import_torch() -> None:
    try:
        import torch  # noqa: F401
    except (ImportError, OSError) as error:  # OSError: a library that torch was built with is missing
        raise StudytoolError(
            f"Demos need torch, which cannot be imported here ({error}).", "Install it with `pip install torch`."
        ) from error
