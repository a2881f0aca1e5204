"""Notes that nobody wrote: bytes of real ones changed at random, each read in all manners, none of which may fail.

Run it as `python tests/bench/fuzz.py --mutants 100000`; folders of notes may follow, else the project's own are taken.
`--seed` and `--first` say which mutants: the same numbers and files, the same mutants. `--seconds` is the processor
time that one reading may take. A mutant that fails is made as small as it can be and written to the folder `--keep`.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from studytool.notes.codec import pack, unpack
from studytool.notes.dangling import dangling
from studytool.notes.embeds import resolved
from studytool.notes.model import Note
from studytool.notes.parse import parse_note
from studytool.notes.reading import decoded
from studytool.notes.targets import Targets
from studytool.notes.vault import DEFAULT_VAULT, AnkiBlocks, Flashcards, Vault, with_inferred
from studytool.text import clean

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
ENDINGS = (".md", ".txt", ".gift", ".toml")
LARGEST = 60_000
"""Bytes of a note that one mutant is made of, at most."""
HEX = frozenset("0123456789abcdef")


# Manners of reading


_ODD = Flashcards(
    tags=("", "🧠", "a/b"),
    unwanted_tags=("todo",),
    folders=True,
    ignored=("{a", "**/x{1,2}*.md", "/", "*"),
    inline=("->->->", "::", "|", " "),
    inline_reversed=(":::", "<->"),
    multiline=("?", "---", ""),
    multiline_reversed=("??", "```"),
    multiline_end="+++",
    clozes=(
        *("==[123;;]answer[;;hint]==", "**[123;;]answer[;;hint]**", "{{[123;;]answer[;;hint]}}", "answer", "", "[]"),
        *(
            "[123::]{{answer}}[::hint]",
            "{{c[123]::answer[::hint]}}",
            "$answer$",
            "`answer`",
            "(answer)[hint]",
            " answer ",
        ),
    ),
)
_RENAMED = AnkiBlocks(
    *("START_CARD", "END_CARD", "[[", "]]", "DECK:", "TAGS", "#", "**"),
    fields=(("Basic", ("Front", "Back")), ("Cloze", ("Text", "")), ("", ())),
    flags=("fc", "", "🧠"),
)
MANNERS: dict[str, tuple[str, Vault]] = {
    "default": ("deep/mutant.md", DEFAULT_VAULT),
    "inferred": ("What is a mutant.md", with_inferred(DEFAULT_VAULT, [";;", "->->->"])),
    "odd": ("a/b.md", Vault(_ODD, _RENAMED, told=True)),
    "folders": ("a/b.txt", Vault(replace(Flashcards(), folders=True), told=True)),
    "gift": ("a.gift", DEFAULT_VAULT),
}


# What must hold


class TooLong(BaseException):
    """A reading that took more than its time; no `except Exception` may hide it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooLong` in what takes more than so much processor time, however busy the machine is with other work."""

    def stop(*_: object) -> None:
        raise TooLong(f"still busy after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check(content: bytes, manner: str, seconds: float) -> None:
    """Raises what goes wrong when these bytes are read."""
    text = decoded(content)
    if isinstance(text, tuple):
        code, message, hint, line = text
        assert all((code, message, hint)), "a trouble says too little"
        assert 1 <= line <= content.count(b"\n") + 1, "a trouble outside the file"
        return
    path, vault = MANNERS[manner]
    with at_most(seconds):
        note = parse_note(text, path, vault=vault, place=path)
    held(note, clean(text).removeprefix("\ufeff").split("\n"))
    assert unpack(pack(note), note.path) == note, "the packed note is another"
    if manner == "default":
        places = [path, "deep/other.md", "y.png"]
        (whole,) = resolved([note], Targets(places, [note]), lambda place: text)
        held(whole, clean(text).removeprefix("\ufeff").split("\n"))
        list(dangling([whole], Targets(places, [note])))


def held(note: Note, lines: Sequence[str]) -> None:
    """Raises when something in the note is not as it has to be."""
    for item in [*note.studied, *note.diagnostics]:
        span = item.span
        assert 1 <= span.line <= span.end_line <= len(lines), f"lines outside the file: {item}"
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, f"a column outside the line: {item}"
    for reference in note.references:
        assert 1 <= reference.line <= len(lines), f"a line outside the file: {reference}"
        assert 1 <= reference.column <= len(lines[reference.line - 1]) + 1, f"a column outside the line: {reference}"
    for card in note.studied:
        assert card.front.strip(), f"a blank front: {card}"
        assert card.back.strip() or card.kind == "open", f"a blank back: {card}"
        assert len(card.key) == 32, f"no key: {card}"
        assert not set(card.key) - HEX, f"no key: {card}"
    for question in note.questions:
        assert all(option.text.strip() for option in question.options), f"a blank option: {question}"
    for text in texts(note):
        assert clean(text) == text, f"a control character: {text!r}"


def texts(value: object) -> Iterator[str]:
    """Every text that a noun holds, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


# Mutants

_SIGNS = """
:: ::: ;; ->->-> == ==a== ==1;;x;;h== {{ }} {{c1:: {{c2::a::b}} {{1::a}} {{x}} { } {T} {=a~b} {#3:1} {#1..2} ~%50% = ~
::t:: //
#### [x] [ ] *** ___ ** **A**: ` `` ``` ```` ~~~ $ $$ \\( \\[ \\ Q: A: C: [[ ]] [[a|b]] ![[a#b]] ![[#^id]]
]( ^id ![](y.png) (demo:a?b=c) [^1] [^1]: <!-- --> %% <% %> <br/> <details><summary> </summary> </details> <!--ID:1-->
FROZEN START END STARTI ENDI DELETE #fc ~~x~~ TARGET_DECK #flashcards #🧠 🧠 #card <!--SR: <!--SR:!2024-01-01,3,250-->
<!--SR:!2024-01-01,3,250!2024-01-02,4,2e9--> <!--SR:!fsrs,2024-01-01,3,5.5,7,2--> [due::x] (k::v)
Q1. | ？ ： é e\u0301 漢
ا 👩‍🔬 ß İ ² ٣ ٣) ① ǅ ﬁ \U000e0041
"""
_LINES = """
-
*
1.
a)
A.
>
#
##
######
- [ ] a
- [x] a
- [-] a
?
??
---
+++
- **T**: five or more words of text here
**Question?**
**Answer: B**
**Answer:** a
### Q1: a? ###
#### Q1. a
## Question (EN)
## Answer (EN)
## Why?
Why?
# Note
## Front
## Back
### Tags
Basic
Cloze
Back: a
Tags: a b
TARGET DECK
TARGET DECK: a
FILE TAGS
START_CARD
END_CARD
STARTI [Basic] a Back: b ENDI
```gift
$CATEGORY: a/b
{=a->b =c->d}
<details open><summary><b>
> [!Summary]
>[!Follow up questions]
> [!question]- a?
> [!sr|card-metadata]
Summary
Example
Questions:
Differences between a and b:
: d
| a | b |
|---|---|
key:: value
name = 1
title: x
tags: [flashcards]
cards: off
after: [[a]]
sr-due: 2024-01-01
aliases: &a [*a]
excalidraw-plugin: parsed
""".strip().split("\n")
_SPACES = [
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "    ",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
]
_CONTROLS = ["\u202e", "\ufeff", "\x00", "\x1b[31m", "\x1b]0;a", "\x9b"]
_MADE = [
    *_SIGNS.split(),
    *_LINES,
    *(f"{line} " for line in _LINES),
    *(f"{line}\n" for line in _LINES),
    *_SPACES,
    *_CONTROLS,
]
MARKERS = [marker.encode() for marker in _MADE]
MARKERS += [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\xef\xbb\xbf", b"\xff\xfe"]

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def _place(chance: random.Random, content: bytes) -> int:
    """Anywhere; half the time where a line begins, for there most markers count."""
    at = chance.randint(0, len(content))
    return content.rfind(b"\n", 0, at) + 1 if chance.random() < 0.5 else at


def _range(chance: random.Random, content: bytes) -> tuple[int, int]:
    start = _place(chance, content)
    return start, min(len(content), start + int(chance.expovariate(1 / 40)))


def flip(chance: random.Random, content: bytes, other: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def random_bytes(chance: random.Random, content: bytes, other: bytes) -> bytes:
    at = _place(chance, content)
    return content[:at] + chance.randbytes(chance.randint(1, 6)) + content[at:]


def delete(chance: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:start] + content[end:]


def duplicate(chance: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _range(chance, content)
    at = _place(chance, content)
    return content[:at] + content[start:end] * chance.randint(1, 4) + content[at:]


def insert_marker(chance: random.Random, content: bytes, other: bytes) -> bytes:
    at = _place(chance, content)
    return content[:at] + chance.choice(MARKERS) + content[at:]


def marker_soup(chance: random.Random, content: bytes, other: bytes) -> bytes:
    at = _place(chance, content)
    return content[:at] + b"".join(chance.choices(MARKERS, k=chance.randint(2, 12))) + content[at:]


def replace_by_marker(chance: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:start] + chance.choice(MARKERS) + content[end:]


def splice(chance: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: _place(chance, content)] + other[_place(chance, other) :]


def graft(chance: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _range(chance, other)
    at = _place(chance, content)
    return content[:at] + other[start:end] + content[at:]


def swap_line_ends(chance: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.replace(b"\r\n", b"\n").split(b"\n")
    ends = chance.choice(
        [[b"\r\n"], [b"\r"], [b"\n", b"\r\n"], [b"\n", b"\r", b"\r\n"], [b"\n\n"], [b"\x0b"], [b"\n "]]
    )
    return b"".join(line + chance.choice(ends) for line in lines)


def swap_lines(chance: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def indent(chance: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.split(b"\n")
    start = chance.randrange(len(lines))
    mark = chance.choice([b"  ", b"    ", b"\t", b"> ", b"- ", b">", b"1. ", b"<!-- ", b"| "])
    for at in range(start, min(len(lines), start + chance.randint(1, 12))):
        lines[at] = mark + lines[at]
    return b"\n".join(lines)


def cut(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """Cut off, in the middle of a character where there is one of several bytes."""
    wide = [at for at, byte in enumerate(content[:4000]) if 0x80 <= byte < 0xC0]
    return content[: chance.choice(wide) if wide and chance.random() < 0.7 else _place(chance, content)]


def utf16(chance: random.Random, content: bytes, other: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode("utf-16")[: None if chance.random() < 0.5 else -1]


def repeat(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """A construct ten thousand times: a marker, some of them, or a line of the note."""
    which = chance.random()
    lines = [line for line in content.split(b"\n") if 0 < len(line) < 12]
    if which < 0.5 or not lines:
        unit = b"".join(chance.choices(MARKERS, k=chance.choice([1, 1, 1, 2, 2, 3])))
    else:
        unit = chance.choice(lines) + b"\n"
    at = _place(chance, content)
    return content[:at][-500:] + (unit * 10_000)[:120_000] + content[at:][:500]


MUTATIONS: dict[Mutation, float] = {
    flip: 2,
    random_bytes: 1,
    delete: 3,
    duplicate: 3,
    insert_marker: 5,
    marker_soup: 3,
    replace_by_marker: 4,
    splice: 1.5,
    graft: 2,
    swap_line_ends: 0.7,
    swap_lines: 1.5,
    indent: 1.5,
    cut: 1,
    utf16: 0.1,
}
REPEATS = 0.003
"""How many mutants hold something ten thousand times: each takes as long as hundreds of others."""
LEFT_BROKEN = 0.1
"""How many mutants that are not UTF-8 are left so: they are told apart at once, and reading has nothing to do."""


def window(chance: random.Random, content: bytes) -> bytes:
    """A part of a note, from the beginning of a line on; small ones more often, for more of them can be read."""
    size = chance.choices([1200, 5000, LARGEST], [75, 22, 3])[0]
    if len(content) <= size:
        return content
    start = 0 if chance.random() < 0.3 else content.rfind(b"\n", 0, chance.randint(0, len(content) - size)) + 1
    return content[start : start + size]


def mutant(seeds: Sequence[bytes], seed: int, number: int) -> bytes:
    """The mutant of this number."""
    chance = random.Random(f"{seed} {number}")
    content, other = window(chance, chance.choice(seeds)), window(chance, chance.choice(seeds))
    if chance.random() < REPEATS:
        content = repeat(chance, content, other)
    else:
        steps = chance.choices([1, 2, 4, 10], [4, 3, 2, 1])[0]
        for mutation in chance.choices(list(MUTATIONS), list(MUTATIONS.values()), k=steps):
            content = mutation(chance, content, other)
    if chance.random() >= LEFT_BROKEN and isinstance(decoded(content), tuple):
        content = content.decode("utf-8", "replace").encode()
    return content


# Files to start from


def files_of(folders: Sequence[Path]) -> list[bytes]:
    """The notes under these folders, in the order of their names, and some that are generated."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in ENDINGS and path.is_file():
                found.append(path.read_bytes())
    return found


