"""A convolutional network reads handwritten digits, and shows what its layers see.

A convolution slides a small filter over the picture and writes down, for every place, the sum of the 3 × 3 pixels
under it times the filter's weights: one number a place, a feature map. The same nine weights serve every place, so a
feature need be learned only once, and neighbours must lie beside each other: a network of this kind knows that a
picture is a picture. Pooling then keeps the largest of every 2 × 2 numbers, which halves the map's sides.

Two such layers and one linear layer tell the ten digits apart after a few seconds of training. The weights move with
the picture, but what comes after them does not: moved by a single pixel, many digits are no longer recognised. Pooling
makes that less bad, it does not make it go away. And where all pixels are shuffled, always in the same way, nothing is
lost to anyone who looks at each pixel by itself; the convolution loses what it relied on.
"""

from statistics import mean, median

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Question, bars, digits, images, line, text

SEEDS, STEPS, GOOD = 10, 80, 96  # networks a claim trains; how long; accuracy in percent that counts as good
LOST = 0.7  # points of accuracy
EPOCH = 41  # batches of 32 in 1,297 training digits

demo = Demo(
    "CNN: filters that slide over a picture",
    topics=["cnn", "convolutional networks", "convolution", "pooling", "feature maps"],
    steps=STEPS,
    pooling=Choice("max", "mean", "none", help="what becomes of 2 × 2 numbers: the largest, their mean, or the first"),
    pixels=Choice("in place", "shuffled", help="shuffled: every picture in the same, random way"),
    digit=Float(0, 0, 499, help="which of the 500 test digits is shown"),
)


