"""What is asked and claimed about the phase diagram."""

import math
from functools import cache

import torch
import torch.nn.functional as F

from studytool.demo import Question, spread

from demo_phase_diagram import COLUMNS, demo, descent, rates

SEEDS, SAFE = 6, 0.25  # starts of a claim; a rate at which all train
CLOSER, NEARER = 6, 64  # halvings of the picture close to the edge, and how much nearer that is
JAGGED, SMOOTH = 2.5, 1.7  # changes in a row of pixels: more than this close to the edge, and fewer in a bowl


@cache
def outcomes(seed, kind, zoom, point):
    """Which networks train, as the demo finds it: [rows, columns]."""
    η1, η2, _ = rates(zoom, point)
    run = descent(kind, torch.Generator().manual_seed(seed), η1, η2)
    first = average = next(run)
    for _ in range(demo.steps - 1):
        average = 0.95 * average + 0.05 * next(run)
    return average < first


def whole(seed):
    return outcomes(seed, "network", 0, (1, 1))


@cache
def at_the_edge(seed, kind="network"):
    """The two rates of a place where pixels that train and that fail lie close together, found in two looks."""
    zoom, point = 0, (1, 1)
    for following in (CLOSER // 2, CLOSER):
        works = outcomes(seed, kind, zoom, point)
        edge = (works[1:, 1:] != works[:-1, 1:]) | (works[1:, 1:] != works[1:, :-1])
        near = F.avg_pool2d(edge[None, None].double(), (5, 7), 1, (2, 3))[0, 0] * edge
        row, column = divmod(near.argmax().item(), COLUMNS - 1)
        η1, η2, _ = rates(zoom, point)
        zoom, point = following, (η1[row, column + 1].item(), η2[row, column + 1].item())
    return {"zoom": CLOSER, "first_rate": point[0], "second_rate": point[1]}


def closer(sim, seed, kind="network"):
    """How often a row changes in the picture close to the edge."""
    return sim(seed=seed, loss=kind, **at_the_edge(seed, kind)).last("changes")


def share(works, high):
    """How many train where one rate, 0 or 1, is above 10 and the other is small."""
    η = rates(0, (1, 1))[:2]
    return works[(η[high] > 10) & (η[1 - high] < SAFE)].double().mean().item()


@demo.predict(f"At the edge, {NEARER} times nearer, η₁ grows along a row of pixels. Training turns to failing…",
              "once", 1.7, "and back, and so on",
              why="The edge is jagged at every scale: what a step leads to depends on every digit of η.",
              zoom=CLOSER, first_rate=0.164, second_rate=1.4266)  # fmt: skip
def _(sim):
    return closer(sim, 0)


@demo.predict(f"The same with a bowl for a loss, {NEARER} times nearer. Along a row training turns to failing…",
              "once", 1.7, "and back, and so on",
              why="How long a step may be follows from the curvature of the bowl: one smooth curve.",
              loss="bowl", zoom=CLOSER, first_rate=0.5186, second_rate=0.38026)  # fmt: skip
def _(sim):
    return closer(sim, 0, "bowl")


@demo.predict("The whole picture, each rate from 0.1 to 100. Which of the two has to be small?", "η₁", "η₂", "both",
              why="tanh bounds what the first layer hands on, and nothing bounds the second.")  # fmt: skip
def _(sim):
    first, second = (share(whole(0), high=other) for other in (1, 0))
    return "both" if max(first, second) < 0.5 else "η₁" if first > second else "η₂"


@demo.claim(f"{NEARER} times nearer at the edge, rows of pixels still change over {JAGGED} times: {SEEDS} starts.")
def _(sim):
    found = [closer(sim, s) for s in sim.seeds(SEEDS)]
    return min(found) > JAGGED, f"{spread(found, '.1f')} times"


@demo.claim(f"In a bowl such rows change once, {NEARER} times nearer as well: under {SMOOTH} times in the mean.")
def _(sim):
    found = [closer(sim, s, "bowl") for s in sim.seeds(SEEDS)]
    return max(found) < SMOOTH, f"{spread(found, '.2f')} times"


@demo.claim(f"Away from the edge nothing of it is seen: with η₂ < {SAFE} all train, and with η₁ above 10 as well.")
def _(sim):
    η1, η2, _ = rates(0, (1, 1))
    inside = (η1 < SAFE) & (η2 < SAFE)
    low = [whole(s)[inside].double().mean().item() for s in sim.seeds(SEEDS)]
    high = [share(whole(s), high=0) for s in sim.seeds(SEEDS)]
    return min(low) == min(high) == 1, f"{inside.sum()} networks with a low η₁: {100 * min(low):.0f} %; high: the same"


@demo.question
def dimension(rng):
    few, factor = rng.choice((40, 60, 90)), rng.choice((2.2, 2.6, 3.0, 3.4))
    counts = torch.tensor([few, round(few * factor)], dtype=torch.float64)
    ratio = (counts[1] / counts[0]).item()
    return Question(
        f"In a picture of 100 × 100 pixels {few} lie on the edge, of the same part in 200 × 200 {round(few * factor)}. "
        "What is the dimension of the edge, by counting boxes?",
        torch.log2(counts[1] / counts[0]), {"took the ratio itself": ratio, "natural logarithm": math.log(ratio),
                                            "by the number of pixels, 4 times as many": math.log(ratio) / math.log(4)},
        why="Boxes half as large: the count grows by 2 to the power of the dimension, 1 for a smooth curve.",
    )  # fmt: skip


@demo.question
def between_neighbours(rng):
    low, decades, pixels = rng.choice((0.01, 0.1)), rng.choice((1, 2, 3)), rng.choice((20, 40, 50, 100))
    high = low * 10**decades
    η = torch.logspace(math.log10(low), math.log10(high), pixels + 1, dtype=torch.float64)
    return Question(
        f"η goes from {low:g} to {high:g} in {pixels} equal steps of a logarithmic axis. By what does each multiply?",
        η[1] / η[0], {"equal differences, seen at the low end": 1 + (high - low) / pixels / low,
                      "took decades for factors": decades / pixels, "forgot the logarithm": high / low / pixels},
        why="The factors multiply: each is the whole factor to the power of one over the number of steps.",
    )  # fmt: skip
