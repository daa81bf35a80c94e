"""Two handles to a comparison level."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode, texts_at
from vetting.normalise.handles import compact_handle, handle_core, handle_tokens

__all__ = ["HANDLE_RULES", "compare_handles"]

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
)
_INDEX = {rule.key: index for index, rule in enumerate(HANDLE_RULES)}
_SHORTEST_CORE = 4  # shorter cores agree by chance too often to mean anything
_SHORTEST_EDIT = 6
_LONG = 10


def compare_handles(pairs: FormPairs) -> Comparisons:
    """Compare handles: as written, without separators, without edge digits, as words, by edits.

    Args:
        pairs: Forms of :func:`vetting.normalise.handles.handle_form`.

    Returns:
        For each pair the strongest rule that fires; ``shared`` is the code of the compact text or core
        on which they agree.

    Cost: edit distances only for pairs that no exact form settles.
    """
    compacts_left = [compact_handle(form) for form in pairs.left]
    compacts_right = [compact_handle(form) for form in pairs.right]
    form_l, form_r, _ = encode(pairs.left, pairs.right)
    compact_l, compact_r, compacts = encode(compacts_left, compacts_right)
    core_l, core_r, cores = encode(
        [handle_core(text) for text in compacts_left], [handle_core(text) for text in compacts_right]
    )
    words_l, words_r, words = encode(
        [" ".join(sorted(handle_tokens(form))) for form in pairs.left],
        [" ".join(sorted(handle_tokens(form))) for form in pairs.right],
    )
    left, right = pairs.left_codes, pairs.right_codes
    rule = np.zeros(pairs.size, np.int16)
    shared = np.full(pairs.size, -1, np.int32)
    length_l = np.array([len(text) for text in compacts_left], np.int32)
    length_r = np.array([len(text) for text in compacts_right], np.int32)

    same = compact_l[left] == compact_r[right]
    rule[same] = _INDEX["separators"]
    rule[form_l[left] == form_r[right]] = _INDEX["same"]
    shared[same] = compact_l[left][same]

    core_length = np.array([len(text) for text in cores], np.int32)
    alike = ~same & (core_l[left] == core_r[right]) & (core_length[core_l[left]] >= _SHORTEST_CORE)
    bare_l = np.array(
        [not text[:1].isdigit() and not text[-1:].isdigit() for text in compacts_left], np.bool_
    )
    bare_r = np.array(
        [not text[:1].isdigit() and not text[-1:].isdigit() for text in compacts_right], np.bool_
    )
    one_bare = bare_l[left] | bare_r[right]
    rule[alike] = np.where(one_bare[alike], _INDEX["digits_added"], _INDEX["other_digits"])

    several = np.array([" " in text for text in words], np.bool_)
    open_ = rule == 0
    turned = open_ & (words_l[left] == words_r[right]) & several[words_l[left]]
    rule[turned] = _INDEX["reordered"]

    shorter = np.minimum(length_l[left], length_r[right])
    open_ = np.flatnonzero((rule == 0) & (shorter >= _SHORTEST_EDIT))
    if len(open_):
        texts_l = texts_at(compacts_left, left[open_])
        texts_r = texts_at(compacts_right, right[open_])
        edits = cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
        rule[open_[edits == 1]] = _INDEX["one_edit"]
        rule[open_[(edits == 2) & (shorter[open_] >= _LONG)]] = _INDEX["two_edits"]
        inside = np.fromiter(
            (a in b or b in a for a, b in zip(texts_l, texts_r, strict=True)), np.bool_, len(open_)
        )
        rule[open_[inside & (rule[open_] == 0)]] = _INDEX["contained"]
    agreed = (rule > 0) & (shared < 0)
    shorter_is_left = length_l[left] <= length_r[right]
    shared[agreed] = np.where(shorter_is_left, compact_l[left], compact_r[right])[agreed]
    shared[alike] = len(compacts) + core_l[left][alike]
    return Comparisons(HANDLE_RULES, rule, shared, [*compacts, *cores])
