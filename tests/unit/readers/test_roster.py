from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import rosters
from tests.workbooks import write_workbook

from vetting.errors import RosterError, VettingError
from vetting.readers.roster import QuarantinedValue, read_roster, read_roster_column

CORPUS = Path(__file__).parents[2] / "corpus" / "rosters"


def written(tmp_path: Path, text: Any, name: Any = "r.csv") -> Any:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("path", sorted(CORPUS.glob("valid/*")), ids=lambda path: path.stem)
def test_every_way_of_writing_the_same_roster_gives_the_same_applicants(path: Any) -> None:
    roster = read_roster(path)
    sam, zoe = roster
    assert (sam.id, zoe.id) == ("A-1", "A-2")
    assert [str(i) for i in sam.identifiers()] == [
        "Sam Example",
        "twitter:sam_ex",
        "sam@example.org",
        "1990-04-03",
    ]
    assert [str(i) for i in zoe.identifiers()] == [
        "Zoë Sample",
        "quillmere_19",
        "zoe@example.net",
        "z@example.com",
    ]
    assert roster.quarantined == ()
    assert roster.source == str(path)
    assert roster.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "place", "reason"),
    [
        ("empty.csv", "", "empty"),
        ("blank_lines.csv", "", "empty"),
        ("only_header.csv", "", "no rows below the header"),
        (
            "no_id.csv",
            "line 1",
            "no column is named id; its columns are 1 'name', 2 (did you mean email?)",
        ),
        ("no_header.csv", "line 1", "no column is named id; its columns are 1, 2, 3."),
        ("id_twice.csv", "line 4", "the id of line 2 again"),
        ("two_id_columns.csv", "line 1", "two columns mean id"),
        ("mixed_encodings.csv", "line 3", "another encoding"),
        ("utf16_cut_short.csv", "line 3", "not UTF-16-LE"),
        ("no_encoding.csv", "line 2", "neither UTF-8 nor Windows-1252"),
        ("nul_bytes.csv", "line 2", "NUL"),
        ("unclosed_quote.csv", "line 2", "never closed"),
        ("text_after_quote.csv", "line 2", "after a closing quotation mark"),
        (
            "unknown_columns.csv",
            "line 1",
            "no column but the id is known; its columns are 1 'id', 2",
        ),
        ("only_ragged_rows.csv", "", "no applicant can be read; 2 rows were left out"),
        ("packed.csv.gz", "", "compressed"),
        ("not_a_workbook.xlsx", "", "damaged"),
        ("not_parquet.parquet", "", "cannot be read"),
    ],
)
def test_a_hostile_roster_is_refused_by_file_place_and_remedy_without_a_value(
    name: Any, place: Any, reason: Any
) -> None:
    path = CORPUS / "hostile" / name
    with pytest.raises(RosterError) as caught:
        read_roster(path)
    error = caught.value
    message = str(error)
    assert message.startswith(str(path))
    assert reason in message
    assert error.place == place
    assert error.remedy.endswith(".")
    assert "\n" not in message
    assert not re.search(r"Sam|Zo[eë]|Kim|Jos|A-1|1990|example\.org", message)


def test_every_hostile_file_has_its_test() -> None:
    marks = test_a_hostile_roster_is_refused_by_file_place_and_remedy_without_a_value.pytestmark
    tested = {arguments[0] for mark in marks for arguments in mark.args[1]}
    assert tested == {path.name for path in CORPUS.glob("hostile/*")}


def test_what_cannot_be_read_is_quarantined_and_shown() -> None:
    roster = read_roster(CORPUS / "quarantine.csv")
    assert [applicant.id for applicant in roster] == ["A-1", "A-4", "A-5"]
    assert roster.quarantined == (
        QuarantinedValue(line=2, column="dob", reason="not a date; write it as YYYY-MM-DD"),
        QuarantinedValue(line=3, column="", reason="2 cells where the header has 3"),
        QuarantinedValue(line=4, column="id", reason="no id"),
        QuarantinedValue(line=6, column="dob", reason="the day is out of range"),
    )
    assert roster[0].date_of_birth is None
    assert str(roster[1].date_of_birth) == "1990-04-03|1990-03-04"
    assert roster[2].names[0].value == '=HYPERLINK("x")'  # text, never computed
    assert len(roster) == 3
    assert roster[1:] == (roster[1], roster[2])


def test_columns_are_reported() -> None:
    roster = read_roster(CORPUS / "valid" / "headers_otherwise.csv")
    assert roster.columns_used == (
        ("E-Mail", "email"),
        ("Applicant No.", "id"),
        ("SCREEN NAME", "handle"),
        ("Full-Name", "name"),
        ("D.O.B.", "date_of_birth"),
    )
    assert roster.columns_ignored == ("Shoe size",)


