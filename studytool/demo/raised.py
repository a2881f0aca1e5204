"""What a demo has raised, as a message for the learner."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from studytool.demo.limits import is_out_of_memory
from studytool.errors import StudytoolError


def described_error(error: BaseException, when: str = "") -> dict[str, object]:
    """An exception as a message for the learner and, unless it is one of our own sentences, its traceback.

    `at` has the file and the line of each call that led to it, the innermost last.

    `when` is "In step 500", say; one of our own sentences tells that itself.
    """
    if isinstance(error, StudytoolError):
        return {"message": str(error), "traceback": "", "at": [], "fatal": True}
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if Path(frame.filename).parent != Path(__file__).parent] or list(frames)
    where = inner[-1]
    kind, said = type(error).__name__, str(error)
    told = f"{kind}: {said}".strip().rstrip(":")
    if is_out_of_memory(kind, said):
        wanted = re.search(r"allocate (\d+) bytes", said)
        told = f"there is not enough memory{f' for {int(wanted[1]) / 1e9:,.1f} GB more' if wanted else ''}."
    message = f"{when}{', ' * bool(when)}{where.filename}:{where.lineno}: {told}"
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(inner)]
    lines += traceback.format_exception_only(error)
    at = [[frame.filename, frame.lineno] for frame in inner]
    return {"message": message, "traceback": "".join(lines), "at": at, "fatal": True}
