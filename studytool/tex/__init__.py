"""From LaTeX formulas to text that a terminal can show: `to_line` gives one line of Unicode."""

from studytool.tex.line import to_line

__all__ = ["to_line"]
