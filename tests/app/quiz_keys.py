"""A question of each kind as notes have it, and keys that answer them."""

from __future__ import annotations

from studytool.quiz import Attempt

NOTES = {
    "choice": "Which of these is sweet?\n\n- [x] Sugar\n- [ ] Salt\n- [ ] Flour\n\n> It is cane.\n",
    "multiple": "Which of these rise?\n\n- [x] Yeast\n- [ ] Salt\n- [x] Sourdough\n",
    "truth": "Bread is baked.\n\n- [x] True\n- [ ] False\n",
    "typed": "Who grinds the grain?\n= the miller\n",
    "cloze": "C: The dough rests in a [bowl].\n",
    "numeric": "How long is the pan?\n= 0.25 ± 0.01 m\n",
    "ordering": "Put these in order.\n\n1. mix\n2. knead\n3. bake\n4. cool\n",
    "matching": (
        "Match each tool with its use.\n\n| tool | use |\n|---|---|\n| oven | heat |\n| bowl | mixing |\n"
        "| knife | cutting |\n| | sewing |\n"
    ),
    "recall": "## Why does dough rise? (in your own words)\n\nYeast gives off a gas that the gluten holds.\n",
}


def attempts(pilot) -> list[Attempt]:
    return [Attempt.from_payload(e.payload) for e in pilot.app.desk.store.events() if e.kind == "attempt"]


def row(pilot, selector: str) -> list[str]:
    rows = pilot.app.screen.query_one(selector)
    return [rows.get_option_at_index(index).prompt.plain for index in range(rows.option_count)]


async def arrange(pilot, wanted: list[str]) -> None:
    """Put the items in order with J and K alone: the first up to its place, then the second, …"""
    for place, item in enumerate(wanted):
        at = next(index for index, text in enumerate(row(pilot, "#items")) if item in text)
        await pilot.press("g", *("j",) * at, *("K",) * (at - place))
        await pilot.pause()
