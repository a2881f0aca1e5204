"""A heading that asks, and what stands under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from studytool.notes.asking import (
    asks,
    asks_in_words,
    embedded_part,
    is_list_of_questions,
    numbered,
    numbered_as_question,
    only_links,
    question_text,
    sets_a_task,
    without_number,
    without_way_back,
)
from studytool.notes.html_text import without_html
from studytool.notes.inline import plain_words, remembered, says_something, words
from studytool.notes.markdown import Block
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written
from studytool.notes.words import word_set

__all__ = ["DIALECT", "asks", "without_number"]

_QUESTION_LABELS = word_set(
    "question вопрос vopros питання frage pregunta pergunta domanda pytanie soru vraag 问题 질문"
)
_ANSWER_LABELS = word_set(
    "answer ответ otvet відповідь antwort respuesta resposta réponse risposta odpowiedź cevap antwoord 答案 回答 답변"
)
"""Headings that name their part rather than ask: `# Question (EN)`, `## Answer (EN)`."""
_LABELS = _QUESTION_LABELS | _ANSWER_LABELS
_LABEL_LENGTH = 40
_TITLE_WORDS = 3
_AFTERWARDS = (
    *("follow-up", "follow up", "followup", "reference", "related", "further reading", "see also", "sources", "links"),
    *("additional question", "дополнительные вопросы", "ссылки", "связанные", "dopolnitelnye", "ssylki", "svyazannye"),
)
"""How headings begin that end an answer under `## Answer`, whatever their level."""
_NO_ANSWERS = frozenset(
    {"answer here", "answer", "answers", "your answer here", "todo", "tbd", "to do", "to be added", "coming soon"}
    | {"add answer", "add answer here", "write answer here", "wip", "n/a", "to be answered", "to be continued"}
)
"""What stands where an answer has still to be written."""
_ANSWER_MARKS = frozenset(
    {"answer", "answers", "ans", "a", "ответ", "antwort", "respuesta", "réponse", "risposta", "resposta"}
)


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not page.of_kind("heading"):
        return
    asking = _asking(page)
    yield from _contents(page)
    yield from _labelled(page)
    yield from _in_lists(page)
    stops = None
    plain = {at: _plain(page.blocks[at]) for at in asking}
    often = Counter(plain.values())
    under = Counter((plain[at], _parent(page, at)) for at in asking if often[plain[at]] > 1)
    for at in sorted(asking):
        block = page.blocks[at]
        if not page.free(block.line, block.line):
            continue  # it is part of a question that another dialect has read
        body = _body(page, at, asking)
        after = at + 1 + len(body)
        if after < len(page.blocks) and _is_answer(page.blocks[after]) and page.blocks[after].line > block.line:
            stops = asking | _labels(page).keys() if stops is None else stops
            parts = _answer_parts(page, after, stops, marked=False)
            if answered(parts):
                end = parts[-1].end_line
                front = question_text(without_html(block.title))
                if body:
                    front = f"{front}\n\n{page.source(body[0].line, body[-1].end_line)}"
                back = answer_text(page.source(parts[0].line, end))
                yield Claim(((block.line, end),), (Draft("basic", front, back, block.line, end),))
                continue
        part = embedded_part("\n".join(page.raw[body[0].line - 1 : body[-1].end_line])) if len(body) == 1 else ""
        if not (part or answered(body)):
            taken = at + 1 < len(page.blocks) and not page.free(page.blocks[at + 1].line, page.blocks[at + 1].end_line)
            if not _followed_by_parts(page, at, asking) and not taken:
                hint = "Write the answer under the heading."
                yield Remark(block.line, "warning", "no-answer", "This heading asks, and nothing answers it.", hint)
                if body:
                    yield Claim(((block.line, body[-1].end_line),))
            continue
        front = question_text(without_html(block.title))
        first = body[0].line
        if often[plain[at]] > 1:
            shown = _shown_first(body)
            if shown:  # "What is the output?" many times: the code under it is part of the question
                front = f"{front}\n\n{page.source(first, body[shown - 1].end_line)}"
                first = body[shown].line
            elif under[plain[at], parent := _parent(page, at)] == 1 and parent:
                front = f"{parent}: {front}"
        end = body[-1].end_line
        back = part or answer_text(page.source(first, end))
        if back:
            draft = Draft("basic", front, back, block.line, end)
            yield Claim(((block.line, end),), (draft,))


def answered(body: Sequence[Block]) -> bool:
    """Whether blocks say something, rather than hold the place of an answer."""
    if not any(_says_something(inner) for inner in body):
        return False
    if len(body) > 3:
        return True
    told = answer_text("\n\n".join(block.text for block in body))
    return not (words(told).casefold().strip(" .:…!*()[]") in _NO_ANSWERS or not told or only_links(told))


def answer_text(answer: str) -> str:
    """An answer as it goes on a card: without HTML and without the mark before it, a lone `?` or `Answer:`."""
    answer = without_way_back(written(without_html(answer)))
    first, _, rest = answer.partition("\n")
    if first.strip() in ("?", "??"):
        return written(rest)
    told = words(first.lstrip("# ")).casefold()
    if told.rstrip(" :：") in _ANSWER_MARKS and (told[-1:] in (":", "：") or len(told) > 2):
        return written(rest)
    label, colon, _ = first[:40].partition(":")
    if colon and words(label).casefold().strip() in _ANSWER_MARKS and first[len(label) + 1 : len(label) + 2] != ":":
        after = first[len(label) + 1 :]
        mark = next((mark for mark in ("**", "__") if label.startswith(mark)), "")
        if not mark or not label.endswith(mark):
            after = after.removeprefix(mark)
        return written(f"{after.lstrip()}\n{rest}")
    return answer


def _asking(page: Page) -> frozenset[int]:
    """The headings that ask: by their end, or as one of a list of such headings on their level."""
    titles = {at: block.title for at, block in enumerate(page.blocks) if block.kind == "heading" and block.title}
    found = {at for at, title in titles.items() if asks(title) and not _is_blank(page.blocks[at])}
    told = [at for at, title in titles.items() if numbered_as_question(title)]
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


def _is_blank(block: Block) -> bool:
    """Whether a heading is a label, or holds the place of one in a template: `{{title}}?`."""
    told = block.title.strip(" ?")
    return _label(block) is not None or (told.startswith("{{") and told.endswith("}}"))


def _tells_enough(title: str) -> bool:
    """Whether a title that does not ask says so much that it may be a question: one or two words name a part."""
    return len(plain_words(words(without_number(title)))) >= _TITLE_WORDS


def _all_in_words(titles: Sequence[str]) -> bool:
    """Whether headings without a question mark are a list of questions all the same: nearly all are worded as ones."""
    return len(titles) >= 3 and sum(asks_in_words(title) for title in titles) * 4 >= len(titles) * 3


def _body(page: Page, at: int, asking: frozenset[int]) -> list[Block]:
    """The blocks under a heading up to the next of its own or a higher level, one that asks, or what is taken."""
    level = page.blocks[at].level
    body: list[Block] = []
    for following in range(at + 1, len(page.blocks)):
        block = page.blocks[following]
        if block.kind == "heading" and (block.level <= level or following in asking):
            break
        if not page.free(block.line, block.end_line):
            break
        body.append(block)
    while body and (body[-1].kind in ("hr", "comment", "heading") or _is_gap(body[-1])):
        body.pop()
    while body and (body[0].kind in ("hr", "comment") or _is_gap(body[0])):
        body.pop(0)
    return body


def _is_gap(block: Block) -> bool:
    """HTML that shows nothing: `<br>`, the end of a `<div>`."""
    return block.kind == "html" and not without_html(block.text).strip()


def _says_something(block: Block) -> bool:
    if block.kind in ("heading", "hr", "comment"):
        return False
    if block.kind == "html":
        return says_something(without_html(block.text))
    return says_something(block.text)


def _plain(block: Block) -> str:
    return words(question_text(block.title)).casefold()


def _parent(page: Page, at: int) -> str:
    """The heading right above one in the tree of headings, as it reads; empty for those at the top."""
    above = page.context(page.blocks[at].line)
    return question_text(above[-1]) if above else ""


def _shown_first(body: Sequence[Block]) -> int:
    """How many blocks of a body show what is asked about: code or pictures, with something after them."""
    count = 0
    while count < len(body) and (body[count].kind == "fence" or _is_picture(body[count])):
        count += 1
    return count if 0 < count < len(body) else 0


def _is_picture(block: Block) -> bool:
    text = block.text.strip()
    return block.kind == "paragraph" and text.startswith("![") and text.endswith((")", "]]")) and "\n" not in text


def _followed_by_parts(page: Page, at: int, asking: frozenset[int]) -> bool:
    """Whether a heading is the roof of others that ask, or of parts that are read on their own."""
    return at + 1 < len(page.blocks) and any(
        block.kind == "heading" and block.level > page.blocks[at].level for block in page.blocks[at + 1 : at + 3]
    )


# `# Question (EN)` and `## Answer (EN)`


def _labelled(page: Page) -> Iterator[Claim | Remark]:
    """Questions and answers under headings that only say so, paired by what follows the label: a language, a number."""
    labels = _labels(page)
    answers: dict[str, list[int]] = {}  # by mark, the last first
    for at in sorted(labels, reverse=True):
        if labels[at][0] == "answer":
            answers.setdefault(labels[at][1], []).append(at)
    stops = frozenset(labels)
    questions = [at for at, (kind, _) in labels.items() if kind == "question"]
    nexts = dict(pairwise(questions))
    for at, (kind, mark) in labels.items():
        if kind != "question":
            continue
        body = _body(page, at, stops)
        if not any(_says_something(block) for block in body):
            continue
        for waiting in answers.values():
            while waiting and waiting[-1] < at:
                waiting.pop()
        same = answers.get(mark) or (answers.get("") if mark else min((w for w in answers.values() if w), default=None))
        line = page.blocks[at].line
        if same and (not mark or mark.isdigit()) and same[-1] > nexts.get(at, same[-1]):
            same = None  # it answers the next one
        if not same:
            parts = []
            place = at + 1 + len(body)
            if place < len(page.blocks) and page.blocks[place].kind == "heading" and numbered(page.blocks[place].title):
                parts = _answer_parts(page, place - 1, stops, marked=bool(mark), level=page.blocks[at].level)
            if answered(parts) and page.free(line, parts[-1].end_line):
                end = parts[-1].end_line
                back = answer_text(page.source(parts[0].line, end))
                yield Claim(((line, end),), (Draft("basic", _asked(page, body), back, line, end),))
                continue
            hint = "Write the answer under a heading of its own: `## Answer`."
            yield Remark(line, "warning", "no-answer", "This question has no answer.", hint)
            continue
        answer = same.pop()
        parts = _answer_parts(page, answer, stops, marked=bool(mark))
        if not answered(parts):
            hint = "Write the answer under its heading."
            yield Remark(page.blocks[answer].line, "warning", "no-answer", "This answer is empty.", hint)
            continue
        end = parts[-1].end_line
        back = answer_text(page.source(parts[0].line, end))
        ranges = ((line, body[-1].end_line), (page.blocks[answer].line, end))
        yield Claim(ranges, (Draft("basic", _asked(page, body), back, line, end),))


def _labels(page: Page) -> dict[int, tuple[str, str]]:
    """The headings that name their part, by their place among the blocks."""
    return {
        at: label
        for at, block in enumerate(page.blocks)
        if block.kind == "heading" and (label := _label(block)) is not None
    }


def _is_answer(block: Block) -> bool:
    """Whether a block is a heading that says that the answer follows."""
    return block.kind == "heading" and (_label(block) or ("",))[0] == "answer"


def _label(block: Block) -> tuple[str, str] | None:
    """What a heading says its part is: `("question", "en")` for `Question (EN)`, `("answer", "2")` for `Answer 2:`."""
    return _label_of(block.title) if len(block.title) <= _LABEL_LENGTH else None


@remembered
def _label_of(title: str) -> tuple[str, str] | None:
    told = plain_words(words(title).casefold())
    if not told or len(told) > 2 or told[0] not in _LABELS or asks(title):
        return None
    mark = told[1] if len(told) > 1 else ""
    if mark and not (mark.isdigit() or f"({mark})" in title.casefold()):
        return None
    if told[0] in _QUESTION_LABELS:
        return "question", mark
    return "answer", mark


def _answer_parts(page: Page, at: int, stops: frozenset[int], *, marked: bool, level: int = 0) -> list[Block]:
    """The blocks of an answer: its parts may be headings of its own level, up to one that says that it is over.

    Its first part may begin with a heading of a higher level: then so may the others.
    """
    level = level or page.blocks[at].level
    parts: list[Block] = []
    for following in range(at + 1, len(page.blocks)):
        block = page.blocks[following]
        if block.kind == "heading":
            told = words(block.title).casefold()
            if block.level < level and following not in stops and not any(_says_something(part) for part in parts):
                level = block.level
            other_language = marked and block.level <= level and told.endswith(")") and told[-4:-3] == "("
            if following in stops or block.level < level or other_language or told.startswith(_AFTERWARDS):
                break
        if not page.free(block.line, block.end_line):
            break
        parts.append(block)
    while parts and parts[-1].kind in ("hr", "comment", "heading"):
        parts.pop()
    while parts and parts[0].kind in ("hr", "comment"):
        parts.pop(0)
    return parts


def _asked(page: Page, body: Sequence[Block]) -> str:
    """A question under its label: the text of a quote, or of what stands there."""
    if len(body) == 1 and body[0].kind == "quote":
        return question_text(body[0].text)
    text = page.source(body[0].line, body[-1].end_line)
    if all(block.kind == "quote" for block in body):
        text = "\n\n".join(block.text for block in body)
    return question_text(text)


# `1. ### What is …?`


def _in_lists(page: Page) -> Iterator[Claim]:
    """Questions that are headings inside the items of a list, two or more; the rest of an item is the answer."""
    items = [
        (at, item)
        for at, block in enumerate(page.blocks)
        if block.kind == "list"
        for item in block.children
        if item.children and item.children[0].kind == "heading"
    ]
    if sum(sets_a_task(item.children[0].title) for _, item in items) * 2 < max(len(items), 4):
        return
    openings = {at for at, _ in items}
    for at, item in items:
        heading, *body = item.children
        if not sets_a_task(heading.title) or not page.free(item.line, item.end_line):
            continue
        end = item.end_line
        back = written("\n".join(item.lines[heading.end_line - item.line + 1 :]))
        if not body and item is page.blocks[at].children[-1]:  # the answer is not indented
            following = at + 1
            while following < len(page.blocks) and following not in openings:
                block = page.blocks[following]
                if block.kind in ("heading", "hr") or not page.free(block.line, block.end_line):
                    break
                body.append(block)
                end = block.end_line
                following += 1
            back = page.source(body[0].line, end) if body else ""
        back = answer_text(back) if answered(body) else ""
        if back:
            front = question_text(without_html(heading.title))
            yield Claim(((item.line, end),), (Draft("basic", front, back, item.line, end, page.column(item)),))


# tables of contents


def _contents(page: Page) -> Iterator[Claim]:
    """Lists that only repeat the headings of a note as links: nobody misses a card made of them."""
    if "](" not in page.text:
        return
    lists = [block for block in page.blocks if block.kind == "list" and "](" in block.lines[0]]
    titles = {_told(block.title) for block in page.blocks if block.kind == "heading"} if lists else set()
    for block in lists:
        if page.free(block.line, block.end_line) and _is_contents(block, titles):
            yield Claim(((block.line, block.end_line),))


def _is_contents(block: Block, titles: set[str]) -> bool:
    lines = [line.strip() for line in block.lines if line.strip()]
    leading = 0
    for line in lines:
        text, _, target = line.lstrip("-*+0123456789.) ").partition("](")
        if not text.startswith("[") or not target.endswith(")"):
            return False
        leading += target.startswith("#") or _told(text[1:]) in titles
    return len(lines) > 1 and leading * 2 >= len(lines)


def _told(title: str) -> str:
    return "".join(plain_words(words(question_text(title)).casefold()))


DIALECT = Dialect(
    name="heading",
    level="structured",
    recognises=(
        "A heading that ends in `?`, or is one of a list of questions and tasks; its answer goes on to the next "
        "heading of the same or a higher level. Or `# Question` and `## Answer`."
    ),
    find=_find,
    example=(
        "# Layers\n\n## Why stack layers?\n\nEach one reads what the last one found.\n\n## Kinds\n\nMany.\n\n"
        "# Question (EN)\n\n> Name a kind.\n\n## Answer (EN)\n\nDense.\n"
    ),
    cards=(("Why stack layers?", "Each one reads what the last one found."), ("Name a kind.", "Dense.")),
)
