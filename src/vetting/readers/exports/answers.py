"""What the sites that an account finder asked have answered, and which of them a control shows not to be believed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import define, field, frozen

__all__ = ["FEWEST_CONTROLS", "Answers", "Controls", "Status", "site_key"]

Status = Literal["found", "absent", "not-checked"]
"""``not-checked``: the site was not asked, blocked the question, failed or was too slow. It is never ``absent``."""

FEWEST_CONTROLS = 3
_RANK = {"not-checked": 0, "absent": 1, "found": 2}
_MOST_NAMED = 40
_LONGEST = 80


def site_key(site: str) -> str:
    """Fold a site's name as the tool writes it: the first part of its accounts' ids.

    Example:
        >>> site_key(" GitHub ")
        'github'
    """
    return " ".join(site.split()).casefold()


@frozen(kw_only=True)
class Controls:
    """What a tool answered about handles that were made up.

    Attributes:
        handles: The handles, folded.
        found: Site -> how many of them it found; such a site finds anybody.
        absent: Site -> how many of them it was asked for and did not find.
        found_only: Whether an output of them names no site but those that found a handle.
    """

    handles: frozenset[str]
    found: Mapping[str, int] = field(factory=dict)
    absent: Mapping[str, int] = field(factory=dict)
    found_only: bool = False


@define
class Answers:
    """Every answer of one tool; the latest of two about one handle is not better, but ``found`` is.

    Attributes:
        controls: What it answered about made-up handles; ``None`` when no control was given.
        found_only: Whether some of its outputs name no site but those that found the handle.
        names: Site, folded -> its name as the tool first wrote it.
        handles: Handles searched for, folded.
    """

    controls: Controls | None = None
    found_only: bool = False
    names: dict[str, str] = field(factory=dict)
    handles: set[str] = field(factory=set)
    _given: dict[tuple[str, str], Status] = field(factory=dict)
    _dropped: dict[str, int] = field(factory=dict)

    def note(self, site: str, handle: str, status: Status) -> bool:
        """Note an answer; returns whether the site can be believed."""
        key, who = site_key(site), handle.casefold()
        self.names.setdefault(key, _shown(site))
        self.handles.add(who)
        held = self._given.get((key, who))
        if held is None or _RANK[status] > _RANK[held]:
            self._given[key, who] = status
        if self.controls is None or not self.controls.found.get(key):
            return True
        if status == "found":
            self._dropped[key] = self._dropped.get(key, 0) + 1
        return False

    def as_controls(self) -> Controls:
        """Take these answers as those about made-up handles."""
        counts: dict[str, dict[str, int]] = {"found": {}, "absent": {}, "not-checked": {}}
        for (site, _), status in self._given.items():
            counts[status][site] = counts[status].get(site, 0) + 1
        return Controls(
            handles=frozenset(self.handles),
            found=counts["found"],
            absent=counts["absent"],
            found_only=self.found_only,
        )

    def notes(self, tool: str) -> list[str]:
        """Say what was not checked and what the controls show, for the completeness report."""
        said = [f"{tool}: handles searched for: {len(self.handles)}"] if self.handles else []
        unchecked = {site for (site, _), status in self._given.items() if status == "not-checked"}
        if unchecked:
            said.append(
                f"{tool}: sites not checked for some handle, which shows nothing about it, least of all that it is "
                f"absent there: {self._listed(unchecked)}"
            )
        if self.found_only:
            said.append(
                f"{tool}: an output names the sites that found a handle and no other: absence from it shows nothing"
            )
        return said + self._about_controls(tool)

    def _about_controls(self, tool: str) -> list[str]:
        if self.controls is None:
            return [
                f"{tool}: no control was given (--control), so sites that find any handle cannot be told from others"
            ]
        total = len(self.controls.handles)
        said = [f"{tool}: made-up handles searched for as a control: {total}"]
        if self.controls.found:
            told = ", ".join(
                f"{self._name(site)} ({count} of {total} controls; accounts dropped: {self._dropped.get(site, 0)})"
                for site, count in sorted(self.controls.found.items())
            )
            said.append(f"{tool}: sites that found a control, dropped with all their accounts: {told}")
        believed = {site for (site, _), status in self._given.items() if status == "found"}
        unverified = {
            site
            for site in believed - set(self.controls.found)
            if self.controls.absent.get(site, 0) < FEWEST_CONTROLS
        }
        if unverified:
            why = " (outputs of the controls name no site but those that found them)"
            said.append(
                f"{tool}: sites that found a handle, unverified, for fewer than {FEWEST_CONTROLS} controls were checked "
                f"there{why if self.controls.found_only else ''}: {self._listed(unverified)}"
            )
        return said

    def _listed(self, sites: set[str]) -> str:
        first = ", ".join(self._name(site) for site in sorted(sites)[:_MOST_NAMED])
        more = len(sites) - _MOST_NAMED
        return f"{len(sites)}: {first}" + (f" and {more} more" if more > 0 else "")

    def _name(self, site: str) -> str:
        return self.names.get(site) or _shown(site)


def _shown(site: str) -> str:
    return "".join(one for one in " ".join(site.split()) if one.isprintable())[:_LONGEST]
