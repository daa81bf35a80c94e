"""Grouping and counting by sorting agree with a dictionary."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from vetting.readers.forum import tally as tally_module
from vetting.readers.forum.grouping import ABSENT, group
from vetting.readers.forum.tally import Tally, merged

KEYS = st.one_of(st.sampled_from([ABSENT, 0, 1, -1, 7]), st.integers(-(1 << 62), 1 << 62))
SMALL = st.one_of(st.none(), st.integers(-2, 3))


@given(st.lists(st.tuples(KEYS, KEYS, KEYS), max_size=30))
def test_groups_are_those_of_a_dictionary(rows: Any) -> None:
    columns = [np.array([row[at] for row in rows], dtype=np.int64) for at in range(3)]
    expected: dict[Any, Any] = {}
    for number, row in enumerate(rows):
        expected.setdefault(row, []).append(number)
    groups = group(columns)
    found = [part.tolist() for part in np.split(groups.order, groups.starts[1:])] if rows else []
    assert sorted(found) == sorted(expected.values())


ROW = st.tuples(SMALL, SMALL, SMALL, st.one_of(st.none(), st.integers(1, 1 << 33)))


@given(st.lists(st.lists(ROW, max_size=6), max_size=8), st.integers(1, 5), st.booleans())
def test_a_tally_counts_however_it_is_fed(parts: Any, pending: Any, raw: Any) -> None:
    tally = Tally("t")
    expected: dict[Any, Any] = {}
    offset = 0
    with patch.object(tally_module, "_PENDING", pending):
        for part in parts:
            source, target, place, at = ([row[column] for row in part] for column in range(4))
            texts = [b"NULL" if one is None else b"'%d'" % one for one in target]
            offsets = list(range(offset, offset + len(part)))
            tally.add(
                pa.array(source, pa.int64()),
                texts if raw else pa.array(target, pa.int64()),
                pa.array(at, pa.int64()),
                pa.array(offsets, pa.int64()),
                pa.array(place, pa.int64()),
            )
            for one, other, where, when, here in zip(
                source, texts if raw else target, place, at, offsets, strict=True
            ):
                old = expected.setdefault((one, other, where), [None, None, 0, here])
                if when is not None:
                    old[0] = when if old[0] is None else min(old[0], when)
                    old[1] = when if old[1] is None else max(old[1], when)
                old[2] += 1
            offset += len(part)
    result = tally.result()
    found = (
        {} if result is None else {tuple(row.values())[:3]: [*row.values()][3:] for row in result.to_pylist()}
    )
    assert found == expected


def test_of_two_tables_the_larger_count_and_the_preferred_citation_stand() -> None:
    counts = []
    for name, texts in (("new", [b"'a'", b"'b'"]), ("old", [b"'c'", b"'b'", b"'b'"])):
        tally = Tally(name)
        count = len(texts)
        moments = pa.array(range(10, 10 + count), pa.int64())
        tally.add(pa.array([1] * count, pa.int64()), texts, moments, pa.array(range(count), pa.int64()))
        result = tally.result()
        assert result is not None
        counts.append((result, name))
    rows, names = merged(counts)
    found = {
        row["target"]: (row["first"], row["last"], row["weight"], row["offset"], names[row["table"]])
        for row in rows.to_pylist()
    }
    assert found == {
        b"'a'": (10, 10, 1, 0, "new"),
        b"'b'": (11, 12, 2, 1, "new"),
        b"'c'": (10, 10, 1, 0, "old"),
    }
