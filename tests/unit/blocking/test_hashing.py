from __future__ import annotations

import numpy as np

from vetting.blocking.hashing import combine, hash_texts


def fnv1a(text: str) -> int:
    """The same, a byte at a time, obviously right."""
    mask = (1 << 64) - 1
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & mask
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & mask
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & mask
    return value ^ (value >> 31)


def test_the_vectorised_hash_is_fnv_with_the_splitmix_finaliser() -> None:
    texts = ["", "a", "vornskald", "вереск", "a" * 300, "山田", "b", ""]
    assert hash_texts(texts).tolist() == [fnv1a(text) for text in texts]


def test_no_texts_have_no_hashes() -> None:
    assert hash_texts([]).shape == (0,)
    assert hash_texts([]).dtype == np.uint64


def test_a_combination_depends_on_the_order_and_on_both() -> None:
    a, b, c = (hash_texts([text]) for text in "abc")
    assert len({int(combine(left, right)[0]) for left, right in [(a, b), (b, a), (a, c), (a, a)]}) == 4


def test_a_hundred_thousand_texts_do_not_collide() -> None:
    assert len(np.unique(hash_texts([f"h:{n}" for n in range(100_000)]))) == 100_000
