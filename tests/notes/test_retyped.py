"""Prompts that were only typed otherwise go on; those that are nearly typed alike and ask another thing do not."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink
from studytool.notes.respelt import respelt, slipped

TOLD = "It looks at what was watched before, counts who would watch it, and asks for the price of the series"
OTHER = "Nobody can say beforehand; most of what is made is dropped within a year, and the rest pays for all"
BLOCK, ANOTHER = "((63d511b2-870b-4a08-a2b4-3ea0f6aa5178))", "((63d511b2-870b-4a08-a2b4-3ea0f6aa5999))"


def card(key: str, front: str, back: str, path: str = "n.md", topic: str = "", line: int = 5) -> Card:
    return Card(key, "basic", "qa", "explicit", front, back, topic, Span(path, line), ())


def goes_on(before: tuple[str, str], after: tuple[str, str], path: str = "n.md", topic: str = "") -> bool:
    """Whether a card goes on as another that stands in the note `path`, the first of them in `n.md`."""
    return bool(relink([known(card("-", *before, topic=topic))], [card("+", *after, path, topic)]))


@pytest.mark.parametrize(
    ("before", "after", "told", "retold"),
    [
        ("You are Net ix. Which series would you buy?", "You are Netflix. Which series would you buy?", TOLD, TOLD),
        ("How do the di erent ways di er in price?", "How do the different ways differ in price?", TOLD, TOLD),
        ("Why is a table of 10,000 rows slow to read?", "Why is a table of 10, 000 rows slow to read?", TOLD, TOLD),
        ("1.10 Why are series bought?", "Why are series bought?", TOLD, f"Briefly: {TOLD}"),
        ("Why are series bought?", "2.3.1 Why are series bought?", TOLD, f"Briefly: {TOLD}"),
        ("Why are series bought?", "2.3. - Why are series bought?", TOLD, f"Briefly: {TOLD}"),
        ("1.7 Why are series bought?", "1.2.2 Why are series bought?", TOLD, f"{TOLD} again"),
        ("1-7 Why are series bought?", "1.7 Why are series bought?", TOLD, TOLD),
        ("What library actually runs the agents?", "What library actually runs the agent?", TOLD, f"Briefly: {TOLD}"),
        ("¿Qué programa ejecuta los agentes lentos?", "¿Qué programas ejecuta los agente lentos?", TOLD, f"Es: {TOLD}"),
        ("What is the 'early price' of a series?", "What Is The Early Price Of A Series", TOLD, OTHER),
        ("Can one buy a series at a later price?", "Can One Buy A Series At A Later Price", TOLD, OTHER),
        ("In how many ways may a node be sold?", "In how many ways may a $n$ode be sold?", TOLD, OTHER),
        ("What is 'Z-Rating'?", "What Is Z-rating", TOLD, OTHER),
        ("What is 'A-Rating'?", "What Is A-rating", TOLD, OTHER),
        ("What is a 'price list'?", "**Price list**", TOLD, OTHER),
        ("Was ist eine 'zweite Staffel'?", "Zweite Staffel", TOLD, OTHER),
        (f"{BLOCK} Every small series pays in the end.", "Every small series pays in the end.", TOLD, TOLD),
    ],
)
def test_a_prompt_that_was_typed_otherwise_goes_on(before: str, after: str, told: str, retold: str) -> None:
    assert goes_on((before, told), (after, retold))
    assert goes_on((after, retold), (before, told))


def test_the_number_of_a_section_tells_nothing_in_a_note_that_was_renamed_with_it() -> None:
    assert goes_on(("3.1 What is a series?", TOLD), ("10.1 What is a series?", TOLD), "m.md")
    assert not goes_on(("3.1 What is a series?", "Shows"), ("10.1 What is a series?", "Shows"), "m.md")
    assert not goes_on(("3.1 What is a series?", TOLD), ("10.1 What is a series?", OTHER), "m.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.10 Why are series bought?", "1.11 Why are series bought?"),
        ("1.7 Why are series bought?", "1.2.2 Why are series bought?"),
        ("Is 2.5 enough for the reader?", "Is enough for the reader?"),
        ("1.7 - Why are series bought?", "1.2. - Why are series bought?"),
        ("What is found in the wall of the arteries?", "What is found in the wall of the arterioles?"),
        ("Which plane was it that they drew first?", "Which plan was it that they drew first?"),
        ("Why is a table of 10,000 rows slow to read?", "Why is a table of 10, 500 rows slow to read?"),
        ("How do you write this and that in letters?", "How do you write this or that in letters?"),
        ("Which port does HTTP use by default?", "Which port does HTTPS use by default?"),
        ("Who is it that the prince of Wales meets?", "Who is it that the princes of Wales meets?"),
        (f"{BLOCK} Theorem.", f"{ANOTHER} Theorem."),
        ("Which Plan A Price Is Named In The Old Contract?", "Which Plan Price Is Named In The Old Contract?"),
        ("What is f' of the price in the early years?", "What is f of the price in the early years?"),
        ("What is a 'price list'?", "Price lists of others"),
        ("Why is a price list old?", "Price list"),
        ("What is 'gU'?", "What is 'gu'?"),
        ("What does `int *p` declare in this early program?", "What does `int p` declare in this early program?"),
    ],
)
def test_a_prompt_that_is_nearly_typed_alike_is_another_with_another_answer(before: str, after: str) -> None:
    assert not goes_on((before, TOLD), (after, OTHER))
    assert not goes_on((after, OTHER), (before, TOLD))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Which port does HTTP use by default, of all?", "Which port does HTTPS use by default, of all?"),
        ("Who reads a tank of 1.5 litres of water?", "Who reads a tank of 15 litres of water?"),
        ("What do the numbers 1 23 and 4 say here?", "What do the numbers 12 3 and 4 say here?"),
    ],
)
def test_a_name_or_a_number_that_is_another_asks_for_something_else(before: str, after: str) -> None:
    assert not goes_on((before, TOLD), (after, TOLD))
    assert not goes_on((after, TOLD), (before, TOLD))


def test_a_negation_that_became_a_part_of_a_word_asks_for_something_else() -> None:
    before, after = (f"Which of the many series was {what} to those who paid?" for what in ("not able", "notable"))
    assert not goes_on((before, TOLD), (after, TOLD))


@pytest.mark.parametrize("asked", ["{}", "What does the {} do?", "Muscles of the leg: {}: action"])
def test_another_thing_in_another_note_is_another_card_with_the_same_answer(asked: str) -> None:
    one, other = ((asked.format(f"gluteus {name}"), TOLD) for name in ("medius", "minimus"))
    assert not goes_on(one, other, "m.md")
    assert not goes_on(other, one, "m.md")
    assert goes_on(one, (f"{one[0]} ", f"{TOLD}, or so"), "m.md")


@pytest.mark.parametrize("asked", ["Example: print", "How is a line printed?"])
def test_a_heading_that_was_put_in_leaves_a_card_only_with_its_answer(asked: str) -> None:
    bare, headed = f"Go: {asked}", f"Go › Rust: {asked}"
    told, retold = "It prints the line and then ends", "It prints the line twice and then ends"
    for one, other in ((bare, headed), (headed, bare)):
        assert goes_on((one, told), (other, told), topic="Go")
        assert not goes_on((one, told), (other, retold), topic="Go")
        assert not goes_on((one, "A line."), (other, "A line."), topic="Go")


def test_a_word_that_stands_in_several_notes_tells_no_card_by_itself() -> None:
    between, another = card("=", "What stays between?", "This does.", line=50), card("~", "Proof", "By hand.", "m.md")

    def goes(front: str, line: int, *stayed: Card, second: bool = False) -> bool:
        old, come = card("-", front, TOLD), [card("+", front, OTHER, line=line)]
        if second:
            come.append(card("first", "Is this one older than the other?", "It came first.", line=line - 1))
        return bool(relink([known(old)], come, [(known(one), one) for one in (between, *stayed)]))

    assert goes("Proof", 90)
    assert goes("Proof", 7, another)
    assert not goes("Proof", 8, another, second=True)
    assert not goes("Proof", 90, another)
    assert goes("Why are so many series never watched?", 90, another)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (
            ("Crossing Claw 🔀🦅", "![[Crossing Claw 🔀🦅#Steps]]"),
            ("Crossing Claw ❌🦅", "![[Crossing Claw ❌🦅#Steps]]"),
            True,
        ),
        (("Evading the Storm 🏃‍♀️⛈️", "Left, then under it"), ("Evading the Storm 🏃⛈️", "🏃 Left, then under it"), True),
        (("Which country has this flag: 🇫🇷?", "France"), ("Which country has this flag: 🇳🇪?", "Niger"), False),
        (("Grip 🔀", "![[Grip 🔀#Steps]]"), ("Grip ❌", "![[Grip ❌#Video]]"), False),
    ],
)
def test_emoji_decorate_a_name_and_tell_what_is_asked_where_the_answer_is_another(
    before: tuple[str, str], after: tuple[str, str], *, kept: bool
) -> None:
    assert goes_on(before, after) == goes_on(after, before) == kept


WHOLE = "¿Qué guardaría usted en la memoria más próxima al lector?"


@pytest.mark.parametrize(
    "broken", ["".join(sign if sign.isascii() else "?" for sign in WHOLE), WHOLE.encode().decode("cp1252")]
)
def test_a_prompt_that_was_read_in_a_wrong_encoding_goes_on(broken: str) -> None:
    retold = "Páginas leídas hace poco, y las que otros piden una y otra vez"
    assert goes_on((broken, TOLD), (WHOLE, retold))
    assert goes_on((WHOLE, TOLD), (broken, retold))
    assert not goes_on((broken, TOLD), (WHOLE.replace("próxima al", "lejana del"), retold))


def test_the_number_of_a_section_before_a_single_sign_tells_nothing() -> None:
    assert goes_on(("3.2.2 从 近处的存储 如何读取？", TOLD), ("3.3.2 从 近处的存储 如何读取？", TOLD))
    assert not goes_on(("3.2.2 从 近处的存储 如何读取？", TOLD), ("3.3.2 从 远处的存储 如何写入？", f"{TOLD}, or none"))


def test_a_number_that_no_blank_parts_from_its_question_moves_with_it() -> None:
    assert goes_on(("3.什么时候读取远处的存储？", TOLD), ("8.什么时候读取远处的存储？", TOLD))
    assert not goes_on(("3.什么时候读取远处的存储？", TOLD), ("8.怎么样写入近处的缓存？", "nobody knows"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wie groß ist der Fluß für Öl?", "Wie gross ist der Fluss fuer Oel?"),
        ("Wie größer ist Köln?", "Wie grosser ist Koln?"),
        ("¿Qué órgano produce la bilis?", "Que organo produce la bilis?"),
        ("Où est né Molière ?", "Ou est né Moliere ?"),
        ("The number of layers", "The no. of layers"),
        ("Is this the maximum?", "Is this the max.?"),
        ("Condition number", "Condition no."),
        ("Wo fließt das meiste, zählen wir alle?", "Wo fliesst das meiste, zaehlen wir alle?"),
        ("Où est la mère de Molière ?", "Ou est la mere de Moliere ?"),
        ("At the approximate (minimum) of it", "At the approx. (min.) of it"),
    ],
)
def test_marks_and_cut_words_make_no_other_prompt(one: str, other: str) -> None:
    assert respelt(one, other)
    assert respelt(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is a category", "What is a cat."),
        ("The number of layers", "No number of layers"),
        ("Is this the maximum?", "Is this the min.?"),
        ("мой дом", "мои дом"),
        ("Der Vater", "Die Väter"),
        ("Papá dice", "Pápa dice"),
        ("Was kann man zahlen?", "Was kann man zählen?"),
        ("Où est la mer ?", "Où est la mère ?"),
        ("Say it twice", "Say it"),
        ("Say it twice", "Say it twice"),
    ],
)
def test_another_word_is_no_spelling_of_it(one: str, other: str) -> None:
    assert not respelt(one, other)
    assert not respelt(other, one)


def test_words_of_a_list_that_differ_in_a_mark_have_an_answer_each() -> None:
    assert goes_on(("schön", "beautiful, of a day"), ("schoen", "beautiful, of a day"))
    assert not goes_on(("schön", "beautiful"), ("schon", "already"))
    assert not goes_on(("Qual é o avô da menina?", "O velho"), ("Qual é o avo da menina?", "Uma fração de doze"))


@pytest.mark.parametrize(
    ("slip", "meant", "answer"),
    [
        ("Why does it not learn withuot a bias?", "Why does it not learn without a bias?", TOLD),
        ("What cannnot be parted by a line?", "What cannot be parted by a line?", "Exclusive or"),
        ("What did the frst network learn?", "What did the first network learn?", "To see edges"),
        ("Name thre causes of the revolt.", "Name three causes of the revolt.", "Debt, hunger and taxes"),
        ("Quel est le premmier principe ?", "Quel est le premier principe ?", "La conservation"),
    ],
)
def test_a_slip_in_a_number_or_a_negation_is_corrected(slip: str, meant: str, answer: str) -> None:
    assert goes_on((slip, answer), (meant, answer))
    assert goes_on((meant, answer), (slip, answer))
    assert not goes_on((slip, answer), (meant, OTHER))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Why does it learn without a bias?", "Why does it learn within a bias?"),
        ("When does it never come to rest?", "When does it ever come to rest?"),
        ("What did the first network learn?", "What did the fifth network learn?"),
        ("Which are the three networks here?", "Which are there three networks here?"),
        ("What does it not need?", "What does it now need?"),
        ("Which are the tree methods of it?", "Which are the three methods of it?"),
    ],
)
def test_a_number_and_a_negation_that_are_others_are_no_slips(one: str, other: str) -> None:
    assert not slipped(one, other)
    assert not slipped(other, one)


def test_what_stands_in_another_card_too_is_no_slip() -> None:
    one, other = "Why does it have newer parts in it?", "Why does it have never parts in it?"
    near = card("=", "Which layers are newer ones?", "Those of attention", line=9)
    before, after = card("-", one, "Boosting and bagging"), card("+", other, "Boosting and bagging")
    assert relink([known(before)], [after])
    assert not relink([known(before)], [after], [(known(near), near)])


def test_a_prompt_in_capitals_has_no_names_in_it() -> None:
    assert goes_on(("THE USES OF AN ETHER IN THIS NET", TOLD), ("THE PURPOSES OF AN ETHER IN THIS NET", TOLD))
    assert not goes_on(("Uses of a ReLU", TOLD), ("Uses of a GELU", TOLD))
