"""A perceptron finds a line between two kinds of flowers.

It weighs its inputs, adds a bias and looks at the sign: w·x + b above zero means one kind, y = +1, below zero the
other, y = −1; its boundary is the straight line w·x + b = 0. Rosenblatt's rule (1958) looks at one flower after the
other: if it is on its right side nothing changes, else η·y·x is added to w and η·y to b. One step is one correction.

If a line separates the kinds, at most (R/γ)² corrections from w = 0 find one (Novikoff, 1962): R is the length of
the longest input, γ the distance of the best boundary from its nearest input, both with a constant 1 added to each
input for the bias. If no line does, the rule never comes to rest, whatever η is and however long it goes on.
"""

from functools import partial

from studytool.demo import Choice, Demo, Float, iris, line, scatter, text

demo = Demo(
    "Perceptron: a line between two kinds of flowers",
    topics=["perceptron", "linear separability"],
    steps=20_000,
    pace=2,
    flowers=Choice("setosa/versicolor", "versicolor/virginica", help="which two kinds"),
    learning_rate=Float(1.0, 0.01, 100, log=True, symbol="η", help="how far a correction goes"),
)


@demo.train
def perceptron(run):
    kinds = run.flowers.split("/")
    X, y = iris(*kinds, device=run.device)  # [100, 2] petal length and width in cm; [100] −1 or +1
    w, b = run.zeros(2), run.zeros()
    mistaken = True
    while mistaken:  # one pass over all flowers; done when none was on the wrong side
        mistaken = False
        for i in run.randperm(100).tolist():
            if y[i] * (w @ X[i] + b) <= 0:  # on the wrong side, or on the line
                mistaken = True
                w += run.learning_rate * y[i] * X[i]
                b += run.learning_rate * y[i]
                errors = (y * (X @ w + b) <= 0).sum()
                yield (
                    scatter(X, y, boundary=(w, b), mark=i, names=kinds, axes=("petal length, cm", "petal width, cm")),
                    line("flowers on the wrong side", axis="corrections", errors=errors),
                    text(partial(numbers, w, b, X[i], y[i]), title="the corrected flower"),
                )


def numbers(w, b, x, y):
    terms = f"{w[0]:.2f}·{x[0]:.1f} + {w[1]:.2f}·{x[1]:.1f} + {b:.2f} = {w @ x + b:.2f}".replace("+ -", "− ")
    return f"w·x + b, should be {'above' if y > 0 else 'below'} 0\n{terms}".replace("-", "−")


if __name__ == "__main__":
    demo.main()
