"""What can be set, and where: defaults < `studytool.toml` in the library < the user's `settings.toml` < environment."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import places
from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

LEVELS = ("explicit", "structured", "derived")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults; see the README for the file format."""

    libraries: tuple[str, ...] = ()
    """Folders of notes that `studytool` opens when no path is given; none means the built-in course."""
    cards: tuple[str, ...] = LEVELS
    """Which levels of card are made: explicit, structured, derived."""
    ignore: tuple[str, ...] = ()
    """Files and folders of a library that hold no notes, as patterns of a `.gitignore`."""
    new_per_day: int = 20
    """New cards a day, all topics together."""
    reviews_per_day: int = 200
    """Due cards a day, all topics together."""
    desired_retention: float = 0.9
    """The probability of recall at which a card falls due, 0.7 to 0.99."""
    new_topics: int = 1
    """From how many topics new cards come in turn; 1 finishes a topic before the next one begins."""
    siblings_apart: bool = True
    """Whether cards made from the same text come on different days."""
    easy_days: tuple[str, ...] = ()
    """Days of the week on which less should fall due: `sat` gets half of a normal day, `sun minimum` hardly any."""
    exam: str = ""
    """The day of an exam, such as 2026-12-15; empty for none."""
    exam_name: str = ""
    """What the exam is called."""
    syllabus: tuple[str, ...] = ()
    """What the exam asks: topics, or searches for cards; nothing means all cards."""
    minutes_per_day: int = 0
    """The minutes of study to count on until the exam; 0 means as many as there were in the last month."""
    rollover: int = 4
    """The hour, local time, at which a new day begins."""
    theme: str = "studytool-dark"
    """The name of the app's theme: studytool-dark, studytool-light or any of Textual's."""
    sync: str = ""
    """What `studytool sync` synchronises with when no target is given: a folder or a PostgreSQL URL."""
    unknown: tuple[str, ...] = ()
    """Sentences about keys that no setting has, for `check` and the app to show."""


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHARES = {"": 0.5, "normal": 1.0, "reduced": 0.5, "minimum": 0.0}
_EASY_DAYS = 'Write a day as "sat" (half as much as on a normal day) or "sun minimum"; days are ' + ", ".join(WEEKDAYS)


def shares_of(easy_days: Sequence[str]) -> tuple[float, ...] | None:
    """What each day from Monday to Sunday gets of what a normal day gets; None for a day that is not understood."""
    shares = [1.0] * 7
    for item in easy_days:
        day, _, share = item.strip().lower().partition(" ")
        if day not in WEEKDAYS or share.strip() not in _SHARES:
            return None
        shares[WEEKDAYS.index(day)] = _SHARES[share.strip()]
    return tuple(shares)


_BOUNDS: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 99999),
    "desired_retention": (0.7, 0.99),
    "rollover": (0, 23),
    "new_topics": (1, 99),
    "minutes_per_day": (0, 1440),
}


