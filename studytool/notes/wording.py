"""A text as it is compared with another: its tokens, folded, in order, and what kind of word each is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from studytool.notes.hangul import mood, negates, plainly_asked
from studytool.notes.lexicon import EMPTY, NEGATIONS, WEAK, is_glyph, is_hard, stem_of
from studytool.notes.quantities import NUMERALS, UNITS
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_PICTURE = 4
"""A picture is known by as much as so many words: no other is the same. An address may answer many questions."""
_LONGEST = 400  # tokens of a text that are compared; equality is told over all of it
_WORD = (
    r"\[…\]|\\[A-Za-z]+|(?<!\w)[-−]?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|(?<=[A-Za-z])['#]"
    "|[<>≤≥≠+→←⇒∈∉∀∃∧∨¬∪∩^]|!="
)
_TOKEN = re.compile(f"{_WORD}|!")
_FORMAL_TOKEN = re.compile(rf"{_WORD}|[-−*/%=&~!⋅×·]|(?<=\w)_(?![\w{{\\])")
_FORMAL = re.compile(r"(`[^`]*`|\$\$?[^$]*\$\$?)")
_QUOTE_MARK = re.compile(r"(?m)^[ \t]{0,8}(?:>[ \t]{1,4}){1,8}(?=\S)")
"""What makes a line a part of a quotation: no sign of a formula."""
_QUOTED = re.compile(r"(?<![^\W_])'([^'\n]{1,200})'(?![^\W_])")
"""What stands in single quotes, whose second one is no prime."""
_RAISED = str.maketrans({sign: f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
_READ = 20_000  # characters of a text that are looked at; what comes after has to be equal as it is
_TARGET = re.compile(
    r"!\[[^\[\]\n]{0,200}\]\((?P<picture><[^<>\n]{1,400}>|[^()\n]{1,400}?)(?:\s[\"'][^()\n]{0,100})?\)"
    r"|!\[\[(?P<embed>[^\[\]\n|]{1,200})(?:\|[^\[\]\n]{0,100})?\]\]"
    r"|(?<=\]\()(?P<link>[^()\s]{1,400})"
    r"|(?P<address>https?://[^\s()<>\[\]]{1,400})"
    r"|\(\((?P<block>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\)"
)
"""Pictures, where links lead, addresses, and blocks of Logseq by their names."""
_SHORT = re.compile(r"(?<![\w/\\])(?:[bB]/w|w/o)(?![\w/])|(?<![^\W_])[vV](?=\d)|(?<=`)s(?!\w)")
_IN_FULL = {"b/w": "between", "w/o": "without"}
"""What stands for a word; the "v" of a version says nothing, nor does the "s" behind a piece of code."""
_SILENT = word_set(
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol bm text textbf textit emph operatorname vec "
    "left right big Big bigl bigr displaystyle textstyle limits nolimits quad qquad lVert rVert lvert rvert "
    "Vert vert mid bigm "
    "begin end aligned align label"
)
"""Commands of LaTeX that change how a formula looks and not what it says."""
_ACCENTS = word_set("bar hat tilde dot ddot overline widehat widetilde")
_COMMANDS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "over"), "/"),
    **dict.fromkeys(("cdot", "times", "ast", "×", "⋅", "·"), "*"),
    **dict.fromkeys(("le", "leq"), "≤"),
    **dict.fromkeys(("ge", "geq"), "≥"),
    **dict.fromkeys(("ne", "neq"), "≠"),
    **dict.fromkeys(("to", "rightarrow"), "→"),
    **dict.fromkeys(("Rightarrow", "implies"), "⇒"),
    **dict.fromkeys(("neg", "lnot"), "¬"),
    **dict.fromkeys(("land", "wedge"), "∧"),
    **dict.fromkeys(("lor", "vee"), "∨"),
    **dict.fromkeys(("intercal", "top"), "T"),
    **dict(zip(("lt", "gt", "leftarrow", "in", "notin", "forall", "exists", "cup", "cap"), "<>←∈∉∀∃∪∩", strict=True)),
    **{f"var{letter}": letter for letter in ("epsilon", "phi", "theta", "rho", "sigma", "kappa", "pi")},
}
_ASKING = {
    **dict.fromkeys(word_set("why warum pourquoi perché hvorfor proč dlaczego почему зачем чому"), "why"),
    **dict.fromkeys(word_set("how wie comment cómo hvordan jak как"), "how"),
    **dict.fromkeys(word_set("when wann quand cuándo hvornår kdy kiedy когда коли"), "when"),
    **dict.fromkeys(word_set("where wo où dónde hvor kde gdzie где"), "where"),
    **dict.fromkeys(word_set("who whom whose wer qui quién hvem kdo kto кто хто"), "who"),
}
_WHETHER = word_set("is are was were do does did can could has have had will would should may must am")
_ELSEWHERE = word_set("it its itself they them their theirs he him his she her hers this these")
PLAIN = word_set("main basic different various major possible common general important key typical")
"""Words before a term that make no other of it."""
_BEFORE_AN_ARTICLE = (EMPTY | WEAK) - {"a", "i"}
_WHETHER_OR_NOT = frozenset((sign, "否") for sign in "能是可會会")
_YES_OR_NO = word_set(
    "yes no true false correct incorrect ja nein wahr falsch richtig oui non vrai faux sí si verdadero falso sim não "
    "verdadeiro vero да нет верно неверно 是 否 对 错 예 네 아니요 참 거짓"
)
_DOES = word_set("do does did")
_COMMANDING = word_set("define explain describe name list state give tell discuss outline nenne erkläre definiere")
"""Verbs that ask, where they begin a text."""


@dataclass(frozen=True, eq=False)
class Words:
    """A text as it is compared: its tokens, folded, in order. `lead` is the number of a numbered heading."""

    text: str

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Every token: markup, the look of formulas and the case of words are gone; single letters keep theirs."""
        text = unicodedata.normalize("NFKC", _uncommented(self.text[:_READ]).translate(_RAISED)).replace("...", "…")
        text = plainly_asked(_QUOTE_MARK.sub("", text) if "> " in text else text)
        text = _SHORT.sub(lambda found: _IN_FULL.get(found[0].casefold(), ""), text)
        if "](" not in text and "[[" not in text and "://" not in text and "((" not in text:
            return tuple(_dying(list(_all_tokens(text))))
        found: list[str] = []
        end = 0
        for target in _TARGET.finditer(text):
            found += _all_tokens(text[end : target.start()])
            found.append(_pointer(target))
            end = target.end()
        return tuple(_dying([*found, *_all_tokens(text[end:])]))

    @cached_property
    def formulas(self) -> Counter[tuple[str, ...]]:
        """The tokens of each formula, or piece of code, counted."""
        text = unicodedata.normalize("NFKC", self.text[:_READ].translate(_RAISED))
        found = (tuple(_tokens(part, formal=True)) for part in _FORMAL.split(text)[1::2])
        return Counter(tokens for tokens in found if tokens)

    @cached_property
    def lead(self) -> str:
        """The number in front of a question, as in "3. What is …"."""
        found = _LEAD.match(self.text)
        return (found[1] or found[2]) if found else ""

    @cached_property
    def form(self) -> tuple[str, ...]:
        """The tokens without those that say nothing, and without the number in front."""
        tokens = self.all
        if found := _LEAD.match(self.text):
            tokens = tokens[sum(1 for _ in _all_tokens(found[0])) :]
        return tuple(token for token in tokens if token not in EMPTY) or tokens or tuple(self.text.split())

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The part of `form` that is compared token by token."""
        return self.form[:_LONGEST]

    @cached_property
    def counted(self) -> Counter[str]:
        """The tokens that are compared, counted."""
        return Counter(self.compared)

    @cached_property
    def content(self) -> frozenset[str]:
        """The tokens that bear what is said."""
        first = self.compared[:1]
        bearing = (t for t in self.compared if t not in WEAK and t[:2] != "@@")
        return frozenset(t for t in bearing if t not in _COMMANDING or first != (t,))

    @property
    def agrees(self) -> bool:
        """Whether it says yes or no, or true or false, and nothing else."""
        return self.content <= _YES_OR_NO

    @cached_property
    def pictures(self) -> frozenset[str]:
        """The pictures in it."""
        return frozenset(token for token in self.content if token[0] == "@" and "://" not in token)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that bear what is said: a quick look at two texts compares only these."""
        return frozenset(stem_of(token) for token in self.content)

    @cached_property
    def hard(self) -> Counter[str]:
        """The tokens of which none may differ in what is asked: numbers, letters of formulas, signs."""
        return Counter(token for token in self.compared if is_hard(token))

    @cached_property
    def units(self) -> Counter[str]:
        """The units behind its numbers, counted, whatever their spelling."""
        before = zip(("", *self.compared), self.compared, strict=False)
        return Counter(UNITS[token] for last, token in before if token in UNITS and last[:1].isdigit())

    @cached_property
    def asking(self) -> frozenset[str]:
        """The kinds of question in it: why, how, when, where, who, or one for yes and no; what and which are none."""
        found = frozenset(_ASKING[token] for token in self.compared if token in _ASKING)
        return found | {"whether"} if self.all[:1] and self.all[0] in _WHETHER else found

    @cached_property
    def leans(self) -> bool:
        """Whether it speaks of something that is named elsewhere: "it", "they", "this"."""
        return not _ELSEWHERE.isdisjoint(self.all)

    @cached_property
    def brief(self) -> bool:
        """Whether it has so few words that it may stand in many places."""
        return _size(self.content) <= 2 and _size(self.form) <= 3

    @property
    def general(self) -> bool:
        """Whether it may be asked of many things."""
        named = [token for token in self.form if token not in PLAIN and token != "most"]
        return self.leans or (_size(self.content.intersection(named)) <= 2 and _size(named) <= 3)

    @cached_property
    def mood(self) -> str:
        """Whether a Korean text asks or tells; empty for others."""
        return mood(self.text[:_READ].strip())

    @cached_property
    def names(self) -> frozenset[str]:
        """The words written as names are, within a sentence; none where every word is, as in a title."""
        text = self.text[:_READ]
        found = [match for match in _NAME.finditer(text) if len(match[0]) > 1 and match[0][0].isupper()]
        plain = any(word[0].islower() and word not in EMPTY and word not in WEAK for word in text.split())
        if not plain:
            return frozenset()
        inside = (name[0] for name in found if name[0][1].isupper() or not _begins(text, name.start()))
        return frozenset(token for name in inside for token in _words(name) if not is_glyph(token[0]))

    @cached_property
    def capitals(self) -> dict[str, str]:
        """The words with a capital beyond their first letter, as they are written."""
        written = (found[0] for found in _NAME.finditer(self.text[:_READ]))
        return {word.casefold(): word for word in written if not word[1:].islower() and len(word) > 1}

    @cached_property
    def negations(self) -> Counter[str]:
        """The negations, counted, whatever their word."""
        before = zip(("", *self.compared), self.compared, strict=False)
        return Counter("not" for last, token in before if token in NEGATIONS and (last, token) not in _WHETHER_OR_NOT)

    def same(self, other: Words) -> bool:
        """Whether both say the same, token by token; "eigen value" is "eigenvalue"."""
        if self.text[_READ:] != other.text[_READ:]:
            return False
        if self.form == other.form:
            return True
        joined = not (self.hard or other.hard) and "".join(self.form) == "".join(other.form)
        return joined and self.negations == other.negations  # "not able" and "notable"

    def after_a_word(self, tokens: frozenset[str]) -> bool:
        """Whether each stands behind a word that bears content, as verbs do; nouns stand behind "the", "of" or "is"."""
        before = zip(("the", *self.all), self.all, strict=False)
        return not any(token in tokens and (last in EMPTY or last in WEAK) for last, token in before)

    def weight(self, token: str) -> float:
        """What a token counts for."""
        return 1.0 if token in self.content else 0.25


