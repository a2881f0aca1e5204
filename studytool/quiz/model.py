"""The nouns of the quiz: a question as it is asked, a paper of them, a mark, and an attempt as it is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from studytool.notes.model import Option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AskedKind = Literal["choice", "multiple", "truth", "typed", "cloze", "numeric", "ordering", "matching", "recall"]
"""One right option, several, true or false; a text, a gap or a number to type; items to put in order, sides to match;
an answer in one's own words, held against a model answer."""
Verdict = Literal["right", "nearly", "wrong"]
Confidence = Literal["", "guess", "likely", "sure"]
"""How sure the learner was before the mark; empty where that was not said."""

GAP = "[…]"
"""Stands in a prompt where the learner's words go, as in the front of a cloze card."""
MASK = "▁▁▁"
"""Stands in a prompt for words that would give the answer away."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Where a question comes from whose answer was found by running code: a demo's own question, or a prediction.

    `demo` is the name of a built-in demo or the path of a file. `name` is the demo's function that made the question
    of the numbers of `seed`; it is empty for a prediction, whose number from 0 is `prediction`. `mistakes` are the
    wrong answers that have a name, which is their `why`.
    """

    demo: str
    name: str = ""
    seed: int = 0
    prediction: int | None = None
    mistakes: tuple[Option, ...] = ()

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Computed:
        """What `asdict` told of; what is not known here is left aside."""
        told = {name: table[name] for name in cls.__dataclass_fields__ if name in table}
        told["mistakes"] = tuple(Option(**option) for option in told.get("mistakes", ()))
        return cls(**told)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the learner sees it, with its key.

    `prompt` and `explanation` are markdown. `options` stand in the order they are shown in and are empty for the typed
    kinds; `answer` is the right option (several: one a line) or the text to type, and `accepted` other texts that count
    as well; of a `recall` question `answer` is the model answer, empty where its author gave none, and `accepted` its
    key terms. `card` is the key of the card it was made from, `path` and `line` where that card stands. A question that
    a demo `computed` has no card (its key is empty); it stands at the top of the note that led to it.

    `items` are what is put in order, or the left sides of what is matched, and `targets` the right sides, all in the
    order they are shown in. `places` is what is right: of an `ordering` question the numbers of `items` in the right
    order, of a `matching` one for each item the number of its target.

    `partly` are texts that are nearly right by their author's word, each with what is said to it.
    """

    kind: AskedKind
    prompt: str
    options: tuple[Option, ...]
    answer: str
    accepted: tuple[str, ...]
    explanation: str
    card: str
    path: str
    line: int
    topic: str
    items: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    places: tuple[int, ...] = ()
    computed: Computed | None = None
    partly: tuple[Option, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """The indices of the right options, counted from 0."""
        return tuple(index for index, option in enumerate(self.options) if option.correct)

    @property
    def place(self) -> str:
        """Where it comes from: the note and line of its card, or the command that runs the demo that computed it."""
        return f"studytool demo {self.computed.demo}" if self.computed else f"{self.path}:{self.line}"

    def as_dict(self) -> dict[str, Any]:
        """The question as JSON takes it, all fields by their names."""
        return asdict(self)

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Asked:
        """The question that `as_dict` told of, by this version or an older one; what is not known here is left aside.

        Raises `KeyError` where a field is missing that every version has.
        """
        told = {name: table[name] for name in cls.__dataclass_fields__ if name in table or name not in _LATER}
        told["options"] = tuple(Option(**option) for option in table["options"])
        told["partly"] = tuple(Option(**option) for option in table.get("partly", ()))
        for name in ("accepted", *_LATER):
            if name in told and name not in ("computed", "partly"):
                told[name] = tuple(told[name])
        if told.get("computed") is not None:
            told["computed"] = Computed.from_dict(told["computed"])
        return cls(**told)


_LATER = ("items", "targets", "places", "computed", "partly")
"""Fields of a question that the first version did not have."""


TWICE = 0.8
"""Seconds within which a key that comes again is held, or was meant once: most keyboards begin to repeat after less."""
_REPEATED = 0.3
"""Seconds within which a key that is held comes once more after that."""


class Presses:
    """Tells of a key that comes again whether it was pressed, or is held."""

    def __init__(self) -> None:
        self._last, self._count = 0.0, 0

    def begin(self, now: float) -> None:
        """It came for the first time."""
        self._last, self._count = now, 1

    def is_pressed(self, now: float) -> bool:
        """Whether it is pressed now, in seconds since any time; each time that it comes this is to be asked."""
        gap, self._last = now - self._last, now
        self._count += 1
        return gap > TWICE or (self._count > 2 and gap > _REPEATED)


def unknown(kind: AskedKind) -> str | list[int]:
    """The answer of who does not know one: nothing, in the form that answers a question of this kind."""
    return "" if kind in ("typed", "cloze", "numeric", "recall") else []


def longest(kind: AskedKind) -> int:
    """How many characters of a text that answers a question of this kind are read and kept."""
    return 10_000 if kind == "recall" else 2000


@dataclass(frozen=True, slots=True)
class Paper:
    """Questions in the order they are asked. The same library, count, topics and `seed` give the same paper.

    `left_out` counts the cards that were tried for this paper and gave no fair question, or one that answers another.
    """

    questions: tuple[Asked, ...]
    seed: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict with its reason: a sentence that begins with the verdict, such as `nearly: one letter off`."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answered question, as the payload of an event of kind `attempt` keeps it.

    It holds the whole question with its options in the order shown, the answer given (a text, the indices of the chosen
    options, those of `items` as they were put, or for each item that of its target, -1 where it has none; nothing at
    all of any of them where the learner said that they do not know), the mark,
    the paper's seed (None where it is asked by itself, in a demo), whether the learner gave the mark (`self_marked`) or
    overruled it: enough to ask and mark the same question again when the notes have changed. `took_ms` are the
    milliseconds from the question to the answer, 0 where nobody looked at a clock; `exam` is the id of the exam that it
    belongs to.
    """

    asked: Asked
    response: str | tuple[int, ...]
    mark: Mark
    seed: int | None
    overruled: bool = False
    self_marked: bool = False
    confidence: Confidence = ""
    took_ms: int = 0
    exam: str = ""

    @classmethod
    def of(
        cls,
        asked: Asked,
        response: str | Sequence[int],
        mark: Mark,
        seed: int | None,
        *,
        self_marked: bool = False,
        confidence: Confidence = "",
        took_ms: int = 0,
        exam: str = "",
    ) -> Attempt:
        """The attempt; a pasted answer is kept as far as it is read when marking: see `longest`."""
        kept = response[: longest(asked.kind)] if isinstance(response, str) else tuple(response)
        return cls(
            *(asked, kept, mark, seed), self_marked=self_marked, confidence=confidence, took_ms=took_ms, exam=exam
        )

    @property
    def is_known(self) -> bool:
        """Whether an answer was given; not where the learner said that they do not know one."""
        return bool(self.response)

    @property
    def verdict(self) -> Verdict:
        """The verdict that holds: right where the learner has overruled the mark."""
        return "right" if self.overruled else self.mark.verdict

    @property
    def counts(self) -> bool:
        """Whether it counts as right in the result: marked right, or overruled by the learner."""
        return self.verdict == "right"

    def overrule(self) -> Attempt:
        """The same attempt, counted as right because the learner says so. The mark stays to be read."""
        return replace(self, overruled=True)

    def as_payload(self) -> dict[str, Any]:
        """The event's payload: the question as shown, response, verdict, reason, seed, overruled, and the rest."""
        told = {"confidence": self.confidence, "took_ms": self.took_ms, "exam": self.exam}
        return {
            **self.asked.as_dict(),
            "response": self.response if isinstance(self.response, str) else list(self.response),
            "verdict": self.mark.verdict,
            "reason": self.mark.reason,
            "seed": self.seed,
            "overruled": self.overruled,
            "self_marked": self.self_marked,
            **{name: value for name, value in told.items() if value},
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Attempt:
        """The attempt that `as_payload` told of, of this version or an older one."""
        asked = Asked.from_dict(payload)
        response = payload["response"]
        return cls(
            asked,
            response if isinstance(response, str) else tuple(response),
            Mark(payload["verdict"], payload["reason"]),
            payload["seed"],
            payload["overruled"],
            payload.get("self_marked", False),
            payload.get("confidence", ""),
            payload.get("took_ms", 0),
            payload.get("exam", ""),
        )
