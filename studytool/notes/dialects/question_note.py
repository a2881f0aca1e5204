"""A note whose name asks: the note is the answer.

It comes last of the structured dialects, so that a question that the note writes out keeps its lines, and it leaves
free the lines of its answer: a definition in them is a card of its own. A note that sums itself up answers with that;
its other parts ("Example", "Attention") are cards on the same topic, and the whole would only repeat them. A long
article answers with what it says before its first heading.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.notes.asking import asks, names_a_question, only_links, question_text
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.heading_body import answer_text, answered
from studytool.notes.html_text import tidied
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, says_something, words
from studytool.notes.sections import Section, section_kind
from studytool.notes.words import word_set
from studytool.notes.written import written

_BUNDLE = ".textbundle"
_LONGEST = 4000
"""Characters above which a note is an article rather than an answer."""
_SHORTEST = 40
"""Characters from which on the beginning of an article is an answer."""
_NO_TEXT = frozenset({"comment", "hr"})
_FIELDS = word_set(
    """
    tags tag status links link created date aliases alias up source sources author authors related updated modified
    parent category categories topics rating course url
    """
)
"""Labels of the lines at the top of a note that say something of the note itself."""
_TITLES = ("title:", "name:")
_FIELD_WORDS = 12
_LABEL_WORDS = 2
_TAGGED_WORDS = 30
"""A note that is a question only by its tag answers with so many words, or with several lines."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    name = _asking_name(page)
    if not name or page.chat:
        return
    blocks = _content(page, name)
    first = next((block for block in blocks if block.kind not in ("comment", "hr")), None)
    if first is not None and not page.free(first.line, first.end_line):
        return  # the note begins with a question of its own: it is a list of them, or has said all in another form
    summary = _summary(page)
    if summary:
        lines: tuple[tuple[int, int], ...] = ((summary.line, summary.end_line),)
        draft = _draft(name, written(summary.text), summary.line, summary.end_line)
        if draft:
            yield Claim(lines, (draft,))
            return
    aside = _aside(page)
    runs = _runs(page, [block for block in blocks if block.line not in aside])
    text = "\n\n".join(source for run in runs if (source := page.source(*run)))
    raw = "\n".join(line for first_line, last in runs for line in page.raw[first_line - 1 : last])
    draft = _draft(name, answer_text(tidied(text)), runs[0][0], runs[-1][1]) if runs else None
    if draft and len(draft.back) > _LONGEST:
        if lead := _lead(page, name, blocks):
            yield Claim((), (lead,), shared=((lead.line, lead.end_line),))
            return
        line = min(page.body_start, len(page.raw))
        hint = "Sum it up: `> [!summary]`."
        message = "The name of this note asks, and the note is too long for an answer."
        yield Remark(line, "info", "long-answer", message, hint)
        return
    if (
        draft
        and not only_links(raw, wiki=True)
        and (len(blocks) > 2 or answered(blocks))
        and _enough(page, name, draft)
    ):
        yield Claim((), (draft,), shared=tuple(runs))
    elif not page.taken:
        line = min(page.body_start, len(page.raw))
        hint = "Write the answer in it."
        yield Remark(line, "info", "stub", "The name of this note asks, and the note does not answer.", hint)


def _lead(page: Page, name: str, blocks: Sequence[Block]) -> Draft | None:
    """The card of an article whose name asks: what it says before its first heading says it in short."""
    lead = list(itertools.takewhile(lambda block: block.kind != "heading", blocks))
    while lead and lead[0].kind in _NO_TEXT:
        del lead[0]
    while lead and lead[-1].kind in _NO_TEXT:
        del lead[-1]
    if not lead or len(lead) == len(blocks) or not all(page.free(block.line, block.end_line) for block in lead):
        return None
    line, end = lead[0].line, lead[-1].end_line
    back = answer_text(tidied(page.source(line, end)))
    if only_links("\n".join(page.raw[line - 1 : end]), wiki=True):
        return None
    if not _SHORTEST <= len(back) <= _LONGEST or back.endswith((":", "：")):
        return None
    return _draft(name, back, line, end)


def _asking_name(page: Page) -> str:
    """The name of the note where it asks: its title, else its file's; the title where it is tagged as a question."""
    stem = stem_of(page.path)
    folder = page.path.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]
    if folder.lower().endswith(_BUNDLE):
        stem = folder[: -len(_BUNDLE)]
    names = (page.topic, stem) if page.topic == stem or not _heads_a_part(page) else (stem,)
    for name in names:
        if names_a_question(name) and (_tagged(page) or not _names_a_work(name)):
            return question_text(name).strip(" .…_")
    return question_text(page.topic).strip(" .…_") if _tagged(page) else ""


def _heads_a_part(page: Page) -> bool:
    """Whether the topic is that of a heading with another one of its rank below: then it names no more than a part.

    What only leads elsewhere, "See also", is none; and what front matter names is the note, unless another asks.
    """
    headings = [heading for _, heading in page.outer("heading")]
    if len(headings) < 2 or page.topic not in words(headings[0].title):
        return False
    below = [heading for heading in headings[1:] if heading.level <= headings[0].level]
    if any(names_a_question(words(heading.title)) for heading in below):
        return True
    if any(line.casefold().startswith(_TITLES) for line in page.raw[: page.body_start - 1]):
        return False
    return any(section_kind(heading) not in ("related", "aside") for heading in below)


