"""What the words of the notes tell of two that look alike: a slip that was mended, or another word."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink


def card(key: str, front: str, back: str, line: int, topic: str = "", kind: str = "basic") -> Card:
    return Card(key, kind, "qa", "explicit", front, back, topic, Span("n.md", line), ())  # type: ignore[arg-type]


def goes_on(
    before: tuple[str, str],
    after: tuple[str, str],
    *,
    topic: str = "",
    kind: str = "basic",
    beside: tuple[tuple[str, str], ...] = (),
) -> bool:
    """Whether a card goes on as another, below and above cards that stayed."""
    told = (("Who stays above?", "This one."), *beside, ("Who stays below?", "That one."))
    stayed = [card(f"stay{at}", *one, 10 * at + 1, "", kind) for at, one in enumerate(told)]
    links = relink(
        [known(card("-", *before, 5, topic, kind))],
        [card("+", *after, 5, topic, kind)],
        [(known(one), one) for one in stayed],
    )
    return [(link.source, link.target) for link in links] == [("-", "+")]


SLIPS = [
    ("What is a casual chain?", "What is a causal chain?", "causal"),
    ("Where is the prostrate gland?", "Where is the prostate gland?", "prostate"),
    ("What does the brian need most?", "What does the brain need most?", "brain"),
]


@pytest.mark.parametrize(("slip", "mended", "word"), SLIPS)
def test_a_word_that_no_text_has_is_a_slip_for_one_of_the_notes(slip: str, mended: str, word: str) -> None:
    beside = (f"Name a part of the {word}", "Its root"), (f"What moves the {word}?", "A push")
    for asked in ((slip, mended), (mended, slip)):
        before, after = ((one, "Clear water") for one in asked)
        assert goes_on(before, after, beside=beside)
        assert goes_on(before, after, topic=f"The {word}")
    assert goes_on((slip, f"Clear {word} water"), (mended, f"Clear {word} water"))


@pytest.mark.parametrize(("one", "other", "word"), SLIPS)
def test_two_words_that_the_notes_have_both_are_two(one: str, other: str, word: str) -> None:
    slip = next(token for token in one.split() if token not in other)
    beside = (f"Name a part of the {word}", "Its root"), (f"The {slip}", "A push")
    assert not goes_on((one, "Clear water"), (other, "Clear water"), beside=beside, topic=f"The {word}")
    assert not goes_on((one, f"{slip} and {word}"), (other, f"{slip} and {word}"))


def test_two_names_of_the_notes_that_differ_in_a_letter_are_two_things() -> None:
    before, after = ("Where does the Ister rise?", "In the hills"), ("Where does the Isper rise?", "In the hills")
    assert goes_on(before, after)
    assert not goes_on(before, after, beside=(("The Ister", "A long river"), ("Isper", "A brook")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("What is the norm of a plane?", "What is the normal of a plane?"),
        ("What is the person in this text?", "What is the personal in this text?"),
    ],
)
def test_an_adjective_that_stands_as_a_noun_is_another_thing(before: str, after: str) -> None:
    assert not goes_on((before, "A length"), (after, "A length"))
    assert not goes_on((after, "A length"), (before, "A length"))


def test_an_adjective_before_a_noun_says_what_the_noun_said() -> None:
    assert goes_on(("What is the atom mass of lead?", "207"), ("What is the atomic mass of lead?", "207"))


# -- whether a thing is so -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Is 51 prime?", "Is 51 a prime number?"),
        ("Is the heap stable?", "Is the heap a stable sort?"),
    ],
)
def test_what_is_so_is_a_thing_that_is_so(before: str, after: str) -> None:
    assert goes_on((before, "No"), (after, "No"))
    assert goes_on((after, "No"), (before, "No"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Is 51 prime?", "Is 57 a prime number?"),
        ("Is 51 prime?", "Is 51 an odd number?"),
        ("Is 51 prime?", "Is 51 never a prime number?"),
        ("Is the heap stable?", "Is the list a stable sort?"),
    ],
)
def test_what_is_so_otherwise_is_another_question(before: str, after: str) -> None:
    assert not goes_on((before, "No"), (after, "No"))
    assert not goes_on((after, "No"), (before, "No"))


# -- numbers that count, and numbers that name ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("Name the layers of the store (2)", "Name the layers of the store (3)", True),
        ("Which layers are there? (2) to be read again", "Which layers are there? (3) to be read again", True),
        ("Advantages(2)", "Advantages(3)", True),
        ("列出存储的优点(2)", "列出存储的优点(3)", True),
        ("What is f(2)", "What is f(3)", False),
        ("Compute sin (2)", "Compute sin (3)", False),
        ("Compute g (2)", "Compute g (3)", False),
        ("Compute sqrt(2)", "Compute sqrt(3)", False),
    ],
)
def test_how_many_are_asked_for_is_no_argument_of_a_function(before: str, after: str, kept: bool) -> None:
    told = "near and far, with a third one between them"
    assert goes_on((before, told), (after, told)) is kept
    assert goes_on((after, told), (before, told)) is kept


@pytest.mark.parametrize("law", ["Article", "§", "Art.", "Section", "Artikel", "Статья"])
def test_the_article_of_a_law_goes_by_its_number(law: str) -> None:
    told = "No house is entered by night, but where the owner calls for help or a fire can be seen from the street"
    assert goes_on(("Tip 5", told), ("Tip 6", told))
    assert not goes_on((f"{law} 5", told), (f"{law} 6", told))


# -- options that several questions have ------------------------------------------------------------------------------

LIST = "\n".join(f"- the {one} keeps its pages by age, and drops what was not read" for one in ("near", "far", "old"))


def choice(asked: str, told: str) -> tuple[str, str]:
    return f"{asked}\n{LIST}", told


def test_options_that_several_questions_have_tell_none_of_them() -> None:
    near, far = (f"the {one} keeps its pages by age, and drops what was not read" for one in ("near", "far"))
    before = choice("Which store holds the pages that a reader asked for today?", near)
    after = choice("Which store holds the pages that a keeper lost today?", far)
    mended = choice("Which store holds the pages that a reader asks for today?", near)
    beside = (choice("Who is in front of the door?", near), choice("Who is behind the wall?", far))
    assert not goes_on(before, after, kind="choice", beside=beside)
    assert goes_on(before, mended, kind="choice", beside=beside)
    assert goes_on(before, mended, kind="choice")
