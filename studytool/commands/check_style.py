"""What makes cards hard to study though nothing is wrong with them: the style diagnostics of `studytool check`."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from studytool.notes.model import Diagnostic
from studytool.quiz.words import fold, is_negation, stems, words
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.notes.model import Card, Library, Question, Span

_MOST_WORDS = 40
_MOST_ITEMS = 5
_SHORT = 5
"""Words of meaning that an answer has at most to be looked for in its prompt."""
_WIDTH = 50
_YES_NO = frozenset(
    [
        "yes",
        "no",
        "true",
        "false",
        "ja",
        "nein",
        "wahr",
        "falsch",
        "oui",
        "non",
        "vrai",
        "faux",
        "sí",
        "si",
        "no",
        "verdadero",
        "falso",
    ]
)
_FENCE = re.compile(r"^ *(`{3,}|~{3,}).*?^ *\1[`~]* *$", re.MULTILINE | re.DOTALL)
_LETTER = re.compile(r"\w")
"""What a word has, and the bars of a table have not."""
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
_ITEM = re.compile(r"(?m)^ {0,3}(?:[-*+]|\d{1,3}[.)]) ")
_ALTERNATIVES = frozenset(["or", "oder", "ou", "o", "either", "versus", "vs"])
_TRUTH = re.compile(r"(?:true or false|wahr oder falsch|vrai ou faux|verdadero o falso)", re.IGNORECASE)


def style_of(library: Library) -> list[Diagnostic]:
    """What is to be said of the style of the cards, of each note in the order of its lines."""
    cards: dict[str, Card] = {}
    asked: dict[str, Card | Question] = {}
    for note in library.notes:
        for card in note.cards:
            cards.setdefault(card.key, card)
            asked.setdefault(card.key, card)
        for question in note.questions:
            asked.setdefault(question.key, question)
    found = [one for card in cards.values() for one in _of_card(card)]
    return [*found, *_same_prompts(list(asked.values())), *_same_answers(list(cards.values()))]


def _of_card(card: Card) -> Iterator[Diagnostic]:
    text = _FORMULA.sub("formula", _FENCE.sub("", card.back))
    if (count := sum(bool(_LETTER.search(word)) for word in text.split())) > _MOST_WORDS:
        told = f"The answer has {count} words: more than {_MOST_WORDS} are hard to recall at once."
        yield _style(card.span, "wordy-answer", told, "Ask for one fact, or part it into several cards.")
    if (items := len(_ITEM.findall(text))) > _MOST_ITEMS:
        told = f"The answer lists {items} items: more than {_MOST_ITEMS} are hard to recall at once."
        yield _style(card.span, "long-list", told, "Part it into several cards, or ask for some of them.")
    said = fold(text.strip(" .!*_`\n"))
    if said in _YES_NO and not _TRUTH.search(card.front):
        told = f"The answer is only “{one_line(text.strip())}”: one of two such cards is right by guessing."
        yield _style(card.span, "yes-no-card", told, "Ask what, why or how, so that the answer says something.")
    elif _is_told(card):
        told = f"The prompt already says “{one_line(card.back, _WIDTH)}”."
        yield _style(card.span, "answer-in-prompt", told, "Word the prompt without the words of the answer.")


def _is_told(card: Card) -> bool:
    """Whether every word of meaning of a short answer stands in the prompt, which does not name it as one of several.

    Formulas, numbers and negations are left alone: there the words are not what is asked.
    """
    if card.kind == "open" or "$" in card.back or any(character.isdigit() for character in card.back):
        return False
    told = [word for word in words(card.back) if word.content]
    if not 0 < len(told) <= _SHORT or any(is_negation(word) for word in re.findall(r"[^\W\d_]+", card.back)):
        return False
    prompt = card.front
    if _ALTERNATIVES.intersection(re.findall(r"[^\W\d_]+", prompt.casefold())) or _ITEM.search(prompt):
        return False
    return {word.stem for word in told} <= stems(prompt)


def _same_prompts(asked: Sequence[Card | Question]) -> Iterator[Diagnostic]:
    """Cards that ask the same: all of them where they were written as cards, else those of one topic."""
    groups: dict[tuple[str, str], list[Card | Question]] = defaultdict(list)
    for one in asked:
        prompt = " ".join(fold(_prompt(one)).split())
        groups[prompt, "" if one.level == "explicit" else one.topic].append(one)
    for group in groups.values():
        for one in group[1:]:
            told = f"{group[0].span} has the same prompt and another answer."
            yield _style(one.span, "same-prompt", told, "Say in both prompts what is meant, or make one card of them.")


def _same_answers(cards: Sequence[Card]) -> Iterator[Diagnostic]:
    """Cards of one answer whose prompts have the same words of meaning."""
    groups: dict[tuple[str, frozenset[str]], list[Card]] = defaultdict(list)
    for card in cards:
        if card.kind == "basic" and (found := stems(card.front)):
            groups[" ".join(fold(card.back).split()), found].append(card)
    for group in groups.values():
        prompts = {" ".join(fold(card.front).split()) for card in group}
        for card in group[1:] if len(prompts) == len(group) else ():
            told = f"{group[0].span} has the same answer, and the prompts are hard to tell apart."
            yield _style(card.span, "same-answer", told, "Keep one of them, or ask for what differs.")


def _prompt(one: Card | Question) -> str:
    from studytool.notes.model import Question

    return one.as_card().front if isinstance(one, Question) else one.front


def _style(span: Span, code: str, told: str, hint: str) -> Diagnostic:
    return Diagnostic(span, "style", code, told, hint)
