"""The threads in which workers work: none of them keeps anything of what it did last."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class _Threads(ThreadPoolExecutor):
    """Each piece of work has a context of its own.

    Textual notes the worker in the context it runs in. In that of the thread it would stay until the thread works
    again, and with it the screen that asked for the work: up to twenty screens that were left long ago.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """As an executor does it."""
        return super().submit(partial(copy_context().run, fn, *args, **kwargs))


def forget_what_is_done() -> None:
    """Have the running event loop use such threads from now on."""
    asyncio.get_running_loop().set_default_executor(_Threads(thread_name_prefix="work"))
