"""How long the table of cards takes to answer a key, through a real pseudo-terminal, half of the cards learned.

    python tests/bench/browse.py [CARDS] [--times N]

Opens the table from home, pages down and up, goes to both ends, sorts, and types words letter by letter: of each
letter the time until anything is written (its echo) and until what it finds is there. The goal is 50 ms for a key.
Sorting and the first search, which reads or makes the texts of all cards, go on in a thread of their own: for them the
goal holds for the keys that are pressed meanwhile.

Beside the clock stands what the program took of the processor until then, and the median (by the clock) of what Textual
itself takes: its own table of as many rows, below a field that searches nothing (`peer.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from peer import BESIDE_ROWS
from terminal import Child, environment, stolen, studytool

GOAL = 50.0
NOTE = 20
WORDS = ("gradient", "kernel", "pooling", "momentum", "entropy", "softmax", "bias", "stride", "epoch", "residual")


def write(folder: Path, count: int) -> list[str]:
    """Notes of twenty cards each; returns the text of each card as a search sees it, in study order."""
    chance, texts = random.Random(7), []
    folder.mkdir()
    for first in range(0, count, NOTE):
        topic, cards = f"Topic {first // NOTE:05}", []
        for number in range(first, min(first + NOTE, count)):
            front = f"Prompt{number:06} {' '.join(chance.choices(WORDS, k=4))} $w \\cdot x$?"
            back = f"Answer{number:06} {' '.join(chance.choices(WORDS, k=8))}."
            cards.append(f"Q: {front}\nA: {back}\n")
            texts.append(f"{front}\n{back}\n{topic}".casefold())
        (folder / f"note{first // NOTE:05}.md").write_text(f"# {topic}\n\n" + "\n".join(cards))
    return texts


def learn(folder: Path) -> None:
    """Two answers to each second card, in the log of the environment."""
    from studytool import clock, desk
    from studytool.memory import Draft, Moment
    from studytool.memory.events import DAY_MS

    chance, table, now = random.Random(7), desk.open_desk(desk.request([str(folder)])), clock.now()
    drafts = []
    for key in table.library.order[::2]:
        first = chance.randint(10, 90)
        for days in (first, chance.randint(0, first - 1)):
            moment = Moment(now.ms - days * DAY_MS, now.offset)
            drafts.append(Draft("review", key, {"grade": chance.choice((1, 3, 3, 4))}, moment))
    table.store.append_all(drafts)
    table.close()


class Taken(NamedTuple):
    """What a key took, in milliseconds."""

    clock: float
    processor: float
    """Of the program: without what it waited for, and what the host of a virtual machine kept."""


def timed(child: Child, key: str, *ends: Callable[[], float]) -> list[Taken]:
    """Press a key, and measure to each of these moments."""
    before = child.ran()
    pressed = child.press(key)
    return [Taken(1000 * (end() - pressed), 1000 * (child.ran() - before)) for end in ends]


def until(child: Child, key: str, text: str) -> Taken:
    """From a key to a text on the screen."""
    child.listen(0.05)
    return timed(child, key, partial(child.painted, text))[0]


def table_at(folder: Path, size: tuple[int, int], texts: Sequence[str], times: int) -> dict[str, list[Taken]]:
    """What each kind of key takes, the preview beside the table where `size` has room for it."""
    width, height = size
    page, last = height - 5, len(texts) - 1
    found: dict[str, list[Taken]] = {}

    def took(what: str, *taken: Taken) -> None:
        found.setdefault(what, []).extend(taken)

    child = Child([*studytool(), str(folder / "notes")], environment(folder), width, height)
    try:
        child.painted("Everything")
        child.listen(3)
        for _ in range(times):
            took("/ to the table", until(child, "/", "Prompt000000"))
            child.listen(0.3)
            child.press("\x1b")
            child.listen(0.3)
            child.press("\x1b")
            child.listen(2.5)  # home counts what is due anew
        child.press("/")
        child.listen(0.3)
        echoes(child, "gradient", found, "letter's echo during the first search")
        child.listen(12)
        child.press("\x7f" * 8)
        child.listen(1)
        for number in range(1, times + 1):
            took("page down", until(child, "\x1b[6~", f"Prompt{number * page:06}"))
        for number in range(times - 1, -1, -1):
            took("page up", until(child, "\x1b[5~", f"Prompt{number * page:06}"))
        typed(child, texts, times, took)
        child.press("\r")
        child.listen(0.3)
        for _ in range(times):
            took("to the last card", until(child, "G", f"Prompt{last:06}"))
            took("to the first card", until(child, "g", "Prompt000000"))
        for number in (1, 2, 4, 5, 6, 7, 8):
            child.press("0")
            child.listen(0.6)
            child.press(str(number))
            took("a key's answer while sorting", *timed(child, "j", child.answered))
            child.listen(1.5)
    finally:
        child.kill()
    return found


def peer_at(folder: Path, size: tuple[int, int], count: int, times: int) -> dict[str, float]:
    """Medians in milliseconds, by the clock, of the same keys in Textual's own table."""
    found: dict[str, list[Taken]] = {}
    page, last = size[1] - BESIDE_ROWS, f"Prompt{count - 1:06}"
    script = Path(__file__).with_name("peer.py")
    child = Child([sys.executable, str(script), str(count)], environment(folder), *size)
    try:
        heard = b""
        while b"Prompt000000" not in heard:  # it takes 100,000 rows in for half a minute
            heard += child.listen(1)
        child.listen(3)
        for number in range(1, times + 1):
            found.setdefault("page down", []).append(until(child, "\x1b[6~", f"Prompt{number * page:06}"))
        for number in range(times - 1, -1, -1):
            found.setdefault("page up", []).append(until(child, "\x1b[5~", f"Prompt{number * page:06}"))
        for _ in range(times):
            found.setdefault("to the last card", []).append(until(child, "\x1b[1;5F", last))
            found.setdefault("to the first card", []).append(until(child, "\x1b[1;5H", "Prompt000000"))
        child.press("\t")
        child.listen(0.5)
        for _ in range(max(times // 8, 2)):
            echoes(child, "gradient", found, "letter's echo")
    finally:
        child.kill()
    return {what: median(each.clock for each in taken) for what, taken in found.items()}


def echoes(child: Child, word: str, found: dict[str, list[Taken]], what: str) -> None:
    """Type a word, a letter each 150 ms."""
    for letter in word:
        child.listen(0.05)
        found.setdefault(what, []).extend(timed(child, letter, child.answered))
        child.listen(0.1)


def typed(child: Child, texts: Sequence[str], times: int, took: Callable[[str, Taken], None]) -> None:
    """Words letter by letter: until the letter is there, and until the number of cards that it finds is."""
    for turn in range(max(times // 8, 2)):
        word = f"prompt{(turn * 7919) % len(texts):06}"
        for end in range(6, len(word) + 1):
            number = sum(word[:end] in text for text in texts)
            child.listen(0.3)
            text = f"{number:,} of " if number < len(texts) else ""
            ends = (child.answered, partial(child.painted, text)) if text else (child.answered,)
            for what, taken in zip(
                ("letter's echo", "letter to what it finds"),
                timed(child, word[:6] if end == 6 else word[end - 1], *ends),
                strict=False,
            ):
                took(what, taken)
        child.listen(0.3)
        child.press("\x7f" * len(word))
        child.painted("all cards")  # else a key to the last card goes to the last one of those that were found before
        child.listen(0.5)


def report(found: dict[str, list[Taken]], peer: dict[str, float]) -> bool:
    """Print a row for each kind of key; whether the goal was missed by the 95th percentile of one."""
    print(f"{'by the clock':>52}{'of the processor':>33}")
    print(f"{'':<40}{'median':>8}{'p95':>8}{'slowest':>9}{'median':>12}{'p95':>8}{'Textual':>9}")
    missed = False
    for what, taken in found.items():
        clock, processor = (sorted(each) for each in zip(*taken, strict=True))
        at = min(round(0.95 * len(clock)), len(clock) - 1)
        missed |= clock[at] > GOAL
        own = f"{peer[what]:>9.1f}" if what in peer else " " * 9
        told = f"{median(clock):>8.1f}{clock[at]:>8.1f}{clock[-1]:>9.1f}{median(processor):>12.1f}{processor[at]:>8.1f}"
        print(f"{what:<40}{told}{own}{'  over the goal' * (clock[at] > GOAL)}")
    return missed


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cards", nargs="?", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20, help="how often each key is pressed (20)")
    told = parser.parse_args(arguments)
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = write(folder / "notes", told.cards)
        os.environ.update({k: v for k, v in environment(folder).items() if k.startswith("STUDYTOOL_")})
        learn(folder / "notes")
        for size in ((80, 24), (200, 60)):
            print(f"\n{told.cards:,} cards at {size[0]} × {size[1]}, milliseconds")
            before = stolen()
            found = table_at(folder, size, texts, told.times)
            kept, all_in_all = (now - then for now, then in zip(stolen(), before, strict=True))
            missed |= report(found, peer_at(folder, size, told.cards, told.times))
            print(f"kept by the host of this machine meanwhile: {100 * kept / all_in_all:.1f} % of its processors")
    return missed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
