"""What hinders an editor is said; the app goes on."""

from __future__ import annotations


async def test_an_editor_that_cannot_be_shown_is_told_and_the_card_stays(opened, text, until, monkeypatch):
    async with opened(start="study", size=(160, 30)) as pilot:
        for editor, told in (
            ("", "Set $EDITOR to open"),
            ("no-such-editor -w", "There is no editor 'no-such-editor'"),
            ('vi "', "No closing quotation"),
            ("true", "No editor can be shown here. The note is"),  # as in a browser: here is no terminal either
        ):
            monkeypatch.setenv("EDITOR", editor)
            await pilot.press("o")
            await until(pilot, lambda told=told: told in text(pilot))
        assert "Which river runs through Cairo?" in text(pilot)
