"""What the tests of an exam in the app share: a note of every kind of question, and the keys that answer it."""

from __future__ import annotations

from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.home import HomeScreen

KINDS = """\
# Rivers

Which river is the longest in Europe?

- [ ] Danube
- [x] Volga
- [ ] Rhine

---

Which of these end in the Black Sea? (choose two)

- [x] Danube
- [ ] Rhine
- [x] Dniester

---

True or false: the Nile runs north.

- [x] True
- [ ] False

---

Who built the bridge?
= Charles

---

How long is the river?
= 430 ± 1 km

---

Put the steps of a river in order.

1. Spring
2. Bend
3. Mouth

---

Match each city with its river.

| city | river |
|---|---|
| Cairo | Nile |
| Prague | Vltava |
| Vienna | Danube |

## Why do rivers bend? (in your own words)

Fast water wears the outer bank away, and slow water drops what it carries on the inner bank.
"""


def said(pilot) -> str:
    """What the app says in its corner; on the screen the path of the log breaks it anywhere."""
    return " ".join(one.message for one in pilot.app._notifications)


async def begin(pilot, until) -> ExamScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, ExamStartScreen))
    await pilot.press("enter")
    await until(pilot, lambda: ready(pilot))
    return pilot.app.screen


def ready(pilot) -> bool:
    """Whether a question can be answered."""
    return isinstance(pilot.app.screen, ExamScreen) and pilot.app.screen._field is not None


def events(pilot, kind: str) -> list:
    return [event.payload for event in pilot.app.desk.store.events() if event.kind == kind]


async def answer(pilot, until) -> None:
    """Answer the question on the screen rightly, with keys alone."""
    screen = pilot.app.screen
    asked, done = screen.asked, len(screen.exam.attempts)
    if asked.kind in ("choice", "truth"):
        await pilot.press(str(asked.right[0] + 1))
    elif asked.kind == "multiple":
        await pilot.press(*(str(place + 1) for place in asked.right), "enter")
    elif asked.kind == "ordering":
        await order(pilot, asked)
    elif asked.kind == "matching":
        await pilot.press(*(str(place + 1) for place in asked.places), "enter")
    elif asked.kind == "recall":
        await pilot.press(*"slow water", "ctrl+s")
    else:
        await pilot.press(*asked.answer.partition(" ±")[0], *(" km" if asked.kind == "numeric" else ""), "enter")
    await until(pilot, lambda: len(screen.exam.attempts) > done)


async def order(pilot, asked) -> None:
    """Move each item up to its place."""
    now = list(range(len(asked.items)))
    for place, item in enumerate(asked.places):
        at = now.index(item)
        await pilot.press(*["k"] * len(now), *["j"] * at, *["K"] * (at - place), *["k"] * len(now))
        now.insert(place, now.pop(at))
    await pilot.press("enter")


async def typed_kind(pilot, until, screen) -> None:
    """The question on the screen is answered with letters."""
    assert screen.asked.kind in ("typed", "recall", "cloze"), screen.asked


async def leave(pilot, until) -> None:
    """Leave the exam for another time."""
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
    await pilot.press("q")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def wrong(pilot) -> None:
    """A wrong answer to a question that has none yet."""
    asked = pilot.app.screen.asked
    if asked.options:
        wanted = next(place for place, option in enumerate(asked.options) if not option.correct)
        await pilot.press(str(wanted + 1), *(["enter"] if asked.kind == "multiple" else []))
    elif asked.kind == "matching":
        await pilot.press(*(str(asked.places[-1] + 1) for _ in asked.items), "enter")
    elif asked.kind == "ordering":
        await pilot.press(*(["enter"] if asked.places != (0, 1, 2) else ["J", "enter"]))
    else:
        await pilot.press(*"zzz", "ctrl+s" if asked.kind == "recall" else "enter")
