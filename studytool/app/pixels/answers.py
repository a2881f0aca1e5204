"""What a terminal answers so late that nobody waits for it any more: it is not typed, and must press no key."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from textual.message import Message

_ATTRIBUTES = r"\x1b\[\?[\d;]*c"
_ANSWER = re.compile(rf"\x1b_G[^\x1b]*\x1b\\|\x1bP>\|[^\x1b]*\x1b\\|\x1b\[6;\d+;\d+t|{_ATTRIBUTES}")
_LAST = re.compile(_ATTRIBUTES)
_BEGUN = re.compile(r"\x1b(?:_(?:G[^\x1b]*\x1b?)?|P(?:>[^\x1b]*\x1b?)?|\[(?:6[\d;]*|\?[\d;]*)?)\Z")
_PATIENCE = 1.0
"""Seconds for the rest of an answer that came in parts; what has begun is forgotten then."""


class PatientParser(XTermParser):
    """Textual's own, but for the answers that are still owed; it would make a key of each of their characters."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_owed = True
        self._begun, self._since = "", 0.0

    def feed(self, data: str) -> Iterable[Message]:
        """The messages of what has come in."""
        if not self._is_owed or not data:  # nothing is the end of all
            return super().feed(data)
        typed = self._typed(data)
        return super().feed(typed) if typed else ()

    def _typed(self, data: str) -> str:
        if self._begun and time.monotonic() - self._since < _PATIENCE:
            data = self._begun + data
        self._begun = ""
        self._is_owed = not _LAST.search(data)  # it was asked for last
        typed = _ANSWER.sub("", data)
        if self._is_owed and (begun := _BEGUN.search(typed)):
            self._begun, self._since = begun[0], time.monotonic()
            typed = typed[: begun.start()]
        return typed
