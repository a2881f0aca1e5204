"""`Q:` and `A:` at column 0, as hashcards, repeater and Orbit have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.tagged import Tagged, lone_pairs, masked_of, tagged, text_of
from studytool.notes.dialects.within import told
from studytool.notes.page import Page
from studytool.notes.written import written

_LETTER = re.compile(r"\n(?![QACqac])[^\W\d_]:[ \t]")
"""A line that begins with another letter: speakers have letters, and options."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    for number, letters in lone_pairs(page):
        message = f"This question and its answer are no card: {letters} count where several questions have them."
        yield Remark(number, "warning", "left-aside", message, "Begin them with `Q:` and `A:`.", waits=True)
    pieces = tagged(page)
    lettered = bool(pieces) and _LETTER.search(f"\n{page.text}") is not None
    asked = any(piece.letter == "Q" for piece in pieces)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if piece.letter != "Q":
            if piece.letter == "A" and not lettered:
                message, hint = "This answer has no question.", "Write a line `Q: …` above it."
                yield Remark(piece.line, "error" if asked else "info", "no-question", message, hint, waits=True)
            continue
        answer = pieces[at] if at < len(pieces) and pieces[at].letter == "A" else None
        if answer is None and (draft := _on_one_line(page, piece)):
            yield Claim(((piece.line, draft.end_line),), (draft,))
            continue
        if answer is None:
            message = "This question has no answer."
            yield Remark(piece.line, "error", "no-answer", message, _hint(page, piece), waits=True)
            continue
        at += 1
        if _lettered(page, answer):
            continue
        front, back = _unbroken(written(text_of(page, piece))), written(text_of(page, answer))
        if not front or not back:
            what, tag = ("question", "Q:") if not front else ("answer", "A:")
            yield Remark(
                piece.line if not front else answer.line,
                "error",
                "no-answer" if front else "no-question",
                f"This card's {what} is empty.",
                f"Write the {what} after `{tag}`.",
            )
            continue
        draft = Draft("basic", front, back, piece.line, answer.end_line)
        yield Claim(((piece.line, answer.end_line),), (draft,))
        yield from map(told, answer.doubtful)


def _unbroken(front: str) -> str:
    """A question without the backslash that breaks its last line."""
    return front[:-1].rstrip() if front[-1:] == "\\" and front[-2:-1] not in ("\\", ":") and " " in front else front


def _on_one_line(page: Page, piece: Tagged) -> Draft | None:
    """The card of a line `Q: question? A: answer`, with the lines of its paragraph that the answer goes on to."""
    blank = next((n for n in range(piece.line, piece.end_line) if not page.raw[n].strip()), piece.end_line)
    end = blank
    if page.raw[blank - 1].rstrip().endswith(":"):  # what a colon announces belongs to the answer
        at = bisect_right(page.blocks, blank, key=lambda block: block.line)
        end = min([piece.end_line, *(block.end_line for block in page.blocks[at : at + 1])])
    piece = piece._replace(end_line=end)
    masked = masked_of(page, piece)
    at = masked.partition("\n")[0].find("? A: ") + 1
    if not at or "? A: " in masked[at:]:
        return None
    text = text_of(page, piece)
    front, back = written(text[:at]), written(text[at + 4 :])
    return Draft("basic", front, back, piece.line, piece.end_line) if back else None


def _hint(page: Page, piece: Tagged) -> str:
    """How a question without `A:` gets its answer: what stands under it may be meant to be put in order, or matched."""
    at = bisect_right(page.blocks, piece.line, key=lambda block: block.line)
    below = next((one for one in page.blocks[at : at + 1] if one.line <= piece.end_line), None)
    if below and below.kind == "list" and below.lines[0].lstrip()[:1].isdigit():
        return "Write a line `A:` above the list; or have it put in order: “Put … in order.”"
    if below and below.kind == "table":
        return "Write a line `A:` above the table; or have its two columns matched: “Match each … with its ….”"
    return "Write a line `A: …` under it."


def _lettered(page: Page, answer: Tagged) -> bool:
    """Whether `A:` is the first of several lettered options, not an answer."""
    return any(page.masked[number - 1].startswith("B:") for number in range(answer.line + 1, answer.end_line + 1))


DIALECT = Dialect(
    name="qa",
    level="explicit",
    owns=True,
    recognises=(
        "A line `Q: question` and a line `A: answer` at column 0; each goes on to the next tag, `---` or card. Or both "
        "on one line, `Q: question? A: answer`, up to a blank line. Also "
        "`F:` and `A:`, `Q:` and `R:`, `P:` and `R:`, `V:` and `A:`, `В:` and `О:` where several ask."
    ),
    find=_find,
    example="Q: What does a neuron sum?\nA: Its inputs, each times its weight,\nand a bias.\n",
    cards=(("What does a neuron sum?", "Its inputs, each times its weight,\nand a bias."),),
    signs=("Q:", "A:", "F:", "P:", "V:", "В:"),
)
