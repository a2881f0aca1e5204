"""What the place of a card tells of it: between cards that stayed, beside cards that were edited, in a renamed note."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

LONG = (
    "Every request first looks into the store that is near; where nothing is found the far one is read, the value is "
    "put near for the next reader, and an old one is dropped when there is no room left in it"
)
WRITTEN = (
    "The near store is asked before the far one by every request; what is read from the far one is put near for the "
    "next reader, and when no room is left in it an old value goes, as the rule of the store says"
)


def card(
    key: str, front: str, back: str, line: int = 5, kind: str = "basic", path: str = "n.md", topic: str = ""
) -> Card:
    return Card(key, kind, "qa", "explicit", front, back, topic, Span(path, line), ())  # type: ignore[arg-type]


ABOVE, BELOW = card("above", "Who stays above?", "This one.", 1), card("below", "Who stays below?", "That one.", 99)


def linked(gone: list[Card], come: list[Card], stayed: tuple[Card, ...] = (ABOVE, BELOW)) -> dict[str, str]:
    found = relink(map(known, gone), come, [(known(one), one) for one in stayed])
    return {link.source: link.target for link in found}


def edit(before: tuple[str, str], after: tuple[str, str], line: int = 6, kind: str = "basic") -> bool:
    return linked([card("-", *before, kind=kind)], [card("+", *after, line, kind)]) == {"-": "+"}


# -- alone between cards that stayed --------------------------------------------------------------------------------

REMARKS = (
    "How to write remarks in a view?",
    "The remarks in a view are like those of many lines elsewhere, set in curly braces:\n\n"
    "```\nrender() => <div>{/* one */} hello</div>\n```",
)
IN_A_TREE = (
    "How do you write remarks inside the tree of a view?",
    "Remarks are set in curly braces `{}` with the usual signs:\n\n"
    "```\nconst tree = <div>{/* one */}<p>hello</p></div>\n```",
)


def test_a_prompt_with_more_words_that_came_alone_where_another_went_is_that_one() -> None:
    assert edit(REMARKS, IN_A_TREE)
    assert edit(IN_A_TREE, REMARKS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ("What does the near store of a reader keep?", LONG),
            ("What does the near store of a slow reader keep?", WRITTEN),
        ),
        (
            (
                'List the tags of a machine that is called "box-1"',
                '`cloud machines describe box-1 --format "yaml(tags)"`',
            ),
            (
                'Add the tag "app=web" to the tags of a machine that is called "box-1"',
                "`cloud machines update box-1 --tags app=web`",
            ),
        ),
    ],
)
def test_one_word_more_or_another_command_makes_another_card(before: tuple[str, str], after: tuple[str, str]) -> None:
    assert not edit(before, after)
    assert not edit(after, before)


def test_of_two_that_came_where_one_went_none_is_alone() -> None:
    third = card("third", "What else came here?", "Something new.", 7)
    assert linked([card("-", *REMARKS)], [card("+", *IN_A_TREE, 6), third]) == {}


def test_the_place_of_a_card_is_told_by_its_neighbours_and_not_by_their_number() -> None:
    assert linked([card("-", *REMARKS)], [card("+", *IN_A_TREE, 6)]) == {"-": "+"}
    kept = [(known(ABOVE), card("above", ABOVE.front, ABOVE.back, 99)), (known(BELOW), card("below", *_told(BELOW), 1))]
    assert relink([known(card("-", *REMARKS))], [card("+", *IN_A_TREE, 6)], kept) == []


def _told(one: Card) -> tuple[str, str]:
    return one.front, one.back


def test_a_negation_makes_another_card_alone_in_its_place_too() -> None:
    assert edit(("What does the near store keep?", LONG), ("What does the near store keep for a reader?", LONG))
    assert not edit(("What does the near store keep?", LONG), ("What does the near store not keep?", LONG))


# -- beside cards that were edited too ------------------------------------------------------------------------------

STALE = ("Which value of the near store is the stale one?", LONG)
OLD = ("Which of the values in the near store is called old?", WRITTEN)
NEIGHBOURS = [
    ("Why is a store put near the reader of a page?", "Since a long way to the far one takes time"),
    ("When is the far store asked for a page again?", "When nothing is found in the near one"),
]


def rewritten(*, edited: bool) -> bool:
    """Whether STALE goes on as OLD between two cards, which the same edit changed or left as they are."""
    gone, come = [card("-", *STALE, 20)], [card("+", *OLD, 40)]
    stayed = []
    for at, (front, back) in enumerate(NEIGHBOURS):
        line = 10 + 20 * at
        if edited:
            gone.append(card(f"-{at}", front, back, line))
            come.append(card(f"+{at}", f"{front[:-1]}, as a rule?", f"{back} in most cases", 2 * line))
        else:
            stayed.append(card(f"={at}", front, back, line))
    return linked(gone, come, tuple(stayed)).get("-") == "+"


def test_a_card_rewritten_between_cards_that_were_rewritten_goes_on_and_one_between_others_does_not() -> None:
    assert rewritten(edited=True)
    assert not rewritten(edited=False)


DROPPED = "It drops what nobody has read for a long time, and asks the far store for the rest of it"

# -- limits ---------------------------------------------------------------------------------------------------------


def test_a_deletion_whose_sentence_grew_stays_only_where_it_stood() -> None:
    before = ("- a number before a number\n  - […]\n- an ending before a vowel\n  - drop the last letter", "add -a")
    after = (before[0].replace("- an ending", "- a bond before 2 numbers\n  - keep it\n- an ending"), "add -a")
    assert edit(before, after, kind="cloze")
    assert not edit(before, after, 120, kind="cloze")


def test_an_answer_of_which_a_third_is_new_does_not_tell_a_prompt_that_is_another() -> None:
    told = f"{LONG}; a writer tells all others, so that none of them keeps a copy which is stale by then"
    assert edit(("Whom does a reader ask?", LONG), ("Which way goes a read?", LONG))
    assert not edit(("Whom does a reader ask?", LONG), ("Which way goes a read?", told))


def test_an_answer_tells_a_prompt_about_other_things_only_where_it_stood() -> None:
    before, after = (
        ("When would you ask a reader for a rule of it?", LONG),
        ("What would pages tell you of the rest?", LONG),
    )
    assert edit(before, after)
    assert not edit(before, after, 120)


def test_a_question_put_anew_needs_an_answer_of_some_words_and_its_place() -> None:
    before, after = "Who serves a page that was read lately?", "From where comes a recent page?"
    assert edit(
        (before, "The near store, until it is full or stale by rule"),
        (after, "The near store, until it is full or stale by rule"),
    )
    assert not edit((before, "The near store, until full"), (after, "The near store, until full"))
    told = "The near store, until it is full or stale by rule"
    assert not edit((before, told), (after, told), 120)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Whom does a reader ask?", LONG), ("To which store goes what a reader wants?", f"{LONG} again")),
        (
            ("How does a near store find room for pages?", DROPPED),
            ("How does a near store get hold of room for new pages?", DROPPED.replace("asks", "begs")),
        ),
        (
            (
                "List the rules of stores",
                "The near store holds what was read, drops the oldest when full, and asks the far one for the rest",
            ),
            (
                "List the rules of stores in Java",
                "The near store in Java is a map, drops the oldest entry when full, and asks a thread for the rest",
            ),
        ),
    ],
)
def test_a_prompt_half_of_which_is_new_goes_on_only_where_it_stood(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    assert edit(before, after)
    assert not edit(before, after, 120)


def test_an_answer_with_another_number_does_not_tell_a_prompt_that_is_another() -> None:
    told = "A page is read from the near store 2 times before the far store is told, and then it is dropped from both"
    before, after = "Whom does a reader ask?", "To which store goes what a reader wants?"
    assert edit((before, told), (after, told.replace("told", "shown")))
    assert not edit((before, told), (after, told.replace("2", "3")))


def test_two_cards_on_one_line_have_no_place_of_their_own() -> None:
    gone = [card("-", *REMARKS), card("-2", "Who else?", "Nobody", 5)]
    come = [card("+", *IN_A_TREE, 6), card("+2", "Where to?", "Nowhere", 6)]
    assert linked(gone, come) == {}


# -- a note that was renamed ----------------------------------------------------------------------------------------


def note(sign: str, topic: str, texts: list[tuple[str, str]]) -> list[Card]:
    return [
        card(f"{sign}{at}", f"{topic}: {front}", back, 5 * at + 5, path=f"{topic}.md", topic=topic)
        for at, (front, back) in enumerate(texts)
    ]


PARTS = [
    ("Summary: Parts", "1. Heap\n2. Stack"),
    ("Summary: Related", "- Rooms\n- Pages of rooms"),
    ("Example: Rooms in use", "Each room holds a page, and each page a word."),
]


def test_a_note_whose_name_stands_in_all_its_prompts_keeps_them_when_it_is_renamed() -> None:
    renamed = note("+", "How programs share rooms", PARTS)
    assert linked(note("-", "Memory", PARTS), renamed) == {f"-{at}": f"+{at}" for at in range(3)}


def test_a_note_with_one_answer_of_another_is_not_that_one_renamed() -> None:
    other = [PARTS[0], ("Summary: Uses", "- Locks"), ("Example: Keys", "A key opens one lock.")]
    assert linked(note("-", "Memory", PARTS), note("+", "Locks and keys", other)) == {}


def test_a_heading_taken_out_of_a_prompt_is_no_negation_of_it() -> None:
    told = "An integral without an upper bound.\n\n![](<drawn.png>)"
    before = card("-", "Integrals › Those without a test: Example: The second", told, topic="Integrals")
    after = card("+", "Integrals: Example: The second", told, 6, topic="Integrals")
    assert linked([before], [after]) == {"-": "+"}
    other = card("+", "Integrals: Example: The third", told, 6, topic="Integrals")
    assert linked([before], [other]) == {}
