"""Reading notes as a build with `HATCH_BUILD_HOOKS_ENABLE=1` compiles it: how fast, and whether it makes the same.

Run it as `python tests/bench/compiled.py`: it builds that wheel, which takes minutes and a C compiler, or takes the
one that `--wheel` names. Each reading takes the same notes as markdown-it-py, in turns and in one process.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SEED = 5
_PIECE = 100
"""Notes that are read step by step together, about as many as a worker is given."""


class Told(NamedTuple):
    """What one process says: the suffix of the file that the reader was loaded from, and what was asked of it.

    `read` and `tokenised` are seconds of processor time, `made` is a digest of all that the reader made.
    """

    suffix: str
    read: float = 0.0
    tokenised: float = 0.0
    made: str = ""


def build(folder: Path) -> Path:
    """The package as the compiling build makes it, unpacked in `folder`."""
    switched_on = {**os.environ, "HATCH_BUILD_HOOKS_ENABLE": "1"}
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, env=switched_on)
    (wheel,) = folder.glob("*.whl")
    return unpacked(wheel, folder)


def unpacked(wheel: Path, folder: Path) -> Path:
    """What a wheel holds, in a folder below `folder`."""
    with zipfile.ZipFile(wheel) as held:
        held.extractall(folder / "package")
    return folder / "package"


def ask(package: Path, action: str, number: int) -> Told:
    """What the reader in `package` says when it has to `measure` so many notes, or `make` cards of so many mutants."""
    command = [sys.executable, "-P", str(Path(__file__).resolve()), "--in-turn", action, str(number)]
    known = {**os.environ, "PYTHONPATH": str(package)}
    ran = subprocess.run(command, check=True, env=known, stdout=subprocess.PIPE, text=True, cwd=package)
    return Told(*json.loads(ran.stdout))


def measure(number: int) -> Told:
    """Seconds for so many notes, of which each is read once: words that come again are remembered."""
    from markdown_it import MarkdownIt
    from notes import vault

    from studytool.notes import parse
    from studytool.notes.model import LEVELS
    from studytool.notes.reader import Source
    from studytool.notes.vault import Vault

    sources = [Source(text, path, path) for path, text in vault(number)]
    parser = MarkdownIt("commonmark").enable("table")
    read = tokenised = 0.0
    gc.freeze()
    gc.disable()  # as a worker does
    for at in range(0, number, _PIECE):
        piece = sources[at : at + _PIECE]
        begin = time.process_time()
        parse.parse_plain(piece, LEVELS, (), Vault())
        between = time.process_time()
        for source in piece:
            parser.parse(source.text)
        tokenised += time.process_time() - between
        read += between - begin
        gc.collect()
    return Told(Path(parse.__file__).suffix, read, tokenised)


def make(number: int) -> Told:
    """What is made of the project's own notes and of so many mutants of them, in every manner."""
    from hashlib import sha256

    import fuzz
    from mutants import mutant

    from studytool.notes import parse
    from studytool.notes.model import LEVELS
    from studytool.notes.reader import Source

    seeds = fuzz.files_of(fuzz.own_folders()) + fuzz.generated()
    made = sha256()
    for content in (*seeds, *(mutant(seeds, SEED, at) for at in range(number))):
        for path, vault in fuzz.MANNERS.values():
            source = Source(content.decode("utf-8", "replace"), path, path)
            made.update(repr(parse.parse_plain([source], LEVELS, (), vault)).encode())
    return Told(Path(parse.__file__).suffix, made=made.hexdigest())


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--wheel", type=Path, help="a wheel that was built so")
    parser.add_argument("--notes", type=int, default=1000, help="how many notes are read")
    parser.add_argument("--mutants", type=int, default=2000, help="how many mutants both must read alike")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--in-turn", nargs=2, metavar=("ACTION", "NUMBER"), help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.in_turn:
        sys.path.insert(0, str(Path(__file__).parent))
        action, number = told.in_turn
        print(json.dumps({"measure": measure, "make": make}[action](int(number))))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = unpacked(told.wheel, folder) if told.wheel else build(folder)
        alike = ask(ROOT, "make", told.mutants).made == ask(package, "make", told.mutants).made
        print(
            f"Both make {'the same' if alike else 'DIFFERENT CARDS'} of the project's notes and {told.mutants} mutants."
        )
        print("Seconds of processor time, and how many times markdown-it-py's over the same notes:")
        for _ in range(told.rounds):
            one, other = ask(ROOT, "measure", told.notes), ask(package, "measure", told.notes)
            pure, compiled = one.read / one.tokenised, other.read / other.tokenised
            print(
                f"  in Python {one.read:.2f} s, {pure:.2f} times; compiled {other.read:.2f} s, {compiled:.2f} times:"
                f" {pure / compiled:.2f} times as fast",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
