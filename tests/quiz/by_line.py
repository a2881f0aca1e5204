"""What the tests of `quiz --plain` and `exam --plain` share: the commands, what is in the log, and a note or two."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studytool.cli import main
from studytool.memory import open_store
from tests.warm import WARM

TIDES = "# Tides\n\n" + "\n---\n\n".join(
    f"What comes with the {name}?\n\n= {answer}\n"
    for name, answer in (("moon", "ebb"), ("storm", "surge"), ("sun", "neap"))
)
SEA = "# Sea\n\n## Why is it salty? (in your own words)\n\nRivers carry salt from rocks; water leaves as vapour.\n"


def quiz(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One run of `studytool quiz`."""
    return run("quiz", *words, typed=typed)


def exam(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One run of `studytool exam`."""
    return run("exam", *words, typed=typed)


def run(*words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One run of a command in a process of its own; a traceback anywhere fails the test."""
    command = [sys.executable, "-m", "studytool", *map(str, words)]
    done = WARM.run(command, input=typed.encode(), cwd=os.getcwd(), env=os.environ, timeout=120)
    stdout, stderr = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in stderr, stderr
    return subprocess.CompletedProcess(command, done.returncode, stdout, stderr)


def told(home: Path, kind: str) -> list[dict[str, Any]]:
    """What the events of a kind in the log say, in their order."""
    store = open_store(home / "data")
    try:
        return [dict(event.payload) for event in store.events() if event.kind == kind]
    finally:
        store.close()


def answers(tides: Path, seed: int) -> list[str]:
    """The right answers in the order of the paper."""
    paper = json.loads(exam("--json", tides, "--seed", str(seed)).stdout)
    return [question["answer"] for question in paper["questions"]]


def sat(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path, typed: str = "") -> int:
    """The command in this process, which spares a start; its exit code."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return called("exam", *arguments)


def called(*words: str | Path) -> int:
    """A command line in this process, whose garbage is collected again afterwards; its exit code."""
    try:
        return main([str(word) for word in words])
    finally:
        gc.enable()
