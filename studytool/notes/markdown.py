"""The one tokenizer: markdown-it's block pass with our own rules, turned into a tree of blocks with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from studytool.notes.words import SECTION_OF

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a note: `kind`, its lines in the file (from 1, both ends included) and its source.

    `lines` are the source lines without what belongs to the containers around it (`> `, indentation, list markers).
    `level` is a heading's level; `label` a callout's type, a fence's language, an item's task mark; `title` a heading's
    or a callout's text; `closed` is false for a fence that the file ends in.
    """

    kind: str
    line: int
    end_line: int
    lines: tuple[str, ...]
    children: tuple[Block, ...] = ()
    level: int = 0
    label: str | None = None
    title: str = ""
    closed: bool = True

    @property
    def text(self) -> str:
        """The source of the block, dedented, without blank lines around it."""
        return "\n".join(self.lines).strip("\n")

    def walk(self) -> Iterator[Block]:
        """The block and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a note whose front matter has been blanked."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse("\n".join(map(bullet, lines)), parser, {}, tokens)
    return tuple(_Builder(tokens).blocks(list(lines), 0))


def bullet(line: str) -> str:
    """`line` with the bullet of a word processor as markdown's, so that pasted lists are lists; same length."""
    return line.replace("•", "-", 1) if line.lstrip().startswith(("• ", "•\t")) else line


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


def is_label(line: str) -> bool:
    """Whether a line is a label: a capitalised section word, or up to 14 words and a colon at the end."""
    text = line.strip().strip("*_").strip()
    if not text or not (text[0].isupper() or text.startswith("[[")):
        return False
    if text.endswith(":") and not text.endswith("::"):
        return len(text.split()) <= 14 and not any(mark in text for mark in ("|", ". ", "? ", "`", "$"))
    return text.casefold() in SECTION_OF


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
            inner = _unindented(own)
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


def _unquoted(line: str) -> str:
    """`line` without one `>`; a lazy line that has none stays as it is."""
    stripped = line.lstrip(" ")
    if len(line) - len(stripped) > 3 or not stripped.startswith(">"):
        return line
    rest = stripped[1:]
    return rest[1:] if rest[:1] in (" ", "\t") else rest


_MARKER = re.compile(r"\s{0,12}(?:[-*+:~•]|\d{1,9}[.)])(?:[ \t]{1,4}|$)")


def _unindented(own: list[str]) -> list[str]:
    """The lines of a list item without its marker and indentation."""
    found = _MARKER.match(own[0])
    width = found.end() if found else 0
    lines = [own[0][width:]]
    for line in own[1:]:
        expanded = line.expandtabs(4) if line.startswith(("\t", " ")) else line
        indent = len(expanded) - len(expanded.lstrip(" "))
        lines.append(expanded[min(indent, width) :])
    return lines


def _task_mark(lines: Sequence[str]) -> str | None:
    """What stands between the brackets of a task (`" "`, `"x"`), or None."""
    first = lines[0].lstrip() if lines else ""
    task = len(first) > 3 and first[0] == "[" and first[2] == "]" and first[3] in " \t"
    return first[1].lower() if task else None


def _closed(markup: str, own: list[str]) -> bool:
    last = own[-1].strip().lstrip("> ")
    return len(own) > 1 and set(last) == {markup[0]} and len(last) >= len(markup)
