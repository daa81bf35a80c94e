from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vetting.store import arrays
from vetting.store.arrays import ArrayWriter, narrow_file, narrowed


def test_an_array_written_in_pieces_has_the_bytes_of_one_saved_whole(tmp_path: Path) -> None:
    whole = np.arange(1_234, dtype=np.uint64)
    with ArrayWriter(tmp_path / "a.npy", np.uint64) as writer:
        for at in range(0, len(whole), 100):
            writer.append(whole[at : at + 100])
    np.save(tmp_path / "b.npy", whole)
    assert (tmp_path / "a.npy").read_bytes() == (tmp_path / "b.npy").read_bytes()


def test_rows_of_several_columns_and_no_rows_at_all(tmp_path: Path) -> None:
    with ArrayWriter(tmp_path / "a.npy", np.int32, width=3) as writer:
        writer.append(np.arange(6).reshape(2, 3))
        writer.append(np.arange(6, 9).reshape(1, 3))
    assert np.load(tmp_path / "a.npy").tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    with ArrayWriter(tmp_path / "none.npy", np.int32) as writer:
        pass
    assert np.load(tmp_path / "none.npy").shape == (0,)


@pytest.mark.parametrize(
    ("largest", "kind"),
    [(0, np.int8), (127, np.int8), (128, np.int16), (40_000, np.int32), (2**31, np.int64)],
)
def test_numbers_take_the_width_that_the_largest_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int, kind: type[np.signedinteger]
) -> None:
    monkeypatch.setattr(arrays, "_AT_ONCE", 2)
    numbers = np.array([3, 0, 5, largest, 1], np.int64).clip(max=largest)
    assert narrowed(numbers, largest).dtype == kind
    np.save(tmp_path / "n.npy", numbers)
    narrow_file(tmp_path / "n.npy")
    found = np.load(tmp_path / "n.npy")
    assert found.dtype == kind
    assert found.tolist() == numbers.tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["n.npy"]
    np.save(tmp_path / "n.npy", numbers[:0])
    narrow_file(tmp_path / "n.npy")
    assert np.load(tmp_path / "n.npy").dtype == np.int8
