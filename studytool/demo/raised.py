"""What a demo has raised, as a message for the learner."""

from __future__ import annotations

import traceback
from pathlib import Path

from studytool.errors import StudytoolError


def described_error(error: BaseException) -> dict[str, object]:
    """An exception as a message for the learner and, unless it is one of our own sentences, its traceback."""
    if isinstance(error, StudytoolError):
        return {"message": str(error), "traceback": "", "fatal": True}
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if Path(frame.filename).parent != Path(__file__).parent] or list(frames)
    where = inner[-1]
    message = f"{where.filename}:{where.lineno}: {type(error).__name__}: {error}".strip().rstrip(":")
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(inner)]
    lines += traceback.format_exception_only(error)
    return {"message": message, "traceback": "".join(lines), "fatal": True}
