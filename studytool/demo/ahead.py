"""Questions of demos answered ahead of time: one after the other, in the background, in processes with limits."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.demo.limits import Limits
from studytool.demo.process import DemoProcess, Message
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.demo.find import DemoInfo
    from studytool.demo.spawn import Child

# Numbers for which a question cannot be made (a mistake comes to the answer) are drawn again so often.
_TRIES = 3

_CLOSED: Message = {"type": "closed"}


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """What a demo is asked: the computed question `name` with the numbers of `seed`, or a `prediction`, from 0.

    A prediction has no numbers; its `seed` is there for the order of its options.
    """

    info: DemoInfo
    name: str = ""
    seed: int = 0
    prediction: int | None = None

    @property
    def place(self) -> tuple[str, str, int | None]:
        """What tells one question of all demos from another, whatever its numbers."""
        return str(self.info.path), self.name, self.prediction


class Ahead:
    """Has `wishes` answered by their demos on the CPU, in the order given, those of one demo in one process.

    An answer is the demo's `question` message with the `seed` that its numbers are of, or its `outcome` message; or
    one with a `problem`, a few words, and nothing else that holds. No process is started before `start`.
    """

    def __init__(
        self, wishes: Sequence[Wish], *, limits: Limits | None = None, take: Callable[[], Child | None] | None = None
    ) -> None:
        """`take` gives the spare process, if there is one."""
        self._wishes = tuple(wishes)
        self._limits = limits or Limits()
        self._take = take
        self._news = threading.Condition()
        self._answers: dict[Wish, Message] = {}
        self._arrived: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._closed = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; with nothing to ask nothing is done."""
        if self._wishes and self._thread is None:
            self._thread = threading.Thread(target=self._work, name="ask demos", daemon=True)
            self._thread.start()

    def answer(self, wish: Wish) -> Message | None:
        """The answer, or None as long as there is none."""
        with self._news:
            return self._answers.get(wish)

    def wait(self, wish: Wish) -> Message:
        """The answer, as soon as there is one: the limits see to it."""
        self.start()
        with self._news:
            self._news.wait_for(lambda: wish in self._answers)
            return self._answers[wish]

    def close(self) -> None:
        """End the process that is running, and start no other; what has no answer yet has a problem."""
        self._closed = True
        self._arrived.put(_CLOSED)
        if self._thread is not None:
            self._thread.join(3)

    def _work(self) -> None:
        for path in dict.fromkeys(wish.info.path for wish in self._wishes):
            wishes = [wish for wish in self._wishes if wish.info.path == path]
            try:
                self._of_one_demo(wishes)
            except StudytoolError as error:
                self._settle(wishes, str(error))
        self._settle(self._wishes, "the quiz has ended")

    def _settle(self, wishes: Sequence[Wish], problem: str) -> None:
        """Answer with `problem` what has no answer."""
        with self._news:
            for wish in wishes:
                self._answers.setdefault(wish, {"problem": problem})
            self._news.notify_all()

    def _of_one_demo(self, wishes: Sequence[Wish]) -> None:
        if self._closed:
            return
        info = wishes[0].info
        self._arrived = queue.SimpleQueue()
        hear = self._arrived.put
        process = DemoProcess(info.path, {}, 0, "cpu", hear, playing=False, digest=info.digest, limits=self._limits)
        process.start(self._take() if self._take else None)
        try:
            for wish in wishes:
                if self._closed:
                    return
                answer = self._asked(wish, process)
                with self._news:
                    self._answers[wish] = answer
                    self._news.notify_all()
        finally:
            process.close()

    def _asked(self, wish: Wish, process: DemoProcess) -> Message:
        """The answer of a running demo; raises `StudytoolError` when its process has ended over it."""
        if wish.prediction is not None:
            process.send({"type": "predict", "number": wish.prediction})
            return self._heard("outcome")
        told: Message = {"problem": ""}
        for seed in range(wish.seed, wish.seed + _TRIES):
            process.send({"type": "questions", "seed": seed, "name": wish.name})
            told = self._heard("question", "questions") | {"seed": seed}
            if told["type"] == "questions":
                return {"problem": f"it has no question {wish.name}"}
            self._heard("questions")
            if not told["problem"]:
                break
        return told

    def _heard(self, *kinds: str) -> Message:
        """The next message of these kinds; raises `StudytoolError` where the demo says that there will be none."""
        while True:
            message = self._arrived.get()
            if message["type"] in kinds:
                return message
            if message["type"] == "error":
                raise StudytoolError(str(message["message"]))
            if message["type"] in ("bye", "closed"):
                raise StudytoolError("it ended before it was done")
