"""What is done once, a while from now."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump
    from textual.timer import Timer


def once(node: MessagePump, seconds: float, call: Callable[[], object]) -> Timer:
    """Call something so many seconds from now, or later where the machine is busy; never where the node has gone.

    `set_timer` alone leaves a beat out that is late already when it is first looked at, and there is only this one:
    of timers of a millisecond, beside a busy thread, one in some thousands never goes off.
    """
    timer = node.set_timer(seconds, call)
    timer._skip = False
    return timer