def test_several_values_parts_of_names_and_columns_of_platforms(tmp_path: Path) -> None:
    text = (
        "id;forename;middle names;surname;aliases;e-mail;email 2;phone;twitter;address;postcode;url;\n"
        'A-1;Sam;Lee;Example;"S. Example; Sam Lee Example";"a@example.org;;b@example.org";c@example.org;'
        '"07700 900123; 07700 900124";sam_ex;12 Sample Street;AB1 2CD;https://example.org/sam;\n'
    )
    roster = read_roster(written(tmp_path, text))
    (sam,) = roster
    assert [(name.value, name.role) for name in sam.names] == [
        ("Sam Lee Example", "current"),
        ("S. Example", "alias"),
    ]
    assert [str(email) for email in sam.emails] == ["a@example.org", "b@example.org", "c@example.org"]
    assert [str(phone) for phone in sam.phones] == ["07700 900123", "07700 900124"]
    assert [str(handle) for handle in sam.handles] == ["twitter:sam_ex"]
    assert [str(place) for place in sam.places] == ["12 Sample Street", "AB1 2CD"]
    assert [str(url) for url in sam.urls] == ["https://example.org/sam"]
    assert roster.columns_ignored == ("column 13",)


def test_a_workbook_and_a_parquet_file_are_rosters(tmp_path: Path) -> None:
    book = write_workbook(
        tmp_path / "r.xlsx",
        {
            2: {"A": "id", "B": "name", "C": "phone", "D": "dob"},
            3: {"A": 17, "B": ('"Sam Example"', "Sam Example"), "C": 447700900123, "D": "1990-04-03"},
            4: {"A": 18, "B": "Zoë Sample", "C": "", "D": "soon"},
        },
    )
    table = pa.table({
        "id": [17, 18], "name": ["Sam Example", "Zoë Sample"], "phone": [447700900123, None],
        "dob": ["1990-04-03", "soon"],
    })  # fmt: skip
    pq.write_table(table, tmp_path / "r.parquet")
    one, other = read_roster(book), read_roster(tmp_path / "r.parquet")
    assert tuple(one) == tuple(other)
    assert [str(i) for i in one[0].identifiers()] == ["Sam Example", "447700900123", "1990-04-03"]
    assert [value.line for value in one.quarantined] == [4]
    assert [value.line for value in other.quarantined] == [3]


@pytest.mark.parametrize("path", ["absent.csv", ".", "nul\0.csv"])
def test_a_path_that_cannot_be_read_is_a_roster_error(path: Any) -> None:
    with pytest.raises(RosterError):
        read_roster(path)


@given(
    rows=rosters(),
    delimiter=st.sampled_from(",;\t|"),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_roster_that_the_csv_module_writes_is_read_back(
    rows: Any, delimiter: Any, codec: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("roster") / "r.csv"
    path.write_bytes(target.getvalue().encode(codec))
    roster = read_roster(path)
    assert roster.quarantined == ()
    found = [
        {
            "id": applicant.id,
            "name": ";".join(name.value for name in applicant.names),
            "date_of_birth": str(applicant.date_of_birth or ""),
            "email": ";".join(map(str, applicant.emails)),
            "handle": ";".join(map(str, applicant.handles)),
        }
        for applicant in roster
    ]
    assert found == rows


@given(
    raw=st.binary(max_size=300)
    | st.text(alphabet='id,name;"\n\r\t|e=\0é').map(lambda text: ("id,name\n" + text).encode())
)
def test_any_file_raises_nothing_but_a_vetting_error(
    raw: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("roster") / "r.csv"
    path.write_bytes(raw)
    try:
        roster = read_roster(path)
    except VettingError:
        return
    assert len(roster) > 0


def test_a_further_column_is_read_by_its_header_for_the_applicants_that_were_read(tmp_path: Path) -> None:
    text = "id;name;Name-Origin\nA-1;Sam;north\nA-2;Zoe;\n;nobody;south\nA-3;too;many;cells\n"
    assert read_roster_column(written(tmp_path, text), "name origin") == {"A-1": "north", "A-2": ""}


def test_a_further_column_must_be_there_and_be_one(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name,group,Group\nA-1,Sam,a,b\n")
    with pytest.raises(RosterError, match="several columns have that header"):
        read_roster_column(path, "group")
    with pytest.raises(RosterError, match="no column has that header"):
        read_roster_column(path, "origin")
