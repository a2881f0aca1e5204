"""The blocks of a note as markdown-it's own rules give them, to compare the scanner with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from studytool.notes.markdown import Block, _closed, _task_mark, _unindented, _unquoted, bullet
from studytool.notes.scan_leaves import is_label

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


def plain_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """What `parse_blocks` should give; raises `IndexError` where markdown-it reads beyond the end of a text."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse("\n".join(map(bullet, lines)), parser, {}, tokens)
    return tuple(_Builder(tokens).blocks(list(lines), 0))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(deflist_plugin)
    parser.use(footnote_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "comment", _comment_rule, interrupting)
    parser.block.ruler.before("paragraph", "label", _label_rule, interrupting)
    return parser


def _comment_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An Obsidian comment, `%%` at the start of a line up to the next `%%`; one that never closes is text."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("%%", first):
        return False
    close = state.src.find("%%", first + 2)
    if close < 0 or close >= state.eMarks[end - 1]:
        return False
    last = start
    while state.eMarks[last] < close:
        last += 1
    if state.src[close + 2 : state.eMarks[last]].strip():
        return False  # text goes on after it: it stands inside a paragraph
    if not silent:
        state.line = last + 1
        token = state.push("comment", "", 0)
        token.map = [start, last + 1]
    return True


def _label_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that names a part of the note ("Summary", "Questions:") stands alone even where no blank line says so.

    Pages pasted as plain text have no blank lines; without this rule a list would swallow the label that follows it.
    """
    if state.is_code_block(start):
        return False
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if len(text) > 120 or not is_label(text):
        return False
    if silent:
        return True
    state.line = start + 1
    for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
        token = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
        token.map = [start, start + 1]
        token.meta = {"label": True}
        token.content = text.strip()
        token.children = []
    return True


class _Builder:
    """Reads the flat token list once and makes the tree."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def blocks(self, source: list[str], base: int) -> list[Block]:
        """Blocks up to the close of the present container; `source[0]` is line `base` (from 0) of the file."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.nesting == -1:
                break
            self.at += 1
            if token.map is None:
                continue
            found.extend(self.one(token, source, base))
        return found

    def one(self, token: Token, source: list[str], base: int) -> list[Block]:
        first, end = token.map or (0, 0)
        if token.type == "dt_open":  # the plugin gives a term no line, and its text the line of the term
            end = first + 1
        elif token.type == "dd_open" and (inner_map := self.tokens[self.at].map):
            first = inner_map[0]
        own = source[first - base : end - base]
        if not own:
            if token.nesting:
                self.skip()
            return []
        while len(own) > 1 and not own[-1].strip():  # blank lines after a container belong to nobody
            own.pop()
        if token.nesting == 0:
            return [self.leaf(token, own, first)]
        kind = token.type.removesuffix("_open")
        if kind == "dt":
            self.skip()
            return [_block("dt", own, first)]
        if kind in ("paragraph", "heading"):
            inline = self.tokens[self.at]
            self.skip()
            if kind == "heading":
                return _heading(token, inline.content, own, first)
            label = "label" if token.meta.get("label") else None
            return [_block("paragraph", own, first, label=label)]
        if kind == "table":
            self.skip()
            return [_block("table", own, first)]
        inner = own
        if kind == "blockquote":
            inner = [_unquoted(line) for line in own]
        elif kind in ("list_item", "dd"):
            inner = list(_unindented(own))
        children = self.blocks(inner, first)
        self.at += 1
        if kind == "blockquote":
            return [_quote(own, inner, first, children)]
        names = {"list_item": "item", "bullet_list": "list", "ordered_list": "list", "dl": "definitions"}
        block = _block(names.get(kind, kind), inner if kind in ("list_item", "dd") else own, first, children)
        return [replace(block, label=_task_mark(block.lines)) if kind == "list_item" else block]

    def leaf(self, token: Token, own: list[str], first: int) -> Block:
        kinds = {"code_block": "code", "html_block": "html", "math_block": "math", "math_block_label": "math"}
        closed = token.type != "fence" or _closed(token.markup, own)
        label = token.info.strip() if token.type == "fence" else None
        kind = kinds.get(token.type, token.type)
        if kind == "html" and own[0].lstrip().startswith("<!--"):
            kind = "comment"
        return _block(kind, own, first, label=label, closed=closed)

    def skip(self) -> None:
        """Past the close of the container just opened."""
        depth = 1
        while depth and self.at < len(self.tokens):
            depth += self.tokens[self.at].nesting
            self.at += 1


def _block(
    kind: str,
    lines: Sequence[str],
    first: int,
    children: Sequence[Block] = (),
    *,
    label: str | None = None,
    closed: bool = True,
) -> Block:
    return Block(kind, first + 1, first + len(lines), tuple(lines), tuple(children), label=label, closed=closed)


def _heading(token: Token, content: str, own: list[str], first: int) -> list[Block]:
    """A heading; but a rule that hashcards puts right under a card is a rule, not the underline of a heading."""
    block = _block("heading", own, first)
    underlined = token.markup == "-"
    if underlined and (len(own) > 2 or own[0].startswith(("Q:", "A:", "C:", "- ", "* "))):
        return [_block("paragraph", own[:-1], first), _block("hr", own[-1:], first + len(own) - 1)]
    return [replace(block, level=int(token.tag[1:]), title=content.strip())]


def _quote(own: list[str], inner: list[str], first: int, children: list[Block]) -> Block:
    """A quote, or a callout where its first line is `[!type]`, with or without a blank before it."""
    opening = inner[0].strip()
    close = opening.find("]")
    if not opening.startswith("[!") or close < 3:
        return _block("quote", inner, first, children)
    kept = []
    for child in children:
        if child.line == first + 1:  # the paragraph that begins with the callout's own line: that line is no content
            if child.kind != "paragraph" or child.end_line == child.line:
                continue
            child = replace(child, line=child.line + 1, lines=child.lines[1:])
        kept.append(child)
    block = _block("callout", inner, first, kept)
    title = opening[close + 1 :].lstrip("+-").strip()
    return replace(block, label=opening[2:close].partition("|")[0].strip(), title=title)
