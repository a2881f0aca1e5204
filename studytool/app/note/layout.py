"""A piece of a note as lines of a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.app.prose.lines import Line, wrap
from studytool.app.prose.page import lines_of
from studytool.app.prose.table import table_rows

if TYPE_CHECKING:
    from studytool.app.note.pieces import Piece
    from studytool.app.prose.page import Pictures

_SIGN = ("?  ", "$accent bold")
_BESIDE = ("   ", "")
_HIDDEN = "italic $foreground-muted"


def laid_out(piece: Piece, width: int, *, source: bool = False, pictures: Pictures | None = None) -> list[Line]:
    """The lines of a piece, each at most `width` cells wide, with a blank one before it unless it goes on.

    With `source`, formulas are shown as they are written; `pictures` draws what is embedded.
    """
    if piece.head:
        lines = table_rows(piece.head, piece.text, width, piece.sizes, with_head=not piece.close)
    elif piece.is_card:
        room = max(width - len(_SIGN[0]), 4)
        lines = lines_of(piece.text, room, source=source, pictures=pictures)
        if "\n\n" in piece.text and (piece.hidden or piece.answer.strip()):
            lines.append([])
        if piece.hidden:
            lines += wrap([(piece.hidden, _HIDDEN)], room)
        elif piece.answer.strip():
            lines += lines_of(piece.answer, room, source=source, pictures=pictures)
        lines = [[_BESIDE if at else _SIGN, *line] for at, line in enumerate(lines)]
    else:
        lines = lines_of(piece.text, width, source=source, pictures=pictures)
    return lines if piece.close else [[], *lines]
