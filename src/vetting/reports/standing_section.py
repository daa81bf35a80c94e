"""Leaving evidence out on a page, without a script: boxes to untick, and what then still stands.

Every combination is worked out beforehand by :mod:`vetting.evidence.standing` and is in the page; style
rules show the one that fits the boxes. What is left out changes nothing that is stored or computed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from attrs import frozen

from vetting.evidence.results import Candidate
from vetting.evidence.standing import standing
from vetting.evidence.words import list_words
from vetting.reports.evidence_part import bits_bar
from vetting.reports.markup import safe

__all__ = ["Switches", "switches_of"]

_MOST = 7  # boxes: 128 combinations are some 30 kB, and each further box would double them


@frozen(kw_only=True)
class Switches:
    """The boxes of one candidate.

    Attributes:
        candidate: Whose evidence.
        places: Places in ``candidate.evidence`` that have a box.
        unticked: Those that are left out when the page opens.
        fixed: Places without a box that are left out all the same.
    """

    candidate: Candidate
    places: tuple[int, ...]
    unticked: frozenset[int]
    fixed: frozenset[int]

    def controls(self) -> dict[int, str]:
        """Return the box of each item as HTML; an item without one says its number alone."""
        found = {}
        for place, item in enumerate(self.candidate.evidence):
            if not item.bits:
                continue
            number = f"No. {place + 1}"
            if place not in self.places:
                out = ", left out" if place in self.fixed else ""
                found[place] = f'<p class="switch">{number}{out}</p>'
                continue
            checked = "" if place in self.unticked else " checked"
            found[place] = (
                f'<label class="switch"><input type="checkbox" id="use-{place}"{checked} autocomplete="off"> '
                f'<span>{number}<span class="hint">: use this evidence</span></span></label>'
            )
        return found

    def states(self) -> str:
        """Return what still stands for every combination of boxes, as HTML; the rules show one."""
        rest = sum(1 for item in self.candidate.evidence if item.bits) - len(self.places)
        more = (
            f" {rest} weaker items have no box; <code>vetting dossier --without</code> leaves any out."
            if rest
            else ""
        )
        shown = "".join(self._state(out) for out in _subsets(self.places))
        return (
            '<div class="standing" role="status"><h4>What still stands</h4>'
            '<p class="state"><span class="hint">Clear a box beside a piece of evidence to leave it out: the sum is '
            f"told again here, and its lines in the picture fade.{more} The "
            "likelihood above stays that of all the evidence: it depends on the whole run.</span></p>"
            f"{shown}</div>"
        )

    def _state(self, out: tuple[int, ...]) -> str:
        left = sorted({*out, *self.fixed})
        if not left:
            return ""
        still = standing(self.candidate, without=left)
        numbers = list_words([str(place + 1) for place in left])
        classes = " ".join(["state", *(f"w{place}" for place in out)])
        return (
            f'<p class="{classes}"><b>Left out: No. {numbers}.</b> '
            f"{safe(still.sentence)} In all: {bits_bar(still.bits)}</p>"
        )

    def rules(self, drawn: Iterable[Collection[int]] = ()) -> str:
        """Return the style rules.

        Args:
            drawn: The places that each drawn line or box of the picture hangs on: it fades when all of
                them are left out.
        """
        return "".join(f"{rule}\n" for rule in self._rules(drawn))

    def _rules(self, drawn: Iterable[Collection[int]]) -> Iterator[str]:
        for place in self.places:
            yield f":root:has(#use-{place}:checked) .state.w{place},{_off(place)} .state:not(.w{place}){{display:none}}"
            yield f"{_off(place)} .standing{{border-style:solid}}"
        for group in sorted({tuple(sorted(places)) for places in drawn if places}):
            if set(group) <= {*self.places, *self.fixed}:
                root = ":root" + "".join(_off(place)[5:] for place in group if place not in self.fixed)
                yield f"{root} .{'-'.join(['ev', *map(str, group)])}{{opacity:.13}}"


def switches_of(candidate: Candidate, *, without: Collection[int] = ()) -> Switches:
    """Choose which evidence has a box: what has bits, the strongest first where there is much.

    Args:
        candidate: The candidate.
        without: Places of evidence that are left out when the page opens.
    """
    telling = [place for place, item in enumerate(candidate.evidence) if item.bits]
    chosen = sorted(telling, key=lambda place: (-abs(candidate.evidence[place].bits), place))[:_MOST]
    unticked = frozenset(without) & frozenset(telling)
    return Switches(
        candidate=candidate,
        places=tuple(sorted(chosen)),
        unticked=unticked & frozenset(chosen),
        fixed=unticked - frozenset(chosen),
    )


def _off(place: int) -> str:
    return f":root:has(#use-{place}:not(:checked))"


def _subsets(places: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for size in range(len(places) + 1):
        yield from combinations(places, size)
