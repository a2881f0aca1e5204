"""How fast notes are read, against markdown-it-py on the same texts, and what hostile texts cost.

Run it as `python tests/bench/notes.py`; `--notes 1000 10000` says how large the vaults are, `--keep DIR` leaves them
there, `--hostile 250 1000` gives the sizes of hostile texts in kB (0: none). Every figure is the best of three.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from studytool.notes.parse import parse_note

SEED = 7
_PREFIXES = [
    *("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "me"),
    *("no", "pe", "ri", "so", "ta", "vu", "we", "ya", "zo"),
]
_SUFFIXES = ["lan", "mer", "tic", "ron", "sel", "dim", "pas", "vor", "gen", "lit", "nar"]
VOCABULARY = [first + last for first in _PREFIXES for last in _SUFFIXES]


# Texts


class Writer:
    """Writes notes of words that mean nothing, in all the ways people write cards. The same seed, the same vault."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self, least: int, most: int) -> str:
        return " ".join(self.random.choices(VOCABULARY, k=self.random.randint(least, most)))

    def name(self) -> str:
        return self.words(1, 3).title()

    def sentence(self) -> str:
        text = self.words(6, 16).capitalize()
        word = self.random.choice(VOCABULARY)
        kind = self.random.random()
        if kind < 0.1:
            text += f" [[{self.name()}]]"
        elif kind < 0.2:
            text += f" **{word}** {self.words(2, 4)}"
        elif kind < 0.27:
            text += f" `{word}_{word}()`"
        elif kind < 0.33:
            text += f" $x_{{{self.random.randint(1, 9)}}} + y$"
        elif kind < 0.36:
            text += f" [{word}](https://example.org/{word}?a=1)"
        return text + "."

    def prose(self) -> str:
        return " ".join(self.sentence() for _ in range(self.random.randint(1, 3)))

    def question(self) -> str:
        return f"What is {self.words(2, 6)}?"

    def headings(self) -> str:
        asked = f"## {self.question()}\n\n{self.prose()}\n"
        listed = "\n".join(f"- **{self.name()}**: {self.words(6, 14)}" for _ in range(self.random.randint(2, 5)))
        return f"{asked}\n## {self.name()}\n\n{self.prose()}\n\n{listed}\n"

    def tagged(self) -> str:
        return "\n\n".join(f"Q: {self.question()}\nA: {self.sentence()}" for _ in range(3)) + "\n"

    def brackets(self) -> str:
        return f"C: {self.words(3, 6)} [{self.words(1, 2)}] {self.words(3, 6)} [{self.words(1, 2)}].\n"

    def lines(self) -> str:
        cards = "\n".join(f"{self.words(2, 6)}::{self.words(2, 6)}" for _ in range(4))
        return f"#flashcards/{self.random.choice(VOCABULARY)}\n\n{cards}\n\n{self.words(2, 5)}:::{self.words(2, 5)}\n"

    def parted(self) -> str:
        return f"#flashcards\n\n{self.question()}\n?\n{self.sentence()}\n\n{self.words(3, 6)}\n??\n{self.words(3, 6)}\n"

    def marked(self) -> str:
        return f"{self.words(3, 6)} =={self.words(1, 3)}== {self.words(3, 6)}.\n"

    def numbered(self) -> str:
        return f"{self.words(3, 6)} {{{{c1::{self.words(1, 2)}}}}} {self.words(2, 5)} {{{{c2::{self.words(1, 2)}}}}}.\n"

    def fields(self) -> str:
        return f"START\nBasic\n{self.question()}\nBack: {self.sentence()}\nEND\n"

    def choice(self) -> str:
        options = "\n".join(f"- [{mark}] {self.words(2, 6)}" for mark in "  x ")
        return f"### {self.question()}\n\n{options}\n\n> {self.sentence()}\n"

    def details(self) -> str:
        return f"<details>\n<summary>{self.question()}</summary>\n\n{self.prose()}\n\n</details>\n"

    def callout(self) -> str:
        return f"> [!summary] {self.name()}\n> {self.sentence()}\n> - {self.words(3, 8)}\n> - {self.words(3, 8)}\n"

    def code(self) -> str:
        body = "\n".join(f"    {word} = [{word}(n) for n in items if n == 1]" for word in self.words(2, 6).split())
        return f"```python\ndef {self.random.choice(VOCABULARY)}(items):\n{body}\n```\n"

    def math(self) -> str:
        return f"$$\nf(x) = \\sum_{{i=1}}^{{n}} w_i x_i + {self.random.randint(1, 99)}\n$$\n"

    def table(self) -> str:
        rows = "\n".join(f"| {self.words(1, 2)} | {self.words(2, 4)} |" for _ in range(4))
        return f"| {self.name()} | {self.name()} |\n|---|---|\n{rows}\n"

    def outline(self) -> str:
        return "".join(f"{'  ' * self.random.randint(0, 2)}- {self.words(3, 9)}\n" for _ in range(6))

    def front_matter(self) -> str:
        tags = ", ".join(self.words(1, 3).split())
        return f"---\ntitle: {self.name()}\ntags: [{tags}]\ncreated: 2024-0{self.random.randint(1, 9)}-11\n---\n\n"

    def note(self) -> str:
        """A note of about 2 kB: prose and lists, and two or three ways to write cards."""
        ways = (
            *(self.tagged, self.brackets, self.lines, self.parted, self.marked, self.numbered, self.fields),
            *(self.choice, self.details, self.callout, self.code, self.math, self.table, self.outline),
        )
        parts = [f"# {self.name()}\n", f"{self.prose()}\n"]
        while sum(map(len, parts)) < 1900:
            parts.append(self.random.choice((self.headings, self.prose, *self.random.sample(ways, 3)))())
        start = self.front_matter() if self.random.random() < 1 / 3 else ""
        return start + "\n".join(parts)


