"""Parquet files whose texts are not what the format promises."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vetting.errors import InputError
from vetting.readers import read_list
from vetting.readers.roster import read_roster


def test_texts_that_are_no_utf8_are_refused_and_not_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "members.parquet"
    table = pa.table({"id": ["1", "2"], "username": ["vornskald", "oakmarrow"]})
    pq.write_table(table, path, compression="none")
    path.write_bytes(path.read_bytes().replace(b"oakmarrow", b"oak\xff\xc3rrow"))
    with pytest.raises(InputError, match="cannot be read") as caught:
        list(read_list(path).batches())
    assert "oak" not in str(caught.value)
    with pytest.raises(InputError):
        read_roster(path)


def test_a_long_text_that_a_dictionary_repeats_is_refused_before_it_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / "members.parquet"
    long = pa.DictionaryArray.from_arrays(
        pa.array([0] * 60_000, pa.int32()), pa.array(["vornskald" * 100_000])
    )
    pq.write_table(pa.table({"id": pa.array(map(str, range(60_000))), "username": long}), path)
    assert path.stat().st_size < 3 << 20, "50 GB lie in it"
    with pytest.raises(InputError, match="texts that are too long") as caught:
        list(read_list(path).batches())
    assert "vornskald" not in str(caught.value)
