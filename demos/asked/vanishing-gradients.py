"""What is asked and claimed about vanishing gradients."""

import math
from statistics import median

import torch

from studytool.demo import Question, spread

from demo_vanishing_gradients import DEPTH, demo

SEEDS, LONGER, RATE = 10, 160, 0.02  # starts of a claim; steps that ReLU needs with a small η, and that η
LEAST, MOST = 3.5, 4.7  # by how much a sigmoid layer shrinks the gradient
GUESSING, LEARNED, LARGER = 25, 90, 50  # percent of the training digits that are right, twice; ratio of gradients
RIGHT = "under 40 %", 40, "40 to 90 %", 90, "over 90 %"


def factors(sim, count, depth):
    """By how much the gradient shrinks at the start from a layer to the one before it, for each seed."""
    return [10 ** (powers / (depth - 1)) for powers in sim.gains("first", "last", count, steps=1, depth=depth)]


@demo.predict("Ten sigmoid layers. From each layer to the one before, the gradient shrinks by a factor of about",
              "1.5", 2.5, "4", 9, "20",
              why="The slope of the sigmoid is at most 1/4, and the weights hardly change the size.",
              depth=10, steps=1)  # fmt: skip
def _(sim):
    return median(factors(sim, 5, depth=10))


@demo.predict(f"{DEPTH} layers of ReLU in place of sigmoid, first weights of variance 1/n. It gets right",
              *RIGHT,
              why="Signal and gradient halve their mean square at each layer: all weights get too little.",
              activation="relu")  # fmt: skip
def _(sim):
    return median(sim.last("right", 5, activation="relu"))


@demo.predict(f"{DEPTH} sigmoid layers, but residual: h + f(W·h)/10. It gets right",
              *RIGHT,
              why="The gradient comes back along the sums, and does not have to pass twenty sigmoids.",
              layers="residual")  # fmt: skip
def _(sim):
    return median(sim.last("right", 5, layers="residual"))


@demo.claim(f"10 or 20 sigmoid layers: the gradient shrinks {LEAST} to {MOST} times a layer, in {SEEDS} starts.")
def _(sim):
    found = [f for depth in (10, 20) for f in factors(sim, SEEDS, depth)]
    return min(found) >= LEAST and max(found) <= MOST, spread(found, ".2f")


@demo.claim(f"{DEPTH} plain layers of sigmoid, or ReLU with variance 1/n: under {GUESSING} % right in all starts.")
def _(sim):
    found = [a for f in ("sigmoid", "relu") for a in sim.last("right", SEEDS // 2, activation=f)]
    return max(found) < GUESSING, f"{spread(found)} %"


@demo.claim(f"{DEPTH} ReLU layers: 2/n brings the first over {LARGER} times the gradient of 1/n; with 4/n it explodes.")
def _(sim):
    one, two, four = (sim.last("first", SEEDS, steps=1, activation="relu", variance=f"{v}/n") for v in (1, 2, 4))
    times = [10 ** (b - a) for a, b in zip(one, two, strict=True)]
    return min(times) > LARGER and not any(map(math.isfinite, four)), f"{spread(times)} times; with 4/n NaN"


@demo.claim(f"With He's variance 2/n and η = {RATE} these layers learn over {LEARNED} % in {LONGER} steps.")
def _(sim):
    found = sim.last("right", SEEDS // 2, activation="relu", variance="2/n", learning_rate=RATE, steps=LONGER)
    return min(found) > LEARNED, f"{spread(found)} %"


@demo.claim(f"Residual, {DEPTH} layers learn over {LEARNED} % with sigmoid and with ReLU; so do plain ones of tanh.")
def _(sim):
    ways = ({"layers": "residual"}, {"layers": "residual", "activation": "relu"}, {"activation": "tanh"})
    found = [min(sim.last("right", SEEDS // 2, **way)) for way in ways]
    return min(found) > LEARNED, "at least " + ", ".join(f"{a:.0f}" for a in found) + " %"


@demo.question
def through_sigmoids(rng):
    w, k = rng.choice((0.5, 0.8, 1.2, 3.0)), rng.choice((3, 4, 5))
    z = torch.zeros((), dtype=torch.float64, requires_grad=True)
    h = z
    for _ in range(k):  # a bias keeps every weighted sum at 0, where the slope is largest
        h = (w * (h - h.detach())).sigmoid()
    (g,) = torch.autograd.grad(h, z)
    return Question(
        f"{k} sigmoid layers of one neuron, every weight {w:g}, every weighted sum 0. By what factor do they multiply "
        "the gradient?", g,
        {"took σ(0) for its slope": (w / 2) ** k, "forgot that factors multiply": k * w / 4,
         "counted one layer only": w / 4},
        why="Each layer multiplies by its weight and by σ′(0) = 1/4.",
    )  # fmt: skip


@demo.question
def along_the_sums(rng):
    slope, k = rng.choice((-0.2, 0.1, 0.2, 0.3)), rng.choice((3, 4, 5, 10))
    x = torch.ones((), dtype=torch.float64, requires_grad=True)
    h = x
    for _ in range(k):
        h = h + slope * h
    (g,) = torch.autograd.grad(h, x)
    return Question(
        f"{k} residual layers h + f(h) of one neuron, f′ = {slope}. By what factor do they multiply the gradient?"
        .replace("-", "−"), g,
        {"left out the sum": slope**k, "took the sum alone": 1.0, "added the layers up": 1 + k * slope},
        why="Each layer multiplies by 1 + f′.",
    )  # fmt: skip
