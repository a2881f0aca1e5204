"""The cards of a text with deletions: one a deletion or a number, all others shown."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from studytool.notes.claims import Draft
from studytool.notes.dialects.deletions import Deletion, moved
from studytool.notes.gaps import GAP, formulas_of, is_within, needs_braces
from studytool.notes.model import Schedule
from studytool.notes.written import written


def cloze_drafts(
    text: str,
    deletions: Sequence[Deletion],
    line: int,
    end_line: int,
    column: int = 1,
    schedules: Sequence[Schedule | None] = (),
    shown: Callable[[str], str] = written,
) -> Iterator[Draft]:
    """The cards of a text: one a number, in the order of the numbers, then one for each deletion without one.

    The deletions stand in the order of the text, one before those inside it.
    """
    formulas = formulas_of(text)
    raised = {one.start for one in deletions if needs_braces(formulas, text, one.start, one.end)} if formulas else ()
    whole = shown(_render(text, deletions, {}, raised))
    seen: dict[str, int] = {}
    for place, gaps in enumerate(_asked(deletions)):
        asked = [one for one in deletions if gaps.get(one.start) == "a"]
        answers = [shown(_inner(text, deletions, one)) for one in asked]
        if formulas:
            parts = [is_within(formulas, one.start, one.end) for one in asked]
            both = zip(answers, parts, strict=True)
            answers = [f"${own}$" if part and "$" not in own else own for own, part in both]
        back = ", ".join(dict.fromkeys(answers))
        front = shown(_render(text, deletions, gaps, raised))
        schedule = schedules[place] if place < len(schedules) else None
        often = seen.get(back, 0)
        yield Draft("cloze", front, back, line, end_line, column, whole, often, schedule=schedule)
        seen[back] = often + 1


def asks(front: str) -> bool:
    """Whether a front holds anything but gaps and marks: nobody can fill in a gap that stands alone."""
    return bool(front.replace(GAP, "").strip(" \t\n#>*_-+.,:;!?()[]\"'|"))


def _asked(deletions: Sequence[Deletion]) -> Iterator[dict[int, str]]:
    """For each card what happens at the places it does not show: `a` asked, `h` hidden."""
    if len(deletions) == 1 and not deletions[0].steps:
        yield {deletions[0].start: "a"}
        return
    cards = max((len(one.steps) for one in deletions), default=0)
    for card in range(cards):
        steps = {one.start: one.steps[card] for one in deletions if card < len(one.steps)}
        if "a" in steps.values():
            yield {start: step for start, step in steps.items() if step != "s"}
    for number in sorted({one.number for one in deletions if one.number}):
        yield {one.start: "a" for one in deletions if one.number == number}
    for one in deletions:
        if not one.number and not one.steps:
            yield {one.start: "a"}


def _render(text: str, deletions: Sequence[Deletion], gaps: dict[int, str], raised: Container[int] = ()) -> str:
    """The text without marks; what is asked or hidden replaced, with everything inside it; `raised` get braces."""
    parts: list[str] = []
    position = 0
    open_ends: list[Deletion] = []
    for one in (*deletions, None):
        start = one.start if one else len(text)
        if start < position:
            continue  # inside what is asked
        while open_ends and open_ends[-1].end <= start:
            last = open_ends.pop()
            parts += text[position : last.inner_end], "}" if last.start in raised else ""
            position = last.end
        parts.append(text[position:start])
        if not one:
            break
        if start in gaps:
            hidden = gaps[start] == "h"
            gap = "…" if hidden else f"{GAP} ({one.hint})" if one.hint else GAP
            parts.append(f"{{{gap}}}" if start in raised else gap)
            position = one.end
        else:
            parts.append("{" if start in raised else "")
            position = one.inner
            open_ends.append(one)
    return "".join(parts)


def _inner(text: str, deletions: Sequence[Deletion], one: Deletion) -> str:
    first, last = one.inner, one.inner_end
    inside = [other for other in deletions if first <= other.start and other.end <= last and other is not one]
    if not inside:
        return text[first:last]
    return _render(text[first:last], [moved(other, -first) for other in inside], {})
