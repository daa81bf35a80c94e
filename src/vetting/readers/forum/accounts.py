"""Gathers a forum's accounts and hands them over with the names of their groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from vetting.readers.forum.columns import Rows, literal_forms
from vetting.readers.profile_rules import AccountRule, MembershipRule
from vetting.records.schemas import ACCOUNTS, Batch

__all__ = ["Accounts"]

_BATCH = 1 << 16
_NOTHING = frozenset({b"0", b"'0'", b"''", b"NULL", b"null", b"'0000-00-00'"})
VALIDATING = "validating"


@define
class Accounts:
    """Accounts in Arrow columns until the names of groups are known; about 80 bytes each.

    Attributes:
        guests: Rows left out since their id is nobody's.
        nobody: Ids of the forum's own guest and its robots.
    """

    guests: int = field(default=0, init=False)
    nobody: set[int] = field(factory=set, init=False)
    _parts: list[pa.Table] = field(factory=list, init=False)
    _joined: dict[int, list[int]] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return sum(part.num_rows for part in self._parts)

    def add(self, rows: Rows, rule: AccountRule, key: str, generation: int) -> None:
        """Take in rows of a table of accounts.

        Args:
            rows: The rows.
            rule: What its columns mean.
            key: The column with the id.
            generation: Of the profile, for the names of groups.
        """
        if rule.nobody and all(column in rows for column in rule.nobody):
            self.nobody.update(rows.where(rule.nobody).integers(key).drop_null().to_pylist())
            self.guests += len(rows) - len(rows := rows.unless(rule.nobody))
        count = len(rows)
        ids = rows.integers(key)
        seen = [rows.moments(column) for column in rule.last_seen if column in rows]
        blank = [None] * count
        part = pa.table(
            {
                "account": ids,
                "created": rows.moments(rule.created_at),
                "seen": pc.max_element_wise(*seen) if seen else pa.nulls(count, pa.int64()),
                "status": pa.array(_statuses(rows, rule), pa.string()),
                "groups": pa.array(_groups(rows, rule), pa.string())
                if rule.group in rows
                else pa.array(blank, pa.string()),
                "generation": pa.array([generation] * count, pa.int16()),
                "record": pc.binary_join_element_wise(rows.table, pc.cast(rows.offsets, pa.string()), "@"),
            }
        )
        wanted = pc.fill_null(pc.greater(ids, 0), False)
        self.guests += count - (pc.sum(wanted).as_py() or 0)
        self._parts.append(part.filter(wanted))

    def join(self, rows: Rows, rule: MembershipRule, key: str) -> None:
        """Take in rows that put accounts into groups.

        Args:
            rows: The rows.
            rule: What their columns mean.
            key: The column with the account's id.
        """
        rows = rows.unless(rule.unless)
        pairs = zip(rows.integers(key).to_pylist(), rows.integers(rule.group).to_pylist(), strict=True)
        for account, group in pairs:
            if account is not None and group is not None:
                self._joined.setdefault(account, []).append(group)

    def ids(self) -> pa.Array:
        """All ids, ``int64``, each once."""
        if not self._parts:
            return pa.array([], pa.int64())
        return pc.unique(
            pa.chunked_array([chunk for part in self._parts for chunk in part["account"].chunks], pa.int64())
        )

    def batches(self, titles: Mapping[tuple[int, str, str], str], unconfirmed: set[int]) -> Iterator[Batch]:
        """Hand over the accounts, those of the preferred generation first.

        Args:
            titles: Names by generation, ``"group"`` and number.
            unconfirmed: Accounts that await validation.
        """
        if not self._parts:
            return
        rows = pa.concat_tables(self._parts).combine_chunks()
        self._parts = []
        rows = rows.sort_by([("generation", "ascending"), ("account", "ascending")])
        waiting = pc.is_in(rows["account"], pa.array(sorted(unconfirmed), pa.int64()))
        status = pc.if_else(pc.and_(waiting, pc.is_null(rows["status"])), VALIDATING, rows["status"])
        rows = rows.set_column(rows.column_names.index("status"), "status", status)
        resolved: dict[tuple[int, str], list[str]] = {}

        def named(generation: int, text: str | None, account: int) -> list[str] | None:
            joined = self._joined.get(account)
            if text is None and joined is None:
                return None
            key = (generation, f"{text or ''},{','.join(map(str, joined))}" if joined else text or "")
            if key not in resolved:
                written = (one.strip() for one in key[1].split(","))
                numbers = dict.fromkeys(str(int(one)) for one in written if one.isdecimal() and int(one))
                resolved[key] = [titles.get((generation, "group", one), one) for one in numbers]
            return resolved[key]

        moment = ACCOUNTS.field("created_at").type
        for batch in rows.combine_chunks().to_batches(_BATCH):
            asked = [batch.column(name).to_pylist() for name in ("generation", "groups", "account")]
            columns = [
                pc.cast(batch.column("account"), pa.string()),
                pc.cast(batch.column("created"), moment),
                pc.cast(batch.column("seen"), moment),
                batch.column("status"),
                pa.array(map(named, *asked), ACCOUNTS.field("groups").type),
                batch.column("record"),
            ]
            yield Batch("accounts", pa.RecordBatch.from_arrays(columns, schema=ACCOUNTS))


def _statuses(rows: Rows, rule: AccountRule) -> list[str | None]:
    found: list[str | None] = [None] * len(rows)
    for status in rule.status:
        if status.column not in rows:
            continue
        wanted = frozenset(form for text in status.values for form in literal_forms(text))
        for index, literal in enumerate(rows.raw(status.column)):
            if found[index] is None and (literal in wanted if wanted else literal not in _NOTHING):
                found[index] = status.text
    return found


def _groups(rows: Rows, rule: AccountRule) -> list[str]:
    main = [text or "" for text in rows.texts(rule.group)]
    if rule.other_groups not in rows:
        return main
    return [f"{one},{other or ''}" for one, other in zip(main, rows.texts(rule.other_groups), strict=True)]
