"""Callouts and lists of questions: what is asked, what answers, and what is left alone."""

from __future__ import annotations

from functools import partial

import pytest

from studytool.notes.model import Card
from studytool.notes.parse import parse_note
from tests.growth import steps


def cards(text: str, path: str = "Note.md") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, path).studied]


def studied(text: str) -> list[Card]:
    return list(parse_note(text, "Note.md").studied)


@pytest.mark.parametrize("fold", ["", "-", "+"])
def test_a_question_callout_with_a_title_is_a_card_whose_answer_is_its_body(fold: str) -> None:
    text = f"> [!question]{fold} Sealed jars\n> - keep the air out\n> - last for a year\n"
    assert cards(text) == [("Sealed jars", "- keep the air out\n- last for a year")]


def test_a_title_that_asks_is_answered_by_the_items_under_it() -> None:
    assert cards(">[!question] how thick?\n>- as thick as a thumb\n") == [("how thick?", "- as thick as a thumb")]


@pytest.mark.parametrize(
    "body",
    [
        "> 1. [[#Spawning]]\n> 2. [[#Migration|The way home]]\n",
        "> - [[Rivers]]\n> - [[Sea (course)]]\n>\n> [[Lakes]]\n",
        "> - [Spawning](#spawning)\n",
    ],
)
def test_a_section_that_is_a_list_of_links_is_no_card(body: str) -> None:
    assert cards(f"# Eels\n\n> [!abstract] Index\n{body}") == []


def test_a_section_that_says_what_its_links_are_about_is_a_card() -> None:
    assert cards("# Eels\n\n> [!abstract]\n> - [[Rivers]] are left in autumn\n") == [
        ("Eels: Abstract", "- Rivers are left in autumn")
    ]


def test_a_title_that_announces_questions_leaves_them_open() -> None:
    text = "> [!question] Domande d'esame\n> - Perché il miele non scade?\n> - Come si conserva?\n"
    assert [(c.kind, c.front) for c in studied(text)] == [
        ("open", "Perché il miele non scade?"),
        ("open", "Come si conserva?"),
    ]


def test_a_list_of_questions_of_which_most_do_not_ask_is_none() -> None:
    assert cards("Questions:\n- the red jar\n- the lid of it\n- what a pity\n") == []


def test_an_item_that_does_not_ask_is_left_out_of_the_open_questions() -> None:
    text = "Questions:\n- ### Why is honey thick?\n- Explain its colour.\n- it comes from bees as we know\n"
    assert cards(text) == [("Why is honey thick?", ""), ("Explain its colour.", "")]


def test_a_statement_to_be_judged_is_no_answer() -> None:
    assert cards("> [!question] True or false?\n> Honey never spoils.\n") == []


def test_a_template_asks_nothing() -> None:
    assert cards("> [!Follow up questions]\n> - {{What about it?}}\n") == []


def test_items_that_ask_do_not_take_a_title_that_asks_from_its_card() -> None:
    text = "> [!question] What to look at?\n> - Is it sealed?\n> - Is it dark?\n"
    assert cards(text) == [("What to look at?", "- Is it sealed?\n- Is it dark?")]


FORM = "> [!Summary]\n> Honey keeps for years.\n\n"


def test_examples_under_different_headings_name_their_headings() -> None:
    text = FORM + "## Jars\n\n> [!example]\n> A clay jar of old.\n\n## Combs\n\n> [!example]\n> A wooden frame.\n"
    assert [front for front, _ in cards("# Honey\n\n" + text)] == [
        "Honey: Summary",
        "Honey › Jars: Example",
        "Honey › Combs: Example",
    ]


def test_sections_that_cannot_be_told_apart_are_no_cards() -> None:
    text = "# Honey\n\n> [!important]\n> Keep it dry.\n\n> [!important]\n> Keep it dark.\n"
    assert cards(text) == []


def test_an_example_needs_a_title_or_a_note_with_the_form_of_one() -> None:
    assert cards("# Honey\n\n> [!example] Esempio 2\n> A clay jar of old.\n") == []
    assert cards("# Honey\n\n> [!example] Clay jars\n> They keep it for years.\n") == [
        ("Honey: Example: Clay jars", "They keep it for years.")
    ]


def test_a_point_of_attention_without_a_title_tells_of_the_topic_where_the_note_has_no_form() -> None:
    assert cards("# Honey\n\n> [!attention]\n> It must not boil.\n") == []
    assert len(cards("# Honey\n\n> [!important]\n> Honey must not boil.\n")) == 1


