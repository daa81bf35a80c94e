"""The catalogue of edge kinds, as data: what each kind of edge means, what it does not, and what else explains it."""

from __future__ import annotations

from attrs import evolve

from vetting.graph.kinds_of_chats import CHAT_KINDS, EdgeKind

__all__ = [
    "ASSOCIATION_KINDS",
    "IDENTITY_KINDS",
    "INNOCENT_BY_ATTRIBUTE",
    "EdgeKind",
    "association_kind",
    "identity_kind",
]


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
            innocent=(
                "Ordinary business: people on one board also trade, ask for help, or complain to each other.",
                "Unasked: whoever is written to did not choose it, and may never have read it.",
            ),
        ),
        EdgeKind(
            name="friend",
            outward="is friends with",
            inward="is friends with",
            group="Friends",
            priority=2,
            means="Both accounts accepted each other as friends on the platform.",
            does_not_mean="It does not show that they know each other elsewhere.",
            innocent=(
                "Collecting friends: many accept every request, and some boards befriend newcomers by themselves.",
            ),
        ),
        EdgeKind(
            name="follows",
            outward="follows",
            inward="is followed by",
            group="Follows",
            priority=3,
            means="The account asked to be told of what the other one does.",
            does_not_mean="It does not show approval; being followed shows nothing of the one followed.",
            innocent=(
                "Watching: journalists, researchers, opponents and officers follow what they do not approve of.",
                "By itself: software follows accounts or topics for its users, at registration or after a post.",
            ),
        ),
        EdgeKind(
            name="reacted",
            outward="reacted to",
            inward="got reactions from",
            group="Reactions",
            priority=4,
            means="The account marked something that the other one wrote.",
            does_not_mean="It does not show what was meant: a mark may be irony or dislike.",
            innocent=(
                "Passing by: a mark takes one touch, may be a slip, and some boards ask for one before they show a post.",
            ),
        ),
        EdgeKind(
            name="quoted",
            outward="quoted",
            inward="was quoted by",
            group="Quotations",
            priority=5,
            means="The account repeated words of the other one in a post.",
            does_not_mean="It does not show agreement: people quote to contradict.",
            innocent=("Argument: a reply quotes what it answers, and most of all where it disagrees.",),
        ),
        EdgeKind(
            name="mentioned",
            outward="mentioned",
            inward="was mentioned by",
            group="Mentions",
            priority=6,
            means="The account wrote the other one's handle in a post.",
            does_not_mean="It does not show contact: anybody can mention anybody.",
            innocent=(
                "Namesake: the words may mean somebody else, or another platform's account of that name.",
            ),
        ),
        EdgeKind(
            name="posted_in",
            outward="posted in",
            inward="has posts by",
            group="Topics posted in",
            priority=7,
            means="The account wrote in the topic.",
            does_not_mean="It does not show agreement with others there, nor that they noticed each other.",
            innocent=(
                "Open topic: welcome, news and off-topic threads hold everybody, and nobody need notice the others.",
                "Opposition: a topic also holds those who came to contradict, to warn or to report.",
            ),
        ),
        EdgeKind(
            name="used_ip",
            outward="used the address",
            inward="was used by",
            group="Internet addresses",
            priority=8,
            means="The account was used from this internet address.",
            does_not_mean="Many people share one address: households, mobile networks, VPNs; and it moves on.",
            innocent=(
                "Shared address: a household, workplace, library, mobile network or VPN stands behind one address.",
                "Passed on: providers give an address to somebody else within days or hours.",
            ),
        ),
        EdgeKind(
            name="ignores",
            outward="ignores",
            inward="is ignored by",
            group="Ignored accounts",
            priority=9,
            means="The account chose not to see what the other one writes.",
            does_not_mean="It is no contact; it often shows the opposite of agreement.",
            innocent=(
                "Quarrel or quiet: people ignore whom they disagree with, or whoever writes too much.",
            ),
        ),
        *CHAT_KINDS,
    )
}

