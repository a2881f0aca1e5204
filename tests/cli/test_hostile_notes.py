"""Text of a note is only ever read: whatever it holds, no command prints it so that a terminal would act on it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ESCAPES = "\x1b[31m\x1b]0;evil\x07\x1b]52;c;ZXZpbA==\x1b\\\x9b2J\x9d0;evil\x9c\u202e\u2066\x08\x00"
MARKUP = "[@click=app.quit]x[/] [bold]b[/bold] [/] W[i]"
HOSTILE = f"""\
---
title: "Evil {MARKUP}"
aliases: ["a {MARKUP}"]
---
# Evil {ESCAPES}

Q: Front {ESCAPES} {MARKUP}?
A: Back {ESCAPES} {MARKUP} with some more words.

---

**Term {ESCAPES}**: a definition with {ESCAPES} at least five words {MARKUP}

Which one {ESCAPES}?

- [x] Right {ESCAPES}
- [ ] Wrong {MARKUP} {ESCAPES}
- [ ] Neither {ESCAPES}

- [[Nowhere {ESCAPES}]] and [see](demo:nowhere{ESCAPES})

A: an answer {ESCAPES} without a question

```
code {ESCAPES}
```
"""
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
COMMANDS = [
    ("cards",),
    ("cards", "--json"),
    ("check",),
    ("check", "--json"),
    ("due",),
    ("due", "--json"),
    (),
    ("study", "--plain"),
    ("quiz", "--plain", "--seed", "1"),
    ("quiz", "--json", "--seed", "1"),
]


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A library whose note, file name and folder name all hold escape sequences."""
    folder = tmp_path / "fol\x1b[31mder\u202e\x9b5m"
    folder.mkdir()
    (folder / "no\x1b]0;evil\x07te\x9b5m.md").write_text(HOSTILE, "utf-8")
    (folder / "latin\x1b[2J\x9b5m.md").write_bytes(b"\xff")
    return folder


def harmless(data: bytes) -> str:
    """The text of an output, after a look that it holds nothing a terminal would act on."""
    text = data.decode()
    found = FORBIDDEN.search(text)
    assert found is None, f"{found!r} in {text[max(found.start() - 60, 0) : found.end() + 20]!r}"
    return text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "studytool")
def test_no_command_passes_a_control_character_on(studytool, evil: Path, command: Sequence[str]) -> None:
    done = studytool(*command, evil, stdin="\n3\n" * 30)
    assert done.code in {0, 1}
    assert harmless(done.stdout)
    harmless(done.stderr)


def test_markup_is_text(studytool, evil: Path) -> None:
    told = json.loads(studytool("cards", evil, "--json").out)
    assert any(MARKUP in card["front"] for card in told["cards"])
    assert MARKUP in studytool("study", "--plain", evil).out


@pytest.mark.parametrize("command", [("cards",), ("due",), ("study", "--plain"), ("demo",)], ids=lambda c: c[0])
def test_no_error_passes_a_control_character_on(studytool, command: Sequence[str]) -> None:
    done = studytool(*command, "no\x1b[31msuch\u202e\x9b5m")
    assert done.code in {1, 2}
    harmless(done.stdout)
    assert "such" in harmless(done.stderr)


def test_a_file_name_that_is_not_utf8_can_be_studied(notes: Path) -> None:
    os.rename(notes / "loss.md", os.fsencode(notes) + b"/lo\xdfs.md")
    for command in (["cards"], ["cards", "--json"], ["check"], ["due"], ["study", "--plain"]):
        done = subprocess.run(
            [sys.executable, "-m", "studytool", *command, str(notes)],
            input=b"\n4\n" * 9,
            capture_output=True,
            env=dict(os.environ),
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        done.stdout.decode()
