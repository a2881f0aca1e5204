"""Code as a tinted block, coloured where its language is known."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from threading import Lock
from time import thread_time
from typing import TYPE_CHECKING

from studytool.app.prose.inline import CODE_TINT, shown
from studytool.app.prose.lines import Line, Run, cells, fold

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

    from studytool.app.prose.page import Later

_LONGEST = 20_000
"""Characters; what is longer is no card's code."""
_GAP = re.compile(r"\s{100}")
"""Blanks in a row that no code has: what a lexer takes for them grows with the square of their number."""
_PATIENCE = 2.0
"""Seconds of the processor after which a lexer is given up, with the rest as it is: some take a minute for odd text.

Ordinary code of the greatest length takes less than a fourth of it: whether that has colours hangs on no machine.
"""
AT_ONCE = 4_000
"""Characters of a text that are coloured before it is painted; what is beyond them comes from a thread, later."""
_PATIENCE_AT_ONCE = 0.15
"""The same as `_PATIENCE` for them. Ordinary code of that length takes a few hundredths."""
_KEPT = 32
_coloured: dict[tuple[str, str], list[Run]] = {}
"""What texts in a language came to, the last ones; what a lexer was given up for is not tried again either."""
_TURN = Lock()

_COLOURS = {
    "Token.Comment": "italic $foreground-muted",
    "Token.Generic.Heading": "bold",
    "Token.Generic.Emph": "italic",
    "Token.Generic.Strong": "bold",
    "Token.Keyword": "$text-secondary",
    "Token.Keyword.Constant": "$text-warning",
    "Token.Literal.Number": "$text-warning",
    "Token.Literal.String": "$text-success",
    "Token.Name.Builtin": "$text-primary",
    "Token.Name.Builtin.Pseudo": "italic",
    "Token.Name.Class": "bold $text-primary",
    "Token.Name.Decorator": "$text-accent",
    "Token.Name.Function": "bold $text-primary",
    "Token.Name.Tag": "$text-primary",
    "Token.Operator.Word": "$text-secondary",
}
_MARGIN = (" ", CODE_TINT)
_GOES_ON = ("↪", f"$foreground-muted {CODE_TINT}")
"""The margin before what had no room in the line above."""


def code_lines(source: str, info: str, width: int, later: Later | None = None) -> list[Line]:
    """The block in `width` cells, one cell of margin on both sides; what is too long goes on below, behind a mark.

    `info` is what stands behind the fence: its first word names the language. With `later`, code that was not coloured
    yet is plain until that gives its colours.
    """
    text = shown(source.expandtabs(4)).strip("\n")
    language = info.split()[0].strip("{}.").lower() if info.strip() else ""
    runs = colours(text, language, later)
    room = max(width - 2, 2)
    lines = []
    for whole in fold([(part, f"{style} {CODE_TINT}".strip()) for part, style in runs], max(2 * len(text), 2)):
        for at, line in enumerate([whole] if cells(whole) <= room else fold(whole, room)):
            right = max(room - cells(line), 0) + 1
            lines.append([_GOES_ON if at else _MARGIN, *line, (" " * right, CODE_TINT)])
    return lines


def colours(text: str, language: str, later: Later | None = None) -> list[Run]:
    """A text in pieces with the style of each; with `later`, plain until that gives its colours."""
    if language in ("", "text", "txt", "plain") or len(text) > _LONGEST:
        return [(text, "")]
    known = _coloured.get((text, language))
    return ((later or _keep)(text, language) if known is None else known) or [(text, "")]


def margin_of(line: Line) -> int | None:
    """The place of the run before a line of code that is no part of it; None for another line."""
    first = next((at for at, run in enumerate(line) if CODE_TINT in run[1]), None)
    return first if first is not None and line[first] in (_MARGIN, _GOES_ON) else None


def keep(text: str, language: str) -> list[Run]:
    """Colour a text in a thread, one after the other, and have it at hand for `code_lines`."""
    with _TURN:
        return _keep(text, language, _PATIENCE)


def _keep(text: str, language: str, patience: float = _PATIENCE_AT_ONCE) -> list[Run]:
    runs = coloured(text, language, patience)
    for old in list(_coloured)[: 1 - _KEPT]:
        _coloured.pop(old, None)
    _coloured[text, language] = runs
    return runs


def coloured(text: str, language: str, patience: float = _PATIENCE) -> list[Run]:
    """`text` in pieces with the style of each; without one what cannot be coloured, or not in `patience` seconds."""
    if _GAP.search(text):
        return [(text, "")]
    lexer, runs, until, done = _lexer(language), list[Run](), thread_time() + patience, 0
    for kind, token in lexer.get_tokens(text) if lexer else ():
        if thread_time() > until:
            runs.append((text[done:], ""))
            break
        done += len(token)
        style = _style(kind)
        if runs and runs[-1][1] == style:
            runs[-1] = (runs[-1][0] + token, style)
        else:
            runs.append((token, style))
    if runs and runs[-1][0].endswith("\n") and not text.endswith("\n"):  # pygments ends every text with one
        runs[-1] = (runs[-1][0][:-1], runs[-1][1])
    if "".join(token for token, _ in runs) != text:  # a byte order mark, say: rather no colour than a wrong one
        return [(text, "")]
    return runs


@lru_cache(maxsize=16)
def _lexer(language: str) -> Lexer | None:
    """What takes code of a language apart; None where that is unknown."""
    from pygments.lexers import get_lexer_by_name  # 30 ms, only for a card with code
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@cache
def _style(kind: _TokenType) -> str:
    """The style of the nearest kind of token above this one that has one."""
    return _COLOURS.get(str(kind)) or (_style(kind.parent) if kind.parent else "")
