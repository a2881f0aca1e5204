"""What the tests of cards written for Anki do again and again: read a text, look at its cards and faults."""

from __future__ import annotations

from studytool.notes.model import Card, Note
from studytool.notes.parse import parse_note
from studytool.notes.vault import AnkiBlocks, Vault


def note(text: str, anki: AnkiBlocks | None = None) -> Note:
    return parse_note(text, "note.md", vault=Vault(anki=anki or AnkiBlocks()))


def cards(text: str, anki: AnkiBlocks | None = None) -> list[Card]:
    return [card for card in note(text, anki).studied if card.dialect == "anki-block"]


def sides(text: str, anki: AnkiBlocks | None = None) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in cards(text, anki)]


def codes(text: str) -> list[tuple[str, int]]:
    return [(d.code, d.span.line) for d in note(text).diagnostics if d.severity != "info"]


def block(*lines: str, kind: str = "Basic") -> str:
    return "\n".join(["START", kind, *lines, "END"]) + "\n"
