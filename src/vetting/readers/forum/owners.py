"""Whose a post is, for tables that name only the post."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from attrs import define, field

from vetting.readers.forum.grouping import ABSENT, Ints, numbers

__all__ = ["Owners"]


@define
class Owners:
    """Accounts by post, in arrays; 16 bytes a post.

    Example:
        >>> owners = Owners()
        >>> owners.add("post", pa.array([12, 10]), pa.array([7, 3]))
        >>> owners.of("post", pa.array([10, 11, None, 12])).to_pylist()
        [3, None, None, 7]
    """

    _parts: dict[str, list[tuple[Ints, Ints]]] = field(factory=dict, init=False)

    def add(self, kind: str, posts: pa.Array, accounts: pa.Array) -> None:
        """Take in whose posts are, ``int64`` both."""
        self._parts.setdefault(kind, []).append((numbers(posts), numbers(accounts)))

    def of(self, kind: str, posts: pa.Array) -> pa.Array:
        """Accounts whose posts these are; null for a post that is not known."""
        held, accounts = self._sorted(kind)
        wanted = numbers(posts)
        if not len(held):
            return pa.nulls(len(wanted), pa.int64())
        at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
        known = (held[at] == wanted) & (wanted != ABSENT) & (accounts[at] != ABSENT)
        return pa.array(accounts[at], pa.int64(), mask=~known)

    def _sorted(self, kind: str) -> tuple[Ints, Ints]:
        parts = self._parts.get(kind)
        if not parts:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        if len(parts) > 1:
            parts = [(np.concatenate([a for a, _ in parts]), np.concatenate([b for _, b in parts]))]
        posts, accounts = parts[0]
        if len(posts) > 1 and not bool((posts[1:] >= posts[:-1]).all()):
            order = np.argsort(posts, kind="stable")
            posts, accounts = posts[order], accounts[order]
        self._parts[kind] = [(posts, accounts)]
        return posts, accounts
