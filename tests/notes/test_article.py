"""Paragraphs that open with what they are about."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def cards(text: str) -> list[tuple[str, str]]:
    return [(c.front, c.back) for c in parse_note(text, "note.md").cards if c.dialect == "article"]


OTHERS = (
    "\n\nOven Bread: It rises under a cloth until it has doubled in size.\n\n"
    "Pan Bread: It is flat and done in a few minutes on each side.\n"
)


def test_an_announced_list_belongs_to_the_paragraph_that_announces_it() -> None:
    text = "**Flat Bread**: People bake it on stones in the embers. Pros:\n- quick\n- keeps well" + OTHERS
    assert cards(text)[0] == (
        "Flat Bread",
        "People bake it on stones in the embers. Pros:\n- quick\n- keeps well",
    )
    assert len(cards(text)) == 3


def test_a_paragraph_that_announces_what_is_not_there_is_no_card() -> None:
    text = "Flat Bread: People bake it on stones in the embers, with these pros:" + OTHERS
    assert [front for front, _ in cards(text)] == ["Oven Bread", "Pan Bread"]


def test_emphasis_that_goes_on_into_the_text_makes_no_term() -> None:
    text = "**One: `bread(flour, salt)`** and more words, so that it is long enough to count." + OTHERS
    assert [front for front, _ in cards(text)] == ["Oven Bread", "Pan Bread"]


def test_in_an_article_that_was_clipped_only_questions_are_read() -> None:
    clipped = "---\nsource: https://a.b/bread\npublished: 2024-05-06\n---\n"
    asked = "Why Salt? It slows the yeast and keeps the crumb from falling apart."
    assert cards(clipped + asked + OTHERS) == []
    assert (
        len(cards(f"{clipped}{asked}\n\n{asked.replace('Salt', 'Rye')}\n\n{asked.replace('Salt', 'Oil')}{OTHERS}")) == 3
    )


DAY = (
    "Mood: Better than yesterday, for the sun came out again after lunch.\n\n"
    "Weather: Cold in the morning and then warm enough to sit outside.\n\n"
    "Work: The oven was mended and I baked until late in the evening.\n"
)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2024-03-05.md", ""),
        ("2024_03_05.md", ""),
        ("20240305 Tuesday.md", ""),
        ("2024-W10.md", ""),
        ("a.md", "March 5th, 2024"),
        ("a.md", "5. März 2024"),
        ("a.md", "2024年3月5日"),
        ("notes.md", "Notes"),  # what it tells of shows it
    ],
)
def test_a_journal_is_no_article(path: str, title: str) -> None:
    text = DAY if path == "notes.md" else DAY.replace("Mood", "Bread").replace("Weather", "Salt")
    assert parse_note(f"# {title}\n\n{text}" if title else text, path).cards == ()


def test_a_note_of_several_days_is_no_article() -> None:
    lines = DAY.replace("Mood", "Bread").replace("Weather", "Salt").split("\n\n")
    text = "".join(f"## 2024-03-0{day}\n\n{line}\n\n" for day, line in enumerate(lines, 1))
    assert cards(f"# Log\n\n{text}") == []


@pytest.mark.parametrize("path", ["1984.md", "1914-1918.md", "Week 3.md", "2024-03-05 Bread.md", "May.md", "02.md"])
def test_an_article_may_have_a_year_a_number_or_a_month_for_its_name(path: str) -> None:
    text = "Flat Bread: People bake it on stones in the embers of a fire." + OTHERS
    assert len([c for c in parse_note(text, path).cards if c.dialect == "article"]) == 3


def test_an_article_may_speak_of_the_weather() -> None:
    text = "Weather: It is what the air does above a place on a day." + OTHERS
    assert [front for front, _ in cards(text)] == ["Weather", "Oven Bread", "Pan Bread"]
