"""Masks: which numbers are found, and the keys of those."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.search import masks
from studytool.search.masks import Picked, numbers

FLAGS = st.lists(st.booleans(), max_size=40)


@given(FLAGS)
def test_few_numbers_are_the_same_as_many(flags: list[bool]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for sparse in (0, 10**9):
            patch.setattr(masks, "SPARSE", sparse)
            assert list(numbers(bytes(flags))) == [number for number, flag in enumerate(flags) if flag]


@given(FLAGS, st.lists(st.one_of(st.integers(-45, 45), st.slices(40)), max_size=5))
def test_the_keys_of_a_mask_are_those_of_a_list(flags: list[bool], asked: list[int | slice]) -> None:
    keys = [f"key{number}" for number in range(len(flags))]
    listed = [key for key, flag in zip(keys, flags, strict=True) if flag]
    picked = Picked(keys, bytes(flags))
    for at in asked:
        if isinstance(at, int) and not -len(listed) <= at < len(listed):
            with pytest.raises(IndexError):
                picked[at]
        else:
            assert picked[at] == listed[at]
    assert list(picked) == listed
    assert len(picked) == len(listed)
    assert list(reversed(picked)) == listed[::-1]
    assert [picked.index(key) for key in listed] == list(range(len(listed)))
    with pytest.raises(ValueError, match="none"):
        picked.index("none")
