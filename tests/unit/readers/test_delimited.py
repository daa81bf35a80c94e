from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.readers.delimited import (
    LARGEST_FIELD,
    BadRecord,
    EncodingProblem,
    Record,
    decoded,
    excel_note,
    records,
    sniff_delimiter,
    unicode_mark,
)


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_each_encoding_gives_the_same_text(codec: Any) -> None:
    text = "id,name\n1,Zoë Sample – 5 €\n"
    assert decoded(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("a\nZoë\n".encode() + "José\n".encode("cp1252"), 3),
        ("a\nJosé\n".encode("cp1252") + b"b\n" + "Zoë\n".encode(), 4),
        ("Zoë ".encode() + "José\n".encode("cp1252"), 1),
        (b"a\nb\x81\n", 2),
        (b"a\n\nb\0\n", 3),
        ("a\nb".encode("utf-16")[:-1], 2),
    ],
)
def test_text_that_no_one_encoding_explains_names_its_line(raw: Any, line: Any) -> None:
    with pytest.raises(EncodingProblem) as caught:
        decoded(raw)
    assert caught.value.line == line


def test_the_header_decides_on_the_delimiter_not_the_values() -> None:
    def known(headers: Any) -> Any:
        return sum(header in {"id", "email"} for header in headers)

    assert sniff_delimiter("id,email\n1,a;b;c;d;e\n", known) == ","
    assert sniff_delimiter("id;email,x,y,z\n", known) == ";"
    assert sniff_delimiter('"id"\t"a,b,c"\n', known) == "\t"


def test_the_note_of_excel_is_taken_off() -> None:
    assert excel_note("sep=;\r\nid;x\r\n") == (";", "id;x\r\n")
    assert excel_note("sep=x\nid\n") == ("", "sep=x\nid\n")
    assert excel_note("sep=") == ("", "sep=")


def test_records_know_the_line_they_begin_on() -> None:
    text = 'id,name\n1,"two\nlines"\n\n3,x\n'
    assert list(records(text, ",")) == [
        Record(1, ["id", "name"]),
        Record(2, ["1", "two\nlines"]),
        Record(5, ["3", "x"]),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('a\n"x\ny\n', 2, "never closed"),
        ('a\nb\n"x"y\n', 3, "after a closing"),
        ('a\n"' + "x" * (LARGEST_FIELD + 1) + '"\n', 2, "never closed"),
    ],
)
def test_broken_quoting_ends_the_reading_with_its_line(text: Any, line: Any, reason: Any) -> None:
    last = list(records(text, ","))[-1]
    assert isinstance(last, BadRecord)
    assert last.line == line
    assert reason in last.reason


def test_the_limit_of_the_csv_module_is_put_back() -> None:
    before = csv.field_size_limit()
    list(records("a" * (before + 1), ","))
    list(records('"', ","))
    assert csv.field_size_limit() == before


@given(
    rows=st.lists(st.lists(st.text(), min_size=2, max_size=3), min_size=1, max_size=5),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_the_csv_module_writes_is_read_back(rows: Any, delimiter: Any) -> None:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    found = list(records(target.getvalue(), delimiter))
    assert [record.fields for record in found if isinstance(record, Record)] == rows


def test_marks() -> None:
    assert unicode_mark(b"\xef\xbb\xbfid") == ("utf-8", 3)
    assert unicode_mark(b"id,name\n") == ("", 0)
    assert unicode_mark(b"") == ("", 0)
