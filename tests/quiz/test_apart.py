"""No paper asks two questions of which one shows the answer of the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool import places
from studytool.notes import load_library
from studytool.notes.model import Option
from studytool.quiz import Asked, build
from studytool.quiz.apart import Apart
from studytool.quiz.model import AskedKind
from tests.note_folder import note_file
from tests.quiz.by_line import exam, quiz

GAPS = """\
# Numbers and rivers

C: Euler's number is about [2.718] and π about [3.14].

C: The {{c1::Rubicon}} was crossed by {{c2::Caesar}} in {{c3::January}}.

Q: Who crossed the Rubicon?
A: Caesar

Q: Which month is named after the god of beginnings?
A: January
"""


def asked(
    kind: AskedKind, prompt: str, answer: str = "", *, accepted: tuple[str, ...] = (), line: int = 1, others: str = ""
) -> Asked:
    """A question at a line; with `others` it is a choice among them and the answer."""
    options = (Option(answer, True), *(Option(text, False) for text in others.split("; "))) if others else ()
    return Asked(kind, prompt, options, answer, accepted, "", f"card {line}", "note.md", line, "Topic")


def together(*questions: Asked) -> list[bool]:
    """Which of the questions are taken into one paper, in this order."""
    apart = Apart()
    return [apart.takes(one) for one in questions]


def are_apart(one: Asked, other: Asked) -> bool:
    """Whether both may stand in a paper, whichever comes first."""
    found = {tuple(together(one, other)), tuple(together(other, one))}
    assert len(found) == 1
    return found == {(True, True)}


RUBICON = asked("typed", "Who crossed the Rubicon?", "Caesar")


def test_of_the_gaps_of_a_sentence_and_of_the_sides_of_a_card_one_is_asked() -> None:
    assert not are_apart(asked("cloze", "[…] and π about 3", "2.718"), asked("cloze", "2 and π about […]", "3.14"))
    assert are_apart(asked("cloze", "The […] runs", "Nile"), asked("cloze", "The […] sets", "sun", line=2))


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (asked("cloze", "The Rubicon was crossed by Caesar in […].", "January", line=2), False),
        (asked("truth", "Caesar never crossed the Rubicon.", "False", line=2), False),
        (asked("numeric", "How many men crossed the Rubicon with CAESAR'S legion?", "5000", line=2), False),
        (asked("choice", "What began the war?", "A vote", others="Caesar crossed the Rubicon; A feast", line=2), False),
        # The answer alone, or what is asked alone, tells nothing.
        (asked("cloze", "On the Ides of March […] stabbed Caesar.", "Brutus", line=2), True),
        (asked("choice", "Who wrote letters to Atticus?", "Cicero", others="Caesar; Cato", line=2), True),
        (asked("cloze", "The Rubicon was crossed in […].", "January", line=2), True),
        (asked("typed", "Who were the caesarean kings that crossed the Rubicon?", "none", line=2), True),
    ],
)
def test_a_text_that_says_the_answer_with_what_is_asked_gives_it_away(other: Asked, wanted: bool) -> None:
    assert are_apart(RUBICON, other) is wanted


def test_an_answer_of_many_words_is_told_by_any_prompt_that_has_it_and_one_of_few_letters_by_chance() -> None:
    long = asked("typed", "What is minimised here?", "the root mean square error", accepted=("MSE",))
    assert not are_apart(long, asked("typed", "Is root mean square error convex?", "yes", line=2))
    assert are_apart(long, asked("choice", "Which is convex?", "Sine", others="the root mean square error; b", line=2))
    assert not are_apart(long, asked("typed", "What is minimised: MSE or what else?", "risk", line=2))
    assert are_apart(asked("typed", "How many legs has a dog?", "4"), asked("typed", "Has a dog 4 legs?", "Y", line=2))


def test_a_short_word_behind_another_tells_answers_apart_and_an_article_before_it_does_not() -> None:
    first = asked("typed", "Which type of error rejects a true hypothesis?", "Type I")
    other = asked("typed", "Which type of error keeps a wrong hypothesis?", "type b", line=2)
    assert are_apart(first, other)
    told = asked("typed", "Does a type I error reject a true hypothesis or keep it?", "it rejects", line=3)
    assert not are_apart(first, told)
    said = asked("typed", "What did Caesar cross?", "the Rubicon", line=4)
    assert not are_apart(said, asked("cloze", "With Rubicon, what Caesar had to cross, […] began.", "war", line=5))


def test_a_number_is_told_without_its_tolerance_and_unit_and_what_is_true_or_in_order_by_nothing() -> None:
    for answer in ("300 ± 1 m", "300 m", "300"):
        tall = asked("numeric", "How tall is the tower?", answer)
        assert not are_apart(tall, asked("typed", "Whose is the tower, tall as 300 men?", "Eiffel", line=2))
    for kind in ("truth", "ordering", "matching"):
        free = asked(kind, "The tower is tall.", "true")  # type: ignore[arg-type]
        assert are_apart(free, asked("typed", "Is it true that the tower is tall?", "Eiffel", line=2))


def test_no_paper_of_notes_with_several_gaps_a_sentence_answers_itself(tmp_path: Path) -> None:
    (tmp_path / "gaps.md").write_text(GAPS, "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    assert len(library.studied()) == 7
    seen: set[str] = set()
    for seed in range(12):
        paper = build(library, count=10, seed=seed)
        lines = [one.line for one in paper.questions]
        assert len(lines) == len(set(lines))
        assert len(lines) + paper.left_out == 7
        prompts = [one.prompt for one in paper.questions]
        if "Who crossed the Rubicon?" in prompts:
            assert not any("crossed by Caesar" in prompt for prompt in prompts)
        seen.update(prompts)
    assert len(seen) == 7  # each is asked by some seed


def test_no_question_of_a_paper_of_the_course_shows_the_answer_of_another() -> None:
    cards = places.built_in("cards")
    found = build(load_library([cards], root=cards), count=120, seed=2).questions
    assert len(found) == 120
    for place, one in enumerate(found):
        for other in found[:place]:
            assert together(one, other) == [True, True], (one, other)


def test_fewer_questions_than_asked_for_are_told_of_with_the_reason(tmp_path: Path) -> None:
    path = note_file(tmp_path, "gaps", GAPS)
    asked = len(json.loads(quiz("--json", path, "--seed", "1", "--count", "7").stdout)["questions"])
    assert asked < 7
    told = f"The cards give no more than {asked} fair questions that do not answer each other; 7 were asked for."
    assert told in quiz("--plain", path, "--seed", "1", "--count", "7").stdout
    assert told in exam("--plain", path, "--seed", "1", "--count", "7", typed=":q\n").stdout


def test_a_few_sentences_with_many_gaps_make_a_short_paper_that_says_why(tmp_path: Path) -> None:
    path = note_file(
        tmp_path,
        "gaps",
        "C: The [Nile] flows through [Sudan] and [Egypt] into the [Mediterranean].\n\n"
        "C: [Water] boils at [100] degrees at [sea] level.\n",
    )
    told = "The cards give no more than 2 fair questions that do not answer each other."
    assert told in quiz("--plain", path, "--seed", "1").stdout
    assert told in exam("--plain", path, "--seed", "1", typed=":q\n").stdout
    one = note_file(tmp_path, "one", "C: The [Nile] flows through [Sudan] and [Egypt].\n")
    assert "no more than 1 fair question." in quiz("--plain", one, "--seed", "1").stdout


def test_a_paper_of_all_cards_is_not_called_short(tmp_path: Path) -> None:
    path = note_file(tmp_path, "few", "Q: Which river flows through Prague?\nA: The Vltava.\n")
    assert "no more than" not in quiz("--plain", path, "--seed", "1").stdout
