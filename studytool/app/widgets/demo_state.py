"""How a demo stands, on one line: what it does, at which step, how fast and where; and what is wrong, above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content
from textual.widgets import Static

from studytool.text import one_line


@dataclass(slots=True)
class Standing:
    """All that the line tells beside the frame that is shown."""

    seed: int
    playing: bool
    asking: bool = False
    """Whether a prediction waits for its answer."""
    word: str = "starting torch …"
    """What is said while there is no frame."""
    where: str = ""
    why: str = ""
    pace: float | None = None
    newest: int | None = None
    """The last step of the run, while an older one is looked at."""
    replaying: int | None = None
    """The step that a repeated run goes to."""
    pinned: str = ""
    printed: str = ""


class DemoState(Static):
    """The line; `show` writes it anew."""

    def __init__(self) -> None:
        super().__init__(id="state")

    def show(self, standing: Standing, frame: Mapping[str, Any] | None) -> None:
        """Tell how things stand; without a frame only that."""
        told = line_of(standing, frame, self.app.size.width - 4)
        self.update(Content.styled(told, "$foreground-muted"), layout=False)  # it stays one line


def line_of(standing: Standing, frame: Mapping[str, Any] | None, width: int) -> str:
    """All that is told of a demo; where there is no room for all, what it prints is told before where it runs."""
    parts = [standing.word] if frame is None else _parts(standing, frame)
    if standing.pinned:
        parts.append(standing.pinned)
    told = " · ".join(parts)
    if frame and standing.why and len(told) + len(standing.why) + 3 < width:
        told += f" ({standing.why})"
    if not standing.printed:
        return told
    printed = f" · it printed: {standing.printed}"
    if len(told) + len(printed) > width:
        told = " · ".join(parts[:2])
    return one_line(told + printed, max(width, 20))


def _parts(standing: Standing, frame: Mapping[str, Any]) -> list[str]:
    step, seed = int(frame.get("step", 0)), f"seed {standing.seed}"
    if standing.replaying is not None:
        return [f"going there again, to step {standing.replaying:,} …", seed, standing.where]
    if standing.newest is not None:
        return [f"looking at step {step:,} of {standing.newest:,}", "space goes on from here"]
    rate = (standing.pace or frame.get("steps_per_second") or 0) if standing.playing else 0
    speed = [f"{rate:,.0f} steps/s" if rate >= 1.5 else f"{rate:.2g} steps/s"] * bool(rate)
    return [_doing(standing, frame), f"step {step:,}", seed, *speed, standing.where]


def _doing(standing: Standing, frame: Mapping[str, Any]) -> str:
    if frame.get("done"):
        return "finished (r runs it again)"
    if frame.get("limit"):
        return "stopped at its last step (r runs it again)"
    if standing.playing:
        return "running"
    return "waiting for your prediction" if standing.asking else "paused"


class Trouble(Static):
    """What is wrong with a run, or that its process does not answer; away while all is well."""

    def __init__(self) -> None:
        super().__init__(id="trouble")
        self._sentences: tuple[str, ...] = ()
        self._silent = 0

    def tell(self, sentences: Sequence[str]) -> None:
        """Show what the host found out about the frame that is shown."""
        if tuple(sentences) != self._sentences:
            self._sentences = tuple(sentences)
            self._draw()

    def silent(self, seconds: float) -> None:
        """Show for how long the process has not answered; 0 takes it away."""
        if int(seconds) != self._silent:
            self._silent = int(seconds)
            self._draw()

    def on_resize(self) -> None:
        """More sentences fit where there is room."""
        self._draw()

    def _draw(self) -> None:
        sentences = list(self._sentences)
        if self._silent:
            sentences = [f"The demo has not answered for {self._silent} s. x ends it; or wait, it may be a long step."]
        elif len(sentences) > 1 and self.app.size.height < 40:
            sentences = [f"{sentences[0]} (And {len(sentences) - 1} more in a higher window.)"]
        self.display = bool(sentences)
        self.update(Content.styled("\n".join(f"⚠ {sentence}" for sentence in sentences), "$warning"))
