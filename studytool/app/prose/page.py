"""Blocks, one under the other: paragraphs, headings, lists, quotes, code, tables and formulas, as lines of a width."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len

from studytool.app.prose.inline import box_runs, inline_runs, shown
from studytool.app.prose.lines import Line, Run, cells, content, wrap
from studytool.app.prose.parser import as_written, parser
from studytool.text import clean
from studytool.unmarked import embed

if TYPE_CHECKING:
    from markdown_it.token import Token
    from textual.content import Content

_HEADINGS = {"h1": "bold underline $text-primary", "h2": "bold $text-primary", "h3": "bold"}
_DISPLAYED = "math_inline_double"
_QUIET = "$foreground-muted"
_BULLETS = ("• ", "◦ ", "▪ ")
_TASKS = {" ": ("☐ ", _QUIET), "x": ("☑ ", "$text-success")}
_FULL_LINE = 50
_TASK = re.compile(r"\[([ xX])\]\s+")
_CALLOUT = re.compile(r"\[!([\w -]{1,40})(?:\|[^\]\n]*)?\][+-]?[ \t]*")
_CALLOUTS = {
    **dict.fromkeys(("tip", "success", "hint", "done", "check"), "success"),
    **dict.fromkeys(("warning", "attention", "important", "caution", "question", "help", "faq"), "warning"),
    **dict.fromkeys(("danger", "error", "bug", "failure", "fail"), "error"),
    **dict.fromkeys(("example", "quote", "cite"), "secondary"),
}


Pictures: TypeAlias = Callable[[str, str, int], "list[Line] | None"]
"""Draws the picture at an address, which has a name, in at most so many cells; None where its name is to be shown."""

Later: TypeAlias = Callable[[str, str], "list[Run] | None"]
"""Has code in a language coloured beside the keys, and tells its colours: None until the text is laid out anew."""


def lines_of(
    markdown: str, width: int, *, source: bool = False, pictures: Pictures | None = None, later: Later | None = None
) -> list[Line]:
    """A text as lines of at most `width` cells, in the colours of whatever theme it is shown in.

    It can do nothing but be read: it is cleaned, and brackets in it are brackets, not markup. With `source`, formulas
    are shown as they are written. `pictures` draws those that stand on a line of their own. Of long code the colours
    come `later`; without that, as many of them as can be found in a short time.
    """
    page = Page(max(width, 4), pictures, later)
    tokens = parser().parse(clean(markdown))
    page.read(as_written(tokens) if source else tokens)
    return page.lines


def render_inline(markdown: str) -> Content:
    """A text as one line: the marks inside a paragraph are read, those of blocks are not."""
    runs: list[Run] = []
    for token in parser().parseInline(" ".join(clean(markdown).split())):
        runs.extend(inline_runs(token.children or []))
    return content([[(text.replace("\n", " "), style) for text, style in runs]])


@dataclass(slots=True)
class _Indent:
    """What stands left of a block: `first` before its first line (a list's mark), `rest` before the others."""

    first: Run
    rest: Run
    quote: bool = False
    started: bool = False


@dataclass(slots=True)
class _Container:
    """An open list or quote: whether its blocks stand without blank lines, and how its next item is marked."""

    tight: bool = False
    bullet: str = ""
    number: int = 0
    digits: int = 0


class Page:
    """Lines in the making, from top to bottom."""

    def __init__(self, width: int, pictures: Pictures | None = None, later: Later | None = None) -> None:
        self.lines: list[Line] = []
        self._width = width
        self._pictures = pictures
        self._later = later
        self._coded = 0  # characters of code so far
        self._indents: list[_Indent] = []
        self._containers: list[_Container] = []
        self._gap = False

    @property
    def room(self) -> int:
        """The cells that the marks of the open lists and quotes leave."""
        return self._width - sum(cell_len(indent.rest[0]) for indent in self._indents)

    def read(self, tokens: Sequence[Token]) -> None:
        """Add every block of a parsed text."""
        at = 0
        while at < len(tokens):
            at = self._block(tokens, at)

    def gap(self) -> None:
        """A blank line before what comes next, unless it is the first thing or stands in a tight list."""
        if not (self._containers and self._containers[-1].tight):
            self._gap = bool(self.lines)

    def add(self, lines: Sequence[Line]) -> None:
        """Put lines below, behind the marks of the open lists and quotes."""
        if self._gap:
            self._gap = False
            bars = [indent.rest for indent in self._indents if indent.started]
            while bars and not bars[-1][0].strip():
                bars.pop()
            self.lines.append(bars)
        for line in lines:
            marks = [indent.rest if indent.started else indent.first for indent in self._indents]
            for indent in self._indents:
                indent.started = True
            self.lines.append([*(mark for mark in marks if mark[0]), *line])

    def _block(self, tokens: Sequence[Token], at: int) -> int:
        """Add the block that begins at a token; the index of the token after what was read."""
        token = tokens[at]
        kind = token.type
        if kind in ("paragraph_open", "heading_open"):
            self.gap()
            self._paragraph(token.tag, tokens[at + 1])
            return at + 3
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.gap()
            self._containers.append(self._list(tokens, at))
        elif kind == "list_item_open":
            self._open_item()
        elif kind == "blockquote_open":
            self.gap()
            self._containers.append(_Container())
            self._push(("▎ ", "$primary"), ("▎ ", "$primary"), quote=True)
        elif token.nesting == -1:
            self._close(kind)
        elif kind == "table_open":
            from studytool.app.prose.table import read_table, table_lines

            rows, at = read_table(tokens, at)
            self.gap()
            self.add(table_lines(rows, self.room))
        else:
            self._leaf(token)
        return at + 1

    def _leaf(self, token: Token) -> None:
        self.gap()
        if token.type in ("fence", "code_block"):
            from studytool.app.prose.code import AT_ONCE, code_lines

            self._coded += len(token.content)
            later = self._later if self._coded > AT_ONCE else None
            self.add(code_lines(token.content, token.info, self.room, later))
        elif token.type.startswith("math_block"):
            self._display(token.content)
        elif token.type == "hr":
            self.add([[("─" * self.room, _QUIET)]])
        elif token.content:
            self.add(wrap([(shown(token.content), _QUIET)], self.room))

    def _display(self, source: str) -> None:
        """A formula on lines of its own, in the middle; one too wide to be drawn goes on in the next line."""
        from studytool.tex import to_box

        box = to_box(source, self.room)
        lines = [box_runs(box, row) for row in range(box.height)]
        if box.width > self.room:
            lines = wrap(lines[0], self.room)
        left = max((self.room - max(map(cells, lines))) // 2, 0)
        if box.height > 1:
            self.gap()
        self.add([[(" " * left, ""), *line] for line in lines])
        if box.height > 1:
            self.gap()

    def _paragraph(self, tag: str, inline: Token) -> None:
        children: Sequence[Token] = inline.children or []
        if self._indents and not self._indents[-1].started:
            children = self._opening(inline.content, children)
        line_end = "\n" if _has_short_lines(inline.content) else " "
        base = "" if tag == "p" else _HEADINGS.get(tag, f"bold {_QUIET}")
        start = 0
        for at, child in enumerate(children):
            embedded = self._embedded(child)
            if child.type == _DISPLAYED or embedded:
                if start < at:
                    self._prose(children[start:at], base, line_end)
                if embedded:
                    self.add(embedded)
                else:
                    self._display(child.content)
                start = at + 1
        if start == 0 or start < len(children):
            self._prose(children[start:], base, line_end)

    def _embedded(self, child: Token) -> list[Line] | None:
        """The picture that is embedded here, where it is drawn."""
        if self._pictures is None or child.type not in ("image", "text"):
            return None
        if child.type == "image":
            source = str(child.attrGet("src") or "")
            return self._pictures(source, child.content or source.rpartition("/")[2], self.room)
        found = embed(child.content)
        return self._pictures(*found, self.room) if found else None

    def _prose(self, children: Sequence[Token], base: str, line_end: str) -> None:
        """Wrapped text; white space at its ends, left over beside a displayed formula, goes."""
        first, last = 0, len(children)
        while first < last and children[first].type == "softbreak":
            first += 1
        while last > first and children[last - 1].type == "softbreak":
            last -= 1
        runs = inline_runs(children[first:last], base, line_end=line_end)
        if runs:
            runs[0] = (runs[0][0].lstrip(" "), runs[0][1])
            runs[-1] = (runs[-1][0].rstrip(" "), runs[-1][1])
        if runs or not children:
            self.add(wrap(runs, self.room))

    def _opening(self, source: str, children: Sequence[Token]) -> Sequence[Token]:
        """The first paragraph of an item or a quote: the mark of a task or a callout is shown in its own way."""
        indent = self._indents[-1]
        if not children or children[0].type != "text":
            return children
        if not indent.quote and (found := _TASK.match(source)):
            mark = _TASKS[found.group(1).lower()]
            indent.first = (mark[0].rjust(len(indent.first[0])), mark[1]) if indent.first[0] else indent.first
            return _cut(children, found.end())
        if indent.quote and (found := _CALLOUT.match(source)):
            return self._callout(found.group(1), _cut(children, found.end()))
        return children

    def _callout(self, name: str, children: Sequence[Token]) -> Sequence[Token]:
        """Add a callout's title (its own words, else its type); what is left is its text."""
        colour = _CALLOUTS.get(name.lower(), "primary")
        indent = self._indents[-1]
        indent.first = indent.rest = (indent.rest[0], f"${colour}")
        end = next((at for at, child in enumerate(children) if child.type.endswith("break")), len(children))
        style = f"bold $text-{colour}"
        runs = inline_runs(children[:end], style)
        title = runs if any(text.strip() for text, _ in runs) else [(shown(name.capitalize()), style)]
        self.add(wrap(title, self.room))
        return children[end:]

    def _list(self, tokens: Sequence[Token], at: int) -> _Container:
        """A list about to open: the parser has hidden the paragraphs of a tight one."""
        token = tokens[at]
        items, tight = 0, True
        for follower in tokens[at + 1 :]:
            if follower.level == token.level and follower.nesting == -1:
                break
            if follower.level == token.level + 1 and follower.nesting == 1:
                items += 1
            elif follower.level == token.level + 2 and follower.type == "paragraph_open":
                tight = tight and follower.hidden
        if token.type == "ordered_list_open":
            start = token.attrGet("start")
            first = 1 if start is None else int(start)
            return _Container(tight, "", first, len(str(first + items - 1)))
        depth = sum(1 for container in self._containers if container.bullet)
        return _Container(tight, _BULLETS[depth % len(_BULLETS)])

    def _open_item(self) -> None:
        container = self._containers[-1]
        mark = container.bullet or f"{container.number:>{container.digits}}. "
        container.number += 1
        self._push((mark, "$primary"), (" " * len(mark), ""))

    def _push(self, first: Run, rest: Run, *, quote: bool = False) -> None:
        """Open an indent; where lists stand so deep that no room for words is left, one without width."""
        if self.room - cell_len(rest[0]) < min(16, self._width // 2):
            first = rest = ("", "")
        self._indents.append(_Indent(first, rest, quote))

    def _close(self, kind: str) -> None:
        if kind in ("list_item_close", "blockquote_close"):
            if not self._indents[-1].started:
                self.add([[]])
            self._indents.pop()
        if kind in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
            self._containers.pop()
        self.gap()


def _has_short_lines(source: str) -> bool:
    """Whether the author ended lines before they were full, and so meant it, as Obsidian shows it by default.

    Text wrapped by an editor has lines of 60 characters and more, but for the last.
    """
    return any(len(line) < _FULL_LINE for line in source.split("\n")[:-1])


def _cut(children: Sequence[Token], count: int) -> Sequence[Token]:
    """The tokens without the first `count` characters of the first one, which is text."""
    first = children[0].copy()
    first.content = first.content[count:].lstrip()
    return [first, *children[1:]]
