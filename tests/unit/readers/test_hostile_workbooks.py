"""Workbooks that are small and claim, or hide, a vast sheet: the library behind the reader would end the process."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from tests.workbooks import write_workbook

from vetting.errors import InputError
from vetting.readers import read_list

_SHEET = "xl/worksheets/sheet1.xml"
_FAR = {
    "a number of many digits": b'<c r="B' + b"9" * 300 + b'"><v>1</v></c>',
    "single quotes and blanks": b"<c  r = 'XFD1048576'><v>1</v></c>",
    "another attribute before it": b'<c t=">" r="XFD1048576"><v>1</v></c>',
    "a prefix": b'<x:c r="XFD1048576"><v>1</v></x:c>',
    "small letters": b'<c r="xfd1048576"><v>1</v></c>',
    "a tag longer than a block": b"<c" + b" " * (1 << 20) + b'r="XFD1048576"><v>1</v></c>',
    "a tag without end": b"<c" + b" " * (4 << 20) + b'r="XFD1048576"><v>1</v></c>',
    "cells that say no place": b"</row>" + b"<row></row>" * 100_000 + b"<row>" + b"<c><v>1</v></c>" * 4000,
}


def _with_sheet(path: Path, change: bytes, *, codec: str = "") -> Path:
    write_workbook(path, {1: {"A": "id", "B": "name"}, 2: {"A": "1", "B": "x"}})
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as given:
        members = {name: given.read(name) for name in given.namelist()}
    members[_SHEET] = members[_SHEET].replace(b"</row></sheetData>", change + b"</row></sheetData>")
    if codec:
        members[_SHEET] = members[_SHEET].decode().replace("UTF-8", "UTF-16").encode(codec)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("how", _FAR)
def test_a_sheet_that_reaches_too_far_out_is_refused_however_it_is_written(how: str, tmp_path: Path) -> None:
    path = _with_sheet(tmp_path / "far.xlsx", _FAR[how])
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match=r"too far out|damaged"):
        list(read_list(path).batches())


def test_a_sheet_in_utf16_is_not_looked_through_and_so_refused(tmp_path: Path) -> None:
    path = _with_sheet(tmp_path / "wide.xlsx", _FAR["small letters"], codec="utf-16-le")
    with pytest.raises(InputError, match="damaged"):
        list(read_list(path).batches())


def test_a_sheet_of_nothing_but_beginnings_of_tags_costs_no_more_than_its_length(tmp_path: Path) -> None:
    path = _with_sheet(tmp_path / "tags.xlsx", b"<c " * 1_000_000)
    began = time.process_time()
    with pytest.raises(InputError):
        list(read_list(path).batches())
    assert time.process_time() - began < 10


def test_a_workbook_whose_packed_data_are_damaged_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "hurt.xlsx", {at: {"A": str(at), "B": "x" * at} for at in range(1, 60)})
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(_SHEET)
    content = bytearray(path.read_bytes())
    start = info.header_offset + 30 + len(_SHEET)
    for damage in range(0, info.compress_size, 7):
        hurt = bytearray(content)
        hurt[start + damage] ^= 0xFF
        path.write_bytes(hurt)
        with pytest.raises(InputError):
            list(read_list(path).batches())


def test_a_zip_of_a_version_to_come_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "new.xlsx", {1: {"A": "id"}, 2: {"A": "1"}})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 99
    path.write_bytes(content)
    with pytest.raises(InputError):
        list(read_list(path).batches())
