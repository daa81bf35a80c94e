from typing import Any

from attrs import evolve
from hypothesis import given
from tests.small_lists import evidence, seed_candidate, weak_candidate
from tests.strategies import hostile_values

from vetting.evidence.explanation import CandidateContext, assessment_text, innocent_explanations
from vetting.evidence.results import Assessment
from vetting.evidence.words import ONLY_A_PERSON


def names(explanations: Any) -> Any:
    return [sentence.partition(":")[0] for sentence in explanations]


def test_text_starts_with_the_proposition_and_ends_with_who_decides() -> None:
    lines = assessment_text(seed_candidate()).splitlines()
    assert lines[0].startswith("Highly likely (about 80 % to about 90 %) that the account 41")
    assert lines[-1] == ONLY_A_PERSON


def test_each_side_has_its_values_level_rule_and_bits() -> None:
    text = assessment_text(seed_candidate())
    for_, _, rest = text.partition("Against:")
    against, _, missing = rest.partition("Not compared:")
    assert "vornskald_77" in for_
    assert "vornskald77" in for_
    assert "nearly the same (a separator differs), +11.2 bits" in for_
    assert "already counted" in for_
    assert "date of birth: in conflict (different years), -4.6 bits" in against
    assert "telephone number: the list has none" in missing
    assert "About 1 in 2,500 runs" in text


def test_an_assessment_without_a_run_says_nothing_of_coincidences() -> None:
    whole = seed_candidate()
    alone = Assessment(
        applicant_id=whole.applicant_id,
        list_id=whole.list_id,
        account_id=whole.account_id,
        evidence=whole.evidence,
        probability=whole.probability,
    )
    assert "by accident" not in assessment_text(alone)
    assert "Surfaced" not in assessment_text(alone)


def test_nothing_against_is_said_rather_than_left_blank() -> None:
    assert "nothing that was compared speaks against it" in assessment_text(weak_candidate())


@given(hostile_values())
def test_no_control_character_reaches_the_terminal(text: Any) -> None:
    item = evidence("handle", "exact", 9.0, applicant_value=text, listed_value=text, note=text, rule=text)
    shown = assessment_text(evolve(seed_candidate(), evidence=(item,)))
    assert all(line.isprintable() or "\xa0" in line or not line.isascii() for line in shown.split("\n"))
    assert not {"\x1b", "\u202e", "\x00", "\r"} & set(shown)


def test_a_shared_address_may_be_impersonation_unless_addresses_were_confirmed() -> None:
    shared = [evidence("email", "exact", 18.0)]
    assert names(innocent_explanations(shared, CandidateContext())) == ["Impersonation"]
    assert innocent_explanations(shared, CandidateContext(emails_confirmed="yes")) == ()
    noted = [evidence("email", "exact", 18.0, note="e-mail not confirmed")]
    assert names(innocent_explanations(noted, CandidateContext(emails_confirmed="yes"))) == ["Impersonation"]


def test_only_what_fits_the_evidence_is_said() -> None:
    conflict = [evidence("email", "conflict", -3.0), evidence("handle", "missing")]
    assert innocent_explanations(conflict, CandidateContext()) == ()


def test_household_handle_earlier_name_namesake_and_contamination() -> None:
    found = [
        evidence("email", "exact", 18.0),
        evidence("handle", "exact", 9.0, note="an earlier name"),
        evidence("name", "close", 4.0),
    ]
    context = CandidateContext(
        applicants_sharing=2,
        accounts_sharing=1,
        emails_confirmed="yes",
        contamination="Journalists registered.",
    )
    assert names(innocent_explanations(found, context)) == [
        "Shared household",
        "Same handle, other person",
        "Earlier name",
        "Common value",
        "Namesake",
        "List contamination",
    ]
    assert "2 other applicants" in innocent_explanations(found, context)[0]
    assert "1 other account on" in innocent_explanations(found, context)[3].replace(
        "accounts on", "account on"
    )
