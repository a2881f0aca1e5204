"""A file that is a deck: each of its headings is a front, what stands under it a back, as hascard and mdanki have it.

Most notes are headings with text under them, so a file has to show that it is meant as a deck: by rules that stand
right between a text and the next heading, as markdown would underline it, by the marks of such a program's questions,
by a lone `%` between the two sides of a card or by lines of `[#tag]()`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.deletion_cards import cloze_drafts
from studytool.notes.dialects.deletions import MOST, Deletion
from studytool.notes.inline import HIDDEN
from studytool.notes.masks import mask
from studytool.notes.model import Option
from studytool.notes.page import Page, hidden_lines
from studytool.notes.plain import says_something
from studytool.notes.written import written

_RULE = re.compile(r"-{3,}[ \t]*$")
_BOX = re.compile(r"\[([ *xX])\][ \t]+(?=\S)")
_BULLET = re.compile(r"([-*])[ \t]+(?=\S)")
_PLACE = re.compile(r"(\d{1,2})\.[ \t]+(?=\S)")
_GAP = re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_\n]*[^\s_\\])_(?![\w_])")
_TAG_LINE = re.compile(r"(?:[ \t]*\[#[^\]\s]+\]\([^()\s]*\))+[ \t]*$")
_TAG = re.compile(r"\[#([^\]\s]+)\]")
_FEWEST = 3
"""Cards of a deck that only the place of its rules shows to be one."""
_LONGEST = 120
"""Words of a back in such a deck."""


class _Part(NamedTuple):
    """A heading and the lines under it; `line` and `end` are its first line and its last that is not blank."""

    title: str
    line: int
    end: int
    body: tuple[str, ...]
    is_tight: bool = False
    """Whether no blank line parts the body from its heading and from the rule after it."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    parts = _ruled(page)
    if parts:
        for part in parts:
            yield Claim(((part.line, part.end),), tuple(_drafts(part)))
        return
    yield from _asked(page)
    sections = _sections(page) if "\n%" in page.text or "[#" in page.text else ()
    divided = [part for part in sections if _shown(part.body)]
    tagged = [part for part in sections if _TAG_LINE.match(part.body[-1])]
    if divided or len(tagged) > 1:
        for part in sections:
            yield from _two_sided(page, part)


# hascard: rules between the cards


def _ruled(page: Page) -> Sequence[_Part]:
    """The cards of a file that rules part, each with a heading and a body; none where it is no deck."""
    raw = page.raw
    first = next((line for line in raw[:20] if line.strip()), "")
    if page.body_start > 1 or not first.startswith("# ") or "\n---" not in page.text:
        return ()
    hidden = hidden_lines(page, ())
    rules = [at for at, line in enumerate(raw, 1) if line[:3] == "---" and at not in hidden and _RULE.match(line)]
    if not rules:
        return ()
    parts: list[_Part] = []
    empty = 0
    for start, stop in zip([0, *rules], [*rules, len(raw) + 1], strict=True):
        part = _part(raw, start + 1, stop - 1)
        if part is None:
            empty += any(line.strip() for line in raw[start : stop - 1])
            continue
        if any(
            raw[number - 1].startswith("#") for number in range(part.line + 1, part.end + 1) if number not in hidden
        ):
            return ()
        parts.append(part)
    is_text = page.path.lower().endswith(".txt")  # nobody writes slides in one
    if len(parts) < 2 or empty * 3 > (len(parts) if is_text else 0):
        return ()
    asked = sum(_is_choice(part.body) for part in parts)
    tight = sum(bool(part.body[0].strip()) if is_text else part.is_tight for part in parts)
    short = all(len(" ".join(part.body).split()) <= _LONGEST for part in parts)
    listed = sum(_BULLET.match(part.body[0]) is not None for part in parts)
    by_rules = len(parts) >= _FEWEST and tight * 4 >= len(parts) * 3 and short and listed * 2 <= len(parts)
    return parts if asked or by_rules else ()


