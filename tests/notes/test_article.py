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


ENTRIES = (
    "Salt: random bytes before a hash\n\nNonce: used only once\n\nPepper (secret): a salt that nobody writes down\n"
)
SIDES = [
    ("Salt", "random bytes before a hash"),
    ("Nonce", "used only once"),
    ("Pepper (secret)", "a salt that nobody writes down"),
]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Course\n\nText.\n\n## Glossary\n\n{ENTRIES}", "note.md"),
        (f"# Kurs\n\n## Begriffe\n\n### N\n\n{ENTRIES}\n## Ende\n\nText: of it.\n", "note.md"),
        (ENTRIES, "notes/Glossary.md"),
        (ENTRIES.replace(": ", " - "), "notes/Crypto glossary.md"),
        (ENTRIES.replace("\n\n", "\n"), "notes/Glossary.md"),
        (f"Salt and such.\n\n{ENTRIES}\n", "notes/Glossary.md"),
    ],
)
def test_the_paragraphs_and_lines_of_a_glossary_are_its_entries(text: str, path: str) -> None:
    assert [(c.front, c.back) for c in parse_note(text, path).cards if c.dialect == "article"] == SIDES


def test_an_entry_goes_on_to_the_next_one_and_with_the_list_that_it_announces() -> None:
    text = (
        "Salt: random bytes\nbefore a hash\n\nNonce: used only once, as:\n\n- a counter\n\nPepper: a salt kept apart\n"
    )
    found = [(c.front, c.back) for c in parse_note(text, "Glossary.md").cards if c.dialect == "article"]
    assert found[:2] == [("Salt", "random bytes\nbefore a hash"), ("Nonce", "used only once, as:\n- a counter")]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Course\n\n{ENTRIES}", "note.md"),
        (f"# Course\n\n## Glossary\n\nSee the end.\n\n## Rest\n\n{ENTRIES}", "note.md"),
        ("Salt: random bytes before a hash\n\nNonce: used only once\n", "Glossary.md"),  # chance
        ("Salt: Salz\n\nPepper: Pfeffer\n\nNut: Nuss\n", "Glossary.md"),
        (f"{ENTRIES}\nLong ago it began.\n\nThen it went on.\n", "Glossary.md"),
        ("Salt: one of the terms\n\nSalt: two of the terms\n\nNonce: used only once\n", "Glossary.md"),
        ("Note: read it all\n\nAuthor: somebody of us\n\nSource: a book on it\n", "Glossary.md"),
        (f"---\ntype: adr\n---\n{ENTRIES}", "Glossary.md"),
    ],
)
def test_other_paragraphs_are_no_entries(text: str, path: str) -> None:
    assert not [c for c in parse_note(text, path).cards if c.dialect == "article"]
