"""Names of the files in a list store; they are part of the format, and change only with its version."""

from __future__ import annotations

__all__ = [
    "ACCOUNTS_FILE",
    "CHECKSUMS_FILE",
    "COLUMNS",
    "COMPLETENESS_FILE",
    "COUNTS_FILE",
    "DIFFERENCES",
    "FORMAT_VERSION",
    "FREQUENCIES_FOLDER",
    "IDENTIFIERS_FILE",
    "IDENTIFIER_STARTS_FILE",
    "KEYS_FILE",
    "KEY_ROWS_FILE",
    "MANIFEST_FILE",
    "NEIGHBOUR_COLUMNS_FILE",
    "NEIGHBOUR_NODES_FILE",
    "NEIGHBOUR_OFFSETS_FILE",
    "NEIGHBOUR_RELATIONS_FILE",
    "PARQUET",
    "PASSPORT_FILE",
    "PLACES_FILE",
    "POSTINGS_FOLDER",
    "RELATIONS_FILE",
    "ROWS_PER_GROUP",
    "SKETCH_FOLDER",
    "VALUES_FOLDER",
]

FORMAT_VERSION = 3

MANIFEST_FILE = "manifest.json"
PASSPORT_FILE = "passport.toml"
COMPLETENESS_FILE = "completeness.json"
ACCOUNTS_FILE = "accounts.parquet"
IDENTIFIERS_FILE = "identifiers.parquet"
IDENTIFIER_STARTS_FILE = "identifier_starts.npy"
RELATIONS_FILE = "relations.parquet"
PLACES_FILE = "places.parquet"
COUNTS_FILE = "counts.json"
CHECKSUMS_FILE = "checksums.json"  # of all other files; shards of before have none
KEYS_FILE = "keys.npy"
KEY_ROWS_FILE = "key_rows.npy"
NEIGHBOUR_OFFSETS_FILE = "neighbours/offsets.npy"
NEIGHBOUR_RELATIONS_FILE = "neighbours/relations.npy"
# The relations' columns as they are in memory, and the ids of all nodes; shards of before, and lists without
# relations, have neither.
NEIGHBOUR_COLUMNS_FILE = "neighbours/columns.arrow"
NEIGHBOUR_NODES_FILE = "neighbours/nodes.arrow"
POSTINGS_FOLDER = "postings"  # a .npy file for each array of vetting.blocking.postings.Postings
FREQUENCIES_FOLDER = "frequencies"  # the arrays of vetting.evidence.frequencies.Frequencies.to_arrays
SKETCH_FOLDER = "sketch"  # the arrays of vetting.blocking.sketches.Sketch
VALUES_FOLDER = "values"  # for each kind of identifier, the arrays of vetting.store.values.MappedColumn

# To explain a candidate a few rows are read from anywhere: groups are small, and each is read alone.
ROWS_PER_GROUP = 8_192
# A flipped byte on a disk must not become another person's identifier.
PARQUET = {"compression": "zstd", "write_page_checksum": True, "row_group_size": ROWS_PER_GROUP}

# What ascends, or hardly ever repeats within a group, is written as differences. On 200,000 accounts, bytes an account:
# identifiers 43 with dictionaries, 28 so; accounts 4.6 and .4.
DIFFERENCES = {
    ACCOUNTS_FILE: {"account_id": "DELTA_BYTE_ARRAY", "record": "DELTA_BYTE_ARRAY"},
    IDENTIFIERS_FILE: {
        "account_row": "DELTA_BINARY_PACKED",
        "value": "DELTA_LENGTH_BYTE_ARRAY",
        "record": "DELTA_BYTE_ARRAY",
    },
}

# The columns that each table has at least.
COLUMNS = {
    ACCOUNTS_FILE: ("account_id", "created_at", "last_seen", "status", "groups", "record"),
    IDENTIFIERS_FILE: ("account_row", "kind", "value", "platform", "role", "confirmed", "record"),
    RELATIONS_FILE: ("kind", "source_node", "target_node", "first", "last", "weight", "place", "record"),
    PLACES_FILE: ("kind", "id"),
}
