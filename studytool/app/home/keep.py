"""What was chosen at the first run, and the file of settings in which each part of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.setting_file import put
from studytool.setting_values import toml_text
from studytool.settings import layers, layers_to_look, library_file, stand, user_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from studytool.desk import Request


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that is a list, its new value, and the file that it goes into."""

    name: str
    values: tuple[str, ...]
    path: Path

    @property
    def line(self) -> str:
        """How it will stand in the file."""
        return f"{self.name} = [{', '.join(map(toml_text, self.values))}]"


def chosen(wanted: Request, levels: Sequence[str], off: Collection[str]) -> Request:
    """The request with these levels, and without these dialects; of the first library where several are open.

    What the learner's own file says already changes there, so that it holds for all of them.
    """
    change: dict[str, tuple[str, ...]] = {"cards": tuple(levels), "dialects_off": tuple(sorted(off))}
    own = {one.about.name for one in stand(layers(wanted.library, wrong=[])) if one.kind == "user"}
    theirs = {name: values for name, values in change.items() if name in own}
    others = tuple(replace(one, settings=replace(one.settings, **theirs)) for one in wanted.others)  # type: ignore[arg-type]
    return replace(wanted, settings=replace(wanted.settings, **change), others=others)  # type: ignore[arg-type]


def changes(wanted: Request, levels: Sequence[str], off: Collection[str], *, opened: bool) -> list[Change]:
    """What differs from the settings of an open library: the levels, the dialects that are off, and where it was
    `opened` a moment ago, the library itself.

    Which cards are made is the library's matter and kept in its folder, but where the learner's own file says
    something else already: that would win.
    """
    found = []
    if opened:
        found.append(Change("libraries", tuple(str(path.resolve()) for path in wanted.paths), user_file()))
    root, settings = wanted.library, wanted.settings
    own = {one.about.name for one in stand(layers_to_look(root)) if one.kind == "user"}
    for name, values, before in (
        ("cards", tuple(levels), settings.cards),
        ("dialects_off", tuple(sorted(off)), tuple(sorted(settings.dialects_off))),
    ):
        if values != before:
            path = library_file(root) if root and name not in own else user_file()
            found.append(Change(name, values, path))
    return found


def write(chosen: Sequence[Change]) -> None:
    """Write each into its file, where all else stays; raises `StudytoolError` where one cannot be written."""
    for change in chosen:
        put(change.path, change.name, list(change.values))
