"""What a note says of itself: topic, aliases, tags, order, demos; and the keys of its cards."""

from __future__ import annotations

import pytest
import yaml

from studytool.notes.frontmatter import read_front_matter
from studytool.notes.identity import card_key
from studytool.notes.model import DemoLink, Reference
from studytool.notes.parse import parse_note

CARD = "Q: One?\nA: two\n"


@pytest.mark.parametrize(
    ("text", "path", "topic"),
    [
        ("---\ntitle: A title\n---\n# Heading\n", "x.md", "A title"),
        ("---\nname: A name\n---\n# Heading\n", "x.md", "A name"),
        ("# The [[x|*Heading*]]\n", "stem.md", "The Heading"),
        ("## The Heading\n\ntext\n", "stem.md", "The Heading"),
        ("text first\n\n## Types\n\ntext\n", "stem.md", "stem"),
        ("# Notes:\n\ntext\n", "a/Deep stem.md", "Deep stem"),
        ("The Title Line\nText that follows it.\n", "x.txt", "The Title Line"),
        ("# Overview\n\ntext\n", "Deep stem.md", "Deep stem"),
        ("# Question (EN)\n\ntext\n\n# Answer\n\ntext\n", "Deep stem.md", "Deep stem"),
        ("# Steps:\n\ntext\n", "Deep stem.md", "Deep stem"),
        ("text first\n\n# One\n\n# Two\n\n# Three\n", "Deep stem.md", "Deep stem"),
        ("# One\n\n# Two\n\n# Three\n", "Deep stem.md", "One"),
        ("text first\n\n# One\n\ntext\n", "Deep stem.md", "One"),
        ("#deck/nets #exam\n\n# One\n\n# Two\n\n# Three\n", "Deep stem.md", "One"),
        ("#deck/nets\n\n## Search trees\n\ntext\n", "202601261814.md", "Search trees"),
        ("#deck/nets\n\n## Search trees\n\ntext\n", "Deep stem.md", "Deep stem"),
        ("Summary\nGradient descent is a way downhill.\n", "x.txt", "x"),
        ("Summary\nGradient descent is a way downhill.\n", "004_12ab.txt", "Gradient descent"),
        ("", "empty.md", "empty"),
        ("---\ntitle: {a: 1}\n---\n", "odd.md", "odd"),
        ("---\ntitle: 2024\n---\n", "odd.md", "2024"),
    ],
)
def test_a_topic_is_found(text: str, path: str, topic: str) -> None:
    assert parse_note(text, path).topic.name == topic


def test_tags_come_from_front_matter_and_from_the_text_but_not_from_code() -> None:
    note = parse_note("---\ntags: [a/b, '#c']\n---\nText #d-e, `#no` and #1 and C#.\n\n# Heading\n", "x.md")
    assert note.topic.tags == ("a/b", "c", "d-e")


def test_after_and_aliases_may_be_a_list_or_a_text() -> None:
    topic = parse_note("---\naliases: One, Two\nafter:\n  - '[[A|b]]'\n  - B\n---\n", "x.md").topic
    assert (topic.aliases, topic.after) == (("One", "Two"), ("A", "B"))


def test_links_are_listed_once_each_and_not_from_code() -> None:
    assert parse_note("[[a]] [[b#c|d]] `[[e]]` [[a]]\n", "x.md").links == ("a", "b")


@pytest.mark.parametrize("front", ["title: [unclosed", "a: b: c", "\t- x: 1", "title: !!python/object:os.system x"])
def test_front_matter_that_is_not_valid_is_named_and_the_note_is_read(front: str) -> None:
    note = parse_note(f"---\n{front}\n---\n{CARD}", "x.md")
    assert [d.code for d in note.diagnostics] == ["front-matter"]
    assert [card.front for card in note.cards] == ["One?"]
    assert note.cards[0].span.line == 4


@pytest.mark.parametrize("front", ['+++\nname = "T"\n+++\n', '---\nname = "T"\n---\n', "---\nname: T\n...\n"])
def test_front_matter_may_be_toml_or_yaml(front: str) -> None:
    note = parse_note(front + CARD, "x.md")
    assert (note.topic.name, note.diagnostics, note.cards[0].span.line) == ("T", (), 4)


def test_what_is_readable_of_invalid_front_matter_is_used() -> None:
    note = parse_note("---\ntitle: The title\ntags: [a, b\n---\n" + CARD, "x.md")
    assert (note.topic.name, len(note.cards)) == ("The title", 1)


