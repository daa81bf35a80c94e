from __future__ import annotations

from vetting.evidence.assessing import assess
from vetting.records.accounts import ListedAccount
from vetting.records.people import Applicant


def kinds(names: str) -> set[str]:
    applicant = Applicant(id="A", names="Maren Quillmere", phones="07700 900123")
    account = ListedAccount(
        list_id="l", account_id="1", names=names, emails="the.quillmeres@example.org", phones="07700 900123"
    )
    return {item.kind for item in assess(applicant, account).supporting}


def test_a_relatives_address_that_holds_the_family_name_says_nothing_that_the_names_did_not() -> None:
    assert "name_in_handle" not in kinds("Oswin Quillmere")


def test_where_the_names_do_not_disagree_it_is_shown() -> None:
    assert "name_in_handle" in kinds("M. Quillmere")