def _part(raw: Sequence[str], first: int, last: int) -> _Part | None:
    """The heading and the body that the lines `first` to `last` hold; None where they are no such thing."""
    stop = last
    while first <= last and not raw[first - 1].strip():
        first += 1
    while first < last and not raw[last - 1].strip():
        last -= 1
    if first >= last or not raw[first - 1].startswith("# "):
        return None
    title, body = written(raw[first - 1][2:].rstrip("# ")), tuple(raw[first:last])
    told = tuple(line for line in body if line.strip())
    if not title or not any(map(says_something, told)):
        return None
    is_tight = bool(body[0].strip()) and (last == stop or stop == len(raw))
    return _Part(title, first, last, body, is_tight)


def _is_choice(body: Sequence[str]) -> bool:
    """Whether a body is options in a notation that markdown has not: `*` before the right one, or boxes without `-`."""
    lines = [line for line in body if line.strip() and not line.startswith("![")]
    boxes = [_BOX.match(line) for line in lines]
    if len(lines) > 1 and all(boxes):
        return any(box and box[1] != " " for box in boxes)
    bullets = [_BULLET.match(line) for line in lines]
    return len(lines) > 1 and all(bullets) and [bullet[1] for bullet in bullets if bullet].count("*") == 1


def _drafts(part: _Part) -> Iterator[Draft]:
    """What hascard asks by a card: options, an order, gaps, or the text."""
    line, end = part.line, part.end
    lines = [one for one in part.body if one.strip()]
    shown = [one for one in lines if one.startswith("![")]
    lines = [one for one in lines if not one.startswith("![")]
    front = "\n\n".join([part.title, *shown])
    if _is_choice(lines):
        found = [(one, _BOX.match(one) or _BULLET.match(one)) for one in lines]
        options = tuple(Option(written(one[mark.end() :]), mark[1] not in " -") for one, mark in found if mark)
        yield Draft("choice", front, "", line, end, options=options)
        return
    places = [_PLACE.match(one) for one in lines]
    numbers = [int(place[1]) for place in places if place]
    if len(lines) > 1 and sorted(numbers) == list(range(1, len(lines) + 1)) != numbers:
        ordered = sorted((int(place[1]), one[place.end() :]) for place, one in zip(places, lines, strict=True) if place)
        yield Draft("ordering", front, "", line, end, items=tuple(written(one) for _, one in ordered))
        return
    text = written("\n".join(part.body))
    gaps = [found for found in _GAP.finditer(mask(text)) if HIDDEN not in found.group()][: MOST + 1]
    if len(gaps) == 1 and gaps[0].span() == (0, len(text)):
        yield Draft("basic", front, gaps[0][1].replace("|", " / "), line, end)
    elif gaps and len(gaps) <= MOST:
        yield from cloze_drafts(*_gapped(part.title, text, gaps), line, end)
    else:
        yield Draft("basic", part.title, text, line, end)


def _gapped(title: str, text: str, gaps: Sequence[re.Match[str]]) -> tuple[str, list[Deletion]]:
    """A title with a text under it, and the gaps of that; what fills one in several ways is told with slashes."""
    whole, at, deletions = f"{title}\n\n", 0, []
    for gap in gaps:
        whole += text[at : gap.start()]
        start, at = len(whole), gap.end()
        whole += f"_{gap[1].replace('|', ' / ')}_"
        deletions.append(Deletion(start, len(whole), start + 1, len(whole) - 1))
    return whole + text[at:], deletions


# a line of question marks between the sides, rules between the cards


