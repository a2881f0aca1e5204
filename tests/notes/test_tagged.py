"""Lines `Q:`, `A:` and `C:`: what belongs to each, what is a deletion, and what is none."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_dialects import cards, codes, fronts


def test_what_only_begins_like_a_tag_is_none() -> None:
    assert codes("Q:: a field\n\nA:: another\n\nC:: a third\n") == []
    assert codes("Text.\n\nC:\\Users\\me\\notes\n\nC:/Users/me\n") == []
    assert fronts("Q: Where?\nA: There:\nC:\\Users\\me\n", "qa") == ["Where?"]
    assert fronts("Q:/ or \\?\nA:/usr\n", "qa") == ["/ or \\?"]


def test_an_answer_goes_on_to_the_next_tag() -> None:
    found = cards("Q: One?\nA: first\n\n- a list\nQ: Two?\nA: second\n", "qa")
    assert [(c.front, c.back) for c in found] == [("One?", "first\n\n- a list"), ("Two?", "second")]


def test_a_rule_ends_an_answer_and_makes_no_heading_of_it() -> None:
    found = cards("Q: One?\nA: first\n---\nleft over\n", "qa")
    assert [c.back for c in found] == ["first"]


@pytest.mark.parametrize("marks", ["```yaml|```", "~~~|~~~", "  ````|````"])
def test_what_stands_in_a_fence_ends_no_card(marks: str) -> None:
    code = "\n---\nname: oak\n\n----\nQ: x\nA: y\n# z\nC: [q]\n".join(marks.split("|"))
    asked, hidden = cards(f"Q: How does it look?\nA: So:\n{code}\nand so on\n\nC: An [oak] is:\n{code}\n---\nleft\n")
    assert (asked.front, asked.back) == ("How does it look?", f"So:\n{code}\nand so on")
    assert (hidden.front, hidden.back) == (f"An […] is:\n{code}", "oak")


def test_a_fence_that_is_never_closed_hides_no_rule() -> None:
    assert [one.back for one in cards("Q: How?\nA: So:\n```\nx\n---\ny\n", "qa")] == ["So:\n```\nx"]


def test_a_heading_or_a_comment_between_cards_costs_none() -> None:
    assert fronts("Q: One?\nA: first\n\n# Part\n\n<!-- x -->\nQ: Two?\nA: second\n", "qa") == ["One?", "Two?"]


def test_an_answer_may_be_a_heading_sign() -> None:
    assert [c.back for c in cards("Q: The sign?\nA:\n# x\n", "qa")] == ["# x"]


def test_a_question_without_an_answer_costs_only_itself() -> None:
    text = "Q: One?\n\nQ: Two?\nA: second\n"
    assert fronts(text, "qa") == ["Two?"]
    assert codes(text) == ["no-answer"]


def test_a_question_of_another_kind_needs_no_answer_of_its_own() -> None:
    months, pairs = "1. Jan\n2. Feb\n3. Mar\n", "| a | b |\n|---|---|\n| x | 1 |\n| y | 2 |\n"
    text = (
        "Q: How long is a Roman mile?\n= 1480 ± 10 m\n\nQ: Capital of France\n= Paris\n\nQ:How long?\n\n= 5 m\n\n"
        "Q: Which is even?\n\n- [ ] 3\n- [x] 4\n\nQ: Which is odd?\na) 4\nb) 5\nAnswer: b\n\n"
        f"Q: Put the months in order:\n\n{months}\nQ: Put in order the months:\n\n{months}4. Apr\n\n"
        f"Q: Match the pairs\n\n{pairs}\nQ: Match each with its letter:\n\n{pairs}"
    )
    note = parse_note(text, "a.md")
    assert [one.prompt.splitlines()[0] for one in note.questions] == [
        *("How long is a Roman mile?", "Capital of France", "How long?", "Which is even?", "Which is odd?"),
        *("Put the months in order:", "Put in order the months:", "Match the pairs", "Match each with its letter:"),
    ]
    assert note.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A: answer only\n", [1]),
        ("QA: What is bark?\nA: skin\n\nQ: One?\nA: first\n\nA: second\n", [2, 7]),
        ("A: red\nB: blue\n", []),
        ("A: Good morning.\n\nB: Hello.\n\nA: How are you?\n", []),
        ("F: Wir gehen.\nA: Ja.\n", []),
        ("```\nA: x\n```\n", []),
    ],
)
def test_an_answer_without_a_question_is_told_and_speakers_and_options_are_none(text: str, lines: list[int]) -> None:
    told = parse_note(text, "a.md").diagnostics
    told = [(one.span.line, one.severity) for one in told if one.code == "no-question"]
    assert told == [(n, "error" if "Q:" in text else "info") for n in lines]


def test_a_question_whose_answer_is_empty_takes_none_further_down() -> None:
    note = parse_note("Q: What is bark?\nA:\n\nA: An answer without its question\n\nMore text.\n", "a.md")
    assert note.studied == []
    assert [one.code for one in note.diagnostics if one.severity == "error"] == ["no-answer", "no-question"]


def test_what_a_colon_announces_belongs_to_an_answer_on_the_line_of_its_question() -> None:
    (card,) = parse_note("Q: What are the parts? A: These:\n\n- bark\n- sap\n", "a.md").cards
    assert (card.front, card.back) == ("What are the parts?", "These:\n\n- bark\n- sap")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("F: Was ist Borke?\nA: Haut\n", True),
        ("P: ¿Qué es la corteza?\nR: piel\n", True),
        ("F: Wir gehen.\nA: Ja.\n", False),
        ("F: Was ist Borke?\nA: Haut\n\nF: Was ist Laub?\nA: Was fällt.\n", False),
        ("A: Haut\nF: Was ist Borke?\n", False),
    ],
)
def test_one_question_with_the_letters_of_another_language_is_told(text: str, is_told: bool) -> None:
    told = [one for one in parse_note(text, "a.md").diagnostics if one.severity == "warning"]
    assert [(one.span.line, "`Q:` and `A:`" in one.hint) for one in told] == [(1, True)] * is_told


def test_what_an_unanswered_question_could_be_is_told() -> None:
    text = "Q: The steps\n\n1. one\n2. two\n\nQ: The sides\n\n| a | b |\n|---|---|\n| x | 1 |\n\nQ: Why?\n\nSo.\n"
    told = [one for one in parse_note(text, "a.md").diagnostics if one.code == "no-answer"]
    assert [(one.span.line, one.hint.partition(";")[0]) for one in told] == [
        (1, "Write a line `A:` above the list"),
        (6, "Write a line `A:` above the table"),
        (12, "Write a line `A: …` under it."),
    ]
    assert codes("---\ncards: explicit\n---\nQ: How long?\n= 5 m\n") == ["no-answer"]  # no other form is wanted


def test_lettered_options_are_no_answer() -> None:
    assert fronts("Q: Which?\nA: red\nB: blue\n") == []
    assert fronts("Q: Which?\nA: red\nB: blue\nC: [light] green\n") == []


def test_a_tag_that_is_not_at_the_margin_is_text() -> None:
    assert fronts("- Q: One?\n- A: two\n\n  Q: x\n  A: y\n", "qa") == []


@pytest.mark.parametrize(
    ("question", "answer", "first", "second"),
    [
        ("F", "A", "Was ist ein Neuron?", "Nenne zwei Schichten."),
        ("Q", "R", "Qu'est-ce qu'un neurone ?", "Pourquoi une couche ?"),
        ("P", "R", "¿Qué es una neurona?", "¿Por qué una capa?"),
        ("V", "A", "Wat is een neuron?", "Waarom een laag?"),
        ("В", "О", "Что такое нейрон?", "Зачем нужен слой?"),
    ],
)
def test_letters_of_other_languages_count_where_several_ask(
    question: str, answer: str, first: str, second: str
) -> None:
    text = f"{question}: {first}\n{answer}: one\n\n- a\n\n{question}:{second}\n{answer}: two\n\nC: [x] y\n"
    assert [(c.front, c.back) for c in cards(text, "qa")] == [(first, "one\n\n- a"), (second, "two")]
    assert [c.front for c in cards(text, "cloze")] == ["[…] y"]
    assert cards(text.replace(f"{answer}: two", "two"), "qa") == []  # one of them proves nothing


DECK = (
    "F: Was ist ein Neuron?\nA: Eine Zelle\n\nF: Was ist eine Synapse?\nA: Die Verbindung\n\n"
    "F: Was ist ein Axon?\nA: Ein Fortsatz\n"
)
ASKED = ["Was ist ein Neuron?", "Was ist eine Synapse?", "Was ist ein Axon?"]


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (f"{DECK}\nF: Was ist ein Dendrit?\n", ASKED),
        (f"F: Was ist ein Dendrit?\n\n{DECK}", ASKED),
        (f"{DECK}\nA: nochmal\n", ASKED),
        (f"{DECK}\nD: eine Zeile\n", ASKED),
        (f"{DECK}\nB: eine Zeile\n", ASKED[:2]),
        (f"{DECK}\nQ: What?\nA: x\n", [*ASKED, "What?"]),
        (f"{DECK}\nF: Dendrit\nA: x\n\nF: Soma\nA: y\n", [*ASKED, "Dendrit", "Soma"]),
        (DECK.replace("Eine Zelle", "Eine Zelle\nB: eine Zeile"), ASKED[1:]),
        (DECK.replace("A: Ein Fortsatz\n", ""), ASKED[:2]),
        (f"{DECK}\nQ: What?\nA: x\nF: 3\nA: 4\n", [*ASKED, "What?"]),
        (f"{DECK}F: Dendrit\nA: x\n", [*ASKED, "Dendrit"]),
    ],
)
def test_one_more_line_with_such_a_letter_takes_no_other_card_away(written: str, left: list[str]) -> None:
    assert fronts(written, "qa") == left


def test_a_question_of_another_language_without_an_answer_ends_the_answer_above_it_and_is_told() -> None:
    text = f"{DECK}\nF: Was ist ein Dendrit?\n"
    assert [c.back for c in cards(text, "qa")][-1] == "Ein Fortsatz"
    assert codes(text) == ["no-answer"]


def test_a_line_with_such_a_letter_that_neither_asks_nor_is_answered_is_text() -> None:
    text = DECK.replace("Eine Zelle", "Bei Hitze:\nF: 212 Grad")
    assert [c.back for c in cards(text, "qa")] == ["Bei Hitze:\nF: 212 Grad", "Die Verbindung", "Ein Fortsatz"]
    spanish = "P: ¿Qué es?\nR: uno\nR: dos\n\nP: ¿Por qué?\nR: tres\n"
    assert [c.back for c in cards(spanish, "qa")] == ["uno\nR: dos", "tres"]


@pytest.mark.parametrize("letter", "CFPV")
@pytest.mark.parametrize("slash", "\\/")
def test_a_path_with_the_letter_of_a_drive_is_none(letter: str, slash: str) -> None:
    path = f"{letter}:{slash}photos?"
    assert [c.back for c in cards(f"Q: Where?\nA: There:\n{path}\n", "qa")] == [f"There:\n{path}"]
    answer = "R" if letter == "P" else "A"
    assert cards(f"{path}\n{answer}: 1\n\n{path}s?\n{answer}: 2\n", "qa") == []


@pytest.mark.parametrize(
    "text",
    [
        "P: 0.9\nR: 0.8\n\nP: 0.7\nR: 0.6\n",
        "F: one flat\nA: three sharps\n\nF: B flat\nA: F, C and G sharp\n",
        "F: 212\nC: 100\n\nF: 32\nA: freezing\n\nF: What is it now?\nA: 70\n",
        "P: Anna\nR: 12\n\nP: Who opens?\nR: Ben\n\nP: Vote\nR: 3 to 2\n\nP: When?\nR: 4\n\nP: End\nR: 9\n",
        "F: Who?\nA: Me.\nB: You.\nF: Why?\nA: So.\n",
        "F: Hello, Anna.\nA: Hello, Frank.\nF: How are you?\nA: Fine.\nF: Good.\nA: And you?\n",
        "F: One?\nA: 1\nB: 2\nF: Two?\nA: 3\nB: 4\n",
        "- F: One?\n- A: 1\n- F: Two?\n- A: 2\n",
        "```\nF: One?\nA: 1\nF: Two?\nA: 2\n```\n",
    ],
)
def test_letters_of_speakers_keys_degrees_minutes_and_options_ask_nothing(text: str) -> None:
    assert cards(text, "qa") == []


def test_toml_between_dashes_names_the_topic() -> None:
    note = parse_note('---\nname = "Vim"\n---\nQ: Quit?\nA: `:q`\n', "a.md")
    assert (note.topic.name, note.cards[0].back) == ("Vim", "`:q`")


# cloze


def test_brackets_that_are_no_deletions_stay_text() -> None:
    text = "C: A [gap], a [link](x.md), ![picture](y.png), \\[an escape\\], [[a note]], `[code]`, $[0,1]$ and [^1].\n"
    found = cards(text, "cloze")
    assert [c.back for c in found] == ["gap"]
    assert found[0].front.startswith("A […], a [link](x.md), ![picture](y.png)")


def test_equal_deletions_of_one_text_are_different_cards() -> None:
    found = cards("C: [x] and [x] and [X]\n", "cloze")
    assert [c.back for c in found] == ["x", "x", "X"]
    assert len({c.key for c in found}) == 3


def test_a_new_deletion_leaves_the_others_their_keys() -> None:
    before = cards("C: The [sun] is a star\n", "cloze")
    after = cards("C: The [sun] is a [star]\n", "cloze")
    assert before[0].key == after[0].key


def test_brackets_round_a_comment_alone_hide_nothing() -> None:
    assert cards("C: a [<!-- x -->] b\n") == []
    assert codes("C: a [<!-- x -->] b\n") == ["no-deletion"]
    assert [(c.front, c.back) for c in cards("C: [<!-- x -->] b [c]\n")] == [("b […]", "c")]


def test_a_text_with_too_many_deletions_makes_no_cards() -> None:
    assert len(cards("C: " + "[a] " * 200)) == 200
    assert [card.back for card in cards("C: " + "[a] " * 201 + "\n---\n\nC: [b] c\n")] == ["b"]
    assert codes("C: " + "[a] " * 201) == ["too-many-deletions"]


def test_an_unbalanced_cloze_is_an_error_and_the_next_card_lives() -> None:
    text = "C: The [sun is a star\n\nQ: One?\nA: two\n"
    assert fronts(text) == ["One?"]
    assert codes(text) == ["unbalanced-cloze"]


def test_a_question_and_its_answer_may_stand_on_one_line() -> None:
    found = cards("Q: What dives? A: A grebe,\nfor fish.\n\nQ: What sings? A: A lark.\n", "qa")
    assert [(c.front, c.back) for c in found] == [("What dives?", "A grebe,\nfor fish."), ("What sings?", "A lark.")]


def test_letters_in_a_question_are_no_answer() -> None:
    assert fronts("Q: Plan B or plan A: which?\n", "qa") == []
    assert fronts("Q: Is it? A: or is it? A: no.\n", "qa") == []
    assert fronts("Q: What does `? A: x` do?\nA: Nothing.\n", "qa") == ["What does `? A: x` do?"]


def test_an_answer_on_the_line_of_its_question_ends_with_the_paragraph() -> None:
    terms = "- **Lark**: a bird that sings in the fields\n- **Wren**: a small bird that lives in a hedge\n"
    found = cards(f"Q: What dives? A: A grebe,\nfor fish.\n\n{terms}")
    assert (found[0].front, found[0].back) == ("What dives?", "A grebe,\nfor fish.")
    assert [c.front for c in found[1:]] == ["Lark", "Wren"]


def test_a_backslash_that_breaks_a_line_is_no_part_of_a_question() -> None:
    assert fronts("Q: Which bird dives?\\\nA: A grebe.\n", "qa") == ["Which bird dives?"]
    assert fronts("Q: \\\nA: A backslash.\n\nQ: What is \\\\\nA: A break.\n", "qa") == ["\\", "What is \\\\"]
    assert fronts("Q: What does one keep on C:\\\nA: Windows.\n", "qa") == ["What does one keep on C:\\"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C:<!--\n- [x]-->", []),
        ("C: The [sun] shines <!--\n- [x] -->\nbright", [("The […] shines\nbright", "sun")]),
        ("C: The [sun] <!-- a\n\n[x] --> shines <!-- [y] -->", [("The […]  shines", "sun")]),
    ],
)
def test_a_comment_with_a_list_or_a_blank_line_in_it_holds_no_deletion(text: str, found: list[tuple[str, str]]) -> None:
    assert [(card.front, card.back) for card in parse_note(text, "a.md").cards] == found
