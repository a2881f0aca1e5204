"""Features: what can be read from each layer of a network that has learned to read digits.

A network for pictures turns pixels into features, layer by layer. What a layer knows can be measured by a probe (Alain
and Bengio, 2016): a linear classifier that is trained on the layer's outputs, while the network itself stays as it is.
It finds what the layer has laid out so plainly that a weighted sum can tell it.

Here the digits stand anywhere on 14 × 14 pixels. From the pixels a linear probe reads few, as no pixel means the same
in two pictures. From the outputs of each block, a convolution with ReLU and max pooling, more can be read than from
the one before: features do not appear at the end, they build up on the way. Even filters that were drawn by lot help,
as convolution and pooling bring what belongs together nearer; learned ones help far more.

No layer adds information: each is computed from the one before, and all there is to know is in the pixels. What grows
is how plainly it is laid out. And not every task needs that: where the digits are centred on 8 × 8 pixels, a linear
probe reads about nine in ten from the pixels themselves, and depth has little to add.

Drawn is what the probe of the chosen layer says of each test digit: its score for one digit against its best score for
another. Below the line it reads that one digit; hollow marks are on the wrong side.
"""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Int, Question, accuracy, descend, digits, images, line, placed, scatter, text

SEEDS, STEPS, FITTED = 10, 25, 600  # networks a claim trains; steps; digits that a probe is fitted to
FIRST, SECOND, LITTLE, BY_LOT, LEARNED = 20, 10, 10, 10, 15  # points of accuracy: each block; centred; before; since
LAYERS = "pixels", "block 1", "block 2", "block 3"

demo = Demo(
    "Features: what each layer lays out plainly",
    topics=["features", "representation learning", "linear probes", "depth"],
    steps=STEPS,
    pace=6,
    layer=Choice("block 3", "block 2", "block 1", "pixels", help="whose outputs are drawn"),
    digit=Int(8, 0, 9, help="the digit that is told from the others in the picture"),
    place=Choice("anywhere", "centred", help="anywhere on 14 × 14 pixels, or 8 × 8 as they are"),
)


@demo.train
def network_and_probes(run):
    side = 14 if run.place == "anywhere" else 8
    X, y = digits(run.device)
    order = run.randperm(len(X))
    train, test = order[:1200], order[-300:]
    shown = [placed(X[part], side, run.rng) for part in (train[:FITTED], test)]
    sizes = (1, 8), (8, 16), (16, 32)
    filters = [(run.randn(m, n, 3, 3) * (2 / (9 * n)) ** 0.5).requires_grad_() for n, m in sizes]
    weights = [*filters, run.zeros(10, 32).requires_grad_()]
    velocity, diagonal = [torch.zeros_like(w) for w in weights], torch.tensor([1.0, -1.0], device=run.device)
    for step in range(STEPS):
        for batch in train[run.randint(0, len(train), 10, 32)] if step else ():
            out = blocks(weights, placed(X[batch], side, run.rng))
            descend(F.cross_entropy(out[-1].amax((2, 3)) @ weights[3].T, y[batch]), weights, velocity, 0.05)
        with torch.no_grad():
            outs = [[out.flatten(1) for out in blocks(weights, x)] for x in shown]
            probes = [probe(a, y[train[:FITTED]], b) for a, b in zip(*outs, strict=True)]  # scores [300, 10] of each
            right = [accuracy(scores, y[test]) for scores in probes]
            scores = probes[LAYERS.index(run.layer)]
            others = scores[:, torch.arange(10, device=run.device) != run.digit].amax(1)
        yield (
            scatter(torch.stack([scores[:, run.digit], others], 1), 2.0 * (y[test] == run.digit) - 1,
                    boundary=(diagonal, run.zeros()), names=("others", str(run.digit)),
                    axes=("its score", "best other")),
            line("a probe reads, %", axis="steps of ten batches", pixels=right[0], block_1=right[1], block_2=right[2],
                 block_3=right[3]),
            images(shown[1][y[test] == run.digit][:2], title="as the network sees it"),
            text("drawn by lot" if not step else f"trained on {320 * step:,} digits", title="the filters"),
        )  # fmt: skip


def blocks(weights, x):
    """The pictures [n, 1, side, side], and the outputs of each block [n, channels, rows, columns]."""
    outs = [x[:, None]]
    for w in weights[:3]:
        h = F.conv2d(outs[-1], w, padding=1).relu()
        outs.append(F.max_pool2d(h, 2) if h.shape[-1] > 3 else h)
    return outs


