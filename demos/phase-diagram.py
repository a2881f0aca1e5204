"""Phase diagram: every pixel is a network that was trained, and the edge between success and failure is a fractal.

Gradient descent repeats w ← w − η·∂L/∂w, as the Mandelbrot set repeats z ← z² + c. There a picture over c shows what
stays finite; here one over two learning rates, η₁ of the first layer and η₂ of the second, shows which networks train:
whose loss, averaged over the last twenty steps or so, is below the first. All else is the same for all pixels.

For a loss that is a bowl the edge is a smooth curve: a step is too long for its steepest direction, or it is not. In a
network the steps near the edge throw the weights about, and where exactly they land decides what comes next. So the
edge is jagged however closely one looks, a fractal (Sohl-Dickstein, 2024), and a rate may work just above others that
do not. Well inside all networks train, and that is where to choose. Orange pixels have failed, the brighter the sooner.
The point, where the two rates are, lies on the edge at first: turn zoom up.
"""

import math
from functools import partial

import torch

from studytool.demo import Choice, Demo, Float, Int, heatmap, line, text

COLUMNS, ROWS = 48, 32  # networks in the picture
SAMPLES, INPUTS = 16, 8  # of the data; there are as many hidden neurons as inputs

demo = Demo(
    "Phase diagram: where training works, pixel by pixel",
    topics=["trainability", "edge of stability", "chaos", "fractals"],
    steps=150,
    pace=40,
    loss=Choice("network", "bowl", help="a tanh network of two layers, or a linear model, whose loss is a bowl"),
    zoom=Int(0, 0, 20, help="how often the picture is halved around the point"),
    first_rate=Float(1.14, 0.1, 100, log=True, symbol="η₁", help="of the first layer at the point looked at"),
    second_rate=Float(0.86, 0.1, 100, log=True, symbol="η₂", help="of the second layer at the point looked at"),
)


def rates(zoom, point):
    """η₁ and η₂ of every pixel [rows, columns], the highest η₂ first, and the ends of the picture in log₁₀."""
    width = 3 / 2**zoom  # decades
    starts = [math.log10(rate) - width / 2 if zoom else -1 for rate in point]
    across, up = ((torch.arange(n, dtype=torch.float64) + 0.5) / n * width for n in (COLUMNS, ROWS))
    η2, η1 = torch.meshgrid(starts[1] + up.flip(0), starts[0] + across, indexing="ij")
    return 10**η1, 10**η2, [(start, start + width) for start in starts]


def descent(kind, rng, η1, η2):
    """Train a network for every pair of rates [rows, columns], and yield their losses after each step."""
    sizes = (SAMPLES, INPUTS), (SAMPLES, 1), (INPUTS, INPUTS), (INPUTS, 1)
    X, y, W1, W2 = (torch.randn(size, generator=rng) for size in sizes)
    if kind == "bowl":  # the first half of one layer's weights has η₁, the other half η₂
        W1, W2 = W1[: INPUTS // 2, :1], W2[: INPUTS // 2]
    X, y, W1, W2 = (t.double().to(η1.device) for t in (X, y, W1 / INPUTS**0.5, W2 / INPUTS**0.5))
    W1, W2 = (w.repeat(*η1.shape, 1, 1).requires_grad_() for w in (W1, W2))  # all pixels begin alike
    while True:
        out = (X @ W1).tanh() @ W2 if kind == "network" else X[:, : INPUTS // 2] @ W1 + X[:, INPUTS // 2 :] @ W2
        losses = (out - y).square().mean((-2, -1))  # [rows, columns]
        g1, g2 = torch.autograd.grad(losses.sum(), (W1, W2))  # of each network its own: no other depends on it
        with torch.no_grad():
            W1 -= η1[..., None, None] * g1
            W2 -= η2[..., None, None] * g2
        yield losses.detach()


@demo.train
def phase_diagram(run):
    η1, η2, extent = rates(run.zoom, (run.first_rate.item(), run.second_rate.item()))
    first, average, lasted = None, None, 0  # losses, and the steps with one of less than a hundred times the first
    for losses in descent(run.loss, run.rng, η1.to(run.device), η2.to(run.device)):
        first, average = (losses, losses) if first is None else (first, 0.95 * average + 0.05 * losses)
        lasted = lasted + (losses < 100 * first)
        works = average < first  # false as well where the loss is no number any more
        turns = (works[:, 1:] != works[:, :-1]).sum(1)  # how often training and failing alternate in each row
        yield (
            heatmap(torch.where(works, (average / first).log10(), 1 / (1 + lasted)), title="blue trains, orange fails",
                    axes=("log₁₀ η₁", "log₁₀ η₂"), extent=extent, signed=True,
                    paths={"the point": lambda: torch.stack([run.first_rate, run.second_rate])[None].log10()}),
            line("networks that train, %", train=100 * works.float().mean()),
            line("changes in a row", changes=turns.sum() / (turns > 0).sum().clamp_min(1)),
            text(partial(told, run, η1, η2, first, average), title="at the point"),
        )  # fmt: skip


def told(run, η1, η2, first, average):
    k = ((η1 / run.first_rate.cpu()).log() ** 2 + (η2 / run.second_rate.cpu()).log() ** 2).argmin()  # the nearest pixel
    η1, η2, before, now = (values.flatten()[k].item() for values in (η1, η2, first, average))
    verdict = f"{'trains' if now < before else 'fails'}: loss {before:.3g}, now {now:.3g}"
    return f"η₁ = {η1:.6g}, η₂ = {η2:.6g}\n{verdict}".replace("-", "−")


if __name__ == "__main__":
    demo.main()
