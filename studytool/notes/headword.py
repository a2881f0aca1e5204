"""Whether two prompts of a few words, as a list of words or formulas has them, ask for different things.

In such a list a letter makes another word: "der See" is no "die See", "nitrate" no "nitrite", "he reads" no "she
reads". A prompt whose letters were corrected has an answer that stayed, or only grew.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from studytool.notes.lexicon import JOINING, WEAK, kin, stem_of
from studytool.notes.lookalikes import two_words
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studytool.notes.likeness import Likeness
    from studytool.notes.wording import Words

_FEW = 4
"""Words that bear content up to which a prompt is one of a list."""
_TOLD = 8
"""Words from which an answer tells more than the letters of a prompt."""
_FORMULA = 25
"""Letters up to which an answer with digits is a formula, a number or a piece of code as a whole."""
_DEFINITE = word_set("der die das den dem le la les el los las il lo gli o os as het de det")
_INDEFINITE = word_set("ein eine einen un une una uno um uma en et ett een")
_FORMS = word_set(
    "this that these those dieser diese dieses jener jene jenes is are was were be been am has have had do does did "
    "he she it they them him her its his i we you us me my your our their "
    "er sie es wir ihr ich du mein dein sein unser il elle ils elles nous vous je tu on ella ellos ellas yo tú él "
    "usted lui lei noi voi loro ele ela eles elas eu nós han hun hon vi jag jeg hij zij wij jij ik "
    "он она оно они мы вы я ты его её мой твой"
)
"""Pronouns, and forms of verbs that say nothing in a question."""
_SILENT = word_set("a an the to")
"""Words of English that tell no two words of a list apart, unless they come last."""
_LISTED = frozenset(",;/(")
"""What begins another thing that an answer lists."""
_NO_WORD = re.compile(r"cie[pv]|[^i]seption")
"""Letters that stand so in no word, but in misspelt ones: "recieve", "perseption"."""
_SPELT_ALIKE = word_set("defense defence offense offence pretense pretence")
_BETWEEN = WEAK - JOINING - _FORMS - _SILENT
_OF = word_set("of for between von für zwischen de para entre pour di per tra")
"""Prepositions between a thing and what belongs to it."""
_ASKING = word_set("what which who how why when where whose was wer wie warum wo que qué quel quelle cosa hvad hvordan")
_MEANING = word_set("mean means translate bedeutet heißt significa signifie betekent betyder означает")
_VOWELS = frozenset("aeiouäöüаеиоуыэюя")
_SOUNDS = tuple(map(frozenset, ("ck", "sz", "sc", "uw", "vw", "iy")))
_ENDING = 3
"""Letters in which words of one kind differ, as "nitrate" and "nitrite" do."""
_MARKS = ".,;:!?()[]`*_$\"'"
_SET_OFF = re.compile(r"[\s^$\\{}()]+")


def another_headword(one: tuple[Words, Words], other: tuple[Words, Words], asked: Likeness, told: Likeness) -> bool:
    """Whether two cards, each given as its prompt and its answer, ask for different words, forms or formulas."""
    (prompt, answer), (prompted, answered) = one, other
    if not answer.text.strip() or not answered.text.strip():
        return False
    length = min(len(answer.content), len(answered.content))
    if length >= _TOLD and told.shared >= 0.85:
        return False
    if _signs(answer) == _signs(answered):
        return False
    few = max(len(prompt.content), len(prompted.content)) <= _FEW
    common = not answer.stems.isdisjoint(answered.stems)
    told_of, retold_of = _OF.intersection(answer.all), _OF.intersection(answered.all)
    governed = told_of <= retold_of or retold_of <= told_of
    if few and _another_form(prompt, prompted, common, governed) and _apart(_spoken(answer), _spoken(answered))[0]:
        return True
    if answer.same(answered) or prompt.same(prompted):
        return False
    gone, come = (_worded(words.content - others.content) for words, others in ((prompt, prompted), (prompted, prompt)))
    if (gone or come) and _is_formula(answer) and _is_formula(answered) and not _within(answer, answered):
        return True
    if len(prompt.all) == len(prompted.all) == 1 and two_words(prompt.all[0], prompted.all[0], listed=True):
        return True
    if not few or not gone or not come:
        return False
    asking = _is_question(prompt) or _is_question(prompted)
    single = not asking and max(len(prompt.content), len(prompted.content)) == 1
    if single and not _told_on(answer, answered, [(a, b) for a in gone for b in come if _retyped(a, b)]):
        return True
    if asked.removed and asked.added:
        return not _grown(answer.form, answered.form)
    gone, come = ([word for word in words if word not in asked.removed | asked.added] for words in (gone, come))
    if asking and _each(_said_otherwise, gone, come):
        return False
    if _each(_retyped, gone, come) and (asking or length >= _TOLD) and told.shared >= 0.6:
        return False
    return not (_each(_corrected, gone, come) and _grown(answer.form, answered.form))


def _another_form(one: Words, other: Words, common: bool, governed: bool) -> bool:
    """Whether two prompts of a few words differ in an article, a pronoun, a form of "to be", or a preposition.

    Where the answers have a word in `common`, an article is corrected in a question; "for" stands for "of" where they
    have no other prepositions either (`governed`).
    """
    asking = _is_question(one) or _is_question(other)
    if asking and common:
        return False
    words, others = Counter(one.all), Counter(other.all)
    gone, come = words - others, others - words
    first, second = one.all[:1], other.all[:1]
    if first != second and {*first, *second} <= _DEFINITE | _INDEFINITE:
        return True
    for small in (_DEFINITE, _INDEFINITE) if asking else (_DEFINITE, _INDEFINITE, _FORMS, _BETWEEN):
        less, more = small.intersection(gone), small.intersection(come)
        if less and more and not (common and governed and less | more <= _OF):
            return True
    if asking:
        return False
    short, long = sorted((one.all, other.all), key=len)
    return len(long) == len(short) + 1 and long[: len(short)] == short and long[-1] in WEAK


def _told_on(one: Words, other: Words, retyped: Sequence[tuple[str, str]]) -> bool:
    """Whether the answer to a word goes on where the shorter one ends, so that a letter of the word may be a slip.

    Two words of an answer have to stay: "trial" and "trail" are both "a run". As "advice" and "advise" are, or "cloth"
    and "clothe", words are rather two than one, unless both answers name an action.
    """
    told, retold = ([token for token in words.all if token not in _SILENT] for words in (one, other))
    if not retyped:
        return True
    if any(_NO_WORD.search(a) or _NO_WORD.search(b) or {a, b} <= _SPELT_ALIKE for a, b in retyped):
        return True
    several = len(one.stems & other.stems) > 1
    doing = one.all[:1] == other.all[:1] == ("to",)
    noun_and_verb = any({a[-2:], b[-2:]} == {"ce", "se"} for a, b in retyped)
    if noun_and_verb or any(a == f"{b}e" or b == f"{a}e" for a, b in retyped):
        return told[:1] == retold[:1] and (several or (doing and noun_and_verb))
    short, long = sorted((one.text.strip(), other.text.strip()), key=len)
    return several or told == retold or (long.startswith(short) and long[len(short)] in _LISTED)


def _signs(words: Words) -> str:
    """An answer without blanks, and without what sets off powers and parts of a formula."""
    return _SET_OFF.sub("", unicodedata.normalize("NFKC", words.text).casefold())


def _grown(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the longer of two answers says all that the shorter one says, letters that were corrected apart."""
    gone, come = _apart(one, other)
    return _each(lambda a, b: a[-1] == b[-1] and _retyped(a, b), list(gone), list(come))


