"""Exports of Anki as plain text: the header, the columns, two sides and deletions, and where each note stands."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note

HEAD = "#separator:tab\n#html:true\n"


def note(text: str, path: str = "export.txt") -> Note:
    return parse_note(text, path)


def sides(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in note(text).studied]


@pytest.mark.parametrize(
    ("told", "sign"),
    [("tab", "\t"), ("Tab", "\t"), ("comma", ","), ("semicolon", ";"), ("pipe", "|"), (";", ";"), ("colon", ":")],
)
def test_the_header_says_what_parts_the_columns(told: str, sign: str) -> None:
    assert sides(f"#separator:{told}\n#html:false\nrye{sign}a cereal\nflax{sign}a fibre\n") == [
        ("rye", "a cereal"),
        ("flax", "a fibre"),
    ]


def test_a_note_is_known_by_its_deck_and_found_at_its_lines() -> None:
    text = f'{HEAD}#deck:Farm::Grain\n#tags column:3\nrye\t"a\nof the ""north"""\tgrain winter\nflax\ta fibre\t\n'
    found = note(text)
    assert found.topic.name == "Farm / Grain"
    assert [(c.front, c.back, c.tags, c.span.line, c.span.end_line) for c in found.cards] == [
        ("rye", 'a\nof the "north"', ("grain", "winter"), 5, 6),
        ("flax", "a fibre", (), 7, 7),
    ]
    assert {(card.dialect, card.level) for card in found.cards} == {("anki-text", "explicit")}
    assert found.diagnostics == ()


def test_columns_of_ids_kinds_and_decks_are_no_fields() -> None:
    head = f"{HEAD}#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    rows = (
        "a1\tBasic\tFarm\trye\ta cereal\tgrain\n"
        "a2\tBasic (and reversed card)\tFarm\tflax\ta fibre\t\n"
        "a3\tCloze\tFarm\tA {{c1::moth::animal}} eats {{c2::wool}}.\t\t\n"
        "a4\tBasic (optional reversed card)\tFarm\toat\ta grain\n"
    )
    assert sides(head + rows) == [
        ("rye", "a cereal"),
        ("flax", "a fibre"),
        ("a fibre", "flax"),
        ("A […] (animal) eats wool.", "moth"),
        ("A moth eats […].", "wool"),
        ("oat", "a grain"),
    ]


def test_an_optional_card_is_asked_both_ways_where_its_third_field_says_so() -> None:
    head = f"{HEAD}#notetype:Basic (optional reversed card)\n"
    assert sides(f"{head}rye\ta cereal\ty\nflax\ta fibre\t\n") == [
        ("rye", "a cereal"),
        ("a cereal", "rye"),
        ("flax", "a fibre"),
    ]


def test_html_is_read_where_the_header_says_that_there_is_some() -> None:
    row = '<b>rye</b> &amp; oat[sound:rye.mp3]\ta<br>b &lt;c&gt; <anki-mathjax>x^2</anki-mathjax><img src="m.png">\n'
    assert sides(HEAD + row) == [("rye & oat", "a\nb &lt;c> \\(x^2\\)![](m.png)")]
    assert sides(f"#separator:tab\n#html:false\n{row}")[0][0] == "<b>rye</b> &amp; oat"


def test_a_new_line_in_html_is_a_blank_and_an_item_holds_its_paragraph() -> None:
    row = 'rye\t"<p>a cereal<br>of the\nnorth</p>\n<ul>\n<li>\n<div>grey</div>\n</li><li><p>hard</p></li>\n</ul>"\n'
    assert sides(HEAD + row) == [("rye", "a cereal\nof the north\n\n- grey\n\n- hard")]
    assert sides(f'{HEAD}rye\t"<pre>a\n  b</pre>"\n') == [("rye", "```\na\n  b\n```")]


def test_fields_of_a_note_of_ones_own_answer_together() -> None:
    assert sides(f"{HEAD}rye\tnoun\ta cereal\nflax\t\ta fibre\n") == [
        ("rye", "noun\n\na cereal"),
        ("flax", "a fibre"),
    ]


@pytest.mark.parametrize(
    ("columns", "row", "expected"),
    [
        ("Word\tKind\tMeaning", "rye\tnoun\ta cereal", ("rye", "a cereal\n\nKind: noun")),
        ("Word\tKind\tMeaning", "rye\t\ta cereal", ("rye", "a cereal")),
        ("Kind\tVorderseite\tRückseite", "noun\trye\ta cereal", ("rye", "a cereal\n\nKind: noun")),
        ("City\tCountry\tRiver", "Rome\tItaly\tTiber", ("Rome", "Country: Italy\n\nRiver: Tiber")),
        ("City\tCountry\tRiver", "Rome\tItaly\t", ("Rome", "Italy")),
        ("\tFront\tBack", "f1\trye\ta cereal", ("rye", "a cereal\n\nf1")),
        ("ID\tFront\tBack", "7\trye\ta cereal", ("rye", "a cereal")),
        ("ID\tName", "7\trye", ("7", "rye")),
        ("Nr\tText\tExtra", "7\tA {{c1::moth}} flies.\tat night", ("A […] flies.", "moth")),
        ("Extra\tText", "at night\tA {{c1::moth}} flies.", ("A […] flies.", "moth")),
    ],
)
def test_the_names_of_columns_say_what_asks_and_what_answers(columns, row, expected) -> None:
    assert sides(f"{HEAD}#columns:{columns}\n{row}\n") == [expected]


