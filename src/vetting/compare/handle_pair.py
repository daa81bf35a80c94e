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
from vetting.normalise.handles import WORD_EDGE, compact_handle, evened_handle, handle_core, handle_tokens

__all__ = ["HandleWriting", "SharedParts", "handle_rule", "handle_writing"]

_DIGITS = "0123456789"


class HandleWriting(NamedTuple):
    """What :func:`handle_rule` compares of one handle.

    Attributes:
        marked: The form.
        compact: Without separators.
        core: Without digits at the ends.
        written: The letters that parts are looked for in.
        plain: Whether the form is ASCII, marks aside.
    """

    marked: str
    compact: str
    core: str
    written: bytes
    plain: bool

    @property
    def form(self) -> str:
        """The form, without marks where a capital began a word."""
        return self.marked.replace(WORD_EDGE, "")

    @property
    def bare(self) -> bool:
        """Whether no digit stands at an end."""
        return not self.compact[:1].isdigit() and not self.compact[-1:].isdigit()


@lru_cache(maxsize=65_536)
def handle_writing(form: str) -> HandleWriting:
    """Work out what is compared of a handle's form."""
    if form.isascii() and form.isalnum():
        core = form.strip(_DIGITS)
        return HandleWriting(form, form, core if len(core) >= 3 else form, written_letters(form), plain=True)
    compact = compact_handle(form)
    plain = form.replace(WORD_EDGE, "").isascii()
    return HandleWriting(form, compact, handle_core(compact), written_letters(compact), plain)


@lru_cache(maxsize=65_536)
def _turned(form: str) -> str:
    """Its words and numbers in order, where there are several."""
    words = sorted(handle_tokens(form))
    return " ".join(words) if len(words) > 1 else ""


@lru_cache(maxsize=65_536)
def _evened(form: str) -> str:
    """Evened out, where that is long enough."""
    evened = evened_handle(form)
    return evened if len(evened) >= SHORTEST_EVENED else ""


_pieces = lru_cache(maxsize=65_536)(pieces_of)


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

    Args:
        left: The applicant's, whose pieces are remembered.
        right: The account's.

    Returns:
        The rule's number, and what is shared where they agree in part.
    """
    if left.compact == right.compact:
        return RULE_NUMBERS["same" if left.form == right.form else "separators"], None
    rule = _whole_rule(left, right)
    if rule == _EVENED:
        return rule, None
    marks = common_marks(left.written, right.written)
    if not (rule or marks[0]):
        return 0, None
    rule = rule or _part_rule(left, right, marks)
    if not rule:
        return 0, None
    if rule in _BY_CORE:
        return rule, SharedParts(marks, cores_agree=True, text=left.core)
    return rule, SharedParts(marks, cores_agree=False, text=_shared_text(left, right, marks))


_BY_CORE = frozenset({RULE_NUMBERS["digits_added"], RULE_NUMBERS["other_digits"]})
_EVENED = RULE_NUMBERS["evened"]


def _whole_rule(left: HandleWriting, right: HandleWriting) -> int:
    """The rule for the whole of two handles that differ."""
    if left.core == right.core and len(left.core) >= SHORTEST_CORE:
        return RULE_NUMBERS["digits_added" if left.bare or right.bare else "other_digits"]
    a, b = left.compact, right.compact
    plain = left.plain and right.plain
    lengths = len(a), len(b)
    # The same words in another order have as many letters, and evened texts the same first and last one.
    if lengths[0] == lengths[1] or not (plain and a.isalnum() and b.isalnum()):
        turned = _turned(left.marked)
        if turned and turned == _turned(right.marked):
            return RULE_NUMBERS["reordered"]
    if not plain or (
        _even(left.core[:1]) == _even(right.core[:1]) and _even(left.core[-1:]) == _even(right.core[-1:])
    ):
        evened = _evened(left.marked)
        if evened and evened == _evened(right.marked):
            return _EVENED
    shorter = min(lengths)
    if shorter < SHORTEST_EDIT:
        return 0
    if abs(lengths[0] - lengths[1]) <= 2:
        edits = OSA.distance(a, b, score_cutoff=2)
        if edits == 1:
            return RULE_NUMBERS["one_edit"]
        if edits == 2 and shorter >= LONG:
            return RULE_NUMBERS["two_edits"]
    return RULE_NUMBERS["contained"] if a in b or b in a else 0


def _even(letter: str) -> str:
    """A letter at an end of a core, evened out."""
    return "i" if letter == "l" else letter


def _part_rule(left: HandleWriting, right: HandleWriting, marks: tuple[int, int]) -> int:
    """As :func:`_parts`."""
    shared = min(marks[0].bit_count(), marks[1].bit_count())
    lengths = len(left.compact), len(right.compact)
    if shared >= MOST_CHARACTERS and shared >= MOST_SHARE * max(lengths):
        return RULE_NUMBERS["shared_most"]
    if shared >= 2 * SHORTEST_PART - 2 or (shared > 0 and shared == min(lengths)):
        return RULE_NUMBERS["shared_part"]
    written = right.written
    runs = any(piece in written for piece in _pieces(left.compact, SHORTEST_PART))
    return RULE_NUMBERS["shared_part"] if runs else 0


def _shared_text(left: HandleWriting, right: HandleWriting, marks: tuple[int, int]) -> str:
    """As :func:`_shared_texts`."""
    a, b = marked_text(left.compact, marks[0]), marked_text(right.compact, marks[1])
    less = marks[0].bit_count() - marks[1].bit_count()
    return a if less < 0 or (less == 0 and (a.count(GAP), a) <= (b.count(GAP), b)) else b
