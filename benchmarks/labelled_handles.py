"""Labelled handles for fitting and measuring: who has which, and a pool to find them in.

Reads public data from the folder in ``VETTING_BENCH_DATA`` (default ``../shared/data``), which is not part
of this repository: people with the handles they publish themselves, and names for made-up accounts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from vetting.blocking.keys import blocking_keys
from vetting.blocking.lookup import look_up
from vetting.blocking.nearest import near_pairs
from vetting.blocking.postings import Postings, build_postings, compact_forms
from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.rarity import Rarity
from vetting.normalise.columns import KindColumn, ValueTable, column_of
from vetting.normalise.handles import handle_form
from vetting.normalise.names import name_form
from vetting.normalise.text import ascii_letters
from vetting.records.identifiers import IdentifierKind

Rows = npt.NDArray[np.int64]

SEED = 7
PATTERNED = CHAINED = 60_000  # made-up accounts: written like names, and drawn character by character
_WORDS = "real official the its iam mr x hq tv dev yt gaming art music us uk".split()
_EDGE = "\n"


def data_folder() -> Path:
    """Return the folder of public data; ends the program where it is absent."""
    folder = Path(os.environ.get("VETTING_BENCH_DATA", "../shared/data"))
    if not (folder / "handles" / "people.jsonl").exists():
        raise SystemExit(
            f"{folder}: no handles/people.jsonl there. Set VETTING_BENCH_DATA to the public data."
        )
    return folder


@frozen
class Person:
    """Somebody with the handles that they publish.

    Attributes:
        source: ``politics`` (two overlapping sets), ``isadev`` or ``msadv``.
        name: Empty if unknown.
        handles: Platform and handle.
        half: 0 for fitting, 1 for measuring; by a hash of source and id.
    """

    source: str
    name: str
    handles: tuple[tuple[str, str], ...]
    half: int


def read_people(folder: Path) -> list[Person]:
    """Read people, those who share a handle or a first and last name put together."""
    items = [json.loads(line) for line in (folder / "handles" / "people.jsonl").open(encoding="utf-8")]
    parent = list(range(len(items)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    seen: dict[tuple[str, str, str], int] = {}
    for place, item in enumerate(items):
        keys = [("handle", held["platform"], held["handle"].lower()) for held in item["handles"]]
        words = [word for word in re.findall("[a-z]+", ascii_letters(item["name"] or "")) if len(word) > 1]
        if len(words) > 1:
            keys.append(("name", words[0], words[-1]))
        for key in keys:
            parent[root(place)] = root(seen.setdefault(key, place))
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(items)):
        groups[root(place)].append(place)
    return [_person([items[place] for place in group]) for group in groups.values()]


def _person(items: list[dict[str, Any]]) -> Person:
    handles = {
        (held["platform"], held["handle"].lower()): held["handle"]
        for item in items
        for held in item["handles"]
    }
    sources = {item["source"] for item in items}
    source = "politics" if sources & {"congress", "uspol"} else min(sources)
    digest = hashlib.md5((source + items[0]["id"]).encode(), usedforsecurity=False).digest()
    return Person(
        source=source,
        name=next((item["name"] for item in items if item["name"]), ""),
        handles=tuple((platform, handle) for (platform, _), handle in handles.items()),
        half=digest[0] & 1,
    )


def made_up_handles(folder: Path, people: Sequence[Person]) -> list[str]:
    """Draw the pool's other accounts with a fixed seed: handles written like names, and chained characters.

    The characters are chained as in the handles of the people for fitting (the next after the last three,
    shorter contexts as often as they are new), never those for measuring.
    """
    draw = random.Random(SEED)
    names = [
        (row["first_name"], row["last_name"])
        for file in ("people_us.csv", "people_global.csv")
        for row in csv.DictReader((folder / "names" / file).open(encoding="utf-8"))
    ]
    written: list[str] = []
    while len(written) < PATTERNED:
        first, last = ("".join(re.findall("[a-z]", ascii_letters(part))) for part in draw.choice(names))
        if min(len(first), len(last)) > 1:
            written.append(_written(first, last, draw))
    texts = [handle for person in people if person.half == 0 for _, handle in person.handles]
    return written + _chained([handle_form(text) for text in texts], draw)


def _written(first: str, last: str, draw: random.Random) -> str:
    between = draw.choice(["", "", "", "", ".", "_", "-"])
    ways = [
        (0.42, first + between + last),
        (0.16, first[0] + between + last),
        (0.06, first + between + last[0]),
        (0.06, last + between + first),
        (0.08, first),
        (0.06, last),
        (0.08, draw.choice(_WORDS) + between + first + last),
        (0.08, first + last + between + draw.choice(_WORDS)),
    ]
    text = draw.choices([way for _, way in ways], [weight for weight, _ in ways])[0]
    numbers = [
        str(draw.randint(1, 99)),
        f"{draw.randint(60, 105) % 100:02}",
        str(draw.randint(1955, 2008)),
        str(draw.randint(100, 999)),
        "",
    ]
    return text + draw.choices(numbers, [0.15, 0.10, 0.05, 0.04, 0.66])[0]


def _chained(texts: Sequence[str], draw: random.Random) -> list[str]:
    after: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        whole = _EDGE + text + _EDGE
        for place in range(1, len(whole)):
            for length in range(min(3, place) + 1):
                after[whole[place - length : place]].append(whole[place])
    kinds = {context: len(set(following)) for context, following in after.items()}
    drawn: list[str] = []
    while len(drawn) < CHAINED:
        text = _EDGE
        while len(text) < 21:
            context = text[-3:]
            while context and (
                context not in after
                or draw.random() < kinds[context] / (kinds[context] + len(after[context]))
            ):
                context = context[1:]
            character = draw.choice(after[context])
            if character == _EDGE:
                break
            text += character
        if len(text) > 2:
            drawn.append(text[1:])
    return drawn


@frozen(eq=False)
class Task:
    """Find each person's account on one platform by the handle from another, among all accounts.

    Query i's true account is row i of the pool.

    Attributes:
        sources: Shape (q,): source of each query's person.
        halves: Shape (q,): 0 for fitting, 1 for measuring.
        queries: The handles asked about, as written.
        pool: The accounts' handles, as written; the made-up ones come after the true ones.
        applicants: The queries as applicants.
        accounts: The pool as accounts.
        rarity: Shares in both, with the names that the people bear.
        postings: Of the pool.
    """

    sources: npt.NDArray[np.str_]
    halves: Rows
    queries: tuple[str, ...]
    pool: tuple[str, ...]
    applicants: ValueTable
    accounts: ValueTable
    rarity: Rarity
    postings: Postings

    @property
    def size(self) -> int:
        """How many queries there are."""
        return len(self.queries)


def handle_task(folder: Path, *, seed: int = 1) -> Task:
    """Draw a query and a target on two platforms for everybody who has two, and build the pool.

    Args:
        folder: The public data.
        seed: Of the draw.
    """
    people = read_people(folder)
    draw = random.Random(seed)
    chosen: list[Person] = []
    queries: list[str] = []
    targets: list[str] = []
    for person in people:
        platforms = sorted({platform for platform, _ in person.handles})
        if len(platforms) < 2:
            continue
        picked = [
            draw.choice([handle for held, handle in person.handles if held == platform])
            for platform in draw.sample(platforms, 2)
        ]
        if all(handle_form(handle) for handle in picked):
            chosen.append(person)
            queries.append(picked[0])
            targets.append(picked[1])
    pool = targets + made_up_handles(folder, people)
    applicants, accounts = handle_table(queries), handle_table(pool)
    named = {
        **applicants.columns,
        IdentifierKind.NAME: forms_column([name_form(person.name) for person in chosen]),
    }
    postings = build_postings(compact_forms(accounts))
    rarity = Rarity(
        count_frequencies(accounts), count_frequencies(ValueTable(len(queries), named)), postings=postings
    )
    return Task(
        sources=np.array([person.source for person in chosen]),
        halves=np.array([person.half for person in chosen]),
        queries=tuple(queries),
        pool=tuple(pool),
        applicants=applicants,
        accounts=accounts,
        rarity=rarity,
        postings=postings,
    )


def handle_table(texts: Sequence[str]) -> ValueTable:
    return ValueTable(
        len(texts), {IdentifierKind.HANDLE: forms_column([handle_form(text) for text in texts])}
    )


def forms_column(forms: Sequence[str]) -> KindColumn:
    rows = np.arange(len(forms), dtype=np.int32)
    return column_of(rows, forms, rows)


def candidates(task: Task) -> dict[str, tuple[Rows, Rows]]:
    """Return the pairs of a query and an account that each tier of blocking finds, and both together."""
    keys, listed = blocking_keys(task.applicants), blocking_keys(task.accounts)
    by_key = look_up(keys, listed.keys, listed.owners)
    near = near_pairs(compact_forms(task.applicants), task.postings)
    packed = [left.astype(np.int64) << 32 | right for left, right in (by_key, near)]
    found = {"tier 1: keys": packed[0], "tier 2: postings": packed[1], "both": np.union1d(*packed)}
    return {name: (pairs >> 32, pairs & 0xFFFFFFFF) for name, pairs in found.items()}
