"""How many accounts of a list have a path to one of them: what being near somebody is worth on this list."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.errors import StoreError
from vetting.graph.limits import GraphLimits
from vetting.normalise.text import visible_text
from vetting.store.neighbours import Neighbours, Rows
from vetting.store.shard import Shard

__all__ = ["BaseRate", "base_rate"]

_MOST_READ = 10_000_000  # ends of relations; about half a second
_AT_ONCE = 1_000_000
_BROAD = 8


@frozen(kw_only=True)
class BaseRate:
    """How many accounts of a list have a path to an account.

    Attributes:
        hops: Steps of the longest path that counts; each step is one relation.
        reached: Other accounts of the list with such a path.
        accounts: Accounts on the list.
        complete: ``False`` where counting stopped early: there are at least so many.
        account_id: The account.
        kinds: Kinds of relation that a path may use; ``None`` for all.
    """

    hops: int
    reached: int
    accounts: int
    complete: bool
    account_id: str = ""
    kinds: tuple[str, ...] | None = None

    def sentence(self) -> str:
        """Say it in words.

        Example:
            >>> BaseRate(hops=2, reached=4312, accounts=1_000_000, complete=True, account_id="41").sentence()
            '4,312 of 1,000,000 accounts (0.43 %) have a path of at most 2 steps to account 41.'
        """
        have = "has" if self.reached == 1 else "have"
        accounts = "account" if self.accounts == 1 else "accounts"
        steps = "1 step" if self.hops == 1 else f"{self.hops:,} steps"
        to = f"account {visible_text(self.account_id)}" if self.account_id else "this account"
        least = "" if self.complete else "At least "
        end = (
            ""
            if self.complete
            else " Counting was stopped there, since there are too many relations to follow."
        )
        return (
            f"{least}{self.reached:,} of {self.accounts:,} {accounts} ({_share(self.reached, self.accounts)}) {have} "
            f"a path of at most {steps} to {to}.{end}"
        )


def base_rate(
    shard: Shard, account_id: str, *, hops: int, hub_cap: int = 200, kinds: Collection[str] | None = None
) -> BaseRate:
    """Count the accounts of a list that have a path to one of its accounts.

    A path leads along relations in either direction, through accounts, topics, conversations and addresses,
    but through no hub. It is a figure about the list: where most accounts are within two steps of everybody,
    being within two steps of somebody shows nothing.

    Args:
        shard: The list.
        account_id: The account.
        hops: Steps of the longest path that counts, 0 or more.
        hub_cap: A node with more relations on the whole list is reached, and no path leads through it.
        kinds: Only paths of relations of these kinds; ``None`` for all.

    Raises:
        ValueError: ``hops`` is negative or ``hub_cap`` less than 1.
        StoreError: The list does not hold the account.

    Cost:
        A few milliseconds for two steps. At most ten million ends of relations are read, in about half a
        second; beyond, counting stops, and the result says so.
    """
    limits = GraphLimits(hops=hops, hub_cap=hub_cap, kinds=kinds)
    start = shard.row_of(account_id)
    if start is None:
        raise StoreError(
            f"list {shard.list_id!r} does not hold this account. Give the id of one that it holds."
        )
    reached, complete = _reached(shard.neighbours, start, limits)
    return BaseRate(
        hops=hops,
        reached=int(reached[: shard.size].sum()) - 1,
        accounts=shard.size,
        complete=complete,
        account_id=account_id,
        kinds=limits.kinds,
    )


def _reached(walk: Neighbours, start: int, limits: GraphLimits) -> tuple[npt.NDArray[np.bool_], bool]:
    """Mark the nodes within some steps, the start among them; and whether nothing was left unread."""
    reached = np.zeros(walk.nodes, np.bool_)
    reached[start] = True
    wanted = (
        None
        if limits.kinds is None
        else np.array([name in limits.kinds for name in walk.kind_names], np.bool_)
    )
    frontier = np.array([start], np.int64)
    left = _MOST_READ
    for _ in range(limits.hops):
        frontier = frontier[(walk.degrees(frontier) <= limits.hub_cap) | (frontier == start)]
        # Few ends are sorted; of many it is quicker to look every node of the list up.
        broad = int(walk.degrees(frontier).sum()) * _BROAD > walk.nodes
        before = reached.copy() if broad else reached
        fresh = [np.empty(0, np.int64)]
        for part in _pieces(walk, frontier):
            rows = walk.rows_at(part)
            left -= len(rows)
            if left < 0:
                return reached, False
            if wanted is not None:
                rows = rows[wanted[walk.kinds[rows]]]
            ends = np.concatenate([walk.sources[rows], walk.targets[rows]])
            if not broad:
                ends = np.unique(ends[~reached[ends]])
                fresh.append(ends.astype(np.int64))
            reached[ends] = True
        frontier = np.flatnonzero(reached & ~before) if broad else np.sort(np.concatenate(fresh))
        if not len(frontier):
            break
    return reached, True


def _pieces(walk: Neighbours, nodes: Rows) -> list[Rows]:
    """Split nodes so that the relations of a piece are no more than memory holds at ease."""
    ends = np.cumsum(walk.degrees(nodes))
    if not len(ends) or ends[-1] <= _AT_ONCE:
        return [nodes]
    return np.split(nodes, np.searchsorted(ends, np.arange(_AT_ONCE, int(ends[-1]), _AT_ONCE)))


def _share(part: int, whole: int) -> str:
    """A percentage to two digits that count; never "0 %" of what there is, nor "100 %" of what is not all."""
    if not whole or not part:
        return "0 %"
    percent = 100 * part / whole
    if percent < 0.01:
        return "under 0.01 %"
    return "100 %" if part == whole else f"{min(percent, 99.0):.2g} %"
