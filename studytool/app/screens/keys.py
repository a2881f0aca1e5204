"""The keys of a screen, made from the bindings themselves, so that help and keys cannot disagree."""

from __future__ import annotations

from dataclasses import replace
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.keymap import title_of
from studytool.app.screens.window import Window
from studytool.app.widgets.scroll import LongText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from studytool.app.frame import Frame

_LAST = ("file", "list", "text", "app", "")  # the last are those of a field, which Textual binds
_SHARE, _WIDEST, _FRAME = 0.9, 90, 10
"""How wide the window is beside the screen and at most, as the style sheet has it; what its frame and bar take."""
_ROOMY = 40
"""Cells in which there is room for all keys of an action; in fewer the first one is named."""
_DIGITS = 4
"""So many keys of digits in a row are told by the first and the last."""
# What Textual binds on every screen and what needs no explanation here.
_NOT_OURS = {"app.focus_next", "app.focus_previous", "screen.copy_text"}


class KeysScreen(Window[None]):
    """The keys of the screen below and what they do there now, by where they hold."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "Close", id="help.close")]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._below = below
        self._listed = Static()

    def compose(self) -> ComposeResult:
        """One line an action."""
        with LongText(id="keys") as frame:
            frame.border_title = "Keys"
            yield self._listed

    def on_mount(self) -> None:
        """Write the table, and say below it whether it goes on."""
        self.watch(self.query_one(LongText), "scroll_y", self._tell)
        self.on_resize()

    def on_resize(self) -> None:
        """A sentence goes on below its beginning, in the room that there is."""
        self._listed.update(self._table(min(round(self.app.size.width * _SHARE), _WIDEST) - _FRAME))
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        if not self.query(LongText):
            return  # another size came first
        frame, key = self.query_one(LongText), self.app.key_name
        closes = f"{key('help.close', 'esc')} closes"
        down = self.app.keys_name(("text.down", "text.page-down"), "↓ space")
        is_more = frame.scroll_y < frame.max_scroll_y
        frame.border_subtitle = f"{down} more below · {closes}" if is_more else f"{closes} · the settings change keys"

    def _table(self, room: int) -> Content:
        groups: dict[str, dict[str, tuple[list[str], str]]] = {}
        for binding in self._bindings_below():
            place = (binding.id or "").partition(".")[0]
            told = binding.tooltip or binding.description
            does = f"{binding.action.partition('(')[0]}: {told}"  # the digits of a number are one row
            keys, _ = groups.setdefault(place, {}).setdefault(does, ([], told))
            key = self.app.get_key_display(replace(binding, key_display=None))
            if key not in keys:
                keys.append(key)
        for rows in groups.values():
            for keys, _ in rows.values():
                keys[:] = _in_short(keys)[: None if room >= _ROOMY else 1]
        own = [place for place in groups if place not in _LAST]
        width = max((len(" ".join(keys)) for rows in groups.values() for keys, _ in rows.values()), default=0)
        lines: list[Content] = []
        for place in [*own, *(place for place in _LAST if place in groups)]:
            lines += [Content("")] * bool(lines)
            lines.append(Content.styled(f"{'':>{width}}  {title_of(place)}", "bold"))
            for keys, told in groups[place].values():
                first, *rest = wrap(told, max(room - width - 2, 16))
                lines.append(Content.assemble((f"{' '.join(keys):>{width}}", "$accent bold"), f"  {first}"))
                lines += [Content(f"{'':>{width}}  {line}") for line in rest]
        return Content("\n").join(lines)

    def _bindings_below(self) -> Iterator[Binding]:
        """What the screen below answers to, and what the app does above every screen, even a window."""
        active = self._below.active_bindings
        for found in active.values():
            if found.binding.description and not found.binding.system and found.binding.action not in _NOT_OURS:
                yield found.binding
        for binding in self.app.everywhere():
            if binding.priority and binding.key not in active:
                yield binding


def _in_short(keys: list[str]) -> list[str]:
    """The names of keys, of digits in a row the first and the last: `1…9`."""
    digits = [key for key in keys if len(key) == 1 and key.isdigit()]
    if len(digits) < _DIGITS or "".join(sorted(digits)) not in "0123456789":
        return keys
    return [f"{min(digits)}…{max(digits)}", *(key for key in keys if key not in digits)]
