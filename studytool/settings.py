"""What can be set, and where: defaults < `studytool.toml` in the library < the user's `settings.toml` < environment."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from studytool import places
from studytool.errors import StudytoolError, UsageError
from studytool.setting_layer import Layer, read_layer
from studytool.setting_values import KEYS, About, parted, written
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEVELS = ("explicit", "structured", "derived")
DIALECTS = (
    *("qa", "cloze", "anki-block", "anki-text", "gift", "text2qti", "quizdown", "flashcard-fence"),
    *("inline", "inline-reversed"),
    *("multiline", "multiline-reversed", "highlight-cloze", "curly-cloze", "anki-id", "front-matter", "heading-deck"),
    *("choice", "answer-line", "ordering", "matching", "details", "heading", "bold-question", "question-note"),
    *("open-question", "callout", "compare", "plain-qa", "definition", "defining-sentence", "article"),
)
"""The names of the ways in which cards are written, as `notes.dialects` has them."""
THEMES = (
    "studytool-dark",
    "studytool-light",
    "studytool-contrast",
    "studytool-colour-blind",
    "studytool-colour-blind-light",
)
"""The app's own themes; the first one holds where none is set."""
READING = ("cards", "dialects_off", "ignore")
"""What each library says for its own notes, however many are open."""
EXAM = ("exam", "exam_name", "syllabus", "minutes_per_day")
"""What belongs to one exam: it comes from one library."""
_NEEDED = ("", "libraries", *READING)
"""What says which notes are read, and which cards they yield: without it nothing is opened."""

_T = TypeVar("_T")


GROUPS = ("notes", "study", "exam", "quiz", "look", "sync")
"""What settings are about, in the order in which they are listed."""


