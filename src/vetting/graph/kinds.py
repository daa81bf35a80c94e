"""The catalogue of edge kinds, as data: what each kind of edge means, and what it does not."""

from __future__ import annotations

from attrs import frozen

__all__ = ["ASSOCIATION_KINDS", "IDENTITY_KINDS", "EdgeKind", "association_kind", "identity_kind"]


@frozen(kw_only=True)
class EdgeKind:
    """One kind of edge.

    Attributes:
        name: The edge attribute ``kind``.
        outward: In words, seen from the edge's start: "follows".
        inward: In words, seen from its end: "is followed by".
        group: Heading under which the picture puts what such edges lead to.
        priority: Which edges are kept first where not all can be shown; smaller is kept first.
        means: What it shows.
        does_not_mean: What it does not show.
    """

    name: str
    outward: str
    inward: str
    group: str
    priority: int
    means: str
    does_not_mean: str


ASSOCIATION_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        EdgeKind(
            name="messaged",
            outward="wrote privately to",
            inward="got private messages from",
            group="Private messages",
            priority=1,
            means="The account took part in a private conversation, or wrote to the other account.",
            does_not_mean="It does not show agreement: people also write privately to argue, trade or ask.",
        ),
        EdgeKind(
            name="friend",
            outward="is friends with",
            inward="is friends with",
            group="Friends",
            priority=2,
            means="Both accounts accepted each other as friends on the platform.",
            does_not_mean="It does not show that they know each other elsewhere.",
        ),
        EdgeKind(
            name="follows",
            outward="follows",
            inward="is followed by",
            group="Follows",
            priority=3,
            means="The account asked to be told of what the other one does.",
            does_not_mean="It does not show approval; being followed shows nothing of the one followed.",
        ),
        EdgeKind(
            name="reacted",
            outward="reacted to",
            inward="got reactions from",
            group="Reactions",
            priority=4,
            means="The account marked something that the other one wrote.",
            does_not_mean="It does not show what was meant: a mark may be irony or dislike.",
        ),
        EdgeKind(
            name="quoted",
            outward="quoted",
            inward="was quoted by",
            group="Quotations",
            priority=5,
            means="The account repeated words of the other one in a post.",
            does_not_mean="It does not show agreement: people quote to contradict.",
        ),
        EdgeKind(
            name="mentioned",
            outward="mentioned",
            inward="was mentioned by",
            group="Mentions",
            priority=6,
            means="The account wrote the other one's handle in a post.",
            does_not_mean="It does not show contact: anybody can mention anybody.",
        ),
        EdgeKind(
            name="posted_in",
            outward="posted in",
            inward="has posts by",
            group="Topics posted in",
            priority=7,
            means="The account wrote in the topic.",
            does_not_mean="It does not show agreement with others there, nor that they noticed each other.",
        ),
        EdgeKind(
            name="used_ip",
            outward="used the address",
            inward="was used by",
            group="Internet addresses",
            priority=8,
            means="The account was used from this internet address.",
            does_not_mean="Many people share one address: households, mobile networks, VPNs; and it moves on.",
        ),
        EdgeKind(
            name="ignores",
            outward="ignores",
            inward="is ignored by",
            group="Ignored accounts",
            priority=9,
            means="The account chose not to see what the other one writes.",
            does_not_mean="It is no contact; it often shows the opposite of agreement.",
        ),
    )
}

IDENTITY_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        EdgeKind(
            name="declared",
            outward="gave",
            inward="was given by",
            group="Shared identifiers",
            priority=0,
            means="The applicant gave this identifier to the employer, or the employer holds it.",
            does_not_mean="It does not show that nobody else uses it.",
        ),
        EdgeKind(
            name="same",
            outward="is the same as that of",
            inward="has the same",
            group="Shared identifiers",
            priority=0,
            means="The listed account has the same identifier.",
            does_not_mean="It does not show that the applicant put it there.",
        ),
        EdgeKind(
            name="similar",
            outward="is like that of",
            inward="has a similar",
            group="Shared identifiers",
            priority=0,
            means="The listed account has an identifier that is nearly, or could be, the same.",
            does_not_mean="It does not show that one was made from the other.",
        ),
    )
}


def association_kind(name: str) -> EdgeKind:
    """Return the catalogue's entry; a kind that it lacks is shown under its own name, last of all.

    Example:
        >>> association_kind("follows").inward, association_kind("gave_badge").outward
        ('is followed by', 'gave badge')
    """
    if name in ASSOCIATION_KINDS:
        return ASSOCIATION_KINDS[name]
    words = name.replace("_", " ")
    return EdgeKind(
        name=name,
        outward=words,
        inward=f"{words} (from the other side)",
        group=words.capitalize() or "Other relations",
        priority=99,
        means="The list records this relation; the catalogue has no entry for it.",
        does_not_mean="It is not known what it shows.",
    )


def identity_kind(name: str) -> EdgeKind:
    """Return the entry of an identity edge: ``declared``, or ``same_email``, ``similar_handle`` and so on."""
    return IDENTITY_KINDS[name if name == "declared" else name.partition("_")[0]]
