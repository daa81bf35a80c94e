"""The skeleton of a word of a name: the consonants that its spellings have in common, in any script.

A coarse key to meet by, never a reason to call two words alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter

from vetting.normalise.abjads import is_abjad

__all__ = ["skeletons"]

# First what is written with several letters; then each letter by itself.
_GROUPS = (
    (re.compile(r"(?<=[oe])ff$"), "v"),
    (re.compile(r"^(?:dzh|zh|dj|y|i|j)(?=[aeou])"), "J"),
    (re.compile(r"shch|sch|tsch|sh|sz"), "s"),
    (re.compile(r"tch|cz|kh|ch|x(?=i)"), "H"),
    (re.compile(r"dzh|zh|dj"), "Z"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"tz|ts|c(?=[eiy])|z"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c"), "k"),
    (re.compile(r"(?<=[dtgbr])h"), ""),
    (re.compile(r"^[wv]"), "V"),
    (re.compile(r"(?<=.)h$|[aeiouyjwv']"), ""),
)
_REPEATED = re.compile(r"(.)\1+")
_ONCE = itemgetter(1)  # a template of one group takes five times as long
# Where a letter is read in two ways, both; vowels and their carriers are nothing.
_LETTERS = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "t", "ج": "g-", "چ": "h", "ح": "h", "خ": "h", "د": "d", "ذ": "d", "ر": "r",
    "ز": "s", "ژ": "z", "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "غ": "g", "ف": "f", "ق": "k",
    "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n",
    "ב": "b-", "ג": "g", "ד": "d", "ה": "h", "ז": "s", "ח": "h", "ט": "t", "כ": "kh", "ל": "l", "מ": "m", "נ": "n",
    "ס": "s", "פ": "pf", "צ": "s", "ק": "k", "ר": "r", "ש": "s", "ת": "t",
}  # fmt: skip
_FIRST = {"ב": "bv", "ج": "jg"}
_INITIALS = {"ي": "j", "و": "v", "י": "j", "ו": "v"}
_MOST = 4


@lru_cache(maxsize=262_144)
def skeletons(word: str) -> tuple[str, ...]:
    """Return the skeletons of a word of a name's form, usually one.

    Args:
        word: As in :func:`vetting.normalise.names.name_form`.

    Returns:
        One to four; the word itself where it has no consonants, or is in a script that is not read here.

    Example:
        >>> skeletons("mohammed") == skeletons("muhamad") == skeletons("\u0645\u062d\u0645\u062f")
        True
        >>> skeletons("sergey") == skeletons("serguei"), skeletons("mueller") == skeletons("muller")
        (True, True)
    """
    if is_abjad(word):
        return _of_abjad(word)
    if not word.isascii():
        return (word,)
    bare = word
    for pattern, kept in _GROUPS:
        bare = pattern.sub(kept, bare)
    return (_REPEATED.sub(_ONCE, bare.lower()) or word[:1],)


def _of_abjad(word: str) -> tuple[str, ...]:
    found = [_INITIALS.get(word[0], "")]
    for place, letter in enumerate(word):
        ways = _LETTERS.get(letter, "-")
        if place and place == len(word) - 1 and letter in "هה":
            ways = "-"
        if place == len(word) - 1 and letter in "حח":
            ways = "h-"
        if not place and letter in _FIRST:
            ways = _FIRST[letter]
        found = [start + way.strip("-") for start in found for way in ways][:_MOST]
    return tuple(dict.fromkeys(_REPEATED.sub(_ONCE, text) or word[:1] for text in found))
