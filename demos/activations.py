"""Activation functions: three networks that differ only in their bend learn one wave of a sine.

Without a bend between them, two layers are one linear layer, and the best fit is a straight line. tanh bends smoothly
into two flat ends; ReLU, max(0, z), has one corner, with slope 0 left of it and 1 right of it; leaky ReLU keeps a slope
of 0.01 on the left (Maas, Hannun and Ng, 2013). A sum of a few tanh is a smooth curve, a sum of a few ReLUs is a line
with a few corners. So the bend decides what a small network draws well: here, with four units, tanh wins.

A gradient passes a unit times its slope. Where a ReLU is off the slope is 0: a unit that long steps have pushed below
zero for every x gets no gradient any more, is dead, and stays so. A leaky ReLU always gets a little. But the leak cures
the symptom and not the steps that were too long: where ReLUs die, leaky ones do not fit the wave either, and some of
these networks end in "not a number". The cure for a large η is a smaller one.

With enough units and a small enough η all three fit the wave, and ReLU is the cheapest to compute. All three begin with
the same weights; one step is ten of gradient descent with momentum 0.9. The background fades where the wave is, and the
small pictures have a row for each unit, with its slope from the left to the right: a row of zeros is a dead unit.
"""

import math
from functools import partial
from statistics import mean, median

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, Question, descend, heatmap, images, line, plane, text

NETWORKS = "ReLU", "leaky", "tanh"
SEEDS, HIGH, WIDE, LOW = 12, 0.4, 16, 0.03  # a large η; a wide network and the small η that it needs
GOOD, POOR = 0.005, 0.1  # mean squared errors; a network that says 0 everywhere has 0.5
EXTENT = (-2, 2), (-1.7, 1.7)  # of the picture

demo = Demo(
    "Activation functions: three bends learn a wave",
    topics=["activation functions", "activations", "ReLU", "tanh", "dead ReLU", "leaky ReLU"],
    steps=60,
    pace=10,
    broadcast=3,  # weights are [3 networks, …, …], or [runs, 3, …, …] where η is swept
    learning_rate=Float(0.1, 0.001, 1, log=True, symbol="η", help="how far a step goes; try 0.4"),
    units=Int(4, 1, 64, symbol="n", help="units in the hidden layer of each network"),
)


def bend(z):
    """The activation of each of the three networks, z [3, units, points]: ReLU, leaky ReLU, tanh."""
    first, second, third = z.unbind(-3)
    return torch.stack([first.relu(), F.leaky_relu(second, 0.01), third.tanh()], -3)


@demo.train
def three_bends(run):
    x = torch.linspace(-2, 2, 64, device=run.device)[None]  # [1, 64]
    y = (x * math.pi / 2).sin()
    n = run.units
    start = run.randn(n, 1), run.randn(n, 1), run.randn(1, n) / n**0.5, run.zeros(1, 1)  # W₁, b₁, W₂, b₂
    weights = [torch.stack([w, w, w], -3).requires_grad_() for w in start]  # [3, n, 1], [3, n, 1], [3, 1, n], [3, 1, 1]
    velocity = [torch.zeros_like(w) for w in weights]
    while True:
        for _ in range(10):
            W1, b1, W2, b2 = weights
            z = W1 @ x + b1  # [3, n, 64]
            out = W2 @ bend(z) + b2  # [3, 1, 64]
            loss = (out - y).square().mean((-2, -1))  # [3]
            descend(loss.sum(), weights, velocity, run.learning_rate)  # each network by its own loss alone
        z, out, loss = z.detach(), out.detach(), loss.detach()
        off = 100 * (z <= 0).all(-1).float().mean(-1)  # [3], in percent
        yield (
            heatmap(off_the_wave, title="a wave", axes=("x", ""), extent=EXTENT,
                    paths={name: partial(curve, x, o) for name, o in zip(NETWORKS, out.unbind(-3), strict=True)}),
            line("mean squared error, log₁₀", axis="steps of ten", ReLU=loss[..., 0].log10(),
                 leaky=loss[..., 1].log10(), tanh=loss[..., 2].log10()),
            line("below zero for every x, %", axis="steps of ten", off_ReLU=off[..., 0], off_leaky=off[..., 1]),
            images(lambda z=z: slope(z)[:, :, ::8], names=NETWORKS, title="slope of each unit"),
            text(lambda dead=off: f"{dead[0] / 100 * n:.0f} of {n} ReLUs are dead: off for every x, "
                 "slope 0, no gradient", title="dead"),
        )  # fmt: skip


def curve(x, out):
    return torch.stack([x[0], out[0]], -1)  # [64, 2]


def off_the_wave():
    """How far each point of the plane is from the wave, up or down [64, 96]."""
    x, y = plane(EXTENT).unbind(-1)
    return (y - (x * math.pi / 2).sin()).abs()


