"""Bold lines that ask, and those that only stand out."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note


def read(text: str) -> Note:
    return parse_note(text, "note.md")


def pairs(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in read(text).cards if card.dialect == "bold-question"]


@pytest.mark.parametrize(
    "line",
    [
        "**What is a prior?**",
        "__What is a prior?__",
        "<b>What is a prior?</b>",
        "**What is a prior? 👶**",
        "**What is a prior?** ⭐️",
        "**1. What is a prior?**",
        "**Question 3.** What is a prior?".replace("** What", " What") + "**",
        "**Q3: What is a prior?**",
        "**What is a prior? [[src](http://a.b)]**",
        "**What is a prior?** [[src]](http://a.b)",
    ],
)
def test_a_bold_line_asks_without_what_a_list_adds(line: str) -> None:
    assert pairs(f"# T\n\n{line}\n\nWhat is held true.\n\n- a list\n") == [
        ("What is a prior?", "What is held true.\n\n- a list")
    ]


def test_an_answer_may_follow_on_the_next_line_or_in_an_item() -> None:
    assert pairs("**What is a?**\nIt is b.\n") == [("What is a?", "It is b.")]
    assert pairs("1. **What is a?**\n   - b\n   - c\n2. **Why?**  \n   So.\n") == [
        ("What is a?", "- b\n- c"),
        ("Why?", "So."),
    ]


def test_an_answer_ends_at_the_next_bold_question_or_at_a_heading() -> None:
    text = "**What is a?**\n\nOne.\n\n**Note**\n\nTwo.\n\n<br/>\n\n**What is b?**\n\nThree.\n\n## End\n\nFour.\n"
    assert pairs(text) == [("What is a?", "One.\n\n**Note**\n\nTwo."), ("What is b?", "Three.")]


def test_in_a_list_of_bold_questions_tasks_ask_too_and_so_do_marked_ones() -> None:
    lines = ("What is a? 👶", "Explain b ⭐️", "Precision and recall ⭐️", "Why c? 👶")
    text = "".join(f"**{line}**\n\nAn answer.\n\n" for line in lines)
    assert [front for front, _ in pairs(text)] == ["What is a?", "Explain b", "Precision and recall", "Why c?"]


def test_one_question_in_the_course_of_a_text_has_a_short_answer() -> None:
    text = "We go on.\n\n**Does it end?**\nIt does:\n- soon\n\nA thought.\n\n- **Key term**: five words of text here\n"
    assert pairs(text) == [("Does it end?", "It does:\n- soon")]
    assert [card.front for card in read(text).cards] == ["Does it end?", "Key term"]


def test_several_paragraphs_that_open_with_a_bold_question() -> None:
    assert pairs("**What is a?** It is b.\n\n**What is c?** It is d.\n") == [
        ("What is a?", "It is b."),
        ("What is c?", "It is d."),
    ]
    assert pairs("**What is a?** It is b.\n") == []


@pytest.mark.parametrize("held", ["", "Answer here\n", "<b></b>\n", "[[Answer]](http://a.b)\n"])
def test_a_place_for_an_answer_is_no_answer(held: str) -> None:
    text = f"**What is a?**\n\n{held}\n**What is b?**\n\nIt is so.\n"
    assert [front for front, _ in pairs(text)] == ["What is b?"]
    assert [d.code for d in read(text).diagnostics] == ["no-answer"]


@pytest.mark.parametrize(
    "text",
    [
        "**Important**\n\nText.\n",
        "**Explain** this to me.\n\nText.\n",
        "Is **this** a question?\n\nText.\n",
        "**One** and **two?**\n\nText.\n",
        "```\n**What is a?**\n\nb\n```\n",
        "**What is a?**;; b\n\n**What is c?**;; d\n",
        "- **Is it so?**: it is as we said\n",
        "| **What is a?** |\n| --- |\n| b |\n",
    ],
)
def test_no_question_is_made_of(text: str) -> None:
    assert pairs(text) == []


def test_what_leads_elsewhere_ends_an_answer() -> None:
    text = "**What is ice?**\n\nCold.\n\n**See also:** [[snow]]\n\n**Why?**\n\nSo.\n\n---\n\nRelated notes: [a](b.md)\n"
    assert [(c.front, c.back) for c in parse_note(text, "ice.md").cards] == [("What is ice?", "Cold."), ("Why?", "So.")]


def test_a_question_that_prose_quotes_is_no_card() -> None:
    text = 'They ask the guests of each day:\n\n**"How likely are you to come back?"**\n\nIt is asked by mail.\n'
    assert parse_note(text, "ice.md").cards == ()
    assert parse_note('**"Why?"** is asked. **"How?"** too.\n\n**"Who?"** is not.\n', "ice.md").cards == ()


def test_the_tab_before_a_list_is_no_part_of_an_answer() -> None:
    text = "- **What is ice?**\n\t- cold\n\t\t- wet\n- **Why?**\n\t- so\n"
    assert [card.back for card in parse_note(text, "ice.md").cards] == ["- cold\n    - wet", "- so"]
    assert [card.back for card in parse_note("**What is ice?**\n\t- cold\n\t- wet\n", "i.md").cards] == [
        "- cold\n- wet"
    ]


def test_a_bold_question_with_its_answer_beside_it_counts_with_one_that_has_it_below() -> None:
    beside = "**Why did it fall?** The state was bankrupt.\n"
    assert pairs(f"# T\n\n{beside}") == []
    assert pairs(f"# T\n\n{beside}\n**Who was he?**\nA man of note.\n") == [
        ("Why did it fall?", "The state was bankrupt."),
        ("Who was he?", "A man of note."),
    ]
    assert pairs(f"# T\n\n{beside}\n**Who was he?**\n") == []


def test_a_term_of_its_own_ends_an_answer_but_not_one_that_is_announced_or_one_of_several() -> None:
    term = "**Glacier:** a river of ice that moves slowly\n"
    below = f"\n\nCold water.\n\n{term}\nMore of it.\n"
    assert [(card.front, card.back) for card in parse_note(f"# T\n\n**What is ice?**{below}", "t.md").cards] == [
        ("What is ice?", "Cold water."),
        ("Glacier", "a river of ice that moves slowly"),
    ]
    assert [card.front for card in parse_note(f"**What kinds are there?**{below}", "t.md").cards] == [
        "What kinds are there?"
    ]
    assert pairs(f"# T\n\n**What is ice?**\n\nCold water:\n\n{term}") == [
        ("What is ice?", f"Cold water:\n\n{term.strip()}")
    ]


def test_a_plain_question_ends_the_answer_of_a_bold_one_that_is_alone_under_its_heading() -> None:
    text = "# T\n\n**What is ice?**\n\nCold water.\n\nWhy does it float?\n\nIt is light.\n"
    assert pairs(text) == [("What is ice?", "Cold water.")]
    whole = "Cold water.\n\nWhy does it float?\n\nIt is light."
    assert pairs(f"{text}\n**What is snow?**\n\nIce.\n") == [("What is ice?", whole), ("What is snow?", "Ice.")]


def _backs(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, "a.md").cards if card.dialect == "bold-question"]


def test_what_a_run_in_answer_announces_belongs_to_it() -> None:
    text = "**What does a moth have?** It has:\n\n- wings\n- legs\n\n**What is a moth?** An animal.\n\n- of the night\n"
    assert _backs(text) == [("What does a moth have?", "It has:\n\n- wings\n- legs"), ("What is a moth?", "An animal.")]
    text = "**What does a moth have?** It has:\n\nText.\n\n**What is a moth?** An animal.\n"
    assert _backs(text)[0] == ("What does a moth have?", "It has:")


def test_a_bold_title_above_the_next_question_is_no_part_of_the_answer() -> None:
    text = "**1. Wings:**\n\n**What are wings?**\n\n- Skin.\n\n**2. Legs:**\n\n**What are legs?**\n\n- **Bones:**\n"
    assert _backs(text) == [("What are wings?", "- Skin."), ("What are legs?", "- **Bones:**")]
    assert _backs("Text.\n\n**What are wings?**\n\n**Skin:**\n\n- thin\n") == [
        ("What are wings?", "**Skin:**\n\n- thin")
    ]


def test_a_lone_answer_that_ends_in_a_colon_goes_on() -> None:
    asked = "Text.\n\n**Why do moths fly at night?**\nThere are two reasons:\n\n"
    assert _backs(f"{asked}Bats, and bats.\n\nText.\n") == [
        ("Why do moths fly at night?", "There are two reasons:\n\nBats, and bats.")
    ]
    assert _backs(f"{asked.replace(':', '.')}Bats, and bats.\n\nText.\n")[0][1] == "There are two reasons."


@pytest.mark.parametrize("rule", ["", "---\n\n", "-----------\n"])
def test_numbered_bold_questions_are_answered_by_what_follows_them_though_it_is_not_indented(rule: str) -> None:
    text = (
        f"1. **Where does a grebe feed?**\nIt dives.\n\nIt feeds in rivers, too.\n\n{rule}"
        f"2. **What is a swan?**\n\nA white bird.\n\n- it swims\n\n{rule}3. **Which bird sings?**\n\nThe lark.\n"
    )
    note = parse_note(text, "birds.md")
    assert [(card.dialect, card.front, card.back) for card in note.cards] == [
        ("bold-question", "Where does a grebe feed?", "It dives.\n\nIt feeds in rivers, too."),
        ("bold-question", "What is a swan?", "A white bird.\n\n- it swims"),
        ("bold-question", "Which bird sings?", "The lark."),
    ]


@pytest.mark.parametrize("text", ["1. **What now?**\n\nWe begin.\n", "- **Why?**\n\nWe go.\n\n- **How?**\n\nWe see.\n"])
def test_one_numbered_item_or_items_without_numbers_ask_nothing_of_what_follows(text: str) -> None:
    assert parse_note(text, "birds.md").cards == ()


def test_the_last_number_of_a_list_of_questions_is_not_answered_by_what_follows_the_list() -> None:
    listed = (
        "98. **Why is a swan white?**\n99. **Why does a lark sing?**\n\n100.  **Why does an owl hunt at night?**\n\n"
    )
    assert parse_note(f"{listed}That is all for now.\n\n{listed}More to come.\n", "birds.md").cards == ()


def test_a_numbered_question_above_a_rule_is_left_open() -> None:
    asked = "# Part\n\n{}. **Why does an owl hunt at night?**\n\n---\n\nMore is to come.\n\n"
    assert parse_note(asked.format(1) + asked.format(2), "birds.md").cards == ()


@pytest.mark.parametrize("item", ["**Benefits**", "**Benefits**: few", "Benefits of it", "Benefits\n3. Costs"])
def test_the_next_item_of_a_numbered_list_is_no_part_of_an_answer(item: str) -> None:
    text = "1. **What is a grebe?**\n\nA bird:\n\n- it dives\n- it swims\n\n"
    text += f"2. {item}\n\nMany.\n\n7. **What is an owl?**\n\nAnother.\n"
    assert pairs(text) == [("What is a grebe?", "A bird:\n\n- it dives\n- it swims"), ("What is an owl?", "Another.")]
