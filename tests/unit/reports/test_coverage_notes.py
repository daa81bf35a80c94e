from __future__ import annotations

from attrs import evolve

from vetting.evidence.screening_result import ListCoverage
from vetting.readers.roster_rows import QuarantinedValue
from vetting.reports.coverage_notes import coverage_notes

WHOLE = ListCoverage(list_id="forum-2019", title="A forum", sha256="0" * 64, accounts=500, prevalence=0.001)


def told(*lists: ListCoverage, quarantined: tuple[QuarantinedValue, ...] = (), decoys: int = 1000) -> str:
    return "\n".join(coverage_notes(lists, quarantined, prevalence=0.001, decoys=decoys))


def test_no_list_says_nothing_of_anybody() -> None:
    assert told() == "No list was tried: nothing can be said about anybody."


def test_a_whole_list_at_the_stated_prevalence_needs_no_word_but_that_of_chance() -> None:
    assert told(WHOLE).count("\n") == 0
    assert "1,000 decoys" in told(WHOLE)
    assert "upper bound" in told(WHOLE, decoys=0)


def test_what_was_not_read_skipped_or_found_otherwise_is_said() -> None:
    assert "not read whole" in told(evolve(WHOLE, complete=False))
    assert "up to 7000 pairs" in told(evolve(WHOLE, keys_skipped=2, pairs_skipped=7000))
    assert "7 pairs were found and not compared" in told(evolve(WHOLE, pairs_set_aside=7))
    checked = evolve(
        WHOLE, blocking_applicants=120, blocking_accounts=WHOLE.accounts, blocking_pairs=31, blocking_found=30
    )
    assert "120 applicants were compared with every account" in told(checked)
    sampled = evolve(checked, accounts=50_000, blocking_accounts=20_000)
    assert "120 applicants were compared with 20,000 accounts" in told(sampled)
    assert "had found 30." in told(checked)
    assert "stated for 0.45" in told(evolve(WHOLE, prevalence=0.45))


def test_faults_of_a_roster_are_named_up_to_twenty() -> None:
    faults = tuple(QuarantinedValue(line=line, column="email", reason="no address") for line in range(2, 27))
    notes = coverage_notes([WHOLE], faults, prevalence=0.001, decoys=0)
    assert "Roster line 2, column email: no address; it was not screened." in notes
    assert notes[-1] == "5 further cells or rows of the roster were not screened."
    assert len(notes) == 1 + 20 + 1
