"""What a fit of the memory model came to, in sentences; the command and the app tell it alike."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from studytool.text import counted, percent

if TYPE_CHECKING:
    from studytool.memory.fit.changes import Changes
    from studytool.memory.fit.fitting import Fitted


def why(found: Fitted) -> str:
    """Why the parameters are adopted or not, in a sentence."""
    from studytool.memory.fit.fitting import FEWEST

    if not found.tested:
        least = f"A fit needs {FEWEST} answers given a day or more after the one before"
        return f"{least}; there are {found.reviews}."
    gain = found.gain
    by = f"by {gain.mean:.4f}, give or take {gain.error:.4f}"
    if found.adopted:
        return f"They predict later answers better, {by}."
    if gain.is_sure:
        return "They are in use already."
    if gain.mean > 0 and not isfinite(gain.error + gain.errors):
        return f"They predict later answers better by {gain.mean:.4f}, but of too few days or cards to be sure."
    if gain.mean > 0:
        return f"They predict later answers better {by}, which may be chance."
    return "They do not predict later answers better."


def sentences(found: Fitted, changed: Changes | None, written: bool, retention: float) -> list[str]:
    """What to say: how well later answers are predicted, whether that is `written`, and how due dates change.

    `retention` is the recall that cards are scheduled for.
    """
    if not found.tested:
        return [why(found)]
    whose = "published" if found.against_published else "present"
    lines = [
        f"{found.reviews:,} answers count. The later {found.tested:,} of them, predicted from what came before:",
        f"log loss {found.was:.4f} by the {whose} parameters, {found.loss:.4f} by {_those(found)}.",
    ]
    if found.adopted:
        taken = "They are in use now; `studytool fit --undo` goes back." if written else "Nothing was written."
        lines.append(f"Adopted. {why(found)} {taken}")
    else:
        lines.append(f"Not adopted. {why(found)}")
    if changed is not None and found.adopted:
        lines += _changed(changed, retention)
    return lines


def _those(found: Fitted) -> str:
    """The parameters that were tested, in words."""
    share = round(100 * found.gain.step)
    return "fitted ones" if share == 100 else f"ones that lie {share} % of the way to fitted ones"


def _changed(changed: Changes, retention: float) -> list[str]:
    moved = changed.earlier + changed.later
    by = f", half of them by {changed.days:g} days or more" if moved else ""
    before, after = changed.load
    return [
        f"Due dates: {moved} of {changed.cards} cards move{by} ({changed.earlier} earlier, {changed.later} later).",
        f"Due in the next 30 days: {counted(changed.soon[0], 'card')} before, {changed.soon[1]} after.",
        f"Reviews a day for a recall of {percent(retention)}: {before:.1f} before, {after:.1f} after.",
    ]
