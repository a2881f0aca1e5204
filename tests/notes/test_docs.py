"""docs/notes.md shows every form that is read, in the words and by the example of the dialect itself.

`STUDYTOOL_WRITE_DOCS=1 pytest tests/notes/test_docs.py` writes that part of it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.notes.codes import CODES
from studytool.notes.dialects import DIALECTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "notes.md"
LEVELS = {
    "explicit": "Explicit: you wrote a card",
    "structured": "Structured: the page asks and answers",
    "derived": "Derived: prose with a clear form",
}


def forms() -> Iterator[str]:
    for level, title in LEVELS.items():
        yield f"## {title}\n"
        for dialect in DIALECTS:
            if dialect.level != level:
                continue
            yield f"### `{dialect.name}`\n\n{dialect.recognises}\n\n````markdown\n{dialect.example.strip()}\n````\n"
            yield "| front | back |\n|---|---|"
            for front, back in dialect.cards:
                yield f"| {cell(front)} | {cell(back) or '*(open: the answer is yours)*'} |"
            yield ""


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def codes() -> Iterator[str]:
    yield "## What `check` says\n"
    yield from (f"- **{code}**: {told}" for code, told in sorted(CODES.items()))


@pytest.mark.skipif(not PAGE.exists(), reason="the tests run without the documents")
def test_the_page_shows_every_form_and_every_code() -> None:
    text = PAGE.read_text("utf-8")
    start, mark, _ = text.partition("<!-- forms -->\n")
    assert mark
    wanted = f"{start}{mark}\n" + "\n".join([*forms(), *codes()]) + "\n"
    if os.environ.get("STUDYTOOL_WRITE_DOCS"):
        PAGE.write_text(wanted, "utf-8")
    assert PAGE.read_text("utf-8") == wanted
