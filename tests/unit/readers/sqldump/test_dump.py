"""The dump reader: exact on what dump tools write, honest about what it cannot read."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vetting.errors import DumpError
from vetting.readers.files import InputFile
from vetting.readers.sqldump import Dump, DumpLimits
from vetting.readers.sqldump import dump as dump_module
from vetting.readers.sqldump import rows as rows_module
from vetting.readers.sqldump.literals import payload
from vetting.readers.sqldump.window import Window

CORPUS = Path(__file__).parents[3] / "corpus" / "dumps"
HEAD = "-- MariaDB dump 10.19\n/*!40101 SET NAMES utf8mb4 */;\n"
TAIL = "-- Dump completed on 2017-11-21\n"
TABLE = "CREATE TABLE `t` (\n  `id` int(11) NOT NULL,\n  `v` text,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n"


@pytest.fixture(autouse=True, scope="module", params=[1 << 14, 0], ids=["by-row", "by-block"])
def _single(request: Any) -> Any:
    """A small dump would be read row by row only."""
    with patch.object(rows_module, "_NEAR", request.param):
        yield


def write(tmp_path: Path, *parts: Any) -> Path:
    path = tmp_path / "dump.sql"
    path.write_bytes(b"".join(part if isinstance(part, bytes) else part.encode() for part in parts))
    return path


def everything(_table: Any, columns: tuple[str, ...]) -> Any:
    return columns


def read(
    path: Path, *, strict: Any = True, size: Any = 1 << 20, want: Any = everything, limits: Any = None
) -> Any:
    """Values of every table as bytes, with offsets, and the dump."""
    # Else a small file would be held whole and its splitting would test nothing.
    with patch.object(dump_module, "_AHEAD", min(1 << 16, max(256, size))):
        return _read(InputFile(path), strict, size, want, limits)


def _read(file: Any, strict: Any, size: int, want: Any, limits: Any) -> Any:
    dump = Dump(file, want=want, strict=strict, limits=limits or DumpLimits())
    window = Window(file.chunks(size))
    dump._window = dump._rows._window = window
    found: dict[str, list[Any]] = {}
    for chunk in dump.chunks():
        rows = found.setdefault(chunk.table.name, [])
        escapes = not dump.header.no_backslash_escapes
        for offset, *literals in zip(chunk.offsets.tolist(), *chunk.values, strict=True):
            values = [value_of(literal, escapes=escapes) for literal in literals]
            rows.append((offset, *values))
    return found, dump


def value_of(literal: bytes, *, escapes: Any) -> bytes | None:
    try:
        return payload(literal, escapes=escapes)[0]
    except ValueError:  # damage: no literal at all
        return literal


def values(found: Any, table: Any = "t") -> Any:
    return [row[1:] for row in found.get(table, [])]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1 << 20])
def test_every_kind_of_literal_at_any_chunk_size(tmp_path: Path, size: int) -> None:
    body = rb"""INSERT INTO `t` VALUES
