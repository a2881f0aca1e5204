"""Mutants of notes: bytes of real ones changed at random in the ways in which notes break; a number always makes one.

`mutant(seeds, seed, number)` takes its material from `seeds`, the contents of files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from studytool.notes.reading import decoded

LARGEST = 60_000
"""Bytes of a note that one mutant is made of, at most."""
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
