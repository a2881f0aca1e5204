"""How a vault's plugins for Anki are set, Obsidian_to_Anki and Flashcards, and where its templates lie (disk)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from studytool.notes.vault import AnkiBlocks

_FOLDERS = ("obsidian-to-anki-plugin", "obsidian-to-anki", "obsidian_to_anki")
_NAMES = {
    "Begin Note": "begin",
    "End Note": "end",
    "Begin Inline Note": "begin_inline",
    "End Inline Note": "end_inline",
    "Target Deck Line": "deck",
    "File Tags Line": "tags",
    "Delete Note Line": "delete",
    "Delete Regex Note Line": "delete",
    "Frozen Fields Line": "frozen",
}
_DEFAULT = AnkiBlocks()
_CARDS = "flashcards-obsidian"
_TEMPLATES = (("templates.json", "folder"), ("plugins/templater-obsidian/data.json", "templates_folder"))
"""Where Obsidian and Templater keep the folder of the templates, and under which name."""
_FLAG = re.compile(r"#([^\s#\\()\[\]{}|*+?.^$:,;]{1,60}) ?[?*]?\\[ns]")
"""A tag that ends a prompt, in a pattern of the vault's own. The patterns themselves are not run."""
_FORMS = {
    "heading": ("^#",),
    "cloze": (".*{.*",),
    "highlight": (".*==.*",),
    "ruled": ("-{3,}",),
    "table": (r"\|(",),
    "parted": (":{2}", "::"),
    "tagged": (" #",),
}
"""What the patterns of the plugin's documentation hold, each for another form of card."""
_LONGEST = 80
"""A keyword or the name of a field with more characters is none."""


def read_anki(root: Path) -> AnkiBlocks:
    """The settings of both plugins in the vault at `root`; their defaults where there are none that can be read."""
    plugins = root / ".obsidian" / "plugins"
    texts = (_text(plugins / folder / "data.json") for folder in _FOLDERS)
    blocks = anki_blocks(next((text for text in texts if text is not None), "{}"))
    told = _settings(plugins / _CARDS / "data.json")
    tag = _word(told.get("flashcardsTag")).lstrip("#")
    if tag and " " not in tag:
        blocks = replace(blocks, cards=tuple(dict.fromkeys(["card", tag])))
    inline, both = (_word(told.get(name)) for name in ("inlineSeparator", "inlineSeparatorReverse"))
    return replace(blocks, inline=inline or _DEFAULT.inline, inline_reversed=both or _DEFAULT.inline_reversed)


def template_folders(root: Path) -> list[str]:
    """The folders, relative to `root`, whose notes are templates of other notes and hold no cards."""
    told = (_word(_settings(root / ".obsidian" / place).get(name)).strip("/") for place, name in _TEMPLATES)
    return list(dict.fromkeys(folder for folder in told if folder))


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError):
        return None


def _settings(path: Path) -> dict[str, object]:
    """What a file of settings says; nothing where it cannot be read."""
    try:
        return _table(json.loads(_text(path) or "{}"))
    except (ValueError, RecursionError):
        return {}


def anki_blocks(text: str) -> AnkiBlocks:
    """The settings in the text of a `data.json`; what it does not say, or says wrongly, is the default."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return AnkiBlocks()
    settings = _table(_table(data).get("settings", data))
    told = _table(settings.get("Syntax"))
    keywords: dict[str, Any] = {
        name: _word(told.get(label)) for label, name in _NAMES.items() if _word(told.get(label))
    }
    fields = tuple(
        (str(name), tuple(word for word in map(_word, listed) if word))
        for name, listed in _table(_table(data).get("fields_dict")).items()
        if isinstance(listed, list)
    )
    patterns = [pattern for pattern in _table(settings.get("CUSTOM_REGEXPS")).values() if isinstance(pattern, str)]
    flags = dict.fromkeys(["flashcard", *(found for pattern in patterns for found in _FLAG.findall(pattern))])
    forms = frozenset(
        form for form, signs in _FORMS.items() if any(sign in pattern for pattern in patterns for sign in signs)
    )
    return AnkiBlocks(**keywords, fields=fields, flags=tuple(flags), forms=forms)


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    told = value.strip() if isinstance(value, str) else ""
    return told if len(told) <= _LONGEST and "\n" not in told else ""
