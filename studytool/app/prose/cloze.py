"""A cloze with its gaps filled: the answer marked where it stands, in prose and in formulas."""

from __future__ import annotations


def filled(front: str, answer: str) -> str:
    """The markdown of a cloze's answer side; in a formula the answer loses its own dollar signs."""
    from studytool.notes import gaps  # not on the way to the first card

    return gaps.filled(front, answer, _marked)


def _marked(text: str) -> str:
    return text if "==" in text else f"=={text}=="
