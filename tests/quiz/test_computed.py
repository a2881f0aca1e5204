"""Computed questions: what a demo's code answers, in a real child process, becomes a question with a key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool.demo.ahead import Ahead, Wish
from studytool.demo.find import find_demo, list_demos, read
from studytool.notes.model import Library
from studytool.quiz import Attempt, build, mark
from studytool.quiz.computed import as_asked
from studytool.quiz.computing import plan
from studytool.quiz.model import Asked
from tests.quiz.sums import NAN, PREDICTS, SOMETIMES, SUM, Make, computed, paper, papers


def test_the_answer_is_what_the_code_gives_and_wrong_options_are_named_mistakes(made: Make) -> None:
    (asked,) = computed(paper(made(SUM)).complete())
    assert asked.computed
    one, other = (int(word.strip("?")) for word in asked.prompt.split() if word.strip("?").isdecimal())
    assert asked.answer == str(one + other)
    told = {option.text: option.why for option in asked.computed.mistakes}
    assert told == {
        str(one - other).replace("-", "−"): "the mistake: subtracted",
        str(one * other): "the mistake: multiplied",
    }
    assert (asked.card, asked.topic, asked.explanation) == ("", "Trees", "Add them up.")


def test_the_same_seed_sets_the_same_paper_and_another_one_other_numbers(made: Make) -> None:
    library = made(SUM)
    first = paper(library).complete()
    again, other = papers(library, 1, 2)
    assert first == again
    assert computed(first)[0].prompt != computed(other)[0].prompt


def test_the_first_questions_are_of_cards_and_at_most_a_quarter_is_computed(made: Make) -> None:
    library, demos = made(SUM + PREDICTS + NAN), list_demos()
    for seed in range(30):
        wishes, _ = plan(build(library, count=8, seed=seed), library, lambda: demos)
        assert len(wishes) == 2
        assert min(wishes) >= 2
        assert len({wish.place for wish in wishes.values()}) == 2


def test_a_chosen_or_typed_mistake_is_named(made: Make) -> None:
    info = read(Path(made(SUM).root) / "sums.py")
    told: dict[str, object] = {"text": "What?", "answer": 12, "mistakes": {"subtracted": 2, "multiplied": 35}}
    kinds = {}
    for seed in range(20):
        asked = as_asked(Wish(info, "sum_of_two", seed), told, "Trees", "trees.md")
        assert asked
        kinds[asked.kind] = asked
    assert set(kinds) == {"choice", "numeric"}
    texts = [option.text for option in kinds["choice"].options]
    assert mark(kinds["choice"], [texts.index("12")]).verdict == "right"
    wrong = "wrong: the answer is “12”; the mistake: subtracted"
    assert mark(kinds["choice"], [texts.index("2")]).reason == wrong
    assert mark(kinds["numeric"], "2").reason == wrong
    assert mark(kinds["numeric"], "12").verdict == "right"
    assert "mistake" not in mark(kinds["numeric"], "13").reason


@pytest.mark.parametrize(
    ("answer", "shown", "right", "wrong"),
    [
        (0.229129, "0.2291 ± 0.0005", ["0.229", "0.2291", "0.229129"], ["0.25"]),
        (-0.58, "−0.58", ["-0.58", "−0.58"], ["0.58", "-0.6"]),
        (3.0, "3", ["3", "3.0"], ["4"]),
        (1.5e-05, "1.5e−05", ["0.000015", "1.5e-5"], ["0.00015"]),
        (12345.67, "12345.7 ± 50", ["12350", "12345.67"], ["1200"]),
        ([16, 6, 6], "(16, 6, 6)", ["(16, 6, 6)", "16, 6, 6"], ["(6, 16, 6)"]),
        ([0.0, -3.5], "(0, −3.5)", ["(0, -3.5)", "0, −3.5"], ["(0, 3.5)"]),
    ],
)
def test_a_computed_number_is_typed_to_three_figures(
    made: Make, answer: object, shown: str, right: list[str], wrong: list[str]
) -> None:
    info = read(Path(made(SUM).root) / "sums.py")
    asked = as_asked(Wish(info, "sum_of_two", 1), {"text": "What?", "answer": answer, "mistakes": {}}, "Trees", "t.md")
    assert asked
    assert (asked.kind, asked.answer) == ("numeric", shown)
    assert {typed: mark(asked, typed).verdict for typed in right} == dict.fromkeys(right, "right")
    assert "right" not in {mark(asked, typed).verdict for typed in wrong}


def test_a_mistake_that_nobody_can_tell_from_the_answer_is_no_option(made: Make) -> None:
    info = read(Path(made(SUM).root) / "sums.py")
    mistakes = {"rounded": 0.2292, "halved": 0.1146, "halved it too": 0.11458, "doubled": 0.4583}
    asked = as_asked(Wish(info, "x", 1), {"text": "?", "answer": 0.229129, "mistakes": mistakes}, "T", "t.md")
    assert asked
    assert asked.computed
    assert [option.text for option in asked.computed.mistakes] == ["0.1146", "0.4583"]


def test_numbers_that_a_mistake_does_not_tell_apart_are_drawn_again(made: Make) -> None:
    found = [asked for one in papers(made(SOMETIMES), *range(6)) for asked in computed(one)]
    assert found
    assert {asked.prompt for asked in found} == {"What is 3 + 3?"}


def test_a_prediction_is_marked_by_what_the_runs_say(made: Make) -> None:
    (asked,) = computed(paper(made(PREDICTS)).complete())
    assert asked.computed
    assert (asked.kind, asked.answer, asked.computed.prediction) == ("choice", "doubles", 0)
    assert asked.prompt.startswith("You double the summand.")
    texts = [option.text for option in asked.options]
    assert sorted(texts) == ["doubles", "halves", "stays"]
    assert mark(asked, [texts.index("doubles")]).verdict == "right"
    assert mark(asked, [texts.index("halves")]).verdict == "wrong"
    assert asked.explanation == "Every summand does."


def test_the_attempt_says_enough_to_be_set_again(made: Make) -> None:
    for asked in computed(paper(made(SUM + PREDICTS)).complete()):
        response = asked.answer if asked.kind == "numeric" else asked.right
        attempt = Attempt.of(asked, response, mark(asked, response), 1)
        assert Attempt.from_payload(json.loads(json.dumps(attempt.as_payload()))) == attempt


def test_an_attempt_of_an_older_version_has_no_demo(small: Library) -> None:
    asked = build(small, count=1, seed=1).questions[0]
    old = asked.as_dict()
    del old["computed"]
    assert Asked.from_dict(old) == asked


@pytest.mark.parametrize("name", ["perceptron", "cnn", "learning-rate"])
def test_the_questions_of_built_in_demos_are_marked_by_their_keys_and_mistakes(name: str) -> None:
    info = find_demo(name)
    wishes = [Wish(info, question, seed) for question in info.questions for seed in range(0, 40, 4)]
    ahead = Ahead(wishes)
    found = [as_asked(wish, ahead.wait(wish), "Topic", "note.md") for wish in wishes]
    ahead.close()
    assert {asked.kind for asked in found if asked} == {"choice", "numeric"}
    for asked in found:
        assert asked
        assert asked.computed
        key = asked.right if asked.options else asked.answer.partition(" ±")[0]
        assert mark(asked, key).verdict == "right"
        texts = [option.text for option in asked.options]
        for mistake in asked.computed.mistakes:
            chosen = [texts.index(mistake.text)] if mistake.text in texts else [] if texts else mistake.text
            if chosen:
                assert mark(asked, chosen).reason.endswith(mistake.why)
