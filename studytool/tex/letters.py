"""Letters in other alphabets and positions: superscripts, subscripts, blackboard, calligraphic, accents."""

from __future__ import annotations

import string

# Unicode has no superscript q outside a block that few fonts have, and no subscript b, c, d, f, g, q, w, y, z.
SUPERSCRIPTS = {
    **dict(zip("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True)),
    **dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)),
    **dict(zip("ABDEGHIJKLMNOPRTUVW", "ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ", strict=True)),
    **dict(zip("βγδθφχ", "ᵝᵞᵟᶿᵠᵡ", strict=True)),
    # These stand high already.
    **{mark: mark for mark in "′″‴⁗°†‡"},
    "⊤": "ᵀ",
    "∘": "°",
}

SUBSCRIPTS = {
    **dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
    **dict(zip("aehijklmnoprstuvx", "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)),
    **dict(zip("βγρφχ", "ᵦᵧᵨᵩᵪ", strict=True)),
}

_CAPITALS = string.ascii_uppercase
_SMALL = string.ascii_lowercase


def _alphabet(capitals: int, small: int, digits: int = 0, **exceptions: str) -> dict[str, str]:
    """Letters by the code points of their A, a and 0; `exceptions` are those encoded long before the others."""
    table = {letter: chr(capitals + place) for place, letter in enumerate(_CAPITALS)}
    if small:
        table |= {letter: chr(small + place) for place, letter in enumerate(_SMALL)}
    if digits:
        table |= {digit: chr(digits + place) for place, digit in enumerate(string.digits)}
    return table | exceptions


_SCRIPT = _alphabet(0x1D49C, 0x1D4B6, B="ℬ", E="ℰ", F="ℱ", H="ℋ", I="ℐ", L="ℒ", M="ℳ", R="ℛ", e="ℯ", g="ℊ", o="ℴ")

# Unicode has them in the order of its Greek block, from Α to Ω and from α to ω; two variants stand behind.
_GREEK = {
    **{chr(0x391 + place): chr(0x1D6A8 + place) for place in range(25) if place != 17},
    **{chr(0x3B1 + place): chr(0x1D6C2 + place) for place in range(25)},
    "∇": "𝛁",
    "ϵ": "𝛜",
    "ϑ": "𝛝",
}

ALPHABETS = {
    "blackboard": _alphabet(0x1D538, 0x1D552, 0x1D7D8, C="ℂ", H="ℍ", N="ℕ", P="ℙ", Q="ℚ", R="ℝ", Z="ℤ"),
    "calligraphic": _SCRIPT,
    "bold": _alphabet(0x1D400, 0x1D41A, 0x1D7CE) | _GREEK,
    "fraktur": _alphabet(0x1D504, 0x1D51E, C="ℭ", H="ℌ", I="ℑ", R="ℜ", Z="ℨ"),
}

# Combining characters, each written after the letter it goes on.
ACCENTS = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0305",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "vec": "\u20d7",
    "overrightarrow": "\u20d7",
    "overleftarrow": "\u20d6",
    "overleftrightarrow": "\u20e1",
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "check": "\u030c",
    "breve": "\u0306",
    "acute": "\u0301",
    "grave": "\u0300",
    "mathring": "\u030a",
    "underline": "\u0332",
    "underbar": "\u0332",
    "cancel": "\u0336",
    "bcancel": "\u0336",
    "xcancel": "\u0336",
    "sout": "\u0336",
    "not": "\u0338",
}

# Marks that join from letter to letter, so that they can go over several.
JOINING = {"\u0304": "\u0305", "\u0305": "\u0305", "\u0332": "\u0332", "\u0336": "\u0336"}
