"""Phase diagram: every pixel is a network that was trained, and the edge between success and failure is a fractal.

Gradient descent repeats one step, w ← w − η·∂L/∂w, as the Mandelbrot set repeats z ← z² + c. There a picture over c
shows which repetitions stay finite; here a picture over two learning rates shows which networks train. η₁ is that of
the first layer and η₂ that of the second; all else is the same for all pixels, the data, the first weights and the
number of steps. A network trains if its loss, averaged over the last twenty steps or so, is below the first.

For a loss that is a bowl the edge is a smooth curve: a step is too long for its steepest direction, or it is not. For a
network it is not so. Near the edge the steps throw the weights about before they settle or fly off, and what happens
next depends on where exactly they land. So the edge is jagged, and stays so however closely one looks: Sohl-Dickstein
(2024) found it fractal over more than ten decades. "Lower the rate a little" may then be the wrong advice: there are
rates that work just above others that do not.

It is so only near the edge. Well inside, all networks train, and that is where to choose. Orange pixels have failed:
the brighter, the sooner. The point, where the two rates are, lies on the edge at first: turn zoom up. The numbers
have double precision, so what is seen is not rounding.
"""

import math
from functools import cache

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, heatmap, line, spread, text

COLUMNS, ROWS = 48, 32  # networks in the picture
SAMPLES, INPUTS = 16, 8  # of the data; there are as many hidden neurons as inputs
LOW, WIDTH = -1.0, 3.0  # log₁₀ of the lowest rates; decades of each axis
SEEDS, SAFE = 6, 0.25  # seeds of a claim; a rate at which all train
CLOSER, NEARER = 6, 64  # halvings of the picture close to the edge, and how much nearer that is
JAGGED, SMOOTH = 2.5, 1.7  # changes in a row of pixels: more than this close to the edge, and fewer in a bowl

demo = Demo(
    "Phase diagram: where training works, pixel by pixel",
    topics=["phase diagram", "trainability", "edge of stability", "chaos", "fractals"],
    steps=150,
    pace=40,
    loss=Choice("network", "bowl", help="a tanh network of two layers, or a linear model, whose loss is a bowl"),
    zoom=Int(0, 0, 20, help="how often the picture is halved around the point"),
    first_rate=Float(1.14, 0.1, 100, log=True, symbol="η₁", help="of the first layer at the point looked at"),
    second_rate=Float(0.86, 0.1, 100, log=True, symbol="η₂", help="of the second layer at the point looked at"),
)


def rates(zoom, point):
    """η₁ and η₂ of every pixel [rows, columns], the highest η₂ first, and the ends of the picture in log₁₀."""
    width = WIDTH / 2**zoom
    starts = [math.log10(rate) - width / 2 if zoom else LOW for rate in point]
    across, up = ((torch.arange(n, dtype=torch.float64) + 0.5) / n * width for n in (COLUMNS, ROWS))
    η2, η1 = torch.meshgrid(starts[1] + up.flip(0), starts[0] + across, indexing="ij")
    return 10**η1, 10**η2, [(start, start + width) for start in starts]


