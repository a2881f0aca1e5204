"""Normal forms of a typed answer: two texts with the same form say the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from studytool.quiz.prose import plain
from studytool.quiz.words import fold

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉]+")
_GREEK = (
    *(
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
    ),
    *("omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
)
_GREEK_LETTERS = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK, strict=True))
_SIGNS = {
    **dict.fromkeys(("\\cdot", "\\times", "×", "⋅", "·", "∗"), "*"),
    **dict.fromkeys(("\\leq", "\\le", "≤"), "<="),
    **dict.fromkeys(("\\geq", "\\ge", "≥"), ">="),
    **dict.fromkeys(("\\neq", "\\ne", "≠"), "!="),
    **dict.fromkeys(("\\leftarrow", "\\gets", "←", ":="), "<-"),
    **dict.fromkeys(("\\rightarrow", "\\to", "→"), "->"),
    **dict.fromkeys(("\\approx", "≈"), "~"),
    **dict.fromkeys(("\\infty", "∞"), "infinity"),
    **dict.fromkeys(("\\partial", "∂"), "d"),
    **dict.fromkeys(("\\nabla", "∇"), "grad"),
    **dict.fromkeys(("\\pm", "±"), "+-"),
    **dict.fromkeys(("\\sqrt", "√"), "sqrt"),
    **dict.fromkeys(("\\sum", "∑"), "sum"),
    **dict.fromkeys(("\\top", "\\intercal", "⊤", "ᵀ"), "T"),
    **dict.fromkeys(("−", "–"), "-"),
    "\\div": "/",
    "÷": "/",
}
_SPACING = re.compile(r"\\(?:(?:left|right|big|Big|displaystyle|quad|qquad)(?![a-zA-Z])|[,;:! ])|~(?=\\)")
_NAMED = re.compile(r"\\(?:operatorname|mathrm|mathbf|text|mathit|mathcal|mathbb|boldsymbol|vec|hat|bar)\s*")
_FRACTION = re.compile(r"\\[dt]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>\d[\d,. _]*|\.\d+)(?:\s*(?:e|\*\s*10\s*\^)\s*\(?(?P<power>[+-]?\d{1,4})\)?)?"
    r"(?P<unit>.*)",
    re.DOTALL,
)
_POWER_OF_TEN = re.compile(r"(?P<sign>[+-]?)10\s*\^\s*\(?(?P<power>[+-]?\d{1,4})\)?(?P<unit>.*)", re.DOTALL)
_ENDS_IN_S = {"bias", "alias", "atlas", "canvas", "gas", "lens"}
_ARTICLES = {"a", "an", "the", "to", "it", "is", "its"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was typed: its value, half a unit of its last decimal (0 when none was written), and its unit."""

    value: Decimal
    slack: Decimal
    unit: str


def formula(text: str) -> str:
    """Text as one line of plain mathematics without blanks: `x²`, `x**2`, `$x^{2}$` and `x^2` are `x^2`."""
    text = plain(text.replace("**", "^")).replace("`", "").replace("$", "")
    text = _RAISED.sub(lambda match: "^" + match.group().translate(_SUPERSCRIPT), text)
    text = _LOWERED.sub(lambda match: "_" + match.group().translate(_SUBSCRIPT), text)
    text = _NAMED.sub("", _SPACING.sub("", text))
    for _ in range(3):
        text = _FRACTION.sub(lambda m: f"({_bare(m[1])})/({_bare(m[2])})", text)
    for sign in sorted(_SIGNS, key=len, reverse=True):
        text = text.replace(sign, _SIGNS[sign])
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(_GREEK_LETTERS.get(letter, letter) for letter in text).replace("\\", "")
    text = text.replace("{", "(").replace("}", ")")
    text = re.sub(r"\((\w+)\)", r"\1", text)  # brackets around one name or number
    return re.sub(r"\s+", "", text)


def _bare(group: str) -> str:
    return group[1:-1] if group.startswith("{") else group


def is_formula(text: str) -> bool:
    """Whether a text is to be read as mathematics or code rather than as words."""
    return bool(re.search(r"[\\^=+*/<>$²³√∑∂]|\d\s*[-−]\s*\d|\w\(", text))


