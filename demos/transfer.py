"""Transfer: a network that can read 0 to 4 is taught 5 to 9, with few labels.

A network that has learned one task has layers that turn pictures into features, and a last layer that decides by them.
Give it a new last layer and a new task. Either the other layers stay as they are and only the new one learns, which is
feature extraction, or all of them learn on, which is fine-tuning. The first layers carry over best, as their features
serve many tasks; later ones belong to the task that they were trained for (Yosinski and others, 2014).

Here the digits stand somewhere on a larger canvas. A network must learn that the same stroke may be anywhere, and that
takes many examples; this is what can be borrowed. With five labels a class the borrowed features, frozen, read many
more digits than a network from scratch that sees the same five. With 80 labels scratch has overtaken the frozen
features, which were made for other digits and cannot improve. Fine-tuned ones can, and stay ahead.

It is no gain by itself. Digits in the middle of 8 × 8 pixels are easy: after five labels a class a start from scratch
reads as many or more, and frozen features stay a few points behind on average. Nor does it make up for labels: 80 of
them from scratch are worth far more here than five and all that was borrowed.
"""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, accuracy, descend, digits, images, line, placed, text

SEEDS, PRE, STEPS, FEW, MANY = 12, 30, 46, 5, 80  # networks a claim trains; steps before, and of all; labels a class
GAIN, BEHIND, AHEAD, LITTLE = 6, 2, 2, 2.5  # points of accuracy: frozen, few labels and many; fine-tuned; centred

demo = Demo(
    "Transfer: what was learned for other digits",
    topics=["transfer learning", "fine-tuning", "feature extraction", "pre-training"],
    steps=STEPS,
    pace=8,
    labels=Int(FEW, 1, MANY, help="labelled pictures of each new digit, 5 to 9"),
    place=Choice("anywhere", "centred", help="anywhere on 14 × 14 pixels, or 8 × 8 as they are"),
    learning_rate=Float(0.05, 0.005, 0.1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def transfer(run):
    side = 14 if run.place == "anywhere" else 8
    X, y = digits(run.device)
    order = run.randperm(len(X))
    old, new = order[y[order] < 5], order[y[order] >= 5]
    labelled, test = torch.cat([new[y[new] == c][: run.labels] for c in range(5, 10)]), new[-200:]
    seen, asked, known = (placed(X[part], side, run.rng) for part in (labelled, test, old[:100]))
    scratch, tuned = fresh(run, side), fresh(run, side)
    velocity = zeros_like(tuned)
    for _ in range(PRE):  # before: 0 to 4, of which there are many, each time at another place
        for batch in old[run.randint(0, len(old), 10, 32)]:
            loss = F.cross_entropy(scores(tuned, placed(X[batch], side, run.rng)), y[batch])
            descend(loss, tuned, velocity, run.learning_rate)
        yield (
            line("accuracy on 0 to 4, %", axis="steps of ten batches",
                 old_task=accuracy(scores(tuned, known), y[old[:100]])),
            images(sheet(known), title="0 to 4, four of many"),
            text("First it learns 0 to 4, so that\nthere is something to borrow.", title="before"),
        )  # fmt: skip
    tuned[4:] = fresh(run, side)[4:]  # a new last layer, for 5 to 9
    frozen = [w.detach().clone().requires_grad_() for w in tuned]
    learners = (scratch, 0), (frozen, 4), (tuned, 0)  # of the frozen network only the last layer learns
    velocities = [zeros_like(weights[first:]) for weights, first in learners]
    for _ in range(STEPS - PRE):
        for _ in range(8):
            batch = run.randint(0, len(seen), 25)
            for (weights, first), velocity in zip(learners, velocities, strict=True):
                loss = F.cross_entropy(scores(weights, seen[batch]), y[labelled[batch]] - 5)
                descend(loss, weights[first:], velocity, run.learning_rate)
        right = [accuracy(scores(weights, asked), y[test] - 5) for weights, _ in learners]
        yield (
            line("accuracy on new 5 to 9, %", axis="steps, the first 30 of them on 0 to 4", scratch=right[0],
                 frozen=right[1], fine_tuned=right[2]),
            images(sheet(seen[:: run.labels][1:]), title=f"6 to 9, four of {len(seen)}"),
            text(f"{len(old)} of 0 to 4, {len(seen)} of 5 to 9", title="labels used"),
        )  # fmt: skip


def sheet(x):
    """Four of the pictures x [n, side, side] on one sheet [1, 2·side, 2·side]."""
    return torch.cat([torch.cat([*x[k : k + 2]], 1) for k in (0, 2)])[None]


def fresh(run, side):
    """Weights and biases of two convolutional layers, and of the last layer."""
    n = 16 * (side // 4) ** 2
    filters = run.randn(8, 1, 3, 3) * (2 / 9) ** 0.5, run.zeros(8), run.randn(16, 8, 3, 3) / 6, run.zeros(16)
    return [w.requires_grad_() for w in (*filters, run.randn(5, n) / n**0.5, run.zeros(5))]


def told(points):
    return f"{mean(points):+.1f}, {min(points):+.0f} to {max(points):+.0f}"


def zeros_like(weights):
    return [torch.zeros_like(w) for w in weights]


def scores(weights, x):
    """Scores [n, 5] of pictures [n, side, side]; two blocks make the last layer's features [n, 16·(side // 4)²]."""
    h = F.max_pool2d(F.conv2d(x[:, None], weights[0], weights[1], padding=1).relu(), 2)
    h = F.max_pool2d(F.conv2d(h, weights[2], weights[3], padding=1).relu(), 2).flatten(1)
    return F.linear(h, *weights[4:])


@demo.predict(f"Each new digit has {FEW} labelled pictures. Frozen features against a start from scratch:",
              "over 5 points less", -5, "about the same", 5, "over 5 points more",
              why="Five pictures cannot show that a digit may stand anywhere; the borrowed features know.")  # fmt: skip
def _(sim):
    return mean(sim.gains("scratch", "frozen", 4))


@demo.predict(f"Now {MANY} labelled pictures of each. Which reads the most new digits?", "scratch",
              "frozen", "fine-tuned",
              why="It has what was borrowed and may change it; frozen features stay made for 0 to 4.")  # fmt: skip
def _(sim):
    ways = "scratch", "frozen", "fine_tuned"
    return max(ways, key=lambda way: mean(sim.last(way, 4, labels=MANY))).replace("_", "-")


@demo.predict(f"Centred digits, 8 × 8, {FEW} labels. Frozen features against a start from scratch:",
              "about the same or less", 5, "over 5 points more",
              why="There is little to borrow: no place to be blind to, and strokes are learned from five.")  # fmt: skip
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


if __name__ == "__main__":
    demo.main()
