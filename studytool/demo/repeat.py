"""The command that repeats a run, as one would type it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.demo.find import DemoInfo


def command(
    info: DemoInfo,
    parameters: Mapping[str, object],
    seed: int,
    device: str,
    *,
    steps: int | None = None,
    changes: Iterable[tuple[int, str, object]] = (),
) -> str:
    """`studytool demo …` with the `parameters` at the start that are not the defaults, and the device it ran on.

    With `steps` it is a run without pictures to that step. `changes` (after so many steps, name, value), made while
    the run went on, stand behind it as a comment, because no option repeats them.
    """
    words = ["studytool", "demo", info.name] if info.built_in else ["studytool", "demo", str(info.path), "--trust"]
    for name, value in parameters.items():
        if value != info.parameters[name].default:
            words += ["--set", f"{name}={_shown(value)}"]
    words += ["--seed", str(seed), "--device", device]
    if steps is not None:
        words += ["--headless", "--steps", str(steps)]
    later = ", ".join(f"{name}={_shown(value)} after step {step}" for step, name, value in changes)
    return shlex.join(words) + (f"  # while it ran: {later}" if later else "")


def _shown(value: object) -> str:
    """A value that is read back as the same value."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
