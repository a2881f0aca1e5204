"""Questions from cards, and marks with a reason for their answers: values in, values out."""

from studytool.quiz.build import build
from studytool.quiz.marking import mark
from studytool.quiz.model import Asked, Attempt, Mark, Paper

__all__ = ["Asked", "Attempt", "Mark", "Paper", "build", "mark"]
