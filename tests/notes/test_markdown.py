"""The scanner against markdown-it's own rules: the very same tree of blocks, whatever the text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes.markdown import parse_blocks
from studytool.text import clean
from tests.notes.markdown_it_blocks import plain_blocks

if TYPE_CHECKING:
    pass


SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def same(text: str) -> None:
    lines = clean(text).split("\n")
    found = parse_blocks(lines)  # never fails
    try:
        expected = plain_blocks(lines)
    except IndexError:  # markdown-it itself reads beyond the end of some texts, such as "\n> - <?\n> "
        return
    assert found == expected


CONSTRUCTS = {
    "nothing": "",
    "blank lines alone": "\n  \n\t\n   ",
    "paragraphs": "One line\ngoes on.\n\n   Another,\n        indented as code would be.\n",
    "headings": "# One\n##\n### Three ###\n#No\n####### seven\n  ## in \\#\n#\tTab #\nText\n# after text\n## #a##\n",
    "underlined headings": (
        "One\n===\n\nTwo\nlines\n  --- \n\nQ: a\n---\nNo\n    ---\n\n> a\n---\n\nSummary\n---\na\n- -\n"
    ),
    "rules": "---\n* * *\n_ _\t_ \n--\n- - -\n-*-\nText\n***\n+++\n    ---\n",
    "indented code": "    code\n\n    more\n  \n\nText\n    goes on\n\n\ttab\n    a\n   b\n",
    "fences": (
        "```py x\n# no\n```\n~~~\n```\n~~~~\n``` a`b\n````\n```\n   ````  \n   ```\n    ```\n ```x\n```\n\n~~~\nopen\n"
    ),
    "a fence in an item": "- ```\n  a\n\n  b\n  ```\n- ~~~\n  a\nout\n",
    "a fence in a quote": "> ```\n> a\n>\nout\n> ~~~\n>",
    "quotes": "> a\n> b\nlazy\n\n>c\n>\n> d\nno\n>   - e\n   > f\n    > lazy\n",
    "quotes in quotes": "> a\n>> b\n> > > c\nlazy\n> - d\nlazy\n> > e\n- f\n> g\n# h\n",
    "quotes with tabs": ">\ta\n> \tb\n >\t\tc\n>\t- d\n>\t  e\n  >\tf\n>\n\tg\n",
    "a quote in an item": "- > a\n  > b\n> c\n-  > d\nlazy\n    > e\n  # f\n   - > g\n> h\n",
    "callouts": (
        "> [!Summary] Title\n> a\n> - b\n\n>[!faq]-\n>> [!note|x] c\n>> d\n\n> [!]\n> e\n> [!x\n\n> [!a]\n> # b\n"
    ),
    "lists": "- a\n- b\n\n- c\n* d\n+ e\n1. f\n2) g\n7. h\n8. i\n1234567890. j\n-k\n-\n- \n-\tl\n",
    "lists in lists": (
        "- a\n  - b\n    1. c\n       d\n\n       e\n   - f\n    - g\n     - h\n      - i\n- j\n\n\n  k\n"
    ),
    "lists after text": "Text\n- a\n\nText\n-\nText\n2. no\nText\n1. yes\nText\n*\n",
    "items that hold nothing": "-\n\n  no\n-\n  yes\n-\n\n\n- a\n1.\n\n\n\n2. b\n",
    "items that hold code": "-     code\n-      more\n  text\n1.      a\n\n       b\n- \t\ttab\n",
    "blanks that CommonMark takes for text": "-\n\t\u00a0\n\n-\n  \u00a0\n~~~\n\n\u00a0\na\n",
    "lazy items": "- a\nb\n   c\n- # d\ne\n\nf\n- g\n\n      h\n\n  i\n j\n",
    "tasks": "- [ ] a\n- [x] b\n- [X]\tc\n- [-] d\n- [x]e\n1. [ ] f\n",
    "bullets of word processors": "• a\n  • b\n•c\n•\td\n",
    "tables": (
        "| a | b |\n|---|:-:|\n| 1 |\n| 2 | 3 | 4\nend\n\nText\n| a |\n| - |\n\na | b\n- | -\n\na|b\n"
        "-|-\nc\n# d\n|\n|-\n||\n|-|\n"
    ),
    "tables under text": "$\n%|-\n-|-\n\n%% |\n|-|\n",
    "tables that are none": (
        "| a |\n|---|---|\n\n| a |\n\n|---|\n\n    | a |\n|---|\n| a |\n    |---|\na\n---|\n| a\\| b |\n|--|-:-|\n"
    ),
    "tables in lists and quotes": "- | a |\n  |---|\n  | b |\n| c |\n> | d |\n> |---|\n| e |\n> | f |\n|---|\n",
    "HTML": (
        "<div>\n*a*\n\n</div>\n<!-- b\n\nc -->\nText <b>\n<b>\n<pre>\n\n</pre>\n"
        "<details><summary>d</summary>\ne\n\n<x y='1'>\nf\n"
    ),
    "HTML in containers": "- <div>\n  a\n\n  <!-- b\n  c\nd\n> <div>\ne\n> <!-- f\n> -->\n",
    "link definitions": (
        "[a]: b 'c'\n[d]:\n  e\n  'f\n g'\n[h]\n[i]: <j\nk\n[l]: m n\n[[o]]: p\n\n[q]: r\n- [s]: t\n# u\n[v\nw]: x\n"
    ),
    "footnotes": "Text[^1]\n[^1]: a\n    b\n\n    c\n[^2]:\td\n[^3 4]: e\n[^]: f\n[^g]:h\n- [^i]: j\n> [^k]: l\n",
    "formulas": (
        "$$\na\n\nb\n$$\n$$ c $$\n$$d$$ e\n$$f\ng$$ (1)\n$$h$$ (2) \nText\n$$\ni\n$$\n\n$$\nopen\n\n$$j\n- $$\n"
    ),
    "formulas in containers": "- $$\n  a\n  $$\n> $$\n> b\n> $$\nc\n> $$ d\n\n$$\n> e $$\n",
    "comments": (
        "%% a %%\n%%\nb\n\nc\n%%\nText\n%% d %%\nText\n%% e %% f\n\n- %%\n  g\n  %%\n\n> %% h\ni %%\n\n%% open\n"
    ),
    "labels": (
        "Summary\nText:\n- a\nExample:\n**Notes**\n__Key points:__\n[[b]]:\ntext:\nA::\nAb. Cd:\n> Questions\n> c\n"
    ),
    "definition lists": (
        "a\n: b\n\n: c\n\nd\n~ e\n  f\n\n    g\n\nh\n\n:  i\nj\nk\n:l\nm\n: \n- n\n  : o\n  p\n  : q\n> r\n> : s\n"
    ),
    "definitions that hold blocks": "a\n: - b\n  - c\n\nd\n: # e\n: > f\n: ```\n  g\n  ```\nh\n: [i]: j\nk\n: [l]: m\n",
    "very deep": "> " * 30 + "a\n" + "- " * 30 + "b\n" + "> - " * 15 + "c\n" + "1. " * 25 + "d",
    "very deep over lines": "".join("  " * depth + "- a\n" for depth in range(30)),
}


@pytest.mark.parametrize("text", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_each_construct_gives_the_blocks_that_markdown_it_finds(text: str) -> None:
    same(text)


@pytest.mark.parametrize("around", ["> ", "- ", "1. ", "   ", "\t", "> - ", "[^1]: ", "a\n: "])
def test_each_construct_gives_the_same_inside_a_container(around: str) -> None:
    quoted = "> " if around.startswith(">") else ""
    blank = " " * (len(around.rpartition("\n")[2]) - len(quoted))
    for text in CONSTRUCTS.values():
        same(around + f"\n{quoted}{blank}".join(text.split("\n")))
        same(around + text)


PIECES = [
    *(
        "\n",
        "\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "   ",
        "    ",
        "\t",
        "> ",
        ">",
        "> > ",
        ">\t",
        "- ",
        "* ",
        "+ ",
        "-",
        "1. ",
        "2) ",
    ),
    *(
        "-\t",
        "1.",
        "  - ",
        "    - ",
        "- [ ] ",
        "\n> ",
        "\n- ",
        "\n  ",
        "\n    ",
        "\n> - ",
        "# ",
        "#",
        "## a #",
        "---\n",
        "===",
    ),
    *(
        "***",
        "_ _ _",
        "- - -",
        "```",
        "````",
        "~~~",
        "```py\n",
        "\n```\n",
        "$$",
        "$$\n",
        "$$ (1)",
        "%%",
        "%%\n",
        "<div>",
        "<!--",
    ),
    *(
        "-->",
        "<b>\n",
        "<pre>",
        "</pre>",
        "[a]: b",
        "[a]:",
        " 'c'",
        "[^1]: ",
        "[[",
        "]]",
        "[",
        "]:",
        "| a |",
        "|---|",
        "a | b\n",
    ),
    *(
        "-|-\n",
        "|",
        ":-",
        "\\",
        "\\|",
        ": ",
        "\n: d",
        "~ ",
        "\n\n: ",
        "a",
        "b c",
        "Summary",
        "Example:\n",
        "**Notes**",
        "Term:",
    ),
    *("• ", "•", "[!a] ", "Q: ", "é", "\u00a0", "10. ", "0) "),
    *(
        "<?",
        "?>",
        "<!x",
        "<![CDATA[",
        "]]>",
        "<script",
        "</SCRIPT>",
        "<Details>",
        "</hr />",
        '<a b="c" d>\n',
        "<x y=1/>",
        ">",
    ),
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture_gives_the_blocks_that_markdown_it_finds(text: str) -> None:
    same(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=12).map("\n".join))
def test_any_lines_give_the_blocks_that_markdown_it_finds(text: str) -> None:
    same(text)


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the collection of real notes is not here")
def test_real_notes_give_the_blocks_that_markdown_it_finds() -> None:
    for path in sorted(path for path in SAMPLES.rglob("*") if path.suffix in (".md", ".txt", ".markdown")):
        if path.is_file():
            same(path.read_bytes().decode("utf-8", "replace"))
