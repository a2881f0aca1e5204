"""The name that a heading gives to what stands below it: without its number, tags, emoji, links and anchor."""

from __future__ import annotations

import re
import unicodedata

from studytool.notes.asking import unwrapped
from studytool.notes.html_text import without_html
from studytool.notes.plain import flatten, remembered
from studytool.notes.words import word_set

_NUMBER = re.compile(r"(?:(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[A-Za-z][.)])\s|\d\ufe0f?\u20e3)\s*(?=\S)")
"""What numbers a heading."""
_MARKED = re.compile(r"[#\[<{*=~:_|%/]|[^\x00-\u1fff]|(?i:d[ée]fini)")
"""What a heading holds that has more in it than a number and a name."""
_ATTRIBUTES = re.compile(r"\{:?\s?[#.][^{}]{1,200}\}\s*\Z")
"""What names a heading for links, or gives it a class, at its end."""
_LINK = re.compile(r"(!?)\[([^\[\]\n]{0,200})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s^]{1,80}\]")
_TAG = re.compile(r"#[^\W\d_][\w/-]{0,100}")
_SHORT_CODE = re.compile(r":[a-z][a-z0-9_+-]{1,40}:")
"""An emoji by its name."""
_SIGNS = "\ufe0f\u200d\u20e3¶" + "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""What emoji are put together with, and what links a heading to itself."""
_SET_OFF = "-–—|·:：,"
"""What sets tags and emoji off from a name."""
_DEFINED = (
    r"(?:definition|définition|definici[óo]n|definição|definizione|definitie|definicja|definice|определение)"
    r"(?:\s\d{1,3}(?:\.\d{1,3}){0,3}\.?)?"
)
_LABELLED = re.compile(
    rf"{_DEFINED}\s?(?:[:–—-]\s|(?P<open>\())\s?"
    r"|(?:definition|définition|definición|definição|definizione|definitie)\s"
    r"(?:of|von|des|der|de|du|del|di|do|da|van|av|af)\s(?:(?:an?|the|la|el|le|las|los|les)\s)?",
    re.IGNORECASE,
)
"""What says of a name behind it that it is defined below: "Definition of", "Definition 1.2 (Group)"."""
_DEFINING = word_set(
    "definition définition definición definicion definição definizione definitie definicja definice begriffsdefinition "
    "определение 定义 定義 정의"
)
"""Headings over the definition of the name above them."""
_OF_THE_ABOVE = _DEFINING | word_set(
    "definitions overview introduction summary concept description "
    "begriff überblick einführung définition introduction définitions definición definiciones introducción resumen "
    "concepto introdução conceito resumo introduzione inleiding wstęp úvod введение 概述 概要 개요"
)
"""Headings over what is said of the name above them."""


@remembered
def heading_name(title: str) -> str:
    """The name in a heading, as it is written; empty where nothing of it is one."""
    name = _without_number(title.strip())
    if not _MARKED.search(name):
        return name
    if "<" in name:
        name = without_html(name)
    name = flatten(_ATTRIBUTES.sub("", name))
    if "](" in name:
        name = linked_words(name)
    if "[^" in name:
        name = _FOOTNOTE.sub("", name)
    if "`" not in name:
        name = name.replace("**", "")
    for _ in range(4):
        before = name
        name = _without_number(_unwrapped(_without_signs(name)))
        if name == before:
            break
    found = _LABELLED.match(name)
    if found and (told := name[found.end() :].strip()):
        name = told.removesuffix(")").rstrip() if found["open"] else told
    one, _, other = name.partition(" / ")
    return one if one.casefold() == other.casefold() else name


def linked_words(text: str) -> str:
    """A text with each link as the words that it shows, without pictures."""
    return _LINK.sub(lambda link: "" if link[1] else link[2], text)


def says_of_the_above(title: str) -> bool:
    """Whether a heading names no thing of its own: "Definition"."""
    return title.strip(" *:").casefold() in _OF_THE_ABOVE


def says_definition(title: str) -> bool:
    """Whether a heading says that the definition of what is above it stands below."""
    return title.strip(" *:").casefold() in _DEFINING


def _without_number(name: str) -> str:
    found = _NUMBER.match(name)
    return name[found.end() :] if found else name


def _unwrapped(name: str) -> str:
    """A name without the emphasis and the marks of colour around the whole of it."""
    name = unwrapped(name.rstrip(":："))
    if name.startswith("==") and name.endswith("==") and "==" not in name[2:-2]:
        return name[2:-2].strip() or name
    return name


def _without_signs(name: str) -> str:
    """A name without tags and emoji before and behind it, and what sets them off."""
    told = name.split()
    begin, end = 0, len(told)
    while begin < end and _is_sign(told[begin]):
        begin += 1
    while end > begin and _is_sign(told[end - 1]):
        end -= 1
    bare = " ".join(told[begin:end])
    if (begin, end) != (0, len(told)):
        bare = bare.strip(_SET_OFF).strip()
    begin, end = 0, len(bare)
    while begin < end and _is_picture_or_blank(bare[begin]):
        begin += 1
    while end > begin and _is_picture_or_blank(bare[end - 1]):
        end -= 1
    return bare[begin:end]


def _is_sign(word: str) -> bool:
    return bool(_TAG.fullmatch(word) or _SHORT_CODE.fullmatch(word)) or all(map(_is_picture, word))


def _is_picture(sign: str) -> bool:
    return sign in _SIGNS or (sign > "\u1fff" and unicodedata.category(sign) == "So")


def _is_picture_or_blank(sign: str) -> bool:
    return _is_picture(sign) or sign.isspace()
