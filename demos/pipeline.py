"""Pipelines: a denoiser hands its picture on to a classifier, and its errors with it.

A pipeline feeds the output of one network to the next. Here the first takes noise out of a digit, and the second, which
is trained on clean digits, reads what comes out. Each is trained for a purpose of its own: the denoiser for a small
mean squared error to the clean picture, the classifier for the right class. What the first has lost, the second cannot
win back. A denoiser with few hidden neurons makes the error several times smaller, and yet more digits are misread
than with the noise left in: it keeps what is common to many digits and loses what tells them apart.

But both stages are differentiable, and so is the whole. Trained end to end, the gradient of the classifier's loss goes
on back into the denoiser, and the two adapt to each other. More digits are read then, while the picture in the middle
gets worse. Judged alone the first stage would seem spoilt; a stage has to be judged by what comes out at the end.

End to end is no cure either. A wide denoiser is of use as it is, and joint training then changes little. And a single
network that learns to read noisy digits at once, without a picture in the middle, reads more than the pipeline with the
narrow denoiser and about as many as that with the wide one. Stages are worth it where each is made or tested by itself.
"""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, Question, accuracy, descend, digits, images, line, spread, text

SEEDS, APART, NARROW, WIDE = 10, 30, 8, 128  # networks a claim trains; steps before joint training; hidden neurons
LOST, JOINT, GAIN, LITTLE = 6, 3, 2, 3  # points of accuracy: narrow, end to end; wide, and end to end
MORE = "fewer", -3, "about as many", 3, "more"
WORSE, SMALLER = 1.4, 2  # least ratios of errors of the middle picture: end to end to apart, noisy to apart