def descent(kind, rng, η1, η2):
    """Train a network for every pair of rates [P], and yield their losses [P] after each step."""
    X, y = torch.randn(SAMPLES, INPUTS, generator=rng), torch.randn(SAMPLES, 1, generator=rng)
    W1, W2 = torch.randn(INPUTS, INPUTS, generator=rng), torch.randn(INPUTS, 1, generator=rng)
    if kind == "bowl":  # the first half of one layer's weights has η₁, the other half η₂
        W1, W2 = W1[: INPUTS // 2, :1], W2[: INPUTS // 2]
    X, y, W1, W2 = (t.double().to(η1.device) for t in (X, y, W1 / INPUTS**0.5, W2 / INPUTS**0.5))
    W1, W2 = (w.repeat(len(η1), 1, 1).requires_grad_() for w in (W1, W2))  # [P, 8, 8], [P, 8, 1]: all begin alike
    while True:
        out = (X @ W1).tanh() @ W2 if kind == "network" else X[:, : INPUTS // 2] @ W1 + X[:, INPUTS // 2 :] @ W2
        losses = (out - y).square().mean((-2, -1))  # [P]
        g1, g2 = torch.autograd.grad(losses.sum(), (W1, W2))  # of each network its own: no other depends on it
        with torch.no_grad():
            W1 -= η1[:, None, None] * g1
            W2 -= η2[:, None, None] * g2
        yield losses.detach()


@demo.train
def phase_diagram(run):
    η1, η2, extent = rates(run.zoom, (run.first_rate.item(), run.second_rate.item()))
    first = average = None
    lasted = torch.zeros(ROWS, COLUMNS, device=run.device)  # steps with a loss of less than a hundred times the first
    for losses in descent(run.loss, run.rng, η1.flatten().to(run.device), η2.flatten().to(run.device)):
        losses = losses.view(ROWS, COLUMNS)
        first, average = (losses, losses) if first is None else (first, 0.95 * average + 0.05 * losses)
        works = average < first  # false as well where the loss is no number any more
        lasted = lasted + (losses < 100 * first)
        yield (
            heatmap(lambda a=average, f=first, k=lasted: shades(a, f, k), title="blue trains, orange fails",
                    axes=("log₁₀ η₁", "log₁₀ η₂"), extent=extent, signed=True,
                    paths={"the point": lambda: torch.stack([run.first_rate, run.second_rate])[None].log10()}),
            line("networks that train, %", train=100 * works.float().mean()),
            line("changes in a row", changes=changes(works)),
            text(lambda a=average, f=first: told(run, η1, η2, a, f), title="at the point"),
        )  # fmt: skip


def changes(works):
    """How often training and failing alternate in a row of pixels, in the mean over the rows that change at all."""
    each = (works[:, 1:] != works[:, :-1]).sum(1)
    return each.sum() / (each > 0).sum().clamp_min(1)


def shades(average, first, lasted):
    """Where the loss is less than at first, by which power of ten; where it is not, above 0, and higher the sooner."""
    return torch.where(average < first, (average / first).log10(), 1 / (1 + lasted))


def told(run, η1, η2, average, first):
    far = (η1.log10() - run.first_rate.cpu().log10()) ** 2 + (η2.log10() - run.second_rate.cpu().log10()) ** 2
    row, column = divmod(far.argmin().item(), COLUMNS)
    before, now = first[row, column].item(), average[row, column].item()
    verdict = f"{'trains' if now < before else 'fails'}: loss {before:.3g}, now {now:.3g}"
    return f"η₁ = {η1[row, column]:.6g}, η₂ = {η2[row, column]:.6g}\n{verdict}".replace("-", "−")


@cache
def outcomes(seed, kind, zoom, point):
    """Which networks train, as the demo finds it: [rows, columns]."""
    η1, η2, _ = rates(zoom, point)
    run = descent(kind, torch.Generator().manual_seed(seed), η1.flatten(), η2.flatten())
    first = average = next(run)
    for _ in range(demo.steps - 1):
        average = 0.95 * average + 0.05 * next(run)
    return (average < first).view(ROWS, COLUMNS)


def whole(seed):
    return outcomes(seed, "network", 0, (1, 1))


@cache
def at_the_edge(seed, kind="network"):
    """The two rates of a place where pixels that train and that fail lie close together, found in two looks."""
    zoom, point = 0, (1, 1)
    for following in (CLOSER // 2, CLOSER):
        works = outcomes(seed, kind, zoom, point)
        edge = (works[1:, 1:] != works[:-1, 1:]) | (works[1:, 1:] != works[1:, :-1])
        near = F.avg_pool2d(edge[None, None].double(), (5, 7), 1, (2, 3))[0, 0] * edge
        row, column = divmod(near.argmax().item(), COLUMNS - 1)
        η1, η2, _ = rates(zoom, point)
        zoom, point = following, (η1[row, column + 1].item(), η2[row, column + 1].item())
    return {"zoom": CLOSER, "first_rate": point[0], "second_rate": point[1]}


def closer(sim, seed, kind="network"):
    """How often a row changes in the picture close to the edge."""
    return sim(seed=seed, loss=kind, **at_the_edge(seed, kind)).last("changes")


def share(works, high):
    """How many train where one rate, 0 or 1, is above 10 and the other is small."""
    η = rates(0, (1, 1))[:2]
    return works[(η[high] > 10) & (η[1 - high] < SAFE)].double().mean().item()


@demo.predict(f"At the edge, {NEARER} times nearer, η₁ grows along a row of pixels. Training turns to failing…",
              "once", 1.7, "and back, and so on",
              why="The edge is jagged at every scale: what a step leads to depends on every digit of η.")  # fmt: skip
def _(sim):
    return closer(sim, 0)


@demo.predict(f"The same with a bowl for a loss, {NEARER} times nearer. Along a row training turns to failing…",
              "once", 1.7, "and back, and so on",
              why="How long a step may be follows from the curvature of the bowl: one smooth curve.")  # fmt: skip
def _(sim):
    return closer(sim, 0, "bowl")


@demo.predict("The whole picture, each rate from 0.1 to 100. Which of the two has to be small?", "η₁", "η₂", "both",
              why="tanh bounds what the first layer hands on, and nothing bounds the second.")  # fmt: skip
def _(sim):
    first, second = (share(whole(0), high=other) for other in (1, 0))
    return "both" if max(first, second) < 0.5 else "η₁" if first > second else "η₂"


@demo.claim(f"{NEARER} times nearer at the edge, rows of pixels still change over {JAGGED} times: {SEEDS} starts.")
def _(sim):
    found = [closer(sim, s) for s in sim.seeds(SEEDS)]
    return min(found) > JAGGED, f"{spread(found, '.1f')} times"


@demo.claim(f"In a bowl such rows change once, {NEARER} times nearer as well: under {SMOOTH} times in the mean.")
def _(sim):
    found = [closer(sim, s, "bowl") for s in sim.seeds(SEEDS)]
    return max(found) < SMOOTH, f"{spread(found, '.2f')} times"


@demo.claim(f"Away from the edge nothing of it is seen: with η₂ < {SAFE} all train, and with η₁ above 10 as well.")
def _(sim):
    η1, η2, _ = rates(0, (1, 1))
    inside = (η1 < SAFE) & (η2 < SAFE)
    low = [whole(s)[inside].double().mean().item() for s in sim.seeds(SEEDS)]
    high = [share(whole(s), high=0) for s in sim.seeds(SEEDS)]
    return min(low) == min(high) == 1, f"{inside.sum()} networks with a low η₁: {100 * min(low):.0f} %; high: the same"


@demo.question
def dimension(rng):
    few, factor = rng.choice((40, 60, 90)), rng.choice((2.2, 2.6, 3.0, 3.4))
    counts = torch.tensor([few, round(few * factor)], dtype=torch.float64)
    ratio = (counts[1] / counts[0]).item()
    return Question(
        f"In a picture of 100 × 100 pixels {few} lie on the edge, of the same part in 200 × 200 {round(few * factor)}. "
        "What is the dimension of the edge, by counting boxes?",
        torch.log2(counts[1] / counts[0]), {"took the ratio itself": ratio, "natural logarithm": math.log(ratio),
                                            "by the number of pixels, 4 times as many": math.log(ratio) / math.log(4)},
        why="Boxes half as large: the count grows by 2 to the power of the dimension, 1 for a smooth curve.",
    )  # fmt: skip


@demo.question
def between_neighbours(rng):
    low, decades, pixels = rng.choice((0.01, 0.1)), rng.choice((1, 2, 3)), rng.choice((20, 40, 50, 100))
    high = low * 10**decades
    η = torch.logspace(math.log10(low), math.log10(high), pixels + 1, dtype=torch.float64)
    return Question(
        f"η goes from {low:g} to {high:g} in {pixels} equal steps of a logarithmic axis. By what does each multiply?",
        η[1] / η[0], {"equal differences, seen at the low end": 1 + (high - low) / pixels / low,
                      "took decades for factors": decades / pixels, "forgot the logarithm": high / low / pixels},
        why="The factors multiply: each is the whole factor to the power of one over the number of steps.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
