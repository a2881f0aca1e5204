"""Exercises that a label with a number announces: `**Exercise 1.2** Compute …`, `Aufgabe 3: …`."""

from __future__ import annotations

import re

from studytool.notes.words import word_set

EXERCISE_NOUNS = word_set(
    """
    exercise problem übung aufgabe exercice problème ejercicio problema esercizio exercício opgave oefening övning
    ćwiczenie zadanie упражнение задача вправа
    """
)
"""Words that with a number announce an exercise."""
_LABEL = re.compile(
    rf"(?:\*\*|__)?(?:{'|'.join(sorted(EXERCISE_NOUNS))})[ \t]{{1,2}}\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[a-z]?"
    r"(?:[.:)]?(?:\*\*|__)[.:]?|[.:)])(?=\s|\Z)[ \t]{0,4}",
    re.IGNORECASE,
)


def label_width(text: str) -> int:
    """How many signs the label of an exercise takes at the beginning of a text, with the blanks after it; 0 for none.

    It ends in a sign or in the end of its emphasis: "Exercise 3 asks for more" has none.
    """
    found = _LABEL.match(text)
    return found.end() if found else 0
