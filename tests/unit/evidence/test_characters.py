from __future__ import annotations

import numpy as np
import pytest

from vetting.evidence.characters import ALPHABET, CharacterModel, count_trigrams

SIZE = len(ALPHABET)


def counted_slowly(texts: list[str]) -> dict[tuple[int, int, int], int]:
    found: dict[tuple[int, int, int], int] = {}
    for text in texts:
        codes = [0, 0]
        codes += [
            ALPHABET.index(chr(byte)) if chr(byte) in ALPHABET[1:-1] else SIZE - 1 for byte in text.encode()
        ]
        codes.append(0)
        for gram in zip(codes, codes[1:], codes[2:], strict=False):
            found[gram] = found.get(gram, 0) + 1
    return found


def test_trigrams_are_counted_with_their_start_and_end() -> None:
    texts = ["vorn", "vorn", "a", "", "вереск", "x_9"]
    counts = count_trigrams(texts)
    assert {
        (place // SIZE**2, place // SIZE % SIZE, place % SIZE): int(counts[place])
        for place in np.flatnonzero(counts).tolist()
    } == counted_slowly(texts)


def test_no_texts_have_no_trigrams() -> None:
    assert count_trigrams([]).sum() == 0


def test_a_longer_text_of_the_same_kind_is_rarer_and_a_common_one_is_not() -> None:
    model = CharacterModel(count_trigrams(["anna", "annabel", "hannah"] * 50))
    short, long, odd = model.bits(["anna", "annaannaanna", "xqzv"])
    assert short < long
    assert short < odd


def test_a_text_does_not_make_itself_common() -> None:
    others = count_trigrams(["maren", "tilda", "oswin"])
    own = count_trigrams(["xqzvkw", "xqzvkw"])
    without = CharacterModel(others).bits(["xqzvkw"], seen=0)[0]
    assert CharacterModel(others + own).bits(["xqzvkw"], seen=2)[0] == pytest.approx(without, rel=0.1)


def test_the_end_of_a_very_long_text_adds_no_rarity() -> None:
    model = CharacterModel(count_trigrams([]))
    assert model.bits(["v" * 64])[0] == model.bits(["v" * 5_000])[0]


def test_texts_of_one_character_share_less_than_the_whole_probability() -> None:
    model = CharacterModel(count_trigrams(["vorn", "skald"]))
    ends = model.bits(list(ALPHABET[1:-1]), seen=0)
    assert 0 < np.exp2(-ends).sum() < 1
