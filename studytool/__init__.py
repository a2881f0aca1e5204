"""Flashcards and quizzes from your own markdown notes, with live demos, in the terminal."""

# A literal: importlib.metadata would cost more than the whole of `studytool --help`.
__version__ = "0.1.0"
