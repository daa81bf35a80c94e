"""Reading eight characters at a time agrees with reading one literal after the other."""

from __future__ import annotations

import ipaddress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vetting.readers.sqldump.literals import integers
from vetting.readers.sqldump.words import packed_addresses, plain_integers, unpacked_addresses


def laid_out(literals: Any, margin: Any) -> Any:
    text = b"x" * margin + b",".join(literals) + b"," + b"y" * margin
    ends = margin + np.cumsum([len(literal) + 1 for literal in literals]) - 1
    return text, ends - [len(literal) for literal in literals], ends


ODD = [
    b"NULL",
    b"-0",
    b"007",
    b"null",
    b"'12'",
    b"1.5",
    b"-",
    b"12a",
    b"NOLL",
    b"NULLS",
    b"12 ",
    b"0x12",
    b":1",
    b"/1",
]


@given(
    literals=st.lists(
        st.one_of(
            st.integers(-(10**16), 10**17).map(lambda one: str(one).encode()),
            st.sampled_from([*ODD, b"NULL"]),
        ),
        min_size=1,
    ),
    margin=st.sampled_from([0, 3, 40]),
)
def test_integers_are_read_alike_or_left_to_the_careful_way(literals: Any, margin: Any) -> None:
    read = plain_integers(*laid_out(literals, margin))
    if read is None:
        assert any(literal in ODD[3:] or len(literal.lstrip(b"-")) > 16 for literal in literals)
        return
    numbers, nulls = read
    found = [None if null else number for number, null in zip(numbers.tolist(), nulls.tolist(), strict=True)]
    assert found == integers(literals).to_pylist()


@pytest.mark.parametrize("literal", ODD[3:])
def test_what_is_no_plain_number_is_refused(literal: Any) -> None:
    assert plain_integers(*laid_out([b"1", literal, b"2"], 30)) is None


@given(
    literals=st.lists(
        st.one_of(
            st.integers(0, (1 << 32) - 1).map(lambda one: f"'{ipaddress.IPv4Address(one)}'".encode()),
            st.text("0129./:;af'", max_size=18).map(lambda text: b"'" + text.encode() + b"'"),
            st.sampled_from([b"NULL", b"''", b"'", b"0x0A000001", b"'::1'", b"12345"]),
        ),
        min_size=1,
    ),
    margin=st.sampled_from([0, 40]),
)
def test_a_packed_address_is_unpacked_as_it_was(literals: Any, margin: Any) -> None:
    packed = packed_addresses(*laid_out(literals, margin))
    for literal, number in zip(literals, packed.tolist(), strict=True):
        inner = literal[1:-1]
        plain = (
            literal[:1] == literal[-1:] == b"'" and 0 < len(inner) < 16 and not inner.strip(b"0123456789.")
        )
        assert (number >= 0) == plain
    kept = [literal for literal, number in zip(literals, packed.tolist(), strict=True) if number >= 0]
    assert unpacked_addresses(packed[packed >= 0]).to_pylist() == kept
