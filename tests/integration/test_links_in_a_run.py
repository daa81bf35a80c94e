"""A link of a profile in a whole run: it comes before a person whatever it is worth, and is called no more than it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.holdings import hold

from vetting.evidence.accidents import expected_coincidences
from vetting.ingestion import ListStore
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant
from vetting.screening import screen


@pytest.mark.parametrize(("confirmed", "certain"), [(None, False), (True, True)])
def test_a_link_surfaces_and_is_almost_certain_only_where_it_was_checked(
    tmp_path: Path, *, confirmed: bool | None, certain: bool
) -> None:
    link = Identifier(
        kind="handle", value="vornskaldqx_77", platform="github", role="self_linked", confirmed=confirmed
    )
    listed = [
        ListedAccount(list_id="forum-2019", account_id=str(row), handles=[f"harrowby{row}{row % 7}"])
        for row in range(400)
    ]
    listed.append(ListedAccount(list_id="forum-2019", account_id="400", handles=["oakmarrowzq", link]))
    people = [
        Applicant(id=f"A-{row}", names=["Maren Vale"], handles=[f"thornwick{row}x"]) for row in range(150)
    ]
    people.append(Applicant(id="A-link", handles=["github:vornskaldqx_77"]))
    hold(tmp_path, listed)
    with ListStore.open(tmp_path) as store:
        run = screen(people, store)
    (found,) = [one for one in run.candidates if one.applicant_id == "A-link"]
    assert found.surfaced
    assert (found.likelihood == "almost certain") == certain
    assert found.surfaced_because.startswith(
        "a strong identifier" if certain else "the account's profile links"
    )
    if not certain:
        (bound,) = expected_coincidences(np.array([found.bits]), len(people) * len(listed))
        assert found.expected_coincidences >= bound > 0.1
