"""Handles as people choose them: from their name, from words and digits, invented, or what many choose.

The mixture matters: how rare a handle is, is learned from the list and the roster themselves.
"""

from __future__ import annotations

from random import Random

__all__ = ["COMMON", "handle_from_name", "pick_handle", "respell"]

# What many choose; they appear in several spellings and on both sides by chance.
COMMON = ("nightwolf", "shadow", "admin", "ghost", "maverick", "phoenix", "hunter", "raven", "titan", "blade")

_FIRST = [
    "old",
    "iron",
    "grey",
    "stone",
    "winter",
    "silent",
    "black",
    "red",
    "north",
    "lone",
    "wild",
    "rusty",
    "broken",
    "hollow",
    "misty",
    "copper",
    "frosty",
    "lazy",
    "angry",
    "mad",
    "happy",
    "northern",
    "border",
    "hill",
    "river",
    "coal",
    "salt",
    "amber",
    "tall",
    "quiet",
    "early",
    "second",
    "plain",
    "royal",
]
_SECOND = [
    "badger",
    "heron",
    "anvil",
    "lantern",
    "hammer",
    "meadow",
    "rider",
    "walker",
    "smith",
    "miller",
    "fox",
    "otter",
    "hare",
    "kestrel",
    "barrow",
    "beacon",
    "forge",
    "harbour",
    "ridge",
    "thistle",
    "bramble",
    "piper",
    "drummer",
    "keeper",
    "watcher",
    "ferryman",
    "shepherd",
    "tinker",
    "cooper",
    "archer",
    "falcon",
    "stag",
    "crow",
    "owl",
    "magpie",
    "wren",
    "kettle",
    "biscuit",
    "teapot",
    "wellies",
    "spanner",
    "tractor",
    "whippet",
]
_STARTS = [
    "bran",
    "cor",
    "dun",
    "eld",
    "fen",
    "gar",
    "hal",
    "ith",
    "kel",
    "lor",
    "mor",
    "nor",
    "os",
    "pen",
    "quil",
    "ren",
    "sel",
    "tor",
    "ul",
    "vor",
    "wen",
    "yar",
    "zeph",
]
_MIDDLES = ["a", "e", "i", "o", "u", "ae", "or", "en", "il", "ow", "an", "er"]
_ENDS = [
    "dric",
    "wyn",
    "mere",
    "skald",
    "thorn",
    "gard",
    "heim",
    "rook",
    "dale",
    "wick",
    "rin",
    "moth",
    "vane",
    "lock",
    "hollow",
    "stead",
]
_SEPARATORS = ("", "", "", "_", ".", "-", " ")


def _digits(rng: Random, year: int | None) -> str:
    if year is not None and rng.random() < 0.5:
        return rng.choice((str(year), f"{year % 100:02}"))
    return rng.choice(
        (str(rng.randrange(10)), f"{rng.randrange(100):02}", f"{rng.randrange(1000)}", "_uk", "x")
    )


def respell(rng: Random, handle: str) -> str:
    """Another spelling of a common handle: case, a separator, digits or letters around it."""
    middle = rng.randrange(2, len(handle) - 1)
    return rng.choice((
        handle,
        handle.capitalize(),
        handle.upper(),
        handle[:middle] + rng.choice("_.-") + handle[middle:],
        f"{handle}{rng.randrange(100):02}",
        f"{handle.capitalize()}_UK",
        f"x{handle.capitalize()}x",
        f"the_{handle}",
        f"{handle}_",
    ))  # fmt: skip


def handle_from_name(rng: Random, given: str, family: str, year: int | None) -> str:
    """A handle or the local part of an address made from a person's own name.

    Args:
        rng: The source of chance.
        given: Given name.
        family: Family name.
        year: Year of birth, which some append; ``None`` for never.
    """
    first, last = given.lower(), family.lower().replace("'", "").replace("-", "")
    dot = rng.choice((".", "_", ""))
    stem = rng.choice((
        f"{first}{dot}{last}", f"{first}{dot}{last}", f"{first[0]}{dot}{last}", f"{last}{dot}{first[0]}",
        f"{first}{last[0]}", f"{last}y",
    ))  # fmt: skip
    return stem + (_digits(rng, year) if rng.random() < 0.6 else "")


def _worded(rng: Random, year: int | None) -> str:
    first, second = rng.choice(_FIRST), rng.choice(_SECOND)
    separator = rng.choice(_SEPARATORS)
    if rng.random() < 0.4:
        first, second = first.capitalize(), second.capitalize()
    words = rng.choice((f"{first}{separator}{second}", f"{first}{separator}{second}", second, f"{second}man"))
    return words + (_digits(rng, year) if rng.random() < 0.65 or len(words) < 8 else "")


def _invented(rng: Random, year: int | None) -> str:
    word = rng.choice(_STARTS) + rng.choice(_MIDDLES) + rng.choice(_ENDS)
    if rng.random() < 0.35:
        word += rng.choice(_SEPARATORS) + rng.choice(_SECOND)
    if rng.random() < 0.5:
        word = word.capitalize()
    return word + (_digits(rng, year) if rng.random() < 0.35 else "")


def pick_handle(rng: Random, given: str, family: str, year: int | None, *, from_name: float) -> str:
    """A handle.

    Args:
        rng: The source of chance.
        given: Given name of who chooses it.
        family: Their family name.
        year: Their year of birth, which some append; ``None`` for never.
        from_name: Share of handles made from the name: high on open platforms, low on a forum where
            people hide.
    """
    throw = rng.random()
    if throw < from_name:
        return handle_from_name(rng, given, family, year)
    if throw < from_name + 0.05:
        return respell(rng, rng.choice(COMMON))
    if throw < from_name + 0.05 + 0.6 * (0.95 - from_name):
        return _worded(rng, year)
    return _invented(rng, year)
