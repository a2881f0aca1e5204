"""FSRS-6 against programs in Rust, float32 inside: fsrs-rs and Anki, each in an environment and a process of its own.

Runs where $STUDYTOOL_ORACLES names a folder with environments, made so:

    python -m venv FOLDER/fsrs-rs && FOLDER/fsrs-rs/bin/pip install fsrs-rs-python
    python -m venv FOLDER/anki && FOLDER/anki/bin/pip install anki
"""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from studytool.memory import fsrs
from studytool.memory.columns import Reviews, days_of
from studytool.memory.events import DAY_MS
from studytool.memory.lockstep import states

NOON = 1_262_347_200_000  # 2010-01-01 12:00 UTC
SEQUENCES = 1000

FSRS_RS = """
import json, sys
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview
told = json.load(sys.stdin)
model = FSRS(told["weights"])
found = []
for answers in told["sequences"]:
    state = model.memory_state(FSRSItem([FSRSReview(grade, gap) for grade, gap in answers]))
    found.append((state.stability, state.difficulty))
print(json.dumps(found))
"""

ANKI = """
import json, os, sys, tempfile
from anki.collection import Collection
told = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    collection = Collection(os.path.join(folder, "collection.anki2"))
    collection.set_config("fsrs", True)
    config = collection.decks.get_config(1)
    config["fsrsParams6"] = told["weights"]
    collection.decks.update_config(config)
    found, noon = [], told["noon"]
    for number, answers in enumerate(told["sequences"]):
        note = collection.new_note(collection.models.by_name("Basic"))
        note["Front"] = str(number)
        collection.add_note(note, 1)
        card = note.cards()[0].id
        when = noon + 100 * number
        for at, (grade, gap) in enumerate(answers):
            when += 86_400_000 * gap + 1
            row = (when, card, grade, 1, 1, 2500, 1000, 1 if at else 0)
            collection.db.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", *row)
        collection.db.execute("UPDATE cards SET type = 2, queue = 2, ivl = 1 WHERE id = ?", card)
        state = collection.compute_memory_state(card)
        found.append((state.stability, state.difficulty))
    collection.close()
print(json.dumps(found))
"""


def _weights(seed: int) -> tuple[float, ...]:
    """The defaults for seed 0, else a vector a third of the way to a random one within the published bounds."""
    draw = random.Random(seed)
    bounds = zip(fsrs.DEFAULT_WEIGHTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple((2 * default + (draw.uniform(low, high) if seed else default)) / 3 for default, low, high in bounds)


def _sequences(seed: int, longest: int) -> list[list[tuple[int, int]]]:
    """Grades with the days since the answer before, of which some are none."""
    draw = random.Random(seed)
    found = []
    for _ in range(SEQUENCES):
        gaps = [
            0,
            *(draw.choice((0, draw.randint(1, 6), draw.randint(1, 200))) for _ in range(draw.randint(0, longest))),
        ]
        found.append([(draw.choices((1, 2, 3, 4), (2, 1, 5, 2))[0], gap) for gap in gaps])
    return found


def _ours(weights: tuple[float, ...], sequences: list[list[tuple[int, int]]]) -> np.ndarray:
    """Stability and difficulty that lock-step comes to; the scalar steps come to the same."""
    card = [number for number, answers in enumerate(sequences) for _ in answers]
    ms = [NOON + DAY_MS * int(day) for answers in sequences for day in np.cumsum([gap for _, gap in answers])]
    grade = [grade for answers in sequences for grade, _ in answers]
    many, none = np.array(ms, np.int64), np.zeros(len(ms), np.int32)
    offset = none.astype(np.int16)
    reviews = Reviews(
        *([str(number) for number in range(len(sequences))], np.array(card, np.int32), many, offset),
        *(days_of(many, offset, 4), np.array(grade, np.int8), none, none.astype(np.bool_), none),
    )
    found = states(reviews, fsrs.Model(weights))
    for answers, stability, difficulty in zip(sequences, found.stability, found.difficulty, strict=True):
        state = fsrs.first(fsrs.Model(weights), answers[0][0])
        for grade_now, gap in answers[1:]:
            state = fsrs.step(fsrs.Model(weights), *state, gap, grade_now)
        assert state == pytest.approx((stability, difficulty), rel=1e-12)
    return np.stack((found.stability, found.difficulty), 1)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("name", "script", "longest"), [("fsrs-rs", FSRS_RS, 30), ("anki", ANKI, 12)])
def test_stability_and_difficulty_agree_with(name: str, script: str, longest: int, seed: int) -> None:
    folder = os.environ.get("STUDYTOOL_ORACLES")
    if not folder:
        pytest.skip("STUDYTOOL_ORACLES names no folder with environments of other programs")
    python = Path(folder) / name / "bin" / "python"
    if not python.exists():
        pytest.skip(f"{folder} has no environment {name}")
    weights, sequences = _weights(seed), _sequences(seed, longest)
    told = json.dumps({"weights": weights, "sequences": sequences, "noon": NOON})
    environment = {**os.environ, "TZ": "UTC", "PYTHONPATH": ""}
    done = subprocess.run(
        [python, "-c", script], input=told, capture_output=True, text=True, env=environment, timeout=300
    )
    assert done.returncode == 0, done.stderr
    theirs = np.array(json.loads(done.stdout))
    ours = _ours(weights, sequences)
    apart = np.abs(theirs / ours - 1)
    print(f"{name}, seed {seed}: {apart.shape[0]} sequences, largest differences {apart.max(0)}, mean {apart.mean(0)}")
    assert apart.max() <= 1e-5
