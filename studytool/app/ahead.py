"""What the table of cards needs is imported ahead, in a thread, while nobody types: a key waits for none of it."""

from __future__ import annotations

from importlib import import_module

_MODULES = ("studytool.app.screens.browse", "studytool.search.find", "studytool.search.suggest")


def read() -> None:
    """Import the screen, the search, and what reads a prompt with a formula."""
    for name in _MODULES:
        import_module(name)
    from studytool.app.prose import render_inline

    render_inline("$x$")  # which imports the rest
