"""Transfer: a network that can read 0 to 4 is taught 5 to 9, with few labels.

A network that has learned one task has layers that turn pictures into features, and a last layer that decides by them.
Give it a new last layer and a new task. Either the other layers stay as they are and only the new one learns, which is
feature extraction, or all of them learn on, which is fine-tuning. The first layers carry over best, as their features
serve many tasks; later ones belong to the task that they were trained for (Yosinski and others, 2014).

Here the digits stand somewhere on a larger canvas. A network must learn that the same stroke may be anywhere, and that
takes many examples; this is what can be borrowed. With five labels a class the borrowed features, frozen, read many
more digits than a network from scratch that sees the same five. With 80 labels scratch has overtaken the frozen
features, which were made for other digits and cannot improve. Fine-tuned ones can, and stay ahead.

It is no gain by itself. Digits in the middle of 8 × 8 pixels are easy: a start from scratch reads them as well after
five labels a class, and what is frozen falls a little behind. Nor does it make up for labels: 80 of them from scratch
are worth far more here than five and all that was borrowed.
"""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, digits, images, line, text

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
    order = torch.randperm(len(X), generator=run.rng).to(run.device)
    old, new = order[y[order] < 5], order[y[order] >= 5]
    labelled, test = torch.cat([new[y[new] == c][: run.labels] for c in range(5, 10)]), new[-200:]
    seen, asked, known = (placed(run, X[part], side) for part in (labelled, test, old[:100]))
    scratch, tuned, velocity = fresh(run, side), fresh(run, side), [0] * 6
    for _ in range(PRE):  # before: 0 to 4, of which there are many, each time at another place
        for batch in torch.randint(len(old), (10, 32), generator=run.rng).to(run.device):
            learn(tuned, velocity, features(tuned, placed(run, X[old[batch]], side)), y[old[batch]], run)
        yield (
            line("accuracy on 0 to 4, %", axis="steps of ten batches", old_task=right(tuned, known, y[old[:100]])),
            images(sheet(known), title="0 to 4, four of many"),
            text("First it learns 0 to 4, so that\nthere is something to borrow.", title="before"),
        )
    tuned[4:] = fresh(run, side)[4:]  # a new last layer, for 5 to 9
    frozen = [w.clone() for w in tuned]
    stored = features(frozen, seen)  # what is frozen is computed once
    velocities = [[0] * 6 for _ in range(3)]
    for _ in range(STEPS - PRE):
        for _ in range(8):
            batch = torch.randint(len(seen), (25,), generator=run.rng).to(run.device)
            answers = y[labelled[batch]] - 5
            learn(scratch, velocities[0], features(scratch, seen[batch]), answers, run)
            learn(frozen, velocities[1], stored[batch], answers, run, first=4)  # the last layer alone
            learn(tuned, velocities[2], features(tuned, seen[batch]), answers, run)
        now = {
            name: right(weights, asked, y[test] - 5)
            for name, weights in (("scratch", scratch), ("frozen", frozen), ("fine_tuned", tuned))
        }
        yield (
            line("accuracy on new 5 to 9, %", axis="steps, the first 30 of them on 0 to 4", **now),
            images(sheet(seen[:: run.labels][1:]), title=f"6 to 9, four of {len(seen)}"),
            text(f"{len(old)} of 0 to 4, {len(seen)} of 5 to 9", title="labels used"),
        )


def placed(run, x, side):
    """Pictures [n, 8, 8], each at a place of its own on an empty canvas: [n, side, side]."""
    down, right = torch.randint(side - 7, (2, len(x), 1, 1), generator=run.rng).to(run.device)
    canvas, eight = run.zeros(len(x), side, side), torch.arange(8, device=run.device)
    canvas[torch.arange(len(x), device=run.device)[:, None, None], down + eight[:, None], right + eight] = x
    return canvas


def sheet(x):
    """Four of the pictures x [n, side, side] on one sheet [1, 2·side, 2·side]."""
    return torch.cat([torch.cat([*x[k : k + 2]], 1) for k in (0, 2)])[None]


