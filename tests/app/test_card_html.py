"""What the HTML in a card means, and where it is only written about."""

from __future__ import annotations

import pytest

from studytool.app.widgets.card_text import inline
from tests.app.card_lines import lines, render, styles


def test_html_is_shown_as_it_is_written_but_for_comments_and_lines() -> None:
    assert lines("a<br>b <span style='x'>c</span> <!-- hidden -->d") == ["a", "b <span style='x'>c</span> d"]
    assert lines("one<br>\ntwo<br><br>three") == ["one", "two", "", "three"]
    assert lines("<div>\n**bold**\n</div>") == ["bold"]
    assert lines("It has <ul><li>one</li>\n<li><b>two</b></li></ul> and <p>more.</p>") == [
        "It has",
        "• one",
        "• two",
        "and",
        "more.",
    ]
    assert inline("a<br>b <ul><li>c</li></ul>").plain == "a b • c"


@pytest.mark.parametrize(
    ("source", "shown", "part", "style"),
    [
        ("Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.", "Press Ctrl+C.", "Ctrl", "reverse"),
        ("a <u>word</u>", "a word", "word", "underline"),
        ('a <mark style="background: red">word</mark>', "a word", "word", "underline on $warning 25%"),
        ("the <code class=x>fit</code>", "the fit", "fit", "$text-accent on $foreground 8%"),
        ("H<sub>2</sub>O, 10<sup>-3</sup>, 1<sup>st</sup>", "H₂O, 10⁻³, 1ˢᵗ", "₂", ""),
        ("w<sub>L</sub>, w<sub>a b</sub>, x<sup>*n* - q</sup>", "w_L, w_(a b), xⁿ^(-q)", "ⁿ", "italic"),
        ("a <a href='https://example.org'>link</a>", "a link", "link", "underline $text-primary"),
        ('see <img src="a.png" alt="a cat">', "see [image: a cat]", "[image", "$foreground-muted"),
        ("see <img src='a.png'/>", "see [image: a.png]", "[image", "$foreground-muted"),
        ("see <img src=a.png/>", "see [image: a.png]", "[image", "$foreground-muted"),
        ("this <b>or</b> that", "this or that", "or", "bold"),
        ("a `Vec<U>` is no List<B>, cp <file>", "a Vec<U> is no List<B>, cp <file>", "<B>", "$foreground-muted"),
        ("an </b> end", "an </b> end", "</b>", "$foreground-muted"),
    ],
)
def test_tags_of_html_are_shown_as_what_they_mean(source: str, shown: str, part: str, style: str) -> None:
    content = render(source, 60)
    assert content.plain == shown
    assert styles(content, part) == style


@pytest.mark.parametrize(
    "source",
    [
        "What does the <p> tag do?",
        "What is the difference between <div> and <span>?",
        "The <img> tag shows a picture, <img alt='x'> none",
        "Which of <code> and </code> closes?",
        "Which of <p> or </p>, <li>, </li> closes?",
        "What does <p></p> show, what <b> </b>, what <ul><li></li></ul>?",
        "Quelle balise ferme, <p> ou </p> ?",
        "The <b> tag ends with </b> and the <li> element with </li>",
        "What does the <br> tag do, what the <br/> element?",
        "an <ul> holds many <li>",
        "<li>s stand in <ul>",
        "<p> opens what?",
        "a <p>word and an <li>item",
    ],
)
def test_a_tag_that_a_sentence_is_about_is_shown_as_it_is_written(source: str) -> None:
    assert render(source, 100).plain == source


def test_paragraphs_and_items_need_not_be_closed() -> None:
    assert lines("<p>Why?\n<p><b>So</b>:\n<ul>\n  <li>one\n  <li>two\n  <li>\n    <div>three</div>\n</ul>") == [
        "Why?",
        "So:",
        "• one",
        "• two",
        "•",
        "three",
    ]
    assert lines("It has <ul><li>one<li>two</ul>") == ["It has", "• one", "• two"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("one<div><br></div>two", ["one", "two"]),
        ("<div>one</div><div>&nbsp;</div><div>two</div>", ["one", "two"]),
        ("<div>one</div><div></div><div>two</div>", ["one", "two"]),
        ("so<b></b> it <i></i>goes <u><i></i></u>on", ["so it goes on"]),
        ('Back to the top <a name="top"></a>', ["Back to the top"]),
        ('<a id="rivers"></a>', [""]),
        ("Press <kbd>Ctrl</kbd>+<kbd>,</kbd>.", ["Press Ctrl+,."]),
        ('see <IMG ALT="a cat" SRC = "a.png">', ["see [image: a cat]"]),
        ("Guten<br> Tag.<br> Element of it", ["Guten", " Tag.", " Element of it"]),
        ("one<br><p>And two", ["one", "And two"]),
        ("It is so.<div>\n\nIt is.</div><div> For all", ["It is so.", "", "It is.", "For all"]),
        ("<b>One</b></li>", ["One"]),
        ("one<br><b> </b>", ["one", ""]),
        ("a List<P>, a `Vec<U>`", ["a List<P>, a Vec<U>"]),
    ],
)
def test_tags_without_words_that_stand_in_no_sentence_are_not_shown(source: str, shown: list[str]) -> None:
    assert lines(source, 60) == shown


def test_tags_around_something_are_none_of_its_words() -> None:
    assert lines("<p>a</p><p>b</p>") == ["a", "b"]
    assert lines("<div><img src='a.png'></div><p>`b`</p><p>$c$</p>") == ["[image: a.png]", "b", "c"]
    assert lines("<ul>\n<li>a <b>and</b> b</li>\n</ul>") == ["• a and b"]
