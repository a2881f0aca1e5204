"""What the two options of a question that is true or false are called, in ten languages."""

from __future__ import annotations

from studytool.quiz.words import fold

_LISTED = (
    "true false, yes no, wahr falsch, richtig falsch, ja nein, vrai faux, oui non, verdadero falso, cierto falso, "
    "sí no, vero falso, sì no, verdadeiro falso, sim não, waar onwaar, ja nee, prawda fałsz, tak nie, да нет, "
    "верно неверно, правда ложь, так ні"
)
_PAIRS = tuple((fold(pair.split()[0]), fold(pair.split()[1]), tuple(pair.split())) for pair in _LISTED.split(", "))
_TRUE = {true for true, _, _ in _PAIRS}
_SAID_BESIDE = {
    "verdadero": "el los las del es y con por",
    "sí": "el los las del es y con por",
    "vero": "il lo gli di che della nel e è sono",
    "sì": "il lo gli di che della nel e è sono",
    "verdadeiro": "o os do da em não é são uma",
    "nee": "het een de van is",
}
"""Words that stand in a prompt of the language that has this word for true."""


def said_truth(text: str) -> str:
    """A text as these words are compared: without case, accents and signs around it."""
    return fold(text.strip(" .*_`"))


def are_truths(one: str, other: str) -> bool:
    """Whether two texts are true and false, in words of one language."""
    said = {said_truth(one), said_truth(other)}
    return any(said == {true, false} for true, false, _ in _PAIRS)


def is_true(text: str) -> bool:
    """Whether a text is the one of the two that says yes."""
    return said_truth(text) in _TRUE


def other_truth(text: str, prompt: str) -> str:
    """The word that stands against "Yes" or "False", written like it; empty for any other text.

    Where several languages have the word the `prompt` tells which.
    """
    said = fold(text)
    others = [shown[true == said] for true, false, shown in _PAIRS if said in (true, false)]
    if not others:
        return ""
    asked = set(prompt.casefold().replace("¿", "").split())
    found = max(others, key=lambda other: len(asked.intersection(_SAID_BESIDE.get(other, "").split())))
    return found.capitalize() if text[:1].isupper() else found
