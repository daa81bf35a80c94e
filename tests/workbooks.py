"""Small workbooks, written by hand: the library that writes them is no dependency."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell(reference: str, value: str | float | tuple[str, str]) -> str:
    """A cell of text, a number, or a formula with its last value."""
    if isinstance(value, tuple):
        return f'<c r="{reference}" t="str"><f>{escape(value[0])}</f><v>{escape(value[1])}</v></c>'
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def numbered(rows: Sequence[Sequence[Any]]) -> dict[int, dict[str, Any]]:
    """Rows of up to 26 cells as `write_workbook` takes them."""
    return {
        number: {chr(65 + place): value for place, value in enumerate(row)}
        for number, row in enumerate(rows, 1)
    }


def write_workbook(path: Path, *sheets: Mapping[int, Mapping[str, Any]]) -> Path:
    """Write sheets: row number to column letters to value."""
    bodies = [
        "".join(
            f'<row r="{row}">{"".join(cell(f"{column}{row}", value) for column, value in cells.items())}</row>'
            for row, cells in rows.items()
        )
        for rows in sheets
    ]
    numbers = range(1, len(sheets) + 1)
    one = f'<Relationship Id="r%d" Type="{_OFFICE}/%s" Target="%s"/>'

    def relations(*found: tuple[int, str, str]) -> str:
        inside = "".join(one % each for each in found)
        return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'

    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        for n in numbers
    )
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": relations((1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            *((n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
        ),
        **{
            f"xl/worksheets/sheet{n}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
            for n, body in zip(numbers, bodies, strict=True)
        },
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return path