def _size(tokens: Collection[str]) -> int:
    """How many words some tokens are: in a script without spaces two signs are one."""
    glyphs = sum(map(is_glyph, tokens))
    return len(tokens) - glyphs // 2


def bears(one: Words, other: Words) -> int:
    """How much the poorer of two texts has to be known by: words, pictures, or a third of the signs of a formula."""
    return min(_identifying(one), _identifying(other))


def _identifying(side: Words) -> int:
    if side.agrees:
        return min(len(side.content), 1)  # "Yes", of "yes" and "no", is the answer to many questions
    words, length = len(side.content.difference(side.hard)), len(side.compared)
    words += (_PICTURE - 1) * sum(token in side.pictures or token.startswith("@block:") for token in side.content)
    return max(words, length // 3, 3 if words == 2 and length > 2 else 0)


_GLYPH = re.compile("([\u3040-\u9fff\uac00-\ud7a3\U00020000-\U0010ffff])")
_NAME = re.compile(r"(?<![^\W_])(?!\d)[^\W\d_]+")
_LEAD = re.compile(
    r"[\s#*_]{0,12}(?:(?:q|question|frage|pregunta|pergunta|domanda|pytanie|otázka|вопрос|питання|问题|問題|题|題|질문|문제)"
    r"\s?)?(\d{1,3})\s?(?:[.):](?=\s|\*|[\u3040-\u9fff])|[：、．）]\s?(?=[^\s\d]))|\s{0,3}第\s?(\d{1,3})\s?[期题題问問节節课課条條]\s?[：:]",
    re.IGNORECASE,
)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins at a place."""
    before = text[max(at - 3, 0) : at].strip()
    return not before or (before[-1] in '.?!:;"(*_>#-' and text[at - 1] != "-")  # "Guinea-Bissau" is one name


def _uncommented(text: str) -> str:
    """The text without HTML comments."""
    if "<!--" not in text:
        return text
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        at = len(text) if end < 0 else end + 3
    return " ".join([*parts, text[at:]])


def _pointer(found: re.Match[str]) -> str:
    """One token for a picture, by the name of its file, an address or a block; `@@` where a link has its own words."""
    if link := found["link"]:
        return f"@@{link.casefold()}"
    if address := found["address"]:
        return f"@{address.rstrip('.,;:!?').casefold()}"
    if block := found["block"]:
        return f"@block://{block}"
    name = (found["picture"] or found["embed"]).strip("<> ").rpartition("/")[2]
    return f"@{name.replace('%20', ' ').casefold()}"


def _dying(tokens: list[str]) -> list[str]:
    """The tokens with the verb of "Where did Kant die?", which is no article of German."""
    if "die" not in tokens:
        return tokens
    before = zip(["", *tokens], tokens, strict=False)
    asked = not _DOES.isdisjoint(tokens)
    return ["dies" if token == "die" and (asked or last == "to") else token for last, token in before]


def _all_tokens(text: str) -> Iterator[str]:
    for at, part in enumerate(_FORMAL.split(text)):
        formal = at % 2 == 1
        yield from _tokens(part if formal or "'" not in part else _QUOTED.sub(r"\1", part), formal)


def _tokens(text: str, formal: bool) -> Iterator[str]:
    """The tokens of prose, or of what stands between backticks or dollars, where every sign counts."""
    last = ""
    for found in (_FORMAL_TOKEN if formal else _TOKEN).finditer(text):
        previous, token = last, found[0]
        last = token
        if token[0] == "\\":
            name = token[1:]
            if previous == "\\nabla" and name in ("cdot", "times"):
                yield f"${name}"  # the divergence and the curl
            elif name == "exp":
                yield from ("e", "^")
            elif name in _ACCENTS:
                yield f"${name}"  # another letter
            elif name not in _SILENT:
                yield _COMMANDS.get(name, name.casefold() if len(name) > 1 else name)
        elif token in ("a", "A", "I", "i", "o") and (formal or text[found.start() - 1 : found.start()] == "<"):
            yield f"${token}"
        elif formal and text[0] == "$" and token.isupper() and len(token) in (2, 3):
            yield from token  # the letters of an index: R_{BE} is not R_{EB}
        elif token == "A":
            before = text[max(found.start() - 2, 0) : found.start()].strip()
            begins = not before or before[-1] in '.?!:;"()]*_>'  # an article begins a sentence
            titled = (
                previous[:1].isupper() and previous.casefold() in _BEFORE_AN_ARTICLE and text[found.end() :][:1] == " "
            )
            yield "a" if begins or titled else token
        elif token[0].isalpha():
            yield from _words(token)
        elif token == "!=":
            yield "≠"
        else:
            yield _COMMANDS.get(token, token.replace(",", ".").replace("−", "-"))


def _words(token: str) -> Iterator[str]:
    if len(token) == 1:
        if token == "I":
            yield token.casefold()
        elif "Ͱ" <= token <= "Ͽ":  # Greek: α is \\alpha
            yield unicodedata.name(token, token).rpartition(" ")[2].casefold()
        else:
            yield "not" if negates(token) else token
        return
    if not token.isascii() and any(is_glyph(letter) for letter in token):
        if negates(token):
            yield "not"
        for part in _GLYPH.split(token):  # no spaces between words: each sign for itself
            yield from _words(part) if part and not is_glyph(part) else part
        return
    folded = token.casefold().replace("’", "'").replace("ё", "е")
    if "'" in folded:
        if folded.endswith("n't"):
            yield "not"
            return
        yield from (part for part in folded.split("'") if part not in ("s", "re", "ll", "d", "ve", ""))
    elif folded == "cannot":
        yield from ("can", "not")
    else:
        yield NUMERALS.get(folded, folded)
