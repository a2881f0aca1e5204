"""The pictures of a run to look at again: the latest ones densely, those of long ago the more sparsely."""

from __future__ import annotations

from typing import Any

Frame = dict[str, Any]

# At 32 kB a frame at most this is less than 8 MB.
_MOST = 240


class Reel:
    """The frames of one run, oldest first, and the one that is looked at: the newest, until one goes back."""

    def __init__(self) -> None:
        self._frames: list[Frame] = []
        self._at: int | None = None  # None is the newest, whichever that is

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def looking(self) -> bool:
        """Whether an older frame than the newest is looked at."""
        return self._at is not None

    @property
    def frame(self) -> Frame | None:
        """The frame that is looked at."""
        return self._frames[-1 if self._at is None else self._at] if self._frames else None

    @property
    def newest(self) -> Frame | None:
        """The frame of the present."""
        return self._frames[-1] if self._frames else None

    def add(self, frame: Frame) -> None:
        """A new picture; it takes the place of one of the same step. One of another run begins a new reel, or a branch.

        A branch keeps the frames before the step at which it left the run before.
        """
        newest = self.newest
        if newest is not None and frame["run"] != newest["run"]:
            self._frames = [one for one in self._frames if one["step"] < frame["step"]] if frame["branch"] else []
            self._at = None
        elif newest is not None and frame["step"] == newest["step"]:
            self._frames.pop()
        self._frames.append(frame)
        if len(self._frames) > _MOST:
            self._thin()

    def look(self, direction: int) -> Frame | None:
        """Go so many frames later (+) or back (−), never beyond the ends, and return what is there."""
        if self._frames:
            last = len(self._frames) - 1
            at = min(max((last if self._at is None else self._at) + direction, 0), last)
            self._at = None if at == last else at
        return self.frame

    def _thin(self) -> None:
        """Every other frame of the older half goes, but the first."""
        half = len(self._frames) // 2
        shown = self.frame
        self._frames = [one for k, one in enumerate(self._frames) if k >= half or k % 2 == 0 or one is shown]
        if self._at is not None:
            self._at = next(k for k, one in enumerate(self._frames) if one is shown)


class Pin:
    """A run that stays as a ghost behind what comes after it.

    While it goes on itself it is followed; from another run on, or a parameter that is changed, it stays as it is.
    """

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._left = False  # its process has ended: another run may have its number

    def __bool__(self) -> bool:
        return self._frame is not None

    def put(self, frame: Frame | None) -> None:
        """Pin the run of this frame; None takes the pin away."""
        self._frame, self._left = frame, False

    def follow(self, frame: Frame) -> None:
        """Take a new frame, which belongs to the pinned run or does not."""
        if self._frame is not None and self._is_of(frame):
            self._frame = frame

    def leave(self) -> None:
        """The process of the pinned run has ended: whatever comes is another run."""
        self._left = True

    def behind(self, frame: Frame) -> Frame | None:
        """The last frame of the pinned run, where `frame` does not belong to it."""
        return None if self._is_of(frame) else self._frame

    def told(self, frame: Frame | None) -> str:
        """The pinned run in a word or two: by the parameters in which it differs from `frame`."""
        if self._frame is None or frame is None:
            return ""
        if self._is_of(frame):
            return "pinned"
        there = self._frame["parameters"]
        other = [name for name, value in frame["parameters"].items() if value != there.get(name)]
        return f"pinned: {', '.join(_told(name, there.get(name)) for name in other) or 'the same'}"

    def _is_of(self, frame: Frame) -> bool:
        mine = self._frame
        same = mine is not None and frame["run"] == mine["run"] and frame["changes"] == mine["changes"]
        return same and not self._left


def _told(name: str, value: object) -> str:
    return f"{name.replace('_', ' ')} {value:g}" if isinstance(value, (int, float)) else str(value)
