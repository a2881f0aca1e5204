"""Whether two prompts with one answer are two questions: roles, ways, words that only look alike.

What is told apart here is another question however like the rest is; a longer answer is that of one thing.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from studytool.notes.families import adjective_of, family, two_of_a_root
from studytool.notes.irregular import FORMS
from studytool.notes.lexicon import is_glyph, is_hard, kin, stem_of
from studytool.notes.lookalikes import two_words
from studytool.notes.reworded import LONGEST, attributed, change_of, verbs_of
from studytool.notes.roles import asked_of_another, passive, roles_turned, tongue
from studytool.notes.synonyms import PERHAPS, alike
from studytool.notes.wording import bears
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.likeness import Likeness
    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side
    from studytool.notes.wording import Words

_KNOWN, _TELLING = 3, 8
"""Words from which an answer tells more than the prompt, and from which it is that of one thing."""
_GATE = re.compile(r"(?<![^\W_])(?:X?N?OR|N?AND|NOT|XNOR)(?![^\W_])")
_CASE = 25
"""Words from which a prompt tells a case."""
_WHETHER = word_set("is are was were do does did can could has have had will would should may might must")
_AND = word_set("and or vs versus")
_SMALL = word_set(
    "in on at of for from with to under during into about over after before through within per by than as"
)
_ASKING = {
    **dict.fromkeys(word_set("why warum weshalb pourquoi"), "why"),
    **dict.fromkeys(word_set("how wie comment cómo"), "how"),
    **dict.fromkeys(word_set("when wann quand cuándo"), "when"),
    **dict.fromkeys(word_set("where wo wohin woher où dónde"), "where"),
    **dict.fromkeys(word_set("who whom wer qui quién"), "who"),
}
_NAMED = word_set("called name heißt nennt appelle appelles nomme llama")
_MEASURES = word_set("many much often long old big deep wide high tall fast far large heavy")
_SIZE = {"big": "large"}
_WAYS = tuple(
    (word_set(one), word_set(other))
    for one, other in (
        ("to into toward towards", "from"),
        ("into in inside", "out outside"),
        ("under below beneath", "over above"),
        ("up", "down"),
        ("on onto", "off"),
        ("for", "by against"),
        ("mit", "ohne"),
        ("ein hinein", "aus heraus"),
    )
)
"""Small words that lead in contrary ways."""
_SCIENCE = re.compile(r"(?:ate|ite|ide|ane|ene|ine|yne|ose|ase|[hn]ol|[hn]al|ium|on|one|ia|us|ogen|in|id)s?\Z")
"""Endings that make one substance of another."""
_DOES = word_set("do does did")
_WHEN = word_set("before after against beyond")
_SAME_SENSE = 0.85
"""What `kin` gives for words that say the same."""
_ARTICLES = word_set("a an the der die das ein eine le la les un une el los las una")
_BEHIND_A_NOUN = {"", *word_set("of to in for von de du des del")}
_DOINGS = word_set(
    "make makes produce produces store stores release releases secrete secretes absorb absorbs consume consumes "
    "destroy destroys filter filters pump pumps digest digests own owns buy buys sell sells list lists listed name "
    "names named take takes took find finds found love loves hate hates live lives lose loses win wins speichert "
    "verbraucht bildet produziert zerstört filtert verkauft kauft stocke produit détruit almacena produce destruye"
)
"""Verbs of which none stands for another in a question."""
_USE = word_set("use uses used work works")
_CALLS = word_set("call calls name names")
_APPOSED = word_set(
    "city paper protocol layer method algorithm cell cells gland disease law theorem function time system"
)
"""Nouns that say of what kind the one before them is."""
_CHINESE_FRAME = frozenset("是什么谁哪何请解释简述说明定义的了有怎样如为能给出个")
_WHO = (re.compile(r"(?:er|or)s?\Z"), re.compile(r"ees?\Z"))
_DEGREES = re.compile(r"(?:er|est)\Z")


def another_question(old: Side, new: Side, notes: Notes) -> bool:
    """Whether two prompts with the same answer ask for two things, as far as form and lists of words tell."""
    one, other = old.prompt, new.prompt
    if one.all == other.all or max(len(one.all), len(other.all)) > LONGEST:
        return False
    if _roles_changed(one, other):
        return True
    if bears(old.answer, new.answer) >= _TELLING or old.card.kind in ("cloze", "choice"):
        return False
    if _another_word(old, new, notes) or _asked_otherwise(one, other) or _another_way(one, other):
        return True
    return bears(old.answer, new.answer) < _KNOWN and _another_thing(one, other, old.answer.agrees)


def another_name(old: Side, new: Side, asked: Likeness, notes: Notes) -> bool:
    """Whether one name stands in place of another one, or one term of the notes for another, whatever the answer.

    In a long case a name is corrected; so is one whose letters were read wrongly, or that is written out.
    """
    if old.prompt.form == new.prompt.form or max(len(old.prompt.form), len(new.prompt.form)) >= _CASE:
        return False
    gates = [Counter(_GATE.findall(side.prompt.text)) for side in (old, new)]
    if gates[0] - gates[1] and gates[1] - gates[0]:
        return True  # AND and OR say little elsewhere
    if len(asked.removed) != 1 or len(asked.added) != 1 or len(old.prompt.all) != len(new.prompt.all):
        return False
    (one,), (other,) = asked.removed, asked.added
    if any(is_hard(word) or is_glyph(word[0]) or not word[0].isalpha() for word in (one, other)):
        return False
    if (one, other) == (old.prompt.all[0], new.prompt.all[0]):
        return False  # a request, or a label: "Describe", "Definition:", "TODO"
    if _read_wrongly(one) == _read_wrongly(other) or alike(one, other) or _abbreviated(one, other):
        return False
    shouted = old.card.front.isupper() or new.card.front.isupper()
    if one in old.prompt.capitals and other in new.prompt.capitals and not shouted:
        return True  # ReLU and GELU, in a title too
    names = one in old.prompt.names, other in new.prompt.names
    spelt = one in old.prompt.capitals or other in new.prompt.capitals
    if all(names) or (any(names) and spelt and min(len(one), len(other)) > 2):
        return True
    return notes.vocabulary.term(one) and notes.vocabulary.term(other)


def _read_wrongly(word: str) -> str:
    """A word as a scanned text may have it: "lAM" for "IAM"."""
    return word.replace("l", "i").replace("1", "i")


def _abbreviated(one: str, other: str) -> bool:
    """Whether the shorter of two words has letters of the longer one in their order: "EPS" and "epsilon"."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return short[0] == long[0] and 2 * len(short) < len(long) and all(letter in letters for letter in short)


