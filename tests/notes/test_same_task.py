"""Questions with code or options go on when they are typed, translated or given options; other tasks do not."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, CardKind, Span
from studytool.notes.relink import known, relink


def card(key: str, kind: CardKind, front: str, back: str) -> Card:
    return Card(key, kind, "choice", "structured", front, back, "Loops", Span("n.md", 5), ())


def goes_on(before: tuple[CardKind, str, str], after: tuple[CardKind, str, str]) -> bool:
    return bool(relink([known(card("-", *before))], [card("+", *after)]))


CODE = """\
let boats = ["ketch", "yawl"]
for (const boat of boats) {
  harbour.push({ name: boat, berth: 1 })
}
console.log(harbour.length)"""
TYPED = """\
let boats = ['ketch', 'yawl']; // of two masts
for (const boat of boats) {
  harbour.push({
    name: boat,
    berth: 1,
  });
}
console.log(harbour.length);"""
OPTIONS = "- 2\n- 0\n- TypeError"
WHY = "Each turn of the loop puts one more object at the end of the array, and nothing is put there twice."
WARUM = "Jeder Durchlauf der Schleife hängt ein Objekt an; keines kommt zweimal, darum zählt man am Ende zwei."


def coded(asked: str, code: str, options: str = OPTIONS, back: str = "2") -> tuple[CardKind, str, str]:
    return "choice", f"{asked}\n\n```js\n{code}\n```\n\n{options}", back


def test_a_task_with_the_same_code_options_and_right_answer_goes_on_in_other_words() -> None:
    before = coded("What is loged?", CODE, back=f"2\n\n{WHY}")
    after = coded("Was steht auf der Konsole?", TYPED, back=f"2\n\n{WARUM}")
    assert goes_on(before, after)
    assert goes_on(after, before)


@pytest.mark.parametrize(
    "after",
    [
        coded("Was steht auf der Konsole?", TYPED.replace("berth: 1", "berth: 2"), back=f"2\n\n{WARUM}"),
        coded("Was steht auf der Konsole?", TYPED, back=f"TypeError\n\n{WARUM}"),
        coded("Was steht auf der Konsole?", TYPED, "- 2\n- 7\n- TypeError", f"2\n\n{WARUM}"),
        coded("Was steht auf der Konsole?", "a = 1", back=f"2\n\n{WARUM}"),
    ],
)
def test_another_code_another_right_option_or_other_options_are_another_task(after: tuple[CardKind, str, str]) -> None:
    assert not goes_on(coded("What is loged?", CODE, back=f"2\n\n{WHY}"), after)


ASKED = "Which sail is the first to be taken in?"
LISTED = "- the jib\n- the mainsail  <- this one\n- the mizzen"
CHOSEN = f"{ASKED}\n\n- the jib\n- the mainsail\n- the mizzen"


def test_a_question_whose_answer_held_the_options_goes_on_as_the_choice_that_it_became() -> None:
    for before in (LISTED, "The mainsail."):
        assert goes_on(("basic", ASKED, before), ("choice", CHOSEN, "the mainsail"))
        assert goes_on(("choice", CHOSEN, "the mainsail"), ("basic", ASKED, before))


TIDE = "What will the value of tide be in this log?"
LOG = "```\nconst hour = 6 % 2;\nconst tide = hour ? 'ebb' : 'flood';\n```"
WAY = "What is the right way to log a tide?"
REMARK = "```\ndef tide(h):\n    # >>> tide(4)\n    # 7\n    return h + 3\n```"
EXAMPLE = '```\ndef tide(h):\n    """\n    >>> tide(4)\n    7\n    """\n    return h + 3\n```'


@pytest.mark.parametrize(
    ("asked", "told", "after", "right"),
    [
        (TIDE, f"{LOG}\n- ebb\n- TRUE\n- flood <<<--Correct", f"{TIDE}\n\n{LOG}\n\n- ebb\n- TRUE\n- flood", "flood"),
        (WAY, f"-\n{REMARK}\n-\n{EXAMPLE}  //CORRECT", f"{WAY}\n\n- {REMARK}\n- {EXAMPLE}", EXAMPLE),
    ],
)
def test_so_does_one_whose_code_stood_in_its_answer(asked: str, told: str, after: str, right: str) -> None:
    assert goes_on(("basic", asked, told), ("choice", after, right))
    assert goes_on(("choice", after, right), ("basic", asked, told))


@pytest.mark.parametrize("asked", ["Which sail is the last to be taken in?", "Which sail?"])
def test_another_question_with_the_same_options_does_not(asked: str) -> None:
    assert not goes_on(("basic", asked, LISTED), ("choice", CHOSEN, "the mainsail"))
