"""Computed questions: what a demo's code answers, in a real child process, becomes a question with a key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studytool.demo import trust
from studytool.demo.ahead import Ahead, Wish
from studytool.demo.find import find_demo, read
from studytool.demo.limits import Limits
from studytool.memory import open_store
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Attempt, Paper, build, mark
from studytool.quiz.computed import as_asked
from studytool.quiz.computing import Computing, compute, plan
from studytool.quiz.model import Asked

HEAD = """
import math, pathlib, time
from studytool.demo import Demo, Int, Question, line
demo = Demo("Sums", topics=["sums"], steps=4, by=Int(1, 0, 9))

@demo.train
def train(run):
    total = 0
    while True:
        total += run.by
        yield line("total", total=total)
"""
SUM = """
@demo.question
def sum_of_two(rng):
    a, b = rng.randint(3, 99), rng.randint(3, 99)
    return Question(f"What is {a} + {b}?", a + b, {"subtracted": a - b, "multiplied": a * b}, why="Add them up.")
"""
RAISES = "\n@demo.question\ndef raises(rng):\n    raise ValueError('no luck')\n"
SLEEPS = "\n@demo.question\ndef sleeps(rng):\n    time.sleep(999)\n"
NAN = "\n@demo.question\ndef nan(rng):\n    return Question('What is 0/0?', math.nan, {'took 1': 1})\n"
COINCIDES = "\n@demo.question\ndef same(rng):\n    return Question('What is 2 + 2?', 4, {'multiplied': 4})\n"
SOMETIMES = """
@demo.question
def sometimes(rng):
    a = rng.choice((2, 2, 2, 3))
    return Question(f"What is {a} + {a}?", 2 * a, {"multiplied": a * a})
"""
PREDICTS = """
@demo.predict("You double the summand. The total…", "halves", "stays", "doubles", why="Every summand does.")
def _(sim):
    once, twice = sim(by=1).last("total"), sim(by=2).last("total")
    return "doubles" if twice == 2 * once else "stays"
"""
QUICK = Limits(seconds=1.5, start=60)
Make = Callable[..., Library]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Eight cards in a note that links to the demo of a source, which is trusted unless a test says otherwise."""

    def make(source: str, *, trusted: bool = True) -> Library:
        folder = tmp_path / "notes"
        folder.mkdir(exist_ok=True)
        demo = folder / "sums.py"
        demo.write_text(HEAD + source, "utf-8")
        names = ["alder", "birch", "cedar", "daphne", "elm", "fir", "ginkgo", "hazel"]
        cards = "\n".join(f"Q: Which tree has number {number}?\nA: {name}\n" for number, name in enumerate(names, 1))
        (folder / "trees.md").write_text(f"---\ndemo: ./sums.py\n---\n# Trees\n\n{cards}", "utf-8")
        if trusted:
            info = read(demo)
            trust.trust(info.path, info.digest)
        return load_library([folder], root=folder)

    return make


def paper(library: Library, seed: int = 1) -> Computing:
    return compute(build(library, count=8, seed=seed), library, limits=QUICK)


def computed(whole: Paper) -> list[Asked]:
    return [asked for asked in whole.questions if asked.computed]


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
    first, again, other = (paper(library, seed).complete() for seed in (1, 1, 2))
    assert first == again
    assert computed(first)[0].prompt != computed(other)[0].prompt


def test_the_first_questions_are_of_cards_and_at_most_a_quarter_is_computed(made: Make) -> None:
    library = made(SUM + PREDICTS + NAN)
    for seed in range(30):
        wishes, _ = plan(build(library, count=8, seed=seed), library)
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


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (RAISES, "ValueError: no luck"),
        (SLEEPS, "There was no answer within 1.5 s"),
        (NAN, "nan is no answer"),
        (COINCIDES, "twice among its answer and mistakes"),
        ("\nraise RuntimeError('at once')\n" + SUM, "RuntimeError: at once"),
        ("\nimport os\nos._exit(3)\n" + SUM, "it ended before it was done"),
    ],
    ids=["raises", "sleeps", "nan", "coincides", "raises at once", "exits"],
)
def test_a_demo_that_fails_costs_a_sentence_and_its_place_goes_to_a_card(made: Make, source: str, why: str) -> None:
    library = made(source)
    cards = build(library, count=8, seed=1)
    computing = paper(library)
    assert computing.complete() == cards
    (told,) = computing.told
    assert why in told
    assert told.startswith("The demo sums gave no question (")
    assert told.endswith("): a card is asked instead.")
    assert "\n" not in told


