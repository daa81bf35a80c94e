from __future__ import annotations

import pytest

from vetting.normalise.handles import compact_handle, handle_core, handle_form, handle_tokens


def test_a_handle_keeps_its_separators_and_loses_case_and_a_leading_at() -> None:
    assert handle_form(" @Vorn_Skald.77 ") == "vorn_skald.77"


@pytest.mark.parametrize(
    ("form", "compact"),
    [("vorn_skald.77", "vornskald77"), ("вереск-77", "veresk77"), ("___", "___"), ("x", "x")],
)
def test_the_compact_form_drops_separators_unless_nothing_is_left(form: str, compact: str) -> None:
    assert compact_handle(form) == compact


@pytest.mark.parametrize(
    ("compact", "core"),
    [("88vornskald1990", "vornskald"), ("ab12", "ab12"), ("1990", "1990"), ("v0rn", "v0rn")],
)
def test_the_core_drops_digits_at_the_ends_unless_too_little_is_left(compact: str, core: str) -> None:
    assert handle_core(compact) == core


def test_a_handle_is_split_at_separators_digits_and_inner_capitals() -> None:
    assert handle_tokens("VornSkald_77x") == ["vorn", "skald", "77", "x"]
