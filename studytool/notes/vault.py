"""How a vault writes its cards: what the settings of its plugins say, for the dialects that depend on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

HIGHLIGHT = "==[123;;]answer[;;hint]=="
"""The plugin's own pattern of a cloze, in its notation."""
_BOLD = "**[123;;]answer[;;hint]**"
_CURLY = "{{[123;;]answer[;;hint]}}"

_SETTINGS = Path(".obsidian/plugins/obsidian-spaced-repetition/data.json")
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Flashcards:
    """The settings of Obsidian's spaced repetition plugin, with the plugin's own defaults."""

    tags: tuple[str, ...] = ("flashcards",)
    """Tags that make a note a deck, without `#`; a tag under one of them counts too."""
    unwanted_tags: tuple[str, ...] = ()
    """Tags that keep a note from being a deck."""
    folders: bool = False
    """Whether every folder is a deck, so that no tag is needed."""
    ignored: tuple[str, ...] = ("**/*.excalidraw.md",)
    """Folders and patterns of paths, relative to the root, whose notes hold no cards."""
    inline: tuple[str, ...] = ("::",)
    inline_reversed: tuple[str, ...] = (":::",)
    multiline: tuple[str, ...] = ("?",)
    multiline_reversed: tuple[str, ...] = ("??",)
    multiline_end: str = ""
    """The line that ends a card of many lines; empty where a blank line does."""
    clozes: tuple[str, ...] = (HIGHLIGHT,)
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
    cards: tuple[str, ...] = ("card",)
    """The tags, without `#`, of Flashcards for Obsidian, which its settings may rename."""
    inline: str = "::"
    inline_reversed: str = ":::"
    """What parts the sides of a card on one line for Flashcards for Obsidian."""
    forms: frozenset[str] = frozenset()
    """The forms of cards that the vault's own patterns describe, as far as they are known ones."""


@dataclass(frozen=True, slots=True)
class Vault:
    """All that a vault's own settings say about its cards. A value: notes are read again when it changes."""

    flashcards: Flashcards = field(default_factory=Flashcards)
    anki: AnkiBlocks = field(default_factory=AnkiBlocks)
    told: bool = False
    """Whether the vault has settings of the spaced repetition plugin; where it has none they are inferred."""
    reviewed: bool = False
    """Whether notes of a vault without settings carry schedules that show how its cards are written."""
    graph: bool = False
    """Whether a note lies in a graph of Logseq: lines `name:: value` are properties, `#flashcard` flags a block."""
    problem: str = ""
    """A sentence about settings that could not be read; empty where all went well."""


DEFAULT_VAULT = Vault()
"""A vault without settings."""


def read_vault(root: Path) -> Vault:
    """The settings of the vault at `root` (disk); the defaults where there are none or they cannot be read."""
    if not (root / ".obsidian").is_dir():
        return DEFAULT_VAULT
    from studytool.notes.vault_anki import read_anki, template_folders

    vault = replace(_reviewing(root / _SETTINGS), anki=read_anki(root))
    apart = template_folders(root)
    if not apart:
        return vault
    ignored = tuple(dict.fromkeys([*vault.flashcards.ignored, *apart]))
    return replace(vault, flashcards=replace(vault.flashcards, ignored=ignored))


def _reviewing(path: Path) -> Vault:
    """What the settings of the spaced repetition plugin say."""
    try:
        if not path.is_file():
            return DEFAULT_VAULT
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or str(error)
        return Vault(problem=f"The settings in `{_SETTINGS.as_posix()}` cannot be read: {told}.")
    return vault_from(content)


def vault_from(content: bytes) -> Vault:
    """The vault that the settings in `content`, the plugin's `data.json`, describe."""
    named = f"The settings in `{_SETTINGS.as_posix()}`"
    if len(content) > _LARGEST:
        return Vault(problem=f"{named} are too large to read.")
    import json  # 7 ms, and few vaults have settings

    try:
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Vault(problem=f"{named} cannot be read, so the plugin's defaults are taken: {error}.")
    settings = value.get("settings", value) if isinstance(value, dict) else None
    if not isinstance(settings, dict):
        return Vault(problem=f"{named} are not a list of names and values, so the plugin's defaults are taken.")
    return Vault(_flashcards(settings), told=True)


