"""`studytool settings`: what can be set, to what it is set and where; with a value, set it in its file."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from studytool import settings
from studytool.desk.asked import lost, root_of, set_roots
from studytool.errors import UsageError
from studytool.setting_file import put, to_set
from studytool.setting_layer import nearest
from studytool.setting_values import KEYS, read, written
from studytool.text import as_json, one_line, padded

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from studytool.setting_layer import Layer
    from studytool.settings import Standing

_KINDS = {"default": "default", "library": "library", "user": "yours", "environment": "environment"}


def run(args: argparse.Namespace) -> int:
    """List, explain, set or reset; always 0."""
    if args.value is not None and args.reset:
        raise UsageError("`--reset` takes no value: it lets the default hold again.")
    if args.key is None:
        if args.reset or args.library:
            raise UsageError("Say which setting.", "For example `studytool settings new_per_day 15`.")
        return _list(args)
    if args.key == KEYS or args.key.startswith(f"{KEYS}."):
        return _keys(args)
    if args.key not in settings.known():
        raise UsageError(_unknown(args.key))
    root = root_of(args.root)
    if args.value is not None or args.reset:
        path = _file(root) if args.library else settings.user_file()
        put(path, args.key, None if args.reset else _read(args.key, args.value))
        root = root_of(args.root)
    return _tell(args.key, root, args.json)


def _read(name: str, text: str) -> object:
    value = read(settings.known()[name], text)
    if name == "theme" and value not in settings.THEMES:
        from studytool.app.setting_lines import check_theme

        check_theme(str(value))
    return to_set(name, value)


def _file(root: Path | None) -> Path:
    if root is None:
        raise UsageError("There is no library of yours to set this for.", "Name its folder with --root DIR.")
    return settings.library_file(root)


def _unknown(name: str) -> str:
    from studytool.app import keymap  # the app, because it knows what it can do

    if name in keymap.actions():
        return f"There is no setting `{name}`; the keys of that action are `{KEYS}.{name}`."
    close = nearest(name, settings.known())
    meant = f"did you mean `{close}`?" if close else "`studytool settings` lists them."
    return f"There is no setting `{one_line(name, 60)}`; {meant}"


def _as_json(each: Standing) -> dict[str, object]:
    about = each.about
    value, default = (
        dict(v) if about.name == KEYS and isinstance(v, tuple) else v for v in (each.value, about.default)
    )
    return {
        "name": about.name,
        "value": value,
        "default": default,
        "from": each.kind,
        "place": each.place or None,
        "group": about.group,
        "about": about.told,
        "choices": list(about.choices) or None,
        "bounds": list(about.bounds) if about.bounds else None,
    }


def _standing(root: Path | None) -> tuple[list[Standing], list[str], list[str]]:
    """The settings as they stand, what is wrong about them, and keys that none has; both are told on standard error."""
    wrong: list[str] = []
    layers = settings.layers(root, wrong=wrong)
    wrong += [*_no_themes(layers), *no_keys(layers)]
    found = settings.stand(layers)
    set_ = next(each for each in found if each.about.name == "libraries")
    wrong += lost(settings.united(layers).libraries, set_.place)
    unknown = [told for layer in layers for told in layer.unknown]
    settings.tell([*wrong, *unknown])
    return found, wrong, unknown


def no_keys(layers: Sequence[Layer]) -> list[str]:
    """A sentence for each line of [keys] in the files that cannot hold."""
    if not any(each.values.get(KEYS) for each in layers):
        return []
    from studytool.app.setting_lines import slips

    return slips(layers)


def _no_themes(layers: Sequence[Layer]) -> list[str]:
    """A sentence for each theme in the files that there is not."""
    named = [(each.place_of("theme"), str(each.values["theme"])) for each in layers if "theme" in each.values]
    told = []
    for place, name in named:
        if name not in settings.THEMES:
            from studytool.app.setting_lines import check_theme

            try:
                check_theme(name)
            except UsageError as error:
                told.append(f"{place}: {error}")
    return told


def _list(args: argparse.Namespace) -> int:
    root = root_of(args.root)
    found, wrong, unknown = _standing(root)
    files = {"user": settings.user_file(), "library": settings.library_file(root) if root else None}
    if args.json:
        named = {kind: str(path) if path else None for kind, path in files.items()}
        told = {"files": named, "wrong": wrong, "unknown": unknown}
        print(as_json({"settings": [_as_json(each) for each in found], **told}))
        return 0
    group = ""
    for each in found:
        if each.about.group != group:
            group = each.about.group
            print(f"{'' if each is found[0] else chr(10)}{group.capitalize()}")
        source = _KINDS[each.kind] + (f", {each.place}" if each.place else "")
        print(f"  {padded(each.about.name, 20)}{padded(one_line(_value(each)) or '–', 32)}  {one_line(source)}")
    print(f"\nYours are in {one_line(str(files['user']))}", end="")
    print(f", those of the library in {one_line(str(files['library']))}." if files["library"] else ".")
    others = [one for one in set_roots()[1:] if os.path.isfile(settings.library_file(one))] if not args.root else []
    for one in others:
        says = f"{settings.library_file(one)} says how the notes there are read, and may set the exam"
        print(one_line(f"{says}: `studytool settings --root {shlex.quote(str(one))}` lists it."))
    print("`studytool settings KEY` explains one, `studytool settings KEY VALUE` sets it.")
    return 0


def _value(each: Standing) -> str:
    if each.about.name == KEYS and isinstance(each.value, tuple):
        return f"{len(each.value)} set" if each.value else ""
    return written(each.value)


def _tell(name: str, root: Path | None, as_data: bool) -> int:
    each = next(each for each in _standing(root)[0] if each.about.name == name)
    if as_data:
        print(as_json(_as_json(each)))
        return 0
    about = each.about
    source = _KINDS[each.kind] + (f", {each.place}" if each.place else "")
    print(f"{name} = {one_line(written(each.value)) or 'nothing'}  ({one_line(source)})")
    print(about.told)
    if about.choices:
        print(f"There are {', '.join(about.choices)}.")
    if about.bounds:
        print(f"From {about.bounds[0]:g} to {about.bounds[1]:g}.")
    print(f"The default is {written(about.default) or 'nothing'}.")
    return 0


def _keys(args: argparse.Namespace) -> int:
    """List the actions of the app with their keys, or set those of one."""
    from studytool.app import setting_lines  # the app, because it knows what it can do

    lines = [line for line in setting_lines.lines(None, settings.load()) if line.about is None]
    if args.key == KEYS:
        settings.tell(setting_lines.slips(settings.layers()))
        if args.value is not None or args.reset:
            raise UsageError("Say of which action.", "For example `studytool settings keys.study.undo z`.")
    else:
        chosen = next((line for line in lines if line.name == args.key), None)
        if args.library:
            raise UsageError("Keys are your own, and not those of a library.", "Leave out --library.")
        if chosen is None:
            raise UsageError(f"There is no action `{one_line(args.key, 60)}`; `studytool settings keys` lists them.")
        if args.value is not None or args.reset:
            pairs = settings.load().keys
            setting_lines.put(settings.user_file(), chosen, None if args.reset else args.value, pairs, None)
            lines = [line for line in setting_lines.lines(None, settings.load()) if line.about is None]
        lines = [line for line in lines if line.name == args.key]
    if args.json:
        told = [
            {
                "action": each.name.removeprefix(f"{KEYS}."),
                "keys": each.value,
                "default": each.default,
                "from": each.source,
                "about": each.told,
            }
            for each in lines
        ]
        print(as_json({"keys": told}))
        return 0
    for line in lines:
        columns = (padded(line.name, 24), padded(one_line(line.value), 24), padded(line.source, 9), one_line(line.told))
        print("  ".join(columns))
    return 0
