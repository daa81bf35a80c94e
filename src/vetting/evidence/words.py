"""Words for what an assessment shows: kinds, levels, bits, odds and expected coincidences."""

from __future__ import annotations

import math

from vetting.evidence.results import Evidence, Level

__all__ = [
    "KIND_TITLES",
    "LEVEL_TITLES",
    "ONLY_A_PERSON",
    "accident_words",
    "bits_text",
    "coincidence_words",
    "counted",
    "kind_title",
    "list_words",
    "odds_words",
    "round_count",
    "says_nothing",
    "standing",
    "why_missing",
]

ONLY_A_PERSON = "This is a candidate for review: only a person turns a candidate into a finding."

KIND_TITLES: dict[str, str] = {
    "name": "name",
    "handle": "handle",
    "email": "e-mail address",
    "phone": "telephone number",
    "date_of_birth": "date of birth",
    "place": "place or address",
    "url": "page address",
    "name_in_handle": "name in the handle",
}

LEVEL_TITLES: dict[Level, str] = {
    Level.EXACT: "the same",
    Level.CLOSE: "nearly the same",
    Level.PLAUSIBLE: "could be the same",
    Level.CONFLICT: "in conflict",
    Level.MISSING: "not compared",
}


def kind_title(kind: str) -> str:
    """Name an attribute for people; an unknown kind keeps its own name.

    Example:
        >>> kind_title("email"), kind_title("ham_radio")
        ('e-mail address', 'ham radio')
    """
    return KIND_TITLES.get(kind, kind.replace("_", " "))


def bits_text(bits: float) -> str:
    """Write bits with a sign and one decimal.

    Example:
        >>> bits_text(14.23), bits_text(-3), bits_text(-0.01)
        ('+14.2 bits', '-3.0 bits', '0.0 bits')
    """
    text = f"{bits:+.1f}"
    return "0.0 bits" if text in {"+0.0", "-0.0"} else f"{text} bits"


def odds_words(bits: float) -> str:
    """Say what bits mean: how many times as frequent for one person as for two, or the reverse.

    Example:
        >>> odds_words(10)
        'about 1,000 times as frequent for one person as for two different people'
        >>> odds_words(-3)
        'about 8 times as frequent for two different people as for one person'
    """
    if abs(bits) < 0.15:  # 2**.15 is 1.1: no difference worth words
        return "about as frequent for one person as for two different people"
    one, two = ("one person", "two different people") if bits > 0 else ("two different people", "one person")
    return f"about {round_count(2.0 ** min(abs(bits), 200.0))} times as frequent for {one} as for {two}"


def round_count(number: float) -> str:
    """Round a number of at least 1 to two digits, with words from a million on.

    Example:
        >>> round_count(1.43), round_count(18_734.2), round_count(41_234_567)
        ('1.4', '19,000', '41 million')
    """
    if number < 9.95:
        return f"{number:.1f}".removesuffix(".0")
    if number >= 1e15:
        return f"10 to the power of {math.floor(math.log10(number) + 1e-9)}"
    digits = math.floor(math.log10(number))
    rounded = round(number, 1 - digits)
    for size, name in ((1e12, "million million"), (1e9, "thousand million"), (1e6, "million")):
        if rounded >= size:
            return f"{rounded / size:,.1f}".removesuffix(".0") + f" {name}"
    return f"{rounded:,.0f}"


def coincidence_words(expected: float) -> str:
    """Say an expected number of coincidences as a whole sentence.

    Below one half it is close to the chance that a run shows one at all, and is said as "1 in so many".

    Args:
        expected: Pairs of two different people with at least this much evidence that the run would
            show by accident; 0 or more.

    Raises:
        ValueError: The number is negative or no number.

    Example:
        >>> coincidence_words(0.0025)
        'About 1 in 400 runs like this would show a pair this strong by accident.'
        >>> coincidence_words(3.2)
        'A run like this shows about 3.2 pairs this strong by accident: an accident is an ordinary explanation.'
    """
    if math.isnan(expected) or expected < 0:
        raise ValueError("expected coincidences are 0 or more")
    if expected < 1e-12:
        return "Fewer than 1 in a million million runs like this would show a pair this strong by accident."
    if expected < 0.5:
        return f"About 1 in {round_count(1 / expected)} runs like this would show a pair this strong by accident."
    if math.isinf(expected):
        return "No run could tell a pair like this from accident."
    number = round_count(expected) if expected >= 1 else f"{expected:.1f}"
    pairs = "pair" if number in {"1", "1.0"} else "pairs"
    return (
        f"A run like this shows about {number} {pairs} this strong by accident: "
        "an accident is an ordinary explanation."
    )


def accident_words(expected: float) -> str:
    """Say expected coincidences in a few words, for a table's cell.

    Example:
        >>> accident_words(0.0025), accident_words(1.8)
        ('1 in 400 runs', '1.8 a run')
    """
    if expected < 1e-12:
        return "less than 1 in 10¹² runs"
    if expected < 0.5:
        return f"1 in {round_count(1 / expected)} runs"
    return f"{round_count(expected) if expected >= 1 else f'{expected:.1f}'} a run"


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: ``1 list``, ``2,000 lists``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def says_nothing(item: Evidence) -> bool:
    """Whether two values were compared and the result is neither for nor against."""
    return item.level is not Level.MISSING and item.bits == 0


def standing(item: Evidence) -> str:
    """Say how an item of evidence enters the sum: its bits, or why it does not count.

    Example:
        >>> standing(Evidence(kind="email", level="exact", bits=9.0, counted=False, group="g"))
        'already counted (+9.0 bits alone)'
    """
    if item.level is Level.MISSING:
        return "not compared: 0 bits"
    if item.bits == 0:
        return "says nothing: 0 bits"
    return bits_text(item.bits) if item.counted else f"already counted ({bits_text(item.bits)} alone)"


def why_missing(item: Evidence) -> str:
    """Say why an attribute was not compared.

    Example:
        >>> why_missing(Evidence(kind="phone", level="missing", listed_value="+44 20 7946 0001"))
        'the applicant gave none'
    """
    if item.applicant_value and item.listed_value:
        return item.rule or "the values say nothing about one another, or cannot be used"
    if item.applicant_value:
        return "the list has none"
    return "the applicant gave none" if item.listed_value else "neither side has one"


def list_words(words: list[str]) -> str:
    """Join words as a sentence does.

    Example:
        >>> list_words(["name", "handle", "place"])
        'name, handle and place'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
