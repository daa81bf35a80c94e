"""Names of persons: tokens without titles, in ASCII letters; Arabic and Hebrew keep their own."""

from __future__ import annotations

import re
from unicodedata import category, normalize

from vetting.normalise.abjads import abjad_words
from vetting.normalise.text import ascii_letters

__all__ = [
    "GIVEN_PARTICLES",
    "PARTICLES",
    "PLAIN_NAME",
    "SPECIAL_WORDS",
    "first_and_last",
    "name_form",
    "name_variants",
    "telling_tokens",
]

_TITLES = frozenset(
    "mr mrs ms miss mx master dr doctor prof professor sir dame lord lady rev revd reverend fr father "
    "capt captain col colonel lt sgt cpl pte pc wpc dc ds di dci cllr hon mme mlle herr frau señor senor "
    "sr sra srta sheikh shaikh shaykh mullah maulavi mawlawi sayyid sayyed haji hajji hadji".split()
)
_SUFFIXES = frozenset(
    "jr jnr junior snr senior ii iii iv obe mbe cbe phd md msc bsc ba ma esq qpm kc qc".split()
)
PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le el al bin ibn bint ben abu ter ten zu zur af av of "
    "the y e san santa st ul ud ur".split()
)
# An unspaced name in Han or Hangul: the family name is one character, with few exceptions, and comes first.
_EAST_ASIAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3]{2,4}|[\uac00-\ud7a3]{5,6}")
# Usual Latin spellings of Korean family names, which differ from any transliteration.
_HANGUL_FAMILIES = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "윤": "yoon",
    "장": "jang", "임": "lim", "한": "han", "오": "oh", "서": "seo", "신": "shin", "권": "kwon", "황": "hwang",
    "안": "ahn", "송": "song", "류": "ryu", "유": "yoo", "전": "jeon", "홍": "hong", "고": "ko", "문": "moon",
}  # fmt: skip
# "Servant of": one word or two, with the article in any of its spellings.
_SERVANT = re.compile(r"abd[aeou]l(?=[a-z]{3})")
_SERVANTS = frozenset("abdul abdel abdal abdol abdur abdus abdu".split())
_GODS = frozenset({"allah", "ullah", "الله"})
_GOD = re.compile(r"abd[aeou]?ll?a+h?")
# Particles that are given names when they come first.
GIVEN_PARTICLES = frozenset({"ben", "al", "del", "abu", "le"})
_SPLIT = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")

PLAIN_NAME = "^[A-Za-z]{2,}(?: [A-Za-z]+)*$"
"""Names whose form is their lower case, unless they have one of :data:`SPECIAL_WORDS`."""
SPECIAL_WORDS = f"(?i)(?:^| )(?:{'|'.join(sorted(_TITLES | _SUFFIXES | _GODS))}|abd[a-z]*)(?: |$)"


def name_form(text: str) -> str:
    """Reduce a name to its tokens: lower-case ASCII, no titles or suffixes, ``Family, Given`` put in order.

    Words in Arabic and Hebrew letters keep these, each letter in one spelling. "Abdulrahman" and "Abd
    al-Rahman" become the same words.

    Args:
        text: A whole name as written.

    Returns:
        Tokens joined by spaces; empty for a text without letters, of titles only, or of single letters only.

    Example:
        >>> name_form("Dr. O'Brien-Smith, María José")
        'maria jose obrien smith'
        >>> name_form("Mr.")
        ''
    """
    # A family name before a comma is put last, so that the order means the same everywhere.
    family, comma, given = text.partition(",")
    if comma and given.strip() and not _all_in(given, _SUFFIXES):
        text = f"{given} {family}"
    tokens = _tokens(text)
    kept = [token for token in _compounds(tokens) if token not in _TITLES and not token.isdigit()]
    while len(kept) > 1 and kept[-1] in _SUFFIXES:
        kept.pop()
    return " ".join(kept) if any(len(token) > 1 for token in kept) else ""


