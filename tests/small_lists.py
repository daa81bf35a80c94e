"""Small lists and runs written by hand, so that graphs and pages are tested without an ingest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import asdict

from vetting.errors import UnknownListError
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Candidate, Evidence
from vetting.evidence.screening_result import Coverage, ListCoverage, Screening
from vetting.records.completeness import Completeness, TableReport
from vetting.records.passports import ListPassport
from vetting.records.people import Applicant
from vetting.records.schemas import ACCOUNTS
from vetting.store import layout
from vetting.store.shard import Shard

LIST_ID = "thornwood-2019"


class FakeStore:
    """Lists in memory of the test: what a list store offers to the graph."""

    def __init__(self, *shards: Shard) -> None:
        self._shards = {shard.list_id: shard for shard in shards}

    def shard(self, list_id: str) -> Shard:
        if list_id not in self._shards:
            raise UnknownListError(list_id)
        return self._shards[list_id]


def passport(**changes: Any) -> ListPassport:
    given: dict[str, Any] = {
        "id": LIST_ID,
        "title": "Member database of the Thornwood board",
        "kind": "leak",
        "organisation": "Thornwood board",
        "organisation_kind": "extremist-forum",
        "legal_status": "Not proscribed; banned for this post since 2004",
        "origin": "A database dump published by persons unknown",
        "obtained": "Downloaded by the vetting unit on 2019-11-08",
        "events": ["2011-09-13", "2017-11-21"],
        "leaked": "2019-11-06",
        "sha256": "0" * 63 + "1",
        "lawful_basis": "Police Vetting Regulations, regulation 7",
        "purpose": "Vetting of officers",
        "grade": "2D",
        "grade_scheme": "3x5x2",
        "presence_means": "Somebody registered this account. It does not show that they wrote or read anything.",
        "emails_confirmed": "no",
        "contamination": "Some accounts were opened by journalists and researchers.",
        "expires": "2030-01-01",
    }
    return ListPassport(**given | changes)


def write_shard(
    folder: Path,
    accounts: Mapping[str, Sequence[tuple[str, str]]],
    relations: Sequence[Mapping[str, Any]],
    *,
    about: ListPassport | None = None,
) -> Shard:
    """Write a shard's folder by hand.

    Args:
        folder: Where.
        accounts: Account id -> its identifiers as (kind, value); shorter ids first, then by the alphabet.
        relations: ``kind, source, target_kind, target`` and what else a relation has.
        about: The passport.
    """
    about = about or passport()
    (folder / "neighbours").mkdir(parents=True)
    ids = sorted(accounts, key=lambda account: (len(account), account))
    nodes = {("account", account): row for row, account in enumerate(ids)}
    places: list[tuple[str, str]] = []
    rows = []
    for number, relation in enumerate(relations):
        target = (relation["target_kind"], relation["target"])
        source = ("account", relation["source"])
        for end in (source, target):
            if end not in nodes:
                nodes[end] = len(nodes)
                places.append(end)
        rows.append(
            {
                "kind": relation["kind"],
                "source_node": nodes[source],
                "target_node": nodes[target],
                "first": _moment(relation.get("first")),
                "last": _moment(relation.get("last")),
                "weight": relation.get("weight", 1),
                "place": relation.get("place"),
                "record": relation.get("record", f"core_relations@{100 + number}"),
            }
        )
    moment = pa.timestamp("s", tz="UTC")
    _write(
        folder / layout.RELATIONS_FILE,
        rows,
        pa.schema(
            [
                ("kind", pa.string()),
                ("source_node", pa.int32()),
                ("target_node", pa.int32()),
                ("first", moment),
                ("last", moment),
                ("weight", pa.int32()),
                ("place", pa.string()),
                ("record", pa.string()),
            ]
        ),
    )
    _write(
        folder / layout.PLACES_FILE,
        [{"kind": kind, "id": given} for kind, given in places],
        pa.schema([("kind", pa.string()), ("id", pa.string())]),
    )
    _write(
        folder / layout.ACCOUNTS_FILE,
        [{"account_id": account, "record": f"core_members@{10 + row}"} for row, account in enumerate(ids)],
        ACCOUNTS,
    )
    _write(
        folder / layout.IDENTIFIERS_FILE,
        [
            {"account_row": row, "kind": kind, "value": value, "role": "current", "record": "core_members@10"}
            for row, account in enumerate(ids)
            for kind, value in accounts[account]
        ],
        pa.schema(
            [
                ("account_row", pa.int32()),
                ("kind", pa.string()),
                ("value", pa.string()),
                ("platform", pa.string()),
                ("role", pa.string()),
                ("confirmed", pa.bool_()),
                ("record", pa.string()),
                ("form", pa.string()),
            ]
        ),
    )
    held = np.cumsum([0, *(len(accounts[account]) for account in ids)], dtype=np.int32)
    np.save(folder / layout.IDENTIFIER_STARTS_FILE, held)
    _write_neighbours(folder, rows, len(nodes))
    (folder / layout.PASSPORT_FILE).write_text(about.to_toml(), encoding="utf-8")
    (folder / layout.COMPLETENESS_FILE).write_text(json.dumps(asdict(completeness())), encoding="utf-8")
    return Shard(folder)


def _write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def _write_neighbours(folder: Path, rows: list[dict[str, Any]], nodes: int) -> None:
    ends = [{row["source_node"], row["target_node"]} for row in rows]
    incident = [[number for number, end in enumerate(ends) if node in end] for node in range(nodes)]
    offsets = np.cumsum([0, *map(len, incident)], dtype=np.int64)
    np.save(folder / layout.NEIGHBOUR_OFFSETS_FILE, offsets)
    np.save(
        folder / layout.NEIGHBOUR_RELATIONS_FILE,
        np.array([row for rows_ in incident for row in rows_], np.int32),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None


def completeness() -> Completeness:
    return Completeness(
        file="thornwood.sql.gz",
        sha256="0" * 63 + "1",
        size=48_213_004,
        reader="mysqldump",
        profile="ips4+ipb3",
        encoding="utf8mb4",
        bytes_read=1_048_213_004,
        bytes_unread=20_480,
        ended_well=False,
        statements_skipped=3,
        tables=(
            TableReport(
                name="core_members", role="members", rows=1207, rows_expected=1210, rows_quarantined=3
            ),
            TableReport(name="core_messages", role="messages", rows=21_704),
        ),
        notes=("The dump ends in the middle of the table core_posts.",),
    )


def evidence(kind: str, level: str, bits: float = 0.0, **given: Any) -> Evidence:
    """One item, counted when it has bits unless told otherwise."""
    given.setdefault("counted", bits != 0)
    return Evidence(kind=kind, level=level, bits=bits, **given)


def seed_candidate(**changes: Any) -> Candidate:
    """The seed case: found by handle and e-mail, with things that speak against it."""
    given: dict[str, Any] = {
        "applicant_id": "A-17",
        "list_id": LIST_ID,
        "account_id": "41",
        "surfaced": True,
        "surfaced_because": "a strong identifier agrees: the e-mail address",
        "expected_coincidences": 0.0004,
        "probability": 0.87,
        "record": "core_members@10482",
        "evidence": (
            evidence(
                "email",
                "exact",
                17.4,
                applicant_value="quillmere@example.org",
                listed_value="Quillmere@example.org",
                rule="the same address",
                note="e-mail not confirmed",
                group="quillmere",
                record=f"{LIST_ID}:core_members@10482",
            ),
            evidence(
                "handle",
                "close",
                11.2,
                applicant_value="vornskald_77",
                listed_value="vornskald77",
                rule="a separator differs",
                note="an earlier name of the account",
                group="vornskald",
                record=f"{LIST_ID}:core_members_known_names@88",
            ),
            evidence(
                "name_in_handle",
                "plausible",
                4.1,
                applicant_value="Quill Meredith",
                listed_value="quillmere",
                rule="handle made of parts of the name",
                group="quillmere",
                counted=False,
                record=f"{LIST_ID}:core_members@10482",
            ),
            evidence(
                "date_of_birth",
                "conflict",
                -4.6,
                applicant_value="1990-04-03",
                listed_value="1979-11-30",
                rule="different years",
                record=f"{LIST_ID}:core_members@10482",
            ),
            evidence(
                "place",
                "plausible",
                0.0,
                applicant_value="Ambleford",
                listed_value="The North",
                rule="too vague",
            ),
            evidence("phone", "missing", applicant_value="+44 1632 960012"),
            evidence("url", "missing"),
        ),
        "innocent_explanations": (
            (
                "Impersonation: whoever ran the list did not confirm e-mail addresses, so anybody could have "
                "registered with this applicant's address."
            ),
            (
                "Earlier name: the agreement is with an earlier name of the account, and an account may have "
                "changed hands since."
            ),
        ),
    }
    return Candidate(**given | changes)


def weak_candidate(**changes: Any) -> Candidate:
    given: dict[str, Any] = {
        "applicant_id": "A-203",
        "list_id": LIST_ID,
        "account_id": "97",
        "surfaced": True,
        "surfaced_because": "two independent kinds of evidence: handle, place",
        "expected_coincidences": 1.8,
        "probability": 0.31,
        "record": "core_members@20991",
        "evidence": (
            evidence(
                "handle",
                "exact",
                8.3,
                applicant_value="marrowgate",
                listed_value="marrowgate",
                rule="the same handle",
                record=f"{LIST_ID}:core_members@20991",
            ),
            evidence(
                "place",
                "exact",
                4.2,
                applicant_value="Ambleford",
                listed_value="Ambleford",
                rule="the same town",
                record=f"{LIST_ID}:core_pfields@12",
            ),
            evidence("date_of_birth", "missing", applicant_value="1984-08-21"),
        ),
        "innocent_explanations": ("Same handle, other person: people choose the same handle independently.",),
    }
    return Candidate(**given | changes)


def coverage() -> Coverage:
    about = passport()
    return Coverage(
        applicants=302,
        lists=(
            ListCoverage(
                list_id=LIST_ID,
                title=about.title,
                sha256=about.sha256,
                accounts=1207,
                pairs_compared=5812,
                keys_skipped=2,
                pairs_skipped=9041,
                presence_means=about.presence_means,
                complete=False,
                completeness=asdict(completeness()),
                identifiers={"handle": 1391, "email": 1288, "name": 212},
            ),
        ),
        lists_not_tried=("marram-2021",),
        tried={"name": 302, "handle": 188, "email": 301},
        missing={"handle": 121, "phone": 14},
        skipped={"phone": 2},
        not_tried={"A-9": ("handle", "phone")},
        quarantined=1,
        notes=("One row of the roster repeats an id and was left out.",),
    )


def screening(*candidates: Candidate) -> Screening:
    return Screening(
        candidates=candidates or (seed_candidate(), weak_candidate()),
        coverage=coverage(),
        policy=SurfacingPolicy(),
        applicants={"A-17": Applicant(id="A-17", names=["Quill Meredith"])},
        unsurfaced=211,
    )


def relation(kind: str, source: str, target: str, **given: Any) -> dict[str, Any]:
    """A relation; ``target`` is ``"topic:7"``, or an account's id alone."""
    target_kind, colon, name = target.partition(":")
    if not colon:
        target_kind, name = "account", target
    return {"kind": kind, "source": source, "target_kind": target_kind, "target": name, **given}


