"""What is told of lines that no card is made of, and what is not."""

from __future__ import annotations

from studytool.notes.parse import parse_note


def told(text: str) -> list[tuple[str, int, str]]:
    found = parse_note(text, "note.md").diagnostics
    return [(one.code, one.span.line, one.message.partition("(")[2]) for one in found]


def test_of_a_table_with_cards_only_the_rows_without_one_are_named() -> None:
    head = "| Question | Answer |\n| --- | --- |\n| What is a tide? | A wave |\n"
    assert told(head) == []
    assert told(f"{head}| Why so? | |\n") == [("left-aside", 4, "line 4): “Why so? | |”")]
    rows = "".join(f"| {n} | |\n" for n in range(2))
    assert told(f"{head}{rows}| What is a sea? | Water |\n") == [("left-aside", 4, "lines 4, 5): “0 | |”")]
    many = "".join(f"| {n} | |\n" for n in range(9))
    assert told(head + many) == [("left-aside", 4, "lines 4, 5, 6, 7, 8, 9, 10, 11 …): “0 | |”")]


def test_a_table_without_cards_is_named_as_a_whole() -> None:
    assert told("| Day | Sea |\n| --- | --- |\n| 1 | low |\n") == [("left-aside", 1, "lines 1-3): “Day | Sea |”")]


def test_a_paragraph_with_a_fault_is_told_once_and_the_list_around_one_all_the_same() -> None:
    assert [code for code, *_ in told("#flashcards\n\nThe ==tide is high\n")] == ["unbalanced-cloze"]
    text = "#flashcards\n\n- The ==tide is high\n- and the sea is deep\n"
    assert sorted(code for code, *_ in told(text)) == ["left-aside", "unbalanced-cloze"]


def test_the_properties_of_a_page_are_not_told() -> None:
    assert told("title:: Tides\ntags:: sea, moon\n") == []
    assert told("depth:: 3 miles\n") != []


def test_the_title_that_a_page_of_logseq_gives_itself_is_its_topic() -> None:
    def topic(text: str) -> str:
        return parse_note(text, "pages/sea___tides.md").topic.name

    assert topic("type:: note\ntitle:: Tides of the *sea*\n- The sea.\n") == "Tides of the sea"
    assert topic("---\ntitle: Moon\n---\ntitle:: Tides\n") == "Moon"
    assert topic("title:: Tides\n\n# Waves\n") == "Tides"
    assert topic("The title:: Tides\n\n# Waves\n") == "Waves"
    assert topic("# Waves\n\ntitle:: Tides\n") == "Waves"
    assert topic("title::\n\n# Waves\n") == "Waves"
