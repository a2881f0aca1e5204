"""A cloze with its gaps filled: the answer marked where it stands, in prose and in formulas."""

from __future__ import annotations

from studytool.notes.inline import scan

GAP = "[…]"


def filled(front: str, answer: str) -> str:
    """The markdown of a cloze's answer side; in a formula the answer loses its own dollar signs.

    A text with several gaps, and as many answers between commas, has each in its place.
    """
    formulas = [(span.start, span.end) for span in scan(front) if span.kind == "math"]
    count = front.count(GAP)
    answers = answer.split(", ")
    if len(answers) != count:
        answers = [answer] * count
    parts: list[str] = []
    at = 0
    for own in answers:
        place = front.index(GAP, at)
        inside = any(start < place < end for start, end in formulas)
        parts += [front[at:place], _marked(own.strip().strip("$") if inside else own)]
        at = place + len(GAP)
    return "".join([*parts, front[at:]])


def _marked(text: str) -> str:
    return text if "==" in text else f"=={text}=="