def test_front_matter_that_does_not_end_is_named_and_is_text() -> None:
    note = parse_note("---\ntitle: The title\n\n" + CARD, "x.md")
    assert [d.code for d in note.diagnostics if d.severity == "warning"] == ["front-matter"]
    assert len(note.cards) == 1


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    note = parse_note(f"---\n\nSome text\n\n---\n\n{CARD}", "x.md")
    assert len(note.cards) == 1
    assert [d.code for d in note.diagnostics] == ["left-aside"]


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("perceptron", DemoLink("perceptron")),
        ("cnn?learning_rate=0.01&epochs=3", DemoLink("cnn", (("learning_rate", "0.01"), ("epochs", "3")))),
        ("{run: cnn, learning_rate: 0.01, bias: true}", DemoLink("cnn", (("learning_rate", "0.01"), ("bias", "true")))),
    ],
)
def test_a_demo_in_front_matter_belongs_to_the_topic_and_its_cards(written: str, link: DemoLink) -> None:
    note = parse_note(f"---\ndemo: {written}\n---\n{CARD}", "x.md")
    assert (note.topic.demo, note.cards[0].demo) == (link, link)


def test_a_link_to_a_demo_belongs_to_the_card_it_stands_in() -> None:
    text = "Q: One?\nA: [see it](demo:cnn?rate=0.1)\n\nQ: Two?\nA: three\n"
    note = parse_note(text, "x.md")
    assert [card.demo for card in note.cards] == [DemoLink("cnn", (("rate", "0.1"),)), None]


def test_a_link_to_a_demo_outside_cards_belongs_to_the_topic() -> None:
    note = parse_note("Look at it [here](demo:cnn).\n\n# Cards\n\n" + CARD, "x.md")
    assert (note.topic.demo, note.cards[0].demo) == (DemoLink("cnn"), DemoLink("cnn"))


def test_a_card_knows_the_headings_above_it() -> None:
    note = parse_note("# A\n\n### B\n\n## C\n\n" + CARD + "\n## Why?\n\nSo.\n", "x.md")
    assert [card.context for card in note.cards] == [("A", "C"), ("A",)]


def test_a_key_is_about_content_not_about_spaces_or_composition() -> None:
    assert card_key("basic", "é  x", "y") == card_key("basic", "e\u0301 x\n", " y")
    assert card_key("basic", "w", "y") != card_key("basic", "W", "y")
    assert card_key("basic", "ab", "c") != card_key("basic", "a", "bc")
    assert card_key("cloze", "a", "", "x", 0) != card_key("cloze", "a", "", "x", 1)
    assert len(card_key("basic", "", "")) == 32


def test_a_key_never_changes_from_one_version_to_the_next() -> None:
    assert card_key("basic", "What is a tensor?", "An array") == "db942072c1235cd0fe502a71b602db07"


def test_text_that_would_act_on_a_terminal_does_not_reach_a_card() -> None:
    note = parse_note("Q: \x1b[31mred\x1b[0m?\nA: a\u202eb\x07\n", "x.md")
    assert (note.cards[0].front, note.cards[0].back) == ("red?", "ab")


def test_an_unclosed_fence_is_named_where_it_begins() -> None:
    note = parse_note(f"{CARD}\n```py\nx = 1\n\n{CARD}", "x.md")
    assert [(d.code, d.span.line) for d in note.diagnostics if d.severity == "warning"] == [("unclosed-fence", 4)]


def test_adjacent_blocks_that_make_no_card_are_one_remark() -> None:
    note = parse_note("One.\n\nTwo.\n\n- three\n\nFour.\n", "x.md")
    assert [d.span.line for d in note.diagnostics] == [1, 5, 7]


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("The loss L = y - f(x) grows", "The loss L = y - f(x) grows"),
        ("Rowing **fast** with `load_state` and $a_1$", "Rowing fast with load_state and $a_1$"),
        ("An _emphasised_ and a ==marked== word", "An emphasised and a marked word"),
        ("When a == b", "When a == b"),
        ("Capitals #flashcards", "Capitals"),
        ("Rivers #flashcards/maps #flashcards", "Rivers"),
        ("What C does with #define", "What C does with #define"),
    ],
)
def test_a_topic_is_named_as_its_heading_reads(heading: str, topic: str) -> None:
    assert parse_note(f"# {heading}\n\nQ: One?\nA: two\n", "note.md").topic.name == topic


def told(text: str) -> list[tuple[str, str, int, int]]:
    return [(r.kind, r.target, r.line, r.column) for r in parse_note(text, "x.md").references]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("A [[b]] and [[c#d|e]].\n", [("wikilink", "b", 1, 3), ("wikilink", "c#d", 1, 13)]),
        ("\n![[b#^id]]![[c.png|300]]\n", [("embed", "b#^id", 2, 1), ("embed", "c.png", 2, 11)]),
        ("![a curve](img/a.png)\n", [("image", "img/a.png", 1, 1)]),
        ('![](<a b.png>) ![](c.png "its title")\n', [("image", "a b.png", 1, 1), ("image", "c.png", 1, 16)]),
        ("See [x](other.md#part) or [y](a%20b.md).\n", [("link", "other.md#part", 1, 5), ("link", "a%20b.md", 1, 27)]),
        ("[![a](b.png)](c.md)\n", [("link", "c.md", 1, 1), ("image", "b.png", 1, 2)]),
        ("![a](b_(c).png) and [d](demo:cnn?x=1)\n", [("image", "b_(c).png", 1, 1), ("demo", "demo:cnn?x=1", 1, 21)]),
        (
            "a <img src='b c.png'>\n\n<p>\n<img alt=x src=d.png></p>\n",
            [("image", "b c.png", 1, 3), ("image", "d.png", 4, 1)],
        ),
        ("> - [[b]]\n", [("wikilink", "b", 1, 5)]),
        ("|x|y|\n|-|-|\n|[[a\\|b]]|![c](d.png)|\n", [("wikilink", "a", 3, 2), ("image", "d.png", 3, 11)]),
        ("[[#above]] and [`code`](b.md)\n", [("wikilink", "#above", 1, 1), ("link", "b.md", 1, 16)]),
    ],
)
def test_references_are_found_with_their_places(text: str, references: list[tuple[str, str, int, int]]) -> None:
    assert told(text) == references


