"""`studytool demo NAME --save FILE`: the picture of the last step as SVG or PNG, or of the run as a GIF."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool import places
from studytool.errors import StudytoolError, UsageError
from studytool.progress import telling
from studytool.text import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from studytool.demo.find import DemoInfo
    from studytool.demo.process import Message
    from studytool.draw.page.sheet import Sheet

_ENDINGS = (".svg", ".png", ".gif")
# Pictures of an animation: as many as are watched with patience, and as many as fit into memory.
_FRAMES, _MOST = 60, 500


@dataclass(frozen=True, slots=True)
class Saving:
    """What to write: the file, its size in pixels, its ground, every how many steps, and whether to replace a file."""

    path: Path
    size: tuple[int, int]
    dark: bool
    every: int | None
    force: bool

    @property
    def moves(self) -> bool:
        """Whether it is an animation."""
        return self.path.suffix.lower() == ".gif"


def plan(args: argparse.Namespace) -> Saving | None:
    """What `--save` and its options ask for, checked before anything runs; None without it."""
    if args.save is None:
        options = ("every", "size", "theme", "force")
        alone = next((f"--{name}" for name in options if getattr(args, name)), None)
        if alone:
            raise UsageError(f"{alone} is about a picture to write.", "Say which with --save FILE.")
        return None
    if args.claims or args.questions:
        raise UsageError("--save writes the picture of a run; --claims and --questions have none.", "Leave one away.")
    path = places.expanded(args.save, "The picture")
    if path.suffix.lower() not in _ENDINGS:
        raise UsageError(f"{path} does not end in .svg, .png or .gif, which says what to write.")
    if args.sweep and path.suffix.lower() == ".gif":
        raise UsageError("A sweep is one picture, and a .gif is an animation.", "End the name in .svg or .png.")
    if args.every and path.suffix.lower() != ".gif":
        raise UsageError("--every is for an animation.", "Give --save a name that ends in .gif.")
    size = _size(args.size) if args.size else (800, 500) if path.suffix.lower() == ".gif" else (1280, 800)
    _writable(path, args.force)
    return Saving(path, size, args.theme == "dark", args.every, args.force)


def _size(text: str) -> tuple[int, int]:
    from studytool.draw.page.compose import LEAST, MOST

    found = re.fullmatch(r"([0-9]{1,9})[xX×]([0-9]{1,9})", text)
    if not found:
        raise UsageError(f"--size {text} is no size.", "Write it as --size 1280x800: pixels across and down.")
    width, height = int(found[1]), int(found[2])
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise UsageError(f"--size {text}: a picture has {LEAST} to {MOST} pixels across and down.")
    return width, height


def _writable(path: Path, force: bool) -> None:
    """Say before a long run what would stop the writing after it."""
    if path.is_dir():
        raise StudytoolError(f"{path} is a folder.", "Give the picture another name.")
    if path.exists() and not force:
        raise StudytoolError(
            f"There is a file {path} already. Nothing was changed.", "Give another name, or `--force` to replace it."
        )
    folder = path.parent
    if not folder.is_dir():
        raise StudytoolError(f"There is no folder {folder} to write {path.name} to.", "Make it, or name another.")
    if not os.access(folder, os.W_OK):
        raise StudytoolError(f"There is no right to write into {folder}.", "Name another folder.")


def save(
    saving: Saving, info: DemoInfo, parameters: Mapping[str, object], args: argparse.Namespace, steps: int
) -> tuple[Message, Message, list[str]]:
    """Run to `steps` and write what was asked for; returns what `train` returns."""
    from studytool.demo.headless import train

    sheets: list[Sheet] = []
    with telling() as tell:

        def seen(frame: Message) -> None:
            sheets.append(_sheet(saving, info, parameters, args.seed, frame))
            tell(f"Running: step {frame['step']} of {steps}")

        stops = _stops(saving, steps)
        found = train(
            info.path,
            parameters,
            args.seed,
            args.device,
            stops,
            digest=info.digest,
            seen=seen,
            silent=warn_of_silence,
        )
        tell(f"Drawing: {counted(len(sheets), 'picture')}")
        write(saving, sheets)
    return found


def warn_of_silence() -> None:
    """Say that a step goes on for long: nobody else can know whether it ever ends."""
    print("The demo does not answer: it is in a long step, or in one that never ends. Ctrl-C ends it.", file=sys.stderr)


def _stops(saving: Saving, steps: int) -> list[int]:
    """The steps at which a picture is taken: the last, and for an animation the first and every so many."""
    if not saving.moves:
        return [steps]
    every = saving.every or max(-(-steps // _FRAMES), 1)
    if steps / every > _MOST:
        least = -(-steps // _MOST)
        raise UsageError(
            f"{steps} steps, a picture every {every}, would be {steps // every} pictures; {_MOST} is the most.",
            f"--every {least} or fewer --steps would do.",
        )
    return sorted({1, *range(every, steps + 1, every), steps})


def _sheet(
    saving: Saving, info: DemoInfo, parameters: Mapping[str, object], seed: int, frame: Mapping[str, Any]
) -> Sheet:
    from studytool.draw import Look
    from studytool.draw.page.compose import caption, compose

    note = caption(frame["step"], seed, parameters)
    return compose(frame["panels"], *saving.size, Look(dark=saving.dark), info.title, note)


def write(saving: Saving, sheets: list[Sheet]) -> None:
    """Write the last of the sheets, or all of them where they move."""
    from studytool.memory.store.transfer import whole_file

    if saving.moves:
        from studytool.draw.page.bitmap import gif

        data = gif(sheets)
    elif saving.path.suffix.lower() == ".png":
        from studytool.draw.page.bitmap import png

        data = png(sheets[-1])
    else:
        from studytool.draw.page.svg import svg

        data = svg(sheets[-1])
    with whole_file(saving.path, force=saving.force, mode=0o666) as file:
        file.write(data)
