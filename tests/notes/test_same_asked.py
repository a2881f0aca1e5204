"""Prompts that ask the same though they begin, are numbered or are drawn otherwise: what goes on, and what does not."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

TOLD = "It keeps what was read near the reader, and drops the oldest of it as soon as there is no more room"
RETOLD = "Two parts: a map from keys to pages, and a list by age; both are guarded by one lock, so readers may wait"


def card(key: str, front: str, back: str, line: int, topic: str = "", kind: str = "basic") -> Card:
    return Card(key, kind, "qa", "explicit", front, back, topic, Span("n.md", line), ())  # type: ignore[arg-type]


ABOVE, BELOW = card("above", "Who stays above?", "This one.", 1), card("below", "Who stays below?", "That one.", 99)


def goes_on(
    before: tuple[str, str],
    after: tuple[str, str],
    *,
    line: int = 5,
    topic: str = "",
    kind: str = "basic",
    extra: tuple[Card, ...] = (),
) -> bool:
    """Whether a card goes on as another, between cards that stayed."""
    links = relink(
        [known(card("-", *before, 5, topic, kind))],
        [card("+", *after, line, topic, kind), *extra],
        [(known(one), one) for one in (ABOVE, BELOW)],
    )
    return [(link.source, link.target) for link in links] == [("-", "+")]


# -- how a request begins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Explain how an exact copy is read from the store", "How is an exact copy read from the store?"),
        (
            "Describe the role of the near store in reading",
            "Can you please explain the role of the near store in reading?",
        ),
        ("Explain why the far store is read last", "Why is the far store read last?"),
        ("Popiš krok od automatu ke gramatice", "Jaký je krok od automatu ke gramatice?"),
        ("Объясните устройство ближней памяти процессора", "Какое устройство ближней памяти процессора?"),
    ],
)
def test_a_request_that_begins_otherwise_goes_on_with_an_answer_that_was_written_anew(before: str, after: str) -> None:
    assert goes_on((before, TOLD), (after, RETOLD))
    assert goes_on((after, TOLD), (before, RETOLD))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Explain how the near store is read", "Explain why the near store is read"),
        ("Explain when the near store is read", "Explain the near store that is read"),
        ("Explain how pages move from the near store", "How do pages move to the near store?"),
        ("Explain how the near store asks the far store", "How does the far store ask the near store?"),
        ("Describe the near store of a reader", "Describe the near store of a writer"),
        ("Explain the 2 parts of the store", "What are the 3 parts of the store?"),
    ],
)
def test_a_request_for_something_else_inherits_nothing(before: str, after: str) -> None:
    assert not goes_on((before, TOLD), (after, RETOLD))
    assert not goes_on((after, TOLD), (before, RETOLD))


def test_what_the_title_of_a_note_says_is_asked_of_it_anyway() -> None:
    before, after = "Explain the role of the offset in reading", "What is the role of the offset in reading in Kafka?"
    assert goes_on((before, TOLD), (after, RETOLD), topic="Kafka")
    assert not goes_on((before, TOLD), (after, RETOLD), topic="Storm")
    for one, other in (("lazy", "eager"), ("eager", "lazy")):
        asked = [f"What is the use of {kind} stores in reading?" for kind in (one, other)]
        assert not goes_on((asked[0], TOLD), (asked[1], RETOLD), topic="Lazy and eager stores")
        assert not goes_on((asked[0], TOLD), (asked[1], RETOLD), topic="Lazy eager stores")


# -- numbers before a question, and numbers that are all of it --------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("问题 5：什么时候读取远处的存储？", "问题 4：什么时候读取远处的存储？"),
        ("第 4 期：什么时候读取远处的存储？", "第 3 题：什么时候读取远处的存储？"),
        ("Frage 7: Wann wird der ferne Speicher gelesen?", "Frage 5: Wann wird der ferne Speicher gelesen?"),
        ("7、什么时候读取远处的存储？", "5、什么时候读取远处的存储？"),
    ],
)
def test_the_number_before_a_question_moves_with_it(before: str, after: str) -> None:
    assert goes_on((before, TOLD), (after, TOLD), line=50)
    assert goes_on((before, TOLD), (after, f"{TOLD} and no sooner"), line=50)
    assert not goes_on((before, TOLD), (after, RETOLD), line=50)
    other = after.replace("什么时候读取", "怎么样写入").replace("Wann wird", "Wie wird").replace("gelesen", "geleert")
    assert not goes_on((before, TOLD), (other, RETOLD), line=50)


def test_a_ratio_is_no_number_before_a_question() -> None:
    assert not goes_on(("3：2 的屏幕有多宽？", "Nine"), ("4：2 的屏幕有多宽？", "Twelve"))


def test_an_entry_that_is_known_by_its_number_goes_where_its_answer_goes() -> None:
    assert goes_on(("Tip 150", TOLD), ("Tip 157", TOLD), line=50)
    assert not goes_on(("Tip 150", TOLD), ("Tip 157", RETOLD))
    assert not goes_on(("Tip 150", TOLD), ("Rule 157", TOLD), line=50)
    assert not goes_on(("Tip 150", TOLD), ("Tip 157", TOLD), extra=(card("twin", "Tip 160", TOLD, 20),))
    assert not goes_on(("Room 150", "the red one"), ("Room 157", "the red one"))


def test_an_entry_that_is_replaced_under_its_number_starts_anew() -> None:
    assert not goes_on(("Tip 54", TOLD), ("Tip 54", RETOLD))
    assert goes_on(("Tip 54", TOLD), ("Tip 54", f"Mostly: {TOLD}, unless it is asked for again"))
    assert goes_on(("Tip 54", "four"), ("Tip 54", "five"))
    assert goes_on(("Tip 54", "![[a.png]] ![[b.png]]"), ("Tip 54", "![[c.png]] ![[d.png]]"))


# -- pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_that_is_added_to_an_answer_leaves_it_as_it_is() -> None:
    told = "states become letters and steps become rules"
    before, after = "Describe the step to a grammar", "How does one get a grammar from it, step by step?"
    assert goes_on((before, told), (after, f"{told}\n\n![[steps.png]]"))
    assert not goes_on((before, told), (after, "rules become steps, and letters states\n\n![[steps.png]]"))


def test_a_picture_that_no_other_card_has_tells_a_card_whose_prompt_was_put_anew() -> None:
    before, after = "When does it grow as fast?", "Definition: tight bound"
    assert goes_on((before, "![[bound.png]]"), (after, "![[bound.png]]"))
    assert not goes_on((before, "![[bound.png]]"), (after, "![[limit.png]]"))
    assert not goes_on((before, "bound"), (after, "bound"))
    twin = card("twin", "What is drawn here?", "![[bound.png]]", 20)
    assert not goes_on((before, "![[bound.png]]"), (after, "![[bound.png]]"), extra=(twin,))


# -- a case with options --------------------------------------------------------------------------------------------

CASE = (
    "A library moves its papers to a new hall. Every paper has to be found within a minute, none may leave the hall "
    "without a mark, and the keeper of the hall must see on each evening who has read what. The old lists are kept in "
    "the Oslo desk, and nobody can read them from there. Which step should the keeper take first of all?"
)
OPTIONS = "\n- a list on paper\n- a list by the door\n- a guard at the desk"


def test_a_case_goes_on_where_its_options_were_drawn_and_are_told() -> None:
    before = f"{CASE}\n![the desk](q1.png)\n- A\n- B\n- C"
    assert goes_on((before, "A"), (f"{CASE}{OPTIONS}", "a list on paper"), kind="choice")
    assert not goes_on((before, "A"), (f"{CASE.replace('first', 'last')}{OPTIONS}", "a guard"), kind="choice")
    another = f"{CASE}\n![the desk](q2.png)\n- A\n- B\n- C"
    assert not goes_on((before, "A"), (another, "B"), kind="choice")


def test_a_case_in_which_a_name_was_put_right_goes_on_with_its_options() -> None:
    renamed = CASE.replace("Oslo", "Bergen")
    assert goes_on((f"{CASE}{OPTIONS}", "a list on paper"), (f"{renamed}{OPTIONS}", "a list on paper"), kind="choice")
    others = "\n- a bell\n- a lamp\n- a rope"
    assert not goes_on((f"{CASE}{OPTIONS}", "a list on paper"), (f"{renamed}{others}", "a bell"), kind="choice")
    assert not goes_on((f"{CASE}\n- Yes\n- No", "No"), (f"{renamed}\n- Yes\n- No", "No"), kind="choice")


# -- a question that became a heading -------------------------------------------------------------------------------


def test_a_part_of_an_answer_under_the_question_that_is_a_heading_now_starts_anew() -> None:
    whole, part = f"Two parts. What it mends: {TOLD}. Who is in it: a reader, a writer, a keeper.", TOLD
    asked, named = "What is the near store? What does it mend?", "What does it mend"

    def linked(*headings: str) -> bool:
        new = Card("+", "basic", "qa", "explicit", named, part, "", Span("n.md", 7), headings)
        stayed = [(known(one), one) for one in (ABOVE, BELOW)]
        return bool(relink([known(card("-", asked, whole, 5))], [new], stayed))

    assert linked()
    assert linked("Stores")
    assert not linked("Stores", f"Q: {asked}")


def test_a_question_that_is_a_heading_now_goes_on_as_its_subject_below_it() -> None:
    asked = "What is the cold start problem of a near store?"
    whole = f"**Cold start problem**: {TOLD}. It ends when all pages were read once."
    new = Card("+", "basic", "qa", "explicit", "Cold start problem", TOLD, "", Span("n.md", 7), ("Stores", asked))
    assert relink([known(card("-", asked, whole, 5))], [new], [(known(one), one) for one in (ABOVE, BELOW)])


@pytest.mark.parametrize(
    ("before", "after", "topic"),
    [
        (
            ("When can a tenant end the lease early?", "With three months' notice"),
            ("When must a tenant end the lease early?", "On the sale of the house"),
            "Leases",
        ),
        (
            ("Which books stand on the upper shelf?", "The atlases"),
            ("Which books stand at the upper shelf?", "All novels"),
            "Library",
        ),
        (
            ("What kills cancer cells in the body?", "T cells"),
            ("What kills cancer in the body?", "Surgery and radiation"),
            "Cells",
        ),
        (
            ("What is the fastest sorting algorithm?", "Quicksort on average"),
            ("What is the fastest algorithm?", "Hashing"),
            "Sorting",
        ),
    ],
)
def test_what_may_or_must_be_where_it_is_and_of_which_part_it_is_asked_are_other_questions(
    before: tuple[str, str], after: tuple[str, str], topic: str
) -> None:
    assert not goes_on(before, after, topic=topic)


# -- what differs, and what a thing is ---------------------------------------------------------------------------------

FIRST = "One is kept near the reader and is dropped early; the other one waits in the cellar for whoever comes"
SECOND = "The near shelf is quick. Nobody counts pages in a cellar, but a lock at its door keeps order at night"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Near store vs far store?", "What is the difference between the near store and the far store?"),
        ("What is diff b/w Shelf and Cellar ?", "What is the difference between `Shelf` and `Cellar`?"),
        ("What is the difference between Shelf vs Cellar?", "How do Cellar and Shelf differ?"),
        ("Unterschied zwischen Regal und Keller", "Was ist der Unterschied zwischen Keller und Regal?"),
    ],
)
def test_things_that_are_compared_go_on_however_it_is_asked_how_they_differ(before: str, after: str) -> None:
    assert goes_on((before, FIRST), (after, SECOND), line=50)
    assert goes_on((after, FIRST), (before, SECOND), line=50)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Shelf vs cellar?", "What is the difference between a shelf and a cupboard?"),
        ("Shelf vs cellar?", "What is the difference between a shelf, a cellar and a desk?"),
        ("What is the difference between a shelf and a cellar?", "When does a shelf differ from a cellar?"),
        ("What is the difference between a shelf and a cellar?", "What do a shelf and a cellar have in common?"),
        ("Shelf vs cellar?", "Shelf and cellar"),
    ],
)
def test_other_things_that_are_compared_inherit_nothing(before: str, after: str) -> None:
    assert not goes_on((before, FIRST), (after, SECOND), line=50)
    assert not goes_on((after, FIRST), (before, SECOND), line=50)


def test_what_a_thing_is_is_asked_under_any_heading_of_its_note() -> None:
    def linked(asked: str, again: str, told: str, *extra: Card) -> bool:
        old = Card("-", "basic", "qa", "explicit", asked, FIRST, "", Span("n.md", 5), ("Later words",))
        new = Card("+", "basic", "qa", "explicit", again, told, "", Span("n.md", 70), ("All about halls",))
        return bool(relink([known(old)], [new], [(known(one), one) for one in extra]))

    assert linked("What is Lazy shelf?", "What is a lazy shelf?", SECOND)
    assert not linked("What is Lazy shelf?", "What is a lazy shelf?", "A guard of swords")
    assert not linked("What is the use?", "What is the use?", SECOND)
    assert not linked("What is it?", "What is it?", SECOND)
    twin = Card("twin", "basic", "qa", "explicit", "What is a lazy shelf?", "None", "", Span("n.md", 90), ("Others",))
    assert not linked("What is Lazy shelf?", "What is a lazy shelf?", SECOND, twin)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("What is lazy shelf in halls?", "What is a lazy shelf?", True),
        ("What is shelf?", "What is a shelf in halls?", True),
        ("Shelf vs cellar in halls?", "What is the difference between a shelf and a cellar?", True),
        ("What is lazy shelf in ships?", "What is a lazy shelf?", False),
        ("What is lazy shelf of halls?", "What is a lazy shelf?", False),
        ("What are halls?", "What is a shelf in halls?", False),
        ("Shelf vs cellar in ships?", "What is the difference between a shelf and a cellar?", False),
    ],
)
def test_where_a_note_is_kept_says_what_its_questions_say_at_their_end(before: str, after: str, kept: bool) -> None:
    for asked in ((before, after), (after, before)):
        cards = [
            Card(key, "basic", "qa", "explicit", one, told, "", Span("work/halls/basic.md", line), (heading,))
            for key, one, told, line, heading in (
                ("-", asked[0], FIRST, 5, "Later words"),
                ("+", asked[1], SECOND, 70, "Kinds of rooms"),
            )
        ]
        assert bool(relink([known(cards[0])], [cards[1]])) is kept
