"""The picture of a demo: in which colours it is shown, in words, and written to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.app.themes import CONTRAST
from studytool.errors import StudytoolError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import App
    from textual.screen import Screen

    from studytool.demo.find import DemoInfo
    from studytool.draw import Look

# The size of a picture that is written, in pixels.
_SIZE = 1280, 800


def look_of(app: App[Any]) -> Look:
    """The colours that pictures may use on the app's terminal and in its theme."""
    from studytool.draw import Look

    few = not app.is_headless and app.console.color_system in ("standard", "windows")
    theme = app.current_theme
    return Look(dark=theme.dark, colour=not app.no_color, few=few, strong=theme.name == CONTRAST.name)


def load_drawing() -> None:
    """Import what drawing needs, 70 ms of it numpy; for a thread, away from the keys."""
    import numpy  # noqa: F401

    import studytool.draw  # noqa: F401


def in_words(panels: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A text panel that says what the panels show."""
    from studytool.draw import summary

    return [{"kind": "text", "title": "in words (t: the picture)", "text": "\n".join(summary(panels))}]


def save_picture(
    screen: Screen[Any], info: DemoInfo, frame: Mapping[str, Any], seed: int, parameters: Mapping[str, object]
) -> None:
    """Write the picture of a frame: perceptron-seed0-step120.svg."""
    from studytool.draw.page.compose import caption

    note = caption(frame["step"], seed, parameters)
    write_picture(screen, frame["panels"], info.title, note, f"{info.path.stem}-seed{seed}-step{frame['step']}")


def write_picture(screen: Screen[Any], panels: Sequence[Mapping[str, Any]], title: str, note: str, name: str) -> None:
    """Write panels as SVG into the current folder, in a thread, and say where they are."""

    def work() -> None:
        try:
            path = _write(panels, title, note, name, dark=screen.app.current_theme.dark)
        except (StudytoolError, OSError) as error:
            screen.app.call_from_thread(screen.notify, one_line(str(error)), severity="error", markup=False, timeout=8)
        else:
            told = f"The picture is in {one_line(str(path))}"
            screen.app.call_from_thread(screen.notify, told, markup=False, timeout=5)

    screen.run_worker(work, thread=True, exit_on_error=False)


def _write(panels: Sequence[Mapping[str, Any]], title: str, note: str, name: str, *, dark: bool) -> Path:
    """A file that was not there before: NAME.svg, the next with -2 before the ending."""
    from studytool.app.stats.files import unused
    from studytool.draw import Look
    from studytool.draw.page.compose import compose
    from studytool.draw.page.svg import svg
    from studytool.memory.store.transfer import whole_file

    data = svg(compose(panels, *_SIZE, Look(dark=dark), title, note))
    path = unused(Path.cwd(), name, "svg")
    with whole_file(path, force=False, mode=0o666) as file:
        file.write(data)
    return path
