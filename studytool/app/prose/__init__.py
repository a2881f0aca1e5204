"""Prose: the markdown of a card becomes styled lines that fit a width; no widgets, and nothing in it can act.

`lines_of(markdown, width)` gives the lines of a whole text, `content` puts such lines into one Textual text, and
`paint.painted` into the strips of a widget; `render_inline(markdown)` gives one line without blocks.
"""

from studytool.app.prose.lines import content
from studytool.app.prose.page import lines_of, render_inline
from studytool.app.prose.parser import has_formula

__all__ = ["content", "has_formula", "lines_of", "render_inline"]