def fresh(run, side):
    """Weights and biases of two convolutional layers, and of the last layer."""
    n = 16 * (side // 4) ** 2
    filters = run.randn(8, 1, 3, 3) * (2 / 9) ** 0.5, run.zeros(8), run.randn(16, 8, 3, 3) / 6, run.zeros(16)
    return [w.requires_grad_() for w in (*filters, run.randn(5, n) / n**0.5, run.zeros(5))]


def features(weights, x):
    """What pictures [n, side, side] look like to the last layer: [n, 16·(side // 4)²]."""
    h = F.max_pool2d(F.conv2d(x[:, None], weights[0], weights[1], padding=1).relu(), 2)
    return F.max_pool2d(F.conv2d(h, weights[2], weights[3], padding=1).relu(), 2).flatten(1)


def learn(weights, velocity, h, answers, run, first=0):
    """One step with momentum of the weights from the `first` on."""
    loss = F.cross_entropy(F.linear(h, *weights[4:]), answers)
    with torch.no_grad():
        for k, g in enumerate(torch.autograd.grad(loss, weights[first:]), first):
            velocity[k] = 0.9 * velocity[k] + g
            weights[k] -= run.learning_rate * velocity[k]


@torch.no_grad()
def right(weights, x, answers):
    return 100 * (F.linear(features(weights, x), *weights[4:]).argmax(1) == answers).float().mean()


def gains(sim, name, **parameters):
    """By how many points of accuracy a way of borrowing is better than a start from scratch, for each seed."""
    return [r.last(name) - r.last("scratch") for r in (sim(seed=s, **parameters) for s in sim.seeds(SEEDS))]


def told(**points):
    return "; ".join(f"{name} {mean(p):+.1f} points, {min(p):+.0f} to {max(p):+.0f}" for name, p in points.items())


@demo.predict(f"Each new digit has {FEW} labelled pictures. Frozen features against a start from scratch:",
              "over 5 points more", "about the same", "over 5 points less",
              why="Five pictures cannot show that a digit may stand anywhere; the borrowed features know.")  # fmt: skip
def _(sim):
    return three_ways(mean(r.last("frozen") - r.last("scratch") for r in (sim(seed=s) for s in sim.seeds(4))))


@demo.predict(f"Now {MANY} labelled pictures of each. Which reads the most new digits?", "scratch",
              "frozen", "fine-tuned",
              why="It has what was borrowed and may change it; frozen features stay made for 0 to 4.")  # fmt: skip
def _(sim):
    runs = [sim(seed=s, labels=MANY) for s in sim.seeds(4)]
    most = max(("scratch", "frozen", "fine_tuned"), key=lambda name: mean(r.last(name) for r in runs))
    return most.replace("_", "-")


@demo.predict(f"Centred digits, 8 × 8, {FEW} labels. Frozen features against a start from scratch:",
              "over 5 points more", "about the same or less",
              why="There is little to borrow: no place to be blind to, and strokes are learned from five.")  # fmt: skip
def _(sim):
    runs = [sim(seed=s, place="centred") for s in sim.seeds(4)]
    more = three_ways(mean(r.last("frozen") - r.last("scratch") for r in runs)) == "over 5 points more"
    return "over 5 points more" if more else "about the same or less"


def three_ways(gain):
    return "over 5 points more" if gain > 5 else "over 5 points less" if gain < -5 else "about the same"


@demo.claim(f"{FEW} labels a class: frozen features read {GAIN} points more than a start from scratch, on average.")
def _(sim):
    points = gains(sim, "frozen")
    return mean(points) >= GAIN, told(frozen=points)


@demo.claim(f"{MANY} labels: on average the frozen are {BEHIND} points behind scratch, fine-tuned {AHEAD} ahead.")
def _(sim):
    frozen, tuned = (gains(sim, name, labels=MANY) for name in ("frozen", "fine_tuned"))
    return mean(frozen) <= -BEHIND and mean(tuned) >= AHEAD, told(frozen=frozen, tuned=tuned)


@demo.claim(f"Centred, {MANY} labels: fine-tuning changes the accuracy by {LITTLE} points at most, and frozen loses.")
def _(sim):
    frozen, tuned = (gains(sim, name, labels=MANY, place="centred") for name in ("frozen", "fine_tuned"))
    return abs(mean(tuned)) <= LITTLE and mean(frozen) < 0, told(frozen=frozen, tuned=tuned)


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
