"""How far the reading of notes has come, or where it was stopped: a line at home, some words beside a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from studytool.app.opening import Opening
    from studytool.notes.library import Step

_BAR = 16
_ROOMY = 100
"""A window with so many cells has room for a whole sentence."""


def told(step: Step | None, halted: Step | None, width: int, key: str, *, is_whole: bool) -> Content:
    """The line; `is_whole` says that all notes were read once, `key` stops the reading and goes on with it."""
    if halted:
        notes = f"{halted.done:,} of {halted.total:,} notes are read; the rest waits."
        return Content.assemble((f"{notes} ", "$foreground-muted"), (key, "$accent bold"), " reads on")
    done, total = (step.done, step.total) if step else (1, 1)
    filled = round(_BAR * done / max(total, 1))
    part = f" {done:,} of {total:,}" if step else ""  # all are read, and about to be counted
    usable = "what is read can be studied already" if width >= _ROOMY else "study what is read"
    parts = [
        ("Reading your notes ", "$foreground-muted"),
        ("━" * filled, "$primary"),
        ("─" * (_BAR - filled), "$border"),
        (f"{part}; {'you can go on' if is_whole else usable}", "$foreground-muted"),
    ]
    stops = [(" · ", "$foreground-muted"), (key, "$accent bold"), (" stops", "$foreground-muted")]
    return Content.assemble(*parts, *(stops if step else ()))


def so_far(opening: Opening, *, is_whole: bool) -> str:
    """What stands behind a count of cards or notes as long as there are more to come; else empty."""
    step, halted = opening.step, opening.halted
    if halted:
        return f" so far · {halted.done:,} of {halted.total:,} notes are read; the rest waits"
    if step:
        return f" so far · still reading: {step.done:,} of {step.total:,} notes"
    return "" if is_whole else " so far · still reading"
