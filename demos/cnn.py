"""A convolutional network reads handwritten digits, and shows what its layers see.

A convolution slides a small filter over the picture and writes down, for every place, the sum of the 3 × 3 pixels
under it times the filter's weights: one number a place, a feature map. The same nine weights serve every place, so a
feature need be learned only once, and they join neighbours alone: it is built in that what lies near belongs together.
Max pooling then keeps the largest of every 2 × 2 numbers, which halves the map's sides.

Two such layers and one linear layer tell the ten digits apart after a few seconds of training. The maps move with the
picture, but the linear layer behind them has learned places: moved by a single pixel, many digits are no longer
recognised. Pooling makes that less bad, it does not make it go away. And where all pixels are shuffled, always in the
same way, nothing is lost to a network that joins every pixel with every other; a convolution loses its neighbours.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, accuracy, bars, descend, digits, images, line, text

STEPS, EPOCH = 80, 41  # quarters of an epoch; batches of 32 in 1,297 training digits

demo = Demo(
    "CNN: filters that slide over a picture",
    topics=["cnn", "convolutional networks", "convolution", "pooling", "feature maps"],
    steps=STEPS,
    pooling=Choice("max", "mean", "none", help="what becomes of 2 × 2 numbers: the largest, their mean, or the first"),
    pixels=Choice("in place", "shuffled", help="shuffled: every picture in the same, random way"),
    example=Float(0, 0, 499, help="which of the 500 test digits is shown"),
)


@demo.train
def cnn(run):
    X, y = digits(run.device)
    if run.pixels == "shuffled":
        X = X.flatten(1)[:, run.randperm(64)].view(-1, 8, 8)
    X = X[:, None]  # [1797, 1, 8, 8]: one channel
    order = run.randperm(len(X))
    test, train = order[:500], order[500:]
    shapes = (8, 1, 3, 3), (16, 8, 3, 3), (10, 64)  # two layers of filters, then 16 maps of 2 × 2 to ten scores
    weights = [(run.randn(*s) * (2 / torch.tensor(s[1:]).prod()) ** 0.5).requires_grad_() for s in shapes]
    biases = [run.zeros(s[0]).requires_grad_() for s in shapes]
    velocity = [torch.zeros_like(p) for p in weights + biases]
    while True:
        for batch in train[run.randperm(len(train))].split(32)[: EPOCH // 4]:
            scores = layers(weights, biases, X[batch], run.pooling)[-1]
            descend(F.cross_entropy(scores, y[batch]), weights + biases, velocity, 0.05)
        with torch.no_grad():
            right, moved = (
                accuracy(layers(weights, biases, x, run.pooling)[-1], y[test]) for x in (X[test], X[test].roll(1, -1))
            )
            n = test[int(run.example)]
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


if __name__ == "__main__":
    demo.main()
