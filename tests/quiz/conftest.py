"""Libraries to quiz from: a small one of notes, and a large one that is made up from word lists, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from studytool.demo import trust
from studytool.demo.find import read
from studytool.memory import Store, open_store
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import build
from studytool.quiz.model import Paper
from tests.note_folder import note_file, note_folder
from tests.quiz.by_line import SEA, TIDES
from tests.quiz.sums import HEAD, Make

HARBOUR = """\
---
title: Harbour
aliases: [harbor, port basin]
---
# Harbour

Q: What is a breakwater?
A: A breakwater is a wall of stone that takes the force out of the waves before they reach the moored ships. It lets a
small gap open for traffic.

Q: What is a bollard?
A: A bollard is a short iron post on the quay around which crews lay their ropes. It must hold many tons in a storm.

Q: What is a dredger?
A: A dredger lifts mud and sand from the bottom of the channel, so that deep hulls can pass at low tide.

Q: What is a pilot?
A: A pilot knows every shoal of these waters and guides foreign captains through the narrow entrance.

Q: What is a lighthouse?
A: A lighthouse sends out a beam at night by which sailors tell how far the rocks are.

Q: How many metres does the tide rise at the north quay?
A: 4.5

Q: Which rope holds the bow?
A: The head line

C: The keeper raises a [black ball] on the mast when the entrance is closed.

---

Which of these keeps the channel deep?

- [ ] The crane
- [x] The dredger
- [ ] The pilot

> Only it touches the ground.
"""

MILL = """\
---
title: Mill
after: [Harbour]
---
# Mill

- **Millstone**: a heavy round of granite that crushes grain against its resting twin
- **Hopper**: a wooden funnel from which kernels trickle slowly into the eye above
- **Sluice**: a gate across the stream that decides how much water reaches the wheel
- **Gear**: a toothed disc that passes turning force from one axle on to another
- **Sieve**: a fine mesh of silk that parts white flour from the coarse brown bran

Q: Why does the miller dress the stones every few weeks?
A: Worn furrows no longer cut. They would only warm the flour and spoil its taste.
"""


def listed(text: str) -> list[str]:
    return text.split()


# Words that share no stem with each other, for definitions about nothing: only their form can give an answer away.
THINGS = listed(
    "anvil badge cradle dagger easel flute goblet harp inkwell jacket kettle lantern mallet napkin oar pulley quiver "
    "rudder saddle trowel urn violin whistle yoke zither awl bellows chisel drum funnel gimlet hammock icon jug ladle "
    "mirror needle ottoman pestle rake scythe tongs umbrella vase wagon abacus bobbin candle distaff fiddle"
)
PARTS = listed(
    "copper cedar linen marble amber velvet silver leather granite walnut ivory canvas bronze cotton slate willow "
    "pewter wool maple crystal tin felt oak pearl horn brass straw clay cork jade"
)
PLACES = listed(
    "kitchen meadow chapel orchard stable cellar market garden tavern bakery forge attic abbey castle village valley "
    "harbor bridge island forest"
)
PEOPLE = listed(
    "farmer monk tailor hunter baker soldier painter shepherd widow merchant sailor student doctor beggar jeweller "
    "weaver priest clerk cook barber"
)
DOINGS = listed(
    "carries polishes borrows repairs measures hides sells paints weighs cleans lifts turns guards breaks folds "
    "fills empties holds wraps throws"
)
TIMES = listed("dawn noon dusk midnight winter spring summer autumn Monday Friday Easter harvest")


def sentence(rng: Random) -> str:
    """Between nine and twenty-two words, so that the lengths of answers spread as they do in notes."""
    said = f"The {rng.choice(PEOPLE)} {rng.choice(DOINGS)} one of {rng.choice(PARTS)} in the {rng.choice(PLACES)}"
    if rng.random() < 0.6:
        said += f" before {rng.choice(TIMES)}"
    if rng.random() < 0.5:
        said += f", and a {rng.choice(PEOPLE)} {rng.choice(DOINGS)} another of {rng.choice(PARTS)}"
    if rng.random() < 0.3:
        said += f" near the old {rng.choice(PLACES)}"
    return f"{said}."


def note(rng: Random, number: int) -> str:
    """A note of 24 cards: things with qualifiers of differing length, each told of in one to three sentences.

    Its title names two of them, as the titles of a course do.
    """
    things = rng.sample(THINGS, 24)
    cards = []
    for thing in things:
        name = " ".join([*rng.sample(PARTS, rng.randrange(3)), thing])
        told = " ".join(sentence(rng) for _ in range(rng.randrange(1, 4)))
        asks = rng.choice([f"What is the {name}?", f"Why is there the {name}?", f"What is the {name}?"])
        cards.append(f"Q: {asks}\nA: {told}\n")
    title = f"{things[0].capitalize()} and {things[1]} {number}"
    return f"---\ntitle: {title}\n---\n# {title}\n\n" + "\n".join(cards)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """The folder of the small library."""
    return note_folder(tmp_path, harbour=HARBOUR, mill=MILL)


@pytest.fixture
def small(notes: Path) -> Library:
    """The small library: two topics, fourteen cards and a question."""
    return load_library([notes], root=notes)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Thirty notes of 24 cards each."""
    folder = tmp_path_factory.mktemp("large")
    rng = Random("rooms")
    for number in range(30):
        (folder / f"room-{number:02}.md").write_text(note(rng, number), "utf-8")
    return load_library([folder], root=folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty log."""
    store = open_store(tmp_path / "log")
    yield store
    store.close()


@pytest.fixture
def paper(small: Library, notes: Path) -> Paper:
    """All questions of the small library, with paths from its folder."""
    found = build(small, count=100, seed=5)
    relative = [replace(asked, path=Path(asked.path).relative_to(notes).as_posix()) for asked in found.questions]
    return replace(found, questions=tuple(relative))


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """A note with three typed questions."""
    return note_file(tmp_path, "tides", TIDES)


@pytest.fixture
def sea(tmp_path: Path) -> Path:
    """A note with one question to answer in own words."""
    return note_file(tmp_path, "sea", SEA)


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Cards in a note that links to the demo of a source, which is trusted unless a test says otherwise."""

    def make(source: str, *, trusted: bool = True, count: int = 8) -> Library:
        folder = tmp_path / "notes"
        folder.mkdir(exist_ok=True)
        demo = folder / "sums.py"
        demo.write_text(HEAD + source, "utf-8")
        names = listed("alder birch cedar daphne elm fir ginkgo hazel ivy juniper kapok larch")[:count]
        cards = "\n".join(f"Q: Which tree has number {number}?\nA: {name}\n" for number, name in enumerate(names, 1))
        (folder / "trees.md").write_text(f"---\ndemo: ./sums.py\n---\n# Trees\n\n{cards}", "utf-8")
        if trusted:
            info = read(demo)
            trust.trust(info.path, info.digest)
        return load_library([folder], root=folder)

    return make