def seed_shard(folder: Path) -> Shard:
    """A list around the seed case: messages, follows, topics, a hub, an unknown account, a self-loop."""
    accounts = {
        "41": [("handle", "vornskald77"), ("email", "Quillmere@example.org")],
        "97": [("handle", "marrowgate")],
    }
    accounts |= {str(number): [("handle", f"third_party_{number}")] for number in range(100, 140)}
    accounts["139"] = []
    relations = [
        relation(
            "messaged",
            "41",
            "conversation:3",
            first="2014-02-01T10:00:00",
            last="2016-05-02T09:00:00",
            weight=12,
        ),
        relation("messaged", "100", "conversation:3", first="2014-02-01T11:00:00", weight=3),
        relation("messaged", "41", "101", first="2015-01-01T00:00:00", weight=2),
        relation("messaged", "102", "41", first="2015-03-01T00:00:00"),
        relation("follows", "41", "100"),
        relation("follows", "103", "41"),
        relation("follows", "41", "9999"),
        relation("quoted", "41", "104", weight=4, first="2013-07-01T00:00:00"),
        relation("quoted", "41", "41", first="2013-07-01T00:00:00"),
        relation(
            "used_ip",
            "41",
            "ip:203.0.113.7",
            weight=61,
            first="2013-01-01T00:00:00",
            last="2017-01-01T00:00:00",
        ),
        relation("posted_in", "97", "topic:1", first="2016-01-01T00:00:00"),
    ]
    relations += [
        relation("posted_in", "41", f"topic:{n}", weight=n, first="2014-01-01T00:00:00") for n in range(1, 31)
    ]
    relations += [relation("posted_in", str(n), "topic:1") for n in range(100, 139)]
    return write_shard(folder, accounts, relations)
