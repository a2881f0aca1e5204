"""What is asked and claimed about transfer."""

from statistics import mean

import torch

from studytool.demo import Question

from demo_transfer import FEW, MANY, demo

SEEDS = 12  # networks a claim trains
GAIN, BEHIND, AHEAD, LITTLE = 6, 2, 2, 2.5  # points of accuracy: frozen, few labels and many; fine-tuned; centred


def told(points):
    return f"{mean(points):+.1f}, {min(points):+.0f} to {max(points):+.0f}"


@demo.predict(f"Each new digit has {FEW} labelled pictures. Frozen features against a start from scratch:",
              "over 5 points less", -5, "about the same", 5, "over 5 points more",
              why="Five pictures cannot show that a digit may stand anywhere; the borrowed features know.")  # fmt: skip
def _(sim):
    return mean(sim.gains("scratch", "frozen", 4))


@demo.predict(f"Now {MANY} labelled pictures of each. Which reads the most new digits?", "scratch",
              "frozen", "fine-tuned",
              why="It has what was borrowed and may change it; frozen features stay made for 0 to 4.",
              labels=MANY)  # fmt: skip
def _(sim):
    ways = "scratch", "frozen", "fine_tuned"
    return max(ways, key=lambda way: mean(sim.last(way, 4, labels=MANY))).replace("_", "-")


@demo.predict(f"Centred digits, 8 × 8, {FEW} labels. Frozen features against a start from scratch:",
              "about the same or less", 5, "over 5 points more",
              why="There is little to borrow: no place to be blind to, and strokes are learned from five.",
              place="centred")  # fmt: skip
def _(sim):
    return mean(sim.gains("scratch", "frozen", 4, place="centred"))


@demo.claim(f"{FEW} labels a class: frozen features read {GAIN} points more than a start from scratch, on average.")
def _(sim):
    points = sim.gains("scratch", "frozen", SEEDS)
    return mean(points) >= GAIN, f"{told(points)} points"


@demo.claim(f"{MANY} labels: on average the frozen are {BEHIND} points behind scratch, fine-tuned {AHEAD} ahead.")
def _(sim):
    frozen, tuned = (sim.gains("scratch", way, SEEDS, labels=MANY) for way in ("frozen", "fine_tuned"))
    held = mean(frozen) <= -BEHIND and mean(tuned) >= AHEAD
    return held, f"{told(frozen)} points; {told(tuned)}"


@demo.claim(f"Centred, {MANY} labels: fine-tuning changes the accuracy by {LITTLE} points at most, and frozen loses.")
def _(sim):
    ways = ("frozen", "fine_tuned")
    frozen, tuned = (sim.gains("scratch", way, SEEDS, labels=MANY, place="centred") for way in ways)
    return abs(mean(tuned)) <= LITTLE and mean(frozen) < 0, f"{told(tuned)} points; {told(frozen)}"


@demo.question
def what_learns(rng):
    filters, side, old, new = rng.choice((8, 16)), rng.choice((4, 6)), rng.choice((10, 100)), rng.choice((3, 5, 7))
    h = filters * side * side
    network = torch.nn.Sequential(torch.nn.Conv2d(1, filters, 3), torch.nn.Flatten(), torch.nn.Linear(h, old))
    for p in network.parameters():
        p.requires_grad_(False)
    network[2] = torch.nn.Linear(h, new)
    count, all_of_them = (sum(p.numel() for p in network.parameters() if p.requires_grad or every) for every in (0, 1))
    return Question(
        f"{filters} filters of 3 × 3 over one channel make {h} features; a linear layer tells {old} classes apart. "
        f"It gets a new last layer for {new} classes, the filters are frozen. How many parameters learn?", count,
        {"forgot the biases": h * new, "all, as in fine-tuning": all_of_them, "kept the old classes": (h + 1) * old},
        why="Only the new last layer learns: features times classes, and one bias for each class.",
    )  # fmt: skip


@demo.question
def a_frozen_step(rng):
    v, w, x, t = rng.choice((2.0, 3.0)), rng.choice((0.5, -0.5)), rng.choice((1.0, 2.0)), rng.choice((4.0, -4.0))

    def after(first, last):
        a, b = (torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in (v, w))
        for_a, for_b = torch.autograd.grad((b * a * x - t).square() / 2, (a, b))
        return ((b - 0.1 * last * for_b) * (a - 0.1 * first * for_a) * x).item()

    return Question(
        f"y = w·v·x with v = {v:g}, w = {w:g}, x = {x:g}, loss ½(y − t)² with t = {t:g}. v is frozen, η = 0.1. What is "
        "y after one step?".replace("-", "−"), after(0, 1),
        {"v learned as well": after(1, 1), "v learned, w did not": after(1, 0), "nothing learned": after(0, 0)},
        why="Only w moves, by −η·(y − t)·v·x; v passes its input on and has no gradient step.",
    )  # fmt: skip
