"""The net under `text.clean`: no control character reaches the terminal from any widget, whoever drew it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

# C0 but newline, DEL, C1, and the controls that reorder text.
_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Guard(LineFilter):
    """Replaces forbidden characters by a middle dot, one cell each, so that nothing moves."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, or new ones where something had to go."""
        search = _FORBIDDEN.search
        if not any(search(segment.text) for segment in segments if not segment.control):
            return segments
        return [
            segment if segment.control else Segment(_FORBIDDEN.sub("·", segment.text), segment.style)
            for segment in segments
        ]
