"""What a graph leaves out around one account, in sentences: by kind, by time and by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vetting.evidence.words import list_words
from vetting.graph.kinds import association_kind
from vetting.graph.limits import GraphLimits
from vetting.graph.neighbourhood import Neighbourhood
from vetting.store.shard import Shard

__all__ = ["cut_sentences"]


def cut_sentences(near: Neighbourhood, shard: Shard, account_id: str, limits: GraphLimits) -> Iterator[str]:
    """Say what is not shown around an account.

    Args:
        near: What was collected.
        shard: The list.
        account_id: The account.
        limits: What was asked for.
    """
    about = f"account {account_id} on list {shard.list_id}"
    asked = _asked(limits)
    if near.cut.beyond_cap:
        (start,) = (node for node, distance in near.distance.items() if distance == 0)
        yield (
            f"Account {account_id} on list {shard.list_id} has {shard.degree(start):,} relations; "
            f"{limits.hub_cap:,}{' of those asked for' if asked else ''} are shown. "
            f"Left out: {_by_kind(near.cut.beyond_cap)}."
        )
    if near.cut.beyond_total:
        yield (
            f"{_relations(near.cut.beyond_total)} left out further from {about}, for there are too many to "
            f"show: {_by_kind(near.cut.beyond_total)}."
        )
    if near.cut.other_kinds:
        yield (
            f"{_relations(near.cut.other_kinds)} left out around {about}, for only some kinds were asked for: "
            f"{_by_kind(near.cut.other_kinds)}."
        )
    if near.cut.other_times:
        yield (
            f"{_relations(near.cut.other_times)} left out around {about}, for only the time {_window(limits)} was "
            f"asked for: {_by_kind(near.cut.other_times)}."
        )
    if near.cut.undated:
        yield (
            f"{_relations(near.cut.undated)} left out around {about}, for the list has no date of theirs, and nobody "
            f"can say whether they were in the time {_window(limits)}: {_by_kind(near.cut.undated)}."
        )
    for kind in sorted(set(limits.kinds or ()) - set(shard.neighbours.kind_names)):
        yield f"List {shard.list_id} records no relation of the kind “{kind}”, which was asked for."


def _asked(limits: GraphLimits) -> bool:
    return limits.kinds is not None or limits.window is not None


def _relations(cut: Mapping[str, int]) -> str:
    number = sum(cut.values())
    return "1 relation is" if number == 1 else f"{number:,} relations are"


def _by_kind(cut: Mapping[str, int]) -> str:
    return list_words(
        [f"{number:,} of the kind “{association_kind(kind).outward}”" for kind, number in cut.items()]
    )


def _window(limits: GraphLimits) -> str:
    if not limits.since:
        return f"until {limits.until}"
    return f"from {limits.since} to {limits.until}" if limits.until else f"from {limits.since}"
