"""A paper: the same for the same seed, fair in every question, honest about what it left out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

import pytest

from studytool import places
from studytool.errors import StudytoolError
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Asked, Paper, build
from studytool.quiz.model import GAP, MASK
from studytool.quiz.words import stems

GOLDEN = Path(__file__).with_name("golden.json")
ALL = 100_000


def table(paper: Paper) -> dict[str, object]:
    return {
        "seed": paper.seed,
        "left_out": paper.left_out,
        "questions": [
            {
                "kind": asked.kind,
                "prompt": asked.prompt,
                "options": [o.text for o in asked.options],
                "answer": asked.answer,
            }
            for asked in paper.questions
        ],
    }


def choices(library: Library) -> list[Asked]:
    """The choices made from plain cards."""
    written = {question.key for note in library.notes for question in note.questions}
    questions = build(library, count=ALL, seed=1).questions
    return [asked for asked in questions if asked.options and asked.card not in written]


@pytest.fixture(scope="module")
def course() -> Library:
    cards = places.built_in("cards")
    return load_library([cards], root=cards)


@pytest.fixture(scope="module")
def asked_of_the_course(course: Library) -> list[Asked]:
    return choices(course)


@pytest.fixture(scope="module")
def asked_of_the_large(large: Library) -> list[Asked]:
    return choices(large)


@pytest.fixture(params=["small", "large", "course"])
def asked_with_options(request: pytest.FixtureRequest) -> list[Asked]:
    """The choices made from the plain cards of one of three libraries."""
    if request.param == "small":
        return choices(request.getfixturevalue("small"))
    found: list[Asked] = request.getfixturevalue(f"asked_of_the_{request.param}")
    return found


def test_the_paper_of_the_small_library_is_the_one_that_was_written_down(small: Library) -> None:
    found = table(build(small, count=ALL, seed=7))
    if os.environ.get("STUDYTOOL_WRITE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(GOLDEN.read_text("utf-8"))


def test_the_same_seed_gives_the_same_paper_in_another_process_with_another_hash_seed(
    notes: Path, small: Library
) -> None:
    command = [sys.executable, "-m", "studytool", "quiz", "--json", str(notes), "--seed", "11", "--count", "100"]
    runs = [
        subprocess.run(
            command, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, timeout=120, check=True
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    told = json.loads(runs[0].stdout)
    assert [q["prompt"] for q in told["questions"]] == [q.prompt for q in build(small, count=100, seed=11).questions]


def test_another_seed_gives_another_paper(small: Library) -> None:
    assert len({str(table(build(small, count=ALL, seed=seed))["questions"]) for seed in range(5)}) > 1


def test_a_card_that_is_added_elsewhere_leaves_the_form_of_authored_questions_alone(
    notes: Path, small: Library
) -> None:
    def authored(library: Library) -> list[Asked]:
        return [asked for asked in build(library, count=ALL, seed=3).questions if "channel deep" in asked.prompt]

    before = authored(small)
    (notes / "new.md").write_text("# New\n\nQ: Which bird nests under the crane?\nA: The stork\n", "utf-8")
    after = authored(load_library([notes], root=notes))
    assert [asked.options for asked in before] == [asked.options for asked in after] != []


def test_a_question_that_was_written_as_one_is_asked_as_written(small: Library) -> None:
    (asked,) = [asked for asked in build(small, count=ALL, seed=2).questions if "channel deep" in asked.prompt]
    assert asked.kind == "choice"
    assert asked.prompt == "Which of these keeps the channel deep?"
    assert sorted(option.text for option in asked.options) == ["The crane", "The dredger", "The pilot"]
    assert asked.answer == "The dredger"
    assert "Only it touches the ground." in asked.explanation


def test_the_options_of_a_written_question_are_shuffled_by_the_seed(small: Library) -> None:
    orders = set()
    for seed in range(12):
        for asked in build(small, count=ALL, seed=seed).questions:
            if "channel deep" in asked.prompt:
                orders.add(tuple(option.text for option in asked.options))
    assert len(orders) > 2


def test_a_cloze_card_is_asked_as_cloze_with_its_gap(small: Library) -> None:
    for seed in range(4):
        (asked,) = [asked for asked in build(small, count=ALL, seed=seed).questions if "keeper raises" in asked.prompt]
        assert asked.kind == "cloze"
        assert GAP in asked.prompt
        assert asked.answer == "black ball"


def test_a_short_answer_is_typed(small: Library) -> None:
    kinds = {
        asked.kind
        for seed in range(4)
        for asked in build(small, count=ALL, seed=seed).questions
        if asked.prompt == "Which rope holds the bow?"
    }
    assert kinds == {"typed"}


@pytest.mark.parametrize(("answer", "kind"), [("B: it grows all year", "recall"), ("Moss: it grows", "typed")])
def test_the_letter_of_an_option_that_is_not_there_is_no_short_answer(tmp_path: Path, answer: str, kind: str) -> None:
    (tmp_path / "a.md").write_text(f"Q: Which of these grows on roofs?\nA: {answer}\n", "utf-8")
    (asked,) = build(load_library([tmp_path], root=tmp_path), count=1, seed=1).questions
    assert asked.kind == kind


def test_every_form_is_used(small: Library, large: Library) -> None:
    asked = [*build(small, count=ALL, seed=0).questions, *build(large, count=400, seed=0).questions]
    forms = {(question.kind, question.prompt.startswith(("What is described", "Which question"))) for question in asked}
    assert ("choice", True) in forms, "an excerpt is asked about"
    assert ("choice", False) in forms, "a front is answered by a statement"
    assert {"typed", "cloze"} <= {kind for kind, _ in forms}


def test_exactly_one_option_is_right_and_none_says_what_another_does(asked_with_options: list[Asked]) -> None:
    for asked in asked_with_options:
        texts = [" ".join(option.text.casefold().split()) for option in asked.options]
        assert len(asked.right) == 1
        assert asked.answer == asked.options[asked.right[0]].text
        assert all(one not in other for one in texts for other in texts if one is not other), texts


def test_masks_hide_every_word_of_meaning_that_an_option_uses(asked_with_options: list[Asked]) -> None:
    masked = [asked for asked in asked_with_options if "\n\n> " in asked.prompt]
    assert masked
    for asked in masked:
        excerpt = asked.prompt.partition("\n\n> ")[2].replace(MASK, " ")
        for option in asked.options:
            assert not stems(option.text) & stems(excerpt), (excerpt, option.text)


def test_a_gap_is_told_neither_by_the_front_nor_by_the_rest_of_the_sentence(large: Library, course: Library) -> None:
    for library in (large, course):
        for asked in build(library, count=400, seed=4).questions:
            if asked.kind == "cloze" and "\n\n> " in asked.prompt:
                assert not stems(asked.answer) & stems(asked.prompt), asked.prompt


def test_wrong_options_are_about_as_long_as_the_right_one(
    asked_of_the_large: list[Asked], asked_of_the_course: list[Asked]
) -> None:
    for asked in (*asked_of_the_large, *asked_of_the_course):
        for option in asked.options:
            short, long = sorted((len(option.text), len(asked.answer)))
            assert long <= 2 * short + 8


def test_every_question_explains_itself_and_names_its_card(small: Library) -> None:
    cards = {card.key: card for card in small.studied()}
    for asked in build(small, count=ALL, seed=1).questions:
        card = cards[asked.card]
        assert (asked.path, asked.line, asked.topic) == (card.span.path, card.span.line, card.topic)
        if asked.kind == "recall":
            assert (asked.prompt, asked.answer) == (card.front, card.back)
        elif card.kind == "basic":
            assert card.back in asked.explanation
            assert card.front in asked.explanation


def test_each_card_is_asked_once_or_counted_as_left_out(course: Library) -> None:
    paper = build(course, count=ALL, seed=0)
    keys = [asked.card for asked in paper.questions]
    assert len(keys) == len(set(keys))
    askable = [card for card in course.studied() if card.kind != "open"]
    assert len(keys) + paper.left_out == len(askable)
    assert len(keys) >= 0.75 * len(askable)


def test_open_questions_are_not_asked(notes: Path) -> None:
    (notes / "open.md").write_text("# Open\n\nQuestions:\n- Why do old cities lie on rivers?\n", "utf-8")
    library = load_library([notes], root=notes)
    assert any(card.kind == "open" for card in library.studied())
    assert not [asked for asked in build(library, count=ALL, seed=0).questions if "old cities" in asked.prompt]


def test_only_the_topics_that_are_named_are_asked(small: Library) -> None:
    paper = build(small, count=ALL, seed=0, topics=["Mill"])
    assert {asked.topic for asked in paper.questions} == {"Mill"}


def test_an_unknown_topic_is_refused_with_those_there_are(small: Library) -> None:
    with pytest.raises(StudytoolError, match=r"Windmill.*Harbour, Mill"):
        build(small, count=3, seed=0, topics=["Windmill"])


def test_more_questions_than_there_are_give_all_there_are(small: Library) -> None:
    everything = build(small, count=10**9, seed=0)
    assert 5 <= len(everything.questions) <= len(small.studied())
    assert build(small, count=4, seed=0).questions == everything.questions[:4]


def test_an_empty_library_gives_an_empty_paper() -> None:
    assert build(Library(root=".", notes=()), count=10, seed=0) == Paper((), 0)


def test_a_single_card_is_never_asked_with_options(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(
        "# One\n\nQ: What is a quoin?\nA: A dressed block of stone at the corner of a wall.\n"
    )
    library = load_library([tmp_path], root=tmp_path)
    for seed in range(6):
        assert not [asked for asked in build(library, count=5, seed=seed).questions if asked.options]


def test_of_a_callout_under_a_label_alone_no_words_are_wanted_that_its_prompt_does_not_ask_for(tmp_path: Path) -> None:
    text = (
        "# Bonds\n\n> [!summary]\n> Electrons hold atoms together.\n\n"
        "> [!example]\n> NaCl: sodium gives one electron to chlorine.\n\n"
        "> [!attention] Copper\n> Metallic\n\n"
        "> [!question] Which bond shares electrons?\n> Covalent\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    asked = {(one.prompt, one.kind) for seed in range(10) for one in build(library, count=9, seed=seed).questions}
    assert asked == {
        ("Bonds: Summary", "recall"),
        ("Bonds: Example\n\n> […] (N…): sodium gives one electron to chlorine.", "cloze"),
        ("Bonds: Attention: Copper", "recall"),
        ("Which bond shares electrons?", "typed"),
    }


def test_a_picture_is_left_out_because_a_terminal_cannot_show_it(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("# One\n\nQ: ![the map](map.png) Where is the harbour?\nA: In the bay\n", "utf-8")
    paper = build(load_library([tmp_path], root=tmp_path), count=5, seed=0)
    assert (paper.questions, paper.left_out) == ((), 1)


SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.mark.parametrize("name", ["course", "seeds"])
def test_a_paper_of_the_course_and_of_the_seeds_is_the_same_on_any_machine(name: str) -> None:
    folder = places.built_in("cards") if name == "course" else SEEDS
    if not folder.is_dir():
        pytest.skip("the seeds are not beside this checkout")
    told = json.dumps(table(build(load_library([folder], root=folder), count=40, seed=7)), ensure_ascii=False)
    found = blake2b(told.encode(), digest_size=16).hexdigest()
    golden = GOLDEN.with_name("golden_papers.json")
    wanted = json.loads(golden.read_text("utf-8")) if golden.exists() else {}
    if os.environ.get("STUDYTOOL_WRITE_GOLDEN"):
        wanted[name] = found
        golden.write_text(json.dumps(wanted, indent=2, sort_keys=True) + "\n", "utf-8")
    assert found == wanted[name]
