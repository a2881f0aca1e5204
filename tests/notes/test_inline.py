"""What a mask hides, and that an opening which nothing ends hides nothing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from studytool.notes import masks
from studytool.notes.inline import HIDDEN, LINK, blank, scan
from studytool.notes.masks import mask
from studytool.notes.plain import flatten, says_something


def shown(text: str) -> str:
    """The mask of a text with `·` for what is hidden and `~` for links."""
    return mask(text).replace(HIDDEN, "·").replace(LINK, "~")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("see http://a.b/c?d: yes", "see ··············· yes"),
        ("xhttps://a b", "x········· b"),
        ("ttp://a and ://b", "ttp://a and ://b"),
        ("\\http://a", "··ttp://a"),
        ("`b`http://a", "···········"),
        ("\\*\\*a\\_", "····a··"),
        ("\\*\\(x\\) \\(", "······· ··"),
        ("a\\", "a\\"),
        ("`a` ``b`c`` `d", "··· ······· `d"),
        ("`a``b`", "······"),
        ("    code\ntext", "········\ntext"),
        ("text\n\n    code\ntext", "text\n\n········\ntext"),
        ("- a\n\n    b", "- a\n\n    b"),
        ("a <b>c</b> < d > e", "a ···c···· < d > e"),
        ("about $a\nb $c$ d", "about $a\nb ··· d"),
        ("a $b +\nc$ d $e$ f", "a ····\n·· d ··· f"),
        ("a $b +\nc\\$ d$ e", "a ····\n······ e"),
        ("a $b\nc\nd $e$", "a $b\nc\nd ···"),
    ],
)
def test_a_mask_hides_what_is_no_prose(text: str, masked: str) -> None:
    assert shown(text) == masked


@pytest.mark.parametrize("opening", ["[[", "![[", "](", "%%", "<", "<!--", "$", "$$", "`"])
def test_an_opening_that_nothing_ends_hides_nothing_and_hides_nothing_else(opening: str) -> None:
    text = f"{opening}a {opening} \\*"
    found = [span for span in scan(text) if span.kind == "escape"]
    assert [text[span.start : span.end] for span in found] == ["\\*"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("[[a [[b]] [[c", "[[a ~~~~~ [[c"),
        ("[a](b [c](d)", "[a]·········"),
        ("[a](b c `d`", "[a](b c ···"),
        ("a < b `c` <d", "a < b ··· <d"),
        ("$a $b$", "$a ···"),
        ("%% a `b` $c$", "%% a ··· ···"),
    ],
)
def test_what_an_unended_opening_stands_before_is_still_found(text: str, masked: str) -> None:
    assert shown(text) == masked


LINKED = (
    "[[a]]",
    "[[a b]]",
    "![[a]]",
    "[",
    "]",
    "[[",
    "]]",
    "[[ a]]",
    "[[a|b]]",
    "[[a#b]]",
    "[[a\\|b]]",
    "[[a]b]]",
    "[[]]",
    "%%",
    "<!--",
    "-->",
    "(",
    "!",
    " word ",
    "\n",
    "`",
    "$",
)


BEFORE = "word " * 200
"""Makes of a text one so long that its constructs are looked for all at once."""


def test_plain_links_are_read_at_once_as_they_are_one_by_one() -> None:
    chance = random.Random(4)
    at_once = 0
    for _ in range(3000):
        weights = [8, 4, 4] + [1] * (len(LINKED) - 3)
        text = "".join(chance.choices(LINKED, weights, k=chance.randint(1, 6)))
        text = chance.choice(("", BEFORE)) + text
        hidden = told = ""
        position = 0
        for span in scan(text):
            between, own = text[position : span.start], text[span.start : span.end]
            is_link = span.kind in ("wikilink", "embed")
            hidden += between + (LINK * len(own) if is_link else blank(own))
            told += between + (span.shown if is_link or span.kind == "comment" else own)
            position = span.end
        assert mask(text) == hidden + text[position:]
        assert flatten(text) == told + text[position:]
        at_once += "[[a]]" in text and not set(text) & set("`$|#")
    assert at_once > 1000


WHOLE = ("`a`", "``a` b``", "$a$", "$a$a$", "\\a", "\\(", "<b>", "[a](b)", "%%a%%", "`a\nb`", "![[a]]", "[[a|b]]")
WHOLE += ("[[a#b]]", "[[a\\|b]]", "<!-- a\nb -->", "https://a/b?c", "[[[a]]]")
LOOSE = (
    *(" ", "a", "1", "²", "é", "/", ":", "http://a", "\n\n", "    "),
    *("`", "``", "$", "$$", "<", "[", "[[", "](", "%", "\\", "\\(", "\\)"),
    *("<!--", "-->", "%%", "![[", "]]", "]", "==", "https", "://", "~~~", "\n"),
)


def test_constructs_that_are_told_whole_are_hidden_at_once_as_they_are_one_by_one() -> None:
    chance = random.Random(5)
    for _ in range(3000):
        text = "".join(chance.choices(WHOLE + LOOSE, [4] * len(WHOLE) + [1] * len(LOOSE), k=chance.randint(1, 7)))
        text = BEFORE + text
        hidden, position = "", 0
        for span in scan(text):
            own = text[span.start : span.end]
            is_link = span.kind in ("wikilink", "embed")
            hidden += text[position : span.start] + (LINK * len(own) if is_link else blank(own))
            position = span.end
        assert mask(text) == hidden + text[position:]


@pytest.mark.parametrize(
    ("whole", "loose"),
    [
        (("[[a]]", "[[a|b]]", "![[x]]"), ("[[", "[", "]]", "!", "(")),
        (("[a](b)", "![](c)"), ("](", "(", ")", "[", "]")),
        (("$a$", "$x y$"), ("$", "1", "²", "$ ", " $")),
    ],
)
def test_constructs_of_one_kind_are_hidden_by_the_piece_as_they_are_one_by_one(
    whole: tuple[str, ...], loose: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_piece = 0

    def counted(text: str, without: frozenset[str], made: Callable[..., str | None] = masks._all_alike) -> str | None:
        nonlocal by_piece
        found = made(text, without)
        by_piece += found is not None
        return found

    monkeypatch.setattr(masks, "_all_alike", counted)
    chance = random.Random(6)
    others = (*loose, " ", "a", "\n", "\n\n    ", "~", "://")
    for _ in range(2000):
        parts = chance.choices(whole + others, [12] * len(whole) + [1] * len(others), k=chance.randint(1, 6))
        text = BEFORE + "".join(parts)
        hidden, position = "", 0
        for span in scan(text):
            is_link = span.kind in ("wikilink", "embed")
            own = text[span.start : span.end]
            hidden += text[position : span.start] + (LINK * len(own) if is_link else blank(own))
            position = span.end
        assert mask(text) == hidden + text[position:]
    assert by_piece > 800


@pytest.mark.parametrize("before", ["", "word " * 300, "[[ ]( " * 200, "<b> %%x%% " * 150])
def test_a_mask_shows_the_kinds_that_it_is_told(before: str) -> None:
    text = "`$x$` $y_1$ \\* <i>[[b|c]]"
    hidden, shown = (mask(f"{before}{text}", kinds)[len(before) :] for kinds in ((), ("math", "escape")))
    assert hidden == blank("`$x$`") + " " + blank("$y_1$") + " " + blank("\\*") + " " + blank("<i>") + LINK * 7
    assert shown == blank("`$x$`") + " $y_1$ \\* " + blank("<i>") + LINK * 7


@pytest.mark.parametrize("signs", ["[[", "_ ", "——"])
@pytest.mark.parametrize("last", ["a", "7", "é", "漢"])
def test_a_letter_or_digit_is_found_however_long_the_text(signs: str, last: str) -> None:
    for count in (1, 600, 2000):
        assert not says_something(signs * count)
        assert says_something(signs * count + last)
