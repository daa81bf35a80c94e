"""The catalogue of edge kinds: complete, in whole sentences, and known for every kind that a graph has."""

from __future__ import annotations

from typing import Any

import pytest

from vetting.evidence.scoring import EVIDENCE_KINDS
from vetting.graph.kinds import (
    ASSOCIATION_KINDS,
    IDENTITY_KINDS,
    INNOCENT_BY_ATTRIBUTE,
    association_kind,
    identity_kind,
)

KINDS = [*IDENTITY_KINDS.values(), *ASSOCIATION_KINDS.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_innocent_explanations_in_named_sentences(kind: Any) -> None:
    assert kind.innocent
    for words in kind.innocent:
        name, colon, rest = words.partition(": ")
        assert colon
        assert name[0].isupper()
        assert rest.endswith(".")


def test_headings_of_kinds_differ_so_that_a_table_of_meanings_can_be_read() -> None:
    assert len({kind.group for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("attribute", EVIDENCE_KINDS)
def test_an_agreement_has_the_explanations_of_its_attribute_too(attribute: Any) -> None:
    same = identity_kind(f"same_{attribute}")
    assert same.innocent == IDENTITY_KINDS["same"].innocent + INNOCENT_BY_ATTRIBUTE[attribute]
    assert same.means == IDENTITY_KINDS["same"].means
    assert identity_kind(f"similar_{attribute}").outward == "is like that of"


def test_links_of_chains_are_kinds_of_their_own() -> None:
    assert identity_kind("self_linked") is IDENTITY_KINDS["self_linked"]
    assert identity_kind("settled").group == "Settled pairs"


@pytest.mark.parametrize("look_up", [association_kind, identity_kind])
def test_a_kind_that_the_catalogue_lacks_is_said_to_be_unknown(look_up: Any) -> None:
    kind = look_up("gave_badge")
    assert (kind.outward, kind.priority) == ("gave badge", 99)
    assert "not known" in kind.does_not_mean
    assert kind.innocent
