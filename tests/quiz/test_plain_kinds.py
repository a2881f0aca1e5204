"""Each kind of question in `studytool quiz --plain`, through a pipe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studytool.memory import Grade
from studytool.quiz import Attempt, mark
from studytool.quiz.counting import grade_of
from tests.note_folder import note_file
from tests.quiz.by_line import quiz, told

NOTES = {
    "multiple": "Which of these rise?\n\n- [x] Yeast\n- [ ] Salt\n- [x] Sourdough\n",
    "truth": "Bread is baked.\n\n- [x] True\n- [ ] False\n",
    "typed": "Who grinds the grain?\n= the miller\n= a miller\n",
    "cloze": "C: The dough rests in a [bowl].\n",
    "numeric": "How long is the pan?\n= 0.25 ± 0.01 m\n",
    "ordering": "Put these in order.\n\n1. mix\n2. knead\n3. bake\n",
    "matching": (
        "Match each tool with its use.\n\n| tool | use |\n|---|---|\n| oven | heat |\n| bowl | mixing |\n| | sewing |\n"
    ),
    "recall": "## Why does dough rise? (in your own words)\n\nYeast gives off a gas that the gluten holds.\n",
}


@pytest.fixture
def note(tmp_path: Path):
    """`note(kind)` is a note with one question of that kind."""

    def of(kind: str) -> Path:
        return note_file(tmp_path, kind, f"# Baking\n\n{NOTES[kind]}")

    return of


def kept(home: Path) -> list[Attempt]:
    return [Attempt.from_payload(payload) for payload in told(home, "attempt")]


def signs(shown: str) -> dict[str, str]:
    """The letter or number before each text that is listed."""
    return {text: sign for sign, text in re.findall(r"^ +(\w+)\) (.+)$", shown, re.MULTILINE)}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("truth", "t"), ("truth", "TRUE"), ("truth", "a"), ("typed", "miller"), ("cloze", "bowl"), ("numeric", "0.25 m")],
)
def test_a_line_answers(kind: str, typed: str, note, home: Path) -> None:
    done = quiz("--plain", note(kind), typed=f"{typed}\n")
    assert "1 of 1 right" in done.stdout, done.stdout
    (attempt,) = kept(home)
    assert attempt.asked.kind == kind
    assert mark(attempt.asked, attempt.response) == attempt.mark


def test_several_letters_choose_several_options(note) -> None:
    shown = signs(quiz("--plain", note("multiple"), "--seed", "2").stdout)
    done = quiz("--plain", note("multiple"), "--seed", "2", typed=f"{shown['Yeast']}{shown['Sourdough']}\n")
    assert "1 of 1 right" in done.stdout


def test_what_is_neither_true_nor_false_is_asked_again(note) -> None:
    done = quiz("--plain", note("truth"), typed="perhaps\nfalse\n\n")
    assert "'perhaps' is neither True nor False." in done.stdout
    assert "✗ wrong" in done.stdout


def test_what_is_yes_or_no_is_asked_for_so(note, tmp_path: Path) -> None:
    done = quiz("--plain", note_file(tmp_path, "flat", "Is the earth flat?\n\n- [ ] Yes\n- [x] No\n"), typed="n\n")
    assert "yes or no: " in done.stdout
    assert "true" not in done.stdout
    assert "1 of 1 right" in done.stdout
    assert "true or false: " in quiz("--plain", note("truth")).stdout


def test_a_number_is_asked_for_with_its_unit(note) -> None:
    assert "number, in m: " in quiz("--plain", note("numeric")).stdout


def test_an_order_is_given_by_all_letters(note, home: Path) -> None:
    shown = signs(quiz("--plain", note("ordering"), "--seed", "4").stdout)
    order = "".join(shown[item] for item in ("mix", "knead", "bake"))
    done = quiz("--plain", note("ordering"), "--seed", "4", typed=f"ab\naaa\n{', '.join(order)}\n")
    assert done.stdout.count("is no order: name each of a to c once") == 2
    assert "1 of 1 right" in done.stdout
    (attempt,) = kept(home)
    assert attempt.response == attempt.asked.places


def test_after_a_wrong_order_the_right_one_is_printed(note) -> None:
    shown = signs(quiz("--plain", note("ordering"), "--seed", "4").stdout)
    order = "".join(shown[item] for item in ("bake", "knead", "mix"))
    done = quiz("--plain", note("ordering"), "--seed", "4", typed=f"{order}\ny\n")
    assert "✗ wrong: place 1 is “mix”, not “bake”" in done.stdout
    assert "1. mix\n2. knead\n3. bake" in done.stdout
    assert "1 of 1 right (1 overruled)" in done.stdout


@pytest.mark.parametrize("form", ["{0}{a} {1}{b}", "{1}-{b}, {0}-{a}", "{letters}"])
def test_pairs_are_numbers_with_letters(form: str, note, home: Path) -> None:
    shown = signs(quiz("--plain", note("matching"), "--seed", "3").stdout)
    numbers, letters = (shown["oven"], shown["bowl"]), (shown["heat"], shown["mixing"])
    in_turn = "".join(letter for _, letter in sorted(zip(numbers, letters, strict=True)))
    typed = form.format(*numbers, a=letters[0], b=letters[1], letters=in_turn)
    done = quiz("--plain", note("matching"), "--seed", "3", typed=f"1a\n1z 2b\n{typed}\n")
    assert done.stdout.count("does not pair them: name a letter for each of 1 to 2") == 2
    assert "1 of 1 right" in done.stdout, done.stdout
    (attempt,) = kept(home)
    assert attempt.response == attempt.asked.places


def test_recall_is_several_lines_then_the_model_answer_then_the_own_mark(note, home: Path) -> None:
    done = quiz("--plain", note("recall"), typed="\n.\nThe yeast\n\nmakes gas.\n\n.\n7\n2\n")
    assert "the model answer:\nYeast gives off a gas that the gluten holds." in done.stdout
    assert "named: Yeast, " in done.stdout
    assert "not named: " in done.stdout
    assert "'7' is none of 1, 2 and 3." in done.stdout
    assert "≈ nearly: you marked it yourself" in done.stdout
    (attempt,) = kept(home)
    assert (attempt.self_marked, attempt.response) == (True, "The yeast\n\nmakes gas.")


@pytest.mark.parametrize("typed", ["q\n", ""])
def test_recall_can_be_left_before_anything_is_written(typed: str, note, home: Path) -> None:
    done = quiz("--plain", note("recall"), typed=typed)
    assert done.returncode == 0
    assert "Nothing was answered" in done.stdout
    assert not kept(home)


@pytest.mark.parametrize("typed", ["yeast gas\n.\nq\n", "yeast gas\n"])
def test_own_words_are_kept_where_the_learner_stops_instead_of_marking_them(typed: str, note, home: Path) -> None:
    done = quiz("--plain", note("recall"), typed=typed)
    assert done.returncode == 0
    assert "0 of 1 right, 1 nearly; every answer is saved." in done.stdout
    (attempt,) = kept(home)
    assert (attempt.response, attempt.self_marked) == ("yeast gas", False)
    assert grade_of(attempt) is None


def test_an_empty_line_twice_is_not_known_in_every_kind(tmp_path: Path, home: Path) -> None:
    notes = [note_file(tmp_path, kind, f"# {kind}\n\n{text}") for kind, text in NOTES.items()]
    done = quiz("--plain", *notes, "--seed", "1", "--count", "20", typed="\n\n" * len(NOTES))
    assert done.stdout.count("Type an answer, or press enter again if you do not know.") == len(NOTES)
    assert done.stdout.count("✗ wrong: not known") == len(NOTES)
    assert "✗ wrong: not known; the answer is “Yeast” and “Sourdough”" in done.stdout.replace(
        "“Sourdough” and “Yeast”", "“Yeast” and “Sourdough”"
    )
    assert "1. mix\n2. knead\n3. bake" in done.stdout
    assert "the model answer:\nYeast gives off a gas that the gluten holds." in done.stdout
    assert f"0 of {len(NOTES)} right" in done.stdout
    found = kept(home)
    assert {attempt.asked.kind for attempt in found} == set(NOTES)
    assert not any(attempt.is_known for attempt in found)
    assert [mark(attempt.asked, attempt.response) for attempt in found] == [attempt.mark for attempt in found]
    assert {grade_of(attempt) for attempt in found} == {Grade.AGAIN}


def test_an_empty_line_between_others_says_nothing(note, home: Path) -> None:
    done = quiz("--plain", note("ordering"), typed="\nab\n\n")
    assert done.stdout.count("Type an answer, or press enter again") == 2
    assert not kept(home)


@pytest.mark.parametrize("kind", ["numeric", "recall", "ordering", "matching"])
def test_a_hundred_kilobytes_are_cut(kind: str, note, home: Path) -> None:
    rest = ".\n1\n" if kind == "recall" else "\n" if kind == "numeric" else ""
    done = quiz("--plain", note(kind), typed="yeast " * 17_000 + "\n" + rest)
    assert done.returncode == 0
    assert len(done.stdout) < 5_000
    assert all(len(attempt.response) <= 10_000 for attempt in kept(home))
    if kind == "recall":
        assert "Only the first 10,000 characters were taken." in done.stdout
        assert kept(home)
