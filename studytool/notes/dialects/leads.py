"""What opens a line in bold: a term, or the label of a remark, a thing to do, a point that is made."""

from __future__ import annotations

import re

from studytool.notes.copulas import is_number
from studytool.notes.label_words import ELSEWHERE
from studytool.notes.plain import remembered, words
from studytool.notes.words import (
    CODE_WORDS,
    DATE_WORDS,
    EXAMPLE_NOUNS,
    LABEL_HEADS,
    LABEL_OPENINGS,
    LABELS,
    MEMO_VERBS,
    NOT_TERM_OPENINGS,
    NOT_TERM_PHRASES,
    NOT_TERMS,
    SECTION_OF,
    STEP_VERBS,
    word_set,
)

_COUNTED = word_set(
    """
    step note example phase day week part chapter option tip stage task exercise lesson module unit session sprint
    milestone iteration question problem case caso cas fall scenario approach method point goal reason rule level round
    figure
    paso ejemplo día semana parte passo esempio giorno settimana schritt beispiel tag woche teil étape exemple jour
    semaine partie dia passo semana шаг пример день неделя этап
    """
)
"""Words that count what is told, such as `Step 2`."""
_NUMBERED = word_set(
    "line row region misconception wave claim observation variant assumption requirement loop trial "
    "run строка zeile riga línea linha"
)
"""Words that do so only where a number follows."""
_COUNT = re.compile(
    r"\$|(?:\d{1,3}(?:[.–-]\d{1,3})?|[a-z]|[ivx]{1,4}|one|two|three|four|five|first|second|last)[.:)]?\Z"
)
_VERSION = re.compile(r"v\d{1,3}(?:[.–-]v?\d{1,3}){0,3}\Z")
_ADVISING = word_set(
    """
    use avoid ensure make keep choose understand learn create define identify implement configure reduce improve enable
    prevent provide follow remove consider explore maintain establish minimize minimise maximize maximise leverage
    verify validate develop become give install optimize optimise evaluate analyze analyse determine select gather
    collect prioritize prioritise communicate automate integrate deploy simplify encourage seek ask don't do never
    always be stay let try remember memorize memorise practise read write add apply check describe discuss explain
    utilize utilise prepare perform start stop break schedule increase decrease eliminate achieve obtain organize
    organise demonstrate compare
    """
)
"""How a lead of several words begins that says what to do."""
_LABELS = LABELS | ELSEWHERE
_BRACKETED = _LABELS | word_set("trade-off trade-offs tradeoff tradeoffs answer answers pros cons")
"""Labels that may tell in brackets of what they are one."""
_NAMING = CODE_WORDS | word_set(
    """
    set case cases command commands operation operations method function functions query key button table view index
    time access committed uncommitted through back-off state codon head heads
    lock model error path only replica amplification bit bits buffer cache cycle transform theory tree order way
    behind ahead aside miss hit end trigger
    """
)
"""What makes a name of such a beginning: "Read committed", "Use case", "Stop codon"."""
_DOING = word_set("ensure consider remember never always let's")
_DOING_TWO = word_set(
    """
    make_sure try_to try_not keep_in keep_it keep_the keep_your be_careful be_sure be_aware start_with focus_on
    think_about think_of go_to click_on click_the look_for look_at ask_yourself pay_attention take_care refer_to
    depends_on not_only you_can you_must you_should you_have you_need you_will you_may you_want you_don't you_also
    must_be must_have must_call must_use must_not must_always should_be should_have should_always should_not should_use
    """
)
"""How a text begins that says what to do."""
_USED = word_set("to of in by case cases")
"""What follows "use" where a text goes on to explain: "Use of force …"."""
_FINITE = word_set("is are was were has have can cannot can't must should will doesn't don't isn't aren't won't")
"""Verbs that make a sentence of a lead of several words."""
_PRAISE = word_set("faster better easier cheaper improved increased enhanced")
"""How a lead begins that makes a point for its topic: "Faster development"."""
_PRAISE_TWO = word_set(
    """
    easy_to ease_of lack_of easy_integration easy_setup less_memory less_code less_boilerplate more_memory
    reduced_risk reduced_cost reduced_costs reduced_latency reduced_complexity reduced_boilerplate
    lower_cost lower_costs lower_latency lower_risk lower_memory lower_overhead lower_maintenance lower_complexity
    higher_cost higher_costs higher_latency higher_throughput higher_performance higher_quality higher_accuracy
    higher_memory higher_complexity high_performance high_cost low_cost no_need not_suitable
    """
)
_ORDERING = STEP_VERBS | {"execute", "follow", "call", "install", "do", "make"}
_SENTENCE = 200
"""Signs of a text in which an order is looked for."""
_NAMES = 3
_NAME = 60
_NAME_WORDS = 3
"""So many names at least are an enumeration; each has so many signs, and words, at most."""
_ARGUING = word_set(
    "while since although though because despite aunque obwohl weil puisque poiché sebbene embora хотя поскольку"
)
"""How a text begins that gives a reason or weighs it."""
_SELF = word_set("i i'm i've i'd i'll my me")
"""How a text begins in which somebody speaks of himself."""
_NO_OPENINGS = MEMO_VERBS | _DOING | _ARGUING | _SELF
_SPEAKER = re.compile(r"(?<![\w$\\{^/.'-])(?:(I) ([a-z]{2,})|I'(?:m|ve|d|ll) |[Mm]y [a-z])")
_NO_SPEAKER = word_set(
    "is and or of in on at to for with from by as if are was were error errors that which has does through into over "
    "under between across along via per where when flows"
)
"""What follows "I" where it is a number or a letter: "type I errors", "current I is"."""
_COUNTED_SO = _COUNTED | word_set("type class world war group factor grade order book act volume form kind current")
_ENGLISH = word_set("the and of is was this that it be")
_SPOKEN = 200
_SPOKEN_WORDS = 10
"""So many signs of a text of so many words at least tell whether somebody speaks in it: "I am late" translates."""