(1,'a),(b; it\'s \\'),
(2,'\0\n\r\t\b\Z\"\%\_\q'),(3,''),(4,NULL),(5,0x4100FF),(6,_binary 'x\0y'),(7,x'4142'),
(8,_utf8mb4'z'),(9,-1e300),(10,'it''s'),(-11,'\\\\\\\''),(12,b'101'), (13, 'spaced' ) ;
"""
    path = write(tmp_path, HEAD, TABLE, body, TAIL)
    found, dump = read(path, size=size)
    assert values(found) == [
        (b"1", b"a),(b; it's \\"),
        (b"2", b'\0\n\r\t\b\x1a"\\%\\_q'),
        (b"3", b""),
        (b"4", None),
        (b"5", b"A\x00\xff"),
        (b"6", b"x\0y"),
        (b"7", b"AB"),
        (b"8", b"z"),
        (b"9", b"-1e300"),
        (b"10", b"it's"),
        (b"-11", b"\\\\\\'"),
        (b"12", b"\x05"),
        (b"13", b"spaced"),
    ]
    content = path.read_bytes()
    assert all(content[row[0] : row[0] + 1] == b"(" for row in found["t"])
    assert content[found["t"][1][0] :].startswith(b"(2,")
    assert dump.ended_well is True
    assert dump.bytes_read == len(content)
    assert (dump.bytes_unread, dump.truncated) == (0, False)


def test_only_wanted_columns_are_captured(tmp_path: Path) -> None:
    found, _ = read(
        write(tmp_path, HEAD, TABLE, "INSERT INTO `t` VALUES (1,'x'),(2,'y');\n"), want=lambda *_: ("v",)
    )
    assert values(found) == [(b"x",), (b"y",)]


def test_counting_captures_nothing(tmp_path: Path) -> None:
    found, dump = read(
        write(tmp_path, HEAD, TABLE, "INSERT INTO `t` VALUES (1,'x'),(2,'y');\n"), want=lambda *_: ()
    )
    assert not found
    assert dump.tables["t"].rows == 2


def test_ansi_names_and_no_backslash_escapes() -> None:
    found, dump = read(CORPUS / "ansi_no_escapes.sql")
    rows = found['odd "t"']
    assert [row[1:] for row in rows] == [
        (b"1", b"C:\\dir\\"),
        (b"2", b"it's; a\nline"),
        (b"3", None),
        (b"\\n", b"4"),  # REPLACE names its columns the other way round
    ]
    assert dump.ended_well is None


def test_a_trigger_with_an_insert_inside_is_no_row(tmp_path: Path) -> None:
    trigger = "DELIMITER ;;\nCREATE TRIGGER x BEGIN INSERT INTO `t` VALUES (9,'x;y'); END ;;\nDELIMITER ;\n"
    found, dump = read(write(tmp_path, HEAD, TABLE, trigger, "INSERT INTO `t` VALUES (1,'x');\n", TAIL))
    assert values(found) == [(b"1", b"x")]
    assert dump.ended_well is True


def test_a_table_without_known_columns_is_not_read_and_says_so(tmp_path: Path) -> None:
    found, dump = read(write(tmp_path, HEAD, "INSERT INTO `t` VALUES (1,'x');\n", TAIL))
    assert not found
    assert "no column names" in dump.tables["t"].note
    assert dump.statements_skipped == 1


def test_the_insert_may_name_the_columns_itself(tmp_path: Path) -> None:
    found, _ = read(write(tmp_path, "INSERT INTO forum.t (id, v) VALUES (1,'x')"))
    assert values(found) == [(b"1", b"x")]


def test_rows_with_another_number_of_columns_are_quarantined(tmp_path: Path) -> None:
    body = "INSERT INTO `t` VALUES (1,'a'),(2,'b','c'),(3),(4,'d');\n"
    found, dump = read(write(tmp_path, HEAD, TABLE, body, TAIL))
    assert values(found) == [(b"1", b"a"), (b"4", b"d")]
    assert dump.tables["t"].quarantined == 2


@pytest.mark.parametrize("cut", ["(3,'unfin", "(3,'unfin\\", "(3", "(", "(3,'x'"])
def test_a_truncated_dump_keeps_whole_rows_and_counts_the_rest(tmp_path: Path, cut: str) -> None:
    path = write(tmp_path, HEAD, TABLE, "INSERT INTO `t` VALUES (1,'a'),(2,'b'),", cut)
    with pytest.raises(DumpError) as caught:
        read(path)
    assert "unfin" not in str(caught.value)
    assert caught.value.table == "t"
    found, dump = read(path, strict=False)
    assert values(found) == [(b"1", b"a"), (b"2", b"b")]
    assert dump.ended_well is False
    assert dump.bytes_unread == len(cut)


def test_a_dump_cut_between_statements_is_not_whole(tmp_path: Path) -> None:
    _, dump = read(write(tmp_path, HEAD, TABLE, "INSERT INTO `t` VALUES (1,'a');\n"))
    assert dump.ended_well is False


def test_after_damage_reading_goes_on_at_the_next_statement(tmp_path: Path) -> None:
    damage = "INSERT INTO `t` VALUES (1,'a'),(2,'b' oops),(3,'c');\n"
    path = write(tmp_path, HEAD, TABLE, damage, "INSERT INTO `t` VALUES (4,'d');\n", TAIL)
    with pytest.raises(DumpError, match="no row follows"):
        read(path)
    found, dump = read(path, strict=False)
    assert values(found) == [(b"1", b"a"), (b"4", b"d")]
    assert dump.bytes_unread == len("(2,'b' oops),(3,'c');\n")


def test_an_unclosed_text_loses_its_statement_only(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD,
        TABLE,
        "INSERT INTO `t` VALUES (1,'a),(2,'b');\nINSERT INTO `t` VALUES (3,'c');\n",
        TAIL,
    )
    found, dump = read(path, strict=False)
    assert values(found) == [(b"3", b"c")]
    assert dump.bytes_unread > 0


def test_an_unclosed_comment_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, TABLE, "/* no end\nINSERT INTO `t` VALUES (1,'a');\n")
    with pytest.raises(DumpError, match="comment has no end"):
        read(path)
    _, dump = read(path, strict=False)
    assert dump.bytes_unread > 0


def test_unwanted_statements_are_skipped_with_their_texts(tmp_path: Path) -> None:
    other = "CREATE TABLE u (a text);\nINSERT INTO u VALUES ('x;\nINSERT INTO `t` VALUES (7,7);\n it\\'s');\n"
    path = write(tmp_path, TABLE, other, "INSERT INTO `t` VALUES (1,'a');\n")
    found, dump = read(path, want=lambda table, columns: columns if table == "t" else None)
    assert values(found) == [(b"1", b"a")]
    assert dump.tables["u"].skipped == 1


def test_windows_line_ends(tmp_path: Path) -> None:
    text = (HEAD + TABLE + "INSERT INTO `u` VALUES (1);\nINSERT INTO `t` VALUES (1,'a');\n" + TAIL).replace(
        "\n", "\r\n"
    )
    found, dump = read(write(tmp_path, text))
    assert values(found) == [(b"1", b"a")]
    assert dump.ended_well is True


def test_escaped_control_bytes_do_not_confuse_the_mask(tmp_path: Path) -> None:
    body = b"INSERT INTO `t` VALUES (1,'\\\x01it\\'s \\\\ \\\x02');\n"
    found, _ = read(write(tmp_path, HEAD, TABLE, body))
    assert values(found) == [(b"1", b"\x01it's \\ \x02")]


def test_a_text_of_200_mb_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "dump.sql"
    with path.open("wb") as out:
        out.write((HEAD + TABLE + "INSERT INTO `t` VALUES (1,'").encode())
        for _ in range(200):
            out.write(b"x" * 1_000_000)
        out.write(("');\nINSERT INTO `t` VALUES (2,'b');\n" + TAIL).encode())
    with pytest.raises(DumpError, match="longer than the limit"):
        read(path)
    found, dump = read(path, strict=False)
    assert values(found) == [(b"2", b"b")]
    assert dump.bytes_unread > 200_000_000


def test_limits_hold(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD, TABLE, "INSERT INTO `t` VALUES (1,'" + "y" * 500_000 + "');\n")
    with pytest.raises(DumpError, match="longer than the limit"):
        read(path, size=1000, limits=DumpLimits(row=10_000))
    path = write(tmp_path, "".join(f"CREATE TABLE t{number} (a int);\n" for number in range(20)))
    with pytest.raises(DumpError, match="too many tables"):
        read(path, limits=DumpLimits(tables=10))


def test_an_insert_without_written_rows_is_unread(tmp_path: Path) -> None:
    statement = "INSERT INTO `t` SELECT * FROM `u`;"
    _, dump = read(write(tmp_path, TABLE, statement, "\nINSERT INTO `t` VALUES (1,'a');\n"))
    assert dump.bytes_unread == len(statement) - 1  # all but the semicolon
    assert dump.tables["t"].rows == 1


def test_one_row_a_statement(tmp_path: Path) -> None:
    body = "".join(f"INSERT INTO `t` VALUES ({number},'x');\n" for number in range(3000))
    for size in (50, 1000, 1 << 20):
        found, dump = read(write(tmp_path, HEAD, TABLE, body, TAIL), size=size)
        assert [int(row[0]) for row in values(found)] == list(range(3000))
        assert dump.ended_well is True


def test_an_unsafe_charset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DumpError, match="gbk"):
        read(write(tmp_path, "SET NAMES gbk;\n", TABLE, "INSERT INTO `t` VALUES (1,'x');\n"))


def escaped(value: str | None, *, doubled: Any) -> bytes:
    if value is None:
        return b"NULL"
    if isinstance(value, int):
        return str(value).encode()
    if isinstance(value, bytes):
        return b"0x" + value.hex().encode() if value else b"''"
    table = {
        "\\": "\\\\",
        "'": "''" if doubled else "\\'",
        "\n": "\\n",
        "\r": "\\r",
        "\0": "\\0",
        "\x1a": "\\Z",
        '"': '\\"',
    }
    return b"'" + "".join(table.get(char, char) for char in value).encode() + b"'"


cell = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.binary(max_size=8),
    st.text(
        alphabet=st.one_of(
            st.sampled_from("\\'\"),(;\n\r\0\x1a\x01\x02-`#"), st.characters(exclude_categories=["Cs"])
        ),
        max_size=12,
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=8),
    breaks=st.lists(st.booleans(), min_size=8, max_size=8),
    seed=st.integers(0, 2**16),
    lines=st.booleans(),
    doubled=st.booleans(),
)
def test_rows_come_back_as_written_however_the_input_is_split(
    tmp_path: Path, rows: Any, breaks: Any, seed: int, lines: Any, doubled: Any
) -> None:
    statements, held = [], []
    for row, new in zip(rows, [*breaks, True][: len(rows)], strict=True):
        held.append(b"(" + b",".join(escaped(value, doubled=doubled) for value in row) + b")")
        if new:
            statements.append(held)
            held = []
    if held:
        statements.append(held)
    gap, start = (b",\n", b"VALUES\n") if lines else (b",", b"VALUES ")
    body = b"".join(b"INSERT INTO `t` " + start + gap.join(one) + b";\n" for one in statements)
    path = write(tmp_path, HEAD, "CREATE TABLE `t` (`a` text, `b` text, `c` text);\n", body, TAIL)
    expected = [
        tuple(str(v).encode() if isinstance(v, int) else v.encode() if isinstance(v, str) else v for v in row)
        for row in rows
    ]
    whole, dump = read(path)
    assert values(whole) == expected
    assert dump.ended_well is True
    split, _ = read(path, size=random.Random(seed).randint(1, 40))
    assert split == whole


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_anywhere_is_counted_or_harmless_and_never_a_crash(tmp_path: Path, data: Any) -> None:
    content = bytearray((CORPUS / "ips4.sql").read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        junk = data.draw(
            st.sampled_from(
                [b"'", b"\\", b";\n", b"/*", b"(", b")", b",", b"--", b"\0", b"`", b"DELIMITER x\n"]
            )
        )
        if data.draw(st.booleans()):
            content[at : at + data.draw(st.integers(1, 200))] = junk
        else:
            content[at:at] = junk
    path = tmp_path / "dump.sql"
    path.write_bytes(content)
    whole, dump = read(path, strict=False)
    assert dump.bytes_read == len(content)
    assert 0 <= dump.bytes_unread <= len(content)
    split, other = read(path, strict=False, size=data.draw(st.integers(1, 300)))
    assert split == whole
    assert other.bytes_unread == dump.bytes_unread


@pytest.mark.parametrize("size", [7, 64, 4096])
def test_a_column_name_may_hold_a_semicolon_and_a_quote(size: int) -> None:
    found, dump = read(CORPUS / "odd_column_name.sql", size=size)
    assert [row[1:] for row in found["odd"]] == [(b"1", b"x"), (b"2", b"y")]
    assert dump.tables["odd"].columns == ("a", "odd;'name")


def test_control_bytes_behind_escaped_backslashes_are_only_themselves(tmp_path: Path) -> None:
    """As packed addresses have them: 39.92.1.44 is ``'``, ``\\``, 1 and a comma."""
    texts = [b"'\\" + bytes([byte]) + b"," for byte in range(1, 32)]
    written = (text.replace(b"\\", b"\\\\").replace(b"'", b"\\'").replace(b"\n", b"\\n") for text in texts)
    rows = b",".join(b"(%d,'%s')" % (n, text) for n, text in enumerate(written))
    path = write(tmp_path, HEAD, TABLE, b"INSERT INTO `t` VALUES ", rows, b";\n", TAIL)
    found, _ = read(path)
    assert [row[-1] for row in found["t"]] == texts