def wording(text: str) -> list[str]:
    """The words of a text without case, articles, accents, punctuation and plural, one spelling each."""
    text = plain(text).replace("$", "").replace("`", "")
    text = re.sub(r"(?<=\w)['’]s?\b", "", text)
    found = re.findall(r"(?:(?<!\w)[+\-−])?\d+(?:[.,]\d+)*|[^\W_]+(?:[+#]+(?!\w))?", text)
    bare = [spelling(word) for word in found]
    bare = [word.replace("−", "-") for word in bare]
    return [word for word in bare if word not in _ARTICLES] or bare


def spelling(word: str) -> str:
    """One spelling for a word: no case, singular, American -ize and -or."""
    word = fold(word)
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("yse", "yze")):
        word = word.replace(british, american)
    if len(word) > 5 and word.endswith("ise"):
        word = f"{word[:-3]}ize"
    word = re.sub(r"(?<=\w{3})our(?=s?$|al|ed|ing)", "or", word)
    return singular(f"{word[:-2]}er" if len(word) > 4 and word.endswith("tre") else word)


def singular(word: str) -> str:
    """One form for an English noun and its plain plural; a silent e after a hiss goes (`case`, `cases`: `cas`)."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _ENDS_IN_S:
        word = word[:-1]
    if len(word) > 3 and word.endswith(("se", "xe", "che", "she", "ze")):
        word = word[:-1]
    return word


def sequence(text: str, *, loose: bool = False) -> tuple[Decimal, ...]:
    """The numbers of `(32, 64, 7, 7)`, `[1, 2]`, `3x3` or `3 by 3` in order; empty when the text is something else.

    `loose` also takes numbers with only commas or blanks between them, as one types them.
    """
    text = plain(text).replace("$", "").replace("`", "").replace("−", "-").replace("\\times", "x").strip()
    inner = text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text
    parts = re.split(r"\s*[,;]\s*|\s*[x×]\s*|\s+by\s+|\s+", inner.strip().rstrip(","))
    if len(parts) < 2 or not all(re.fullmatch(r"[+-]?\d+(?:\.\d+)?", part) for part in parts):
        return ()
    sure = inner is not text or re.search(r", |;|x|×|by", inner)
    return tuple(Decimal(part) for part in parts) if sure or loose else ()


def number(text: str) -> Number | None:
    """A text that begins with a number, read by value: `1e-3`, `0.001`, `10^{-3}`, `1,000`, `50 %`; None for others."""
    text = plain(text.replace("**", "^")).replace("$", "").replace("`", "").strip()
    text = _RAISED.sub(lambda match: "^" + match.group().translate(_SUPERSCRIPT), text)
    for sign in ("\\cdot", "\\times", "×", "⋅", "·"):
        text = text.replace(sign, "*")
    text = text.replace("−", "-").replace("{", "(").replace("}", ")").replace("\\", "")
    text = unicodedata.normalize("NFKC", text).casefold()
    if match := _POWER_OF_TEN.match(text):
        value = Decimal(10) ** int(match["power"])
        return Number(-value if match["sign"] == "-" else value, Decimal(0), _unit(match["unit"]))
    match = _NUMBER.match(text)
    if not match:
        return None
    digits = _digits(match["digits"].rstrip(" ,."))
    try:
        mantissa = Decimal(digits)
    except InvalidOperation:
        return None
    scale = Decimal(10) ** int(match["power"] or 0)
    decimals = len(digits.partition(".")[2])
    slack = Decimal(5).scaleb(-decimals - 1) * scale if decimals else Decimal(0)
    value = mantissa * scale
    return Number(-value if match["sign"] == "-" else value, slack, _unit(match["unit"]))


def _digits(text: str) -> str:
    """`1,000` and `1 000` are a thousand, `0,5` is a half."""
    if re.fullmatch(r"[1-9]\d{0,2}(?:[, _]\d{3})+(?:\.\d+)?", text):
        return re.sub("[, _]", "", text)
    if re.fullmatch(r"\d+,\d+", text):
        return text.replace(",", ".")
    return text


def _unit(text: str) -> str:
    return " ".join(text.split()).strip(" .,;")
