"""Marking code: names and commands as a program reads them, where case, signs and order count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.quiz.marking.reasons import nearly, quoted, right, wrong

if TYPE_CHECKING:
    from studytool.quiz.model import Mark

_DOTTED = re.compile(r"[A-Za-z_]\w+(?:\.[A-Za-z_]\w+)+(?:\([^()]*\))?|\w+\([^()]*\)")
_TOKEN = re.compile(r"--?[A-Za-z][\w-]*|\w+|\S")
_SHORT_FOR = {"np": "numpy", "nn": "torch.nn", "F": "torch.nn.functional", "pd": "pandas", "plt": "matplotlib.pyplot"}
_SHORT = re.compile(r"(?<![\w.])(np|nn|F|pd|plt)(?=\.)")


def is_code(answer: str) -> bool:
    """Whether an answer is code: set in backticks as a whole, or a dotted name or a call."""
    text = answer.strip()
    if len(text) > 2 and text[0] == text[-1] == "`" and "`" not in text[1:-1]:
        return True
    return bool(_DOTTED.fullmatch(text)) and any(sign in text for sign in "._") and not text[0].isdigit()


def mark_code(answer: str, typed: str) -> Mark:
    """The mark of typed code: blanks, quotes and an empty call do not matter; the case of letters does, nearly."""
    wanted, said = _tokens(answer), _tokens(typed)
    if wanted == said:
        return right(f"written {quoted(answer)}")
    one, two = "".join(wanted), "".join(said)
    if one.casefold() == two.casefold():
        return nearly("in code, case counts", answer)
    if two and one.casefold().endswith(f".{two.casefold()}"):
        return nearly(f"in full it is {quoted(one)}", answer)
    if two and one.strip("_") == two.strip("_"):
        return nearly("its underscores are missing", answer)
    if _is_slip(one, two):
        return nearly("one letter off", answer)
    missing = [token for token in wanted if token not in said and (len(token) > 1 or token.isalnum())]
    found = [token for token in wanted if token in said and len(token) > 1]
    return wrong(answer, f"you left out: {', '.join(missing[:6])}" if missing and found else "")


def _tokens(text: str) -> list[str]:
    """The tokens of a piece of code, its module by its full name, without an empty call at the end."""
    text = text.strip().strip("`").strip().removesuffix(";").replace('"', "'").replace("“", "'").replace("”", "'")
    text = re.sub(r"\(\s*\)$", "", _SHORT.sub(lambda match: _SHORT_FOR[match[1]], text))
    return _TOKEN.findall(text)


def _is_slip(one: str, two: str) -> bool:
    """Whether one letter is off in a name of seven characters or more; a digit or a sign is never a slip."""
    from rapidfuzz.distance import OSA  # 17 ms, and only when an answer is not simply right

    if len(one) < 7 or OSA.distance(one, two, score_cutoff=1) > 1:
        return False
    return re.sub(r"[A-Za-z]", "", one) == re.sub(r"[A-Za-z]", "", two)
