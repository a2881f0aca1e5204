"""What titles, headings and the cards that stayed tell of a card: another thing, or the same under another name."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.parse import parse_note
from studytool.notes.relink import changes, known, relink

NILE = "In the lakes of East Africa, far south of the equator.", "Into the Mediterranean Sea, in a delta near Cairo."
ELBE = "In the mountains of North Bohemia, far east of Prague.", "Into the North Sea, in an estuary near Hamburg."
LONG = "\n## Is it long?\nYes, very\n"
MERGE = (
    "It splits the list in two halves, sorts each of them, and merges them again.",
    "When the order of equal items must stay, and there is memory to spare.",
)
HEAP = (
    "It builds a heap of the list, takes the greatest item, and repairs the heap.",
    "When memory is scarce and the order of equal items does not matter.",
)
NEURON = "Adds inputs, fires above some threshold."
FACTS = "\n\n".join(f"Q: What is part {letter} of it called?\nA: thing {letter}" for letter in "abcdefgh")


def edit(before: dict[str, str], after: dict[str, str]) -> tuple[set[str], int]:
    """The prompts of the cards that go on with another text, and how many start anew."""
    old, new = (
        [c for path, text in notes.items() for c in parse_note(text, path).studied] for notes in (before, after)
    )
    found = changes(old, new)
    fronts = {card.key: card.front for card in new}
    return {fronts[link.target] for link in found.relinked}, len(found.fresh)


def river(name: str, rises: str, flows: str, level: str = "#", navigable: str = "Yes") -> str:
    asked = {"Is it navigable?": navigable, "Where does it rise?": rises, "Into what does it flow?": flows}
    parts = [f"{level} {name}", *(f"{level}# {prompt}\n{told}" for prompt, told in asked.items() if told)]
    return "\n\n".join(parts) + "\n"


def sort(name: str, works: str, used: str) -> str:
    return (
        f"# {name}\n\n## What is the worst case?\nO(n log n)\n\n## How does it work?\n{works}\n\n"
        f"## When is it used?\n{used}\n"
    )


# -- notes that were renamed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (river("Nile", *NILE), river("Elbe", *ELBE)),
        (river("Nile", "", NILE[1]), river("Elbe", "", ELBE[1])),
        (river("Nile", "", NILE[1]) + LONG, river("Elbe", "", ELBE[1]) + LONG),
        (sort("Merge sort", *MERGE), sort("Heap sort", *HEAP)),
    ],
)
def test_a_brief_card_that_another_note_has_too_does_not_make_it_the_one_that_is_gone(before: str, after: str) -> None:
    links, fresh = edit({"one.md": before}, {"other.md": after})
    assert not links
    assert fresh


def test_a_note_with_its_title_is_found_under_another_name() -> None:
    links, _ = edit({"one.md": river("Nile", *NILE)}, {"other.md": river("Nile", NILE[0], "To the north.")})
    assert links == {"Into what does it flow?"}


def test_a_note_under_another_name_and_title_is_known_by_cards_that_tell_of_one_thing() -> None:
    told = "- **Bias**: a number that shifts the threshold up\n- **Weight**: a number that scales an input signal\n"
    before, after = (note(title, NEURON, told)["n.md"] for title in ("Neurons", "Perceptrons"))
    assert edit({"one.md": before}, {"other.md": after}) == ({"Perceptrons: Summary"}, 0)


# -- headings above a card ------------------------------------------------------------------------------------------


def under(heading: str, rises: str, flows: str) -> dict[str, str]:
    return {"n.md": "# Rivers\n\n" + river(heading, rises, flows, "##", "") + "\nQ: What stays below?\nA: This does.\n"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Nile", "In the lakes of East Africa, far south.", NILE[1]), ("Elbe", "In the hills, far east.", ELBE[1])),
        (
            ("Nile", "In the lakes of East Africa, far south.", "The Nile flows into a wide and shallow sea."),
            ("Elbe", "In the hills, far east.", "The Elbe flows into a wide and shallow sea."),
        ),
    ],
)
def test_what_is_asked_of_it_under_another_heading_is_asked_of_another_thing(
    before: tuple[str, str, str], after: tuple[str, str, str]
) -> None:
    assert edit(under(*before), under(*after)) == (set(), 2)


def test_a_heading_that_was_put_otherwise_leaves_what_is_asked_under_it() -> None:
    before, after = under("The Nile", *NILE), under("Longest river", NILE[0] + " Far up.", f"Mostly {NILE[1].lower()}")
    assert edit(before, after) == ({"Where does it rise?", "Into what does it flow?"}, 0)
    note = (
        "# Deck\n\n## {}\n\nQ: What is a zero hint?\nA: Only the {} hint stands here (as in `de`), and it is brief.\n"
    )
    hints = [
        note.format(f"Order of the hints (with {hint} in parentheses)", hint) for hint in ("English", "the target")
    ]
    assert edit({"n.md": hints[0]}, {"n.md": hints[1]}) == ({"What is a zero hint?"}, 0)
    told = (
        "It holds what may be asked of a {}: nothing more than hints, which nobody has to follow in this order, or at "
        "all, when others fit better."
    )
    posts = [
        f"# Asked\n\n## {name}\n\nQ: What is a notice?\nA: {told.format(name)}\n"
        for name in ("front-end developer", "coder")
    ]
    assert edit({"n.md": posts[0]}, {"n.md": posts[1]}) == ({"What is a notice?"}, 0)
    longer = under("The Nile in Egypt", "In lakes.", "Into a sea.")
    assert len(edit(under("The Nile", *NILE), longer)[0]) == 2


@pytest.mark.parametrize("asked", ["What are the side effects?", "What are the most common side effects?"])
def test_a_question_of_few_words_under_another_heading_is_asked_of_another_thing(asked: str) -> None:
    def drug(name: str, told: str) -> dict[str, str]:
        return {"n.md": f"# Drugs\n\n## {name}\n\n### {asked}\n{told}\n\nQ: What stays below?\nA: This does.\n"}

    told = "Bleeding of the stomach and ringing ears."
    assert edit(drug("Aspirin", told), drug("Ibuprofen", "Upset of the stomach, damaged kidneys.")) == (set(), 1)
    assert edit(drug("Aspirin", told), drug("Ibuprofen", f"Rarely: {told}")) == ({asked}, 0)


@pytest.mark.parametrize(
    ("before", "after", "asked", "told", "retold"),
    [
        ("Helium", "Neon", "How many electrons fill the outer shell of one atom?", "Two", "Eight"),
        (
            "Stack",
            "Queue",
            "Which item is handed out before all others?",
            "That which was put in last",
            "That which was put in first",
        ),
        ("Heap sort", "Tree sort", "Is it in place?", "Yes, it needs no other room", "No, it needs room for all nodes"),
        ("Array", "Tuple", "Which items may be put in later?", "Those may be changed", "Those may not be changed"),
    ],
)
def test_another_value_or_the_contrary_under_another_heading_is_told_of_another_thing(
    before: str, after: str, asked: str, told: str, retold: str
) -> None:
    def under(heading: str, answer: str) -> dict[str, str]:
        return {"n.md": f"# Kinds\n\n## {heading}\n\nQ: {asked}\nA: {answer}\n\nQ: What stays?\nA: This does.\n"}

    assert edit(under(before, told), under(after, retold)) == (set(), 1)
    assert edit(under(after, retold), under(before, told)) == (set(), 1)
    assert edit(under(before, told), under(before, retold)) == ({asked}, 0)
    assert edit(under(before, told), under(after, f"{told}, as a rule")) == ({asked}, 0)


def test_a_long_answer_with_a_word_for_its_contrary_goes_on_under_a_heading_put_otherwise() -> None:
    told = (
        "A sheet of styles is first read by a program of its own, which puts numbers for names, opens rules that stand "
        "within rules, adds what the browsers of old need and {} what no page has ever asked for."
    )
    note = "# Styles\n\n## {}\n\nQ: What is Sass?\nA: {}\n\nQ: What stays below?\nA: This does.\n"
    before = note.format("Questions of interviews", told.format("keeps"))
    after = note.format("First steps", told.format("never keeps"))
    assert edit({"n.md": before}, {"n.md": after}) == ({"What is Sass?"}, 0)


def test_a_question_that_names_what_it_is_about_goes_on_under_any_heading() -> None:
    note = "# Rivers\n\n## {}\n\nQ: Where do the waters of the long river Nile rise?\nA: {}\n"
    before, after = note.format("Africa", NILE[0]), note.format("Overview", "There are two sources, blue and white.")
    assert edit({"n.md": before}, {"n.md": after})[1] == 0


# -- titles ---------------------------------------------------------------------------------------------------------


def test_a_heading_that_only_counts_tells_of_no_other_thing() -> None:
    posts = [
        {"n.md": f"# Deck\n\n## {week} 3\n\nQ: Is the estimator biased?\nA: It is {told} in general.\n"}
        for week, told in (("Week", "biased"), ("Lecture", "not biased"))
    ]
    assert edit(*posts) == ({"Is the estimator biased?"}, 0)


def note(title: str, summary: str, more: str = "") -> dict[str, str]:
    return {"n.md": f"# {title}\n\n> [!summary]\n> {summary}\n\n{more}\n"}


TITLES = [
    ("CNN", "Convolutional networks"),
    ("Gradient descent", "Steepest descent"),
    ("RNN", "Recurrent neural network"),
]


@pytest.mark.parametrize(("before", "after"), TITLES)
@pytest.mark.parametrize(("summary", "more"), [(NEURON, ""), (NEURON, FACTS), ("Adds.", FACTS)])
def test_a_note_that_only_got_another_title_keeps_its_cards(before: str, after: str, summary: str, more: str) -> None:
    assert edit(note(before, summary, more), note(after, summary, more)) == ({f"{after}: Summary"}, 0)


@pytest.mark.parametrize(("before", "after"), TITLES)
def test_a_brief_answer_that_is_all_that_stayed_tells_of_no_note(before: str, after: str) -> None:
    assert edit(note(before, "Adds."), note(after, "Adds.")) == (set(), 1)


def test_a_note_most_of_which_is_another_has_not_only_another_title() -> None:
    others = FACTS.replace("thing", "piece").replace("part", "section")
    assert edit(note("Gradient descent", NEURON, FACTS), note("Steepest climb", NEURON, others))[0] == set()
    moved = {"n.md": FACTS, "m.md": note("Steepest descent", NEURON)["n.md"]}
    assert edit(note("Gradient descent", NEURON, FACTS), moved)[0] == set()


def test_a_heading_for_another_is_another_thing_in_a_note_that_stayed() -> None:
    part, others = "## {}\n\n> [!summary]\n> {}\n\n", FACTS.replace("part", "section")
    last = f"{FACTS}\n\n{part.format('Bubbles', 'They rise.')}{others}"
    before, after = (f"# Sorting\n\n{part.format(name, NEURON)}{last}\n" for name in ("Merging", "Heaps"))
    assert edit({"n.md": before}, {"n.md": after}) == (set(), 1)


@pytest.mark.parametrize("heading", ["Exercise", "Week", "Chapter"])
def test_the_contrary_under_a_heading_of_another_number_is_told_of_another_thing(heading: str) -> None:
    told = "It is {} in general."
    one, other = (
        {"n.md": f"# Deck\n\n## {heading} {number}\n\nQ: Is the estimator biased?\nA: {told.format(is_so)}\n"}
        for number, is_so in ((1, "biased"), (2, "not biased"))
    )
    assert edit(one, other)[0] == edit(other, one)[0] == set()
    mended = {"n.md": one["n.md"].replace("biased in", "not biased in")}
    assert edit(one, mended)[0] == {"Is the estimator biased?"}


# -- a card that moved to another note, and one under another heading -------------------------------------------------

SPRING = (
    "Its water is cold in every season, and clear down to the stones, so that the people of the village drink of it; "
    "their cattle stand below the mill, where a second basin was built for them by the old miller, who feared fever"
)
WELL = "Nobody knows how deep it is; a stone that falls takes eight seconds, and then one hears it fall once more below"


def moved(
    before: tuple[str, str, str],
    after: tuple[str, str, str],
    *,
    path: str = "m.md",
    headings: tuple[str, str] = ("", ""),
    kept: tuple[Card, ...] = (),
) -> bool:
    """Whether a card, given as its topic, its prompt and its answer, goes on in the note `path`."""
    cards = [
        Card(key, "basic", "callout", "derived", front, back, topic, Span(where, 5), (heading,) if heading else ())
        for key, where, heading, (topic, front, back) in (
            ("-", "n.md", headings[0], before),
            ("+", path, headings[1], after),
        )
    ]
    links = relink([known(cards[0])], [cards[1]], [(known(one), one) for one in kept])
    return [(link.source, link.target) for link in links] == [("-", "+")]


@pytest.mark.parametrize("told", [SPRING, SPRING.replace("stones", "stoness"), f"> {SPRING}."])
def test_a_long_answer_goes_along_with_what_is_asked_of_it_to_a_note_of_another_title(told: str) -> None:
    asked = "Example: a spring", "Working notes", "Waters of the valley"
    before, after = (
        (topic, f"{topic}: {asked[0]}", back) for topic, back in zip(asked[1:], (SPRING, told), strict=True)
    )
    assert moved(before, after)
    assert moved(after, before)
    assert not moved(before, (after[0], f"{after[0]}: Example: a well", after[2].replace("stone", "stick")))
    assert not moved(before, (after[0], after[1], WELL))


def test_a_long_answer_that_names_another_title_is_told_of_another_thing() -> None:
    one, other = (
        (name, f"{name}: Summary", f"{SPRING}; those of {name} keep it from all others by a wall and by a guard")
        for name in ("Ebersbach", "Neudorf")
    )
    assert not moved(one, other)
    assert not moved(one, other, path="n.md")


@pytest.mark.parametrize("name", ["`INTERVAL`", "`build/`", "g(x)", "DanceTrack", "$\\nabla f$"])
def test_what_is_spelt_as_no_word_is_names_its_thing_under_any_heading(name: str) -> None:
    one = "Types", name, "It takes a length of time, and no date; months are added"
    other = "Types", name, "With it a clock counts: time of months or years that pass between two points"
    headings = "Later kinds", "All about numbers"
    assert moved(one, other, path="n.md", headings=headings)
    assert not moved(one, other, headings=headings)
    assert not moved(one, ("Types", name, "A guard of the door at night"), path="n.md", headings=headings)
    plain = ((topic, "Interval", told) for topic, _, told in (one, other))
    assert not moved(*plain, path="n.md", headings=headings)
    twin = Card("twin", "basic", "callout", "derived", name, "A third", "Types", Span("n.md", 50), ("Others",))
    assert not moved(one, other, path="n.md", headings=headings, kept=(twin,))


def test_a_prompt_that_names_the_subject_of_its_note_asks_of_it_under_any_heading() -> None:
    one = (
        "Swap space",
        "When is swap used?",
        "As soon as memory is full, for sleep, and by a rule that the kernel counts itself",
    )
    other = (
        "Swap space",
        "When is swap used?",
        "First: a machine with many programs runs out of memory. Second: at night it goes to sleep",
    )
    headings = "Use", "Cases of a server"
    assert moved(one, other, path="n.md", headings=headings)
    assert not moved(*(("Disks", *card[1:]) for card in (one, other)), path="n.md", headings=headings)


def test_a_long_answer_that_no_other_card_has_tells_a_card_that_was_edited_and_moved() -> None:
    one, other = (
        (topic, f"When is it {what} to build a mill at a cold spring?", SPRING)
        for topic, what in (("Mills", "ok"), ("Mills and springs", "okay"))
    )
    assert moved(one, other)
    assert moved(other, one)
    assert not moved(one, (*other[:2], WELL))
    assert not moved((*one[:2], SPRING[:100]), (*other[:2], SPRING[:100]))
    twin = Card("twin", "basic", "callout", "derived", "Which of them is cold?", SPRING, "", Span("n.md", 50), ())
    assert not moved(one, other, kept=(twin,))
    for before, after in (("a cold", "no cold"), ("before", "after"), ("of 2 wheels", "of 3 wheels")):
        asked = [f"When is it useful to build a mill {part} at the old spring?" for part in (before, after)]
        assert not moved(("Mills", asked[0], SPRING), ("Springs", asked[1], SPRING))
