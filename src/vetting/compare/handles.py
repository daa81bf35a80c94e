"""Two handles to a comparison level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from vetting.compare.handle_features import GAP, SharedRuns, marked_texts, shared_runs
from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode, texts_at
from vetting.normalise.handles import HandleTexts, handle_texts

__all__ = ["HANDLE_RULES", "HandleComparisons", "compare_handles"]

HANDLE_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different handles"),
    Rule("same", LevelCode.EXACT, "the same handle, letter case aside"),
    Rule("separators", LevelCode.EXACT, "the same letters and digits; only separators differ"),
    Rule("digits_added", LevelCode.CLOSE, "the same handle with digits added at an end"),
    Rule("reordered", LevelCode.CLOSE, "the same words and numbers in another order"),
    Rule("one_edit", LevelCode.CLOSE, "one character differs"),
    Rule("other_digits", LevelCode.PLAUSIBLE, "the same letters with other digits at the ends"),
    Rule("contained", LevelCode.PLAUSIBLE, "one handle contains the other"),
    Rule("two_edits", LevelCode.PLAUSIBLE, "two characters differ in a long handle"),
    Rule("shared_most", LevelCode.CLOSE, "most of both handles is the same"),
    Rule("shared_part", LevelCode.PLAUSIBLE, "the handles have a part in common"),
    Rule(
        "evened",
        LevelCode.CLOSE,
        "the same once digits for letters, repeated letters and letters that look alike are evened out",
    ),
)
RULE_NUMBERS = {rule.key: index for index, rule in enumerate(HANDLE_RULES)}
SHORTEST_CORE = 4  # shorter cores agree by chance too often to mean anything
SHORTEST_EDIT = 6
SHORTEST_EVENED = 5
LONG = 10
# A part is worth a word from four characters in a row on, or two pieces of three, or one that is the whole
# of a handle. Most of both: eight characters and three quarters of the longer handle.
SHORTEST_PART = 4
MOST_CHARACTERS = 8
MOST_SHARE = 0.75


@frozen(eq=False, kw_only=True)
class HandleComparisons(Comparisons):
    """Handles compared, with the marks on which the weights of inexact agreement stand.

    Attributes:
        left_texts: Compact text of each left form.
        right_texts: Compact text of each right form.
        rows: Shape (k,): the pairs that agree in part; not those that agree whole, or evened out.
        runs: What each of these has in common, a row for each of ``rows``.
        cores_agree: Shape (k,): whether they are equal but for digits at the ends.
    """

    left_texts: Sequence[str]
    right_texts: Sequence[str]
    rows: npt.NDArray[np.int64]
    runs: SharedRuns
    cores_agree: npt.NDArray[np.bool_]


def compare_handles(pairs: FormPairs) -> HandleComparisons:
    """Compare handles: as written, without separators, without edge digits, as words, by edits, by parts.

    Args:
        pairs: Forms of :func:`vetting.normalise.handles.handle_form`.

    Returns:
        For each pair the strongest rule that fires. ``shared`` points to the compact text or the core on
        which they agree, or to the pieces they have in common, with :data:`GAP` between pieces.

    Cost: edit distances and common runs only for pairs that no exact form settles.
    """
    lefts, rights = ([handle_texts(form) for form in side] for side in (pairs.left, pairs.right))
    compacts_left, compacts_right = ([texts.compact for texts in side] for side in (lefts, rights))
    form_l, form_r, _ = encode([texts.written for texts in lefts], [texts.written for texts in rights])
    compact_l, compact_r, compacts = encode(compacts_left, compacts_right)
    core_l, core_r, cores = encode([texts.core for texts in lefts], [texts.core for texts in rights])
    left, right = pairs.left_codes, pairs.right_codes
    rule = np.zeros(pairs.size, np.int16)
    same = compact_l[left] == compact_r[right]
    rule[same] = RULE_NUMBERS["separators"]
    rule[form_l[left] == form_r[right]] = RULE_NUMBERS["same"]

    core_length = np.array([len(text) for text in cores], np.int32)
    cores_agree = ~same & (core_l[left] == core_r[right]) & (core_length[core_l[left]] >= SHORTEST_CORE)
    one_bare = _bare(lefts)[left] | _bare(rights)[right]
    rule[cores_agree] = np.where(
        one_bare[cores_agree], RULE_NUMBERS["digits_added"], RULE_NUMBERS["other_digits"]
    )
    turned = _same([texts.turned for texts in lefts], [texts.turned for texts in rights], pairs)
    rule[(rule == 0) & turned] = RULE_NUMBERS["reordered"]
    evened = _same([_long(texts.evened) for texts in lefts], [_long(texts.evened) for texts in rights], pairs)
    evened &= rule == 0
    rule[evened] = RULE_NUMBERS["evened"]
    _edits(rule, compacts_left, compacts_right, pairs)

    open_ = np.flatnonzero(~same & ~evened)
    compact_pairs = FormPairs(compacts_left, compacts_right, left, right)
    runs = shared_runs(compact_pairs, open_)
    rule[open_] = _parts(rule[open_], runs, compact_pairs, open_)
    agreed = rule[open_] > 0
    open_ = open_[agreed]
    runs = SharedRuns(runs.left[agreed], runs.right[agreed], runs.longest[agreed])
    shared = np.full(pairs.size, -1, np.int32)
    shared[same] = compact_l[left][same]
    # Of the two texts the first in the alphabet, so that swapping the sides changes nothing.
    rank = np.argsort(np.argsort(np.array(compacts or [""])))
    earlier = np.where(rank[compact_l[left]] <= rank[compact_r[right]], compact_l[left], compact_r[right])
    shared[evened] = earlier[evened]
    shared[cores_agree] = len(compacts) + core_l[left][cores_agree]
    texts = _shared_texts(compact_pairs, open_, runs)
    distinct: dict[str, int] = {}
    codes = np.array([distinct.setdefault(text, len(distinct)) if text else -1 for text in texts], np.int32)
    inexact = ~cores_agree[open_] & (codes >= 0)
    shared[open_[inexact]] = len(compacts) + len(cores) + codes[inexact]
    return HandleComparisons(
        rules=HANDLE_RULES,
        rule=rule,
        shared=shared,
        shared_forms=[*compacts, *cores, *distinct],
        left_texts=compacts_left,
        right_texts=compacts_right,
        rows=open_,
        runs=runs,
        cores_agree=cores_agree[open_],
    )


def _same(lefts: Sequence[str], rights: Sequence[str], pairs: FormPairs) -> npt.NDArray[np.bool_]:
    """Whether a text of either side is the same and not empty."""
    left, right, texts = encode(lefts, rights)
    told = np.array([bool(text) for text in texts] or [False], np.bool_)
    same: npt.NDArray[np.bool_] = left[pairs.left_codes] == right[pairs.right_codes]
    return same & told[left[pairs.left_codes]]


def _long(evened: str) -> str:
    return evened if len(evened) >= SHORTEST_EVENED else ""


def _bare(texts: Sequence[HandleTexts]) -> npt.NDArray[np.bool_]:
    return np.array([one.bare for one in texts], np.bool_)


def _edits(
    rule: npt.NDArray[np.int16], compacts_left: Sequence[str], compacts_right: Sequence[str], pairs: FormPairs
) -> None:
    """Set the rules of one or two edits, and of one text inside the other, where none is set."""
    length_l = np.array([len(text) for text in compacts_left], np.int32)
    length_r = np.array([len(text) for text in compacts_right], np.int32)
    shorter = np.minimum(length_l[pairs.left_codes], length_r[pairs.right_codes])
    open_ = np.flatnonzero((rule == 0) & (shorter >= SHORTEST_EDIT))
    if not len(open_):
        return
    texts_l = texts_at(compacts_left, pairs.left_codes[open_])
    texts_r = texts_at(compacts_right, pairs.right_codes[open_])
    edits = cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    rule[open_[edits == 1]] = RULE_NUMBERS["one_edit"]
    rule[open_[(edits == 2) & (shorter[open_] >= LONG)]] = RULE_NUMBERS["two_edits"]
    inside = np.fromiter(
        (a in b or b in a for a, b in zip(texts_l, texts_r, strict=True)), np.bool_, len(open_)
    )
    rule[open_[inside & (rule[open_] == 0)]] = RULE_NUMBERS["contained"]


def _parts(
    rule: npt.NDArray[np.int16], runs: SharedRuns, pairs: FormPairs, rows: npt.NDArray[np.int64]
) -> npt.NDArray[np.int16]:
    """Fill in the rules of shared parts where none is set."""
    length_l = np.array([len(text) for text in pairs.left], np.int64)[pairs.left_codes[rows]]
    length_r = np.array([len(text) for text in pairs.right], np.int64)[pairs.right_codes[rows]]
    shared = np.minimum(runs.shared_left, runs.shared_right)
    part = (runs.longest >= SHORTEST_PART) | (shared >= 2 * SHORTEST_PART - 2)
    part |= (shared > 0) & (shared == np.minimum(length_l, length_r))
    most = (shared >= MOST_CHARACTERS) & (shared >= MOST_SHARE * np.maximum(length_l, length_r))
    found = np.where(most, RULE_NUMBERS["shared_most"], np.where(part, RULE_NUMBERS["shared_part"], 0))
    filled: npt.NDArray[np.int16] = np.where(rule == 0, found, rule).astype(np.int16)
    return filled


def _shared_texts(pairs: FormPairs, rows: npt.NDArray[np.int64], runs: SharedRuns) -> list[str]:
    """The shared pieces as one text: of the side where they are fewer, so that swapping changes nothing."""
    lefts = marked_texts(pairs.left, pairs.left_codes[rows], runs.left)
    rights = marked_texts(pairs.right, pairs.right_codes[rows], runs.right)
    fewer = (runs.shared_left - runs.shared_right).tolist()
    return [
        left if less < 0 or (less == 0 and (left.count(GAP), left) <= (right.count(GAP), right)) else right
        for left, right, less in zip(lefts, rights, fewer, strict=True)
    ]