def _roles_changed(one: Words, other: Words) -> bool:
    if asked_of_another(one, other):
        return True
    if roles_turned(one, other):
        change = change_of(one, other)
        return not change.replaced
    starts = (*one.all[:1], *other.all[:1])
    english = tongue(one) == tongue(other) == "en"
    return english and all(start in _WHETHER for start in starts) and _turned_within(one, other)


def _turned_within(one: Words, other: Words) -> bool:
    """Whether what stands first in a question for yes or no is acted upon in one, and acts in the other."""
    change = change_of(one, other)
    if change.gone or change.come or not change.common:
        return False
    voices = passive(one), passive(other)
    ahead = [words.all[1:] for words in (one, other)]
    first = [
        next((t for t in tokens if t in words.content and t not in voices), "")
        for tokens, words in zip(ahead, (one, other), strict=True)
    ]
    moved = not (first[0] == first[1] or kin(first[0], first[1]) > 0) if all(first) else False
    if bool(voices[0]) != bool(voices[1]):
        return not moved
    small = [sorted(token for token in words.all if token in _SMALL) for words in (one, other)]
    return moved and small[0] == small[1] and ("'s" in one.text) == ("'s" in other.text) and _AND.isdisjoint(one.all)


def _asked_otherwise(one: Words, other: Words) -> bool:
    """Whether one asks why, how, how much, when, where or who, and the other another of these."""
    kinds = _kind(one), _kind(other)
    if "" in kinds or kinds[0] == kinds[1] or (len(one.asking) > 1 and one.asking == other.asking):
        return False  # "Where does it go when …?" and "When …, where does it go?"
    return _NAMED.isdisjoint(one.all) and _NAMED.isdisjoint(other.all)


def _kind(words: Words) -> str:
    kind = _ASKING.get(words.all[0], "") if words.all else ""
    measured = next((token for token in words.all[1:2] if token in _MEASURES), "")
    return f"{kind} {_SIZE.get(measured, measured)}".strip()


def _another_way(one: Words, other: Words) -> bool:
    """Whether the same is asked of what goes the contrary way: "to" for "from", or a past tense with another "for"."""
    gone, come = (set(a.all) - set(b.all) for a, b in ((one, other), (other, one)))
    if len(gone) > 2 or len(come) > 2:
        return False
    for these, those in _WAYS:
        if (gone & these and come & those) or (gone & those and come & these):
            return True
    if len(gone) != 1 or len(come) != 1 or "for" not in gone | come:
        return False
    pairs = [list(zip(words.all, words.all[1:], strict=False)) for words in (one, other)]
    behind = [{a for a, b in pair if b in small} for pair, small in zip(pairs, (gone, come), strict=True)]
    return any(a in FORMS or a.endswith("ed") for a in behind[0] & behind[1])


def _another_thing(one: Words, other: Words, agrees: bool) -> bool:
    """Whether another word is asked about, where the answer, which only `agrees` or has a word or two, is no help."""
    if attributed(one, other):
        return False
    if _used_otherwise(one.all, other.all):
        return True
    change = change_of(one, other)
    if not change.common:
        return False
    if all(change.perhaps) and not change.gone and not change.come:
        return True  # "Who named it?" and "Who took it?"
    if change.gone and change.come:
        return agrees or _another_verb(one, other, change.gone, change.come)
    extra = change.gone or change.come
    long = one if change.gone else other
    if not extra:
        return False
    return extra[0] in _WHEN or extra[0] in PERHAPS or (tongue(long) == "en" and _compound(long, extra))


