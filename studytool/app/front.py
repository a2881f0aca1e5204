"""What is drawn of a screen whose rows change at each key: nothing beside what is painted, nor behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.strip import Strip


class Front(Compositor):
    """Draws the widgets of what is to be painted from the front, up to one that fills all of it.

    Textual draws those beside and behind it too, cuts their lines where others begin and end, and throws them away: of
    a page of rows that is half of the time.
    """

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """The region of each widget, what is seen of that, and its lines."""
        wanted = crop or self.size.region
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            if not wanted.overlaps(seen):
                continue
            strips = widget.render_lines(Region(seen.x - region.x, seen.y - region.y, seen.width, seen.height))
            yield region, clip, strips
            is_whole = len(strips) == seen.height and all(strip.cell_length == seen.width for strip in strips)
            if is_whole and seen.contains_region(wanted):
                return