def load(root: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings in force for the library at `root`; raises `UsageError` naming file and key for a wrong value."""
    settings = Settings()
    sources = [root / "studytool.toml"] if root else []
    for path in [*sources, places.config_folder() / "settings.toml"]:
        settings = _with_file(settings, path)
    environ = os.environ if environ is None else environ
    if theme := environ.get("STUDYTOOL_THEME"):
        settings = replace(settings, theme=theme)
    return settings


def of_library(root: str | None) -> Settings:
    """The settings for the library that a command line names by `--root`, else the user's own; raises `UsageError`.

    What is strange about them is said on standard error.
    """
    if root and not os.path.isdir(root):
        raise UsageError(f"There is no folder {root}.", "`--root` names the folder of the library.")
    settings = load(Path(root) if root else None)
    tell(settings)
    return settings


def tell(settings: Settings) -> None:
    """Say on standard error which keys no setting has."""
    for sentence in settings.unknown:
        print(f"studytool: {one_line(sentence)}", file=sys.stderr)


def _with_file(settings: Settings, path: Path) -> Settings:
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return settings
    except OSError as error:
        raise UsageError(f"The settings in {path} cannot be read: {error.strerror}.") from error
    import tomllib  # 14 ms, and most people have no settings file

    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: this is not valid TOML: {error}.", "Correct that line.") from error
    known = {item.name for item in fields(Settings)} - {"unknown"}
    changes: dict[str, object] = {}
    lines = content.decode("utf-8-sig").splitlines()
    strange = [_strange(_place(path, lines, name), name, table[name], known) for name in table if name not in known]
    for name in known & table.keys():
        changes[name] = _checked(_place(path, lines, name), name, table[name], getattr(settings, name))
    if "libraries" in changes:
        listed = (places.expanded(item, f"{path}: `libraries`") for item in table["libraries"])
        changes["libraries"] = tuple(str(path.parent / item) for item in listed)
    if "://" not in (target := str(changes.get("sync", "://"))) and target:
        changes["sync"] = str(path.parent / places.expanded(target, f"{path}: `sync`"))
    return replace(settings, unknown=(*settings.unknown, *strange), **changes)  # type: ignore[arg-type]


def _place(path: Path, lines: Sequence[str], name: str) -> str:
    """The file and, where it is seen, the line in which a name of the outermost level stands."""
    import re

    begins = re.compile(rf"""\s*\[{{0,2}}\s*(["']?){re.escape(name)}\1\s*[=.\]]""")
    return next((f"{path}:{number}" for number, line in enumerate(lines, 1) if begins.match(line)), str(path))


def _strange(place: str, name: str, value: object, known: Collection[str]) -> str:
    """A sentence about a key that no setting has, with what may have been meant."""
    if isinstance(value, dict) and (inside := sorted(known & value.keys())):
        named = ", ".join(f"`{each}`" for each in inside)
        return f"{place}: there is no section [{name}]; {named} should stand above all sections."
    from difflib import get_close_matches

    close = get_close_matches(name.lower().replace("-", "_"), sorted(known), 1)
    return f"{place}: there is no setting `{name}`{f'; did you mean `{close[0]}`?' if close else '.'}"


def _checked(path: str, name: str, value: object, default: object) -> object:
    """`value` as the type of `default`, or a `UsageError` that says where and what was expected."""
    if isinstance(value, dict):
        raise UsageError(f"{path}: `{name}` is no section.", f"Write `{name} = …` above all sections.")
    if name == "exam":
        return _day(path, value)
    if name == "syllabus" and isinstance(value, str):
        value = [value]
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise UsageError(f'{path}: `{name}` should be a list of strings such as ["explicit"].')
        if name == "cards" and not set(value) <= set(LEVELS):
            raise UsageError(f"{path}: `cards` knows {', '.join(LEVELS)}.")
        for item in value if name == "easy_days" else ():
            if shares_of([item]) is None:
                raise UsageError(f'{path}: `easy_days` knows no "{item}".', f"{_EASY_DAYS}.")
        return tuple(value)
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise UsageError(f"{path}: `{name}` should be true or false.")
        return value
    if isinstance(default, str):
        if not isinstance(value, str):
            raise UsageError(f"{path}: `{name}` should be a string.")
        return value
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or (isinstance(default, int) and not float(value).is_integer())
    ):
        raise UsageError(f"{path}: `{name}` should be a {'whole ' if isinstance(default, int) else ''}number.")
    low, high = _BOUNDS[name]
    if not low <= value <= high:
        raise UsageError(f"{path}: `{name}` should lie between {low:g} and {high:g}, not {value:g}.")
    return type(default)(value)  # type: ignore[call-arg]


def _day(path: str, value: object) -> str:
    """A day as `2026-12-15`, from a date of TOML or from such a text."""
    from datetime import date

    try:
        return date.fromisoformat(str(value)).isoformat() if value != "" else ""
    except ValueError:
        raise UsageError(f"{path}: `exam` should be a day such as 2026-12-15.") from None
