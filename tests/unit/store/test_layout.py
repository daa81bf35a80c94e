from __future__ import annotations

from vetting.store import layout


def test_file_names_are_part_of_the_format_and_change_only_with_its_version() -> None:
    assert layout.FORMAT_VERSION == 3
    names = {name: getattr(layout, name) for name in layout.__all__ if name.endswith("_FILE")}
    assert names == {
        "ACCOUNTS_FILE": "accounts.parquet",
        "CHECKSUMS_FILE": "checksums.json",
        "COMPLETENESS_FILE": "completeness.json",
        "COUNTS_FILE": "counts.json",
        "IDENTIFIER_STARTS_FILE": "identifier_starts.npy",
        "IDENTIFIERS_FILE": "identifiers.parquet",
        "KEYS_FILE": "keys.npy",
        "KEY_ROWS_FILE": "key_rows.npy",
        "MANIFEST_FILE": "manifest.json",
        "NEIGHBOUR_COLUMNS_FILE": "neighbours/columns.arrow",
        "NEIGHBOUR_NODES_FILE": "neighbours/nodes.arrow",
        "NEIGHBOUR_OFFSETS_FILE": "neighbours/offsets.npy",
        "NEIGHBOUR_RELATIONS_FILE": "neighbours/relations.npy",
        "PASSPORT_FILE": "passport.toml",
        "PLACES_FILE": "places.parquet",
        "RELATIONS_FILE": "relations.parquet",
    }
