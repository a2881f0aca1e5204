"""Pictures in cells: panels, which are plain values, become rows of coloured text, or sentences in their place."""

from studytool.draw.describe import summary
from studytool.draw.ghost import with_ghost
from studytool.draw.paint import draw_panels
from studytool.draw.picture import Look, Picture, Run

__all__ = ["Look", "Picture", "Run", "draw_panels", "summary", "with_ghost"]
