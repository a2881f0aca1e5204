"""Answers that are typed: the field they go into, what they are worth, and the mark that can be taken back."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from studytool.app.screens.sitting_end import SittingEnd
from studytool.typed import marked

if TYPE_CHECKING:
    from textual.widgets import Input

    from studytool.memory import Grade
    from studytool.quiz import Asked


class TypedAnswers(SittingEnd):
    """A screen with a sitting in which some answers are typed; what is typed proposes a grade, and chooses none."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: Asked | None = None
        self._proposed: Grade | None = None

    @abstractmethod
    def action_reveal(self) -> None:
        """Show the answer."""

    @abstractmethod
    def _ask(self) -> None:
        """Say what can be done before the answer is shown."""

    @property
    def _types(self) -> bool:
        """Whether the keys go into the field of an answer."""
        return self._typed is not None and self.focused is not None

    @property
    def _is_marked(self) -> bool:
        """Whether a typed answer stands there with its mark."""
        return self._revealed and bool(self._face.typed)

    @property
    def _is_half_typed(self) -> bool:
        """Whether the keys go into a field in which something stands."""
        return self._types and not self._revealed and bool(self._face.typed)

    def on_input_changed(self) -> None:
        """As long as nothing is typed, the last grade can be taken back."""
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field: show the answer, and what the typed one is worth."""
        event.stop()
        self.action_reveal()

    def on_descendant_focus(self) -> None:
        """Other keys do something now."""
        self._keys_moved()

    def on_descendant_blur(self) -> None:
        """Other keys do something now."""
        self._keys_moved()

    def _keys_moved(self) -> None:
        if self._typed and not self._revealed:
            self._ask()
        self.refresh_bindings()

    def _mark(self) -> None:
        """Mark what was typed, and propose a grade; nothing typed is nothing said."""
        if self._typed is None:
            return
        mark, self._proposed = marked(self._typed, self._face.typed) if self._face.typed else (None, None)
        self._face.mark(mark)
        self.set_focus(None)

    def _unmark(self) -> None:
        self._revealed, self._proposed = False, None
        self._face.unmark()
        self._ask()
        self.refresh_bindings()
        out, undo = self.app.key_name("study.leave", "esc"), self.app.key_name("study.undo", "u")
        more = f" {out} and {undo} take back the last grade." if self._trail else ""
        self.app.warn(f"The mark is taken back: correct what you typed, and enter marks it again.{more}", self)
