"""What stands under a heading, and whether it answers rather than hold the place of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.notes.asking import asks, only_links, without_way_back
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.plain import plain_words, remembered, says_something, words
from studytool.notes.words import word_set
from studytool.notes.written import written

QUESTION_LABELS = word_set(
    "question вопрос vopros питання frage pregunta pergunta domanda pytanie soru vraag 问题 問題 質問 질문"
)
ANSWER_LABELS = word_set(
    "answer ответ otvet відповідь antwort respuesta resposta réponse risposta odpowiedź cevap antwoord 答案 回答 답변"
)
"""Headings that name their part rather than ask: `# Question (EN)`, `## Answer (EN)`."""
_LABELS = QUESTION_LABELS | ANSWER_LABELS
_LABEL_LENGTH = 40
_TO_BE_WRITTEN = frozenset(
    {"answer here", "your answer here", "add answer", "add answer here", "write answer here", "to be answered"}
)
"""What a template leaves where an answer has still to be written: what stands below it is none."""
_NO_ANSWERS = _TO_BE_WRITTEN | frozenset(
    {"answer", "answers", "todo", "tbd", "to do", "to be added", "coming soon", "wip", "n/a", "to be continued"}
)
"""What is no answer where nothing else is."""
_QUERIES = frozenset({"dataview", "dataviewjs", "tasks", "query", "base"})
_SPEAKER = re.compile(r"A:\s.*\n+B:\s|\w{1,20}\n[^\W\dA-Z]")
"""How a quote begins that needs all its words: two speak, or a sentence goes on after its first."""
_ANSWER_MARKS = word_set("answer answers ans a 答 答案 回答 ответ antwort respuesta réponse risposta resposta")


def answered(body: Sequence[Block]) -> bool:
    """Whether blocks say something, rather than hold the place of an answer."""
    if not any(says_anything(inner) for inner in body):
        return False
    if len(body) > 3:
        return True
    told = answer_text("\n\n".join(block.text for block in body))
    return not (_plainly(told) in _NO_ANSWERS or not told or only_links(told))


def is_to_be_written(body: Sequence[Block]) -> bool:
    """Whether a body begins with what a template has left in the place of the answer, "Answer here"."""
    return bool(body) and body[0].kind == "paragraph" and _plainly(body[0].text[:80]) in _TO_BE_WRITTEN


def _plainly(text: str) -> str:
    return words(text).casefold().strip(" .:…!*()[]")


def answer_text(answer: str) -> str:
    """An answer as it goes on a card: without HTML and without the mark before it, a lone `?` or `Answer:`."""
    answer = without_way_back(written(without_html(answer)))
    lines = answer.split("\n") if answer[:1] == ">" else []
    if lines and all(line[:1] == ">" for line in lines):
        quoted = written("\n".join(line[1:].removeprefix(" ") for line in lines))
        told = _without_mark(quoted)
        return answer if told == quoted or _SPEAKER.match(quoted) else told
    return _without_mark(answer)


def _without_mark(answer: str) -> str:
    """An answer without the mark before it."""
    first, _, rest = answer.partition("\n")
    if first.strip() in ("?", "??"):
        return written(rest)
    told = words(first.lstrip("# ")).casefold()
    if told.rstrip(" :：") in _ANSWER_MARKS and (told[-1:] in (":", "：") or len(told) > 2):
        return written(rest)
    label, colon, _ = first[:40].partition(":" if ":" in first[:40] else "：")
    if colon and words(label).casefold().strip() in _ANSWER_MARKS and first[len(label) + 1 : len(label) + 2] != ":":
        after = first[len(label) + 1 :]
        mark = next((mark for mark in ("**", "__") if label.startswith(mark)), "")
        if not mark or not label.endswith(mark):
            after = after.removeprefix(mark)
        return written(f"{after.lstrip()}\n{rest}")
    return answer


def is_blank(block: Block) -> bool:
    """Whether a heading is a label, or holds the place of one in a template: `{{title}}?`."""
    told = block.title.strip(" ?")
    return part_of(block) is not None or (told.startswith("{{") and told.endswith("}}"))


def says_anything(block: Block) -> bool:
    """Whether a block shows words: headings, rules and comments are none."""
    if block.kind in ("heading", "hr", "comment") or is_query(block):
        return False
    if block.kind == "html":
        return says_something(without_html(block.text))
    return says_something(block.text)


def is_query(block: Block) -> bool:
    """Whether a block is a fence in whose place a plugin shows what it finds in other notes."""
    return block.kind == "fence" and (block.label or "").strip(" {}").casefold().partition(" ")[0] in _QUERIES


def part_of(block: Block) -> tuple[str, str] | None:
    """What a heading says its part is: `("question", "en")` for `Question (EN)`, `("answer", "2")` for `Answer 2:`."""
    return _part_named(block.title) if len(block.title) <= _LABEL_LENGTH else None


@remembered
def _part_named(title: str) -> tuple[str, str] | None:
    told = plain_words(words(title).casefold())
    if not told or len(told) > 2 or told[0] not in _LABELS or asks(title):
        return None
    mark = told[1] if len(told) > 1 else ""
    if mark and not (mark.isdigit() or f"({mark})" in title.casefold()):
        return None
    if told[0] in QUESTION_LABELS:
        return "question", mark
    return "answer", mark
