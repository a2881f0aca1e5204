"""The user's own editor, opened at a line of a note while the app stands still."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from studytool.app.frame import Frame
    from studytool.notes.model import Span


def edit(app: Frame, span: Span) -> None:
    """Open a file at a line in the editor that the environment names; what hinders that is said in the app."""
    if app.is_web:
        app.warn(f"A browser cannot open your editor. Edit {span} there: what you save is shown here at once.")
        return
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        app.warn(f"Set $EDITOR to open {span} from here.")
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
    failure = ""
    try:
        with app.suspend():
            try:
                subprocess.run(command, check=False)
            except OSError as error:  # said below: an exception here would leave the terminal suspended
                failure = f"The editor {editor!r} did not start: {error.strerror}."
    except SuspendNotSupported:
        failure = f"No editor can be shown here. The note is {span}."
    if failure:
        app.warn(failure)
    app.refresh()


def _at_line(program: str, span: Span) -> list[str]:
    """The arguments that open a file at a line, in the editor's own form."""
    name = Path(program).name
    if name in {"code", "codium", "code-insiders"}:
        return ["--wait", "--goto", f"{span.path}:{span.line}"]
    if name in {"subl", "hx", "zed"}:
        return [f"{span.path}:{span.line}"]
    return [f"+{span.line}", span.path]
