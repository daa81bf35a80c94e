"""Finds rows of a member table whose cells have slid into their neighbours' columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["shifted_rows"]

_Mask = npt.NDArray[np.bool_]

_EMAIL = r"^[^@\s;,]+@[^@\s;,]+\.[A-Za-z]{2,}$"
_DATE = r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ].*)?$"
_DATES = frozenset({"date_of_birth", "created_at", "last_seen"})
# People do put an address where a handle, an id or a link is asked for.
_MAY_HOLD_EMAIL = frozenset({"email", "handle", "display_name", "aliases", "url", "account_id"})
_MAY_HOLD_DATE = _DATES | {"status", "account_id", "aliases", "groups"}


def shifted_rows(columns: Mapping[int, pa.Array], fields: Sequence[str | None]) -> _Mask:
    """Tell which rows do not sit in their columns, though their number of cells is right.

    One odd cell is a slip of whoever typed it ("none" for an e-mail), and the row is kept. A row is shifted
    when a cell does not fit its column *and* an address or a date stands where neither belongs.

    Args:
        columns: Column index to text, null where nothing is.
        fields: The field of each column.

    Returns:
        A flag a row.

    Example:
        >>> rows = {0: pa.array(["Sam Example", "x@example.org"]), 1: pa.array(["s@example.org", "01632 960001"])}
        >>> shifted_rows(rows, ["name", "email"]).tolist()
        [False, True]
    """
    length = len(next(iter(columns.values()))) if columns else 0
    no_email, stray_email, no_date, stray_date = (np.zeros(length, dtype=np.bool_) for _ in range(4))
    for index, column in columns.items():
        field = (fields[index] or "").partition(":")[0]
        if field == "email":
            # Several addresses in a cell are one of them at least.
            no_email |= _flags(pc.invert(pc.match_substring(column, "@")))
        elif field not in _MAY_HOLD_EMAIL:
            stray_email |= _flags(pc.match_substring_regex(column, _EMAIL))
        if field in _DATES:
            no_date |= _flags(pc.invert(pc.match_substring_regex(column, r"\d|^-$|(?i)^n/a$")))
            no_date |= _flags(pc.match_substring(column, "@"))
        elif field not in _MAY_HOLD_DATE:
            stray_date |= _flags(pc.match_substring_regex(column, _DATE))
    return (no_email & stray_email) | (no_date & stray_date) | (stray_email & no_date)


def _flags(found: pa.Array) -> _Mask:
    flags: _Mask = pc.fill_null(found, False).to_numpy(zero_copy_only=False)
    return flags
