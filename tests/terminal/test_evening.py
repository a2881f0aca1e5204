"""An evening in a shell with job control: everything is used once, and the terminal is as it was before."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from tests.terminal.test_study import CARDS, MODES, study

SHELL = ("-c", "import os, sys; os.execvp('bash', ['bash', *sys.argv[1:]])")
LEAVES = b"\x1b[?1049l"
"""The app leaves its screen."""
ASKS = "at the shell "
"""The prompt of the shell."""


def is_as_a_shell_wants_it(raw: bytes) -> bool:
    """Whether each mode that the app switches on was switched off last, and the cursor is seen.

    Bracketed paste is left out: the shell switches that itself.
    """
    states = dict(re.findall(rb"\x1b\[\?(\d+)([hl])", raw))
    off = all(states.get(b"%d" % mode, b"l") == b"l" for mode in MODES if mode != 2004)
    return off and states[b"25"] == b"h"


def at_home(text: str) -> bool:
    """Whether this is home, after an answer, and nothing is left of the screen before."""
    return "1 answered today" in text and "enter starts" in text and "q Quiz" in text


def away(text: str) -> bool:
    """Whether nothing of home is left on the screen."""
    return not any(sign in text for sign in ("answered today", "enter starts", "q Quiz"))


def asks_again(shell, times: int) -> bool:
    """Whether the shell asks, after the app has left its screen so often.

    What is typed while a program still ends goes with it, here as anywhere.
    """
    return shell.raw.count(LEAVES) == times and ASKS.encode() in shell.raw.rpartition(LEAVES)[2]


def test_an_evening_ends_with_the_terminal_as_it_was(start, notes: Path, tmp_path: Path, answers) -> None:
    shell = start("--norc", "--noprofile", "-i", python=SHELL, environ={"PS1": ASKS})
    shell.wait(ASKS.strip())
    shell.press(f"cd {shlex.quote(str(tmp_path))}; stty -a > before; printf '[%s]' $(stty -g)\r")
    shell.wait(f"]{ASKS.strip()}")
    modes = re.search(r"\[([0-9a-f:]+)\]", "".join(shell.text.split()))
    assert modes
    shell.press(f"clear; {sys.executable} -m studytool {notes.name}\r")
    shell.wait("Welcome to studytool")
    shell.press("\r")
    shell.wait(lambda text: "Welcome" not in text and "5 new" in text)

    shell.press("\r")  # study: two answers, one taken back
    study(shell, 0, "4")
    study(shell, 1, "4")
    shell.wait(CARDS[2][0])
    shell.press("u")
    shell.wait(lambda text: CARDS[1][0] in text and CARDS[2][0] not in text and away(text))
    shell.press("\x1b")
    shell.wait(at_home)

    shell.press("q")  # a quiz, left after its first question was seen
    shell.wait(lambda text: "question 1 of" in text and away(text))
    shell.press("\x1b")
    shell.wait(at_home)

    shell.press("jd")  # a demo
    shell.wait(lambda text: "Predict first" in text and away(text))
    shell.press("\x1b")
    shell.wait(at_home)

    shell.press("/")  # browse
    shell.wait(lambda text: "words, topic:" in text and away(text))
    shell.press("bias")
    shell.wait(lambda text: re.search(r"\b1 of 5\b", text) and "Suspend" not in text)
    shell.press("\x1b")
    shell.wait("Suspend")
    shell.press("\x1b")
    shell.wait(at_home)

    shell.press(",")  # settings
    shell.wait(lambda text: "new_per_day" in text and away(text))
    shell.press("\x1b")
    shell.wait(at_home)

    shell.child.setwinsize(40, 120)  # a larger window
    shell.screen.resize(40, 120)
    shell.wait(lambda text: any(len(row) > 90 for row in text.splitlines()))

    shell.press("\x1a")  # ^Z, and back
    shell.wait(lambda text: "Stopped" in text and asks_again(shell, 1))  # pyte has no second screen
    assert is_as_a_shell_wants_it(shell.raw)
    shell.screen.reset()  # what stood there before is not what comes back
    shell.press("stty -a > between; clear; fg\r")
    shell.wait(at_home)
    shell.press("\x11")
    shell.wait(lambda _: asks_again(shell, 2))
    shell.press("stty -a > after; clear; printf '<%s>' $(stty -g); echo; echo done\r")
    shell.wait(f"\ndone\n{ASKS.strip()}")
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
