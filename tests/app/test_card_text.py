"""How a card's markdown looks, that it fits its width, and that nothing in it can act."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool.app.prose.cloze import filled
from studytool.app.widgets.card_text import inline
from tests.app.card_lines import lines, render, styles, widest
from tests.growth import growth

BAR = "▎"


# -- what markdown looks like --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text", "style"),
    [
        ("a **bold** word", "bold", "bold"),
        ("an *italic* word", "italic", "italic"),
        ("a ~~gone~~ word", "gone", "strike"),
        ("a ==marked== word", "marked", "on $warning"),
        ("some `code` here", "code", "on $foreground"),
        ("a [link](https://example.org) here", "link", "underline"),
        ("see [[Perceptron]] first", "Perceptron", "underline"),
        ("# Heading", "Heading", "bold"),
        ("some <b>bold</b> tags", "bold", "bold"),
        ("the sum $a+b$ of", "a + b", "italic"),
    ],
)
def test_marks_become_styles_and_disappear(source: str, text: str, style: str) -> None:
    content = render(source, 60)
    assert style in styles(content, text)
    assert not set("*~=`[]#<>$") & set(content.plain)


def test_nested_marks_add_up() -> None:
    content = render("**bold *both* `code`**", 60)
    assert styles(content, "both") == "bold italic"
    assert styles(content, "code") == "bold $text-accent on $foreground 8%"


def test_paragraphs_are_wrapped_between_words() -> None:
    assert lines("one two three four five", 10) == ["one two", "three four", "five"]


def test_lines_that_an_editor_wrapped_flow_together_and_short_ones_stay() -> None:
    wrapped = "This line was filled up by an editor until it was full and\nthen it went on."
    assert lines(wrapped, 100) == [wrapped.replace("\n", " ")]
    assert lines("Roses are red\nviolets are blue", 100) == ["Roses are red", "violets are blue"]


def test_lists_hang_and_nest() -> None:
    source = "- first item with enough words to need a second line\n  - nested\n- [ ] open\n- [x] done"
    assert lines(source) == [
        "• first item with enough words to need a",
        "  second line",
        "  ◦ nested",
        "☐ open",
        "☑ done",
    ]


def test_numbers_of_a_list_are_aligned() -> None:
    assert lines("9. nine\n10. ten") == [" 9. nine", "10. ten"]


def test_a_list_that_starts_at_nought_does() -> None:
    assert lines("0. nought\n1. one") == ["0. nought", "1. one"]


def test_blocks_stand_apart_but_not_the_items_of_a_tight_list() -> None:
    assert lines("a\n\n- b\n- c\n\nd") == ["a", "", "• b", "• c", "", "d"]
    assert lines("- b\n\n- c") == ["• b", "", "• c"]


def test_a_quote_has_a_bar_on_every_line() -> None:
    quoted = lines("> one two three four five six seven eight nine\n>\n> > deeper", 24)
    assert quoted == [
        f"{BAR} one two three four",
        f"{BAR} five six seven eight",
        f"{BAR} nine",
        BAR,
        f"{BAR} {BAR} deeper",
    ]


def test_a_callout_shows_its_title_instead_of_its_type() -> None:
    assert lines("> [!tip] Remember\n> Water flows down.") == [f"{BAR} Remember", f"{BAR} Water flows down."]
    assert lines("> [!example]-\n> Water flows down.")[0] == f"{BAR} Example"


def test_code_keeps_its_blanks_and_stands_on_a_tint_of_the_whole_width() -> None:
    content = render("```python\nif x:\n    y = 'é'  # why\n```", 30)
    assert content.plain.split("\n") == [" if x:                        ", "     y = 'é'  # why           "]
    assert all("on $foreground" in str(span.style) for span in content.spans)
    assert "$text-secondary" in styles(content, "if")
    assert "italic" in styles(content, "# why")


def test_code_of_no_language_or_an_unknown_one_is_only_tinted() -> None:
    for content in (
        render("```nosuchlanguage {x=1}\nif x: y\n```", 30),
        render("```\nif x: y\n```", 30),
    ):
        assert {str(span.style) for span in content.spans} == {"on $foreground 8%"}


def test_a_long_line_of_code_goes_on_below_behind_a_mark_without_losing_anything() -> None:
    shown = lines("```text\n" + "".join(map(str, range(40))) + "\n```", 22)
    assert "".join(line[1:].strip() for line in shown) == "".join(map(str, range(40)))
    assert "".join(line[0] for line in shown) == " ↪↪↪"


def test_a_table_has_aligned_columns() -> None:
    source = "| layer | size |\n|:--|--:|\n| conv | 9408 |\n| a | 1 |"
    assert lines(source) == ["layer │ size", "──────┼─────", "conv  │ 9408", "a     │    1"]


def test_a_table_too_wide_wraps_inside_its_cells() -> None:
    source = "| a | b |\n|--|--|\n| short | a cell with many more words than fit into the width |"
    assert lines(source, 30) == [
        "a     │ b",
        "──────┼───────────────────────",
        "short │ a cell with many more",
        "      │ words than fit into",
        "      │ the width",
    ]


def test_a_table_with_too_many_columns_becomes_a_list() -> None:
    head, rule, row = "|".join("abcdefgh"), "|".join(["--"] * 8), "|".join(["value"] * 8)
    assert lines(f"|{head}|\n|{rule}|\n|{row}|", 30)[:2] == ["a: value", "b: value"]


def test_a_displayed_formula_stands_in_the_middle() -> None:
    for source in ("$$a+b$$", "so $$a+b$$ holds"):
        assert "                 a + b" in lines(source)


def test_a_displayed_formula_is_drawn_in_two_dimensions_and_one_in_a_line_stays_on_it() -> None:
    assert lines(r"so $$x = \frac{a+b}{2}$$ and $\frac{a}{2}$ too", 21) == [
        "so",
        "",
        "          a + b",
        "     x = ───────",
        "            2",
        "",
        "and a/2 too",
    ]


@pytest.mark.parametrize("source", [r"\[x = \frac{a}{b}\]", "$$\nx = \\frac{a}{b}\n$$", "- $$x = \\frac{a}{b}$$"])
def test_a_formula_is_displayed_however_it_is_written(source: str) -> None:
    shown = [line.strip("• ") for line in lines(source)]
    assert shown == ["a", "x = ───", "b"]


def test_a_formula_in_a_line_may_stand_in_escaped_brackets_and_words_in_them_are_words() -> None:
    assert lines(r"so \(a_1 \le b\) holds, \(mostly\), and \[so on\]") == ["so a₁ ≤ b holds, (mostly), and [so on]"]


def test_a_displayed_formula_too_wide_to_be_drawn_loses_nothing() -> None:
    shown = lines(r"$$\frac{1}{2}(" + "+".join("abcdefghijklmnop") + ")$$", 20)
    assert "".join("".join(shown).split()) == "(1/2)(" + "+".join("abcdefghijklmnop") + ")"


def test_what_is_marked_in_a_formula_stands_on_a_tint() -> None:
    assert "on $warning" in styles(render("$a = ==b==$", 40), "b")
    content = render(r"$$a = \frac{==b==}{c} + d$$", 40)
    assert "on $warning" in styles(content, "b")
    assert "on $warning" not in styles(content, "c")


def test_brackets_in_a_formula_are_brackets() -> None:
    assert lines("so $a = [b]$ is") == ["so a = [b] is"]


def test_formulas_can_be_shown_as_they_are_written() -> None:
    source = "with $\\frac{a}{b}$ in\n\n$$\nx = \\frac{a}{b}\n$$\n\nand \\[y_1\\]"
    plain = render(source, 60, source=True).plain
    assert plain.count(r"\frac{a}{b}") == 2
    assert "y_1" in plain
    assert "─" in render(source, 60).plain


@pytest.mark.parametrize(
    ("front", "answer", "shown", "marked"),
    [
        (r"so $a = […]$ is", "$b^2$", "so a = b² is", "b²"),
        (r"so $a = \frac{[…]}{c}$ is", "x+y", "so a = (x + y)/c is", "x + y"),
        (r"so $a_{[…]}$ is", "$i$", "so aᵢ is", "ᵢ"),
        (r"so $a = […]$ is", "[b]", "so a = [b] is", "[b]"),
        (r"a […] b", r"$\mu$", "a μ b", "μ"),
        (r"a […] is $b + […]$", r"x, $\eta$", "a x is b + η", "η"),
        (r"a […] is […]", "x", "a x is x", "x"),
        ("$$\na = […]\n$$", "b_1", " " * 27 + "a = b₁", "b₁"),
    ],
)
def test_a_cloze_is_filled_in_a_formula_too(front: str, answer: str, shown: str, marked: str) -> None:
    content = render(filled(front, answer), 60)
    assert content.plain == shown
    assert "on $warning" in styles(content, marked)


def test_a_picture_is_named() -> None:
    assert lines("![a cat](cat.png)") == ["[image: a cat]"]
    assert lines("![[net.png]]") == ["[image: net.png]"]


def test_money_is_no_formula() -> None:
    assert lines("it costs $5 and $6") == ["it costs $5 and $6"]


def test_one_line_has_no_blocks() -> None:
    content = inline("# 1. a **b**\n\nc")
    assert content.plain == "# 1. a b c"
    assert styles(content, "b") == "bold"


def test_no_text_is_no_lines() -> None:
    assert render("", 40).plain == ""
    assert inline("").plain == ""


# -- foreign text can do nothing but be read -----------------------------------------------------------------


@pytest.mark.parametrize(
    "markup", ["[red]x[/red]", "[@click=app.quit]x[/]", "[/]", "W[i]", "[link='x']y[/link]", "$primary"]
)
def test_markup_is_text(markup: str) -> None:
    for source in (markup, f"**{markup}**", f"`{markup}`", f"- {markup}", f"| {markup} |\n|--|\n| {markup} |"):
        content = render(source, 60)
        assert markup in content.plain
        assert all("@" not in str(span.style) and "link" not in str(span.style) for span in content.spans)


def test_a_link_leads_nowhere() -> None:
    content = render("[go](javascript:alert) [here](https://example.org) <https://example.org>", 80)
    assert all("click" not in str(span.style) and "http" not in str(span.style) for span in content.spans)


@pytest.mark.parametrize(
    "source",
    [
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07text",
        "\x9b31mred",
        "a&#27;[31mb",
        "a&#x9b;31mb",
        "a&#x202e;b",
        "`\x1b[2J`",
        "```sh\n\x1b[2J\n```",
        "$\x1b[2J$",
        "![\x1b[2J](x)",
        "| \x07 |\n|--|\n| \x1b[2J |",
        "> [!\x1b[2J] x",
        "```\x1b[2J\nx\n```",
        "\u2067right to left\u2069",
        "a\rb\x00c\x08d",
    ],
)
def test_control_characters_never_reach_the_screen(source: str) -> None:
    for shown in (render(source, 40).plain, inline(source).plain):
        assert not [c for c in shown if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2067\u2069"]


# -- everything fits, quickly --------------------------------------------------------------------------------

MARKDOWN = st.text(st.sampled_from(list("ab \n\t#*_`~=-+>|[]()!$\\{}^<&;:.1漢👩\u200d\u0301\ufe0f")), max_size=300)


@settings(max_examples=300, deadline=None)
@example("\u200d\u200d11111", 0)
@given(MARKDOWN, st.integers(0, 50))
def test_any_text_is_rendered_into_any_width(source: str, width: int) -> None:
    assert widest(render(source, width)) <= max(width, 4)


LONG: dict[str, tuple[Callable[[int], str], int]] = {
    "a word": (lambda n: "x" * n, 10_000),
    "a line": (lambda n: "word " * n, 2_000),
    "wide characters": (lambda n: "漢字かな。" * n, 2_000),
    "joined emoji": (lambda n: "👩‍👩‍👧" * n, 2_000),
    "combining characters": (lambda n: "e\u0301" * n, 5_000),
    "nothing but combining characters": (lambda n: "\u0301" * n, 5_000),
    "rows": (lambda n: "| a | b | c |\n|--|--|--|\n" + "| one *x* | `y` | three words |\n" * n, 1_000),
    "columns": (lambda n: "|" + "a|" * n + "\n|" + "-|" * n, 200),
    "lists in one another": (lambda n: "\n".join(" " * 2 * depth + "- x" for depth in range(n)), 100),
    "quotes in one another": (lambda n: ">" * n + " x", 10_000),
    "open emphasis": (lambda n: "*a **b " * n, 2_000),
    "open brackets": (lambda n: "[" * n, 2_000),
    "open highlights": (lambda n: "==a " * n, 3_000),
    "open comments": (lambda n: "<!--" * n, 3_000),
    "open tags": (lambda n: "<p>a " * n, 2_000),
    "tags in one another": (lambda n: "<b>" * n + "a" + "</b>" * n, 1_000),
    "open wikilinks": (lambda n: "[[a" * n, 1_500),
    "open formulas": (lambda n: "$a " * n, 3_000),
    "lines of code": (lambda n: "```python\n" + "x = 1  # c\n" * n + "```", 5_000),
}


@pytest.mark.parametrize(("source", "size"), LONG.values(), ids=LONG)
def test_long_text_fits_and_costs_as_much_as_it_is_long(source: Callable[[int], str], size: int) -> None:
    assert growth(lambda n: render(source(n), 80), size) < 6
    assert widest(render(source(size), 80)) <= 80


def test_wide_characters_break_anywhere_but_before_a_closing_mark() -> None:
    assert lines("漢字漢字。漢字", 8) == ["漢字漢", "字。漢字"]


def test_lists_ten_deep_are_all_there() -> None:
    shown = render("\n".join("  " * depth + f"- item {depth}" for depth in range(14)), 80).plain
    assert all(f"item {depth}" in shown for depth in range(14))
