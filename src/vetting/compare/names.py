"""Two names of persons to a comparison level: words aligned one to one, whatever their order.

Whole-string similarity is never the verdict: it calls "Anna Smith" and "Ana Smythe" as alike as "Anna
Smith" and "Alan Smith".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode
from vetting.compare.tokens import (
    EXACT,
    INITIAL,
    LOOSE,
    SPELLING,
    UNLIKE,
    VARIANT,
    token_likeness,
)
from vetting.compare.variants import NameVariants
from vetting.normalise.names import GIVEN_PARTICLES, PARTICLES

__all__ = [
    "GRADED",
    "MOST_TOKENS",
    "NAME_RULES",
    "RULE_NUMBERS",
    "SHORTEST_JOINED",
    "NameComparisons",
    "compare_names",
]

NAME_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "no name in common"),
    Rule("partly", LevelCode.CONFLICT, "a name in common, but each side has another that the other lacks"),
    Rule("same", LevelCode.EXACT, "the same names"),
    Rule("variant", LevelCode.CLOSE, "the same names, in short forms or other spellings"),
    Rule("extra", LevelCode.CLOSE, "the same names, and one side has a further one"),
    Rule("joined", LevelCode.CLOSE, "the same letters, divided into names differently"),
    Rule("initial", LevelCode.PLAUSIBLE, "one name agrees, another only by its initial"),
    Rule("single", LevelCode.PLAUSIBLE, "one side gives a single name, which agrees"),
)
RULE_NUMBERS = {rule.key: index for index, rule in enumerate(NAME_RULES)}
# What aligned names are graded as, in the order in which it is asked; the last for all that remain.
GRADED = tuple(
    RULE_NUMBERS[key] for key in ("different", "partly", "single", "same", "variant", "extra", "initial")
)
MOST_TOKENS = 6
SHORTEST_JOINED = 5
_CHUNK = 50_000  # pairs a round: 36 likenesses each


@frozen(eq=False, kw_only=True)
class NameComparisons(Comparisons):
    """Names compared, with the alignment on which the weights stand.

    Attributes:
        tokens: Shape (n, 6): code of each left word that was aligned, -1 elsewhere.
        likeness: Shape (n, 6): its class of likeness to the right word.
        unmatched: Shape (n, 2): words of more than a letter, particles aside, left over on each side.
    """

    tokens: npt.NDArray[np.int32]
    likeness: npt.NDArray[np.int8]
    unmatched: npt.NDArray[np.int16]


def compare_names(pairs: FormPairs, *, variants: NameVariants | None = None) -> NameComparisons:
    """Align the words of names, greedily from the most alike, and grade the outcome.

    Args:
        pairs: Forms of :func:`vetting.normalise.names.name_form`.
        variants: Names that stand for one another; ``None`` for the known ones.

    Returns:
        The rule for each pair, and its alignment; ``shared_forms`` is the vocabulary of ``tokens``.

    Cost: likeness once per distinct pair of words; memory 50,000 x 36 classes at a time.
    """
    vocabulary: dict[str, int] = {}
    left = _token_codes(pairs.left, vocabulary)
    right = _token_codes(pairs.right, vocabulary)
    words = list(vocabulary)
    minor = np.array([word in PARTICLES for word in words] or [False], np.bool_)
    given = np.array([word in GIVEN_PARTICLES for word in words] or [False], np.bool_)
    single = np.array([len(word) == 1 for word in words] or [False], np.bool_)
    joins = _adjacent_joined(left, words, vocabulary), _adjacent_joined(right, words, vocabulary)
    rule = np.zeros(pairs.size, np.int16)
    tokens = np.full((pairs.size, MOST_TOKENS), -1, np.int32)
    likeness = np.zeros((pairs.size, MOST_TOKENS), np.int8)
    unmatched = np.zeros((pairs.size, 2), np.int16)
    for start in range(0, pairs.size, _CHUNK):
        here = slice(start, start + _CHUNK)
        a, b = left[pairs.left_codes[here]], right[pairs.right_codes[here]]
        a = _merged(a, joins[0][pairs.left_codes[here]], b)
        b = _merged(b, joins[1][pairs.right_codes[here]], a)
        found, partner = _align(*_likeness(a, b, words, variants))
        tokens[here] = np.where(found > UNLIKE, a, -1)
        likeness[here] = found
        taken = np.zeros(b.shape, np.bool_)
        rows, places = np.nonzero(found > UNLIKE)
        taken[rows, partner[rows, places]] = True
        full_a, full_b = (a >= 0) & ~minor[a], (b >= 0) & ~minor[b]
        full_a[:, 0] |= (a[:, 0] >= 0) & given[a[:, 0]]
        full_b[:, 0] |= (b[:, 0] >= 0) & given[b[:, 0]]
        # A name of particles alone is still a name.
        full_a |= (a >= 0) & ~full_a.any(axis=1, keepdims=True)
        full_b |= (b >= 0) & ~full_b.any(axis=1, keepdims=True)
        alone_a = full_a & (found == UNLIKE)
        alone_b = full_b & ~taken
        unmatched[here, 0] = (alone_a & ~single[a]).sum(axis=1)
        unmatched[here, 1] = (alone_b & ~single[b]).sum(axis=1)
        rule[here] = _graded(
            found * full_a, (alone_a.sum(axis=1), alone_b.sum(axis=1)), full_a.sum(axis=1), full_b.sum(axis=1)
        )
    joined = _join(pairs, rule)
    # All words of the side that divides the letters more finely stand behind a joined name.
    a, b = left[pairs.left_codes[joined]], right[pairs.right_codes[joined]]
    finer = ((a >= 0).sum(axis=1) >= (b >= 0).sum(axis=1))[:, None]
    tokens[joined] = np.where(finer, a, b)
    likeness[joined] = np.where(tokens[joined] >= 0, EXACT, UNLIKE)
    return NameComparisons(
        NAME_RULES,
        rule,
        np.full(pairs.size, -1, np.int32),
        words,
        tokens=tokens,
        likeness=likeness,
        unmatched=unmatched,
    )


def _graded(
    found: npt.NDArray[np.int8],
    alone: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    count_a: npt.NDArray[np.int64],
    count_b: npt.NDArray[np.int64],
) -> npt.NDArray[np.int16]:
    exact = (found == EXACT).sum(axis=1)
    near = ((found == VARIANT) | (found == SPELLING) | (found == LOOSE)).sum(axis=1)
    initial = (found == INITIAL).sum(axis=1)
    agreed = exact + near
    contradicted = (alone[0] > 0) & (alone[1] > 0)
    whole = (alone[0] == 0) & (alone[1] == 0)
    one_word = (count_a == 1) != (count_b == 1)
    return np.select(
        [
            agreed == 0,
            contradicted,
            one_word,
            whole & (near == 0) & (initial == 0),
            whole & (initial == 0),
            agreed >= 2,
        ],
        list(GRADED[:-1]),
        default=GRADED[-1],
    ).astype(np.int16)


def _token_codes(forms: Sequence[str], vocabulary: dict[str, int]) -> npt.NDArray[np.int32]:
    codes = np.full((len(forms), MOST_TOKENS), -1, np.int32)
    for row, form in enumerate(forms):
        for place, token in enumerate(form.split()[:MOST_TOKENS]):
            codes[row, place] = vocabulary.setdefault(token, len(vocabulary))
    return codes


def _adjacent_joined(
    codes: npt.NDArray[np.int32], words: Sequence[str], vocabulary: Mapping[str, int]
) -> npt.NDArray[np.int32]:
    """For each word and the next, the code of both as one word, where such a word occurs: shape (n, 5)."""
    joined = np.full((len(codes), MOST_TOKENS - 1), -1, np.int32)
    for row, place in zip(*np.nonzero(codes[:, 1:] >= 0), strict=True):
        whole = words[codes[row, place]] + words[codes[row, place + 1]]
        if len(whole) > SHORTEST_JOINED:
            joined[row, place] = vocabulary.get(whole, -1)
    return joined


def _merged(
    own: npt.NDArray[np.int32], joined: npt.NDArray[np.int32], other: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Write two words as one where the other name does: "Xiao Ming" for Xiaoming, "Anne Marie" for Annemarie."""
    rows = np.flatnonzero((joined >= 0).any(axis=1))
    found = (joined[rows][:, :, None] == other[rows][:, None, :]).any(axis=2) & (joined[rows] >= 0)
    rows, found = rows[found.any(axis=1)], found[found.any(axis=1)]
    if not len(rows):
        return own
    place = found.argmax(axis=1)
    taken = np.arange(MOST_TOKENS)[None, :]
    shifted = np.c_[own[rows][:, 1:], np.full(len(rows), -1, np.int32)]
    merged = np.where(taken > place[:, None], shifted, own[rows])
    merged[np.arange(len(rows)), place] = joined[rows, place]
    own = own.copy()
    own[rows] = merged
    return own


