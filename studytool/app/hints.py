"""Lines that say what the keys do now: in place of the grades while one studies, below a question, in a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

Key = Callable[[str, str], str]
"""What the key of an action is called: by its id, and by the key that it has where nobody chose another."""
_APART = "      "


def _line(*hints: tuple[str, str], apart: str = _APART) -> Content:
    parts = []
    for at, (key, told) in enumerate(hints):
        parts += [(f"{apart * bool(at)}{key}", "$accent bold"), (f" {told}", "$foreground-muted")]
    return Content.assemble(*parts)


def keys_told(said: Sequence[tuple[str, str]], width: int) -> Content:
    """Keys and what they do, in a line of this width if they fit it, else in a line each."""
    keys = [Content.assemble((key, "$accent bold"), (told, "$foreground-muted")) for key, told in said]
    line = Content("   ").join(keys)
    return line if line.cell_length <= width else Content("\n").join(keys)


def typing(key: Key) -> Content:
    """While an answer is typed."""
    return _line(("enter", "checks your answer"), (key("study.leave", "esc"), "leaves the field"))


def asking(
    key: Key,
    *,
    lines: int = 0,
    seen: int = 0,
    is_open: bool = False,
    is_ticked: bool = False,
    has_demo: bool = False,
    picks: Sequence[tuple[str, str]] = (),
) -> Content:
    """Before the answer is shown, or while `seen` of its `lines` are; `picks` are keys, and what they do to options.

    Where some are ticked, what is ticked is marked as the answer is shown.
    """
    does = "marks what you ticked" if is_ticked else f"shows the {'rest' if seen else 'answer'}"
    hints = [(key("study.answer", "space"), does)]
    if lines:
        hints.append((key("study.line", "l"), f"line {seen + 1} of {lines}"))
    hints += picks
    if is_open:
        hints.append((key("study.write", "w"), "writes your own first"))
    if has_demo:
        hints.append((key("study.demo", "d"), "runs the idea"))
    return _line(*hints)


def asking_in_short(key: Key, *, lines: int = 0, seen: int = 0) -> Content:
    """The same in a line of few cells."""
    hints = [(key("study.answer", "space"), "answer")]
    if lines:
        hints.append((key("study.line", "l"), f"{seen + 1}/{lines}"))
    return _line(*hints, apart="  ")


def ended(key: Key, *, home: bool, can_undo: bool, has_demo: bool) -> Content:
    """At the end of a sitting."""
    hints = [(key("study.leave", "esc"), "goes home" if home else "goes back")]
    if can_undo:
        hints.append((key("study.undo", "u"), "takes the last step back"))
    if has_demo:
        hints.append((key("study.demo", "d"), "runs a demo"))
    return _line(*hints)


def marked(key: Key, *, last: bool, is_computed: bool, can_overrule: bool) -> Content:
    """Below a question of the quiz that was marked."""
    hints = [(key("quiz.next", "enter"), "shows the result" if last else "asks the next")]
    if is_computed:
        hints.append((key("quiz.demo", "d"), "runs the demo"))
    else:
        hints.append((key("quiz.card", "c"), "shows the card"))
    if can_overrule:
        hints.append((key("quiz.overrule", "y"), "counts it as right"))
    return _line(*hints)
