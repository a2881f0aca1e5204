"""The frame that all screens share: themes, keys, the help over them, and the guard over all output."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import constants
from textual.app import ScreenStackError, SystemCommand
from textual.binding import Binding, BindingType
from textual.errors import NoWidget
from textual.events import Key, MouseDown
from textual.filter import ANSIToTruecolor
from textual.screen import Screen
from textual.widget import Widget

from studytool.app.demo_line import Line
from studytool.app.guard import Guard
from studytool.app.hangup import end_with_terminal
from studytool.app.running import Expected
from studytool.app.telling import Telling, in_short
from studytool.app.themes import LIGHT_OF_16, THEMES
from studytool.app.timers import once
from studytool.app.waste import forget_lines
from studytool.demo.spare import Spare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType
    from textual import events
    from textual.command import Provider
    from textual.dom import DOMNode
    from textual.driver import Driver
    from textual.filter import LineFilter

    from studytool.app.widgets.prediction import Answered
    from studytool.demo.find import DemoInfo
    from studytool.settings import Settings

_MOVES = ("list.", "lines.", "text.")
"""The ids of keys that move in a list or a text: found by name, but nothing to offer to who has not yet typed one."""
_OF_ONE_SCREEN = ("linux", "screen")
"""Terminals without another screen to come back to: the Linux console, GNU screen."""
HOME = "home"
"""The name of the screen that the others lead back to."""
COLUMNS, ROWS = 20, 5
"""The least that a card can be read and graded in."""
_TOO_SMALL = "too small"
"""The name of the screen that says so."""
_TRY, _TRIES = 0.01, 300
"""Seconds between two looks whether every part of a screen is there, and how many looks are worth it."""
_SCREENS_CSS = Path(__file__).with_name("screens.tcss")
"""What `app.tcss` does not say, for all screens but that of a card: the first card does not wait for it (15 ms)."""


def _actions() -> type[Provider]:
    from studytool.app.palette import Actions  # 10 ms, when something is looked for

    return Actions


_GUARD = Guard()
"""One for all: a strip of the screen that a filter has seen is kept with it, and painted again as it is."""
forget_lines()


def _wiping() -> type[Driver] | None:
    """The driver that leaves an empty screen behind, where that is needed; else Textual's own choice."""
    if "TEXTUAL_DRIVER" in os.environ or not os.environ.get("TERM", "").startswith(_OF_ONE_SCREEN):
        return None
    from studytool.app.pixels.driver import driver_for
    from studytool.app.pixels.terminal import Graphics

    return driver_for(Graphics())


class Ground(Screen[None]):
    """A screen on which nothing stands, neither what is said nor what is told of what one points at."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Nothing of Textual's own either."""