def _setting(
    group: str,
    default: _T,
    told: str,
    bounds: tuple[float, float] | None = None,
    choices: tuple[str, ...] = (),
) -> _T:
    """A field of `Settings`, with what the screen, the command, the documentation and the errors tell of it."""
    return field(default=default, metadata={"group": group, "told": told, "bounds": bounds, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults. What each of them means stands beside it, and nowhere else."""

    libraries: tuple[str, ...] = _setting(
        "notes",
        (),
        "Folders of notes that `studytool` opens when no path is given; none means the built-in course.",
    )
    cards: tuple[str, ...] = _setting(
        "notes",
        LEVELS,
        "Which levels of card are made: `explicit` ones, those of a `structured` text, those `derived` from headings.",
        choices=LEVELS,
    )
    dialects_off: tuple[str, ...] = _setting(
        "notes",
        (),
        "Ways of writing cards (dialects) of which no cards are made. Their cards go as if they were deleted, and come "
        "back with their history.",
        choices=DIALECTS,
    )
    ignore: tuple[str, ...] = _setting(
        "notes", (), "Files and folders of a library that hold no notes, as patterns of a `.gitignore`."
    )
    new_per_day: int = _setting("study", 20, "New cards a day, all topics together.", (0, 9999))
    reviews_per_day: int = _setting(
        "study", 200, "Due cards a day, all topics together; learning steps come on top.", (0, 99999)
    )
    desired_retention: float = _setting(
        "study", 0.9, "The probability of recall at which a card falls due.", (0.7, 0.99)
    )
    new_topics: int = _setting(
        "study",
        1,
        "From how many topics new cards come in turn; 1 finishes a topic before the next one begins.",
        (1, 99),
    )
    siblings_apart: bool = _setting("study", True, "Whether cards made from the same text come on different days.")
    easy_days: tuple[str, ...] = _setting(
        "study",
        (),
        "Days of the week on which less should fall due: `sat` gets half of a normal day, `sun minimum` hardly any.",
    )
    typing: str = _setting(
        "study",
        "asked",
        "Which answers you type while you study: those `asked` for by `= answer` in a note, gaps (`cloze`) as well, or "
        "`never` any.",
        choices=("asked", "cloze", "never"),
    )
    rollover: int = _setting("study", 4, "The hour, local time, at which a new day begins.", (0, 23))
    exam: str = _setting("exam", "", "The day of an exam, such as 2026-12-15; empty for none.")
    exam_name: str = _setting("exam", "", "What the exam is called.")
    syllabus: tuple[str, ...] = _setting(
        "exam", (), "What the exam asks: topics, or searches for cards; nothing means all cards."
    )
    minutes_per_day: int = _setting(
        "exam",
        0,
        "The minutes of study to count on until the exam; 0 means as many as there were in the last month.",
        (0, 1440),
    )
    confidence: bool = _setting(
        "quiz", False, "Whether a quiz and an exam ask how sure you are before they mark an answer."
    )
    exams_count: bool = _setting(
        "quiz", False, "Whether the answers of an exam count as reviews of their cards when it is handed in."
    )
    computed: bool = _setting("quiz", True, "Whether a quiz and an exam have questions that demos compute.")
    theme: str = _setting(
        "look", THEMES[0], "The colours of the app: one of its own themes or any of Textual's.", choices=THEMES
    )
    reduced_motion: bool = _setting(
        "look", False, "Whether nothing should move or blink by itself: no animation, no blinking cursor."
    )
    pictures: str = _setting(
        "look",
        "auto",
        "How pictures are shown: in real pixels where the terminal has them (`auto`), always in half `blocks`, "
        "or by their `names`.",
        choices=("auto", "blocks", "names"),
    )
    keys: tuple[tuple[str, str], ...] = _setting(
        "look",
        (),
        'Other keys for what the app can do: a section [keys] of lines such as `study.undo = "u, backspace"`. It holds '
        "only in your own file.",
    )
    sync: str = _setting(
        "sync", "", "What `studytool sync` synchronises with when no target is given: a folder or a PostgreSQL URL."
    )
    unknown: tuple[str, ...] = ()
    """Sentences about keys that no setting has, and dialects that are none, for `check` and the app to show."""

    @property
    def made(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What decides which cards notes yield: the levels, and the dialects that are off."""
        return self.cards, self.dialects_off

    @property
    def makes_all(self) -> bool:
        """Whether notes yield every card that they hold."""
        return set(LEVELS) <= set(self.cards) and not self.dialects_off


@cache
def known() -> dict[str, About]:
    """What there is to set, by name, in the order of `GROUPS`."""
    told = [item for item in fields(Settings) if item.metadata]
    told.sort(key=lambda item: GROUPS.index(item.metadata["group"]))
    return {item.name: About(item.name, item.default, **item.metadata) for item in told}


def user_file() -> Path:
    """The user's own file, which need not be there."""
    return places.config_folder() / "settings.toml"


def library_file(root: Path) -> Path:
    """The file of the library at `root`, which need not be there."""
    return root / "studytool.toml"


def layers(
    root: Path | None = None, environ: Mapping[str, str] | None = None, wrong: list[str] | None = None
) -> list[Layer]:
    """What each source sets, the later one wins; raises `UsageError` naming file and key for a wrong value.

    Where `wrong` is given, such sentences are added to it instead, and what they are about is left aside.
    """
    found = [layer(library_file(root), "library", wrong)] if root else []
    found.append(layer(user_file(), "user", wrong))
    environ = os.environ if environ is None else environ
    if theme := environ.get("STUDYTOOL_THEME"):
        found.append(Layer("environment", "STUDYTOOL_THEME", {"theme": theme}))
    return found


def load(root: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force for the library at `root`; raises `UsageError` naming file and key of all wrong values."""
    try:
        return united(layers(root, environ))
    except UsageError as first:
        wrong: list[str] = []
        layers(root, environ, wrong)
        if len(wrong) < 2:
            raise
        raise UsageError(" ".join(wrong)) from first


def load_to_look(root: Path | None = None, held: Settings | None = None) -> Settings:
    """The same for the app, which opens over a wrong value that its own screen can set right.

    In its place holds what held before, or what would without it, and a sentence about it is among those that are
    `unknown`. Raises `UsageError` where it says which notes are read, or which cards they yield.
    """
    found = layers(root, wrong=[])
    refused = [(name, error) for each in found for name, error in each.refused.items()]
    if any(name in _NEEDED for name, _ in refused):
        raise UsageError(" ".join(str(error) for _, error in refused)) from refused[0][1]
    settings = united(found)
    if held is not None:
        aside = left_aside(found)
        stays = {name: getattr(held, name) for name in aside if name in known()}
        keys = tuple(pair for pair in held.keys if f"{KEYS}.{pair[0]}" in aside)
        settings = replace(settings, **{KEYS: (*settings.keys, *keys), **stays})
    told = [f"{error} Meanwhile {_shown(settings, name)}." for name, error in refused]
    return replace(settings, unknown=(*settings.unknown, *told))


def layers_to_look(root: Path | None = None) -> list[Layer]:
    """The layers without their wrong values; raises `UsageError` where a file cannot be read, or is no TOML."""
    found = layers(root, wrong=[])
    for each in found:
        if "" in each.refused:
            raise each.refused[""]
    return found


def unreadable(root: Path | None = None) -> str:
    """The first file of settings that cannot be read, or is no TOML; empty where all can."""
    return next((each.place for each in layers(root, wrong=[]) if "" in each.refused), "")


def left_aside(found: Sequence[Layer]) -> dict[str, Layer]:
    """The sources whose value of a setting would hold, and is a wrong one, by the names of the settings."""
    last = {name: each for each in found for name in (*each.values, *each.refused)}
    return {name: each for name, each in last.items() if name in each.refused}


def _shown(settings: Settings, name: str) -> str:
    section, _, action = name.partition(".")
    if section == KEYS:
        own = dict(settings.keys)
        if not action:
            return "the keys of before hold" if own else "the usual keys hold"
        return f"{parted(own[action])} holds" if action in own else "its usual keys hold"
    return f"{written(getattr(settings, name)) or 'nothing'} holds"


def united(found: Sequence[Layer]) -> Settings:
    """The settings that hold when these sources are laid over the defaults."""
    values = {name: value for each in found for name, value in each.values.items()}
    return Settings(**values, unknown=tuple(told for each in found for told in each.unknown))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Standing:
    """A setting with the value that holds, and where it comes from."""

    about: About
    value: object
    kind: Literal["default", "library", "user", "environment"]
    place: str
    """The file with the line, or the variable; empty for a default."""


def stand(found: Sequence[Layer]) -> list[Standing]:
    """All settings as they stand when these sources are laid over the defaults."""
    listed = []
    for name, about in known().items():
        source = next((each for each in reversed(found) if name in each.values), None)
        if source is None:
            listed.append(Standing(about, about.default, "default", ""))
        else:
            listed.append(Standing(about, source.values[name], source.kind, source.place_of(name)))
    return listed


def place_of(name: str, root: Path | None) -> str:
    """The file with the line, or the variable, in which a setting stands that holds for the library at `root`."""
    return next((each.place for each in stand(layers(root, wrong=[])) if each.about.name == name), "")


def of_library(root: str | None) -> Settings:
    """The settings for the library that a command line names by `--root`, else the user's own; raises `UsageError`.

    What is strange about them is said on standard error.
    """
    check_root(root)
    settings = load(Path(root) if root else None)
    tell(settings.unknown)
    return settings


def check_root(root: str | None) -> None:
    """Raise `UsageError` where `--root` names no folder, `StudytoolError` where that cannot be read."""
    if root is not None and not os.path.isdir(root):
        raise UsageError(f"There is no folder {root or '“”'}.", "`--root` names the folder that the notes belong to.")
    if root is not None and places.is_closed(Path(root)):
        raise closed(root)


def closed(folder: str) -> StudytoolError:
    """What is said of a folder of notes that may not be read."""
    return StudytoolError(f"The folder {folder} cannot be read: Permission denied.", "Check its permissions.")


def tell(sentences: Sequence[str]) -> None:
    """Say on standard error what is strange about settings."""
    for sentence in sentences:
        print(f"studytool: {one_line(sentence)}", file=sys.stderr)


def layer(path: Path, kind: Literal["library", "user"], wrong: list[str] | None = None) -> Layer:
    """What a file sets, nothing where there is no file; for a wrong value the same holds as for `layers`."""
    theirs, aside = dict(known()), dict[str, str]()
    if kind == "library":
        aside[KEYS] = f"[{KEYS}] holds only in your own settings, {user_file()}; here it is left aside."
        del theirs[KEYS]
    found = read_layer(path, kind, theirs, aside)
    if wrong is None and found.refused:
        raise next(iter(found.refused.values()))
    if wrong is not None:
        wrong += map(str, found.refused.values())
    return found
