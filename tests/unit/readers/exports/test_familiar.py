"""Who is met again is noted again only for a later time, however many people there are."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from vetting.readers.exports import familiar
from vetting.readers.exports.familiar import Familiar
from vetting.readers.exports.gathering import Gathering


@given(st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 9))), st.integers(1, 4))
def test_what_is_noted_is_the_same_as_without_it_however_few_are_held(
    met: list[tuple[int, int | None]], held: int
) -> None:
    def noting(gathered: Gathering) -> Familiar[int]:
        def note(who: int, record: str, at: int | None) -> str:
            gathered.account(f"a{who // 2}", record, seen=at)
            gathered.identifier(f"a{who // 2}", "name", f"Bo {who}", record, role="display", at=at)
            return f"a{who // 2}"

        return Familiar(note)

    spared, plain = Gathering(), Gathering()
    with patch.object(familiar, "_MOST", held):
        people = noting(spared)
        for number, (who, at) in enumerate(met):
            assert people.met(who, f"r{number}", at) == f"a{who // 2}"
        people.end()
    for number, (who, at) in enumerate(met):
        noting(plain).met(who, f"r{number}", at)
    assert [batch.rows.to_pylist() for batch in spared.batches()] == [
        batch.rows.to_pylist() for batch in plain.batches()
    ]
