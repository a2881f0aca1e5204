"""The markdown that cards are written in: CommonMark, tables, strikethrough, formulas and highlights."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline


@cache
def parser() -> MarkdownIt:
    """The one parser; making it takes longer than a card does.

    HTML is no block of its own, so that the markdown between two tags is still markdown; the tags are text.
    """
    # 20 levels, the preset's limit, are ten lists in one another: what stands deeper would be dropped.
    made = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"]).disable("html_block")
    made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    made.inline.ruler.before("emphasis", "mark", _mark_rule)
    return made


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
