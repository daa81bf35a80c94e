from __future__ import annotations

import csv
import io
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import TableError
from vetting.readers.files import InputFile
from vetting.readers.table_lines import TextLines
from vetting.readers.table_text import DelimitedTable


class Chunks:
    """A file that hands over its bytes in pieces of a chosen size."""

    path = "r.csv"

    def __init__(self, raw: Any, size: Any) -> None:
        self.raw, self.size = raw, size

    def chunks(self) -> Any:
        for start in range(0, len(self.raw), self.size):
            yield self.raw[start : start + self.size]


class Strict(DelimitedTable):
    """Never takes the fast way."""

    def _is_plain(self, block: Any) -> Any:
        return False


def read(raw: Any, *, size: Any = 1 << 20, delimiter: Any = ",", strict: Any = False) -> Any:
    """All rows as ``(ordinal, cells)``, and the counts of rows and of quarantined ones."""
    table = (Strict if strict else DelimitedTable)(TextLines(cast("InputFile", Chunks(raw, size))), delimiter)
    width = len(table.open())
    rows = []
    for block in table.blocks(list(range(width))):
        columns = [block.columns[index].to_pylist() for index in range(width)]
        rows += [(ordinal, *cells) for ordinal, *cells in zip(block.ordinals.tolist(), *columns, strict=True)]
    return rows, table.rows, table.quarantined


def test_a_ragged_row_is_quarantined_and_the_others_keep_their_numbers() -> None:
    raw = b"a,b\n1,x\n2\n3,y,z\n4,w\n"
    assert read(raw) == read(raw, strict=True) == ([(1, "1", "x"), (4, "4", "w")], 4, 2)


def test_an_unclosed_quotation_mark_costs_its_own_line_only() -> None:
    lines = [f"{number},x" for number in range(1, 2000)]
    lines[6] = '7,"x'
    raw = ("a,b\n" + "\n".join(lines) + "\n").encode()
    rows, total, quarantined = read(raw)
    assert (total, quarantined) == (1999, 1)
    assert [row[0] for row in rows] == [number for number in range(1, 2000) if number != 7]


def test_a_stray_mark_never_swallows_the_rows_up_to_the_next() -> None:
    raw = b'a,b\n1,"x\n2,y\n3,"z\n4,w\n'  # both parsers would take lines 1 to 3 for one row, if lenient
    assert read(raw) == ([(2, "2", "y"), (4, "4", "w")], 4, 2)


def test_line_breaks_inside_quotes_stay() -> None:
    raw = b'a,b\r\n1,"x\ny"\r\n2,"say ""hi"""\r\n'
    assert read(raw) == read(raw, strict=True) == ([(1, "1", "x\ny"), (2, "2", 'say "hi"')], 2, 0)


def test_windows_lines_among_utf8_are_read_and_counted() -> None:
    raw = "a,b\n1,Zoë\n".encode() + "2,José\n".encode("cp1252")
    text = TextLines(cast("InputFile", Chunks(raw, 5)))
    assert b"".join(text.blocks()).decode() == "a,b\n1,Zoë\n2,José\n"
    assert (text.relined, text.encoding, text.bytes_read) == (1, "utf-8", len(raw))


@given(size=st.integers(1, 9), codec=st.sampled_from(["utf-8-sig", "utf-16", "utf-32", "utf-8"]))
def test_encodings_survive_being_cut_anywhere(size: Any, codec: Any) -> None:
    raw = "a,b\n1,Zoë – 5 €\n2,𝒳\n".encode(codec)
    # The mark has to be in the first piece.
    assert read(raw, size=size + 4)[0] == [(1, "1", "Zoë – 5 €"), (2, "2", "𝒳")]


@given(cells=st.lists(st.tuples(st.text('ab",\n\r é', max_size=4), st.text('ab",\n\r é', max_size=4)), max_size=8),
       style=st.sampled_from([(csv.QUOTE_MINIMAL, "\r\n"), (csv.QUOTE_ALL, "\n"), (csv.QUOTE_ALL, "\r\n")]),
       size=st.sampled_from([3, 7, 64, 1 << 20]))  # fmt: skip
def test_what_the_csv_module_writes_is_read_back_however_it_is_cut(cells: Any, style: Any, size: Any) -> None:
    target = io.StringIO(newline="")
    quoting, end = style  # with "\\n" alone, Python 3.11 leaves a CR unquoted
    csv.writer(target, quoting=quoting, lineterminator=end).writerows([("a", "b"), *cells])
    rows, total, quarantined = read(target.getvalue().encode(), size=size)
    assert rows == [(number, *pair) for number, pair in enumerate(cells, 1)]
    assert (total, quarantined) == (len(cells), 0)


@given(body=st.lists(st.sampled_from(['"', '""', ",", "\n", "\r\n", "\r", "a", "bc", "é", "1,x\n"]), max_size=30)
       .map("".join), delimiter=st.sampled_from(",;"))  # fmt: skip
def test_the_fast_way_and_the_strict_way_agree_on_any_text(body: Any, delimiter: Any) -> None:
    raw = f"a{delimiter}b\n{body}".encode()
    assert read(raw, delimiter=delimiter) == read(raw, delimiter=delimiter, strict=True)


@given(raw=st.binary(min_size=1, max_size=200), size=st.integers(1, 50))
def test_any_bytes_raise_nothing_but_a_table_error(raw: Any, size: Any) -> None:
    try:
        rows, total, quarantined = read(raw, size=size, delimiter=None)
    except TableError:
        return
    assert len(rows) + quarantined == total
