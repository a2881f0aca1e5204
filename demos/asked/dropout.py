"""What is asked and claimed about dropout."""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Question, spread

from demo_dropout import NOISE, demo

SEEDS = 12  # networks a claim trains
GAIN, LITTLE = 4, 1.5  # points of accuracy: what dropout gains with wrong labels at least, without them at most


@demo.predict(f"{NOISE} % of the labels are wrong. Which network does better on new digits?",
              "the one without", -1, "both alike", 1, "the one with dropout",
              why="Without dropout it learns the wrong labels by heart, and they cost it new digits.")  # fmt: skip
def _(sim):
    return mean(sim.gains("without", "dropout", 3))


@demo.predict("The same: which one has the lower loss on its training digits in the end?", "the one with dropout",
              0, "the one without",
              why="A low training loss says that it fits its data, wrong labels and all.")  # fmt: skip
def _(sim):
    return mean(sim.gains("loss_without", "loss_dropout", 3))


@demo.predict("Now every label is right. On new digits, dropout…",
              "loses over 5 points", -5, "changes little", 5, "gains over 5 points",
              why="There is nothing wrong to learn by heart; what is left to gain is small.",
              wrong_labels=0)  # fmt: skip
def _(sim):
    return mean(sim.gains("without", "dropout", 3, wrong_labels=0))


@demo.claim(f"{NOISE} % wrong labels: dropout wins on new digits for all {SEEDS} seeds, by {GAIN} points on average.")
def _(sim):
    points = sim.gains("without", "dropout", SEEDS)
    return min(points) > 0 and mean(points) >= GAIN, f"{spread(points, '+.1f')} points"


@demo.claim(f"All labels right: on average dropout changes the accuracy by at most {LITTLE} points.")
def _(sim):
    points = sim.gains("without", "dropout", SEEDS, wrong_labels=0)
    return abs(mean(points)) <= LITTLE, f"{spread(points, '+.1f')} points"


@demo.claim("Without dropout 95 % of the wrong labels or more are learned by heart; with it, fewer than 80 %.")
def _(sim):
    without, dropout = (sim.last(f"by_heart_{name}", SEEDS) for name in ("without", "dropout"))
    return min(without) >= 95 and max(dropout) < 80, f"at least {min(without):.0f} %, at most {max(dropout):.0f} %"


@demo.question
def kept_value(rng):
    h, p = rng.choice((0.6, 1.2, 2.4)), rng.choice((0.2, 0.25, 0.4))
    kept = F.dropout(torch.full((1000,), h, dtype=torch.float64), p).max()
    return Question(
        f"A hidden neuron has the value {h}. With dropout p = {p} it is kept in this training step. What is passed on?",
        kept, {"did not divide": h, "multiplied by 1 − p": h * (1 - p), "divided by p": h / p},
        why="What is kept is divided by 1 − p, so that the next layer gets as much as before on average.",
    )  # fmt: skip


@demo.question
def neurons_left(rng):
    n, p = rng.choice((200, 300, 500)), rng.choice((0.1, 0.2, 0.3))
    left = round(torch.full((n,), 1 - p, dtype=torch.float64).sum().item())  # expectations add up
    return Question(
        f"A layer of {n} neurons, dropout p = {p}. How many are on in a training step, on average?",
        left, {"counted those that are off": round(n * p), "always half": n // 2, "as when it is used": n},
        why="Each is on with probability 1 − p; all are on only when the network is used.",
    )  # fmt: skip
