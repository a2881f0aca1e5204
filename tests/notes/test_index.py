"""The index: what it keeps is what was read, and whatever happens to it costs time and nothing else."""

from __future__ import annotations

import gc
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes import library as library_module
from studytool.notes import load_library, reading
from studytool.notes.codec import Plain, pack, pack_topic, unpack, unpack_topic
from studytool.notes.library import Shelf
from studytool.notes.model import Card, DemoLink, Diagnostic, Library, Note, Option, Question, Schedule, Span, Topic
from studytool.notes.reader import Source
from studytool.notes.reading import Job, Manner, read_all
from studytool.notes.vault import DEFAULT_VAULT
from studytool.notes.walk import Tops, scan

CARD = "Q: What is {}?\nA: It is {}.\n"

words = st.text(max_size=8)
many = st.lists(words, max_size=2).map(tuple)
spans = st.builds(Span, st.just("a.md"), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
demos = st.none() | st.builds(DemoLink, words, st.lists(st.tuples(words, words), max_size=2).map(tuple))
schedules = st.none() | st.builds(Schedule, words, st.floats(0, 99), st.none() | st.floats(1, 9))
cards = st.builds(Card, key=words, span=spans, context=many, tags=many, demo=demos, schedule=schedules)
options = st.lists(st.builds(Option, words, st.booleans(), words), max_size=2).map(tuple)
questions = st.builds(Question, key=words, span=spans, options=options, context=many, tags=many, demo=demos)
diagnostics = st.builds(Diagnostic, span=spans)
notes = st.builds(
    Note,
    path=st.just("a.md"),
    topic=st.builds(Topic, words, st.just("a.md"), many, many, many, demos),
    cards=st.lists(cards, max_size=2).map(tuple),
    questions=st.lists(questions, max_size=2).map(tuple),
    diagnostics=st.lists(diagnostics, max_size=2).map(tuple),
    links=many,
)


@settings(deadline=None)
@given(notes)
def test_a_note_is_the_same_after_it_was_packed(note: Note) -> None:
    assert unpack(pack(note), "a.md") == note
    assert unpack_topic(pack_topic(note.topic), "a.md") == note.topic


def nouns_in(value: object) -> set[type]:
    """Every dataclass that a value is made of."""
    if isinstance(value, tuple):
        return set().union(*map(nouns_in, value), set())
    if not is_dataclass(value) or isinstance(value, type):
        return set()
    return {type(value)}.union(*(nouns_in(getattr(value, field.name)) for field in fields(value)))


def test_a_real_note_of_many_forms_is_the_same_after_it_was_packed(write: Callable[..., Path]) -> None:
    text = (
        "---\ndemo: perceptron?rate=0.1\nafter: [x]\naliases: y\n---\n# T\n\nQ: a?\nA: b\n\n"
        "## Which?\n- [x] 1\n- [ ] 2\n  > no\n\n> why\n\nQuestions:\n- [[Other]]\n\nText that is left.\n"
    )
    note = load_library([write({"a.md": text})]).notes[0]
    assert nouns_in(note) >= {Note, Topic, Card, Question, Option, Diagnostic, Span, DemoLink}
    assert unpack(pack(note), note.path) == note


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes files into a folder of notes, each a second older than now or newer, and returns the folder."""

    def write(files: dict[str, str], age: float = 60) -> Path:
        for name, content in files.items():
            path = tmp_path / "notes" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            os.utime(path, (time.time() - age, time.time() - age))
        return tmp_path / "notes"

    return write


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notes that were parsed, as it happens."""
    import studytool.notes.parse as module

    told: list[str] = []
    original = module.parse_plain

    def parse_plain(sources: Sequence[Source], *manner: Any) -> list[Plain]:
        told.extend(Path(source.path).name for source in sources)
        return original(sources, *manner)

    monkeypatch.setattr(module, "parse_plain", parse_plain)
    return told


def listed(library: Library) -> list[str]:
    return [card.front for card in library.studied()]


def test_only_what_changed_is_read_again(write: Callable[..., Path], tmp_path: Path, parsed: list[str]) -> None:
    folder = write({f"{name}.md": CARD.format(name, name) for name in "abc"})
    first = load_library([folder], cache=tmp_path / "cache")
    assert parsed == ["a.md", "b.md", "c.md"]
    parsed.clear()
    again = load_library([folder], cache=tmp_path / "cache")
    assert (listed(again), parsed) == (listed(first), [])
    assert again.diagnostics == first.diagnostics
    assert list(again.notes) == list(first.notes)
    write({"b.md": CARD.format("new", "new"), "d.md": CARD.format("d", "d")}, age=30)
    os.remove(folder / "a.md")
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["What is new?", "What is c?", "What is d?"]
    assert parsed == ["b.md", "d.md"]


def test_a_file_that_was_touched_but_not_changed_is_not_parsed(
    write: Callable[..., Path], tmp_path: Path, parsed: list[str]
) -> None:
    folder = write({"a.md": CARD.format(1, 1)})
    load_library([folder], cache=tmp_path / "cache")
    os.utime(folder / "a.md")
    parsed.clear()
    assert len(load_library([folder], cache=tmp_path / "cache").studied()) == 1
    assert parsed == []


def test_an_edit_in_the_same_tick_of_the_clock_is_seen(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": CARD.format("one", "1")}, age=0)
    stamp = os.stat(folder / "a.md").st_mtime_ns
    load_library([folder], cache=tmp_path / "cache")
    (folder / "a.md").write_text(CARD.format("two", "2"))  # of the same size
    os.utime(folder / "a.md", ns=(stamp, stamp))
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["What is two?"]


def test_the_paths_of_cards_are_as_typed_whatever_was_typed_when_they_were_read(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str]
) -> None:
    folder = write({"deep/a.md": CARD.format(1, 1) + "---\nLeft.\n"})
    load_library([folder], cache=tmp_path / "cache")
    parsed.clear()
    monkeypatch.chdir(tmp_path)
    library = load_library([Path("notes")], cache=tmp_path / "cache")
    assert library.studied()[0].span.path == os.path.join("notes", "deep", "a.md")
    assert library.notes[0].topic.path == library.diagnostics[0].span.path == os.path.join("notes", "deep", "a.md")
    assert parsed == []


def test_levels_have_an_index_each(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": CARD.format(1, 1) + "---\n- **Term**: what it means in five words\n"})
    for _ in range(2):
        assert len(load_library([folder], cache=tmp_path / "cache").studied()) == 2
        assert len(load_library([folder], cache=tmp_path / "cache", levels=("explicit",)).studied()) == 1
        shelf = Shelf([folder], cache=tmp_path / "cache", off=("definition",))
        list(shelf.read())
        assert len(shelf.library().studied()) == 1


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


def test_two_at_once_read_the_same(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({f"{number}.md": CARD.format(number, number) for number in range(60)})
    found: list[int] = []

    def read() -> None:
        found.append(len(load_library([folder], cache=tmp_path / "cache").studied()))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [60] * 4


def test_reading_that_was_broken_off_goes_on_where_it_was(
    write: Callable[..., Path], tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_CHUNK", 1)
    folder = write({f"{number}.md": CARD.format(number, number) for number in range(10, 30)})
    shelf = Shelf([folder], cache=tmp_path / "cache")
    steps = shelf.read()
    assert (next(steps).done, next(steps).total) == (1, 20)
    assert len(shelf.library().studied()) == 2
    steps.close()
    shelf.close()
    parsed.clear()
    assert len(load_library([folder], cache=tmp_path / "cache").studied()) == 20
    assert len(parsed) == 18


def test_a_library_that_was_handed_out_stays_as_it_was(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": CARD.format("a", "a"), "b.md": CARD.format("b", "b")})
    shelf = Shelf([folder], cache=tmp_path / "cache")
    for _ in shelf.read():
        pass
    before = shelf.library()
    entries = dict(before.entries)
    write({"a.md": CARD.format("A", "A"), "c.md": CARD.format("c", "c")}, age=5)
    assert shelf.read_again({str(folder / "a.md"), str(folder / "c.md")})
    assert not shelf.read_again({str(folder / "a.md")})
    assert listed(shelf.library()) == ["What is A?", "What is b?", "What is c?"]
    assert (before.entries, len(before.notes)) == (entries, 2)


@pytest.mark.parametrize("doubled", [False, True])
def test_after_each_edit_cards_stand_as_if_read_anew(write: Callable[..., Path], tmp_path: Path, doubled: bool) -> None:
    folder = write({f"{name}.md": CARD.format(name, name) for name in "bcd"})
    shelf = Shelf([folder])
    for _ in shelf.read():
        pass
    shelf.library().entries  # noqa: B018 (what comes later is made from it)
    again = CARD.format("b", "b") if doubled else ""
    for name, text in {
        "c.md": f"{CARD.format('c', 'c')}\n{CARD.format('new', 'new')}\n{again}",  # in its place
        "a.md": CARD.format("a", "a") + again,  # before the others
        "b.md": CARD.format("B", "B"),
        "d.md": "",
        "e.md": again + again,
    }.items():
        write({name: text})
        shelf.read_again({str(folder / name)})
        library = shelf.library()
        anew = load_library([folder])
        assert (library.entries, library.order) == (anew.entries, anew.order)
        assert [list(keys) for keys in library.keys] == [list(keys) for keys in anew.keys]
        assert {*library.entries} == {card.key for card in library.studied()}
        assert [library.card(key).key for key in library.order] == library.order  # type: ignore[union-attr]
    shelf.close()


def test_a_file_that_goes_is_taken_out_and_one_that_breaks_is_named(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": CARD.format("a", "a"), "b.md": CARD.format("b", "b")})
    shelf = Shelf([folder], cache=tmp_path / "cache")
    for _ in shelf.read():
        pass
    (folder / "a.md").unlink()
    (folder / "b.md").write_bytes(b"\xff\xfe\xfa")
    assert shelf.read_again({str(folder / "a.md"), str(folder / "b.md")})
    library = shelf.library()
    assert ([*library.notes], [d.code for d in library.diagnostics]) == ([], ["not-utf8"])
    shelf.keep()
    assert [d.code for d in Shelf([folder], cache=tmp_path / "cache").library().diagnostics] == ["not-utf8"]


def jobs_of(folder: Path) -> list[Job]:
    return [Job(path, size, "") for path, (size, *_) in sorted(scan(Tops([folder])).files.items())]


def test_workers_read_what_one_process_reads(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CHUNK", 400)
    folder = write({f"{number}.md": CARD.format(number, number) for number in range(50)})
    manner = Manner(("explicit",), DEFAULT_VAULT)
    alone = [one for found in read_all(jobs_of(folder), manner, 1) for one in found]
    shared = [one for found in read_all(jobs_of(folder), manner, 3) for one in found]
    assert sorted(shared, key=lambda one: one.path) == alone
    assert len(alone) == 50


@pytest.mark.parametrize("command", [["/nowhere/python"], ["/bin/false"]], ids=["cannot start", "dies"])
def test_workers_that_do_not_work_are_done_without(
    command: list[str], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from studytool.notes import pool

    monkeypatch.setattr(reading, "_CHUNK", 400)
    monkeypatch.setattr(pool.sys, "executable", command[0])
    folder = write({f"{number}.md": CARD.format(number, number) for number in range(50)})
    found = list(read_all(jobs_of(folder), Manner(("explicit",), DEFAULT_VAULT), 2))
    assert sum(map(len, found)) == 50


def test_a_file_put_in_place_of_another_with_its_size_and_time_is_seen(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write({"a.md": CARD.format("one", "1"), "b.md": CARD.format("two", "2")})
    stamp = os.stat(folder / "a.md").st_mtime_ns
    load_library([folder], cache=tmp_path / "cache")
    (tmp_path / "new.md").write_text(CARD.format("six", "6"))
    os.utime(tmp_path / "new.md", ns=(stamp, stamp))
    os.rename(tmp_path / "new.md", folder / "a.md")
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["What is six?", "What is two?"]


def test_a_library_shows_what_it_read_when_another_program_has_read_on(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write({f"{number}.md": CARD.format(number, number) for number in range(100, 200)})
    before = load_library([folder], cache=tmp_path / "cache")
    write({"150.md": CARD.format("other", "other")}, age=5)
    assert "What is other?" in listed(load_library([folder], cache=tmp_path / "cache"))
    assert all(before.card(key) for key in before.entries)


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


def test_a_linked_folder_is_read_where_it_lies(write: Callable[..., Path], tmp_path: Path) -> None:
    for number in range(8):
        folder = write({f"{number}/real/a.md": CARD}) / str(number)
        (folder / "alias").symlink_to(folder / "real", target_is_directory=True)
        assert [Path(path).parent.name for path in scan(Tops([folder])).files] == ["real"]


def test_the_root_of_a_path_with_dots_is_not_where_one_stands(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"a.md": CARD})
    (tmp_path / "project" / ".obsidian").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project")
    assert load_library([Path("../notes")]).root == os.path.join("..", folder.name)


def test_gitignore_rules_hold_where_they_lie(write: Callable[..., Path]) -> None:
    files = ["a.md", "drafts/b.md", "deep/c.md", "deep/keep.md", "deep/er/c.md", "other/c.md"]
    folder = write(dict.fromkeys(files, CARD))
    (folder / ".gitignore").write_text("drafts/\n\\\n# a comment\n")
    (folder / "deep" / ".gitignore").write_text("*.md\n!keep.md\n")
    found = scan(Tops([folder])).files
    assert sorted(Path(path).relative_to(folder).as_posix() for path in found) == ["a.md", "deep/keep.md", "other/c.md"]


def test_what_schedules_show_in_one_note_holds_in_all(
    write: Callable[..., Path], tmp_path: Path, parsed: list[str]
) -> None:
    plain = "The first side;; the second side\n\nYet another one;; of them\n"
    folder = write({"a.md": plain, "b.md": "Nothing at all.\n", "c.md": CARD.format("c", "c")})
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["What is c?"]
    write({"z.md": "Front;; back\n<!--SR:!2024-01-01,3,250-->\n\nMore;; of it\n<!--SR:!2024-01-01,3,250-->\n"})
    parsed.clear()
    expected = ["The first side", "Yet another one", "What is c?", "Front", "More"]
    assert listed(load_library([folder], cache=tmp_path / "cache")) == expected
    assert sorted(parsed) == ["a.md", "z.md", "z.md"]
    parsed.clear()
    assert listed(load_library([folder], cache=tmp_path / "cache")) == expected
    assert parsed == []
    os.remove(folder / "z.md")
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["What is c?"]


def test_the_settings_of_a_vault_are_honoured(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({"a.md": "#card\n\nFront;; back\n", "Templates/t.md": CARD, ".obsidian/app.json": "{}"})
    settings = folder / ".obsidian/plugins/obsidian-spaced-repetition/data.json"
    settings.parent.mkdir(parents=True)
    told = (
        '{"settings": {"flashcardTags": ["#card"], "singleLineCardSeparator": ";;",'
        ' "noteFoldersToIgnore": ["Templates"]}}'
    )
    settings.write_text(told)
    assert listed(load_library([folder], cache=tmp_path / "cache")) == ["Front"]
    settings.write_text(told.replace(";;", "|||"))
    assert listed(load_library([folder], cache=tmp_path / "cache")) == []
    settings.write_text("{")
    library = load_library([folder], cache=tmp_path / "cache")
    assert [d.code for d in library.diagnostics if d.severity == "warning"] == ["vault-settings"]


def test_what_the_settings_ignore_is_not_read(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write(dict.fromkeys(["a.md", "templates/b.md", "deep/c.draft.md", "deep/d.md"], CARD))
    shelf = Shelf([folder], ignore=("/templates/", "*.draft.md", "\\"))
    for _ in shelf.read():
        pass
    assert [Path(note.path).name for note in shelf.library().notes] == ["a.md", "d.md"]


def test_the_version_of_the_index_changes_with_the_program() -> None:
    assert library_module._sources() == library_module._sources() != ""
