"""Backpropagation: whose fault is the error? The chain rule, one layer at a time, from the output back.

A network of two inputs, two hidden neurons and one output: z = W₁x, h = σ(z), ŷ = w₂·h, loss L = ½(ŷ − y)². Forward,
each layer is computed from the one before. Backward, δ = ∂L/∂z says how fast the loss would rise with a neuron's
weighted sum: δ = ŷ − y at the output, and for a hidden neuron the δ after it, times the weight on the way, times the
slope of its own σ. The gradient of any weight is the value it carries times the δ it feeds: ∂L/∂w = input · δ.

Every derivative is exact but for rounding, none is found by trying, and all together cost about two forward passes.
Backpropagation only finds the gradient; the last sub-step, w ← w − η·∂L/∂w, is gradient descent and not part of it.
(There are no biases here: a bias is the weight of an input that is always 1.)
"""

import torch

from studytool.demo import Demo, Float, line, network, text

demo = Demo(
    "Backpropagation: the chain rule with numbers",
    topics=["backpropagation", "chain rule", "gradient"],
    steps=2_000,
    pace=0.7,
    x1=Float(0.5, -2, 2, symbol="x₁", help="the first input"),
    x2=Float(-1, -2, 2, symbol="x₂", help="the second input"),
    target=Float(1, -2, 2, symbol="y", help="what the output should be"),
    learning_rate=Float(0.5, 0, 2, symbol="η", help="how far the last sub-step goes; 0 changes no weight"),
)


@demo.train
def backpropagation(run):
    W1, w2 = run.randn(2, 2), run.randn(1, 2)  # [hidden, inputs], [outputs, hidden]
    zero, G1, loss = run.zeros(2), run.zeros(2, 2), torch.nan
    while True:
        x, y = torch.stack([run.x1, run.x2]), run.target

        z = W1 @ x
        h = z.sigmoid()
        yield show("forward: hidden", x, h, zero[:1], W1, w2, [W1, w2],
                   f"z₁ = {W1[0, 0]:.2f}·{x[0]:.2f} + {W1[0, 1]:.2f}·{x[1]:.2f} = {z[0]:.3f}\nh₁ = σ(z₁) = {h[0]:.3f}",
                   loss, G1)  # fmt: skip
        out = w2 @ h
        loss = (out - y).square().sum() / 2
        yield show("forward: output and loss", x, h, out, W1, w2, [W1, w2],
                   f"ŷ = {w2[0, 0]:.2f}·{h[0]:.3f} + {w2[0, 1]:.2f}·{h[1]:.3f} = {out[0]:.3f}\n"
                   f"L = ½(ŷ − y)² = ½({out[0]:.3f} − {y:.2f})² = {loss:.4f}", loss, G1)  # fmt: skip
        δ2 = out - y
        g2 = δ2[:, None] * h  # ∂L/∂w₂ [1, 2]
        yield show("backward: output", x, h, out, W1, w2, [G1 * 0, g2],
                   f"δ = ŷ − y = {δ2[0]:.3f}\n∂L/∂w₂₁ = h₁ · δ = {h[0]:.3f} · {δ2[0]:.3f} = {g2[0, 0]:.4f}",
                   loss, G1, [zero, δ2])  # fmt: skip
        δ1 = (w2.T @ δ2) * h * (1 - h)
        G1 = δ1[:, None] * x  # ∂L/∂W₁ [2, 2]
        yield show("backward: hidden", x, h, out, W1, w2, [G1, g2],
                   f"δ₁ = δ · w₂₁ · σ′(z₁) = {δ2[0]:.3f} · {w2[0, 0]:.2f} · {h[0] * (1 - h[0]):.3f} = {δ1[0]:.4f}\n"
                   f"∂L/∂w₁₁ = x₁ · δ₁ = {x[0]:.2f} · {δ1[0]:.4f} = {G1[0, 0]:.4f}", loss, G1, [δ1, δ2])  # fmt: skip
        W1, w2 = W1 - run.learning_rate * G1, w2 - run.learning_rate * g2
        yield show("descent: w ← w − η·∂L/∂w", x, h, out, W1, w2, [W1, w2],
                   f"w₁₁ is now {W1[0, 0]:.3f}, w₂₁ {w2[0, 0]:.3f}; the next forward pass shows what it gained",
                   loss, G1, [δ1, δ2])  # fmt: skip


def show(title, x, h, out, W1, w2, labels, told, loss, G1, deltas=None):
    notes = [[], *([f"δ {d:.3g}".replace("-", "−") for d in δ] if δ.any() else [] for δ in deltas)] if deltas else []
    return (
        network([x, h, out], [W1, w2], names=[["x₁", "x₂"], ["h₁", "h₂"], ["ŷ"]], notes=notes, labels=labels,
                title=title),
        line("loss", axis="sub-steps", loss=loss),
        line("∂L/∂w₁₁", axis="sub-steps", gradient=G1[0, 0]),
        text(told.replace("-", "−").replace("+ −", "− "), title="with numbers"),
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