IDENTITY_KINDS: dict[str, EdgeKind] = {
    kind.name: kind
    for kind in (
        EdgeKind(
            name="declared",
            outward="gave",
            inward="was given by",
            group="Identifiers given",
            priority=0,
            means="The applicant gave this identifier to the employer, or the employer holds it.",
            does_not_mean="It does not show that nobody else uses it.",
            innocent=(
                "Shared identifier: the applicant may share the mailbox, number or address with somebody at home.",
                "Roster error: a typing slip or a mixed-up row may have put it with the wrong person.",
            ),
        ),
        EdgeKind(
            name="same",
            outward="is the same as that of",
            inward="has the same",
            group="Same identifiers",
            priority=0,
            means="The listed account has the same identifier.",
            does_not_mean="It does not show that the applicant put it there.",
            innocent=(
                "Coincidence: what many people have agrees by accident; the candidate's bits say how rare it is.",
                "Put there by somebody else: whoever registers an account chooses what is entered.",
            ),
        ),
        EdgeKind(
            name="similar",
            outward="is like that of",
            inward="has a similar",
            group="Similar identifiers",
            priority=0,
            means="The listed account has an identifier that is nearly, or could be, the same.",
            does_not_mean="It does not show that one was made from the other.",
            innocent=(
                "Coincidence: values that are only alike agree by accident far more often than equal ones.",
            ),
        ),
        EdgeKind(
            name="candidate",
            outward="may have controlled",
            inward="may have been controlled by",
            group="Candidates",
            priority=0,
            means="A screening run put this account before a person; the candidate lists the evidence.",
            does_not_mean="It does not show that it is the applicant's: no person has said so yet.",
            innocent=("See the candidate: its innocent explanations are those of its own evidence.",),
        ),
        EdgeKind(
            name="settled",
            outward="was found by reviewers to have controlled",
            inward="was found by reviewers to have been controlled by",
            group="Settled pairs",
            priority=0,
            means="Reviewers looked at this pair and settled that it is the same person.",
            does_not_mean="It does not show that the account matters, nor that who uses it now is who used it then.",
            innocent=(
                "Changed since: an account is sold, given up or taken over, and a finding may be corrected.",
            ),
        ),
        EdgeKind(
            name="self_linked",
            outward="names as its own",
            inward="is named as its own by",
            group="Self-declared links",
            priority=0,
            means="The account's own profile names the other account, page or identifier as belonging with it.",
            does_not_mean="It does not show that the other side agrees: anybody can link to anybody.",
            innocent=(
                "Boast or joke: a profile may name somebody else's account, a fan page or an invented one.",
                "Framing: an account made to discredit somebody names what is really theirs.",
            ),
        ),
    )
}

INNOCENT_BY_ATTRIBUTE: dict[str, tuple[str, ...]] = {
    "email": ("Impersonation: where addresses were not confirmed, anybody could register with anybody's.",),
    "phone": ("Passed on: numbers are given to new holders, and households and offices share one.",),
    "handle": ("Same handle, other person: people choose alike, take over a given-up handle, or copy one.",),
    "name": ("Namesake: different people have the same name.",),
    "name_in_handle": ("Namesake: a handle made of a name fits everybody of that name.",),
    "date_of_birth": ("Shared birthday: in any large group many people have the same date of birth.",),
    "place": ("Neighbours: whole households, streets and towns share a place.",),
    "url": ("Shared page: a page may be that of a family, a club or an employer.",),
}
"""What else explains that an identifier of this kind agrees; added to what fits every agreement."""


def association_kind(name: str) -> EdgeKind:
    """Return the catalogue's entry; a kind that it lacks is shown under its own name, last of all.

    Example:
        >>> association_kind("follows").inward, association_kind("gave_badge").outward
        ('is followed by', 'gave badge')
    """
    if name in ASSOCIATION_KINDS:
        return ASSOCIATION_KINDS[name]
    return _unknown(name)


def identity_kind(name: str) -> EdgeKind:
    """Return the entry of an identity edge: ``declared``, or ``same_email``, ``similar_handle`` and so on.

    An agreement of one attribute has the innocent explanations of that attribute as well. A kind that the
    catalogue lacks is shown under its own name.

    Example:
        >>> identity_kind("self_linked").outward, identity_kind("same_email").innocent[-1][:14]
        ('names as its own', 'Impersonation:')
    """
    if name in IDENTITY_KINDS:
        return IDENTITY_KINDS[name]
    relation, _, attribute = name.partition("_")
    if relation in _AGREEMENTS:
        kind = IDENTITY_KINDS[relation]
        return evolve(kind, innocent=kind.innocent + INNOCENT_BY_ATTRIBUTE.get(attribute, ()))
    return _unknown(name)


_AGREEMENTS = frozenset({"same", "similar"})


def _unknown(name: str) -> EdgeKind:
    words = name.replace("_", " ")
    return EdgeKind(
        name=name,
        outward=words,
        inward=f"{words} (from the other side)",
        group=words.capitalize() or "Other relations",
        priority=99,
        means="The list records this relation; the catalogue has no entry for it.",
        does_not_mean="It is not known what it shows.",
        innocent=("Unknown: what else would explain it is not known either; open the record.",),
    )
