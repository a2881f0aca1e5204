"""What is pressed goes through queues: that of the app, of the field that has the keys, of each part around it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

    from textual.message_pump import MessagePump

_PATIENCE = 1.0
"""Seconds that are waited for a part: one that is being taken away may never answer."""


async def patiently(answer: Awaitable[object]) -> None:
    """Wait for what a part of the screen answers; not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await answer


async def passed(nodes: Iterable[MessagePump]) -> None:
    """Wait until each of some nodes, one after the other, has done all that is in its queue by then.

    It must not be asked of a node whose own queue is being worked off: that would wait for itself. Where each of them
    waits for what comes there is nothing to wait for, as mostly: going through all their queues takes 1 ms.
    """
    nodes = [*nodes]
    if not all(map(_waits, nodes)):
        await patiently(_in_turn(nodes))


async def _in_turn(nodes: Iterable[MessagePump]) -> None:
    for node in nodes:
        done = asyncio.Event()
        if node.call_later(done.set):
            await done.wait()


def _waits(node: MessagePump) -> bool:
    """Whether nothing is in the queue of a node, and nothing is being done: it waits for what comes.

    Nothing public tells it. Where what does is not there, in another version, no node is known to wait.
    """
    ready = getattr(node._message_queue, "ready_event", None)
    return bool(getattr(ready, "_waiters", ())) and not node.message_queue_size
