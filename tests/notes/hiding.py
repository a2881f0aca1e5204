"""Where no card may be seen, whatever its dialect: in code, comments, formulas and front matter."""

from __future__ import annotations

_PLACES = {
    "a fence": "```\n{}\n```\n",
    "a fence with tildes": "~~~ md\n{}\n~~~\n",
    "a fence in a quote": "> ```\n> {}\n> ```\n",
    "a one-line comment": "<!-- {} -->\n",
    "a comment over lines": "<!--\n{}\n-->\n",
    "an Obsidian comment": "%%\n{}\n%%\n",
    "a formula": "$$\n{}\n$$\n",
    "front matter": "---\nnote: |\n  x\n{}\n---\n",
}
PLACES = tuple(_PLACES)


def hidden(place: str, card: str) -> str:
    """A note that has a card in such a place and nowhere else."""
    return _PLACES[place].format(card.replace("\n", "\n> ") if place.endswith("quote") else card)
