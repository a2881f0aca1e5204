"""Lines that make a point about the topic of their note: "Efficiency: it needs half the steps", "Use: the heap …"."""

from __future__ import annotations

import re
from functools import lru_cache

from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import word_set

_QUALITIES = word_set(
    """
    efficiency effectiveness flexibility scalability simplicity speed cost costs cost-effectiveness cost_savings
    reliability robustness security accuracy timing architecture automation visualization visualisation
    optimization optimisation portability maintainability readability usability interpretability explainability
    compatibility adaptability extensibility reusability versatility accessibility productivity convenience testability
    affordability transparency integration quality complexity modularity
    eficiencia escalabilidad flexibilidad simplicidad velocidad coste costo costos costes fiabilidad seguridad
    mantenibilidad rendimiento precisión compatibilidad
    efficienza scalabilità flessibilità semplicità velocità costo costi affidabilità sicurezza prestazioni precisione
    manutenibilità
    effizienz skalierbarkeit flexibilität einfachheit geschwindigkeit zuverlässigkeit sicherheit wartbarkeit kosten
    eficiência escalabilidade flexibilidade simplicidade velocidade custo custos desempenho confiabilidade segurança
    efficacité évolutivité flexibilité simplicité rapidité coût coûts fiabilité sécurité
    гибкость масштабируемость эффективность простота скорость надежность надёжность безопасность производительность
    """
)
"""What notes praise and blame a thing for. Words that name a property of one field as well are left out."""
_DEFINING = word_set(
    """
    the a an ability capability capacity measure measures degree extent how whether number rate ratio amount time
    process property practice art state use protection being ensuring making keeping protecting measuring combining
    evaluating preventing designing anything refers means is are describes indicates assesses quantifies
    determines involves defines
    la el lo un una es è é il le l' die der das ein eine den a o um uma
    capacidad grado medida cantidad número facilidad habilidad propiedad qué quantidade
    capacità grado misura quantità proprietà abilità fähigkeit grad maß eigenschaft maßnahmen zusammenführung
    capacidade medida grau habilidade capacité mesure degré способность мера степень свойство
    """.casefold()
)
"""How a text begins that says what such a word means."""
_SHORT = re.compile(r"\(([A-Z][\w-]{1,12})\)")
"""The letters of a topic behind it: `Mean squared error (MSE)`."""
_ARTICLE = re.compile(r"\A(?:(?:the|el|la|los|las|il|lo|gli|le|les|os|as|der|die|das) |l['\u2019])")
"""Definite ones: "a feeling of worry" says of what kind a thing is."""
_ARTICLE_TOO = re.compile(
    r"\A(?:(?:an?|the|eine?|der|die|das|una?|uno|el|la|los|las|il|lo|gli|une?|les?|uma?|os|as) |l['\u2019])"
)
"""Indefinite ones as well."""
_NAME = 4
"""The signs of the shortest name that a heading gives."""
_MARKS = str.maketrans("", "", "*`[")
_OF = word_set("of de di von der des du do da")
_CHANGES = word_set(
    "reduction improvement increase decrease lack ease elimination avoidance use optimisation optimization"
)
"""What begins so and praises all the same: "Reduction of costs"."""
_STATED = word_set("is are means refers describes measures determines")


def praises(name: str, text: str) -> bool:
    """Whether a lead is such a quality and its text, without marks, does not say what the word means."""
    folded = name.casefold()
    if folded not in _QUALITIES:
        return False
    told = text[:120].replace("\u2019", "'").casefold().split()
    if not told:
        return True
    first = told[0].strip("(,:")
    if first in (folded, "this", "it"):  # "Timing is what …"
        return told[1:2] == [] or told[1] not in _STATED
    if told[1:2] and told[1] in _OF and first not in _CHANGES:
        return False  # "Fraction of the predictions that are right"
    return first not in _DEFINING


def is_about(topic: str, text: str) -> bool:
    """Whether a text begins with a topic, or with the letters it goes by: what it tells is a property of that."""
    told = text[: len(topic) + 40].casefold().translate(_MARKS).lstrip("_ ")
    return (told.startswith(names := _names(topic)) or _ARTICLE.match(told) is not None) and _begins(told, names)


_TOLD_BY = word_set(
    """
    is are was were has have had can cannot could will would may might must should do does don't doesn't provides
    provide supports support allows allow uses use requires require includes include contains contain attach become
    becomes make makes need needs offer offers help helps
    es son fue fueron tiene tienen puede pueden debe deben permite permiten usa usan è sono ha hanno può possono deve
    devono permette permettono ist sind hat haben kann können muss müssen wird werden est sont a ont peut peuvent doit
    doivent permet é são tem têm pode podem deve devem
    """
)
"""What goes on about a name: "Kernel threads have …" is told of them, "Kernel threads that …" are of their kind."""
_NUMBER = re.compile(r"\A[\d.)( ]{1,12}")


@lru_cache(maxsize=64)
def _plain_name(heading: str) -> str:
    """What a heading names, in lower case, without its number, its article and what stands in brackets behind it."""
    name = _NUMBER.sub("", words(heading).partition(" (")[0]).strip(" :.").casefold()
    return _ARTICLE_TOO.sub("", name)


def is_told_of(page: Page, line: int, term: str, text: str) -> bool:
    """Whether a text tells something of what the nearest heading names, which its term is not: a property of that."""
    above = page.context(line)
    if not above:
        return False
    name = _plain_name(above[-1])
    stem = name.removesuffix("s")
    if len(name) < _NAME or stem in term.casefold():
        return False
    told = _ARTICLE_TOO.sub("", text[: len(name) + 40].casefold().translate(_MARKS).lstrip("_ "), count=1)
    if not told.startswith(stem):
        return False
    rest = told[len(stem) :].removeprefix("s")
    return rest[:1].isspace() and not _TOLD_BY.isdisjoint(rest.split()[:1])


def _begins(told: str, names: tuple[str, ...]) -> bool:
    """Whether a text begins with one of these names as a whole, or with an article and one of them."""
    if not told.startswith(names):
        told = _ARTICLE.sub("", told, count=1)
    return any(told.startswith(name) and not told[len(name) : len(name) + 1].isalnum() for name in names)


@lru_cache(maxsize=64)
def _names(topic: str) -> tuple[str, ...]:
    """A topic in lower case, with and without its letters in brackets, and these alone."""
    short = _SHORT.search(topic)
    told = (topic, topic[: short.start()].strip(), short[1]) if short else (topic,)
    return tuple(name.casefold() for name in told if len(name) > 1)
