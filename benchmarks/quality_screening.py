"""The row of a whole screening: many applicants against a big list, a few of them on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quality_errors import FORUM, Row
from quality_linkage import _splink, pair_figure, write_table
from quality_lists import Scene, account_key, scene
from quality_measure import Figure
from quality_names import read_rows
from quality_ours import LIST_HEADER, ROSTER_HEADER, write_rows
from quality_peers import run_splink
from quality_people import World

__all__ = ["big_screening"]

_COLUMNS = ["unique_id", "given_name", "surname", "date_of_birth", "email", "phone", "postcode", "handle"]


def big_screening(*, applicants: int = 20_000, accounts: int = 200_000, splink: bool = True) -> list[Figure]:
    """F1 of what the default policy surfaces; seconds and memory of ingest and screening."""
    made = scene(World(303), applicants=applicants, accounts=accounts, present=0.02, profile=FORUM)
    row, what = (
        "screening",
        f"{applicants:,} applicants x {accounts:,} accounts, 2 % present (own generator), F1",
    )
    true = set(made.true.items())
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_rows(folder / "list.csv", LIST_HEADER, [account_key(i) for i in range(accounts)], made.accounts)
        write_rows(
            folder / "roster.csv", ROSTER_HEADER, [f"A-{i}" for i in range(applicants)], made.applicants
        )
        cost = {step: _worker(step, folder) for step in ("ingest", "screen")}
        surfaced = {
            (int(one["applicant"][2:]), int(one["account"])): one for one in read_rows(folder / "found.csv")
        }
        found = [
            pair_figure(
                row,
                what,
                "vetting, surfaced by the default policy",
                set(surfaced),
                true,
                applicants,
                target="0.75",
            ),
            pair_figure(
                row,
                what,
                "vetting, surfaced and p >= .5",
                {pair for pair, one in surfaced.items() if float(one["probability"]) >= 0.5},
                true,
                applicants,
            ),
        ]
        found += [
            Figure(
                row=row,
                what=f"{step}: seconds",
                method="vetting",
                value=f"{one['seconds']:.1f}",
                note=f"peak {one['memory']:.0f} MiB",
            )
            for step, one in cost.items()
        ]
        found += _reasons(row, surfaced, true)
        found.append(_kept(row, made))
        if splink:
            for columns, label in ((_COLUMNS[1:-1], " without handles"), (_COLUMNS[1:], " with handles")):
                found += _splink_link(row, what, folder, made, columns, label)
    return found


def _worker(step: str, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("quality_worker.py"), step, folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-300:])
    cost: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return cost


def _reasons(
    row: str, surfaced: dict[tuple[int, int], dict[str, str]], true: set[tuple[int, int]]
) -> list[Figure]:
    right = Counter(one["because"] for pair, one in surfaced.items() if pair in true)
    wrong = Counter(one["because"] for pair, one in surfaced.items() if pair not in true)
    return [
        Figure(
            row=row,
            what=f"surfaced by {reason}",
            method="vetting, true / false",
            value=f"{right[reason]} / {wrong[reason]}",
        )
        for reason in sorted(right | wrong)
    ]


def _kept(row: str, made: Scene) -> Figure:
    """How many true pairs share an e-mail, a phone, a handle, or name and day of birth, letter for letter."""
    count: Counter[str] = Counter()
    for person, place in made.true.items():
        one, other = made.applicants[person], made.accounts[place]
        shared = [
            name
            for name in ("email", "phone", "handle")
            if one[name] and one[name].lower() == other[name].lower()
        ]
        born = bool(other["date_of_birth"]) and one["date_of_birth"] == other["date_of_birth"]
        count[
            "identifier"
            if shared
            else "name and birth"
            if born and other["name"]
            else "birth only"
            if born
            else "less"
        ] += 1
    return Figure(
        row=row,
        what="what true pairs share letter for letter",
        method="generator",
        value=", ".join(f"{name} {n}" for name, n in count.most_common()),
        n=len(made.true),
    )


def _splink_link(
    row: str, what: str, folder: Path, made: Scene, columns: list[str], label: str
) -> list[Figure]:
    paths = [folder / name for name in ("splink_a.csv", "splink_b.csv", f"splink_{len(columns)}.csv")]
    write_table(paths[0], [_split(f"A{i}", one) for i, one in enumerate(made.applicants)], _COLUMNS)
    write_table(paths[1], [_split(f"B{i}", one) for i, one in enumerate(made.accounts)], _COLUMNS)
    done = run_splink("link", *map(str, paths), ",".join(columns))
    if done is None or not paths[2].exists():
        return [
            Figure(
                row=row,
                what=what,
                method=f"Splink 5{label}",
                value="absent" if done is None else "failed",
                note=done or "",
            )
        ]
    number_of = {f"A{i}": i for i in range(len(made.applicants))} | {
        f"B{i}": i for i in range(len(made.accounts))
    }
    figures = _splink(row, what, paths[2], number_of, set(made.true.items()), undirected=False, label=label)
    cost: dict[str, Any] = json.loads(done)
    return [
        *figures,
        Figure(
            row=row,
            what="linking: seconds",
            method=f"Splink 5{label}",
            value=f"{cost['seconds']:.1f}",
            note=f"peak {cost['memory']:.0f} MiB",
        ),
    ]


def _split(key: str, one: Row) -> Row:
    """Clean a row as Splink's guides advise: lower case, name in two parts, digits of numbers."""
    name = one["name"].lower().replace(".", "")
    family, comma, given = name.partition(",")
    words = f"{given} {family}".split() if comma else name.split()
    phone = "".join(letter for letter in one["phone"] if letter.isdigit())
    return {
        "unique_id": key,
        "given_name": words[0] if words else "",
        "surname": words[-1] if len(words) > 1 else "",
        "date_of_birth": one["date_of_birth"] if len(one["date_of_birth"]) == 10 else "",
        "email": one["email"].lower(),
        "phone": "0" + phone[2:] if phone.startswith("44") else phone,
        "postcode": one["postcode"].lower(),
        "handle": "".join(letter for letter in one["handle"].lower() if letter.isalnum()),
    }
