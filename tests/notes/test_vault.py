"""How a vault is set: the settings of its plugin, what is ignored, and what is inferred where no settings are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool.notes.vault import (
    DEFAULT_VAULT,
    HIGHLIGHT,
    Flashcards,
    Vault,
    inferred_separators,
    is_ignored,
    read_vault,
    with_inferred,
)

REVIEWED = "<!--SR:!2024-03-01,12,250-->"


def vault(tmp_path: Path, content: object) -> Vault:
    folder = tmp_path / ".obsidian" / "plugins" / "obsidian-spaced-repetition"
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        (folder / "data.json").write_bytes(content)
    else:
        (folder / "data.json").write_text(json.dumps(content), "utf-8")
    return read_vault(tmp_path)


def told(tmp_path: Path, **settings: object) -> Flashcards:
    return vault(tmp_path, {"settings": settings, "buryList": []}).flashcards


def test_a_folder_without_settings_has_the_plugin_s_defaults(tmp_path: Path) -> None:
    assert read_vault(tmp_path) == DEFAULT_VAULT
    assert read_vault(tmp_path / "nowhere") == DEFAULT_VAULT
    assert not DEFAULT_VAULT.told


def test_settings_that_say_nothing_leave_the_defaults_and_count_as_told(tmp_path: Path) -> None:
    found = vault(tmp_path, {"settings": {}})
    assert (found.flashcards, found.told, found.problem) == (Flashcards(), True, "")


def test_every_setting_about_cards_is_read(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        flashcardTags=["#funzioni", "#a/b", "", "# "],
        flashcardTagsToIgnore=["#draft"],
        convertFoldersToDecks=True,
        noteFoldersToIgnore=["Templates", "**/*.x.md"],
        singleLineCardSeparator=";;",
        singleLineReversedCardSeparator=";;;",
        multilineCardSeparator="??",
        multilineReversedCardSeparator="???",
        multilineCardEndMarker="+++",
        clozePatterns=[HIGHLIGHT, "{{[123::]answer[::hint]}}"],
        convertBoldTextToClozes=True,
    )
    assert found == Flashcards(
        tags=("funzioni", "a/b"),
        unwanted_tags=("draft",),
        folders=True,
        ignored=("Templates", "**/*.x.md"),
        inline=(";;",),
        inline_reversed=(";;;",),
        multiline=("??",),
        multiline_reversed=("???",),
        multiline_end="+++",
        clozes=(HIGHLIGHT, "{{[123::]answer[::hint]}}"),
    )


def test_names_of_older_versions_are_read(tmp_path: Path) -> None:
    found = told(tmp_path, singlelineCardSeparator=">>", singlelineReversedCardSeparator=">>>", flashcardTags="#a #b")
    assert (found.inline, found.inline_reversed, found.tags) == ((">>",), (">>>",), ("a", "b"))


def test_switches_of_older_versions_stand_for_patterns(tmp_path: Path) -> None:
    assert told(tmp_path, convertHighlightsToClozes=False).clozes == ()
    found = told(tmp_path, convertBoldTextToClozes=True, convertCurlyBracketsToClozes=True)
    assert found.clozes == (HIGHLIGHT, "**[123;;]answer[;;hint]**", "{{[123;;]answer[;;hint]}}")


def test_a_separator_set_to_nothing_is_none(tmp_path: Path) -> None:
    found = told(tmp_path, singleLineReversedCardSeparator="", multilineReversedCardSeparator=" ")
    assert (found.inline_reversed, found.multiline_reversed) == ((), ())


def test_blanks_belong_to_a_separator_within_a_line_and_not_to_one_on_a_line(tmp_path: Path) -> None:
    found = told(tmp_path, singleLineCardSeparator=" - ", multilineCardSeparator=" ?? ")
    assert (found.inline, found.multiline) == ((" - ",), ("??",))


def test_a_value_of_the_wrong_kind_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    names = ("flashcardTags", "singleLineCardSeparator", "clozePatterns", "noteFoldersToIgnore")
    wrong: dict[str, object] = dict.fromkeys(names, 7)
    assert told(tmp_path, **wrong, convertFoldersToDecks="yes", multilineCardEndMarker=None) == Flashcards()


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe{", pytest.param(b"[" * 100_000, id="deep"), b"[]", b'{"settings": []}', b""],
)
def test_settings_that_cannot_be_read_are_named_and_the_defaults_taken(tmp_path: Path, content: bytes) -> None:
    found = vault(tmp_path, content)
    assert (found.flashcards, found.told) == (Flashcards(), False)
    assert "data.json" in found.problem
    assert found.problem.endswith(".")


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"settings": {"singleLineCardSeparator": ";;"}}'
    assert vault(tmp_path, content).flashcards.inline == (";;",)


def test_a_folder_in_place_of_the_settings_is_no_settings(tmp_path: Path) -> None:
    (tmp_path / ".obsidian" / "plugins" / "obsidian-spaced-repetition" / "data.json").mkdir(parents=True)
    assert read_vault(tmp_path) == DEFAULT_VAULT


@pytest.mark.parametrize(
    ("pattern", "place", "ignored"),
    [
        ("**/*.excalidraw.md", "a/b/c.excalidraw.md", True),
        ("**/*.excalidraw.md", "c.excalidraw.md", True),
        ("**/*.excalidraw.md", "c.md", False),
        ("Templates", "Templates/day.md", True),
        ("Templates/", "Templates/a/b.md", True),
        ("Templates", "Templates 2/day.md", False),
        ("Templates", "a/Templates/day.md", False),
        ("a/*.md", "a/b.md", True),
        ("a/*.md", "a/b/c.md", False),
        ("a/**", "a/b/c.md", True),
        ("**/draft/**", "x/draft/y.md", True),
        ("**/draft/**", "x/drafts/y.md", False),
        ("a/?[bc].{md,txt}", "a/xb.txt", True),
        ("a/?[bc].{md,txt}", "a/xd.txt", False),
        ("notes/one.md", "notes/one.md", True),
        ("", "a.md", False),
        ("/", "a.md", False),
        ("[", "a.md", False),
    ],
)
def test_folders_and_patterns_of_paths_are_ignored(pattern: str, place: str, ignored: bool) -> None:
    assert is_ignored(Vault(Flashcards(ignored=(pattern,))), place) is ignored


def test_a_note_without_a_place_is_never_ignored() -> None:
    assert not is_ignored(Vault(Flashcards(ignored=("**",))), "")


def test_a_pattern_of_many_stars_ends() -> None:
    assert not is_ignored(Vault(Flashcards(ignored=("**/" * 200 + "b",))), "a/" * 500 + "c")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Why?;; So\n{REVIEWED}\n", (";;",)),
        (f"Why?;; So {REVIEWED}\n", (";;",)),
        (f"Why?;; So\r\n{REVIEWED}\r\n", (";;",)),
        (f"Why?;; So\n\n{REVIEWED}\n", (";;",)),
        (f"Why?;;\nSo it is\n{REVIEWED}\n", (";;",)),
        (f"#🧠 why ->->-> `so`\n{REVIEWED}\n", ("->->->",)),
        (f"a::b\n{REVIEWED}\nc:::d\n{REVIEWED}\ne::f\n{REVIEWED}\n", ("::", ":::")),
        (f"$x$=::$y$\n{REVIEWED}\n", ("::",)),
        (f"q :: w ;; e\n{REVIEWED}\nr ;; t\n{REVIEWED}\n", (";;",)),
        (f"Why?\n?\na::b\n{REVIEWED}\n", ()),
        (f"a `b::c` d\n{REVIEWED}\n", ()),
        (f"[a](http://b::c) d\n{REVIEWED}\n", ()),
        (f"a {{{{c1::b}}}} d\n{REVIEWED}\n", ()),
        (f"An ==x== y -> z\n{REVIEWED}\n", ()),
        (f"a -> b\n{REVIEWED}\n" * 3, ("->",)),
        (f"| a::b |\n{REVIEWED}\n", ()),
        (f"```\na::b\n{REVIEWED}\n```\n", ()),
        (f"a;;b `{REVIEWED}`\n", ()),
        (f"a;;b\n\n\n{REVIEWED}\n", ()),
        (f"{REVIEWED}\n", ()),
        ("a;;b\n", ()),
    ],
)
def test_lines_with_a_schedule_show_what_parts_them(text: str, found: tuple[str, ...]) -> None:
    assert inferred_separators(text) == found


def test_what_is_inferred_joins_the_defaults_where_no_settings_are() -> None:
    found = with_inferred(DEFAULT_VAULT, [";;", ":::", "::", ";;"])
    assert found.flashcards.inline == ("::", ";;")
    assert (found.told, found.reviewed) == (False, True)
    assert with_inferred(DEFAULT_VAULT, []) is DEFAULT_VAULT


def test_settings_outweigh_what_is_inferred() -> None:
    settings = Vault(Flashcards(inline=(">>",)), told=True)
    assert with_inferred(settings, [";;"]) is settings