def _compounds(tokens: list[str]) -> list[str]:
    """Write "servant of" as a word of its own: always "abd", and "abdullah" for the commonest."""
    words: list[str] = []
    for token in tokens:
        served = _SERVANT.match(token)
        if token in _GODS and words[-1:] == ["abd"]:
            words[-1] = "abdullah"
        elif _GOD.fullmatch(token):
            words.append("abdullah")
        elif token in _SERVANTS:
            words.append("abd")
        elif served:
            words += ["abd", token[served.end() :]]
        else:
            words.append(token)
    return words


def _tokens(text: str) -> list[str]:
    text = _APOSTROPHES.sub("", text)
    if text.isascii():
        return [token for token in _SPLIT.split(text.lower()) if token]
    # Emoji and other symbols have transliterations too ("tada"), but are no part of a name. Marks stay
    # until the transliteration, which needs them: й is not и, and Indic vowels are marks.
    folded = "".join(
        c if category(c)[0] in "LM" else "" if category(c) == "Cf" else " "
        for c in normalize("NFKC", text).casefold()
    )
    parts = folded.split()
    if len(parts) == 1 and _EAST_ASIAN.fullmatch(parts[0]):
        whole = parts[0]
        last = whole[0] not in _HANGUL_FAMILIES and whole[-1] in _HANGUL_FAMILIES
        parts = [whole[:-1], whole[-1]] if last else [whole[0], whole[1:]]
    return [token for part in parts if part for token in _in_ascii(part)]


def _in_ascii(token: str) -> list[str]:
    """Transliterate one token, or bring it to one spelling in its own letters."""
    if token.isascii():
        return [token]
    if token in _HANGUL_FAMILIES:
        return [_HANGUL_FAMILIES[token]]
    native = abjad_words(token)
    if native is not None:
        return native
    parts = [part for part in _SPLIT.split(_APOSTROPHES.sub("", ascii_letters(token))) if part]
    # A syllable that would become a single letter stays as it is: it is a name, not an initial.
    return [part if len(part) > 1 else token for part in parts]


def _all_in(text: str, words: frozenset[str]) -> bool:
    return all(token in words for token in _tokens(text))


def telling_tokens(form: str) -> list[str]:
    """Split a name's form into its tokens, without particles; in the first place "Ben" is a name.

    Example:
        >>> telling_tokens("ludwig van beethoven"), telling_tokens("ben smith")
        (['ludwig', 'beethoven'], ['ben', 'smith'])
    """
    tokens = form.split()
    first = tokens[:1] if tokens and (tokens[0] not in PARTICLES or tokens[0] in GIVEN_PARTICLES) else []
    return [*first, *(token for token in tokens[1:] if token not in PARTICLES)] or tokens


def first_and_last(form: str) -> tuple[str, str]:
    """Return the given and the family name of a form, as they stand in handles; empty for a single name.

    Example:
        >>> first_and_last("ludwig van beethoven"), first_and_last("cher")
        (('ludwig', 'beethoven'), ('', ''))
    """
    tokens = telling_tokens(form)
    return (tokens[0], tokens[-1]) if len(tokens) > 1 and form.replace(" ", "").isalnum() else ("", "")


def name_variants(form: str) -> dict[str, str]:
    """Return the ways in which a name is commonly written as a handle, letters only.

    Args:
        form: A name's form.

    Returns:
        Variant text -> which variant it is (``"given+family"``, ``"initial+family"``, ...). Variants of
        fewer than five letters are left out: they say too little.

    Example:
        >>> name_variants("john smith")["jsmith"]
        'initial+family'
    """
    tokens = telling_tokens(form)
    if not form.isascii():
        tokens = [_SPLIT.sub("", _APOSTROPHES.sub("", ascii_letters(token))) for token in tokens]
    if len(tokens) < 2 or not all(token.isalnum() for token in tokens):
        return {}
    given, family = tokens[0], tokens[-1]
    variants: dict[str, str] = {}
    for text, kind in (
        (given + family, "given+family"),
        (family + given, "family+given"),
        ("".join(tokens), "all names"),
        (given[0] + family, "initial+family"),
        (family + given[0], "family+initial"),
        (given + family[0], "given+initial"),
        ("".join(t[0] for t in tokens[:-1]) + family, "initials+family"),
    ):
        if len(text) >= 5:
            variants.setdefault(text, kind)
    return variants
