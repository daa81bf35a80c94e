"""Names of the files in a list store; they are part of the format, and change only with its version."""

from __future__ import annotations

__all__ = [
    "ACCOUNTS_FILE",
    "COLUMNS",
    "COMPLETENESS_FILE",
    "FORMAT_VERSION",
    "FREQUENCIES_FILE",
    "IDENTIFIERS_FILE",
    "KEYS_FILE",
    "KEY_ROWS_FILE",
    "MANIFEST_FILE",
    "NEIGHBOUR_OFFSETS_FILE",
    "NEIGHBOUR_RELATIONS_FILE",
    "PASSPORT_FILE",
    "PLACES_FILE",
    "POSTINGS_FOLDER",
    "RELATIONS_FILE",
]

FORMAT_VERSION = 1

MANIFEST_FILE = "manifest.json"
PASSPORT_FILE = "passport.toml"
COMPLETENESS_FILE = "completeness.json"
ACCOUNTS_FILE = "accounts.parquet"
IDENTIFIERS_FILE = "identifiers.parquet"
RELATIONS_FILE = "relations.parquet"
PLACES_FILE = "places.parquet"
FREQUENCIES_FILE = "frequencies.parquet"
KEYS_FILE = "keys.npy"
KEY_ROWS_FILE = "key_rows.npy"
NEIGHBOUR_OFFSETS_FILE = "neighbours/offsets.npy"
NEIGHBOUR_RELATIONS_FILE = "neighbours/relations.npy"
POSTINGS_FOLDER = "postings"  # a .npy file for each array of vetting.blocking.postings.Postings

# The columns that each table has at least.
COLUMNS = {
    ACCOUNTS_FILE: ("account_id", "created_at", "last_seen", "status", "groups", "record"),
    IDENTIFIERS_FILE: ("account_row", "kind", "value", "platform", "role", "confirmed", "record", "form"),
    RELATIONS_FILE: ("kind", "source_node", "target_node", "first", "last", "weight", "place", "record"),
    PLACES_FILE: ("kind", "id"),
    FREQUENCIES_FILE: ("kind", "form", "accounts"),
}
