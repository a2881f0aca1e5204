"""What is asked and claimed about gradient descent."""

import math

import torch

from studytool.demo import Question, spread

from demo_gradient_descent import STEEP, EVERY_η, EVERY_μ, demo, outcomes

NEAR = 0.02  # as near as this to the minimum counts as arrived
RATES = 0.01, 0.1, 0.18, 0.199, 0.2  # η to compare; λmax = 10, so 0.2 is the edge
NARROW, FASTER = 1_000, 10  # in a valley of this κ, momentum needs fewer steps by this factor at least


def arrival(result):
    """The step from which on the run stayed near the minimum; infinite if it never did."""
    far = [t for t, d in enumerate(result.series("distance"), 1) if not d <= math.log10(NEAR)]
    return math.inf if far and far[-1] == result.steps else far[-1] + 1 if far else 1


def best_of_both(κ):
    """The best η without momentum, and the best η and μ with it, for curvatures from 10/κ to 10 (Polyak, 1964)."""
    low, high = STEEP / κ, STEEP
    root = math.sqrt(κ)
    return (2 / (low + high), 0.0), ((2 / (math.sqrt(low) + math.sqrt(high))) ** 2, ((root - 1) / (root + 1)) ** 2)


@demo.predict("No momentum, η = 0.21, a little above 2/λmax = 0.2. The run…",
              "settles in a zigzag", -1, "jumps between two points", 1, "is thrown out, further each step",
              why="Across the valley a step multiplies the distance by 1 − 0.21·10 = −1.1.",
              learning_rate=0.21)  # fmt: skip
def _(sim):
    distance = sim(learning_rate=0.21, steps=100).series("distance")
    return distance[-1] - distance[0]


@demo.predict("No momentum. Which η arrives first?", "0.01", "0.1", "0.18", "0.199",
              why="At 0.1 the flat direction still waits; at 0.199 the steep one jumps for ever so long.")  # fmt: skip
def _(sim):
    steps = {η: arrival(sim(learning_rate=η)) for η in RATES[:4]}
    return str(min(steps, key=steps.get))


@demo.predict("η = 0.3 is too much for plain descent. With momentum 0.9 the run…", "is thrown out sooner", "arrives",
              why="Momentum moves the edge from 2/λmax to 2(1 + μ)/λmax, here from 0.2 to 0.38.",
              learning_rate=0.3, momentum=0.9)  # fmt: skip
def _(sim):
    return "arrives" if arrival(sim(learning_rate=0.3, momentum=0.9)) < math.inf else "is thrown out sooner"


@demo.predict("A round bowl, κ = 1, η = 0.1 = 1/λmax. Momentum 0.9 needs…", "fewer steps than none", "more steps",
              why="Both land in the minimum at once; with momentum, w rushes on and has to swing back.",
              condition=1, learning_rate=0.1, momentum=0.9)  # fmt: skip
def _(sim):
    without, kept = (arrival(sim(condition=1, learning_rate=0.1, momentum=μ)) for μ in (0, 0.9))
    return "more steps" if kept > without else "fewer steps than none"


@demo.claim("Of 1,536 pairs of η and μ, the runs with η·λmax < 2(1 + μ) come nearer and no others; 8 may differ.")
def _(sim):
    below = (EVERY_η * STEEP < 2 * (1 + EVERY_μ))[..., 0]
    differ = []
    for seed in sim.seeds(5):
        start = torch.randn(2, generator=torch.Generator().manual_seed(seed)).tolist()
        left = outcomes(torch.tensor([1.0, STEEP]), start, steps=1_500)
        differ.append(((left < 0) != below).sum().item())
    return below.numel() == 1_536 and max(differ) <= 8, f"{max(differ)} of {below.numel()} differ at most"


@demo.claim("λmax = 10, κ = 10: of η = 0.01, 0.1, 0.18, 0.199 it is 0.18 that arrives first; 0.2 never arrives.")
def _(sim):
    steps = {η: [arrival(run) for run in sim.runs(12, learning_rate=η)] for η in RATES}
    others = [n for η in (0.01, 0.1, 0.199) for n in steps[η]]
    held = max(steps[0.18]) < min(others) and max(others) < min(steps[0.2]) == math.inf
    return held, "; ".join(f"{η:g}: {spread(steps[η])}" for η in RATES[:4])


@demo.claim(f"κ = {NARROW:,}, each at its best: plain needs over {FASTER} times the steps of momentum. κ = 1: fewer.")
def _(sim):
    runs = [(NARROW, η, μ) for η, μ in best_of_both(NARROW)] + [(1, 0.1, μ) for μ in (0, 0.9)]
    plain, kept, one, more = (
        [arrival(run) for run in sim.runs(5, condition=κ, learning_rate=η, momentum=μ, steps=4_000)] for κ, η, μ in runs
    )
    held = min(plain) >= FASTER * max(kept) and min(more) > 10 * max(one)
    return held, f"{spread(plain)} and {spread(kept)} steps; in the round bowl {spread(one)} and {spread(more)}"


@demo.question
def one_step(rng):
    a, b, η = rng.choice((2, 3, 4)), rng.choice((-1, 1, 2)), rng.choice((0.05, 0.1, 0.2))
    w = torch.tensor(b + rng.choice((-3, 4, 5)), dtype=torch.float64, requires_grad=True)
    loss = a * (w - b) ** 2
    loss.backward()
    g, at = w.grad.item(), w.item()
    return Question(
        f"L(w) = {a}·(w − {b})², w = {at:g}, η = {η}. What is w after one step of gradient descent?".replace("-", "−"),
        at - η * g, {"went uphill": at + η * g, "forgot η": at - g, "forgot the 2 of the square": at - η * g / 2,
                     "subtracted the loss, not its slope": at - η * loss.item()},
        why="The gradient is 2a(w − b), and a step goes −η times it.",
    )  # fmt: skip


@demo.question
def largest_rate(rng):
    a, b = rng.choice((1, 2, 4)), rng.choice((10, 20, 50))
    H = torch.autograd.functional.hessian(lambda w: a * w[0] ** 2 + b * w[1] ** 2, torch.ones(2, dtype=torch.float64))
    curvatures = torch.linalg.eigvalsh(H)
    return Question(
        f"L(w₁, w₂) = {a}·w₁² + {b}·w₂². Which η is the edge above which gradient descent is thrown out?",
        2 / curvatures.max(), {"took the flat direction": 2 / curvatures.min(),
                               "took the edge of the zigzag, 1/λ": 1 / curvatures.max(),
                               "the curvature of b·w² is 2b": 2 / b},
        why="The edge is 2/λmax, and the second derivative of b·w² is 2b.",
    )  # fmt: skip
