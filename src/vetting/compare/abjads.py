"""A word in Arabic or Hebrew letters and one in Latin letters: is the one a usual spelling of the other?

Every letter is a table's line: the Latin spellings that it has. Consonants must be there; long vowels
must be there as some vowel; short vowels, which these scripts do not write, may stand between consonants.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["spells"]

_CONSONANTS = {
    "ب": "b|p", "پ": "p", "ت": "th?", "ث": "th|s|t", "ج": "dzh|dj|zh|j|g|c", "چ": "tch|ch|cz|c|s", "ح": "h|kh", "خ": "kh|ch|h|k|x",
    "د": "d", "ذ": "dh|z|th|d", "ر": "r", "ز": "z|s", "ژ": "zh|j|z", "س": "s|c|z", "ش": "sch|sh|ch|s|x", "ص": "s|c",
    "ض": "dh|d|z", "ط": "t", "ظ": "dh|z|th|d", "غ": "gh|g|q", "ف": "ff?|ph|v|p", "ق": "gh|q|k|g|c", "ك": "ck|k|c|q|g",
    "گ": "gh|g", "ل": "l", "م": "m", "ن": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r|d", "ں": "n",
    "ב": "b|v|w", "ג": "g|j", "ד": "d", "ז": "z|s", "ח": "ch|kh|h|x", "ט": "t", "כ": "ck|ch|kh|k|c|h", "ל": "l", "מ": "m",
    "נ": "n", "ס": "s|c", "פ": "ph|p|f", "צ": "tz|ts|z|s|c", "ק": "ck|k|c|q", "ר": "r", "ש": "sch|sh|s", "ת": "th|t",
}  # fmt: skip
# Repetitions are bounded, so that no word, however hostile, takes long to refuse.
_VAV, _YOD = "(?=[aeiou]{0,2}[wvou])[aeiouwv]{1,4}", "(?=[aeiou]{0,2}[yiej])[aeiouyj]{1,4}"
_LONG = {"ا": "[aeio]{1,2}", "א": "[aeio]{0,2}", "و": _VAV, "ו": _VAV, "ي": _YOD, "י": _YOD}
_FIRST = {
    "ا": "[aeiou]{1,2}", "א": "[aeiou]{1,2}", "ع": "[aeiou]", "ע": "[aeiou]",
    "ي": "[yij]", "י": "[yij]", "و": "[wvou]", "ו": "[wvou]",
}  # fmt: skip
_LAST = {"ا": "ah?", "ي": "[aeiy]{1,3}", "י": "[aeiy]{1,3}", "ه": "[aeo]h?|h", "ה": "[aeo]h?|h"}
_THROAT, _BREATH = "عע", "هה"
# A short vowel is one letter; "ou" is one in French spellings, but not before the last letter: Mahmoud has a long one.
_SHORT = "(?:ou(?=...)|[aeiouy])?"
_SHORTEST, _LONGEST = 2, 14


@lru_cache(maxsize=65_536)
def _pattern(word: str) -> re.Pattern[str]:
    parts = ["(?:al|el)?"]
    end = len(word) - 1
    for place, letter in enumerate(word):
        if place == 0 and letter in _FIRST:
            parts.append(_FIRST[letter] + _SHORT)
        elif place == end and letter in _LAST:
            parts.append(f"(?:{_LAST[letter]})")
        elif letter in _LONG:
            parts.append(_LONG[letter])
        elif letter in _THROAT:
            parts.append("[aeiou]?")
        elif letter in _BREATH:
            parts.append("h?" + _SHORT)
        else:
            short = "e?" if place == end else _SHORT
            parts.append(f"(?:{_CONSONANTS.get(letter, letter)}){{1,2}}{short}")
    return re.compile("".join(parts))


def spells(latin: str, word: str) -> bool:
    """Whether a Latin word is a usual spelling of a word in Arabic or Hebrew letters.

    Args:
        latin: Lower-case ASCII letters.
        word: As :func:`vetting.normalise.abjads.abjad_words` gives it.

    Example:
        >>> spells("mohammed", "\u0645\u062d\u0645\u062f"), spells("mahmoud", "\u0645\u062d\u0645\u062f")
        (True, False)
    """
    if min(len(latin), len(word)) < _SHORTEST or len(word) > _LONGEST or len(latin) > 2 * _LONGEST:
        return False
    return _pattern(word).fullmatch(latin) is not None
