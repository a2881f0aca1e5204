"""The key of a card: a hash of what it says, so that it stays the same wherever the card moves; that of a file."""

from __future__ import annotations

from unicodedata import normalize

from studytool.digests import blake2b

_SEPARATOR = "\x1f"  # the unit separator: `clean` keeps it out of every text


def card_key(kind: str, prompt: str, answer: str, deletion: str = "", occurrence: int = 0) -> str:
    """32 hex digits naming a card's content: BLAKE2b-128 over its parts after NFC and white-space folding.

    `deletion` is the hidden text of a cloze card and `occurrence` counts equal deletions of one text from 0. Case
    counts: `W` and `w` are different cards.
    """
    if not (prompt.isascii() and answer.isascii() and deletion.isascii()):  # plain ASCII is in NFC already
        prompt, answer, deletion = normalize("NFC", prompt), normalize("NFC", answer), normalize("NFC", deletion)
    prompt, answer = " ".join(prompt.split()), " ".join(answer.split())
    deletion = " ".join(deletion.split()) if deletion else ""
    told = f"{kind}{_SEPARATOR}{prompt}{_SEPARATOR}{answer}{_SEPARATOR}{deletion}{_SEPARATOR}{occurrence}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def digest_of(content: bytes) -> bytes:
    """The name of a file's content: BLAKE2b-128."""
    return blake2b(content, digest_size=16).digest()
