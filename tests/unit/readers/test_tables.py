from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbooks import write_workbook

from vetting.errors import InputError, TableError, VettingError
from vetting.readers.mappings import TableMapping
from vetting.readers.tables import read_table
from vetting.records.schemas import SCHEMAS

CSV = (
    "Member no,Forename,Surname,DoB,E-Mail,Nick,Password,joined,branch,colour\n"
    '1,Sam,Example,03/04/1990,"a@example.org; b@example.org",twitter:sam_ex,secret1,2010-01-02 03:04:05,"North, South",x\n'
    "2,x\n"
    ",Zoë,,soon,,quill;mere,secret2,1300000000,,\n"
    "4,Mr & Mrs,Pattern,0000-00-00,,,,0,,\n"
    ",,,,,,,,,\n"
)


def written(tmp_path: Path, text: Any, name: Any = "members.csv") -> Any:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Any, **options: Any) -> Any:
    """Accounts by id, identifiers as tuples, and the completeness."""
    reading = read_table(path, **options)
    accounts, identifiers = {}, []
    for batch in reading.batches():
        assert batch.rows.schema.equals(SCHEMAS[batch.table])
        batch.rows.validate(full=True)
        for row in batch.rows.to_pylist():
            if batch.table == "accounts":
                accounts[row.pop("account_id")] = row
            else:
                identifiers.append(
                    tuple(row[k] for k in ("account_id", "kind", "value", "platform", "role", "record"))
                )
    return accounts, identifiers, reading.completeness


def test_a_member_table_by_its_headers(tmp_path: Path) -> None:
    path = written(tmp_path, CSV)
    accounts, identifiers, completeness = read(path)
    assert accounts == {
        "1": {
            "created_at": datetime(2010, 1, 2, 3, 4, 5, tzinfo=UTC),
            "last_seen": None, "status": None, "groups": ["North", "South"], "record": "row@1",
        },
        "row-3": {
            "created_at": datetime(2011, 3, 13, 7, 6, 40, tzinfo=UTC),
            "last_seen": None, "status": None, "groups": None, "record": "row@3",
        },
        "4": {"created_at": None, "last_seen": None, "status": None, "groups": None, "record": "row@4"},
    }  # fmt: skip
    assert sorted(identifiers) == [
        ("1", "date_of_birth", "1990-04-03|1990-03-04", None, "current", "row@1"),
        ("1", "email", "a@example.org", None, "current", "row@1"),
        ("1", "email", "b@example.org", None, "current", "row@1"),
        ("1", "handle", "sam_ex", "twitter", "current", "row@1"),
        ("1", "name", "Sam Example", None, "current", "row@1"),
        ("4", "name", "Mr & Mrs Pattern", None, "current", "row@4"),
        ("row-3", "handle", "quill;mere", None, "current", "row@3"),
        ("row-3", "name", "Zoë", None, "current", "row@3"),
    ]
    (table,) = completeness.tables
    assert (table.rows, table.rows_quarantined, table.role) == (4, 1, "members")
    assert table.columns_dropped == ("Password", "colour")
    assert completeness.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert completeness.bytes_read == completeness.size == path.stat().st_size
    assert not completeness.complete
    for note in ("no dates, left out: 1", "more than one person, kept as written: 1", "id cell is empty",
                 "hold nothing, passed over: 1"):  # fmt: skip
        assert note in table.note
    assert "Zo" not in table.note


def test_no_credential_is_captured_by_name_or_by_value(tmp_path: Path) -> None:
    digest = "5f4dcc3b5aa765d61d8327deb882cf99"
    text = f"name,nick,passwd,e-mail\nSam Example,{digest},x,a@example.org\nZoe Sample,{digest},y,{digest}\nKim,,z,b@example.org\n"
    _, identifiers, completeness = read(written(tmp_path, text))
    assert digest not in str(identifiers)
    assert {kind for _, kind, *_ in identifiers} == {"name", "email"}
    (table,) = completeness.tables
    assert table.columns_kept == ("name", "e-mail")
    assert table.columns_dropped == ("nick", "passwd")
    assert "not captured: 2" in table.note
    assert "look like credentials, left out: 1" in table.note
    assert digest not in table.note


def test_a_mapping_decides_alone(tmp_path: Path) -> None:
    mapping = TableMapping(
        columns={"account_id": ("nr",), "handle": ("who",), "handle:telegram": ("tg",), "place": ("town", "plz"),
                 "date_of_birth": ("geb",), "email": ("m",)},
        delimiter="|", encoding="cp1252", day_first=False, email_confirmed=True,
    )  # fmt: skip
    path = written(
        tmp_path, "nr|who|tg|town|plz|geb|m|name\n7|Ä|c|T|AB1|03/04/1990|a@example.org|Sam\n".encode("cp1252")
    )
    reading = read_table(path, mapping=mapping)
    rows = [
        row for batch in reading.batches() if batch.table == "identifiers" for row in batch.rows.to_pylist()
    ]
    assert {(row["kind"], row["value"], row["platform"], row["confirmed"]) for row in rows} == {
        ("handle", "Ä", None, None), ("handle", "c", "telegram", None), ("place", "T", None, None),
        ("place", "AB1", None, None), ("date_of_birth", "1990-03-04", None, None), ("email", "a@example.org", None, True),
    }  # fmt: skip
    assert reading.completeness.tables[0].columns_dropped == ("name",)