def _flashcards(settings: Mapping[str, object]) -> Flashcards:
    plain = Flashcards()
    end = settings.get("multilineCardEndMarker")
    return Flashcards(
        tags=tuple(tag.lstrip("#") for tag in _texts(settings, "flashcardTags", plain.tags) if tag.strip("# ")),
        unwanted_tags=tuple(tag.lstrip("#") for tag in _texts(settings, "flashcardTagsToIgnore", ()) if tag.strip("#")),
        folders=settings.get("convertFoldersToDecks") is True,
        ignored=_texts(settings, "noteFoldersToIgnore", plain.ignored),
        inline=_separator(settings, plain.inline, "singleLineCardSeparator", "singlelineCardSeparator"),
        inline_reversed=_separator(
            settings, plain.inline_reversed, "singleLineReversedCardSeparator", "singlelineReversedCardSeparator"
        ),
        multiline=_lines(_separator(settings, plain.multiline, "multilineCardSeparator")),
        multiline_reversed=_lines(_separator(settings, plain.multiline_reversed, "multilineReversedCardSeparator")),
        multiline_end=end.strip() if isinstance(end, str) else "",
        clozes=_clozes(settings),
    )


def _texts(settings: Mapping[str, object], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list of texts (older versions: one text with white space between), without what is empty."""
    value = settings.get(name)
    items = value.split() if isinstance(value, str) else value
    if not isinstance(items, list):
        return default
    return tuple(item.strip() for item in items if isinstance(item, str) and item.strip())


def _separator(settings: Mapping[str, object], default: tuple[str, ...], *names: str) -> tuple[str, ...]:
    """The separator under the first of these names that is set; none at all where it is set to nothing."""
    for name in names:
        value = settings.get(name)
        if isinstance(value, str):
            return (value,) if value.strip() else ()
    return default


def _lines(separators: tuple[str, ...]) -> tuple[str, ...]:
    """Separators that stand alone on a line, where white space round them says nothing."""
    return tuple(separator.strip() for separator in separators)


def _clozes(settings: Mapping[str, object]) -> tuple[str, ...]:
    """The patterns of clozes; versions before patterns had a switch for each kind."""
    if isinstance(settings.get("clozePatterns"), list):
        return _texts(settings, "clozePatterns", ())
    switches = (
        ("convertHighlightsToClozes", HIGHLIGHT, True),
        ("convertBoldTextToClozes", _BOLD, False),
        ("convertCurlyBracketsToClozes", _CURLY, False),
    )
    return tuple(pattern for name, pattern, default in switches if settings.get(name, default) is True)


def is_ignored(vault: Vault, place: str) -> bool:
    """Whether the vault's settings say that the note at `place`, relative to its root, holds no cards."""
    return bool(place) and _any_matches(place, vault.flashcards.ignored)


@lru_cache(1024)
def _any_matches(place: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path matches one of these patterns; several dialects ask it of each note."""
    return any(_matches(place, pattern) for pattern in patterns)


def _matches(place: str, pattern: str) -> bool:
    folder = pattern.strip("/")
    if not folder:
        return False
    if place == folder or place.startswith(f"{folder}/"):
        return True
    return any(_glob(place.split("/"), one.strip("/").split("/")) for one in _braces(pattern))


def _glob(parts: list[str], pattern: list[str]) -> bool:
    """Whether a path matches a pattern, both in parts; `**` stands for any number of parts. Never tries a way twice."""
    if pattern[-1] != "**" and not fnmatchcase(parts[-1], pattern[-1]):
        return False  # most paths, which are matched from their beginning below
    reached = {0}  # how many parts may be matched so far
    for wanted in pattern:
        if wanted == "**":
            reached = set(range(min(reached), len(parts) + 1))
        else:
            reached = {at + 1 for at in reached if at < len(parts) and fnmatchcase(parts[at], wanted)}
        if not reached:
            return False
    return len(parts) in reached


def _braces(pattern: str) -> list[str]:
    """`a.{md,txt}` as `a.md` and `a.txt`; only the first pair of braces is read."""
    start = pattern.find("{")
    end = pattern.find("}", start)
    if start < 0 or end < 0:
        return [pattern]
    return [pattern[:start] + one + pattern[end + 1 :] for one in pattern[start + 1 : end].split(",")]


_RUN = re.compile(r"[:;>|~@<→⇒-]{2,}")
"""What a separator of one line can be made of; an equals sign is not in it, for it also ends a formula."""
_WEAK_LINES = 3
"""A single arrow or dash, which prose has too, counts only above so many schedules."""


def inferred_separators(text: str) -> tuple[str, ...]:
    """What parts front and back in the lines of a note that carry a schedule, the commonest first.

    Pure, linear, and cheap for a note without a schedule. Lines of cards of many lines and of clozes tell nothing.
    """
    from studytool.notes.scheduling import SCHEDULE_COMMENT  # a start with an index does without

    if SCHEDULE_COMMENT not in text:
        return ()
    told = [runs for runs in map(separator_runs, _scheduled_lines(text, SCHEDULE_COMMENT)) if runs]
    often = Counter(run for runs in told for run in dict.fromkeys(runs))
    chosen: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    for runs in told:
        strong = [run for run in runs if is_strong(run)]
        best = max(strong or runs, key=lambda run: (often[run], len(run)))
        (chosen if strong else weak)[best] += 1
    for run, count in weak.items():
        if count >= _WEAK_LINES and count * 5 >= sum(weak.values()) * 4:
            chosen[run] += count
    return tuple(run for run, _ in chosen.most_common())


def separator_runs(line: str) -> list[str]:
    """The runs of signs in a line that could part front and back, in order; code, links and formulas have none."""
    from studytool.notes.masks import mask  # a start with an index does without

    if line.lstrip().startswith("|"):
        return []
    masked = mask(line)
    start = len(masked) - len(masked.lstrip(" \t>-*+"))
    found, at, depth = [], 0, 0
    for run in _RUN.finditer(masked):
        depth += masked.count("{{", at, run.start()) - masked.count("}}", at, run.start())
        at = run.start()
        if at > start and depth <= 0:
            found.append(run.group())
    return found


def is_strong(separator: str) -> bool:
    """Whether prose hardly has these signs by themselves: two of the same, or four and more."""
    doubled = any(a == b and a in ":;>|~" for a, b in pairwise(separator))
    return doubled or len(separator) >= 4


def _scheduled_lines(text: str, mark: str) -> Iterator[str]:
    """Each line that a schedule belongs to: the one it stands on, else the one above, but for cards of many lines.

    Schedules begin with `mark`.
    """
    fence, above, before, parted, blank = "", "", "", False, 0
    for line in text.split("\n"):
        stripped = line.strip()
        if fence:
            fence = "" if stripped.startswith(fence) and not stripped.strip(fence[0]) else fence
            continue
        if stripped.startswith(("```", "~~~")) and stripped[0] not in stripped.lstrip(stripped[0]):
            fence = stripped[: len(stripped) - len(stripped.lstrip(stripped[0]))]
            continue
        at = line.find(mark)
        if at >= 0:
            own = line[:at].strip(" \t>")
            if own and own.count("`") % 2 == 0 and not parted:
                yield line[:at]
            elif not own and above and blank < 2 and not parted:
                yield above if separator_runs(above) else before
            above, before, parted, blank = "", "", False, 0
        elif not stripped:
            blank += 1
            if blank > 1:
                above, before = "", ""
        else:
            if blank:
                before, parted = "", False
            else:
                before = above if above.rstrip().endswith(tuple(";:>")) else ""
            above, blank = line, 0
            parted = parted or stripped.lstrip("> -") in ("?", "??")


def with_inferred(vault: Vault, found: Iterable[str]) -> Vault:
    """The vault with the separators that its notes' schedules tell of, where it has no settings that say them."""
    if vault.told:
        return vault
    plain = vault.flashcards
    new = [separator for separator in dict.fromkeys(found) if separator not in plain.inline_reversed]
    if not new:
        return vault
    inline = tuple(dict.fromkeys([*plain.inline, *new]))
    return replace(vault, flashcards=replace(plain, inline=inline), reviewed=True)
