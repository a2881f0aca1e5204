"""The threads in which workers work: none of them keeps anything of what it did last."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_UNDONE: set[Future[Any]] = set()
P = ParamSpec("P")
T = TypeVar("T")


class _Threads(ThreadPoolExecutor):
    """Each piece of work has a context of its own.

    Textual notes the worker in the context it runs in. In that of the thread it would stay until the thread works
    again, and with it the screen that asked for the work: up to twenty screens that were left long ago.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As an executor does it."""
        future = super().submit(partial(copy_context().run, fn, *args, **kwargs))
        _UNDONE.add(future)
        future.add_done_callback(_UNDONE.discard)
        return future


def at_work() -> bool:
    """Whether a worker is in the middle of something, be it for a screen that was left meanwhile."""
    return bool(_UNDONE)


def forget_what_is_done() -> None:
    """Have the running event loop use such threads from now on."""
    asyncio.get_running_loop().set_default_executor(_Threads(thread_name_prefix="work"))
