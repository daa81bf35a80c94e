from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError

from vetting.errors import RecordError
from vetting.records.people import Applicant


def test_an_applicant_needs_an_id_with_text() -> None:
    with pytest.raises(RecordError, match=r"Applicant\.id: empty"):
        Applicant(id="  ")
    with pytest.raises(TypeError):
        Applicant(id=17)  # type: ignore[arg-type]


def test_equal_applicants_are_equal_and_cannot_be_changed() -> None:
    first, second = Applicant(id="A-1", handles="vorn"), Applicant(id="A-1", handles=["vorn"])
    assert first == second
    assert hash(first) == hash(second)
    with pytest.raises(FrozenInstanceError):
        first.id = "A-2"  # type: ignore[misc]
