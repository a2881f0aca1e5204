"""Opening a demo from any screen: the question of trust first, a process that waits for it, and one for the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytool.app.timers import once
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from studytool.app.frame import Frame
    from studytool.app.widgets.prediction import Answered
    from studytool.demo.find import DemoInfo

# Seconds on a card or topic with a demo after which the learner is looking at it, not passing by.
_DWELL = 1.0

# Seconds from the opening of a demo until a process is prepared for its predictions: the first frame comes first.
_AFTER = 3.0


class Expected:
    """Has a spare process, see `demo.spare`, and the screen of demos prepared when one is likely to be opened."""

    def __init__(self, app: Frame) -> None:
        self._app = app
        self._timer: Timer | None = None

    def soon(self, seconds: float = _DWELL) -> None:
        """A demo can be opened from here. Nothing is done unless the learner stays for so long."""
        self.not_now()
        self._timer = once(self._app, seconds, self._prepare)

    def not_now(self) -> None:
        """There is no demo here; a process that waits already goes on waiting for a while."""
        if self._timer is not None:
            self._timer.stop()

    def _prepare(self) -> None:
        self._app.run_worker(self._make_ready, thread=True, exit_on_error=False)

    def _make_ready(self) -> None:
        """In a thread: what is imported for the first demo would take longer than all else between key and picture."""
        self._app.spare.want()
        import studytool.app.screens.demo
        import studytool.demo.process  # noqa: F401
        from studytool.app.demo_picture import load_drawing

        load_drawing()


def open_demo(
    app: Frame,
    info: DemoInfo,
    parameters: dict[str, str],
    *,
    seed: int = 0,
    device: str = "auto",
    left: Callable[[], None] | None = None,
    answered: Answered | None = None,
) -> None:
    """Show the demo above the present screen, once the user has agreed to a file that is not built in.

    `left` is called when it is left, and when it is not to run. `answered` is a prediction that was made already.
    """
    from studytool.demo import trust

    go = partial(_open, app, parameters=parameters, seed=seed, device=device, left=left, answered=answered)
    if trust.is_trusted(info):
        go(info)
        return
    from studytool.app.screens.trust import TrustScreen
    from studytool.demo.files import sources

    try:
        files = sources(info.path)
    except StudytoolError as error:
        app.warn(str(error))
        return
    seen = trust.bound(info, *(file.content for file in files))

    def decided(agreed: bool | None) -> None:
        if agreed:
            try:
                trust.trust(seen.path, seen.digest)
            except StudytoolError as error:  # it will be asked again; this time it was agreed to
                app.warn(str(error))
            go(seen)
        elif left:
            left()

    app.push_screen(TrustScreen(files, changed=trust.was_trusted(seen.path)), decided)


def _open(
    app: Frame,
    info: DemoInfo,
    *,
    parameters: dict[str, str],
    seed: int,
    device: str,
    left: Callable[[], None] | None,
    answered: Answered | None,
) -> None:
    from studytool.app.screens.demo import DemoScreen

    screen = DemoScreen(info, parameters, seed=seed, device=device, answered=answered)
    app.push_screen(screen, lambda _: left() if left else None)
    app.expected.soon(_AFTER)
