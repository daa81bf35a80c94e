from __future__ import annotations

from vetting.records.dates import PartialDate
from vetting.records.holders import IdentifierHolder


def test_identifiers_come_in_a_fixed_order_of_kinds_with_the_birth_date_last() -> None:
    holder = IdentifierHolder(
        urls="example.org/vorn",
        places="Harrowby",
        phones="01632 960111",
        emails="vorn@example.org",
        handles=["vorn", "skald"],
        names="Maren Vale",
        date_of_birth="03/04/1990",
    )
    found = [(str(one.kind), one.value) for one in holder.identifiers()]
    assert [kind for kind, _ in found] == [
        *("name", "handle", "handle", "email", "phone", "place", "url", "date_of_birth"),
    ]
    assert PartialDate.parse(found[-1][1]) == holder.date_of_birth


def test_a_holder_of_nothing_yields_nothing() -> None:
    assert list(IdentifierHolder().identifiers()) == []