def _names_a_work(name: str) -> bool:
    """Whether a name is written as the title of a book: "How to Take Smart Notes"."""
    told = words(name).split()
    return (
        told[:1] == ["How"]
        and told[1:2] in (["to"], ["To"])
        and not asks(name)
        and told[2:3] != []
        and (told[2][0].isupper() and not told[2].isupper())
    )


def _enough(page: Page, name: str, draft: Draft) -> bool:
    """Whether an answer is more than the question told again, as far as one can see."""
    if asks(draft.back) and "\n" not in draft.back:
        return False
    return names_a_question(name) or "\n" in draft.back or len(draft.back.split()) >= _TAGGED_WORDS


def _tagged(page: Page) -> bool:
    """Whether the front matter has the tag `question`."""
    return any(
        word.strip("\"'#,[]") == "question"
        for line in page.raw[: page.body_start - 1]
        if line.lstrip().startswith(("-", "tag"))
        for word in line.split()
    )


def _content(page: Page, name: str) -> list[Block]:
    """The blocks of a note without the title that repeats its name and without lines of tags."""
    blocks = _without_fields([block for block in page.blocks if block.line >= page.body_start])
    at = next((at for at, block in enumerate(blocks) if block.kind not in ("comment", "hr") and not _tags(block)), -1)
    if at >= 0 and blocks[at].kind == "heading" and _same(blocks[at].title, name, page.topic):
        return _without_fields(blocks[at + 1 :])
    return [block for block in blocks if not _tags(block)]


def _without_fields(blocks: list[Block]) -> list[Block]:
    """Blocks without the lines at their top that say something of the note itself: `Tags: …`, `Status: …`."""
    blocks = _below_forms(blocks)
    at = 0
    while at < len(blocks) and (blocks[at].kind in _NO_TEXT or _tags(blocks[at])):
        at += 1
    first = at
    while at < len(blocks) and blocks[at].kind == "paragraph":
        block = blocks[at]
        count = next((n for n, line in enumerate(block.lines) if not _field(line)), len(block.lines))
        if count < len(block.lines):
            rest = [replace(block, line=block.line + count, lines=block.lines[count:])] if count else [block]
            return [*blocks[:first], *rest, *blocks[at + 1 :]]
        at += 1
    return [*blocks[:first], *blocks[at:]]


def _below_forms(blocks: list[Block]) -> list[Block]:
    """Blocks without the forms at their top: paragraphs above a rule that hold no more than tags, labels and links."""
    below = 0
    for at, (block, after) in enumerate(itertools.pairwise(blocks)):
        if block.kind == "paragraph" and after.kind == "hr" and all(map(_leads_on, block.lines)):
            below = at + 2
        elif block.kind not in _NO_TEXT:
            break
    return blocks[below:]


def _leads_on(line: str) -> bool:
    label, colon, value = line.partition(":")
    if not colon or len(label.split()) > _LABEL_WORDS:
        return all(word[0] == "#" for word in line.split())
    return not words(value) or only_links(value, wiki=True)


def _field(line: str) -> bool:
    label, colon, value = words(line[:300]).partition(":")
    return bool(colon) and label.strip().casefold() in _FIELDS and len(value.split()) <= _FIELD_WORDS


def _same(title: str, *names: str) -> bool:
    told = _plain(title)
    return any(told == _plain(name) for name in names)


def _plain(text: str) -> str:
    return "".join(plain_words(words(text).casefold()))


def _tags(block: Block) -> bool:
    return block.kind == "paragraph" and all(word[0] == "#" for word in block.text.split())


def _summary(page: Page) -> Section | None:
    """The part in which a note says itself what it comes to."""
    for section in page.sections:
        named = section.way == "callout" or (section.way == "label" and len(page.labelled) > 1)
        if section.kind == "summary" and named and page.free(section.line, section.end_line):
            return section
    return None


def _aside(page: Page) -> set[int]:
    """The lines of parts that ask further or lead elsewhere: they are no part of the answer."""
    found: set[int] = set()
    for section in page.sections:
        if section.kind in ("questions", "related"):
            found.update(range(section.line, section.end_line + 1))
    return found


def _runs(page: Page, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """The lines of blocks that are free, as runs without others between them; headings at the ends left out."""
    runs: list[tuple[int, int]] = []
    last = None
    for block in blocks:
        if not page.free(block.line, block.end_line):
            last = None
            continue
        if last and all(not page.raw[number - 1].strip() for number in range(last + 1, block.line)):
            runs[-1] = (runs[-1][0], block.end_line)
        else:
            runs.append((block.line, block.end_line))
        last = block.end_line
    kinds = {block.line: block.kind for block in blocks}
    return [run for run in runs if not (run[0] == run[1] and kinds[run[0]] in ("heading", "hr", "comment"))]


def _draft(name: str, back: str, line: int, end_line: int) -> Draft | None:
    """The card, where the answer says something."""
    if not says_something(back):
        return None
    return Draft("basic", name, back, line, end_line)


DIALECT = Dialect(
    name="question-note",
    level="structured",
    recognises=(
        "A note whose name asks (`What is …`, `Explain …`, or the tag `question`): what it says is the answer; of an "
        "article, what it says before its first heading."
    ),
    find=_find,
    example="---\ntitle: What is a prior?\n---\nWhat is held to be true before the data are seen.\n",
    cards=(("What is a prior?", "What is held to be true before the data are seen."),),
)