_LISTING = word_set(
    "advantages disadvantages benefits drawbacks limitations types kinds examples example reasons causes consequences "
    "differences steps features goals uses pros cons note notes remark remarks tips warning answer answers thoughts "
    "purpose importance impact implication implications effect role interpretation lack"
)
_SIDES = word_set("pro con pros cons benefit drawback advantage disadvantage upside downside")
"""What a lead is that counts or names one of several reasons: "pro (independence)"."""
_OF = word_set("of over in for with on about to")
"""What follows them in the label of a list: "Types of simulators"."""
_OF_DATA = word_set("adversarial training test validation positive negative labelled labeled unlabelled unlabeled hard")
"""What makes a term of "example": what a model learns from, and errs on."""
_WHERE = word_set("in inside on at for with without during before after under from to outside within")
_REMARKS = word_set("warning caveat caveats reminder disclaimer")
_NOTES = word_set("note notes")
_OF_NOTES = word_set(
    "performance compatibility security context safety important imp usage version historical implementation design "
    "technical quick special final cost legal scoring course"
)
"""What a remark is called, behind what it is about; "evergreen notes" are a thing of their own."""
_COMPARING = word_set("than vs versus")
"""What makes a comparison of a lead."""
_SAYING = word_set("is are was has can cannot does must should may will it")
"""How a lead of several words begins that says something of the topic: "Must obey the rule"."""
_EACH = word_set("a an the your this each every all most some")
"""What follows them where a lead says when or where: "Inside a function"."""
_OWN = word_set("your our my all any each every")
_ARTICLES = word_set("the a an its this these those")
"""What follows a verb that says what to do: "Redesign the classes"."""
_SIGNS = re.compile("\\A[\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\\s]+")
"""Pictures before a label, and no sign that is a part of a name: `--version`, `@author`, `¬A`."""
_PICTURES = "\u2b50\u2728\u2757\u2753\u26a0\ufe0f\u2705\u274c\U0001f4a1\U0001f525\U0001f449\U0001f914 "
"""Pictures behind a label."""


_BEFORE_LABELS = re.compile(r"\A(?:the|el|la|los|las|il|lo|les?|der|die|das) ", re.IGNORECASE)
"""Articles before a label."""


def bare_label(name: str) -> str:
    """A lead without the pictures around it and the article before it."""
    label = name if name[:1].isalnum() else _SIGNS.sub("", name) or name
    return _BEFORE_LABELS.sub("", label.rstrip(_PICTURES) or label)


@remembered
def names_no_term(name: str) -> bool:
    """Whether a lead, without emphasis, names something else than a term, whatever its text says."""
    label = bare_label(name)
    folded = label.casefold()
    if not folded or is_label(folded) or name[-1] in "?!" or folded[0].isdigit() or counts(folded):
        return True
    if names_a_remark(label.strip(":")) or makes_a_point(name):
        return True
    outside, bracket, inside = folded.rstrip(") ").partition("(")
    return bool(bracket) and not outside.isascii() and is_label(inside.strip().removeprefix("the "))


def is_label(folded: str) -> bool:
    """Whether a lead in lower case is a label, or one with a word that says of what: "Types of simulators"."""
    if folded in NOT_TERMS or folded in SECTION_OF:
        return True
    told = folded.split()
    if len(told) < 2:
        return False
    if told[-1].rstrip("s") == "example" and told[0] in _OF_DATA:
        return False
    if told[-1] in _REMARKS or (told[-1] in _NOTES and told[-2] in _OF_NOTES):
        return True
    if not EXAMPLE_NOUNS.isdisjoint((told[0], told[-1])) or (told[0] in _LISTING and told[1] in _OF):
        return True
    return told[0] in _WHERE and told[1] in _EACH


