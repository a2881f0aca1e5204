"""A demo's file beside its picture, with the line at which its loop stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from studytool.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

_HERE = "▶"


class SourceView(ScrollableContainer, can_focus=False):
    """The lines of a Python file with their numbers; `stand` marks one of them and scrolls there."""

    def __init__(self, path: Path) -> None:
        super().__init__(id="source")
        self._path = path
        self._lines: list[Content] = []
        self._line: int | None = None

    def compose(self) -> ComposeResult:
        """One text, as wide as its longest line."""
        yield Static(id="source-lines")

    def stand(self, line: int | None) -> None:
        """Mark this line, counted from 1, or none; where it is the same as before nothing moves."""
        if not self.display or (self._lines and line == self._line):
            return
        self._lines = self._lines or self._read()
        self._line = line
        self._draw()
        if line is not None:
            self.call_after_refresh(self._go_to, line)

    def _go_to(self, line: int) -> None:
        """The line stands in the middle, unless it is well within what is seen."""
        height, top = self.size.height, int(self.scroll_y)
        if not top + 2 <= line <= top + height - 2:
            self.scroll_to(y=max(line - 1 - height // 2, 0), animate=False)

    def _read(self) -> list[Content]:
        """The file's lines in colour; a sentence where it cannot be read any more."""
        from studytool.app.prose.code import coloured

        try:
            text = clean(self._path.read_text("utf-8")).expandtabs(4).rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            return [Content(f"{self._path} cannot be read: {error}")]
        return Content.assemble(*coloured(text, "python")).split("\n", allow_blank=True)

    def _draw(self) -> None:
        width = max((line.cell_length for line in self._lines), default=0)
        rows = []
        for number, line in enumerate(self._lines, 1):
            here = number == self._line
            head = Content.styled(
                f"{_HERE if here else ' '}{number:>4} ", "$accent bold" if here else "$foreground-muted"
            )
            row = Content.assemble(head, line.pad_right(width - line.cell_length))
            rows.append(row.stylize("on $primary 25%") if here else row)
        self.query_one(Static).update(Content("\n").join(rows))