def test_a_mapping_may_be_given_as_its_file(tmp_path: Path) -> None:
    mapping = written(tmp_path, '[columns]\nhandle = "who"\n', "m.toml")
    _, identifiers, _ = read(written(tmp_path, "who,name\nquillmere_19,Sam\n"), mapping=str(mapping))
    assert [row[:3] for row in identifiers] == [("row-1", "handle", "quillmere_19")]


def test_marks_for_nothing_are_missing_but_people_are_called_null(tmp_path: Path) -> None:
    text = "id,name,email,nick\n1,NULL,NULL,\\N\n"
    _, identifiers, _ = read(written(tmp_path, text))
    assert [(kind, value) for _, kind, value, *_ in identifiers] == [("name", "NULL")]


def test_a_display_name_with_a_space_is_a_name(tmp_path: Path) -> None:
    _, identifiers, _ = read(written(tmp_path, "id,display name\n1,Sam Example\n2,quillmere_19\n"))
    assert [(i[0], i[1], i[2], i[4]) for i in identifiers] == [
        ("1", "name", "Sam Example", "display"),
        ("2", "handle", "quillmere_19", "display"),
    ]


def test_the_same_table_in_every_format_gives_the_same_rows(tmp_path: Path) -> None:
    text = "id,name,dob,phone\n1,Sam Example,1990-04-03,447700900123\n2,Zoë Sample,,\n"
    plain = read(written(tmp_path, text))
    packed = read(written(tmp_path, gzip.compress(text.encode()), "members.csv.gz"))
    utf16 = read(written(tmp_path, text.encode("utf-16"), "utf16.csv"))
    mac = read(written(tmp_path, text.replace("\n", "\r"), "mac.csv"))
    excel = read(written(tmp_path, "sep=;\r\n" + text.replace(",", ";"), "excel.csv"))
    sheet: dict[int, dict[str, Any]] = {
        1: {"A": "id", "B": "name", "C": "dob", "D": "phone"},
        2: {"A": 1, "B": "Sam Example", "C": "1990-04-03", "D": 447700900123},
        3: {"A": 2, "B": "Zoë Sample"},
    }
    book = read(write_workbook(tmp_path / "members.xlsx", sheet))
    columns = {"id": [1, 2], "name": ["Sam Example", "Zoë Sample"], "dob": [date(1990, 4, 3), None],
               "phone": [447700900123, None], "password": ["a", "b"]}  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "members.parquet")
    parquet = read(tmp_path / "members.parquet")
    for other in (packed, utf16, mac, excel, book, parquet):
        assert other[:2] == plain[:2]
        assert other[2].complete
    assert parquet[2].tables[0].rows_expected == 2
    assert parquet[2].tables[0].columns_dropped == ("password",)


def test_completeness_waits_for_the_end_and_a_reading_is_read_once(tmp_path: Path) -> None:
    reading = read_table(written(tmp_path, "id,name\n1,Sam Example\n"))
    with pytest.raises(RuntimeError):
        _ = reading.completeness
    list(reading.batches())
    assert reading.completeness.complete
    with pytest.raises(RuntimeError):
        list(reading.batches())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x,y\n1,2\n", "none of its 2 columns is known"),
        ("id,joined\n1,2\n", "none of its 2 columns is known"),
        ("e-mial,y\n1,2\n", "some resemble email"),
        ("Sam Example,sam@example.org\n", "none of its 2 columns"),
        ("name,dob,date of birth\n", "a second column that means date_of_birth"),
        ('"name\nSam Example\n', "the first row cannot be read"),
        ("\n\n", "the first row cannot be read"),
        (b"id,na\0me\n", "NUL"),
        (b"PAR1 no parquet", "Parquet"),
        (",".join("abc" for _ in range(4097)) + "\n", "more than 4096 columns"),
    ],
)
def test_a_table_that_says_nothing_is_refused_without_a_value(text: Any, reason: Any, tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        list(read_table(written(tmp_path, text)).batches())
    message = str(caught.value)
    assert reason in message
    assert "Sam" not in message
    assert "\n" not in message


def test_an_empty_or_absent_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_table(written(tmp_path, ""))
    with pytest.raises(InputError):
        read_table(tmp_path / "absent.csv")


def test_progress_reaches_the_file_s_size(tmp_path: Path) -> None:
    path = written(tmp_path, CSV)
    told = []
    list(read_table(path, progress=lambda done, size: told.append((done, size))).batches())
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


@given(
    raw=st.binary(max_size=200)
    | st.text('id,name;"\n\r\t|1e=é').map(lambda text: f"id,name,dob\n{text}".encode())
)
def test_any_file_raises_nothing_but_a_vetting_error(
    raw: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("table") / "t.csv"
    path.write_bytes(raw)
    try:
        accounts, _, completeness = read(path)
    except VettingError:
        return
    assert len(accounts) <= completeness.tables[0].rows


@pytest.mark.parametrize(
    "spelt", [("username", "name", "url_user", "exists"), ("Exists", "URL user", "Username")]
)
def test_answers_of_an_account_finder_are_not_read_as_members(tmp_path: Path, spelt: tuple[str, ...]) -> None:
    rows = {1: dict(zip("ABCD", spelt, strict=False)), 2: dict.fromkeys("ABCD"[: len(spelt)], "x")}
    path = write_workbook(tmp_path / "answers.xlsx", rows)
    with pytest.raises(TableError, match="an account finder's answers"):
        read_table(path)
