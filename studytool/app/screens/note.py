"""A note to be read: its text around the card that one came from, or from the top."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.note.pieces import pieces_of
from studytool.app.roll import Standings
from studytool.app.screens.file_keys import EDIT, READ
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.note_text import NoteText
from studytool.app.widgets.topbar import TopBar
from studytool.notes.frontmatter import demo_link
from studytool.notes.model import Span
from studytool.notes.reading import content_of, decoded
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.note.pieces import Piece
    from studytool.desk import Edit
    from studytool.notes.model import Card, DemoLink, Note

_WHY = {
    "new": "· · ·  not answered yet",
    "later": "· · ·  comes back today",
    "due": "· · ·  is due",
}
"""Why an answer is not shown: its card is still to be asked, and what was just read is not what one remembers."""
_FORMULA = ("$", "\\(", "\\[")
"""What a note with a formula has in it; to look closer would take as long as to read all of it."""
_ASKED = "· · ·  asked just now"


class NoteScreen(Screen[None]):
    """The text of a note. The answers of cards that wait to be asked are hidden until they are wanted."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answers", "Answers", tooltip="Show the answers of all cards, or hide them", id="note.answers"),
        Binding("d", "demo", "Demo", tooltip="Run the demo that is linked here", id="note.demo"),
        Binding("t", "source", "TeX", tooltip="Show the formulas as they are written, and back", id="note.source"),
        EDIT,
        Binding("escape,q", "leave", "Back", tooltip="Back to where you came from", id="note.leave"),
        replace(READ, show=False),  # the key that leads here leads back
    ]

    def __init__(self, number: int, card: Card | None = None, *, revealed: bool = True) -> None:
        """The note of this number in the library, at a card; `revealed` tells whether its answer was shown."""
        super().__init__()
        self._number = number
        self._card = card
        self._revealed = revealed
        self._open = False
        self._file = self.app.desk.library.files[number]
        self._text = ""
        self._has_formula = False

    def compose(self) -> ComposeResult:
        """The text between the title and the keys."""
        yield TopBar()
        yield NoteText()
        yield Static(id="note-told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Read the note, and go to the card."""
        self._read(self._card.span.line if self._card else 1)
        self.query_one(NoteText).focus()

    @property
    def _note(self) -> Note:
        return self.app.desk.library.notes[self._number]

    def _read(self, line: int | None = None) -> None:
        note = self._note
        found = content_of(self._file)
        text = decoded(found) if isinstance(found, bytes) else found
        if not isinstance(text, str):
            self.app.warn(text[1])
            text = self._text
        self._text = text
        self._has_formula = any(sign in text for sign in _FORMULA)
        self._show(note, line)

    def _show(self, note: Note, line: int | None = None) -> None:
        hidden = {} if self._open else self._hidden(note)
        asked = [self._card.key] if self._card and not self._revealed and not self._open else []
        pieces = pieces_of(note, self._text, hidden, asked=asked)
        self.query_one(NoteText).show(pieces, self._file, line)
        count = sum(piece.hides for piece in pieces)
        told = f"{counted(count, 'answer')} hidden" if count else "all answers shown" if self._open else ""
        self.query_one(TopBar).show(one_line(note.topic.name), told)
        self._tell(count)
        self.refresh_bindings()

    def _tell(self, count: int) -> None:
        """One line above the keys: what is hidden and how to see it, or where the note lies."""
        muted = "$foreground-muted"
        if count:
            key = self.app.key_name("note.answers", "a")
            told = Content.assemble(
                ("Answers of cards that wait to be asked are hidden.   ", muted),
                (key, "$accent bold"),
                (" shows them", muted),
            )
        else:
            told = Content.styled(one_line(self._note.path), muted)
        self.query_one("#note-told", Static).update(told)

    def _hidden(self, note: Note) -> dict[str, str]:
        """The keys of the cards whose answers would be told too early, with the words that stand there instead."""
        standings, memory = Standings(self.app.desk, self.app.now()), self.app.desk.memory
        words = {card.key: standings.word(card.key, memory.state(card.key)) for card in note.studied}
        hidden = {key: _WHY[word] for key, word in words.items() if word in _WHY}
        if self._card:
            hidden.pop(self._card.key, None)
            if not self._revealed:
                hidden[self._card.key] = _ASKED
        return hidden

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if action == "demo":
            return self._demo() is not None
        if action == "source":
            return self._has_formula
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """What this note lacks."""
        return {"demo": "No demo belongs to this note.", "source": "This note has no formula."}.get(action, "")

    def renew(self, edit: Edit) -> None:
        """The notes were read anew: the same note as it is now, at the same place."""
        files = list(self.app.desk.library.files)
        if self._file in files:
            self._number = files.index(self._file)
            self._read()
        else:
            self.app.warn("This note is gone.")

    # -- what the keys do -----------------------------------------------------------------------

    def action_answers(self) -> None:
        """Show all answers, or hide them again."""
        self._open = not self._open
        self._show(self._note)

    def action_source(self) -> None:
        """Show the formulas as they are written, or drawn again."""
        self.query_one(NoteText).turn_source()

    def action_demo(self) -> None:
        """Run the demo that is linked in what one reads, else that of the note."""
        if link := self._demo(self.query_one(NoteText).in_view()):
            self.app.run_demo(link)

    def _demo(self, seen: Sequence[Piece] = ()) -> DemoLink | None:
        note = self._note
        links = [demo_link(address) for piece in seen for address in piece.demos]
        for link in (*links, self._card.demo if self._card else None, note.topic.demo):
            if link and (there := self.app.demo_at(link, note.path)):
                return there
        cards = [self._card] if self._card else note.studied[:1]
        return next((link for card in cards if card and (link := self.app.demo_of(card))), None)

    def action_edit(self) -> None:
        """Open the note in the editor at the first line that is seen."""
        seen = self.query_one(NoteText).in_view()
        self.app.open_note(Span(self._note.path, seen[0].line if seen else 1))

    def action_read(self) -> None:
        """Stop reading."""
        self.action_leave()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()
