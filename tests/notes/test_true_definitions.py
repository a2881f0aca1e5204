"""Definitions that look like a remark, a plan or a point and are none; each beside one that is."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

OTHERS = "- **Rope**: a thing that holds two others\n- **Knot**: a loop that is drawn tight\n"


GODS = (("Zeus", "sky"), ("Poseidon", "sea"), ("Hades", "world below"), ("Ares", "war"))


def fronts(text: str, path: str = "Notes.md", place: str = "") -> list[str]:
    return [card.front for card in parse_note(text, path, place=place).cards]


@pytest.mark.parametrize(
    "entry",
    [
        "**Accuracy**: fraction of all predictions that are correct",
        "**Reliability**: consistency of a measurement over several days",
        "**Complexity**: growth of the running time with the input",
        "**Identity matrix**: the square matrix I that has ones on its diagonal and zeros elsewhere in it",
        "**Electric current**: the flow of charge I through a wire in a second of time, told in ampere",
        "**Regency**: the time after Charles I lost his head in which nobody at all was king there",
        "**May Fourth Movement**: a protest of students against a treaty",
        "**Will to power**: the drive of all that lives to grow",
        "**$A^+$**: the pseudoinverse of a matrix that has none",
        "**$Na^+$**: the ion that a sodium atom leaves",
        r"**$\left\|x\right\|_2$**: the length of a vector in the plane",
    ],
)
def test_what_a_word_means_is_a_definition(entry: str) -> None:
    name = entry.split("**")[1]
    assert name in fronts(f"# T\n\n- {entry}\n{OTHERS}")


@pytest.mark.parametrize(
    "entry",
    [
        "**Accuracy**: it gets more of them right than before",
        "**Cost**: reduction of the price by a third of it",
        "**Holiday**: a week in which I lost my keys on the way to the beach and back again",
        "**May not help**: a protest of students against a treaty",
        "**$p > 2$**: the case in which the series has a sum",
        r"**$p \leq 2$**: the case in which the series has none",
        "**&nbsp;**: the text that has five words",
    ],
)
def test_what_is_told_of_the_topic_is_none(entry: str) -> None:
    assert fronts(f"# T\n\n- {entry}\n{OTHERS}") == ["Rope", "Knot"]


def test_a_note_about_how_work_is_done_defines_its_terms() -> None:
    text = f"# Scrum\n\n## Definition of Done\n\n{OTHERS}\n## Acceptance criteria\n\nText.\n"
    assert fronts(text) == ["Rope", "Knot"]
    assert fronts(f"{text}\n## Out of scope\n\nText.\n") == []


@pytest.mark.parametrize(("name", "count"), [("Agents.md", 2), ("AGENTS.md", 0), ("Claude.md", 2), ("CLAUDE.md", 0)])
def test_what_an_assistant_reads_is_named_in_capitals(name: str, count: int) -> None:
    assert len(fronts(f"# T\n\n{OTHERS}", name)) == count


@pytest.mark.parametrize(("place", "count"), [("a/README.md", 2), ("src/README.md", 0)])
def test_where_a_library_lies_changes_nothing(place: str, count: int) -> None:
    assert len(fronts(f"# T\n\n{OTHERS}", f"/home/u/src/notes/{place}", place)) == count


def test_blanks_behind_the_name_of_the_heading_are_no_words() -> None:
    text = f"# T\n\n## Kernel\n\n- **Thread**: Kernel{' ' * 60}one two three four five six.\n{OTHERS}"
    assert "Thread" in fronts(text)


@pytest.mark.parametrize("gap", [" ", "\n  "])
def test_what_goes_on_in_the_next_line_is_told_of_the_heading_too(gap: str) -> None:
    text = f"# T\n\n## Kernel\n\n- **Thread**: Kernels{gap}have{gap}one of these for each thing that they do.\n{OTHERS}"
    assert "Thread" not in fronts(text)


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("DATA_STRUCTURES.md", 2),
        ("LINEAR-ALGEBRA.md", 2),
        ("MIGRATION_PLAN.md", 0),
        ("API_REFERENCE.md", 0),
        ("BUGFIX_HANDOVER.md", 0),
    ],
)
def test_a_subject_in_capitals_is_no_document_of_a_project(name: str, count: int) -> None:
    assert len(fronts(f"# T\n\n{OTHERS}", name)) == count


def test_an_arrow_within_a_sentence_makes_no_chain_of_it() -> None:
    told = "the process in which a cell meets a bacterium -> engulfs it"
    assert fronts(f"# T\n\n- **Phagocytosis**: {told}\n{OTHERS}")[0] == "Phagocytosis"
    assert fronts(f"# T\n\n- **Phagocytosis**: cell -> meets bacterium -> engulfs it\n{OTHERS}") == ["Rope", "Knot"]


def test_a_few_asides_do_not_make_a_note_argue() -> None:
    gods = "".join(f"- **{name}**: the god of the {of} — he rules it from afar\n" for name, of in GODS)
    assert len(fronts(f"# Gods\n\n{gods}")) == len(GODS)