demo = Demo(
    "Pipelines: what one network hands on to the next",
    topics=["pipelines", "end-to-end training", "error propagation", "denoising"],
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
    order = run.randperm(len(X))
    train, test = order[:-500], order[-500:]
    clean, answers, static = X[test], y[test], run.randn(500, 64)
    denoiser, classifier, single = fresh(run, run.hidden, 64), fresh(run, 128, 10), fresh(run, 128, 10)
    velocities, joint = [[torch.zeros_like(w) for w in net] for net in (denoiser, classifier, single)], None
    for step in range(1, demo.steps + 1):
        for batch in train[run.randint(0, len(train), 10, 32)]:
            x, target = X[batch], y[batch]
            noisy = x + run.noise * run.randn(32, 64)
            descend(20 * F.mse_loss(denoise(denoiser, noisy), x), denoiser, velocities[0], run.learning_rate)
            descend(F.cross_entropy(forward(classifier, x), target), classifier, velocities[1], run.learning_rate)
            descend(F.cross_entropy(forward(single, noisy), target), single, velocities[2], run.learning_rate)
            if joint:
                descend(F.cross_entropy(through(joint, noisy), target), joint, velocities[3], run.learning_rate)
        if step == APART:  # from here on a copy of both is one network
            joint = [w.detach().clone().requires_grad_() for w in denoiser + classifier]
            velocities.append([torch.zeros_like(w) for w in joint])
        with torch.no_grad():
            noisy = clean + run.noise * static
            apart, whole = denoiser + classifier, joint or denoiser + classifier
            middle, joint_middle = denoise(denoiser, noisy), denoise(whole, noisy)
            scores = forward(classifier, noisy), through(apart, noisy), through(whole, noisy), forward(single, noisy)
            noisy_only, two, end_to_end, one = (accuracy(s, answers) for s in scores)
        five = slice(run.example, run.example + 5)
        ways = 5 * ["noisy"] + 5 * ["apart"] + 5 * ["joint"]
        read = torch.cat([s[five].argmax(1) for s in scores[:3]]).tolist()
        yield (
            images(torch.cat([noisy[five].clamp(0, 1), middle[five], joint_middle[five]]).view(15, 8, 8),
                   names=[f"{way} {n}" for way, n in zip(ways, read, strict=True)],
                   title=f"true {' '.join(map(str, answers[five].tolist()))}; read as"),
            line("read right, %", axis="steps of ten batches", noisy=noisy_only, apart=two, joint=end_to_end, one=one),
            line("error in the middle", axis="steps of ten batches", error_noisy=F.mse_loss(noisy, clean),
                 error_apart=F.mse_loss(middle, clean), error_joint=F.mse_loss(joint_middle, clean)),
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


def through(weights, x):
    """Scores [n, 10] of noisy pictures [n, 64] that go through the denoiser and then the classifier."""
    return forward(weights[4:], denoise(weights, x))


def middle_errors(sim, worse, better, count=SEEDS):
    """How many times as large one error of the middle picture ends as another, for each seed."""
    return [run.last(f"error_{worse}") / run.last(f"error_{better}") for run in sim.runs(count)]


@demo.predict(f"{NARROW} hidden neurons take most of the noise out. The classifier for clean digits then reads",
              *MORE,
              why="What tells similar digits apart was lost with the noise, and nobody can win it back.")  # fmt: skip
def _(sim):
    return mean(sim.gains("noisy", "apart", 4))


@demo.predict("Both are then trained on as one network. The picture between them becomes", "cleaner", 0.9,
              "no different", 1.1, "less clean",
              why="Nobody asks for a clean picture any more, only for one that is read right.")  # fmt: skip
def _(sim):
    return mean(middle_errors(sim, "joint", "apart", 4))


@demo.predict("And trained as one they read, against two stages trained apart for as long", *MORE,
              why="The denoiser now keeps what the classifier needs, and that one knows its pictures.")  # fmt: skip
def _(sim):
    return mean(sim.gains("apart", "joint", 4))


@demo.claim(f"{NARROW} hidden neurons: the error falls by half or more, yet {LOST} points fewer are read, on average.")
def _(sim):
    ratios, points = middle_errors(sim, "noisy", "apart"), sim.gains("noisy", "apart", SEEDS)
    held = min(ratios) >= SMALLER and mean(points) <= -LOST
    return held, f"{spread(ratios, '.1f')} times smaller; {spread(points, '+.1f')} points"


@demo.claim(f"For all {SEEDS} seeds end to end makes the error in the middle {WORSE} times larger or more, yet gains "
            f"{JOINT} points, on average.")  # fmt: skip
def _(sim):
    ratios, points = middle_errors(sim, "joint", "apart"), sim.gains("apart", "joint", SEEDS)
    held = min(ratios) >= WORSE and mean(points) >= JOINT
    return held, f"{spread(ratios, '.2f')} times; {spread(points, '+.1f')} points"


@demo.claim(f"{WIDE} hidden neurons: it gains {GAIN} points, and end to end changes at most {LITTLE}, on average.")
def _(sim):
    apart, joint = (sim.gains(*ways, SEEDS, hidden=WIDE) for ways in (("noisy", "apart"), ("apart", "joint")))
    held = mean(apart) >= GAIN and abs(mean(joint)) <= LITTLE
    return held, f"{spread(apart, '+.1f')} points; {spread(joint, '+.1f')}"


@demo.claim(f"One network reads {JOINT} points more than narrow stages end to end, as many as wide ones.")
def _(sim):
    narrow, wide = (sim.gains("joint", "one", SEEDS, hidden=h) for h in (NARROW, WIDE))
    held = mean(narrow) >= JOINT and abs(mean(wide)) <= LITTLE + 1
    return held, f"{spread(narrow, '+.1f')} points; {spread(wide, '+.1f')}"


@demo.question
def two_stages_right(rng):
    first, second = rng.choice((0.9, 0.8, 0.6)), rng.choice((0.95, 0.7, 0.5))
    both = torch.tensor([first, second], dtype=torch.float64).prod()
    return Question(
        f"The first stage is right for {first:.0%} of its inputs, the second for {second:.0%}, independently. The "
        "result is right where both are: for which share?".replace("%", " %"), both,
        {"the mean": (first + second) / 2, "the weaker stage": min(first, second),
         "added what goes wrong": first + second - 1},
        why="Independent probabilities are multiplied; adding would count errors of both at once twice.",
    )  # fmt: skip


@demo.question
def gradient_through(rng):
    a, b, x, t = rng.choice((2.0, 3.0)), rng.choice((0.5, -1.5)), rng.choice((3.0, 4.0)), rng.choice((7.0, -4.0))
    A = torch.tensor(a, dtype=torch.float64, requires_grad=True)
    (g,) = torch.autograd.grad((b * A * x - t).square() / 2, A)
    wrong = b * a * x - t
    return Question(
        f"Two stages: m = a·x, then y = b·m, with a = {a:g}, b = {b:g}, x = {x:g}. The loss is ½(y − t)², t = {t:g}. "
        "What is ∂loss/∂a, end to end?".replace("-", "−"), g,
        {"forgot the input": wrong * b, "stopped at y": wrong, "the wrong sign": -wrong * b * x},
        why="(y − t)·b·x: the second stage hands the error back through b, the first multiplies by its input.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
