"""Words in Arabic and Hebrew letters: one spelling of each letter, and the parts that compounds have.

These scripts write consonants and long vowels. A transliteration letter by letter would invent the rest,
so such words keep their letters, and are compared with Latin ones by :mod:`vetting.compare.abjads`.
"""

from __future__ import annotations

import re
from unicodedata import category

__all__ = ["abjad_words", "is_abjad"]

_ABJAD = re.compile(r"[\u05d0-\u05ea\u0621-\u064a\u066e-\u06d3]+")
# Letters that are written for one another: alef and its carriers, ya, kaf and ha of Persian and Urdu,
# ta marbuta, and the final forms of Hebrew.
_ONE_LETTER = str.maketrans(
    {old: new for new, olds in {
        "ا": "أإآٱ", "ي": "ىیےئ", "ك": "ک", "و": "ؤ", "ه": "ۀةہھە", "כ": "ך", "מ": "ם", "נ": "ן", "פ": "ף", "צ": "ץ",
        "": "\u0621\u0640",  # hamza alone, and the stroke that only lengthens
    }.items() for old in olds}
)  # fmt: skip
_ARTICLE = "ال"
_SHORTEST_WITH_ARTICLE = 4
_SERVANT, _GOD = "عبد", "الله"
_SHORTEST_SERVED = 2
# Words that are particles in Latin letters, too, and titles.
_LATIN = {"بن": "bin", "ابن": "ibn", "بنت": "bint", "ابو": "abu", "ال": "al", "בן": "ben", "אבו": "abu",
          "عبد": "abd", "عبدالله": "abdullah", "שיך": "", "شيخ": "", "حاج": "", "دكتور": ""}  # fmt: skip


def is_abjad(word: str) -> bool:
    """Whether a word of a name's form is in Arabic or Hebrew letters.

    Example:
        >>> is_abjad("\u062d\u0633\u0646"), is_abjad("hassan")
        (True, False)
    """
    return not word.isascii() and _ABJAD.fullmatch(word) is not None


def abjad_words(word: str) -> list[str] | None:
    """Bring one written word to its comparable words; ``None`` if it is in other letters.

    Vowel signs go, letters that stand for one another become one, the article goes, and a compound of
    "servant of" is divided, however it was spaced.

    Args:
        word: A word without spaces, with or without marks.

    Returns:
        Words in the same letters, and particles in Latin ones.

    Example:
        >>> abjad_words("\u0639\u0628\u062f\u0627\u0644\u0631\u062d\u0645\u0646") == ["abd", "\u0631\u062d\u0645\u0646"]
        True
    """
    bare = "".join(letter for letter in word if not category(letter).startswith("M"))
    if not is_abjad(bare):
        return None
    bare = bare.translate(_ONE_LETTER)
    if bare in _LATIN:
        return [_LATIN[bare]] if _LATIN[bare] else []
    if bare.startswith(_SERVANT + _ARTICLE) and len(bare) >= len(_SERVANT + _ARTICLE) + _SHORTEST_SERVED:
        return ["abd", bare.removeprefix(_SERVANT + _ARTICLE)]
    if bare.startswith(_ARTICLE) and len(bare) > _SHORTEST_WITH_ARTICLE:
        bare = bare.removeprefix(_ARTICLE)
        if bare in _LATIN:
            return [_LATIN[bare]] if _LATIN[bare] else []
    return [bare] if bare else []
