"""What one edit puts before or after many prompts is no part of any; a picture is known by its name."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

WORDS = ["stín", "byt", "kino", "bar", "strana", "velmi"]
BACKS = ["der Schatten", "die Wohnung", "das Kino", "die Bar", "die Seite", "sehr"]


def card(key: str, front: str, back: str, line: int = 1) -> Card:
    return Card(key, "basic", "qa", "explicit", front, back, "", Span("n.md", line), ())


def deck(form: str, *, sign: str) -> list[Card]:
    pairs = zip(WORDS, BACKS, strict=True)
    return [card(f"{sign}{at}", form.format(word), back, 3 * at) for at, (word, back) in enumerate(pairs)]


@pytest.mark.parametrize("form", ["(My deck)\n\n{}", "{} #vocabulary", "Translate: {}"])
def test_what_many_prompts_have_gained_or_lost_alike_costs_no_history(form: str) -> None:
    plain, more = deck("{}", sign="-"), deck(form, sign="+")
    gained = {link.source: link.target for link in relink(map(known, plain), more)}
    assert gained == {f"-{at}": f"+{at}" for at in range(len(WORDS))}
    lost = {link.source: link.target for link in relink(map(known, more), plain)}
    assert lost == {f"+{at}": f"-{at}" for at in range(len(WORDS))}


def test_many_prompts_that_gained_the_same_words_and_other_answers_are_other_cards() -> None:
    before = deck("{}", sign="-")
    after = [card(f"+{at}", f"plural of {word}", f"die {word}en", 3 * at) for at, word in enumerate(WORDS)]
    assert relink(map(known, before), after) == []


@pytest.mark.parametrize("form", ["Not so: which {} is it", "which {} is it not", "never which {} is it"])
def test_many_prompts_that_are_negated_alike_are_other_cards(form: str) -> None:
    plain, more = deck("which {} is it", sign="-"), deck(form, sign="+")
    assert relink(map(known, plain), more) == []
    assert relink(map(known, more), plain) == []


def test_the_same_picture_with_words_beside_it_is_the_same_answer() -> None:
    old = card("-", "How is a histogram made in parallel?", "![](../img/Pasted%20image%2020250313.png)")
    front = "How is the histogram made in parallel, and what does it cost?"
    new = card(
        "+", front, "1. each thread counts\n2. sums are added\n\n![|300](../../img/Pasted%20image%2020250313.png)"
    )
    other = card("+", front, "1. each thread counts\n2. sums are added\n\n![](../img/Pasted%20image%2020250314.png)")
    assert [link.target for link in relink([known(old)], [new])] == ["+"]
    assert relink([known(old)], [other]) == []


def test_a_prompt_that_stands_whole_in_a_longer_one_with_the_same_long_answer_is_the_same() -> None:
    told = "Holds for an ideal gas without friction: heat must not cross the walls, and the flow has to be steady"
    before = card("-", "State its limits", told)
    after = card(
        "+", "For the equation $T = T_0 \\frac{2}{\\gamma+1}$:\n- Name its variables\n- State its limits", told
    )
    assert [link.target for link in relink([known(before)], [after])] == ["+"]


def test_a_longer_prompt_that_negates_the_one_within_it_is_another() -> None:
    told = "Holds for an ideal gas without friction: heat must not cross the walls, and the flow has to be steady"
    plain = card("-", "It is an isentropic flow", told)
    negated = card("+", "It is not the case that it is an isentropic flow", told)
    assert relink([known(plain)], [negated]) == []


@pytest.mark.parametrize("form", ["In 2 dimensions: {}", "{} in 3D", "12 × {}"])
def test_a_number_that_many_prompts_have_gained_alike_makes_other_cards_of_them(form: str) -> None:
    plain, more = deck("{}", sign="-"), deck(form, sign="+")
    assert relink(map(known, plain), more) == []
    assert relink(map(known, more), plain) == []


@pytest.mark.parametrize("form", ["Lecture 3: {}", "Week 12 – {}", "Chapter 4.2\n\n{}", "Kapitel 7: {}"])
def test_the_number_of_a_chapter_costs_no_history(form: str) -> None:
    found = {link.source: link.target for link in relink(map(known, deck("{}", sign="-")), deck(form, sign="+"))}
    assert found == {f"-{at}": f"+{at}" for at in range(len(WORDS))}
