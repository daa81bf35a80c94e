"""Cutting rows by structure agrees with the patterns, row by row."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vetting.readers.sqldump.grammar import mask, row_patterns
from vetting.readers.sqldump.structure import run_of_rows

VALUES = st.one_of(
    st.integers(-99, 99).map(lambda number: str(number).encode()),
    st.sampled_from(
        [b"NULL", b"0xFF", b"'it''s'", b"_binary 'x,('", b"''", b" 7", b"7 ", b"'a' ", b"", b"'a'b"]
    ),
    st.text("ab,();\\' \n", max_size=6).map(
        lambda text: b"'" + text.replace("\\", "\\\\").replace("'", "\\'").encode() + b"'"
    ),
)
GAPS = st.sampled_from(
    [b",", b",\n", b", \n", b",\r\n", b" ,", b",\r\n\t", b";", b",x", b";\nINSERT INTO `t` VALUES ("]
)


@given(
    rows=st.lists(st.tuples(st.lists(VALUES, min_size=2, max_size=3), GAPS), max_size=12),
    before=st.sampled_from([b"", b"\n", b"   ", b"x"]),
    cut=st.integers(0, 60),
)
def test_a_run_is_what_the_patterns_find(rows: Any, before: Any, cut: Any) -> None:
    code = mask(before + b"".join(b"(" + b",".join(values) + b")" + gap for values, gap in rows))[0]
    stop = max(0, len(code) - cut)
    run = run_of_rows(code, 0, stop, 2)
    _, full = row_patterns(2, (0, 1))
    odd = set(run.odd.tolist())
    position = 0
    for number, marks in enumerate(run.marks.tolist()):
        match = full.match(code, position)
        if number in odd and (match is None or match.end() != marks[-1] + 1):
            return  # whoever reads must look at odd rows with the pattern, and stops here
        assert match is not None and match.end() == marks[-1] + 1 <= stop + code.startswith(b";", stop)
        if number not in odd:
            assert match.regs[1:] == tuple((marks[at] + 1, marks[at + 1]) for at in range(2))
        position = match.end()


def test_plain_rows_are_taken_whole_and_none_is_odd() -> None:
    code = b",\n".join(b"(%d,'text, (%d);')" % (number, number) for number in range(500)) + b";\n"
    run = run_of_rows(code, 0, len(code), 2)
    assert len(run) == 499 and not len(run.odd)  # the last is followed by no comma
    assert [code[start + 1 : end] for start, end in run.marks[:, :2].tolist()] == [
        b"%d" % n for n in range(499)
    ]
    assert np.all(np.diff(run.marks.ravel()) > 0)


def test_the_last_row_is_taken_up_to_its_semicolon() -> None:
    code = b"(1,'a'),(2,'b;)');\nINSERT"
    run = run_of_rows(code, 0, code.index(b";\n"), 2)
    assert run.marks[:, -1].tolist() == [7, 17] and run.goes_on and not len(run.odd)
    assert len(run_of_rows(code, 0, code.index(b";)"), 2)) == 1  # that semicolon is in a text
