"""What can be set, and where: defaults < `studytool.toml` in the library < the user's `settings.toml` < environment."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from studytool import places
from studytool.errors import UsageError
from studytool.setting_values import KEYS, About, checked
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

LEVELS = ("explicit", "structured", "derived")
DIALECTS = (
    *("qa", "cloze", "anki-block", "gift", "text2qti", "quizdown", "inline", "inline-reversed", "multiline"),
    *("multiline-reversed", "highlight-cloze", "curly-cloze", "heading-deck", "choice", "answer-line", "ordering"),
    *("matching", "details", "heading", "bold-question", "question-note", "open-question", "callout", "compare"),
    *("plain-qa", "definition", "article"),
)
"""The names of the ways in which cards are written, as `notes.dialects` has them."""
THEMES = ("studytool-dark", "studytool-light", "studytool-contrast", "studytool-colour-blind")
"""The app's own themes; the first one holds where none is set."""

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
    reviews_per_day: int = _setting("study", 200, "Due cards a day, all topics together.", (0, 99999))
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
    """Sentences about keys that no setting has, for `check` and the app to show."""

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


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source sets."""

    kind: Literal["library", "user", "environment"]
    place: str
    """The path of the file, or the name of the variable."""
    values: Mapping[str, object]
    """The values by the names of the settings, each checked."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The lines in which the names stand, where they were seen."""
    unknown: tuple[str, ...] = ()
    """Sentences about keys that no setting has."""

    def place_of(self, name: str) -> str:
        """The file with the line in which a setting stands, or the variable."""
        return f"{self.place}:{self.lines[name]}" if name in self.lines else self.place


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
    """The settings in force for the library at `root`; raises `UsageError` naming file and key for a wrong value."""
    return united(layers(root, environ))


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


def standing(root: Path | None = None, environ: Mapping[str, str] | None = None) -> list[Standing]:
    """All settings as they stand for the library at `root`; raises `UsageError` as `layers` does."""
    return stand(layers(root, environ))


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


def to_set(name: str, value: object) -> object:
    """A value as it goes into a file: with the paths in it made complete from the folder one is in.

    Raises `UsageError` for a library that is not there, or an exam that is over.
    """
    if name == "exam" and value and _is_over(str(value)):
        raise UsageError(f"`exam` should be a day to come: {value} is over.")
    if name == "libraries" and isinstance(value, list):
        paths = [_path_from_here(item) for item in value]
        for path in paths:
            if why := places.missing(path):
                raise UsageError(
                    f"`libraries` cannot name {path or '“”'}: {why}.",
                    "Name a folder that is there; a drive has to be mounted.",
                )
        return paths
    if name == "sync" and isinstance(value, str) and value and "://" not in value:
        return _path_from_here(value)
    return value


def _is_over(day: str) -> bool:
    from datetime import date

    return date.fromisoformat(day) < date.today()


def _path_from_here(path: str) -> str:
    return path if path.startswith("~") or not path else os.path.abspath(path)


def of_library(root: str | None) -> Settings:
    """The settings for the library that a command line names by `--root`, else the user's own; raises `UsageError`.

    What is strange about them is said on standard error.
    """
    if root is not None and not os.path.isdir(root):
        raise UsageError(f"There is no folder {root or '“”'}.", "`--root` names the folder of the library.")
    settings = load(Path(root) if root else None)
    tell(settings.unknown)
    return settings


def tell(sentences: Sequence[str]) -> None:
    """Say on standard error what is strange about settings."""
    for sentence in sentences:
        print(f"studytool: {one_line(sentence)}", file=sys.stderr)


def layer(path: Path, kind: Literal["library", "user"], wrong: list[str] | None = None) -> Layer:
    """What a file sets, nothing where there is no file; for a wrong value the same holds as for `layers`."""
    text, table = "", dict[str, object]()
    with _told_to(wrong):
        text, table = _table(path)
    lines = {name: line for name in table if (line := _line(text.splitlines(), name))}
    places = {name: f"{path}:{lines[name]}" if name in lines else str(path) for name in table}
    theirs = known().keys() - ({KEYS} if kind == "library" else set())
    strange = tuple(_strange(places[name], name, table[name], theirs) for name in table if name not in theirs)
    values = {}
    for name in table:
        with _told_to(wrong):
            if name in theirs:
                values[name] = _from_there(path, name, checked(places[name], known()[name], table[name]))
    return Layer(kind, str(path), values, lines, strange)


@contextmanager
def _told_to(wrong: list[str] | None) -> Iterator[None]:
    """Add the sentence of a `UsageError` to those that are `wrong`; without such a list it is raised."""
    try:
        yield
    except UsageError as error:
        if wrong is None:
            raise
        wrong.append(str(error))


def _table(path: Path) -> tuple[str, dict[str, object]]:
    """The text of a file and what it says as TOML, both empty where there is no file; raises `UsageError`."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "", {}
    except OSError as error:
        raise UsageError(f"The settings in {path} cannot be read: {error.strerror}.") from error
    import tomllib  # 14 ms, and most people have no settings file

    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: this is not valid TOML: {error}.", "Correct that line.") from error


def _from_there(path: Path, name: str, value: object) -> object:
    """A value of a file with the paths in it made complete: they are relative to the file that names them."""
    if name == "libraries" and isinstance(value, tuple):
        return tuple(_library(path.parent, item) for item in value)
    if name == "sync" and isinstance(value, str) and value and "://" not in value:
        return str(path.parent / places.expanded(value, f"{path}: `sync`"))
    return value


def _library(folder: Path, item: str) -> str:
    try:
        return str(folder / places.expanded(item, "libraries")) if item else ""
    except UsageError:  # as any library that is not there, it must not keep the others from being opened
        return item


def _line(lines: Sequence[str], name: str) -> int:
    """The line, from 1, in which a name of the outermost level stands; 0 where it is not seen."""
    import re

    begins = re.compile(rf"""\s*\[{{0,2}}\s*(["']?){re.escape(name)}\1\s*[=.\]]""")
    return next((number for number, line in enumerate(lines, 1) if begins.match(line)), 0)


def _strange(place: str, name: str, value: object, known: Collection[str]) -> str:
    """A sentence about a key that no setting has, with what may have been meant."""
    if name == KEYS:
        return f"{place}: [{name}] holds only in your own settings, {user_file()}; here it is left aside."
    if isinstance(value, dict) and (inside := sorted(known & value.keys())):
        named = ", ".join(f"`{each}`" for each in inside)
        return f"{place}: there is no section [{name}]; {named} should stand above all sections."
    close = nearest(name, known)
    return f"{place}: there is no setting `{name}`{f'; did you mean `{close}`?' if close else '.'}"


def nearest(name: str, known: Collection[str]) -> str:
    """The one of the `known` names that may have been meant by one that is none; empty where none is like it."""
    from difflib import get_close_matches

    wanted = name.lower().replace("-", "_")
    close = get_close_matches(wanted, sorted(known), 1, 0.75)
    within = [one for one in sorted(known) if len(wanted) >= _TELLING and wanted in one]
    return next(iter([*close, *within]), "")


_TELLING = 4
"""So many letters of a name tell which one is meant that has them in it."""
