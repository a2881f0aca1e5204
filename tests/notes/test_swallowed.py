"""Cards in a form that does not count, inside another card's answer: they stay there, and are told."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

HOLDERS = {
    "qa": "Q: What is a larch?\nA: A tree\n\n",
    "cloze": "C: A larch is a [tree].\n\n",
    "heading": "## What is a larch?\n\nA tree.\n\n",
    "bold-question": "**What is a larch?**\n\nA tree.\n\n",
}
OTHERWISE = [
    "q: What is bark?\na: skin\n",
    "Q. What is bark?\nA. skin\n",
    "**Q:** What is bark?\n**A:** skin\n",
    "- Q: What is bark?\n- A: skin\n",
    "Question 2: What is bark?\n\nAnswer: skin\n",
    "Frage: Was ist Borke?\nAntwort: skin\n",
    "**Question :** Que veut dire «écorce» ?\n**Réponse :** skin\n",
    "bark :: the skin of a tree\n",
    "What is bark?::skin\n",
]
PLAIN = [
    "A. It has bark.\nB. It has leaves.\n",
    "Q. Which?\nA. oak\nB. larch\n",
    "std::vector :: size() :: int\n",
    "`bark :: skin`\n",
    "```haskell\nbark :: Tree -> Skin\n```\n",
    "| bark :: skin | b |\n|---|---|\n| c | d |\n",
    "The answer: bark.\n",
    "V. leads the two of them.\nR. follows.\n",
    "Is it so?\n",
]


@pytest.mark.parametrize("below", OTHERWISE)
@pytest.mark.parametrize("holder", HOLDERS)
def test_a_card_in_a_form_that_does_not_count_is_told_once_and_stays_in_the_answer(holder: str, below: str) -> None:
    text = f"# Trees\n\n{HOLDERS[holder]}{below}"
    note = parse_note(text, "note.md")
    (card,) = note.studied
    assert card.dialect == holder
    assert below.split()[-1] in card.front + card.back
    told = [one for one in note.diagnostics if one.code in ("card-in-answer", "untagged-card")]
    assert len(told) == 1, told
    line = text[: text.index(below)].count("\n") + 1
    assert line <= told[0].span.line <= line + 1
    assert "#flashcards" in told[0].hint or "`Q:`" in told[0].hint


@pytest.mark.parametrize("holder", ["heading", "bold-question"])
@pytest.mark.parametrize(
    ("below", "is_told"), [("F: Was ist Borke?\nA: Haut\n", True), ("F: Wir gehen.\nA: Ja.\n", False)]
)
def test_letters_of_another_language_are_told_where_they_ask_and_are_no_speakers(
    holder: str, below: str, is_told: bool
) -> None:
    note = parse_note(f"# Trees\n\n{HOLDERS[holder]}{below}", "note.md")
    assert [one.code for one in note.diagnostics] == ["card-in-answer"] * is_told


@pytest.mark.parametrize("below", PLAIN)
@pytest.mark.parametrize("holder", ["qa", "heading"])
def test_what_an_answer_may_hold_is_not_told(holder: str, below: str) -> None:
    note = parse_note(f"# Trees\n\n{HOLDERS[holder]}{below}", "note.md")
    assert [one for one in note.diagnostics if one.code == "card-in-answer"] == []


@pytest.mark.parametrize("holder", ["qa", "cloze", "heading"])
def test_a_lone_question_mark_is_told_once(holder: str) -> None:
    note = parse_note(f"# Trees\n\n{HOLDERS[holder]}bark\n?\nskin\n", "note.md")
    assert [one.code in ("card-in-answer", "untagged-card") for one in note.diagnostics] == [True]
    assert "skin" in "".join(card.front + card.back for card in note.studied)


def test_what_the_hint_says_makes_it_a_card() -> None:
    note = parse_note("#flashcards\n\n## What is a larch?\n\nA tree.\n\nbark :: skin\n", "note.md")
    assert [card.dialect for card in note.studied] == ["heading", "inline"]
    assert not note.diagnostics


TERMS = "- **Bark**: the skin of a tree or a cry\n- [[Needle]]: a leaf that is thin and stiff\n"


def hints(text: str) -> list[tuple[int, str]]:
    told = parse_note(text, "note.md").diagnostics
    return [(one.span.line, one.message) for one in told if one.code == "card-in-answer"]


def test_definitions_below_an_answer_are_told_with_the_card_that_has_them() -> None:
    text = f"# Trees\n\nQ: What is a larch?\nA: A tree.\n\n{TERMS}"
    assert hints(text) == [(6, "These 2 lines look like cards, and are read as a part of the card at line 3.")]
    assert hints(text.replace("\n\n- **", "\n\n---\n\n- **")) == []
    assert hints(f"C: A larch is a [tree].\n\n{TERMS}")[0][0] == 3
    chinese = "C: 北京是[中国]的首都。\n\n- **深度学习**：一种使用多层神经网络的机器学习方法\n- **梯度：** 短\n"
    assert [line for line, _ in hints(chinese)] == [3]


@pytest.mark.parametrize(
    "text",
    [
        f"Q: What is a larch?\nA: A tree:\n\n{TERMS}",
        f"Q: What is a larch?\nA: A tree.\n{TERMS}",
        f"Q: What are the parts of a larch?\nA: These.\n\n{TERMS}",
        f"Q: Which two words are meant?\nA:\n\n{TERMS}".replace("two", "2"),
        "Q: What is a larch?\nA: A tree.\n\n- **Bark**: skin\n- **Needle**: leaf\n",
        f"## What is a larch?\n\nA tree.\n\n{TERMS}",
        f"Q: What is a larch?\nA: A tree.\n\n```\n\n{TERMS}```\n",
    ],
)
def test_definitions_that_an_answer_may_well_hold_are_not_told(text: str) -> None:
    assert hints(text) == []