@pytest.mark.parametrize(
    "text",
    [
        "`[[a]] ![b](c.png) <img src='d.png'>`\n",
        "```\n<img src='a.png'>\n```\n<img src='https://b.org/c.png'> <img alt=d>\n",
        "```\n[[a]]\n![[b]]\n```\n",
        "$[[a]]$ and $$![](b.png)$$\n",
        "%% [[a]] %% <!-- ![[b]] -->\n",
        "---\nrelated: '[[a]]'\nbanner: '![](b.png)'\n---\n",
        "\n    ![[a]]\n",
        "![](https://a.org/b.png) [c](http://d.md) ![](data:image/png;base64,AA==) [e](mailto:f@g.md) [h](#i)\n",
        "[a](//b.org/c.md) [d](www.e.org/f.md) ![]({{g}}/h.png) [i](j.html) [[Answer]](https://k.org)\n",
        r"\![a](b.html) \[[c]]" + "\n",
    ],
)
def test_what_is_protected_or_leads_to_the_net_is_no_reference(text: str) -> None:
    assert told(text) == []


def test_a_demo_in_front_matter_is_referred_to_at_its_line() -> None:
    text = "---\ntitle: T\ndemo: {run: cnn, rate: 0.1, name: a&b}\n---\n"
    assert parse_note(text, "x.md").references == (Reference("demo", "demo:cnn?rate=0.1&name=a%26b", 3, 1),)


@pytest.mark.parametrize(
    ("front", "place"),
    [
        ("title: [unclosed\ntags: x", (2, 8)),
        ("a: 1\nb: c: d", (3, 5)),
        ("title: 'unclosed\ntags: x", (2, 8)),
        ("a = 1\nb = = 2", (3, 5)),
        ('a = 1\nb = """unclosed', (3, 1)),
    ],
)
def test_invalid_front_matter_is_told_where_it_goes_wrong(front: str, place: tuple[int, int]) -> None:
    note = parse_note(f"---\n{front}\n---\n{CARD}", "x.md")
    assert [(d.code, d.span.line, d.span.column) for d in note.diagnostics] == [("front-matter", *place)]
    assert len(note.cards) == 1


@pytest.mark.parametrize(
    ("written", "hints"),
    [
        ("expilcit", ["Did you mean `explicit`? "]),
        ("[derived, Strutured]", ["Did you mean `structured`? "]),
        ("flash", [""]),
        ("explicit", []),
        ("[explicit, derived]", []),
        ("off", []),
        ("true", []),
        ("12", []),
        ('"[[Deck]]"', []),
    ],
)
def test_a_level_that_does_not_exist_is_told_with_the_nearest_one(written: str, hints: list[str]) -> None:
    found = parse_note(f"---\ntitle: T\ncards: {written}\n---\n{CARD}", "x.md").diagnostics
    rest = "The levels are explicit, structured and derived; `off` makes no cards."
    assert [(d.span.line, d.hint) for d in found if d.code == "unknown-level"] == [(3, hint + rest) for hint in hints]


@pytest.mark.parametrize(
    "front",
    [
        "title: Loss of a net\ntags: [nets, deep nets/loss]\ncreated: 2024-02-29",
        "a: yes",
        "No: a",
        "a: [b, true]",
        "a: NULL",
        "a: 2023-02-29",
        "a: b\na: c",
        "a: b ",
        "a: b  c",
        "a: v2 e5 0x1F",
        "a:  b",
        "a: [b,c]",
        "date: 2024-01-01 ",
        "a: b # c",
    ],
)
def test_plain_front_matter_is_read_as_yaml_reads_it(front: str) -> None:
    expected: object
    try:
        expected = {str(key).lower(): value for key, value in yaml.safe_load(front).items()}
    except ValueError:
        expected = {}
    assert read_front_matter(["---", *front.split("\n"), "---"]).fields == expected


def test_a_line_of_references_costs_no_more_than_its_length() -> None:
    for unit in ("](a) ", "![", "[[a]]", "![a](b) ", "[](", "[a](b(c ", "![[a]] ", "<img src=a> "):
        assert parse_note(unit * (100_000 // len(unit)), "x.md") is not None
