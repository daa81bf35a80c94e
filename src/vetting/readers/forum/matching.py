"""Decides which table of a dump is what, by the end of its name and its columns, table after table."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field, frozen

from vetting.readers.profile_rules import TableRule
from vetting.readers.profiles import Profile

__all__ = ["Match", "Matcher"]


@frozen
class Match:
    """A table that a profile knows.

    Attributes:
        table: Its name.
        rule: What it means.
        profile: Whose rule it is.
        generation: The profile's place among those tried; 0 is preferred where two differ.
        columns: Those captured, in the table's order.
    """

    table: str
    rule: TableRule
    profile: Profile
    generation: int
    columns: tuple[str, ...]

    @property
    def scanned(self) -> frozenset[str]:
        """Columns that are looked at for quotes and mentions and never kept."""
        return frozenset(markup.column for markup in self.rule.markup) & frozenset(self.columns)

    @property
    def compared(self) -> frozenset[str]:
        """Columns that are looked at for copies of one message and never kept."""
        return self.rule.compared & frozenset(self.columns)


@define
class Matcher:
    """Matches tables to profiles; two generations of a forum may lie in one dump.

    Attributes:
        profiles: Those tried, the preferred first.
        only: Roles read; empty for all.
        matches: By table, in file order.
        refused: Tables that fit but stand under another prefix than the profile's first one, or belong to
            another software, with the reason: a second forum's ids would be confused with the first's.

    Example:
        >>> from vetting.readers.profiles import load_profiles
        >>> matcher = Matcher(load_profiles())
        >>> columns = ("member_id", "name", "members_display_name", "email", "joined", "members_pass_hash")
        >>> matcher.match("orig_members", columns).columns
        ('member_id', 'name', 'members_display_name', 'email', 'joined')
        >>> matcher.profile
        'ipb3'
    """

    profiles: tuple[Profile, ...]
    only: frozenset[str] = field(default=frozenset(), kw_only=True)
    matches: dict[str, Match] = field(factory=dict, init=False)
    refused: dict[str, str] = field(factory=dict, init=False)
    _prefixes: dict[str, str] = field(factory=dict, init=False)
    _family: str = field(default="", init=False)

    @property
    def profile(self) -> str:
        """Names of the profiles in use, the preferred first, joined by ``+``."""
        used = {match.profile.name for match in self.matches.values()}
        return "+".join(profile.name for profile in self.profiles if profile.name in used)

    def match(self, table: str, columns: Sequence[str]) -> Match | None:
        """Return what a table is, or ``None`` when no profile knows it."""
        fitting = [
            (rule, generation)
            for generation, profile in enumerate(self.profiles)
            if (rule := profile.rule_for(table, columns)) is not None
        ]
        if not fitting:
            return None
        rule, generation = max(fitting, key=lambda each: (len(each[0].suffix), -each[1]))
        profile = self.profiles[generation]
        self._family = self._family or profile.family
        if profile.family != self._family:
            self.refused[table] = (
                f"like {rule.role} of {profile.name}, whose ids are another forum's; not read"
            )
            return None
        prefix = table[: -len(rule.suffix)]
        if self._prefixes.setdefault(profile.name, prefix) != prefix:
            self.refused[table] = f"like {rule.role} but under another prefix than the other tables; not read"
            return None
        if self.only and rule.role not in self.only:
            return None
        found = Match(table, rule, profile, generation, rule.mapped(table, columns))
        self.matches[table] = found
        return found
