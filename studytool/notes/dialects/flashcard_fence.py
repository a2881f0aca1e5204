"""A fence that is marked `flashcards`: a list of entries in YAML or JSON, one entry, or lines `Q:` and `A:`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.notes.asking import asks
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects import qa
from studytool.notes.dialects.anki_notes import note_of_fields
from studytool.notes.dialects.entries import Entry, Node, NotRead, composed, entries_in, read_entry
from studytool.notes.dialects.within import Begun, told
from studytool.notes.markdown import Block, parse_blocks
from studytool.notes.page import Page

_LABELS = ("flashcard", "flashcards", "cards")
_SURE = ("flashcard", "flashcards")
"""Those that say so; cards may also be those of a page, or of a game."""
_LISTS = ("cards", "flashcards")
"""The names of the list in what has a title beside it."""
_KINDS = ("type", "note_type", "notetype")
_ESCAPED = re.compile(r"\\u(?P<high>d[89ab][\da-f]{2})\\u(?P<low>d[c-f][\da-f]{2})|\\.", re.IGNORECASE)
"""An escape in a text of JSON, or two that are the halves of one sign, such as an emoji."""
_QUOTED = re.compile(r'="[^"]{0,200}"')
_DELETION = re.compile(r"\{\{c\d")
_NAMED = re.compile(
    r"[*_]*(?:(?:anki|flash|index|learning|memory|my|our|practice|question|review|revision|study)[ -])?(?:flash)?cards?"
    r"[*_]*[:：][*_]*",
    re.IGNORECASE,
)
"""A line that names the fence below it; "Example cards:" announces it as a part of what is told."""
_MARKS = re.compile(r"(?:\s*(?:\^[\w-]+|#[^\W\d][\w/-]*|\[\[[^\[\]]{1,300}\]\])(?=\s|$))+\s*")
"""A block id, tags or links alone, which go on with no text."""
_HINT = "Write a list of entries with `front:` and `back:`, or lines `Q:` and `A:`."


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.of_kind("fence"):
        label = _label_of(block)
        if label not in _LABELS:
            continue
        inner = block.lines[1:-1] if block.closed else block.lines[1:]
        asked = any(line.startswith("Q:") for line in inner)
        found = [*(_asked(page, block, inner) if asked else _entered(block, inner, sure=label in _SURE))]
        has_cards = any(isinstance(one, Claim) and one.drafts for one in found)
        if not _answers(page, block):
            yield from found
            yield from _name_of(page, block) if has_cards else ()
        elif has_cards:
            yield told(Begun(block.line, sure=False, apart=True))
        else:
            yield from (one for one in found if isinstance(one, Remark))


def _label_of(fence: Block) -> str:
    """The language or class of a fence, without its name for links and its attributes; empty where it has other words.

    `flashcards deck=x`, `{.flashcards #an-id}`.
    """
    told = _QUOTED.sub("=", fence.label or "").replace("{", " ").replace("}", " ").casefold().split()
    names = [word for word in told if word[0] != "#" and "=" not in word]
    others = all(word[0] == "." for word in names[1:])
    return names[0].strip(".") if names and others else ""


def _answers(page: Page, fence: Block) -> bool:
    """Whether a fence belongs to the answer under a heading that asks: its text announces it, or goes on below it."""
    above, below = _above(page, fence), _below(page, fence)
    if above is None or above.kind in ("heading", "hr") or "heading" in page.idle:
        return False
    if not page.free(above.line, above.end_line) or not any(map(asks, page.context(fence.line)[-1:])):
        return False
    announces = above.kind == "paragraph" and above.lines[-1].rstrip("*_ ").endswith((":", "："))
    if announces and not _NAMED.fullmatch(above.lines[-1].strip()):
        return True
    if below is None or below.kind in ("heading", "hr", "fence", "comment"):
        return False
    is_next_named = len(below.lines) == 1 and _NAMED.fullmatch(below.lines[0].strip())
    return not (is_next_named and (after := _below(page, below)) and after.kind == "fence")


def _name_of(page: Page, fence: Block) -> Iterator[Claim]:
    """The line above a fence that names it: it is no text."""
    above = _above(page, fence)
    if (
        above
        and len(above.lines) == 1
        and _NAMED.fullmatch(above.lines[0].strip())
        and page.free(above.line, above.line)
    ):
        yield Claim(((above.line, above.line),))


def _place(page: Page, block: Block) -> int | None:
    """Which block of the page this is; None where it stands in another one."""
    at = bisect_left(page.blocks, block.line, key=lambda one: one.line)
    return at if at < len(page.blocks) and page.blocks[at] is block else None


def _above(page: Page, fence: Block) -> Block | None:
    at = _place(page, fence)
    return page.blocks[at - 1] if at else None


def _below(page: Page, block: Block) -> Block | None:
    """The block below one, but for those that only hold marks."""
    if (at := _place(page, block)) is None:
        return None
    following = (page.blocks[n] for n in range(at + 1, len(page.blocks)))
    return next((one for one in following if not all(map(_MARKS.fullmatch, one.lines))), None)


def _asked(page: Page, block: Block, inner: Sequence[str]) -> Iterator[Claim | Remark]:
    """The cards of lines `Q:` and `A:`, as they would be read in the note."""
    own = replace(page, raw=inner, body_start=1, blocks=parse_blocks(inner), shared={})
    yield from (_lower(found, block.line) for found in qa.DIALECT.find(own))
    yield Claim(((block.line, block.line),))
    if block.closed:
        yield Claim(((block.end_line, block.end_line),))


def _lower(found: Claim | Remark, by: int) -> Claim | Remark:
    """What is found in lines that stand so many lines further down in the file."""
    if isinstance(found, Remark):
        return found._replace(line=found.line + by)
    drafts = tuple(one._replace(line=one.line + by, end_line=one.end_line + by) for one in found.drafts)
    return found._replace(ranges=tuple((first + by, last + by) for first, last in found.ranges), drafts=drafts)


def _entered(block: Block, inner: Sequence[str], *, sure: bool) -> Iterator[Claim | Remark]:
    """The cards of entries in YAML or JSON; where it is `sure` that there should be some, what keeps them from it."""
    try:
        root = composed(_with_signs(inner))
    except NotRead as error:
        if sure:
            line = min(block.line + 1 + error.line, block.end_line)
            message = f"No card is made of this fence, which is no YAML: {error}."
            yield Remark(line, "warning", "no-cards", message, "Put a text with a colon or a bracket in quotes.")
        return
    drafts: list[Draft] = []
    remarks: list[Remark] = []
    for entry in entries_in(_listed(root), inner, block.line + 1) if root is not None else ():
        for one in _cards(entry):
            if isinstance(one, Remark):
                remarks.append(one)
            else:
                drafts.extend(one.drafts)
    if sure and not drafts and not remarks and any(map(str.strip, inner)):
        remarks.append(Remark(block.line, "warning", "no-cards", "Nothing in this fence is a card.", _HINT))
    if drafts or sure:
        yield from remarks
    if drafts:
        yield Claim(((block.line, block.end_line),), tuple(drafts))


def _with_signs(lines: Sequence[str]) -> Sequence[str]:
    """Lines of JSON in which each sign that is escaped as two halves is escaped as one, as YAML has it."""
    if "\\ud" not in "".join(lines).lower() or "".join(lines).lstrip()[:1] not in ("[", "{"):
        return lines
    return [_ESCAPED.sub(_whole, line) for line in lines]


def _whole(escaped: re.Match[str]) -> str:
    """An escape as it is, or two that are the halves of a sign as one."""
    if not escaped["high"]:
        return escaped[0]
    return f"\\U{0x10000 + (int(escaped['high'], 16) - 0xD800) * 0x400 + int(escaped['low'], 16) - 0xDC00:08X}"


def _listed(root: Node) -> Node:
    """The list of cards in what has one under a name; otherwise the whole."""
    for name, value in root.value if root.id == "mapping" else ():
        if name.id == "scalar" and name.value.casefold() in _LISTS:
            return value
    return root


def _cards(entry: Entry) -> Iterator[Claim | Remark]:
    """The cards of an entry: one, two where it is of a kind that is reversed, those of a text with deletions."""
    text = entry.text("text") or entry.text("front") or ""
    if _DELETION.search(text):
        yield from note_of_fields([text], entry.line, entry.end_line, (), reverse=False)
        return
    draft = read_entry(entry)
    if isinstance(draft, Remark):
        yield draft
    elif draft:
        kind = next((entry.text(name) for name in _KINDS if name in entry.fields), None) or ""
        both = draft.kind == "basic" and "reversed" in kind.casefold() and "optional" not in kind.casefold()
        turned = (draft._replace(front=draft.back, back=draft.front),) if both else ()
        yield Claim(((draft.line, draft.end_line),), (draft, *turned))


DIALECT = Dialect(
    name="flashcard-fence",
    level="explicit",
    owns=True,
    recognises=(
        "A fence marked `flashcards`, `flashcard` or `cards`: in YAML or JSON a list of entries as in front matter, "
        "alone or as `cards:` beside a `title:`, or one entry; or lines `Q:` and `A:`."
    ),
    find=_find,
    example=(
        "```flashcards\n"
        "- front: Stride\n"
        "  back: By how many pixels a window moves on.\n"
        "- question: What does padding add?\n"
        "  answer: Zeros around the picture.\n"
        "```\n\n"
        "```flashcards\n"
        "Q: What does a kernel hold?\n"
        "A: Weights.\n"
        "```\n"
    ),
    cards=(
        ("Stride", "By how many pixels a window moves on."),
        ("What does padding add?", "Zeros around the picture."),
        ("What does a kernel hold?", "Weights."),
    ),
    signs=("cards", "Cards", "flashcard", "Flashcard"),
)
