"""A key that does nothing right now: why that is so, and what to do instead, for the last line of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.actions import parse
from textual.binding import Binding

if TYPE_CHECKING:
    from textual.events import Key

    from studytool.app.frame import Frame

_AT_HOME = "home."
"""How the ids of the keys of home begin."""


@runtime_checkable
class Explains(Protocol):
    """A screen or a part of one that says why an action of its keys does nothing right now."""

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """A few words, with what to do instead; empty where there is nothing to say of it."""
        ...


def why_idle(app: Frame, event: Key) -> str:
    """A few words about a key that nothing answered to; empty for one that nobody would press to do something.

    Where several actions have the key, the first that says why speaks for all.
    """
    named = ""
    for node, bindings in app.screen._modal_binding_chain:
        for binding in bindings.key_to_bindings.get(event.key, ()):
            if not binding.id or binding.system:
                continue
            _, action, parameters = parse(binding.action)
            if isinstance(node, Explains) and (told := node.why_idle(action, parameters)):
                return told
            named = named or f"{binding.description}: nothing to do right now"
    return named or (_unbound(app, event) if event.is_printable else "")


def _unbound(app: Frame, event: Key) -> str:
    """Of a key that has no action here: whether it is one of home, and which key lists those of here."""
    from studytool.app.frame import HOME

    key = app.get_key_display(Binding(event.key, ""))
    helps = f"{app.key_name('app.help', '?')} shows the keys"
    if app.screen.name != HOME and any(screen.name == HOME for screen in app.screen_stack):
        home = next(screen for screen in app.screen_stack if screen.name == HOME)
        for binding in home._bindings.key_to_bindings.get(event.key, ()):
            if (binding.id or "").startswith(_AT_HOME):
                return f"{key} is “{binding.description}” at home; {helps} here"
    return f"{key} does nothing here; {helps}"