def _asked(page: Page) -> Iterator[Claim]:
    """The cards of a file that rules cut into pieces of which nearly each has one line of question marks inside."""
    if page.text.count("\n?") < _FEWEST or page.text.count("\n---") < _FEWEST - 1:
        return
    hidden = hidden_lines(page, ())
    lines = range(page.body_start, len(page.raw) + 1)
    rules = [number for number in lines if number not in hidden and _RULE.match(page.raw[number - 1])]
    drafts, others = [], 0
    for start, stop in zip([page.body_start - 1, *rules], [*rules, len(page.raw) + 1], strict=True):
        first, last = start + 1, stop - 1
        marks = [n for n in range(max(first, 2), last + 1) if n not in hidden and _parts(page.raw[n - 2 : n + 1])]
        front, back = (page.source(first, marks[0] - 1), page.source(marks[0] + 1, last)) if marks else ("", "")
        if len(marks) == 1 and says_something(front) and says_something(back) and page.free(first, last):
            drafts.append(Draft("basic", front, back, first, last))
        else:
            others += any(line.strip() for line in page.raw[first - 1 : last])
    if len(drafts) >= _FEWEST and others * _FEWEST <= len(drafts):
        for draft in drafts:
            yield Claim(((draft.line, draft.end_line),), (draft,))


def _parts(lines: Sequence[str]) -> bool:
    """Whether the middle one of three lines parts two sides: a `?` with text beside it is that of a tagged note."""
    above, line, *below = (line.strip() for line in lines)
    return line == "???" or (line == "?" and not above and not any(below))


# mdanki: headings of the second level


def _sections(page: Page) -> Sequence[_Part]:
    """The headings of the second level that have a body."""
    hidden = hidden_lines(page, ())
    found: list[_Part] = []
    heads = [block for block in page.blocks if block.kind == "heading" and block.level <= 2]
    stops = [*(block.line for block in heads[1:]), len(page.raw) + 1]
    for block, stop in zip(heads, stops, strict=False):
        last = stop - 1
        while last > block.end_line and not page.raw[last - 1].strip():
            last -= 1
        body = tuple("" if n in hidden else page.raw[n - 1] for n in range(block.end_line + 1, last + 1))
        if block.level == 2 and block.title and last > block.end_line:
            found.append(_Part(written(block.title), block.line, last, body))
    return found


def _sides(body: Sequence[str]) -> int:
    """The place of the lone `%` that divides a body with something under it; -1 where none does."""
    at = next((at for at, line in enumerate(body) if line.rstrip() == "%"), -1)
    return at if any(map(says_something, body[at + 1 :])) else -1


def _shown(body: Sequence[str]) -> bool:
    """Whether some lines of a body belong to the front, above the `%` that divides it."""
    return any(map(says_something, body[: max(0, _sides(body))]))


def _two_sided(page: Page, part: _Part) -> Iterator[Claim]:
    first, last = part.end - len(part.body) + 1, part.end
    tags: tuple[str, ...] = ()
    if _TAG_LINE.match(part.body[-1]):
        tags = tuple(_TAG.findall(part.body[-1]))
        last -= 1
    front = part.title
    if (place := _sides(part.body)) >= 0:
        if _shown(part.body):
            front = f"{front}\n\n{page.source(first, first + place - 1)}"
        first += place + 1
    back = page.source(first, last) if first <= last else ""
    if back and page.free(part.line, part.end):
        yield Claim(((part.line, part.end),), (Draft("basic", front, back, part.line, part.end, tags=tags),))


DIALECT = Dialect(
    name="heading-deck",
    level="structured",
    recognises=(
        "A file that is a deck of headings: `# front`, right under it the back, right under that a rule, as hascard "
        "has it, with its choices, orders and `_gaps_`; or `## front` and back where a lone `%` divides a card or "
        "lines of `[#tag]()` end them, as mdanki has it; or pieces between rules with a line `???`, or a `?` "
        "between blank lines, between front and back in each. Other notes with headings and rules are none."
    ),
    find=_find,
    example=(
        "# What does ReLU give for -2?\n- -2\n* 0\n- 2\n---\n"
        "# A step along the gradient\nIts length is the _learning rate|step size_ times the slope.\n---\n"
        "# Epoch\nOne pass over all the training data\n"
    ),
    cards=(
        ("What does ReLU give for -2?\n\n- -2\n- 0\n- 2", "0"),
        ("A step along the gradient\n\nIts length is the […] times the slope.", "learning rate / step size"),
        ("Epoch", "One pass over all the training data"),
    ),
    signs=("\n---", "\n%", "[#"),
)
