"""`studytool browse` where there is no terminal: a sentence that names the command that prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.errors import UsageError

if TYPE_CHECKING:
    import argparse


def run(args: argparse.Namespace) -> int:
    """Refuse: a table to move about in needs a terminal."""
    raise UsageError(
        "Browsing needs a terminal that shows a screen.",
        "`studytool search QUERY` prints the cards that a query finds.",
    )
