"""However many handles were found registered, nothing that is weighed changes by them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.holdings import hold

from vetting.evidence.assessing import assess
from vetting.ingestion import ListStore
from vetting.records.accounts import ListedAccount
from vetting.records.identifiers import Identifier, IdentifierKind
from vetting.records.people import Applicant
from vetting.screening import screen


def with_registered(account: ListedAccount, handles: list[str]) -> ListedAccount:
    found = [
        Identifier(kind=IdentifierKind.HANDLE, value=text, platform="github", role="registered")
        for text in handles
    ]
    return evolve(account, handles=(*account.handles, *found))


@given(
    person=strategies.applicants_from(strategies.holdings()),
    account=strategies.accounts_from(strategies.holdings()),
    others=st.lists(strategies.handle_texts(), max_size=3),
)
@settings(deadline=None, max_examples=60)
def test_an_assessment_weighs_the_same(person: Applicant, account: ListedAccount, others: list[str]) -> None:
    registered = [item.value for item in person.handles] + others
    plain, found = assess(person, account), assess(person, with_registered(account, registered))
    assert [item for item in found.evidence if item.counted] == [
        item for item in plain.evidence if item.counted
    ]
    assert (found.bits, found.probability) == (plain.bits, plain.probability)


@given(people=strategies.cohorts(size=3), listed=strategies.member_lists(size=4))
@settings(deadline=None, max_examples=15)
def test_a_run_over_a_store_weighs_the_same(people: list[Applicant], listed: list[ListedAccount]) -> None:
    registered = [item.value for one in people for item in one.handles]
    both = []
    for accounts in (listed, [with_registered(one, registered) for one in listed]):
        with TemporaryDirectory() as folder:
            hold(Path(folder), accounts)
            with ListStore.open(folder) as store:
                run = screen(people, store)
        both.append([(one.applicant_id, one.account_id, one.bits, one.probability) for one in run.candidates])
    assert both[0] == both[1]
