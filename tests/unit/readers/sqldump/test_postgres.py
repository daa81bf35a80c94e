"""Dumps of PostgreSQL: COPY and INSERT, what is cut off or mixed up, and archives that are refused."""

from __future__ import annotations

import gzip
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.errors import DumpError
from vetting.readers import read_list
from vetting.readers.files import InputFile
from vetting.readers.forum.matching import Matcher
from vetting.readers.profiles import load_profiles
from vetting.readers.sqldump import Dump, DumpLimits
from vetting.readers.sqldump.literals import TextDecoder

HEAD = """--
-- PostgreSQL database dump
--

\\restrict aB3
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $_$
begin return 'it;''s'; COPY x FROM stdin; end; $_$;

CREATE TABLE public.t (
    id integer NOT NULL,
    name text DEFAULT 'a,b'::text
);

"""
TAIL = "\n--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict aB3\n"
COPY = "COPY public.t (id, name) FROM stdin;\n"


def read(path: Path, *, strict: bool = True) -> tuple[list[tuple[Any, ...]], Dump]:
    dump = Dump(InputFile(path), want=lambda _table, columns: columns, strict=strict)
    rows: list[tuple[Any, ...]] = []
    for chunk in dump.chunks():
        decoder = TextDecoder(dump.header.encoding, escapes=not dump.header.no_backslash_escapes)
        columns = [decoder.texts(column, "t.c") for column in chunk.values]
        rows += zip(*columns, strict=True)
    return rows, dump


def write(folder: Path, *parts: str) -> Path:
    path = folder / "dump.sql"
    path.write_bytes("".join(parts).encode())
    return path


def test_copy_is_read_and_functions_are_stepped_over(tmp_path: Path) -> None:
    body = "1\tit's \\\\N\\n\\tä\n2\t\\N\n3\t\n4\t\\x41\\101\\v\n\\.\n"
    rows, dump = read(write(tmp_path, HEAD, COPY, body, TAIL))
    assert rows == [("1", "it's \\N\n\tä"), ("2", None), ("3", ""), ("4", "AA\v")]
    assert (dump.ended_well, dump.bytes_unread, dump.header.writer) == (True, 0, "pg_dump")
    assert dump.tables["t"].rows == 4


@pytest.mark.parametrize(
    "body",
    [
        "INSERT INTO public.t VALUES (1, 'it''s \\ x');\nINSERT INTO public.t VALUES (2, NULL);\n",
        "INSERT INTO public.t (id, name) VALUES (1, 'it''s \\ x'), (2, NULL) ON CONFLICT DO NOTHING;\n",
        "INSERT INTO public.t OVERRIDING SYSTEM VALUE VALUES\n\t(1, 'it''s \\ x'),\n\t(2, NULL);\n",
    ],
)
def test_inserts_know_no_backslash_escapes(tmp_path: Path, body: str) -> None:
    rows, dump = read(write(tmp_path, HEAD, body, TAIL))
    assert rows == [("1", "it's \\ x"), ("2", None)]
    assert dump.ended_well is True


def test_a_truncated_copy_is_said_and_its_last_row_not_guessed(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, COPY, "1\ta\n2\tb")
    with pytest.raises(DumpError, match="ends inside its data"):
        read(path)
    rows, dump = read(path, strict=False)
    assert rows == [("1", "a")]
    assert (dump.ended_well, dump.bytes_unread) == (False, len("\n2\tb"))


def test_a_copy_without_its_end_mark_ends_at_the_next_statement(tmp_path: Path) -> None:
    second = "COPY public.u (a, b) FROM stdin;\n8\tx\n\\.\n"
    path = write(tmp_path, HEAD, COPY, "1\ta\n\n--\n-- Data for Name: u\n--\n\n", second, TAIL)
    with pytest.raises(DumpError, match="end mark"):
        read(path)
    rows, dump = read(path, strict=False)
    assert rows == [("1", "a"), ("8", "x")]
    assert dump.ended_well is False
    assert dump.tables["t"].note == "its end mark is missing"


def test_rows_of_another_width_are_quarantined(tmp_path: Path) -> None:
    rows, dump = read(write(tmp_path, HEAD, COPY, "1\ta\n2\n3\tb\tc\n4\td\n\\.\n", TAIL))
    assert rows == [("1", "a"), ("4", "d")]
    assert (dump.tables["t"].rows, dump.tables["t"].quarantined) == (2, 2)


def test_lines_that_were_sent_as_text_end_in_cr_lf(tmp_path: Path) -> None:
    text = (HEAD + COPY + "1\ta\n2\t\\r\n\\.\n" + TAIL).replace("\n", "\r\n")
    rows, dump = read(write(tmp_path, text))
    assert rows == [("1", "a"), ("2", "\r")]
    assert dump.ended_well is True


def test_schemas_are_told_apart(tmp_path: Path) -> None:
    _, dump = read(
        write(tmp_path, HEAD, COPY, "\\.\n", COPY.replace("public", "backup"), "1\ta\n\\.\n", TAIL)
    )
    assert {name: table.rows for name, table in dump.tables.items()} == {"t": 0, "backup.t": 1}


