"""What is asked and claimed about convolutional networks."""

from statistics import mean

import torch

from studytool.demo import Question, spread

from demo_cnn import STEPS, demo

SEEDS, GOOD, LOST = 10, 96, 0.7  # networks a claim trains; accuracy in percent that counts as good; points of it


@demo.predict("The picture moves one pixel to the right. The accuracy falls by…",
              "less than 3 points", 3, "3 to 15 points", 15, "more than 15 points",
              why="The maps move with the picture, but the linear layer after them has learned places.")  # fmt: skip
def _(sim):
    return mean(sim.gains("moved_by_1_pixel", "as_they_are", 3))


@demo.predict("All pixels are shuffled, in every picture alike. The CNN then reads…",
              "no better than chance", 20, "a few points worse", 99.6, "as well as before",
              why="Every pixel is still there, but its neighbours are gone, and filters need those.",
              pixels="shuffled")  # fmt: skip
def _(sim):
    straight, mixed = (mean(map(settled, sim.runs(3, pixels=p))) for p in ("in place", "shuffled"))
    return 100 * mixed / straight


@demo.predict("Max pooling instead of none. What gains more?", "accuracy on pictures as they are",
              0, "accuracy on moved pictures", why="The largest of four may come from any of four places.")  # fmt: skip
def _(sim):
    names = "as_they_are", "moved_by_1_pixel"
    gain, gain_moved = (settles_at(sim, name, "max") - settles_at(sim, name, "none") for name in names)
    return gain_moved - gain


def settles_at(sim, name, pooling):
    return mean(settled(run, name) for run in sim.runs(3, pooling=pooling))


def settled(result, name="as_they_are"):
    """The mean of the last quarter of a series: single steps jump by several points."""
    values = result.series(name)
    return mean(values[-len(values) // 4 :])


@demo.claim(f"Within {STEPS} steps, 20 passes, it reaches {GOOD} % on new digits for each of {SEEDS} seeds.")
def _(sim):
    when = [run.first("as_they_are", at_least=GOOD) for run in sim.runs(SEEDS)]
    return max(when) <= STEPS, f"after {spread(when)} steps"


@demo.claim("Moved by one pixel it reads at least 15 points fewer: a CNN with pooling is not blind to shifts.")
def _(sim):
    lost = [settled(run) - settled(run, "moved_by_1_pixel") for run in sim.runs(SEEDS)]
    return min(lost) >= 15, f"{spread(lost)} points"


@demo.claim(f"Shuffling all pixels alike costs it {LOST} points or more on average, and never gains any.")
def _(sim):
    pairs = zip(*(sim.runs(SEEDS, pixels=p) for p in ("in place", "shuffled")), strict=True)
    lost = [settled(straight) - settled(mixed) for straight, mixed in pairs]
    return mean(lost) >= LOST and min(lost) > 0, f"{spread(lost, '.1f')} points"


@demo.question
def shape_after_a_convolution(rng):
    side, channels, filters = rng.choice((12, 16, 28, 32)), rng.choice((1, 3)), rng.choice((8, 16, 64))
    size, padding, stride = rng.choice((5, 7)), rng.choice((1, 2)), rng.choice((2, 3))

    def after(padding=padding, stride=stride):
        layer = torch.nn.Conv2d(channels, filters, size, stride, padding)
        return tuple(layer(torch.zeros(1, channels, side, side)).shape[1:])

    mistakes = {"no padding": after(padding=0), "no stride": after(stride=1),
                "kept the channels": (channels, *after()[1:])}  # fmt: skip
    return Question(
        f"A picture of shape ({channels}, {side}, {side}) goes through {filters} filters of {size} × {size}, padding "
        f"{padding}, stride {stride}. What is the shape after it?",
        after(), {name: shape for name, shape in mistakes.items() if shape != after()},
        why="(side + 2·padding − size) / stride, rounded down, plus 1; and one map for each filter.",
    )  # fmt: skip


@demo.question
def weights_of_a_layer(rng):
    channels, filters, size = rng.choice((4, 6)), rng.choice((8, 16, 32)), rng.choice((3, 5))
    count = sum(p.numel() for p in torch.nn.Conv2d(channels, filters, size).parameters())
    return Question(
        f"How many weights and biases have {filters} filters of {size} × {size} over {channels} channels?",
        count, {"forgot the biases": count - filters, "forgot the channels": filters * (size * size + 1),
                "one side only": filters * (size * channels + 1)},
        why="Each filter has a weight for every pixel under it in every channel, and one bias.",
    )  # fmt: skip
