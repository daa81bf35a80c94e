"""Very many short texts as one block of bytes, read like a list where somebody asks for single ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

__all__ = ["Texts", "encoded", "numbered", "utf8"]

_FEW = 20_000  # so few are joined as quickly as Arrow takes them, and Arrow looks for pandas first

Starts = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Texts(Sequence[str]):
    """Texts in an Arrow array; turned into Python's strings when one is asked for, and then all of them.

    Args:
        array: Of strings, without nulls.
    """

    def __init__(self, array: pa.Array) -> None:
        self._array = array.cast(pa.large_string())

    @classmethod
    def of(cls, starts: Starts, content: Bytes) -> Texts:
        """Make texts of UTF-8 bytes.

        Args:
            starts: Shape (n + 1,): where each text begins, and the end.
            content: The bytes, end to end.
        """
        buffers = [
            None,
            pa.py_buffer(np.ascontiguousarray(starts)),
            pa.py_buffer(np.ascontiguousarray(content)),
        ]
        return cls(pa.Array.from_buffers(pa.large_string(), len(starts) - 1, buffers))

    @cached_property
    def _list(self) -> list[str]:
        texts: list[str] = self._array.to_pylist()
        return texts

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        return self._list[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._list)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._list == list(other)

    __hash__ = None  # type: ignore[assignment]  # as a list

    def __repr__(self) -> str:
        return f"Texts({self._list!r})"

    def __reduce__(self) -> tuple[type[Texts], tuple[pa.Array]]:
        return Texts, (self._array,)

    def __arrow_array__(self, type: Any = None) -> pa.Array:  # noqa: A002 - Arrow's name for it
        return self._array if type is None or type == self._array.type else self._array.cast(type)


def utf8(texts: Sequence[str]) -> tuple[Starts, Bytes]:
    """Return texts as UTF-8 bytes, and where each begins; without a copy where they are so already.

    Args:
        texts: n texts, as a list, as :class:`Texts` or in an Arrow array.

    Returns:
        Shape (n + 1,), places in the bytes, the first of which need not be 0; and the bytes.
    """
    if isinstance(texts, list) and len(texts) <= _FEW:
        content = [text.encode() for text in texts]
        starts = np.zeros(len(content) + 1, np.int64)
        starts[1:] = np.cumsum([len(text) for text in content])
        return starts, np.frombuffer(b"".join(content), np.uint8)
    array = pa.array(texts, pa.large_string())
    if not len(array):
        return np.zeros(1, np.int64), np.empty(0, np.uint8)
    _, offsets, data = array.buffers()
    starts = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    return starts, np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)


def encoded(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], Texts]:
    """Number the distinct texts in the order in which they come.

    Returns:
        The number of each text, shape (n,), and the distinct texts.
    """
    found = pa.array(texts, pa.large_string()).dictionary_encode()
    return found.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), Texts(found.dictionary)


def numbered(texts: Sequence[str]) -> tuple[npt.NDArray[np.int32], Sequence[str]]:
    """Number the distinct texts as :func:`encoded` does; a few in a list stay a list."""
    if not isinstance(texts, list) or len(texts) > _VERY_FEW:
        return encoded(texts)
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(text, len(known)) for text in texts], np.int32)
    return codes, list(known)


_VERY_FEW = 64  # so few are not worth a column
