"""Features: what can be read from each layer of a network that has learned to read digits.

A network for pictures turns pixels into features, layer by layer. What a layer knows can be measured by a probe (Alain
and Bengio, 2016): a linear classifier that is trained on the layer's outputs, while the network itself stays as it is.
It finds what the layer has laid out so plainly that a weighted sum can tell it.

Here the digits stand anywhere on 14 × 14 pixels. From the pixels a linear probe reads few, as no pixel means the same
in two pictures. From the outputs of each block, a convolution with ReLU and max pooling, more can be read than from
the one before: features do not appear at the end, they build up on the way. Even filters that were drawn by lot help,
as convolution and pooling bring what belongs together nearer; learned ones help far more.

No layer adds information: all there is to know is in the pixels. What grows is how plainly it is laid out. And not
every task needs that: where the digits are centred on 8 × 8 pixels, a linear probe reads about nine in ten from the
pixels themselves, and depth has little to add.

Drawn is what the probe of the chosen layer says of each test digit: its score for one digit against its best score for
another. Below the line it reads that one digit; hollow marks are on the wrong side.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Int, accuracy, descend, digits, images, line, placed, scatter, text

STEPS, FITTED = 25, 600  # steps of ten batches; digits that a probe is fitted to
LAYERS = "pixels", "block 1", "block 2", "block 3"

demo = Demo(
    "Features: what each layer lays out plainly",
    topics=["representation learning", "features", "linear probes", "depth"],
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


if __name__ == "__main__":
    demo.main()
