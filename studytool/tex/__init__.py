"""From LaTeX formulas to text that a terminal can show.

`to_line` gives one line of Unicode, `to_row` the same as a `Box`, `to_box` a picture in two dimensions.
"""

from studytool.tex.box import Box
from studytool.tex.formula import to_box
from studytool.tex.line import to_line, to_row

__all__ = ["Box", "to_box", "to_line", "to_row"]
