"""Cards in nearly the same words that ask different things: none gets the history of the other, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

Text = tuple[str, str]
LONG = "which has been so since the founding of the state, with short breaks in times of war and of flood"
CAPITALS = {
    "Niger": "Niamey",
    "Nigeria": "Abuja",
    "Guinea": "Conakry",
    "Guinea-Bissau": "Bissau",
    "Austria": "Vienna",
    "Australia": "Canberra",
    "South Korea": "Seoul",
    "North Korea": "Pyongyang",
}
FORMULAS = [
    ("$a^2+b^2$", "$a^2-b^2$"),
    ("$e^{x}$", "$e^{-x}$"),
    (r"$\frac{a}{b}$", r"$\frac{b}{a}$"),
    (r"$\nabla\cdot F$", r"$\nabla\times F$"),
    (r"$p\to q$", r"$q\to p$"),
    ("$f'(x)$", "$f(x)$"),
    (r"$(\mu,\lambda)$", r"$(\mu+\lambda)$"),
    (r"$\mathcal{O}(n)$", r"$\mathcal{O}(n^2)$"),
    ("$A^T$", "$A^{-1}$"),
    ("`i++`", "`++i`"),
    ("`a && b`", "`a || b`"),
    ("`x == y`", "`x != y`"),
    ("`<x/>`", '`<x a="x"></x>`'),
]
TURNED = [
    ("Why is the gradient stable here?", "Why is the gradient not stable here?"),
    ("When does the search end?", "When does the search never end?"),
    ("Which gates are reversible?", "Which gates are irreversible?"),
    ("Which sort is best with little memory?", "Which sort is worst with little memory?"),
    ("Kdy je matice regulární?", "Kdy matice není regulární?"),
    ("Kdy je matice regulární?", "Kdy je matice neregulární?"),
    ("Warum ist der Test sicher?", "Warum ist der Test nicht sicher?"),
    ("Когда алгоритм сходится?", "Когда алгоритм не сходится?"),
    ("什麼時候要用鎖？", "什麼時候不要用鎖？"),
    ("언제 잠금이 필요합니까?", "언제 잠금이 필요하지 않습니까?"),
    ("언제 그래프를 정렬할 수 있습니까?", "언제 그래프를 정렬할 수 없습니까?"),
]
NUMBERS = [
    ("How does {}-point crossover work?", "- choose {} spots in both parents\n- swap the tails that lie between them"),
    ("What does the status {} mean?", "The server says that the request failed, in its own way: {}"),
    ("Explain the {} phase commit", "- all vote in {} rounds\n- the coordinator decides for all"),
    ("What are the {} laws of the thing?", "They say what stays the same and what does not: {} of them"),
]


def capitals() -> Iterator[tuple[Text, Text]]:
    for frame, told in (
        ("What is the capital of {}?", "{}"),
        ("{}", "A country whose capital is {}"),
        ("Which city is the seat of the government, the parliament and the bank of {}?", "It is {}, " + LONG),
    ):
        for (one, city), (other, town) in permutations(CAPITALS.items(), 2):
            yield (frame.format(one), told.format(city)), (frame.format(other), told.format(town))


def formulas() -> Iterator[tuple[Text, Text]]:
    for one, other in FORMULAS:
        for first, second in ((one, other), (other, one)):
            for frame in (
                "What is {}?",
                "How does one compute {} for large inputs?",
                "{} 的結果是什麼？",
            ):
                yield (frame.format(first), "see above"), (frame.format(second), "see below")
                yield (frame.format(first), f"{LONG} {first}"), (frame.format(second), f"{LONG} {second}")


def negations() -> Iterator[tuple[Text, Text]]:
    answer = "It depends on the order in which the parts arrive and on the size of the buffer"
    for one, other in TURNED:
        for first, second in ((one, other), (other, one)):
            yield (first, answer), (second, answer.replace("the", "a") + " otherwise")


def numbers() -> Iterator[tuple[Text, Text]]:
    for frame, told in NUMBERS:
        for one, other in permutations((1, 2, 3, 12), 2):
            yield (frame.format(one), told.format(one)), (frame.format(other), told.format(other))


def sisters() -> Iterator[tuple[Text, Text]]:
    told = "It holds what is used next, and is emptied when the {} is full, since the two sides differ in speed"
    for one, other in permutations(("buffer", "socket", "queue"), 2):
        yield (
            (f"What is a {one} and when is it used?", told.format(one)),
            (
                f"What is a {other} and when is it used?",
                told.format(other),
            ),
        )
        yield (
            (f"What is freed at last ({one})?", f"the {one} that nobody holds"),
            (
                f"What is freed at last ({other})?",
                f"the {other} that nobody holds",
            ),
        )
    yield (
        ("Comma selection $(\\mu,\\lambda)$", f"discard the parents, {LONG}"),
        (
            "Plus selection $(\\mu + \\lambda)$",
            f"keep the parents, {LONG}",
        ),
    )
    yield (
        ("What happens with a shock inside the nozzle after the throat?", f"Below the speed of sound: {LONG}"),
        (
            "What happens with a shock at the exit of the nozzle?",
            f"Above the speed of sound: {LONG}",
        ),
    )


REAL_DECKS = (
    (
        ("How do you write A or B in Boolean algebra?", "A + B"),
        ("How do you write A and B in Boolean algebra?", "AB or A.B"),
    ),
    (
        ("Are you allowed to copy software under an open source licence?", "Yes"),
        ("Are you allowed to modify software that is protected under an open source licence?", "Yes"),
    ),
    (
        (
            "How do I apply $\\textbf{R}_{BE}$?",
            "It turns a vector of the earth's frame into the aircraft's: multiply",
        ),
        (
            "How do I apply $\\textbf{R}_{EB}$?",
            "It turns a vector of the aircraft's frame into the earth's: multiply",
        ),
    ),
    (
        ("What do the variables of $C_T = k (1-e)$ mean?", f"The slope for a fixed stick, {LONG}"),
        ("What do the variables of $C_T = \\bar{k} (1-e)$ mean?", f"The slope for a free stick, {LONG}"),
    ),
    (
        ("How do we make a velocity dimensionless?", "Divide by $V_0$"),
        ("How do we make an angular velocity dimensionless?", "Divide by $\\frac{V_0}{c}$"),
    ),
    (
        (
            "What is the difference of two sets A and B?",
            "The elements that belong to A and not to B: the set of those",
        ),
        (
            "What is the symmetric difference of two sets A and B?",
            "The symmetric difference holds the elements that belong to one of A and B: those not in both",
        ),
    ),
    (
        ("What are the drawbacks of the waterfall model?", f"- a change is hard\n- late delivery, {LONG}"),
        (
            "What are the drawbacks of the iterative model?",
            f"As with the waterfall, but more often:\n- a change is hard\n- late delivery, {LONG}",
        ),
    ),
    (
        ("What does a full adder look like? (all gates)", "![](https://i.example/zB79RsC.png)"),
        ("What does a full adder look like? (half adders)", "![](https://i.example/ylQiHvD.png)"),
    ),
    (
        (
            "What is the scope of an internal member of a class?",
            "It exposes its members to other functions in the current assembly. [Back](#top)",
        ),
        (
            "What is the scope of a protected internal member of a class?",
            "It hides its members from others, except a protected child, in the current assembly. [Back](#top)",
        ),
    ),
    (
        ("How is a matrix shown? ![](Pasted%20image%2020250313104910.png)", "Row by row"),
        ("How is a matrix shown? ![](Pasted%20image%2020250313104948.png)", "Column by column"),
    ),
    (
        ("Which bone of the hand is this one?", "![](Pasted image 20250313104910.png)"),
        ("Which bone of the foot is this one?", "![](Pasted image 20250313104948.png)"),
    ),
)
"""Of the kind that stand beside each other in decks: a word more, or another, makes another thing."""


def pairs_of_real_decks() -> Iterator[tuple[Text, Text]]:
    """Those of real decks, in both directions."""
    for one, other in REAL_DECKS:
        yield one, other
        yield other, one


def card(key: str, text: Text, path: str, line: int, kind: str = "basic") -> Card:
    return Card(key, kind, "qa", "explicit", *text, "", Span(path, line), ())  # type: ignore[arg-type]


def linked(before: Sequence[Card], after: Sequence[Card]) -> list[tuple[str, str]]:
    told = {one.key: one.front for one in (*before, *after)}
    return [(told[link.source], told[link.target]) for link in relink(map(known, before), after)]


@pytest.mark.parametrize(
    "pairs", [capitals, formulas, negations, numbers, sisters, pairs_of_real_decks], ids=lambda made: made.__name__
)
def test_none_gets_the_history_of_another(pairs) -> None:
    for old, new in pairs():
        for path, line in (("n.md", 5), ("n.md", 9), ("m.md", 5)):
            assert linked([card("old", old, "n.md", 5)], [card("new", new, path, line)]) == []
