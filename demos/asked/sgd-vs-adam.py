"""What is asked and claimed about SGD, momentum and Adam."""

import math
from statistics import median

import torch

from studytool.demo import Question, spread

from demo_sgd_vs_adam import NAMES, NEAR, demo

BEST = (0.25, 0.5, 1, 1.5, 1.9, 2.5, 3.5), (0.02, 0.05, 0.1, 0.2, 0.5)  # η·λmax and Adam's η to choose the best from


def are_near(*names):
    """Whether all of these have come near the minimum: then nothing more is asked of a run."""
    return lambda far: all(far[name] <= math.log10(NEAR) for name in names)


PLAIN_NEAR, ADAM_NEAR, ALL_NEAR = are_near("SGD", "momentum"), are_near("Adam"), are_near(*NAMES)


def arrival(result, name):
    """The first step after which an optimizer was near the minimum; one more than there were if it never was."""
    return result.first(name, at_most=math.log10(NEAR))


def fastest(sim, seed=0, **valley):
    """The fewest steps of each optimizer, each with the best of the rates tried."""
    plain = [sim(seed=seed, sgd_rate=rate, steps=1_500, until=PLAIN_NEAR, **valley) for rate in BEST[0]]
    adam = [sim(seed=seed, adam_rate=rate, steps=1_500, until=ADAM_NEAR, **valley) for rate in BEST[1]]
    runs = dict(zip(NAMES, (plain, plain, adam), strict=True))
    return {name: min(arrival(run, name) for run in runs[name]) for name in NAMES}


@demo.predict("You turn the valley by 45°. Who needs more steps than before?", "SGD", "momentum", "Adam", "all three",
              why="SGD and momentum use the gradient as a whole and turn with the valley; "
                  "Adam treats each weight alone, and each now mixes both directions.", angle=45)  # fmt: skip
def _(sim):
    straight, askew = (sim(angle=a, steps=1_500, until=ALL_NEAR) for a in (0, 45))
    slower = [n for n in NAMES if arrival(askew, n) > 1.2 * arrival(straight, n)]
    return slower[0] if len(slower) == 1 else "all three"


@demo.predict("κ = 1,000, valley along the axes, each with its best η: who arrives first?", "SGD", "momentum", "Adam",
              why="Divided by its own size, each of the two weights moves as if the valley were round.",
              condition=1_000, sgd_rate=3.5, adam_rate=0.2)  # fmt: skip
def _(sim):
    steps = fastest(sim, condition=1_000, angle=0)
    return min(steps, key=steps.get)


@demo.predict("The same valley turned by 45°, each with its best η: who arrives first?", "SGD", "momentum", "Adam",
              why="Turning costs Adam its advantage, and momentum nothing.",
              condition=1_000, angle=45, sgd_rate=3.5, adam_rate=0.5)  # fmt: skip
def _(sim):
    steps = fastest(sim, condition=1_000, angle=45)
    return min(steps, key=steps.get)


@demo.claim("Turning the valley by 45° changes nothing for SGD and momentum; Adam at η = 0.1 needs 4 times the steps.")
def _(sim):
    pairs = [*zip(*(sim.runs(12, angle=a, steps=1_500, until=ALL_NEAR) for a in (0, 45)), strict=True)]
    sgd, momentum, adam = ([arrival(askew, n) / arrival(straight, n) for straight, askew in pairs] for n in NAMES)
    return all(0.95 <= r <= 1.05 for r in sgd + momentum) and min(adam) >= 4, f"Adam {spread(adam, '.1f')} times"


@demo.claim("κ = 1,000, each with its best η: Adam first along the axes, momentum first at 45°.")
def _(sim):
    steps = {angle: [fastest(sim, s, condition=1_000, angle=angle) for s in sim.seeds(5)] for angle in (0, 45)}
    firsts = {angle: {min(one, key=one.get) for one in found} for angle, found in steps.items()}
    told = [", ".join(f"{n} {median(one[n] for one in found):g}" for n in NAMES) for found in steps.values()]
    held = firsts == {0: {"Adam"}, 45: {"momentum"}}
    return held, f"medians at 0°: {told[0]}; at 45°: {told[1]}; 1501 is not within 1,500 steps"


@demo.claim("Adam's η matters: at 45°, between the best and the worst of five η lies a factor of 5 or more.")
def _(sim):
    factors = []
    for seed in sim.seeds(5):
        steps = [arrival(sim(seed=seed, angle=45, adam_rate=rate, until=ADAM_NEAR), "Adam") for rate in BEST[1]]
        factors.append(max(steps) / min(steps))
    return min(factors) >= 5, f"factor {spread(factors)}"


@demo.question
def first_step_of_adam(rng):
    w, g, η = rng.choice((1.0, 2.0, 5.0)), rng.choice((-8.0, 0.5, 4.0, 20.0)), rng.choice((0.01, 0.1))
    weight = torch.nn.Parameter(torch.tensor(w, dtype=torch.float64))
    weight.grad = torch.tensor(g, dtype=torch.float64)
    torch.optim.Adam([weight], lr=η).step()
    return Question(
        f"w = {w:g}, gradient {g:g}, η = {η:g}. What is w after the first step of Adam?".replace("-", "−"),
        round(weight.item(), 4),
        {"went −η·g as SGD does": w - η * g, "went uphill": 2 * w - weight.item(),
         "forgot to correct the means of the first step": w - η * 0.1 * g / (0.001 * g * g) ** 0.5},
        why="In the first step m/√s is g/|g|: it goes exactly η, however large the gradient is.",
    )  # fmt: skip


@demo.question
def second_step_of_momentum(rng):
    g1, g2, η = rng.choice((1, 2, 4)), rng.choice((-3, 1.5, 3)), rng.choice((0.1, 0.5))
    weight = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))
    optimizer = torch.optim.SGD([weight], lr=η, momentum=0.9)
    for g in (g1, g2):
        weight.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
    return Question(
        f"Momentum 0.9, η = {η}, w = 0. The gradients are {g1}, then {g2}. What is w after both?".replace("-", "−"),
        weight, {"forgot the velocity": -η * (g1 + g2), "left out the first step": -η * (0.9 * g1 + g2),
                 "did not damp the velocity": -η * (g1 + g1 + g2)},
        why="v₁ = g₁ and v₂ = 0.9·v₁ + g₂; w goes −η·v₁, then −η·v₂.",
    )  # fmt: skip
