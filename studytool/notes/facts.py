"""What a note says beside its cards: the notes and files it refers to, its links to demos, its tags. One pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from studytool.notes.frontmatter import FrontMatter, demo_link, demo_target
from studytool.notes.inline import HIDDEN, LINK, scan
from studytool.notes.model import DemoLink, Reference, ReferenceKind
from studytool.notes.page import Page

NOTE_ENDINGS = (".md", ".markdown", ".mdown", ".txt")
"""How the file of a note ends; a markdown link to anything else is not followed."""
_MOST = 1000
"""So many wikilinks of a line, so many other links and so many tags are looked at: more are no person's."""
_TEMPLATES = ("{{", "{%", "<%")
_ATTRIBUTE = re.compile(r"""\s(src|alt)=("[^"]*"|'[^']*'|[^\s"'>]+)""")
_TAG = re.compile(r"#(?<!\S#)([^\s#]\S*)")
_TAG_BEGINS = re.compile(r"#(?<!\S#)[^\s#]")
_BRACKET = re.compile(r"[\[\]]")


class Facts(NamedTuple):
    """What a note refers to. `links` are the names that its wikilinks lead to; `demos` have their lines."""

    links: tuple[str, ...] = ()
    demos: tuple[tuple[int, DemoLink], ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


class Mention(NamedTuple):
    """A reference at `start:end` of a line: where it leads and what it shows."""

    kind: ReferenceKind
    start: int
    end: int
    target: str
    shown: str


def facts_of(page: Page, front: FrontMatter) -> Facts:
    """The facts of a page; `front` may link it to a demo. Lines that can hold none are passed over."""
    links: dict[str, None] = {}
    tags: dict[str, None] = {}
    demos: list[tuple[int, DemoLink]] = []
    references = list(_demo_of(page, front))
    tagged = False
    tag_lines = page.lines_of(_TAG_BEGINS)
    for number in sorted({*page.lines_with("[[", "](", "<img"), *tag_lines}):
        line, masked = page.raw[number - 1], page.masked[number - 1]
        if LINK in masked or "](" in line:
            for mention in mentions(line, masked):
                references.append(Reference(mention.kind, mention.target, number, mention.start + 1))
                if mention.kind == "wikilink":
                    links.setdefault(mention.target.partition("#")[0].strip() or mention.target)
                elif mention.kind == "demo" and (link := demo_link(mention.target)):
                    demos.append((number, link))
        tagged = tagged or "<img" in line
        if "#" in masked:
            for found in islice(_TAG.finditer(masked), _MOST):
                tag = found[1].rstrip(".,;:!?)")
                if tag not in tags and _is_tag(tag):
                    tags[tag] = None
    if tagged:
        references = sorted([*references, *_images_in_html(page)], key=lambda found: (found.line, found.column))
    return Facts(tuple(links), tuple(demos), tuple(tags), tuple(references))


def mentions(line: str, masked: str) -> list[Mention]:
    """The references of a line in order; `masked` is the same line with its protected text hidden."""
    found: list[Mention] = []
    if LINK in masked:
        found.extend(islice(_wikilinks(line, masked), _MOST))
    if "](" in line:
        found.extend(_targets(line, masked))
        found.sort(key=lambda mention: mention.start)
    return found


def _wikilinks(line: str, masked: str) -> Iterator[Mention]:
    at = masked.find(LINK)
    while at >= 0:
        embed = line[at] == "!"
        inside = at + 2 + embed
        end = line.find("]]", inside)
        if end < 0:
            return
        target, shown = line[inside:end].strip(), ""
        if "|" in target:
            target, _, shown = target.replace("\\|", "|").partition("|")
            target = target.rstrip()
        name = target
        if "#" in target:
            name = target.partition("#")[0].strip() or target.lstrip("#^ ")
        yield Mention("embed" if embed else "wikilink", at, end + 2, target, shown.strip() or name)
        at = masked.find(LINK, end + 2)


def _targets(line: str, masked: str) -> Iterator[Mention]:
    """Images, and links to notes and demos, written as markdown has them."""
    if f"]{HIDDEN}" not in masked:
        return
    opened: list[int] = []
    looked_at = 0
    for bracket in _BRACKET.finditer(masked):
        at = bracket.start()
        if masked[at] == "[":
            opened.append(at)
            continue
        if not opened:
            continue
        start = opened.pop()
        if masked[at + 1 : at + 2] != HIDDEN or line[at + 1] != "(":
            continue
        looked_at += 1
        if looked_at > _MOST:
            return
        end = line.find(")", at + 2)
        if "(" in line[at + 2 : end]:  # one pair of parentheses inside, as in the scan that hid the target
            end = max(end, line.find(")", end + 1, end + 200))
        target = _destination(line[at + 2 : end])
        shown = line[start + 1 : at]
        if target.startswith("demo:"):
            yield Mention("demo", start, end + 1, target, shown)
        elif start and masked[start - 1] == "!":
            if is_local(target):
                yield Mention("image", start - 1, end + 1, target, shown)
        elif without_query(target.partition("#")[0]).rstrip().lower().endswith(NOTE_ENDINGS) and is_local(target):
            yield Mention("link", start, end + 1, target, shown)


def html_images(text: str) -> Iterator[Mention]:
    """The images of a text that are written as `<img>` and name a local file, by their places in the text."""
    for span in scan(text) if "<img" in text else ():
        tag = text[span.start : span.end]
        if span.kind == "html" and tag.startswith("<img"):
            told = {found[1]: found[2].strip("\"'") for found in _ATTRIBUTE.finditer(tag)}
            target = told.get("src", "").strip()
            if target and is_local(target):
                yield Mention("image", span.start, span.end, target, told.get("alt", ""))


def _images_in_html(page: Page) -> Iterator[Reference]:
    for block in page.walk():
        if block.kind in ("paragraph", "heading", "table", "html") and any("<img" in line for line in block.lines):
            text = "\n".join(page.raw[block.line - 1 : block.end_line])
            number, start, counted = block.line, 0, 0
            for image in html_images(text):
                if breaks := text.count("\n", counted, image.start):
                    number, start = number + breaks, text.rfind("\n", counted, image.start) + 1
                counted = image.start
                yield Reference("image", image.target, number, image.start - start + 1)


def _destination(content: str) -> str:
    """What stands between the parentheses of a link, without angle brackets and title."""
    content = content.strip()
    if content.startswith("<"):
        return content[1:].partition(">")[0].strip()
    for quote in (' "', " '"):
        if content.endswith(quote[1]) and quote in content:
            content = content[: content.index(quote)]
    return content.strip()


def without_query(target: str) -> str:
    """A target without the `?…` that addresses end in; a question mark that words follow belongs to a name."""
    name, _, query = target.partition("?")
    return target if " " in query else name


def is_template(target: str) -> bool:
    """Whether a target holds a field that a template fills in."""
    return any(mark in target for mark in _TEMPLATES)


def is_local(target: str) -> bool:
    """Whether a target names a file: no address on the net, no place in the same page, no template's field."""
    if (
        not target.partition("#")[0].strip()
        or target.startswith(("//", "www."))
        or any(mark in target for mark in _TEMPLATES)
    ):
        return False
    scheme, colon, rest = target.partition(":")
    if not colon or len(scheme) < 2 or rest[:1] == " ":
        return True
    return not (scheme[0].isalpha() and scheme.isascii() and all(c.isalnum() or c in "+-." for c in scheme))


def _demo_of(page: Page, front: FrontMatter) -> Iterator[Reference]:
    """The demo that the front matter names, at the line that names it."""
    link = demo_link(front.fields.get("demo"))
    if not link:
        return
    for number in range(2, page.body_start):
        line = page.raw[number - 1]
        if line.lower().startswith(("demo:", "demo ", "demo=", '"demo"', "'demo'", "[demo]")):
            yield Reference("demo", demo_target(link), number, 1)
            return
    yield Reference("demo", demo_target(link), 1, 1)


def _is_tag(name: str) -> bool:
    """Whether a word after `#` is a tag: letters, digits, `-`, `_`, `/`, not digits alone."""
    plain = name.replace("-", "").replace("_", "").replace("/", "")
    return bool(plain) and not plain.isdigit() and plain.isprintable() and (plain.isalnum() or not plain.isascii())
