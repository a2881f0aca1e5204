"""A `<details>` whose summary asks and whose content answers; or whose summary says "Answer" under a question."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studytool.notes.asking import (
    asks,
    asks_in_words,
    embedded_part,
    is_list_of_questions,
    numbered_as_question,
    question_text,
    sets_a_task,
    without_number,
    without_way_back,
)
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.answers import letter_of
from studytool.notes.dialects.labelled_exercise import label_width
from studytool.notes.html_text import Details, between, details_of, tidied, without_html
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, remembered, says_something, words
from studytool.notes.words import ANSWER_NOUNS, SECTION_OF, word_set
from studytool.notes.written import written

_ANSWER_WORDS = ANSWER_NOUNS | {"response", "spoiler", "解析"}
"""A short summary with one of these stands for the answer to what is above it."""
_PROOF_WORDS = word_set(
    "proof beweis démonstration preuve dimostrazione demostración demonstração доказательство 証明 证明"
)
"""A summary of these words stands for the answer to a task: "Prove that …"."""
_CLICK_WORDS = word_set("click expand show reveal see view open toggle details more here tap unfold collapse me")
"""A summary of these words only says nothing of its own."""
_SHOWING = word_set("show reveal")
"""A summary of one of these, below a heading that is one of several exercises, shows how it is done."""
_PARTS = word_set(
    """
    lecture lesson chapter unit module part section week day summary overview introduction appendix links references
    kapitel vorlesung lektion teil woche abschnitt zusammenfassung chapitre cours semaine partie leçon résumé
    capítulo lección semana parte unidad resumen capitolo lezione settimana
    """
)
"""How a heading begins that names a part of a course."""
_ASIDES = word_set("hint hints tip tips note notes todo")
_MORE = word_set("deep dive deeper more detailed details full further extended long longer depth complete")
"""A summary with one of these stands for the rest of an answer, which begins above it."""
_WHY = word_set("why warum wieso weshalb pourquoi perché почему зачем чому dlaczego waarom")
_ASKING_FOR_IT = word_set("what what's whats s is was which the right correct to of for this that question one then")
_FEWEST_WORDS = 3
_LABEL_WORDS = 6
_ABOVE_BLOCKS = 8
_ABOVE_WORDS = 150


def _find(page: Page) -> Iterator[Claim | Remark]:
    found = details_of(page)
    if not found:
        return
    titles = [_title(one) for outer in found for one in outer.walk()]
    listed = is_list_of_questions([title for title in titles if title and not _says_nothing(title)], tasks=True)
    hints = [one for one in found if _told(_title(one)) & _ASIDES and _says_nothing(_title(one))]
    exercises = _exercises(page, found)
    for one in found:
        yield from _cards(page, one, listed, hints, exercises)
        if not one.closed:
            hint = "Write `</details>` where it ends."
            message = "This <details> is never closed."
            yield Remark(one.line, "warning", "unclosed-details", message, hint, one.start[1] + 1)


def _exercises(page: Page, found: Sequence[Details]) -> frozenset[int]:
    """The lines of headings that are exercises: most of a level, three at least, have nothing but a `<details>` below.

    Its summary says that it shows how it is done, or answers. So it is where heading and answer are the whole note.
    """
    if line := _asked_alone(page, found):
        return frozenset({line})
    below: dict[int, list[int]] = {}  # by level the lines of such headings
    headings = page.of_kind("heading")
    lines = [block.line for block in headings]
    for one in found:
        at = bisect_right(lines, one.line) - 1
        told = _told(_title(one))
        if (
            at < 0
            or _names_a_part(headings[at].title)
            or not (_stands_for_answer(_title(one)) or (told and told <= _SHOWING))
        ):
            continue
        heading, last = headings[at], one.end_line
        following = lines[at + 1] if at + 1 < len(lines) else len(page.raw) + 1
        between = [*range(heading.end_line + 1, one.line), *range(last + 1, following)]
        if len(words(heading.title).split()) > 2 and not any(page.raw[n - 1].strip() for n in between):
            below.setdefault(heading.level, []).append(heading.line)
    counted = Counter(block.level for block in headings)
    most = (some for level, some in below.items() if len(some) > 2 and len(some) * 2 > counted[level])
    return frozenset(line for some in most for line in some)


def _asked_alone(page: Page, found: Sequence[Details]) -> int:
    """The line of the heading of a note that holds nothing else but the answer in a `<details>`; else 0."""
    headings = page.of_kind("heading")
    if len(found) != 1 or len(headings) != 1 or headings[0].line > found[0].line:
        return 0
    heading, one = headings[0], found[0]
    others = [*range(page.body_start, heading.line), *range(heading.end_line + 1, one.line)]
    if any(page.raw[n - 1].strip() for n in [*others, *range(one.end_line + 1, len(page.raw) + 1)]):
        return 0
    told = words(heading.title)
    says = len(told.split()) > 1 and label_width(f"{told}:") <= len(told) and not _names_a_part(told)
    return heading.line if says and _stands_for_answer(_title(one)) else 0


def _names_a_part(title: str) -> bool:
    """Whether a heading names a part of a course, or where answers are, rather than set an exercise."""
    told = plain_words(words(title).casefold())
    return bool(_PARTS.intersection(told[:1]) or ANSWER_NOUNS.intersection(told))


def _cards(
    page: Page, one: Details, listed: bool, hints: Sequence[Details], exercises: frozenset[int]
) -> Iterator[Claim | Remark]:
    title = _title(one)
    asked = _asked_above(page, one, title, hints, exercises) if _says_nothing(title) else None
    asked = asked or _asked_in_item(page, one, title)
    asking = [inner for inner in one.inner if _asks(_title(inner), listed)]
    first, begun = one.line, ""
    if asked:
        first, front, begun = asked
    elif _asks(title, listed):
        front = title
    else:
        for inner in one.inner:
            yield from _cards(page, inner, listed, hints, exercises)
        return
    back = _content(page, one, asking)
    ranges = _ranges(first, one, asking)
    if not says_something(back):
        if all(page.free(*lines) for lines in ranges):
            hint = "Write the answer under the summary."
            yield Remark(one.line, "warning", "no-answer", "This question has no answer.", hint, one.start[1] + 1)
        yield Claim(ranges)
    else:
        back = f"{begun}\n\n{back}" if begun else back
        draft = Draft("basic", front, back, first, one.end_line, 1 if asked else one.start[1] + 1)
        yield Claim(ranges, (draft,))
    for inner in asking:
        yield from _cards(page, inner, listed, hints, exercises)


def asked_till(page: Page, line: int) -> int:
    """The last line of the `<details>` that begins on a line and whose summary asks a question of its own; 0 for none.

    A few words ("Why?") ask on about what stands above, and so does what begins with a word such as why.
    """
    ends: dict[int, int] | None = page.shared.get("details that ask")
    if ends is None:
        asking = (one for one in details_of(page) if _asks(_title(one), False) and not _asks_on(_title(one)))
        ends = page.shared["details that ask"] = {one.line: one.end_line for one in asking}
    return ends.get(line, 0)


def _asks_on(title: str) -> bool:
    told = plain_words(words(title).casefold())
    return len(told) < _FEWEST_WORDS or told[0] in _WHY


def _title(one: Details) -> str:
    return _title_of(one.summary)


@lru_cache(maxsize=1024)
def _title_of(summary: str) -> str:
    return question_text(without_html(summary))


def _asks(title: str, listed: bool) -> bool:
    """Whether a summary is a question of its own: by its words, or as one of a list of such summaries."""
    if not title or _says_nothing(title):
        return False
    first = title.partition("\n")[0]
    if asks_in_words(title) or asks_in_words(first) or "? " in words(title):
        return True
    return listed and words(title).casefold() not in SECTION_OF and (len(title) > 12 or not title.isascii())


def _says_nothing(title: str) -> bool:
    """Whether a summary only says that there is something to see."""
    told = _told(title)
    if not told:
        return True
    return (
        _stands_for_answer(title)
        or _is_proof(title)
        or title.casefold().startswith(("click to ", "click here ", "tap to "))
        or told <= _CLICK_WORDS | {"to", "for", "the", "on", "it"}
        or bool(len(told) <= _LABEL_WORDS and told & _ASIDES and not asks(title))
    )


def _stands_for_answer(title: str) -> bool:
    """Whether a summary is "Answer" or the like; "What is the right answer?" asks for nothing else."""
    told = _told(title)
    if not told & _ANSWER_WORDS:
        return False
    return told <= _ANSWER_WORDS | _ASKING_FOR_IT or (len(title.split()) <= _LABEL_WORDS and not asks(title))


def _is_proof(title: str) -> bool:
    """Whether a summary is "Proof" or only says where to click for it."""
    told = _told(title)
    return bool(told & _PROOF_WORDS) and told <= _PROOF_WORDS | _CLICK_WORDS | {"to", "for", "the", "a", "on"}


@remembered
def _told(title: str) -> frozenset[str]:
    return frozenset(word for word in plain_words(words(title).casefold()) if not word.isdigit())


def _content(page: Page, one: Details, without: Sequence[Details]) -> str:
    """What a `<details>` holds, as it goes on a card, without those inside it that are cards of their own."""
    parts, start = [], one.content
    for inner in without:
        parts.append(between(page, start, inner.start))
        start = inner.end
    parts.append(between(page, start, one.content_end))
    raw = tidied(without_html("\n".join(parts)))
    text = embedded_part(raw) or without_way_back(written(raw))
    told, _, rest = text.partition("\n")
    if _told(told) and _told(told) <= _ANSWER_WORDS and words(told).endswith(":") and rest.strip():
        return written(rest)
    return text


def _ranges(first: int, one: Details, without: Sequence[Details]) -> tuple[tuple[int, int], ...]:
    ranges, start = [], first
    for inner in without:
        if inner.line > start:
            ranges.append((start, inner.line - 1))
        start = inner.end_line + 1
    if start <= one.end_line:
        ranges.append((start, one.end_line))
    return tuple(ranges)


def _asked_above(
    page: Page, one: Details, title: str, hints: Sequence[Details], exercises: frozenset[int]
) -> tuple[int, str, str] | None:
    """The question that stands above a `<details>` which only says "Answer": its first line and its text.

    And the beginning of its answer, where the `<details>` says that it holds more of it.
    """
    blocks, at = _siblings(page.blocks, one.line)
    if at < 0 or _told(title) & _ASIDES:
        return None
    if any(page.raw[n - 1].strip() and not _within(hints, n) for n in range(blocks[at].line, one.line)):
        return None  # the HTML above goes on with it: no question
    above: list[Block] = []
    heading = None
    for block in reversed(blocks[max(0, at - _ABOVE_BLOCKS - 1) : at]):
        if _within(hints, block.line):
            continue
        if block.kind == "html" and not above and _stands_for_answer(title) and (told := _after_another(page, block)):
            return told
        if block.kind == "hr" or not page.free(block.line, block.end_line) or "details>" in block.text:
            break
        if block.kind == "heading":
            heading = block
            break
        if block.kind != "comment":
            above.insert(0, block)
    answer = _stands_for_answer(title) or (_is_proof(title) and any(_is_task(block) for block in above))
    shown = answer or all(block.kind != "paragraph" or block.text.startswith("![") for block in above)
    asking = heading and (
        heading.line in exercises or asks_in_words(heading.title) or numbered_as_question(heading.title)
    )
    if heading and shown and asking:
        title_asked = question_text(without_html(heading.title))
        begun = above and _told(title) & _MORE and not any(asks(block.text) for block in above)
        if begun and any(block.kind in ("paragraph", "list") for block in above):
            return heading.line, title_asked, without_html(page.source(above[0].line, above[-1].end_line))
        return heading.line, _front(page, title_asked, above), ""
    for start in range(len(above) - 1, -1, -1):
        if above[start].kind == "paragraph" and not answer and not asks(above[start].text):
            break  # a text that tells; there is more of it in the `<details>`
        if above[start].kind == "paragraph" and asks(above[start].text):
            if answer and letter_of(above[start].text) == 0:
                continue  # parts of the task above them
            return above[start].line, _front(page, "", above[start:]), ""
    said = len(words(" ".join(block.text for block in above)).split())
    if answer and above and 3 <= said <= _ABOVE_WORDS and above[0].kind in ("paragraph", "list"):
        return above[0].line, _front(page, "", above), ""
    return None


def _after_another(page: Page, block: Block) -> tuple[int, str, str] | None:
    """The question in HTML right below the end of another `<details>`: without a blank line it is one block with that.

    Its first line and its text, as `_asked_above` has them.
    """
    closed = [at for at, line in enumerate(block.lines) if line.strip() == "</details>"]
    if not closed or "<details" in "".join(block.lines[closed[-1] :]):
        return None
    below = [(block.line + at, without_html(block.lines[at])) for at in range(closed[-1] + 1, len(block.lines))]
    told = [(line, text) for line, text in below if text.strip()]
    if not told or not page.free(told[0][0], block.end_line):
        return None
    text = question_text("\n".join(text for _, text in told))
    return (told[0][0], text, "") if 3 <= len(words(text).split()) <= _ABOVE_WORDS else None


def _is_task(block: Block) -> bool:
    """Whether a paragraph sets a task, the label of an exercise before it aside."""
    return block.kind == "paragraph" and sets_a_task(block.text[label_width(block.text) :])


def _asked_in_item(page: Page, one: Details, title: str) -> tuple[int, str, str] | None:
    """The question of an item of a list under which nothing but a `<details>` stands, whatever that calls itself."""
    blocks, at = _siblings(page.blocks, one.line)
    if at != 1 or blocks is page.blocks or blocks[-1].line > one.end_line or _told(title) & _ASIDES:
        return None
    first = blocks[0]
    if first.kind != "paragraph" or not asks(first.text) or asks(title) or not page.free(first.line, first.end_line):
        return None
    return first.line, _front(page, "", [first]), ""


def _within(some: Sequence[Details], line: int) -> bool:
    at = bisect_right(some, line, key=lambda one: one.line) - 1
    return at >= 0 and line <= some[at].end_line


def _front(page: Page, title: str, blocks: Sequence[Block]) -> str:
    text = _source(page, blocks) if blocks else ""
    label = label_width(text)
    text = text[label:].lstrip() or text
    if text and not title:
        text = question_text(without_html(text)) if len(blocks) == 1 else without_html(without_number(text))
    return f"{title}\n\n{text}" if title and text else title or text


def _source(page: Page, blocks: Sequence[Block]) -> str:
    """The author's text of these blocks without the marker of the item that they stand in."""
    first, last = blocks[0], blocks[-1].end_line
    own = page.raw[first.line - 1][page.column(first) - 1 :]
    return (
        written("\n".join([own, *page.raw[first.line : last]]))
        if first.kind == "paragraph"
        else page.source(first.line, last)
    )


def _siblings(blocks: Sequence[Block], line: int) -> tuple[Sequence[Block], int]:
    """The blocks among which a line stands, innermost, and the place of its own block; -1 where it has none."""
    at = bisect_right(blocks, line, key=lambda block: block.line) - 1
    if at >= 0 and blocks[at].end_line < line:
        at = -1
    if at >= 0 and blocks[at].kind in ("list", "item", "quote", "callout"):
        inner, place = _siblings(blocks[at].children, line)
        if place >= 0:
            return inner, place
    return blocks, at


DIALECT = Dialect(
    name="details",
    level="structured",
    recognises=(
        "A `<details>` whose summary asks; or whose summary says “Answer” under a question or an exercise, “Proof” "
        "under a task. The label of an exercise, `**Exercise 1.2**`, is no word of it."
    ),
    find=_find,
    example=(
        "<details>\n<summary>What does a kernel slide over?</summary><br><b>\n\nThe input, step by step.\n"
        "</b></details>\n\n### Why pad?\n\n<details><summary>Answer</summary>\nTo keep the size.</details>\n"
    ),
    cards=(
        ("What does a kernel slide over?", "The input, step by step."),
        ("Why pad?", "To keep the size."),
    ),
    signs=("<",),
)