def counts(label: str) -> bool:
    """Whether a label only counts what is told, such as "Step 2" or "Example": "Step function" does not."""
    told = label.split()
    if len(told) == 1:
        return told[0] in _COUNTED or _VERSION.match(label) is not None
    return (told[0] in _COUNTED or told[0] in _NUMBERED) and _COUNT.match(told[1]) is not None


def names_a_remark(name: str) -> bool:
    """Whether a term names a remark, a property or a date: not what the text explains."""
    plain = name.split()
    term = name.casefold()
    told = [word.strip(".,:") for word in term.split()]
    if term in _LABELS or "it" in plain or "you" in plain or " ".join(told[:2]) in NOT_TERM_PHRASES:
        return True
    if told[0] in NOT_TERM_OPENINGS and CODE_WORDS.isdisjoint(told[1:2]) and len(told) > 1:
        return True
    if told[0] in LABEL_OPENINGS and told[-1] in LABEL_HEADS:
        return True
    if told[0] in _BRACKETED and all(word[:1] == "(" or word.isdigit() for word in told[1:2]):
        return True
    if told[0] in _SIDES and all(word[:1] == "(" or word.isdigit() for word in told[1:2]):
        return True
    return (told[0] in DATE_WORDS or told[0].isdigit()) and all(word in DATE_WORDS or word.isdigit() for word in told)


@remembered
def makes_a_point(name: str) -> bool:
    """Whether a lead of several words says what to do, what is better, or a whole sentence; a single word does not."""
    plain = name.split()
    if len(plain) < 2 or name.isupper():
        return False
    told = [word.strip(".,:").replace("\u2019", "'").casefold() for word in plain]
    if told[0] in _ADVISING and told[1] not in _NAMING:
        return True
    if told[0] in _PRAISE or " ".join(told[:2]) in _PRAISE_TWO:
        return True
    if told[0] in _SAYING and not (plain[0].isupper() or plain[1][0].isupper() or told[1] == "to"):
        return True  # but "May Fourth Movement", "Will to power"
    if told[1] in _OWN or (told[1] in _ARTICLES and plain[2:] and plain[2].islower() and plain[0][0].isupper()):
        return True
    return not _COMPARING.isdisjoint(told) or any(word in _FINITE for word in plain[1:])


def says_what_to_do(text: str) -> bool:
    """Whether a text, without marks, is a memo, advice or speaks of its author: it explains nothing."""
    first, _, rest = text[:80].replace("\u2019", "'").casefold().partition(" ")
    first = first.strip(",:")
    if first in _NO_OPENINGS or _speaks_of_itself(text[:_SPOKEN]):
        return True
    second = rest.partition(" ")[0].strip(",.:")
    if first == "use" or f"{first} {second}" in _DOING_TWO:
        return first != "use" or second not in _USED
    if first != "to":
        return False
    _, comma, ordered = text[:_SENTENCE].casefold().partition(", ")
    return bool(comma) and ordered.partition(" ")[0] in _ORDERING  # "To install it, run …"


def _speaks_of_itself(text: str) -> bool:
    """Whether its author says "I" or "my" in a text, in English and outside what he quotes."""
    if not ("I" in text or "y " in text) or any(quote in text for quote in '"“«»„'):
        return False
    if len(text.split()) < _SPOKEN_WORDS:
        return False
    plain = text.replace("\u2019", "'")
    for found in _SPEAKER.finditer(plain):
        before = plain[: found.start()].rstrip().rpartition(" ")[2].casefold().strip("(")
        if found[1] and (found[2] in _NO_SPEAKER or before.rstrip("s") in _COUNTED_SO):
            continue
        if found[1] and is_number(plain[: found.start()]):
            continue
        return not _ENGLISH.isdisjoint(plain.casefold().split())
    return False


def lists_names(text: str) -> bool:
    """Whether a text is a bare enumeration, several names with commas between: members or examples, no explanation."""
    if "," not in text[:_NAME] or len(text) > _SENTENCE or any("\u2e80" <= sign < "\uac00" for sign in text):
        return False
    told = words(text).removesuffix(".")
    parts = [part.strip() for part in told.split(",")]
    if len(parts) < _NAMES or any(not part[:1].isalpha() or len(part.split()) > _NAME_WORDS for part in parts):
        return False
    first = told.split()[0]
    return not (first.islower() and (first in _ARTICLES or first.endswith("s")))  # "performs …", "a …"


def is_step(term: str, text: str) -> bool:
    """Whether a numbered item tells what to do: numbered lists are more often steps than terms."""
    return _first_word(term) in STEP_VERBS or _first_word(text) in STEP_VERBS


def _first_word(text: str) -> str:
    return words(text).casefold().partition(" ")[0].strip(".,:;")
