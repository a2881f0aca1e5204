"""Code as a tinted block, coloured where its language is known."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from studytool.app.prose.inline import CODE_TINT, shown
from studytool.app.prose.lines import Line, Run, cells, fold

if TYPE_CHECKING:
    from textual.highlight import HighlightTheme

# A lexer needs 10 ms for so many characters; what is longer is no card's code.
_LONGEST = 20_000

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


def code_lines(source: str, info: str, width: int) -> list[Line]:
    """The block in `width` cells, one cell of margin on both sides; a line too long for it goes on in the next.

    `info` is what stands behind the fence: its first word names the language.
    """
    text = shown(source.expandtabs(4)).strip("\n")
    language = info.split()[0].strip("{}.").lower() if info.strip() else ""
    if language not in ("", "text", "txt", "plain") and len(text) <= _LONGEST:
        runs = coloured(text, language)
    else:
        runs = [(text, "")]
    room = max(width - 2, 2)
    lines = []
    for line in fold([(part, f"{style} {CODE_TINT}".strip()) for part, style in runs], room):
        right = max(room - cells(line), 0) + 1
        lines.append([(" ", CODE_TINT), *line, (" " * right, CODE_TINT)])
    return lines


def coloured(text: str, language: str) -> list[Run]:
    """`text` in pieces with the style of each; one piece without a style where its language colours nothing."""
    from textual.highlight import highlight  # pygments: 30 ms, only for a card with code

    found = highlight("\n".join(text.split("\n")), language=language, theme=_theme())
    plain = found.plain
    if plain != text:  # a character that Textual takes for the end of a line: rather no colour than a wrong one
        return [(text, "")]
    runs: list[Run] = []
    at = 0
    for start, end, style in sorted(found.spans, key=lambda span: span.start):
        if end - start == len(plain) and style == "$text":
            continue
        if start > at:
            runs.append((plain[at:start], ""))
        if end > max(start, at):
            runs.append((plain[max(start, at) : end], str(style)))
        at = max(at, end)
    runs.append((plain[at:], ""))
    return runs


@cache
def _theme() -> type[HighlightTheme]:
    """Our colours in place of Textual's, which underline every function and put a background behind errors."""
    from textual.highlight import HighlightTheme

    class Theme(HighlightTheme):
        STYLES = {  # noqa: RUF012 - Textual declares it so
            token: _COLOURS[str(token)] for token in HighlightTheme.STYLES if str(token) in _COLOURS
        }

    return Theme
