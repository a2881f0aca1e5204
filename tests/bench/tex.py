"""How many of the formulas in a folder of notes are drawn with nothing of LaTeX left, and what drawing costs.

Run it as `python tests/bench/tex.py FOLDER…` (without one: the course). A formula counts as drawn when it has no
command that is not known and the picture has no backslash, no `^{` or `_{`, no `^(` or `_(` (a script that found no
place), and no brace that the source does not ask for. Times are processor time: two dimensions against one line over
the same formulas, and hostile texts against half their length.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from studytool.app.prose.parser import parser
from studytool.places import built_in
from studytool.tex import to_box, to_line
from studytool.tex.parse import parse
from studytool.tex.tree import Command
from studytool.text import clean

WIDTH = 76  # what a card has on a screen of 80 columns
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LEFT_OVER = re.compile(r"\\|[\^_][{(]")
_BRACES = re.compile(r"[{}]")
_ASKED_FOR = re.compile(r"\\[{}]|brace|\\backslash|setminus|cases|Bmatrix")
HOSTILE = [
    "{",
    "x^{",
    "\\frac{a}{",
    "\\left(",
    "\\begin{pmatrix}a&",
    "(",
    "|",
    "a\\\\",
    "x_{K_",
    "\\hat{",
    "==a",
    "x^{2^n}",
]


def formulas(path: Path) -> Iterator[str]:
    """The formulas of a note as the app finds them."""
    text = _FRONT_MATTER.sub("", clean(path.read_text(encoding="utf-8", errors="replace")))
    for block in parser().parse(text):
        for token in (block, *(block.children or ())):
            if token.type.startswith("math"):
                yield token.content


def unknown(node: object) -> Iterator[str]:
    """The names of the commands in a tree that are not known."""
    if isinstance(node, Command):
        yield node.name
    if isinstance(node, tuple):
        for part in node:
            yield from unknown(part)
    elif is_dataclass(node):
        for field in fields(node):
            yield from unknown(getattr(node, field.name))


def problem(source: str) -> str:
    """Why a formula does not count as drawn; "" where it does."""
    if names := sorted(set(unknown(parse(source)))):
        return "unknown: " + " ".join(f"\\{name}" for name in names)
    shown = "\n".join(to_box(source, WIDTH).rows)
    if not _ASKED_FOR.search(source) and (_LEFT_OVER.search(shown) or _BRACES.search(shown)):
        return "left over: " + " ".join(sorted(set(_LEFT_OVER.findall(shown) + _BRACES.findall(shown))))
    return ""


def seconds(work: Callable[[str], object], sources: Sequence[str]) -> float:
    """Processor time, the best of three."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        for source in sources:
            work(source)
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folders", nargs="*", type=Path, default=[built_in("cards")])
    notes = sorted(path for folder in arguments.parse_args().folders for path in folder.rglob("*.md") if path.is_file())
    found = [source for path in notes for source in formulas(path)]
    different = list(dict.fromkeys(found))
    problems = {source: told for source in different if (told := problem(source))}
    bad = sum(source in problems for source in found)
    tall = sum(to_box(source, WIDTH).height > 1 for source in different)
    wide = sum(to_box(source, WIDTH).width > WIDTH for source in different)
    print(f"{len(notes)} notes, {len(found)} formulas, {len(different)} different ones")
    print(f"drawn: {1 - bad / max(len(found), 1):.2%} of all, {1 - len(problems) / max(len(different), 1):.2%} of the")
    print(f"different ones; {tall} of these take more than one row, {wide} do not fit {WIDTH} cells even broken")
    for told, count in Counter(problems[source] for source in found if source in problems).most_common(12):
        print(f"  {count:4}  {told}")
    flat, drawn = seconds(to_line, different), seconds(lambda source: to_box(source, WIDTH), different)
    print(
        f"{drawn / max(len(different), 1) * 1e6:.0f} µs a formula, {drawn / flat:.2f} times what one line of it takes"
    )
    for piece in HOSTILE:
        half, whole = (
            seconds(lambda source: to_box(source, WIDTH), [piece * (n // len(piece))]) for n in (20_000, 40_000)
        )
        print(f"  40 kB of {piece:18} {whole:.2f} s, {whole / half:.2f} times half of it")


if __name__ == "__main__":
    main()
