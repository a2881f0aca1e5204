"""The user's own editor, opened at a line of a note while the app stands still."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from studytool import places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.app.frame import Frame
    from studytool.notes.model import Span

USUAL = ("sensible-editor", "editor", "nano", "vi", "notepad")
"""The editors that are tried, in this order, where the environment names none."""
_WINDOWED = frozenset({"notepad"})
"""Editors with a window of their own, which know no lines."""


def edit(app: Frame, span: Span) -> None:
    """Open a file at a line in the user's editor; what hinders that is said in the app.

    Of a note of the built-in course it is asked first: what is changed there goes with the next upgrade.
    """
    if app.is_web:
        app.warn(f"A browser cannot open your editor. Edit {span} there: what you save is shown here at once.")
        return
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    editor = chosen or next((name for name in USUAL if shutil.which(name)), "")
    if not editor:
        app.warn(f"There is no editor. Install one, or set $EDITOR to yours, to open {span} from here.")
        return
    try:
        words = shlex.split(editor)
    except ValueError as error:
        app.warn(f"$EDITOR is {editor!r}: {error}. Correct that.")
        return
    command = [*words, *_at_line(words[0], span)] if words else [""]
    if not shutil.which(command[0]):
        app.warn(f"There is no editor {command[0]!r}. Set $EDITOR to one that is installed.")
        return
    if not _may_change(app, span):
        return
    told = _run(app, command, span)
    if not (chosen or told or app.has_told_editor):
        told, app.has_told_editor = f"That was {editor}: set $EDITOR to choose another.", True
    if told:
        app.warn(told)
    app.refresh()


def _run(app: Frame, command: list[str], span: Span) -> str:
    """Run an editor in place of the app until it ends; what went wrong, empty where nothing did.

    An editor with a window of its own is not waited for.
    """
    try:
        if _name(command[0]) in _WINDOWED:
            Thread(target=subprocess.run, args=(command,), name="editor", daemon=True).start()
            return ""
        with app.suspend(), _interrupted_alone():
            try:
                code = subprocess.run(command, check=False).returncode
            except OSError as error:  # said later: an exception here would leave the terminal suspended
                return f"The editor {command[0]!r} did not start: {error.strerror}."
    except SuspendNotSupported:
        return f"No editor can be shown here. The note is {span}."
    return f"The editor {command[0]!r} ended with code {code}. Set $EDITOR to choose another." if code else ""


@contextmanager
def _interrupted_alone() -> Iterator[None]:
    """Let an interrupt by key end what runs in the terminal, and not the app, which gets it too."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)  # a child would inherit that it is ignored
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _may_change(app: Frame, span: Span) -> bool:
    """Whether a file is the user's own, or it was said just before what becomes of changes in it."""
    course = places.built_in("cards").resolve()
    about = "edit", span
    if not Path(span.path).resolve().is_relative_to(course) or app.asked() == about:
        return True
    told = "An upgrade of studytool undoes what you change here. The same key again opens it all the same;"
    keep = f"what you change in a copy of {course} stays."
    app.ask(about, f"{told} {keep}", app.screen)
    return False


def _at_line(program: str, span: Span) -> list[str]:
    """The arguments that open a file at a line, in the editor's own form."""
    name = _name(program)
    if name in {"code", "codium", "code-insiders"}:
        return ["--wait", "--goto", f"{span.path}:{span.line}"]
    if name in {"subl", "hx", "zed"}:
        return [f"{span.path}:{span.line}"]
    return [span.path] if name in _WINDOWED else [f"+{span.line}", span.path]


def _name(program: str) -> str:
    return Path(program).name.lower().removesuffix(".exe")
