"""Summary, example and points of attention of a note, as callouts or as the labels that pasted text leaves of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from studytool.notes.asking import asks, names_a_question, only_links, question_text
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.heading_body import answer_text, is_query, says_anything
from studytool.notes.dialects.journals import names_a_day
from studytool.notes.dialects.leads import names_a_remark
from studytool.notes.dialects.open_question import announces_questions
from studytool.notes.dialects.plain_qa import holds_pairs
from studytool.notes.dialects.qualities import is_about
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import says_something, words
from studytool.notes.sections import Section
from studytool.notes.words import (
    ANSWER_NOUNS,
    ASKING_CALLOUTS,
    CARD_SECTIONS,
    DATE_WORDS,
    DEFINING_CALLOUTS,
    EXAMPLE_NOUNS,
    LEAVING_CALLOUTS,
    NOT_TERMS,
    SECTION_OF,
    STATING_CALLOUTS,
    TRUE_OR_FALSE,
    word_set,
)
from studytool.notes.written import written

_FOLDING = frozenset({"check", "done", "success", "answer", "solution", "note", "info", "quote"})
"""Types of callouts in which the answer to a question is folded away."""
_NAME_LETTERS = 2
"""Letters of a title that names something."""
_ASKING_WORDS = word_set(
    """
    what what's what’s which why how when where who whose was wer wie wo wann warum wozu wodurch weshalb welche welcher
    welches welchen welchem qué cuál cuáles cómo cuándo dónde quién por que quel quelle quels quelles pourquoi comment
    quand où combien cosa cos'è cos’è quale quali come quando dove perché chi o como onde qual quais что какой какая
    какие какое почему зачем как когда где кто чем що який яка які чому навіщо як коли де хто чим dlaczego co czym jak
    który jaki jaka jakie kiedy gdzie waarom wat welke hoe wanneer waar wie
    """
)
"""First words of a question that a mark at its end ends."""
_ADDRESSING = word_set(
    """
    i i'm i’m my me you your you're this these here about ich mir mein meine du dein ihr hier yo mi tu
    usted aquí je mon ma vous votre ici io tuo qui eu meu você aqui я мой вы ты ваш здесь
    """
)
"""Words of a title that speaks with its reader, or points at what stands around it."""
_POINTING = frozenset({"it", "it's", "it’s", "they", "them"})
"""Words of a title that stand for what is told around it, where the others of it name nothing."""
_EMPTY = word_set(
    """
    is are was were be been does do did can could should would will may must has have had so the a an to for of in and
    not work works important matter matters mean means happen happens help helps need needed use used all
    """
)
"""Words of a title that name nothing to ask about."""
_WHY = word_set("why warum wozu weshalb perché pourquoi почему зачем чому dlaczego waarom")
"""Words that ask in full with one more: "Why layers?"; "How much?" does not."""
_LOOSE_ENDS = word_set("now next not else then so bother cares knows nun nicht noch pas no ahora nu")
"""What makes no question of a word that asks: "What now?", "Why not?"."""
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ASKING_SIGNS = re.compile(
    "什么|什麼|为何|為何|为什|為什|怎么|怎麼|如何|哪|谁|誰|何|なぜ|どう|どの|どれ|いつ|무엇|뭐|왜|어떻게|어떤|언제|누가"
)
_FEW_SIGNS = 4
"""Signs of Chinese, Japanese or Korean that are rather one word than a question."""
_ITEM = " \t-*+>0123456789.)"
"""What stands before the text of an item."""
_ENOUGH_LABELS = 2
"""Labels of different kinds that show a page to be a pasted note; one alone may be any line."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from _titled(page)
    found: list[tuple[Section, str, str]] = []
    form = _has_form(page)
    for section in () if page.sections and _is_of_a_day(page) else page.sections:
        if section.kind not in CARD_SECTIONS or not (section.way == "callout" or _pasted(page, section)):
            continue
        if section.way == "callout" and holds_pairs(section.text.split("\n")):
            continue
        back = written(section.text)
        if _is_placeholder(back) or _is_a_date(back) or _leads_on(section.text) or _shows_others(section.body):
            continue
        if not says_something(back):
            hint = "Write something under it, or take it out."
            yield Remark(section.line, "warning", "empty-section", f"“{section.label}” is empty.", hint)
            continue
        title = _own_title(section)
        telling = title or form or section.kind == "summary" or is_about(page.topic, back)
        if telling and not only_pictures(back):
            found.append((section, title, back))
    yield from _drafts(page, found)


