"""Searching a large vault: each kind of query, a search typed letter by letter, the first search, memory.

Beside it in the same run: SQLite's `LIKE` over the same texts in memory and, where `--anki PYTHON` names an interpreter
that has the `anki` package, the search of Anki over the same cards. Run it as `python tests/bench/search.py`;
`--notes 800 8000` says how large the vaults are (a note has about 12 cards). Figures are milliseconds of CPU time, the
median of seven, with nothing kept from one time to the next; so are those of the peers.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from notes import write_vault

from studytool.memory import Memory, Moment, replay
from studytool.memory.events import DAY_MS, Event, uuid7
from studytool.notes.library import Shelf
from studytool.notes.shelved import Shelved
from studytool.search import Searcher

NOW = Moment(1_796_040_000_000, 60)
# What is asked, and how the peers are asked the same, where they can be.
QUERIES: list[tuple[str, str, str]] = [
    ("gulan", "text LIKE '%gulan%'", "gulan"),
    ("gu", "text LIKE '%gu%'", "gu"),
    ("e", "text LIKE '%e%'", "e"),
    ("xyzzy", "text LIKE '%xyzzy%'", "xyzzy"),
    ('"gulan fetic"', "text LIKE '%gulan fetic%'", '"gulan fetic"'),
    ("gulan fetic", "text LIKE '%gulan%' AND text LIKE '%fetic%'", "gulan fetic"),
    ("gulan or fetic", "text LIKE '%gulan%' OR text LIKE '%fetic%'", "gulan or fetic"),
    ("-gulan", "text NOT LIKE '%gulan%'", "-gulan"),
    ("front:gulan", "front LIKE '%gulan%'", "Front:*gulan*"),
    ("gu*lit", "text LIKE '%gu%lit%'", "gu*lit"),
    ("topic:fetic", "", ""),
    ("topic:gu*", "topic LIKE 'gu%'", ""),
    ("tag:gulan", "tags LIKE '% gulan %'", "tag:gulan"),
    ("tag:gulan fetic", "tags LIKE '% gulan %' AND text LIKE '%fetic%'", "tag:gulan fetic"),
    ("path:gulan", "", ""),
    ("has:math", "", ""),
    ("is:new", "", "is:new"),
    ("is:due", "", ""),
    ("due:<3d", "", ""),
    ("recall:<0.8", "", ""),
    ("lapses:>0", "", ""),
    ("graded:again", "", ""),
    ("introduced:<30d", "", ""),
    ("topic:fetic is:due recall:<0.9 -suspended gulan", "", ""),
]

ANKI = """
import json, statistics, sys, time
from anki.collection import AddNoteRequest, Collection
from anki.decks import DeckId
cards, queries, path = json.load(open(sys.argv[1])), json.loads(sys.argv[2]), sys.argv[3]
col = Collection(path)
kind = col.models.by_name("Basic")
asked = []
for front, back, tags in cards:
    note = col.new_note(kind)
    note.fields = [front, back]
    note.tags = tags
    asked.append(AddNoteRequest(note, DeckId(1)))
for start in range(0, len(asked), 5000):
    col.add_notes(asked[start : start + 5000])
found = {}
for query in queries:
    times = []
    for _ in range(7):
        start = time.process_time()
        ids = col.find_cards(query)
        times.append(time.process_time() - start)
    found[query] = [1000 * statistics.median(times), len(ids)]
print(json.dumps(found))
"""


def cost(action: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds of CPU time, the median of seven."""
    taken = []
    for _ in range(7):
        before()
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return 1000 * statistics.median(taken)


def resident() -> float:
    """Memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def library_of(vault: Path, cache: Path) -> Shelved:
    shelf = Shelf([vault], cache=cache)
    for _ in shelf.read():
        pass
    library = shelf.library()
    assert isinstance(library, Shelved)
    assert library.entries
    return library


def learned(library: Shelved, share: float) -> Memory:
    """Two answers to this share of the cards, some of them long ago."""
    chance = random.Random(7)
    events = []
    for number, key in enumerate(library.entries):
        if chance.random() > share:
            continue
        for order, days in enumerate((chance.randint(40, 90), chance.randint(0, 39))):
            at = NOW.ms - days * DAY_MS
            name = uuid7(at, (2 * number + order).to_bytes(10, "big"))
            grade = {"grade": chance.choice((1, 3, 3, 4))}
            events.append(Event(name, at, NOW.offset, "here", 2 * number + order, "review", key, grade))
    memory = replay(events)
    for key in library.entries:
        memory.state(key)
    return memory


def like(library: Shelved) -> sqlite3.Connection:
    """The same texts in a table."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE card (text TEXT, front TEXT, topic TEXT, tags TEXT)")
    rows = (
        (f"{card.front}\x1f{card.back}\x1f{card.topic}", card.front, card.topic, f" {' '.join(card.tags)} ")
        for card in library.studied()
    )
    database.executemany("INSERT INTO card VALUES (?, ?, ?, ?)", rows)
    return database


