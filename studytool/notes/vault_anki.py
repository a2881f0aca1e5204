"""How a vault's Obsidian_to_Anki is set: its keywords and the fields of its note types (disk)."""

from __future__ import annotations

import json
import re
from pathlib import Path

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
_FLAG = re.compile(r"#([\w/-]{1,60}) ?[?*]?\\[ns]")
"""A tag that ends a prompt, in a pattern of the vault's own. The patterns themselves are not run."""
_LONGEST = 80
"""A keyword or the name of a field with more characters is none."""


def read_anki(root: Path) -> AnkiBlocks:
    """The settings of Obsidian_to_Anki in the vault at `root`; its defaults where there are none that can be read."""
    for folder in _FOLDERS:
        try:
            text = (root / ".obsidian" / "plugins" / folder / "data.json").read_text("utf-8-sig")
        except (OSError, ValueError):
            continue
        return anki_blocks(text)
    return AnkiBlocks()


def anki_blocks(text: str) -> AnkiBlocks:
    """The settings in the text of a `data.json`; what it does not say, or says wrongly, is the default."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return AnkiBlocks()
    settings = _table(_table(data).get("settings", data))
    told = _table(settings.get("Syntax"))
    keywords = {name: _word(told.get(label)) for label, name in _NAMES.items() if _word(told.get(label))}
    fields = tuple(
        (str(name), tuple(word for word in map(_word, listed) if word))
        for name, listed in _table(_table(data).get("fields_dict")).items()
        if isinstance(listed, list)
    )
    patterns = [pattern for pattern in _table(settings.get("CUSTOM_REGEXPS")).values() if isinstance(pattern, str)]
    flags = dict.fromkeys(["flashcard", *(found for pattern in patterns for found in _FLAG.findall(pattern))])
    return AnkiBlocks(**keywords, fields=fields, flags=tuple(flags))


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    told = value.strip() if isinstance(value, str) else ""
    return told if len(told) <= _LONGEST and "\n" not in told else ""
