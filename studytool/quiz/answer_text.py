"""What was answered and what is right, as text: in a line for a list, in full for a reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.quiz.recalled import model_answer
from studytool.text import clean, one_line, without_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz.model import Asked, Attempt

NOT_KNOWN = "not known"
"""Stands for the answer of who does not know one."""
_ITEM = re.compile(r"(\S)\s*\n[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
"""The end of a line, and the mark of a list's item that begins the next."""
_FIRST_ITEM = re.compile(r"\A(?:[-*+]|\d{1,3}[.)])[ \t]+")


def said(attempt: Attempt) -> str:
    """The answer that was given, in a line; a long text is cut."""
    asked, response = attempt.asked, attempt.response
    if not attempt.is_known:
        return NOT_KNOWN
    if isinstance(response, str):
        return one_line(response, 200)
    if asked.kind == "matching":
        sides = [asked.targets[place] if place >= 0 else "…" for place in response]
        return "; ".join(f"{one_line(item)} → {one_line(side)}" for item, side in zip(asked.items, sides, strict=True))
    texts = asked.items or tuple(option.text for option in asked.options)
    return (" → " if asked.items else "; ").join(one_line(texts[place]) for place in response)


def wanted(asked: Asked) -> str:
    """The right answer, in a line: orders and pairs as `said` writes them; of a text the items of a list are parted."""
    if asked.kind == "matching":
        return "; ".join(
            f"{one_line(item)} → {one_line(asked.targets[place])}"
            for item, place in zip(asked.items, asked.places, strict=True)
        )
    if asked.items:
        return " → ".join(one_line(asked.items[place]) for place in asked.places)
    if asked.kind == "multiple":
        return "; ".join(one_line(option.text) for option in asked.options if option.correct)
    text = without_tables(model_answer(asked).strip())
    if "\n" in text:
        text = _FIRST_ITEM.sub("", text)
        text = _ITEM.sub(lambda found: found[1] + (" " if found[1] in ":;,." else "; "), text)
    return one_line(text)


def whole(attempt: Attempt) -> str:
    """The answer that was given, whole: a text as it was written, others as they are said in a line."""
    return clean(attempt.response) if attempt.response and isinstance(attempt.response, str) else said(attempt)


def in_full(asked: Asked, response: Sequence[int]) -> str:
    """An answer by places whole, as Markdown: of several options, an order or pairs a line each."""
    if asked.kind == "matching":
        sides = [asked.targets[place] if place >= 0 else "…" for place in response]
        return "\n".join(f"- {item} → {side}" for item, side in zip(asked.items, sides, strict=True))
    if asked.items:
        return "\n".join(f"{number}. {asked.items[place]}" for number, place in enumerate(response, 1))
    texts = [asked.options[place].text for place in response]
    return "\n".join(f"- {text}" for text in texts) if asked.kind == "multiple" else "".join(texts)


def right_in_full(asked: Asked) -> str:
    """The right answer as `in_full` has one, and below it what explains it."""
    explained = beyond(asked)
    return f"{_right(asked)}\n\n---\n\n{explained}" if explained else _right(asked)


def beyond(asked: Asked) -> str:
    """What explains the right answer, as Markdown; empty where that is the answer once more."""
    explained = asked.explanation.removeprefix(asked.prompt).strip()
    return "" if explained == _right(asked).strip() else explained


def _right(asked: Asked) -> str:
    places = asked.places if asked.items else asked.right
    return in_full(asked, places) if places else model_answer(asked)
