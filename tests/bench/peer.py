"""The least that Textual itself can do: an Input above a DataTable, as many rows and columns as the table of cards.

    python tests/bench/peer.py CARDS

It searches nothing. `browse.py` measures it beside the table of cards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Input

from studytool.app.roll import GAP, layout

BESIDE_ROWS = 2
"""Lines of the screen that are no rows: the input, and the names of the columns."""
_WORDS = "gradient kernel pooling momentum entropy softmax bias stride"


class Peer(App[None]):
    """The two widgets, in the columns that the table of cards has at this width."""

    CSS = "DataTable { height: 1fr; scrollbar-size-horizontal: 0; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """Both from the top."""
        yield Input(compact=True)
        yield DataTable[str](cursor_type="row", cell_padding=GAP // 2)

    def on_mount(self) -> None:
        """Put all rows in."""
        table, columns = self.query_one(DataTable), layout(self.size.width)
        for column, width in columns:
            table.add_column(column.name, width=width)
        table.add_rows(self._rows(len(columns)))
        table.focus()

    def _rows(self, columns: int) -> Iterator[list[str]]:
        for number in range(self._count):
            told = (
                f"Topic {number // 20:05}",
                "known",
                "in 20 d",
                "30 d",
                "91%",
                "2",
                f"note{number // 20:05}.md:{number}",
            )
            yield [f"Prompt{number:06} {_WORDS}", *told][:columns]


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    Peer(int(arguments[0])).run()


if __name__ == "__main__":
    main(sys.argv[1:])