def test_texts_that_escape_every_control_byte_are_refused(tmp_path: Path) -> None:
    hostile = b"".join(b"\\" + bytes([byte]) for byte in range(1, 32))
    path = write(tmp_path, HEAD, TABLE, b"INSERT INTO `t` VALUES (1,'", hostile, b"');\n", TAIL)
    with pytest.raises(DumpError, match=r"escape every control byte.*--hex-blob"):
        read(path)


@pytest.mark.parametrize("before", [0, 1, 60])
@pytest.mark.parametrize("copy", [False, True], ids=["INSERT", "COPY"])
def test_a_row_above_the_limit_is_not_read_though_it_lies_whole_in_the_window(
    tmp_path: Path, before: int, *, copy: bool
) -> None:
    long = "x" * (7 << 19)  # 3.5 MiB: the window doubles from 2 MiB, which is within the limit, to 4 MiB
    if copy:
        rows = "".join(f"{n}\tshort\n" for n in range(before)) + f"7\t{long}\n8\tshort\n\\.\n"
        content = f"--\n-- PostgreSQL database dump\n--\n\nCOPY public.t (a, b) FROM stdin;\n{rows}"
    else:
        rows = "".join(f"({n},'short')," for n in range(before)) + f"(7,'{long}'),(8,'short')"
        content = f"INSERT INTO `t` (`a`,`b`) VALUES {rows};\n"
    path = tmp_path / "d.sql"
    path.write_text(content)
    limits = DumpLimits(row=5 << 19)
    with pytest.raises(DumpError, match="longer than the limit"):
        list(Dump(InputFile(path), want=lambda _, columns: columns, limits=limits).chunks())
    dump = Dump(InputFile(path), want=lambda _, columns: columns, strict=False, limits=limits)
    assert sum(len(chunk.values[0]) for chunk in dump.chunks()) == before
    assert dump.bytes_unread > len(long)
