"""Made-up people and accounts in any number: heavy-tailed names and handles, several scripts, gaps.

Columns are drawn whole in numpy and put together by Arrow, a chunk at a time, so that 15 million rows
take minutes and no memory. Nobody in them exists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import vetting

__all__ = ["CHUNK", "Planted", "made_up_passport", "read_people", "write_world"]

CHUNK = 250_000
_ONSETS = [
    "b",
    "br",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "w",
    "y",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ae", "ei", "ou"]
_ENDS = ["", "n", "r", "s", "l", "th", "m", "ck"]
_CYRILLIC = dict(zip("abdefghijklmnoprstuvwyz", "абдефгхийклмнопрстувшыз", strict=True))
_WORDS, _GIVEN, _FAMILY = 40_000, 4_000, 120_000


class Planted:
    """Who is on the list, and where: applicant id -> account id, with how the account differs.

    Attributes:
        pairs: (applicant id, account id, way) of each person planted.
    """

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str, str]] = []


def write_world(folder: Path, people: int, accounts: int, *, planted: int = 500, seed: int = 4) -> Planted:
    """Write ``roster.parquet`` and ``list.parquet``, and tell who was planted.

    Args:
        folder: Where to.
        people: Rows of the roster.
        accounts: Rows of the list.
        planted: People who have an account, spread over five ways to be recognised.
        seed: Of the whole world.
    """
    rng = np.random.default_rng(seed)
    words = _Words(rng)
    roster = next(_rows(rng, words, people, "A", chunk=people))
    pq.write_table(roster, folder / "roster.parquet")
    made = Planted()
    where = np.sort(rng.choice(accounts, planted, replace=False))
    who = rng.choice(people, planted, replace=False)
    begin = 0
    with pq.ParquetWriter(folder / "list.parquet", roster.schema) as writer:
        for part in _rows(rng, words, accounts, "m", chunk=CHUNK):
            inside = np.flatnonzero((where >= begin) & (where < begin + part.num_rows))
            planted_here = _plant(rng, part, roster, where[inside] - begin, who[inside], inside, made)
            writer.write_table(planted_here)
            begin += part.num_rows
    return made


def read_people(path: Path) -> list[vetting.Applicant]:
    """Read a roster that :func:`write_world` wrote."""
    return [
        vetting.Applicant(
            id=row["id"], names=row["name"] or [], date_of_birth=row["date_of_birth"], emails=row["email"] or [],
            phones=row["phone"] or [], handles=row["handle"] or [],
        )
        for row in pq.read_table(path).to_pylist()
    ]  # fmt: skip


def made_up_passport(source: Path) -> vetting.ListPassport:
    """Return a passport for a list that :func:`write_world` wrote; its id is ``scale``."""
    return vetting.ListPassport(
        id="scale", title="Made up", kind="leak", organisation="Nobody", organisation_kind="extremist-forum",
        legal_status="does not exist", origin="a generator", obtained="today", events=["2019-01-01", "2019-12-31"],
        leaked="2020-01-01", sha256=hashlib.sha256(source.read_bytes()).hexdigest(), lawful_basis="none needed",
        purpose="measuring", grade="2D", grade_scheme="3x5x2", presence_means="nothing",
        emails_confirmed="unknown", expires="2099-01-01",
    )  # fmt: skip


def _plant(
    rng: np.random.Generator,
    part: pa.Table,
    roster: pa.Table,
    rows: npt.NDArray[np.int64],
    who: npt.NDArray[np.int64],
    numbers: npt.NDArray[np.int64],
    made: Planted,
) -> pa.Table:
    """Overwrite some rows by accounts of people of the roster, each alike in one of five ways."""
    if not len(rows):
        return part
    people = roster.take(pa.array(who)).to_pylist()
    columns = {name: part[name].to_pylist() for name in part.column_names}
    for row, person, number in zip(rows.tolist(), people, numbers.tolist(), strict=True):
        way = ("e-mail", "phone", "handle", "handle with digits", "name and birth")[number % 5]
        # Only what the roster has can be met again; who lacks it is planted by the handle, which all have.
        needs = {"e-mail": ["email"], "phone": ["phone"], "name and birth": ["name", "date_of_birth"]}
        if not all(person[field] for field in needs.get(way, [])):
            way = "handle"
        columns["name"][row] = None
        if way == "e-mail":
            columns["email"][row] = person["email"]
        elif way == "phone":
            columns["phone"][row] = person["phone"]
        elif way == "handle":
            columns["handle"][row] = person["handle"]
        elif way == "handle with digits":
            columns["handle"][row] = f"{person['handle']}_{rng.integers(10, 99)}"
        else:
            columns["name"][row] = person["name"]
            columns["date_of_birth"][row] = person["date_of_birth"]
        made.pairs.append((person["id"], columns["id"][row], way))
    return pa.table(columns, schema=part.schema)


class _Words:
    """Vocabularies of which few words are very common and most are rare."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.given = _made_up(rng, _GIVEN, 2)
        self.family = _made_up(rng, _FAMILY, 3)
        self.topics = _made_up(rng, _WORDS, 2)
        cyrillic = rng.random(len(self.family)) < 0.08
        self.family = [
            "".join(_CYRILLIC.get(letter, letter) for letter in word) if other else word
            for word, other in zip(self.family, cyrillic.tolist(), strict=True)
        ]


