"""Notes about work, a plan, a decision, a person: their bold leads are no terms; those about a subject are."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

LEADS = (
    "- **Perceptron**: a unit that adds up its weighted inputs\n- **Bias**: a weight whose input is always one\n"
    "- **Epoch**: one pass over all the training data\n"
)


def fronts(text: str, place: str = "note.md", path: str = "") -> list[str]:
    return [card.front for card in parse_note(text, path or place, place=place).cards if card.dialect == "definition"]


@pytest.mark.parametrize(
    "place",
    [
        "plans/2026-01-01 reader.md",
        "docs/specs/reader.md",
        "docs/adr/0007-index.md",
        "Work/03 Meetings/weekly.md",
        "wiki/people/someone.md",
        "tools/reader/SKILL.md",
        "CLAUDE.md",
        "Roadmap.md",
    ],
)
def test_a_note_of_plans_decisions_meetings_or_people_defines_nothing(place: str) -> None:
    assert fronts(LEADS, place) == []


@pytest.mark.parametrize(
    "place",
    [
        "neural nets/Perceptron.md",
        "planning/Perceptron.md",
        "Decision theory/Perceptron.md",
        "Meeting people where they are.md",
        "skills/Perceptron.md",
        "Projects/Perceptron.md",
    ],
)
def test_a_note_about_a_subject_does_wherever_it_lies(place: str) -> None:
    assert len(fronts(LEADS, place)) == 3


def test_only_folders_of_the_library_count() -> None:
    assert len(fronts(LEADS, "Perceptron.md", "/home/me/plans/nets/Perceptron.md")) == 3


@pytest.mark.parametrize("kind", ["person", '"meeting"', "[adr]", "Project"])
def test_front_matter_may_say_of_what_kind_a_note_is(kind: str) -> None:
    assert fronts(f"---\ntype: {kind}\n---\n{LEADS}") == []


@pytest.mark.parametrize(
    "matter", ["type: concept", "type: lecture", "description: all about nets", "kind: personality"]
)
def test_other_kinds_of_notes_define_what_they_define(matter: str) -> None:
    assert len(fronts(f"---\n{matter}\n---\n{LEADS}")) == 3


def test_instructions_to_an_assistant_define_nothing() -> None:
    matter = "---\nname: reader\ndescription: Use this to read notes.\nallowed-tools: Read\n---\n"
    assert fronts(matter + LEADS) == []


def test_two_headings_of_a_plan_or_a_decision_tell_that_a_note_is_one() -> None:
    head = "# Reader\n\n## Alternatives considered\n\nNone.\n\n"
    assert fronts(f"{head}## 2. Decision (final)\n\n{LEADS}") == []
    assert fronts(f"# Reader\n\n## 🎯 Success criteria\n\nIt reads.\n\n## Next steps\n\n{LEADS}") == []


def test_one_such_heading_is_a_heading_like_any_other() -> None:
    assert len(fronts(f"# Nets\n\n## Units\n\n{LEADS}\n## Next steps\n\nRead on.\n")) == 3
    assert len(fronts(f"# Choosing\n\n## Decision\n\n{LEADS}\n## Choice\n\nMore.\n")) == 3


def test_a_long_course_may_have_two_such_headings() -> None:
    others = "".join(f"## Lecture {number} on nets\n\nText.\n\n" for number in range(60))
    assert len(fronts(f"# Nets\n\n## Test plan\n\nText.\n\n## Rollback\n\n{LEADS}\n{others}")) == 3


@pytest.mark.parametrize(
    "place",
    [
        "GET_ITEMS_API.md",
        "docs/SERVER-FUNCTION-SYSTEM.md",
        "docs/tasks/reader.md",
        "README.md",
        "1 Projects/reader/reader.md",
    ],
)
def test_what_documents_a_project_defines_nothing(place: str) -> None:
    assert fronts(LEADS, place) == []


@pytest.mark.parametrize(
    "place", ["TCP-IP.md", "AWS - VPC.md", "11-PWA.md", "UBIQUITOUS_LANGUAGE.md", "PERCEPTRONS.md", "nets/README.md"]
)
def test_a_subject_may_be_named_in_capitals_and_a_folder_have_a_front_page(place: str) -> None:
    assert len(fronts(LEADS, place)) == 3


def test_a_plan_is_one_in_other_languages_too() -> None:
    plan = (
        "# Leitor\n\n## Objetivo\n\nler mais\n\n## Fora de escopo\n\n{}\n## Definição de pronto (resumo)\n\n- testes\n"
    )
    assert fronts(plan.format(LEADS)) == []
    assert len(fronts(f"# Leitor\n\n## Fora de escopo\n\n{LEADS}")) == 3


def test_the_glossary_of_such_a_note_defines() -> None:
    plan = "# Reader\n\n- **Latch**: a lock that is held for a moment only\n\n## Glossary\n\n"
    assert len(fronts(plan + LEADS, "docs/specs/reader.md")) == 3
