"""Literals: integers column-wise, texts through the dump's charset."""

from __future__ import annotations

import pytest

from vetting.readers.sqldump.literals import TextDecoder, integers, payload


def test_integers_take_what_is_one_and_nothing_else() -> None:
    literals = [
        b"5",
        b"-7",
        b"NULL",
        b"'8'",
        b"0x0A",
        b"b'11'",
        b"1.5",
        b"abc",
        b"''",
        b"99999999999999999999",
    ]
    assert integers(literals).to_pylist() == [5, -7, None, 8, 10, 3, None, None, None, None]


def test_no_literal_is_an_error() -> None:
    with pytest.raises(ValueError, match="no literal"):
        payload(b"NOW(")


@pytest.mark.parametrize(
    ("encoding", "literal", "text"),
    [
        ("utf-8", "'Квилмир'".encode(), "Квилмир"),
        ("cp1252", b"'\x93Zo\xeb\x94 \x81'", "“Zoë” \x81"),
        ("cp1251", "'Мох'".encode("cp1251"), "Мох"),
        ("", "'Zoë'".encode(), "Zoë"),
        ("", "'Zoë'".encode("cp1252"), "Zoë"),
        ("cp1251", "_utf8mb4'Мох'".encode(), "Мох"),
        ("cp1251", b"0x" + "Мох".encode().hex().encode(), "Мох"),
        ("utf-8", b"'\xff'", "\ufffd"),
    ],
)
def test_texts_are_decoded_by_what_is_declared(encoding: str, literal: bytes, text: str) -> None:
    decoder = TextDecoder(encoding)
    assert decoder.text(literal, "t.c") == text
    assert decoder.texts([literal, b"NULL", b"'a'"], "t.c") == [text, None, "a"]


def test_what_did_not_fit_is_remembered() -> None:
    undeclared, declared, lossy = TextDecoder(""), TextDecoder("utf-8"), TextDecoder("cp1252")
    undeclared.text(b"'\xeb'", "t.name")
    declared.text(b"'\xeb'", "t.name")
    lossy.texts([b"'????'", b"'a'"], "t.name")
    assert undeclared.fallback_columns == {"t.name": 1}
    assert declared.undecodable == 1
    assert lossy.lossy == 1


def test_the_fast_way_agrees_with_the_slow_one() -> None:
    columns = [
        [b"'a'", b"NULL", b"''"],
        [b"'a'", b"'NULL'", b"NULL"],
        [b"'it''s'", b"''", b"''''"],
        [b"12", b"'a'"],
        [b"'a\nb'", b"'c'"],
        [b"'a\\n'", b"'c'"],
        [b"_binary 'a'", b"'b'"],
        [b"''", b"''"],
        [b"NULL"],
    ]
    for column in columns:
        assert TextDecoder("").texts(column, "c") == [
            TextDecoder("").text(literal, "c") for literal in column
        ]


def test_a_text_beyond_reason_is_left_out() -> None:
    decoder = TextDecoder("utf-8")
    assert decoder.texts([b"'" + b"x" * (1 << 21) + b"'", b"'a'"], "c") == [None, "a"]
    assert decoder.too_long == 1