def _titled(page: Page) -> list[Claim]:
    """The cards of callouts whose titles are their fronts, the innermost first."""
    found: list[Claim] = []
    for block in reversed(page.of_kind("callout")):  # those in it come before it
        inner = bool(found) and found[-1].ranges[0][0] <= block.end_line
        if (front := _front(block, inner=inner)) and not holds_pairs(block.lines[1:]):
            back = answer_text(_answer(block)) if asks(front) else _answer(block)
            if _answers(back) and not _shows_others(block.children) and not _asks_on(block):
                draft = Draft("basic", front, back, block.line, block.end_line, page.column(block))
                found.append(Claim(((block.line, block.end_line),), (draft,)))
    return found[::-1]


def _front(block: Block, *, inner: bool) -> str:
    """What a callout asks: its title, where that is a question, or its type says that it asks, defines or states.

    Where a callout within it has a card, an `inner` one, a title that only asks leaves it that.
    """
    label = (block.label or "").casefold()
    title = written(block.title.lstrip("#").lstrip())
    if label in ASKING_CALLOUTS:
        return title if _heads_an_answer(block) else ""
    if label not in DEFINING_CALLOUTS | STATING_CALLOUTS:
        posed = label not in LEAVING_CALLOUTS and _poses(block.title)
        return question_text(title) if posed and not inner else ""
    told = words(title).casefold().strip(" :.")
    if sum(map(str.isalpha, told)) < _NAME_LETTERS or told.split()[0] in DEFINING_CALLOUTS | STATING_CALLOUTS:
        return ""  # a number, or the type again
    return title if label in DEFINING_CALLOUTS else f"{block.label}: {title}"


def _answer(block: Block) -> str:
    """What stands in a callout; the body of the one in it, where that is all and its title says no more."""
    inner = [child for child in block.children if child.kind != "comment"]
    if len(inner) == 1 and inner[0].kind == "callout" and (inner[0].label or "").casefold() in _FOLDING:
        told = words(inner[0].title).casefold().strip(" :.")
        if not told or not ANSWER_NOUNS.isdisjoint(told.split()[:1]):
            return written("\n".join(inner[0].lines[1:]))
    return written("\n".join(block.lines[1:]))


def _is_of_a_day(page: Page) -> bool:
    """Whether a note is that of a day, which is no topic to have a summary."""
    return names_a_day(page.topic) or names_a_day(stem_of(page.path))


def _answers(back: str) -> bool:
    """Whether a text tells something in words of its own."""
    return says_something(back) and not only_pictures(back) and not _is_placeholder(back)


def _shows_others(body: Sequence[Block]) -> bool:
    """Whether a body is nothing but queries, which show what stands in other notes."""
    return any(map(is_query, body)) and not any(map(says_anything, body))


def _asks_on(block: Block) -> bool:
    """Whether a callout that is of no type that asks ends in a question, in place of the answer to its title."""
    if (block.label or "").casefold() in ASKING_CALLOUTS | DEFINING_CALLOUTS | STATING_CALLOUTS:
        return False
    return asks(next((line for line in reversed(block.lines[1:]) if line.strip()), ""))


def _drafts(page: Page, found: Sequence[tuple[Section, str, str]]) -> Iterator[Claim]:
    """The cards of sections: those of one name take the heading they stand under, those still alike are none."""
    if not found:
        return
    often = Counter((section.label, title) for section, title, _ in found)
    fronts = []
    for section, title, _ in found:
        above = page.context(section.line)
        under = (
            f" › {above[-1].rstrip(' :')}"
            if often[section.label, title] > 1 and above and above[-1] != page.topic
            else ""
        )
        fronts.append(": ".join(filter(None, (f"{page.topic}{under}", section.label, title))))
    alike = Counter(fronts)
    for front, (section, _, back) in zip(fronts, found, strict=True):
        if alike[front] == 1:
            draft = Draft("basic", front, back, section.line, section.end_line)
            yield Claim(((section.line, section.end_line),), (draft,))


def _own_title(section: Section) -> str:
    """What the title of a callout says beside its type: nothing where it only says "Example 2" or "Remark"."""
    title = written(section.title).strip(" :*_")
    head, colon, rest = title.partition(":")
    if colon and SECTION_OF.get(words(head).casefold().strip()) == section.kind:
        title = rest.strip(" :*_")
    told = words(title).casefold().strip(" :.")
    bare = told.rstrip("0123456789 .#()")
    if bare in ("", section.label.casefold()) or SECTION_OF.get(bare) == section.kind or names_a_remark(words(title)):
        return ""
    return "" if len(bare.split()) < 3 and not EXAMPLE_NOUNS.isdisjoint(bare.split()) else title


