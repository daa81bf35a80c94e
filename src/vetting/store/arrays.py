"""Arrays written to disk piece by piece, as ``numpy.save`` would have written them whole."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

__all__ = ["ArrayWriter", "narrow_file", "narrowed"]

_AT_ONCE = 4_000_000


def narrowed(numbers: npt.NDArray[np.integer[Any]], largest: int) -> npt.NDArray[np.signedinteger[Any]]:
    """Return numbers from 0 to the largest in the narrowest signed type that holds them."""
    fitting = (kind for kind in (np.int8, np.int16, np.int32) if largest <= np.iinfo(kind).max)
    return numbers.astype(next(fitting, np.int64))


def narrow_file(path: Path) -> None:
    """Write the numbers of a ``.npy`` file, none negative, in the narrowest signed type that holds them."""
    numbers = np.load(path, mmap_mode="r")
    parts = range(0, len(numbers), _AT_ONCE)
    largest = max((int(numbers[at : at + _AT_ONCE].max()) for at in parts), default=0)
    fresh = path.with_suffix(".narrow")
    with ArrayWriter(fresh, narrowed(numbers[:0], largest).dtype) as writer:
        for at in parts:
            writer.append(numbers[at : at + _AT_ONCE])
    fresh.replace(path)


class ArrayWriter:
    """A ``.npy`` file that grows by rows.

    Args:
        path: Of the file.
        dtype: Of the numbers.
        width: Columns of a two-dimensional array; 0 for one dimension.
    """

    def __init__(self, path: Path, dtype: npt.DTypeLike, *, width: int = 0) -> None:
        self.rows = 0
        self._dtype = np.dtype(dtype)
        self._width = width
        self._file = path.open("wb")
        self._head()

    def append(self, part: npt.NDArray[Any]) -> None:
        """Write further rows."""
        np.ascontiguousarray(part, self._dtype).tofile(self._file)
        self.rows += len(part)

    def close(self) -> None:
        """Write how many rows there are, and close the file."""
        self._file.seek(0)
        self._head()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _head(self) -> None:
        # NumPy leaves room for a longer first dimension, so that the header keeps its length.
        shape = (self.rows, self._width) if self._width else (self.rows,)
        about = {"descr": np.lib.format.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape}
        np.lib.format.write_array_header_1_0(self._file, about)
