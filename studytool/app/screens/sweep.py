"""A sweep, growing finer: a picture of which every pixel is a run, and a cursor that opens the run it is on."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app.demo_picture import look_of, write_picture
from studytool.app.screens.window import Closing
from studytool.app.told import Told, telling
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.topbar import TopBar
from studytool.demo.findings import Findings, given
from studytool.demo.parameters import Value, checked
from studytool.demo.process import DemoProcess
from studytool.demo.sweep import SEED, STEPS, STEPS_TAKEN, Axis, Sweep, axis, swept_first
from studytool.errors import StudytoolError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.demo.find import DemoInfo

# Pixels along an axis, where there is room: more are twice as large instead. And where one run is done after the other.
_MOST, _FEW = 120, 20

_ZOOM = 4.0


class SweepScreen(Closing[None]):
    """Two parameters of one demo, swept in a process of its own; leaving the screen ends the process."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", tooltip="The run of the pixel that the cursor is on", id="sweep.open"),
        Binding("left,h", "move(-1, 0)", "Look", key_display="←↓↑→", tooltip="Move the cursor left", id="sweep.look"),
        Binding("right,l", "move(1, 0)", "Right", show=False, tooltip="Move the cursor right", id="sweep.right"),
        Binding("up,k", "move(0, 1)", "Up", show=False, tooltip="Move the cursor up", id="sweep.up"),
        Binding("down,j", "move(0, -1)", "Down", show=False, tooltip="Move the cursor down", id="sweep.down"),
        Binding(
            "H,shift+left",
            "move(-8, 0)",
            "Far left",
            show=False,
            tooltip="Move the cursor eight pixels left",
            id="sweep.far-left",
        ),
        Binding(
            "L,shift+right",
            "move(8, 0)",
            "Far right",
            show=False,
            tooltip="Move the cursor eight pixels right",
            id="sweep.far-right",
        ),
        Binding(
            "K,shift+up",
            "move(0, 8)",
            "Far up",
            show=False,
            tooltip="Move the cursor eight pixels up",
            id="sweep.far-up",
        ),
        Binding(
            "J,shift+down",
            "move(0, -8)",
            "Far down",
            show=False,
            tooltip="Move the cursor eight pixels down",
            id="sweep.far-down",
        ),
        Binding("z", "zoom", "Zoom", tooltip="A quarter of both axes around the cursor", id="sweep.zoom"),
        Binding("u", "out", "Out", tooltip="Back to the picture before the zoom", id="sweep.out"),
        Binding("x", "axis(0)", "Across", tooltip="Another parameter to the right", id="sweep.across"),
        Binding("y", "axis(1)", "Up", tooltip="Another parameter upwards", id="sweep.up-2"),
        Binding("m", "measure", "Measure", tooltip="Another series to look at", id="sweep.measure"),
        Binding("w", "write", "Save", tooltip="Write the picture as SVG into the folder you are in", id="sweep.write"),
        Binding("escape,q", "leave", "Back", key_display="esc", tooltip="Back to the demo", id="sweep.back"),
    ]

    def __init__(self, info: DemoInfo, parameters: dict[str, Value], seed: int, device: str) -> None:
        super().__init__()
        self._info, self._seed, self._device = info, seed, device
        self._parameters = parameters
        self._single = not info.broadcast
        self._names = swept_first(info.parameters, single=self._single)
        self._chosen = [0, 1] if len(self._names) > 1 else [0, 0]
        self._series: list[str] = []
        self._measure = ""
        self._zooms: list[tuple[Axis, Axis]] = []
        self._process: DemoProcess | None = None
        self._findings: Findings | None = None
        self._cursor = (0, 0)
        self._state = "starting torch …"
        self._where = ""
        self._number = 0  # of this sweep: what an earlier one still says is not heard

    def compose(self) -> ComposeResult:
        """The picture, what is at the cursor, and how far it is."""
        yield TopBar(self._info.title, "sweep")
        yield PictureView(id="picture")
        yield Static(id="pixel")
        yield Static(id="state")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start the process; the picture begins when its size is known."""
        if len(self._names) < 2:
            self._say("This demo has no two numbers to sweep; esc goes back.")
            return
        self._process = DemoProcess(
            self._info.path,
            self._parameters,
            self._seed,
            self._device,
            telling(self),
            playing=False,
            digest=self._info.digest,
        )
        try:
            self._process.start(self.app.spare.take())
        except StudytoolError as error:
            self._say(str(error))
            return
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """The process ends with the screen."""
        if self._process:
            self._process.close()

    # -- the sweep ------------------------------------------------------------------------------

    def _begin(self, axes: tuple[Axis, Axis] | None = None) -> None:
        """Sweep what is chosen, or zoomed to, in place of what was swept before."""
        if self._process is None:
            return
        self.app.hush()
        size = self.query_one(PictureView).size
        most = _FEW if self._single else _MOST
        wide, high = size.width - 9, 2 * (size.height - 4)
        larger = max(-(-wide // most), -(-high // most), 1)
        if axes is None:
            self._zooms = []
            x, y = (
                axis(self._info.parameters, self._names[k], max(count // larger // 4 * 4, 8), single=self._single)
                for k, count in zip(self._chosen, (wide, high), strict=True)
            )
            axes = x, y
        sweep = Sweep(*axes, min(self._info.steps, STEPS), self._measure, single=self._single)
        self._findings = Findings(sweep)
        self._cursor = sweep.x.count // 2, sweep.y.count // 2
        self._number += 1
        self._process.send({"type": "sweep", "sweep": asdict(sweep), "number": self._number})
        self._paint()

    def on_told(self, message: Told) -> None:
        """One message of the process."""
        told, findings = message.told, self._findings
        kind = told.get("type")
        if kind in ("hello", "device"):
            self._where = str(told.get("device"))
            if kind == "device":
                self.app.warn(f"{one_line(str(told.get('why') or ''))}.")
        elif kind == "error":
            self._say(str(told.get("message", "")))
        elif kind == "bye":
            self._say(f"The demo's process has ended (exit code {told.get('code')}); esc goes back.")
        elif findings is None or told.get("number") != self._number:
            return
        elif kind == "pixels":
            from studytool.draw.arrays import array

            findings.take(*(array(told[name]) for name in ("pixels", "values", "broken", "reached")))
            self._say_found(findings)
            self._paint()
        elif kind == "swept":
            diverged = f", {findings.diverged:,} diverged" if findings.diverged else ""
            seconds = f"{told.get('seconds', 0.0):.1f} s"
            self._say(f"{findings.sweep.pixels:,} runs{diverged} · {seconds}, {told.get('way')} · {self._where}")
            if findings.is_even:
                self._tell_even(findings.sweep.pixels)
        elif kind == "sweeping":
            if "series" in told:
                self._series = [str(name) for name in told["series"]]
                findings.introduced(told)
            self._say_found(findings, int(told.get("step", 0)))

    def _tell_even(self, runs: int) -> None:
        """Say that all runs come to the same, and which keys may show more."""
        key = self.app.key_name
        ways = [f"{key('sweep.measure', 'm')} measures something else"] if len(self._measures) > 1 else []
        if len(self._names) > 2:
            ways.append(f"{key('sweep.across', 'x')} and {key('sweep.up-2', 'y')} sweep other numbers")
        more = f": {', '.join(ways)}" if ways else ""
        self.app.warn(f"All {runs:,} runs come to the same{more}.", self)

    @property
    def _measures(self) -> list[str]:
        """What can be measured, as far as it is known."""
        return [*self._series, *[STEPS_TAKEN] * self._single]

    def _say_found(self, findings: Findings, step: int | None = None) -> None:
        """How many runs are done, and where those are that are on their way, if that is known."""
        done = f"{int(findings.done.sum()):,} of {findings.sweep.pixels:,} runs"
        self._say(done if step is None else f"{done} · the next are at step {step:,} of {findings.sweep.steps:,}")

    def _say(self, words: str) -> None:
        self._state = one_line(words)
        self._draw_words()

    def _paint(self) -> None:
        if self._findings is None:
            return
        self.query_one(PictureView).show([self._findings.panel(self._cursor)], look_of(self.app))
        self._draw_words()

    def _draw_words(self) -> None:
        findings = self._findings
        words = findings.words(self._pixel) if findings else ""
        self.query_one("#pixel", Static).update(Content.styled(words, "bold"))
        self.query_one("#state", Static).update(Content.styled(self._state, "$foreground-muted"))

    @property
    def _pixel(self) -> int:
        assert self._findings is not None
        return self._cursor[1] * self._findings.sweep.x.count + self._cursor[0]

    def on_resize(self) -> None:
        """The same picture at another size."""
        self.call_after_refresh(self._paint)

    # -- what the keys do -----------------------------------------------------------------------

    def action_move(self, right: int, up: int) -> None:
        """Look at another pixel."""
        if self._findings is None:
            return
        sweep = self._findings.sweep
        column, row = self._cursor[0] + right, self._cursor[1] + up
        self._cursor = min(max(column, 0), sweep.x.count - 1), min(max(row, 0), sweep.y.count - 1)
        self._paint()

    def on_click(self, event: events.Click) -> None:
        """Look at the pixel that was clicked on; a second click opens its run."""
        place = event.get_content_offset(self.query_one(PictureView))
        if place is None or self._findings is None:
            return
        from studytool.draw.sweep import pixel_at

        view = self.query_one(PictureView).size
        found = pixel_at(self._findings.panel(), view.width, view.height, place.x, place.y)
        if found is None:
            return
        event.stop()
        before, self._cursor = self._cursor, (found[0], self._findings.sweep.y.count - 1 - found[1])
        self._paint()
        if event.chain == 2 and before == self._cursor:
            self.action_open()

    def action_open(self) -> None:
        """The very run of this pixel, in the demo's own screen; escape there comes back here."""
        if self._findings is None:
            return
        from studytool.app.screens.demo import DemoScreen

        values, seed = given(self._findings.sweep, self._pixel)
        texts = {name: str(value) for name, value in self._parameters.items()} | values
        bare = replace(self._info, predictions=())  # nothing is asked: the run is what is looked for
        self.app.push_screen(DemoScreen(bare, texts, self._seed if seed is None else seed, self._device))

    def action_zoom(self) -> None:
        """A part of both axes around the cursor."""
        if self._findings is None:
            return
        sweep = self._findings.sweep
        if any(one.whole for one in (sweep.x, sweep.y)):
            self.app.warn("Whole numbers have nothing in between to zoom into.")
            return
        x, y = (one.zoomed(k, _ZOOM) for one, k in zip((sweep.x, sweep.y), self._cursor, strict=True))
        if any(one.value(1) - one.value(0) < 1e-6 * abs(one.value(0)) for one in (x, y)):
            self.app.warn("Nearer than this, single precision cannot tell the pixels apart.")
            return
        self._zooms.append((sweep.x, sweep.y))
        self._begin((x, y))

    def action_out(self) -> None:
        """The picture before the zoom."""
        if self._zooms:
            self._begin(self._zooms.pop())

    def action_axis(self, which: int) -> None:
        """The next parameter on one axis, never the one that is on the other."""
        if len(self._names) < 3:
            self.app.warn("This demo has no other number to sweep.")
            return
        count, other = len(self._names), self._chosen[1 - which]
        following = [(self._chosen[which] + k) % count for k in range(1, count)]
        self._chosen[which] = next(k for k in following if k != other)
        self._begin()

    def action_measure(self) -> None:
        """The next series of the demo, over the same axes."""
        if self._findings is None or not self._series:
            return
        known, now = self._measures, self._findings.measure
        self._measure = known[(known.index(now) + 1) % len(known)] if now in known else ""
        self._begin((self._findings.sweep.x, self._findings.sweep.y))

    def action_write(self) -> None:
        """Write the picture into the folder the app was started in."""
        if self._findings is not None:
            name = f"{self._info.path.stem}-sweep-{'-'.join(self._names[k] for k in self._chosen)}"
            write_picture(self, [self._findings.panel(self._cursor)], self._info.title, self._note(), name)

    def _note(self) -> str:
        """What all runs have in common, and the one that is looked at."""
        assert self._findings is not None
        swept = [self._names[k] for k in self._chosen]
        fixed = {name: value for name, value in self._parameters.items() if name not in swept}
        seed = [] if SEED in swept else [f"seed {self._seed}"]
        common = " · ".join([*seed, *(f"{name.replace('_', ' ')} {value}" for name, value in fixed.items())])
        return "\n".join(filter(None, (common, f"◆ {self._findings.words(self._pixel)}")))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def sweep_screen(info: DemoInfo, parameters: Mapping[str, Value], seed: int, device: str) -> SweepScreen:
    """The sweep around a run with these parameters, as texts."""
    return SweepScreen(info, checked(info.parameters, parameters), seed, device)
