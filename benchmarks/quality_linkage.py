"""Rows about public linkage sets: fake_1000 (duplicates in one table) and FEBRL 4 (two tables)."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from quality_errors import Row
from quality_lists import screened
from quality_measure import Figure, absent, data_folder, f1_of_units
from quality_names import read_rows
from quality_peers import peer_python, run_splink

import vetting

__all__ = ["fake_1000", "febrl4", "pair_figure"]

Pairs = set[tuple[int, int]]


def pair_figure(
    row: str, what: str, method: str, found: Pairs, true: Pairs, units: int, **more: str
) -> Figure:
    """F1 of a set of pairs; the interval resamples the first of each pair."""
    tp, fp, fn = (np.zeros(units) for _ in range(3))
    for one, other in found:
        (tp if (one, other) in true else fp)[one] += 1
    for one, _ in true - found:
        fn[one] += 1
    value, interval, note = f1_of_units(tp, fp, fn)
    return Figure(
        row=row, what=what, method=method, value=value, interval=interval, n=units, note=note, **more
    )


def _ours(
    row: str,
    what: str,
    run: list[tuple[int, int, vetting.Candidate]],
    true: Pairs,
    target: str,
    *,
    undirected: bool,
) -> list[Figure]:
    def pairs(least: float, *, surfaced: bool) -> Pairs:
        kept = [(a, b) for a, b, one in run if one.probability >= least and (one.surfaced or not surfaced)]
        return {(min(a, b), max(a, b)) for a, b in kept} if undirected else set(kept)

    units = 1 + max(max(pair) for pair in true)
    return [
        pair_figure(row, what, "vetting, p >= .95", pairs(0.95, surfaced=False), true, units, target=target),
        pair_figure(row, what, "vetting, p >= .5", pairs(0.5, surfaced=False), true, units),
        pair_figure(row, what, "vetting, surfaced", pairs(0.0, surfaced=True), true, units),
    ]


def _splink(
    row: str,
    what: str,
    path: Path,
    number_of: dict[str, int],
    true: Pairs,
    *,
    undirected: bool,
    label: str = "",
) -> list[Figure]:
    scored: dict[tuple[int, int], float] = {}
    for one in read_rows(path):
        a, b = number_of[one["id_l"]], number_of[one["id_r"]]
        scored[(min(a, b), max(a, b)) if undirected else (a, b)] = float(one["p"])
    units = 1 + max(max(pair) for pair in true)
    best = max(
        (0.01, 0.05, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999),
        key=lambda at: _plain_f1({p for p, s in scored.items() if s >= at}, true),
    )
    return [
        pair_figure(
            row, what, f"Splink 5{label}, p >= .95", {p for p, s in scored.items() if s >= 0.95}, true, units
        ),
        pair_figure(
            row,
            what,
            f"Splink 5{label}, best threshold on these labels ({best})",
            {p for p, s in scored.items() if s >= best},
            true,
            units,
        ),
    ]


def _plain_f1(found: Pairs, true: Pairs) -> float:
    return 2 * len(found & true) / max(len(found) + len(true), 1)


def fake_1000() -> list[Figure]:
    """Each record as an applicant against the list of all others."""
    row, what = "fake-1000", "fake_1000, duplicates, F1"
    folder = data_folder()
    if folder is None:
        return absent(row, what)
    records = read_rows(folder / "linkage" / "fake_1000.csv")
    number_of = {record["unique_id"]: place for place, record in enumerate(records)}
    clusters: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        clusters.setdefault(record["cluster"], []).append(place)
    true = {pair for members in clusters.values() for pair in combinations(members, 2)}
    rows: list[Row] = [
        {
            "name": f"{one['first_name']} {one['surname']}".strip(),
            "date_of_birth": one["dob"],
            "email": one["email"],
            "postcode": one["city"],  # ends up as a place
        }
        for one in records
    ]
    found = []
    for name, policy in (
        ("default policy", vetting.SurfacingPolicy(include_unsurfaced=True)),
        (
            "prevalence .9, as the set has",
            vetting.SurfacingPolicy(
                include_unsurfaced=True, expected_prevalence=0.9, second_account_rate=0.9
            ),
        ),
    ):
        run = screened(rows, rows, policy=policy, skip_same=True)
        ours = _ours(row, f"{what}; {name}", run, true, "0.85", undirected=True)
        found += ours
    with TemporaryDirectory() as temporary:
        out = Path(temporary, "out.csv")
        done = run_splink("dedupe", str((folder / "linkage" / "fake_1000.csv").resolve()), str(out))
        if done is None or not out.exists():
            return [*found, Figure(row=row, what=what, method="Splink 5", value="absent", note=done or "")]
        return found + _splink(row, what, out, number_of, true, undirected=True)


def febrl4() -> list[Figure]:
    """FEBRL 4 without its social security number: 5,000 originals against 5,000 duplicates."""
    row, what = "febrl4", "FEBRL 4 without SSN, F1"
    if peer_python("VETTING_PEERS_SPLINK") is None:
        return [
            Figure(
                row=row,
                what=what,
                method="-",
                value="not measured",
                note="needs the recordlinkage package: see quality_peers.py",
            )
        ]
    with TemporaryDirectory() as temporary:
        a, b, out = (Path(temporary, name) for name in ("a.csv", "b.csv", "out.csv"))
        run_splink("febrl", str(a), str(b))
        left, right = read_rows(a), read_rows(b)
        order = {
            "a": {one["unique_id"]: place for place, one in enumerate(left)},
            "b": {one["unique_id"]: place for place, one in enumerate(right)},
        }
        true = {(place, order["b"][key.replace("-org", "-dup-0")]) for key, place in order["a"].items()}
        found = []
        for name, policy in (
            ("default policy", vetting.SurfacingPolicy(include_unsurfaced=True)),
            (
                "prevalence .99, as the set has",
                vetting.SurfacingPolicy(include_unsurfaced=True, expected_prevalence=0.99),
            ),
        ):
            run = screened([_febrl(one) for one in left], [_febrl(one) for one in right], policy=policy)
            found += _ours(row, f"{what}; {name}", run, true, "0.99", undirected=False)
        done = run_splink(
            "link",
            str(a),
            str(b),
            str(out),
            "given_name,surname,date_of_birth,postcode,suburb,street_number,address_1",
        )
        if done is None or not out.exists():
            return [*found, Figure(row=row, what=what, method="Splink 5", value="absent", note=done or "")]
        return found + _splink(row, what, out, order["a"] | order["b"], true, undirected=False)


def _febrl(one: dict[str, str]) -> Row:
    place = " ".join(
        one[name] for name in ("street_number", "address_1", "suburb", "postcode", "state") if one[name]
    )
    return {
        "name": f"{one['given_name']} {one['surname']}".strip(),
        "date_of_birth": one["date_of_birth"],
        "postcode": place,
    }


def write_table(path: Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    """Write rows for the Splink runner."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
