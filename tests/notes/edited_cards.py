"""Cards that are alike, and edits that leave what they ask as it is, by a seed."""

from __future__ import annotations

import random

SUBJECTS = [
    "network",
    "kernel",
    "tensor",
    "gradient",
    "layer",
    "filter",
    "batch",
    "weight",
    "neuron",
    "token",
    "vector",
    "matrix",
    "loss",
    "optimiser",
]
VERBS = [
    "shrinks",
    "doubles",
    "stores",
    "splits",
    "merges",
    "filters",
    "sorts",
    "counts",
    "blocks",
    "feeds",
    "guards",
    "ranks",
    "delays",
    "copies",
]
PLACES = [
    "before training",
    "inside the cache",
    "on every device",
    "during search",
    "at the border",
    "in the first pass",
]
MORE = ["as a rule", "in short", "to be exact", "in most cases", "by the way", "on the whole"]


def made_up(rng: random.Random) -> str:
    """A word nobody knows, which stays what it is when it is edited."""
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(rng.randint(2, 4)))


def deck(rng: random.Random, size: int) -> list[tuple[str, str]]:
    """Cards whose prompts are alike: the same few sentences about things with made-up names."""
    found = {}
    while len(found) < size:
        name, other, subject = made_up(rng), made_up(rng), rng.choice(SUBJECTS)
        front = rng.choice(
            (
                f"What does the {name} {subject} do {rng.choice(PLACES)}?",
                f"Why is the {name} {subject} important for {other}?",
                f"How does {name} change the {other} {subject}?",
                f"Which {subject} does {name} need?",
            )
        )
        back = (
            f"It {rng.choice(VERBS)} the {made_up(rng)} {rng.choice(SUBJECTS)} {rng.choice(PLACES)} of {made_up(rng)}."
        )
        found[front] = back
    return list(found.items())


def typo(rng: random.Random, text: str) -> str:
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return f"{text} "
    at = rng.choice(long)
    word, place = words[at], rng.randint(1, len(words[at]) - 3)
    words[at] = rng.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + word[place] + word[place:],
        )
    )
    return " ".join(words)


def edited(rng: random.Random, front: str, back: str) -> tuple[str, str]:
    """One edit that leaves what is asked as it is."""
    kind = rng.randrange(8)
    if kind == 0:
        return typo(rng, front), back
    if kind == 1:
        return front, typo(rng, back)
    if kind == 2:
        return front, f"{back} {rng.choice(MORE).capitalize()}, {made_up(rng)} follows."
    if kind == 3:
        return front.replace("?", f", {rng.choice(MORE)}?"), back
    if kind == 4:
        return front, f"The {made_up(rng)} {rng.choice(SUBJECTS)}."
    if kind == 5:
        return front.replace(" the ", " a "), back.replace("It ", "This ")
    if kind == 6:
        return typo(rng, front), typo(rng, back)
    return f"**{front}**", back.upper()
