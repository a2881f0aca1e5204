"""The keys of a screen, made from the bindings themselves, so that help and keys cannot disagree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

# What Textual binds on every screen and what needs no explanation here.
_NOT_OURS = {"app.focus_next", "app.focus_previous", "screen.copy_text", "app.keys"}


class KeysScreen(ModalScreen[None]):
    """A list of keys and what they do, for the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter", "dismiss", "Close")]

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._below = below

    def compose(self) -> ComposeResult:
        """One line a key."""
        with VerticalScroll(id="keys") as frame:
            frame.border_title = "Keys"
            frame.border_subtitle = "escape closes"
            yield Static(self._table())

    def _table(self) -> Content:
        rows: dict[str, tuple[list[str], str]] = {}
        for active in self._below.active_bindings.values():
            binding = active.binding
            if not binding.description or binding.system or binding.action in _NOT_OURS:
                continue
            keys, _ = rows.setdefault(binding.action, ([], binding.tooltip or binding.description))
            keys.append(self.app.get_key_display(replace(binding, key_display=None)))
        names = {action: " ".join(dict.fromkeys(keys)) for action, (keys, _) in rows.items()}
        width = max((len(name) for name in names.values()), default=0)
        lines = [
            Content.assemble((f"{names[action]:>{width}}", "$accent bold"), "  ", told)
            for action, (_, told) in rows.items()
        ]
        return Content("\n").join(lines)
