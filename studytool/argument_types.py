"""What the command line takes for a number, an hour, a distance from UTC; other words raise `ArgumentTypeError`."""

from __future__ import annotations

import argparse


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"it should be a whole number, not {text[:40]!r}") from None


def positive(text: str) -> int:
    """A whole number of at least 1."""
    number = whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("it should be at least 1")
    return number


def port(text: str) -> int:
    """A port, 0 to 65535."""
    number = whole(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("it should lie between 0 and 65535")
    return number


def minutes(text: str) -> float:
    """Minutes, above 0 and up to a day."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1440:
        raise argparse.ArgumentTypeError(f"it should be minutes, above 0 and up to 1440, not {text[:40]!r}")
    return number


def hour(text: str) -> int:
    """An hour of the day, 0 to 23."""
    number = whole(text)
    if not 0 <= number <= 23:
        raise argparse.ArgumentTypeError("it should lie between 0 and 23")
    return number


def offset(text: str) -> int:
    """Minutes east of UTC, written +01:00, -05:30 or 1.5; up to a day."""
    hours, colon, past = text[text[:1] in ("+", "-") :].partition(":")
    try:
        number = round(float(hours) * 60) + (int(past) if colon else 0)
        is_one = hours[:1].isdecimal() and (not colon or past.isdecimal())
    except (ValueError, OverflowError):
        is_one = False
    if not is_one:
        raise argparse.ArgumentTypeError(f"it should look like +01:00 or -05:30, not {text[:40]!r}")
    if number > 24 * 60:
        raise argparse.ArgumentTypeError("it should lie between -24:00 and +24:00")
    return -number if text.startswith("-") else number
