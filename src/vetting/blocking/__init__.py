"""Records to blocking keys: which pairs are worth a look."""
