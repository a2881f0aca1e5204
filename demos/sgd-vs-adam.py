"""Three ways down the same valley: plain gradient descent, momentum, and Adam.

All three know only the gradient g of the loss ½·wᵀHw. Gradient descent goes −η·g. Momentum (Polyak, 1964) keeps a
velocity, v ← 0.9·v + g, and goes −η·v: along the valley the velocity adds up, across it cancels. Adam (Kingma and Ba,
2015) divides by size: for each weight alone it goes −η·m/√s, where m is a running mean of g and s one of g², both
corrected for their start from 0.

That is why Adam does not mind a valley a hundred times steeper across than along, as long as the two directions are
its weights. It looks at one weight at a time: turn the valley by 45° and each weight sees both directions mixed.
Gradient descent and momentum do not even notice the turn. None of them is always the fastest, and Adam's η is not
right by itself. What is drawn is the logarithm of the loss; the minimum lies in the middle.
"""

import math

import torch

from studytool.demo import Demo, Float, heatmap, line, plane, text

START, NEAR = (1.6, 1.0), 0.02  # along and across the valley; as near as this to the minimum counts as arrived
EXTENT = (-2.4, 2.4), (-2.4, 2.4)  # of the picture
NAMES = "SGD", "momentum", "Adam"
STAY, TURN = torch.tensor([[1.0, 0], [0, 1]]), torch.tensor([[0.0, -1], [1, 0]])  # turned by 0°, by 90°

demo = Demo(
    "SGD or Adam: three ways down one valley",
    topics=["SGD vs Adam", "Adam", "momentum", "stochastic gradient descent", "optimizers"],
    steps=3_000,
    pace=20,
    broadcast=2,  # w is a column [2, 1], or [runs, 2, 1] where a parameter is swept
    condition=Float(100, 1, 10_000, log=True, symbol="κ", help="how much steeper the valley is across than along"),
    angle=Float(0, 0, 90, help="how far the valley is turned against the axes, in degrees"),
    sgd_rate=Float(1.5, 0.1, 4, symbol="η·λ", help="η of SGD and momentum times the largest curvature; SGD needs < 2"),
    adam_rate=Float(0.1, 0.001, 1, log=True, symbol="η", help="η of Adam"),
)


def turned(angle):
    """The rotation by `angle` degrees [2, 2]."""
    c, s = torch.cos(angle * math.pi / 180), torch.sin(angle * math.pi / 180)
    return c * STAY.to(angle.device) + s * TURN.to(angle.device)


@demo.train
def three_ways(run):
    start = torch.tensor(START, device=run.device)[:, None] * (1 + 0.2 * run.randn(2, 1).tanh())  # [2, 1]
    start = turned(run.angle) @ start
    sgd, momentum, adam = start.clone(), start.clone(), start.clone()
    v, m, s = run.zeros(2, 1), run.zeros(2, 1), run.zeros(2, 1)
    across = torch.tensor([0.0, 1], device=run.device)  # [2]
    paths = {name: [start] for name in NAMES}
    for t in range(1, demo.steps + 1):
        R, curvatures = turned(run.angle), run.condition**across
        H = R * curvatures @ R.mT  # [2, 2]: curvature 1 along the valley, κ across
        η = run.sgd_rate / run.condition
        sgd = sgd - η * (H @ sgd)

        v = 0.9 * v + H @ momentum
        momentum = momentum - η * v

        g = H @ adam
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        adam = adam - run.adam_rate * (m / (1 - 0.9**t)) / ((s / (1 - 0.999**t)).sqrt() + 1e-8)

        for path, w in zip(paths.values(), (sgd, momentum, adam), strict=True):
            path.append(w)
        yield (
            heatmap(lambda H=H: valley(H), title="loss", axes=("w₁", "w₂"), extent=EXTENT,
                    paths={name: lambda path=path: torch.cat(path, -1).T for name, path in paths.items()}),
            line("distance to go, log₁₀", SGD=far(sgd), momentum=far(momentum), Adam=far(adam)),
            text(lambda: "\n".join(f"{name}: {told(path)}" for name, path in paths.items()), title="arrived"),
        )  # fmt: skip


def valley(H):
    W = plane(EXTENT)  # [64, 96, 2]
    return (((W @ H.cpu()) * W).sum(-1) / 2 + 1e-3).log10()


def far(w):
    return w.norm(dim=(-2, -1)).log10()


def told(path):
    there = (torch.cat(path, -1).T.norm(dim=1) <= NEAR).nonzero()
    return f"after {there[0].item()} steps" if len(there) else "not yet"


if __name__ == "__main__":
    demo.main()
