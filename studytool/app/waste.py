"""What is no longer needed goes: painted lines with their widget, the garbage of a screen once it was left."""

from __future__ import annotations

import gc
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from textual._styles_cache import StylesCache
from textual.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.color import Color

_FULL = 1000
"""How often the garbage collector looks at what is young before it looks at everything of its own accord."""
_TRIM_THRESHOLD = -1
"""The setting of `mallopt` that says how much free memory at its end the C library keeps."""
_FREE = 65_536
"""Bytes of that: by itself it is up to some megabytes."""
_MANY = 20_000
"""So many things that live on are worth setting aside: to look at them each time takes 15 ms."""


@lru_cache(1024)
def _shades(base: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base + background), Style(background=base)


def _inner_outer(_: StylesCache, base: Color, background: Color) -> tuple[Style, Style]:
    """The styles within a border and outside of it."""
    return _shades(base, background)


def forget_lines() -> None:
    """Have the painted lines of a widget go with it.

    Textual remembers these two styles by a widget's lines and two colours, and so the lines of the last thousand
    widgets that were painted, wherever those are by now: 60 MB. It is the colours alone that count.
    """
    StylesCache.get_inner_outer = _inner_outer  # type: ignore[method-assign, assignment]


def begin() -> None:
    """Everything up to here lives as long as the app: let the garbage collector never look at it again."""
    _keep_little()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], _FULL)
    gc.enable()


def clear() -> None:
    """Collect all garbage, and give back to the system what it has left free."""
    gc.collect()
    _trim()(0)


def keep() -> None:
    """What is there now stays, and is not looked at again where it is much: the modules of screens that were opened."""
    if len(gc.get_objects()) > _MANY:
        gc.freeze()


@cache
def _trim() -> Callable[[int], object]:
    """What gives free memory back. The C library of GNU keeps what each thread was once given; others have no such."""
    return getattr(_c_library(), "malloc_trim", None) or (lambda _: None)


def _keep_little() -> None:
    """Have the C library of GNU give back what is free at the end of its memory as soon as that is so much."""
    with suppress(AttributeError):
        _c_library().mallopt(_TRIM_THRESHOLD, _FREE)


@cache
def _c_library() -> Any:
    import ctypes

    try:
        return ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
