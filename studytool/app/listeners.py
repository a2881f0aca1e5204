"""What the app tells its screens, as far as they want to know: of edits, of what others wrote, that it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from studytool.desk import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App
    from textual.screen import Screen


@runtime_checkable
class Renewed(Protocol):
    """A screen that shows cards, and wants to know when the notes have been read anew."""

    def renew(self, edit: Edit) -> None:
        """Show what the desk's new library says; `edit` tells how it differs from the one before."""


@runtime_checkable
class Listens(Protocol):
    """A screen with a card that others may answer, too."""

    def heard(self) -> None:
        """Go by what others have written into the log by now."""


@runtime_checkable
class Unsaved(Protocol):
    """A screen on which something may stand that is not in the log yet."""

    def end(self) -> bool:
        """Save it before the program ends; False, with a sentence, where that failed or there is more to see."""

    def break_off(self) -> None:
        """Save what can be saved: it ends whatever is on it, and nobody is asked any more."""


@runtime_checkable
class InTurn(Protocol):
    """A screen on which one types: a key is heard once the one before it has had its effect."""

    async def caught_up(self) -> None:
        """Wait for what was pressed before."""


async def caught_up(app: App[Any]) -> None:
    """What was pressed before is done, and where that has led to another screen, that is ready for what comes."""
    before: Screen[object] | None = None
    while app.screen_stack and (top := app.screen) is not before and isinstance(top, InTurn):
        before = top
        await top.caught_up()


def edited(screens: Sequence[Screen[object]], edit: Edit) -> None:
    """Every screen that shows cards hears of an edit; one that is just being built, as soon as it stands.

    None does while the app ends: their parts are taken down one by one.
    """
    for screen in screens if _runs(screens) else ():
        if isinstance(screen, Renewed):
            if screen.is_mounted and screen.children:
                screen.renew(edit)
            else:
                screen.call_after_refresh(screen.renew, edit)


def heard(screens: Sequence[Screen[object]]) -> None:
    """Every screen that shows cards hears that the log has grown: a sitting as it is, the others as of an edit."""
    for screen in screens if _runs(screens) else ():
        if isinstance(screen, Listens):
            screen.heard()
        elif isinstance(screen, Renewed) and screen.is_mounted and screen.children:
            screen.renew(Edit())


def _runs(screens: Sequence[Screen[object]]) -> bool:
    return bool(screens) and screens[0].app.is_running
