"""What is asked and claimed about the features of each layer."""

from statistics import mean

import torch

from studytool.demo import Question

from demo_features import demo

SEEDS = 10  # networks a claim trains
FIRST, SECOND, LITTLE, BY_LOT, LEARNED = 20, 10, 10, 10, 15  # points of accuracy: each block; centred; before; since


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
              why="Even random filters and pooling bring what belongs together nearer.", steps=1)  # fmt: skip
def _(sim):
    pixels, one, *_ = reads(sim, when=0)
    return one - pixels


@demo.predict("Now the digits are centred. From the pixels a linear probe reads",
              "a quarter", 38, "half", 75, "about nine in ten",
              why="Each pixel now means about the same in every picture: a weighted sum is enough.",
              place="centred")  # fmt: skip
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
