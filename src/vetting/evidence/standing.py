"""What still stands when some evidence is left out: the sum made again, as the scorer would make it."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve, frozen

from vetting.evidence.results import Assessment, Evidence
from vetting.evidence.words import bits_text, kind_title, list_words

__all__ = ["Standing", "standing"]


@frozen(kw_only=True)
class Standing:
    """What still stands of an assessment when some of its evidence is left out.

    Attributes:
        bits: The sum of what still counts, for and against.
        supporting: What still counts for it, as it counts now, strongest first.
        kinds: How many kinds of evidence that is. Whether the policy would surface it is another question,
            which needs the whole run.
        sentence: The same in words.
    """

    bits: float
    supporting: tuple[Evidence, ...]
    kinds: int
    sentence: str


def standing(candidate: Assessment, *, without: Collection[int]) -> Standing:
    """Leave out some evidence and sum up the rest.

    Evidence of one group tells one fact, of which the strongest is counted. Where that one is left out, the
    strongest of those left in its group counts in its place. Everything else stays as it was compared: bits
    that paid for several comparisons have paid, and no other values are looked at.

    Args:
        candidate: A candidate, or an assessment.
        without: Places in ``candidate.evidence``, from 0, of what is left out; of any kind, missing included.

    Returns:
        What still stands; with nothing left out, the candidate's own bits.

    Raises:
        IndexError: A place is not one of the evidence.

    Example:
        >>> from vetting.evidence.results import Assessment, Evidence
        >>> seen = Assessment(
        ...     applicant_id="A-17", list_id="forum-2019", account_id="41", probability=0.5,
        ...     evidence=(
        ...         Evidence(kind="handle", level="exact", bits=14.0, group="email+handle", counted=True),
        ...         Evidence(kind="email", level="exact", bits=12.5, group="email+handle"),
        ...     ),
        ... )
        >>> left = standing(seen, without=[0])
        >>> left.bits, left.supporting[0].counted
        (12.5, True)
        >>> left.sentence
        'Without the handle, 12.5 bits from one kind of evidence still stand: the e-mail address (the e-mail address told the same fact, and counts now).'
    """
    left_out = set(without)
    if not left_out <= set(range(len(candidate.evidence))):
        raise IndexError("evidence is left out by its place in candidate.evidence, from 0")
    kept = {place: item for place, item in enumerate(candidate.evidence) if place not in left_out}
    raised = _raised(candidate, left_out, kept)
    kept |= raised
    counted = [item for item in kept.values() if item.counted]
    supporting = tuple(item for item in counted if item.bits > 0)
    return Standing(
        bits=sum(item.bits for item in counted),
        supporting=supporting,
        kinds=len({item.kind for item in supporting}),
        sentence=_sentence(candidate, left_out, counted, set(raised)),
    )


def _raised(candidate: Assessment, left_out: set[int], kept: dict[int, Evidence]) -> dict[int, Evidence]:
    """What counts now, since what was counted for its group is left out."""
    open_groups = {
        item.group for place in left_out if (item := candidate.evidence[place]).counted and item.bits > 0
    }
    open_groups -= {item.group for item in kept.values() if item.counted and item.bits > 0}
    raised = {}
    for group in sorted(open_groups - {""}):
        others = [place for place, item in kept.items() if item.group == group and item.bits > 0]
        if others:
            # Evidence is in the scorer's order: of equal ones the first is the one that it counts.
            place = max(others, key=lambda place: kept[place].bits)
            raised[place] = evolve(kept[place], counted=True)
    return raised


def _sentence(candidate: Assessment, left_out: set[int], counted: list[Evidence], raised: set[int]) -> str:
    start = f"Without {_named(candidate, left_out)}" if left_out else "With nothing left out"
    supporting = [item for item in counted if item.bits > 0]
    against = sum(item.bits for item in counted if item.bits < 0)
    if supporting:
        bits = sum(item.bits for item in supporting)
        kinds = list(dict.fromkeys(item.kind for item in supporting))
        number = _NUMBERS.get(len(kinds), str(len(kinds)))
        words = (
            f"{start}, {_size(bits)} from {number} kind{'s' if len(kinds) > 1 else ''} of evidence still "
            f"stand: {list_words([_the(kind) for kind in kinds])}{_in_place(candidate, raised)}"
        )
    else:
        words = f"{start}, nothing that was compared still speaks for it"
    if against:
        words += f"; {_size(-against)} speak against it"
        if supporting:
            words += f", {bits_text(sum(item.bits for item in counted))} in all"
    return f"{words}."


def _in_place(candidate: Assessment, raised: set[int]) -> str:
    if not raised:
        return ""
    kinds = list(dict.fromkeys(candidate.evidence[place].kind for place in sorted(raised)))
    one = len(kinds) == 1
    return f" ({list_words([_the(kind) for kind in kinds])} told the same fact, and count{'s' if one else ''} now)"


def _named(candidate: Assessment, places: set[int]) -> str:
    """What is left out, each kind once; "the handle (1 of 2)" where another of its kind stays."""
    names = []
    for kind in dict.fromkeys(candidate.evidence[place].kind for place in sorted(places)):
        all_of_it = [place for place, item in enumerate(candidate.evidence) if item.kind == kind]
        out = len(places.intersection(all_of_it))
        part = f" ({out} of {len(all_of_it)})" if out < len(all_of_it) else ""
        names.append(f"{_the(kind)}{part}")
    return list_words(names)


def _the(kind: str) -> str:
    return f"the {kind_title(kind)}"


def _size(bits: float) -> str:
    return bits_text(bits).removeprefix("+")


_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}
