"""What a demo file is made of: one `Demo`, its training loop, what it predicts and what it claims."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.demo.parameters import Choice, Float, Parameter, Value, checked, nearest

if TYPE_CHECKING:
    from random import Random

    import torch

    from studytool.demo.panels import Panel
    from studytool.demo.sim import Sim

Train = Callable[["Run"], "Iterator[Panel | tuple[Panel, ...]]"]
Outcome = Callable[["Sim"], "str | float"]
Proof = Callable[["Sim"], "bool | tuple[bool, str]"]
Ask = Callable[["Random"], "Question"]


class Run:
    """What a training loop gets: its parameters as attributes, one source of randomness, and its device.

    A `Float` is a 0-dimensional float32 tensor on the device whose value may change between two steps; an `Int` is an
    int, a `Choice` a str. All randomness comes from `rng`, which lives on the CPU, so that every device sees the same.

    `n` are the leading dimensions of a run that is many: () for a single one, (N,) where N values are swept. A swept
    `Float` then has the shape [N, 1, …], with a 1 for each dimension that the demo says its tensors have of their own.
    """

    seed: int
    device: torch.device
    rng: torch.Generator
    n: tuple[int, ...]

    def __init__(
        self,
        parameters: dict[str, Parameter],
        values: dict[str, Value],
        seed: int,
        device: torch.device,
        swept: Swept | None = None,
    ) -> None:
        import torch

        self.seed, self.device = seed, device
        self.n = () if swept is None else (swept.count,)
        self.rng = torch.Generator().manual_seed(seed)
        # The default generators that this run will use, and no other: a device that has failed is not to be touched.
        torch.default_generator.manual_seed(seed)
        if device.type == "cuda":
            torch.cuda.manual_seed(seed)
        for name, parameter in parameters.items():
            value = values[name]
            if swept is not None and name in swept.values:
                column = torch.tensor(swept.values[name], dtype=torch.float32, device=device)
                setattr(self, name, column.view(-1, *[1] * swept.own))
            elif isinstance(parameter, Float):
                setattr(self, name, torch.tensor(value, dtype=torch.float32, device=device))
            else:
                setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        # Reached only for names that are neither parameters nor part of Run.
        raise AttributeError(f"This demo has no parameter `{name}`. {nearest(name, [*vars(self)])}")

    def zeros(self, *shape: int) -> torch.Tensor:
        """Zeros [*n, *shape], float32, on the device."""
        import torch

        return torch.zeros((*self.n, *shape), device=self.device)

    def randn(self, *shape: int) -> torch.Tensor:
        """Standard normal numbers [*n, *shape] from `rng`, float32, on the device: the same for each run of a sweep."""
        import torch

        return self._for_each(torch.randn(shape, generator=self.rng))

    def rand(self, *shape: int) -> torch.Tensor:
        """Uniform numbers in [0, 1) [*n, *shape] from `rng`, float32, on the device: alike for each run of a sweep."""
        import torch

        return self._for_each(torch.rand(shape, generator=self.rng))

    def randint(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """Whole numbers from `low` to `high` − 1 from `rng`, such as the numbers of a batch [*shape], on the device."""
        import torch

        return torch.randint(low, high, shape, generator=self.rng).to(self.device)

    def randperm(self, count: int) -> torch.Tensor:
        """The numbers 0 … `count` − 1 [count] in an order from `rng`, on the device."""
        import torch

        return torch.randperm(count, generator=self.rng).to(self.device)

    def _for_each(self, drawn: torch.Tensor) -> torch.Tensor:
        """What was drawn on the CPU, on the device, with a copy for each run."""
        drawn = drawn.to(self.device)
        return drawn.expand(*self.n, *drawn.shape).clone() if self.n else drawn


@dataclass(frozen=True, slots=True)
class Swept:
    """The runs that are done at once: for each swept `Float` the value that each run has."""

    values: Mapping[str, Sequence[float]]
    own: int
    """How many dimensions the demo's tensors have of their own, behind that of the runs."""

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(next(iter(self.values.values())))