def test_a_column_that_is_called_tags_or_deck_is_no_field() -> None:
    (card,) = note(f"{HEAD}#columns:Front\tDeck\tBack\tTags\nrye\tFarm::Grain\ta cereal\tgrain winter\n").cards
    assert (card.front, card.back, card.tags) == ("rye", "a cereal", ("Farm/Grain", "grain", "winter"))
    head = f"{HEAD}#tags column:2\n#columns:Front\tLabels\tTags\n"
    assert sides(f"{head}rye\tgrain\ta cereal\n") == [("rye", "a cereal")]


def test_a_source_is_that_of_the_card() -> None:
    (card,) = note(f"{HEAD}#columns:Front\tBack\tSource\nrye\ta cereal\tThe farm, 3\n").cards
    assert (card.back, card.source) == ("a cereal", "The farm, 3")


def test_a_first_row_of_names_is_no_card() -> None:
    head = "#separator:comma\n#tags column:3\n"
    assert sides(f"{head}Front,Back,Tags\nrye,a cereal,grain\n") == [("rye", "a cereal")]
    assert sides(f"{head}rye,a cereal,grain\nFront,Back,x\n") == [("rye", "a cereal"), ("Front", "Back")]


def test_ids_that_count_the_rows_are_no_side() -> None:
    rows = "".join(f"FARM{n:04}\tplant {n}\tuse {n}\n" for n in range(1, 4))
    assert sides(HEAD + rows)[0] == ("plant 1", "use 1")
    assert sides(HEAD + rows.replace("FARM0002", "FARM0007"))[0] == ("FARM0001", "plant 1\n\nuse 1")
    assert sides(HEAD + rows[: rows.index("FARM0003")])[0] == ("FARM0001", "plant 1\n\nuse 1")
    assert sides(f"{HEAD}1848\tunrest\tParis\n1849\tpeace\tParis\n1850\trest\tParis\n")[0][0] == "1848"


@pytest.mark.parametrize(
    "head",
    [
        "#html:true\n#separator:tab\n",
        "#deck:Farm\n#notetype:Basic\n#separator:Tab\n",
        "tags:grain winter\n#separator:tab\n",
        "#Separator:tab\n# written by hand\n#HTML:true\n",
        "#separator:\t\n",
    ],
)
def test_what_is_set_may_stand_in_any_order_and_case(head: str) -> None:
    assert sides(f"{head}rye\ta cereal\n") == [("rye", "a cereal")]


def test_tags_of_all_notes_may_stand_above_the_rest() -> None:
    assert note("tags:grain farm::winter\n#separator:tab\nrye\ta cereal\n").cards[0].tags == ("grain", "farm/winter")


@pytest.mark.parametrize(
    "kind", ["Einfach (beide Richtungen)", "Basique (carte inversée)", "Básico (y tarjeta invertida)"]
)
def test_note_types_are_known_by_their_names_in_other_languages(kind: str) -> None:
    assert len(sides(f"{HEAD}#notetype:{kind}\nrye\ta cereal\n")) == 2


def test_a_note_of_one_side_and_a_quotation_mark_that_is_open_are_told_of() -> None:
    found = note(f'{HEAD}rye\t\n\n\ta cereal\nflax\ta fibre\noat\t"a grain\nmoth\tan animal\n')
    assert [card.front for card in found.cards] == ["flax"]
    assert [(one.code, one.severity, one.span.line) for one in found.diagnostics] == [
        ("question-without-answer", "error", 3),
        ("question-without-answer", "error", 5),
        ("unclosed-quote", "error", 7),
    ]


def test_a_text_with_far_too_many_deletions_is_told_of() -> None:
    found = note(HEAD + "".join(f"{{{{c{n}::a}}}} " for n in range(300)) + "\n")
    assert [(one.code, one.span.line) for one in found.diagnostics] == [("too-many-deletions", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "#html:true\nrye\ta cereal\n",  # nothing says what parts the columns
        "# separator: tab\nrye\ta cereal\n",  # a heading
        "Notes\n\n#separator:tab\nrye\ta cereal\n",
        "```\n#separator:tab\nrye\ta cereal\n```\n",
        "rye\ta cereal\nflax\ta fibre\n",
        "tags: grain\n\nrye\ta cereal\n",
        "#deck:Farm\nrye\ta cereal\n#separator:tab\n",
    ],
)
def test_other_files_are_none(text: str) -> None:
    assert not note(text).studied


