"""The values of settings: checked as a file gives them, read as someone types them, and written the same way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYS = "keys"
"""The name of the one setting that is a section: actions of the app and the keys for them."""

_OPEN = ("theme",)
"""Settings that take other texts than their choices, too."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHARES = {"": 0.5, "normal": 1.0, "reduced": 0.5, "minimum": 0.0}
_EASY_DAYS = 'Write a day as "sat" (half as much as on a normal day) or "sun minimum"; days are ' + ", ".join(WEEKDAYS)

_SUCH_AS = {"libraries": "~/notes", "ignore": "drafts/", "easy_days": "sat", "syllabus": "topic:cnn"}
"""An item of each list that takes other texts than choices."""


def shares_of(easy_days: Sequence[str]) -> tuple[float, ...] | None:
    """What each day from Monday to Sunday gets of what a normal day gets; None for a day that is not understood."""
    shares = [1.0] * 7
    for item in easy_days:
        day, _, share = item.strip().lower().partition(" ")
        if day not in WEEKDAYS or share.strip() not in _SHARES:
            return None
        shares[WEEKDAYS.index(day)] = _SHARES[share.strip()]
    return tuple(shares)


@dataclass(frozen=True, slots=True)
class About:
    """What there is to know of a setting, whatever it is set to."""

    name: str
    default: object
    group: str
    """One of `settings.GROUPS`."""
    told: str
    """What it means, in a sentence or two."""
    bounds: tuple[float, float] | None = None
    """The least and the greatest number it takes; None where it is no number."""
    choices: tuple[str, ...] = ()
    """The only texts it takes, or those to offer; none for any text."""


def _at(place: str) -> str:
    """What begins a sentence about a value at a place; nothing where there is no question where."""
    return f"{place}: " if place else ""


def checked(place: str, about: About, value: object) -> object:
    """A value as TOML gives it, as that of the setting; `UsageError` says at which place what was expected.

    The place is empty for what was typed a moment ago. The section [keys] is checked by `checked_keys`.
    """
    name = about.name
    if isinstance(value, dict):
        raise UsageError(f"{_at(place)}`{name}` is no section.", f"Write `{name} = …` above all sections.")
    if name == "exam":
        return _day(place, value)
    if name == "syllabus" and isinstance(value, str):
        value = [value]
    if isinstance(about.default, tuple):
        return _list(place, about, value)
    if isinstance(about.default, bool):
        if not isinstance(value, bool):
            raise UsageError(f"{_at(place)}`{name}` should be true or false.")
        return value
    if isinstance(about.default, str):
        if not isinstance(value, str):
            raise UsageError(f"{_at(place)}`{name}` should be a string.")
        if about.choices and name not in _OPEN and value not in about.choices:
            raise UsageError(f"{_at(place)}`{name}` knows {', '.join(about.choices)}.")
        return value
    return _number(place, about, value)


def _list(place: str, about: About, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        told = _SUCH_AS.get(about.name) or about.choices[0]
        raise UsageError(f'{_at(place)}`{about.name}` should be a list of strings such as ["{told}"].')
    if about.choices and not set(value) <= set(about.choices):
        raise UsageError(f"{_at(place)}`{about.name}` knows {', '.join(about.choices)}.")
    for item in value if about.name == "easy_days" else ():
        if shares_of([item]) is None:
            raise UsageError(f'{_at(place)}`easy_days` knows no "{one_line(item, 60)}".', f"{_EASY_DAYS}.")
    return tuple(value)


def _number(place: str, about: About, value: object) -> int | float:
    kind = int if isinstance(about.default, int) else float
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or (kind is int and isinstance(value, float) and not value.is_integer())
    ):
        raise UsageError(f"{_at(place)}`{about.name}` should be a {'whole ' * (kind is int)}number.")
    low, high = about.bounds or (-inf, inf)
    if not low <= value <= high:
        given = f"{value:g}" if isinstance(value, float) or abs(value) < _LARGE else "far outside"
        raise UsageError(f"{_at(place)}`{about.name}` should lie between {low:g} and {high:g}, not {given}.")
    return kind(value)


_LARGE = 10**300
"""From here on a whole number is none that can be told in a few digits."""


def parted(keys: str) -> str:
    """Keys of an action, as one would type them: with a comma and a space between them."""
    return ", ".join(part.strip() for part in keys.split(","))


_DEEP = 50
"""Sections in one another that are read: an action has two parts."""


def checked_keys(
    place: str, value: object, places: Mapping[str, str], within: str = ""
) -> tuple[tuple[tuple[str, str], ...], dict[str, UsageError]]:
    """The actions of a section [keys] and their keys, in the order of the file; whether there are such, the app knows.

    With them, as `keys.ACTION`, why its wrong lines are none; `places` are those of its lines by the same names, where
    they are known. Raises `UsageError` for what is no section, or has sections in one another beyond all measure.
    """
    if not isinstance(value, dict):
        raise UsageError(
            f"{_at(place)}[{KEYS}] should be a section.", 'Write lines such as study.undo = "u" below [keys].'
        )
    if within.count(".") > _DEEP:
        raise UsageError(f"{_at(place)}[{KEYS}] cannot be read: it is nested too deeply.", "Correct that line.")
    found: list[tuple[str, str]] = []
    wrong: dict[str, UsageError] = {}
    for inner, told in value.items():
        name = f"{within}{inner}"
        if isinstance(told, dict):  # `study.undo` without quotes is a section of its own
            more, slips = checked_keys(place, told, places, f"{name}.")
            found += more
            wrong |= slips
            continue
        listed = [told] if isinstance(told, str) else told
        if (
            not isinstance(listed, list)
            or not all(isinstance(key, str) and key.strip() for key in listed)
            or not listed
        ):
            at, shown = places.get(f"{KEYS}.{name}", place), one_line(name, 60)
            wrong[f"{KEYS}.{name}"] = UsageError(
                f'{_at(at)}`{shown}` in [{KEYS}] should be a key such as "u", or several: "u, backspace".'
            )
            continue
        found.append((name, ",".join(listed)))
    return tuple(found), wrong


def _day(place: str, value: object) -> str:
    """A day as `2026-12-15`, from a date of TOML or from such a text."""
    from datetime import date

    try:
        return date.fromisoformat(str(value)).isoformat() if value != "" else ""
    except ValueError:
        raise UsageError(f"{_at(place)}`exam` should be a day such as 2026-12-15.") from None


def read(about: About, text: str) -> object:
    """What someone typed for a setting, as a value for TOML; `UsageError`, as for a file, where it will not do.

    A list is told with commas, or as in TOML: `sat, sun minimum` or `["sat", "sun minimum"]`.
    """
    text = text.strip()
    value: object = text
    if isinstance(about.default, tuple):
        value = _listed(text)
    elif isinstance(about.default, bool):
        value = _SWITCH.get(text.lower(), text)
    elif isinstance(about.default, (int, float)):
        with suppress(ValueError):
            value = float(text) if isinstance(about.default, float) else int(text)
    found = checked("", about, value)
    if about.name == "syllabus" and isinstance(found, tuple):
        from studytool.syllabus import check_searches

        check_searches(found)
    return value


_SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _listed(text: str) -> object:
    if not text.startswith("["):
        return [item.strip() for item in text.split(",") if item.strip()]
    import tomllib

    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        return text


def written(value: object) -> str:
    """A value as someone would type it, the way `read` reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        plain = not any("," in item or item.startswith("[") for item in value)
        return ", ".join(value) if plain else f"[{', '.join(map(toml_text, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def toml_text(text: str) -> str:
    """A text in the quotes of TOML, which are those of JSON."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