def test_a_title_that_says_the_type_again_is_told_once() -> None:
    assert [front for front, _ in cards(FORM + "> [!Example] Example:\n> A clay jar of old.\n")] == [
        "Note: Summary",
        "Note: Example",
    ]
    assert [front for front, _ in cards(FORM + "> [!attention] Remark:\n> Never boil it.\n")][1:] == ["Note: Attention"]


@pytest.mark.parametrize(
    "body", ["![[jar.png]]", "![a jar](jar.png)", "Lorem ipsum dolor sit amet", "12 March 2024", "{{key point}}"]
)
def test_a_picture_or_a_placeholder_is_no_summary(body: str) -> None:
    assert cards(f"> [!summary]\n> {body}\n") == []


def test_a_title_after_the_type_said_again_is_the_title() -> None:
    assert [front for front, _ in cards("> [!example] Example: clay jars\n> They keep it for years.\n")] == [
        "Note: Example: clay jars"
    ]


@pytest.mark.parametrize(
    ("kind", "front"), [("Definition", ""), ("def", ""), ("theorem", "theorem: "), ("Satz", "Satz: ")]
)
def test_the_title_of_what_a_callout_defines_or_states_is_the_front(kind: str, front: str) -> None:
    back = "It has one winner only."
    found = parse_note(f"# Games\n\n>[!{kind}] Fair game\n>{back}\n", "note.md").cards
    assert [(card.front, card.back) for card in found] == [(f"{front}Fair game", back)]
    for title in ("", "1.2", f"{kind} 3"):
        assert not parse_note(f"# Games\n\n>[!{kind}] {title}\n>{back}\n", "note.md").cards


def test_an_answer_folded_in_a_callout_that_asks_stands_without_its_fold() -> None:
    asked = "> [!question] What is the mask?\n"
    for fold in ("[!check]-", "[!success]- Answer", "[!note] Solution:"):
        (card,) = parse_note(f"{asked}>> {fold}\n>> 255.252.0.0\n", "note.md").cards
        assert (card.front, card.back) == ("What is the mask?", "255.252.0.0")
    (card,) = parse_note(f"{asked}>> [!note] In short\n>> All ones.\n", "note.md").cards
    assert "In short" in card.back


@pytest.mark.parametrize(
    "text",
    [
        "> [!note]\n> Q: What is a wave?\n> A: A motion.\n",
        "# T\n\n> [!summary] Waves\n> **Q:** What is a wave?\n> **A:** A motion.\n",
        "> [!question] Waves\n> Some words.\n>\n> Question: What is a wave?\n> Answer: A motion.\n",
        "> [!note] Outer\n> > [!tip] Inner\n> > Q: What is a wave?\n> > A: A motion.\n",
    ],
)
def test_questions_and_answers_with_marks_in_a_callout_are_cards(text: str) -> None:
    found = parse_note(text, "note.md").studied
    assert [(card.dialect, card.front, card.back) for card in found] == [("plain-qa", "What is a wave?", "A motion.")]


def test_the_cards_of_a_callout_end_with_it_and_with_the_next_question() -> None:
    text = "> [!note]\n> Q: What is a wave?\n> A: A motion\n> of water.\n>\n> Q: What is a sea?\n> A: Water.\n\nMore.\n"
    found = parse_note(text, "note.md").studied
    assert [(card.back, card.span.line, card.span.end_line) for card in found] == [
        ("A motion\nof water.", 2, 4),
        ("Water.", 6, 7),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> [!note]\n> ```\n> Q: What is a wave?\n> A: A motion.\n> ```\n",
        "> [!example]\n> A: an option\n> Q: which?\n",
        "> ~~~\n> Q: What is a wave?\n> A: A motion.\n> ~~~\n",
    ],
)
def test_code_and_options_are_no_cards_of_a_callout(text: str) -> None:
    assert parse_note(text, "note.md").studied == []


def test_marks_of_a_dialect_that_is_off_are_none_in_a_callout_either() -> None:
    assert parse_note("> [!note]\n> Q: What is a wave?\n> A: A motion.\n", "note.md", off=["qa"]).studied == []