def probe(x, y, new):
    """Scores [m, 10] of new outputs [m, d] by a linear classifier that is fitted to x [n, d] by ridge regression."""
    centre, size = x.mean(0), x.std(0) + 0.1 * x.std()
    x, new = (F.pad((z - centre) / size, (0, 1), value=1.0) for z in (x, new))  # and a column for the bias
    A = x.T @ x + len(x) / 20 * torch.eye(x.shape[1], device=x.device)
    W = torch.linalg.solve(A, x.T @ F.one_hot(y, 10).float())
    return new @ W


def reads(sim, when=-1, **parameters):
    """What the four probes read at the end, or after another step, on average over the seeds."""
    runs = sim.runs(SEEDS, **parameters)
    return [mean(run.series(name)[when] for run in runs) for name in ("pixels", "block_1", "block_2", "block_3")]


def told(points):
    return ", ".join(f"{p:.0f}" for p in points) + " %"


@demo.predict("Digits anywhere. After training, a linear probe reads many of them…",
              "from the pixels already", "from each block more", "only from block 3",
              why="Features build up: block 1 is far better than pixels, block 2 better than block 1.")  # fmt: skip
def _(sim):
    pixels, one, two, three = reads(sim)
    if one > pixels + 5 and two > one + 5:
        return "from each block more"
    return "only from block 3" if three > two + 5 else "from the pixels already"


@demo.predict("All filters are still drawn by lot. From block 1 a probe reads, against the pixels,",
              "fewer", -3, "about as many", 10, "over 10 points more",
              why="Even random filters and pooling bring what belongs together nearer.")  # fmt: skip
def _(sim):
    pixels, one, *_ = reads(sim, when=0)
    return one - pixels


@demo.predict("Now the digits are centred. From the pixels a linear probe reads",
              "a quarter", 38, "half", 75, "about nine in ten",
              why="Each pixel now means about the same in every picture: a weighted sum is enough.")  # fmt: skip
def _(sim):
    return reads(sim, when=0, place="centred")[0]


@demo.claim(f"Anywhere: on average block 1 gains {FIRST} points over the pixels, block 2 at least {SECOND} "
            "over that, and block 3 keeps it.")  # fmt: skip
def _(sim):
    right = reads(sim)
    pixels, one, two, three = right
    return one >= pixels + FIRST and two >= one + SECOND and three >= two - 2, told(right)


@demo.claim(f"While its filters are random, block 1 gains {BY_LOT} points over pixels; learning adds {LEARNED} in "
            "block 3.")  # fmt: skip
def _(sim):
    start, end = reads(sim, when=0), reads(sim)
    return start[1] - start[0] >= BY_LOT and end[3] - start[3] >= LEARNED, f"{told(start)}; {told(end)}"


@demo.claim(f"Centred, where depth helps little: over what the pixels give, no block gains more than {LITTLE} points.")
def _(sim):
    right = reads(sim, place="centred")
    return max(right) - right[0] <= LITTLE, told(right)


@demo.question
def size_of_features(rng):
    side, channels, blocks = rng.choice((16, 24, 32)), rng.choice((8, 12)), rng.choice((2, 3))
    layers = [layer for k in range(blocks) for layer in
              (torch.nn.Conv2d(channels if k else 1, channels, 3, padding=1), torch.nn.MaxPool2d(2))]  # fmt: skip
    n = torch.nn.Sequential(*layers)(torch.zeros(1, 1, side, side)).numel()
    return Question(
        f"A picture of {side} × {side} goes through {blocks} blocks: {channels} filters of 3 × 3, padding 1, then "
        "pooling 2 × 2. How many features does a probe get?", n,
        {"forgot the channels": n // channels, "forgot to pool": channels * side * side, "halved one side only":
         n * 2**blocks},
        why="Each pooling halves both sides; every channel has a map of that size.",
    )  # fmt: skip


@demo.question
def weights_of_a_probe(rng):
    features, classes = rng.choice((196, 392, 512)), rng.choice((5, 10, 26))
    count = sum(p.numel() for p in torch.nn.Linear(features, classes).parameters())
    return Question(
        f"A linear probe tells {classes} classes by {features} features. How many parameters are fitted?", count,
        {"forgot the biases": features * classes, "a bias for each feature": features * (classes + 1),
         "one class only": features + 1},
        why="A weight for every feature and class, and a bias for each class. The network itself stays as it is.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