def _another_verb(one: Words, other: Words, gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether one verb stands in place of another: in Chinese, two signs of two others."""
    if all(map(is_glyph, (*gone, *come))):
        said, told = ([sign for sign in signs if sign not in _CHINESE_FRAME] for signs in (gone, come))
        return len(said) > 1 and len(told) > 1
    changed = {*gone, *come}
    if len(gone) != 1 or len(come) != 1 or not (changed <= _CALLS or changed <= _DOINGS):
        return False
    return one.after_a_word(frozenset(gone)) and other.after_a_word(frozenset(come))


def _used_otherwise(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether "use" stands in one where the other has a word that is none of asking."""
    changed = [(a, b, behind) for a, b, behind in zip(one, other, (*one[1:], ""), strict=False) if a != b]
    if len(one) != len(other) or len(changed) != 1:
        return False
    first, second, behind = changed[0]
    return behind != "of" and not _USE.isdisjoint((first, second)) and not {first, second} <= _USE


def _compound(words: Words, extra: Sequence[str]) -> bool:
    """Whether a text ends with a noun that makes another of the one before it: "caffeine withdrawal"."""
    last = words.all[-2:]
    if (
        last[1:] != tuple(extra)
        or not last[0].isalpha()
        or last[0] not in words.content
        or not _DOES.isdisjoint(words.all)
    ):
        return False
    return last[1] not in _APPOSED and last[1] not in FORMS and not last[1].endswith("ed")


def _another_word(old: Side, new: Side, notes: Notes) -> bool:
    """Whether a word was put for another that looks like it, and is none of its family and no slip."""
    one, other = old.prompt, new.prompt
    language = tongue(one)
    if language != tongue(other):
        return False
    gone, come = ([t for t in a.counted - b.counted if _spelt(t)] for a, b in ((one, other), (other, one)))
    slips = [
        pair
        for pair in product(gone, come)
        if kin(*pair) > 0 and _slip(*pair) and notes.vocabulary.slip(*pair, old.card, new.card)
    ]
    gone, come = ([t for t in words if all(pair[at] != t for pair in slips)] for at, words in enumerate((gone, come)))
    listed = len(one.all) == len(other.all) == 1
    if any(two_words(a, b, listed=listed) for a, b in product(gone, come)):
        return True
    if not language:
        return False
    verbs = verbs_of(one, language) | verbs_of(other, language)
    for token in gone:
        like = [told for told in come if kin(token, told) > 0]
        if any(_joined(token, told, part) for told, part in product(like, (*gone, *come))):
            continue
        said = [told for told in like if _said_again(token, told, language, not verbs.isdisjoint((token, told)))]
        if like and all(_two_things(one, other, token, told, language, notes) for told in said):
            return True
    return False


def _two_things(one: Words, other: Words, token: str, told: str, language: str, notes: Notes) -> bool:
    """Whether two words that are alike are both nouns, as "norm" and "normal", or name a thing each in the notes."""
    if stem_of(token) == stem_of(told):
        return False
    if adjective_of(token, told, language):
        return _as_noun(one, token) and _as_noun(other, told)
    two = token[0] == told[0] and _slip(token, told) and not family(token, told, language, verb=True)
    return two and notes.vocabulary.both(token, told)


def _as_noun(words: Words, token: str) -> bool:
    """Whether a word stands as a noun does: behind an article, and before "of" or at the end."""
    text = ("", *words.all, "")
    places = (at for at, told in enumerate(text) if told == token)
    return any(text[at - 1] in _ARTICLES and text[at + 1] in _BEHIND_A_NOUN for at in places)


def _joined(one: str, other: str, part: str) -> bool:
    """Whether a word is another with a part of its text: "merge sort" and "mergesort"."""
    return one in (other + part, part + other) or other in (one + part, part + one)


def _spelt(token: str) -> bool:
    return len(token) > 2 and token[0].isalpha() and not is_glyph(token[0])


def _said_again(one: str, other: str, language: str, verb: bool) -> bool:
    """Whether two words are of one family, or one is the other mistyped."""
    if _DEGREES.search(one) and _DEGREES.search(other) and one[-2:] != other[-2:] and one[:4] == other[:4]:
        return False
    if one[0] != other[0] or kin(one, other) == _SAME_SENSE or family(one, other, language, verb):
        return True
    return not two_of_a_root(one, other, language) and _slip(one, other)


def _slip(one: str, other: str) -> bool:
    """Whether two words differ as a word and a slip of a key do, and not as two of a kind."""
    from rapidfuzz.distance import OSA

    who = [[bool(ending.search(word)) for ending in _WHO] for word in (one, other)]
    if who in ([[True, False], [False, True]], [[False, True], [True, False]]):
        return False
    first, second = (_SCIENCE.search(word) for word in (one, other))
    if first and second and first[0].rstrip("s") != second[0].rstrip("s"):
        return False
    allowed = 2 if min(len(one), len(other)) > 8 else 1
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed
