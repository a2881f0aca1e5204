"""The markdown that cards are written in: CommonMark, tables, strikethrough, formulas and highlights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_FORMULAS = ("$", "\\(", "\\[")
# What a formula has and words in escaped brackets have not; a formula may also be very short.
_LIKE_A_FORMULA = re.compile(r"[\\^_=<>+*/]|\A.{1,3}\Z", re.DOTALL)


@cache
def parser() -> MarkdownIt:
    """The one parser; making it takes longer than a card does.

    HTML is no block of its own, so that the markdown between two tags is still markdown; the tags are text.
    """
    # 20 levels, the preset's limit, are ten lists in one another: what stands deeper would be dropped.
    made = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"]).disable("html_block")
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    made.inline.ruler.before("emphasis", "mark", _mark_rule)
    made.inline.ruler.before("escape", "math_brackets", _brackets_rule)
    return made


def has_formula(markdown: str) -> bool:
    """Whether a text has a formula in it."""
    return any(sign in markdown for sign in _FORMULAS) and any(
        token.type.startswith("math")
        for block in parser().parse(markdown)
        for token in (block, *(block.children or ()))
    )


def as_written(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens with every formula as code: its LaTeX is what is shown."""
    for block in tokens:
        if block.type.startswith("math_block"):
            block.type, block.info = "fence", "text"
        for token in block.children or ():
            if token.type.startswith("math_inline"):
                token.type = "code_inline"
    return tokens


def _mark_rule(state: StateInline, silent: bool) -> bool:
    """`==highlighted==`, on one line and without blanks inside its marks."""
    source, start = state.src, state.pos
    if silent or not source.startswith("==", start) or source[start + 2 : start + 3] in ("", " ", "=", "\n"):
        return False
    end = source.find("==", start + 2, state.posMax)
    if end < 0 or source[end - 1] == " " or "\n\n" in source[start:end]:
        return False
    last = state.posMax
    state.push("mark_open", "mark", 1)
    state.pos, state.posMax = start + 2, end
    state.md.inline.tokenize(state)
    state.push("mark_close", "mark", -1)
    state.pos, state.posMax = end + 2, last
    return True


def _brackets_rule(state: StateInline, silent: bool) -> bool:
    """`\\(in a line\\)` and `\\[displayed\\]`: formulas, unless it is only words whose brackets are escaped."""
    source, start = state.src, state.pos
    opening = source[start : start + 2]
    if opening not in ("\\(", "\\["):
        return False
    end = source.find("\\)" if opening == "\\(" else "\\]", start + 2, state.posMax)
    inside = source[start + 2 : end].strip()
    if end < 0 or not _LIKE_A_FORMULA.search(inside):
        return False
    if not silent:
        token = state.push("math_inline" if opening == "\\(" else "math_inline_double", "math", 0)
        token.content, token.markup = inside, opening
    state.pos = end + 2
    return True
