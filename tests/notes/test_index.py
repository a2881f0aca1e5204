"""The index: what it keeps is what was read, and only what changed is read again."""

from __future__ import annotations

import gc
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.notes import index as index_module
from studytool.notes import load_library, reading
from studytool.notes.library import Shelf
from studytool.notes.model import Library
from studytool.notes.reading import Job, Manner, read_all
from studytool.notes.vault import DEFAULT_VAULT
from studytool.notes.walk import Listing, Tops, scan

CARD = "Q: What is {}?\nA: It is {}.\n"


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


def test_a_library_that_is_replaced_is_freed_without_the_garbage_collector(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write({"a.md": CARD.format("a", "![[b]]"), "b.md": CARD.format("b", "b")})
    shelf = Shelf([folder], root=folder, cache=tmp_path / "cache")
    for _ in shelf.read():
        pass
    library = shelf.library()
    assert "It is b" in library.studied()[0].back
    assert len(library.entries) == 2
    assert library.diagnostics == ()
    note = library.notes[0]
    assert library.file_of("b", note) == str(folder / "b.md")
    before = weakref.ref(library)
    write({"b.md": CARD.format("B", "B")}, age=5)
    gc.disable()
    try:
        assert shelf.read_again({str(folder / "b.md")})
        library = shelf.library()
        assert len(library.entries) == 2
        assert before() is None
    finally:
        gc.enable()


def test_of_known_files_alone_those_that_are_still_there_are_read_again(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write({"a.md": CARD.format("a", "a"), "b.md": CARD.format("b", "b")})
    shelf = Shelf([folder], cache=tmp_path / "cache")
    for _ in shelf.read():
        pass
    write({"b.md": CARD.format("B", "B"), "c.md": CARD.format("c", "c")}, age=5)
    (folder / "a.md").unlink()
    paths = {str(folder / name) for name in ("a.md", "b.md", "c.md")}
    assert shelf.read_again(paths, known_only=True)
    assert listed(shelf.library()) == ["What is a?", "What is B?"]
    assert not shelf.read_again({str(folder / "c.md")}, known_only=True)
    assert shelf.read_again(paths)
    assert listed(shelf.library()) == ["What is B?", "What is c?"]


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


def test_the_list_of_files_is_as_the_next_start_meets_them(write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write({f"{at % 3}/{at * 7 % 11}.md": CARD.format(at, at) for at in range(11)})

    def start() -> Shelf:
        shelf = Shelf([folder], cache=tmp_path / "cache")
        list(shelf.read())
        shelf.library()
        return shelf

    start().close()
    write({"1/new.md": CARD.format("new", "new")})
    start().close()
    shelf = start()
    found = scan(Tops([folder]))
    assert shelf._catalogue.listing == found.listing
    assert "files" not in vars(shelf._catalogue)  # they were compared as a whole
    assert shelf._catalogue.files == found.files == {path: found.files[path] for path in found.listing.paths}


def test_stamps_of_any_date_are_kept() -> None:
    late = Listing.of(["a", "b"], [1, -5, 2, 3, 4 << 62, 5])
    assert late.files()["a"] == (1, -5, 2)
    assert late == Listing.of(["a", "b"], [1, -5, 2, 3, 4 << 62, 5])
    assert late != Listing.of(["a", "b"], [1, -5, 2, 3, (4 << 62) + 1, 5])


def test_the_version_of_the_index_changes_with_the_program() -> None:
    folder = Path(index_module.__file__).parent
    files = [path.stat() for path in (*folder.glob("*.py"), *folder.glob("dialects/*.py"))]
    assert index_module.sources() == f"{len(files)} {max(one.st_mtime_ns for one in files)}"
