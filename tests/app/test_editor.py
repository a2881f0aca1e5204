"""What hinders an editor is said; the app goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import places


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """`programs(name, …)` are all there are: each writes what it is called with into `opened`, which is returned."""

    def make(*names: str) -> Path:
        folder, opened = tmp_path / "bin", tmp_path / "opened"
        folder.mkdir(exist_ok=True)
        for name in names:
            (folder / name).write_text(f'#!/bin/sh\necho {name} "$@" >> "{opened}"\n', "utf-8")
            (folder / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))
        return opened

    return make


async def test_an_editor_that_cannot_be_shown_is_told_and_the_card_stays(opened, text, until, monkeypatch):
    async with opened(start="study", size=(160, 30)) as pilot:
        for editor, told in (
            ("no-such-editor -w", "There is no editor 'no-such-editor'"),
            ('vi "', "No closing quotation"),
            ("true", "No editor can be shown here. The note is"),  # as in a browser: here is no terminal either
        ):
            monkeypatch.setenv("EDITOR", editor)
            await pilot.press("o")
            await until(pilot, lambda told=told: told in text(pilot))
        assert "Which river runs through Cairo?" in text(pilot)


async def test_without_an_editor_it_is_said_how_there_is_one(opened, text, until, programs):
    programs()
    async with opened(start="study", size=(160, 30)) as pilot:
        await pilot.press("o")
        await until(pilot, lambda: "Install one, or set $EDITOR" in text(pilot))


async def test_an_editor_with_a_window_of_its_own_opens_beside_the_app(opened, text, until, programs):
    told = programs("notepad")
    async with opened(start="study") as pilot:
        await pilot.press("o")
        await until(pilot, lambda: "That was notepad: set $EDITOR" in text(pilot))
        await until(pilot, lambda: told.exists() and told.read_text("utf-8").endswith(".md\n"))
        assert told.read_text("utf-8").split() == ["notepad", pilot.app.screen.meant.span.path]
        pilot.app.clear_notifications()
        await pilot.press("o")
        await until(pilot, lambda: len(told.read_text("utf-8").split()) == 4)
        assert "That was" not in text(pilot)


async def test_what_becomes_of_changes_in_the_course_is_said_before_it_is_edited(
    opened, text, until, programs, library, monkeypatch
):
    told = programs("notepad")
    monkeypatch.setattr(places, "built_in", lambda kind: library)
    async with opened(start="study", size=(160, 30)) as pilot:
        await pilot.press("o")
        await until(pilot, lambda: "An upgrade of studytool undoes what you change here." in text(pilot))
        await pilot.press("space")
        await until(pilot, lambda: "The Nile." in text(pilot) and "An upgrade" not in text(pilot))
        await pilot.press("o")
        await until(pilot, lambda: "The same key again opens it" in text(pilot))
        assert not told.exists()
        await pilot.press("o")
        await until(pilot, told.exists)
