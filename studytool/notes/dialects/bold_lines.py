"""Bold lines: paragraphs that are bold as a whole, or begin with such a line, and numbered items that are one."""

from __future__ import annotations

from typing import NamedTuple

from studytool.notes.asking import question_text, without_number
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.plain import words

_QUESTION_WORDS = 60
_REST = 3000
_QUOTES = ('"', "“", "”", "„", "«", "»")


class Bold(NamedTuple):
    """A bold line: its text, its place among the blocks, and whether its paragraph goes on after it."""

    text: str
    at: int
    line: int
    goes_on: bool


def bold_line(block: Block, at: int) -> Bold | None:
    """The bold line that a paragraph, or the one item of a numbered list, is or begins with."""
    if block.kind == "html" and block.lines[0].lstrip().startswith(("<b>", "<strong>")):
        text = block.text
        if "\n" in text or not text.rstrip().endswith(("</b>", "</strong>", "</b><br>", "</b><br/>")):
            return None
        told = without_html(text).strip()
        return Bold(f"**{told}**", at, block.line, False) if told else None
    first = block.lines[0].lstrip()[:1] if block.lines else ""
    if block.kind != "paragraph" and not (first.isdigit() and _is_one_item(block)):
        return None
    if not (first in ("*", "_", "<", "Q", "q") or first.isdigit()):
        return None
    whole = is_bold(block.text)
    if whole and len(words(block.text).split()) <= _QUESTION_WORDS:
        return Bold(_marked(block.text), at, block.line, False)
    if len(block.lines) > 1 and is_bold(block.lines[0]):
        return Bold(_marked(block.lines[0]), at, block.line, True)
    return None


def _is_one_item(block: Block) -> bool:
    """Whether a block is a list of one item that holds a paragraph and nothing else."""
    inside = block.children[0].children if block.kind == "list" and len(block.children) == 1 else ()
    return len(inside) == 1 and inside[0].kind == "paragraph"


def is_quoted(text: str) -> bool:
    """Whether a bold line is what somebody says: prose quotes it."""
    told = words(text)
    return told[:1] in _QUOTES and told[-1:] in _QUOTES


def _marked(text: str) -> str:
    """A bold line with markdown's marks where it has tags."""
    return f"**{without_html(text).strip()}**" if text.lstrip().startswith("<") else text


def is_bold(text: str) -> bool:
    """Whether a text is bold as a whole, its number, a source and signs at its end aside."""
    text = text.strip().rstrip("\\").rstrip()
    for tag in ("b", "strong"):
        if text.startswith(f"<{tag}>") and text.endswith((f"</{tag}>", f"</{tag}><br>", f"</{tag}><br/>")):
            return text.count(f"<{tag}>") == 1
    if "**" not in text and "__" not in text:
        return False
    for told in (text, without_number(text)):
        mark = told[:2]
        if mark not in ("**", "__"):
            continue
        close = told.find(mark, 2)
        rest = told[close + 2 :].strip() if close > 2 else ""
        if close > 2 and (
            not rest or (len(rest) < _REST and not words(question_text(f"x? {rest}")).removeprefix("x?"))
        ):
            return True
    return False
