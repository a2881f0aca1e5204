"""What a mask hides, and that an opening which nothing ends hides nothing."""

from __future__ import annotations

import pytest

from studytool.notes.inline import HIDDEN, LINK, mask, scan


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
