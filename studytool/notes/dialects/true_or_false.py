"""A statement that is to be judged, with "True" or "False" folded away below it."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.notes.asking import question_text
from studytool.notes.claims import Claim, Draft
from studytool.notes.dialects.explaining import explained
from studytool.notes.dialects.option_answers import Folded
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Page
from studytool.notes.plain import words

_TRUE_OR_FALSE = ("true or false", "true/false", "true / false")
STATEMENT_SIGNS = tuple(
    f"{true}{link}{false}"
    for true, ors in (("rue", (" or ", "/", " / ")), ("RUE", (" OR ", "/")))
    for link in ors
    for false in "Ff"
)
"""What a note that asks so must hold, at a first look."""


def statement_of(
    page: Page, folded: Folded | None, blocks: Sequence[Block], at: int, past: int, title: Block | None
) -> tuple[int, Claim] | None:
    """Where a statement that is true or false ends, as the folded answer at `at` says, and what it yields."""
    if not folded or not folded.sure:
        return None
    first, _, rest = folded.text.strip().partition("\n")
    told, _, why = words(first).partition(" ")
    told = told.rstrip(".,:;!").casefold()
    if told not in ("true", "false"):
        return None
    start = at
    while start > past and at - start < 3 and blocks[start - 1].kind in ("paragraph", "heading"):
        start -= 1
        if blocks[start].kind == "heading":
            break
    above = [block.title if block.kind == "heading" else block.text for block in blocks[start:at]]
    line = blocks[start].line
    if title is not None and title.kind == "callout" and past == 0 and start == 0:
        above, line = [title.title, *above], title.line
    elif (asking := next((n for n in range(len(above) - 1, -1, -1) if _asks_if_true(above[n])), None)) is not None:
        if not _statement(above[asking]) and asking and above[asking + 1 :] == []:
            asking -= 1
        above, line = above[asking:], blocks[start + asking].line
    prompt = "\n\n".join(text for part in above if (text := _statement(part)))
    end = max(blocks[at].end_line, folded.end_line)
    if not prompt or not any(map(_asks_if_true, above)) or not page.free(line, end):
        return None
    options = tuple(Option(word, word.casefold() == told) for word in ("True", "False"))
    after = at + 1
    while after < len(blocks) and blocks[after].line <= end:
        after += 1
    explanation = explained("\n".join((why.lstrip(" -–—,"), rest)))
    return after, Claim(((line, end),), (Draft("choice", prompt, "", line, end, 1, None, 0, options, explanation),))


def _asks_if_true(text: str) -> bool:
    told = words(text).casefold()
    return any(phrase in told for phrase in _TRUE_OR_FALSE)


def _statement(text: str) -> str:
    """A statement without the words that ask if it is true, before or after it."""
    text = question_text(text)
    lowered = text.casefold()
    for phrase in _TRUE_OR_FALSE:
        at = lowered.find(phrase)
        if at < 0 or len(lowered) != len(text):
            continue
        before, after = text[:at].rstrip(" *_([-–—\n"), text[at + len(phrase) :].lstrip(" *_?:.)]-–—\n")
        if not before:
            return after
        if not after:
            return before
    return text