def generated(count: int = 60) -> list[bytes]:
    """Notes in all the ways people write cards, of words that mean nothing."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        from notes import vault
    finally:
        sys.path.pop(0)
    return [text.encode() for _, text in vault(count)]


def own_folders() -> list[Path]:
    """The project's own notes, and the collection of real ones where it is there."""
    return [folder for folder in (ROOT / "cards", ROOT / "tests" / "fixtures", SAMPLES) if folder.is_dir()]


# Failures


def failure(content: bytes, seconds: float) -> tuple[str, str, str] | None:
    """In which manner reading these bytes fails, what sort of failure it is, and all about it; None where none is."""
    for manner in MANNERS:
        try:
            check(content, manner, seconds)
        except (Exception, TooLong) as error:
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame.name for frame in where]
            sort = type(error).__name__ if isinstance(error, TooLong) else f"{type(error).__name__} in {ours[-1]}"
            if isinstance(error, AssertionError):
                sort += f": {str(error).partition(':')[0]}"
            return manner, sort, "".join(traceback.format_exception(error))
    return None


def smaller(content: bytes, fails: Callable[[bytes], bool], seconds: float = 20) -> bytes:
    """The least part of `content`, found by leaving halves, quarters and so on out, that still fails."""
    end = time.monotonic() + seconds
    size = len(content) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(content) and time.monotonic() < end:
            rest = content[:at] + content[at + size :]
            if fails(rest):
                content = rest
            else:
                at += size
        size //= 2
    return content


