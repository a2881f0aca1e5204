"""The key map: every action of the app by its id, and what `[keys]` in the user's settings makes of it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_EVERYWHERE, _FILE = "app", "file"
_SHARED = {"list": ("Rows",), "text": ("LongText", "NoteText")}
"""The widgets that several screens use, by the first half of the ids of their keys."""
_TITLES = {
    "app": "Everywhere",
    "list": "In a list",
    "text": "In a long text",
    _FILE: "The file behind it",
    "browse-search": "In the search",
    "card-table": "Card table",
    "exam-file": "Exam file",
    "exam-questions": "Exam questions",
    "exam-recall": "Exam own words",
    "exam-report": "Exam report",
    "exam-result": "Exam result",
    "exam-start": "Before an exam",
    "lines": "In a table",
    "stats": "Statistics",
    "sure": "How sure",
    "": "Where you type",
}
_IN_TURN = (
    {"quiz.answer", "quiz.next"},
    {"exam-start.begin", "exam-start.go-on"},
    {"study.answer", "study.take"},
    {"browse.unmark", "browse.home"},
    *({f"choice.pick-{n}", f"study.{grade}"} for n in range(1, 10) for grade in ("again", "hard", "good", "easy")),
)
"""Actions of one screen of which there is always one only: they may share a key."""
_MODIFIERS = re.compile(r"((?:ctrl|alt|shift|super|meta|hyper)\+)*")
_NAMED = {key.value for key in Keys} | {"enter", "space"}


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does."""

    id: str
    """The place and the action: `study.undo`."""
    keys: tuple[str, ...]
    """Its keys where nobody has set others."""
    name: str
    """A word or two, as at the foot of the screen."""
    told: str
    """What it does, as in the help."""

    @property
    def place(self) -> str:
        """Where it can be done: a screen, `list` wherever there is one, or `app` everywhere."""
        return self.id.partition(".")[0]


def title_of(place: str) -> str:
    """What a place is called on a screen."""
    return _TITLES.get(place, place.capitalize())


@cache
def actions() -> dict[str, Action]:
    """All actions by their ids, those of everywhere first; imports all screens."""
    found: dict[str, Action] = {}
    for source in _sources():
        for binding in Binding.make_bindings(source.__dict__["BINDINGS"]):
            if binding.id:
                known = found.get(binding.id)
                keys = tuple(dict.fromkeys((*(known.keys if known else ()), binding.key)))
                told = binding.tooltip or binding.description
                found[binding.id] = Action(binding.id, keys, binding.description, told)
    return found


def _sources() -> Iterator[type]:
    """The classes that bind keys: the apps, their widgets, and every screen."""
    from studytool.app import app, frame, screens, widgets

    found_in = [
        (package, each.name) for package in (widgets, screens) for each in pkgutil.iter_modules(package.__path__)
    ]
    modules = [importlib.import_module(f"{package.__name__}.{name}") for package, name in found_in]
    for module in (frame, app, *modules):
        for found in vars(module).values():
            if isinstance(found, type) and found.__module__ == module.__name__ and "BINDINGS" in found.__dict__:
                yield found


@cache
def _users() -> dict[str, frozenset[str]]:
    """The places with a list or a long text, whose own keys go before those of the screen, or with a file behind."""
    places: dict[str, set[str]] = {shared: set() for shared in (*_SHARED, _FILE)}
    for source in _sources():
        names = vars(importlib.import_module(source.__module__))
        here = {binding.id.partition(".")[0] for binding in source.__dict__["BINDINGS"] if binding.id}
        for shared, widgets in _SHARED.items():
            if any(widget in names for widget in widgets):
                places[shared] |= here
        if _FILE in here:
            places[_FILE] |= here
    return {shared: frozenset(users) for shared, users in places.items()}


def key_of(text: str) -> str | None:
    """A key as Textual names it, from a name or a single character; None for what is no key."""
    text = text.strip()
    modifiers = _MODIFIERS.match(text)
    rest = text[modifiers.end() :] if modifiers and len(text) > modifiers.end() else text
    if len(rest) != 1 and rest not in _NAMED and text not in _NAMED and not _is_character(rest, text != rest):
        return None
    (binding,) = Binding.make_bindings([Binding(text if text != "," else "comma", "")])
    return binding.key


def _is_character(name: str, is_modified: bool) -> bool:
    """Whether this is what Textual calls a character: `question_mark`, `comma`; a modified one is of ASCII."""
    if name in {"slash", "backslash", "at", "minus", "plus", "underscore"}:
        return True
    for spelled in (name.replace("_", " "), name.replace("_", "-"), name.replace("_", "-", 1).replace("_", " ")):
        try:
            character = unicodedata.lookup(spelled)
        except KeyError:
            continue
        return not spelled.startswith(" ") and (character.isascii() or not is_modified)
    return False


def settled(wanted: Sequence[tuple[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """The key map that Textual takes, and a sentence about each line of `[keys]` that cannot hold, both by action.

    An action with such a line keeps its own keys, so that whatever is written there nothing is out of reach.
    """
    known, chosen, told = actions(), dict[str, tuple[str, ...]](), dict[str, str]()
    for action, text in wanted:
        listed = [(part, key_of(part)) for part in text.split(",")]
        if action not in known:
            told[action] = _unknown(action, known)
        elif strange := [part.strip() for part, key in listed if key is None]:
            told[action] = (
                f'[keys] {action}: there is no key "{strange[0]}". Keys are single characters and names such as '
                f"space, comma, f5, pageup, ctrl+x. {action} keeps {', '.join(known[action].keys)}."
            )
        else:
            chosen[action] = tuple(dict.fromkeys(key for _, key in listed if key))
    while clash := _clash(chosen):
        mine, key, other = clash
        del chosen[mine]
        told[mine] = (
            f"[keys] {mine}: the key {key} is that of {other} already ({known[other].told}). "
            f"{mine} keeps {', '.join(known[mine].keys)}."
        )
    return {action: ",".join(keys) for action, keys in chosen.items()}, told


def _unknown(action: str, known: Collection[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(action.lower(), known, 1)
    meant = f"did you mean `{close[0]}`?" if close else "`studytool settings keys` lists them."
    return f"[keys]: there is no action `{action}`; {meant}"


def _clash(chosen: Mapping[str, Sequence[str]]) -> tuple[str, str, str] | None:
    """The last line whose key is another action's where both can be done; its action, the key, and that other one."""
    for mine in reversed(list(chosen)):
        for other, action in actions().items():
            if other != mine and _meet(mine, other):
                for key in chosen[mine]:
                    if key in chosen.get(other, action.keys):
                        return mine, key, other
    return None


def _meet(one: str, other: str) -> bool:
    """Whether two actions can be done in the same place."""
    if {one, other} in _IN_TURN:
        return False
    here, there = one.partition(".")[0], other.partition(".")[0]
    if here == there or _EVERYWHERE in (here, there):
        return True
    users = _users()
    return here in users.get(there, ()) or there in users.get(here, ())
