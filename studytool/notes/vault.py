"""How a vault writes its cards: what the settings of its plugins say, for the dialects that depend on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Flashcards:
    """The settings of Obsidian's spaced repetition plugin, with the plugin's own defaults."""

    tags: tuple[str, ...] = ("flashcards",)
    """Tags that make a note a deck, without `#`; a tag under one of them counts too."""
    folders: bool = False
    """Whether every folder is a deck, so that no tag is needed."""
    ignored: tuple[str, ...] = ()
    """Folders and patterns of paths, relative to the root, whose notes hold no cards."""
    inline: tuple[str, ...] = ("::",)
    inline_reversed: tuple[str, ...] = (":::",)
    multiline: tuple[str, ...] = ("?",)
    multiline_reversed: tuple[str, ...] = ("??",)
    multiline_end: str = ""
    """The line that ends a card of many lines; empty where a blank line does."""
    clozes: tuple[str, ...] = ()
    """Patterns of clozes in the plugin's notation, such as `==[123;;]answer[;;hint]==`."""


@dataclass(frozen=True, slots=True)
class AnkiBlocks:
    """The keywords of Obsidian_to_Anki, which its settings may rename."""

    begin: str = "START"
    end: str = "END"
    begin_inline: str = "STARTI"
    end_inline: str = "ENDI"
    deck: str = "TARGET DECK"
    tags: str = "FILE TAGS"
    delete: str = "DELETE"
    frozen: str = "FROZEN"
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The fields of each note type, where the settings tell them."""
    flags: tuple[str, ...] = ("flashcard",)
    """Tags, without `#`, that make the line they end a prompt."""


@dataclass(frozen=True, slots=True)
class Vault:
    """All that a vault's own settings say about its cards. A value: notes are read again when it changes."""

    flashcards: Flashcards = field(default_factory=Flashcards)
    anki: AnkiBlocks = field(default_factory=AnkiBlocks)
    told: bool = False
    """Whether the vault has settings of the spaced repetition plugin; where it has none they are inferred."""


DEFAULT_VAULT = Vault()
"""A vault without settings."""


def read_vault(root: Path) -> Vault:
    """The settings of the vault at `root` (disk); the defaults where there are none or they cannot be read."""
    return DEFAULT_VAULT
