"""How many cards of a real repository of notes keep their history, commit by commit.

    python tests/bench/identity.py REPO [--max-commits N] [--sample FILE] [--seed S]
    python tests/bench/identity.py --labelled tests/notes/relinks.jsonl
    python tests/bench/identity.py --edits SEED [--size N] [--half tuned|held-out] [--show]

REPO is a git repository, bare or not; nothing is checked out and only notes that a commit changed are read again. The
sample holds one JSON object a line, for a person to label by adding `"same": true` or `false`: linked pairs, and of
the cards that were lost those that look most like a new one of the same note. `--edits` makes 1,000 labelled edits of
the cards of the course and of other notes, N in a commit, as `edits.py` says, and counts what was kept and what was
linked wrongly.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.fuzz import token_set_ratio

from studytool.notes.model import Card, Span
from studytool.notes.parse import parse_note
from studytool.notes.relink import Known, Relink, known, relink
from studytool.notes.walk import EXTENSIONS

_SAMPLE = 400


class Objects:
    """The blobs of a repository, through one `git cat-file --batch`."""

    def __init__(self, repository: str) -> None:
        self.process = subprocess.Popen(
            ["git", "-C", repository, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def read(self, blob: str) -> str | None:
        """The text of a blob; None where it is not UTF-8 or not there."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{blob}\n".encode())
        self.process.stdin.flush()
        header = self.process.stdout.readline().split()
        if len(header) < 3:
            return None
        content = self.process.stdout.read(int(header[2]) + 1)[:-1]
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


