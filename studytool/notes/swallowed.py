"""Lines that look like cards and were read as a part of another card: labels, separators and marks that count nowhere.

They are cards only in another spelling, or in a note with a tag, so nothing is taken from the card that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from studytool.notes.claims import Remark
from studytool.notes.dialects.tagged import ELSEWHERE, asks_or_sets
from studytool.notes.dialects.within import announced
from studytool.notes.page import Page
from studytool.notes.signs import holds_any

HOLDING = frozenset({"qa", "cloze", "choice", "heading", "bold-question", "question-note"})
"""The dialects whose answers go on over whatever stands below them."""
_LABEL = (
    r"[ \t>]{0,6}(?:[-*+][ \t]{1,3})?(?:\*\*|__)?(?:%s)(?:[ \t]?\d{1,3})?(?:\*\*|__)?"
    r"(?:[ \t\u00a0\u202f]?[:.)](?:\*\*|__)?[ \t\u00a0\u202f]+|：(?:\*\*|__)?[ \t]*)\S"
)
_WORDS = "question|frage|pregunta|pergunta|domanda|vraag|вопрос|питання|pytanie|soru|问题|問題|问|問"
_QUESTION = re.compile(_LABEL % f"[Qq]|(?i:{_WORDS})")
_ASKING = frozenset(form for word in _WORDS.split("|") for form in (word[0], word[0].upper())) | set("ſ\u1c80")
"""How a label of a question begins; a long s and a rounded ve are an s and a ve in any case."""
_ANSWER = re.compile(
    _LABEL % "[Aa]|(?i:answer|ans|antwort|réponse|respuesta|resposta|risposta|antwoord|ответ|відповідь"
    "|odpowied[źz]|cevap|答案|回答|答)"
)
_LETTERS = tuple((re.compile(_LABEL % one[0]), re.compile(_LABEL % other[0])) for one, other in ELSEWHERE)
"""The letters of other languages, which speakers have as well: the question has to ask."""
_FIRST = frozenset(one[0] for one, _ in ELSEWHERE)
_SECOND = re.compile(_LABEL % "[Bb]")
_PARTED = re.compile(r"(?P<front>[^|:;={}()<>\[\]]{2,120}) :: (?P<back>\S.{0,400})\Z")
_SIGNS = (
    *(" :: ", "?::", "\n?\n", "\n??\n", "\n- **", "\n* **", "\n- [[", "\n* [["),
    *("nswer", "ntwort", "éponse", "espuesta", "esposta", "isposta", "ntwoord", "твет", "ідповідь", "dpowied", "evap"),
    *("答", "NSWER", "NTWORT", "ÉPONSE", "R:", "R :", "О:"),
)
_TERM = re.compile(
    r"[-*+] (?:\*\*[^*]{1,80}(?:(?:\*\*[ \t]?:|:\*\*)[ \t]+|(?:\*\*：|：\*\*)[ \t]*)"
    r"|\[\[[^\]]{1,80}\]\](?:[ \t]?:[ \t]+|：[ \t]*))(?P<told>\S.*)"
)
_FEWEST_WORDS = 5
"""A term that is explained in so many words is defined, or in twice as many signs that are words or parts of them."""
_SIGN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_SHORT = re.compile(r"[Aa](?:ns)?(?:\*\*|__)?[:.)](?:\*\*|__)?[ \t]")
_APART = "If so, write an empty line and a line `---` above."
_MOST_WORDS = 10
"""A front before `::` has no more words than this; signs of code and tables tell what is none."""
_RESPELL = "If it is one, begin its lines with `Q:` and `A:`, without other marks."
_TAG = "If it is one, tag the note `#flashcards`, or write it as `Q:` and `A:`."


def may_swallow(text: str) -> bool:
    """Whether a note may hold such a line at all."""
    return holds_any(text, _SIGNS) or _SHORT.search(text) is not None


def swallowed(
    page: Page,
    held: Sequence[tuple[int, int]],
    told: Collection[int],
    *,
    explained: Collection[int],
    deck: bool,
    parted: bool,
) -> Iterator[Remark]:
    """A warning for each card in another form that stands within the lines of cards that `held` it.

    Nothing is said of lines that were `told` already. Those that begin at an `explained` line have options: below them
    terms may be what tells these apart, so that they are mentioned only. In a `deck` separators count, so that none of
    them is left over; `parted` says that a lone `?` is told already.
    """
    seen = set(told)
    for first, last in held:
        for number in range(first + 1, last + 1):
            if number not in seen and (hint := _looks_like_a_card(page, number, last, deck, parted)):
                seen.add(number)
                message = f"This looks like a card of its own, and is read as a part of the card at line {first}."
                yield Remark(number, "warning", "card-in-answer", message, hint)
        is_labelled = page.raw[first - 1][1:2] == ":"
        if is_labelled or first in explained:
            for number, count in _definitions(page, first, last):
                what = (
                    f"These {count} lines look like cards, and are" if count > 1 else "This looks like a card, and is"
                )
                message = f"{what} read as a part of the card at line {first}."
                yield Remark(number, "warning" if is_labelled else "info", "card-in-answer", message, _APART)


def _definitions(page: Page, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The line and the number of each run of terms with their meaning that nothing above announces."""
    number = first + 1
    while number <= last:
        end = number
        while end <= last and _defines(page, end):
            end += 1
        if end > number and not announced(page, first, number):
            yield number, end - number
        number = max(end, number + 1)


def _defines(page: Page, number: int) -> bool:
    found = _TERM.match(page.raw[number - 1])
    if not found:
        return False
    if len(found["told"].split()) < _FEWEST_WORDS and len(_SIGN.findall(found["told"])) < 2 * _FEWEST_WORDS:
        return False
    return page.masked[number - 1][0] == page.raw[number - 1][0]


def _answers_to(line: str) -> list[re.Pattern[str]]:
    """How the line below begins that answers a line; nothing where the line has no label of a question."""
    first = line.lstrip(" \t>-*+_")[:1]
    found = [_ANSWER] if first in _ASKING and _QUESTION.match(line) else []
    if first in _FIRST:
        letters = [answer for question, answer in _LETTERS if question.match(line)]
        if letters and asks_or_sets(re.split("[:.)：]", line, maxsplit=1)[-1].strip(" \t\u00a0\u202f*_")):
            found += letters
    return found


def _looks_like_a_card(page: Page, number: int, last: int, deck: bool, parted: bool) -> str:
    """What to do where a card in another form begins on a line; empty where none does."""
    line = page.masked[number - 1]
    if answers := _answers_to(line):
        below = list(islice((at for at in range(number + 1, last + 1) if page.raw[at - 1].strip()), 2))
        if below and any(one.match(page.masked[below[0] - 1]) for one in answers):
            options = len(below) == 2 and _SECOND.match(page.masked[below[1] - 1])
            return "" if options else _RESPELL
    elif deck:
        return ""
    elif "?::" in line and not line.rstrip().endswith("?::"):
        return _TAG
    elif number + 1 < last and page.masked[number].strip() in ("?", "??") and line.strip() and not parted:
        return _TAG if page.raw[number + 1].strip() else ""
    elif (found := _PARTED.match(line.strip())) and len(found["front"].split()) <= _MOST_WORDS:
        return _TAG
    return ""
