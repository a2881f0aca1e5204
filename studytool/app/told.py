"""What the process of a demo says, told to the screen or widget that has started it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump


class Told(Message, bubble=False):
    """The process said something."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told = told


def telling(node: MessagePump) -> Callable[[dict[str, object]], None]:
    """What the thread that reads from a process calls with each message: it comes to `on_told` of the node."""

    def tell(told: dict[str, object]) -> None:
        node.post_message(Told(told))

    return tell
