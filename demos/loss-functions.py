"""Loss functions: which mistake counts how much, and how hard it pulls.

A network gives an example a number z, the logit: it means that the right one of two classes has the probability
p = 1/(1 + e⁻ᶻ). Cross-entropy charges −ln p, squared error (1 − p)². Training follows the slope, and there the two
differ most where the network is sure and wrong: −ln p falls by almost 1 for each 1 that z rises, while (1 − p)² is
nearly flat, because p itself hardly moves. Here one example begins at the same logit under both, and takes steps
z ← z − η·slope.

So cross-entropy is the usual loss of a classifier (Goodfellow, Bengio and Courville, 2016, section 6.2). Squared error
can classify as well: with small first weights the network is sure of nothing yet, the slope is not flat, and on
handwritten digits the accuracy ends about the same.

For a quantity the loss decides what is learned. Of all single numbers the mean of the targets has the least squared
error and the median the least absolute error. Both numbers are found here by descent for 1, 2, 3, 4 and an outlier,
which you can drag: the mean follows it, the median does not care how far away it is.
"""

from functools import partial

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, heatmap, line, text

demo = Demo(
    "Loss functions: sure and wrong, and an outlier",
    topics=["loss function", "cross-entropy", "mean squared error", "softmax"],
    steps=2_000,
    pace=15,
    broadcast=0,  # a logit is one number, or [runs] where η is swept
    logit=Int(-8, -10, 3, symbol="z", help="where both begin; the right class has z above zero"),
    learning_rate=Float(1, 0.1, 10, log=True, symbol="η", help="how far a step goes, for both losses alike"),
    outlier=Float(100, 0, 200, help="the fifth of the numbers 1, 2, 3, 4 and this one"),
)


@demo.train
def two_losses(run):
    z_ce, z_se = run.zeros() + run.logit, run.zeros() + run.logit
    numbers, c_square, c_absolute = run.zeros(5) + torch.arange(1, 6, device=run.device), run.zeros(), run.zeros()
    while True:
        p_ce, p_se = z_ce.sigmoid(), z_se.sigmoid()
        slope_ce = p_ce - 1  # of −ln p, the cross-entropy CE
        slope_se = -2 * (1 - p_se) * p_se * (1 - p_se)  # of (1 − p)², SE: p·(1 − p) is the slope of p
        numbers[..., 4] = run.outlier
        yield (
            heatmap(probability, title="loss (shade: p)", axes=("logit z", ""), extent=((-10, 10), (-0.7, 10)),
                    paths={"SE (1 − p)²": partial(curve, squared_error, z_se),
                           "CE −ln p": partial(curve, cross_entropy, z_ce)}),
            line("p of the right class", SE=p_se, CE=p_ce),
            line("best single number", squared=c_square, absolute=c_absolute),
            text(partial(told, z_ce, z_se, slope_ce, slope_se), title="logits and slopes"),
        )  # fmt: skip
        z_ce, z_se = z_ce - run.learning_rate * slope_ce, z_se - run.learning_rate * slope_se
        c_square = c_square - 0.05 * 2 * (c_square[..., None] - numbers).mean(-1)
        c_absolute = c_absolute - 0.05 * (c_absolute[..., None] - numbers).sign().mean(-1)


def cross_entropy(z):
    return -F.logsigmoid(z)  # −ln p, exact for every z


def squared_error(z):
    return (1 - z.sigmoid()) ** 2


def probability():
    return torch.linspace(-10, 10, 80).sigmoid().expand(2, 80)


def curve(loss, z):
    """The whole curve, and back along it to where the example is now [k, 2]."""
    z = torch.cat([torch.linspace(-9.7, 10, 198), torch.linspace(10, z.item(), 100)])
    return torch.stack([z, loss(z)], 1)


def told(z_ce, z_se, slope_ce, slope_se):
    lines = f"SE: z = {z_se:.2f}, slope {slope_se:.4f}\nCE: z = {z_ce:.2f}, slope {slope_ce:.4f}"
    return lines.replace("-", "−")


if __name__ == "__main__":
    demo.main()
