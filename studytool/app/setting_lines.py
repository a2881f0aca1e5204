"""What the settings screen lists, one line a setting and one an action with its keys, and how each of them is set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool import setting_file, settings
from studytool.app import keymap
from studytool.errors import UsageError
from studytool.setting_values import KEYS, About, parted, read, written
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studytool.setting_layer import Layer

_FROM = {"default": "default", "library": "library", "user": "yours", "environment": "environment"}
_IDLE = "no effect"
"""What stands there cannot be, and the default holds."""
_STEP = {float: 0.01, int: 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A setting as it stands, in words."""

    name: str
    """As in the file; `keys.ACTION` for the keys of an action."""
    group: str
    value: str
    """As one would type it."""
    default: str
    source: str
    """Where the value comes from, in a word."""
    place: str
    """The file with the line, or the variable; empty for a default."""
    told: str
    takes: str
    """What may be set, in a few words."""
    about: About | None = None
    """The setting; None for the keys of an action."""


def lines(root: Path | None, in_force: settings.Settings) -> list[Line]:
    """All that can be set, for the library at `root`, and in place of what is wrong what is `in_force`.

    Raises `UsageError` where a file of settings cannot be read, or is no TOML.
    """
    layers = settings.layers_to_look(root)
    found = settings.stand(layers)
    wrong = settings.left_aside(layers)
    listed = [_setting(each) for each in found if each.about.name != KEYS]
    listed = [_wrong(line, wrong[line.name], in_force) if line.name in wrong else line for line in listed]
    own = next(each for each in found if each.about.name == KEYS)
    pairs = tuple(own.value) if isinstance(own.value, tuple) else ()
    keys = _keys(dict(pairs), own.place)
    return [*listed, *(_wrong(line, wrong[line.name], in_force) if line.name in wrong else line for line in keys)]


def _wrong(line: Line, layer: Layer, in_force: settings.Settings) -> Line:
    if line.about is None:
        held = dict(in_force.keys).get(line.name.removeprefix(f"{KEYS}."))
        value = parted(held) if held else line.default
    else:
        value = written(getattr(in_force, line.name))
    return replace(line, value=value, source=_IDLE, place=layer.place_of(line.name), told=str(layer.refused[line.name]))


def _setting(each: settings.Standing) -> Line:
    about = each.about
    return Line(
        about.name,
        about.group.capitalize(),
        written(each.value),
        written(about.default),
        _FROM[each.kind],
        each.place,
        about.told.replace("`", ""),
        takes(about),
        about,
    )


def _keys(chosen: dict[str, str], place: str) -> list[Line]:
    listed = []
    in_force, slips = keymap.settled(list(chosen.items()))
    for action in keymap.actions().values():
        default = ", ".join(action.keys)
        mine = action.id in chosen
        value = parted(chosen[action.id]) if mine else default
        source, where = ("yours" if action.id in in_force else _IDLE, place) if mine else ("default", "")
        group = f"Keys: {keymap.title_of(action.place).lower()}"
        told = f"{action.name}: {action.told}" if action.told != action.name else action.name
        told = slips.get(action.id, told)
        names = "keys with commas between them: u, backspace, f5, space"
        listed.append(Line(f"{KEYS}.{action.id}", group, value, default, source, where, told, names))
    return sorted(listed, key=lambda line: line.group != "Keys: everywhere")


def slips(layers: Sequence[Layer]) -> list[str]:
    """A sentence about each line of `[keys]` that cannot hold, with the file and the line."""
    own = next((each for each in layers if KEYS in each.values), None)
    pairs = own.values[KEYS] if own else ()
    if own is None or not isinstance(pairs, tuple):
        return []
    told = keymap.settled(pairs)[1]
    return [f"{own.place_of(f'{KEYS}.{action}')}: {slip}" for action, slip in told.items()]


def takes(about: About) -> str:
    """What a setting may be set to."""
    if about.name == "exam":
        return "a day"
    if isinstance(about.default, bool):
        return "true or false"
    if about.bounds:
        whole = "a whole number" if isinstance(about.default, int) else "a number"
        return f"{whole} from {about.bounds[0]:g} to {about.bounds[1]:g}"
    if about.choices:
        return f"{'any of ' if isinstance(about.default, tuple) else ''}{', '.join(about.choices)}"
    return "items with commas between them" if isinstance(about.default, tuple) else "a text"


def put(path: Path, line: Line, text: str | None, chosen: Sequence[tuple[str, str]], seen: bytes | None) -> None:
    """Write what someone typed for a line into the file at `path`; None takes it out, so that the default holds.

    `chosen` is the key map in force, `seen` the file as it was shown. Raises `StudytoolError` with what is wrong.
    """
    value: object = None
    if text is not None:
        value = read(line.about, text) if line.about else _key_names(line, text, chosen)
        value = setting_file.to_set(line.name, value)
        if line.name == "theme":
            check_theme(str(value))
    setting_file.put(path, line.name, value, seen)


def check_theme(name: str) -> None:
    """A theme has to be one of our own or of Textual's; raises `UsageError`."""
    from textual.theme import BUILTIN_THEMES

    if name not in settings.THEMES and name not in BUILTIN_THEMES:
        names = ", ".join([*settings.THEMES, *sorted(BUILTIN_THEMES)])
        raise UsageError(f'There is no theme "{one_line(name, 60)}".', f"There are {names}.")


def _key_names(line: Line, text: str, chosen: Sequence[tuple[str, str]]) -> str:
    action = line.name.removeprefix(f"{KEYS}.")
    others = [(each, keys) for each, keys in chosen if each != action]
    _, before = keymap.settled(others)
    _, slips = keymap.settled([*others, (action, text)])
    if new := [slip for slip in slips.values() if slip not in before.values()]:
        raise UsageError(new[0])
    return parted(text)


def turned(line: Line, step: int) -> str | None:
    """The value beside the present one, up or down, as one would type it; None where there is no order."""
    about = line.about
    if about is None or isinstance(about.default, tuple):
        return None
    if isinstance(about.default, bool):
        return written(line.value == "false")
    if about.bounds and isinstance(about.default, (int, float)):
        number = float(line.value) + step * _STEP[type(about.default)]
        number = min(max(round(number, 2), about.bounds[0]), about.bounds[1])
        return written(type(about.default)(number))
    if about.choices:
        at = about.choices.index(line.value) if line.value in about.choices else -1
        return about.choices[(at + step) % len(about.choices)]
    return None
