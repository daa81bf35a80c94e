"""Two handles to a comparison level, one pair at a time: :func:`vetting.compare.handles.compare_handles`."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from vetting.compare.handle_features import GAP, common_marks, marked_text, pieces_of, written_letters
from vetting.compare.handles import (
    LONG,
    MOST_CHARACTERS,
    MOST_SHARE,
    RULE_NUMBERS,
    SHORTEST_CORE,
    SHORTEST_EDIT,
    SHORTEST_EVENED,
    SHORTEST_PART,
)
from vetting.normalise.handles import handle_texts

__all__ = ["HandleWriting", "SharedParts", "handle_rule", "handle_writing"]


class HandleWriting(NamedTuple):
    """What :func:`handle_rule` compares of one handle.

    Attributes:
        form: The form, without marks where a capital began a word.
        compact: Without separators.
        core: Without digits at the ends.
        bare: Whether no digit stands at an end.
        turned: Its words and numbers in order, where there are several.
        evened: Evened out, where that is long enough.
        written: The letters that parts are looked for in.
        pieces: The pieces of three of these.
    """

    form: str
    compact: str
    core: str
    bare: bool
    turned: str
    evened: str
    written: bytes
    pieces: frozenset[bytes]


@lru_cache(maxsize=65_536)
def handle_writing(form: str) -> HandleWriting:
    """Work out what is compared of a handle's form."""
    texts = handle_texts(form)
    return HandleWriting(
        texts.written,
        texts.compact,
        texts.core,
        texts.bare,
        texts.turned,
        texts.evened if len(texts.evened) >= SHORTEST_EVENED else "",
        written_letters(texts.compact),
        pieces_of(texts.compact),
    )


class SharedParts(NamedTuple):
    """What two handles that agree, but not exactly, have in common.

    Attributes:
        marks: The shared characters of either side, a bit each.
        cores_agree: Whether they are equal but for digits at the ends.
        text: The core, or the pieces; may be empty.
    """

    marks: tuple[int, int]
    cores_agree: bool
    text: str


def handle_rule(left: HandleWriting, right: HandleWriting) -> tuple[int, SharedParts | None]:
    """Compare two handles as :func:`compare_handles` does.

    Returns:
        The rule's number, and what is shared where they agree in part.
    """
    if left.compact == right.compact:
        return RULE_NUMBERS["same" if left.form == right.form else "separators"], None
    rule = _whole_rule(left, right)
    if rule == RULE_NUMBERS["evened"]:
        return rule, None
    alike = not left.pieces.isdisjoint(right.pieces)
    if not (rule or alike):
        return 0, None
    marks = common_marks(left.written, right.written) if alike else (0, 0)
    rule = rule or _part_rule(left, right, marks)
    if not rule:
        return 0, None
    if rule in _BY_CORE:
        return rule, SharedParts(marks, cores_agree=True, text=left.core)
    return rule, SharedParts(marks, cores_agree=False, text=_shared_text(left, right, marks))


_BY_CORE = frozenset({RULE_NUMBERS["digits_added"], RULE_NUMBERS["other_digits"]})


def _whole_rule(left: HandleWriting, right: HandleWriting) -> int:
    """The rule for the whole of two handles that differ."""
    if left.core == right.core and len(left.core) >= SHORTEST_CORE:
        return RULE_NUMBERS["digits_added" if left.bare or right.bare else "other_digits"]
    if left.turned and left.turned == right.turned:
        return RULE_NUMBERS["reordered"]
    if left.evened and left.evened == right.evened:
        return RULE_NUMBERS["evened"]
    a, b = left.compact, right.compact
    shorter = min(len(a), len(b))
    if shorter < SHORTEST_EDIT:
        return 0
    edits = OSA.distance(a, b, score_cutoff=2)
    if edits == 1:
        return RULE_NUMBERS["one_edit"]
    if edits == 2 and shorter >= LONG:
        return RULE_NUMBERS["two_edits"]
    return RULE_NUMBERS["contained"] if a in b or b in a else 0


def _part_rule(left: HandleWriting, right: HandleWriting, marks: tuple[int, int]) -> int:
    """As :func:`_parts`."""
    shared = min(marks[0].bit_count(), marks[1].bit_count())
    lengths = len(left.compact), len(right.compact)
    if shared >= MOST_CHARACTERS and shared >= MOST_SHARE * max(lengths):
        return RULE_NUMBERS["shared_most"]
    if shared >= 2 * SHORTEST_PART - 2 or (shared > 0 and shared == min(lengths)):
        return RULE_NUMBERS["shared_part"]
    runs = pieces_of(left.compact, SHORTEST_PART) & pieces_of(right.compact, SHORTEST_PART)
    return RULE_NUMBERS["shared_part"] if runs else 0


def _shared_text(left: HandleWriting, right: HandleWriting, marks: tuple[int, int]) -> str:
    """As :func:`_shared_texts`."""
    a, b = marked_text(left.compact, marks[0]), marked_text(right.compact, marks[1])
    less = marks[0].bit_count() - marks[1].bit_count()
    return a if less < 0 or (less == 0 and (a.count(GAP), a) <= (b.count(GAP), b)) else b
