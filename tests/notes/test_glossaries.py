"""Terms and what they mean where no colon parts them: dashes, signs of other scripts, tables."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def found(text: str, path: str = "note.md") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, path).studied if card.dialect == "definition"]


@pytest.mark.parametrize("dash", [" — ", " – ", " - ", " → ", "— "])
def test_a_dash_parts_a_term_in_bold_from_its_text_in_a_glossary(dash: str) -> None:
    line = f"**Moult**{dash}the time in which feathers are shed\n"
    assert found(f"# Glossary\n\n- {line}") == [("Moult", "the time in which feathers are shed")]
    assert found(f"# Glossary\n\n{line}") == [("Moult", "the time in which feathers are shed")]


@pytest.mark.parametrize("title", ["Glossar", "Bird vocabulary", "Key terms", "Глоссарий", "用語集", "Słowniczek"])
def test_a_heading_or_the_name_of_a_note_announces_a_glossary(title: str) -> None:
    line = "- **Moult** - the time in which feathers are shed\n"
    below = "\n## Who comes\n\n- **Anna** - drives us and our tents there\n"
    assert [front for front, _ in found(f"# Birds\n\n## {title}\n\n### Of feathers\n\n{line}{below}")] == ["Moult"]
    assert [front for front, _ in found(line, f"{title}.md")] == ["Moult"]


@pytest.mark.parametrize(
    "text",
    [
        "# Harvest supper\n\n- **Onion tart** — onions, cream, caraway and a short crust\n",
        "# Camp\n\n- **Anna** - drives us and our tents there\n",
        "**Mended the export** — the last line of the file was lost\n",
        "# Week\n\n- **Swimming** – Tuesdays in the hall behind the school\n",
    ],
)
def test_a_dash_elsewhere_parts_no_term_from_its_text(text: str) -> None:
    assert found(text) == []


DASHED = "- **Moult** - the time in which feathers are shed\n- **Crop** – a bag in the throat that keeps food\n"


def test_a_dash_parts_terms_from_their_texts_in_a_list_of_which_each_item_has_one() -> None:
    assert found(f"# Birds\n\n{DASHED}") == [
        ("Moult", "the time in which feathers are shed"),
        ("Crop", "a bag in the throat that keeps food"),
    ]
    assert len(found(f"# Birds\n\n- Of them:\n{DASHED.replace('- **', '    - **')}")) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"{DASHED}- a line without a term\n",
        f"{DASHED}- **Gizzard** — a stomach that grinds what was eaten\n",
        DASHED.replace("- **", "- [ ] **"),
        f"# Tips\n\n{DASHED}",
        "- **Step 1** - the feathers fall out one by one\n- **Step 2** - the new ones grow under them\n",
        "- **Herons** - grey, white, purple, night\n- **Rails** - coot, crake, corncrake, moorhen\n",
    ],
)
def test_other_lists_with_dashes_define_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "**Moult**-the time in which feathers are shed",
        "**Birds are warm** - they keep the heat of their bodies",
        "**[Moult](moult.md)** — the time in which feathers are shed",
        "[[Moult]] - the time in which feathers are shed",
        "**Moult** -- the time in which feathers are shed",
    ],
)
def test_other_lines_with_dashes_define_nothing(line: str) -> None:
    assert found(f"# Glossary\n\n- {line}\n") == []


def test_writing_without_blanks_has_words_and_colons_of_its_own() -> None:
    assert found("- **换羽**：鸟类脱落旧羽、长出新羽的过程。\n") == [("换羽", "鸟类脱落旧羽、长出新羽的过程。")]
    assert found("- **换羽：** 鸟类脱落旧羽、长出新羽的过程。\n") == [("换羽", "鸟类脱落旧羽、长出新羽的过程。")]
    assert found("- **换羽**：夏天。\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "**地点**：学校后面的小礼堂，门口有停车场",
        "**日時**：来週の午後三時から五時まで行います",
        "**水曜日**：図書館で本を返してから帰ります",
        "**장소**: 학교 뒤에 있는 작은 강당 이 층 회의실",
        "**Адрес**: улица за школой, дом два, второй этаж",
        "**我们今天一起去看的那些会飞的鸟**：它们在夏天脱落旧羽、长出新羽",
    ],
)
def test_fields_days_and_sentences_in_other_scripts_are_no_terms(line: str) -> None:
    assert found(f"- {line}\n") == []


@pytest.mark.parametrize(
    "head", ["| Term | Definition |", "| **Begriff** | Bedeutung |", "|术语|定义|", "| Word | Short meaning |"]
)
def test_a_table_of_terms_is_a_glossary(head: str) -> None:
    rows = "| Moult | the yearly shedding of feathers |\n| Clutch | all the `a \\| b` of one nest |\n| Egg |  |\n"
    assert found(f"{head}\n|---|---|\n{rows}") == [
        ("Moult", "the yearly shedding of feathers"),
        ("Clutch", "all the `a | b` of one nest"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        *("| Name | Description |", "| Option | Meaning |", "| Term | Price |", "| Term |"),
        *("| Payment terms | Description |", "| Mot de passe | Description |", "| Word count | Meaning |"),
    ],
)
def test_other_tables_are_none(head: str) -> None:
    assert found(f"{head}\n|---|---|\n| Moult | the yearly shedding of feathers |\n") == []


def test_rows_that_name_a_thing_and_tables_of_a_project_define_nothing() -> None:
    assert found("| Concepto | Descripción |\n|---|---|\n| Alquiler | el piso de marzo |\n") == []
    table = "| Term | Description |\n|---|---|\n| Deck | all the cards of one file of yours |\n"
    assert found(table, "README.md") == []
    assert len(found(table)) == 1


@pytest.mark.parametrize(
    "head", ["Question | Answer", "Front | Back", "Word | Meaning", "正面 | 背面", "Wort | Übersetzung"]
)
def test_the_rows_of_a_table_of_pairs_are_cards_however_short(head: str) -> None:
    rows = "| What sings? | the lark |\n| Rabe | raven |\n"
    assert found(f"| {head} |\n|---|---|\n{rows}") == [("What sings?", "the lark"), ("Rabe", "raven")]
    counted = "".join(f"| {at} {row}\n" for at, row in enumerate(rows.split("\n")[:2], 1))
    assert found(f"| # | {head} |\n|---|---|---|\n{counted}") == [("What sings?", "the lark"), ("Rabe", "raven")]


def test_the_rows_of_a_key_and_of_other_tables_are_no_cards() -> None:
    rows = "| 1 | the lark |\n| Question 2 | B |\n| Q3 | a, c |\n| Why? | |\n"
    assert found(f"| Question | Answer |\n|---|---|\n{rows}") == []
    assert found("| Question | Where it is answered |\n|---|---|\n| What sings? | the lark |\n") == []


@pytest.mark.parametrize(
    ("head", "least"), [("Term | Definition", 2), ("Begriff | Bedeutung", 2), ("Term | Description", 5)]
)
def test_a_definition_in_a_table_may_be_short_where_the_head_says_that_it_is_one(head: str, least: int) -> None:
    texts = ["plumage", "short plumage", "the short plumage of hens", "the short plumage of old hens"]
    rows = "".join(f"| Bird{at} | {text} |\n" for at, text in enumerate(texts))
    assert [text for _, text in found(f"| {head} |\n|---|---|\n{rows}")] == [
        text for text in texts if len(text.split()) >= least
    ]


def test_the_columns_of_terms_and_texts_may_have_others_before_them() -> None:
    text = "| Group | Term | Definition |\n|---|---|---|\n| Feathers | Moult | yearly shedding |\n"
    assert found(text) == [("Moult", "yearly shedding")]
    far = "| A | B | C | Term | Definition |\n|---|---|---|---|---|\n| 1 | 2 | 3 | Moult | yearly shedding |\n"
    assert found(far) == []


def test_what_a_thing_of_any_kind_means_is_a_definition_but_not_that_of_a_tag_or_a_repeated_sign() -> None:
    head = "| Plumage | Meaning |\n|---|---|\n"
    row = "| Eclipse | the dull feathers of a drake in summer |\n"
    assert found(head + row) == [("Eclipse", "the dull feathers of a drake in summer")]
    assert found(head + row.replace("Eclipse", "#eclipse")) == []
    assert found(f"{head}{row}{row.replace('dull', 'bright')}") == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("**Moult** is the shedding of all old feathers", [("Moult", "is the shedding of all old feathers")]),
        ("**Moult -** the shedding of all old feathers", [("Moult", "the shedding of all old feathers")]),
        ("**Moult** (or **shedding**) is the loss of old feathers", []),
        ("**Moult** **shedding** of old feathers in the autumn", []),
        ("**You are** free to go wherever the birds are", []),
    ],
)
def test_under_a_heading_of_definitions_a_bold_term_may_go_on_as_a_sentence(
    line: str, told: list[tuple[str, str]]
) -> None:
    assert found(f"# Birds\n\n## Definitions\n\n- {line}\n") == told
    assert found(f"# Birds\n\n## Plumage\n\n- {line}\n") == []


def test_a_glossary_studies_the_first_text_that_explains_a_term() -> None:
    text = "# Glossary\n\n**Moult** has these stages:\n\n**Moult** — the yearly shedding of old feathers\n"
    assert found(text) == [("Moult", "the yearly shedding of old feathers")]


@pytest.mark.parametrize(
    "head", ["Cue | Notes", "Cue / Question | Notes", "Stichwort | Notizen", "Question / Cue | Answer"]
)
def test_cues_and_notes_are_the_sides_of_cards(head: str) -> None:
    rows = "| Where do eels spawn? | far out |\n| Why is `a | b` cut? | here |\n| Moult | |\n| Crop | a bag |\n"
    assert found(f"| {head} |\n| --- | --- |\n{rows}") == [("Where do eels spawn?", "far out"), ("Crop", "a bag")]


def test_two_words_say_what_a_sign_means() -> None:
    rows = "| Rest | no sound |\n| Fermata | hold it |\n| Coda | end |\n"
    assert found(f"| Sign | Meaning |\n| --- | --- |\n{rows}") == [("Rest", "no sound"), ("Fermata", "hold it")]
    assert found(f"| Sign | Description |\n| --- | --- |\n{rows}") == []


BIRDS = [
    ("Moult", "the time in which feathers are shed"),
    ("Down", "soft feathers that keep a bird warm"),
    ("Clutch", "the eggs that are laid in one nest"),
]


@pytest.mark.parametrize("sign", [": ", " - ", " – ", " — ", " -- "])
@pytest.mark.parametrize("bullet", ["- ", "* ", "1. "])
def test_in_a_list_of_a_glossary_a_term_needs_no_emphasis(sign: str, bullet: str) -> None:
    lines = "".join(f"{bullet}{term}{sign}{text}\n" for term, text in BIRDS)
    assert found(f"# Birds\n\n## Glossary\n\n{lines}") == BIRDS
    assert found(lines, "Glossary.md") == BIRDS
    assert found(f"# Birds\n\n## What I saw\n\n{lines}") == []


def test_the_first_sign_parts_a_term_and_what_stands_under_it_goes_with_its_text() -> None:
    lines = (
        "- Moult - shed feathers: all of them - in a few weeks\n"
        "  - in July\n"
        "- `down` -- soft feathers that keep a bird warm\n"
        "- Clutch (nest): the eggs that are laid in one nest\n"
    )
    assert found(f"# Glossary\n\n{lines}") == [
        ("Moult", "shed feathers: all of them - in a few weeks\n- in July"),
        ("`down`", "soft feathers that keep a bird warm"),
        ("Clutch (nest)", "the eggs that are laid in one nest"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "- Moult: the time in which feathers are shed\n- Down: soft feathers that keep a bird warm\n",  # two are few
        "- Moult: the time in which feathers are shed\n- see the chapter on down\n- and that on clutches\n"
        "- or ask those who know\n",  # most are none
        "- Moult: July\n- Down: soft\n- Clutch: eggs\n",
        "- $M$: the time in which feathers are shed\n- $D$: the mass of all soft feathers\n- $C$: the number of eggs\n",
        "- [ ] Moult: look up when feathers are shed\n- [ ] Down: find out what is soft\n- [ ] Clutch: count eggs\n",
        "- [a](b): the time in which feathers are shed\n- <b>c</b>: soft feathers that keep a bird warm\n- x\n",
        "- First case: the feathers are shed in July\n- First case: the feathers are shed in May\n"
        "- First case: the feathers are not shed\n",  # what opens several is a label
    ],
)
def test_other_lists_in_a_glossary_define_nothing(lines: str) -> None:
    assert found(f"# Glossary\n\n{lines}") == []
