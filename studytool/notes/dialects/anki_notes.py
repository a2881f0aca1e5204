"""Notes for Anki by their fields; those of ki, with a heading a field, and of yanki, whose sides a rule parts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.deletions import MOST, too_many
from studytool.notes.dialects.numbered import anki_gaps, cloze_drafts, struck_gaps
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.page import Page, hidden_lines
from studytool.notes.written import written

_MORE = frozenset({"Extra", "Notes", "Source", "Hint", "Tags"})
_SIDES = _MORE | {"Front", "Back"}
"""How the headings of the sides of a note are named, and those of what goes with its back."""
_YANKI = re.compile(r"noteId:\s*\d+\s*$")


def ki_notes(page: Page) -> Iterator[Claim | Remark]:
    """Notes as ki writes them: `# Note`, a fence with `guid:` and `notetype:`, `### Tags`, and a heading a field."""
    if "Note" not in page.text:
        return
    blocks = page.blocks
    starts = [at for at, block in enumerate(blocks) if _begins(block) and any(map(_identity, blocks[at + 1 : at + 2]))]
    hidden = hidden_lines(page) if starts else frozenset()
    for start, after in zip(starts, [*starts[1:], len(blocks)], strict=False):
        last = blocks[after].line - 1 if after < len(blocks) else len(page.raw)
        yield from _ki_note(page, blocks[start:after], last, hidden)


def _begins(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1 and block.title == "Note"


def _identity(block: Block) -> bool:
    told = [line.partition(":")[0] for line in block.lines]
    return block.kind == "fence" and "guid" in told and "notetype" in told


def _ki_note(page: Page, blocks: Sequence[Block], last: int, hidden: frozenset[int]) -> Iterator[Claim | Remark]:
    line, identity = blocks[0].line, blocks[1]
    fields = [
        number
        for number in range(identity.end_line + 1, last + 1)
        if number not in hidden and page.raw[number - 1].startswith("## ")
    ]
    tags: list[str] = []
    for heading, fence in pairwise(blocks):
        if heading.title == "Tags" and fence.kind == "fence" and (not fields or heading.line < fields[0]):
            tags.extend(told.strip() for told in fence.lines[1:-1] if told.strip())
    ends = [number - 1 for number in fields[1:]] + [last]
    texts = [page.source(number + 1, end) for number, end in zip(fields, ends, strict=False)]
    while last > line and not page.raw[last - 1].strip():
        last -= 1
    kind = next((told.partition(":")[2] for told in identity.lines if told.startswith("notetype:")), "").casefold()
    yield from note_of_fields(texts, line, last, tuple(tags), reverse="reversed" in kind and "optional" not in kind)


def sided_notes(page: Page) -> Iterator[Claim | Remark]:
    """Notes with a heading a side, `# Front` and `# Back`: one that is the whole file, or with `nid:` above each.

    The headings of their level name nothing else, and a front is no list: what a project has in front is none.
    """
    if "Front" not in page.text or any(map(_identity, page.blocks)):
        return
    titles = [at for at, block in enumerate(page.blocks) if block.kind == "heading"]
    sides = {at for at in titles if _field(page.blocks[at]) in ("Front", "Back")}
    levels = {page.blocks[at].level for at in sides}
    if len(levels) != 1 or any(_field(one) not in _SIDES for at in titles if (one := page.blocks[at]).level in levels):
        return
    ends = dict(pairwise([*titles, len(page.blocks)]))
    notes = [(at, ends[at]) for at in titles if at in sides and _field(page.blocks[at]) == "Front"]
    parting = [at for at in titles if page.blocks[at].level <= min(levels)]
    if len(sides) == 2 * len(notes) and all(back in sides and _fronts(page, at, back) for at, back in notes):
        for at, back in notes:
            yield from _sided_note(page, at, back, _after(page, parting, back))


def _field(block: Block) -> str:
    return block.title.strip(" *:")


def _is_number(block: Block) -> bool:
    """Whether a block begins with the number of the note that comes after it."""
    return block.text.startswith("nid:")


def _fronts(page: Page, at: int, back: int) -> bool:
    """Whether what stands between two headings is the front of a note: words, and pictures or code."""
    inside = page.blocks[at + 1 : back]
    known = at == 0 or _is_number(page.blocks[at - 1])
    return (
        known
        and any(one.kind == "paragraph" for one in inside[:1])
        and not any(one.kind in ("list", "hr") for one in inside)
    )


def _after(page: Page, titles: Sequence[int], back: int) -> list[int]:
    """Those of the headings after a back up to the first that is none of what goes with it, and that one."""
    found: list[int] = []
    for number in range(bisect_right(titles, back), len(titles)):
        found.append(titles[number])
        if _field(page.blocks[titles[number]]) not in _MORE:
            break
    return found


def _sided_note(page: Page, at: int, back: int, others: Sequence[int]) -> Iterator[Claim | Remark]:
    """The note with these sides; `others` are the headings from their end to the next note."""
    first = page.blocks[at]
    after = next((one for one in others if _field(page.blocks[one]) not in _MORE), len(page.blocks))
    while after > back + 1 and (page.blocks[after - 1].kind == "hr" or _is_number(page.blocks[after - 1])):
        after -= 1
    bounds = pairwise([at, back, *(one for one in others if one < after), after])
    parts = [(page.blocks[one], page.blocks[until - 1].end_line) for one, until in bounds]
    texts = [page.source(title.end_line + 1, end) for title, end in parts if _field(title) != "Tags"]
    yield from note_of_fields(texts, first.line, page.blocks[after - 1].end_line, (), reverse=False)


def note_of_fields(
    texts: Sequence[str], line: int, last: int, tags: tuple[str, ...], *, reverse: bool
) -> Iterator[Claim | Remark]:
    """The cards of a note with these fields: the first asks, or has deletions; all the others answer."""
    front = texts[0] if texts else ""
    back = "\n\n".join(text for text in texts[1:] if text)
    gaps, unbalanced = anki_gaps(front)
    if unbalanced is not None:
        yield Remark(line, "error", "unbalanced-cloze", "A cloze of this note is not closed.", "Close it with `}}`.")
        yield Claim(((line, last),))
    elif len(gaps) > MOST:
        yield too_many(line, "Part it into several notes.")
        yield Claim(((line, last),))
    elif gaps:
        yield Claim(((line, last),), tuple(cloze_drafts(front, gaps, line, last, tags=tags)))
    elif not front or not back:
        told = "back" if front else "front"
        yield Remark(line, "error", "question-without-answer", f"This note has no {told}.", "Write both of its sides.")
        yield Claim(((line, last),))
    else:
        drafts = [Draft("basic", front, back, line, last, tags=tags)]
        if reverse:
            drafts.append(Draft("basic", back, front, line, last, tags=tags))
        yield Claim(((line, last),), tuple(drafts))


def yanki_note(page: Page) -> Iterator[Claim | Remark]:
    """A note that yanki has given a `noteId`: a rule parts its sides, two rules make it two cards, `~~x~~` is a gap."""
    if not any(_YANKI.match(line) for line in page.raw[: page.body_start - 1]):
        return
    blocks = [block for block in page.blocks if block.kind != "comment"]
    if not blocks:
        return
    line, last = blocks[0].line, blocks[-1].end_line
    at = next((at for at, block in enumerate(blocks) if block.kind == "hr"), len(blocks))
    front = _untitled(page.source(line, blocks[at].line - 1 if at < len(blocks) else last))
    twice = at + 1 < len(blocks) and blocks[at + 1].kind == "hr"
    after = blocks[at + 1 + twice :]
    back = _untitled(page.source(after[0].line, last) if after else "")
    gaps = struck_gaps(front)
    claim = ((line, last),)
    if len(gaps) > MOST and not twice:
        yield too_many(line, "Part it into several notes.")
        yield Claim(claim)
        return
    if gaps and not twice:
        yield Claim(claim, tuple(cloze_drafts(front, gaps, line, last)))
        return
    if at == len(blocks) and len(blocks) > 1 and (typed := _emphasised(blocks[-1])):
        front, back = page.source(line, blocks[-1].line - 1), typed
    if front and back:
        drafts = [Draft("basic", front, back, line, last)]
        if twice:
            drafts.append(Draft("basic", back, front, line, last))
        yield Claim(claim, tuple(drafts))
    else:
        told = "back" if front else "front"
        hint = "Write it after a line `---`." if front else "Write it before the line `---`."
        yield Remark(line, "error", "question-without-answer", f"This note has no {told}.", hint)


def _untitled(text: str) -> str:
    """A side that is one heading, as the words of it."""
    told = text.lstrip("#")
    return told.strip() if "\n" not in text and told[:1] == " " and len(text) - len(told) <= 6 else text


def _emphasised(block: Block) -> str:
    """The text of a paragraph whose last line is emphasised as a whole: what has to be typed."""
    told = block.lines[-1].strip() if block.kind == "paragraph" and len(block.lines) == 1 else ""
    for sign in "_*":
        inside = told[1:-1]
        if len(told) > 2 and told[0] == told[-1] == sign and sign not in mask(inside):
            return written(inside)
    return ""
