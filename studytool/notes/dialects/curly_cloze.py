"""`{{c1::deletions}}` as Anki has them, in any note; `{{x}}` where the note has numbered ones too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.deck import deck_of, found_by
from studytool.notes.dialects.deletion_cards import asks, cloze_drafts
from studytool.notes.dialects.deletions import MOST, Deletion, bare, moved, numbered, too_many
from studytool.notes.gaps import GAP
from studytool.notes.inline import HIDDEN, LINK
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.vault import is_ignored
from studytool.notes.written import written

_PLACEHOLDERS = frozenset(
    {"question", "answer", "text", "front", "back", "cloze", "hint", "word", "term", "definition", "deletion", "card"}
)
"""Words that a reminder of the syntax is made of."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "curly-cloze")
    if is_ignored(page.vault, page.place):
        return
    lines = page.lines_with("{{")
    blocks = (block for block in _blocks(page) if bisect_left(lines, block.line) < bisect_right(lines, block.end_line))
    texts = [(block, "\n".join(block.lines)) for block in blocks]
    marked = [(block, text, numbered(text, _masked(text))) for block, text in texts if "{{" in text]
    mixed = any(places for _, _, (places, _) in marked)
    for block, text, (places, lost) in marked:
        if page.free(block.line, block.end_line):
            yield from _paragraph(page, block, text, places, lost, mixed)
            continue
        for part in _left(page, block):
            yield from _paragraph(page, part, part.text, *numbered(part.text, _masked(part.text)), mixed)


def _left(page: Page, block: Block) -> Iterator[Block]:
    """The runs of lines of a paragraph that no card has taken and that hold a deletion: beside a line `front::back`."""
    numbers = range(block.line, block.end_line + 1)
    for free, run in groupby(numbers, key=lambda number: page.free(number, number)):
        first, *others = run
        lines = tuple(block.lines[first - block.line : first - block.line + 1 + len(others)])
        if free and any("{{" in line for line in lines):
            yield Block("paragraph", first, first + len(others), lines)


def _blocks(page: Page) -> Iterator[Block]:
    """The paragraphs of a page; a formula that stands apart makes one with the text right above and below it."""
    joined: list[Block] = []
    run: list[Block] = []
    for block in page.blocks if page.of_kind("math") else ():
        if run and (block.line > run[-1].end_line + 1 or block.kind not in ("paragraph", "math")):
            joined.extend(_joined(page, run))
            run = []
        if block.kind in ("paragraph", "math"):
            run.append(block)
    joined.extend(_joined(page, run))
    within = {number for block in joined for number in range(block.line, block.end_line + 1)}
    alone = [block for block in page.of_kind("paragraph") if block.line not in within]
    yield from sorted([*joined, *alone], key=lambda block: block.line)


def _joined(page: Page, run: Sequence[Block]) -> Iterator[Block]:
    """Blocks with no blank line between as one paragraph, where a formula of them holds a deletion."""
    if any(block.kind == "math" and "{{c" in block.text for block in run):
        first, last = run[0].line, run[-1].end_line
        yield Block("paragraph", first, last, tuple(page.raw[first - 1 : last]))


def _paragraph(
    page: Page, block: Block, text: str, places: list[Deletion], lost: int | None, mixed: bool
) -> Iterator[Claim | Remark]:
    if lost is not None:
        line = block.line + text.count("\n", 0, lost)
        yield Remark(line, "error", "unbalanced-cloze", "This cloze is never closed.", "Close it with `}}`.")
        return
    if mixed and len(places) <= MOST and text.count("{") != 2 * len(places):
        hidden = mask(text)  # formulas too: two braces in them are LaTeX
        outer = [one for one in bare(text, hidden) if not any(p.start <= one.start < p.end for p in places)]
        places = sorted([*places, *outer], key=lambda one: (one.start, -one.end))
    if len(places) > MOST:
        yield too_many(block.line, "Part it with blank lines.")
        return
    if not places or _is_reminder(text, places):
        return
    deck = deck_of(page)
    for first, last, own, inside in _texts(block, text, places):
        belongs = deck.schedule_lines(last)
        told, remarks = deck.schedules_of(belongs, _cards_of(inside)) if belongs else ([], [])
        column = page.column(block) if first == block.line else 1
        drafts = cloze_drafts(own, inside, first, last, column, told, deck.clean)
        kept = tuple(draft for draft in drafts if _is_card(draft))
        if kept:
            near = [number for number in belongs if number == last + 1]
            yield Claim(((first, max([last, *near])),), kept)
            yield from remarks


def _cards_of(places: Sequence[Deletion]) -> int:
    """How many cards are made of these deletions."""
    return len({one.number for one in places if one.number}) + sum(not one.number for one in places)


def _masked(text: str) -> str:
    """The text with code, comments and links hidden, but not formulas in a line: a part of one can be asked."""
    return mask(text, ("math", "escape")).replace(LINK, HIDDEN)


def _texts(block: Block, text: str, places: Sequence[Deletion]) -> Iterator[tuple[int, int, str, list[Deletion]]]:
    """The texts that a paragraph holds, with their lines and deletions: itself, or each line where each begins anew."""
    if "\n" not in text:
        yield block.line, block.end_line, text, list(places)
        return
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    own = [[one for one in places if start <= one.start < end] for start, end in pairwise(starts)]
    anew = all(inside and inside[0].number < 2 for inside in own) and all(map(_ends, lines, lines[1:]))
    within = all(one.end < end for inside, end in zip(own, starts[1:], strict=False) for one in inside)
    if not anew or not within:
        yield block.line, block.end_line, text, list(places)
        return
    for at, line in enumerate(lines):
        number = block.line + at
        yield number, number, line, [moved(one, -starts[at]) for one in own[at]]


def _ends(line: str, following: str) -> bool:
    """Whether a sentence ends with a line rather than going on with the following one."""
    return line.rstrip(" *_").endswith((".", "?", "!", ";", ":", "…", "。", "”")) or following.lstrip()[:1].isupper()


def _is_reminder(text: str, places: Sequence[Deletion]) -> bool:
    """Whether a text only shows how clozes are written: `question {{c1::answer}}`."""
    plain = text
    for one in reversed(places):
        if one.end <= len(plain):
            plain = plain[: one.start] + text[one.inner : one.inner_end] + plain[one.end :]
    told = (word.strip(".,:;!?*_-").casefold() for word in written(plain).split())
    return all(word in _PLACEHOLDERS for word in told if word)


def _is_card(draft: Draft) -> bool:
    """Whether a gap and something to put into it are left once comments are gone."""
    return GAP in draft.front and asks(draft.front) and bool(draft.back.strip(" .…_"))


DIALECT = Dialect(
    name="curly-cloze",
    level="explicit",
    owns=True,
    recognises="A text with `{{c1::deletions::hints}}`, one card a number; also `{{x}}` in a note that has such.",
    find=_find,
    example="A {{c1::convolution}} slides a {{c2::kernel}} over its input.\n",
    cards=(
        ("A […] slides a kernel over its input.", "convolution"),
        ("A convolution slides a […] over its input.", "kernel"),
    ),
    signs=("{{",),
)
