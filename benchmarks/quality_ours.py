"""Runs the package for the quality benchmark: pairs in batches, and whole screenings, through its own API."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

import vetting
from vetting.compare.levels import FormPairs, LevelCode
from vetting.compare.names import compare_names
from vetting.engines import open_engine
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.evidence.scores import PairScores
from vetting.evidence.scoring import Scorer
from vetting.normalise.cohort import Cohort
from vetting.normalise.names import name_form

__all__ = [
    "Thinned",
    "accepted_names",
    "applicant",
    "listed",
    "make_store",
    "pair_scores",
    "passport",
    "write_rows",
]

Row = dict[str, str]
_FIELDS = {"name": "names", "email": "emails", "phone": "phones", "handle": "handles", "postcode": "places"}
LIST_HEADER = ("account_id", "name", "date_of_birth", "email", "phone", "username", "address")
ROSTER_HEADER = ("id", "name", "date_of_birth", "email", "phone", "handle", "address")


def _values(row: Row) -> dict[str, Any]:
    given: dict[str, Any] = {field: [row[name]] for name, field in _FIELDS.items() if row.get(name)}
    try:
        born = vetting.PartialDate.parse(row.get("date_of_birth", ""))
    except vetting.VettingError:  # no date: a roster's reader sets such a cell aside, too
        return given
    return given | {"date_of_birth": born}


def applicant(key: str, row: Row) -> vetting.Applicant:
    """An applicant from a generated row."""
    return vetting.Applicant(id=key, **_values(row))


def listed(key: str, row: Row) -> vetting.ListedAccount:
    """A listed account from a generated row."""
    return vetting.ListedAccount(list_id="list", account_id=key, **_values(row))


def pair_scores(left: Sequence[Row], right: Sequence[Row]) -> PairScores:
    """Score rows pairwise, rarity learned from both sides as a screening does."""
    ours = Cohort([applicant(str(i), row) for i, row in enumerate(left)], region="GB")
    theirs = Cohort([listed(str(i), row) for i, row in enumerate(right)], region="GB")
    scorer = Scorer(
        ours.values, theirs.values, Rarity(count_frequencies(theirs.values), count_frequencies(ours.values))
    )
    rows = np.arange(len(left), dtype=np.int32)
    return scorer.score(rows, rows)


def accepted_names(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Whether names compare as exact or close."""
    forms_left, forms_right = ([name_form(name) for name in side] for side in (left, right))
    rows = np.arange(len(left), dtype=np.int32)
    levels: npt.NDArray[np.bool_] = (
        compare_names(FormPairs(forms_left, forms_right, rows, rows)).level >= LevelCode.CLOSE
    )
    return levels


def write_rows(path: Path, header: Sequence[str], keys: Sequence[str], rows: Sequence[Row]) -> None:
    """Write a list or a roster as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for key, row in zip(keys, rows, strict=True):
            writer.writerow([
                key, *(row.get(name, "") for name in ("name", "date_of_birth", "email", "phone", "handle", "postcode")),
            ])  # fmt: skip


def sha256(path: Path) -> str:
    """Of a file, for its passport."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def passport(path: Path) -> vetting.ListPassport:
    """A passport for an invented list."""
    return vetting.ListPassport(
        id="list",
        title="An invented list",
        kind="leak",
        organisation="Invented",
        organisation_kind="extremist-forum",
        legal_status="invented",
        origin="made by a benchmark",
        obtained="made by a benchmark",
        events=["2011-09-13", "2017-11-21"],
        leaked="2019-11-06",
        sha256=sha256(path),
        lawful_basis="none needed: nobody in it exists",
        purpose="to measure",
        grade="2D",
        grade_scheme="3x5x2",
        presence_means="nothing",
        emails_confirmed="unknown",
        expires="2099-01-01",
    )


def make_store(folder: Path, keys: Sequence[str], rows: Sequence[Row]) -> vetting.ListStore:
    """Write a list as CSV and ingest it; the store is open."""
    path = folder / "list.csv"
    write_rows(path, LIST_HEADER, keys, rows)
    store = vetting.ListStore.open(folder / "lists")
    store.ingest(path, passport(path))
    return store


class Thinned:
    """An engine that drops scored pairs that a benchmark does not want, so that big runs fit in memory.

    Args:
        least_bits: Pairs below are dropped.
        skip_same: Drop pairs of equal row numbers: a record against itself.
    """

    def __init__(self, least_bits: float, *, skip_same: bool = False) -> None:
        self._engine = open_engine("duckdb")
        self._least = least_bits
        self._skip_same = skip_same

    def map(self, table: Any, function: Any, schema: pa.Schema) -> Any:
        """Map, and drop within each batch."""

        def thinned(batch: pa.RecordBatch) -> pa.RecordBatch:
            done = function(batch)
            names = done.schema.names
            if {"pair_bits", "bits"} & set(names):  # not for handles that are looked up
                bits = done["pair_bits" if "pair_bits" in names else "bits"]
                kept = pc.greater_equal(bits, self._least)
                if self._skip_same:
                    kept = pc.and_(kept, pc.not_equal(done["left_row"], done["right_row"]))
                done = done.filter(kept)
            return done

        return self._engine.map(table, thinned, schema)

    def sql(self, query: str, **tables: Any) -> Any:
        """As the engine below."""
        return self._engine.sql(query, **tables)

    def collect(self, table: Any) -> pa.Table:
        """As the engine below."""
        return self._engine.collect(table)

    def close(self) -> None:
        """As the engine below."""
        self._engine.close()
