"""What a profile links to is evidence of a class of its own; that a handle is registered is none."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest

from vetting.evidence.assessing import assess
from vetting.evidence.explanation import CandidateContext, innocent_explanations
from vetting.evidence.profile_links import LINKED_BY_OTHERS
from vetting.evidence.results import Assessment, Evidence
from vetting.graph.attributes import identity_strength
from vetting.graph.self_links import addresses, self_links
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.people import Applicant


def handle(value: str, role: str, *, platform: str = "github", confirmed: bool | None = None) -> Identifier:
    return Identifier(
        kind=IdentifierKind.HANDLE, value=value, platform=platform, role=role, confirmed=confirmed
    )


def page(value: str, role: str) -> Identifier:
    return Identifier(kind=IdentifierKind.URL, value=value, role=role)


def account(**held: Any) -> ListedAccount:
    return ListedAccount(list_id="social-2020", account_id="7", **held)


def compared(held: dict[str, Any], **given: Any) -> Assessment:
    return assess(Applicant(id="A-17", **given), account(**held))


def the(found: Assessment, kind: str) -> Evidence:
    (item,) = [item for item in found.evidence if item.kind == kind]
    return item


def test_a_registered_handle_weighs_nothing_and_says_why() -> None:
    held = {
        "handles": [handle("vornskald_77", "registered")],
        "urls": [page("https://github.com/vornskald_77", "registered")],
    }
    found = compared(held, handles=["vornskald_77"], urls=["https://github.com/vornskald_77"])
    assert found.bits == 0
    assert set(found.levels.values()) == {"missing"}
    assert the(found, "handle").listed_value == "github:vornskald_77"
    assert the(found, "handle").rule == "an account finder found it registered, which does not say by whom"
    assert "found it registered" in found.as_text()


def test_what_ties_a_registered_account_to_the_person_is_weighed_and_the_handle_still_not() -> None:
    mail = "m.quillmere@example.org"
    held = {"handles": [handle("vornskald_77", "registered")], "emails": [mail]}
    found = compared(held, handles=["vornskald_77"], emails=[mail])
    assert [item.kind for item in found.evidence if item.counted] == ["email"]
    assert found.bits == compared({"emails": [mail]}, handles=["vornskald_77"], emails=[mail]).bits


def test_a_link_of_the_profile_is_weighed_as_what_it_is() -> None:
    found = compared({"handles": [handle("vornskald_77", "self_linked")]}, handles=["github:vornskald_77"])
    assert (the(found, "handle").basis, the(found, "handle").level) == ("self-linked", "exact")
    assert found.bits > 0
    assert "nobody checked" in the(found, "handle").note
    assert identity_strength(the(found, "handle"), None, proved=False) != "confirmed"
    (explained,) = [
        one for one in innocent_explanations(found.evidence, CandidateContext()) if "Link to" in one
    ]
    assert "nobody checked" in explained
    assert the(found, "handle").as_dict()["basis"] == "self-linked"


def test_a_link_that_was_seen_to_link_back_is_called_verified() -> None:
    held = {"handles": [handle("vornskald_77", "self_linked", confirmed=True)]}
    found = compared(held, handles=["vornskald_77"])
    assert the(found, "handle").basis == "self-linked, verified"
    assert not any("Link to" in one for one in innocent_explanations(found.evidence, CandidateContext()))


def test_an_accounts_own_handle_is_no_link() -> None:
    assert the(compared({"handles": ["vornskald_77"]}, handles=["vornskald_77"]), "handle").basis == ""


def test_an_account_that_was_found_is_addressed_by_its_handle_and_states_nothing_by_it() -> None:
    found = account(
        handles=[
            handle("vornskald_77", "registered"),
            handle("oakmarrow", "self_linked", platform="twitter"),
        ],
        urls=[page("https://github.com/vornskald_77", "registered")],
    )
    assert addresses(handle("vornskald_77", "current"), found)
    assert addresses(handle("vornskald_77", "current", platform="GitHub"), found)
    assert not addresses(handle("vornskald_77", "current", platform="gitlab"), found)
    assert [str(item) for item in self_links(found)] == ["twitter:oakmarrow"]


def linked(value: str, *, confirmed: bool | None = None, platform: str = "github") -> Identifier:
    return handle(value, "self_linked", platform=platform, confirmed=confirmed)


def test_an_unverified_link_is_worth_no_more_than_what_others_link_to() -> None:
    held = {"handles": [linked("vornskaldqx_77")]}
    own = compared({"handles": ["vornskaldqx_77"]}, handles=["vornskaldqx_77"])
    link = compared(held, handles=["vornskaldqx_77"])
    assert the(link, "handle").bits == pytest.approx(log2(10_000 / LINKED_BY_OTHERS), abs=1e-5)
    assert link.bits == the(link, "handle").bits < own.bits
    assert link.probability == pytest.approx(0.5, abs=0.01)
    assert own.probability > 0.9
    assert "linked to by somebody else" in the(link, "handle").note
    proved = compared({"handles": [linked("vornskaldqx_77", confirmed=True)]}, handles=["vornskaldqx_77"])
    assert (proved.bits, proved.probability) == (own.bits, own.probability)


def test_two_links_of_one_profile_are_counted_once() -> None:
    held = {"handles": [linked("vornskaldqx_77"), linked("harrowbyzq_19", platform="twitter")]}
    found = compared(held, handles=["vornskaldqx_77", "harrowbyzq_19"])
    assert [item.counted for item in found.evidence if item.kind == "handle"] == [True, False]
    assert "told once" in found.evidence[1].note


def test_what_the_link_told_in_the_place_of_another_counts_when_it_is_stronger() -> None:
    mail = "vornskaldqx_77@example.org"
    held = {"handles": [linked("vornskaldqx_77")], "emails": [mail]}
    found = compared(held, handles=["vornskaldqx_77"], emails=[mail])
    counted = [item for item in found.evidence if item.counted and item.bits > 0]
    assert len(counted) == 1  # one fact
    assert counted[0].bits == max(item.bits for item in found.evidence)
    assert found.bits == counted[0].bits
