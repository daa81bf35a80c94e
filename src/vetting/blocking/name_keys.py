"""The key texts of names, and the keys of very many names at once.

Names of two words in Latin letters, which are most, are worked on all together; of others the texts are made
one by one. A law holds both ways to the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from vetting.blocking.hashing import Hashes, hash_texts
from vetting.normalise.names import PARTICLES, name_variants, telling_tokens
from vetting.normalise.skeletons import skeletons
from vetting.normalise.texts import are_few, encoded, utf8

__all__ = [
    "FormKeys",
    "NameKeys",
    "initials",
    "name_keys",
    "name_texts",
    "skeleton_initials",
    "skeleton_texts",
]

_MOST_TOKENS = 6  # longer names are cut here: 15 pairs of tokens are enough to meet
_MOST_SKELETONS, _MOST_CROSSED = 3, 2  # of the longest words
_SHORTEST_VARIANT = 5  # as in name_variants


@frozen(eq=False)
class FormKeys:
    """Keys and the forms that have them.

    Attributes:
        codes: Shape (n,): number of the form, in any order.
        keys: Shape (n,).
    """

    codes: npt.NDArray[np.int64]
    keys: Hashes

    @classmethod
    def of(cls, codes: npt.NDArray[np.integer], forms: Sequence[str], texts_of: TextsOf) -> FormKeys:
        """Hash the key texts of some forms, one form after the other.

        Args:
            codes: Shape (n,).
            forms: n forms.
            texts_of: Called once for each form.
        """
        found = [texts_of(form) for form in forms]
        counts = np.fromiter(map(len, found), np.int64, len(found))
        texts = [text for some in found for text in some]
        return cls(np.repeat(codes.astype(np.int64), counts), hash_texts(texts))

    @classmethod
    def joined(cls, parts: Sequence[FormKeys]) -> FormKeys:
        """Put the keys of several rules together."""
        return cls(
            np.concatenate([part.codes for part in parts]), np.concatenate([part.keys for part in parts])
        )


TextsOf = Callable[[str], Sequence[str]]


@frozen(eq=False)
class NameKeys:
    """The keys of names, by themselves and for crossing with others.

    Attributes:
        whole: Keys of their own: variants as handles, two tokens, the skeletons of two.
        initials: First letters of tokens.
        skeletons: Of a token.
        skeleton_initials: The skeleton of a token, with the first letter of another.
    """

    whole: FormKeys
    initials: FormKeys
    skeletons: FormKeys
    skeleton_initials: FormKeys


def name_keys(forms: Sequence[str]) -> NameKeys:
    """Return the keys of names' forms.

    Args:
        forms: n distinct forms, none empty.

    Cost: some three microseconds a name of two words, thirty for another.
    """
    every = np.arange(len(forms))
    if are_few(forms):
        ways = (name_texts, initials, skeleton_texts, skeleton_initials)
        return NameKeys(*(FormKeys.of(every, forms, texts_of) for texts_of in ways))
    plain, pair = _Pairs.among(forms)
    others = every[~plain]
    rest = [forms[code] for code in others.tolist()]
    return NameKeys(
        FormKeys.joined([*pair.whole(), FormKeys.of(others, rest, name_texts)]),
        FormKeys.joined([*pair.initials(), FormKeys.of(others, rest, initials)]),
        FormKeys.joined([*pair.skeletons(), FormKeys.of(others, rest, skeleton_texts)]),
        FormKeys.joined([*pair.skeleton_initials(), FormKeys.of(others, rest, skeleton_initials)]),
    )


@frozen(eq=False)
class _Pairs:
    """Names of two different words that sound different: numbers of forms, and of the words and their skeletons.

    Words and skeletons are numbered by the alphabet.
    """

    codes: npt.NDArray[np.int64]
    words: pa.Array
    bones: pa.Array
    word: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
    bone: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]

    @classmethod
    def among(cls, forms: Sequence[str]) -> tuple[npt.NDArray[np.bool_], _Pairs]:
        """Find such names; returns which forms they are, too."""
        split = pc.split_pattern(pa.array(forms, pa.large_string()), " ")
        starts = split.offsets.to_numpy()
        codes, distinct = encoded(split.values)
        order = pc.sort_indices(pa.array(distinct))
        words = pa.array(distinct).take(order)
        rank = np.empty(len(distinct), np.int64)
        rank[order.to_numpy()] = np.arange(len(distinct))
        texts = words.to_pylist()
        usual = np.fromiter(
            (len(text) > 1 and text.isascii() and text.isalnum() and text not in PARTICLES for text in texts),
            np.bool_,
            len(texts),
        )
        bone_codes, bones = encoded([skeletons(text)[0] for text in texts])
        bone_order = pc.sort_indices(pa.array(bones))
        bone_rank = np.empty(len(bones), np.int64)
        bone_rank[bone_order.to_numpy()] = np.arange(len(bones))
        plain = np.diff(starts) == 2
        at = starts[:-1][plain]
        one, other = rank[codes[at]], rank[codes[at + 1]]
        of_word = bone_rank[bone_codes]
        fits = usual[one] & usual[other] & (of_word[one] != of_word[other])
        plain[plain] = fits
        one, other = one[fits], other[fits]
        return plain, cls(
            np.flatnonzero(plain), words, pa.array(bones).take(bone_order),
            (one, other), (of_word[one], of_word[other]),
        )  # fmt: skip

    def whole(self) -> list[FormKeys]:
        given, family = (self.words.take(pa.array(word)) for word in self.word)
        letters = pc.utf8_slice_codeunits(self.words, 0, 1)
        first, last = (letters.take(pa.array(word)) for word in self.word)
        variants = [(given, family), (family, given), (first, family), (family, first), (given, last)]
        return [
            *(self._hashed("c:", one, other, "", shortest=_SHORTEST_VARIANT) for one, other in variants),
            self._hashed("n:", *_ordered(self.words, self.word), " "),
            self._hashed("k:", *_ordered(self.bones, self.bone), " "),
        ]

    def initials(self) -> list[FormKeys]:
        letters = hash_texts(pc.utf8_slice_codeunits(self.words, 0, 1), prefix="i:")
        return [FormKeys(self.codes, letters[word]) for word in self.word]

    def skeletons(self) -> list[FormKeys]:
        bones = hash_texts(self.bones, prefix="k:")
        return [FormKeys(self.codes, bones[bone]) for bone in self.bone]

    def skeleton_initials(self) -> list[FormKeys]:
        letters = pc.utf8_slice_codeunits(self.bones, 0, 1)
        one, other = (pa.array(bone) for bone in self.bone)
        return [
            self._hashed("k:", self.bones.take(own), letters.take(next_to), " ")
            for own, next_to in ((one, other), (other, one))
        ]

    def _hashed(
        self, prefix: str, one: pa.Array, other: pa.Array, between: str, *, shortest: int = 0
    ) -> FormKeys:
        texts = pc.binary_join_element_wise(one, other, pa.scalar(between, pa.large_string()))
        keys = hash_texts(texts, prefix=prefix)
        if not shortest:
            return FormKeys(self.codes, keys)
        starts, _ = utf8(texts)
        kept = np.diff(starts) >= shortest
        return FormKeys(self.codes[kept], keys[kept])


def _ordered(
    texts: pa.Array, pair: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
) -> tuple[pa.Array, pa.Array]:
    return texts.take(pa.array(np.minimum(*pair))), texts.take(pa.array(np.maximum(*pair)))


def name_texts(form: str) -> list[str]:
    """Return the key texts of a name by itself."""
    tokens = _telling(form)
    texts = [f"c:{variant}" for variant in name_variants(form)]
    texts += [f"n:{first} {second}" for first, second in combinations(sorted(tokens), 2)]
    texts = texts or [f"n:{token}" for token in tokens]
    found = _skeletons(form)
    return texts + [
        f"k:{first} {second}" for one, other in combinations(found, 2) for first, second in _both(one, other)
    ]


def _both(one: Sequence[str], other: Sequence[str]) -> list[list[str]]:
    return [sorted((first, second)) for first in one for second in other]


def _skeletons(form: str) -> list[tuple[str, ...]]:
    """Skeletons of the longest words of a name."""
    found = list(dict.fromkeys(skeletons(token) for token in _telling(form)))
    return sorted(found, key=lambda ways: -len(ways[0]))[:_MOST_SKELETONS]


def skeleton_texts(form: str) -> list[str]:
    """Return the skeletons of the longest words."""
    return [f"k:{text}" for ways in _skeletons(form)[:_MOST_CROSSED] for text in ways]


def skeleton_initials(form: str) -> list[str]:
    """Return the skeleton of a word, with the first letter of another: one letter stands for a word."""
    kept = _skeletons(form)[:_MOST_CROSSED]
    others = [*kept, *((token,) for token in form.split()[:_MOST_TOKENS] if len(token) == 1)]
    return list(
        dict.fromkeys(
            f"k:{text} {other[0][0]}" for own in kept for text in own for other in others if other != own
        )
    )


def initials(form: str) -> list[str]:
    """Return the first letters of a name's tokens."""
    return [f"i:{initial}" for initial in sorted({token[0] for token in form.split()[:_MOST_TOKENS]})]


def _telling(form: str) -> list[str]:
    return list(dict.fromkeys(token for token in telling_tokens(form) if len(token) > 1))[:_MOST_TOKENS]
