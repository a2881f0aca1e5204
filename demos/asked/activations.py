"""What is asked and claimed about activation functions."""

import math
from statistics import mean, median

import torch

from studytool.demo import Question

from demo_activations import NETWORKS, demo, slope

SEEDS = 12  # networks a claim trains
HIGH, WIDE, LOW = 0.4, 16, 0.03  # a large η; a wide network and the small η that it needs
GOOD, POOR = 0.005, 0.1  # mean squared errors; a network that says 0 everywhere has 0.5


def errors(sim, name, count=SEEDS, **parameters):
    """The last mean squared error of a network, for each seed; infinite where it ended in "not a number"."""
    return [10**e if math.isfinite(e) else math.inf for e in sim.last(name, count, **parameters)]


@demo.predict("Four units each, η = 0.1. Which network comes nearest to the wave?", "tanh", "ReLU", "leaky ReLU",
              why="Four smooth bends make a wave; four corners make a line with at most four corners.")  # fmt: skip
def _(sim):
    return min(NETWORKS, key=lambda name: median(errors(sim, name, 5))).replace("leaky", "leaky ReLU")


@demo.predict(f"η = {HIGH}. How many of the ReLUs end below zero for every x?",
              "none", 1, "less than a quarter", 25, "a quarter or more",
              why="A long step throws a unit below zero everywhere; without slope nothing brings it back.",
              learning_rate=HIGH)  # fmt: skip
def _(sim):
    return mean(sim.last("off_ReLU", 6, learning_rate=HIGH))


@demo.predict(f"η = {HIGH} again, leaky ReLU: a gradient always passes. Most of these networks…",
              "fit the wave well", GOOD, "do not fit it",
              why="The leak keeps units from dying. The steps are still too long.", learning_rate=HIGH)  # fmt: skip
def _(sim):
    return median(errors(sim, "leaky", 6, learning_rate=HIGH))


@demo.predict(f"{WIDE} units, η = {LOW}. The error of the ReLU network is…", "half or less", 0.5, "as with four",
              why=f"{WIDE} corners follow a wave closely: ReLU needs more units, and they are cheap.",
              learning_rate=LOW, units=WIDE)  # fmt: skip
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