@pytest.mark.parametrize("kind", ["note", "summary", "question", "faq"])
@pytest.mark.parametrize(
    ("first", "second", "dialect"),
    [
        ("**What is a wave?**", "**Why a tide?**", "bold-question"),
        ("### What is a wave?", "### Why a tide?", "heading"),
    ],
)
def test_a_callout_that_begins_with_a_question_is_made_of_its_questions(
    kind: str, first: str, second: str, dialect: str
) -> None:
    text = f"> [!{kind}] Water\n> {first}\n> A motion.\n>\n> {second}\n> The moon.\n\nMore.\n"
    found = parse_note(text, "note.md")
    assert [(card.dialect, card.front, card.back, card.span.line) for card in found.studied] == [
        (dialect, "What is a wave?", "A motion.", 2),
        (dialect, "Why a tide?", "The moon.", 5),
    ]
    assert [one.message.partition("(")[2] for one in found.diagnostics] == ["line 8): “More.”"]


def test_a_callout_that_asks_in_its_title_or_not_at_once_is_one_card() -> None:
    asked = "> [!question] What is a wave?\n> **Is it water?**\n> No, a motion.\n"
    assert cards(asked) == [("What is a wave?", "**Is it water?**\nNo, a motion.")]
    assert cards("> [!summary]\n> It moves.\n>\n> **Is it water?**\n> No.\n", "Wave.md") == [
        ("Wave: Summary", "It moves.\n\n**Is it water?**\nNo.")
    ]
    assert cards("> [!note] Water\n> **What is a wave?**\n") == []


@pytest.mark.parametrize("answer", ["A: A motion.", "**Answer:** A motion.", "> A: A motion."])
def test_the_mark_of_an_answer_is_no_part_of_it(answer: str) -> None:
    assert cards(f"> [!question]- What is a wave?\n> {answer}\n") == [("What is a wave?", "A motion.")]


def test_a_list_of_nothing_but_questions_under_a_heading_that_announces_them_is_asked() -> None:
    def fronts(text: str) -> list[tuple[str, str]]:
        return [(card.kind, card.front) for card in studied(text)]

    asked = "- Warum kocht Wasser?\n- Wie kalt ist Eis?\n"
    told = [("open", "Warum kocht Wasser?"), ("open", "Wie kalt ist Eis?")]
    assert fronts(f"## Häufige Fragen im Gespräch\n\n{asked}") == told
    assert fronts(f"## Eis und Wasser\n\n{asked}") == []
    assert fronts(f"## Häufige Fragen im Gespräch\n\n{asked}- Salz\n") == []
    assert fronts(f"## Häufige Fragen im Gespräch\n\n{asked.splitlines()[0]}\n") == []
    contents = f"## Häufige Fragen im Gespräch\n\n{asked}\n## Warum kocht Wasser?\n\nWegen der Hitze.\n"
    assert fronts(contents) == [("basic", "Warum kocht Wasser?")]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("example", "Which salt is meant?"),
        ("info", "What is a tide?"),
        ("tip", "Why do we add salt?"),
        ("warning", "Why boiling?"),
        ("note", "Was ist Ebbe?"),
        ("abstract", "¿Qué mueve la marea?"),
        ("attention", "What is sea level?"),
        ("example", "为什么会有潮汐？"),
        ("quiz", "**What raises the water?**"),
        ("note", "1.2 Cos'è la marea?"),
    ],
)
def test_a_title_that_asks_in_full_is_a_question_in_any_callout(kind: str, title: str) -> None:
    text = f"# Sea\n\n> [!{kind}]- {title}\n> The pull of the moon,\n> twice a day.\n"
    (card,) = studied(text)
    assert (card.front, card.back) == (title.strip("*"), "The pull of the moon,\ntwice a day.")
    assert (card.dialect, card.span.line, card.span.end_line) == ("callout", 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "> [!tip] Interested in sailing?\n> Write to the harbour.\n",
        "> [!tip] Did you know?\n> The sea is salty.\n",
        "> [!info] What is this note?\n> A list of tides.\n",
        "> [!note] What about storms?\n> They raise the water as well.\n",
        "> [!note] What now?\n> Read on.\n",
        "> [!note] Come funziona?\n> Con la luna.\n",
        "> [!note] How does it work?\n> By the moon.\n",
        "> [!info] How are you?\n> Well, thank you.\n",
        "> [!todo] What raises the water?\n> Look it up.\n",
        "> [!quote] Who rules the waves?\n> So it was sung.\n",
        "> [!tip] What raises the water?\n",
        "> [!tip] What raises the water?\n> ![[moon.png]]\n",
        "> [!tip] What raises the water?\n> And why twice a day?\n",
        "> [!info] What to bring\n> Boots and a coat.\n",
        "> [!note] Tide?\n> Maybe.\n",
    ],
)
def test_other_titles_with_a_question_mark_ask_nothing(text: str) -> None:
    assert cards(f"# Sea\n\n{text}") == []