def _apart(one: Iterable[str], other: Iterable[str]) -> list[Counter[str]]:
    """What each of two texts has that the other has not; first what the shorter one has."""
    words, others = Counter(one), Counter(other)
    return sorted((words - others, others - words), key=Counter.total)


def _spoken(words: Words) -> list[str]:
    """The words of an answer with its articles and pronouns."""
    return [token for token in words.all if token not in _SILENT]


def _within(one: Words, other: Words) -> bool:
    """Whether the longer of two formulas has each part of the shorter one, as it is written."""
    parts = [{part.strip(_MARKS) for part in words.text.casefold().split()} for words in (one, other)]
    return parts[0] <= parts[1] or parts[1] <= parts[0]


def _is_formula(words: Words) -> bool:
    """Whether an answer is a formula, a number or a piece of code with digits, in three parts at most."""
    text = words.text.strip()
    return len(text) <= _FORMULA and len(text.split()) <= 3 and any(letter.isdigit() for letter in text)


def _is_question(words: Words) -> bool:
    """Whether a prompt is a question, in which an ending tells no forms of a word apart, and asks not of a word."""
    if not _MEANING.isdisjoint(words.all):
        return False
    return words.text.rstrip(" *_`").endswith("?") or not _ASKING.isdisjoint(words.all[:1])


def _each(alike: Callable[[str, str], bool], gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether each word that went is like one that came."""
    return all(any(alike(one, other) for other in come) for one in gone)


def _said_otherwise(one: str, other: str) -> bool:
    """Whether a word was bent, or another that says the same was put for it: what leaves a question as it is."""
    return stem_of(one) == stem_of(other) or (one[0] != other[0] and kin(one, other) > 0)


def _corrected(one: str, other: str) -> bool:
    """Whether a word was typed, or counted, otherwise, or another that says the same was put for it."""
    short, long = sorted((one, other), key=len)
    return (
        long in (f"{short}s", f"{short}es", f"{short[:-1]}ies")
        or _retyped(one, other)
        or (one[0] != other[0] and kin(one, other) > 0)
    )


def _worded(tokens: frozenset[str]) -> list[str]:
    return [token for token in tokens if len(token) > 1 and token.isalpha()]


def _retyped(one: str, other: str) -> bool:
    """Whether two words differ in a letter too many, in two that changed places, or in one that sounds alike."""
    if not kin(one, other) or _VOWELS.isdisjoint(one) or _VOWELS.isdisjoint(other):
        return False  # in a name such as "strncpy" each letter counts
    from rapidfuzz.distance import OSA

    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if len(one) != len(other) or sorted(one) == sorted(other):
        return True
    at = next(at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    changed = {one[at], other[at]}
    return changed in _SOUNDS or (changed <= _VOWELS and 2 <= at < len(one) - _ENDING)
