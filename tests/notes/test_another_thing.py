"""Prompts with another number, unit, name or the contrary in them ask something else, whatever became of the answer."""

from __future__ import annotations

import pytest

from studytool.notes.contraries import contrary
from studytool.notes.lexicon import opposite
from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink
from studytool.notes.wording import Words

LONG = "The features below are general and fitted well already, so only few weights need new examples"
OTHERS = [
    ("Which filters does the first layer learn?", "Edges"),
    ("What does pooling keep?", "The largest value"),
    ("Name a sigmoid", "It is between 0 and 1"),
    ("Name a softmax", "It sums to one"),
]


def cards(sign: str, front: str, back: str, kind: str) -> list[Card]:
    shown = [(front, back, kind), *((asked, told, "basic") for asked, told in OTHERS)]
    return [
        Card(f"{sign if at == 0 else '='}{at}", kind, "qa", "explicit", asked, told, "Layers", Span("n.md", 3 * at + 1))  # type: ignore[arg-type]
        for at, (asked, told, kind) in enumerate(shown)
    ]


def kept(before: str, after: str, back: str = LONG, kind: str = "basic") -> bool:
    """Whether a card between others, whose answer stays, keeps its history."""
    (old, *rest), (new, *_) = cards("-", before, back, kind), cards("+", after, back, kind)
    found = relink([known(old)], [new], [(known(card), card) for card in rest])
    assert all((link.source, link.target) == ("-0", "+0") for link in found)
    return bool(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("You have 40 labelled X-rays. What do you try first?", "You have 52 labelled X-rays. What do you try first?"),
        ("You have forty X-rays. What do you try first?", "You have forty X-rays. What do you try last?"),
        (
            "How many runs has a grid of batch size (3) and depth?",
            "How many runs has a grid of batch size (54) and depth?",
        ),
        ("You start from $w = 0$, $b = 0$. What changes?", "You start from $w = 0$, $b = 60$. What changes?"),
        ("A stone falls for 3 seconds. How far is that?", "A stone falls for 3 minutes. How far is that?"),
        ("A car of 1200 kg brakes. Which force acts?", "A car of 1200 g brakes. Which force acts?"),
        ("Welche drei Schichten hat das Netz im Kern?", "Welche vier Schichten hat das Netz im Kern?"),
        ("Which constant shrinks the distance fastest?", "Which constant shrinks the distance slowest?"),
        ("Which colour of light has the longest wave?", "Which colour of light has the shortest wave?"),
        ("How much air stays after the expiration?", "How much air stays after the inspiration?"),
        ("Do a fifth of the labels turn out right?", "Do a fifth of the labels turn out wrong?"),
        ("Welches Land ist der Fläche nach das größte?", "Welches Land ist der Fläche nach das kleinste?"),
        ("¿Qué es un algoritmo con complejidad lineal?", "¿Qué es un algoritmo sin complejidad lineal?"),
        ("What does the gate make of $c_t$ and $h_t$?", "What does the gate make of $c_o$ and $h_t$?"),
        ("Warum steigt der Druck in dem Kessel?", "Warum sinkt der Druck in dem Kessel?"),
        ("Où se trouve le ventricule gauche ?", "Où se trouve le ventricule droit ?"),
        ("¿Qué sucede cuando aumenta la presión?", "¿Qué sucede cuando disminuye la presión?"),
        ("Что происходит, когда возрастает давление?", "Что происходит, когда убывает давление?"),
        ("左心室的血液流向哪里？", "右心室的血液流向哪里？"),
        ("How does a training loop of PyTorch go wrong?", "How does a training loop of Keras go wrong?"),
        ("Why can no single perceptron compute XOR?", "Why can no single perceptron compute AND?"),
        ("How is the slope of the sigmoid computed?", "How is the slope of the softmax computed?"),
    ],
)
@pytest.mark.parametrize("kind", ["basic", "choice"])
def test_what_asks_of_another_thing_inherits_nothing(before: str, after: str, kind: str) -> None:
    options = "\n\n- One\n- Another\n- A third of them" if kind == "choice" else ""
    assert not kept(f"{before}{options}", f"{after}{options}", kind=kind)
    assert not kept(f"{after}{options}", f"{before}{options}", kind=kind)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A set of 60,000 digits is split. Into which parts?", "A set of 60000 digits is split. Into which parts?"),
        ("Which three layers has the skin of a man?", "Which 3 layers has the skin of a man?"),
        ("Name the layers of the skin of a man (2)", "Name the layers of the skin of a man (3)"),
        ("A stone falls for 3 seconds. How far is that?", "A stone falls for 3 sec. How far is that?"),
        ("How is a net that learned a shortcut found out?", "How is a net that learnt a shortcut found out?"),
        ("How large is the pressure below the surface?", "How big is the pressure below the surface?"),
        ("Where do labels come from when a net is trained?", "When a net is trained, where do labels come from?"),
        ("Which policies has an lAM role by default?", "Which policies has an IAM role by default?"),
    ],
)
def test_how_it_is_typed_or_put_costs_no_history(before: str, after: str) -> None:
    assert kept(before, after)
    assert kept(after, before)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("grösste", "kleinsten"), ("linken", "rechten"), ("augmente", "diminuent"), ("première", "dernière")],
        *[("aumenta", "disminuyó"), ("izquierdo", "derecha"), ("maggiore", "minore"), ("esquerda", "direita")],
        *[("возрастает", "убывают"), ("левого", "правую"), ("до", "после"), ("vor", "nach")],
    ],
)
def test_contraries_of_other_languages_are_told_however_they_are_bent(one: str, other: str) -> None:
    assert contrary(one, other)
    assert contrary(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("vorn", "nachts"), ("links", "rechnen"), ("alte", "neutral"), ("door", "alt")]
)
def test_words_that_only_begin_like_contraries_are_none(one: str, other: str) -> None:
    assert not contrary(one, other)


def test_the_degrees_of_contraries_are_contraries() -> None:
    assert opposite("fastest", "slowest")
    assert opposite("wider", "narrower")
    assert not opposite("fastest", "slower")
    assert not opposite("larger", "longer")


def test_units_count_behind_a_number_only() -> None:
    assert Words("for 3 seconds or 5 s").units == {"second": 2}
    assert Words("the seconds of a bit").units == {}


def test_of_one_answer_of_a_word_another_name_in_code_asks_something_else() -> None:
    assert not kept("What does `sort` give back?", "What does `sorted` give back?", "None")
    assert kept("What does `sorted` give back?", "What does `sortde` give back?", "None")
    assert kept("What does `sort` give back?", "What does `sorted` give back?", LONG)
