"""The file of a picture: opened as small as it is shown, or why it is not shown."""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp")
"""How the names of files end in which there should be a picture of `_FORMATS`."""
MOST_PIXELS = 20_000_000
"""A picture of more pixels is not decoded: it would take 80 MB and more for as long as it takes to make it small."""
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_MOST_BYTES = 50_000_000
_USUAL = (800, 480)
"""The pixels of a picture as it is shown in a terminal of usual size."""


class CannotError(Exception):
    """Why a picture is not shown, in a few words."""


def opened(path: str, width: int, height: int) -> Image:
    """The picture in a file, made about as small as it is shown. Raises `CannotError` in words for the learner."""
    from PIL import ImageOps

    with _begun(path, width, height) as image:
        image.thumbnail((width, height))
        return ImageOps.exif_transpose(image).convert("RGBA")


def why_not_shown(path: str) -> str:
    """Why the picture in a file is not shown, by its first bytes; empty where nothing in them speaks against it."""
    try:
        with _begun(path, *_USUAL):
            return ""
    except CannotError as error:
        return str(error)


@contextmanager
def _begun(path: str, width: int, height: int) -> Iterator[Image]:
    """The picture in a file before it is decoded; whatever goes wrong with it is raised as `CannotError`."""
    if path.lower().endswith(".svg"):
        raise CannotError("an SVG, which a terminal cannot show")
    from PIL import Image, UnidentifiedImageError

    try:
        if os.path.getsize(path) > _MOST_BYTES:
            raise CannotError("the file is too large")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=_FORMATS) as image:
                image.draft("RGB", (2 * width, 2 * height))  # a JPEG is decoded as small as that
                if image.width * image.height > MOST_PIXELS:
                    raise CannotError(f"{image.width:,} × {image.height:,} pixels are more than can be shown")
                yield image
    except Image.DecompressionBombError:  # so many that its size is not told
        raise CannotError("it has more pixels than can be shown") from None
    except UnidentifiedImageError:
        raise CannotError("the file is no picture that can be read") from None
    except CannotError:
        raise
    except Exception as error:  # of the system, or whatever a decoder makes of foreign bytes
        why = getattr(error, "strerror", None)
        raise CannotError(f"it cannot be read: {why}" if why else "the file is broken") from None
