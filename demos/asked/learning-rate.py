"""What is asked and claimed about the learning rate."""

import math
from statistics import median

import torch
import torch.nn.functional as F

from studytool.demo import Question, spread

from demo_learning_rate import demo

SEEDS, GOOD = 8, 88  # networks a claim trains; accuracy in percent that counts as trained
NEAR = 1.6  # 2/λmax is less than this many times η while it learns


@demo.predict("η = 1 is above 2/λmax at the start, about 0.5. In a bowl that throws w out. The network with η = 1…",
              "is thrown out", GOOD, "learns the digits",
              why="The first steps jump to where the loss is less curved, and there 1 is not too much.",
              learning_rate=1)  # fmt: skip
def _(sim):
    return median(sim.last("right_middle", 3, learning_rate=1))


@demo.predict("4η = 4 is far too large. What does the loss of that network read in the end?", "not a number",
              "near 2.3", "near 0",
              why="Its neurons are off for every digit: it guesses among ten, at a loss of ln 10.",
              learning_rate=1)  # fmt: skip
def _(sim):
    loss = sim(learning_rate=1).last("high")
    return "not a number" if not math.isfinite(loss) else "near 0" if loss < 0.5 else "near 2.3"


@demo.predict("0.01, 0.04 or 0.16: which η has the lowest loss after the same 300 steps?", "0.01", "0.04", "0.16",
              why="All three are safe, and then a longer step is further along.", learning_rate=0.04)  # fmt: skip
def _(sim):
    run = sim(learning_rate=0.04)
    losses = {η: run.last(name) for η, name in (("0.01", "low"), ("0.04", "middle"), ("0.16", "high"))}
    return min(losses, key=losses.get)


@demo.claim(f"η = 1 is above 2/λmax at each of {SEEDS} starts, and yet every network reaches {GOOD} % on new digits.")
def _(sim):
    limits = [run.series("limit")[0] for run in sim.runs(SEEDS, learning_rate=1)]
    right = sim.last("right_middle", SEEDS, learning_rate=1)
    return max(limits) < 1 and min(right) >= GOOD, f"2/λmax {spread(limits, '.2f')}; {spread(right)} %"


@demo.claim("η = 4 ends in a guess and not in NaN: the loss is within 0.05 of ln 10 for each start.")
def _(sim):
    losses = sim.last("high", SEEDS, learning_rate=1)
    return all(abs(v - math.log(10)) < 0.05 for v in losses), spread(losses, ".3f")


@demo.claim("Smaller is not better: after 300 steps η = 0.01 has at least 5 times the loss of η = 0.16.")
def _(sim):
    ratios = [run.last("low") / run.last("high") for run in sim.runs(SEEDS, learning_rate=0.04)]
    return min(ratios) >= 5, f"{spread(ratios)} times"


@demo.claim(f"The curvature follows η: for 0.5 and 1, in steps 8 to 40, the median 2/λmax is 1 to {NEAR} η.")
def _(sim):
    half, one = ([median(run.series("limit")[8:40]) / η for run in sim.runs(SEEDS, learning_rate=η)] for η in (0.5, 1))
    return all(1 < r < NEAR for r in half + one), f"0.5: {spread(half, '.2f')} η; 1: {spread(one, '.2f')} η"


@demo.question
def loss_of_a_guess(rng):
    K = rng.choice((3, 4, 5, 8, 20, 50, 100, 1000))
    loss = F.cross_entropy(torch.zeros(1, K, dtype=torch.float64), torch.tensor([0]))
    return Question(
        f"A classifier of {K} classes says the same for every input, each class alike. What is its cross-entropy?",
        loss, {"took the logarithm to base 10": math.log10(K), "took the logarithm to base 2": math.log2(K),
               "took the share of errors": 1 - 1 / K, "took the probability": 1 / K},
        why="Each class gets 1/K, and −ln(1/K) = ln K: a loss that stays there is a network that says nothing.",
    )  # fmt: skip


@demo.question
def decayed_rate(rng):
    η, every, by = rng.choice((0.1, 0.4, 0.8)), rng.choice((10, 20, 30)), rng.choice((0.1, 0.5, 0.2))
    epoch = every * rng.choice((2, 3)) + rng.randint(1, 8)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(()))], lr=η)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, every, by)
    for _ in range(epoch):
        optimizer.step()
        schedule.step()
    times = epoch // every
    return Question(
        f"η starts at {η} and is multiplied by {by} after every {every} epochs. What is it after {epoch} epochs?",
        schedule.get_last_lr()[0],
        {"multiplied once too few": η * by ** (times - 1), "multiplied once too often": η * by ** (times + 1),
         "let it fall a little every epoch": η * by ** (epoch / every)},
        why="The factor comes in once for every full span of epochs.",
    )  # fmt: skip
