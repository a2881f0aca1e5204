"""A formula in two dimensions, or in the next best form that fits."""

from __future__ import annotations

import re

from studytool.tex import marks
from studytool.tex.box import Box, Oversize, finished, of
from studytool.tex.layout import part_of
from studytool.tex.line import to_row
from studytool.tex.parse import parse
from studytool.tex.wide import broken
from studytool.text import one_line

# Languages of their own for pictures and chemistry: read as a formula they would come out as something else.
_NOT_A_FORMULA = re.compile(
    r"\\(?:begin\s*\{(?:tikz|CD\}|picture|forest|prooftree|algorithm)|xymatrix|ce\s*\{|chemfig)"
)

_LONGEST = 5000  # characters: what is longer is no formula to look at, and would keep a screen waiting


def to_box(source: str, width: int | None = None) -> Box:
    """The formula `source` (LaTeX without its dollar signs) as rows of text, in at most `width` cells if it can be.

    A formula that is wider is broken at relations and signs; one that cannot be broken, or that is longer than any
    formula, or larger than any screen, is one row, as `to_row` gives it, however wide. What is no formula is one row
    with its source. All rows have the same width. Never raises; takes time in proportion to the length.

    >>> print("\\n".join(to_box(r"y = \\frac{a + b}{2}").rows))
         a + b
    y = ───────
           2
    """
    source = marks.unmarked(one_line(source))
    if _NOT_A_FORMULA.search(source):
        return of(source)
    if len(source) > _LONGEST:
        return to_row(source)
    tree = parse(source)
    try:
        whole = part_of(tree, "display").box
        found = whole if width is None or whole.width <= width else broken(tree, width)
    except Oversize:
        found = None
    return to_row(source) if found is None else finished(found)
