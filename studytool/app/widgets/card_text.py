"""A card's markdown on the screen: one Static that lays its text out anew for every width it is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from studytool.app.prose import content, lines_of, render_inline
from studytool.app.prose.cloze import filled
from studytool.app.prose.lines import cells
from studytool.app.prose.paint import painted
from studytool.text import in_a_line, one_line

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.selection import Selection
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

    from studytool.app.prose.lines import Line, Run
    from studytool.app.prose.page import Later, Pictures
    from studytool.notes.model import Card

_MARKS = frozenset("*_=~`$[<\\")
_SAME_WITHIN = 3
"""A prompt that is so many times as long as a heading says something else, whatever marks it has."""
_NOTHING = "\0"
"""A sign of one cell that no text on the screen has."""


def inline(markdown: str) -> Content:
    """Markdown of one line (an option, a title): emphasis, code and formulas, no blocks."""
    return render_inline(markdown)


def headline(markdown: str) -> Content:
    """Markdown of several lines as one."""
    return inline(in_a_line(markdown))


def answer_of(card: Card) -> str:
    """The markdown of a card's answer; of a cloze its whole sentence, with what was left out marked."""
    return filled(card.front, card.back) if card.kind == "cloze" else card.back


def above(card: Card) -> Content:
    """What stands above a prompt: the topic of the card and the headings that it is under, without marks, each once.

    What the prompt says itself is left out; a blank keeps the line. Formulas are as they are written, as those of
    topics are everywhere.
    """
    title = _letters(_bare(card.title))
    headings = [heading for heading in map(_bare, card.context) if _letters(heading) != title]
    told = [one_line(name) for name in headings if not is_same(name, card.front)]
    if not is_same(card.title, card.front):
        told.insert(0, one_line(card.topic))
    return Content(" › ".join(filter(None, dict.fromkeys(told))) or " ")


def is_same(name: str, prompt: str) -> bool:
    """Whether a heading says just what a prompt says, whatever marks and stops either has."""
    if not name or len(prompt) > _SAME_WITHIN * len(name):
        return False
    return _letters(_bare(name)) == _letters(_bare(prompt)) != ""


def _bare(heading: str) -> str:
    if _MARKS.isdisjoint(heading):
        return heading
    from studytool.unmarked import unmarked  # 6 ms, and few headings have marks

    return unmarked(heading).replace("`", "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def below(card: Card, *told: str, width: int = 0) -> Content:
    """What stands below an answer, dim: the card's source, if it names one, and then what is `told`.

    Where that takes more than `width` cells the last of it, a place, has a line of its own.
    """
    source = f"Source: {one_line(card.source)}" if card.source else ""
    words = [one_line(word) for word in told if word]
    line = " · ".join(words)
    parted = [" · ".join(words[:-1]), words[-1]] if width and cells([(line, "")]) > width else [line]
    lines = [source, *parted]
    return Content.styled("\n".join(filter(None, lines)), "$foreground-muted")


class CardText(Static):
    """Markdown as a card shows it; `show` replaces it."""

    # The lines come wrapped: Textual must not wrap them again.
    DEFAULT_CSS = """
    CardText { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(
        self, markdown: str = "", *, note: str = "", id: str | None = None, classes: str | None = None
    ) -> None:
        """`note` is the path of the file that the text is from: its pictures are found from there."""
        super().__init__(id=id, classes=classes)
        self.markdown, self.note = markdown, note
        self.source = False
        self._coloured: dict[tuple[str, str], list[Run] | None] = {}  # the code of this text given to a thread
        self._lay()

    def show(self, markdown: str, *, source: bool = False, note: str = "") -> None:
        """Show another text, or the same with its formulas as they are written."""
        if (markdown, source, note) != (self.markdown, self.source, self.note):
            if markdown != self.markdown:
                self._coloured = {}
            self.markdown, self.source, self.note = markdown, source, note
            self._lay()

    def _lay(self) -> None:
        has_pictures = self.note and "![" in self.markdown
        self._laid = _Laid(self.markdown, self.source, self._pictures() if has_pictures else None, self._colour)
        # Of two texts between two beats Textual counts only the first, and may keep its height.
        self._layout_updates += 1
        self.update(self._laid)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected with the mouse, as it is shown; it is copied like other text."""
        lines = self._laid.lines(self.content_region.width)
        from studytool.app.prose.code import margin_of

        shown = ((margin_of(line), line) for line in lines)
        found = selection.extract("\n".join(_to_copy(line, margin) for margin, line in shown))
        return found.replace(_NOTHING, ""), "\n"

    def _pictures(self) -> Pictures | None:
        from studytool.app.app import StudyApp

        app = self.app
        return app.pictures_of(self.note, partial(self._there, self.markdown)) if isinstance(app, StudyApp) else None

    def _colour(self, code: str, language: str) -> list[Run] | None:
        """The colours of code of this text; None until a thread, to which it is given once, has found them."""
        from studytool.app.pieces import Pieces, in_a_thread
        from studytool.app.prose.code import keep

        known = self._coloured
        if (code, language) not in known:
            known[code, language] = None

            def colour() -> None:
                known[code, language] = keep(code, language)

            Pieces(self.screen, in_a_thread(colour), partial(self._there, self.markdown))
        return known[code, language]

    def _there(self, markdown: str) -> None:
        """A picture of this text has come, or the colours of its code."""
        if self.is_attached and self.markdown == markdown:
            self._lay()


def _to_copy(line: Line, margin: int | None) -> str:
    """A line as it is shown, with `_NOTHING` for the `margin` of code: who copies code wants it as it is written."""
    return "".join(_NOTHING if at == margin else text for at, (text, _) in enumerate(line)).rstrip()


class _Laid(Visual):
    """A text that is laid out when Textual says how wide it is; colours are looked up when it is painted."""

    def __init__(
        self, markdown: str, source: bool = False, pictures: Pictures | None = None, later: Later | None = None
    ) -> None:
        self._markdown = markdown
        self._pictures, self._later = pictures, later
        self._source = source
        self._at: dict[int, list[Line]] = {}

    def lines(self, width: int) -> list[Line]:
        """The lines at a width."""
        if width not in self._at:
            while len(self._at) >= 2:  # with and without the scrollbar
                del self._at[next(iter(self._at))]
            helped = partial(lines_of, pictures=self._pictures, later=self._later)
            laid = helped(self._markdown, width, source=self._source)
            self._at[width] = laid or [[]]
        return self._at[width]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines as Textual paints them."""
        if not width:
            return []
        lines = self.lines(width)
        if options.selection is None and options.post_style is None:
            strips = painted(lines[:height], width, style, options.get_style)
            if strips is not None:
                return strips
        return content(lines).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The widest line, where the text has all the room there is."""
        return max(map(cells, self.lines(container_width)))

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The number of lines at a width; none for no text."""
        return len(self.lines(width)) if self._markdown.strip() and width else 0