def _made_up(rng: np.random.Generator, count: int, syllables: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        picks = rng.integers(0, 1 << 30, (count, syllables, 3))
        for row in picks.tolist():
            text = "".join(_ONSETS[a % 20] + _VOWELS[b % 8] + _ENDS[c % 8] for a, b, c in row)
            found.setdefault(text)
    return list(found)[:count]


def _zipf(rng: np.random.Generator, size: int, rows: int, power: float) -> npt.NDArray[np.int64]:
    """Draw ranks whose frequency falls as a power of the rank."""
    edge = 1.0 - power
    drawn = ((size**edge - 1.0) * rng.random(rows) + 1.0) ** (1.0 / edge)
    return np.minimum(drawn.astype(np.int64), size) - 1


def _rows(
    rng: np.random.Generator, words: _Words, total: int, prefix: str, *, chunk: int
) -> Iterator[pa.Table]:
    for start in range(0, total, chunk):
        rows = min(chunk, total - start)
        given = pa.array(words.given).take(pa.array(_zipf(rng, _GIVEN, rows, 0.9)))
        family = pa.array(words.family).take(pa.array(_zipf(rng, _FAMILY, rows, 0.8)))
        topic = pa.array(words.topics).take(pa.array(_zipf(rng, _WORDS, rows, 0.7)))
        other = pa.array(words.topics).take(pa.array(_zipf(rng, _WORDS, rows, 0.6)))
        number = pa.array(rng.integers(0, 10_000, rows)).cast(pa.string())
        style = rng.integers(0, 4, rows)
        joined = pc.binary_join_element_wise(topic, other, "_")
        handle = pc.if_else(
            pa.array(style == 0),
            pc.binary_join_element_wise(topic, number, ""),
            pc.if_else(
                pa.array(style == 1),
                pc.binary_join_element_wise(given, pc.utf8_slice_codeunits(family, 0, 3), ""),
                joined,
            ),
        )
        names = pc.binary_join_element_wise(pc.utf8_capitalize(given), pc.utf8_capitalize(family), " ")
        ids = pc.binary_join_element_wise(
            prefix, pa.array(np.arange(start, start + rows)).cast(pa.string()), ""
        )
        local = pc.if_else(
            pa.array(rng.random(rows) < 0.4),
            pc.binary_join_element_wise(handle, number, ""),
            pc.binary_join_element_wise(topic, ids, "."),
        )
        days = (np.datetime64("1950-01-01") + rng.integers(0, 20_000, rows)).astype(str)
        phones = np.char.add("+4477", np.char.zfill(rng.integers(0, 10**8, rows).astype(str), 8))
        yield pa.table(
            {
                "id": ids,
                "name": _gaps(rng, names, 0.45),
                "date_of_birth": _gaps(rng, pa.array(days.tolist()), 0.35),
                "email": _gaps(rng, pc.binary_join_element_wise(local, "post.example", "@"), 0.9),
                "phone": _gaps(rng, pa.array(phones.tolist()), 0.15),
                "handle": handle,
            }
        )


def _gaps(rng: np.random.Generator, column: pa.Array, known: float) -> pa.Array:
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    return pc.if_else(pa.array(rng.random(len(column)) < known), column, pa.scalar(None, pa.string()))
