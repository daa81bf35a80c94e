"""The list store: a folder of immutable shards, one per list."""
