from __future__ import annotations

from typing import Any

import pytest

from vetting.evidence.assessing import assess
from vetting.evidence.policy import SurfacingPolicy
from vetting.evidence.results import Assessment
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier
from vetting.records.people import Applicant


def compared(left: dict[str, Any], right: dict[str, Any], **settings: Any) -> Assessment:
    account = ListedAccount(list_id="forum-2019", account_id="41", record="row@7", **right)
    return assess(Applicant(id="A-17", **left), account, **settings)


def test_the_seed_case_is_found_by_handle_and_address_and_not_by_its_name() -> None:
    found = compared(
        {
            "names": "Maren Quillmere",
            "handles": "vorn_skaldqx",
            "emails": "zq.fen@example.org",
            "places": "Harrowby, ZZ1 1AA",
        },
        {"handles": "VornSkaldqx", "emails": "zq.fen@example.org", "places": "Harrowby"},
    )
    assert found.levels["handle"] == found.levels["email"] == "exact"
    assert found.levels["name"] == "missing"
    assert found.probability > 0.99
    assert {item.kind for item in found.supporting if item.counted} == {"handle", "email", "place"}


def test_values_are_shown_as_they_were_written() -> None:
    found = compared({"handles": "twitter:Vorn_Skald"}, {"handles": "VORNSKALD"})
    (handle,) = found.supporting
    assert (handle.applicant_value, handle.listed_value) == ("twitter:Vorn_Skald", "VORNSKALD")


def test_a_longer_list_makes_the_same_pair_less_probable_and_changes_no_bits() -> None:
    short = compared({"names": "Maren Vale"}, {"names": "Maren Vale"}, accounts=10)
    long = compared({"names": "Maren Vale"}, {"names": "Maren Vale"}, accounts=1_000_000)
    assert short.bits == long.bits
    assert short.probability > long.probability


def test_the_policys_region_reads_national_numbers() -> None:
    numbers: tuple[dict[str, Any], dict[str, Any]] = (
        {"phones": "0171 1234567"},
        {"phones": "+49 171 1234567"},
    )
    assert compared(*numbers, policy=SurfacingPolicy(region="DE")).levels["phone"] == "exact"
    assert compared(*numbers).levels["phone"] != "exact"


def test_an_earlier_name_and_an_unconfirmed_address_are_noted() -> None:
    found = compared(
        {"handles": "vornskald", "emails": "zq.fen@example.org"},
        {
            "handles": Identifier(kind="handle", value="vornskald", role="previous", record="row@9"),
            "emails": Identifier(kind="email", value="zq.fen@example.org", confirmed=False),
        },
    )
    notes = {item.kind: item.note for item in found.supporting}
    assert "earlier" in notes["handle"]
    assert "not confirmed" in notes["email"]
    assert next(item.record for item in found.supporting if item.kind == "handle") == "row@9"


def test_nothing_compared_with_nothing_says_nothing() -> None:
    found = compared({}, {})
    assert found.bits == 0
    assert set(found.levels.values()) == {"missing"}
    assert found.probability == pytest.approx(0.001 / 0.999 / 10_000, rel=0.01)
