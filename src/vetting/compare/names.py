"""Two names of persons to a comparison level: words aligned one to one, whatever their order.

Whole-string similarity is never the verdict: it calls "Anna Smith" and "Ana Smythe" as alike as "Anna
Smith" and "Alan Smith".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode
from vetting.compare.tokens import EXACT, INITIAL, SPELLING, UNLIKE, VARIANT, token_likeness, word_likeness
from vetting.normalise.names import GIVEN_PARTICLES, PARTICLES

__all__ = ["NAME_RULES", "NameComparisons", "compare_names", "name_rule"]

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
_INDEX = {rule.key: index for index, rule in enumerate(NAME_RULES)}
_MOST_TOKENS = 6
_SHORTEST_JOINED = 5
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


def compare_names(pairs: FormPairs) -> NameComparisons:
    """Align the words of names, greedily from the most alike, and grade the outcome.

    Args:
        pairs: Forms of :func:`vetting.normalise.names.name_form`.

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
    rule = np.zeros(pairs.size, np.int16)
    tokens = np.full((pairs.size, _MOST_TOKENS), -1, np.int32)
    likeness = np.zeros((pairs.size, _MOST_TOKENS), np.int8)
    unmatched = np.zeros((pairs.size, 2), np.int16)
    for start in range(0, pairs.size, _CHUNK):
        here = slice(start, start + _CHUNK)
        a, b = left[pairs.left_codes[here]], right[pairs.right_codes[here]]
        found, partner = _align(*_likeness(a, b, words))
        tokens[here] = np.where(found > UNLIKE, a, -1)
        likeness[here] = found
        taken = np.zeros(b.shape, np.bool_)
        rows, places = np.nonzero(found > UNLIKE)
        taken[rows, partner[rows, places]] = True
        full_a, full_b = (a >= 0) & ~minor[a], (b >= 0) & ~minor[b]
        full_a[:, 0] |= (a[:, 0] >= 0) & given[a[:, 0]]
        full_b[:, 0] |= (b[:, 0] >= 0) & given[b[:, 0]]
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
    near = ((found == VARIANT) | (found == SPELLING)).sum(axis=1)
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
        [
            _INDEX["different"],
            _INDEX["partly"],
            _INDEX["single"],
            _INDEX["same"],
            _INDEX["variant"],
            _INDEX["extra"],
        ],
        default=_INDEX["initial"],
    ).astype(np.int16)


def _token_codes(forms: Sequence[str], vocabulary: dict[str, int]) -> npt.NDArray[np.int32]:
    codes = np.full((len(forms), _MOST_TOKENS), -1, np.int32)
    for row, form in enumerate(forms):
        for place, token in enumerate(form.split()[:_MOST_TOKENS]):
            codes[row, place] = vocabulary.setdefault(token, len(vocabulary))
    return codes


def _join(pairs: FormPairs, rule: npt.NDArray[np.int16]) -> npt.NDArray[np.int64]:
    """Grade names that are the same once the spaces go: unspaced scripts, and "Anne Marie" for "Annemarie".

    Returns:
        The pairs that are now joined.
    """
    left, right, _ = encode(
        [form.replace(" ", "") for form in pairs.left], [form.replace(" ", "") for form in pairs.right]
    )
    long_enough = np.array([len(form) > _SHORTEST_JOINED for form in pairs.left], np.bool_)
    open_ = np.isin(rule, [_INDEX["different"], _INDEX["partly"], _INDEX["single"], _INDEX["initial"]])
    joined = (left[pairs.left_codes] == right[pairs.right_codes]) & long_enough[pairs.left_codes]
    rule[open_ & joined] = _INDEX["joined"]
    return np.flatnonzero(open_ & joined)


Grid = tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]


def _likeness(a: npt.NDArray[np.int32], b: npt.NDArray[np.int32], words: Sequence[str]) -> Grid:
    """Class of likeness, and similarity, of every word of a with every word of b: shape (n, 6, 6)."""
    first = np.broadcast_to(a[:, :, None], (*a.shape, b.shape[1]))
    second = np.broadcast_to(b[:, None, :], first.shape)
    classes = np.where((first == second) & (first >= 0), EXACT, UNLIKE).astype(np.int8)
    open_ = np.nonzero((first >= 0) & (second >= 0) & (classes == UNLIKE))
    paired = first[open_].astype(np.int64) << 32 | second[open_]
    distinct, back = np.unique(paired, return_inverse=True)
    left = [words[code] for code in (distinct >> 32).tolist()]
    right = [words[code] for code in (distinct & 0xFFFFFFFF).tolist()]
    found, similar = token_likeness(left, right)
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


def name_rule(left: str, right: str) -> tuple[int, list[int]]:
    """Compare two names as :func:`compare_names` does.

    Returns:
        The rule's number, and the class of likeness of each word that was aligned.
    """
    words_left, full_left = _words(left)
    words_right, full_right = _words(right)
    found = _aligned(words_left, words_right)
    if not found and len(left) <= _SHORTEST_JOINED:
        return _INDEX["different"], []
    left_over = sum(full and i not in found for i, full in enumerate(full_left))
    taken = {j for j, _ in found.values()}
    right_over = sum(full and j not in taken for j, full in enumerate(full_right))
    counted = [likeness for i, (_, likeness) in found.items() if full_left[i]]
    rule = _grade(counted, left_over, right_over, (sum(full_left), sum(full_right)))
    if rule in _OPEN and len(left) > _SHORTEST_JOINED and left.replace(" ", "") == right.replace(" ", ""):
        return _INDEX["joined"], [EXACT] * max(len(words_left), len(words_right))
    return rule, [likeness for _, likeness in found.values()]


_OPEN = frozenset(_INDEX[key] for key in ("different", "partly", "single", "initial"))


@lru_cache(maxsize=65_536)
def _words(form: str) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The words of a name that are looked at, and which of them are more than particles."""
    words = tuple(form.split()[:_MOST_TOKENS])
    full = [word not in PARTICLES for word in words]
    full[:1] = [full[0] or words[0] in GIVEN_PARTICLES]
    return words, tuple(full)


def _aligned(words_left: Sequence[str], words_right: Sequence[str]) -> dict[int, tuple[int, int]]:
    """As :func:`_align`: place on the left -> place on the right, and likeness."""
    pairs = []
    for i, a in enumerate(words_left):
        for j, b in enumerate(words_right):
            likeness, similar = (EXACT, 900) if a == b else word_likeness(a, b)
            if likeness:
                pairs.append((abs(i - j) - likeness * 1000 - similar, i, j, likeness))
    found: dict[int, tuple[int, int]] = {}
    taken = set()
    for _, i, j, likeness in sorted(pairs):
        if i not in found and j not in taken:
            found[i] = j, likeness
            taken.add(j)
    return found


def _grade(counted: Sequence[int], left_over: int, right_over: int, counts: tuple[int, int]) -> int:
    """Grade one pair as :func:`_graded`."""
    initial, exact = counted.count(INITIAL), counted.count(EXACT)
    agreed = len(counted) - initial
    if not agreed:
        return _INDEX["different"]
    if left_over and right_over:
        return _INDEX["partly"]
    if (counts[0] == 1) != (counts[1] == 1):
        return _INDEX["single"]
    if not (left_over or right_over or initial):
        return _INDEX["same" if agreed == exact else "variant"]
    return _INDEX["extra" if agreed >= 2 else "initial"]
