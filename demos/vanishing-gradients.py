"""Vanishing gradients: how much of the slope reaches the first layer of a deep network.

Backpropagation goes from the last layer to the first, and at each layer multiplies by its weights and by the slope of
its activation. From the last of twenty layers to the first that is nineteen times: if each leaves a quarter, the first
layer gets 1/4¹⁹ of what the last one gets, and does not move (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994). The
slope of the sigmoid is at most 1/4; that of ReLU is 1 where it is on, and 0 where it is off.

ReLU alone is no cure: with first weights of variance 1/n, for n inputs, each layer halves the mean square of the
signal, as half of its neurons are off, and that of the gradient on its way back. A weight's gradient is the product of
both, so here it is alike in all layers, and everywhere far too small. He and others (2015) double the variance to 2/n,
which keeps signal and gradient, and with a small η the network learns; with 4/n both explode. A residual network
computes h + f(h) in each layer (He and others, 2016): the gradient reaches the first layer along the sums, whatever f
does to its own share. Here f is scaled by 1/10.

Drawn is the size of the gradient of each layer's weights, as a power of ten, while the network learns 200 digits.
"""

import math
from functools import partial
from statistics import median

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, accuracy, curves, digits, line, spread

SEEDS, DEPTH, LONGER = 10, 20, 160  # starts of a claim; layers; steps that ReLU needs with a small η
WIDTH, LOW = 64, -14  # neurons of every layer, as many as a digit has pixels; the lowest power of ten that is drawn
LEAST, MOST, RATE = 3.5, 4.7, 0.03  # by how much a sigmoid layer shrinks the gradient; a small η
GUESSING, LEARNED, LARGER = 25, 90, 50  # percent of the training digits that are right; ratio of gradients
RIGHT = "under 40 %", 40, "40 to 90 %", 90, "over 90 %"

demo = Demo(
    "Vanishing gradients: what reaches the first layer",
    topics=["vanishing gradients", "exploding gradients", "initialisation", "residual connections"],
    steps=40,
    pace=10,
    activation=Choice("sigmoid", "tanh", "relu", help="of every layer but the last"),
    depth=Int(DEPTH, 2, 30, help="layers before the last one"),
    variance=Choice("1/n", "2/n", "4/n", help="of the first weights, for n inputs of a neuron; 2/n is He's"),
    layers=Choice("plain", "residual", help="h ← f(W·h), or h ← h + f(W·h)/10"),
    learning_rate=Float(0.1, 0.01, 1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def deep_network(run):
    X, y = digits(run.device)
    chosen = run.randperm(len(X))[:200]
    X, y = X[chosen].flatten(1), y[chosen]  # [200, 64], [200]
    X = (X - X.mean(0)) / (X.std(0) + 0.1)
    deviation = (int(run.variance[0]) / WIDTH) ** 0.5
    weights = [(run.randn(WIDTH, WIDTH) * deviation).requires_grad_() for _ in range(run.depth)]
    weights.append((run.randn(10, WIDTH) / WIDTH**0.5).requires_grad_())
    first_sizes = None
    while True:
        for _ in range(5):  # one step of the demo is five batches of fifty
            batch = run.randint(0, 200, 50)
            gradients = torch.autograd.grad(F.cross_entropy(forward(run, weights, X[batch]), y[batch]), weights)
            first_sizes = sizes_of(gradients) if first_sizes is None else first_sizes
            with torch.no_grad():
                for w, g in zip(weights, gradients, strict=True):
                    w -= run.learning_rate * g
        sizes = sizes_of(gradients)
        with torch.no_grad():
            right = accuracy(forward(run, weights, X), y)
        yield (
            curves("log₁₀ ‖∂L/∂W‖", axes=("layer", ""), extent=((0.5, run.depth + 0.5), (LOW, 4)),
                   start=partial(by_layer, first_sizes), now=partial(by_layer, sizes)),
            line("digits right, %", axis="steps of five batches", right=right, at_best=100),
            line("log₁₀ ‖∂L/∂W‖", axis="steps of five batches", first=sizes[0], last=sizes[-1]),
        )  # fmt: skip


def forward(run, weights, h):
    f = getattr(torch, run.activation)
    for W in weights[:-1]:
        h = h + f(h @ W.T) / 10 if run.layers == "residual" else f(h @ W.T)
    return h @ weights[-1].T


def sizes_of(gradients):
    """The power of ten of the norm of each layer's gradient, without the last [depth]."""
    return torch.stack([g.norm() for g in gradients[:-1]]).clamp(min=1e-30).log10()


def by_layer(sizes):
    """From the last layer back to the first, as the gradient goes [depth, 2]."""
    layers = torch.arange(len(sizes), 0, -1)
    return torch.stack([layers.float(), sizes.cpu().flip(0).clamp(min=LOW)], 1)


def factors(sim, count, depth):
    """By how much the gradient shrinks at the start from a layer to the one before it, for each seed."""
    return [10 ** (powers / (depth - 1)) for powers in sim.gains("first", "last", count, steps=1, depth=depth)]


@demo.predict("Ten sigmoid layers. From each layer to the one before, the gradient shrinks by a factor of about",
              "1.5", 2.5, "4", 9, "20",
              why="The slope of the sigmoid is at most 1/4, and the weights hardly change the size.")  # fmt: skip
def _(sim):
    return median(factors(sim, 5, depth=10))


@demo.predict(f"{DEPTH} layers of ReLU in place of sigmoid, first weights of variance 1/n. It gets right",
              *RIGHT,
              why="Signal and gradient halve their mean square at each layer: all weights get too little.")  # fmt: skip
def _(sim):
    return median(sim.last("right", 5, activation="relu"))


@demo.predict(f"{DEPTH} sigmoid layers, but residual: h + f(W·h)/10. It gets right",
              *RIGHT,
              why="The gradient comes back along the sums, and does not have to pass twenty sigmoids.")  # fmt: skip
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


if __name__ == "__main__":
    demo.main()