def test_databases_of_one_cluster_are_told_apart(tmp_path: Path) -> None:
    first = f"\\connect one\n{HEAD}{COPY}1\ta\n\\.\n{TAIL}"
    _, dump = read(write(tmp_path, first, first.replace("one", "two")))
    assert list(dump.tables) == ["t", "two.t"]


def test_a_quarantined_row_that_only_resembles_a_statement_ends_nothing(tmp_path: Path) -> None:
    rows, dump = read(write(tmp_path, HEAD, COPY, "1\ta\n-- my signature\nSET it free;\n2\tb\n\\.\n", TAIL))
    assert rows == [("1", "a"), ("2", "b")]
    assert (dump.tables["t"].quarantined, dump.ended_well) == (2, True)


def test_a_row_beyond_the_limit_is_passed_over_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, COPY, "1\t", "x" * 5_000_000, "\n\\.\n", COPY, "2\tb\n\\.\n", TAIL)
    limits = DumpLimits(row=1 << 20)
    dump = Dump(InputFile(path), want=lambda _table, columns: columns, strict=False, limits=limits)
    assert [chunk.values for chunk in dump.chunks()] == [((b"'2'",), (b"'b'",))]
    assert dump.bytes_unread > 5_000_000


@given(st.data())
def test_a_damaged_dump_ends_cleanly_or_with_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    sound = (
        HEAD + COPY + "1\ta\\n\n2\t\\N\n\\.\n" + "INSERT INTO public.t VALUES (3, 'x');\n" + TAIL
    ).encode()
    at = data.draw(st.integers(0, len(sound)))
    size = data.draw(st.integers(0, 40))
    piece = data.draw(
        st.binary(max_size=8) | st.sampled_from([b"\\.", b"\n", b"\t", b"'", b"$_$", b"\\", b"COPY "])
    )
    path = tmp_path_factory.mktemp("pg") / "dump.sql"
    path.write_bytes(sound[:at] + piece + sound[at + size :])
    with suppress(DumpError):
        read(path, strict=data.draw(st.booleans()))


def test_data_in_another_form_are_counted_as_unread(tmp_path: Path) -> None:
    copy = COPY.replace("stdin", "stdin WITH (FORMAT csv)")
    rows, dump = read(write(tmp_path, HEAD, copy, "1,a\n\\.\n", COPY, "2\tb\n\\.\n", TAIL), strict=False)
    assert rows == [("2", "b")]
    assert dump.bytes_unread == len("\n1,a\n\\.")


@pytest.mark.parametrize(
    ("declared", "codec", "name"),
    [("LATIN1", "iso8859-1", "Zoë"), ("WIN1251", "cp1251", "Зоя"), ("UTF8", "utf-8", "Я")],
)
def test_the_declared_encoding_is_used(tmp_path: Path, declared: str, codec: str, name: str) -> None:
    path = tmp_path / "dump.sql"
    path.write_bytes((HEAD.replace("UTF8", declared) + COPY + f"1\t{name}\n\\.\n" + TAIL).encode(codec))
    assert read(path)[0] == [("1", name)]


def test_an_encoding_with_backslashes_in_characters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="pg_dump --encoding=UTF8"):
        read(write(tmp_path, HEAD.replace("UTF8", "SHIFT_JIS_2004"), COPY, "1\ta\n\\.\n"))


@pytest.mark.parametrize("start", [b"PGDMP\x01\x0e\x00\x04\x08", b"toc.dat\0\0\0\0"])
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_of_pg_dump_is_refused_with_the_remedy(tmp_path: Path, start: bytes, packed: bool) -> None:  # noqa: FBT001
    path = tmp_path / "dump.sql"
    content = start + bytes(1000)
    path.write_bytes(gzip.compress(content) if packed else content)
    with pytest.raises(DumpError, match="pg_restore -f dump"):
        read_list(path)


def escaped(value: str | None) -> str:
    if value is None:
        return r"\N"
    found = value.replace("\\", "\\\\")
    for raw, written in zip("\b\f\n\r\t\v", "bfnrtv", strict=True):
        found = found.replace(raw, f"\\{written}")
    return found


VALUES = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.text(
    "\\'N.\t\n\r\x01\x02a", max_size=8
)  # fmt: skip


@given(st.lists(st.tuples(VALUES, VALUES), max_size=20))
def test_any_row_that_copy_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: Any
) -> None:
    body = "".join(f"{escaped(one)}\t{escaped(other)}\n" for one, other in rows)
    found, dump = read(write(tmp_path_factory.mktemp("pg"), HEAD, COPY, body, "\\.\n", TAIL))
    assert found == rows
    assert dump.bytes_unread == 0


def test_the_copy_that_discourse_keeps_from_before_a_restore_is_not_read() -> None:
    matcher = Matcher(load_profiles("discourse"))
    columns = ("id", "username", "username_lower", "trust_level", "created_at")
    assert matcher.match("backup.users", columns) is None
    assert "before a restore" in matcher.refused["backup.users"]
    assert matcher.match("users", columns) is not None


def test_a_dollar_behind_a_function_is_no_error_of_the_re_module(tmp_path: Path) -> None:
    function = "CREATE FUNCTION public.g() AS $_$ begin; end $_$_$ ;\n"
    rows, _ = read(write(tmp_path, HEAD, function, COPY, "1\ta\n\\.\n", TAIL))
    assert rows == [("1", "a")]
