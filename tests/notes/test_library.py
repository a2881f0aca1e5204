"""Folders and files as they come: what is read, what is passed over, what is said about the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studytool.errors import StudytoolError, UsageError
from studytool.notes import Library, load_library
from studytool.notes.around import library_root
from studytool.notes.reading import LARGEST

CARD = "Q: {}?\nA: yes\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def names(library: Library) -> list[str]:
    return [Path(note.path).name for note in library.notes]


def test_a_folder_is_read_with_its_folders_but_not_what_is_hidden_or_generated(tmp_path: Path) -> None:
    files = ["a.md", "b/c.markdown", "b/d.txt", "b/e.mdown", ".git/x.md", "node_modules/y.md", "b/.z.md"]
    write(tmp_path, dict.fromkeys([*files, "f.excalidraw.md", "g.py"], CARD))
    assert names(load_library([tmp_path])) == ["a.md", "c.markdown", "d.txt", "e.mdown"]


def test_paths_read_as_the_user_typed_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"notes/deep/a.md": CARD})
    monkeypatch.chdir(tmp_path)
    library = load_library([Path("notes")])
    assert library.notes[0].cards[0].span.path == os.path.join("notes", "deep", "a.md")


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    ordered = ["Lecture 1.md", "lecture 2.md", "Lecture 10.md", "Lecture 10b.md", "part 3/1.md", "part 12/02.md"]
    write(tmp_path, {name: CARD.format(name) for name in reversed(ordered)})
    assert [str(Path(note.path).relative_to(tmp_path)) for note in load_library([tmp_path]).notes] == ordered


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": CARD, "b.org": CARD.format("other")})
    library = load_library([tmp_path, tmp_path / "a.md", tmp_path / "b.org"])
    assert names(library) == ["a.md", "b.org"]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file or folder `.*nowhere`"):
        load_library([tmp_path / "nowhere"])


def test_a_folder_without_notes_says_what_to_put_there(tmp_path: Path) -> None:
    with pytest.raises(StudytoolError, match=r"no notes in .*\.md"):
        load_library([write(tmp_path, {"x.py": ""})])


def test_a_file_that_is_not_utf8_names_the_byte_and_costs_no_other(tmp_path: Path) -> None:
    write(tmp_path, {"good.md": CARD, "latin.md": "one\ncafé".encode("latin-1")})
    library = load_library([tmp_path])
    trouble = library.diagnostics[0]
    assert (trouble.code, trouble.severity, trouble.span.line) == ("not-utf8", "error", 2)
    assert "byte 7" in trouble.message
    assert "UTF-8" in trouble.hint
    assert names(library) == ["good.md"]


def test_an_unreadable_file_alone_is_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, {"latin.md": b"\xe9\xe9"})
    with pytest.raises(StudytoolError, match=r"latin\.md:1: This file is not UTF-8.*Save it as UTF-8"):
        load_library([tmp_path / "latin.md"])


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PNG, "This file is no note.*Notes are markdown or plain text"),
        (JPEG, "This file is no note"),
        ("Größe\n".encode("utf-16-le"), "This file is not UTF-8.*Save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_text_is_no_note(tmp_path: Path, content: bytes, said: str) -> None:
    write(tmp_path, {"picture.png": content})
    with pytest.raises(StudytoolError, match=rf"picture\.png:1: {said}"):
        load_library([tmp_path / "picture.png"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_byte_order_mark_is_understood(tmp_path: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    write(tmp_path, {"a.md": mark + CARD.format("Größe").encode(encoding)})
    assert load_library([tmp_path]).notes[0].cards[0].front == "Größe?"


def test_windows_line_ends_make_the_same_cards(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "Q: One?\r\nA: two\r\nthree\r\n"})
    assert load_library([tmp_path]).notes[0].cards[0].back == "two\nthree"


def test_an_empty_file_is_a_note_without_cards(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, {"a.md": ""}) / "a.md"])
    assert (names(library), library.studied()) == (["a.md"], [])


def test_a_file_of_fifty_megabytes_is_one_sentence(tmp_path: Path) -> None:
    with (tmp_path / "big.md").open("wb") as file:
        file.truncate(50_000_000)  # sparse: nothing is written
    assert LARGEST < 50_000_000
    with pytest.raises(StudytoolError, match=r"big\.md:1: This file has 50 MB.*Split it"):
        load_library([tmp_path])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.md": CARD})
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "round.md").symlink_to(tmp_path / "round.md")
    library = load_library([tmp_path])
    assert names(library) == ["b.md"]
    assert [(d.code, d.message, d.hint) for d in library.diagnostics] == [
        (
            "unreadable",
            f"This link leads to {tmp_path / 'gone.md'}, and nothing is there.",
            "Delete it, or let it lead to a file.",
        ),
        ("unreadable", "This link leads to itself.", "Delete it, or let it lead to a file."),
    ]


def test_a_link_out_of_a_library_is_followed_but_not_to_a_folder_that_it_lies_in(tmp_path: Path) -> None:
    write(tmp_path, {"top.md": CARD, "mine/a.md": CARD, "beside/b.md": CARD})
    (tmp_path / "mine" / "up").symlink_to("..", target_is_directory=True)
    (tmp_path / "mine" / "home").symlink_to("/", target_is_directory=True)
    (tmp_path / "mine" / "other").symlink_to("../beside", target_is_directory=True)
    assert names(load_library([tmp_path / "mine"])) == ["a.md", "b.md"]
    assert names(load_library([tmp_path / "mine", tmp_path])) == ["a.md", "b.md", "top.md"]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(StudytoolError, match="not an ordinary file"):
        load_library([tmp_path])


def test_topics_come_after_those_they_name_and_circles_end(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "---\nafter: [Cee, missing]\n---\n# Ay\n",
            "b.md": "---\nafter: Ay\n---\n# Bee\n",
            "c.md": "---\nafter: '[[b]]'\naliases: Cee\n---\n# Sea\n",
            "d.md": "---\nafter: d\n---\n",
        },
    )
    assert names(load_library([tmp_path])) == ["b.md", "c.md", "a.md", "d.md"]


def test_a_question_that_is_a_link_takes_the_linked_note_as_answer(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "index.md": "Questions:\n- [[Why is it so. ]]\n- [[Why is it not.]]\n",
            "deep/Why is it so..md": "---\ntags: x\n---\nBecause of [[Noise|noise]]. %% later %%\n",
        },
    )
    first, second = next(n for n in load_library([tmp_path]).notes if n.questions).questions
    assert (first.prompt, first.answer, first.kind) == ("Why is it so.", "Because of noise.", "open")
    assert (second.prompt, second.answer) == ("Why is it not.", None)


def test_the_same_card_twice_is_kept_named_and_studied_once(tmp_path: Path) -> None:
    library = load_library([write(tmp_path, {"a.md": CARD, "b.md": CARD})])
    assert sum(len(note.cards) for note in library.notes) == 2
    assert len(library.studied()) == 1
    assert [(d.code, Path(d.span.path).name) for d in library.diagnostics] == [("duplicate-card", "b.md")]


def test_what_is_said_of_a_note_stands_together_in_the_order_of_its_lines(tmp_path: Path) -> None:
    write(
        tmp_path, {"a.md": CARD + "---\nLeft here.\n", "b.md": "Left.\n\n" + CARD + "---\nLeft.\n", "c.md": "Left.\n"}
    )
    told = [(Path(d.span.path).name, d.span.line, d.code) for d in load_library([tmp_path]).diagnostics]
    assert told == [
        ("a.md", 4, "left-aside"),
        ("b.md", 1, "left-aside"),
        ("b.md", 3, "duplicate-card"),
        ("b.md", 6, "left-aside"),
        ("c.md", 1, "left-aside"),
    ]


def test_a_library_is_the_nearest_folder_that_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"vault/.obsidian/app.json": "", "vault/a/b/c.md": CARD, "loose/d.md": CARD})
    assert library_root(tmp_path / "vault" / "a" / "b" / "c.md") == tmp_path / "vault"
    assert load_library([tmp_path / "vault" / "a"]).root == str(tmp_path / "vault")
