"""Kinds of edges that only chats have: who came into a group, who went, who let whom in, and whose number changed."""

from __future__ import annotations

from attrs import frozen

__all__ = ["CHAT_KINDS", "EdgeKind"]


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
        innocent: What else than the obvious would explain it: whole sentences, each starting with its name.
    """

    name: str
    outward: str
    inward: str
    group: str
    priority: int
    means: str
    does_not_mean: str
    innocent: tuple[str, ...] = ()


CHAT_KINDS = (
    EdgeKind(
        name="added",
        outward="put into a group",
        inward="was put into a group by",
        group="Put into groups",
        priority=10,
        means="The account put the other one into a group.",
        does_not_mean="It does not show that the one who was put there wanted it, stayed, or read anything.",
        innocent=(
            "Unasked: in many groups anybody can be put in by whoever has the number, without being asked.",
            "Doing a job: whoever runs a group lets in all who ask, or everybody on a list.",
        ),
    ),
    EdgeKind(
        name="removed",
        outward="put out of a group",
        inward="was put out of a group by",
        group="Put out of groups",
        priority=11,
        means="The account put the other one out of a group.",
        does_not_mean="It does not show why, nor that they know each other.",
        innocent=(
            "Quarrel or tidying: groups put out whoever contradicts, is silent, has a new number, or got in by mistake.",
        ),
    ),
    EdgeKind(
        name="joined",
        outward="came into",
        inward="was entered by",
        group="Groups come into",
        priority=12,
        means="The account came into the group by its own doing: by a link, on request, or by starting the group.",
        does_not_mean="It does not show agreement with the group, nor that what is written there was read.",
        innocent=(
            "Open door: a link is passed on and says little of what is behind it; many look in once.",
            "Watching: journalists, researchers, opponents and officers come in to see what is written.",
        ),
    ),
    EdgeKind(
        name="left",
        outward="went out of",
        inward="was left by",
        group="Groups gone out of",
        priority=13,
        means="The account went out of the group by its own doing.",
        does_not_mean="It does not show why, nor how the account came in.",
        innocent=(
            "Turning away: people go out of groups that they were put into unasked, or that they disagree with.",
        ),
    ),
    EdgeKind(
        name="changed_number",
        outward="told of a new number in",
        inward="was told of a new number by",
        group="New numbers told in",
        priority=14,
        means="The app told the chat that the account has a new telephone number.",
        does_not_mean="It is no contact, and does not show that anything was to be hidden.",
        innocent=(
            "Ordinary change: a new contract, country or lost telephone brings a new number, and the app tells it by itself.",
        ),
    ),
)
