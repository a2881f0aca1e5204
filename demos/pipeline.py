"""Pipelines: a denoiser hands its picture on to a classifier, and its errors with it.

A pipeline feeds the output of one network to the next. Here the first takes noise out of a digit, for a small squared
error to the clean picture, and the second, trained on clean digits, reads what comes out. What the first has lost, the
second cannot win back. A denoiser with few hidden neurons makes the error several times smaller, and yet more digits
are misread than with the noise left in: it keeps what is common to many digits and loses what tells them apart.

But the whole is differentiable. Trained end to end, the gradient of the classifier's loss goes on back into the
denoiser, and the two adapt to each other: more digits are read, while the picture in the middle gets worse. Judged
alone the first stage would seem spoilt; a stage has to be judged by what comes out at the end.

End to end is no cure either. A wide denoiser is of use as it is, and joint training then changes little. And a single
network that reads noisy digits at once reads more than the pipeline with the narrow denoiser, and about as many as that
with the wide one. Stages are worth it where each is made or tested by itself.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, accuracy, descend, digits, images, line, text

APART, NARROW, WIDE = 30, 8, 128  # steps before joint training; hidden neurons of the denoiser

demo = Demo(
    "Pipelines: what one network hands on to the next",
    topics=["end-to-end training", "pipelines", "denoising"],
    steps=60,
    pace=8,
    noise=Float(0.5, 0, 1, symbol="σ", help="standard deviation of the noise; 1 is from black to white"),
    hidden=Int(NARROW, 4, WIDE, help="hidden neurons of the denoiser; few let little pass"),
    example=Int(20, 0, 495, help="which of the 500 test digits is the first that is shown"),
    learning_rate=Float(0.03, 0.005, 0.1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def pipeline(run):
    X, y = digits(run.device)
    X = X.flatten(1)  # [1797, 64], from 0 to 1
    train, test = run.randperm(len(X)).split([len(X) - 500, 500])
    clean, answers, static = X[test], y[test], run.randn(500, 64)
    denoiser, classifier, single = fresh(run, run.hidden, 64), fresh(run, 128, 10), fresh(run, 128, 10)
    joint = denoiser + classifier
    velocities = [[torch.zeros_like(w) for w in net] for net in (denoiser, classifier, single, joint)]
    for step in range(1, demo.steps + 1):
        for batch in train[run.randint(0, len(train), 10, 32)]:
            x, target = X[batch], y[batch]
            noisy = x + run.noise * run.randn(32, 64)
            descend(20 * F.mse_loss(denoise(denoiser, noisy), x), denoiser, velocities[0], run.learning_rate)
            descend(F.cross_entropy(forward(classifier, x), target), classifier, velocities[1], run.learning_rate)
            descend(F.cross_entropy(forward(single, noisy), target), single, velocities[2], run.learning_rate)
            if step > APART:
                scores = forward(joint[4:], denoise(joint, noisy))
                descend(F.cross_entropy(scores, target), joint, velocities[3], run.learning_rate)
        if step == APART:  # from here on a copy of both is one network
            joint = [w.detach().clone().requires_grad_() for w in joint]
        with torch.no_grad():
            noisy = clean + run.noise * static
            middle = {"noisy": noisy, "apart": denoise(denoiser, noisy), "joint": denoise(joint, noisy)}
            scores = {way: forward(joint[4:] if way == "joint" else classifier, x) for way, x in middle.items()}
            right = {way: accuracy(s, answers) for way, s in (scores | {"one": forward(single, noisy)}).items()}
            errors = {f"error_{way}": F.mse_loss(x, clean) for way, x in middle.items()}
        five = slice(run.example, run.example + 5)
        yield (
            images(torch.cat([x[five].clamp(0, 1) for x in middle.values()]).view(15, 8, 8),
                   names=[f"{way} {read}" for way, s in scores.items() for read in s[five].argmax(1).tolist()],
                   title=f"true {' '.join(map(str, answers[five].tolist()))}; read as"),
            line("read right, %", axis="steps of ten batches", **right),
            line("error in the middle", axis="steps of ten batches", **errors),
            text("each stage by itself" if step <= APART else "a copy learns end to end", title="training"),
        )  # fmt: skip


def fresh(run, hidden, outputs):
    """Weights and biases of a network with 64 inputs and one hidden layer."""
    weights = run.randn(hidden, 64) / 32**0.5, run.zeros(hidden), run.randn(outputs, hidden) / hidden**0.5
    return [w.requires_grad_() for w in (*weights, run.zeros(outputs))]


def forward(weights, x):
    return F.linear(F.linear(x, *weights[:2]).relu(), *weights[2:])


def denoise(weights, x):
    """Pictures [n, 64] between 0 and 1 out of noisy ones."""
    return forward(weights[:4], x).sigmoid()


if __name__ == "__main__":
    demo.main()
