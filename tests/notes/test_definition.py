"""Terms and what they are: what counts as a term, and the labels, memos and values that look like one."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def terms(text: str, path: str = "note.md") -> list[tuple[str, str]]:
    return [(c.front, c.back) for c in parse_note(text, path).cards if c.dialect == "definition"]


TEXT = "a jar that is sealed with wax"


def test_emphasis_of_two_kinds_goes_whole() -> None:
    assert terms(f"***Crock:*** {TEXT}\n\n***Urn***: {TEXT} too\n") == [("Crock", TEXT), ("Urn", f"{TEXT} too")]
    assert terms(f"- ****Crock:**** {TEXT}\n- ****Urn****: {TEXT} too\n") == [("Crock", TEXT), ("Urn", f"{TEXT} too")]


def test_a_term_is_told_without_the_tags_that_colour_it() -> None:
    told = f'**<font color="#c3d69b">Crock</font>**: {TEXT}\n'
    assert terms(f"- {told}\n{told.replace('Crock', 'Urn')}") == [("Crock", TEXT), ("Urn", TEXT)]
    assert terms(f"- **`Jar<T>` <u>of wax</u>**: {TEXT}\n") == [("`Jar<T>` of wax", TEXT)]


def test_a_numbered_list_of_terms_is_read_like_a_list_with_bullets() -> None:
    text = "1. **Sealing:** hides the inside from the air\n2. **Salting:** lets water leave the fruit slowly\n"
    assert [front for front, _ in terms(text)] == ["Sealing", "Salting"]


def test_the_steps_of_a_numbered_list_are_no_terms() -> None:
    text = "1. **Open the jar**: with a knife and a steady hand\n2. **Cellar**: Put it down there for a month\n"
    assert terms(text) == []


@pytest.mark.parametrize(
    "label",
    [
        *("Note", "Nota", "Esempio", "Advarsel", "注意", "Prerequisites", "Oss", "Beispiel 2", "Achtung", "Takeaway"),
        *("Key idea", "Exam takeaway", "In simple words", "Why it works", "What it does", "Problem it solves"),
        *("À noter", "Vedi", "Aufbau", "Propósito", "Principe", "作用", "주요 기능", "役割", "Назначение"),
        *("March", "12 agosto", "Lunes", "Also known as", "Common mistake", "The key difference", "Takeaway for cooks"),
        *("Show that", "Prove that", "Assume that", "Note that"),
    ],
)
def test_a_label_is_no_term(label: str) -> None:
    assert terms(f"- **{label}**: {TEXT}\n") == []


@pytest.mark.parametrize("term", ["For loop", "This pointer", "Data Warehouse", "Source code", "IT governance"])
def test_a_term_may_begin_like_a_label(term: str) -> None:
    assert terms(f"- **{term}**: {TEXT}\n") == [(term, TEXT)]


@pytest.mark.parametrize(
    "text",
    [
        "Update the list of jars before spring",
        "`jar --seal --wax=red --cord=long --out ./cellar`",
        '"a jar that is sealed with wax"',
        "how many jars are left down there?",
    ],
)
def test_a_memo_a_value_a_saying_and_a_question_explain_nothing(text: str) -> None:
    assert terms(f"- **Cellar**: {text}\n") == []


def test_a_term_with_two_different_texts_is_a_label() -> None:
    text = f"## Jars\n\n- **Cost**: as much as a loaf of bread\n- **Crock**: {TEXT}\n\n## Urns\n\n**Cost**: little\n"
    assert [front for front, _ in terms(text)] == ["Crock"]


def test_what_tells_a_property_of_the_topic_is_no_definition_but_what_defines_it_is() -> None:
    items = [
        "- **Weight**: A",
        "- **Cold storage**: Crock keeps the cold of the night",
        f"- **Crock**: Crock is {TEXT}",
    ]
    text = "# Crock\n\n" + "\n".join(items)
    assert [front for front, _ in terms(text)] == ["Crock"]


def test_a_note_about_the_work_on_a_project_defines_nothing() -> None:
    assert terms(f"- **Crock**: {TEXT}\n", "CONTRIBUTING.md") == []


def test_the_title_of_a_note_silences_what_stands_right_under_it_but_not_its_sections() -> None:
    listed = f"- **Crock**: {TEXT}\n"
    assert terms(f"# Jars and examples\n\nWhat they are.\n\n## Words\n\n{listed}") == [("Crock", TEXT)]
    assert terms(f"# Challenges of jars\n\n{listed}") == []
    assert terms(f"# Jars and examples\n\n## Steps\n\n### First\n\n{listed}") == []
    assert terms(f"# Examples\n\n## Jars\n\n{listed}\n# Words\n\nNone.\n") == []


def test_the_name_of_a_block_is_no_term() -> None:
    assert parse_note("**^ic**: five words of text follow it\n", "note.md").cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "- **Growth**: beard this month: ___ (date of the last picture: ___)\n",
        "**Figure**: how leaves are shed in autumn ........ 37\n",
        "**Oak, B. (2014)**: On the leaves of trees in autumn and winter\n",
        "**Oak, Birch (2014a)**: On the leaves of trees in autumn and winter\n",
    ],
)
def test_forms_tables_of_contents_and_lists_of_sources_define_nothing(text: str) -> None:
    assert parse_note(text, "note.md").cards == ()


def test_a_term_may_hold_a_year() -> None:
    text = "**Leaf law (2014)**: a law on what becomes of leaves\n"
    assert [card.front for card in parse_note(text, "note.md").cards] == ["Leaf law (2014)"]


@pytest.mark.parametrize("label", ["Clarification", "Important clarification", "Interview tip", "Depth addition"])
def test_what_remarks_on_the_text_is_no_term(label: str) -> None:
    assert parse_note(f"**{label}:** leaves may fall in spring as well\n", "note.md").cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "- **Wildcard**: in SQL the pattern `___` matches any three characters.\n",
        "- **Emphasis**: ___very strong___ stress laid upon a word of a sentence.\n",
        "- **Ellipsis**: a mark of omission, such as ..... in old prints.\n",
        "- **Lückentext**: ein Text mit Lücken wie ___, die man ausfüllt.\n",
        "Cloze\n: A blank ___ that is filled in by the reader.\n",
        "Yalta, Crimea (1945)\n: The three Allies agreed on how to divide Germany.\n",
        "**Piaget, Jean (1952)**: Children pass through four stages of thinking.\n",
    ],
)
def test_gaps_and_years_that_a_definition_speaks_of_are_no_form_and_no_source(text: str) -> None:
    assert len(parse_note(text, "note.md").cards) == 1


@pytest.mark.parametrize(
    "text",
    [
        "**Name**: ___ and the first name as well\n",
        "**Style of the quiz**: each question shows a text with `_______` in it\n",
        "**Weight**: as it was this morning ___\n",
        "**Oak, Birch (2014)**: On the leaves of trees in autumn and winter\n",
        "**Oak, B. C. (2014)**: On the leaves of trees in autumn. Wood Press.\n",
    ],
)
def test_gaps_at_an_end_and_initials_are_a_form_and_a_source(text: str) -> None:
    assert parse_note(text, "note.md").cards == ()


def test_a_label_on_a_line_of_its_own_that_opens_several_texts_is_no_term() -> None:
    texts = ["The lid of this jar lets the air in.", "The wax of that one is full of holes."]
    assert terms(f"**毛病**：\n{texts[0]}\n") == [("毛病", texts[0])]
    assert terms("\n".join(f"**毛病**：\n{text}\n" for text in texts)) == []


@pytest.mark.parametrize("sign", ["🔹 ", "📌", "⚠️ "])
def test_a_sign_before_a_label_makes_no_term_of_it(sign: str) -> None:
    assert terms(f"**{sign}Example:** {TEXT}\n\n- **{sign}Note**: {TEXT} too\n") == []
    assert terms(f"**{sign}Crock:** {TEXT}\n") == [(f"{sign}Crock", TEXT)]


def test_words_without_blanks_explain_a_name_in_code() -> None:
    assert terms("- **`seal`**: 用于关闭罐子，它的类型应当匹配 `lid` 的值。\n") != []
    assert terms("- **`seal`**: `lid` 用 `x`\n") == []


def test_what_a_template_of_templater_asks_is_for_whoever_fills_it_in() -> None:
    below = f"- **Crock**: {TEXT}\n\n## Why salt?\n\nIt draws water.\n\nQ: Which jar?\nA: The big one.\n"
    assert len(parse_note(f"# Jars\n\n{below}", "note.md").cards) == 3
    note = parse_note(f"# <% tp.file.title %>\n\n{below}", "note.md")
    assert [card.front for card in note.cards] == ["Which jar?"]
    assert [one.code for one in note.diagnostics if one.code == "template"] == ["template"]
    assert len(parse_note(f"# Jars\n\n```\n<% tp.file.title %>\n```\n\n{below}", "note.md").cards) == 3


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Templater puts the title in place of <% tp.file.title %> in a new note.", 3),
        ("created: <% tp.date.now() %>", 1),
        ("What did you do on <% tp.date.now() %>, and how was the weather?", 1),
        ("# Everything that was done by us on <% tp.date.now() %> in the cellar", 1),
    ],
)
def test_a_sentence_that_tells_of_a_command_of_templater_makes_no_template(line: str, count: int) -> None:
    text = f"{line}\n\n- **Crock**: {TEXT}\n\n## Why salt?\n\nIt draws water.\n\nQ: Which jar?\nA: The big one.\n"
    assert len(parse_note(text, "note.md").cards) == count


@pytest.mark.parametrize("term", ["--version", "@author", "¬A", "-a"])
def test_signs_that_are_a_part_of_a_name_begin_a_term(term: str) -> None:
    text = (
        f"# T\n\n- **{term}**: what it says of all that came before it\n- **Oak**: a tree that bears acorns in autumn\n"
    )
    assert [card.front for card in parse_note(text, "a.md").cards] == [term, "Oak"]


@pytest.mark.parametrize(
    "lead",
    [
        *("Use a cellar", "Ensure good air", "Avoid light", "Choose your jar", "Redesign the lids", "Mind your salt"),
        *("Faster cooling", "Easy to carry", "Jars are heavy", "More wax than salt", "Jar = vessel"),
        *("Types of jars", "Advantages over tins", "The Fix", "Real example", "Exemplo prático", "Inside a cellar"),
        *("Step 2", "Goal 1", "Passo 3", "القاعدة (The Rule)", "takeaway⭐", "备选"),
    ],
)
def test_a_lead_that_says_what_to_do_makes_a_point_or_labels_is_no_term(lead: str) -> None:
    assert terms(f"- **{lead}**: {TEXT}\n") == []


@pytest.mark.parametrize(
    "term",
    [
        *("Step function", "Phase shift", "Option pricing", "Test set", "Stop codon", "Read committed", "CREATE TABLE"),
        *("Alexander the Great", "Lower bound", "Greater-than sign", "In vitro", "Create", "Use case diagram"),
        *("Capa de abstracción de la red", "Type I error", "`a = b`", "Compare operation"),
        *("Adversarial example", "Training examples"),
    ],
)
def test_a_term_may_begin_like_a_point_or_an_order(term: str) -> None:
    assert terms(f"- **{term}**: {TEXT}\n") == [(term, TEXT)]


@pytest.mark.parametrize(
    "text",
    [
        *("Use a cellar that has no windows", "use the big one for plums", "Make sure that it has a lid"),
        *("I bought it in a shop of the town", "Ensure that all of them are sealed", "Be careful with the wax of it"),
        *("To seal a jar of clay, use warm wax", "[e.g. a room below the house]"),
        *("Bitte gib immer die Quelle davon an", "Veuillez les garder dans la cave"),
    ],
)
def test_a_text_that_says_what_to_do_or_speaks_of_its_author_explains_nothing(text: str) -> None:
    assert terms(f"- **Cellar**: {text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        *("Used to keep plums over the winter", "Be it of clay or glass, a vessel with a lid"),
        *("Use of clay for all that is kept cold", "To keep plums in wax, salt or oil over the winter"),
    ],
)
def test_a_text_may_begin_nearly_so_and_explain(text: str) -> None:
    assert terms(f"- **Crock**: {text}\n") == [("Crock", text)]


OTHERS = f"- **Lid**: {TEXT} as well\n"


@pytest.mark.parametrize(
    "listed",
    [
        f"- **Pros**: {TEXT}\n- **Cons**: {TEXT} of clay\n- **Weight class**: {TEXT} and heavy\n",
        f"- **Use clay**: {TEXT}\n- **Cellars**: Make sure that they are cold\n- **Air**: {TEXT} and dry\n",
        f"**Pros**: {TEXT}\n\n**Cons**: {TEXT} of clay\n\n**Weight class**: {TEXT} and heavy\n",
    ],
)
def test_a_list_of_labels_or_of_orders_holds_no_terms(listed: str) -> None:
    assert terms(listed) == []
    assert terms(f"{listed}\n## More\n\n{OTHERS}") == [("Lid", f"{TEXT} as well")]


def test_one_label_in_a_list_of_terms_takes_only_itself() -> None:
    assert terms(f"- **Note**: {TEXT}\n- **Crock**: {TEXT} of clay\n{OTHERS}") == [
        ("Crock", f"{TEXT} of clay"),
        ("Lid", f"{TEXT} as well"),
    ]


def test_a_list_whose_leads_stand_in_another_list_too_is_a_record() -> None:
    one = f"- **Origin**: {TEXT} of Greece\n- **Mouth**: {TEXT} and wide\n- **Colour**: {TEXT} and red\n"
    other = f"- **Origin**: {TEXT} of Rome\n- **Mouth**: {TEXT} and narrow\n- **Handles**: {TEXT}, two of them\n"
    assert terms(f"## Crock\n\n{one}\n## Urn\n\n{other}") == []
    assert len(terms(f"## Crock\n\n{one}\n## Urn\n\n{OTHERS}")) == 4


@pytest.mark.parametrize(
    "heading", ["Vantaggi e svantaggi", "Caratteristiche principali", "Getting started", "Tech stack", "主要特点"]
)
def test_a_heading_that_announces_properties_or_a_project_silences_its_list(heading: str) -> None:
    assert terms(f"# Jars\n\n## {heading}\n\n{OTHERS}") == []


@pytest.mark.parametrize(
    "label",
    ["Przykład", "Závěr", "Voorbeeld", "Yorum", "Ví dụ", "Смысл", "Caso $p = 1$", "Si es de barro", "False", "Vrai"],
)
def test_labels_of_other_languages_are_no_terms(label: str) -> None:
    assert terms(f"- **{label}**: {TEXT}\n") == []


def test_options_that_differ_in_case_are_two_terms() -> None:
    listed = f"- **`-f`**: {TEXT}\n- **`-F`**: {TEXT} of bees\n- **Urn**: {TEXT} of Rome\n\n**urn**: {TEXT} of Greece\n"
    assert [front for front, _ in terms(listed)] == ["`-f`", "`-F`", "Urn"]


def test_the_readme_of_code_and_a_note_that_is_a_roadmap_define_nothing() -> None:
    assert terms(OTHERS, "vault/src/jars/README.md") == []
    assert terms(f"# Roadmap\n\n## Jars\n\n{OTHERS}", "plan.md") == []
    assert len(terms(OTHERS, "vault/src/jars/jars.md")) == len(terms(OTHERS, "vault/jars/README.md")) == 1


def test_what_joins_the_parts_of_a_long_sentence_announces_nothing() -> None:
    assert len(terms(f"There are two kinds of jars, and it depends on how they are shut:\n\n{OTHERS}")) == 1
    assert terms(f"How to shut it:\n\n{OTHERS}") == []


@pytest.mark.parametrize("heading", ["Changes of state", "Kinds of risks", "Un tipo con tapa y otro con cera"])
def test_other_headings_silence_nothing(heading: str) -> None:
    assert len(terms(f"# Jars\n\n## {heading}\n\n{OTHERS}")) == 1


def test_a_long_line_that_ends_in_a_colon_speaks_by_its_last_sentence() -> None:
    assert len(terms(f"This is how jars are sealed, with examples. The parts, con su tapa:\n\n{OTHERS}")) == 1


def test_a_note_whose_headings_are_those_of_a_project_defines_nothing() -> None:
    project = f"# Jarring\n\n{OTHERS}\n## Installation\n\nOne.\n\n## Usage\n\nTwo.\n\n"
    assert terms(f"{project}## 📄 License\n\nThree.\n") == []
    assert len(terms(f"{project}## History\n\nThree.\n")) == 1


def test_a_term_that_a_note_is_about_is_studied_where_it_is_defined_first() -> None:
    text = (
        f"## Words\n\n- **Crock**: {TEXT}\n- **Urn**: a tall jar for ashes and old coins\n\n## Crock and urn\n\n"
        "- **Crock**: costs as much as a loaf\n- **Urn**: costs more than most people have\n"
    )
    note = parse_note(text, "note.md")
    assert [card.front for card in note.cards] == ["Crock", "Urn"]
    assert [(one.code, one.span.line) for one in note.diagnostics] == [("defined-twice", 8), ("defined-twice", 9)]
    assert "line 3" in note.diagnostics[0].message


def test_a_term_with_two_texts_that_say_the_same_is_studied_once() -> None:
    text = f"**Crock**: {TEXT}\n\n## Jars\n\n**Crock**: a jar, sealed with wax, from the cellar\n"
    assert terms(text) == [("Crock", TEXT)]


def test_a_term_whose_first_text_says_too_little_is_a_label() -> None:
    text = "- **Crock**: a jar\n\n## Crock and urn\n\n- **Crock**: costs as much as a loaf of bread\n"
    assert terms(text) == []


def test_a_name_in_capitals_is_no_field_of_the_list_that_it_stands_in() -> None:
    first = "- **Cost**: as much as a loaf of bread\n- **Weight**: as much as a small child has\n"
    text = f"## Jars\n\n{first}\n## Urns\n\n{first.replace('much', 'little')}- **PVC**: {TEXT}\n"
    assert terms(text) == [("PVC", TEXT)]
    assert terms(text.replace("PVC", "Lid")) == []


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Crocks, tall urns, glass jars, small barrels", 0),
        ("crocks, urns, and glass jars.", 0),
        ("keeps crocks, urns, and glass jars", 1),
        ("a crock, an urn, and glass jars", 1),
        ("60 % crocks, 20 % urns, 20 % barrels", 1),
        ("crocks, urns, and whatever else keeps the air out", 1),
    ],
)
def test_a_bare_enumeration_defines_nothing(told: str, count: int) -> None:
    assert len(terms(f"- **Vessel**: {told}\n")) == count
    assert len(terms(f"## Glossary\n\n**Ladle** — {TEXT}\n\n- **Vessel**: {told}\n")) == 2


@pytest.mark.parametrize(
    "told",
    ["[[The whole story of sealing jars with wax]]", "[how jars are sealed with wax](http://a.b/c)", "http://a.b"],
)
def test_a_text_that_is_only_a_link_explains_nothing(told: str) -> None:
    assert terms(f"**Sealing:** {told}\n\n- **Wax**: {told}\n") == []
    assert terms(f"**Sealing:** {told} {TEXT}\n") != []


CLIPPED = '---\ntitle: Jars\nsource: "https://a.b/jars"\n{}\n---\n'
LEADS = f"**Crock**: {TEXT}\n\n- **Urn**: {TEXT} too\n"


@pytest.mark.parametrize("mark", ["published: 2024-05-06", 'tags:\n  - "clippings"'])
def test_the_leads_of_an_article_that_was_clipped_define_nothing(mark: str) -> None:
    table = f"| Term | Meaning |\n| --- | --- |\n| Lid | {TEXT} |\n"
    assert terms(f"{CLIPPED.format(mark)}{LEADS}\n{table}") == [("Lid", TEXT)]


@pytest.mark.parametrize("mark", ["created: 2024-05-06", "tags:\n  - jars"])
def test_a_note_that_names_its_source_defines(mark: str) -> None:
    assert len(terms(f"{CLIPPED.format(mark)}{LEADS}")) == 2
    assert len(terms(f"---\npublished: 2024-05-06\nsource: a book\n---\n{LEADS}")) == 2


def test_the_fields_of_a_record_are_no_terms() -> None:
    text = f"**Course:** Cooking\n**Cook:** Ida Brook\n**Dish:** {TEXT}\n"
    assert terms(f"# Report\n\n{text}") == []
    assert len(terms(text.replace("Cooking", TEXT).replace("Ida Brook", f"{TEXT} too"))) == 3
