"""Today in one line, and what there is to say of a topic, of a folder, and of everything."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from textual.content import Content

from studytool.app.home import tree
from studytool.memory import told_of
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.hints import Key
    from studytool.memory import Overview
    from studytool.notes.model import DemoLink, Library
    from studytool.syllabus import Exam

_WEAKEST = 5
_NAMES = 60
_MUTED = "$foreground-muted"


def headline(seen: Overview, minutes: int, width: int, key: Key, *, is_whole: bool = True) -> Content:
    """What to do now, how long it takes, and the key that begins it; `is_whole` once all notes are read."""
    if not seen.total:
        return Content.assemble(
            ("There are no cards in these notes. ", "bold"),
            ("studytool check --all", "$accent bold"),
            (" says why.", _MUTED),
        )
    if not seen.due + seen.later + seen.new:
        if not is_whole:
            return Content.styled(
                f"There is nothing to do among the {counted(seen.total, 'card')} read so far.", _MUTED
            )
        over = f"{seen.held.over:,} more due than `reviews_per_day` lets come. " * bool(seen.held.over)
        full = "The day's new cards, in all libraries, have come. " * seen.held.is_full
        quiz = f"A quiz ({key('home.quiz', 'q')}) still tells you something."
        done = ("All done for today. ", "$success bold")
        ways = (over + full + quiz, over or full or quiz, "")
        return _fitting([Content.assemble(done, (told, _MUTED)) for told in ways], width)
    dot = (" · ", _MUTED)
    all_due = f" of {seen.all_due:,}" if seen.all_due > seen.due else ""
    parts = [(f"{seen.due:,}{all_due} due", "$accent bold" if seen.due else _MUTED), dot]
    if seen.later:
        parts += [(f"{seen.later:,} later", "$accent"), dot]
    parts.append((f"{seen.new:,} new today", "$primary bold" if seen.new else _MUTED))
    of = (f" of {counted(seen.total, 'card')}{'' if is_whole else ' so far'}", _MUTED)
    go = [("   ", ""), (key("home.study", "enter"), "$accent bold"), (" starts", _MUTED)]
    long = [dot, (f"about {counted(minutes, 'minute')}", "bold")] if minutes else []
    wordings = [Content.assemble(*parts, *more, *go) for more in ([of, *long], long, [])]
    counts = [(f"{number:,} {what}", style) for number, what, style in _counts(seen) if number]
    short = Content(" · ").join([Content.styled(*one) for one in counts])
    return _fitting([*wordings, short + Content.assemble(*go), short], width)


def _counts(seen: Overview) -> list[tuple[int, str, str]]:
    """What there is to do: how many, a word for them, its style."""
    return [
        (seen.due, "due", "$accent bold"),
        (seen.later, "later", "$accent"),
        (seen.new, "new", "$primary bold"),
    ]


def _fitting(wordings: Sequence[Content], width: int) -> Content:
    """The first that is no wider, else the last."""
    return next((told for told in wordings if told.rstrip().cell_length <= width), wordings[-1])


def in_the_line_on_top(away: str, countdown: Sequence[str], streak: str, answered: str) -> list[str]:
    """How things stand, the fullest wording first, without a part that is empty.

    `countdown` is that to the exam, long and short, or nothing. The days in a row go first, then what was answered.
    """
    long, short = countdown or ("", "")
    ways = ((away, long, streak, answered), (away, long, answered), (away, long), (long,), (short or away or answered,))
    told = [" · ".join(part for part in parts if part) for parts in ways]
    return list(dict.fromkeys(one for one in told if one))


def topic(library: Library, name: str, demo: DemoLink | None, key: Key) -> list[Content]:
    """A topic's other names, its notes, its cards by dialect, and its demo."""
    lines = [Content.styled(one_line(name), "bold")]
    kinds: dict[str, int] = {}
    for number, topic in enumerate(library.names):
        if topic != name:
            continue
        note = library.notes[number]
        if note.topic.aliases:
            lines.append(Content.styled(f"also {one_line(', '.join(note.topic.aliases))}", _MUTED))
        lines.append(Content.styled(one_line(note.path), _MUTED))
        for card in note.studied:
            if library.entries[card.key] == number:
                kinds[card.dialect] = kinds.get(card.dialect, 0) + 1
    lines += [Content(""), Content(", ".join(f"{number} {kind}" for kind, number in kinds.items()))]
    if demo:
        runs = f" runs the {one_line(PurePath(demo.name).stem)} demo"
        lines += [Content(""), Content.assemble((key("home.demo", "d"), "$accent bold"), runs)]
    return lines


def folder(line: tree.Line) -> list[Content]:
    """A folder's topics and cards, counted."""
    told = f"{counted(len(line.topics or ()), 'topic')}, {counted(line.load.total, 'card')}"
    return [Content.styled(f"{one_line(line.load.topic)}/", "bold"), Content(told)]


def everything(seen: Overview, exam: Exam | None, wanted: float, width: int, key: Key, *, tall: bool) -> list[Content]:
    """All topics, what the signs mean, the exam, what waits and, where there is room, what is remembered least."""
    lines = [
        Content.styled("Everything", "bold"),
        Content(f"{counted(len(seen.topics), 'topic')}, in the order of learning"),
        Content.styled(tree.LEGEND, _MUTED),
    ]
    if exam:
        studies = Content.assemble((key("home.exam", "x"), "$accent bold"), " studies what counts most for it")
        lines += [Content(""), Content.styled(f"{exam.name} {exam.when}", "bold"), studies]
    if held := told_of(seen.held):
        lines += [Content(""), Content.styled(" ".join(held), _MUTED)]
    few = max(_WEAKEST - len(held), 2)  # the year below has to have its place
    weak = sorted((one.recall, one.topic) for one in seen.topics if one.recall is not None)[:few]
    if tall and len(weak) > 1:
        lines += [Content(""), Content.styled("Remembered least", "bold")]
        lines += [_weak(name, recall, wanted, min(width, _NAMES)) for recall, name in weak]
    return lines


def _weak(name: str, recall: float, wanted: float, width: int) -> Content:
    mark, style = tree.sign(recall, wanted)
    left = Content(one_line(name)).truncate(max(width - 9, 8), ellipsis=True)
    gap = " " * max(width - 8 - left.cell_length, 1)
    return Content.assemble((f"{mark} ", style), left, gap, f"{recall:>5.0%}")
