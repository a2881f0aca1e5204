"""Any text at all: the parser never fails, never leaves the file, and never takes long."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool.notes.dangling import dangling
from studytool.notes.embeds import Resolver
from studytool.notes.masks import mask
from studytool.notes.parse import parse_note
from studytool.notes.plain import flatten
from studytool.notes.targets import Targets
from studytool.text import clean

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
PIECES = [
    *("\n", "\n\n", "    ", "\t", " ", "- ", "> ", ">[!Summary]", "> [!Follow up questions]\n> - ", "1. ", "- [x] "),
    *(
        "Q: ",
        "A: ",
        "C: ",
        "[x]",
        "[",
        "]",
        "[[a|b]]",
        "](x)",
        "![[y]]",
        "![[a]]",
        "![[a#b]]",
        "![[#^c]]",
        " ^c\n",
        "![](y.png)",
        "# ",
        "## Why?\n",
        "Why?\n",
        "Because.\n",
    ),
    *("```", "~~~\n", "`", "$", "$$\n", "\\", "\\(", "<!--", "-->", "%%", "<div>\n", "**", "**T**: ", "::", "==", "{{"),
    *("---\n", "+++\n", "title: x\n", "name = 1\n", "demo: a?b\n", "Summary\n", "Example\n", "Questions:\n", "| a |\n"),
    *("|---|\n", "Differences between a and b:\n", "Term: five or more words of text, as it should be.\n", "\n: d\n"),
    *(
        "START\n",
        "END\n",
        "STARTI [",
        "] ",
        "ENDI",
        "Back: ",
        "TARGET DECK",
        "DELETE\n",
        "<!--ID: 1-->\n",
        "#flashcard",
        "🧠",
    ),
    *(
        "?\n",
        "??\n",
        ":::",
        ";;",
        "==",
        "==a==",
        "{{c1::",
        "}}",
        "{{c1::a::b}}",
        "<!--SR:!2024-01-01,3,250-->",
        "#flashcards",
    ),
    *(
        "<details><summary>",
        "</summary>",
        "</details>",
        "```gift\n",
        "{=a ~b}",
        "{T}\n",
        "{#1..2}",
        "^id",
        "- [x]",
        "- [ ] ",
    ),
    *("A. ", "a) ", "**Answer: B**", "Answer: A\n", "**Who?**\n", "#### Q1. ", "# Question (EN)\n", "## Answer (EN)\n"),
    *(
        "[^1]: ",
        "[^1]",
        " #card\n",
        "?\n",
        "[a]: b\n",
        "word ",
        "five words of text here\n",
        "é",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
        "(demo:a?b=c)",
    ),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """So long of this process's own time, whatever else the machine has to do."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"still busy after {seconds} s")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check(text: str, lines: int) -> None:
    note = parse_note(text, "a.md")
    written = clean(text).removeprefix("\ufeff").split("\n")
    for reference in note.references:
        line = written[reference.line - 1]
        assert line[reference.column - 1] in "![<" or (reference.kind == "demo" and reference.column == 1)
    whole = Resolver(Targets(["a.md", "y.png"], [note]), lambda place: text).note(note)
    for item in [*whole.studied, *whole.diagnostics, *dangling([whole], Targets([], [note]))]:
        assert 1 <= item.span.line <= item.span.end_line <= lines
        assert 1 <= item.span.column <= len(written[item.span.line - 1]) + 1
    for card in note.studied:
        assert card.front.strip()
        assert card.back.strip() or card.kind == "open"
    places = [(card.span.line, card.span.column) for card in note.studied]
    assert places == sorted(places)


@settings(max_examples=400, deadline=None)
@given(texts)
@example("[^0]: 0 #card")
@example("# QUESTION:00\n{#0}\n# ANSWER:00\n0")
def test_any_text_is_read_and_spans_lie_in_the_file(text: str) -> None:
    check(text, text.count("\n") + text.count("\r") + 1)


@settings(max_examples=300, deadline=None)
@given(texts)
def test_a_mask_keeps_the_place_of_everything(text: str) -> None:
    text = text.replace("\x00", "")
    masked = mask(text)
    assert len(masked) == len(text)
    assert [at for at, c in enumerate(text) if c == "\n"] == [at for at, c in enumerate(masked) if c == "\n"]
    flatten(text)


HOSTILE = [
    *(
        "![[a]]",
        "![[a#b]] ",
        "![[",
        "![](y.png)",
        "![[#^c]] ^c\n",
        "](",
        "![](",
        "[[a",
        "# b\n![[#b]]\n",
        "Q: a\nA: ![[a]]\n",
    ),
    *("[", "](", "[[", "`", "`` ` ", "*", "==", "::", "{{", "> ", "- ", "$", "$a", "\\", "<", "<!--", "<a", "%%", "|"),
    *("**a", "# a?\n", "Q: a\n", "A: b\n", "C: [\n", "C: [a]\n", "[a", "a: b\n", "a\n: b\n", "What?\n", "Summary\n"),
    *("Summary\n- a\n", "1) a\n", "- a\n\n", "> [!Summary]\n> a\n\n", "```\na\n", "$$\n", "%%\n", "[[a]]: ", "\\[ "),
    *(
        "- **T**: a b c d e f\n",
        "- [x] a\n",
        "What?\n- [x] a\n- [ ] b\n",
        "? ",
        "?\n",
        "a::b\n",
        "a:::b\n",
        "a;;b\n",
        "a\n?\nb\n\n",
        "==a== ",
        "==1;;",
        "{{c1::a}} ",
        "{{c1::",
        "<!--SR:!2024-01-01,3,250-->",
        "a::b<!--SR:!2024-01-01,3,250-->\n",
        "START\n",
        "START\nBasic\na\nBack: b\nEND\n",
        "STARTI [",
        "STARTI [Basic] a Back: b ENDI ",
        "<details>",
        "<details><summary>a?</summary>b</details>\n",
        "</details>",
        "```gift\na {=b ~c}\n```\n",
        "{",
        "a {T}\n\n",
        "**Who?**\n\nb\n\n",
        "#### Q1. a\n",
        "a?\nA. b\nB. c\n\n**Answer: B**\n\n",
        "# Question (EN)\n## Answer (EN)\n",
        "a : b 🧠\n",
        "a #flashcard\nb\n",
        "[](demo:",
        "Ab: Cd e f g h i j k l.\n",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    """30 kB take some tenths of a second; what grows with the square of the length, and took minutes for 100, 10 s."""
    size = 30_000
    text = (unit * (size // len(unit) + 1))[:size]
    with at_most(10):
        check(text, text.count("\n") + 1)


def test_a_bomb_of_yaml_aliases_stays_small() -> None:
    levels = "\n".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12))
    with at_most(20):
        note = parse_note(f"---\nl0: &l0 [x]\n{levels}\naliases: *l11\n---\n", "a.md")
    assert note.topic.aliases == ()


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the collection of real notes is not here")
def test_every_real_note_is_read() -> None:
    for path in sorted(path for path in SAMPLES.rglob("*.md") if path.is_file()):
        text = path.read_bytes().decode("utf-8", "replace")
        with at_most(20):
            check(text, text.count("\n") + text.count("\r") + 1)
