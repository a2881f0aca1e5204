"""The terminal app: screens over the desk. Nothing but the command line imports this room."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from studytool.errors import UsageError
from studytool.settings import load_to_look

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from studytool.demo.find import DemoInfo
    from studytool.desk import Request
    from studytool.examining import Wish


def run_app(start: str, arguments: argparse.Namespace) -> int:
    """Open the app on the notes of a command line, at the screen `start`.

    That is `app` (home), `study`, `browse`, `quiz` or `exam`.

    Returns the exit code; raises `StudytoolError` when the notes or the log cannot be opened.
    """
    from studytool.app.opening import Opening
    from studytool.app.pixels.terminal import ask_terminal, is_xterm

    asked = _asked(start, arguments)
    wanted = _wanted(arguments, asked["wish"])
    question = ask_terminal(wanted.settings)
    try:
        opening = Opening(wanted)  # reads the notes while textual is being imported
        from studytool.app.app import StudyApp
    finally:  # whatever happens, the terminal is left as it was
        graphics = question.answer() if question else None
    if graphics and graphics.way == "sixel" and is_xterm(os.environ):  # it has all colours, but does not say so
        os.environ.setdefault("COLORTERM", "truecolor")
    app = StudyApp(opening, start=start, welcome=True, graphics=graphics, **asked)
    app.run()
    if app.at_end and not app.is_web:
        print(*app.at_end, sep="\n\n")
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def _wanted(arguments: argparse.Namespace, wish: Wish | None) -> Request:
    if wish is None:
        from studytool.desk import request

        return request(arguments.paths, arguments.root, load_to_look)
    from studytool.examining import request_for

    return request_for(arguments, wish, load_to_look)


def _asked(start: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """What a command line asks for besides the notes; an error in it is told before anything opens."""
    asked = {name: getattr(arguments, name, None) for name in ("count", "seed", "computed")}
    asked |= {name: getattr(arguments, name, False) for name in ("cram", "exam", "sure")}
    topics, search = getattr(arguments, "topic", None) or None, getattr(arguments, "search", "")
    if asked["exam"] and (topics or search or asked["cram"]):
        raise UsageError("--exam chooses its cards by itself.", "Leave out --topic, --search and --cram.")
    if search:
        from studytool.search import parse

        parse(search)
    wish = None
    if start == "exam":
        from studytool.examining import wish_of

        wish = wish_of(arguments)
    return {**asked, "topics": topics, "search": search, "wish": wish}


def run_demo(info: DemoInfo, parameters: Mapping[str, str], seed: int, device: str) -> int:
    """Open the app on one demo alone: no notes are read and no log is opened."""
    from studytool.app.demo_app import DemoApp

    app = DemoApp(info, dict(parameters), seed, device, load_to_look())
    app.run()
    return app.return_code or 0
