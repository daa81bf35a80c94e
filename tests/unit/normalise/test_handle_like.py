from __future__ import annotations

from vetting.normalise.cohort import Cohort
from vetting.normalise.handle_like import handle_like
from vetting.records.people import Applicant


def test_handles_local_parts_and_accounts_in_pages_are_one_column_of_their_owners() -> None:
    people = [
        Applicant(
            id="A", emails="maren.v@example.org", urls=["https://twitter.com/Vorn_S", "example.org/page"]
        ),
        Applicant(id="B", handles="oakmarrow"),
    ]
    cohort = Cohort(people, region="GB")
    found = handle_like(cohort.values)
    column = found.column
    values = {
        (owner, column.forms[code], cohort.identifiers[source].value)
        for owner, code, source in zip(column.owners, column.codes, column.sources, strict=True)
    }
    assert values == {
        (0, "vorn_s", "https://twitter.com/Vorn_S"),
        (0, "maren.v", "maren.v@example.org"),
        (1, "oakmarrow", "oakmarrow"),
    }
    declared = {column.forms[code] for code in column.codes[found.declared].tolist()}
    assert declared == {"vorn_s", "oakmarrow"}
