"""Lists held in memory or written to a store from records, so that tests need no file of anybody's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from vetting.ingestion import ListStore
from vetting.records.accounts import ListedAccount
from vetting.records.completeness import Completeness
from vetting.records.passports import ListPassport
from vetting.records.schemas import ACCOUNTS, IDENTIFIERS, RELATIONS, Batch
from vetting.store.folder import HeldList
from vetting.store.writing import ShardCounts, write_papers, write_shard

__all__ = ["batches_of", "every_byte_and_cell", "hold", "passport", "write_list"]


def passport(**changes: Any) -> ListPassport:
    """A passport that is right in every key but those given."""
    given: dict[str, Any] = {
        "id": "forum-2019",
        "title": "Member database of the Thornwick board",
        "kind": "leak",
        "organisation": "Thornwick board",
        "organisation_kind": "extremist-forum",
        "legal_status": "not proscribed, 2011 to 2019",
        "origin": "published by an unknown hand",
        "obtained": "from an archive, 2019-11-08",
        "events": ["2011-09-13", "2017-11-21"],
        "leaked": "2019-11-06",
        "sha256": "ab" * 32,
        "lawful_basis": "public task",
        "purpose": "vetting of applicants",
        "grade": "2D",
        "grade_scheme": "3x5x2",
        "presence_means": "an account was registered",
        "emails_confirmed": "unknown",
        "expires": "2099-11-22",
    }
    return ListPassport(**given | changes)


def batches_of(accounts: Sequence[ListedAccount], *, relations: Sequence[dict[str, Any]] = ()) -> list[Batch]:
    """The batches that a reader would hand over for these accounts: one per table."""
    rows = [{"account_id": account.account_id, "record": account.record or "row@1"} for account in accounts]
    identifiers = [
        {
            "account_id": account.account_id,
            "kind": str(item.kind),
            "value": item.value,
            "platform": item.platform,
            "role": item.role,
            "confirmed": item.confirmed,
            "record": item.record or account.record or "row@1",
        }
        for account in accounts
        for item in account.identifiers()
    ]
    return [
        Batch("accounts", pa.RecordBatch.from_pylist(rows, ACCOUNTS)),
        Batch("identifiers", pa.RecordBatch.from_pylist(identifiers, IDENTIFIERS)),
        Batch("relations", pa.RecordBatch.from_pylist(list(relations), RELATIONS)),
    ]


def hold(
    folder: Path,
    accounts: Iterable[ListedAccount],
    *,
    list_id: str = "forum-2019",
    batches: Iterable[Batch] | None = None,
) -> ListStore:
    """A store with one list of these accounts (or of these batches), written by the store's own writer."""
    about = passport(id=list_id)
    store = ListStore.open(folder)
    with store.new_shard() as incoming:
        counts = write_list(incoming, batches_of(list(accounts)) if batches is None else batches, about)
        store.admit(
            incoming,
            HeldList(
                id=list_id,
                title=about.title,
                sha256=about.sha256,
                accounts=counts.accounts,
                folder=f"{list_id}-{hashlib.sha256(list_id.encode()).hexdigest()[:8]}",
            ),
        )
    return store


def write_list(folder: Path, batches: Iterable[Batch], about: ListPassport) -> ShardCounts:
    """Write a whole shard into an empty folder."""
    counts = write_shard(folder, batches, region="GB")
    report = Completeness(file="list.csv", sha256=about.sha256, size=1, reader="table")
    write_papers(folder, about, report)
    return counts


def every_byte_and_cell(store: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of the store as it lies on disk, and each column of each table as text."""
    for path in sorted(store.rglob("*")):
        if not path.is_file():
            continue
        yield path.name, path.read_bytes()
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            for column in table.column_names:
                values = table.column(column).to_pylist()
                yield f"{path.name} {column}", json.dumps(values, default=_text).encode()


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