class Frame(Telling):
    """What both apps have: our themes, the guard over all output, the same keys to leave and to ask for help."""

    TITLE = "studytool"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall"), (40, "-lofty"), (54, "-towering")]  # noqa: RUF012
    COMMANDS = {_actions}  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True, tooltip="Leave; every answer is saved already", id="app.quit"),
        Binding(
            "question_mark,f1",
            "keys",
            "Keys",
            priority=True,  # above a window, too; a field that one types in takes its ? first
            tooltip="What every key does here",
            id="app.help",
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Find",
            show=False,
            priority=True,
            tooltip="Find what you want to do by its name",
            id="app.find",
        ),
        Binding(
            "ctrl+z",
            "suspend_process",
            "Shell",
            show=False,
            tooltip="Back to the shell for a while; `fg` there goes on",
            id="app.shell",
        ),
        Binding("ctrl+t", "next_theme", "Next theme", show=False, tooltip="Try the next theme", id="app.next-theme"),
    ]

    def __init__(self, settings: Settings, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class or _wiping())
        for known in THEMES:
            self.register_theme(known)
        self.spare = Spare()
        self.expected = Expected(self)
        self.line = Line(self)
        self._settings = settings
        self._keymap_told: dict[str, str] = {}
        self._waits = 0  # before the end
        self.has_told_editor = False  # which one is opened where none was chosen: it is said once
        self._begin_with(settings.theme if settings.theme in self.available_themes else THEMES[0].name)

    def _begin_with(self, theme: str) -> None:
        """Wear a theme from the start. Changing to it would have every style sheet parsed a second time (14 ms)."""
        self.set_reactive(Frame.theme, theme)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """What lies below all screens and is never seen."""
        return Ground()

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Have a new screen know how large it is, and read the style sheet of the others when the first one opens."""
        super()._load_screen_css(screen)
        for breakpoints, size in zip((self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), self.size, strict=True):
            screen.add_class(max(reached for reached in breakpoints if reached[0] <= size)[1])  # else styled once more
        if not getattr(screen, "HAS_ITS_STYLES", False) and not self.stylesheet.has_source(str(_SCREENS_CSS)):
            self.stylesheet.read(_SCREENS_CSS)
            self.stylesheet.parse()  # nothing of what stands already is styled by it

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The guard, and what `NO_COLOR` asks for; not the conversion of ANSI colours, which we never use."""
        return [*(f for f in super().get_line_filters() if not isinstance(f, ANSIToTruecolor)), _GUARD]

    @property
    def is_plain(self) -> bool:
        """Whether there are 16 colours or none: what differs in shade alone looks the same."""
        few = not self.is_headless and self.console.color_system in (None, "standard", "windows")
        return self.no_color or few

    def on_mount(self) -> None:
        """Do as the settings say, and tell what is wrong with them, once there is a screen to tell it on."""
        if self.is_plain:
            self.add_class("-plain")
            self.register_theme(LIGHT_OF_16)
            if self.theme == LIGHT_OF_16.name:
                self.mutate_reactive(Frame.theme)
        self.screen_change_signal.subscribe(self, self.hush)
        self.screen_change_signal.subscribe(self, self.leave_behind)
        self.screen_change_signal.subscribe(self, self.say_on_top)
        self.screen_change_signal.subscribe(self, lambda _: self.on_resize())
        if said := self.heed(self._settings):
            self.warn_everywhere("\n".join(said))
        if not self.is_headless and not self.is_web:  # in a browser the driver does it
            end_with_terminal(self)

    def on_resize(self) -> None:
        """Say how large the terminal has to be, once it is known how large it is, and as long as it is smaller."""
        self.call_later(self._see_to_size)

    def _see_to_size(self) -> None:
        is_small = self.size.width < COLUMNS or self.size.height < ROWS
        with suppress(ScreenStackError):  # there is none yet, or none any more
            is_told = self.screen.name == _TOO_SMALL
            if is_told and not is_small:
                self.pop_screen()
            elif is_small and not is_told and len(self.screen_stack) > 1:
                from studytool.app.screens.too_small import TooSmallScreen

                self.push_screen(TooSmallScreen(name=_TOO_SMALL))

    @property
    def is_built(self) -> bool:
        """Whether every part of every screen is there."""
        parts = (part for screen in self.screen_stack for part in screen.walk_children(Widget, with_self=True))
        return all(part.is_mounted for part in parts)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, once nothing is being built: from then on a screen gets no parts any more, and would miss them."""
        self._waits += 1
        if self.is_built or self._waits > _TRIES:
            super().exit(result, return_code, message)
        else:
            once(self, _TRY, partial(self.exit, result, return_code, message))

    async def on_exit_app(self) -> None:
        """The same, where the server of a browser says so."""
        while not self.is_built and self._waits <= _TRIES:
            self._waits += 1
            await asyncio.sleep(_TRY)

    def on_unmount(self) -> None:
        """No demo will come any more, and no answer of the terminal either."""
        self.spare.close()
        self.line.end()

    def heed(self, settings: Settings, before: Settings | None = None) -> list[str]:
        """Look and answer to keys as the settings say; returns what of it cannot be done, in sentences.

        A theme that was chosen since stays, unless the settings name another one than `before`.
        """
        said = []
        self._settings = settings
        if settings.theme not in self.available_themes:
            said.append(f"There is no theme {settings.theme!r}; using {self.theme}.")
        elif before is None or before.theme != settings.theme:
            self.theme = settings.theme
        self.animation_level = "none" if settings.reduced_motion else constants.TEXTUAL_ANIMATIONS
        if before is not None:
            said += self._map_keys(settings) if before.keys != settings.keys else []
        elif settings.keys:
            self._take_keymap(dict(settings.keys))
            self.run_worker(partial(self._check_keys, settings), thread=True, exit_on_error=False)
        return said

    def _check_keys(self, settings: Settings) -> None:
        """Check the key map in a thread: to know all actions takes 0.2 s, which the first card does not wait for."""
        from studytool.app.keymap import actions

        actions()
        self.call_from_thread(self._tell_slips, settings)

    def _tell_slips(self, settings: Settings) -> None:
        if slips := self._map_keys(settings):
            self.warn_too("\n".join(slips))

    def _map_keys(self, settings: Settings) -> list[str]:
        """Answer to the keys of the settings, where they can hold; a sentence about those that cannot."""
        from studytool.app.keymap import settled

        keymap, slips = settled(settings.keys)
        self._take_keymap(keymap)
        return in_short([*slips.values()], "lines of [keys] do not hold", "studytool settings")

    def _take_keymap(self, keymap: dict[str, str]) -> None:
        self.set_keymap(keymap)
        self._keymap_told = keymap
        for screen in self.screen_stack:
            screen.refresh_bindings()

    def everywhere(self) -> Iterator[Binding]:
        """What the app itself binds, with the keys that hold now."""
        for source in (Frame, type(self)):
            for binding in source.__dict__.get("BINDINGS", ()):
                keys = self._keymap_told.get(binding.id, binding.key)
                yield from Binding.make_bindings([replace(binding, key=keys)])

    def get_key_display(self, binding: Binding) -> str:
        """What a key is called everywhere: `enter` and `ctrl+q`, as the documentation has it."""
        return re.sub(r"\^(?=.)", "ctrl+", super().get_key_display(binding).replace("⏎", "enter"))

    def action_help_quit(self) -> None:
        """`ctrl+c`, which ends most programs, copies here: say what ends this one."""
        self.warn(f"{self.key_name('app.quit', 'ctrl+q')} quits; ctrl+c copies what is selected.")

    def key_name(self, action: str, usual: str) -> str:
        """What a sentence calls the key of an action: the first one that the settings give it, else `usual`."""
        chosen = self._keymap_told.get(action, "").partition(",")[0]
        return self.get_key_display(Binding(chosen, action)) if chosen else usual

    def keys_name(self, actions: Sequence[str], usual: str) -> str:
        """What a sentence calls the keys of several actions: `usual`, or the first key of each where one was chosen."""
        if self._keymap_told.keys().isdisjoint(actions):
            return usual
        from studytool.app.keymap import actions as known  # which the key map was checked by

        keys = (self._keymap_told.get(action, known()[action].keys[0]).partition(",")[0] for action in actions)
        return " ".join(self.get_key_display(Binding(key, "")) for key in keys)

    def on_cursor_position(self) -> None:
        """The terminal says where it stands: it has taken all that was written before it was asked."""
        self.line.heard()

    async def on_event(self, event: events.Event) -> None:
        """Do not hear a press on what has been taken away and is not painted over yet; Textual asks where it stands."""
        if isinstance(event, Key) and not event.is_forwarded:
            self.pressed(event.key)
        if not (isinstance(event, MouseDown) and self._is_gone(event)):
            await super().on_event(event)

    def why_nothing(self, event: Key) -> str:
        """What is known of the keys, and of how things stand on the screen."""
        from studytool.app.idle import why_idle

        return why_idle(self, event)

    def _is_gone(self, event: MouseDown) -> bool:
        with suppress(NoWidget, ScreenStackError):
            return not self.get_widget_at(event.x, event.y)[0].is_attached
        return False

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A field that is typed in: its cursor blinks only where things may move."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = not self._settings.reduced_motion

    def holds(self, screen: Screen[Any]) -> bool:
        """Whether a screen is still there, on top or covered: what was put off for it may come after it was left."""
        return self.is_running and screen in self.screen_stack

    def comes_home(self, screen: Screen[Any]) -> bool:
        """Whether who leaves this screen comes home: not who has come from another screen."""
        stack = self.screen_stack
        below = stack.index(screen) - 1 if screen in stack else 0
        return below < 1 or stack[below].name == HOME

    def keep_prediction(self, info: DemoInfo, answered: Answered) -> None:
        """A prediction was answered by its runs. Without a log nothing is kept."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What can be found by name: everything that a key does on this screen, each theme, and a picture of it."""
        known = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.id or not active.enabled or binding.description in known:
                continue
            known.add(binding.description)
            key = self.get_key_display(binding)
            act = partial(self._act, binding.action, active.node)
            told, moves = binding.tooltip or binding.description, binding.id.startswith(_MOVES)
            yield SystemCommand(f"{binding.description} ({key})", told, act, discover=not moves)
        for name in sorted(self.available_themes, key=lambda name: (not name.startswith("studytool"), name)):
            told = "Change to this theme until you leave; the settings keep one"
            yield SystemCommand(f"Theme: {name}", told, partial(setattr, self, "theme", name), discover=False)
        yield SystemCommand("Screenshot", "Save a picture of the screen as SVG", self.deliver_screenshot)

    async def _act(self, action: str, node: DOMNode) -> None:
        """Do what was found by name, if where it can be done is still there: a second click may come too late."""
        if node is self or not set(self.screen_stack).isdisjoint(node.ancestors_with_self):
            await self.run_action(action, node)

    def action_command_palette(self) -> None:
        """Everything that can be done here, to be found by its name; once, though keys may be shown above it."""
        from studytool.app.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(placeholder="What do you want to do?", id="--command-palette"))

    def action_keys(self) -> None:
        """Show the keys of the screen on top, and take them away again."""
        from studytool.app.screens.keys import KeysScreen

        if isinstance(self.screen, KeysScreen):
            self.pop_screen()
        else:
            self.push_screen(KeysScreen(self.screen))

    def action_suspend_process(self) -> None:
        """Stop until the shell says `fg`; the terminal is the shell's until then."""
        if self.is_headless or self.is_web:
            self.warn("There is no shell to go back to.")
        else:
            super().action_suspend_process()

    def action_next_theme(self) -> None:
        """The next of our own themes."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.warn_everywhere(f"Theme: {self.theme}")