@dataclass(frozen=True, slots=True)
class Prediction:
    """A question that the learner answers before the run does: the outcome is one of the `options`.

    With `bounds`, one less than options and growing, the outcome may be a number: the option between whose bounds it
    lies, at a bound the higher one.
    """

    text: str
    options: tuple[str, ...]
    why: str
    outcome: Outcome
    bounds: tuple[float, ...] = ()
    shown: Mapping[str, Value] = field(default_factory=dict)
    """What differs from the demo's defaults in the run that is shown, which has seed 0."""
    steps: int | None = None
    """The step at which that run is held, where the question is about it."""

    def answer(self, outcome: str | float) -> str:
        """What came out as one of the options, a number as that at whose place it lies; empty where it is none."""
        if isinstance(outcome, str):
            return outcome if outcome in self.options else ""
        return "" if not self.bounds or math.isnan(outcome) else self.options[bisect_right(self.bounds, outcome)]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about the demo and the function that finds out whether it holds."""

    text: str
    proof: Proof


Answer = float | int | str | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with numbers of its own, whose `answer` was computed: a number, a word, or a tuple such as a shape.

    `mistakes` has what one comes to who makes a mistake that has a name: {"forgot the bias": 0.3}.
    """

    text: str
    answer: Answer
    mistakes: Mapping[str, Answer]
    why: str = ""


class Demo:
    """One idea, running: a title, the topics it shows, its parameters, and how many steps are enough.

    `steps` is where a run stops that has not ended by itself. `pace` is the number of steps a second at which the
    viewer begins, for demos whose every step is worth seeing; without it a demo runs as fast as it can.

    `broadcast` is for demos in broadcast style, whose loop trains many runs at once when its tensors have leading
    dimensions `run.n`: it says how many dimensions they have behind those, for instance 1 for weights [*run.n, 2].
    """

    def __init__(
        self,
        title: str,
        *,
        topics: list[str],
        steps: int,
        pace: float | None = None,
        broadcast: int | None = None,
        **parameters: Parameter,
    ) -> None:
        for name, parameter in parameters.items():
            if isinstance(parameter, Choice) and not parameter.choices:
                raise ValueError(f"The choice `{name}` of the demo {title!r} has nothing to choose from.")
            if hasattr(Run, name) or name in Run.__annotations__:
                raise ValueError(
                    f"The parameter `{name}` of the demo {title!r} needs another name: run.{name} is taken."
                )
            parameter.parse(name, parameter.default)
        self.title = title
        self.topics = tuple(topics)
        self.steps = steps
        self.pace = pace
        self.broadcast = broadcast
        self.parameters = parameters
        self.training: Train | None = None
        self.predictions: list[Prediction] = []
        self.claims: list[Claim] = []
        self.questions: list[Ask] = []

    def train(self, function: Train) -> Train:
        """Decorator of the training loop: a generator that yields its panels once a step and returns when done."""
        self.training = function
        return function

    def predict(
        self, text: str, *options: str | float, why: str, steps: int | None = None, **shown: Value
    ) -> Callable[[Outcome], Outcome]:
        """Decorator of a function that runs the demo and returns the one of `options` that came out.

        Or the options have bounds between them, as in "fewer", −3, "about as many", 3, "more": then the function
        returns a number, and what came out is the option between whose bounds it lies.

        `shown` are the parameters of the run that is asked about, where they are not the defaults: the viewer shows
        that run, and holds it at the step `steps`.
        """
        checked(self.parameters, shown)
        words = tuple(option for option in options if isinstance(option, str))
        bounds = tuple(option for option in options if not isinstance(option, str))
        between = options[1::2] == bounds and len(words) == len(bounds) + 1
        if bounds and not (between and [*bounds] == sorted(bounds)):
            raise ValueError(f"The options of {text!r} need growing bounds, one between each two of them.")

        def decorate(function: Outcome) -> Outcome:
            self.predictions.append(Prediction(text, words, why, function, bounds, shown, steps))
            return function

        return decorate

    def claim(self, text: str) -> Callable[[Proof], Proof]:
        """Decorator of a function that returns whether `text` holds, or (whether it holds, what was measured)."""

        def decorate(function: Proof) -> Proof:
            self.claims.append(Claim(text, function))
            return function

        return decorate

    def question(self, function: Ask) -> Ask:
        """Decorator of a function that makes a `Question` of the numbers that its `random.Random` gives."""
        self.questions.append(function)
        return function

    def main(self) -> None:
        """Run this file as a program: the viewer on a terminal, else as text; `--help` lists the options."""
        import sys

        from studytool.cli import main

        path = str(Path(sys.modules["__main__"].__file__ or "").resolve())
        raise SystemExit(main(["demo", path, "--trust", *sys.argv[1:]]))
