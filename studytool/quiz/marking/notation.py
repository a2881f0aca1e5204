"""LaTeX and what is typed for it, as one line of plain mathematics: `x²`, `x**2` and `$x^{2}$` are `x^2`."""

from __future__ import annotations

import re
import unicodedata

_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+")
_SUBSCRIPT = str.maketrans("₀₁₂₃₄₅₆₇₈₉ᵢⱼₜ", "0123456789ijt")
_LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉ᵢⱼₜ]+")
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi "
    "psi omega"
)
GREEK = tuple(_GREEK.split())
"""The names of the Greek letters."""
_GREEK_NAMES = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", GREEK, strict=True))
_GREEK_NAMES |= {letter.upper(): name.capitalize() for letter, name in _GREEK_NAMES.items()}
_SIGNS = {
    **dict.fromkeys(("\\cdot", "\\times", "×", "⋅", "·", "∗"), "*"),
    **dict.fromkeys(("\\leq", "\\le", "≤", "=<"), "<="),
    **dict.fromkeys(("\\geq", "\\ge", "≥"), ">="),
    **dict.fromkeys(("\\neq", "\\ne", "≠"), "!="),
    **dict.fromkeys(("\\leftarrow", "\\gets", "←", ":="), "<-"),
    **dict.fromkeys(("\\rightarrow", "\\to", "→"), "->"),
    **dict.fromkeys(("\\approx", "≈"), "~"),
    **dict.fromkeys(("\\infty", "∞"), "infinity"),
    **dict.fromkeys(("\\partial ", "\\partial", "∂"), "d"),
    **dict.fromkeys(("\\nabla", "∇"), " grad "),
    **dict.fromkeys(("\\pm", "±"), "+-"),
    **dict.fromkeys(("\\sqrt", "√"), "sqrt"),
    **dict.fromkeys(("\\sum", "∑"), " sum "),
    **dict.fromkeys(("\\top", "\\intercal", "⊤", "ᵀ"), "T"),
    **dict.fromkeys(("−", "–"), "-"),
    **dict.fromkeys(("\\div", "÷", "\u2044"), "/"),
    **dict.fromkeys(("\\degree", "^\\circ", "^(\\circ)"), "°"),
    **dict.fromkeys(("\\hbar", "ħ", "ℏ"), " hbar "),
    **dict.fromkeys(("\\lfloor", "⌊"), " floor("),
    **dict.fromkeys(("\\lceil", "⌈"), " ceil("),
    **dict.fromkeys(("\\rfloor", "\\rceil", "⌋", "⌉"), ")"),
    **dict.fromkeys(("\\|", "\\Vert", "\\lVert", "\\rVert", "‖"), "||"),
    "\\mid": "|",
    "\\%": "%",
    "\\var": "\\",
}


def _pattern(sign: str) -> str:
    """A sign as it stands in a text; the name of a LaTeX command ends where its letters end."""
    if sign == "\\var":
        return r"\\var(?=[a-z])"
    return re.escape(sign) + (r"(?![a-zA-Z])" if sign[0] == "\\" and sign[-1].isalpha() else "")


_SIGN = re.compile("|".join(map(_pattern, sorted(_SIGNS, key=len, reverse=True))))
_SPACING = re.compile(r"\\(?:(?:left|right|big|Big|bigl|bigr|displaystyle|quad|qquad)(?![a-zA-Z])|[,;:! ])|~(?=\\)")
_NAMED = re.compile(
    r"\\(?:operatorname|mathrm|mathbf|text|textbf|mathit|mathcal|mathbb|boldsymbol|bm|vec)(?![a-zA-Z])\s*(?:\{([^{}\\]*)\})?"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*(\{[^{}]*\}|\w)\s*(\{[^{}]*\}|\w)")
_GROUP = re.compile(r"([\^_]|\\(?![dt]?frac)[a-zA-Z]+\s*)\{([^{}]*)\}")
_HAT = re.compile(r"\\(hat|bar|tilde|dot)\s*(?:\(\s*(\\?\w+)\s*\)|(\\?[a-zA-Z]+))")
_HATS = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot"}
_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_](?![^\W\d_])")
# Brackets around one name or number say nothing; around `3x` they do.
_BRACKETED = re.compile(rf"\((\d+|[a-z]|[a-z]_?\d|{'|'.join(GREEK)}|true|false)\)")
_STARS = re.compile(r"(?<=[\w)\]])(?:\*\*| \*\* )(?=[\w({+-])")
_WRAPPED = re.compile(r"\s*(\*\*|==|__)(?=\S)([^*=]+)(?<=\S)\1\s*")


def linear(text: str) -> str:
    """Text as one line of plain mathematics, in its own letters: `\\frac{1}{2}x_{i}²` is `(1)/(2)x_(i)^2`."""
    if wrapped := _WRAPPED.fullmatch(text):
        text = wrapped[2]
    text = _STARS.sub("^", text).replace("`", "").replace("$", "")
    text = _RAISED.sub(lambda match: "^" + match[0].translate(_SUPERSCRIPT), text)
    text = _LOWERED.sub(lambda match: "_" + match[0].translate(_SUBSCRIPT), text)
    text = _NAMED.sub(lambda match: f" {match[1] or ''}", _SPACING.sub("", text))
    for _ in range(8):  # from the innermost braces outwards
        again = _FRACTION.sub(lambda m: f"({_bare(m[1])})/({_bare(m[2])})", text)
        again = _GROUP.sub(r"\1(\2)", again)
        if again == text:
            break
        text = again
    text = _HAT.sub(lambda match: f" {match[2] or match[3]}{match[1]} ", text)
    text = _SIGN.sub(lambda match: _SIGNS[match[0]], text)
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u2044", "/").split())


def spelled(line: str) -> str:
    """A line of mathematics with Greek letters and hats as words: `ŷ - \\mu` is `yhat - mu`."""
    line = _ALONE.sub(_hatted, line)
    line = re.sub(r"\\([a-zA-Z]+)", r" \1 ", line)
    line = "".join(f" {_GREEK_NAMES[letter]} " if letter in _GREEK_NAMES else letter for letter in line)
    return " ".join(line.replace("\\", "").replace("{", "(").replace("}", ")").split())


def formula(text: str) -> str:
    """Text as one line of plain mathematics without case and blanks; two texts with the same line say the same."""
    line = spelled(linear(text)).casefold()
    return re.sub(r"\s+", "", _BRACKETED.sub(r"\1", line))


def is_formula(text: str) -> bool:
    """Whether a text is to be read as mathematics or code rather than as words."""
    return bool(re.search(r"[\\^=+*/<>$²³√∑∂]|\d\s*[-−]\s*\d|\w\(|(?<![^\W_])[a-z]!", text))


def _bare(group: str) -> str:
    return group[1:-1] if group.startswith("{") else group


def _hatted(match: re.Match[str]) -> str:
    taken_apart = unicodedata.normalize("NFD", match[0])
    return taken_apart[0] + _HATS[taken_apart[1]] if len(taken_apart) == 2 and taken_apart[1] in _HATS else match[0]
