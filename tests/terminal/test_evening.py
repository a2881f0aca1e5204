"""An evening in a shell with job control: everything is used once, and the terminal is as it was before."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from tests.terminal.test_study import MODES

SHELL = ("-c", "import os, sys; os.execvp('bash', ['bash', *sys.argv[1:]])")
LEAVES = b"\x1b[?1049l"
"""The app leaves its screen."""
PROMPT = "Which problem of two bits can it not learn?"


def is_as_a_shell_wants_it(raw: bytes) -> bool:
    """Whether each mode that the app switches on was switched off last, and the cursor is seen.

    Bracketed paste is left out: the shell switches that itself.
    """
    states = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", raw))
    off = all(states.get(b"%d" % mode, b"l") == b"l" for mode in MODES if mode != 2004)
    return off and states[b"25"] == b"h"


def test_an_evening_ends_with_the_terminal_as_it_was(start, notes: Path, tmp_path: Path, answers) -> None:
    shell = start("--norc", "--noprofile", "-i", python=SHELL)
    shell.press(f"cd {shlex.quote(str(tmp_path))}; PS1='at the shell '; stty -a > before; printf '[%s]' $(stty -g)\r")
    shell.wait("]at the shell")
    modes = re.search(r"\[([0-9a-f:]+)\]", "".join(shell.text.split()))
    assert modes
    shell.press(f"clear; {sys.executable} -m studytool {notes.name}\r")
    shell.wait("Welcome to studytool")
    shell.press("\r")
    shell.wait(lambda text: "Welcome" not in text and "5 new" in text)

    shell.press("\r")  # study: two answers, one taken back
    for _ in range(2):
        shell.wait("shows the answer")
        shell.press(" ")
        shell.wait("Easy")
        shell.press("4")
    shell.wait(PROMPT)
    shell.press("u")
    shell.wait(lambda text: PROMPT not in text and "shows the answer" in text)
    shell.press("\x1b")
    shell.wait("1 answered today")

    shell.press("q")  # a quiz, left after its first question was seen
    shell.wait("question 1 of")
    shell.press("\x1b")
    shell.wait("1 answered today")

    shell.press("jd")  # a demo
    shell.wait(lambda text: "step" in text and "answered today" not in text)
    shell.press("\x1b")
    shell.wait("1 answered today")

    shell.press("/")  # browse
    shell.wait("words, topic:")
    shell.press("bias")
    shell.wait(lambda text: re.search(r"\b1 of 5\b", text))
    shell.press("\x1b")
    shell.wait(lambda text: "Suspend" in text)
    shell.press("\x1b")
    shell.wait("1 answered today")

    shell.press(",")  # settings
    shell.wait("new_per_day")
    shell.press("\x1b")
    shell.wait("1 answered today")

    shell.child.setwinsize(40, 120)  # a larger window
    shell.screen.resize(40, 120)
    shell.wait(lambda text: any(len(row) > 90 for row in text.splitlines()))

    shell.press("\x1a")  # ^Z, and back
    shell.wait("Stopped")  # pyte has no second screen: what the app drew stays beside it
    assert is_as_a_shell_wants_it(shell.raw)
    shell.screen.reset()  # what stood there before is not what comes back
    shell.press("stty -a > between; clear; fg\r")
    shell.wait("1 answered today")
    shell.press("\x11")
    # What is typed while a program still ends goes with it, here as anywhere: the shell asks first.
    shell.wait(lambda text: shell.raw.count(LEAVES) == 2 and b"at the shell" in shell.raw.rpartition(LEAVES)[2])
    shell.press("stty -a > after; clear; printf '<%s>' $(stty -g); echo; echo done\r")
    shell.wait("\ndone")
    assert f"<{modes[1]}>" in "".join(shell.text.split())
    for moment in ("between", "after"):
        rows = r"rows \d+; columns \d+;"  # the window was made larger
        told = [re.sub(rows, "", (tmp_path / name).read_text()) for name in ("before", moment)]
        assert told[0] == told[1], moment
    assert is_as_a_shell_wants_it(shell.raw)
    assert len(re.findall(rb"\x1b\[\?1049h", shell.raw)) == len(re.findall(rb"\x1b\[\?1049l", shell.raw)) == 2
    assert [grade for _, grade in answers()] == [4, 4]
    shell.press("exit\r")
    assert shell.ended() == 0
