"""Rows about names alone: labelled pairs, names that are no variants of one another, altered listed names."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from quality_measure import Figure, absent, data_folder, f1_of, share_of, two_fold_f1
from quality_ours import accepted_names
from quality_peers import NAME_PEERS, logic_v2

Bools = npt.NDArray[np.bool_]

__all__ = ["altered_names", "name_pairs", "non_variants", "read_rows"]


def read_rows(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def name_pairs() -> list[Figure]:
    """F1 of levels exact and close on hand-made person-name pairs."""
    folder = data_folder()
    if folder is None:
        return absent("name-pairs", "person-name pairs F1")
    rows = read_rows(folder / "names" / "pairs.csv")
    truth = np.array([row["is_match"] == "true" for row in rows])
    half = np.random.default_rng(3).permutation(len(rows)) % 2 == 0
    left, right = [row["name1"] for row in rows], [row["name2"] for row in rows]
    return _against_peers("name-pairs", "50 name_bench pairs, F1", (left, right), (truth, half), "0.82")


def altered_names() -> list[Figure]:
    """F1 of levels exact and close: a listed name and its altered form, against all other altered forms."""
    folder = data_folder()
    if folder is None:
        return absent("altered-names", "listed names against altered ones")
    clean = [row["full_name"] for row in read_rows(folder / "names" / "listed_clean.csv")]
    altered = [row["full_name"] for row in read_rows(folder / "names" / "listed_altered.csv")]
    rng = np.random.default_rng(5)
    left, right, truth = list(clean), list(altered), [True] * len(clean)
    for row, name in enumerate(clean):
        for other in rng.choice(len(altered), 20, replace=False).tolist():
            if other != row:
                left.append(name)
                right.append(altered[other])
                truth.append(False)
    half = np.array([hash_of(name) % 2 == 0 for name in left])
    return _against_peers(
        "altered-names",
        "342 listed names, clean vs altered, 20 others each, F1",
        (left, right),
        (np.array(truth), half),
        "",
    )


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return sum(ord(letter) * (place + 7) for place, letter in enumerate(text))


def _against_peers(
    row: str, what: str, names: tuple[Sequence[str], Sequence[str]], labels: tuple[Bools, Bools], target: str
) -> list[Figure]:
    left, right = names
    truth, half = labels
    value, interval, note = f1_of(truth, accepted_names(left, right))
    found = [
        Figure(
            row=row,
            what=what,
            method="vetting, levels exact and close",
            value=value,
            interval=interval,
            n=len(truth),
            target=target,
            note=note,
        )
    ]
    scores = {name: peer(left, right) for name, peer in NAME_PEERS.items()}
    theirs = logic_v2([({"name": a}, {"name": b}) for a, b in zip(left, right, strict=True)])
    if theirs is None:
        found.append(Figure(row=row, what=what, method="logic-v2", value="absent"))
    else:
        value, interval, note = f1_of(truth, theirs >= 0.7)
        found.append(
            Figure(
                row=row,
                what=what,
                method="logic-v2 >= .70 (its default)",
                value=value,
                interval=interval,
                n=len(truth),
                note=note,
            )
        )
        scores["logic-v2"] = theirs
    for name, score in scores.items():
        (value, interval, note), at = two_fold_f1(score, truth, half)
        found.append(
            Figure(
                row=row,
                what=what,
                method=f"{name}, best threshold of the other half ({at})",
                value=value,
                interval=interval,
                n=len(truth),
                note=note,
            )
        )
    return found


def non_variants() -> list[Figure]:
    """Names that reviewers judged different and that compare as exact or close, alone and within a whole name."""
    folder = data_folder()
    if folder is None:
        return absent("non-variants", "non-variants accepted")
    found = []
    for part, other in (("given", "Thornbury"), ("surname", "Robert")):
        lines = (folder / "names" / f"not_variants_{part}.tsv").read_text(encoding="utf-8").splitlines()
        pairs = [line.split("\t")[:2] for line in lines if "\t" in line]
        for whole in (False, True):
            left, right = (
                [_whole(name, part, other) if whole else name for name in side]
                for side in zip(*pairs, strict=True)
            )
            accepted = accepted_names(left, right)
            value, interval = share_of(int(accepted.sum()), len(pairs))
            what = f"{part} non-variants accepted, " + (
                f"beside the same name {other!r}" if whole else "as single words"
            )
            examples = ", ".join(
                f"{pairs[i][0]}/{pairs[i][1]}" for i in np.flatnonzero(accepted)[:6].tolist()
            )
            found.append(
                Figure(
                    row="non-variants",
                    what=what,
                    method="vetting, levels exact and close",
                    value=value,
                    interval=interval,
                    n=len(pairs),
                    target="0.005",
                    note=examples,
                )
            )
            if whole:
                at = np.mean(NAME_PEERS["Jaro-Winkler"](left, right) >= 0.9)
                found.append(
                    Figure(
                        row="non-variants",
                        what=what,
                        method="Jaro-Winkler >= .90",
                        value=f"{at:.4f}",
                        n=len(pairs),
                    )
                )
    return found


def _whole(name: str, part: str, other: str) -> str:
    return f"{name} {other}" if part == "given" else f"{other} {name}"