def _join(pairs: FormPairs, rule: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Grade names that are the same once the spaces go: unspaced scripts, and "Anne Marie" for "Annemarie".

    Returns:
        The pairs that are now joined.
    """
    left, right, _ = encode(
        [form.replace(" ", "") for form in pairs.left], [form.replace(" ", "") for form in pairs.right]
    )
    long_enough = np.array([len(form) > SHORTEST_JOINED for form in pairs.left], np.bool_)
    open_ = np.isin(
        rule,
        [RULE_NUMBERS["different"], RULE_NUMBERS["partly"], RULE_NUMBERS["single"], RULE_NUMBERS["initial"]],
    )
    joined = (left[pairs.left_codes] == right[pairs.right_codes]) & long_enough[pairs.left_codes]
    rule[open_ & joined] = RULE_NUMBERS["joined"]
    return np.flatnonzero(open_ & joined)


Grid = tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]


def _likeness(
    a: npt.NDArray[np.int32], b: npt.NDArray[np.int32], words: Sequence[str], variants: NameVariants | None
) -> Grid:
    """Class of likeness, and similarity, of every word of a with every word of b: shape (n, 6, 6)."""
    first = np.broadcast_to(a[:, :, None], (*a.shape, b.shape[1]))
    second = np.broadcast_to(b[:, None, :], first.shape)
    classes = np.where((first == second) & (first >= 0), EXACT, UNLIKE).astype(np.int8)
    open_ = np.nonzero((first >= 0) & (second >= 0) & (classes == UNLIKE))
    paired = first[open_].astype(np.int64) << 32 | second[open_]
    distinct, back = np.unique(paired, return_inverse=True)
    left = [words[code] for code in (distinct >> 32).tolist()]
    right = [words[code] for code in (distinct & 0xFFFFFFFF).tolist()]
    found, similar = token_likeness(left, right, variants=variants)
    classes[open_] = found[back]
    similarity = (classes == EXACT).astype(np.float32)
    similarity[open_] = similar[back]
    return classes, similarity


def _align(
    classes: npt.NDArray[np.int8], similarity: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int64]]:
    """Pair the words one to one, the most alike first; ties go to nearer places, then to earlier words.

    Returns:
        For each left word its class of likeness, and the place of its right word.
    """
    count, size, _ = classes.shape
    apart = np.abs(np.arange(size)[:, None] - np.arange(size)[None, :])
    strength = classes.astype(np.int32) * 1000 + (similarity * 900).astype(np.int32) - apart
    left_open = np.where(classes > UNLIKE, strength, 0).reshape(count, size * size).astype(np.int32)
    found = np.zeros((count, size), np.int8)
    partner = np.zeros((count, size), np.int64)
    everyone = np.arange(count)
    for _ in range(size):
        best = left_open.argmax(axis=1)
        rows = np.flatnonzero(left_open[everyone, best] > 0)
        if not len(rows):
            break
        i, j = best[rows] // size, best[rows] % size
        found[rows, i] = classes[rows, i, j]
        partner[rows, i] = j
        grid = left_open.reshape(count, size, size)
        grid[rows, i, :] = 0
        grid[rows, :, j] = 0
    return found, partner
