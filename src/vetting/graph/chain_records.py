"""What an identity chain is: its links, the identifiers that it derives, and the account where it ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from vetting.evidence.words import kind_title, list_words
from vetting.graph.attributes import Strength
from vetting.records.identifiers import Identifier

__all__ = ["ChainLink", "DerivedIdentifier", "IdentityChain", "IdentityChains"]

_STRENGTHS: tuple[Strength, ...] = ("confirmed", "unconfirmed", "tentative")
_CAUTION = (
    "Anybody can set a link on a profile, and somebody else's page can be linked: "
    "a chain says where to look, not whose the account is."
)


@frozen(kw_only=True)
class ChainLink:
    """One link of a chain.

    Attributes:
        source: Node key from which it leads.
        target: Node key to which it leads.
        how: ``declared``, ``settled``, ``self_linked``, or an agreement: ``same_email``, ``similar_handle``.
        strength: ``confirmed``, ``unconfirmed`` or ``tentative``.
        record: The citation.
        words: The link in words, from its source to its target.
        level: Of an agreement: ``exact``, ``close``, ``plausible``; empty otherwise.
    """

    source: str
    target: str
    how: str
    strength: Strength
    record: str
    words: str
    level: str = ""


def weakest(links: Iterable[ChainLink]) -> Strength:
    """Return the strength of a chain: that of its weakest link."""
    return max((link.strength for link in links), key=_STRENGTHS.index, default="tentative")


@frozen(kw_only=True)
class DerivedIdentifier:
    """An identifier that an applicant did not give, and the chain by which it came in.

    Attributes:
        applicant_id: The applicant.
        identifier: The value as the account states it.
        chain: From the applicant to the identifier.
    """

    applicant_id: str
    identifier: Identifier
    chain: tuple[ChainLink, ...]

    @property
    def strength(self) -> Strength:
        """That of the weakest link."""
        return weakest(self.chain)


@frozen(kw_only=True)
class IdentityChain:
    """From an applicant over a derived identifier to a listed account.

    It is no candidate and has no bits: the identifier that leads to the account is not the applicant's own word.

    Attributes:
        applicant_id: Where it begins.
        list_id: Of the account where it ends.
        account_id: The account.
        links: In order.
        identifiers: Node key -> identifier, of those on the way.
        agreeing: Links from the applicant over what they gave themselves to the same account; may be empty.
    """

    applicant_id: str
    list_id: str
    account_id: str
    links: tuple[ChainLink, ...]
    identifiers: Mapping[str, Identifier] = field(factory=dict)
    agreeing: tuple[ChainLink, ...] = ()

    @property
    def strength(self) -> Strength:
        """That of the weakest link; what agrees beside the chain does not raise it."""
        return weakest(self.links)

    def sentence(self) -> str:
        """Return the chain in words, its weakest link and what else explains it included."""
        steps = [f"{link.words} {self._named(link.target)}" for link in self.links]
        told = f"{self._named(self.links[0].source)} {', which '.join(steps)}."
        told = told[0].upper() + told[1:]
        also = [self._named(link.target) for link in self.agreeing if link.how == "declared"]
        if also:
            told += f" That account agrees with what the applicant gave, too: {list_words(also)}."
        return f"{told} Weakest link: {self.strength}. {_CAUTION}"

    def _named(self, node: str) -> str:
        if node in self.identifiers:
            item = self.identifiers[node]
            title = kind_title(str(item.kind))
            return f"the {title if title[:2].isupper() else title[0].lower() + title[1:]} {item}"
        if node.startswith("applicant:"):
            return f"applicant {self.applicant_id}"
        _, list_id, account = node.split(":", 2)
        return f"account {account} on list {list_id}"


class IdentityChains(tuple[IdentityChain, ...]):  # noqa: SLOT001 - what a tuple of any length cannot have
    """Chains, with what was derived on the way and what was not followed.

    Attributes:
        derived: Every derived identifier, whether it leads to an account or not.
        left_out: Sentences on what was not followed: hubs, withdrawn lists, profiles with very many links.
    """

    derived: tuple[DerivedIdentifier, ...]
    left_out: tuple[str, ...]

    @classmethod
    def of(
        cls,
        chains: Iterable[IdentityChain],
        derived: Iterable[DerivedIdentifier],
        left_out: Iterable[str],
    ) -> IdentityChains:
        """Put them together."""
        made = cls(chains)
        made.derived, made.left_out = tuple(derived), tuple(dict.fromkeys(left_out))
        return made