@demo.train
def cnn(run):
    X, y = digits(run.device)
    if run.pixels == "shuffled":
        X = X.flatten(1)[:, torch.randperm(64, generator=run.rng).to(run.device)].view(-1, 8, 8)
    X = X[:, None]  # [1797, 1, 8, 8]: one channel
    order = torch.randperm(len(X), generator=run.rng).to(run.device)
    test, train = order[:500], order[500:]
    shapes = (8, 1, 3, 3), (16, 8, 3, 3), (10, 64)  # two layers of filters, then 16 maps of 2 × 2 to ten scores
    weights = [run.randn(*s) * (2 / torch.tensor(s[1:]).prod()) ** 0.5 for s in shapes]
    weights = [w.requires_grad_() for w in weights]
    biases = [run.zeros(s[0]).requires_grad_() for s in shapes]
    parameters = weights + biases
    velocity = [torch.zeros_like(p) for p in parameters]
    while True:
        for batch in train[torch.randperm(len(train), generator=run.rng).to(run.device)].split(32)[: EPOCH // 4]:
            loss = F.cross_entropy(layers(weights, biases, X[batch], run.pooling)[-1], y[batch])
            with torch.no_grad():
                for p, v, g in zip(parameters, velocity, torch.autograd.grad(loss, parameters), strict=True):
                    v.mul_(0.9).add_(g)
                    p.sub_(0.05 * v)
        with torch.no_grad():
            right, moved = (
                100 * (layers(weights, biases, x, run.pooling)[-1].argmax(1) == y[test]).float().mean()
                for x in (X[test], X[test].roll(1, -1))
            )
            n = test[int(run.digit)]
            maps, pooled, _, scores = layers(weights, biases, X[n : n + 1], run.pooling)
        yield (
            images(torch.cat([X[n], maps[0]]), names=["picture", *(f"map {k + 1}" for k in range(8))],
                   title=f"a {y[n]}, and where each filter finds its feature"),
            line("accuracy on test digits, %", axis="quarters of an epoch", as_they_are=right, moved_by_1_pixel=moved),
            bars("what it says, %", **{str(k): p for k, p in enumerate((1000 * scores[0].softmax(0)).round() / 10)}),
            images(weights[0].detach()[:, 0].clone(), title="the filters"),
            images(pooled[0].clone(), title="the maps after pooling"),
            text(lambda n=n: product(X[n, 0], weights[0][0, 0], biases[0][0]), title="filter 1 at row 4, column 4"),
        )  # fmt: skip


def layers(weights, biases, x, pooling):
    """What each layer makes of pictures [n, 1, 8, 8]: maps [n, 8, 8, 8], pooled, [n, 16, 2, 2], scores [n, 10]."""
    maps = F.conv2d(x, weights[0], biases[0], padding=1).relu()
    pooled = pool(maps, pooling)  # [n, 8, 4, 4]
    second = pool(F.conv2d(pooled, weights[1], biases[1], padding=1).relu(), pooling)
    return maps, pooled, second, F.linear(second.flatten(1), weights[2], biases[2])


def pool(maps, pooling):
    if pooling == "none":
        return maps[..., ::2, ::2]
    return F.max_pool2d(maps, 2) if pooling == "max" else F.avg_pool2d(maps, 2)


@torch.no_grad()
def product(picture, w, b):
    patch = picture[3:6, 3:6]
    rows = (" + ".join(f"{p:.1f}·{v:.1f}" for p, v in zip(*pair, strict=True)) for pair in zip(patch, w, strict=True))
    total = (patch * w).sum() + b
    return f"{' + '.join(rows)} + bias = {total:.2f}; ReLU: {total.relu():.2f}".replace("-", "−").replace("+ −", "− ")


@demo.predict("The picture moves one pixel to the right. The accuracy falls by…", "less than 3 points",
              "3 to 15 points", "more than 15 points",
              why="The maps move with the picture, but the linear layer after them has learned places.")  # fmt: skip
def _(sim):
    lost = mean(r.last("as_they_are") - r.last("moved_by_1_pixel") for r in (sim(seed=s) for s in sim.seeds(3)))
    return "less than 3 points" if lost < 3 else "3 to 15 points" if lost <= 15 else "more than 15 points"


@demo.predict("All pixels are shuffled, in every picture alike. The CNN then reads…", "as well as before",
              "clearly worse, yet most digits", "no better than chance",
              why="Every pixel is still there, but its neighbours are gone, and filters need those.")  # fmt: skip
def _(sim):
    straight, mixed = (best(sim(pixels=p)) for p in ("in place", "shuffled"))
    return "as well as before" if straight - mixed < 1 else "no better than chance" if mixed < 20 else (
        "clearly worse, yet most digits")  # fmt: skip


@demo.predict("Max pooling instead of none. What gains more?", "accuracy on pictures as they are",
              "accuracy on moved pictures", why="The largest of four may come from any of four places.")  # fmt: skip
def _(sim):
    gain, moved = ([] for _ in range(2))
    for seed in sim.seeds(3):
        with_max, without = sim(seed=seed), sim(seed=seed, pooling="none")
        gain.append(best(with_max) - best(without))
        moved.append(settled(with_max, "moved_by_1_pixel") - settled(without, "moved_by_1_pixel"))
    return "accuracy on moved pictures" if mean(moved) > mean(gain) else "accuracy on pictures as they are"


def best(result):
    return max(result.series("as_they_are"))


def settled(result, name):
    """The mean of the last quarter of a series: single steps jump by several points."""
    values = result.series(name)
    return mean(values[-len(values) // 4 :])


@demo.claim(f"Within {STEPS} steps, 20 passes, it reaches {GOOD} % on new digits for each of {SEEDS} seeds.")
def _(sim):
    runs = [sim(seed=s) for s in sim.seeds(SEEDS)]
    when = [next((t for t, a in enumerate(r.series("as_they_are"), 1) if a >= GOOD), STEPS + 1) for r in runs]
    return max(when) <= STEPS, f"after {median(when):g} steps, {min(when)} to {max(when)}"


@demo.claim("Moved by one pixel it reads at least 15 points fewer: a CNN with pooling is not blind to shifts.")
def _(sim):
    lost = [settled(r, "as_they_are") - settled(r, "moved_by_1_pixel") for r in (sim(seed=s) for s in sim.seeds(SEEDS))]
    return min(lost) >= 15, f"{mean(lost):.0f} points, {min(lost):.0f} to {max(lost):.0f}"


@demo.claim(f"Shuffling all pixels alike costs it {LOST} points or more on average, and never gains any.")
def _(sim):
    straight, mixed = ([settled(sim(seed=s, pixels=p), "as_they_are") for s in sim.seeds(SEEDS)] for p in
                       ("in place", "shuffled"))  # fmt: skip
    lost = [a - b for a, b in zip(straight, mixed, strict=True)]
    return mean(lost) >= LOST and min(lost) > 0, f"{mean(lost):.1f} points, {min(lost):.1f} to {max(lost):.1f}"


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


if __name__ == "__main__":
    demo.main()
