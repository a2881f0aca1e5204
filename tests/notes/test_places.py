"""What the place of a card tells of it: between cards that stayed, and in a note that was renamed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.notes import load_library
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


IN_JAVA = (
    (
        "List the rules of stores",
        "The near store holds what was read, drops the oldest when full, and asks the far one for the rest",
    ),
    (
        "List the rules of stores in Java",
        "The near store in Java is a map, drops the oldest entry when full, and asks a thread for the rest",
    ),
)


def test_the_place_of_a_card_is_told_by_its_neighbours_and_not_by_their_number() -> None:
    gone, come = known(card("-", *IN_JAVA[0])), card("+", *IN_JAVA[1], 6)
    stayed = [(known(ABOVE), ABOVE), (known(BELOW), BELOW)]
    assert relink([gone], [come], stayed)
    crossed = [(known(one), card(one.key, one.front, one.back, 100 - one.span.line)) for one in (ABOVE, BELOW)]
    assert not relink([gone], [come], crossed)


def test_two_cards_on_one_line_have_no_place_of_their_own() -> None:
    others = (card("-2", "Who else?", "Nobody", 8), card("+2", "Where to?", "Nowhere", 9))
    gone, come = [card("-", *IN_JAVA[0]), others[0]], [card("+", *IN_JAVA[1], 6), others[1]]
    assert linked(gone, come) == {"-": "+"}
    gone[1], come[1] = card("-2", "Who else?", "Nobody", 5), card("+2", "Where to?", "Nowhere", 6)
    assert linked(gone, come) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (
                "How does a library find a book?",
                "A shelf holds a row of books; a reader looks the name up, goes to the shelf and walks the row",
            ),
            (
                "How does a library with open shelves find a book?",
                "A desk holds one book; a reader looks the name up, goes to the desk and walks on to others",
            ),
        ),
        (
            ("Describe the signs of rust in wheat", "Red spots on the leaf, weak stems, small seeds, and early yellow"),
            (
                "Describe the signs of rust type UG99 in old wheat",
                "Red spots on the leaf, weak stems, small seeds, and black dust on the ears of the plant",
            ),
        ),
    ],
)
def test_a_prompt_that_gained_words_that_bear_something_is_another(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    assert not edit(before, after)
    assert not edit(after, before)


def test_a_name_exchanged_for_another_between_two_edited_cards_makes_another_card() -> None:
    neighbours = [
        ("Why is a store put near the reader of a page?", "Since a long way to the far one takes time"),
        ("When is the far store asked for a page again?", "When nothing is found in the near one"),
    ]
    asked = "Describe origin, course and mouth of the {} Nile in its land"
    told = "The river rises {} of the great lake, runs down to the plain, feeds the fields, and is fed by {} rain"
    gone = [card("-", asked.format("White"), told.format("north", "steady"), 20)]
    come = [card("+", asked.format("Blue"), told.format("east", "summer"), 40)]
    for at, (front, back) in enumerate(neighbours):
        gone.append(card(f"-{at}", front, back, 10 + 20 * at))
        come.append(card(f"+{at}", f"{front[:-1]}, as a rule?", f"{back} in most cases", 20 + 40 * at))
    assert linked(gone, come, ()) == {"-0": "+0", "-1": "+1"}


# -- a note that was renamed, a heading that came or went -----------------------------------------------------------


def note(sign: str, topic: str, texts: list[tuple[str, str]]) -> list[Card]:
    return [
        card(f"{sign}{at}", f"{topic}: {front}", back, 5 * at + 5, path=f"{topic}.md", topic=topic)
        for at, (front, back) in enumerate(texts)
    ]


PARTS = [
    ("Summary: Parts", "A heap of rooms that live long, and a pile of rooms that each call leaves behind"),
    ("Summary: Related", "Pages of rooms, tables of pages, and the store that keeps the last tables near"),
    ("Example: Rooms in use", "Each room holds a page, each page a word, and a reader asks for a word by its place"),
]
SORTS = [("Summary", "Stable, in place, simple."), ("Important", "The worst case is quadratic.")]


def test_a_note_whose_name_stands_in_all_its_prompts_keeps_them_when_it_is_renamed() -> None:
    renamed = note("+", "How programs share rooms", PARTS)
    assert linked(note("-", "Memory", PARTS), renamed) == {f"-{at}": f"+{at}" for at in range(3)}


def test_a_brief_answer_of_a_renamed_note_does_not_tell_its_card() -> None:
    brief = [*PARTS, ("Summary: Shared", "Yes"), ("Summary: Owner", "Nobody")]
    renamed = note("+", "How programs share rooms", brief)
    assert linked(note("-", "Memory", brief), renamed) == {f"-{at}": f"+{at}" for at in range(3)}


def test_a_note_with_few_answers_of_another_is_not_that_one_renamed() -> None:
    locks = [("Summary: Uses", "- Locks"), ("Example: Keys", "A key opens one lock.")]
    other = note("+", "Locks and keys", [*PARTS[:2], *locks])
    assert linked(note("-", "Memory", [*PARTS[:2], ("Example: Desks", "A desk.")]), other) == {}
    assert linked(note("-", "Memory", [*PARTS, *locks]), note("+", "Locks and keys", PARTS)) == {}
    assert linked(note("-", "Memory", PARTS[:2]), other) == {}
    assert linked(note("-", "Memory", PARTS[:1]), note("+", "How programs share rooms", PARTS[:1])) == {}


HERE, THERE = "Memory.md", "How programs share rooms.md"


@pytest.mark.parametrize(
    ("gone", "come", "stayed"),
    [
        ([], [card("+9", "What is new?", "This.", 90, path=HERE)], ()),
        ([card("-9", "What was old?", "That.", 90, path=THERE)], [], ()),
        ([], [], (card("=", "What stays?", "This.", 90, path=HERE),)),
        ([], [], (card("=", "What stays?", "That.", 90, path=THERE),)),
    ],
)
def test_a_note_that_is_there_still_or_was_there_before_is_not_renamed(
    gone: list[Card], come: list[Card], stayed: tuple[Card, ...]
) -> None:
    before, after = note("-", "Memory", PARTS), note("+", "How programs share rooms", PARTS)
    assert linked([*before, *gone], [*after, *come], stayed) == {}


def test_of_two_notes_with_the_answers_of_one_neither_is_that_one_renamed() -> None:
    two = [*note("+", "Rooms that programs share", PARTS), *note("*", "How programs share rooms", PARTS)]
    assert linked(note("-", "Memory", PARTS), two) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            note("-", "Gnome sort", [*SORTS, ("Example", "A gnome puts pots in order.")]),
            note("+", "Shaker sort", [*SORTS, ("Example", "Grains that rise and fall in a cup.")]),
        ),
        (note("-", "Gnome sort", SORTS), note("+", "Shaker sort", SORTS)),
        (
            note("-", "Toluene", [("Example: Polar", "Yes"), ("Example: Acid", "No"), ("Example: Boils", "late")]),
            note("+", "Phenol", [("Example: Polar", "Yes"), ("Example: Acid", "No"), ("Example: Boils", "later")]),
        ),
        (
            note("-", "Tin", [("Summary: Structure", "cubic"), ("Summary: Bond", "metallic"), ("Example", "cans")]),
            note("+", "Lead", [("Summary: Structure", "cubic"), ("Summary: Bond", "metallic"), ("Example", "pipes")]),
        ),
    ],
)
def test_another_note_written_from_the_same_template_is_not_that_one_renamed(
    before: list[Card], after: list[Card]
) -> None:
    assert linked(before, after) == {}


def test_a_heading_taken_out_of_a_prompt_is_no_negation_of_it() -> None:
    told = "An integral without an upper bound.\n\n![](<drawn.png>)"
    before = card("-", "Integrals › Those without a test: Example: The second", told, topic="Integrals")
    after = card("+", "Integrals: Example: The second", told, 6, topic="Integrals")
    assert linked([before], [after]) == {"-": "+"}
    other = card("+", "Integrals: Example: The third", told, 6, topic="Integrals")
    assert linked([before], [other]) == {}
    brief = [card(one.key, one.front, "Yes.", one.span.line, topic="Integrals") for one in (before, after)]
    assert linked(brief[:1], brief[1:]) == {}


SPREAD = "It shows how far the values lie apart"


DRAWN = "Small round dots lie along a straight line"
FAR = "Spread › Values that lie far outside what most other days of a dry year would bring: Example"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Spread › Range: Example", "Yes."), ("Spread › Width: Example", "Yes.")),
        (("Spread › Quartile: Example", "No."), ("Spread › Decile: Example", "No.")),
        (("Spread › Range: Definition", SPREAD), ("Spread › Deviation: Definition", SPREAD)),
        (
            ("Spread › Range: Example", f"{SPREAD}, for 1 and 2"),
            ("Spread › Deviation: Example", f"{SPREAD}, for 1 and 9"),
        ),
        ((FAR, DRAWN), ("Spread: Example", DRAWN.replace("lie", "never lie"))),
    ],
)
@pytest.mark.parametrize("line", [6, 60, 120])
def test_what_is_asked_under_one_heading_is_not_what_is_asked_under_another(
    before: tuple[str, str], after: tuple[str, str], line: int
) -> None:
    assert linked([card("-", *before, topic="Spread")], [card("+", *after, line, topic="Spread")]) == {}
    assert linked([card("-", *after, topic="Spread")], [card("+", *before, line, topic="Spread")]) == {}


def test_what_was_asked_under_a_heading_of_one_file_is_not_asked_without_it_in_another() -> None:
    before = card("-", FAR, DRAWN, topic="Spread")
    assert linked([before], [card("+", "Spread: Example", DRAWN, 6, topic="Spread")]) == {"-": "+"}
    assert linked([before], [card("+", "Spread: Example", DRAWN, 6, path="m.md", topic="Spread")]) == {}


def test_a_long_answer_that_did_not_change_goes_on_under_a_heading_put_otherwise() -> None:
    before = card("-", "Spread › Range: Example", LONG, topic="Spread")
    assert linked([before], [card("+", "Spread › Distance: Example", LONG, 6, topic="Spread")]) == {"-": "+"}


def test_the_same_question_in_the_note_of_another_thing_is_another() -> None:
    told = "From the upper nerve of the hip, beside the great notch of the bone"
    before = card("-", "Small muscle of the hip: Nerve", told, path="small.md", topic="Small muscle of the hip")
    after = card("+", "Middle muscle of the hip: Nerve", told, path="middle.md", topic="Middle muscle of the hip")
    assert linked([before], [after], ()) == {}


def test_a_file_that_was_written_anew_from_a_template_with_another_title_is_another_note() -> None:
    told = "A warm bowl, a clean spoon, and salt"
    before, after = (card(sign, f"{topic}: Needs", told, topic=topic) for sign, topic in (("-", "Soup"), ("+", "Stew")))
    assert linked([before], [after], ()) == {}


def under(one: Card, *headings: str) -> Card:
    return replace(one, context=headings)


def test_what_stands_in_many_notes_moves_into_none_under_another_title() -> None:
    told = "{} | number: {} | reviewed in March by two readers | of medium weight"
    names = ["Rope", "Wire", "Chain", "Cable", "Twine"]
    gone = [
        under(card(f"-{at}", "Category", told.format("Fibres", at), path=f"a/{at}.md"), name)
        for at, name in enumerate(names)
    ]
    come = [
        under(card(f"+{at}", "Category", told.format("Harbours", at), path=f"b/{at}.md"), f"Quay {name} Pier")
        for at, name in enumerate(("Alder", "Birch", "Cedar", "Daisy", "Elder"))
    ]
    assert linked(gone, come, ()) == {}
    moved = [
        under(card(f"+{at}", "Category", f"{told.format('Fibres', at)} and price", path=f"b/{at}.md"), name)
        for at, name in enumerate(names)
    ]
    assert linked(gone, moved, ()) == {f"-{at}": f"+{at}" for at in range(len(names))}


@pytest.mark.parametrize("prompt", ["Effects", "行业影响", "蝴蝶效应"])
def test_a_word_or_two_under_another_heading_are_asked_of_another_thing(prompt: str) -> None:
    told, retold = "它让旧的绳索在港口变得便宜，工人少了一半", "钢缆的价格上涨，船东开始向银行借更多的钱"
    gone = under(card("-", prompt, told), "Report", "#2 Rope from hemp gets cheap")
    assert linked([gone], [under(card("+", prompt, retold, 9), "Report", "#7 Steel banks lend to owners")]) == {}
    assert linked([gone], [under(card("+", prompt, retold, 9), "Report", "#2 Rope from hemp gets cheap")]) == {"-": "+"}


@pytest.mark.parametrize(("before", "after"), [("No. 205", "No. 206"), ("第 205 期", "第 206 期")])
def test_an_entry_of_a_list_that_was_numbered_anew_is_not_known_by_its_number(before: str, after: str) -> None:
    told, retold = "Which layers does a packet pass on its way?", "How does a screen learn that it was left?"
    gone, slipped_in = card("-", before, told, 36), card("+", before, retold, 38)
    assert linked([gone], [slipped_in, card("further", after, told, 36)]) == {}
    assert linked([gone], [slipped_in]) == {"-": "+"}


def test_one_of_two_things_with_its_part_of_the_answer_is_another_card() -> None:
    told = "Readers keep a count of what they read, and the rope store sums it up"
    whole = f"Watchers are woken by each write to the near store: {LONG}. {told}"
    assert not edit(("Explain the store watchers and rope store statistics", whole), ("Rope store statistics", told))
    assert edit(("Explain the rope store statistics", whole), ("Rope store statistics", f"{LONG}. {told}"))


def test_a_word_that_is_typed_otherwise_in_another_note_is_another_word() -> None:
    def word(key: str, front: str, path: str) -> Card:
        return Card(key, "basic", "qa", "explicit", front, "梦", "", Span(path, 5), ())

    def followed(target: str) -> bool:
        return bool(relink([known(word("-", "drøm", "noun.md"))], [word("+", "drømme", target)]))

    assert followed("noun.md")
    assert not followed("verb.md")


@pytest.mark.skipif(os.sep != "/", reason="there it parts folders")
def test_a_backslash_in_the_name_of_a_file_parts_nothing(tmp_path: Path) -> None:
    (tmp_path / "back\\slash.md").write_text("Q: What is it?\nA: A sign.\n", encoding="utf-8")
    assert load_library([tmp_path]).titles == ["back\\slash"]
