"""Transfer: a network that can read 0 to 4 is taught 5 to 9, with few labels.

A network that has learned one task has layers that turn pictures into features, and a last layer that decides by them.
For a new task it gets a new last layer. Either only that one learns, which is feature extraction, or all layers learn
on, which is fine-tuning. The first carry over best, as their features serve many tasks (Yosinski and others, 2014).

Here the digits stand somewhere on a larger canvas. That the same stroke may be anywhere takes many examples to learn,
and can be borrowed. With five labels a class the borrowed features, frozen, read many more digits than a network from
scratch. With 80 scratch has overtaken them, as they cannot improve; fine-tuned ones can, and stay ahead.

It is no gain by itself: digits in the middle of 8 × 8 pixels are easy, and five labels a class teach a start from
scratch as much or more. Nor does it make up for labels: 80 of them are worth far more than five and all that is lent.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, accuracy, descend, digits, images, line, placed, text

BEFORE, STEPS, FEW, MANY = 30, 46, 5, 80  # steps on 0 to 4, and of all; labels of each new digit

demo = Demo(
    "Transfer: what was learned for other digits",
    topics=["transfer learning", "fine-tuning", "feature extraction", "pre-training"],
    steps=STEPS,
    pace=8,
    labels=Int(FEW, 1, MANY, help="labelled pictures of each new digit, 5 to 9"),
    place=Choice("anywhere", "centred", help="anywhere on 14 × 14 pixels, or 8 × 8 as they are"),
    learning_rate=Float(0.05, 0.005, 0.1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def transfer(run):
    side = 14 if run.place == "anywhere" else 8
    X, y = digits(run.device)
    order = run.randperm(len(X))
    old, new = order[y[order] < 5], order[y[order] >= 5]
    labelled, test = torch.cat([new[y[new] == c][: run.labels] for c in range(5, 10)]), new[-200:]
    seen, asked, known = (placed(X[part], side, run.rng) for part in (labelled, test, old[:100]))
    old_y = y[old[:100]]
    scratch, tuned = fresh(run, side), fresh(run, side)
    velocity = [torch.zeros_like(w) for w in tuned]
    for _ in range(BEFORE):  # before: 0 to 4, of which there are many, each time at another place
        for batch in old[run.randint(0, len(old), 10, 32)]:
            loss = F.cross_entropy(scores(tuned, placed(X[batch], side, run.rng)), y[batch])
            descend(loss, tuned, velocity, run.learning_rate)
        yield (
            line("accuracy on 0 to 4, %", axis="steps of ten batches", old_task=accuracy(scores(tuned, known), old_y)),
            images(sheet(known), title="0 to 4, four of many"),
            text("First it learns 0 to 4, so that\nthere is something to borrow.", title="before"),
        )  # fmt: skip
    tuned[4:] = fresh(run, side)[4:]  # a new last layer, for 5 to 9
    networks = {"scratch": scratch, "frozen": [w.detach().clone().requires_grad_() for w in tuned], "fine_tuned": tuned}
    learning = networks | {"frozen": networks["frozen"][4:]}  # of the frozen one the last layer alone
    velocities = {way: [torch.zeros_like(w) for w in weights] for way, weights in learning.items()}
    for _ in range(STEPS - BEFORE):
        for batch in run.randint(0, len(seen), 8, 25):
            for way, weights in networks.items():
                loss = F.cross_entropy(scores(weights, seen[batch]), y[labelled[batch]] - 5)
                descend(loss, learning[way], velocities[way], run.learning_rate)
        right = {way: accuracy(scores(weights, asked), y[test] - 5) for way, weights in networks.items()}
        yield (
            line("accuracy on new 5 to 9, %", axis="steps, the first 30 of them on 0 to 4", **right),
            images(sheet(seen[:: run.labels][1:]), title=f"6 to 9, four of {len(seen)}"),
            text(f"{len(old)} of 0 to 4, {len(seen)} of 5 to 9", title="labels used"),
        )  # fmt: skip


def sheet(x):
    """Four of the pictures x [n, side, side] on one sheet [1, 2·side, 2·side]."""
    return torch.cat([torch.cat([*x[k : k + 2]], 1) for k in (0, 2)])[None]


def fresh(run, side):
    """Weights and biases of two convolutional layers, and of the last layer."""
    n = 16 * (side // 4) ** 2
    filters = run.randn(8, 1, 3, 3) * (2 / 9) ** 0.5, run.zeros(8), run.randn(16, 8, 3, 3) / 6, run.zeros(16)
    return [w.requires_grad_() for w in (*filters, run.randn(5, n) / n**0.5, run.zeros(5))]


def scores(weights, x):
    """Scores [n, 5] of pictures [n, side, side]; two blocks make the last layer's features [n, 16·(side // 4)²]."""
    h = F.max_pool2d(F.conv2d(x[:, None], weights[0], weights[1], padding=1).relu(), 2)
    h = F.max_pool2d(F.conv2d(h, weights[2], weights[3], padding=1).relu(), 2).flatten(1)
    return F.linear(h, *weights[4:])


if __name__ == "__main__":
    demo.main()