def commits(repository: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each commit of the first parents' line, oldest first, with the new blob of each note it changed ("" if gone)."""
    command = ["git", "-C", repository, "log", "--reverse", "--first-parent", "-m", "--raw", "--no-abbrev"]
    command += ["--no-renames", "-z", "--format=commit %H"]
    fields = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace").split("\0")
    commit, waiting = "", ""
    changed: dict[str, str] = {}
    for item in fields:
        item = item.lstrip("\n")
        if item.startswith("commit "):
            if commit:
                yield commit, changed
            commit, changed = item.split()[1], {}
            item = item.partition("\n")[2].lstrip("\n")
        if item.startswith(":"):
            parts = item.split()
            waiting = "" if parts[4] == "D" else parts[3]
        elif is_note(item):
            changed[item] = waiting
    if commit:
        yield commit, changed


def is_note(path: str) -> bool:
    """Whether a folder's walk would read it."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return not hidden and path.lower().endswith(EXTENSIONS) and not path.lower().endswith(".excalidraw.md")


@dataclass
class Tally:
    """What became of the cards."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    pairs: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0


def told(card: Known | Card) -> dict[str, object]:
    """A card as the sample shows it."""
    one = known(card) if isinstance(card, Card) else card
    return {"kind": one.kind, "front": one.front, "back": one.back, "path": one.path, "line": one.line}


def replayed(repository: str, most: int) -> Tally:
    """Replay the history: what each commit did to the cards, as if every card had been studied."""
    objects, tally = Objects(repository), Tally()
    notes: dict[str, list[Card]] = {}
    held: Counter[str] = Counter()
    for number, (commit, changed) in enumerate(commits(repository)):
        if most and number >= most:
            break
        before = {path: notes.get(path, []) for path in changed}
        now: dict[str, list[Card]] = {}
        for path, blob in changed.items():
            text = objects.read(blob) if blob else None
            now[path] = parse_note(text, path).studied if text else []
        was = Counter(held)
        for path in changed:
            held.subtract(card.key for card in before[path])
            held.update(card.key for card in now[path])
            notes[path] = now[path]
        old = {card.key: known(card) for cards in before.values() for card in reversed(cards)}
        new = {card.key: card for cards in now.values() for card in reversed(cards)}
        vanished = [card for key, card in old.items() if not held[key]]
        fresh = [card for key, card in new.items() if not was[key]]
        kept = [(card, new[key]) for key, card in old.items() if key in new]
        started = time.perf_counter()
        links = relink(vanished, fresh, kept)
        tally.seconds += time.perf_counter() - started
        count(tally, commit, {card.key: card for card in vanished}, {card.key: card for card in fresh}, kept, links)
    return tally


def count(
    tally: Tally,
    commit: str,
    vanished: Mapping[str, Known],
    fresh: Mapping[str, Card],
    kept: Sequence[tuple[Known, Card]],
    links: Sequence[Relink],
) -> None:
    """Add what one commit did."""
    tally.counts["commits"] += 1
    tally.counts["kept in place"] += sum(before.path == now.span.path for before, now in kept)
    tally.counts["kept, note renamed or card moved"] += sum(before.path != now.span.path for before, now in kept)
    tally.counts["vanished"] += len(vanished)
    tally.counts["relinked"] += len(links)
    tally.counts["new"] += len(fresh) - len(links)
    for link in links:
        tally.reasons[link.reason] += 1
        row = {"commit": commit, "decision": link.reason, "score": link.score}
        tally.pairs.append({**row, "before": told(vanished[link.source]), "after": told(fresh[link.target])})
    sources, targets = {link.source for link in links}, {link.target for link in links}
    free = defaultdict(list)
    for card in fresh.values():
        if card.key not in targets:
            free[card.span.path].append(card)
    for gone in vanished.values():
        if gone.key in sources:
            continue
        near = [other for other in free.get(gone.path, [])[:200] if (other.kind == "cloze") == (gone.kind == "cloze")]
        best = max(near, key=lambda other: alike(gone, other), default=None)
        close = alike(gone, best) if best is not None else 0.0
        tally.counts["lost, with nothing like it in its note" if close < 60 else "lost, something alike is there"] += 1
        if best is not None and close >= 60:
            row = {"commit": commit, "decision": "lost", "score": close}
            tally.pairs.append({**row, "before": told(gone), "after": told(best)})


def alike(card: Known, other: Card) -> float:
    """A coarse likeness, for the sample only: 0 to 100."""
    asked, answered = (
        token_set_ratio(card.front[:500], other.front[:500]),
        token_set_ratio(card.back[:500], other.back[:500]),
    )
    return max(asked, (asked + answered) / 2)


def card_of(row: dict[str, object], at: int, side: str, path: str) -> Card:
    """A card of a labelled file."""
    kind, front, back = str(row.get("kind", "basic")), str(row["front"]), str(row["back"])
    span = Span(path, int(str(row.get("line", at + 1))))
    return Card(f"{side}{path}{at}", kind, "qa", "explicit", front, back, path, span)  # type: ignore[arg-type]


def scored(file: Path) -> int:
    """Precision and recall on labelled pairs, each in a note of its own, all in one library."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    old, new, same = [], [], set()
    for at, row in enumerate(rows):
        path = f"{at}.md"
        before, after = card_of(row["before"], 0, "-", path), card_of(row["after"], 0, "+", path)
        old.append(known(before))
        new.append(after)
        if row["same"]:
            same.add((before.key, after.key))
    found = {(link.source, link.target) for link in relink(old, new)}
    right = len(found & same)
    print(f"{len(rows)} pairs, {len(same)} of them the same card: {right} linked ({right / (len(same) or 1):.1%})")
    print(f"wrong links: {len(found - same)}")
    for source, target in sorted(found ^ same):
        print(("wrong" if (source, target) in found else "missed"), source, target)
    return 0


def simulated(seed: int, size: int, half: str, *, show: bool) -> int:
    """What becomes of 1,000 edits whose truth is known by construction; 1 where a link is wrong."""
    import edits
    from edit_kinds import KEPT, OTHER

    outcome = edits.judged(seed, size=size, held_out={"tuned": False, "held-out": True}.get(half))
    kept, lost = outcome.kept.total(), outcome.lost.total()
    print(f"{outcome.pairs} labelled pairs, {size} edits in a commit, seed {seed}")
    print(f"{'kind of edit':42}{'same':>6}{'kept':>6}{'other':>6}{'wrong':>6}")
    for name in (*KEPT, *OTHER, *edits.BOTH):
        same = outcome.kept[name] + outcome.lost[name]
        if same or outcome.other[name]:
            print(f"{name:42}{same:6}{outcome.kept[name]:6}{outcome.other[name]:6}{outcome.wrong[name]:6}")
    print(f"kept {kept} of {kept + lost} ({kept / (kept + lost or 1):.2%}), wrong links: {outcome.wrong.total()}")
    for verdict, name, before, after in outcome.shown if show else ():
        print(f"{verdict}, {name}: {before.front!r} -> {before.back!r}\n    => {after.front!r} -> {after.back!r}")
    return 1 if outcome.wrong else 0


def main() -> int:
    """Print the figures; write the sample where one is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", nargs="?")
    parser.add_argument("--max-commits", type=int, default=0)
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--labelled", type=Path)
    parser.add_argument("--edits", type=int, metavar="SEED")
    parser.add_argument("--size", type=int, default=50)
    parser.add_argument("--half", choices=("tuned", "held-out", "all"), default="all")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if arguments.edits is not None:
        return simulated(arguments.edits, arguments.size, arguments.half, show=arguments.show)
    if arguments.labelled:
        return scored(arguments.labelled)
    if not arguments.repository:
        parser.error("name a repository, or --labelled FILE")
    tally = replayed(arguments.repository, arguments.max_commits)
    for name, number in tally.counts.items():
        print(f"{number:>8}  {name}")
    for name, number in tally.reasons.most_common():
        print(f"{number:>8}  relinked: {name}")
    print(f"{tally.seconds:8.1f}  seconds in relink")
    if arguments.sample:
        chosen = random.Random(arguments.seed).sample(tally.pairs, min(_SAMPLE, len(tally.pairs)))
        arguments.sample.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
