"""`studytool study --plain`: the same sitting as in the app, asked line by line, through a pipe if need be."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Literal

from studytool import clock, desk
from studytool.commands import at_desk
from studytool.desk.returning import told
from studytool.errors import Overtaken, UsageError
from studytool.settings import tell
from studytool.text import clean, one_line
from studytool.topics_named import topics_named
from studytool.typed import marked, to_type
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    import argparse

    from studytool.desk import Desk
    from studytool.memory import Grade, Session, Shown
    from studytool.notes.model import Card
    from studytool.quiz import Asked

_KEYS = "1 again, 2 hard, 3 good, 4 easy, u undo, q quit"


def run(args: argparse.Namespace) -> int:
    """Ask until nothing is due, standard input ends or the learner quits (0); an error where no note has a card."""
    if args.exam and (args.topic or args.search or args.cram):
        raise UsageError("--exam chooses its cards by itself.", "Leave out --topic, --search and --cram.")
    if args.search:
        from studytool.search import parse

        parse(args.search)  # an error in it is told before anything is read
    table = at_desk.opened(desk.request(args.paths, args.root))
    try:
        if args.exam:
            from studytool.syllabus import agenda

            planned = agenda(table, clock.now())
            tell(planned[0].missed)
            return _asked(table, table.aimed(clock.now(), planned))
        return _sitting(table, args.topic, args.search, args.cram)
    finally:
        table.close()


def _sitting(table: Desk, topics: list[str], search: str, cram: bool) -> int:
    wanted = topics_named(topics, table.topics(), table.library)
    found = table.search_to_study(search) if search else None
    begin = table.cram if cram else table.session
    return _asked(table, begin(clock.now(), wanted or None, found), cram=cram)


def _asked(table: Desk, session: Session, *, cram: bool = False) -> int:
    from studytool.memory import describe_interval, told_of

    if not table.library.entries:
        from studytool.examining import nothing_to_ask

        raise nothing_to_ask(table.library, None)
    if table.relinked:
        print(told(len(table.relinked)))
    for sentence in told_of(session.held()):
        print(sentence)
    answered = 0
    while shown := _next(table, session):
        step = _ask(table, session, shown, answered)
        if step is None:
            break
        answered += step
    else:
        wait = session.next_due_in(clock.now())
        later = f" The next card comes back in {describe_interval(wait)}." if wait is not None else ""
        print("That was all of it." if cram else f"Nothing more comes now.{later}")
    print(f"{answered} answered; every answer is saved.")
    return 0


def _next(table: Desk, session: Session) -> Shown | None:
    _hear(table, session)
    return session.shown(clock.now())


def _hear(table: Desk, session: Session) -> None:
    """Another window may have answered what would come now, or taken an answer back."""
    if table.hear():
        session.catch_up(clock.now())


def _ask(table: Desk, session: Session, shown: Shown, answered: int) -> int | None:
    """Show one card and take its grade; returns the change of the count, or None to stop."""
    card = table.card(shown.key)
    assert card is not None, "a sitting only shows cards of its library"
    print(f"\n[{answered + 1}] {one_line(card.topic)} · {shown.reason}\n{unmarked(card.front)}")
    started = time.monotonic()
    asked = to_type(card, table.library, table.request.settings.typing)
    word = _reply(asked)
    if word is None:
        return None
    if word == "u" and not asked:
        return _undo(session)
    mark, offered = marked(asked, word) if asked and word else (None, None)
    if mark:
        print(f"\n{mark.reason}")
    written = table.memory.written(card.key) if card.kind == "open" else None
    answer = card.back or clean(written or "") or "Your notes hold no answer to this one: judge your own."
    told = f"\n  Source: {one_line(card.source)}" if card.source else ""
    print(f"\n{unmarked(answer)}{told}\n  ({one_line(str(card.span))})")
    grade = _grade(shown, offered)
    if grade is None or grade == "u":
        return _undo(session) if grade else None
    took = round((time.monotonic() - started) * 1000)
    _hear(table, session)
    if refused := _answered(table, session, grade, card, took):
        print(refused)
        return 0
    if session.leech:
        print(f"Forgotten {session.leech} times: rewrite it? It stands at {one_line(str(card.span))}.")
    return 1


def _answered(table: Desk, session: Session, grade: Grade, card: Card, took: int) -> str:
    """Keep the grade of the card that is shown; why it is not kept, where another window has answered it."""
    passed = "Another window has answered this card meanwhile, or set it aside: your grade is not kept."
    if session.passed(clock.now()):
        return passed
    try:
        session.answer(grade, clock.now(), took_ms=took, text=table.text_of(card), yields=True)
    except Overtaken:
        _hear(table, session)
        if session.passed(clock.now()):
            return passed
        return "Another window has answered this card meanwhile and taken that back: your grade is not kept, it stays."
    return ""


def _reply(asked: Asked | None) -> str | None:
    """What is answered to a prompt: a text where it is to be typed, else a command; None to stop.

    An answer can be `q` or `u` as well, so where one is typed `:q` leaves, and undoing waits for the grades.
    """
    if asked is None:
        word = _read("(enter to see the answer) ")
        return None if word == "q" else word
    from studytool.quiz.marking.kinds import unit_of

    unit = unit_of(asked)
    word = _line(
        f"type {'the number' if asked.kind == 'numeric' else 'it'}{f', in {unit}' if unit else ''} "
        "(enter alone shows the answer, :q quits): "
    )
    return None if word == ":q" else word


def _grade(shown: Shown, offered: Grade | None) -> Grade | Literal["u"] | None:
    """The grade, "u" to undo, None to stop; enter alone takes the grade that is offered."""
    from studytool.memory import Grade

    intervals = ", ".join(f"{grade.value} {grade.name.lower()} {word}" for grade, word in shown.outcomes.items())
    enter = f"enter {offered.value} {offered.name.lower()}, " if offered else ""
    while True:
        word = _read(f"{intervals}, {enter}u undo, q quit: ")
        if word is None or word == "q":
            return None
        if word == "u":
            return "u"
        if word == "" and offered:
            return offered
        if word in {"1", "2", "3", "4"}:
            return Grade(int(word))
        print(f"{one_line(word, 20)!r} is no grade: {_KEYS}.")


def _undo(session: Session) -> int:
    if session.undo(clock.now()) is None:
        print("There is nothing to undo in this sitting.")
        return 0
    stands = "another window has graded that card, too, and its grade stands."
    print(f"Undone: {stands if session.outlived else 'the card comes back.'}")
    return -1


def _read(prompt: str) -> str | None:
    """One line of standard input without its end, lower case; None when it has ended."""
    line = _line(prompt)
    return None if line is None else line.lower()


def _line(prompt: str) -> str | None:
    """One line of standard input without its end and white space around it; None when it has ended."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
        return None
    return clean(line).strip()
