"""Early stopping: keep the weights of the epoch that was best on examples held out.

The loss on the training digits falls epoch by epoch and never says that it is enough. So a part of the labelled digits
is held out, the validation set: no gradient comes from it, but after each epoch its loss is measured. While that
falls, the network learns what also holds for others. When it rises, the network learns its own examples by heart.

Early stopping keeps a copy of the weights with the lowest validation loss so far, and stops when none was lower for a
number of epochs, the patience (Prechelt, 1998). Here the training goes on after the stop, to show what was spared. A
part of the labels is wrong, in the validation set as well: it comes from the same source. The labels of the test digits
are all right, and nobody looks at them to decide anything.

Where labels are wrong, much is gained, and time is saved. Where all are right, the validation loss hardly rises, and
there is nothing to gain but time. Too little patience even loses: the loss goes up and down, and after its
first rise it mostly falls again. And a rise of the loss need not be a fall in accuracy: they are different measures.
"""

import itertools

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, accuracy, descend, digits, line, text

EPOCHS, NOISE = 60, 20  # epochs that are run; wrong labels in percent

demo = Demo(
    "Early stopping: the best epoch is not the last",
    topics=["early stopping", "regularisation", "validation set", "overfitting"],
    steps=EPOCHS,
    pace=10,
    wrong_labels=Int(NOISE, 0, 60, symbol="%", help="training and validation digits with a wrong label, in percent"),
    patience=Int(5, 1, 30, help="stop when so many epochs had no lower validation loss"),
    learning_rate=Float(0.05, 0.005, 0.2, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def early_stopping(run):
    X, y = digits(run.device)
    X = X.flatten(1)  # [1797, 64]
    order = run.randperm(len(X))
    train, held_out, test = order[:400], order[400:800], order[800:]
    labels = y.clone()
    wrong = run.rand(len(X)) < run.wrong_labels / 100
    labels[wrong] = (y[wrong] + run.randint(1, 10, len(X))[wrong]) % 10
    weights = [(w * (2 / w.shape[1]) ** 0.5).requires_grad_() for w in (run.randn(256, 64), run.randn(10, 256))]
    velocity = [torch.zeros_like(w) for w in weights]
    lowest, best, kept, stopped = torch.inf, 0, torch.nan, 0
    for epoch in itertools.count(1):
        for batch in train[run.randperm(400)].split(50):
            descend(F.cross_entropy(forward(weights, X[batch]), labels[batch]), weights, velocity, run.learning_rate)
        with torch.no_grad():
            training, validation = (F.cross_entropy(forward(weights, X[s]), labels[s]) for s in (train, held_out))
            right = accuracy(forward(weights, X[test]), y[test])
        if not stopped:
            if validation < lowest:  # here one keeps a copy of the weights; their test accuracy is all that we need
                lowest, best, kept = validation, epoch, right
            elif epoch - best >= run.patience:
                stopped = epoch
        yield (
            line("loss", axis="epochs", training=training, lowest=lowest, validation=validation),
            line("test accuracy, %", axis="epochs", going_on=right, kept=kept),
            text(f"lowest validation: epoch {best}\n" + (f"stopped: epoch {stopped}" if stopped else "it goes on"),
                 title="decision"),
        )  # fmt: skip


def forward(weights, x):
    return (x @ weights[0].T).relu() @ weights[1].T


if __name__ == "__main__":
    demo.main()