def fuzz(
    seeds: Sequence[bytes], numbers: Sequence[int], seed: int, seconds: float, told: Callable[[str], None] = print
) -> dict[int, tuple[bytes, str]]:
    """What fails of these mutants: each with its least form and what is to be said about it."""
    found: dict[int, tuple[bytes, str]] = {}
    sorts: set[str] = set()
    for number in numbers:
        content = mutant(seeds, seed, number)
        trouble = failure(content, seconds)
        if not trouble:
            continue
        manner, sort, about = trouble
        if sort in sorts:
            told(f"seed {seed} mutant {number}: {sort} again")
            found[number] = content, f"{sort} again"
            continue
        sorts.add(sort)

        def alike(rest: bytes, manner: str = manner, sort: str = sort) -> bool:
            other = failure(rest, seconds)
            return other is not None and other[1] == sort

        least = smaller(content, alike)
        told(f"seed {seed} mutant {number}, read in the manner “{manner}”: {sort}\n{about}\n{least[:400]!r}")
        found[number] = least, f"{sort}\n{about}"
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("mutants"), help="where mutants that fail are written")
    parser.add_argument("folders", nargs="*", type=Path)
    told = parser.parse_args(arguments)
    seeds = files_of(told.folders or own_folders()) + generated()
    print(f"{len(seeds)} files, {sum(map(len, seeds)) / 1e6:.1f} MB", flush=True)
    start, failed = time.monotonic(), 0
    for first in range(told.first, told.first + told.mutants, 1000):
        numbers = range(first, min(first + 1000, told.first + told.mutants))
        for number, (content, about) in fuzz(seeds, numbers, told.seed, told.seconds).items():
            failed += 1
            told.keep.mkdir(exist_ok=True, parents=True)
            (told.keep / f"{told.seed}-{number}.bin").write_bytes(content)
            (told.keep / f"{told.seed}-{number}.txt").write_text(about, "utf-8")
        print(f"{numbers[-1] + 1} mutants, {failed} failed, {time.monotonic() - start:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