def anki(python: str, library: Shelved, folder: Path) -> dict[str, list[float]]:
    """What the same queries cost in Anki."""
    cards = [(card.front, card.back, list(card.tags)) for card in library.studied()]
    (folder / "cards.json").write_text(json.dumps(cards))
    queries = json.dumps([asked for _, _, asked in QUERIES if asked])
    command = [python, "-c", ANKI, str(folder / "cards.json"), queries, str(folder / "peer.anki2")]
    told: dict[str, list[float]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def first(library: Shelved, file: Path) -> float:
    start = time.process_time()
    Searcher(library, Memory(), file).find("gulan", NOW)
    return 1000 * (time.process_time() - start)


def measure(count: int, share: float, python: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_vault(folder / "vault", count)
        library = library_of(folder / "vault", folder / "cache")
        file = folder / "cache" / "a.texts"
        cold = first(library, file)
        kept = first(library_of(folder / "vault", folder / "cache"), file)
        print(f"\n{len(library.entries)} cards in {count} notes, {share:.0%} of them learned")
        size = file.stat().st_size / 1e6
        print(f"first search, nothing kept: {cold:.0f} ms; with the file of {size:.1f} MB: {kept:.0f} ms")
        searching = [sys.executable, __file__, "--memory-of", str(folder / "vault"), "--cache", str(folder / "cache")]
        print(f"memory for searching: {subprocess.check_output(searching, text=True).strip()} MB")
        library = library_of(folder / "vault", folder / "cache")
        searcher = Searcher(library, learned(library, share), file)
        peer = anki(python, library, folder) if python else {}
        compare(searcher, like(library), peer)
        type_on(searcher)


def compare(searcher: Searcher, database: sqlite3.Connection, peer: dict[str, list[float]]) -> None:
    print(f"{'query':<50}{'found':>8}{'ms':>8}{'LIKE':>9}{'anki':>9}")
    for query, condition, asked in QUERIES:
        found = len(searcher.find(query, NOW))
        told = [cost(lambda query=query: searcher.find(query, NOW), searcher._masks.clear)]  # type: ignore[misc]
        if condition:
            sql = f"SELECT rowid FROM card WHERE {condition}"
            told.append(cost(lambda sql=sql: database.execute(sql).fetchall()))  # type: ignore[misc]
        figures = f"{told[0]:>8.1f}" + (f"{told[1]:>9.1f}" if condition else f"{'-':>9}")
        print(f"{query:<50}{found:>8}{figures}" + (f"{peer[asked][0]:>9.1f}" if asked in peer else f"{'-':>9}"))


def type_on(searcher: Searcher) -> None:
    """Letter by letter, as a search while typing asks."""
    for typed in ("gulan fetic", "topic:fetic gulan"):
        searcher._masks.clear()
        taken = []
        for end in range(typed.find(":") + 2, len(typed) + 1):
            start = time.process_time()
            searcher.find(typed[:end], NOW)
            taken.append(1000 * (time.process_time() - start))
        print(f"typing {typed!r}: {' '.join(f'{one:.1f}' for one in taken)} ms a key")


def memory_of(vault: Path, cache: Path) -> float:
    """MB that one search of each kind leaves in a process that knows the library, as every screen does."""
    library = library_of(vault, cache)
    assert library.topics
    assert library.titles
    before = resident()
    searcher = Searcher(library, Memory(), cache / "a.texts")
    for query, _, _ in QUERIES:
        searcher.find(query, NOW)
    return resident() - before


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notes", type=int, nargs="*", default=[800, 8000], help="sizes of the vaults")
    parser.add_argument("--learned", type=float, default=0.5, help="the share of cards that were answered")
    parser.add_argument("--anki", default="", metavar="PYTHON", help="an interpreter with the anki package")
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.memory_of:
        print(f"{memory_of(told.memory_of, told.cache):.0f}")
        return
    for count in told.notes:
        measure(count, told.learned, told.anki)


if __name__ == "__main__":
    main(sys.argv[1:])