def slope(z):
    """The slope of each unit's activation at its z, by autograd: [3, n, points]."""
    z = z.clone().requires_grad_()
    return torch.autograd.grad(bend(z).sum(), z)[0]


def errors(sim, name, count=SEEDS, **parameters):
    """The last mean squared error of a network, for each seed; infinite where it ended in "not a number"."""
    return [10**e if math.isfinite(e) else math.inf for e in sim.last(name, count, **parameters)]


@demo.predict("Four units each, η = 0.1. Which network comes nearest to the wave?", "tanh", "ReLU", "leaky ReLU",
              why="Four smooth bends make a wave; four corners make a line with at most four corners.")  # fmt: skip
def _(sim):
    return min(NETWORKS, key=lambda name: median(errors(sim, name, 5))).replace("leaky", "leaky ReLU")


@demo.predict(f"η = {HIGH}. How many of the ReLUs end below zero for every x?",
              "none", 1, "less than a quarter", 25, "a quarter or more",
              why="A long step throws a unit below zero everywhere; without slope nothing brings it back.")  # fmt: skip
def _(sim):
    return mean(sim.last("off_ReLU", 6, learning_rate=HIGH))


@demo.predict(f"η = {HIGH} again, leaky ReLU: a gradient always passes. Most of these networks…",
              "fit the wave well", GOOD, "do not fit it",
              why="The leak keeps units from dying. The steps are still too long.")  # fmt: skip
def _(sim):
    return median(errors(sim, "leaky", 6, learning_rate=HIGH))


@demo.predict(f"{WIDE} units, η = {LOW}. The error of the ReLU network is…", "half or less", 0.5, "as with four",
              why=f"{WIDE} corners follow a wave closely: ReLU needs more units, and they are cheap.")  # fmt: skip
def _(sim):
    few, many = (median(errors(sim, "ReLU", 3, learning_rate=LOW, units=n)) for n in (4, WIDE))
    return many / few


@demo.claim(f"Four units, η = 0.1: tanh ends below {GOOD} in the median, and beats ReLU for 11 of {SEEDS} seeds.")
def _(sim):
    tanh, relu = errors(sim, "tanh"), errors(sim, "ReLU")
    wins = sum(a < b for a, b in zip(tanh, relu, strict=True))
    told = f"medians {median(tanh):.4f} and {median(relu):.3f}; tanh wins {wins} of {len(tanh)}"
    return median(tanh) < GOOD and wins >= len(tanh) - 1, told


@demo.claim(f"η = {HIGH}: over half of the ReLUs die; with a leak no slope is 0, and the median error is over {POOR}.")
def _(sim):
    dead = mean(sim.last("off_ReLU", SEEDS, learning_rate=HIGH))
    leaky = median(errors(sim, "leaky", learning_rate=HIGH))
    least = slope(torch.linspace(-3, 3, 100).expand(3, 1, 100))[2].min().item()
    return dead > 50 and leaky > POOR and least > 0, f"{dead:.0f} % dead; leaky: error {leaky:.2f}, slope ≥ {least:.2f}"


@demo.claim(f"{WIDE} units, η = {LOW}: the median error of each of the three is below {GOOD}; the bend matters little.")
def _(sim):
    medians = {name: median(errors(sim, name, learning_rate=LOW, units=WIDE)) for name in NETWORKS}
    return max(medians.values()) < GOOD, ", ".join(f"{name} {e:.4f}" for name, e in medians.items())


@demo.question
def slope_of_tanh(rng):
    h = rng.choice((-0.8, -0.6, -0.3, 0.2, 0.4, 0.7, 0.9))
    z = torch.tensor(h, dtype=torch.float64).atanh().requires_grad_()
    z.tanh().backward()
    return Question(
        f"A unit has the value h = tanh(z) = {h}. What is the slope of tanh at its z?".replace("-", "−"),
        z.grad, {"the rule of the sigmoid, h·(1 − h)": h * (1 - h), "forgot the square": 1 - h,
                 "took the value for the slope": h, "forgot the 1": -h * h},
        why="tanh′(z) = 1 − tanh²(z): the value alone tells the slope.",
    )  # fmt: skip


@demo.question
def softmax_of_two(rng):
    low, ratio = rng.choice((-2, 1, 5, 100)), rng.choice((2, 3, 4, 9))
    logits = torch.tensor([low, low + math.log(ratio)], dtype=torch.float64)
    share = logits.softmax(0)[1].item()
    return Question(
        f"The logits are {low} and {low} + ln {ratio}. How likely does softmax call the second?".replace("-", "−"),
        share, {"divided the logits, without e": (logits[1] / logits.sum()).item(), "took the first": 1 - share,
                "took the ratio of the two": float(ratio)},
        why="The common part cancels: the odds of the two are e to the difference of their logits.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
