"""Kinds of organisation whose lists are never screened against, however the kind is spelt.

Matching applicants against lists of union members, patients, believers, whistle-blowers or journalists'
sources is blacklisting. A political party that is lawful is refused as well, unless a rule that prohibits
membership for the post is cited.

Source: Employment Relations Act 1999 (Blacklists) Regulations 2010, reg. 3; UK GDPR Art. 9; ECHR Art. 11
(Redfearn v United Kingdom, 2012).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["ALWAYS_REFUSED", "LAWFUL_PARTY", "refused_kind"]

LAWFUL_PARTY = "lawful-party"
"""Refused unless the passport's ``prohibited_by`` cites a rule."""

ALWAYS_REFUSED = ("union", "health", "religion", "whistle-blower", "journalism")
"""Refused whatever else the passport says."""

# Whole words of the kind, after folding. Stems end in "*".
_WORDS: dict[str, tuple[str, ...]] = {
    "union": ("union", "unions", "unionis*", "shop-steward", "works-council", "staff-association"),
    "health": ("health*", "medical*", "medicine", "patient*", "hospital*", "clinic*", "psychiatr*", "disab*"),
    "religion": (
        *(
            "religi*",
            "faith*",
            "church*",
            "mosque*",
            "synagogue*",
            "temple",
            "temples",
            "parish*",
            "congregation*",
        ),
        *("denomination*", "worship*"),
    ),
    "whistle-blower": ("whistleblow*", "whistle-blow*", "protected-disclosure*"),
    "journalism": (
        *("journalis*", "press", "newspaper*", "newsroom*", "reporter*", "news-media", "mass-media"),
        *("media-source*", "media-outlet*"),
    ),
    LAWFUL_PARTY: (
        *("party", "parties", "politics", "political-organi*", "political-movement*", "political-group*"),
        *("political-association*", "political-campaign*"),
    ),
}
# Words that are written together: "tradeunion", "politicalparty".
_JOINED: dict[str, re.Pattern[str]] = {
    "union": re.compile(r"(trades?|labou?r|workers?|teachers?|police|staff)unions?"),
    LAWFUL_PARTY: re.compile(r"(lawful|legal|political|registered)part(y|ies)"),
    "journalism": re.compile(r"newsmedia|presssources?"),
}


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    stems = "|".join(re.escape(word.removesuffix("*")) + r"\w*" * word.endswith("*") for word in words)
    return re.compile(rf"(?:^|-)(?:{stems})(?:-|$)")


_PATTERNS = {kind: _pattern(words) for kind, words in _WORDS.items()}


def _folded(text: str) -> str:
    """Lower-case words joined by hyphens; look-alike forms, accents and invisible characters removed."""
    parts = unicodedata.normalize("NFKD", text)
    visible = "".join(c for c in parts if unicodedata.category(c) not in {"Cf", "Mn"})
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", visible)
    return re.sub(r"[\W_]+", "-", spaced.casefold()).strip("-")


def refused_kind(organisation_kind: str) -> str | None:
    """Which refused kind a passport's ``organisation_kind`` means.

    Args:
        organisation_kind: As written: case, spaces, hyphens and plurals do not matter.

    Returns:
        One of ``ALWAYS_REFUSED``, ``LAWFUL_PARTY`` (which a cited rule may permit), or ``None`` for a
        kind that may be read.

    Example:
        >>> refused_kind("Trade Union"), refused_kind("whistleblowers"), refused_kind("political_party")
        ('union', 'whistle-blower', 'lawful-party')
        >>> refused_kind("extremist-forum") is None
        True
    """
    folded = _folded(organisation_kind)
    joined = folded.replace("-", "")
    for kind, pattern in _PATTERNS.items():
        if pattern.search(folded):
            return kind
        if kind in _JOINED and _JOINED[kind].search(joined):
            return kind
    return None
