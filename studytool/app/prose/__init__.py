"""Prose: the markdown of a card becomes styled lines that fit a width; no widgets, and nothing in it can act.

`render(markdown, width)` gives the lines of a whole text, `render_inline(markdown)` one line without blocks.
"""

from studytool.app.prose.page import render, render_inline
from studytool.app.prose.parser import has_formula

__all__ = ["has_formula", "render", "render_inline"]
