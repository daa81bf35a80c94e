r"""Cuts rows into values by the bytes that structure them, a block at a time instead of row by row.

In masked text every ``'`` is a real quote, so a byte with an even number of quotes before it is outside all
strings. Among those, brackets and commas alone say where rows and values begin and end. Finding them with
array operations takes a sixth of the time of a pattern per row. What is not laid out as writers usually do
is not judged here: the run of rows ends before it, or the row is named as odd, and the patterns of
:mod:`vetting.readers.sqldump.grammar` look at it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

__all__ = ["Ints", "Run", "run_of_rows"]

Ints = npt.NDArray[np.int64]

_QUOTE, _OPEN, _CLOSE, _COMMA = b"'(),"
# White space as \s of a byte pattern has it.
_SPACE = np.zeros(256, dtype=np.bool_)
_SPACE[list(b" \t\n\r\f\v")] = True


@frozen
class Run:
    """Rows that follow each other, each with a comma behind it, or the last with a semicolon.

    Attributes:
        marks: Positions of ``(``, of each comma, of ``)`` and of what is behind it, a line per row.
        odd: Rows whose brackets and commas are right but whose values are not plain ones: doubled quotes,
            introducers, white space before a value, or nonsense.
        goes_on: Whether the run ended for no other reason than that it came to where it was to stop.
    """

    marks: Ints
    odd: Ints
    goes_on: bool

    def __len__(self) -> int:
        return len(self.marks)


def run_of_rows(code: bytes, start: int, stop: int, columns: int) -> Run:
    """Find the rows that lie one after the other from `start`.

    Args:
        code: Masked text.
        start: Outside a string, where a row begins.
        stop: Where to stop looking; a semicolon there ends the last row.
        columns: Of a row.

    Returns:
        As many whole rows as follow without anything unusual between them; possibly none.

    Example:
        >>> run = run_of_rows(b"(1,'a),(b'),(2,NULL),(3,'c');", 0, 29, 2)
        >>> run.marks.tolist(), run.odd.tolist()
        ([[0, 2, 10, 11], [12, 14, 19, 20]], [])

    Cost: about 1 ns a byte and 10 ns a value.
    """
    text = np.frombuffer(code, dtype=np.uint8)
    block = text[start:stop]
    found = np.flatnonzero((block - _QUOTE < 3) | (block == _COMMA))
    kinds = block[found]
    if code.startswith(b";", stop):  # behind the last row it stands for the comma
        found, kinds = np.append(found, stop - start), np.append(kinds, np.uint8(_COMMA))
    quotes = np.cumsum(kinds == _QUOTE, dtype=np.int64)
    outside = np.flatnonzero((kinds != _QUOTE) & (quotes & 1 == 0))
    period = columns + 2
    rows = len(outside) // period
    outside = outside[: rows * period]
    marks: Ints = (found[outside] + start).reshape(rows, period)
    shape = np.full(period, _COMMA, dtype=np.uint8)
    shape[0], shape[columns] = _OPEN, _CLOSE
    regular = (kinds[outside].reshape(rows, period) == shape).all(axis=1)
    regular &= marks[:, columns + 1] - marks[:, columns] == 1
    _check_gaps(text, start, marks, regular)
    whole = rows if regular.all() else int(regular.argmin())
    marks = marks[:whole]
    counted = quotes[outside].reshape(rows, period)[:whole]
    first = text[marks[:, :columns] + 1]
    quoted = first == _QUOTE
    inside = counted[:, 1 : columns + 1] - counted[:, :columns]
    # A plain text has two quotes, at its ends; a plain bare word has none and starts behind the comma.
    texts = quoted & (inside == 2) & (text[marks[:, 1 : columns + 1] - 1] == _QUOTE)
    plain = texts | ((inside == 0) & (first > _COMMA))
    return Run(marks, np.flatnonzero(~plain.all(axis=1)), whole == rows)


def _check_gaps(text: npt.NDArray[np.uint8], start: int, marks: Ints, regular: npt.NDArray[np.bool_]) -> None:
    """Unmark rows that have more than two characters of white space before them."""
    if not len(marks):
        return
    before = np.empty(len(marks), dtype=np.int64)
    before[0] = start
    before[1:] = marks[:-1, -1] + 1
    gap = marks[:, 0] - before
    blank = _SPACE[text[before]]
    regular &= (gap == 0) | ((gap == 1) & blank) | ((gap == 2) & blank & _SPACE[text[marks[:, 0] - 1]])
