"""Inside a paragraph: emphasis, code, links, formulas and highlights become runs."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from studytool.text import clean
from studytool.unmarked import embed, picture

if TYPE_CHECKING:
    from markdown_it.token import Token

    from studytool.app.prose.lines import Run
    from studytool.tex import Box

CODE_TINT = "on $foreground 8%"
_MARK_TINT = "underline on $warning 25%"  # the line for those who do not see the tint
_CODE = "$text-accent"
_LINK = "underline $text-primary"
_MATH = "italic"
_QUIET = "$foreground-muted"

_STYLES = {"em": "italic", "strong": "bold", "s": "strike", "link": _LINK}
# The tags of plain HTML that a terminal has a form for; every other tag is shown as it is written.
_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "var": "italic", "u": "underline", "ins": "underline",
    "s": "strike", "del": "strike", "mark": _MARK_TINT, "kbd": "reverse", "a": _LINK, "sub": "", "sup": "",
    "code": f"{_CODE} {CODE_TINT}", "samp": f"{_CODE} {CODE_TINT}", "tt": f"{_CODE} {CODE_TINT}",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)(?:\s[^<>]*)?/?>\Z")
_ATTRIBUTE = re.compile(r"""(?<![\w-])(alt|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_NAMED = re.compile(r"\s(?:id|name)=", re.IGNORECASE)
"""What makes of an `<a>` a place that links lead to, of which nothing is shown."""
_LINES = frozenset({"p", "div", "ul", "ol", "li"})
"""Tags that begin a line, and end one."""
_JOINING = frozenset(["and", "or", "nor", "vs", "vs.", "versus", "et", "ou", "und", "oder", "y", "o", "e", "en", "of"])
"""Words between two tags that are what a sentence is about: which of `<b>` and `</b>` closes?"""
_CALLED = re.compile(r"\s+(?:html[\s-]+)?(?:tag|element|balise|élément|etiqueta|elemento)s?\b", re.IGNORECASE)
"""What follows a tag that a sentence is about."""
_WORD = re.compile(r"\w\w")
_BEGUN = re.compile(r"\w\w|[-–—•*] ")
"""How a text begins that a tag is put before: `<p>Why`, and not `<p>s are`."""
_WIKILINK = re.compile(r"!?\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_SHORT = 200
"""Characters of a formula that is remembered."""


def inline_runs(tokens: Sequence[Token], base: str = "", *, line_end: str = " ") -> list[Run]:
    """The runs of an inline token's children; `base` is the style that all of it stands in.

    `line_end` stands for the end of a line in the source that markdown does not count as one.
    """
    return _Inline(base, line_end).read(tokens)


class _Inline:
    def __init__(self, base: str, line_end: str) -> None:
        self.line_end = line_end
        self.runs: list[Run] = []
        self.styles: list[tuple[str, str]] = [("", base)] if base else []
        self.paired: set[int] = set()  # the tags that are closed, and those that close them, by their tokens' ids
        self.ends = False  # whether a line ends before what comes next

    def read(self, tokens: Sequence[Token]) -> list[Run]:
        self.paired = _paired(tokens)
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
            if token.type == "html_inline":
                self.tag(token, is_subject=_is_called(after) and not _is_word(before))
            else:
                self.one(token)
        return self.runs

    def one(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self.text(token.content)
        elif kind == "softbreak":
            if not self.runs or self.runs[-1][0] != "\n":  # the line has ended by a tag
                self.put(self.line_end)
        elif kind == "hardbreak":
            self.put("\n")
        elif kind == "code_inline":
            self.put(token.content, f"{_CODE} {CODE_TINT}")
        elif kind.startswith("math_inline"):
            for text, style in formula(token.content):
                self.put(text, style)
        elif kind == "image":
            self.put(picture(token.content or str(token.attrGet("src") or "")), _QUIET)
        elif kind == "mark_open":
            self.styles.append(("mark", _MARK_TINT))
        elif token.nesting == 1:
            name = kind.removesuffix("_open")
            self.styles.append((name, _STYLES.get(name, "")))
        elif token.nesting == -1:
            self.close(kind.removesuffix("_close"))
        else:
            self.put(token.content)

    def text(self, text: str) -> None:
        """Text, in which Obsidian's links are the words that they show."""
        if "[[" not in text:
            self.put(text)
            return
        at = 0
        for found in _WIKILINK.finditer(text):
            self.put(text[at : found.start()])
            target, shown = found.groups()
            shown = (shown or target.strip().lstrip("#^").replace("#", " › ")).strip()
            if inside := embed(found[0]):
                self.put(picture(inside[1]), _QUIET)
            else:
                self.put(shown, _LINK)
            at = found.end()
        self.put(text[at:])

    def tag(self, token: Token, *, is_subject: bool) -> None:
        """A tag as what it means, or as it is written where it is what a sentence is about."""
        closing, name = _name(token.content)
        if name == "br" and not is_subject:
            self.put("\n")
        elif name == "img" and (told := _attributes(token.content)).get("src"):
            self.put(picture(told.get("alt") or told["src"]), _QUIET)
        elif id(token) not in self.paired:
            if not token.content.startswith("<!--"):
                self.put(token.content, _QUIET)
        elif name in _LINES:
            self.end_line()
            if name == "li" and not closing:
                self.put("• ")
        elif closing:
            self.close(f"<{name}")
        else:
            self.styles.append((f"<{name}", _TAGS[name]))

    def end_line(self) -> None:
        """Have what comes next begin a line; blanks at the end of this one go."""
        while self.runs and not (left := self.runs[-1][0].rstrip()):
            self.runs.pop()
        if self.runs:
            self.runs[-1] = (left, self.runs[-1][1])
        self.ends = True

    def close(self, name: str) -> None:
        for index in range(len(self.styles) - 1, -1, -1):
            if self.styles[index][0] == name:
                del self.styles[index]
                return

    def put(self, text: str, style: str = "") -> None:
        if self.ends and not (text := text.lstrip()):
            return
        if self.ends and self.runs and not self.runs[-1][0].endswith("\n"):
            self.runs.append(("\n", ""))
        self.ends = False
        if text := shown(text):
            names = [name for name, _ in self.styles]
            if text != "\n" and not {"<sub", "<sup"}.isdisjoint(names):
                text = _script(text, is_low="<sub" in names)
            self.runs.append((text, _joined([*(value for _, value in self.styles), style])))


def _name(tag: str) -> tuple[bool, str]:
    """Whether a tag closes, and its name; both empty for what is none."""
    found = _TAG.match(tag)
    return (bool(found.group(1)), found.group(2).lower()) if found else (False, "")


def _attributes(tag: str) -> dict[str, str]:
    """What an image is named in its tag, and its file, where they are given."""
    found = _ATTRIBUTE.finditer(tag)
    return {one[1].lower(): one[2] or one[3] or (one[4] or "").removesuffix("/") for one in found}


def _paired(tokens: Sequence[Token]) -> set[int]:
    """The tokens, by their ids, of tags that have a form and are closed, and of those that close them.

    What is never closed may be a word of the author's: `Vec<U>`. So may two tags between which nothing is said, unless
    they stand where no sentence about them has them.
    """
    found, waiting, said = set[int](), dict[str, list[tuple[int, int]]](), 0
    empty: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        closing, name = _name(token.content) if token.type == "html_inline" else (False, "")
        if (name in _TAGS or name in _LINES) and not closing:
            is_subject = _is_called(tokens[at + 1] if at + 1 < len(tokens) else None)
            waiting.setdefault(name, []).append((at, len(tokens) if is_subject else said))
        elif closing and waiting.get(name):
            begin, before = waiting[name].pop()
            if said > before:
                found.update((id(tokens[begin]), id(token)))
            elif said == before:
                empty.append((begin, at))
        said += _says(token, tokens[at - 1] if at else None)
    for begin, end in (*empty, *reversed(empty)):
        if _is_left_over(tokens, begin, end, found):
            found.update((id(tokens[begin]), id(tokens[end])))
    return found | _left_open(tokens, found)


def _is_left_over(tokens: Sequence[Token], begin: int, end: int, paired: Container[int]) -> bool:
    """Whether two tags without words are an anchor, or right beside a word or a tag of those `paired`, by their ids."""
    before, after = tokens[begin - 1] if begin else None, tokens[end + 1] if end + 1 < len(tokens) else None
    is_before_word = after is not None and after.type == "text" and _WORD.match(after.content) is not None
    tag = tokens[begin].content
    is_anchor = _name(tag)[1] == "a" and _NAMED.search(tag) is not None
    is_beside = any(id(one) in paired or _is_break(one) for one in (before, after) if one)
    return is_anchor or is_beside or is_before_word or _is_word(before)


def _left_open(tokens: Sequence[Token], paired: Container[int]) -> set[int]:
    """The tokens, by their ids, of paragraphs and items that need not be closed: at a line's start, or in a list.

    A sentence about such a tag goes on behind it with a blank. What is right behind a word is in no such sentence: the
    other tag of that stands in another paragraph.
    """
    found, depth = set[int](), 0
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        closing, name = _name(token.content) if token.type == "html_inline" else (False, "")
        if name in ("ul", "ol") and id(token) in paired:
            depth += -1 if closing else 1
        elif name in ("p", "li") and not closing and after is not None:
            begins = before is None or before.type.endswith("break") or _is_break(before)
            in_list = depth > 0 and name == "li"
            if (begins or in_list) and (_is_begun(after) or (begins and in_list and after.type == "softbreak")):
                found.add(id(token))
        is_behind = _is_word(before) or (before is not None and (id(before) in found or id(before) in paired))
        is_type = not closing and token.content[1:2].isupper()  # `List<P>`
        if name in _LINES and is_behind and not is_type:
            found.add(id(token))
    return found


def _is_begun(after: Token) -> bool:
    """Whether what comes right after a tag, without a blank, begins a sentence or an item."""
    if after.type == "text":
        return _BEGUN.match(after.content) is not None
    closing, name = _name(after.content) if after.type == "html_inline" else (False, "")
    return (name in _TAGS and not closing) or after.type.startswith("math_inline")


def _is_break(token: Token) -> bool:
    return token.type == "html_inline" and _name(token.content)[1] == "br"


def _is_word(before: Token | None) -> bool:
    """Whether what comes before a tag, without a blank, is a word or the end of a sentence: the tag is none of it."""
    last = before.content[-1:] if before is not None and before.type == "text" else ""
    return last.isalnum() or last in (".", "!", "?", "…", ":", ";", ")", "]")


def _is_called(after: Token | None) -> bool:
    """Whether what comes after a tag calls it a tag: a sentence is about it."""
    return after is not None and after.type == "text" and _CALLED.match(after.content) is not None


def _says(token: Token, before: Token | None) -> bool:
    """Whether a token says something of its own, and does not only join two tags, set off by a blank or a comma."""
    if _is_break(token):  # an empty line between two tags, but not one tag among others of which is told
        return before is not None and before.type != "text"
    if token.type == "html_inline":
        return _name(token.content)[1] == "img" and bool(_attributes(token.content).get("src"))
    if token.type != "text":
        return token.nesting == 0 and not token.type.endswith("break")
    words = [word for word in token.content.replace(",", " ").casefold().split(" ") if word]  # a hard blank is one
    is_set_off = token.content[:1] in (" ", ",") or (before is not None and before.type == "softbreak")
    return token.content == "," or (bool(words) and not (is_set_off and _JOINING.issuperset(words)))


def _script(text: str, *, is_low: bool) -> str:
    """A subscript or a superscript as the mathematics draws it in one line."""
    from studytool.tex.letters import SUBSCRIPTS, SUPERSCRIPTS
    from studytool.tex.line import compact, script

    return script(compact(text), SUBSCRIPTS if is_low else SUPERSCRIPTS, "_" if is_low else "^")


def shown(text: str) -> str:
    """`text` as it may stand in a cell: cleaned (an entity can hold what the source did not), tabs as spaces."""
    text = clean(text)
    return text.replace("\t", "    ") if "\t" in text else text


def formula(source: str) -> Sequence[Run]:
    """A formula in one line."""
    return _drawn(source) if len(source) <= _SHORT else _drawn.__wrapped__(source)


@lru_cache(512)
def _drawn(source: str) -> tuple[Run, ...]:
    """Remembered, for the same few stand in many cards."""
    from studytool.tex import to_row

    return tuple(box_runs(to_row(source), 0, _MATH))


def box_runs(box: Box, row: int, style: str = "") -> list[Run]:
    """One row of a formula, what is marked in it on a tint."""
    text, at = box.rows[row], 0
    runs: list[Run] = []
    for number, start, end in box.marked:
        if number == row:
            runs += [(text[at:start], style), (text[start:end], f"{style} {_MARK_TINT}".strip())]
            at = end
    return [(shown(part), look) for part, look in [*runs, (text[at:], style)] if part]


def _joined(styles: Sequence[str]) -> str:
    """One style of several. What follows `on` is a background, so backgrounds come last and only the last one stays."""
    front, back = [], ""
    for style in styles:
        words, on, tint = style.rpartition("on $")
        front.append(words.strip() if on else style)
        back = on + tint if on else back
    return " ".join([*filter(None, front), *filter(None, [back])])
