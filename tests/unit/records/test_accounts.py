from __future__ import annotations

import pytest

from vetting.errors import RecordError
from vetting.records.accounts import Citation, ListedAccount, Relation


def test_a_citation_names_list_and_place() -> None:
    assert str(Citation(list_id="forum-2019", record="core_members@10482")) == "forum-2019:core_members@10482"


@pytest.mark.parametrize("field", ["list_id", "account_id"])
def test_an_account_needs_both_its_ids(field: str) -> None:
    with pytest.raises(RecordError, match=rf"ListedAccount\.{field}: empty"):
        ListedAccount(**{"list_id": "forum-2019", "account_id": "41", field: " "})


def test_a_relation_happened_at_least_once() -> None:
    given = {"list_id": "l", "kind": "messaged", "source": "1", "target_kind": "account", "target": "2"}
    assert Relation(**given).weight == 1  # type: ignore[arg-type]
    with pytest.raises(RecordError, match=r"Relation\.weight"):
        Relation(**given, weight=0)
