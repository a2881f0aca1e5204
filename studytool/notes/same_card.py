"""Whether two cards are one, and why: what their prompts and answers have in common, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.notes.another_form import another_code, another_form, another_glyph
from studytool.notes.another_question import another_name, another_question
from studytool.notes.headword import another_headword
from studytool.notes.lexicon import JOINING, kin, stem_of
from studytool.notes.likeness import CONTRARY, Likeness, compare
from studytool.notes.respelt import respelt, slipped
from studytool.notes.retyped import decoded_otherwise, drawn_otherwise, retyped, same_numbers, undrawn
from studytool.notes.reworded import reworded
from studytool.notes.same_asked import (
    asked_as_term,
    compared_alike,
    counts_anew,
    drawn_as_well,
    framed_otherwise,
    numbered,
    renumbered,
    same_case,
)
from studytool.notes.same_task import same_task
from studytool.notes.same_thing import (
    asked_above,
    goes_along,
    named_anew,
    named_otherwise,
    names_itself,
    of_another,
    retitled,
    stands_in,
    under_another,
)
from studytool.notes.sentence import asked_whole
from studytool.notes.wording import PLAIN, Words, bears

if TYPE_CHECKING:
    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side


_MANY = 4
"""Notes up to which a prompt of a word or two may stand in each, and be known by most of its answer."""
_ENTRY = 6
"""Words from which an answer is that of one entry of a list."""
_MANY_WORDS = 10
"""Words from which an answer tells a card in another note."""
_WHOLE = 20
"""Words from which an answer that no other card has tells a card whose prompt was edited, in any note."""
_SENTENCE, _LONG = 6, 10
"""Words of a prompt that goes on with the answer it had, where that tells something, and where it does not."""


def strangers(old: Side, new: Side) -> bool:
    """Whether a quick look shows that two cards have nothing to do with each other."""
    if old.prompt.same(new.prompt) or old.answer.same(new.answer):
        return False
    one, other = old.prompt.stems, new.prompt.stems
    if one == other:
        return False
    told, retold = old.answer.stems, new.answer.stems
    if min(len(one), len(other)) > 2 and 2 * len(one & other) < 0.3 * (len(one) + len(other)):
        return min(len(told), len(retold)) < 10 or 2 * len(told & retold) < 0.8 * (len(told) + len(retold))
    one, other = told | one, retold | other
    return min(len(one), len(other)) > 4 and len(one & other) < 0.2 * min(len(one), len(other))


def _begins_alike(one: Words, other: Words) -> bool:
    """Whether the longer of two prompts names first what the shorter one names: a word before it makes another term."""
    short, long = sorted((one, other), key=lambda words: len(words.content))
    first = next((token for token in long.compared if token in long.content), "")
    return first in short.content or any(kin(first, token) for token in short.content)


def why_same(old: Side, new: Side, asked: Likeness, told: Likeness, answer: float, together: bool, notes: Notes) -> str:
    """Why two cards are one, in a word or two; empty where they are not, or where it cannot be told."""
    same_answer = bool(old.answer.text.strip()) and (
        old.answer.same(new.answer) or (together and drawn_as_well(old.answer, new.answer))
    )
    tells = together or (same_answer and bears(old.answer, new.answer) >= 8)
    same_prompt = old.prompt.same(new.prompt) or (tells and retyped(old.prompt, new.prompt, answer, same_answer))
    same_prompt = same_prompt or (together and (framed_otherwise(old, new) or same_case(old, new, asked, told, notes)))
    same_prompt = same_prompt or (
        together
        and max(len(side.prompt.form) for side in (old, new)) >= _SENTENCE
        and decoded_otherwise(old.card.front, new.card.front)
    )
    bare = _is_bare(old, new)
    edited = "prompt edited" if same_answer else "both edited"
    is_task = together and same_task(old, new)
    if not is_task and old.prompt.lead != new.prompt.lead and not same_answer and answer < 0.5 and not bare:
        return ""  # "1. law" and "2. law": a number in front may be a mere count
    if is_task or (together and not bare and old.card.kind == "basic" and compared_alike(old, new)):
        return edited
    if drawn_otherwise(old.prompt, new.prompt):  # a flag is no decoration where it is the flag of another country
        alike = same_answer or compare(undrawn(old.answer), undrawn(new.answer)).shared >= 0.5
        return edited if (together or same_answer) and alike and not bare else ""
    if not bare and ((not same_answer and another_form(old, new, asked, answer)) or another_code(old, new, answer)):
        return ""
    long = min(len(side.prompt.form) for side in (old, new)) >= _SENTENCE and answer >= 0.5
    if not bare and (same_answer or long) and _typed_otherwise(old, new, notes, slips=same_answer):
        return _same_prompt(old, new, told, answer, together, bare, notes)
    if another_headword((old.prompt, old.answer), (new.prompt, new.answer), asked, told):
        return ""
    if old.prompt.mood and new.prompt.mood and old.prompt.mood != new.prompt.mood:
        return ""
    if another_name(old, new, asked, notes) or (same_answer and another_question(old, new, notes)):
        return ""
    if same_prompt:
        return _same_prompt(old, new, told, answer, together, bare, notes)
    if together and asked_as_term(old, new) and (why := _same_prompt(old, new, told, answer, together, bare, notes)):
        return why
    if together and told.shared < 0.85 and (asked_above(old, new) or asked_above(new, old)):
        return ""  # what was asked is a heading now, and a part of the answer below it is a card
    if same_answer and together and reworded(old, new, asked, notes):
        return "prompt edited"
    return _why_edited(old, new, asked, told, answer, together, same_answer, notes)


def _why_edited(
    old: Side,
    new: Side,
    asked: Likeness,
    told: Likeness,
    answer: float,
    together: bool,
    same_answer: bool,
    notes: Notes,
) -> str:
    """The same of two cards whose prompts differ in words, which nothing has told to ask different things so far."""
    edited = "prompt edited" if same_answer else "both edited"
    bearing = bears(old.answer, new.answer)
    moved = goes_along(old, new, told)
    stands = moved or (same_answer and bearing >= 12 and retitled(old, new))
    alone = same_answer and bearing >= _WHOLE and notes.nowhere_else(old.card, new.card)
    if not together and not stands and not alone and asked.removed and asked.added and asked.shared < 0.85:
        return ""  # the medius in one note and the minimus in another
    if not together and bearing < _MANY_WORDS and max(len(side.prompt.content) for side in (old, new)) <= 1:
        return ""  # the noun "drøm" in one note and the verb "drømme" in another
    titled_anew = same_answer and named_anew(old, new, notes)
    if not titled_anew and under_another(old, new, told, together):
        return ""
    if titled_anew or ((together or stands) and same_answer and retitled(old, new)):
        return "prompt edited"
    if moved:
        return "both edited"
    if old.card.kind == "cloze" and together and old.whole == new.whole:
        # The same sentence, a little more or less of it hidden.
        longer, shorter = sorted((old.answer.form, new.answer.form), key=len, reverse=True)
        return "deletion" if shorter and stands_in(shorter, longer) else ""
    if same_answer and together and bearing >= 6 and _shortened(old.prompt, new.prompt):
        return "prompt edited"
    if together and asked_whole(old.prompt, new.prompt, told, bearing):
        return edited
    if together and _answer_tells(old, new, asked, told, notes):
        return edited
    if together and asked.turned == "number" and renumbered(old, new, told, notes):
        return edited
    if asked.turned == "number" and together and counts_anew(old, new):
        kept = same_answer or answer >= 0.6 or (told.contained >= 0.9 and bearing >= 2)
        return edited if kept else ""
    return _why_grown(old, new, asked, told, answer, together, same_answer, notes)


def _why_grown(
    old: Side,
    new: Side,
    asked: Likeness,
    told: Likeness,
    answer: float,
    together: bool,
    same_answer: bool,
    notes: Notes,
) -> str:
    """The same of two cards of which nothing but how much they share is left to tell by."""
    bare, bearing = _is_bare(old, new), bears(old.answer, new.answer)
    gap, in_place = notes.same_gap(old.card, new.card), notes.in_place(old.card, new.card)
    whole = asked.contained >= 0.95 and not asked.formula
    cloze = old.card.kind == "cloze"
    # A prompt that only grew, and stands where it stood, is the same with a brief answer too, if it is long itself.
    long = len(old.prompt.compared) >= (_SENTENCE if bearing and not old.answer.agrees else _LONG)
    lengthened = same_answer and whole and (gap if cloze else in_place and long)
    if asked.turned:
        extended = together and whole and told.contained >= 0.9 and bearing >= 5
        extended = extended and not _counted_alike(asked, told)
        grown = asked.turned == "number" and asked.grown and (same_answer or extended)
        if not grown or not (bearing >= 3 or lengthened or (cloze and asked.shared >= 0.85)):
            return ""
    held = told.shared >= 0.85 or (gap and told.contained >= 0.95 and bearing >= 15)
    if old.prompt.asking != new.prompt.asking and (bare or not held):
        return ""
    if bare:
        return "prompt edited" if _same_bare(old, new, asked, together) else ""
    if same_answer:
        return "prompt edited" if lengthened or _same_answer(old, new, asked, together, notes) else ""
    if not told.shared:
        return ""
    return "both edited" if _both_edited(old, new, asked, told, answer, together, notes) else ""


def _typed_otherwise(old: Side, new: Side, notes: Notes, *, slips: bool) -> bool:
    """Whether two prompts are one in another spelling, or but for a slip that stands nowhere else in the notes."""
    one, other = old.card.front, new.card.front
    if respelt(one, other):
        return True
    slip = slipped(one, other) if slips else ""
    return bool(slip) and notes.vocabulary.alone(slip, new.card)


def _is_bare(old: Side, new: Side) -> bool:
    """Whether neither card has an answer."""
    return not old.answer.text.strip() and not new.answer.text.strip()


def _compound(one: str, other: str) -> bool:
    """Whether the longer of two prompts goes on with a hyphen where the shorter ends."""
    short, long = sorted((one.strip(), other.strip()), key=len)
    return long.startswith(f"{short}-")


def _answer_tells(old: Side, new: Side, asked: Likeness, told: Likeness, notes: Notes) -> bool:
    """Whether the answer alone tells that two cards of a note are one: it is long, no other card's, and hardly changed.

    What turns the prompt into its contrary, or puts one thing for another in prompt and answer alike, is heeded.
    """
    bearing = bears(old.answer, new.answer)
    if bearing < 10 or asked.turned in CONTRARY or told.turned in CONTRARY:
        return False
    if told.shared < 0.9 and not (told.contained >= 0.97 and told.shared >= 0.75):
        return False
    in_place = notes.in_place(old.card, new.card)
    if not told.grown and bearing < 30:
        return False
    counted = asked.turned == "number" and (not asked.grown or _counted_alike(asked, told))
    if counted and not same_numbers(old.prompt, new.prompt):
        return False
    if (asked.formula or counted) and not (in_place and told.shared == 1.0):
        return False
    if old.prompt.stems.isdisjoint(new.prompt.stems) and told.shared < 1.0:
        return False
    replaced = asked.removed and asked.added and (asked.removed | asked.added) & (told.removed | told.added)
    if replaced and not (in_place and bearing >= 25):
        return False
    if not notes.nowhere_else(old.card, new.card):
        return False
    return asked.contained >= 0.9 or asked.shared >= (0.15 if notes.same_gap(old.card, new.card) else 0.5)


def _parted(one: Words, other: Words) -> bool:
    """Whether "X and Y" was split in two, or two were made one: neither part is the whole."""
    return not JOINING.isdisjoint(set(one.compared) ^ set(other.compared))


def _counted_alike(asked: Likeness, told: Likeness) -> bool:
    """Whether prompt and answer have gained, or lost, the same numbers: another exercise of the same kind."""
    changed = (asked.added & told.added, asked.removed & told.removed)
    return any(sum(token[0].isdigit() for token in tokens) > 1 for tokens in changed)


def _same_answer(old: Side, new: Side, asked: Likeness, together: bool, notes: Notes) -> bool:
    """Whether a prompt that changed asks the same thing, where the answer did not."""
    gap = notes.same_gap(old.card, new.card)
    bearing = bears(old.answer, new.answer)
    known = 6 if 1 < len(asked.removed) == len(asked.added) and not old.answer.pictures else 4
    needed = 0.7 if old.card.kind == "cloze" else 0.4 if bearing >= known else 0.5 if bearing >= 3 else 0.6
    if asked.removed and asked.added and (bearing < 3 or (bearing < 6 and another_glyph(old.prompt, asked))):
        # One word for another may be another thing with the same answer: a verb that stands where it stood is not.
        verb = gap and bearing > 0 and not another_glyph(old.prompt, asked)
        verb = verb and old.prompt.after_a_word(asked.removed) and new.prompt.after_a_word(asked.added)
        needed = 0.8 if len(asked.removed) != len(asked.added) and bearing == 2 else 0.7 if verb else 2.0
    if together and bearing >= 3 and asked.contained >= 0.9:
        needed = 0.0
    if together and gap and bearing >= 6 and notes.nowhere_else(old.card, new.card):
        needed = 0.15  # an answer of many words that did not move: the question was put anew
    if gap and old.answer.pictures and old.answer.pictures == old.answer.content:
        needed = 0.0 if notes.nowhere_else(old.card, new.card) else needed  # no other card has this picture
    return asked.shared >= needed + (0.0 if together else 0.2)


def _both_edited(
    old: Side, new: Side, asked: Likeness, told: Likeness, answer: float, together: bool, notes: Notes
) -> bool:
    """Whether a prompt and an answer that both changed are one card still."""
    changed = asked.removed | asked.added
    if told.turned == "name" and (
        not changed.isdisjoint(told.removed | told.added) or (not changed and len(told.removed) == len(told.added) == 1)
    ):
        return False  # "Guinea" and "Guinea-Bissau", "Niger" and "Nigeria": another name here and there
    if _joined_otherwise(old.prompt, new.prompt):
        return False
    if told.shared < 0.85 and _compound(old.card.front, new.card.front):
        return False  # "Accept" and "Accept-Language"
    if told.shared < 0.6 and _compared(old.prompt, new.prompt):
        return False  # a large value and the largest
    bearing = bears(old.answer, new.answer)
    behind = _grown_behind(old.prompt, new.prompt)
    further = behind and asked.contained >= 0.95 and bearing >= 8 and answer >= 0.5
    if old.answer.pictures.isdisjoint(new.answer.pictures):
        both = not (asked.removed.isdisjoint(told.removed) and asked.added.isdisjoint(told.added))
        both = both and not (further and notes.in_place(old.card, new.card))
        if both and told.shared < 0.7 and (told.contained < 0.95 or bearing < 5):
            return False  # what the prompt has gained or lost, the answer has too, and it has not merely grown
        if changed and told.formula and bearing < 5:
            return False  # another formula, and another word in the prompt
    if asked.removed and asked.added:
        # Another word in the prompt and another answer: most often the same question about another thing.
        if told.turned == "opposite" or not changed.isdisjoint(told.removed | told.added):
            return False
        # As many words for as many others ask of something else, where the answer is not nearly the same.
        alike = told.shared >= 0.6 or told.contained >= 0.9
        kept = told.shared >= 0.85 if len(asked.removed) == len(asked.added) else alike and answer >= 0.75
        needed = 0.5 if notes.same_gap(old.card, new.card) else 0.7
        return together and bearing >= 5 and kept and asked.shared >= needed
    if changed and told.turned in CONTRARY and told.shared >= 0.6 and bearing < 8:
        return False  # nearly the same words that say the contrary
    retold = told.shared < 0.85 and told.contained < 0.9 and bearing < 20
    if changed and retold and not behind:
        return False  # a "class instance variable" is no "class variable"
    parted = _parted(old.prompt, new.prompt)
    if together and bears(old.prompt, new.prompt) <= 2:
        # A term of a word or two may only grow behind, or shrink, or be spelt another way.
        within = asked.contained >= 0.9 and answer >= 0.5 and not parted and _begins_alike(old.prompt, new.prompt)
        within = within and (told.shared >= 0.5 or told.contained >= 0.75)
        return within or (asked.shared >= 0.8 and answer >= 0.6)
    if together:
        steps = ((0.9, 0.35), (0.75, 0.6), (0.5, 0.8))
        within = asked.contained >= 0.9 and asked.shared >= 0.6 and answer >= 0.5 and not parted
        if behind and asked.contained > 0.999 and notes.in_place(old.card, new.card):
            within = within or (asked.shared >= 0.5 and answer >= 0.33 and bearing >= 8 and not parted)
        if asked.contained >= 0.9 and answer >= 0.75 and bearing >= 5 and not parted:
            within = within or asked.shared >= 0.4
        told_apart = parted and not asked.added and told.shared < 0.5  # one of two things, with what was told of it
        return within or (not told_apart and any(asked.shared >= a and answer >= b for a, b in steps))
    return bears(old.prompt, new.prompt) >= 3 and asked.shared >= 0.8 and told.shared >= 0.75


def _grown_behind(one: Words, other: Words) -> bool:
    """Whether the longer of two prompts goes on where the shorter ends: a word before that makes another term."""
    short, long = sorted((_terms(one), _terms(other)), key=len)
    return long[: len(short)] == short


def _terms(words: Words) -> list[str]:
    """What a prompt names, in order."""
    return [stem_of(token) for token in words.compared if token in words.content and token not in PLAIN]


def _joined_otherwise(one: Words, other: Words) -> bool:
    """Whether one prompt has "and" where the other has "or"."""
    gone, come = one.counted - other.counted, other.counted - one.counted
    return ("and" in gone and "or" in come) or ("or" in gone and "and" in come)


def _compared(one: Words, other: Words) -> bool:
    """Whether a word of one prompt stands in the other as what is more, or most, of it: "large" and "largest"."""
    gone, come = {*one.form} - {*other.form}, {*other.form} - {*one.form}
    pairs = [(word, come) for word in gone] + [(word, gone) for word in come]
    return any(f"{word}{end}" in more for word, more in pairs if len(word) > 2 for end in ("r", "er", "st", "est"))


def _same_bare(old: Side, new: Side, asked: Likeness, together: bool) -> bool:
    """Whether two prompts without an answer on either side are one: there is nothing else to tell it by."""
    if asked.removed and asked.added:
        # One word for another is another thing; a few for one are the same thing said differently.
        common = len(old.prompt.content & new.prompt.content)
        return together and common >= 5 and asked.shared >= 0.75 and len(asked.removed) != len(asked.added)
    return asked.shared >= (0.8 if together else 0.9)


def _same_prompt(old: Side, new: Side, told: Likeness, answer: float, together: bool, bare: bool, notes: Notes) -> str:
    """Whether a prompt that did not change asks the same thing: one of a word or two may stand in many places."""
    brief = old.prompt.brief
    if together and brief and not bare and names_itself(old, new, notes):
        return "answer edited"
    if not bare and of_another(old, new, told):
        return ""
    if together:
        known = min(len(side.answer.content - side.answer.pictures) for side in (old, new)) >= _ENTRY
        if not bare and answer < 0.3 and numbered(old.prompt) and (known or not notes.nowhere_else(old.card, new.card)):
            return ""  # "No. 205" of a list whose entries were numbered anew: its answer stands at "No. 206"
        elsewhere = bool(old.card.context and new.card.context) and old.card.context != new.card.context
        if not brief or bare or answer >= 0.3:
            return "answer edited"
        elsewhere = elsewhere or (not notes.in_place(old.card, new.card) and notes.in_several(old.card))
        return "" if elsewhere else "answer edited"
    if bare:
        return "" if brief else "moved"
    if brief and named_otherwise(old.card.context, new.card.context) and notes.in_several(old.card, _MANY):
        return ""  # the "Category" of one note, and of another
    return "moved, answer edited" if answer >= (0.75 if brief else 0.5) else ""


def _shortened(one: Words, other: Words) -> bool:
    """Whether one prompt stands whole in the other, which is at least twice as long and negates no more."""
    short, long = sorted((one.form, other.form), key=len)
    return 0 < 2 * len(short) <= len(long) and one.negations == other.negations and stands_in(short, long)
