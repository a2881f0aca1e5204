"""Whatever happens to the index on the disk, it costs time and nothing else."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.model import Library

CARD = "Q: What is {}?\nA: It is {}.\n"


def listed(library: Library) -> list[str]:
    return [card.front for card in library.studied()]


def index_file(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "cache").glob("*.sqlite")
    return found


def nonsense(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE catalogue (version TEXT)")
    database.close()


def flipped(path: Path) -> None:
    with sqlite3.connect(path) as database:
        content = bytearray(database.execute("SELECT content FROM catalogue").fetchone()[0])
        content[len(content) // 2] ^= 0xFF
        database.execute("UPDATE catalogue SET content = ?", (bytes(content),))
    database.close()


def notes_lost(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM note")
    database.close()


def notes_damaged(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE note SET packed = x'00ff'")
    database.close()


@pytest.mark.parametrize(
    "damage", [nonsense, half, empty, other_tables, flipped, notes_lost, notes_damaged], ids=lambda one: one.__name__
)
def test_a_damaged_index_costs_nothing_but_time(
    damage: Callable[[Path], None], write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write({f"{number}.md": CARD.format(number, number) * 9 for number in range(40)})
    whole = load_library([folder], cache=tmp_path / "cache")
    expected, said = list(whole.notes), whole.diagnostics
    del whole
    damage(index_file(tmp_path))
    for _ in range(2):
        library = load_library([folder], cache=tmp_path / "cache")
        assert list(library.notes) == expected
        assert library.diagnostics == said


def test_a_cache_that_cannot_be_written_is_done_without(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": CARD.format(1, 1)})
    (tmp_path / "cache").write_text("a file, where a folder should be")
    assert len(load_library([folder], cache=tmp_path / "cache").studied()) == 1


def test_a_damaged_page_of_the_index_is_mended_at_the_next_start(
    write: Callable[..., Path], tmp_path: Path, parsed: list[str]
) -> None:
    folder = write({f"{number}.md": CARD.format(number, number) * 20 for number in range(100)})
    expected = listed(load_library([folder], cache=tmp_path / "cache"))
    gc.collect()  # closes the index, so that all of it is in the one file
    path = index_file(tmp_path)
    content = bytearray(path.read_bytes())
    assert len(content) > 3 * 4096
    content[4096 : len(content)] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    for name in ("-wal", "-shm"):
        Path(f"{path}{name}").unlink(missing_ok=True)
    for _ in range(2):
        assert listed(load_library([folder], cache=tmp_path / "cache")) == expected
        gc.collect()
    parsed.clear()
    assert listed(load_library([folder], cache=tmp_path / "cache")) == expected
    assert parsed == []


def test_the_folder_of_the_index_is_for_its_owner_alone(write: Callable[..., Path], tmp_path: Path) -> None:
    load_library([write({"a.md": CARD})], cache=tmp_path / "cache" / "deep")
    assert (tmp_path / "cache" / "deep").stat().st_mode & 0o077 == 0