def vault(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """The notes of a generated vault: (path, text)."""
    writer = Writer(seed)
    for number in range(count):
        yield f"{writer.random.choice(VOCABULARY)}/{number:05} {writer.name()}.md", writer.note()


def write_vault(root: Path, count: int) -> None:
    for path, text in vault(count):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def read_texts(root: Path) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.md"))}


HOSTILE: dict[str, str] = {
    "[": "[",
    "`": "`",
    "*": "*",
    "==": "==",
    "::": "::",
    "{{": "{{",
    "$": "$",
    "<!--": "<!--",
    "%%": "%%",
    "> nested": "> ",
    "- nested": "- ",
    "|": "|",
    "~~~": "~~~",
    "((": "((",
    "spaces": " ",
    "spaces, then text": " " * 999 + "a",
    "a, then spaces": "a" + " " * 999,
    "](": "](",
    "[[": "[[",
    "![[": "![[",
    "[[a]]": "[[a]]",
    "`` ` ": "`` ` ",
    "\\": "\\",
    "<a ": "<a ",
    "http://": "http://",
    "_": "_",
    "**a": "**a",
    "$a": "$a",
    "\\( ": "\\( ",
    "{{c1::": "{{c1::",
    "==a": "==a ",
    "nested quotes": "\"'",
    "[[a|b]]": "[[a|b]]",
    "![[x]]": "![[x]]",
    "[a](b)": "[a](b)",
    "$$": "$$",
    "$a$": "$a$ ",
    "`a`": "`a` ",
    "==a==": "==a== ",
    "{{c1::a}}": "{{c1::a}} ",
    "- [ ]": "- [ ] ",
    "1.": "1. ",
    ">": ">",
    "#": "#",
    "# ": "# ",
    "#a": "#a ",
    "&": "&",
    "&amp;": "&amp;",
    "<a>": "<a>",
    "<br>": "<br>",
    "<!-- a -->": "<!-- a -->",
    ":::": ":::",
    "~~": "~~",
    "^": "^",
    "[^1]": "[^1]",
    "[^1]: ": "[^1]: ",
    "?": "?",
    "a?": "a? ",
    "Q: ": "Q: ",
    "a::b": "a::b ",
    "**a**": "**a** ",
    "![](": "![](",
    "[]": "[]",
    "full width": "：＃？",
    "combining": "e\u0301\u0323",
    "{{c1::$a$": "{{c1::$a$ ",
    "` and <": "`a <b> ",
    "# and >": "# > ",
    "[[a#b]]": "[[a#b]]",
    "[[]]": "[[]]",
    "[[[a]]]": "[[[a]]]",
    "[[a]](b)": "[[a]](b)",
    "%%a%%": "%%a%% ",
    "<% a %>": "<% a %> ",
    "<details>": "<details>",
    "https://a/b": "https://a/b ",
    "==== ": "==== ",
    "$==a==$": "$==a==$ ",
    "std::a": "std::a ",
    "(a:: b)": "(a:: b) ",
    "C: [a]": "C: [a] ",
    "#🧠": "#🧠 ",
}
"""What a line of a hostile text is made of."""

_DECK = "#flashcards\n\n"
LINES: dict[str, str] = {
    **{f"{name}, line by line": text + "\n" for name, text in HOSTILE.items() if len(text) < 10},
    "> in >": "".join("> " * depth + "a\n" for depth in range(1, 40)),
    "- in -": "".join("  " * depth + "- a\n" for depth in range(40)),
    "> - in > -": "".join("> - " * depth + "a\n" for depth in range(1, 20)),
    "deeper and deeper": "> > > > > > > > > > > > > > > > > > > > > a\n",
    "lazy quotes": "> a\nb\nc\n",
    "open fences in items": "- ```\n  a\n",
    "fences never closed": "```a\n\n~~~b\n\n",
    "formulas never closed": "$$a\n\n",
    "comments never closed": "%% a\n\n",
    "HTML never closed": "<!-- a\n\n<div\n",
    "link definitions": "[a]: b 'c\n",
    "labels of links never closed": "[a\n\n",
    "footnotes": "[^1]: a\n",
    "tables": "| a |\n|---|\n",
    "heads of tables": "a | b\n-|-|-\n",
    "definitions": "a\n: b\n",
    "items": "- a\n",
    "items of one list, far apart": "- a\n\n\n",
    "numbers": "1) a\n",
    "tasks": "- [x] a\n",
    "headings that ask": "# a?\n",
    "Q without A": "Q: a\n",
    "A without Q": "A: b\n",
    "C without ]": "C: [a\n",
    "lone ?": "a\n?\n",
    "callouts": "> [!Summary]\n> a\n",
    "labels": "Summary\n- a\n",
    "terms": "- **T**: a b c d e f\n",
    "START": "START\nBasic\n",
    "details": "<details><summary>a\n\n",
    "escapes": "\\[\\]\\(\n",
    "underlines": "a\n===\n",
    "bullets": "• a\n",
    "ids of cards": "## a\n==b== {c}\n<!--ID: 1600000000000-->\n",
}
"""Lines that a hostile text is made of."""


def prose(size: int) -> str:
    writer = Writer(SEED)
    parts: list[str] = []
    while size > 0:
        parts.append(writer.words(30, 60).capitalize() + ".\n\n")
        size -= len(parts[-1])
    return "".join(parts)


# Measuring


def best(action: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time, the least of so many runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken)


def _tokenize_blocks(parser: MarkdownIt, text: str) -> list[Token]:
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    return tokens


def compare(texts: dict[str, str]) -> str:
    """One line of the table: markdown-it-py, its block pass and `parse_note` over the same texts."""
    parser = MarkdownIt("commonmark").enable("table")
    megabytes = sum(len(text.encode()) for text in texts.values()) / 1e6
    full = best(lambda: [len(parser.parse(text)) for text in texts.values()])
    blocks = best(lambda: [len(_tokenize_blocks(parser, text)) for text in texts.values()])
    ours = best(lambda: [len(parse_note(text, path).cards) for path, text in texts.items()])
    speed = f"{megabytes / ours:.2f}"
    return (
        f"{len(texts):>7} {megabytes:>7.2f} {full:>9.2f} {blocks:>9.2f} {ours:>9.2f} {ours / full:>8.2f}"
        f" {ours / blocks:>8.2f} {speed:>8}"
    )


def speed(sizes: Sequence[int], keep: Path | None) -> None:
    print("Seconds to tokenise with markdown-it-py (in full; its block pass) and to read as cards; one process.")
    print("  notes      MB   in full    blocks  as cards  of full of block   MB/s")
    for size in sizes:
        if keep:
            root = keep / str(size)
            write_vault(root, size)
            texts = read_texts(root)
        else:
            with tempfile.TemporaryDirectory() as folder:
                write_vault(Path(folder), size)
                texts = read_texts(Path(folder))
        print(compare(texts), flush=True)


def folder(root: Path) -> None:
    """The same for a folder of one's own."""
    paths = (path for path in sorted(root.rglob("*")) if path.suffix in (".md", ".markdown", ".txt") and path.is_file())
    print(compare({str(path): path.read_bytes().decode("utf-8", "replace") for path in paths}))


def costs(unit: str, sizes: Sequence[int], limit: float = float("inf")) -> list[float]:
    """Nanoseconds a byte of a text that repeats `unit`, for each size in kB; no further once they pass `limit`.

    As `timeit` does, this leaves the garbage collector out: what it costs grows with all that lives, not with the text.
    """
    found: list[float] = []
    gc.disable()
    for size in sizes:
        opening = _DECK if unit.startswith(_DECK) else ""
        own = unit.removeprefix(opening)
        text = opening + (own * (size * 1000 // len(own) + 1))[: size * 1000]
        found.append(best(partial(parse_note, text, "a.md")) / len(text) * 1e9)
        if found[-1] > limit:
            break
    gc.enable()
    return found


def hostile(sizes: Sequence[int], only: str) -> None:
    """What a byte of each hostile text costs, how that grows, and how it compares with harmless text of its kind."""
    print("\nNanoseconds a byte at each size in kB; how that grows; and times the cost of harmless text.")
    print(f"{'':<34}" + "".join(f"{size:>9}" for size in sizes) + f"{'grows':>9}{'times':>9}")
    for harmless, texts in ((prose(20_000), HOSTILE), ("ab cd ef\n\n", LINES)):
        base = costs(harmless, sizes)
        name = "prose" if texts is HOSTILE else "prose of short lines"
        print(f"{name:<34}" + "".join(f"{cost:>9.0f}" for cost in base) + f"{base[-1] / base[0]:>9.2f}")
        decks = {f"{name}, in a deck": f"{_DECK}{unit}" for name, unit in texts.items() if texts is HOSTILE}
        for name, unit in (texts | decks).items():
            if only in name:
                taken = costs(unit, sizes, 100 * base[0])
                times = max(cost / usual for cost, usual in zip(taken, base, strict=False))
                figures = "".join(f"{cost:>9.0f}" for cost in taken)
                print(f"{name:<34}{figures}{taken[-1] / taken[0]:>9.2f}{times:>9.1f}", flush=True)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="*", default=[1000], help="sizes of the vaults")
    parser.add_argument("--keep", type=Path, help="leave the vaults in this folder")
    parser.add_argument("--folder", type=Path, help="measure the notes of this folder too")
    parser.add_argument(
        "--hostile", type=int, nargs="*", default=[250, 500, 1000, 2000], help="sizes of hostile texts, kB"
    )
    parser.add_argument("--only", default="", help="only the hostile texts whose name holds this")
    told = parser.parse_args(arguments)
    speed(told.notes, told.keep)
    if told.folder:
        folder(told.folder)
    if sizes := [size for size in told.hostile if size]:
        hostile(sizes, told.only)


if __name__ == "__main__":
    main(sys.argv[1:])
