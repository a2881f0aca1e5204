"""The scanner against markdown-it's own rules: the very same tree of blocks, whatever the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from studytool.notes.markdown import Block, _closed, _task_mark, _unindented, _unquoted, bullet, parse_blocks
from studytool.notes.scan_leaves import is_label
from studytool.text import clean

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


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


@pytest.mark.parametrize("text", CONSTRUCTS.values(), ids=CONSTRUCTS)
@pytest.mark.parametrize("around", ["> ", "- ", "1. ", "   ", "\t", "> - ", "[^1]: ", "a\n: "])
def test_each_construct_gives_the_same_inside_a_container(text: str, around: str) -> None:
    quoted = "> " if around.startswith(">") else ""
    blank = " " * (len(around.rpartition("\n")[2]) - len(quoted))
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


def plain_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """What `parse_blocks` should give."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse("\n".join(map(bullet, lines)), parser, {}, tokens)
    return tuple(_Builder(tokens).blocks(list(lines), 0))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.use(deflist_plugin)
    parser.use(footnote_plugin)
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "comment", _comment_rule, interrupting)
    parser.block.ruler.before("paragraph", "label", _label_rule, interrupting)
    return parser


def _comment_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """An Obsidian comment, `%%` at the start of a line up to the next `%%`; one that never closes is text."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("%%", first):
        return False
    close = state.src.find("%%", first + 2)
    if close < 0 or close >= state.eMarks[end - 1]:
        return False
    last = start
    while state.eMarks[last] < close:
        last += 1
    if state.src[close + 2 : state.eMarks[last]].strip():
        return False  # text goes on after it: it stands inside a paragraph
    if not silent:
        state.line = last + 1
        token = state.push("comment", "", 0)
        token.map = [start, last + 1]
    return True


def _label_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that names a part of the note ("Summary", "Questions:") stands alone even where no blank line says so.

    Pages pasted as plain text have no blank lines; without this rule a list would swallow the label that follows it.
    """
    if state.is_code_block(start):
        return False
    text = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if len(text) > 120 or not is_label(text):
        return False
    if silent:
        return True
    state.line = start + 1
    for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
        token = state.push(kind, "p" if nesting else "", nesting)  # type: ignore[arg-type]
        token.map = [start, start + 1]
        token.meta = {"label": True}
        token.content = text.strip()
        token.children = []
    return True


class _Builder:
    """Reads the flat token list once and makes the tree."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def blocks(self, source: list[str], base: int) -> list[Block]:
        """Blocks up to the close of the present container; `source[0]` is line `base` (from 0) of the file."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.nesting == -1:
                break
            self.at += 1
            if token.map is None:
                continue
            found.extend(self.one(token, source, base))
        return found

    def one(self, token: Token, source: list[str], base: int) -> list[Block]:
        first, end = token.map or (0, 0)
        if token.type == "dt_open":  # the plugin gives a term no line, and its text the line of the term
            end = first + 1
        elif token.type == "dd_open" and (inner_map := self.tokens[self.at].map):
            first = inner_map[0]
        own = source[first - base : end - base]
        if not own:
            if token.nesting:
                self.skip()
            return []
        while len(own) > 1 and not own[-1].strip():  # blank lines after a container belong to nobody
            own.pop()
        if token.nesting == 0:
            return [self.leaf(token, own, first)]
        kind = token.type.removesuffix("_open")
        if kind == "dt":
            self.skip()
            return [_block("dt", own, first)]
        if kind in ("paragraph", "heading"):
            inline = self.tokens[self.at]
            self.skip()
            if kind == "heading":
                return _heading(token, inline.content, own, first)
            label = "label" if token.meta.get("label") else None
            return [_block("paragraph", own, first, label=label)]
        if kind == "table":
            self.skip()
            return [_block("table", own, first)]
        inner = own
        if kind == "blockquote":
            inner = [_unquoted(line) for line in own]
        elif kind in ("list_item", "dd"):
            inner = list(_unindented(own))
        children = self.blocks(inner, first)
        self.at += 1
        if kind == "blockquote":
            return [_quote(own, inner, first, children)]
        names = {"list_item": "item", "bullet_list": "list", "ordered_list": "list", "dl": "definitions"}
        block = _block(names.get(kind, kind), inner if kind in ("list_item", "dd") else own, first, children)
        return [block._replace(label=_task_mark(block.lines)) if kind == "list_item" else block]

    def leaf(self, token: Token, own: list[str], first: int) -> Block:
        kinds = {"code_block": "code", "html_block": "html", "math_block": "math", "math_block_label": "math"}
        closed = token.type != "fence" or _closed(token.markup, own)
        label = token.info.strip() if token.type == "fence" else None
        kind = kinds.get(token.type, token.type)
        if kind == "html" and own[0].lstrip().startswith("<!--"):
            kind = "comment"
        return _block(kind, own, first, label=label, closed=closed)

    def skip(self) -> None:
        """Past the close of the container just opened."""
        depth = 1
        while depth and self.at < len(self.tokens):
            depth += self.tokens[self.at].nesting
            self.at += 1


def _block(
    kind: str,
    lines: Sequence[str],
    first: int,
    children: Sequence[Block] = (),
    *,
    label: str | None = None,
    closed: bool = True,
) -> Block:
    return Block(kind, first + 1, first + len(lines), tuple(lines), tuple(children), label=label, closed=closed)


def _heading(token: Token, content: str, own: list[str], first: int) -> list[Block]:
    """A heading; but a rule that hashcards puts right under a card is a rule, not the underline of a heading."""
    block = _block("heading", own, first)
    underlined = token.markup == "-"
    if underlined and (len(own) > 2 or own[0].startswith(("Q:", "A:", "C:", "- ", "* "))):
        return [_block("paragraph", own[:-1], first), _block("hr", own[-1:], first + len(own) - 1)]
    return [block._replace(level=int(token.tag[1:]), title=content.strip())]


def _quote(own: list[str], inner: list[str], first: int, children: list[Block]) -> Block:
    """A quote, or a callout where its first line is `[!type]`, with or without a blank before it."""
    opening = inner[0].strip()
    close = opening.find("]")
    if not opening.startswith("[!") or close < 3:
        return _block("quote", inner, first, children)
    kept = []
    for child in children:
        if child.line == first + 1:  # the paragraph that begins with the callout's own line: that line is no content
            if child.kind != "paragraph" or child.end_line == child.line:
                continue
            child = child._replace(line=child.line + 1, lines=child.lines[1:])
        kept.append(child)
    block = _block("callout", inner, first, kept)
    title = opening[close + 1 :].lstrip("+-").strip()
    return block._replace(label=opening[2:close].partition("|")[0].strip(), title=title)
