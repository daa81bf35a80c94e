from attrs import evolve
from tests.small_lists import evidence, seed_candidate, weak_candidate

from vetting.reports.next_checks import next_checks


def test_what_would_weaken_the_candidate_comes_first() -> None:
    checks = next_checks(seed_candidate())
    assert checks[0].startswith("Settle the conflict in the date of birth")
    assert len(checks) <= 5


def test_checks_follow_from_the_evidence() -> None:
    checks = " ".join(next_checks(weak_candidate()))
    assert "e-mail" not in checks
    assert "use this handle" in checks
    assert "lived at this address" in checks


def test_what_only_the_list_has_is_to_be_asked_for() -> None:
    item = evidence("phone", "missing", listed_value="+44 1632 960077")
    checks = " ".join(next_checks(evolve(seed_candidate(), evidence=(item,))))
    assert "the applicant did not give: telephone number" in checks
    assert "960077" not in checks
