"""How a question is worded, in a heading, a bold line, a summary or the name of a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

from studytool.notes.asking_elsewhere import BEGINNINGS, asks_elsewhere, names_elsewhere
from studytool.notes.inline import scan
from studytool.notes.plain import plain_words, remembered, words
from studytool.notes.words import word_set
from studytool.notes.written import written

_MARKS = ("?", "？", "؟", "?\N{RIGHT DOUBLE QUOTATION MARK}", '?"')
_NUMBER = re.compile(
    r"(?:(?:Q(?:uestion)?|Вопрос|Frage|Pregunta|Pergunta)\s?\d{1,4}\s?(?:[.:)。．：、]|[-–—](?=\s))\s*"
    r"|P\d{1,4}[.:]\s+|(?:Q(?:uestion)?|Вопрос|Frage|Pregunta|Pergunta|Domanda|Pytanie|Vraag)\s?[.:]\s+"
    r"|(?-i:Q:)(?=[^\W\d_])|(?:Q|问题?|問題?)：\s*|\d{1,4}\s?[.)]\s+|\d{1,4}[。．、]\s*)",
    re.IGNORECASE,
)
_MARKED_NUMBER = re.compile(
    r"(?:\*\*|__)(?:(?:Q(?:uestion)?\s?)?\d{1,4}|Q(?:uestion)?\s?\d{1,4}\s?\([^()\n]{1,40}\))[.:)]?(?:\*\*|__)[.:)]?\s+",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:Q(?:uestion)?|Вопрос|Frage|Pregunta|Pergunta)\s?\d{1,4}\s?(?:[.:)。．：、]|[-–—](?=\s))|P\d{1,4}[.:]\s",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\[\[[^\[\]\n]{1,60}\](?:\([^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,500})?\)\]"
    r"|\]\([^()\s]{0,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,500})?\))\s*\Z"
)
_NAMED_SOURCE = re.compile(
    r"\(?\[(?:src|source|sources|ref|reference|link|quelle|источник)\s?\d{0,2}\]\([^()\s]{0,2000}\)\)?\s*\Z",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\{#[^{}\s]{1,200}\}\s*\Z")
_LINK_TEXT = re.compile(r"\[[^\[\]]{0,500}\]")
_POINTING = word_set("see also read more and or here on at in the answer analysis source sources link 解析 详解")
"""Words that only lead to the links they stand by."""
_FIRST_WORD = re.compile(r"[^\W_]+")
_EMPTY_ANCHOR = re.compile(r"<a\s[^<>]{0,300}>\s?</a>")
_JOINING = "\ufe0f\u200d\u20e3" + "".join(map(chr, range(0x1F3FB, 0x1F400)))
"""What emoji are put together with: not seen, keys, colours of skin."""
_EMPHASIS = ("****", "**", "__", "*", "_")

_IMPERATIVES = word_set(
    """
    explain describe define discuss compare contrast differentiate distinguish derive summarise summarize justify
    elaborate
    """
)
"""Verbs that set a task to whoever learns; a heading that begins with one may be a question without its mark."""
_TASKS = _IMPERATIVES | word_set(
    """
    prove show state list name outline mention enumerate illustrate sketch evaluate identify specify demonstrate
    calculate compute implement given suppose find fix write
    """
)
"""Verbs that set a task in a list of questions; elsewhere they tell what a part of a manual is about."""
_FULL_OPENINGS = (
    *("what is", "what are", "what's", "what’s", "what does", "what do", "what did", "what happens", "what was"),
    *("what can", "what would", "what will", "what makes", "what kind", "what kinds", "what type", "what types"),
    *("how do", "how does", "how did", "how can", "how would", "how should", "how is", "how are", "how many"),
    *("how much", "how will", "why is", "why are", "why do", "why does", "why did", "why would", "why should"),
    *("when do", "when does", "when should", "when would", "when is", "when are", "where is", "where are"),
    *("where do", "where does", "who is", "who was", "which of", "which is", "is it", "is there", "are there"),
    *("can you", "do you", "do we", "does a", "does the", "true or false", "tell me", "talk me through"),
    *("give an example", "give examples", "difference between", "differences between", "the difference between"),
    *("briefly explain", "briefly describe", "write a", "write an", "in your own words"),
)
"""First words of a question, told so fully that a title of a chapter ("How it works") does not begin with them."""
_OPENINGS = tuple(f"{opening} " for opening in _FULL_OPENINGS)
_BEGINNINGS = _TASKS | {opening.partition(" ")[0] for opening in _FULL_OPENINGS} | BEGINNINGS
_SIGNS = ("?", "？", "؟")
_FEW_SIGNS = 5
"""Signs of Chinese or Japanese that are rather one word than a question."""
_NUMBER_WORDS = 5
"""The first word of a question is among so many, its number before it."""
_FIRST_WORDS = word_set("what which why how where when who whose")
_VERBS = word_set("is are was were do does did can could should would will has have must")
_NOT_ASKED = word_set("i i'm i've i’m i’ve my me we our you your")
"""A name with one of these tells of somebody ("What I learned"): it asks nothing."""
_NEWS = ("what's new ", "what’s new ", "what is new ", "was ist neu ")
"""How a name begins that announces news."""
_LONGEST_NAME = 1000
"""A name of more characters is a text."""
_TELLING = word_set("i i'm i've i’m i’ve my")
"""These even where its first words ask."""


@remembered
def asks(text: str) -> bool:
    """Whether a text ends in a question mark, in any script; emphasis, and signs that stand after it, aside.

    A few words behind the mark that want reasons belong to the question: "Does it halt? Explain your answer."
    """
    told = words(text)
    if told.endswith(_MARKS) and _names_a_sign(text):
        return False
    if told.endswith(_MARKS) or _without_remark(told).endswith(_MARKS) or _wants_reasons(told):
        return True
    return (
        bool(told) and not told[-1].isalnum() and told[-1] not in ".:;" and words(question_text(text)).endswith(_MARKS)
    )


@remembered
def asks_in_words(text: str) -> bool:
    """Whether a text is worded as a question or a task, with or without a question mark."""
    return _asks_or_begins(text, _IMPERATIVES) or _asks_in_another_language(text, loose=False)


@remembered
def sets_a_task(text: str) -> bool:
    """The same where the place says that it is a question: it has a number, or stands in a list of them."""
    return _asks_or_begins(text, _TASKS) or _asks_in_another_language(text, loose=True)


def _names_a_sign(text: str) -> bool:
    """Whether the question mark at the end of a text belongs to a name in code: "The operator `?`"."""
    bare = text.rstrip(" \t*_#")
    return bare.endswith("`") and " " not in bare.rstrip("`").rpartition("`")[2]


_REASONS = word_set(
    """
    explain justify elaborate why erkläre erklären erläutere erläutern begründe begründen warum expliquez explique
    justifiez justifie pourquoi explica justifica justifique razona razone fundamente spiega spiegare giustifica
    giustificare motiva motivare argomenta объясни объясните обоснуй обоснуйте поясни поясните почему
    """
)
"""What wants reasons for an answer, behind the question."""
_REASONS_WORDS = 6
"""So many words at most."""


def _wants_reasons(told: str) -> bool:
    """Whether a text ends in a question and a few words behind it that want reasons for its answer."""
    _, mark, tail = told.rpartition("? ")
    wanted = tail.casefold().split(None, _REASONS_WORDS) if mark else ()
    return 0 < len(wanted) <= _REASONS_WORDS and wanted[0].strip(".,:;!") in _REASONS


_SEVERAL = re.compile(
    r"(?i)\b(?:what|which|who) (?:are|were)\b|\b(?:types|kinds|list|name|differ\w*|compare|steps|parts|\d+)\b"
)
"""What a question for several things holds."""


def asks_for_several(question: str) -> bool:
    """Whether a question asks for several things, so that several terms may answer it."""
    return _SEVERAL.search(question) is not None


def _asks_or_begins(text: str, verbs: frozenset[str]) -> bool:
    """Whether a text ends in a question mark, or begins as a question in English or with one of these verbs."""
    if not any(map(text.__contains__, _SIGNS)) and not _may_begin(text):
        return False
    told = question_text(text)
    if asks(told):
        return True
    lowered = words(told).casefold()
    first = lowered.partition(" ")[0].rstrip(",:")
    return (first in verbs and " " in lowered) or lowered.startswith(_OPENINGS)


def _asks_in_another_language(text: str, *, loose: bool) -> bool:
    return (not text.isascii() or _may_begin(text)) and asks_elsewhere(words(question_text(text)), loose=loose)


def _may_begin(text: str) -> bool:
    """Whether a first word of a question stands near the beginning of a text."""
    opening = text.casefold().split(None, _NUMBER_WORDS)[:_NUMBER_WORDS]
    return any(word.strip("*_`,:¿") in _BEGINNINGS for word in opening)


def names_a_question(name: str) -> bool:
    """Whether the name of a note is a question: it ends like one, or is worded like one ("How to …", "Why … is …")."""
    if len(name) > _LONGEST_NAME:
        return False
    told = words(name).casefold().split()
    if (_TELLING.intersection(told) or f"{' '.join(told)} ".startswith(_NEWS)) and not asks(name):
        return False
    if _asks_or_begins(name, _IMPERATIVES) and (len(told) > 1 or _is_unspaced(name)):
        return told[:2] != ["write", "a"]
    if names_elsewhere(words(question_text(name)).rstrip("?？")):
        return True
    if len(told) < 3 or told[0] not in _FIRST_WORDS or _NOT_ASKED.intersection(told):
        return False
    return told[1] == "to" or bool(_VERBS.intersection(told[1:-1]))


def _is_unspaced(name: str) -> bool:
    """Whether a name says several words without blanks between them, as Chinese and Japanese do."""
    return sum(character > "\u3040" for character in name) > _FEW_SIGNS


@remembered
def numbered(text: str) -> bool:
    """Whether a text begins with a number as a list of questions gives it."""
    told = words(text)
    return without_number(told) != told


@remembered
def numbered_as_question(text: str) -> bool:
    """Whether its number says that a text is a question: `Q3.`, `Question 3:`."""
    return _TOLD.match(words(text)) is not None


def without_number(text: str) -> str:
    """A question without the number that a list gave it: `Q3.`, `12)`, `3.`, also inside its emphasis."""
    found = _NUMBER.match(text) or _MARKED_NUMBER.match(text)
    if found:
        return text[found.end() :]
    if not text.startswith(_EMPHASIS):
        return text
    mark = next(mark for mark in _EMPHASIS if text.startswith(mark))
    found = _NUMBER.match(text, len(mark))
    return mark + text[found.end() :] if found else text


@remembered
def question_text(source: str) -> str:
    """A question as it goes on a card: without number, sources, anchor, emphasis as a whole, signs after its end."""
    text = written(_EMPTY_ANCHOR.sub("", source) if "<a" in source else source)
    for _ in range(8):
        before = text
        text = _without_tail(without_number(unwrapped(text)).strip())
        if text == before:
            break
    return text


def unwrapped(text: str) -> str:
    """A text without the emphasis that stands around the whole of it."""
    text = text.strip()
    if not text.startswith(_EMPHASIS):
        return text
    for mark in _EMPHASIS:
        inner = text[len(mark) : -len(mark)]
        if len(inner) > 0 and text.startswith(mark) and text.endswith(mark) and mark not in inner and inner.strip():
            return unwrapped(inner) if inner[0] not in "*_" or inner[-1] in "*_" else text
    return text


def signed(text: str) -> bool:
    """Whether a text ends in an emoji, as a list of questions marks a level."""
    bare = unwrapped(text)
    return _without_signs(bare) != bare


def is_list_of_questions(titles: Sequence[str], *, least: int = 3, tasks: bool = False) -> bool:
    """Whether so many titles are worded as questions, or as tasks, that the others among them are questions too."""
    if len(titles) < least:
        return False
    asking = sum((sets_a_task if tasks else asks_in_words)(title) for title in titles)
    return asking >= 2 and asking * 2 >= len(titles) and any(asks(title) for title in titles)


def _without_tail(text: str) -> str:
    if text.endswith(("]", ")")) and (at := text.rfind("[[")) >= 0 and _SOURCE.match(text, at):
        return text[:at].rstrip(" ,;")
    if text.endswith(")") and (at := text.rfind("[")) >= 0:
        at -= text[at - 1 : at] == "("
        if _NAMED_SOURCE.match(text, at):
            return text[:at].rstrip(" ,;")
    if text.endswith("}") and (found := _ANCHOR.search(text, text.rfind("{#") if "{#" in text else len(text))):
        return text[: found.start()].rstrip()
    if text.endswith("#") and text.rstrip("#").rstrip().endswith("?"):
        return text.rstrip("#").rstrip()
    bare = _without_signs(text)
    apart = text[len(bare) : len(bare) + 1].isspace() and " " in bare
    if bare != text and (apart or bare.endswith(_MARKS) or unwrapped(bare) != bare):
        return bare
    return text


def _without_signs(text: str) -> str:
    """A text without the emoji and the like at its end, as lists mark a level with them."""
    end = len(text)
    while end and (
        text[end - 1].isspace()
        or text[end - 1] in _JOINING
        or unicodedata.category(text[end - 1]) == "So"
        or (text[end - 1] == "|" and end < len(text) and text[end - 2 : end - 1].isspace())
    ):
        end -= 1
    return text[:end]


def _without_remark(text: str) -> str:
    """A text without a few words in parentheses at its end: `(choose two)`."""
    at = text.rfind("(", -80) if text.endswith(")") else -1
    return text[:at].rstrip() if at > 0 and text[at - 1] == " " else text


def without_way_back(text: str) -> str:
    """A text without the link at its end that leads back to the top of the page, and the rule before it."""
    for _ in range(4 if "](#" in text else 0):
        before, _, last = text.rstrip().rpartition("\n")
        found = _WAY_BACK.match(last)
        if not found:
            return text
        told = set(plain_words(found.group(1).casefold()))
        if not (told & _BACK or _ARROWS.intersection(found.group(1))):
            return text
        text = before.rstrip()
        while text.endswith(("\n---", "\n***", "\n___")):
            text = text[:-4].rstrip()
    return text


_WAY_BACK = re.compile(r"[\s*_>-]{0,20}\[([^\[\]]{0,80})\]\(#[^()\s]{0,300}\)[\s*_]{0,20}\Z")
_BACK = word_set(
    """
    back top up contents toc index наверх вверх оглавлению оглавление содержанию zurück oben inhaltsverzeichnis haut
    sommaire arriba topo voltar 回到顶部 返回顶部 返回目录 목차 위로
    """
)
_ARROWS = frozenset("⬆↑🔝▲↩⇧🔼")


def embedded_part(source: str) -> str:
    """The embed of a part of a note that stands for a text which is only a link to it; empty for other texts."""
    text = source.strip()
    if "#" not in text or "\n" in text or len(text) > 500 or not without_way_back(text):
        return ""
    opening = text.find("[")
    if opening < 0 or not _POINTING.issuperset(plain_words(text[:opening].casefold())):
        return ""
    text = text[opening:].rstrip(". *")
    found = _PART.match(text)
    if not found:
        return ""
    if found.group(1):
        return f"![[{found.group(1)}]]"
    return f"![[{unquote(found.group(3))}|{found.group(2)}]]"


_PART = re.compile(
    r"(?:\[\[([^\[\]\n]{0,200}#[^\[\]\n]{1,200})\]\]|\[([^\[\]|\n]{1,200})\]\(((?:[^()\s#:]{1,300}\.md)?#[^()\s]{1,200})\))\Z"
)


def only_links(text: str, *, wiki: bool = False) -> bool:
    """Whether a text holds nothing but links: what they say is somewhere else. With `wiki`, wikilinks are links too."""
    first = _FIRST_WORD.match(text)
    if first and not first[0].startswith("http") and not _POINTING.issuperset(plain_words(first[0].casefold())):
        return False
    rest, position = [], 0
    for span in scan(text):
        rest.append(text[position : span.start])
        if span.kind in ("embed", "code", "math") or (span.kind == "wikilink" and not wiki):
            return False
        position = span.end
    rest.append(text[position:])
    left = "".join(rest)
    if "!" in left and "![" in text:
        return False  # a picture may be the answer
    return bool(text.strip()) and _POINTING.issuperset(plain_words(_LINK_TEXT.sub("", left).casefold()))