def _has_form(page: Page) -> bool:
    """Whether a note is filled in like a form: it has sections of several kinds, a summary or questions among them."""
    kinds = {section.kind for section in page.sections if section.kind != "aside" and not _own_title(section)}
    return len(kinds) >= _ENOUGH_LABELS and not kinds.isdisjoint(("summary", "questions", "related"))


def _is_placeholder(back: str) -> bool:
    """Whether a text only keeps a place: `{{…}}` of a template, dummy text, links."""
    lines = [line.strip(" \t-*+>") for line in back.split("\n") if line.strip()]
    if lines and all(line.startswith("{{") and line.endswith("}}") for line in lines):
        return True
    return says_something(back) and (words(back).casefold().startswith("lorem ipsum") or only_links(back))


def _leads_on(source: str) -> bool:
    """Whether a section is a list of links: the contents of a note, or what is related to it."""
    if "[[" not in source and "](" not in source:
        return False
    return only_links("\n".join(line.lstrip(_ITEM) for line in source.split("\n")), wiki=True)


def _is_a_date(back: str) -> bool:
    """Whether a text is numbers and the words of a date."""
    told = words(back).casefold()
    return (
        says_something(back)
        and "$" not in back
        and "`" not in back
        and all(not any(map(str.isalpha, word)) or word.strip(".,:;()") in DATE_WORDS for word in told.split())
    )


def _heads_an_answer(block: Block) -> bool:
    """Whether the title of a callout that asks stands for a question: it asks, or names what is asked about."""
    told = words(block.title).casefold().strip(" :.")
    if told.rstrip("?").rstrip() in TRUE_OR_FALSE:
        return False  # what is true or false stands in the body
    if asks(block.title):
        return True
    plain = (block.label or "").casefold() != "help" and any(map(str.isalpha, told))
    return plain and told.split()[0] not in NOT_TERMS and not announces_questions(told)


def _poses(title: str) -> bool:
    """Whether a title, in a callout of any type, is a question in full: "What is a rope?", not "Need help?"."""
    if not asks(title):
        return False
    told = words(question_text(title)).casefold().rstrip(" ?？؟").split()
    if told and told[0].replace(".", "").isdigit():
        told = told[1:]  # the number of a part, "1.2"
    if not _ADDRESSING.isdisjoint(told) or _only_points(title, told):
        return False
    if _UNSPACED.search(title):
        return _ASKING_SIGNS.search(title) is not None and len("".join(told)) > _FEW_SIGNS
    if len(told) < 2 or (len(told) == 2 and (told[0] not in _WHY or told[1] in _LOOSE_ENDS)):
        return False
    return told[0].lstrip("¿") in _ASKING_WORDS or names_a_question(" ".join(told))


def _only_points(title: str, told: Sequence[str]) -> bool:
    """Whether a question is about what stands around it and names nothing: "What is it?", not "What is IT?"."""
    if _POINTING.isdisjoint(told) or "IT" in title.replace("?", " ").split():
        return False
    return all(word in _POINTING or word in _EMPTY or word in _ASKING_WORDS for word in told)


def only_pictures(text: str) -> bool:
    """Whether a text is made of pictures alone."""
    rest = text.split("![")
    return len(rest) > 1 and not rest[0].strip() and not any(map(_after_picture, rest[1:]))


def _after_picture(piece: str) -> str:
    """What stands after a picture whose opening `![` has been cut off."""
    close = piece.find("]]") + 2 if piece.startswith("[") else piece.find(")") + 1
    return piece[close:].strip()


def _pasted(page: Page, section: Section) -> bool:
    """Whether a label is the ghost of a callout: it stands bare, and others on the page do or ask as well."""
    return section.way == "label" and len(page.labelled) >= _ENOUGH_LABELS + (not section.bare)


DIALECT = Dialect(
    name="callout",
    level="derived",
    recognises=(
        "A callout `> [!summary]`, `> [!example]`, `> [!attention]` and the like: a card on the note's topic. "
        "`> [!question] What …`, `> [!definition] Name`, `> [!theorem] Name`: their title is the front, and "
        "that of any other callout which asks in full, `> [!tip] Why does …?`."
    ),
    find=_find,
    example="# Dropout\n\n>[!Summary]\n> Units are switched off at random.\n",
    cards=(("Dropout: Summary", "Units are switched off at random."),),
)
