"""Questions that stand whole in a longer prompt go on; those that share a case and ask another thing of it do not."""

from __future__ import annotations

import pytest

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

CASE = (
    "A harbour wants to load ships at night and must not pay for cranes that stand idle. The crew knows many kinds of "
    "crane, and no ship may wait for longer than the tide lasts."
)
WHICH = "Which kind of crane should it choose?"
OPTIONS = "- gantry cranes on rails\n- floating cranes that are towed\n- mobile cranes with tyres\n- derricks on deck"
TOLD = (
    "Rope is laid from strands that are twisted against each other, so that friction holds the fibres where they are "
    "and no strand can unwind"
)
STAYED = [("Who stays above?", "This one.", 1), ("Who stays below?", "That one.", 99)]


def card(key: str, front: str, back: str, line: int = 5, kind: str = "basic") -> Card:
    return Card(key, kind, "qa", "explicit", front, back, "", Span("n.md", line), ())  # type: ignore[arg-type]


def goes_on(before: tuple[str, str], after: tuple[str, str], line: int = 5, kind: str = "basic") -> bool:
    """Whether a card goes on as another of its note, between two that stayed; both ways."""
    stayed = [card(f"={at}", *told) for at, told in enumerate(STAYED)]
    pairs = [(known(one), one) for one in stayed]
    found = {
        bool(relink([known(card("-", *one, kind=kind))], [card("+", *other, line, kind)], pairs))
        for one, other in ((before, after), (after, before))
    }
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize("told", ["mobile cranes with tyres", "mobile cranes with tyres."])
@pytest.mark.parametrize("shown", [WHICH, "Which  kind of **crane** should it choose?"])
def test_a_question_goes_on_when_a_case_is_told_before_it(shown: str, told: str) -> None:
    before = f"{WHICH}\n\n{OPTIONS}", "mobile cranes with tyres"
    after = f"{CASE} {shown}\n\n{OPTIONS.replace('towed', 'towed.')}", told
    assert goes_on(before, after, 9, "choice")


def test_a_case_tells_nothing_where_the_question_behind_it_is_another() -> None:
    before = f"{WHICH}\n\n{OPTIONS}", "mobile cranes with tyres"
    assert not goes_on(before, (f"{CASE} Which should it not buy?\n\n{OPTIONS}", "derricks on deck"), 9, "choice")
    other = "- by rail\n- by night\n- by barge\n- by road"
    assert not goes_on(before, (f"{CASE} {WHICH}\n\n{other}", "by barge"), 9, "choice")


@pytest.mark.parametrize("more", ["What are its pros and cons?", "Is it not weaker than wire?"])
def test_a_question_goes_on_when_another_follows_it_and_its_answer_grew(more: str) -> None:
    grown = (
        f"{TOLD}.\n\nIt is light, floats, and is not hard to splice; but it rots, stretches, and wears where it rubs"
    )
    assert goes_on(("What is rope?", TOLD), (f"What is rope? {more}", grown))


def test_a_term_that_another_joins_is_no_sentence_of_its_own() -> None:
    other = "Wire is drawn through a row of dies, each narrower than the one before it, and annealed in between"
    assert not goes_on(("What is rope?", TOLD), ("What is rope and wire?", other))


@pytest.mark.parametrize("answer", ["Yes.", "True"])
def test_yes_is_the_answer_to_many_questions_about_one_case(answer: str) -> None:
    options = f"\n\n- {answer}\n- {'No' if answer == 'Yes.' else 'False'}."
    first, second = "Crane 1 can lift the boat at low tide.", "The night crew reaches the far quay by ladder."
    assert not goes_on((f"{CASE} {first}{options}", answer), (f"{CASE} {second}{options}", answer), 9, "choice")
