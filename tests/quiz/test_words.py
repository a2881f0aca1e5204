"""Which words say little, in the languages people write notes in, and how prompts of these languages open."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.quiz import build
from studytool.quiz.faces import Face
from studytool.quiz.marking import mark
from studytool.quiz.masks import hide
from studytool.quiz.model import Asked
from studytool.quiz.openings import LEANING, asked_term, opening
from studytool.quiz.terms import Terms
from studytool.quiz.truths import other_truth
from studytool.quiz.words import stem, words


def content(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text) if word.content]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Puffer für Daten können über mehrere Knoten gehen", ["Puffer", "Daten", "Knoten", "gehen"]),
        ("¿Qué es más rápido según el índice?", ["rápido", "índice"]),
        ("La pila viene usata anche dalla memoria", ["pila", "usata", "memoria"]),
        ("Uma fila também pode ser lida pelos processos", ["fila", "lida", "processos"]),
        ("Это позволяет потоку, который ждёт, не занимать ядро", ["позволяет", "потоку", "ждёт", "занимать", "ядро"]),
        ("Stos jest czytany przez procesor oraz jądro", ["Stos", "czytany", "procesor", "jądro"]),
        ("Classes don't copy what isn't theirs", ["Classes", "copy", "theirs"]),
    ],
)
def test_words_that_say_little_are_known_in_many_languages(text: str, told: list[str]) -> None:
    assert content(text) == told


def test_a_name_in_capitals_means_something_where_a_small_word_of_another_language_does_not() -> None:
    assert content("COM and DoS use the pod and NOT its sin") == ["COM", "DoS", "pod", "sin"]


@pytest.mark.parametrize(
    "forms",
    [
        "pooling pools pooled",
        "поток потоку потоков потоками",
        "память памяти памятью",
        "код кода кодом",
        "переменная переменной переменные",
        "funzione funzioni",
        "tabella tabelle",
        "processo processi processos",
        "árbol árboles",
        "Netzwerk Netzwerke Netzwerken",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_other_words_have_other_stems() -> None:
    told = "transfer transform contract contrast variable variance operand operator node mode порог порок код ход"
    assert len({stem(word) for word in told.split()}) == len(told.split())


def test_a_mask_covers_the_forms_of_a_word_in_russian() -> None:
    masked = hide("Во время выполнения потоков кадр потока лежит на стеке.", ["поток"])
    assert masked is not None
    assert masked[0] == "Во время выполнения ▁▁▁ кадр ▁▁▁ лежит на стеке."


@pytest.mark.parametrize(
    ("front", "kind", "term"),
    [
        ("What is the chain rule?", "what", "chain rule"),
        ("Was ist ein Perzeptron?", "what", "Perzeptron"),
        ("Qu'est-ce qu'un neurone ?", "what", "neurone"),
        ("Qu’est-ce que c’est que la mitose ?", "what", "mitose"),
        ("¿Qué es la mitosis?", "what", "mitosis"),
        ("¿Por qué crece?", "why", ""),
        ("Cos'è l'entropia?", "what", "entropia"),
        ("Che cosa sono gli enzimi?", "what", "enzimi"),
        ("O que é uma pilha?", "what", "pilha"),
        ("Что такое замыкание?", "what", "замыкание"),
        ("Почему растёт стек?", "why", ""),
        ("Co to jest stos?", "what", "stos"),
        ("Wat is een stack?", "what", "stack"),
        ("¿Quién lo dijo?", "which", ""),
        ("Perzeptron", "term", ""),
        ("Grows it?", "other", ""),
    ],
)
def test_prompts_are_understood_in_many_languages(front: str, kind: str, term: str) -> None:
    assert (opening(front), asked_term(front)) == (kind, term)


@pytest.mark.parametrize(
    "sentence", ["Quindi cresce.", "Поэтому растёт.", "Além disso cresce.", "Deshalb wächst er.", "Así crece."]
)
def test_a_sentence_that_leans_on_the_one_before_is_known_in_many_languages(sentence: str) -> None:
    assert LEANING.match(sentence)
    assert not LEANING.match(sentence.split()[-1])


@pytest.mark.parametrize(
    ("said", "prompt", "other"),
    [
        ("No", "Is it a stack?", "Yes"),
        ("No", "¿Es el vector de la pila?", "Sí"),
        ("falso", "Il nodo è vuoto?", "vero"),
        ("Falso", "O nó é uma folha?", "Verdadeiro"),
        ("Да", "Стек растёт вниз?", "Нет"),
        ("True", "Is it?", "False"),
        ("A stack", "Is it?", ""),
    ],
)
def test_what_stands_against_a_truth_is_said_in_its_language(said: str, prompt: str, other: str) -> None:
    assert other_truth(said, prompt) == other


def _asked(tmp_path: Path, text: str) -> list[Asked]:
    (tmp_path / "a.md").write_text(text, "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    return [one for seed in range(12) for one in build(library, count=9, seed=seed).questions]


def test_a_gap_is_no_phrase_of_words_that_say_little(tmp_path: Path) -> None:
    text = (
        "# Стек\n\nQ: Что делает вызов?\nA: Во время вызова кадр кладётся на стек ядра, потому что он вернётся.\n\n"
        "Q: Что делает возврат?\nA: Во время возврата кадр снимается со стека ядра, потому что он не нужен.\n\n"
        "Q: What do frames hold?\nA: A large number of values; classes don't copy a return address of theirs.\n\n"
        "Q: What do threads hold?\nA: A large number of frames; classes don't copy a return address of theirs.\n"
    )
    asked = _asked(tmp_path, text)
    gaps = {one.answer for one in asked if one.kind == "cloze"}
    assert "return address" in gaps
    assert not gaps & {"Во время", "потому что", "large number", "classes don"}


def test_key_terms_in_other_languages_are_no_small_and_no_general_words(tmp_path: Path) -> None:
    text = (
        "# Pila\n\nQ: Perché cresce la pila? (in your own words)\nA: Ogni chiamata alloca un frame, per esempio quando "
        "una funzione viene usata anche dalla ricorsione, che permette altre chiamate.\n"
    )
    (question,) = {one.accepted for one in _asked(tmp_path, text)}
    assert {"alloca", "funzione", "ricorsione"} <= set(question)
    assert not set(question) & {"Ogni", "esempio", "quando", "viene", "usata", "anche", "dalla", "permette", "altre"}


@pytest.mark.parametrize(
    ("answer", "typed"),
    [
        ("mit Puffer", "ohne Puffer"),
        ("con memoria", "senza memoria"),
        ("keine Schleife", "Schleife"),
        ("não linear", "linear"),
        ("più veloce", "meno veloce"),
        ("después de la carga", "antes de la carga"),
        ("alle Knoten", "einige Knoten"),
        ("больше нуля", "меньше нуля"),
    ],
)
def test_what_turns_an_answer_into_its_opposite_is_no_small_word(answer: str, typed: str) -> None:
    for wanted, said in ((answer, typed), (typed, answer)):
        assert mark(Asked("typed", "p", (), wanted, (), "", "c", "n", 1, "t"), said).verdict == "wrong"


def test_a_term_is_named_though_its_question_is_asked_in_another_language(tmp_path: Path) -> None:
    text = "Q: Was ist eine Halde?\nA: Ein Speicher, aus dem ein Programm Blöcke beliebiger Größe holt.\n"
    (tmp_path / "a.md").write_text(text, "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    (card,) = library.notes[0].cards
    assert Face(card, 0).term == "Halde"
    assert Terms(library).synonyms("Halde") == ()
    prompts = {one.prompt for one in _asked(tmp_path, text)}
    assert any(prompt.startswith("Which term is described here? (H…)") for prompt in prompts)
