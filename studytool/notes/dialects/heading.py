"""A heading that asks, and what stands under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from studytool.notes.asking import (
    asks,
    asks_in_words,
    embedded_part,
    is_list_of_questions,
    numbered,
    numbered_as_question,
    question_text,
    sets_a_task,
    without_number,
)
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.heading_body import answer_text, answered, is_blank
from studytool.notes.dialects.heading_lists import asked_in_lists, contents_of
from studytool.notes.dialects.heading_parts import (
    answer_parts,
    body_of,
    heading_above,
    is_answer,
    labels_of,
    marked_parts,
)
from studytool.notes.dialects.in_callouts import cards_in_callouts
from studytool.notes.html_text import without_html
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, words

_TITLE_WORDS = 3


def _find(page: Page) -> Iterator[Claim | Remark]:
    if page.of_kind("heading"):
        yield from _read(page)
        yield from cards_in_callouts(page, lambda block: block.kind == "heading" and asks(block.title), _read)


def _read(page: Page) -> Iterator[Claim | Remark]:
    asking = _asking(page)
    yield from contents_of(page)
    yield from marked_parts(page)
    yield from asked_in_lists(page)
    if not asking:
        return
    told = _Told(page, asking)
    for at in sorted(asking):
        block = page.blocks[at]
        if not page.free(block.line, block.line):
            continue  # it is part of a question that another dialect has read
        body = body_of(page, at, asking)
        if claim := told.marked(at, body):
            yield claim
            continue
        part = embedded_part("\n".join(page.raw[body[0].line - 1 : body[-1].end_line])) if len(body) == 1 else ""
        if part or answered(body):
            yield from told.under(at, body, part)
        elif not _followed_by_parts(page, at, asking) and not _next_is_taken(page, at):
            hint = "Write the answer under the heading."
            yield Remark(block.line, "warning", "no-answer", "This heading asks, and nothing answers it.", hint)
            if body:
                yield Claim(((block.line, body[-1].end_line),))


class _Told:
    """The cards of the headings that ask: what each asks beside its own words, and what answers it."""

    def __init__(self, page: Page, asking: frozenset[int]) -> None:
        self.page, self.asking = page, asking
        self.plain = {at: _plain(page.blocks[at]) for at in asking}
        titles = self.plain.values()
        self.often: Mapping[str, int] = Counter(titles) if len(set(titles)) < len(titles) else {}
        self.beneath: Mapping[tuple[str, str], int] = {}
        if self.often:
            self.beneath = Counter((self.plain[at], heading_above(page, at)) for at in asking if self.is_repeated(at))

    def is_repeated(self, at: int) -> bool:
        """Whether another heading asks the same."""
        return self.often.get(self.plain[at], 0) > 1

    @cached_property
    def stops(self) -> frozenset[int]:
        """The headings that end the answer under a heading that says "Answer"."""
        return self.asking | labels_of(self.page).keys()

    def marked(self, at: int, body: Sequence[Block]) -> Claim | None:
        """The card whose answer stands under a heading that says so; `body` belongs to the question."""
        page, block, after = self.page, self.page.blocks[at], at + 1 + len(body)
        if after >= len(page.blocks) or not is_answer(page.blocks[after]) or page.blocks[after].line <= block.line:
            return None
        parts = answer_parts(page, after, self.stops, marked=False)
        if not answered(parts):
            return None
        end = parts[-1].end_line
        front = question_text(without_html(block.title))
        if body:
            front = f"{front}\n\n{page.source(body[0].line, body[-1].end_line)}"
        back = answer_text(page.source(parts[0].line, end))
        return Claim(((block.line, end),), (Draft("basic", front, back, block.line, end),))

    def under(self, at: int, body: Sequence[Block], part: str) -> Iterator[Claim]:
        """The card that its body answers, or the `part` of another note that stands there."""
        page, block = self.page, self.page.blocks[at]
        front = question_text(without_html(block.title))
        first, end = body[0].line, body[-1].end_line
        if self.is_repeated(at):
            shown = _shown_first(body)
            if shown:  # "What is the output?" many times: the code under it is part of the question
                front = f"{front}\n\n{page.source(first, body[shown - 1].end_line)}"
                first = body[shown].line
            elif self.beneath[self.plain[at], parent := heading_above(page, at)] == 1 and parent:
                front = f"{parent}: {front}"
        back = part or answer_text(page.source(first, end))
        if back:
            yield Claim(((block.line, end),), (Draft("basic", front, back, block.line, end),))


def _asking(page: Page) -> frozenset[int]:
    """The headings that ask: by their end, or as one of a list of such headings on their level."""
    titles = {at: block.title for at, block in page.outer("heading") if block.title}
    found = {at for at, title in titles.items() if asks(title) and not is_blank(page.blocks[at])}
    told = [at for at, title in titles.items() if numbered_as_question(title) and not is_blank(page.blocks[at])]
    if len(told) > 1 or found.intersection(told):
        found.update(told)
    levels: dict[int, list[int]] = {}
    for at in titles:
        levels.setdefault(page.blocks[at].level, []).append(at)
    for same in levels.values():
        if len(same) < 3:
            continue  # no list
        with_number = [at for at in same if numbered(titles[at])]
        if is_list_of_questions([titles[at] for at in with_number], tasks=True):
            asking = [at for at in with_number if sets_a_task(titles[at])]
            nearly_all = len(asking) * 4 >= len(with_number) * 3
            found.update(asking)
            found.update(at for at in with_number if nearly_all and _tells_enough(titles[at]))
        if is_list_of_questions([titles[at] for at in same]) or _all_in_words([titles[at] for at in same]):
            found.update(at for at in same if asks_in_words(titles[at]))
    return frozenset(found)


def _tells_enough(title: str) -> bool:
    """Whether a title that does not ask says so much that it may be a question: one or two words name a part."""
    return len(plain_words(words(without_number(title)))) >= _TITLE_WORDS


def _all_in_words(titles: Sequence[str]) -> bool:
    """Whether headings without a question mark are a list of questions all the same: nearly all are worded as ones."""
    return len(titles) >= 3 and sum(asks_in_words(title) for title in titles) * 4 >= len(titles) * 3


def _plain(block: Block) -> str:
    return words(question_text(block.title)).casefold()


def _shown_first(body: Sequence[Block]) -> int:
    """How many blocks of a body show what is asked about: code or pictures, with something after them."""
    count = 0
    while count < len(body) and (body[count].kind == "fence" or _is_picture(body[count])):
        count += 1
    return count if 0 < count < len(body) else 0


def _is_picture(block: Block) -> bool:
    text = block.text.strip()
    return block.kind == "paragraph" and text.startswith("![") and text.endswith((")", "]]")) and "\n" not in text


def _next_is_taken(page: Page, at: int) -> bool:
    """Whether another dialect has read the block under a heading."""
    return at + 1 < len(page.blocks) and not page.free(page.blocks[at + 1].line, page.blocks[at + 1].end_line)


def _followed_by_parts(page: Page, at: int, asking: frozenset[int]) -> bool:
    """Whether a heading is the roof of others that ask, or of parts that are read on their own."""
    return at + 1 < len(page.blocks) and any(
        block.kind == "heading" and block.level > page.blocks[at].level for block in page.blocks[at + 1 : at + 3]
    )


DIALECT = Dialect(
    name="heading",
    level="structured",
    recognises=(
        "A heading that ends in `?`, or is one of a list of questions and tasks; its answer goes on to the next "
        "heading of the same or a higher level, or to answered bold questions. Or `# Question` and `## Answer`."
    ),
    find=_find,
    example=(
        "# Layers\n\n## Why stack layers?\n\nEach one reads what the last one found.\n\n## Kinds\n\nMany.\n\n"
        "# Question (EN)\n\n> Name a kind.\n\n## Answer (EN)\n\nDense.\n"
    ),
    cards=(("Why stack layers?", "Each one reads what the last one found."), ("Name a kind.", "Dense.")),
)