def test_numbers_that_a_mistake_does_not_tell_apart_are_drawn_again(made: Make) -> None:
    library = made(SOMETIMES)
    papers = [paper(library, seed) for seed in range(6)]
    found = [asked for one in papers for asked in computed(one.complete())]
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


def test_a_file_that_nobody_trusts_is_not_run_and_that_is_told(made: Make, tmp_path: Path) -> None:
    sign = tmp_path / "executed"
    library = made(f"\npathlib.Path({str(sign)!r}).touch()\n" + SUM, trusted=False)
    computing = paper(library)
    assert computing.complete() == build(library, count=8, seed=1)
    assert not sign.exists()
    (told,) = computing.told
    assert "is not trusted, so it is not run for questions" in told


def test_a_file_that_changes_after_it_was_agreed_to_is_not_run(made: Make, tmp_path: Path) -> None:
    sign = tmp_path / "executed"
    computing = paper(library := made(SUM))
    with (Path(library.root) / "sums.py").open("a") as file:
        file.write(f"pathlib.Path({str(sign)!r}).touch()\n")
    assert not computed(computing.complete())
    assert not sign.exists()
    assert "has changed since you agreed to run it" in computing.told[0]


def test_a_paper_without_computed_questions_starts_no_process(
    made: Make, small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr("studytool.demo.process.spawn", lambda **_: started.append(1))
    for library, wanted in ((small, True), (made(SUM), False)):
        cards = build(library, count=8, seed=1)
        computing = compute(cards, library, wanted=wanted)
        computing.start()
        assert computing.complete() == cards
    assert not started


def test_while_a_demo_computes_later_questions_are_asked_and_none_is_lost(made: Make) -> None:
    library = made(SUM.replace("a, b =", "time.sleep(1); a, b ="))
    planned = paper(library).complete()
    computing = paper(library)
    computing.start()
    (place,) = computing._wishes
    assert computing.settle(place)
    assert computing.paper.questions[place].computed is None, "torch alone takes longer than this"
    last = len(planned.questions) - 1
    while not all(map(computing.settle, range(last + 1))):
        pass
    assert {asked.prompt for asked in computing.paper.questions} == {asked.prompt for asked in planned.questions}
    computing.close()


def test_what_is_not_waited_for_is_a_card_and_leaves_no_process(made: Make) -> None:
    library = made(SLEEPS)
    cards = build(library, count=8, seed=1)
    computing = compute(cards, library)
    computing.start()
    (place,) = computing._wishes
    computing.give_up(place)
    assert computing.settle(place)
    assert computing.paper == cards
    computing.close()
    assert computing._ahead._thread is not None
    assert not computing._ahead._thread.is_alive()


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


# -- the command --------------------------------------------------------------------------------


def quiz(*arguments: str | Path, typed: str = "", name: str = "quiz") -> subprocess.CompletedProcess[str]:
    """One run of the command, which says at its end whether it has loaded torch."""
    code = "import sys\nfrom studytool.cli import main\ncode = main(sys.argv[1:])\nassert 'torch' not in sys.modules"
    command = [sys.executable, "-c", f"{code}\nsys.exit(code)", name, *map(str, arguments)]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    return done


def questions(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(quiz("--json", *arguments).stdout)["questions"]
    return found


def test_json_holds_the_key_and_the_mistakes(made: Make) -> None:
    folder = Path(made(SUM).root)
    (asked,) = [one for one in questions(folder, "--count", "8", "--seed", "1") if one["computed"]]
    assert asked["computed"]["demo"] == str(folder / "sums.py")
    assert asked["computed"]["name"] == "sum_of_two"
    assert [one["why"] for one in asked["computed"]["mistakes"]] == [
        "the mistake: subtracted",
        "the mistake: multiplied",
    ]
    assert asked["card"] == ""
    assert asked["line"] == 1


def test_computed_questions_can_be_left_out(made: Make, home: Path) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    assert not any(one["computed"] for one in questions(*arguments, "--no-computed"))
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text("computed = false\n")
    assert not any(one["computed"] for one in questions(*arguments))
    assert any(one["computed"] for one in questions(*arguments, "--computed"))


def test_plain_asks_in_order_names_the_mistake_and_records_no_card(made: Make, home: Path) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    typed = []
    for asked in questions(*arguments):
        if not asked["computed"]:
            typed += [
                "abcd"[[o["correct"] for o in asked["options"]].index(True)] if asked["options"] else asked["answer"]
            ]
            continue
        wrong = asked["computed"]["mistakes"][0]["text"]
        texts = [option["text"] for option in asked["options"]]
        typed += ["abcd"[texts.index(wrong)] if texts else wrong, ""]
    done = quiz("--plain", *arguments, typed="\n".join(typed) + "\n")
    assert "the mistake: subtracted" in done.stdout
    assert "studytool demo" in done.stdout
    assert "7 of 8 right" in done.stdout
    store = open_store(home / "data")
    events = [event for event in store.events() if event.kind == "attempt"]
    store.close()
    assert [event.card for event in events if event.payload["computed"]] == [None]
    assert all(event.card == event.payload["card"] for event in events if not event.payload["computed"])


def test_a_demo_that_fails_is_told_beside_the_json(made: Make) -> None:
    done = quiz("--json", Path(made(RAISES).root), "--count", "8", "--seed", "1")
    assert done.stderr == "studytool: The demo sums gave no question (ValueError: no luck): a card is asked instead.\n"
    assert len(json.loads(done.stdout)["questions"]) == 8


# -- exams --------------------------------------------------------------------------------------


def right(asked: dict[str, Any]) -> str:
    """What answers a question of a paper rightly, line by line."""
    if asked["options"]:
        return "abcd"[[option["correct"] for option in asked["options"]].index(True)]
    answer: str = asked["answer"].partition(" ±")[0]
    return answer


def test_an_exam_has_computed_questions_and_the_same_seed_sets_the_same_paper(made: Make) -> None:
    arguments = ("--json", Path(made(SUM + PREDICTS).root), "--count", "8", "--seed", "1")
    paper = json.loads(quiz(*arguments, name="exam").stdout)["questions"]
    assert len([asked for asked in paper if asked["computed"]]) == 2
    assert {asked["computed"]["prediction"] for asked in paper if asked["computed"]} == {None, 0}
    assert json.loads(quiz(*arguments, name="exam").stdout)["questions"] == paper == questions(*arguments[1:])
    without = json.loads(quiz(*arguments, "--no-computed", name="exam").stdout)["questions"]
    assert not any(asked["computed"] for asked in without)


def test_an_exam_goes_on_with_its_computed_questions_when_the_demo_is_gone(made: Make, tmp_path: Path) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    paper = json.loads(quiz("--json", *arguments, name="exam").stdout)["questions"]
    begun = quiz("--plain", *arguments, typed=f"{right(paper[0])}\n", name="exam").stdout
    assert "Demos compute 1 question; the exam begins when they are ready" in begun
    (folder / "sums.py").unlink()
    typed = "".join(f"{right(asked)}\n" for asked in paper[1:])
    report = tmp_path / "report.json"
    done = quiz("--plain", folder, "--resume", "--report", report, typed=f"{typed}\n", name="exam").stdout
    assert "**8 of 8 right (100 %)**" in done
    assert [one["verdict"] for one in json.loads(report.read_text())["questions"]] == ["right"] * 8


def test_the_report_names_the_demo_of_a_computed_question_that_was_not_right(made: Make) -> None:
    folder = Path(made(SUM).root)
    typed = ":n\n" * 8 + ":h\n\n"
    done = quiz("--plain", folder, "--count", "8", "--seed", "1", typed=typed, name="exam").stdout
    assert f"; run `studytool demo {folder / 'sums.py'}`\n" in done, "the demo that its cards link to, too, and once"
    assert f"  - studytool demo {folder / 'sums.py'}\n" in done


def test_a_demo_that_fails_costs_an_exam_a_sentence_and_no_question(made: Make) -> None:
    arguments = (Path(made(RAISES).root), "--count", "8", "--seed", "1")
    sentence = "The demo sums gave no question (ValueError: no luck): a card is asked instead."
    told = quiz("--json", *arguments, name="exam")
    assert told.stderr == f"studytool: {sentence}\n"
    assert len(json.loads(told.stdout)["questions"]) == 8
    assert f"{sentence}\nExam: notes. 8 questions" in quiz("--plain", *arguments, name="exam").stdout


def test_what_is_not_ready_when_an_exam_is_wanted_at_once_leaves_its_card_there(made: Make) -> None:
    library = made(SLEEPS)
    computing = paper(library)
    computing.start()
    assert (computing.planned, computing.waiting) == (1, 1)
    assert computing.at_once() == build(library, count=8, seed=1)
    (told,) = computing.told
    assert told.startswith("1 question of demos was not waited for.")
    computing.close()
