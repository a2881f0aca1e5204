"""Signs that grow with what they stand beside: brackets, roots, integrals, arrows, braces and accents over a word."""

from __future__ import annotations

from studytool.tex.box import Box, beside, column, heightened, of, stacked, widened

# Top, middle and bottom of the brackets that have pieces; a brace also has a waist.
_PIECES = {
    "(": "⎛⎜⎝",
    ")": "⎞⎟⎠",
    "[": "⎡⎢⎣",
    "]": "⎤⎥⎦",
    "⌈": "⎡⎢⎢",
    "⌉": "⎤⎥⎥",
    "⌊": "⎢⎢⎣",
    "⌋": "⎥⎥⎦",
    "|": "│││",
    "∣": "│││",
    "‖": "║║║",
    "∥": "║║║",
    "⟮": "⎛⎜⎝",
    "⟯": "⎞⎟⎠",
    "↑": "↑││",
    "↓": "││↓",
    "↕": "↑│↓",
    "⇑": "⇑║║",
    "⇓": "║║⇓",
    "⇕": "⇑║⇓",
    "⌜": "┌││",
    "⌝": "┐││",
}
_BRACES = {"{": "⎧⎨⎩⎪", "}": "⎫⎬⎭⎪"}
_SHORT_BRACES = {"{": "⎰⎱", "}": "⎱⎰"}
_ANGLES = {"⟨": "╱╲", "⟩": "╲╱"}
_OVER_BRACE, _UNDER_BRACE = "╭┴╮", "╰┬╯"
# Left end, shaft and right end of the arrows that can be longer.
_SHAFTS = {
    "→": ("", "─", "→"),
    "←": ("←", "─", ""),
    "↔": ("←", "─", "→"),
    "↦": ("├", "─", "→"),
    "⇒": ("", "═", "⇒"),
    "⇐": ("⇐", "═", ""),
    "⇔": ("⇐", "═", "⇒"),
    "⟶": ("", "─", "→"),
    "⟵": ("←", "─", ""),
}
# What is drawn over (or under) more than one letter, as left end, filling and right end; one sign alone is centred.
_OVER = {
    "bar": "___",
    "overline": "___",
    "vec": "──→",
    "overrightarrow": "──→",
    "overleftarrow": "←──",
    "overleftrightarrow": "←─→",
    "hat": "^",
    "widehat": "╱‾╲",
    "tilde": "~",
    "widetilde": "~~~",
    "dot": "·",
    "ddot": "··",
    "dddot": "···",
    "check": "ˇ",
    "breve": "˘",
    "acute": "´",
    "grave": "`",
    "mathring": "˚",
}
_UNDER = frozenset(("underline", "underbar"))
_STRUCK = {"cancel": "\u0336", "bcancel": "\u0336", "xcancel": "\u0336", "sout": "\u0336", "not": "\u0338"}


def delimiter(sign: str, above: int, below: int) -> Box:
    """A bracket that reaches `above` rows over the baseline and `below` rows under it; "" is nothing."""
    height = above + below + 1
    if height == 1 or not sign:
        return of(sign)
    if sign in _BRACES:
        return _brace(sign, above, height)
    if sign in _ANGLES:
        return _angle(sign, above, height)
    if sign in _PIECES:
        top, middle, bottom = tuple(_PIECES[sign])
        return column([top, *middle * (height - 2), bottom], above)
    return of(sign)


def _brace(sign: str, baseline: int, height: int) -> Box:
    if height == 2:
        return column(_SHORT_BRACES[sign], baseline)
    top, waist, bottom, straight = tuple(_BRACES[sign])
    rows = [top, *straight * (height - 2), bottom]
    rows[baseline if 0 < baseline < height - 1 else height // 2] = waist
    return column(rows, baseline)


def _angle(sign: str, baseline: int, height: int) -> Box:
    """Two strokes that meet in the middle; the point takes a row of its own where the number of rows is odd."""
    width = (height + 1) // 2
    upper, lower = tuple(_ANGLES[sign])
    rows = []
    for row in range(height):
        way = min(row, height - 1 - row)  # 0 at both ends
        place = width - 1 - way if sign == "⟨" else way
        stroke = sign if row == height - 1 - row else upper if row < height // 2 else lower
        rows.append(" " * place + stroke + " " * (width - 1 - place))
    return Box(tuple(rows), baseline, width)


def root(body: Box, sign: str = "√") -> Box:
    """The body under a root's roof; `sign` (√, ∛, ∜, ⁿ√) stands in front where the body has one row."""
    if body.height == 1:
        return stacked([of("_" * body.width), beside([of(sign), body])], 1, "r")
    hook = len(sign) * " "
    rows = [f"{hook}│"] * body.height
    rows[-1] = f"{sign[:-1]}╲│" if sign.endswith("√") else f"{sign}│"
    wall = Box(tuple(rows), body.baseline, len(sign) + 1)
    roof = of("┌" + "─" * (body.width + 1))
    return stacked([roof, beside([wall, of(" "), body])], 1, "r")


def integral(sub: Box, sup: Box) -> Box:
    """A long ∫ with its limits at the right of its ends."""
    rows = Box(("⌠", "⎮", "⌡"), 1, 1)
    limits = stacked([sup, of(""), sub], 1, "l")
    return beside([heightened(rows, 1, 1), limits])


def arrow(sign: str, width: int) -> Box:
    """An arrow of at least `width` cells."""
    if sign not in _SHAFTS or width <= 1:
        return of(sign)
    left, shaft, right = _SHAFTS[sign]
    return of(left + shaft * (width - len(left) - len(right)) + right)


def brace(sign: str, width: int) -> Box:
    """A brace that lies under (⏟) or over (⏞) something of `width` cells."""
    if width < 3:
        return of(sign)
    left, point, right = tuple(_UNDER_BRACE if sign == "⏟" else _OVER_BRACE)
    before = (width - 2 - 1) // 2
    return of(left + "─" * before + point + "─" * (width - 3 - before) + right)


def accent(name: str, body: Box) -> Box:
    """The body with an accent over all of it; `name` is a key of `letters.ACCENTS`."""
    if name in _STRUCK:
        return _struck(body, _STRUCK[name])
    if name in _UNDER:
        return stacked([body, of("‾" * body.width)], 0)
    sign = _OVER[name]
    if sign[0] == sign[-1] and len(sign) > 2:
        mark = of(sign[0] * body.width)
    elif len(sign) == 3:
        mark = of(sign[0] + sign[1] * (body.width - 2) + sign[2] if body.width > 1 else "^")
    else:
        mark = of(sign)
    return stacked([mark, widened(body, mark.width)], 1)


def _struck(body: Box, stroke: str) -> Box:
    """Every character but blanks struck through."""
    rows = tuple("".join(sign if sign == " " else sign + stroke for sign in row) for row in body.rows)
    return Box(rows, body.baseline, body.width)
