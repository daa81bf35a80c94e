from __future__ import annotations

from typing import Any

from vetting.evidence.frequencies import count_frequencies
from vetting.evidence.holders import holders_of
from vetting.normalise.cohort import Cohort
from vetting.records.accounts import ListedAccount


def accounts(*given: dict[str, Any]) -> Cohort:
    return Cohort(
        [
            ListedAccount(list_id="forum-2019", account_id=str(row), **values)
            for row, values in enumerate(given)
        ],
        region="GB",
    )


def test_one_mailbox_is_one_holder_and_so_are_a_name_and_a_birth_date() -> None:
    held = accounts(
        {"emails": "tarn@example.org", "handles": "tarnfell"},
        {"emails": "Tarn@Example.org", "names": "Maren Quillmere", "date_of_birth": "1990-04-03"},
        {"names": "Quillmere, Maren", "date_of_birth": "1990-04-03"},
        {"names": "Maren Quillmere", "date_of_birth": "1991-04-03"},
        {"names": "Maren Quillmere"},
    )
    holders = holders_of(held.values).tolist()
    assert holders[0] == holders[1] == holders[2]
    assert len({holders[0], holders[3], holders[4]}) == 3


def test_a_year_alone_joins_nobody() -> None:
    held = accounts(*[{"names": "Maren Quillmere", "date_of_birth": "1990"}] * 2)
    assert len(set(holders_of(held.values).tolist())) == 2


def test_a_placeholder_mailbox_joins_nobody() -> None:
    held = accounts(*[{"emails": "test@example.net", "handles": f"tarn{row}"} for row in range(6)])
    assert len(set(holders_of(held.values).tolist())) == 6


def test_long_chains_come_together() -> None:
    held = accounts(*[{"emails": [f"a{row}@example.org", f"a{row + 1}@example.org"]} for row in range(40)])
    assert set(holders_of(held.values).tolist()) == {0}


def test_somebody_who_registers_three_times_does_not_make_their_handle_common() -> None:
    thrice = accounts(*[{"emails": "tarn@example.org", "handles": "tarnfell"}] * 3, {"handles": "tarnfell"})
    counted = count_frequencies(thrice.values)
    assert counted.others("handle", ["tarnfell"]).tolist() == [1]
    assert counted.others("email", ["tarn@example.org"]).tolist() == [2]
    assert counted.owners["handle"] == 2


def test_nobody_has_no_holders() -> None:
    assert holders_of(accounts().values).tolist() == []