def test_nothing_else_is_read_in_an_export() -> None:
    text = f"{HEAD}Q: Who?\tA: Nobody\n- **Moth**: what it means in five words\twool\n"
    assert {card.dialect for card in note(text).studied} == {"anki-text"}
    assert not parse_note(text, "export.txt", off=["anki-text"]).studied
    assert not parse_note(text, "export.txt", levels=["derived"]).studied


@pytest.mark.parametrize("header", ["#separator:\n", "#separator:tab", "#separator:tab\n#tags column:99\n", HEAD])
def test_a_header_alone_is_no_card(header: str) -> None:
    assert not note(header).studied
    assert note(f"{header}\nrye\n").studied == []


def test_a_quoted_column_may_hold_the_separator_a_quote_and_several_lines() -> None:
    found = note('#separator:comma\n"Peru, ""in"" short","Lima\nand more"\nChile,Santiago\n')
    assert [(c.front, c.back, c.span.line, c.span.end_line) for c in found.cards] == [
        ('Peru, "in" short', "Lima\nand more", 2, 3),
        ("Chile", "Santiago", 4, 4),
    ]


def test_a_quote_that_is_never_closed_costs_no_card_before_it() -> None:
    rows = "".join(f"row {number}\tback\n" for number in range(1000))
    found = note(f'#separator:tab\nPeru\tLima\n"Chile\tSantiago\n{rows}')
    assert [card.front for card in found.cards] == ["Peru"]
    assert [(one.code, one.span.line) for one in found.diagnostics] == [("unclosed-quote", 3)]


def test_a_note_that_speaks_of_it_is_still_a_note() -> None:
    for text in ("#separators are many\n\nPeru\tLima\n", "#separator: the sign between columns\n\nPeru\tLima\n"):
        assert not [card for card in note(text, "Anki.md").cards if card.dialect == "anki-text"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("#Separator:Comma\n#HTML:false\n", "Peru,Lima"),
        ("#separator:comma\n#separator:semicolon and more\n" + "# a comment\n" * 30, "Peru,Lima"),
        (f"#separator:comma\n#tags column:{'3' * 5000}\n", "Peru,Lima"),
        ("#separator:comma\n#tags column:03\n", "Peru,Lima,andes"),
        ("#separator:" + " " * 40 + "comma\n", "Peru,Lima"),
        ("#separator:comma\n# a comment\n" * 30 + "#separator:xyz\n", "Peru,Lima"),
    ],
)
def test_a_head_that_is_set_oddly_is_read_as_far_as_it_goes(header: str, row: str) -> None:
    assert [(card.front, card.back) for card in note(f"{header}{row}\n").cards] == [("Peru", "Lima")]


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (r"\(a &lt; b\)", r"\(a < b\)"),
        ("<anki-mathjax>a &lt; b</anki-mathjax>", r"\(a < b\)"),
        (r"so \[a &amp;= b \\ c &lt;d\] it is", r"so \[a &= b \\ c <d\] it is"),
        ("[$$]x^2[/$$]", r"\[x^2\]"),
        ("[$]a[1][/$] and [$]b[/$]", r"\(a[1]\) and \(b\)"),
        ("[latex]$x$[/latex], [latex]x[/latex]", r"$x$, \[x\]"),
        ("r &lt; s &gt; t", "r < s > t"),
        ("a &lt;b&gt; c", "a &lt;b> c"),
        ("&gt; no quote", "&gt; no quote"),
        ("[$]a[/$$] [latex]", "[$]a[/$$] [latex]"),
    ],
)
def test_what_stands_for_signs_in_html_is_the_signs(field: str, told: str) -> None:
    (card,) = note(f"#separator:tab\n#html:true\nrope\t{field}\n").cards
    assert card.back == told


def test_a_field_as_large_as_a_picture_costs_no_row_below_it() -> None:
    found = note(f"#separator:comma\nPeru,{'Lima ' * 40_000}\nChile,Santiago\n")
    assert [card.front for card in found.cards] == ["Peru", "Chile"]
    assert not found.diagnostics


def test_a_quotation_mark_inside_a_field_opens_nothing() -> None:
    found = note('#separator:semicolon\n5" disk;"a\nb"\nPeru;Lima\n6" pipe;"c\nd"\n')
    assert [(card.front, card.back) for card in found.cards] == [
        ('5" disk', "a\nb"),
        ("Peru", "Lima"),
        ('6" pipe', "c\nd"),
    ]
    assert not found.diagnostics
