"""Two e-mail addresses, two telephone numbers or two pages to a comparison level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from vetting.compare.levels import Comparisons, FormPairs, LevelCode, Rule, encode, texts_at

__all__ = [
    "EMAIL_RULES",
    "PHONE_RULES",
    "URL_RULES",
    "compare_emails",
    "compare_phones",
    "compare_urls",
    "email_rule",
    "phone_rule",
    "url_rule",
]

EMAIL_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different addresses; people have several"),
    Rule("same", LevelCode.EXACT, "the same mailbox"),
    Rule("domain_typo", LevelCode.CLOSE, "the same local part; one character differs in the domain"),
    Rule("local_typo", LevelCode.CLOSE, "the same domain; one character differs in the local part"),
    Rule("other_domain", LevelCode.PLAUSIBLE, "the same local part at another domain"),
)
PHONE_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different numbers; people have several"),
    Rule("same", LevelCode.EXACT, "the same number"),
    Rule("national", LevelCode.CLOSE, "the same national digits; the country is not known on one side"),
    Rule("one_digit", LevelCode.PLAUSIBLE, "one digit differs"),
)
URL_RULES: tuple[Rule, ...] = (
    Rule("different", LevelCode.CONFLICT, "different pages"),
    Rule("same", LevelCode.EXACT, "the same page"),
)
_SHORTEST_LOCAL = 5  # "info" and "me" with a typo are other words


def compare_emails(pairs: FormPairs) -> Comparisons:
    """Compare addresses of :func:`vetting.normalise.contacts.email_form`.

    Returns:
        For each pair the strongest rule that fires; ``shared`` points to the local part where only that
        agrees, and to the whole address where all does.
    """
    locals_left, domains_left = _halves(pairs.left)
    locals_right, domains_right = _halves(pairs.right)
    whole_l, whole_r, wholes = encode(pairs.left, pairs.right)
    local_l, local_r, locals_ = encode(locals_left, locals_right)
    domain_l, domain_r, _ = encode(domains_left, domains_right)
    left, right = pairs.left_codes, pairs.right_codes
    same = whole_l[left] == whole_r[right]
    same_local = local_l[left] == local_r[right]
    same_domain = domain_l[left] == domain_r[right]
    rule = np.zeros(pairs.size, np.int16)
    rule[same_local] = 4
    near = _one_edit(same_local & ~same, texts_of=(domains_left, domains_right), pairs=pairs)
    rule[near] = 2
    lengths = np.array([len(text) for text in locals_], np.int32)
    long_enough = (lengths[local_l[left]] >= _SHORTEST_LOCAL) & (lengths[local_r[right]] >= _SHORTEST_LOCAL)
    rule[_one_edit(same_domain & ~same & long_enough, texts_of=(locals_left, locals_right), pairs=pairs)] = 3
    rule[same] = 1
    shared = np.where(same, whole_l[left], len(wholes) + local_l[left]).astype(np.int32)
    shared[rule == 0] = -1
    return Comparisons(EMAIL_RULES, rule, shared, [*wholes, *locals_])


def compare_phones(pairs: FormPairs) -> Comparisons:
    """Compare numbers of :func:`vetting.normalise.contacts.phone_form`."""
    whole_l, whole_r, wholes = encode(pairs.left, pairs.right)
    tails_left = [form.lstrip("~+")[-9:] for form in pairs.left]
    tails_right = [form.lstrip("~+")[-9:] for form in pairs.right]
    tail_l, tail_r, _ = encode(tails_left, tails_right)
    weak_l = np.array([form.startswith("~") for form in pairs.left], np.bool_)
    weak_r = np.array([form.startswith("~") for form in pairs.right], np.bool_)
    left, right = pairs.left_codes, pairs.right_codes
    rule = np.zeros(pairs.size, np.int16)
    same = whole_l[left] == whole_r[right]
    weak = weak_l[left] | weak_r[right] if pairs.size else np.empty(0, np.bool_)
    rule[_one_edit(~same, texts_of=(pairs.left, pairs.right), pairs=pairs)] = 3
    rule[~same & (tail_l[left] == tail_r[right]) & weak] = 2
    rule[same] = 1
    rule[same & weak] = 2
    shared = np.where(rule > 0, whole_l[left], -1).astype(np.int32)
    return Comparisons(PHONE_RULES, rule, shared, wholes)


def compare_urls(pairs: FormPairs) -> Comparisons:
    """Compare pages of :func:`vetting.normalise.contacts.url_form`, letter case of the path aside."""
    code_l, code_r, forms = encode(
        [form.casefold() for form in pairs.left], [form.casefold() for form in pairs.right]
    )
    left, right = pairs.left_codes, pairs.right_codes
    rule = (code_l[left] == code_r[right]).astype(np.int16)
    shared = np.where(rule > 0, code_l[left], -1).astype(np.int32)
    return Comparisons(URL_RULES, rule, shared, forms)


def _halves(forms: Sequence[str]) -> tuple[list[str], list[str]]:
    split = [form.rpartition("@") for form in forms]
    return [local for local, _, _ in split], [domain for _, _, domain in split]


def _one_edit(
    where: npt.NDArray[np.bool_], *, texts_of: tuple[Sequence[str], Sequence[str]], pairs: FormPairs
) -> npt.NDArray[np.int64]:
    """Return the pairs among ``where`` whose texts are one edit apart (optimal string alignment)."""
    asked = np.flatnonzero(where)
    if not len(asked):
        return asked
    distance = cpdist(
        texts_at(texts_of[0], pairs.left_codes[asked]),
        texts_at(texts_of[1], pairs.right_codes[asked]),
        scorer=OSA.distance,
        score_cutoff=1,
        dtype=np.int32,
    )
    near: npt.NDArray[np.int64] = asked[distance == 1]
    return near


def email_rule(left: str, right: str) -> tuple[int, str]:
    """Compare two addresses as :func:`compare_emails` does: the rule's number, and what is shared."""
    if left == right:
        return 1, left
    local_left, _, domain_left = left.rpartition("@")
    local_right, _, domain_right = right.rpartition("@")
    if local_left == local_right:
        return (2 if OSA.distance(domain_left, domain_right, score_cutoff=1) == 1 else 4), local_left
    if (
        domain_left == domain_right
        and min(len(local_left), len(local_right)) >= _SHORTEST_LOCAL
        and OSA.distance(local_left, local_right, score_cutoff=1) == 1
    ):
        return 3, local_left
    return 0, ""


def phone_rule(left: str, right: str) -> tuple[int, str]:
    """Compare two numbers as :func:`compare_phones` does: the rule's number, and what is shared."""
    weak = left.startswith("~") or right.startswith("~")
    if left == right:
        return (2 if weak else 1), left
    if weak and left.lstrip("~+")[-9:] == right.lstrip("~+")[-9:]:
        return 2, left
    return (3, left) if OSA.distance(left, right, score_cutoff=1) == 1 else (0, "")


def url_rule(left: str, right: str) -> tuple[int, str]:
    """Compare two pages as :func:`compare_urls` does: the rule's number, and what is shared."""
    shared = left.casefold()
    return (1, shared) if shared == right.casefold() else (0, "")
