"""Whom a card of a large note has beside it: the same whatever else the note holds, and worked out once."""

from __future__ import annotations

from hashlib import blake2b

from studytool.notes import load_library
from studytool.quiz import faces
from studytool.quiz.faces import Shelf, digest

CARDS = 300


def test_a_large_note_gives_the_nearest_by_a_hash_and_is_sampled_once_a_card(tmp_path, monkeypatch):
    note = "\n".join(f"Q: What is item {number}?\nA: The value {number}.\n" for number in range(CARDS))
    (tmp_path / "large.md").write_text(f"# Large\n\n{note}")
    shelf = Shelf(load_library([tmp_path], root=tmp_path))
    every = [shelf.face(place) for place in range(CARDS)]
    hashed = []
    monkeypatch.setattr(faces, "blake2b", lambda *told, **more: hashed.append(told) or blake2b(*told, **more))
    for face in every[:3]:
        hashed.clear()
        for _ in range(3):
            found = shelf.siblings(face)
        assert len(hashed) == CARDS
        nearest = sorted(every, key=lambda other: digest(face.card.key, other.card.key))[:48]
        assert found == [other for other in nearest if other is not face]
