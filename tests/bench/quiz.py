"""What a paper costs and how fair it is: building one as the library grows, and what guessers score on many.

    python tests/bench/quiz.py [--seeds N] [FOLDER …]

First the CPU time of a paper of 40 questions from vaults of growing size, and from 10,000 cards whose answers are all
prose (200 notes of 50 sections, the dearest to make options of), in milliseconds and against the limit of 200 ms, and
the part that reading the keys and topics alone takes, which any paper must. Then, for each FOLDER of notes
and for the built-in course, the score of guessers that know nothing but tricks, on the choices that so many papers of
all cards make from plain ones: of the course some 46 a paper, so that the figures of a few papers are uncertain by 5.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from notes import write_vault

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from studytool import places  # noqa: E402
from studytool.notes import load_library  # noqa: E402
from studytool.quiz import build  # noqa: E402
from studytool.quiz.faces import Shelf  # noqa: E402
from tests.quiz.test_guessers import made, scores  # noqa: E402

LIMIT = 200  # milliseconds
SEEDS = 15


def write_prose(folder: Path, notes: int) -> None:
    """Notes of 50 sections, each a question with an answer of two sentences of random words."""
    rng = Random(1)
    syllables = [first + second for first in "bcdfglmnprst" for second in "aeiou"]
    known = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(3000)]
    for note in range(notes):
        parts = [f"# Topic {note}\n"]
        for section in range(50):
            title, one, two = (" ".join(rng.sample(known, count)) for count in (2, 10, 9))
            parts.append(f"## What is {title} {section}?\n\nA {one}. It {two}.\n")
        (folder / f"{note}.md").write_text("\n".join(parts), "utf-8")


def costs(notes: int, write: Callable[[Path, int], object] = write_vault) -> None:
    """A paper of 40 questions from a vault of so many notes, by many seeds."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), notes)
        root = Path(folder)
        load_library([root], root=root, cache=root / ".cache")
        taken, keys = [], []
        for seed in range(SEEDS):
            library = load_library([root], root=root, cache=root / ".cache")  # no note is open yet
            cards = len(library.entries)
            start = time.process_time()
            Shelf(library)
            keys.append(1000 * (time.process_time() - start))
            start = time.process_time()
            paper = build(library, count=40, seed=seed)
            taken.append(1000 * (time.process_time() - start))
            assert len(paper.questions) == 40
        middle = statistics.median(taken)
        print(
            f"{cards:8,} cards: {middle:6.0f} ms ({min(taken):.0f} to {max(taken):.0f}), {middle / LIMIT:.2f} of the "
            f"limit; keys and topics {statistics.median(keys):.0f} ms"
        )


def fairness(folder: Path, seeds: int) -> None:
    """What guessers score on the choices made from the cards of a folder; chance is 25."""
    found = made(load_library([folder], root=folder), seeds=seeds)
    told = scores(found)
    listed = ", ".join(f"{name} {percent:.1f}" for name, percent in told.items())
    print(f"{folder.name}: {len(found)} choices, {min(told.values()):.1f} to {max(told.values()):.1f}: {listed}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=25)
    parser.add_argument("folders", nargs="*", type=Path)
    args = parser.parse_args()
    for notes in (100, 1_000, 10_000):
        costs(notes)
    costs(200, write_prose)
    for folder in (places.built_in("cards"), *args.folders):
        fairness(folder.resolve(), args.seeds)


if __name__ == "__main__":
    main()
