"""The question before a demo that is not built in: here is what it is, shall it run?"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.prose.code import code_lines
from studytool.app.prose.lines import content
from studytool.app.screens.window import Window
from studytool.app.widgets.fitted import Fitted
from studytool.app.widgets.scroll import LongText
from studytool.text import clean, counted, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.demo.files import Source

# Lines of a file that can be looked at here; an editor shows the rest.
_MOST = 400


class TrustScreen(Window[bool]):
    """Path, size and text of a demo's files; the result is whether they may run. Enter is a habit and no consent."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Run it", id="trust.agree"),
        Binding("n,escape,q", "refuse", "Do not", id="trust.refuse"),
    ]

    def __init__(self, files: Sequence[Source], *, changed: bool) -> None:
        """`changed` tells that an earlier content of these files was agreed to."""
        super().__init__()
        self._files, self._changed = files, changed

    def compose(self) -> ComposeResult:
        """What it is, what it means to run it, its text, and the keys."""
        heads = [self._head(file) for file in self._files]
        title = "This demo has changed since you trusted it. Run it?" if self._changed else "Run this demo?"
        with Vertical(id="trust"):
            yield Static(
                Content("\n").join(
                    [
                        Content.styled(title, "bold"),
                        *heads,
                        Content.styled(
                            "It is a program and not one of the built-in demos. It will run as you: it can read, "
                            "change and send whatever you can. Run it only if you know where it comes from.",
                            "$warning",
                        ),
                    ]
                ),
                id="trust-what",
            )
            with LongText(id="trust-source"):
                yield Fitted(lambda: self.call_after_refresh(self._show), id="trust-code")
            yield Static(
                Content.assemble(
                    (self.app.key_name("trust.agree", "y"), "$accent bold"),
                    (" runs it, now and until it changes      ", "$foreground-muted"),
                    (self.app.key_name("trust.refuse", "n"), "$accent bold"),
                    (" does not", "$foreground-muted"),
                ),
                id="trust-keys",
            )

    @staticmethod
    def _lines(file: Source) -> list[str]:
        return clean(file.content.decode("utf-8", "replace")).splitlines()

    def _head(self, file: Source) -> Content:
        """Where a file is, and how long; on lines of their own, so that no number is torn."""
        size = f"{counted(len(self._lines(file)), 'line')}, {counted(len(file.content), 'byte')}"
        return Content.assemble(one_line(str(file.path)), "\n", (size, "$foreground-muted"))

    def _show(self) -> None:
        """The text in the colours of code; what has no room in its line stands behind a mark, and is no line."""
        code, shown = self.query_one("#trust-code", Fitted), []
        for file in self._files:
            lines = self._lines(file)
            more = [f"… and {counted(len(lines) - _MOST, 'line')} more"] if len(lines) > _MOST else []
            text = content(code_lines("\n".join(lines[:_MOST]), "python", max(code.size.width, 20)))
            text = Content("\n").join([text, *map(Content, more)])
            shown.append(Content("\n").join([self._head(file), Content(), text]) if len(self._files) > 1 else text)
        code.update(Content("\n\n\n").join(shown))

    def action_agree(self) -> None:
        """Run it."""
        self.dismiss(True)

    def action_refuse(self) -> None:
        """Do not run it."""
        self.dismiss(False)
