"""Notes that Anki has written as text: `#separator:…` first, then a note a row."""

from __future__ import annotations

from studytool.notes.model import Card, Note
from studytool.notes.parse import parse_note


def note(*lines: str, path: str = "Capitals.txt") -> Note:
    return parse_note("\n".join(lines) + "\n", path)


def cards(*lines: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in note(*lines).cards]


def codes(found: Note) -> list[tuple[str, int]]:
    return [(one.code, one.span.line) for one in found.diagnostics]


def test_each_row_is_a_card_by_itself() -> None:
    found = note("#separator:tab", "#html:false", "Peru\tLima", "", "Chile\tSantiago")
    assert [(c.front, c.back, c.dialect, c.level, c.span.line) for c in found.cards] == [
        ("Peru", "Lima", "anki-text", "explicit", 3),
        ("Chile", "Santiago", "anki-text", "explicit", 5),
    ]
    assert codes(found) == []


def test_each_number_of_a_row_with_deletions_is_a_card() -> None:
    assert cards("#separator:tab", "#notetype:Cloze", "{{c1::Lima}} lies in {{c2::Peru}}.\tmap", "No {{c1::sea}}.") == [
        ("[…] lies in Peru.", "Lima"),
        ("Lima lies in […].", "Peru"),
        ("No […].", "sea"),
    ]


def test_columns_that_are_no_fields_are_left_out_and_tell_of_the_note() -> None:
    head = ("#separator:Semicolon", "#html:false", "#guid column:1", "#notetype column:2", "#deck column:3")
    row = "x1;Basic (and reversed card);South America::West;Peru;Lima;a b"
    found = note(*head, "#tags column:6", row, "#a comment")
    assert [(c.front, c.back) for c in found.cards] == [("Peru", "Lima"), ("Lima", "Peru")]
    assert found.cards[0].tags == ("South-America/West", "a", "b")


def test_an_optional_reverse_is_one_where_its_field_says_something() -> None:
    head = ("#separator:|", "#notetype:Basic (optional reversed card)")
    assert cards(*head, "Peru|Lima|", "Chile|Santiago|y") == [
        ("Peru", "Lima"),
        ("Chile", "Santiago"),
        ("Santiago", "Chile"),
    ]


def test_a_deck_for_all_of_them_is_the_topic() -> None:
    assert note("#separator:tab", "#deck:Geography::Capitals", "Peru\tLima").topic.name == "Geography / Capitals"


def test_html_is_taken_off_only_where_the_file_has_it() -> None:
    row = "<b>1 &lt; 2</b>\tyes<br>indeed[sound:yes.mp3]"
    assert cards("#separator:tab", "#html:true", row) == [("1 &lt; 2", "yes\nindeed")]
    assert cards("#separator:tab", "#html:false", row) == [("<b>1 &lt; 2</b>", "yes<br>indeed")]


def test_a_quoted_column_may_hold_the_separator_a_quote_and_several_lines() -> None:
    found = note("#separator:comma", '"Peru, ""in"" short","Lima', 'and more"', "Chile,Santiago")
    assert [(c.front, c.back, c.span.line, c.span.end_line) for c in found.cards] == [
        ('Peru, "in" short', "Lima\nand more", 2, 3),
        ("Chile", "Santiago", 4, 4),
    ]


def test_a_row_without_a_back_costs_itself_alone() -> None:
    found = note("#separator:tab", "Peru", "Chile\tSantiago")
    assert [card.front for card in found.cards] == ["Chile"]
    assert codes(found) == [("question-without-answer", 2)]


def test_a_quote_that_is_never_closed_is_said_and_costs_no_card_before_it() -> None:
    rows = [f"row {number}\tback" for number in range(1000)]
    found = note("#separator:tab", "Peru\tLima", '"Chile\tSantiago', *rows)
    assert [card.front for card in found.cards] == ["Peru"]
    assert codes(found) == [("unclosed-quote", 3)]


def test_a_note_that_speaks_of_it_is_still_a_note() -> None:
    def made(*lines: str) -> list[Card]:
        return [card for card in note(*lines, path="Anki.md").cards if card.dialect == "anki-text"]

    assert not made("# Separators", "", "#separator:tab", "Peru\tLima")
    assert not made("#separators are many", "", "Peru\tLima")
    assert not made("#separator: the sign between columns", "", "Peru\tLima")
