"""Whether two prompts differ in nothing that asks: how they begin, the subject of their note, or pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.lexicon import EMPTY, JOINING, WEAK, is_glyph, is_hard, stem_of
from studytool.notes.likeness import compare
from studytool.notes.wording import Words, bears
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from studytool.notes.likeness import Likeness
    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side

_REQUEST = re.compile(
    r"(?:[\s*_]{0,6}(?:(?:can|could|would|will|do) you|please|briefly|also)\b){0,3}"
    r"[\s*_]{0,6}(?:explain|describe|mention|discuss|outline|elaborate on|elaborate|tell me|explain to me|state|define"
    r"|erklären sie|erläutern sie|beschreiben sie|erkläre|erläutere|beschreibe|explique|expliquez|explica|describa"
    r"|décrivez|spiega|descrivi|explica|vysvětli|popiš|wyjaśnij|opisz|объясните|опишите|расскажите|поясніть|опишіть"
    r"|giải thích|hãy)\b[\s:]{0,3}",
    re.IGNORECASE,
)
"""How a request to tell something begins: it says no more than the question word behind it, or a question mark."""
_SILENT = (WEAK | EMPTY) - word_set(
    "to from for by with and or but so if while into onto about over under via than then per von zu mit für auf und "
    "oder pour avec dans et ou en con por para y e o di da per og af til på và của "
    "can could may might will would should shall must in on at im am auf bei"
)
_WITHIN = word_set("in im at on")
_NAME = re.compile(r"[^\W\d_]+")
_ANSWERED = 0.3
"""How much of an answer stays where a prompt names the subject of its note no more."""
_FEW = 3
"""Words from which a prompt names one thing, whatever its answer."""
_TERM = 2
"""Words from which a term that stands alone is asked for by "What is …?", whatever its answer."""
_DEFINING = word_set(
    "what is are was a an the ist sind ein eine der die das что такое qué es son un una el la que qu est ce c co je "
    "jsou jest che cosa cos è são o os as"
)
_COMPARING = word_set("difference differences diff differ differs differentiate distinguish vs versus") | word_set(
    "unterschied unterschiede unterscheiden unterscheidet différence différences diferencia diferencias diferença"
)
_BETWEEN = (
    _COMPARING
    | EMPTY
    | word_set("what which how and between from to main key zwischen und von was wie entre et y e quelle cuál qual")
)
"""What a question for a difference has beside the things that it compares."""
_NAMED = 3
"""Words up to which a title is the name of one thing."""
_CASE, _LONG_CASE = 12, 40
"""Words of a question that is known by its text: one that stayed, and one that was edited here and there."""
_PARTLY, _NEARLY, _HELD = 0.5, 0.95, 0.75
_OPTIONS, _SAME_OPTIONS, _MOSTLY = 20, 0.93, 0.8
"""Words of options that are those of one question, and how much of them and of its prompt stays as it was."""
_TOLD = 10
"""Words from which an answer tells an entry that has another number."""
_COUNT = re.compile(r"(?<![^\W_])([^\W_]{0,40})(\s{0,3})\(\d{1,2}\)(?=\s|\Z)")
"""How many things a prompt asks for, behind the word that it counts, or at the end; "batch size (3)" is a value."""
_PLURAL = 4
"""Letters from which a word with an "s" is what is counted: abs(3) is none."""
_NAMED_BY_NUMBER = word_set(
    "article art section sec clause amendment paragraph para artikel absatz artículo artigo articolo статья ст"
)
"""Parts of laws, which go by their numbers."""
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{1,400}\)|!\[\[[^\[\]\n]{1,300}\]\]")


def framed_otherwise(old: Side, new: Side) -> bool:
    """Whether two prompts of one note ask for the same words in the same order, however the request begins.

    What the title of the note says is asked of that anyway: "the role of an offset in Kafka" in a note on Kafka.
    """
    if old.card.kind != new.card.kind or old.card.kind != "basic" or old.titled or new.titled:
        return False
    first, second = old.requested, new.requested
    if first.asking != second.asking or first.negations != second.negations or first.lead != second.lead:
        return False
    topic = old.subject & new.subject
    spoken, said = ([token for token in words.form if token not in _SILENT] for words in (first, second))
    spoken, said = _without_last(spoken, topic), _without_last(said, topic)
    told, retold = ([token for token in tokens if stem_of(token) not in topic] for tokens in (spoken, said))
    if told != retold or (set(spoken) - set(said) and set(said) - set(spoken)):
        return False
    if spoken != said and compare(old.answer, new.answer).shared < _ANSWERED:
        return False  # "What kills cancer cells?" in a note on cells, and "What kills cancer?"
    return sum(0.5 if is_glyph(token[0]) else 1 for token in told) >= _FEW


def asked_as_term(old: Side, new: Side) -> bool:
    """Whether one prompt is a term of a few words, and the other asks what that is."""
    if old.card.kind != "basic" or new.card.kind != "basic" or old.titled or new.titled:
        return False
    one, other, place = old.requested, new.requested, _place(old, new)
    if one.negations != other.negations:
        return False
    changed = (token for token in {*one.all} ^ {*other.all} if token not in _DEFINING and token not in _WITHIN)
    if not all(stem_of(token) in place for token in changed):
        return False
    spoken, said = (
        _without_last([token for token in words.form if token not in _SILENT], place) for words in (one, other)
    )
    asking = one.all[:1] == other.all[:1] == ("what",)
    return spoken == said and len(spoken) >= _TERM - asking


def _place(old: Side, new: Side) -> frozenset[str]:
    """The stems of the words in the names of a note, and of the folders that it is in: what it says anyway."""
    paths = ({stem_of(word) for word in _NAME.findall(side.card.path.casefold())} for side in (old, new))
    return frozenset.intersection(*map(frozenset, paths))


def compared_alike(old: Side, new: Side) -> bool:
    """Whether two prompts ask how the same things differ: "X vs Y" and "What is the difference between Y and X?"."""
    sides = (old.requested, new.requested)
    if any(_COMPARING.isdisjoint(words.all) or words.negations for words in sides):
        return False
    place = _place(old, new)
    things = [_without_last([token for token in words.all if token not in _BETWEEN], place) for words in sides]
    things = [[stem_of(token) for token in words] for words in things]
    if {"why", "when", "who", "where"} & (sides[0].asking ^ sides[1].asking):
        return False
    return len(things[0]) >= _TERM and sorted(things[0]) == sorted(things[1])


def _without_last(tokens: list[str], topic: frozenset[str]) -> list[str]:
    """The words of a prompt without the subject of its note that they end in: "in Kafka"."""
    end = len(tokens)
    while end and stem_of(tokens[end - 1]) in topic:
        end -= 1
    return tokens[: end - 1] if 0 < end < len(tokens) and tokens[end - 1] in _WITHIN else tokens


def requested(prompt: str) -> Words:
    """A prompt without what a request begins with."""
    return Words(_REQUEST.sub("", prompt, count=1))


def without_pictures(text: str) -> Words:
    """A text without its pictures."""
    return Words(_PICTURE.sub("", text))


def subject(topic: str) -> frozenset[str]:
    """The stems of the words of a title that names one thing; none of a title that names several."""
    title = Words(topic)
    if len(title.content) > _NAMED or not JOINING.isdisjoint(title.all) or title.hard or title.negations:
        return frozenset()
    return title.stems


def same_case(old: Side, new: Side, asked: Likeness, told: Likeness, notes: Notes) -> bool:
    """Whether two questions with options tell the same case, some pictures and a word here and there apart."""
    if old.card.kind != "choice" or new.card.kind != "choice" or asked.shared < _PARTLY:
        return False
    pictures, others = old.prompt.pictures, new.prompt.pictures
    if not pictures <= others and not others <= pictures:
        return False
    one, other = old.case, new.case
    length = min(len(one.form), len(other.form))
    if length >= _CASE and one.same(other):
        return True
    if old.answer.agrees or new.answer.agrees or not notes.in_place(old.card, new.card):
        return False
    found = compare(one, other)
    if {found.turned, asked.turned} - {"", "name"}:  # another number, or the contrary, asks something else
        return False
    if told.shared >= _SAME_OPTIONS and bears(old.answer, new.answer) >= _OPTIONS:
        return found.shared >= _MOSTLY
    if length < _LONG_CASE:
        return False
    return (not found.turned or told.shared >= _HELD) and min(found.shared, found.order) >= _NEARLY


def drawn_as_well(one: Words, other: Words) -> bool:
    """Whether two answers say the same in words, and one has pictures besides."""
    if one.pictures == other.pictures or (one.pictures and other.pictures):
        return False
    plain, bare = without_pictures(one.text), without_pictures(other.text)
    return len(plain.content) >= _FEW and plain.same(bare)


def counts_anew(old: Side, new: Side) -> bool:
    """Whether two prompts differ in nothing but how many things they ask for, "(3)" at their end."""
    one, other = (_COUNT.sub(_uncounted, side.card.front) for side in (old, new))
    return (one != old.card.front or other != new.card.front) and Words(one).same(Words(other))


def _uncounted(found: re.Match[str]) -> str:
    """A word without the count behind it; "f(2)", "sin (2)" and "batch size (3) and depth" as they are."""
    word, blank = found[1].casefold(), found[2]
    if word and is_hard(word):
        return found[0]
    listed = not word or is_glyph(word[-1]) or (word[-1] == "s" and len(word) > _PLURAL)
    ends = found.end() == len(found.string.rstrip())
    return found[1] if sum((bool(blank), listed, ends)) > 1 else found[0]


def numbered(prompt: Words) -> bool:
    """Whether a prompt is hardly more than a number."""
    return prompt.brief and any(token[0].isdigit() for token in prompt.form)


def renumbered(old: Side, new: Side, told: Likeness, notes: Notes) -> bool:
    """Whether an entry of a list, known by its number and by no other card's answer, has another number now."""
    if not numbered(old.prompt) or not numbered(new.prompt) or told.turned or told.shared < 0.9:
        return False
    named, renamed = ([token for token in side.prompt.form if not token[0].isdigit()] for side in (old, new))
    if not _NAMED_BY_NUMBER.isdisjoint(named):
        return False
    return named == renamed and bears(old.answer, new.answer) >= _TOLD and notes.nowhere_else(old.card, new.card)
