"""How far marking agrees with the labelled answers, and what a mark costs.

    python tests/bench/marking.py [--hostile]

Prints the agreement by verdict with every answer that is marked in another way than a person would, and the time of
a mark. With `--hostile`, the time of texts that are made to be slow, at two lengths: a ratio near that of the lengths
is linear.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import cast

from studytool.notes.model import Option
from studytool.quiz import Asked, Mark, mark
from studytool.quiz.model import AskedKind

TABLE = Path(__file__).parents[1] / "quiz" / "marking.tsv"
VERDICTS = ("right", "nearly", "wrong")


def rows() -> list[dict[str, str]]:
    """The labelled answers; tests/quiz/test_marking.py says how they are written."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def typed(answer: str, *accepted: str, kind: AskedKind = "typed") -> Asked:
    """A question that is answered by typing."""
    return Asked(kind, "What is it?", (), answer, accepted, "Because.", "0" * 32, "note.md", 3, "Topic")


def choice(*texts: str, kind: AskedKind = "choice") -> Asked:
    """Options from texts; those with a star are right."""
    options = tuple(Option(text.lstrip("*"), text.startswith("*"), f"why {text.lstrip('*')}") for text in texts)
    answer = "\n".join(option.text for option in options if option.correct)
    return Asked(kind, "Which?", options, answer, (), "", "0" * 32, "note.md", 3, "Topic")


def marked(row: dict[str, str]) -> Mark:
    """The mark of a row of the table, as a question of its kind."""
    kind = cast("AskedKind", row["kind"])
    if row["kind"] in ("choice", "multiple"):
        return mark(choice(*row["answer"].split("|"), kind=kind), [int(index) for index in row["response"].split()])
    others = [other.strip() for other in row["accepted"].split(";") if other.strip()]
    return mark(typed(row["answer"], *others, kind=kind), row["response"])


def agreement(table: list[dict[str, str]]) -> None:
    """The table of labels against verdicts, and what disagrees."""
    found = [(row, marked(row)) for row in table]
    counted = Counter[tuple[str, str]]((row["verdict"], given.verdict) for row, given in found)
    print(f"{'labelled':<10}" + "".join(f"{verdict:>8}" for verdict in VERDICTS) + f"{'agree':>9}")
    for label in VERDICTS:
        line = [counted[label, verdict] for verdict in VERDICTS]
        share = counted[label, label] / max(sum(line), 1)
        print(f"{label:<10}" + "".join(f"{number:>8}" for number in line) + f"{share:>9.1%}")
    same = sum(counted[label, label] for label in VERDICTS)
    print(f"{same} of {len(table)} agree: {same / len(table):.1%}\n")
    for row, given in found:
        if row["verdict"] != given.verdict or row["reason"] not in given.reason:
            print(f"{row['verdict']:<7}{row['answer']!r} <- {row['response']!r}: {given.reason} [{row['reason']}]")


def cost(asked: Asked, response: str, times: int) -> float:
    """The median of the processor's seconds for one mark."""
    taken = []
    for _ in range(times):
        started = time.process_time()
        mark(asked, response)
        taken.append(time.process_time() - started)
    return median(taken)


HOSTILE = {
    "one word again and again": "pooling ",
    "all words another": "".join(f"{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n} " for n in range(300)),
    "open brackets": "(",
    "signs": "-",
    "fractions in fractions": "\\frac{1}{",
    "powers of powers": "9^",
    "digits": "9",
    "numbers with commas": "1,",
    "groups of digits": "1 000 ",
    "stars": "**a** ",
    "blanks and a dot": " .",
    "superscripts": "x²",
    "tags": "<a",
    "links": "[a](",
}
LONG = " ".join(f"word{number}" for number in range(80))
KEYS = ("max pooling", "$x^2 + 2x + 1$", "0.25 ± 0.01 m", "(32, 64, 7, 7)", "a, b and c", "1/3", LONG)


def hostile() -> None:
    """The slowest key for each text, at 500 and at 2,000 characters, and for a paste of 100 KB."""
    print(f"{'milliseconds at':<28}{'500':>8}{'2,000':>8}{'ratio':>7}{'100 KB':>8}")
    for name, piece in HOSTILE.items():
        taken = []
        for length in (500, 2000, 100_000):
            text = (piece * (length // len(piece) + 1))[:length]
            taken.append(max(cost(typed(key), text, 5) for key in KEYS))
        short, long, paste = (1000 * seconds for seconds in taken)
        print(f"{name:<28}{short:>8.2f}{long:>8.2f}{long / max(short, 1e-3):>7.1f}{paste:>8.2f}")


def main() -> int:
    """Measure and print."""
    table = rows()
    agreement(table)
    times = []
    for row in table:
        started = time.process_time()
        marked(row)
        times.append(1000 * (time.process_time() - started))
    times.sort()
    figures = (median(times), times[int(0.99 * len(times))], times[-1])
    print("\na mark: median {:.3f} ms, p99 {:.3f} ms, {:.3f} ms at most".format(*figures))
    if "--hostile" in sys.argv:
        print()
        hostile()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
