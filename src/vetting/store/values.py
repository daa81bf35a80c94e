"""A shard's identifiers as the columns that blocking and evidence work on."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from vetting.normalise.columns import ValueTable, column_of
from vetting.records.identifiers import IdentifierKind

__all__ = ["value_table"]


def value_table(identifiers: pa.Table, account_count: int) -> ValueTable:
    """Dictionary-encode the usable values of each kind.

    Args:
        identifiers: With columns ``account_row, kind, form``, sorted by account row.
        account_count: Accounts of the list.

    Returns:
        Columns whose sources are rows of ``identifiers``.
    """
    owners = identifiers["account_row"].to_numpy()
    kinds = np.array(identifiers["kind"].to_pylist(), dtype=object)
    forms = np.array(identifiers["form"].to_pylist(), dtype=object)
    columns = {}
    for kind in IdentifierKind:
        rows = np.flatnonzero(kinds == str(kind)).astype(np.int32)
        if len(rows):
            columns[kind] = column_of(owners[rows].astype(np.int32), forms[rows].tolist(), rows)
    return ValueTable(account_count, columns)