def test_a_title_that_asks_leaves_the_questions_within_to_themselves() -> None:
    text = "> [!example] Which of these are tides?\n>> [!question] Ebb\n>> Yes\n>\n>> [!question] Surf\n>> No\n"
    assert cards(f"# Sea\n\n{text}")[-2:] == [("Ebb", "Yes"), ("Surf", "No")]


def test_a_title_that_asks_loses_its_number_and_its_sign() -> None:
    assert cards("> [!note]- 2. What is a tide? 🟠\n> What the moon does.\n") == [
        ("What is a tide?", "What the moon does.")
    ]


def test_a_title_that_asks_in_a_deck_of_options_is_left_to_them() -> None:
    text = "> [!example] What raises the water?\n> - [ ] Wind\n> - [x] The moon\n"
    (question,) = parse_note(text, "Note.md").questions
    assert question.kind == "choice"


QUERY = "> ```dataview\n> TABLE tide FROM #sea\n> ```\n"


@pytest.mark.parametrize("title", ["[!abstract] Tides", "[!question] Which tides?", "[!tip] What is a tide?"])
def test_a_query_alone_tells_nothing(title: str) -> None:
    for text in (QUERY, QUERY.replace("dataview", "tasks"), QUERY.replace("```d", "~~~d").replace("```", "~~~")):
        assert cards(f"# Sea\n\n> {title}\n{text}") == []
    assert len(cards(f"# Sea\n\n> {title}\n> They come twice a day.\n{QUERY}")) == 1
    assert len(cards(f"# Sea\n\n> {title}\n{QUERY.replace('dataview', 'sql')}")) == 1


def test_a_query_under_a_heading_answers_nothing() -> None:
    assert cards(f"# Sea\n\n## What is a tide?\n\n{QUERY.replace('> ', '')}") == []


@pytest.mark.parametrize("path", ["2025-08-26 Tue.md", "2025-W34.md"])
def test_the_note_of_a_day_has_no_cards_on_itself_but_those_that_ask(path: str) -> None:
    text = "> [!abstract] Diary\n> The sea was calm until noon.\n\n> [!tip] What is a tide?\n> What the moon does.\n"
    assert cards(text, path) == [("What is a tide?", "What the moon does.")]
    assert len(cards(text, "Sea.md")) == 2


@pytest.mark.parametrize("inner", [">> ```dataview\n>> TABLE knot\n>> ```\n", ">>\n"])
def test_a_callout_whose_card_is_none_leaves_the_one_around_it_its_own(inner: str) -> None:
    text = f"# Sea\n\n> [!note] What is a rope?\n> A thing that holds.\n>\n>> [!tip] Why knots?\n{inner}> It bends.\n"
    assert [front for front, _ in cards(text)] == ["What is a rope?"]
    assert [front for front, _ in cards(text.replace(inner, ">> They hold it.\n"))] == ["Why knots?"]


def test_callouts_in_each_other_take_as_many_steps_as_there_are() -> None:
    def nested(levels: int) -> str:
        return "".join(f"{'>' * n} [!note] What is a rope of kind {n}?\n" for n in range(1, levels + 1))

    few, many = (steps(partial(parse_note, nested(levels), "a.md")) for levels in (9, 18))
    assert many < 4 * few


@pytest.mark.parametrize(
    "title",
    ["Why does it rain?", "Why do neurons die when they fire too much?", "What is IT?", "Why is it called rye?"],
)
def test_a_title_that_names_what_it_asks_about_is_a_question_whatever_stands_for_it(title: str) -> None:
    assert cards(f"> [!note] {title}\n> As it is told.\n") == [(title, "As it is told.")]


@pytest.mark.parametrize("title", ["What is it?", "How does it work?", "Why is it important?", "What are they for?"])
def test_a_title_that_only_points_at_what_is_told_around_it_asks_nothing(title: str) -> None:
    assert cards(f"> [!note] {title}\n> As it is told.\n") == []
